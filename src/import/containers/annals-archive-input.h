/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-byte-source.h"

G_BEGIN_DECLS

/**
 * AnnalsArchiveInput:
 *
 * What libarchive reads from: a file in small blocks, unpacked when it is gzip, because libarchive's own filters
 * throw away up to 64 kB that stand before a cut (as those for xz, zstd and bzip2 still do).
 */
typedef struct _AnnalsArchiveInput AnnalsArchiveInput;

/* Borrows @input, which stands at its beginning. */
AnnalsArchiveInput *annals_archive_input_new           (AnnalsImportInput   *input);
void                annals_archive_input_free          (AnnalsArchiveInput  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsArchiveInput, annals_archive_input_free)

/* The next block, which is good until the next call. Returns its length, 0 at the end, -1 with @error set. */
gssize              annals_archive_input_read          (AnnalsArchiveInput  *self,
                                                        const void         **block,
                                                        GCancellable        *cancellable,
                                                        GError             **error);
/* Goes back to what was read but not used: the @used-th byte since the last annals_archive_input_begin(), as far
 * as it is still there, and on to where a file in a ZIP archive may begin. FALSE when there is none, also with
 * @error set. */
gboolean            annals_archive_input_find_zip      (AnnalsArchiveInput  *self,
                                                        gint64               used,
                                                        GCancellable        *cancellable,
                                                        GError             **error);
/* What is read from now on is read by somebody else. */
void                annals_archive_input_begin         (AnnalsArchiveInput  *self);
/* Where the @used-th byte since then stands in the file; nearly, in gzip. */
gint64              annals_archive_input_get_position  (AnnalsArchiveInput  *self,
                                                        gint64               used);
/* NULL when it is no gzip. */
AnnalsByteSource   *annals_archive_input_get_gzip      (AnnalsArchiveInput  *self);

G_END_DECLS
