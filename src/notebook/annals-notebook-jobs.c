/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-private.h"

#include <glib/gi18n-lib.h>

void
annals_job_free (Job *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->label);
  g_free (self->done_label);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ended);
  g_free (self);
}

Job *
annals_job_new (AnnalsNotebook *notebook,
                JobKind         kind)
{
  Job *self = g_new0 (Job, 1);

  self->kind = kind;
  self->notebook = notebook;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);

  return self;
}

static gboolean
return_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

void
annals_job_end (Job    *self,
                GError *error)
{
  if (self->task != NULL)
    {
      GTask *task = g_steal_pointer (&self->task);
      g_autoptr(GSource) source = g_idle_source_new ();

      /* The task goes home with its answer, so that its data is freed where it was made. */
      self->error = error;
      g_source_set_priority (source, g_task_get_priority (task));
      g_source_set_callback (source, return_cb, task, g_object_unref);
      g_source_attach (source, g_task_get_context (task));
      return;
    }

  g_mutex_lock (&self->lock);
  self->error = error;
  self->has_ended = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->lock);
}

static GAsyncQueue *
get_queue (AnnalsNotebook *self,
           const Job      *job)
{
  if (job->kind != JOB_READ && !(job->kind == JOB_STOP && job->reader))
    return self->writes;

  return job->is_long ? self->long_reads : self->reads;
}

/* FALSE when the notebook is closed; the job is then still the caller's. */
static gboolean
enqueue (AnnalsNotebook  *self,
         Job             *job,
         GError         **error)
{
  gboolean closed;

  g_mutex_lock (&self->lock);
  closed = self->closed && job->kind != JOB_STOP;
  if (!closed)
    g_async_queue_push (get_queue (self, job), job);
  g_mutex_unlock (&self->lock);

  if (closed)
    g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED,
                         _("The notebook is closed"));

  return !closed;
}

gboolean
annals_job_run_and_wait (AnnalsNotebook  *self,
                         Job             *job,
                         GCancellable    *cancellable,
                         char           **label,
                         GError         **error)
{
  gboolean ok;

  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (!enqueue (self, job, error))
    {
      annals_job_free (job);
      return FALSE;
    }

  g_mutex_lock (&job->lock);
  while (!job->has_ended)
    g_cond_wait (&job->ended, &job->lock);
  g_mutex_unlock (&job->lock);

  ok = job->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&job->error));
  if (label != NULL)
    *label = g_steal_pointer (&job->done_label);
  if (job->walk_answer != NULL)
    *job->walk_answer = job->walk;
  annals_job_free (job);

  return ok;
}

static void
submit (AnnalsNotebook      *self,
        Job                 *job,
        GCancellable        *cancellable,
        gpointer             tag,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  GError *error = NULL;

  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, tag);
  g_task_set_check_cancellable (job->task, FALSE);   /* what was committed is not reported cancelled */
  g_task_set_task_data (job->task, job, (GDestroyNotify) annals_job_free);

  if (!enqueue (self, job, &error))
    annals_job_end (job, error);
}

static Job *
new_job_for_func (AnnalsNotebook *self,
                  JobKind         kind,
                  const char     *label,
                  AnnalsDbFunc    func,
                  gpointer        data,
                  GDestroyNotify  destroy)
{
  Job *job = annals_job_new (self, kind);

  job->label = g_strdup (label);
  job->func = func;
  job->data = data;
  job->destroy = destroy;

  return job;
}

void
annals_notebook_read_async (AnnalsNotebook      *self,
                            AnnalsDbFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));
  g_return_if_fail (func != NULL);

  submit (self, new_job_for_func (self, JOB_READ, NULL, func, data, destroy), cancellable,
          annals_notebook_read_async, callback, user_data);
}

gboolean
annals_notebook_read_finish (AnnalsNotebook  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
annals_notebook_read (AnnalsNotebook  *self,
                      AnnalsDbFunc     func,
                      gpointer         data,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  return annals_job_run_and_wait (self, new_job_for_func (self, JOB_READ, NULL, func, data, NULL), cancellable,
                                  NULL, error);
}

gboolean
annals_notebook_read_long (AnnalsNotebook  *self,
                           AnnalsDbFunc     func,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  Job *job;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  job = new_job_for_func (self, JOB_READ, NULL, func, data, NULL);
  job->is_long = TRUE;

  return annals_job_run_and_wait (self, job, cancellable, NULL, error);
}

gpointer
annals_notebook_job_get_data (GAsyncResult *result)
{
  Job *job;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return job->data;
}

void
annals_notebook_change_async (AnnalsNotebook      *self,
                              const char          *label,
                              AnnalsDbFunc         func,
                              gpointer             data,
                              GDestroyNotify       destroy,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));
  g_return_if_fail (func != NULL);

  submit (self, new_job_for_func (self, JOB_CHANGE, label, func, data, destroy), cancellable,
          annals_notebook_change_async, callback, user_data);
}

gboolean
annals_notebook_change_finish (AnnalsNotebook  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
annals_notebook_change (AnnalsNotebook  *self,
                        const char      *label,
                        AnnalsDbFunc     func,
                        gpointer         data,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  return annals_job_run_and_wait (self, new_job_for_func (self, JOB_CHANGE, label, func, data, NULL),
                                  cancellable, NULL, error);
}

gboolean
annals_notebook_bulk (AnnalsNotebook  *self,
                      AnnalsDbFunc     func,
                      gpointer         data,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  return annals_job_run_and_wait (self, new_job_for_func (self, JOB_BULK, NULL, func, data, NULL), cancellable,
                                  NULL, error);
}

gboolean
annals_notebook_alone (AnnalsNotebook  *self,
                       AnnalsDbFunc     func,
                       gpointer         data,
                       GCancellable    *cancellable,
                       GError         **error)
{
  return annals_job_run_and_wait (self, new_job_for_func (self, JOB_ALONE, NULL, func, data, NULL), cancellable,
                                  NULL, error);
}

gboolean
annals_notebook_undo (AnnalsNotebook  *self,
                      char           **label,
                      GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return annals_job_run_and_wait (self, annals_job_new (self, JOB_UNDO), NULL, label, error);
}

gboolean
annals_notebook_redo (AnnalsNotebook  *self,
                      char           **label,
                      GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return annals_job_run_and_wait (self, annals_job_new (self, JOB_REDO), NULL, label, error);
}

void
annals_notebook_undo_async (AnnalsNotebook      *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  submit (self, annals_job_new (self, JOB_UNDO), NULL, annals_notebook_undo_async, callback, user_data);
}

void
annals_notebook_redo_async (AnnalsNotebook      *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  submit (self, annals_job_new (self, JOB_REDO), NULL, annals_notebook_redo_async, callback, user_data);
}

gboolean
annals_notebook_undo_finish (AnnalsNotebook  *self,
                             GAsyncResult    *result,
                             char           **label,
                             GError         **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  if (label != NULL)
    *label = g_steal_pointer (&job->done_label);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static Job *
new_job_for_step (AnnalsNotebook *self,
                  JobKind         kind,
                  gint64          step)
{
  Job *job = annals_job_new (self, kind);

  job->step = step;

  return job;
}

gboolean
annals_notebook_undo_only (AnnalsNotebook  *self,
                           gint64           id,
                           char           **label,
                           GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return annals_job_run_and_wait (self, new_job_for_step (self, JOB_UNDO_ONLY, id), NULL, label, error);
}

void
annals_notebook_undo_only_async (AnnalsNotebook      *self,
                                 gint64               id,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  submit (self, new_job_for_step (self, JOB_UNDO_ONLY, id), NULL, annals_notebook_undo_only_async, callback,
          user_data);
}

gboolean
annals_notebook_go_to (AnnalsNotebook     *self,
                       gint64              id,
                       AnnalsHistoryWalk  *walk,
                       GError            **error)
{
  Job *job;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);
  g_return_val_if_fail (walk != NULL, FALSE);

  job = new_job_for_step (self, JOB_GO_TO, id);
  job->walk_answer = walk;

  return annals_job_run_and_wait (self, job, NULL, NULL, error);
}

void
annals_notebook_go_to_async (AnnalsNotebook      *self,
                             gint64               id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  submit (self, new_job_for_step (self, JOB_GO_TO, id), cancellable, annals_notebook_go_to_async, callback,
          user_data);
}

gboolean
annals_notebook_go_to_finish (AnnalsNotebook     *self,
                              GAsyncResult       *result,
                              AnnalsHistoryWalk  *walk,
                              GError            **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (walk != NULL, FALSE);

  job = g_task_get_task_data (G_TASK (result));
  *walk = job->walk;

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
annals_notebook_finish_index (AnnalsNotebook  *self,
                              GCancellable    *cancellable,
                              GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return annals_job_run_and_wait (self, annals_job_new (self, JOB_INDEX), cancellable, NULL, error);
}
