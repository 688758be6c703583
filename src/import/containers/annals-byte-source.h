/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsByteSource:
 *
 * The bytes of a file, looked at before they are taken; unpacked when the file is gzip, of one piece or of
 * many. Damage ends the bytes until the reader says that they are to go on behind it.
 */
typedef struct _AnnalsByteSource AnnalsByteSource;

typedef enum
{
  ANNALS_BYTES_OK,
  ANNALS_BYTES_DAMAGED,   /* gzip that is none: bytes may follow */
  ANNALS_BYTES_CUT,       /* the file ends inside gzip */
  ANNALS_BYTES_BOMB,      /* it unpacks to more than 200 times its size, and to more than 256 MB */
} AnnalsBytesState;

/* Borrows @input, which stands at its beginning. */
AnnalsByteSource *annals_byte_source_new          (AnnalsImportInput *input);
void              annals_byte_source_free         (AnnalsByteSource  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsByteSource, annals_byte_source_free)

/* Up to @n bytes (at most ANNALS_BYTE_SOURCE_MAX) in @bytes, which are good until the next call; there are fewer
 * only at the end or before damage. Returns their number, or -1 with @error set. */
gssize            annals_byte_source_peek         (AnnalsByteSource  *self,
                                                   gsize              n,
                                                   const guint8     **bytes,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
#define ANNALS_BYTE_SOURCE_MAX (64 * 1024)

/* Takes @n of the bytes that were looked at. */
void              annals_byte_source_take         (AnnalsByteSource  *self,
                                                   gsize              n);
/* Takes bytes up to the next line end, which is left out; what is longer than ANNALS_BYTE_SOURCE_MAX comes in
 * pieces. Returns NULL at the end (without @error) or with @error set. @complete (out, nullable): whether there
 * was a line end. */
char             *annals_byte_source_dup_line     (AnnalsByteSource  *self,
                                                   gboolean          *complete,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
gboolean          annals_byte_source_is_gzip      (AnnalsByteSource  *self);
/* The name that the last gzip header read gives, any bytes; "" when it gives none. */
const char       *annals_byte_source_get_name     (AnnalsByteSource  *self);
AnnalsBytesState  annals_byte_source_get_state    (AnnalsByteSource  *self);
/* Looks for more gzip behind the damage. */
void              annals_byte_source_resume       (AnnalsByteSource  *self);
/* Where in the file the bytes stand that come next: exactly in a plain file, nearly in gzip. */
gint64            annals_byte_source_get_position (AnnalsByteSource  *self);

G_END_DECLS
