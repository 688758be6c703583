/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "annals-cli-codebook.h"
#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-export.h"

#define TIMELINE_PREFIX "timeline:"
#define POSTS_PREFIX "posts:"

static char *format_option;
static char *output_option;
static gboolean force_option;
static char *paper_option;
static char *margins_option;
static char *text_size_option;
static gboolean hyphenate_option;
static gboolean no_notes_option;
static gboolean byte_order_mark_option;

static const GOptionEntry export_options[] = {
  { "format", 'f', 0, G_OPTION_ARG_FILENAME, &format_option,
    N_("Of the file; what its name ends in unless given"), N_("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("The file to write"), N_("FILE") },
  { "force", 0, 0, G_OPTION_ARG_NONE, &force_option,
    N_("Write over a file that is there already"), NULL },
  { "paper", 0, 0, G_OPTION_ARG_FILENAME, &paper_option,
    N_("Of a PDF or a web page: a4 or letter; a4 unless given"), N_("SIZE") },
  { "margins", 0, 0, G_OPTION_ARG_FILENAME, &margins_option,
    N_("Of a PDF: normal, narrow or wide"), N_("MARGINS") },
  { "text-size", 0, 0, G_OPTION_ARG_FILENAME, &text_size_option,
    N_("Of a PDF: normal, small or large"), N_("SIZE") },
  { "hyphenate", 0, 0, G_OPTION_ARG_NONE, &hyphenate_option,
    N_("Of a PDF: break words at the ends of lines"), NULL },
  { "no-notes", 0, 0, G_OPTION_ARG_NONE, &no_notes_option,
    N_("Of a timeline: leave out the notes on the passages"), NULL },
  { "bom", 0, 0, G_OPTION_ARG_NONE, &byte_order_mark_option,
    N_("Of CSV: begin with a byte order mark, without which Excel does not know UTF-8"), NULL },
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

/* Which of @words an option names; the first when it was not given. */
static gboolean
read_choice (const char           *option,
             const char           *value,
             const char * const   *words,
             guint                *choice,
             GError              **error)
{
  g_autofree char *known = NULL;

  *choice = 0;
  if (value == NULL)
    return TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (value, words[i]) == 0)
      {
        *choice = i;
        return TRUE;
      }

  known = g_strjoinv (", ", (char **) words);
  /* Translators: an option, the words that it may be, what was given */
  return annals_cli_misuse (error, _("%s takes one of %s, not “%s”"), option, known, value);
}

/* The words stand in the order of the enumerations. */
static gboolean
read_options (AnnalsExportOptions  *options,
              GError              **error)
{
  static const char * const papers[] = { "a4", "letter", NULL };
  static const char * const margins[] = { "normal", "narrow", "wide", NULL };
  static const char * const sizes[] = { "normal", "small", "large", NULL };
  guint paper, margin, size;

  if (!annals_cli_check_text (&paper_option, "--paper", error) ||
      !annals_cli_check_text (&margins_option, "--margins", error) ||
      !annals_cli_check_text (&text_size_option, "--text-size", error) ||
      !read_choice ("--paper", paper_option, papers, &paper, error) ||
      !read_choice ("--margins", margins_option, margins, &margin, error) ||
      !read_choice ("--text-size", text_size_option, sizes, &size, error))
    return FALSE;

  options->paper = (AnnalsPaper) paper;
  options->margins = (AnnalsMargins) margin;
  options->text_size = (AnnalsTextSize) size;
  options->hyphenate = hyphenate_option;

  return TRUE;
}

typedef struct
{
  const char          *name;      /* as it stands on the command line */
  AnnalsExportSubject  subject;
  gboolean             prefix;    /* more comes after it */
} Subject;

static const Subject subjects[] = {
  { TIMELINE_PREFIX, ANNALS_EXPORT_TIMELINE, TRUE },
  { POSTS_PREFIX, ANNALS_EXPORT_POSTS, TRUE },
  { "posts", ANNALS_EXPORT_POSTS, FALSE },
  { "notes", ANNALS_EXPORT_NOTES, FALSE },
  { "annotations", ANNALS_EXPORT_NOTES, FALSE },
  { "notebook", ANNALS_EXPORT_NOTEBOOK, FALSE },
};

static const Subject *
find_subject (const char  *what,
              GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (subjects[i].prefix ? g_str_has_prefix (what, subjects[i].name) : g_str_equal (what, subjects[i].name))
      {
        /* a timeline needs its name; no query is every post */
        if (subjects[i].subject == ANNALS_EXPORT_TIMELINE && what[strlen (TIMELINE_PREFIX)] == '\0')
          break;
        return &subjects[i];
      }

  annals_cli_misuse (error, _("“%s” cannot be exported; what can is “timeline:TIMELINE”, “notes”, “annotations”, “tags”, "
                              "“posts:QUERY” and “notebook”"), what);
  return NULL;
}

/* The format asked for or, without one, what the name of the file ends in. */
static const AnnalsExportFormat *
find_format (const char           *what,
             AnnalsExportSubject   subject,
             GError              **error)
{
  g_autofree char *known = annals_export_dup_known_formats (subject);
  const AnnalsExportFormat *format = format_option != NULL ? annals_export_get_format (subject, format_option)
                                                           : annals_export_guess_format (subject, output_option);

  if (format != NULL)
    return format;

  if (format_option != NULL)
    annals_cli_misuse (error, _("“%s” is exported as one of %s, not as “%s”"), what, known, format_option);
  else
    annals_cli_misuse (error, _("--format is missing: one of %s"), known);

  return NULL;
}

static const AnnalsExportFormat *
check_use (const char           *what,
           const Subject        *subject,
           AnnalsExportOptions  *options,
           GError              **error)
{
  if (!annals_cli_check_text (&format_option, "--format", error))
    return NULL;

  if (output_option == NULL || *output_option == '\0' || strcmp (output_option, "-") == 0)
    {
      annals_cli_misuse (error, _("-o is missing: the file to write"));
      return NULL;
    }

  return read_options (options, error) ? find_format (what, subject->subject, error) : NULL;
}

static void
say_written (AnnalsCli   *cli,
             const char  *timeline,
             const char  *format,
             GPtrArray   *remarks)
{
  g_autofree char *name = g_filename_display_name (output_option);

  if (!cli->json)
    {
      g_string_append_printf (cli->out, _("Wrote “%s”\n"), name);
      for (guint i = 0; i < remarks->len; i++)
        g_string_append_printf (cli->out, "%s\n", (const char *) remarks->pdata[i]);
      return;
    }

  json_builder_begin_object (cli->builder);
  if (timeline != NULL)
    annals_json_string (cli->builder, "timeline", timeline);
  annals_json_string (cli->builder, "format", format);
  annals_json_string (cli->builder, "file", name);
  annals_json_begin_array (cli->builder, "remarks");
  for (guint i = 0; i < remarks->len; i++)
    json_builder_add_string_value (cli->builder, remarks->pdata[i]);
  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);
}

static gboolean
run_export (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  AnnalsExportOptions options = { .with_notes = !no_notes_option, .byte_order_mark = byte_order_mark_option };
  AnnalsExportRequest request = { 0 };
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  g_autoptr(GPtrArray) remarks = NULL;
  g_autofree char *uid = NULL;
  const AnnalsExportFormat *format;
  const Subject *subject;
  FindJob job = { 0 };

  if (g_str_equal (args[1], "tags"))
    return annals_cli_check_text (&format_option, "--format", error) &&
           annals_cli_export_codebook (cli, notebook, format_option, output_option, force_option, error);

  if (!(subject = find_subject (args[1], error)) || !(format = check_use (args[1], subject, &options, error)))
    return FALSE;

  request.subject = subject->subject;
  if (request.subject == ANNALS_EXPORT_TIMELINE)
    {
      gboolean found;

      job.name = args[1] + strlen (TIMELINE_PREFIX);
      found = annals_notebook_read (notebook, find_cb, &job, NULL, error);
      uid = job.uid;
      if (!found)
        return FALSE;
      request.timeline_id = job.id;
    }
  else if (request.subject == ANNALS_EXPORT_POSTS && subject->prefix)
    request.query = args[1] + strlen (POSTS_PREFIX);
  else if (g_str_equal (args[1], "annotations"))
    {
      request.filter = filter = annals_note_filter_new ();
      filter->kind = ANNALS_NOTES_PASSAGES;
    }

  if (!annals_export (notebook, &request, format->id, output_option, force_option, &options, NULL, NULL, &remarks, NULL,
                      error))
    return FALSE;

  say_written (cli, uid, format->id, remarks);
  return TRUE;
}

const AnnalsCliCommand annals_cli_export_commands[] = {
  { "export", N_("NOTEBOOK timeline:TIMELINE|posts:QUERY|notes|annotations|tags|notebook"),
    N_("Write a timeline, posts, notes, tags or everything to a file"),
    2, 2,
    export_options, run_export },
  { NULL }
};
