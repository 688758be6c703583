/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "annals-cli-codebook.h"
#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-export-notes.h"
#include "annals-export.h"

#define TIMELINE_PREFIX "timeline:"

static char *format_option;
static char *output_option;
static gboolean force_option;
static char *paper_option;
static gboolean no_notes_option;

static const GOptionEntry export_options[] = {
  { "format", 'f', 0, G_OPTION_ARG_FILENAME, &format_option,
    N_("json or pdf, of notes json, markdown or csv, of tags csv or qdc; what the file's name ends in unless given"), N_("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("The file to write"), N_("FILE") },
  { "force", 0, 0, G_OPTION_ARG_NONE, &force_option,
    N_("Write over a file that is there already"), NULL },
  { "paper", 0, 0, G_OPTION_ARG_FILENAME, &paper_option,
    N_("Of a PDF: a4 or letter; a4 unless given"), N_("SIZE") },
  { "no-notes", 0, 0, G_OPTION_ARG_NONE, &no_notes_option,
    N_("Of a PDF: leave out the notes on the passages"), NULL },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  const char *name;
  gint64      id;
  char       *uid;
} FindJob;

static gboolean
find_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  FindJob *job = data;

  if (!annals_db_find (db, ANNALS_RECORD_TIMELINE, job->name, &job->id, error))
    return FALSE;

  job->uid = annals_db_dup_uid (db, ANNALS_RECORD_TIMELINE, job->id, error);

  return job->uid != NULL;
}

static gboolean
read_paper (AnnalsPaper  *paper,
            GError      **error)
{
  if (paper_option == NULL || g_ascii_strcasecmp (paper_option, "a4") == 0)
    *paper = ANNALS_PAPER_A4;
  else if (g_ascii_strcasecmp (paper_option, "letter") == 0)
    *paper = ANNALS_PAPER_LETTER;
  else
    return annals_cli_misuse (error, _("--paper takes a4 or letter, not “%s”"), paper_option);

  return TRUE;
}

/* The format asked for or, without one, what the name of the file ends in. */
static gboolean
check_format (GError **error)
{
  const char * const *formats = annals_export_get_timeline_formats ();
  g_autofree char *known = g_strjoinv (", ", (char **) formats);
  const char *dot;

  if (format_option == NULL && (dot = strrchr (output_option, '.')) != NULL)
    format_option = g_ascii_strdown (dot + 1, -1);

  if (format_option == NULL)
    return annals_cli_misuse (error, _("--format is missing: one of %s"), known);

  if (!g_strv_contains (formats, format_option))
    return annals_cli_misuse (error, _("a timeline is exported as one of %s, not as “%s”"), known,
                              format_option);

  return TRUE;
}

/* Notes: the annotations and, but for "annotations", the memos. */
static gboolean
is_notes (const char *what)
{
  return g_str_equal (what, "notes") || g_str_equal (what, "annotations");
}

static gboolean
check_note_format (GError **error)
{
  const char * const *formats = annals_export_get_note_formats ();
  g_autofree char *known = g_strjoinv (", ", (char **) formats);
  const char *dot;

  if (format_option == NULL && (dot = strrchr (output_option, '.')) != NULL)
    format_option = g_strdup (g_ascii_strcasecmp (dot, ".md") == 0 ? "markdown" : dot + 1);

  if (format_option == NULL)
    return annals_cli_misuse (error, _("--format is missing: one of %s"), known);

  if (!g_strv_contains (formats, format_option))
    return annals_cli_misuse (error, _("notes are exported as one of %s, not as “%s”"), known, format_option);

  return TRUE;
}

static gboolean
check_use (const char   *what,
           AnnalsPaper  *paper,
           GError      **error)
{
  if (!annals_cli_check_text (&format_option, "--format", error) ||
      !annals_cli_check_text (&paper_option, "--paper", error))
    return FALSE;

  if (!is_notes (what) &&
      (!g_str_has_prefix (what, TIMELINE_PREFIX) || what[strlen (TIMELINE_PREFIX)] == '\0'))
    return annals_cli_misuse (error, _("“%s” cannot be exported; what can is “timeline:TIMELINE”, “notes” and "
                                       "“annotations”"), what);

  if (output_option == NULL || *output_option == '\0' || strcmp (output_option, "-") == 0)
    return annals_cli_misuse (error, _("-o is missing: the file to write"));

  if (is_notes (what))
    return check_note_format (error);

  return check_format (error) && read_paper (paper, error);
}

static gboolean
export_notes (AnnalsCli       *cli,
              AnnalsNotebook  *notebook,
              const char      *what,
              GError         **error)
{
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  g_autofree char *name = g_filename_display_name (output_option);

  if (g_str_equal (what, "annotations"))
    filter->kind = ANNALS_NOTES_PASSAGES;
  if (!annals_export_notes (notebook, filter, NULL, format_option, output_option, force_option, NULL, error))
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "format", format_option);
      annals_json_string (cli->builder, "file", name);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, _("Wrote “%s”\n"), name);

  return TRUE;
}

static gboolean
run_export (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  FindJob job = { 0 };
  AnnalsExportOptions options = { .with_notes = !no_notes_option };
  g_autofree char *name = NULL;
  g_autofree char *uid = NULL;
  gboolean done;

  if (g_str_equal (args[1], "tags"))
    return annals_cli_check_text (&format_option, "--format", error) &&
           annals_cli_export_codebook (cli, notebook, format_option, output_option, force_option, error);

  if (!check_use (args[1], &options.paper, error))
    return FALSE;
  if (is_notes (args[1]))
    return export_notes (cli, notebook, args[1], error);

  job.name = args[1] + strlen (TIMELINE_PREFIX);
  done = annals_notebook_read (notebook, find_cb, &job, NULL, error);
  uid = job.uid;

  if (!done ||
      !annals_export_timeline (notebook, job.id, format_option, output_option, force_option, &options,
                               NULL, NULL, NULL, error))
    return FALSE;

  name = g_filename_display_name (output_option);

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "timeline", uid);
      annals_json_string (cli->builder, "format", format_option);
      annals_json_string (cli->builder, "file", name);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, _("Wrote “%s”\n"), name);

  return TRUE;
}

const AnnalsCliCommand annals_cli_export_commands[] = {
  { "export", "NOTEBOOK timeline:TIMELINE|notes|annotations|tags", N_("Write a timeline, the notes or the tags to a file"),
    2, 2,
    export_options, run_export },
  { NULL }
};
