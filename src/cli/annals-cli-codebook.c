/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cli-codebook.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-cli-table.h"
#include "annals-codebook.h"
#include "annals-export-codebook.h"
#include "annals-json.h"

static gboolean dry_run_option;

static const GOptionEntry import_options[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run_option, N_("Say what would be new or changed, and change nothing"),
    NULL },
  G_OPTION_ENTRY_NULL
};

/* The format asked for or, without one, what the name of the file ends in. */
static const char *
find_format (const char  *format,
             const char  *path,
             GError     **error)
{
  const char * const *formats = annals_export_get_codebook_formats ();
  g_autofree char *known = g_strjoinv (", ", (char **) formats);
  const char *dot = strrchr (path, '.');
  const char *wanted = format != NULL ? format : dot != NULL ? dot + 1 : "";

  for (guint i = 0; formats[i] != NULL; i++)
    if (g_ascii_strcasecmp (formats[i], wanted) == 0)
      return formats[i];

  if (format == NULL)
    annals_cli_misuse (error, _("--format is missing: one of %s"), known);
  else
    annals_cli_misuse (error, _("tags are exported as one of %s, not as “%s”"), known, format);

  return NULL;
}

gboolean
annals_cli_export_codebook (AnnalsCli       *cli,
                            AnnalsNotebook  *notebook,
                            const char      *format,
                            const char      *path,
                            gboolean         force,
                            GError         **error)
{
  g_autofree char *name = NULL;
  guint n_tags;

  if (path == NULL || *path == '\0' || strcmp (path, "-") == 0)
    return annals_cli_misuse (error, _("-o is missing: the file to write"));

  if (!(format = find_format (format, path, error)) ||
      !annals_export_codebook (notebook, format, path, force, &n_tags, NULL, error))
    return FALSE;

  name = g_filename_display_name (path);
  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_int (cli->builder, "tags", n_tags);
      annals_json_string (cli->builder, "format", format);
      annals_json_string (cli->builder, "file", name);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, _("Wrote “%s”\n"), name);

  return TRUE;
}

typedef struct
{
  AnnalsCodebook *codebook;
  GPtrArray      *plans;
} ImportJob;

static gboolean
plan_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ImportJob *job = data;

  return (job->plans = annals_db_plan_codebook (db, job->codebook, error)) != NULL;
}

static gboolean
import_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  ImportJob *job = data;

  return annals_db_import_codebook (db, job->codebook, NULL, error);
}

static const char *
name_state (AnnalsCodeState state)
{
  switch (state)
    {
    case ANNALS_CODE_NEW:
      return "new";

    case ANNALS_CODE_CHANGED:
      return "changed";

    case ANNALS_CODE_SAME:
      break;
    }

  return "same";
}

static void
add_json (AnnalsCli      *cli,
          AnnalsCodebook *codebook,
          GPtrArray      *plans,
          const guint    *counts)
{
  json_builder_begin_object (cli->builder);
  annals_json_int (cli->builder, "new", counts[ANNALS_CODE_NEW]);
  annals_json_int (cli->builder, "changed", counts[ANNALS_CODE_CHANGED]);
  annals_json_int (cli->builder, "same", counts[ANNALS_CODE_SAME]);
  annals_json_begin_array (cli->builder, "tags");
  for (guint i = 0; i < plans->len; i++)
    {
      const AnnalsCodePlan *plan = plans->pdata[i];

      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "name", plan->name);
      annals_json_nullable (cli->builder, "parent", plan->parent);
      annals_json_string (cli->builder, "state", name_state (plan->state));
      annals_json_string (cli->builder, "changes", plan->changes);
      json_builder_end_object (cli->builder);
    }
  json_builder_end_array (cli->builder);
  g_ptr_array_add (codebook->remarks, NULL);
  annals_json_names (cli->builder, "remarks", (char **) codebook->remarks->pdata);
  json_builder_end_object (cli->builder);
}

static void
add_words (AnnalsCli      *cli,
           AnnalsCodebook *codebook,
           GPtrArray      *plans,
           const guint    *counts)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lll");

  g_string_append_printf (cli->out, _("%u new, %u changed, %u the same\n"), counts[ANNALS_CODE_NEW],
                          counts[ANNALS_CODE_CHANGED], counts[ANNALS_CODE_SAME]);
  for (guint i = 0; i < plans->len; i++)
    {
      const AnnalsCodePlan *plan = plans->pdata[i];

      if (plan->state != ANNALS_CODE_SAME)
        annals_cli_table_add (table, plan->state == ANNALS_CODE_NEW ? _("new") : _("changed"), plan->name,
                              plan->state == ANNALS_CODE_NEW ? plan->parent : plan->changes);
    }
  annals_cli_table_append (table, cli->out);
  for (guint i = 0; i < codebook->remarks->len; i++)
    g_string_append_printf (cli->out, "%s\n", (const char *) codebook->remarks->pdata[i]);
}

static gboolean
run_import (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  g_autoptr(AnnalsCodebook) codebook = annals_codebook_load (args[1], NULL, error);
  ImportJob job = { codebook, NULL };
  g_autoptr(GPtrArray) plans = NULL;
  guint counts[3] = { 0, 0, 0 };
  gboolean done;

  if (codebook == NULL)
    return FALSE;

  done = annals_notebook_read (notebook, plan_cb, &job, NULL, error);
  plans = job.plans;
  if (!done)
    return FALSE;

  if (!dry_run_option)
    {
      g_ptr_array_set_size (codebook->remarks, 0);   /* they come again */
      if (!annals_notebook_change (notebook, _("Import tags"), import_cb, &job, NULL, error))
        return FALSE;
    }

  for (guint i = 0; i < plans->len; i++)
    counts[((const AnnalsCodePlan *) plans->pdata[i])->state]++;
  if (cli->json)
    add_json (cli, codebook, plans, counts);
  else
    add_words (cli, codebook, plans, counts);

  return TRUE;
}

const AnnalsCliCommand annals_cli_codebook_commands[] = {
  { "tag-import", N_("NOTEBOOK FILE"), N_("Import tags from a CSV or a REFI-QDA codebook (.qdc)"), 2, 2, import_options,
    run_import, ANNALS_CLI_PATHS },
  { NULL }
};
