/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cli-import.h"

#include <glib/gi18n.h>

#include <stdio.h>
#include <unistd.h>

#include "annals-cli-interrupt.h"
#include "annals-cli-json.h"
#include "annals-cli-merge.h"
#include "annals-cli-table.h"
#include "annals-importer.h"
#include "annals-notebook-document.h"
#include "annals-number.h"
#include "annals-work-document.h"

/* Enough to see of a file whether it can be imported. */
#define GLANCE_SECONDS 1

static char *archive_option;
static char *source_option;
static char *date_option;
static char *language_option;
static char *timezone_option;
static char *kinds_option;
static char **map_option;
static gboolean dry_run_option;
static gboolean no_index_option;
static gboolean no_recall_option;
static gboolean keep_option;

const GOptionEntry annals_cli_import_options[] = {
  { "archive", 0, 0, G_OPTION_ARG_FILENAME, &archive_option,
    N_("What the archive is called"), N_("NAME") },
  { "source", 0, 0, G_OPTION_ARG_FILENAME, &source_option,
    N_("The publication of posts that name none"), N_("NAME") },
  { "date", 0, 0, G_OPTION_ARG_FILENAME, &date_option,
    N_("The date of posts that have none, such as 2020-03"), N_("EDTF") },
  { "language", 0, 0, G_OPTION_ARG_FILENAME, &language_option,
    N_("The language of posts that name none, such as en"), N_("TAG") },
  { "timezone", 0, 0, G_OPTION_ARG_FILENAME, &timezone_option,
    N_("The time zone of times that name none, such as Europe/Rome; UTC unless given"), N_("ZONE") },
  { "kinds", 0, 0, G_OPTION_ARG_FILENAME, &kinds_option,
    N_("What comes in, separated by commas: post, page, draft, private, trash, comment; post unless given"),
    N_("KINDS") },
  { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &map_option,
    N_("Which column of a list holds a field, such as title=Headline; may be given several times"),
    N_("FIELD=COLUMN") },
  { "no-recall", 0, 0, G_OPTION_ARG_NONE, &no_recall_option,
    N_("Forget what was said when the archive was imported last"), NULL },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run_option,
    N_("Only say what would be imported"), NULL },
  { "keep", 0, 0, G_OPTION_ARG_NONE, &keep_option,
    N_("When stopped by Ctrl+C, keep what came in before"), NULL },
  { "no-index", 0, 0, G_OPTION_ARG_NONE, &no_index_option,
    N_("Do not wait until the posts can be searched"), NULL },
  G_OPTION_ENTRY_NULL
};

const GOptionEntry annals_cli_resume_options[] = {
  { "keep", 0, 0, G_OPTION_ARG_NONE, &keep_option,
    N_("When stopped by Ctrl+C, keep what came in before"), NULL },
  { "no-index", 0, 0, G_OPTION_ARG_NONE, &no_index_option,
    N_("Do not wait until the posts can be searched"), NULL },
  G_OPTION_ENTRY_NULL
};

/* --- options --- */

static gboolean
read_kinds (AnnalsImportOptions  *options,
            GError              **error)
{
  g_auto(GStrv) names = kinds_option ? g_strsplit (kinds_option, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      AnnalsPostKind kind;

      if (!annals_post_kind_from_string (g_strstrip (names[i]), &kind))
        return annals_cli_misuse (error, _("--kinds: there is no kind “%s”; the kinds are post, page, draft, "
                                           "private, trash, comment and other"), names[i]);

      options->kinds |= 1u << kind;
    }

  return TRUE;
}

static gboolean
read_mapping (AnnalsImportOptions  *options,
              GError              **error)
{
  for (guint i = 0; map_option != NULL && map_option[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      const char *equals;
      AnnalsField field;

      if (!annals_cli_check_text (&map_option[i], "--map", error))
        return FALSE;

      equals = strchr (map_option[i], '=');
      name = equals ? g_strndup (map_option[i], (gsize) (equals - map_option[i])) : NULL;
      if (name == NULL || !annals_field_from_string (name, &field))
        return annals_cli_misuse (error, _("--map: “%s” does not begin with one of title=, text=, date=, url=, "
                                           "author=, source=, language=, tags=, guid="), map_option[i]);

      if (options->mapping == NULL)
        options->mapping = annals_mapping_new ();
      g_free (options->mapping->columns[field]);
      options->mapping->columns[field] = g_strdup (equals + 1);
    }

  return TRUE;
}

static AnnalsImportOptions *
read_options (GError **error)
{
  g_autoptr(AnnalsImportOptions) options = annals_import_options_new ();

  if (!annals_cli_check_text (&archive_option, "--archive", error) ||
      !annals_cli_check_text (&source_option, "--source", error) ||
      !annals_cli_check_text (&date_option, "--date", error) ||
      !annals_cli_check_text (&language_option, "--language", error) ||
      !annals_cli_check_text (&timezone_option, "--timezone", error) ||
      !annals_cli_check_text (&kinds_option, "--kinds", error) ||
      !read_kinds (options, error) ||
      !read_mapping (options, error))
    return NULL;

  if (date_option != NULL && !(options->date = annals_date_parse (date_option, error)))
    return NULL;

  if (timezone_option != NULL && !(options->zone = g_time_zone_new_identifier (timezone_option)))
    {
      annals_cli_misuse (error, _("--timezone: there is no time zone “%s”"), timezone_option);
      return NULL;
    }

  options->archive = g_strdup (archive_option);
  options->source = g_strdup (source_option);
  options->language = g_strdup (language_option);

  return g_steal_pointer (&options);
}

/* --- running --- */

typedef struct
{
  GCancellable *cancellable;
  gboolean      shows;       /* somebody looks at stderr */
  guint         width;       /* of what is shown */
  gint64        started;
} Watch;

/* A line that is written over and over: how far it is, and how long it will take. */
static void
show_progress (Watch  *watch,
               gint64  done,
               gint64  total,
               guint   n_posts)
{
  double seconds = (double) (g_get_monotonic_time () - watch->started) / G_USEC_PER_SEC;
  double share = total > 0 ? (double) done / (double) total : 0;
  g_autofree char *posts = g_strdup_printf (ngettext ("%u post", "%u posts", n_posts), n_posts);
  g_autofree char *line = NULL;
  guint width;

  if (seconds < 1)
    return;

  if (share > 0.01 && share < 1)
    /* Translators: how much is done, how many posts, how long it will take */
    line = g_strdup_printf (_("%.0f %%, %s, %.0f s left"), share * 100, posts, seconds / share - seconds);
  else
    line = g_strdup_printf ("%.0f %%, %s", share * 100, posts);

  width = (guint) g_utf8_strlen (line, -1);
  fprintf (stderr, "\r%s%*s", line, width < watch->width ? (int) (watch->width - width) : 0, "");
  fflush (stderr);
  watch->width = width;
}

static void
progress_cb (gint64   done,
             gint64   total,
             guint    n_posts,
             gpointer data)
{
  Watch *watch = data;

  if (watch->shows)
    show_progress (watch, done, total, n_posts);
}

static gboolean
keep_cb (gpointer data)
{
  return keep_option;
}

static void
watch_begin (Watch *watch)
{
  watch->cancellable = g_object_ref (annals_cli_interrupt_begin ());
  watch->shows = isatty (STDERR_FILENO);
  watch->started = g_get_monotonic_time ();
}

static void
watch_end (Watch *watch)
{
  annals_cli_interrupt_end ();
  if (watch->width > 0)
    fprintf (stderr, "\r%*s\r", (int) watch->width, "");
  g_clear_object (&watch->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_end)

/* --- previews --- */

static void
add_preview_post (JsonBuilder             *builder,
                  const AnnalsPreviewPost *post)
{
  json_builder_begin_object (builder);
  annals_json_string (builder, "title", post->title);
  annals_json_string (builder, "author", post->author);
  annals_json_string (builder, "source", post->source);
  annals_json_date (builder, "published", post->published);
  annals_json_string (builder, "kind", annals_post_kind_to_string (post->kind));
  annals_json_string (builder, "lead", post->lead);
  json_builder_end_object (builder);
}

static void
add_kinds (JsonBuilder         *builder,
           const AnnalsPreview *preview)
{
  json_builder_set_member_name (builder, "kinds");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    if (preview->n_of_kind[i] > 0)
      annals_json_int (builder, annals_post_kind_to_string (i), preview->n_of_kind[i]);
  json_builder_end_object (builder);
}

/* Of a list: the columns that it has, and which field each is taken for. */
static void
add_mapping (JsonBuilder         *builder,
             const AnnalsPreview *preview)
{
  if (preview->mapping == NULL)
    return;

  json_builder_set_member_name (builder, "mapping");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    annals_json_nullable (builder, annals_field_to_string (i), preview->mapping->columns[i]);
  json_builder_end_object (builder);

  annals_json_begin_array (builder, "columns");
  for (guint i = 0; preview->columns != NULL && i < preview->columns->len; i++)
    {
      const AnnalsColumn *column = g_ptr_array_index (preview->columns, i);

      json_builder_begin_object (builder);
      annals_json_string (builder, "name", column->name);
      annals_json_string (builder, "sample", column->sample);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
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
  annals_json_int (builder, "files", preview->n_files);
  annals_json_int (builder, "read", (gint64) preview->n_posts + preview->n_skipped);

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    annals_json_nullable (builder, unknown[i], NULL);

  annals_json_int (builder, "skipped", preview->n_skipped);
  annals_json_int (builder, "issues", preview->n_issues);
  add_kinds (builder, preview);
  add_mapping (builder, preview);
  annals_json_begin_array (builder, "posts");

  for (guint i = 0; i < preview->posts->len; i++)
    add_preview_post (builder, g_ptr_array_index (preview->posts, i));

  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_mapping (AnnalsCli           *cli,
               const AnnalsPreview *preview)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("ll");

  if (preview->mapping == NULL)
    return;

  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    if (preview->mapping->columns[i] != NULL)
      {
        g_autofree char *field = g_strdup_printf ("  %s", annals_field_to_string (i));

        annals_cli_table_add (table, field, preview->mapping->columns[i]);
      }

  annals_cli_table_append (table, cli->out);
}

static void
print_preview (AnnalsCli           *cli,
               const AnnalsPreview *preview)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lll");
  g_autofree char *count = annals_preview_dup_count (preview);

  g_string_append_printf (cli->out, "%s: %s, %s", preview->file_name, preview->format_label, count);

  if (preview->n_issues > 0)
    {
      g_string_append (cli->out, ", ");
      g_string_append_printf (cli->out, ngettext ("%u issue", "%u issues", preview->n_issues),
                              preview->n_issues);
    }

  g_string_append_c (cli->out, '\n');
  print_mapping (cli, preview);

  for (guint i = 0; i < preview->posts->len; i++)
    {
      const AnnalsPreviewPost *post = g_ptr_array_index (preview->posts, i);
      gboolean dated = !annals_date_is_undated (post->published) || !post->is_other;
      g_autofree char *date = dated ? annals_date_dup_display (post->published) : g_strdup ("");
      g_autofree char *indented = g_strdup_printf ("  %s", date);

      annals_cli_table_add (table, indented, post->source != NULL ? post->source : post->author, post->title);
    }

  annals_cli_table_append (table, cli->out);

  if (preview->posts->len < preview->n_posts)
    g_string_append (cli->out, "  …\n");
}

/* What is said of @file: by the command line, else when its archive was imported last. */
static AnnalsImportOptions *
options_for (AnnalsCli                  *cli,
             AnnalsNotebook             *notebook,
             const char                 *file,
             const AnnalsImportOptions  *options,
             GError                    **error)
{
  g_autoptr(AnnalsImportOptions) own = annals_import_options_copy (options);
  g_autofree char *archive = NULL;

  if (no_recall_option)
    return g_steal_pointer (&own);

  if (!annals_import_recall (notebook, file, own, &archive, NULL, error))
    return NULL;

  if (archive != NULL && !cli->json)
    {
      g_autofree char *name = g_filename_display_basename (file);

      g_string_append_printf (cli->out, _("%s: as “%s” was imported last\n"), name, archive);
    }

  return g_steal_pointer (&own);
}

static gboolean
preview_files (AnnalsCli                  *cli,
               AnnalsNotebook             *notebook,
               char                      **files,
               const AnnalsImportOptions  *options,
               GError                    **error)
{
  g_auto(Watch) watch = { 0 };
  AnnalsImportHooks hooks = { .progress = progress_cb, .user_data = &watch };

  watch_begin (&watch);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr(AnnalsImportOptions) own = options_for (cli, notebook, files[i], options, error);
      g_autoptr(AnnalsPreview) preview = NULL;

      if (own == NULL ||
          !(preview = annals_import_preview (files[i], own, &hooks, 0, watch.cancellable, error)))
        return FALSE;

      if (cli->json)
        add_preview (cli->builder, preview);
      else
        print_preview (cli, preview);
    }

  return TRUE;
}

/* --- imports --- */

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

static void
tell_import (AnnalsCli          *cli,
             const AnnalsImport *import)
{
  if (!cli->json)
    {
      print_import (cli, import);
      return;
    }

  json_builder_begin_object (cli->builder);
  annals_cli_json_import_members (cli->builder, import);
  json_builder_end_object (cli->builder);
}

static void
document_progress_cb (double   fraction,
                      gpointer data)
{
  Watch *watch = data;

  if (watch->shows)
    show_progress (watch, (gint64) (fraction * 1000), 1000, 0);
}

/* An export of our own. */
static gboolean
import_document (AnnalsCli       *cli,
                 AnnalsNotebook  *notebook,
                 const char      *file,
                 Watch           *watch,
                 GError         **error)
{
  g_autoptr(AnnalsMergeResult) result = annals_import_document (notebook, file, document_progress_cb, watch,
                                                                watch->cancellable, error);

  if (result == NULL)
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_string (cli->builder, "format", annals_document_sniff (file));
  annals_cli_tell_merge (cli, file, result, TRUE);
  json_builder_end_object (cli->builder);

  return TRUE;
}

/* A file or folder with posts. */
static gboolean
import_archive (AnnalsCli                  *cli,
                AnnalsNotebook             *notebook,
                const char                 *file,
                const AnnalsImportOptions  *options,
                Watch                      *watch,
                GError                    **error)
{
  AnnalsImportHooks hooks = { progress_cb, keep_cb, watch };
  g_autoptr(AnnalsImportOptions) own = options_for (cli, notebook, file, options, error);
  g_autoptr(AnnalsImport) import = NULL;

  if (own == NULL || !(import = annals_import_file (notebook, file, own, &hooks, watch->cancellable, error)))
    return FALSE;

  tell_import (cli, import);
  return TRUE;
}

static gboolean
is_document (const char *file)
{
  return annals_document_sniff (file) != NULL;
}

static gboolean
import_files (AnnalsCli                  *cli,
              AnnalsNotebook             *notebook,
              char                      **files,
              const AnnalsImportOptions  *options,
              GError                    **error)
{
  g_auto(Watch) watch = { 0 };

  watch_begin (&watch);

  /* Of several files none is imported when one of them cannot be. */
  for (guint i = 0; files[1] != NULL && files[i] != NULL; i++)
    {
      g_autoptr(AnnalsPreview) preview = NULL;

      if (!is_document (files[i]) &&
          !(preview = annals_import_preview (files[i], options, NULL, GLANCE_SECONDS, watch.cancellable, error)))
        return FALSE;
    }

  for (guint i = 0; files[i] != NULL; i++)
    {
      watch.started = g_get_monotonic_time ();
      if (!(is_document (files[i]) ? import_document (cli, notebook, files[i], &watch, error)
                                   : import_archive (cli, notebook, files[i], options, &watch, error)))
        return FALSE;
    }

  return TRUE;
}

static void
begin_imports (AnnalsCli *cli)
{
  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "imports");
}

static gboolean
end_imports (AnnalsCli       *cli,
             AnnalsNotebook  *notebook,
             GError         **error)
{
  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return no_index_option || annals_notebook_finish_index (notebook, NULL, error);
}

gboolean
annals_cli_run_import (AnnalsCli       *cli,
                       AnnalsNotebook  *notebook,
                       char           **args,
                       GError         **error)
{
  g_autoptr(AnnalsImportOptions) options = NULL;

  if (!(options = read_options (error)))
    return FALSE;

  begin_imports (cli);
  if (dry_run_option)
    no_index_option = TRUE;

  return (dry_run_option ? preview_files (cli, notebook, args + 1, options, error)
                         : import_files (cli, notebook, args + 1, options, error)) &&
         end_imports (cli, notebook, error);
}

/* --- imports that were made before --- */

typedef struct
{
  const char *import;
  gint64      id;
} FindJob;

static gboolean
find_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  FindJob *job = data;

  return annals_db_find (db, ANNALS_RECORD_IMPORT, job->import, &job->id, error);
}

gboolean
annals_cli_run_resume (AnnalsCli       *cli,
                       AnnalsNotebook  *notebook,
                       char           **args,
                       GError         **error)
{
  FindJob job = { .import = args[1] };
  g_auto(Watch) watch = { 0 };
  AnnalsImportHooks hooks = { progress_cb, keep_cb, &watch };
  g_autoptr(AnnalsImport) import = NULL;

  watch_begin (&watch);
  if (!annals_notebook_read (notebook, find_cb, &job, NULL, error) ||
      !(import = annals_import_resume (notebook, job.id, args[2], &hooks, watch.cancellable, error)))
    return FALSE;

  begin_imports (cli);
  tell_import (cli, import);

  return end_imports (cli, notebook, error);
}

gboolean
annals_cli_run_discard (AnnalsCli       *cli,
                        AnnalsNotebook  *notebook,
                        char           **args,
                        GError         **error)
{
  FindJob job = { .import = args[1] };

  json_builder_begin_object (cli->builder);
  json_builder_end_object (cli->builder);

  return annals_notebook_read (notebook, find_cb, &job, NULL, error) &&
         annals_import_remove (notebook, job.id, NULL, error) &&
         annals_notebook_finish_index (notebook, NULL, error);
}

static GArray *
read_records (char   **args,
              GError **error)
{
  g_autoptr(GArray) records = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; args[i] != NULL; i++)
    {
      guint64 number;
      guint record;

      if (!annals_number_parse (args[i], G_MAXUINT, &number) || number == 0)
        {
          annals_cli_misuse (error, _("“%s” is not the number of a record"), args[i]);
          return NULL;
        }

      record = (guint) number;
      g_array_append_val (records, record);
    }

  return g_steal_pointer (&records);
}

gboolean
annals_cli_run_skipped (AnnalsCli       *cli,
                        AnnalsNotebook  *notebook,
                        char           **args,
                        GError         **error)
{
  FindJob job = { .import = args[1] };
  g_auto(Watch) watch = { 0 };
  AnnalsImportHooks hooks = { progress_cb, keep_cb, &watch };
  g_autoptr(GArray) records = read_records (args + 2, error);
  g_autoptr(AnnalsImport) import = NULL;

  if (records == NULL)
    return FALSE;

  watch_begin (&watch);
  if (!annals_notebook_read (notebook, find_cb, &job, NULL, error) ||
      !(import = annals_import_records (notebook, job.id, records, NULL, &hooks, watch.cancellable, error)))
    return FALSE;

  begin_imports (cli);
  tell_import (cli, import);

  return end_imports (cli, notebook, error);
}
