/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export-run.h"
#include "annals-pdf.h"

G_BEGIN_DECLS

/**
 * AnnalsPdfNotes:
 *
 * The notes that are asked for, as a document: by post, by tag or by the month in which they were made, as the
 * request's filter has them, with numbered sources. Their texts are in memory a page at a time.
 */
typedef struct _AnnalsPdfNotes AnnalsPdfNotes;

/* Looks through what @run asks for, which is borrowed. Returns: (transfer full) (nullable) */
AnnalsPdfNotes *annals_pdf_notes_new       (AnnalsExportRun  *run,
                                            GError          **error);
void            annals_pdf_notes_free      (AnnalsPdfNotes   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPdfNotes, annals_pdf_notes_free)

/* What the document is called. */
const char     *annals_pdf_notes_get_title (AnnalsPdfNotes   *self);
/* Places all of it. @from, @to: of the run's progress. FALSE without @error when what is drawn on could not take it. */
gboolean        annals_pdf_notes_put       (AnnalsPdfNotes   *self,
                                            AnnalsPdf        *pdf,
                                            double            from,
                                            double            to,
                                            GError          **error);

G_END_DECLS
