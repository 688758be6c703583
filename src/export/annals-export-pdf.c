/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-pdf-parts.h"

/* Measuring costs about as much as drawing; what comes after the events is little. */
#define SHARE_OF_EVENTS 0.97

typedef struct
{
  AnnalsExportRun  *run;
  PangoFontMap     *fonts;
  guint             n_done;   /* events, of both passes */
  gboolean          failed;   /* a write did */
} Job;

static gboolean
write_cb (gpointer      user_data,
          const guint8 *data,
          gsize         length)
{
  Job *job = user_data;

  if (!annals_export_file_write (job->run->file, data, length))
    job->failed = TRUE;

  return !job->failed;
}

static gboolean
tick_cb (gpointer user_data)
{
  Job *job = user_data;

  job->n_done++;
  annals_export_run_progress (job->run, SHARE_OF_EVENTS * job->n_done / (2.0 * job->run->report->events->len));

  return !job->failed && !g_cancellable_is_cancelled (job->run->cancellable);
}

/* Who made the events, in the order of their first, for the document's properties. */
static char *
list_authors (AnnalsReport *report)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *authors = g_string_new (NULL);

  for (guint i = 0; i < report->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (report->events, i);

      if (event->author == NULL || *event->author == '\0' ||
          !g_hash_table_add (seen, event->author))
        continue;

      if (authors->len > 0)
        g_string_append (authors, ", ");
      g_string_append (authors, event->author);
    }

  return g_string_free (authors, FALSE);
}

static void
describe_document (AnnalsPdf    *pdf,
                   AnnalsReport *report)
{
  g_autofree char *author = list_authors (report);
  g_autofree char *subject = g_strdup_printf (_("A timeline from the notebook “%s”"),
                                              report->notebook_title);

  annals_pdf_set_metadata (pdf, author, subject, report->exported);
}

/* One pass over the whole report. @n_pages: in, what the foot of each page says; out, how many
 * there are. FALSE when it was cancelled or could not be drawn. */
static gboolean
compose (Job         *job,
         gboolean     draw,
         guint       *n_pages,
         const char **why)
{
  AnnalsReport *report = job->run->report;
  g_autoptr(AnnalsPdf) pdf = NULL;
  int top;

  pdf = annals_pdf_new (job->run->options->paper, *n_pages, report->timeline->title,
                        report->notebook_title, job->fonts, draw ? write_cb : NULL, job);
  if (draw)
    describe_document (pdf, report);

  top = annals_pdf_put_front (pdf, report);
  annals_pdf_put_chart (pdf, report, top);
  if (!annals_pdf_put_events (pdf, report, top, tick_cb, job))
    return FALSE;

  annals_pdf_put_sources (pdf, report, top);
  if (job->run->options->with_notes)
    annals_pdf_put_notes (pdf, report, top);
  annals_pdf_put_provenance (pdf, report, top);

  return annals_pdf_finish (pdf, n_pages, why);
}

/* The same bytes for the same report, paper and fonts. */
gboolean
annals_export_pdf_write (AnnalsExportRun  *run,
                         GError          **error)
{
  g_autoptr(PangoFontMap) fonts = annals_pdf_create_fonts ();
  const char *why = NULL;
  guint n_pages = 0;
  gboolean drawn;
  Job job = { .run = run, .fonts = fonts };

  drawn = compose (&job, FALSE, &n_pages, &why) && compose (&job, TRUE, &n_pages, &why);

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;

  /* What the file could not take, its commit tells better. */
  if (drawn || job.failed)
    return TRUE;

  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE,
               _("Cannot draw “%s” as PDF: %s"), run->report->timeline->title,
               why != NULL ? why : _("unknown reason"));
  return FALSE;
}
