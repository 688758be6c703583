/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AnnalsExportFile:
 *
 * A file that comes to be whole or not at all: written beside its place under another name, then
 * renamed. One thread.
 */
typedef struct _AnnalsExportFile AnnalsExportFile;

/* Begins to write what is to stand at @path. @notebook_path is the file that must never be written
 * over, by whatever name. Fails with ANNALS_EXPORT_ERROR_TARGET or _WRITE.
 * Returns: (transfer full) (nullable) */
AnnalsExportFile *annals_export_file_new    (const char        *path,
                                             const char        *notebook_path,
                                             gboolean           overwrite,
                                             GError           **error);
/* Keeps the first @limit bytes in memory and is never committed. When more comes @enough is cancelled, so that
 * who writes can stop. Returns: (transfer full) */
AnnalsExportFile *annals_export_file_new_head (gsize           limit,
                                             GCancellable     *enough);
/* What it keeps. Returns: (transfer full) */
GBytes           *annals_export_file_dup_head (AnnalsExportFile *self);
/* FALSE once anything has gone wrong; annals_export_file_commit() then says what. */
gboolean          annals_export_file_write  (AnnalsExportFile  *self,
                                             const void        *data,
                                             gsize              length);
/* Makes sure of what was written and puts it in its place. */
gboolean          annals_export_file_commit (AnnalsExportFile  *self,
                                             GError           **error);
/* Without a commit before, nothing is left behind. */
void              annals_export_file_free   (AnnalsExportFile  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsExportFile, annals_export_file_free)

G_END_DECLS
