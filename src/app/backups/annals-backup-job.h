/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-backup.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_BACKUP_JOB_LIST,
  ANNALS_BACKUP_JOB_MAKE,      /* by hand */
  ANNALS_BACKUP_JOB_KEEP_UP,   /* when it is due */
  ANNALS_BACKUP_JOB_COMPARE,
  ANNALS_BACKUP_JOB_RESTORE,
  ANNALS_BACKUP_JOB_COPY,      /* to be a notebook of its own */
  ANNALS_BACKUP_JOB_SET_ASIDE, /* deleted, as long as that can be undone */
  ANNALS_BACKUP_JOB_PUT_BACK,
  ANNALS_BACKUP_JOB_DISCARD,
} AnnalsBackupJobKind;

/**
 * AnnalsBackupJob:
 * @notebook: (nullable): what is open; without it RESTORE replaces the file
 * @folder: (nullable): of the user's choice
 * @backup: (nullable): the one that is compared, restored, copied or deleted
 * @target: (nullable): of the copy
 * @found: (nullable): backups of LIST, kinds of COMPARE
 * @kept: (nullable): what RESTORE has put aside, or the backup of MAKE
 *
 * Something to be done with backups, on a thread of its own.
 */
typedef struct
{
  AnnalsBackupJobKind  kind;
  AnnalsNotebook      *notebook;
  char                *path;
  char                *folder;
  guint                n_newest;
  char                *backup;
  char                *target;
  GPtrArray           *found;
  char                *kept;
  int                  progress;
} AnnalsBackupJob;

/* With the folder and the number of the settings. @notebook (nullable) */
AnnalsBackupJob *annals_backup_job_new          (AnnalsBackupJobKind   kind,
                                                 AnnalsNotebook       *notebook,
                                                 const char           *path,
                                                 const char           *backup);
AnnalsBackupJob *annals_backup_job_ref          (AnnalsBackupJob      *self);
void             annals_backup_job_unref        (AnnalsBackupJob      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsBackupJob, annals_backup_job_unref)

/* 0 to 1, at any time. */
double           annals_backup_job_get_progress (AnnalsBackupJob      *self);
void             annals_backup_job_run_async    (AnnalsBackupJob      *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/* Returns: (transfer full) (nullable): the job, with what was found; NULL with @error */
AnnalsBackupJob *annals_backup_job_run_finish   (GAsyncResult         *result,
                                                 GError              **error);
/* Before much is brought into a notebook, on the thread that does it: an automatic backup, when one is due. What keeps
 * it from being made stops nothing; the user is told when the next one is tried. */
void             annals_backup_before_import    (AnnalsNotebook       *notebook,
                                                 GCancellable         *cancellable);

G_END_DECLS
