/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-import.h"
#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"

static gboolean
imports_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GPtrArray **imports = data;

  *imports = annals_db_list_imports (db, error);

  return *imports != NULL;
}

static const char *
get_state_word (const AnnalsImport *import)
{
  if (g_str_equal (import->state, "undone"))
    return C_("import", "undone");
  if (g_str_equal (import->state, "interrupted"))
    return C_("import", "interrupted");

  return g_str_equal (import->state, "running") ? C_("import", "running") : C_("import", "done");
}

static void
print_imports (AnnalsCli *cli,
               GPtrArray *imports)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("llllrrrrrr");

  if (imports->len == 0)
    {
      g_string_append_printf (cli->out, "%s\n", _("Nothing was imported yet."));
      return;
    }

  annals_cli_table_add (table, _("Import"), _("When"), _("State"), _("File"),
                        /* Translators: how many posts of an import were read, new, … */
                        C_("posts", "Read"), C_("posts", "New"), C_("posts", "Updated"), C_("posts", "Unchanged"),
                        C_("posts", "Skipped"), _("Issues"));

  for (guint i = 0; i < imports->len; i++)
    {
      const AnnalsImport *import = g_ptr_array_index (imports, i);
      g_autofree char *uid = annals_cli_dup_short_uid (import->uid);
      g_autofree char *time = annals_json_dup_time (import->started);
      g_autofree char *numbers = g_strdup_printf ("%u %u %u %u %u %u", import->n_read, import->n_new,
                                                  import->n_updated, import->n_unchanged,
                                                  import->n_skipped, import->n_issues);
      g_auto(GStrv) cells = g_strsplit (numbers, " ", -1);

      annals_cli_table_add (table, uid, time, get_state_word (import), import->file_name, cells[0], cells[1],
                            cells[2], cells[3], cells[4], cells[5]);
    }

  annals_cli_table_append (table, cli->out);
}

static gboolean
run_imports (AnnalsCli       *cli,
             AnnalsNotebook  *notebook,
             char           **args,
             GError         **error)
{
  g_autoptr(GPtrArray) imports = NULL;

  if (!annals_notebook_read (notebook, imports_cb, &imports, NULL, error))
    return FALSE;

  if (!cli->json)
    {
      print_imports (cli, imports);
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "imports");

  for (guint i = 0; i < imports->len; i++)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_import_members (cli->builder, g_ptr_array_index (imports, i));
      json_builder_end_object (cli->builder);
    }

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

typedef struct
{
  const char *import;   /* (nullable): all of them */
  GPtrArray  *issues;
} IssuesJob;

static gboolean
issues_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  IssuesJob *job = data;
  gint64 import_id = 0;

  if (job->import != NULL &&
      !annals_db_find (db, ANNALS_RECORD_IMPORT, job->import, &import_id, error))
    return FALSE;

  job->issues = annals_db_list_issues (db, import_id, error);

  return job->issues != NULL;
}

static void
print_issues (AnnalsCli *cli,
              GPtrArray *issues)
{
  if (issues->len == 0)
    g_string_append_printf (cli->out, "%s\n", _("There are no issues."));

  for (guint i = 0; i < issues->len; i++)
    {
      const AnnalsIssue *issue = g_ptr_array_index (issues, i);
      g_autofree char *excerpt = g_strdup (issue->excerpt);
      g_auto(GStrv) lines = g_strsplit (g_strstrip (excerpt), "\n", -1);

      g_string_append_printf (cli->out, "%s  %s  %s", annals_severity_to_string (issue->severity),
                              issue->place, issue->reason);

      /* Translators: the number by which a skipped record can be imported all the same */
      if (issue->can_force)
        g_string_append_printf (cli->out, _("  (record %u)"), issue->record);
      g_string_append_c (cli->out, '\n');

      for (guint j = 0; lines[j] != NULL; j++)
        if (*lines[j] != '\0')
          g_string_append_printf (cli->out, "    %s\n", lines[j]);
    }
}

static gboolean
run_issues (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  IssuesJob job = { args[1], NULL };
  g_autoptr(GPtrArray) issues = NULL;

  if (!annals_notebook_read (notebook, issues_cb, &job, NULL, error))
    return FALSE;

  issues = job.issues;

  if (!cli->json)
    {
      print_issues (cli, issues);
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "issues");

  for (guint i = 0; i < issues->len; i++)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_issue_members (cli->builder, g_ptr_array_index (issues, i));
      json_builder_end_object (cli->builder);
    }

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

const AnnalsCliCommand annals_cli_import_commands[] = {
  { "import", N_("NOTEBOOK FILE…"), N_("Import archives of posts: files or folders"), 2, G_MAXUINT,
    annals_cli_import_options, annals_cli_run_import, ANNALS_CLI_PATHS },
  { "resume", N_("NOTEBOOK IMPORT [FILE]"), N_("Go on with an import that was interrupted"), 2, 3,
    annals_cli_resume_options, annals_cli_run_resume, ANNALS_CLI_PATHS },
  { "discard", N_("NOTEBOOK IMPORT"), N_("Take back an import that was interrupted"), 2, 2, NULL,
    annals_cli_run_discard },
  { "import-skipped", N_("NOTEBOOK IMPORT RECORD…"), N_("Import records that an import had skipped"), 3,
    G_MAXUINT, annals_cli_resume_options, annals_cli_run_skipped },
  { "imports", N_("NOTEBOOK"), N_("List what was imported, the newest first"), 1, 1, NULL, run_imports },
  { "issues", N_("NOTEBOOK [IMPORT]"), N_("List what imports could not use"), 1, 2, NULL, run_issues },
  { NULL }
};
