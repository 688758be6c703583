/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-backup.h"
#include "annals-db-private.h"

G_BEGIN_DECLS

#define ANNALS_BACKUP_SUFFIX ".annals-backup"

typedef struct
{
  AnnalsBackupProgress  progress;      /* (nullable) */
  gpointer              user_data;
  GCancellable         *cancellable;
} AnnalsBackupWork;

/* --- annals-backup-copy.c --- */

/* All pages of @source into @target, which becomes the same file. */
gboolean  annals_backup_copy_pages (AnnalsDb                *source,
                                    AnnalsDb                *target,
                                    const AnnalsBackupWork  *work,
                                    GError                 **error);
/* annals_backup_write(), from a connection that is open. It must not be in a transaction. */
gboolean  annals_backup_write_db   (AnnalsDb                *source,
                                    const char              *target,
                                    const AnnalsBackupWork  *work,
                                    GError                 **error);
/* Gives the whole file @part its name, so that it stays when the power goes. Fails with EXISTS when there is one. */
gboolean  annals_backup_name_file  (const char              *part,
                                    const char              *target,
                                    GError                 **error);
/* Removes @path and what SQLite leaves beside it. */
void      annals_backup_remove     (const char              *path);

/* --- annals-backup.c --- */

/* annals_backup_make(), from a connection that is open. */
char     *annals_backup_make_db    (AnnalsDb                *source,
                                    const char              *folder,
                                    AnnalsBackupReason       reason,
                                    const AnnalsBackupWork  *work,
                                    GError                 **error);

/* --- annals-backup-list.c --- */

/* Names in @folder: "Title 2026-11-29T001205Z automatic.annals-backup". NULL: no backup's name */
AnnalsBackup *annals_backup_new_from_name (const char *folder,
                                           const char *name);
/* Lower-case hex; NULL when the folder's list does not name the file. */
char         *annals_backup_dup_known_sha256 (const char *path);
gboolean      annals_backup_note_sha256      (const char  *path,
                                              const char  *sha256,
                                              GError     **error);
char         *annals_backup_dup_sha256       (const char    *path,
                                              GCancellable  *cancellable,
                                              GError       **error);
/* A word that is another one after any step of the history and any import. */
char         *annals_backup_dup_state        (AnnalsDb   *db,
                                              GError    **error);

G_END_DECLS
