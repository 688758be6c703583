/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-job.h"

#define PROGRESS_STEPS 10000

struct _AnnalsExportJob
{
  AnnalsExportTopic   *topic;
  char                *format;
  char                *path;
  AnnalsExportOptions  options;
  AnnalsNotebook      *notebook;   /* (unowned) */
  int                  progress;   /* atomic: of PROGRESS_STEPS */
};

static void
clear_job (gpointer data)
{
  AnnalsExportJob *self = data;

  annals_export_topic_unref (self->topic);
  g_free (self->format);
  g_free (self->path);
}

/* On the thread that exports. */
static void
progress_cb (double   fraction,
             gpointer user_data)
{
  AnnalsExportJob *self = user_data;

  g_atomic_int_set (&self->progress, (int) (CLAMP (fraction, 0, 1) * PROGRESS_STEPS));
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  AnnalsExportJob *self = task_data;
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  AnnalsExportRequest request;
  GPtrArray *remarks = NULL;
  GError *error = NULL;

  if (annals_export_topic_resolve (self->topic, self->notebook, &request, &filter, cancellable, &error) &&
      annals_export (self->notebook, &request, self->format, self->path, TRUE, &self->options, progress_cb, self,
                     &remarks, cancellable, &error))
    g_task_return_pointer (task, remarks, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

AnnalsExportJob *
annals_export_job_new (AnnalsExportTopic         *topic,
                       const char                *format,
                       const char                *path,
                       const AnnalsExportOptions *options)
{
  AnnalsExportJob *self;

  g_return_val_if_fail (topic != NULL && format != NULL && path != NULL && options != NULL, NULL);

  self = g_atomic_rc_box_new0 (AnnalsExportJob);
  self->topic = annals_export_topic_ref (topic);
  self->format = g_strdup (format);
  self->path = g_strdup (path);
  self->options = *options;

  return self;
}

AnnalsExportJob *
annals_export_job_ref (AnnalsExportJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_export_job_unref (AnnalsExportJob *self)
{
  g_atomic_rc_box_release_full (self, clear_job);
}

double
annals_export_job_get_progress (AnnalsExportJob *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_atomic_int_get (&self->progress) / (double) PROGRESS_STEPS;
}

void
annals_export_job_run_async (AnnalsExportJob     *self,
                             AnnalsNotebook      *notebook,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));
  g_return_if_fail (!cancellable || G_IS_CANCELLABLE (cancellable));

  self->notebook = notebook;

  /* without a source object: the thread may be the last to let go of the task */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, annals_export_job_run_async);
  g_task_set_task_data (task, annals_export_job_ref (self),
                        (GDestroyNotify) annals_export_job_unref);
  /* once the file is in its place it is there, whenever the user cancelled */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

GPtrArray *
annals_export_job_run_finish (AnnalsExportJob  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_export_job_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
