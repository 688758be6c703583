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

/* While the character set is not decided, this much is looked at from the first byte on that is not ASCII. */
#define ANNALS_DECODER_WINDOW 8192

/* The character set of a file that begins with @head, from what is surest to what is least sure: a byte
 * order mark; UTF-16 and UTF-32 that show themselves; @declared, by whoever sent it (nullable); what an XML
 * declaration or a <meta> in @head says; the first bytes that are not ASCII, which may come long after the
 * head; windows-1252. What is declared is not believed when the bytes are UTF-8, or mean nothing in it. A
 * byte that is not UTF-8 in a text that mostly is, is read as windows-1252. */
AnnalsDecoder *annals_decoder_new_for_file  (const guint8  *head,
                                             gsize          length,
                                             const char    *declared);
/* The same with nothing declared. */
AnnalsDecoder *annals_decoder_new_for_head  (const guint8  *head,
                                             gsize          length);
/* Whether the file begins with a byte order mark. */
gboolean       annals_decoder_head_has_bom  (const guint8  *head,
                                             gsize          length);
/* A character set by any of its names, read as browsers read it ("latin1" is windows-1252, "gb2312" gb18030,
 * "euc-kr" code page 949); NULL when it is not known here, or is UTF-7, which is refused. */
AnnalsDecoder *annals_decoder_new           (const char    *charset);
void           annals_decoder_free          (AnnalsDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsDecoder, annals_decoder_free)

/* Appends what @bytes mean to @out. @final: no more bytes will follow. Returns how many were used; the
 * others (the beginning of a character, at most 16, or no more than ANNALS_DECODER_WINDOW + 16 while
 * nothing is decided) are to be given again in front of what follows. With @final all are used. NUL becomes a space,
 * the controls U+0080 to U+009F what windows-1252 has in their place. */
gsize          annals_decoder_push          (AnnalsDecoder *self,
                                             const guint8  *bytes,
                                             gsize          length,
                                             gboolean       final,
                                             GString       *out);

/* "UTF-8" while it is not decided, which is the same for ASCII. */
const char    *annals_decoder_get_charset   (AnnalsDecoder *self);
/* Whether nothing in the file says what the character set is, or says it wrongly. Known when all was
 * pushed. */
gboolean       annals_decoder_is_assumed    (AnnalsDecoder *self);
/* Length of the byte order mark, which is not to be pushed. */
gsize          annals_decoder_get_bom_length (AnnalsDecoder *self);
/* Bytes of the smallest character: 2 for UTF-16, 4 for UTF-32. */
guint          annals_decoder_get_unit      (AnnalsDecoder *self);
gboolean       annals_decoder_is_big_endian (AnnalsDecoder *self);
/* Pieces replaced so far. */
guint64        annals_decoder_get_n_repaired (AnnalsDecoder *self);

/* Whether some of @text (UTF-8) was encoded twice: UTF-8 that somebody read as windows-1252 ("Ã©", "â€™").
 * @where (out, nullable): the first place in @text that looks so. For a note: what it meant is a guess. */
gboolean       annals_decoder_looks_double_encoded (const char  *text,
                                                    const char **where);

G_END_DECLS
