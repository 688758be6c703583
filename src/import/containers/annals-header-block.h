/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsHeaderBlock:
 *
 * The lines "Name: value" that stand before something in mail, HTTP and WARC. Values are any bytes but
 * NUL and line ends; a line that begins with white space continues the one before.
 */
typedef struct _AnnalsHeaderBlock AnnalsHeaderBlock;

AnnalsHeaderBlock *annals_header_block_new       (void);
void               annals_header_block_free      (AnnalsHeaderBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsHeaderBlock, annals_header_block_free)

/* Takes in one line without its end. Returns whether it is a line of a header block. Of what is said
 * twice the first counts. */
gboolean           annals_header_block_push      (AnnalsHeaderBlock *self,
                                                  const char        *line);
/* Lines taken in. */
guint              annals_header_block_get_n     (AnnalsHeaderBlock *self);
/* The value of @name, which is in lower case; NULL when there is none. Owned by the block. */
const char        *annals_header_block_get       (AnnalsHeaderBlock *self,
                                                  const char        *name);
/* Content-Type's "text/html" in lower case; NULL when it says none. */
char              *annals_header_block_dup_type  (AnnalsHeaderBlock *self);
/* The parameter @name (in lower case) of a header's value: "charset" of Content-Type; quoted, encoded or in
 * pieces (RFC 2231). NULL when there is none. */
char              *annals_header_block_dup_param (AnnalsHeaderBlock *self,
                                                  const char        *header,
                                                  const char        *name);
/* A value's encoded words ("=?utf-8?Q?M=C3=A4rz?=", RFC 2047) as what they mean; valid UTF-8 whatever comes. */
char              *annals_header_decode_words    (const char        *value);

G_END_DECLS
