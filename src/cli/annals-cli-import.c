/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-date.h"
#include "annals-importer.h"

static char *archive_option;
static char *source_option;
static char *date_option;
static char *language_option;
static gboolean dry_run_option;
static gboolean no_index_option;

static const GOptionEntry import_options[] = {
  { "archive", 0, 0, G_OPTION_ARG_FILENAME, &archive_option,
    N_("What the archive is called"), N_("NAME") },
  { "source", 0, 0, G_OPTION_ARG_FILENAME, &source_option,
    N_("The publication of posts that name none"), N_("NAME") },
  { "date", 0, 0, G_OPTION_ARG_FILENAME, &date_option,
    N_("The date of posts that have none, such as 2020-03"), N_("EDTF") },
  { "language", 0, 0, G_OPTION_ARG_FILENAME, &language_option,
    N_("The language of posts that name none, such as en"), N_("TAG") },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run_option,
    N_("Only say what would be imported"), NULL },
  { "no-index", 0, 0, G_OPTION_ARG_NONE, &no_index_option,
    N_("Do not wait until the posts can be searched"), NULL },
  G_OPTION_ENTRY_NULL
};

static AnnalsImportOptions *
read_options (GError **error)
{
  g_autoptr(AnnalsImportOptions) options = annals_import_options_new ();

  if (!annals_cli_check_text (&archive_option, "--archive", error) ||
      !annals_cli_check_text (&source_option, "--source", error) ||
      !annals_cli_check_text (&date_option, "--date", error) ||
      !annals_cli_check_text (&language_option, "--language", error))
    return NULL;

  if (date_option != NULL && !(options->date = annals_date_parse (date_option, error)))
    return NULL;

  options->archive = g_strdup (archive_option);
  options->source = g_strdup (source_option);
  options->language = g_strdup (language_option);

  return g_steal_pointer (&options);
}

static void
add_preview_post (JsonBuilder             *builder,
                  const AnnalsPreviewPost *post)
{
  json_builder_begin_object (builder);
  annals_json_string (builder, "title", post->title);
  annals_json_string (builder, "author", post->author);
  annals_json_string (builder, "source", post->source);
  annals_json_date (builder, "published", post->published);
  annals_json_string (builder, "lead", post->lead);
  json_builder_end_object (builder);
}

/* The shape of an import, null where only a real run can tell. */
static void
add_preview (JsonBuilder         *builder,
             const AnnalsPreview *preview)
{
  static const char * const unknown[] = { "new", "updated", "unchanged" };

  json_builder_begin_object (builder);
  annals_json_nullable (builder, "uid", NULL);
  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  annals_json_string (builder, "name", preview->file_name);
  annals_json_int (builder, "size", preview->file_size);
  annals_json_nullable (builder, "sha256", NULL);
  json_builder_end_object (builder);
  annals_json_string (builder, "format", preview->format);
  annals_json_string (builder, "archive", preview->archive);
  annals_json_string (builder, "state", "dry-run");
  annals_json_int (builder, "read", (gint64) preview->n_posts + preview->n_skipped);

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    annals_json_nullable (builder, unknown[i], NULL);

  annals_json_int (builder, "skipped", preview->n_skipped);
  annals_json_int (builder, "issues", preview->n_issues);
  annals_json_begin_array (builder, "posts");

  for (guint i = 0; i < preview->posts->len; i++)
    add_preview_post (builder, g_ptr_array_index (preview->posts, i));

  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_preview (AnnalsCli           *cli,
               const AnnalsPreview *preview)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lll");

  g_string_append_printf (cli->out, "%s: %s, ", preview->file_name, preview->format_label);
  g_string_append_printf (cli->out, ngettext ("%u post", "%u posts", preview->n_posts),
                          preview->n_posts);

  if (preview->n_issues > 0)
    {
      g_string_append (cli->out, ", ");
      g_string_append_printf (cli->out, ngettext ("%u issue", "%u issues", preview->n_issues),
                              preview->n_issues);
    }

  g_string_append_c (cli->out, '\n');

  for (guint i = 0; i < preview->posts->len; i++)
    {
      const AnnalsPreviewPost *post = g_ptr_array_index (preview->posts, i);
      g_autofree char *date = annals_date_dup_display (post->published);
      g_autofree char *indented = g_strdup_printf ("  %s", date);

      annals_cli_table_add (table, indented, post->source, post->title);
    }

  annals_cli_table_append (table, cli->out);

  if (preview->posts->len < preview->n_posts)
    g_string_append (cli->out, "  …\n");
}

static gboolean
preview_files (AnnalsCli                  *cli,
               char                      **files,
               const AnnalsImportOptions  *options,
               GError                    **error)
{
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr(AnnalsPreview) preview = NULL;

      if (!(preview = annals_import_preview (files[i], options, NULL, NULL, NULL, error)))
        return FALSE;

      if (cli->json)
        add_preview (cli->builder, preview);
      else
        print_preview (cli, preview);
    }

  return TRUE;
}

static void
print_import (AnnalsCli          *cli,
              const AnnalsImport *import)
{
  g_autofree char *uid = annals_cli_dup_short_uid (import->uid);

  g_string_append_printf (cli->out, "%s: ", import->file_name);
  g_string_append_printf (cli->out,
                          _("%u read, %u new, %u updated, %u unchanged, %u skipped"),
                          import->n_read, import->n_new, import->n_updated, import->n_unchanged,
                          import->n_skipped);
  g_string_append (cli->out, ", ");
  g_string_append_printf (cli->out, ngettext ("%u issue", "%u issues", import->n_issues),
                          import->n_issues);
  g_string_append_printf (cli->out, " (%s, %.1f s, %s)\n", import->format, import->seconds, uid);
}

static gboolean
import_files (AnnalsCli                  *cli,
              AnnalsNotebook             *notebook,
              char                      **files,
              const AnnalsImportOptions  *options,
              GError                    **error)
{
  /* Of several files none is imported when one of them cannot be. */
  for (guint i = 0; files[1] != NULL && files[i] != NULL; i++)
    {
      g_autoptr(AnnalsPreview) preview = NULL;

      if (!(preview = annals_import_preview (files[i], options, NULL, NULL, NULL, error)))
        return FALSE;
    }

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr(AnnalsImport) import = NULL;

      if (!(import = annals_import_file (notebook, files[i], options, NULL, NULL, NULL, error)))
        return FALSE;

      if (cli->json)
        {
          json_builder_begin_object (cli->builder);
          annals_cli_json_import_members (cli->builder, import);
          json_builder_end_object (cli->builder);
        }
      else
        print_import (cli, import);
    }

  return no_index_option || annals_notebook_finish_index (notebook, NULL, error);
}

static gboolean
run_import (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  g_autoptr(AnnalsImportOptions) options = NULL;

  if (!(options = read_options (error)))
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "imports");

  if (!(dry_run_option ? preview_files (cli, args + 1, options, error)
                       : import_files (cli, notebook, args + 1, options, error)))
    return FALSE;

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

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

  annals_cli_table_add (table, _("Import"), _("When"), _("State"), _("File"), _("Read"), _("New"),
                        _("Updated"), _("Unchanged"), _("Skipped"), _("Issues"));

  for (guint i = 0; i < imports->len; i++)
    {
      const AnnalsImport *import = g_ptr_array_index (imports, i);
      g_autofree char *uid = annals_cli_dup_short_uid (import->uid);
      g_autofree char *time = annals_json_dup_time (import->started);
      g_autofree char *numbers = g_strdup_printf ("%u %u %u %u %u %u", import->n_read, import->n_new,
                                                  import->n_updated, import->n_unchanged,
                                                  import->n_skipped, import->n_issues);
      g_auto(GStrv) cells = g_strsplit (numbers, " ", -1);

      annals_cli_table_add (table, uid, time, import->state, import->file_name, cells[0], cells[1],
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

      g_string_append_printf (cli->out, "%s  %s  %s\n", annals_severity_to_string (issue->severity),
                              issue->place, issue->reason);

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
  { "import", "NOTEBOOK FILE…", N_("Import archives of posts"), 2, G_MAXUINT, import_options,
    run_import, ANNALS_CLI_PATHS },
  { "imports", "NOTEBOOK", N_("List what was imported, the newest first"), 1, 1, NULL, run_imports },
  { "issues", "NOTEBOOK [IMPORT]", N_("List what imports could not use"), 1, 2, NULL, run_issues },
  { NULL }
};
