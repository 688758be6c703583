/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-backup.h"
#include "annals-db-private.h"
#include "annals-entry.h"

G_BEGIN_DECLS

#define ANNALS_BACKUP_SUFFIX ".annals-backup"

typedef struct
{
  AnnalsBackupProgress  progress;      /* (nullable) */
  gpointer              user_data;
  GCancellable         *cancellable;
} AnnalsBackupWork;

/* --- annals-backup-copy.c --- */

/* All pages of @source into @target, which becomes the same file in one transaction. @ready is asked when nobody else
 * can write to it any more, and nothing has been written to it: FALSE, and nothing will be. */
typedef gboolean (*AnnalsBackupReady) (gpointer data, GError **error);
gboolean  annals_backup_copy_pages (AnnalsDb                *source,
                                    AnnalsDb                *target,
                                    AnnalsBackupReady        ready,
                                    gpointer                 data,
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

/* --- annals-backup-restore.c --- */

/* Takes @db (nullable: @error is set) and gives it back, or a connection to a copy of it, which is the caller's to
 * remove, in the format and with the size of pages (0: any) that are wanted. @near: the copy is beside that file. */
AnnalsDb *annals_backup_bring_up   (AnnalsDb                *db,
                                    const char              *near,
                                    int                      page_size,
                                    const AnnalsBackupWork  *work,
                                    char                   **scratch,
                                    GError                 **error);
/* The same of a backup, which is verified. */
AnnalsDb *annals_backup_open       (const char              *backup,
                                    const char              *near,
                                    int                      page_size,
                                    const AnnalsBackupWork  *work,
                                    char                   **scratch,
                                    GError                 **error);

/* --- annals-backup-compare.c --- */

/* Why what entries say there is not compared; NULL: it is. For tests. */
const char *annals_backup_why_not_compared (AnnalsEntryKind  kind,
                                            const char      *member);

/* --- annals-backup-list.c --- */

/* Names in @folder: "Title 2026-11-29T001205Z automatic.annals-backup". NULL: no backup's name */
AnnalsBackup *annals_backup_new_from_name (const char *folder,
                                           const char *name);
/* --- annals-backup-sums.c --- */

/* Behind the name of one that was deleted, as long as that can be undone. */
#define ANNALS_BACKUP_DELETED ".deleted"

/* What is known of a backup without opening it. */
typedef struct
{
  char   *state;   /* annals_backup_dup_state() */
  char   *uid;     /* of the notebook */
  gint64  size;
} AnnalsBackupNote;

/* By name; empty where there are none. */
GHashTable   *annals_backup_load_notes       (const char    *folder);
/* Lower-case hex; NULL when the folder's list does not name the file. */
char         *annals_backup_dup_known_sha256 (const char    *path);
gboolean      annals_backup_note             (const char    *path,
                                              const char    *sha256,
                                              const char    *state,
                                              const char    *uid,
                                              GError       **error);
char         *annals_backup_dup_sha256       (const char    *path,
                                              GCancellable  *cancellable,
                                              GError       **error);
/* A word that is another one after any step of the history and any import. */
char         *annals_backup_dup_state        (AnnalsDb      *db,
                                              GError       **error);

G_END_DECLS
