/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-run.h"

/* An archive is looked at for so long; enough to see what it is. */
#define PREVIEW_SECONDS 5

typedef struct
{
  AnnalsNotebook            *notebook;   /* NULL: only look */
  GPtrArray                 *entries;
  AnnalsImportProgressState *progress;
  guint                      n_before;   /* posts of the files before the one in work */
} Run;

static void
run_free (Run *self)
{
  g_clear_object (&self->notebook);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
progress_cb (gint64   done,
             gint64   total,
             guint    n_posts,
             gpointer user_data)
{
  Run *run = user_data;

  g_mutex_lock (&run->progress->mutex);
  run->progress->done = done;
  run->progress->total = total;
  run->progress->n_posts = run->n_before + n_posts;
  g_mutex_unlock (&run->progress->mutex);
}

static void
begin_file (Run   *run,
            guint  file)
{
  g_mutex_lock (&run->progress->mutex);
  run->progress->file = file;
  run->progress->done = 0;
  run->progress->total = 0;
  g_mutex_unlock (&run->progress->mutex);
}

static void
look_at (Run               *run,
         AnnalsImportEntry *entry,
         GCancellable      *cancellable,
         GError           **error)
{
  AnnalsImportHooks hooks = { .progress = progress_cb, .user_data = run };

  entry->preview = annals_import_preview (entry->path, entry->options, &hooks, PREVIEW_SECONDS,
                                          cancellable, error);
  entry->wanted = entry->preview != NULL;
  if (entry->preview != NULL && *entry->preview->archive != '\0')
    entry->options->archive = g_strdup (entry->preview->archive);
}

static void
bring_in (Run               *run,
          AnnalsImportEntry *entry,
          GCancellable      *cancellable,
          GError           **error)
{
  AnnalsImportHooks hooks = { .progress = progress_cb, .user_data = run };

  if (!entry->wanted)
    return;

  entry->result = annals_import_file (run->notebook, entry->path, entry->options, &hooks, cancellable, error);
  if (entry->result != NULL)
    run->n_before += entry->result->n_read;
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Run *run = task_data;

  for (guint i = 0; i < run->entries->len; i++)
    {
      AnnalsImportEntry *entry = run->entries->pdata[i];
      g_autoptr(GError) error = NULL;

      begin_file (run, i);
      if (run->notebook != NULL)
        bring_in (run, entry, cancellable, &error);
      else
        look_at (run, entry, cancellable, &error);

      if (g_task_return_error_if_cancelled (task))
        return;
      if (error != NULL)
        {
          g_free (entry->reason);
          entry->reason = g_strdup (error->message);
        }
    }

  g_task_return_boolean (task, TRUE);
}

static void
start (AnnalsNotebook            *notebook,
       GPtrArray                 *entries,
       AnnalsImportProgressState *progress,
       GCancellable              *cancellable,
       GAsyncReadyCallback        callback,
       gpointer                   user_data)
{
  g_autoptr(GTask) task = g_task_new (notebook, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->notebook = notebook != NULL ? g_object_ref (notebook) : NULL;
  run->entries = g_ptr_array_ref (entries);
  run->progress = progress;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  /* What was cancelled ends only when its thread has ended: nothing runs on behind the window. */
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

AnnalsImportEntry *
annals_import_entry_new (const char *path)
{
  AnnalsImportEntry *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (AnnalsImportEntry, 1);
  self->path = g_strdup (path);
  self->name = g_filename_display_basename (path);
  self->options = annals_import_options_new ();

  return self;
}

void
annals_import_entry_free (AnnalsImportEntry *self)
{
  g_free (self->path);
  g_free (self->name);
  g_clear_pointer (&self->preview, annals_preview_free);
  annals_import_options_free (self->options);
  g_clear_pointer (&self->result, annals_import_free);
  g_free (self->reason);
  g_free (self);
}

void
annals_import_preview_async (GPtrArray                 *entries,
                             AnnalsImportProgressState *progress,
                             GCancellable              *cancellable,
                             GAsyncReadyCallback        callback,
                             gpointer                   user_data)
{
  g_return_if_fail (entries != NULL && progress != NULL);

  start (NULL, entries, progress, cancellable, callback, user_data);
}

void
annals_import_run_async (AnnalsNotebook            *notebook,
                         GPtrArray                 *entries,
                         AnnalsImportProgressState *progress,
                         GCancellable              *cancellable,
                         GAsyncReadyCallback        callback,
                         gpointer                   user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));
  g_return_if_fail (entries != NULL && progress != NULL);

  start (notebook, entries, progress, cancellable, callback, user_data);
}

gboolean
annals_import_run_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, start), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
