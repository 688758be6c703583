/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "annals-export.h"

G_BEGIN_DECLS

/**
 * AnnalsPdfDocument:
 *
 * The pages of a timeline's or notes' PDF, laid out once for a size of paper, to be looked at or printed one by one, on
 * any thread.
 */
typedef struct _AnnalsPdfDocument AnnalsPdfDocument;

/* Called on the thread that lays out when @draft has another page to look at: as it will be, but for the number of pages
 * and the pages that the contents name. */
typedef void (*AnnalsPdfDocumentGrown) (AnnalsPdfDocument *draft,
                                        gpointer           user_data);

/* Lays out what @request, of a timeline or of notes, asks for. @options (nullable). @width and @height: of a page, in
 * points (1/72 inch); 0 and 0: those of the options' paper. @grown (nullable): is told of the pages of
 * another document as they come. Blocks: call it from a worker thread. Fails as annals_export() does.
 * Returns: (transfer full) (nullable) */
AnnalsPdfDocument *annals_pdf_document_new         (AnnalsNotebook             *notebook,
                                                    const AnnalsExportRequest  *request,
                                                    const AnnalsExportOptions  *options,
                                                    double                      width,
                                                    double                      height,
                                                    AnnalsPdfDocumentGrown      grown,
                                                    gpointer                    user_data,
                                                    GCancellable               *cancellable,
                                                    GError                    **error);
AnnalsPdfDocument *annals_pdf_document_ref         (AnnalsPdfDocument *self);
void               annals_pdf_document_unref       (AnnalsPdfDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPdfDocument, annals_pdf_document_unref)

/* Of a draft those that came so far. */
guint              annals_pdf_document_get_n_pages (AnnalsPdfDocument *self);
/* Of every page, in points. */
void               annals_pdf_document_get_size    (AnnalsPdfDocument *self,
                                                    double            *width,
                                                    double            *height);
/* Draws a page, @page from 0, in points with the page's corner at the origin, without the white of the paper: as
 * vectors, or smoothly on an image, which several threads may do at once. What draws vectors, as print does, may read
 * the page until it is finished. */
void               annals_pdf_document_draw_page   (AnnalsPdfDocument *self,
                                                    guint              page,
                                                    cairo_t           *cr);

G_END_DECLS
