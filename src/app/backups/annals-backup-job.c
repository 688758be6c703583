/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backup-job.h"

#define PROGRESS_STEPS 10000

static void
clear_job (gpointer data)
{
  AnnalsBackupJob *self = data;

  g_clear_object (&self->notebook);
  g_free (self->path);
  g_free (self->folder);
  g_free (self->backup);
  g_free (self->target);
  g_free (self->kept);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

AnnalsBackupJob *
annals_backup_job_new (AnnalsBackupJobKind  kind,
                       AnnalsNotebook      *notebook,
                       const char          *path,
                       const char          *backup)
{
  g_autoptr(GSettings) settings = g_settings_new (ANNALS_APPLICATION_ID);
  g_autofree char *folder = g_settings_get_string (settings, "backup-folder");
  AnnalsBackupJob *self;

  g_return_val_if_fail (notebook == NULL || ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_atomic_rc_box_new0 (AnnalsBackupJob);
  self->kind = kind;
  self->notebook = notebook != NULL ? g_object_ref (notebook) : NULL;
  self->path = g_strdup (path);
  self->folder = *folder != '\0' ? g_steal_pointer (&folder) : NULL;
  self->n_newest = (guint) g_settings_get_int (settings, "backup-newest");
  self->backup = g_strdup (backup);

  return self;
}

AnnalsBackupJob *
annals_backup_job_ref (AnnalsBackupJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_backup_job_unref (AnnalsBackupJob *self)
{
  g_atomic_rc_box_release_full (self, clear_job);
}

double
annals_backup_job_get_progress (AnnalsBackupJob *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_atomic_int_get (&self->progress) / (double) PROGRESS_STEPS;
}

/* On the thread that works. */
static void
progress_cb (double   fraction,
             gpointer user_data)
{
  AnnalsBackupJob *self = user_data;

  g_atomic_int_set (&self->progress, (int) (CLAMP (fraction, 0, 1) * PROGRESS_STEPS));
}

static gboolean
run (AnnalsBackupJob  *self,
     GCancellable     *cancellable,
     GError          **error)
{
  switch (self->kind)
    {
    case ANNALS_BACKUP_JOB_LIST:
      return (self->found = annals_backup_list (self->path, self->folder, cancellable, error)) != NULL;

    case ANNALS_BACKUP_JOB_MAKE:
      self->kept = annals_backup_make (self->path, self->folder, ANNALS_BACKUP_MANUAL, progress_cb, self, cancellable,
                                       error);
      return self->kept != NULL;

    case ANNALS_BACKUP_JOB_KEEP_UP:
      return annals_backup_keep_up (self->path, self->folder, self->n_newest, ANNALS_BACKUP_AUTOMATIC, NULL,
                                    cancellable, error);

    case ANNALS_BACKUP_JOB_COMPARE:
      return (self->found = annals_backup_compare (self->path, self->backup, cancellable, error)) != NULL;

    case ANNALS_BACKUP_JOB_RESTORE:
      return self->notebook != NULL
             ? annals_backup_restore (self->notebook, self->backup, self->folder, &self->kept, progress_cb, self,
                                      cancellable, error)
             : annals_backup_replace (self->path, self->backup, &self->kept, progress_cb, self, cancellable, error);

    case ANNALS_BACKUP_JOB_COPY:
      return annals_backup_copy_out (self->backup, self->target, cancellable, error);

    case ANNALS_BACKUP_JOB_SET_ASIDE:
      return annals_backup_set_aside (self->backup, error);

    case ANNALS_BACKUP_JOB_PUT_BACK:
      return annals_backup_put_back (self->backup, error);

    case ANNALS_BACKUP_JOB_DISCARD:
      annals_backup_discard (self->backup);
      return TRUE;
    }

  g_assert_not_reached ();
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  AnnalsBackupJob *self = task_data;
  GError *error = NULL;

  if (run (self, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
annals_backup_job_run_async (AnnalsBackupJob     *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, annals_backup_job_run_async);
  g_task_set_task_data (task, annals_backup_job_ref (self), (GDestroyNotify) annals_backup_job_unref);
  g_task_set_check_cancellable (task, FALSE);   /* what was done is not reported cancelled */
  g_task_run_in_thread (task, run_in_thread);
}

AnnalsBackupJob *
annals_backup_job_run_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_backup_job_run_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return annals_backup_job_ref (g_task_get_task_data (G_TASK (result)));
}

void
annals_backup_before_import (AnnalsNotebook *notebook,
                             GCancellable   *cancellable)
{
  g_autoptr(GSettings) settings = g_settings_new (ANNALS_APPLICATION_ID);
  g_autofree char *folder = g_settings_get_string (settings, "backup-folder");

  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));

  if (g_settings_get_boolean (settings, "backup-automatically"))
    annals_backup_keep_up (annals_notebook_get_path (notebook), *folder != '\0' ? folder : NULL,
                           (guint) g_settings_get_int (settings, "backup-newest"), ANNALS_BACKUP_IMPORT, NULL,
                           cancellable, NULL);
}
