/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsMimeDecoder:
 *
 * Undoes what Content-Transfer-Encoding does to the lines of a part.
 */
typedef struct _AnnalsMimeDecoder AnnalsMimeDecoder;

/* @encoding (nullable): the header's value. What is not known is taken as it stands. */
AnnalsMimeDecoder *annals_mime_decoder_new      (const char        *encoding);
void               annals_mime_decoder_free     (AnnalsMimeDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMimeDecoder, annals_mime_decoder_free)

gboolean           annals_mime_decoder_is_known (AnnalsMimeDecoder *self);
/* Appends to @out what a line without its end means. @whole: FALSE for a piece of a line that is not its
 * last. Returns whether the line end belongs to the part, too. */
gboolean           annals_mime_decoder_push     (AnnalsMimeDecoder *self,
                                                 const guint8      *line,
                                                 gsize              length,
                                                 gboolean           whole,
                                                 GByteArray        *out);

G_END_DECLS
