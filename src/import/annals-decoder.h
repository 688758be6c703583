/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsDecoder:
 *
 * Turns the bytes of a file into UTF-8. Any input gives a text: what does not fit the character set
 * is replaced and counted, so that an import can say so.
 */
typedef struct _AnnalsDecoder AnnalsDecoder;

/* What the first bytes of a file say: a byte order mark, UTF-16 without one, UTF-8; windows-1252 is
 * assumed otherwise. A byte that is not UTF-8 in a text that mostly is, is read as windows-1252. */
AnnalsDecoder *annals_decoder_new_for_head  (const guint8  *head,
                                             gsize          length);
/* Whether the file begins with a byte order mark. */
gboolean       annals_decoder_head_has_bom  (const guint8  *head,
                                             gsize          length);
/* A character set by its name; NULL when it is not known here. */
AnnalsDecoder *annals_decoder_new           (const char    *charset);
void           annals_decoder_free          (AnnalsDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsDecoder, annals_decoder_free)

/* Appends what @bytes mean to @out. @final: no more bytes will follow. Returns how many were used;
 * the others (the beginning of a character, at most 16) are to be given again in front of what
 * follows. With @final all are used. NUL becomes a space. */
gsize          annals_decoder_push          (AnnalsDecoder *self,
                                             const guint8  *bytes,
                                             gsize          length,
                                             gboolean       final,
                                             GString       *out);

const char    *annals_decoder_get_charset   (AnnalsDecoder *self);
/* Whether nothing in the file says what the character set is. */
gboolean       annals_decoder_is_assumed    (AnnalsDecoder *self);
/* Length of the byte order mark, which is not to be pushed. */
gsize          annals_decoder_get_bom_length (AnnalsDecoder *self);
/* Bytes of the smallest character: 2 for UTF-16. */
guint          annals_decoder_get_unit      (AnnalsDecoder *self);
gboolean       annals_decoder_is_big_endian (AnnalsDecoder *self);
/* Pieces replaced so far. */
guint64        annals_decoder_get_n_repaired (AnnalsDecoder *self);

G_END_DECLS
