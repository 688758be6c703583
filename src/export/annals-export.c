/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-export-run.h"
#include "annals-number.h"

/* Names that a remark lists, and how much of each: code points. */
#define MAX_NAMES 8
#define MAX_NAME 60

typedef struct
{
  AnnalsExportFormat  format;   /* its label is not translated yet */
  AnnalsExportWriter  write;
} FormatRow;

/* A subject's formats in the order in which they are offered. Of two with one ending the first is meant. */
static const FormatRow format_rows[] = {
  { { ANNALS_EXPORT_TIMELINE, "pdf", N_("PDF document"), ".pdf", "application/pdf" }, annals_export_pdf_write },
  { { ANNALS_EXPORT_TIMELINE, "html", N_("Web page (HTML)"), ".html", "text/html" }, annals_export_html_write },
  { { ANNALS_EXPORT_TIMELINE, "json", N_("JSON of Annals"), ".json", "application/json" }, annals_export_json_write },
  { { ANNALS_EXPORT_TIMELINE, "svg", N_("Picture (SVG)"), ".svg", "image/svg+xml" }, annals_export_svg_write },
  { { ANNALS_EXPORT_TIMELINE, "png", N_("Picture (PNG)"), ".png", "image/png" }, annals_export_png_write },
  { { ANNALS_EXPORT_TIMELINE, "timelinejs", N_("TimelineJS"), ".json", "application/json" },
    annals_export_timelinejs_write },
  { { ANNALS_EXPORT_TIMELINE, "markdown", N_("Markdown"), ".md", "text/markdown" },
    annals_export_timeline_markdown_write },
  { { ANNALS_EXPORT_TIMELINE, "csv", N_("Table (CSV)"), ".csv", "text/csv" }, annals_export_timeline_csv_write },
  { { ANNALS_EXPORT_NOTES, "pdf", N_("PDF document"), ".pdf", "application/pdf" }, annals_export_pdf_write },
  { { ANNALS_EXPORT_NOTES, "markdown", N_("Markdown"), ".md", "text/markdown" }, annals_export_notes_markdown_write },
  { { ANNALS_EXPORT_NOTES, "json", N_("JSON of Annals"), ".json", "application/json" }, annals_export_notes_json_write },
  { { ANNALS_EXPORT_NOTES, "csv", N_("Table (CSV)"), ".csv", "text/csv" }, annals_export_notes_csv_write },
  { { ANNALS_EXPORT_NOTES, "w3c", N_("Web annotations (JSON-LD)"), ".jsonld", "application/ld+json" },
    annals_export_w3c_write },
  { { ANNALS_EXPORT_NOTES, "qdpx", N_("REFI-QDA project"), ".qdpx", "application/zip" }, annals_export_qdpx_write },
  { { ANNALS_EXPORT_POSTS, "json", N_("JSON of Annals"), ".json", "application/json" }, annals_export_posts_json_write },
  { { ANNALS_EXPORT_POSTS, "markdown", N_("Markdown"), ".md", "text/markdown" }, annals_export_posts_markdown_write },
  { { ANNALS_EXPORT_POSTS, "csv", N_("Table (CSV)"), ".csv", "text/csv" }, annals_export_posts_csv_write },
  { { ANNALS_EXPORT_POSTS, "bibtex", N_("Citations (BibLaTeX)"), ".bib", "application/x-bibtex" },
    annals_export_posts_bibtex_write },
  { { ANNALS_EXPORT_POSTS, "csl", N_("Citations (CSL-JSON)"), ".json", "application/vnd.citationstyles.csl+json" },
    annals_export_posts_csl_write },
  { { ANNALS_EXPORT_POSTS, "ris", N_("Citations (RIS)"), ".ris", "application/x-research-info-systems" },
    annals_export_posts_ris_write },
  { { ANNALS_EXPORT_NOTEBOOK, "json", N_("JSON of Annals"), ".json", "application/json" },
    annals_export_notebook_write },
};

G_DEFINE_QUARK (annals-export-error-quark, annals_export_error)

/* --- formats --- */

/* The same rows with their labels in the user's language. */
static const AnnalsExportFormat *
get_row (guint i)
{
  static AnnalsExportFormat rows[G_N_ELEMENTS (format_rows)];
  static gsize translated;

  if (g_once_init_enter (&translated))
    {
      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          rows[j] = format_rows[j].format;
          rows[j].label = _(rows[j].label);
        }
      g_once_init_leave (&translated, 1);
    }

  return &rows[i];
}

GPtrArray *
annals_export_get_formats (AnnalsExportSubject subject)
{
  GPtrArray *formats = g_ptr_array_new ();

  g_return_val_if_fail (subject < ANNALS_N_EXPORT_SUBJECTS, formats);

  for (guint i = 0; i < G_N_ELEMENTS (format_rows); i++)
    if (format_rows[i].format.subject == subject)
      g_ptr_array_add (formats, (gpointer) get_row (i));

  return formats;
}

static const FormatRow *
find_row (AnnalsExportSubject  subject,
          const char          *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (format_rows); i++)
    if (format_rows[i].format.subject == subject && g_str_equal (format_rows[i].format.id, id))
      return &format_rows[i];

  return NULL;
}

const AnnalsExportFormat *
annals_export_get_format (AnnalsExportSubject  subject,
                          const char          *id)
{
  const FormatRow *row = find_row (subject, id);

  return row != NULL ? get_row (row - format_rows) : NULL;
}

const AnnalsExportFormat *
annals_export_guess_format (AnnalsExportSubject  subject,
                            const char          *path)
{
  gsize length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (format_rows); i++)
    {
      const AnnalsExportFormat *format = &format_rows[i].format;
      gsize ending = strlen (format->extension);

      if (format->subject == subject && length >= ending &&
          g_ascii_strcasecmp (path + length - ending, format->extension) == 0)
        return get_row (i);
    }

  return NULL;
}

char *
annals_export_dup_known_formats (AnnalsExportSubject subject)
{
  GString *known = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (format_rows); i++)
    if (format_rows[i].format.subject == subject)
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", format_rows[i].format.id);

  return g_string_free (known, FALSE);
}

static void
set_unknown_format (AnnalsExportSubject   subject,
                    const char           *id,
                    GError              **error)
{
  g_autofree char *known = annals_export_dup_known_formats (subject);

  if (*known == '\0')
    g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT,
                 _("It cannot be exported as “%s”, nor as anything else"), id);
  else
    g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT,
                 /* translators: the second %s is a list of formats: "json, pdf" */
                 _("It cannot be exported as “%s”; the formats are %s"), id, known);
}

/* --- the run --- */

void
annals_export_run_remark (AnnalsExportRun *self,
                          const char      *format,
                          ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->remarks, g_strdup_vprintf (format, args));
  va_end (args);
}

char *
annals_export_dup_names (GPtrArray *names)
{
  GString *list = g_string_new (NULL);
  guint n = MIN (names->len, MAX_NAMES);

  for (guint i = 0; i < n; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *start = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_NAME));

      if (i > 0)
        g_string_append (list, ", ");
      g_string_append_printf (list, _("“%s”"), start);
    }

  if (n < names->len)
    {
      g_autofree char *first = g_string_free (g_steal_pointer (&list), FALSE);

      /* Translators: a list of names, and how many more there are */
      return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", names->len - n), first, names->len - n);
    }

  return g_string_free (list, FALSE);
}

void
annals_export_run_progress (AnnalsExportRun *self,
                            double           fraction)
{
  if (self->progress != NULL)
    self->progress (CLAMP (fraction, 0, 1), self->user_data);
}

gboolean
annals_export_read_time (gint64  *seconds,
                         GError **error)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  guint64 stated;

  if (epoch == NULL || *epoch == '\0')
    {
      *seconds = g_get_real_time () / G_USEC_PER_SEC;
      return TRUE;
    }

  /* the last second of the year 9999, the last that RFC 3339 can name */
  if (annals_number_parse (epoch, G_GUINT64_CONSTANT (253402300799), &stated))
    {
      *seconds = (gint64) stated;
      return TRUE;
    }

  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_TIME,
               _("The environment variable SOURCE_DATE_EPOCH is “%s”, which is not a number of "
                 "seconds since 1970"), epoch);
  return FALSE;
}

static const AnnalsExportOptions usual_options = { .paper = ANNALS_PAPER_A4 };

static const FormatRow *
check_request (const AnnalsExportRequest  *request,
               const char                 *format,
               GError                    **error)
{
  const FormatRow *row = find_row (request->subject, format);

  if (row == NULL)
    set_unknown_format (request->subject, format, error);

  return row;
}

/* What a run is made with, and what comes of it. */
typedef struct
{
  AnnalsExportRun   run;
  AnnalsExportFile *file;        /* (nullable): is made when all that can be wrong before is not */
  const FormatRow  *row;
  const char       *path;
  gboolean          overwrite;
} Writing;

/* A timeline's report is read before the target is touched. */
static gboolean
write_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Writing *self = data;
  AnnalsExportRun *run = &self->run;
  g_autoptr(AnnalsReport) report = NULL;

  run->db = db;
  if (!annals_export_read_time (&run->exported, error))
    return FALSE;
  if (run->request->subject == ANNALS_EXPORT_TIMELINE &&
      !(report = annals_report_read (run->notebook, db, run->request->timeline_id, cancellable, error)))
    return FALSE;
  if (self->file == NULL &&
      !(self->file = annals_export_file_new (self->path, annals_notebook_get_path (run->notebook), self->overwrite,
                                             error)))
    return FALSE;

  run->report = report;
  run->file = self->file;

  return self->row->write (run, error);
}

gboolean
annals_export (AnnalsNotebook             *notebook,
               const AnnalsExportRequest  *request,
               const char                 *format,
               const char                 *path,
               gboolean                    overwrite,
               const AnnalsExportOptions  *options,
               AnnalsExportProgress        progress,
               gpointer                    user_data,
               GPtrArray                 **remarks,
               GCancellable               *cancellable,
               GError                    **error)
{
  g_autoptr(AnnalsExportFile) file = NULL;
  g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  Writing writing = { .run = { .notebook = notebook, .request = request, .remarks = said, .progress = progress,
                               .options = options != NULL ? options : &usual_options, .user_data = user_data,
                               .cancellable = cancellable },
                      .path = path, .overwrite = overwrite };
  gboolean written;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);
  g_return_val_if_fail (request != NULL && request->subject < ANNALS_N_EXPORT_SUBJECTS, FALSE);
  g_return_val_if_fail (format != NULL && path != NULL, FALSE);
  g_return_val_if_fail (!cancellable || G_IS_CANCELLABLE (cancellable), FALSE);

  if (!(writing.row = check_request (request, format, error)))
    return FALSE;

  /* What goes wrong while writing is kept by the file and told by the commit. */
  written = annals_notebook_read_long (notebook, write_in_reader, &writing, cancellable, error);
  file = writing.file;
  if (!written || g_cancellable_set_error_if_cancelled (cancellable, error) || !annals_export_file_commit (file, error))
    return FALSE;

  annals_export_run_progress (&writing.run, 1);
  if (remarks != NULL)
    *remarks = g_steal_pointer (&said);

  return TRUE;
}

static void
pass_on_cb (GCancellable *cancellable,
            GCancellable *enough)
{
  g_cancellable_cancel (enough);
}

GBytes *
annals_export_read_head (AnnalsNotebook             *notebook,
                         const AnnalsExportRequest  *request,
                         const char                 *format,
                         const AnnalsExportOptions  *options,
                         gsize                       limit,
                         gboolean                   *whole,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  g_autoptr(GCancellable) enough = g_cancellable_new ();
  g_autoptr(AnnalsExportFile) file = annals_export_file_new_head (limit, enough);
  g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) why = NULL;
  Writing writing = { .run = { .notebook = notebook, .request = request, .remarks = said,
                               .options = options != NULL ? options : &usual_options, .cancellable = enough },
                      .file = file };
  gulong cancelled_id;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (request != NULL && request->subject < ANNALS_N_EXPORT_SUBJECTS, NULL);
  g_return_val_if_fail (format != NULL && whole != NULL, NULL);
  g_return_val_if_fail (!cancellable || G_IS_CANCELLABLE (cancellable), NULL);

  if (!(writing.row = check_request (request, format, error)))
    return NULL;

  cancelled_id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (pass_on_cb), enough, NULL) : 0;
  (void) annals_notebook_read_long (notebook, write_in_reader, &writing, enough, &why);
  g_cancellable_disconnect (cancellable, cancelled_id);

  /* A writer that was stopped because there was enough did not fail. */
  *whole = !g_cancellable_is_cancelled (enough);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (*whole && why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }

  return annals_export_file_dup_head (file);
}
