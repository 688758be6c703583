/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-compose.h"

#include <glib/gi18n-lib.h>

#include "annals-pdf-notes.h"
#include "annals-pdf-parts.h"

/* Measuring costs about as much as drawing. */
#define SHARE_OF_MEASURING 0.5

/* One pass; @notes: of notes. NULL without @error when @target could not take it. */
static AnnalsPdf *
run_pass (AnnalsExportRun        *run,
          AnnalsPdfNotes         *notes,
          const AnnalsPdfSetup   *setup,
          const AnnalsPdfTarget  *target,
          AnnalsPdf              *measured,
          PangoFontMap           *fonts,
          const char            **why,
          GError                **error)
{
  double from = measured != NULL ? SHARE_OF_MEASURING : 0;
  const char *title = notes != NULL ? annals_pdf_notes_get_title (notes) : run->report->timeline->title;
  g_autoptr(AnnalsPdf) pdf = NULL;
  gboolean put;

  pdf = annals_pdf_new (setup, target, measured, title, annals_notebook_get_title (run->notebook), fonts);
  if (notes != NULL)
    put = annals_pdf_notes_put (notes, pdf, from, from + SHARE_OF_MEASURING, error);
  else
    put = annals_pdf_put_timeline (pdf, run, from, from + SHARE_OF_MEASURING, error);
  if (!put)
    return NULL;

  return annals_pdf_finish (pdf, why) ? g_steal_pointer (&pdf) : NULL;
}

gboolean
annals_pdf_compose (AnnalsExportRun        *run,
                    const AnnalsPdfSetup   *setup,
                    const AnnalsPdfTarget  *target,
                    const AnnalsPdfTarget  *draft,
                    GError                **error)
{
  const AnnalsPdfTarget nothing = { .cancellable = run->cancellable };
  g_autoptr(PangoFontMap) fonts = annals_pdf_create_fonts ();
  g_autoptr(AnnalsPdfNotes) notes = NULL;
  g_autoptr(AnnalsPdf) measured = NULL;
  g_autoptr(AnnalsPdf) drawn = NULL;
  g_autoptr(GError) own_error = NULL;
  const char *why = NULL;

  if (run->request->subject == ANNALS_EXPORT_NOTES && !(notes = annals_pdf_notes_new (run, error)))
    return FALSE;

  measured = run_pass (run, notes, setup, draft != NULL ? draft : &nothing, NULL, fonts, &why, &own_error);
  if (measured != NULL)
    drawn = run_pass (run, notes, setup, target, measured, fonts, &why, &own_error);

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (drawn != NULL || (run->file != NULL && !annals_export_file_write (run->file, "", 0)))
    return TRUE;

  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE, _("Cannot draw the pages: %s"),
               why != NULL ? why : _("unknown reason"));
  return FALSE;
}
