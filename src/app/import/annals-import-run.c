/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-run.h"

#include "annals-backup-job.h"

/* An archive is looked at for so long; enough to see what it is. */
#define PREVIEW_SECONDS 5

typedef struct
{
  AnnalsNotebook            *notebook;
  gboolean                   importing;  /* else only looking */
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

static gboolean
keep_cb (gpointer user_data)
{
  Run *run = user_data;
  gboolean keep;

  g_mutex_lock (&run->progress->mutex);
  keep = run->progress->keep;
  g_mutex_unlock (&run->progress->mutex);

  return keep;
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

  g_clear_pointer (&entry->preview, annals_preview_free);
  if (!entry->looked &&
      !annals_import_recall (run->notebook, entry->path, entry->options, &entry->recalled, cancellable, error))
    return;

  entry->preview = annals_import_preview (entry->path, entry->options, &hooks, PREVIEW_SECONDS,
                                          cancellable, error);
  entry->wanted = entry->preview != NULL;
  if (entry->preview != NULL && !entry->looked && entry->options->archive == NULL &&
      *entry->preview->archive != '\0')
    entry->options->archive = g_strdup (entry->preview->archive);
  entry->looked = TRUE;
}

static void
bring_in (Run               *run,
          AnnalsImportEntry *entry,
          GCancellable      *cancellable,
          GError           **error)
{
  AnnalsImportHooks hooks = { progress_cb, keep_cb, run };

  if (!entry->wanted)
    return;

  switch (entry->kind)
    {
    case ANNALS_IMPORT_ENTRY_FILE:
      entry->result = annals_import_file (run->notebook, entry->path, entry->options, &hooks, cancellable, error);
      break;

    case ANNALS_IMPORT_ENTRY_RESUME:
      entry->result = annals_import_resume (run->notebook, entry->import_id, entry->path, &hooks, cancellable,
                                            error);
      break;

    case ANNALS_IMPORT_ENTRY_RECORDS:
      entry->result = annals_import_records (run->notebook, entry->import_id, entry->records, entry->path,
                                             &hooks, cancellable, error);
      break;
    }

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

  if (run->importing)
    annals_backup_before_import (run->notebook, cancellable);

  for (guint i = 0; i < run->entries->len; i++)
    {
      AnnalsImportEntry *entry = run->entries->pdata[i];

      g_clear_error (&entry->failure);
      begin_file (run, i);
      if (run->importing)
        bring_in (run, entry, cancellable, &entry->failure);
      else
        look_at (run, entry, cancellable, &entry->failure);

      if (g_task_return_error_if_cancelled (task))
        return;
    }

  g_task_return_boolean (task, TRUE);
}

static void
start (AnnalsNotebook            *notebook,
       gboolean                   importing,
       GPtrArray                 *entries,
       AnnalsImportProgressState *progress,
       GCancellable              *cancellable,
       GAsyncReadyCallback        callback,
       gpointer                   user_data)
{
  g_autoptr(GTask) task = g_task_new (notebook, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->notebook = g_object_ref (notebook);
  run->importing = importing;
  run->entries = g_ptr_array_ref (entries);
  run->progress = progress;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  /* What was cancelled ends only when its thread has ended: nothing runs on behind the window. */
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

static AnnalsImportEntry *
entry_new (AnnalsImportEntryKind  kind,
           const char            *path,
           const char            *name)
{
  AnnalsImportEntry *self = g_new0 (AnnalsImportEntry, 1);

  self->kind = kind;
  self->path = g_strdup (path);
  self->name = name != NULL ? g_strdup (name) : g_filename_display_basename (path);
  self->options = annals_import_options_new ();

  return self;
}

AnnalsImportEntry *
annals_import_entry_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return entry_new (ANNALS_IMPORT_ENTRY_FILE, path, NULL);
}

AnnalsImportEntry *
annals_import_entry_new_resume (gint64      import_id,
                                const char *name,
                                const char *path)
{
  AnnalsImportEntry *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = entry_new (ANNALS_IMPORT_ENTRY_RESUME, path, name);
  self->import_id = import_id;
  self->wanted = TRUE;

  return self;
}

AnnalsImportEntry *
annals_import_entry_new_records (gint64      import_id,
                                 const char *name,
                                 const char *path,
                                 GArray     *records)
{
  AnnalsImportEntry *self;

  g_return_val_if_fail (name != NULL && records != NULL, NULL);

  self = entry_new (ANNALS_IMPORT_ENTRY_RECORDS, path, name);
  self->import_id = import_id;
  self->records = records;
  self->wanted = TRUE;

  return self;
}

void
annals_import_entry_free (AnnalsImportEntry *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->recalled);
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->preview, annals_preview_free);
  annals_import_options_free (self->options);
  g_clear_pointer (&self->result, annals_import_free);
  g_clear_error (&self->failure);
  g_free (self);
}

void
annals_import_preview_async (AnnalsNotebook            *notebook,
                             GPtrArray                 *entries,
                             AnnalsImportProgressState *progress,
                             GCancellable              *cancellable,
                             GAsyncReadyCallback        callback,
                             gpointer                   user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));
  g_return_if_fail (entries != NULL && progress != NULL);

  start (notebook, FALSE, entries, progress, cancellable, callback, user_data);
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

  start (notebook, TRUE, entries, progress, cancellable, callback, user_data);
}

gboolean
annals_import_run_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, start), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
remove_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;

  if (annals_import_remove (source, *(gint64 *) task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
annals_import_remove_async (AnnalsNotebook      *notebook,
                            gint64               import_id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));

  task = g_task_new (notebook, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_import_remove_async);
  g_task_set_task_data (task, g_memdup2 (&import_id, sizeof import_id), g_free);
  g_task_run_in_thread (task, remove_in_thread);
}

gboolean
annals_import_remove_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_import_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
