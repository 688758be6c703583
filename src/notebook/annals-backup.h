/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"

G_BEGIN_DECLS

/**
 * AnnalsBackupReason:
 *
 * Why a backup was made. Those made by hand and before a migration stay until somebody deletes them; the
 * others go by annals_backup_rotate().
 */
typedef enum
{
  ANNALS_BACKUP_AUTOMATIC,
  ANNALS_BACKUP_MANUAL,
  ANNALS_BACKUP_IMPORT,      /* before something was imported or merged */
  ANNALS_BACKUP_RESTORE,     /* what there was before a backup was restored */
  ANNALS_BACKUP_MIGRATION,   /* before the file's format was changed */
  ANNALS_BACKUP_REPAIR,
  ANNALS_N_BACKUP_REASONS
} AnnalsBackupReason;

/* A word for scripts, and a few for people. */
const char *annals_backup_reason_get_name  (AnnalsBackupReason reason);
const char *annals_backup_reason_get_label (AnnalsBackupReason reason);

/* On the thread that works; @fraction: 0 to 1. */
typedef void (*AnnalsBackupProgress) (double   fraction,
                                      gpointer user_data);

/**
 * AnnalsBackup:
 * @time: when it was made, in seconds since 1970
 * @problem: (nullable): why it cannot be restored; the counts are then 0
 */
typedef struct
{
  char               *path;
  gint64              time;
  AnnalsBackupReason  reason;
  gint64              size;
  int                 version;       /* of its format */
  guint               posts;
  guint               annotations;
  guint               events;
  char               *problem;
} AnnalsBackup;

void annals_backup_free (AnnalsBackup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsBackup, annals_backup_free)

/* All of these take the path of a notebook, which may be open, here or in another program, and block: they
 * are for threads of their own. @folder (nullable): where its backups are kept besides the folder
 * annals_backup_dup_default_folder(). */

/* Beside the notebook. */
char      *annals_backup_dup_default_folder (const char            *path);

/* Copies the notebook as it is at one moment, whoever writes to it meanwhile, to the file @target, which is
 * there whole and compared with the notebook, or not at all. EXISTS, FULL, READ_ONLY, CORRUPT (the notebook
 * is damaged), CANCELLED. */
gboolean   annals_backup_write              (const char            *path,
                                             const char            *target,
                                             AnnalsBackupProgress   progress,
                                             gpointer               user_data,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* The same into @folder, which is made, under a name that tells when and why; its SHA-256 goes into the
 * folder's SHA256SUMS. Returns: (transfer full): the backup's path */
char      *annals_backup_make               (const char            *path,
                                             const char            *folder,
                                             AnnalsBackupReason     reason,
                                             AnnalsBackupProgress   progress,
                                             gpointer               user_data,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* The notebook's backups, the newest first (element type AnnalsBackup). A file that is damaged or of another
 * program's is in it with its problem when its name is that of a backup. The notebook itself need not be there:
 * its backups are then told by their names. */
GPtrArray *annals_backup_list               (const char            *path,
                                             const char            *folder,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* Whether no backup is of the notebook as it is. Reading posts makes no difference. */
gboolean   annals_backup_is_due             (const char            *path,
                                             const char            *folder,
                                             gboolean              *due,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* Makes a backup when one is due, and lets go of those that are no longer needed. @made (out, optional) */
gboolean   annals_backup_keep_up            (const char            *path,
                                             const char            *folder,
                                             guint                  n_newest,
                                             AnnalsBackupReason     reason,
                                             gboolean              *made,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* Deletes backups that the program made by itself, but for the newest @n_newest, the last of each of seven days
 * and the last of each of five weeks. */
gboolean   annals_backup_rotate             (const char            *path,
                                             const char            *folder,
                                             guint                  n_newest,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* What annals_backup_rotate() keeps of backups made at @times (seconds since 1970, the newest first), as
 * booleans; for tests. */
void       annals_backup_choose             (const gint64          *times,
                                             gboolean              *kept,
                                             guint                  n,
                                             guint                  n_newest,
                                             gint64                 now,
                                             GTimeZone             *zone);
/* Deletes one of annals_backup_list(), as long as that is to be undone; a program that is killed meanwhile leaves a file
 * that the next annals_backup_rotate() removes. READ_ONLY, NOT_FOUND. */
gboolean   annals_backup_set_aside          (const char            *backup,
                                             GError               **error);
gboolean   annals_backup_put_back           (const char            *backup,
                                             GError               **error);
/* It is not to come back. */
void       annals_backup_discard            (const char            *backup);
/* Looks whether it is what was written: its SHA-256 where that is known, its structure, its tables. */
gboolean   annals_backup_verify             (const char            *backup,
                                             GCancellable          *cancellable,
                                             GError               **error);

/* --- what differs, and going back --- */

/**
 * AnnalsBackupKind:
 * @added, @changed, @missing: names of the first of them (element type utf8): what the notebook has that the
 * backup has not, what is another in both, and what only the backup has
 */
typedef struct
{
  const char *name;       /* for scripts */
  const char *label;      /* for people, in the plural */
  guint       n_added;
  guint       n_changed;
  guint       n_missing;
  GPtrArray  *added;
  GPtrArray  *changed;
  GPtrArray  *missing;
} AnnalsBackupKind;

void annals_backup_kind_free (AnnalsBackupKind *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsBackupKind, annals_backup_kind_free)

/* The kinds of records that differ between the notebook and its backup (element type AnnalsBackupKind). */
GPtrArray *annals_backup_compare            (const char            *path,
                                             const char            *backup,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* Makes the open notebook what it was, history included, in one transaction; what it is now becomes a backup
 * first, whose path is @kept (out, optional, transfer full). Windows and other programs see it as they see
 * any change. Fails with BUSY while something is imported, INVALID when the backup is another notebook's. */
gboolean   annals_backup_restore            (AnnalsNotebook        *notebook,
                                             const char            *backup,
                                             const char            *folder,
                                             char                 **kept,
                                             AnnalsBackupProgress   progress,
                                             gpointer               user_data,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* The same where the notebook cannot be opened: the file, if there is one, is moved aside, to @aside (out,
 * optional, transfer full, nullable). */
gboolean   annals_backup_replace            (const char            *path,
                                             const char            *backup,
                                             char                 **aside,
                                             AnnalsBackupProgress   progress,
                                             gpointer               user_data,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* The open notebook as it is into a new file, also when its own is no longer there. EXISTS, FULL, READ_ONLY. */
gboolean   annals_backup_save_copy          (AnnalsNotebook        *notebook,
                                             const char            *target,
                                             GCancellable          *cancellable,
                                             GError               **error);
/* Makes a notebook of its own of a backup. */
gboolean   annals_backup_copy_out           (const char            *backup,
                                             const char            *target,
                                             GCancellable          *cancellable,
                                             GError               **error);

G_END_DECLS
