/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-importer.h"

G_BEGIN_DECLS

/* How much of a file its format is recognised by. */
#define ANNALS_IMPORT_HEAD_SIZE (64 * 1024)

/**
 * AnnalsImportInput:
 *
 * A file being read from beginning to end: its bytes, what they hash to, how far it has been read.
 */
typedef struct _AnnalsImportInput AnnalsImportInput;

/* Fails with ANNALS_IMPORT_ERROR_UNREADABLE or ANNALS_IMPORT_ERROR_EMPTY. */
AnnalsImportInput *annals_import_input_new_for_path  (const char             *path,
                                                      GError                **error);
/* An open file, which is the input's from now on, also when this fails as above. @name stands for the file's
 * in messages. */
AnnalsImportInput *annals_import_input_new_for_fd    (int                     fd,
                                                      const char             *name,
                                                      GError                **error);
/* Bytes in memory; @name stands for the file's in messages. */
AnnalsImportInput *annals_import_input_new_for_bytes (GBytes                 *bytes,
                                                      const char             *name);
/**
 * AnnalsInputRead:
 *
 * Fills @buffer with up to @count bytes. Returns their number, 0 at the end, -1 with @error set.
 */
typedef gssize (*AnnalsInputRead) (gpointer       data,
                                   guint8        *buffer,
                                   gsize          count,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* Bytes that come from somewhere: the member of an archive. Reads the head at once, so it may fail as @read
 * does. @size -1: unknown. @destroy (nullable) gets @data when the input is freed, also when this fails. */
AnnalsImportInput *annals_import_input_new_for_stream (const char            *name,
                                                       gint64                 size,
                                                       AnnalsInputRead        read,
                                                       gpointer               data,
                                                       GDestroyNotify         destroy,
                                                       GError               **error);
void               annals_import_input_free          (AnnalsImportInput      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportInput, annals_import_input_free)

/* the file's name without its folder, for people */
const char        *annals_import_input_get_name      (AnnalsImportInput      *self);
gint64             annals_import_input_get_size      (AnnalsImportInput      *self);
/* bytes handed out so far */
gint64             annals_import_input_get_offset    (AnnalsImportInput      *self);
/* the first ANNALS_IMPORT_HEAD_SIZE bytes, or the whole file */
const guint8      *annals_import_input_get_head      (AnnalsImportInput      *self,
                                                      gsize                  *length);
/* Returns the number of bytes, 0 at the end, -1 with @error set. */
gssize             annals_import_input_read          (AnnalsImportInput      *self,
                                                      guint8                 *buffer,
                                                      gsize                   count,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
/* Reads what is left, so that size and hash are the whole file's. */
gboolean           annals_import_input_drain         (AnnalsImportInput      *self,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
/* Whether a file's size or time of change is another than when it was opened. */
gboolean           annals_import_input_has_changed   (AnnalsImportInput      *self);
/* When a file was changed last: seconds since 1970 UTC; 0 for what is no file. */
gint64             annals_import_input_get_modified  (AnnalsImportInput      *self);
/* Lower-case hex of what was read so far; what is read afterwards does not count. */
const char        *annals_import_input_get_sha256    (AnnalsImportInput      *self);

G_END_DECLS
