/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsPdfAmend:
 *
 * What Cairo has no call for: the language of the document and of pieces of it, words for drawings, metadata as XMP.
 * They are appended to the finished document as an incremental update (ISO 32000-1, 7.5.6): new versions of a few
 * of its objects.
 */
typedef struct _AnnalsPdfAmend AnnalsPdfAmend;

/* @language: of the document, BCP 47 */
AnnalsPdfAmend *annals_pdf_amend_new          (const char     *language);
void            annals_pdf_amend_free         (AnnalsPdfAmend *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPdfAmend, annals_pdf_amend_free)

/* Lines without controls; @author may be "". @time: RFC 3339. */
void            annals_pdf_amend_set_metadata (AnnalsPdfAmend *self,
                                               const char     *title,
                                               const char     *author,
                                               const char     *subject,
                                               const char     *time);
/* An element of structure begins; every one must be told. @words (nullable): what is drawn; of a Span the text that it
 * stands for. @language is nullable. */
void            annals_pdf_amend_count        (AnnalsPdfAmend *self,
                                               const char     *tag,
                                               const char     *words,
                                               const char     *language);
/* Bytes of the document, in order. */
void            annals_pdf_amend_pass         (AnnalsPdfAmend *self,
                                               const guint8   *data,
                                               gsize           length);
/* What Cairo writes of the document as a whole comes from here on. */
void            annals_pdf_amend_begin        (AnnalsPdfAmend *self);
/* Returns: (transfer full) (nullable): what is to follow the document; NULL when that is not written as it is
 * known here, and then it is sound without */
GString        *annals_pdf_amend_finish       (AnnalsPdfAmend *self);

G_END_DECLS
