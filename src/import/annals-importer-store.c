/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-batch.h"

#include "annals-records-place.h"

/* One is in work, another waits. */
#define MAX_WAITING 2

/* Batches on their way from one thread to the next */
typedef struct
{
  GMutex    mutex;
  GCond     cond;
  GQueue    batches;   /* (element type AnnalsImportBatch); the first is in work */
  gboolean  closed;    /* no more will come */
  gboolean  broken;    /* no more will be taken */
} Queue;

struct _AnnalsImportStore
{
  AnnalsNotebook            *notebook;
  const char                *path;
  const char                *file_name;
  const AnnalsImportOptions *options;
  GThread                   *preparing;
  GThread                   *writing;
  gint64                     started;    /* monotonic microseconds */
  Queue                      read;       /* by the caller, to be prepared */
  Queue                      prepared;   /* to be written */

  /* the writing thread's until it is joined */
  GError                    *error;
  AnnalsImportBatch         *batch;
  gint64                     id;         /* of the import's row; 0 before it is made */
  gboolean                   taken_over; /* the interrupted import is this program's now */
  gint64                     file_id;    /* of the archive's file that is being read */
  AnnalsRecords             *records;    /* (nullable) borrowed: of which the placer knows the sources */
  AnnalsPlacer              *placer;     /* (nullable) */
  AnnalsImportMark           mark;
  const char                *sha256;
  gint64                     size;
  const AnnalsImportRule    *rule;
  AnnalsRecordsApply        *apply;      /* (nullable) */
  const AnnalsIssue         *last;       /* (nullable) */
  AnnalsImport              *result;
};

/* --- on the notebook's thread, in a transaction --- */

static gboolean
begin (AnnalsImportStore  *self,
       AnnalsDb           *db,
       GError            **error)
{
  g_autofree char *options = annals_import_options_to_json (self->options);

  self->taken_over = TRUE;

  return annals_db_begin_import (db, self->path, self->file_name, self->batch->format,
                                 self->batch->archive, options, &self->id, error);
}

static gboolean
store_picture (AnnalsImportStore  *self,
               AnnalsDb           *db,
               AnnalsPicture      *picture,
               GError            **error)
{
  return annals_db_store_picture (db, self->id, picture->address, picture->media_type, picture->bytes,
                                  error);
}

static void
count (AnnalsImportMark *mark,
       AnnalsStored      stored)
{
  switch (stored)
    {
    case ANNALS_STORED_NEW:
      mark->n_new++;
      break;

    case ANNALS_STORED_UPDATED:
      mark->n_updated++;
      break;

    case ANNALS_STORED_UNCHANGED:
      mark->n_unchanged++;
      break;
    }
}

/* A source of a file of notes may be a post that the notebook has: *post_id 0 when it is none. */
static gboolean
find_source (AnnalsImportStore    *self,
             AnnalsDb             *db,
             const AnnalsRunItem  *item,
             gint64               *post_id,
             GError              **error)
{
  if (self->records != item->records)
    {
      g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_records_unref);

      g_ptr_array_add (files, annals_records_ref (item->records));
      g_clear_pointer (&self->placer, annals_placer_free);
      self->placer = annals_placer_new (files);
      self->records = item->records;
      annals_placer_use (self->placer, db);
      if (!annals_placer_find_texts (self->placer, error))
        return FALSE;
    }
  annals_placer_use (self->placer, db);

  return annals_placer_find_source (self->placer, item->source, post_id, error);
}

static gboolean
store_draft (AnnalsImportStore   *self,
             AnnalsDb            *db,
             AnnalsImportRecord  *record,
             GError             **error)
{
  AnnalsDraft *draft = record->item.draft;
  AnnalsNewPost post = {
    .identity = record->item.identity,
    .aliases = (const char * const *) record->aliases,
    .kind = draft->kind,
    .extent = draft->extent,
    .file_id = self->file_id,
    .title = draft->title,
    .url = draft->url,
    .author = draft->author,
    .source = draft->source,
    .published = draft->published,
    .language = draft->language,
    .place = record->item.place,
    .tags = (const char * const *) draft->tags,
    .text = draft->text,
    .markup = draft->markup,
    .deflated = record->deflated,
    .markup_kind = draft->markup_kind,
    .entry = draft->is_entry ? draft->place : NULL,
  };
  AnnalsStored stored = ANNALS_STORED_UNCHANGED;
  gint64 post_id = 0;

  if ((record->item.source != NULL && !find_source (self, db, &record->item, &post_id, error)) ||
      (post_id == 0 && !annals_db_store_post (db, self->id, &post, &stored, &post_id, error)))
    return FALSE;

  if (record->item.source != NULL)
    record->item.source->post_id = post_id;
  count (&self->mark, stored);
  for (guint i = 0; draft->pictures != NULL && i < draft->pictures->len; i++)
    if (!store_picture (self, db, g_ptr_array_index (draft->pictures, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
store_skipped (AnnalsImportStore   *self,
               AnnalsDb            *db,
               AnnalsImportRecord  *record,
               GError             **error)
{
  AnnalsDraft *draft = record->item.draft;
  AnnalsIssue issue = {
    .severity = draft->severity,
    .code = draft->code,
    .record = record->item.record,
    .can_force = draft->text != NULL,
    .place = draft->place,
    .reason = draft->skipped,
    .excerpt = draft->excerpt,
  };

  self->mark.n_skipped++;

  return annals_db_add_issue (db, self->id, &issue, error);
}

static gboolean
store_record (AnnalsImportStore   *self,
              AnnalsDb            *db,
              AnnalsImportRecord  *record,
              GError             **error)
{
  switch (record->kind)
    {
    case ANNALS_RUN_FILE:
      return annals_db_begin_import_file (db, self->id, record->item.path, record->item.format,
                                          &self->file_id, error);

    case ANNALS_RUN_FILE_END:
      return annals_db_end_import_file (db, self->file_id, record->item.size, record->item.sha256, error);

    case ANNALS_RUN_ISSUE:
      return annals_db_add_issue (db, self->id, record->item.issue, error);

    case ANNALS_RUN_DRAFT:
      self->mark.n_read++;
      return record->item.draft->skipped ? store_skipped (self, db, record, error)
                                         : store_draft (self, db, record, error);

    case ANNALS_RUN_RECORDS:
    case ANNALS_RUN_ERROR:
    case ANNALS_RUN_END:
      break;
    }

  g_return_val_if_reached (FALSE);
}

/* An interrupted import is taken over only now that its file was found to be the same. */
static gboolean
ensure_import (AnnalsImportStore  *self,
               AnnalsDb           *db,
               GError            **error)
{
  AnnalsImportMark mark;

  if (self->id == 0)
    return begin (self, db, error);

  if (self->taken_over)
    return TRUE;

  self->taken_over = TRUE;

  return annals_db_resume_import (db, self->id, &mark, error);
}

static gboolean
store_func (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  AnnalsImportStore *self = data;
  AnnalsImportBatch *batch = self->batch;

  if (!ensure_import (self, db, error))
    return FALSE;

  for (guint i = 0; i < batch->records->len; i++)
    if (!store_record (self, db, g_ptr_array_index (batch->records, i), error))
      return FALSE;

  for (guint i = 0; i < batch->pictures->len; i++)
    if (!store_picture (self, db, g_ptr_array_index (batch->pictures, i), error))
      return FALSE;

  self->mark.n_records = batch->n_records;
  self->mark.file_id = self->file_id;
  g_strlcpy (self->mark.digest, batch->digest, sizeof self->mark.digest);

  return annals_db_mark_import (db, self->id, &self->mark, error);
}

static gboolean
finish_func (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  AnnalsImportStore *self = data;
  double seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;
  AnnalsImportMark mark = self->mark;

  if (self->apply != NULL)
    annals_records_apply_set_has_posts (self->apply, mark.n_new + mark.n_updated > 0);

  return (self->last == NULL || annals_db_add_issue (db, self->id, self->last, error)) &&
         annals_db_finish_import_with (db, self->id, self->sha256, self->size, &mark, seconds,
                                       self->apply != NULL ? annals_records_apply_write_cb : NULL, self->apply,
                                       error) &&
         (self->apply == NULL || (annals_records_apply_account (self->apply, db, self->id, &mark, error) &&
                                  annals_db_count_import (db, self->id, &mark, error))) &&
         (self->rule == NULL || annals_db_save_rule (db, self->rule, error)) &&
         (self->result = annals_db_load_import (db, self->id, error)) != NULL;
}

/* --- from thread to thread --- */

static void
queue_init (Queue *queue)
{
  g_mutex_init (&queue->mutex);
  g_cond_init (&queue->cond);
  g_queue_init (&queue->batches);
}

static void
queue_clear (Queue *queue)
{
  g_queue_clear_full (&queue->batches, (GDestroyNotify) annals_import_batch_free);
  g_mutex_clear (&queue->mutex);
  g_cond_clear (&queue->cond);
}

/* Takes @batch; waits while the queue is full. FALSE when nobody takes from it any more. */
static gboolean
queue_push (Queue             *queue,
            AnnalsImportBatch *batch)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&queue->mutex);

  while (g_queue_get_length (&queue->batches) >= MAX_WAITING && !queue->broken)
    g_cond_wait (&queue->cond, &queue->mutex);

  if (queue->broken)
    {
      annals_import_batch_free (batch);
      return FALSE;
    }

  g_queue_push_tail (&queue->batches, batch);
  g_cond_broadcast (&queue->cond);

  return TRUE;
}

/* The first batch, which stays in the queue until it is taken, so that it counts as long. NULL when there will
 * be no more. */
static AnnalsImportBatch *
queue_peek (Queue *queue)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&queue->mutex);

  while (g_queue_is_empty (&queue->batches) && !queue->closed)
    g_cond_wait (&queue->cond, &queue->mutex);

  return g_queue_peek_head (&queue->batches);
}

static AnnalsImportBatch *
queue_take (Queue *queue)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&queue->mutex);

  g_cond_broadcast (&queue->cond);

  return g_queue_pop_head (&queue->batches);
}

static void
queue_close (Queue *queue)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&queue->mutex);

  queue->closed = TRUE;
  g_cond_broadcast (&queue->cond);
}

/* What is in it is lost. */
static void
queue_break (Queue *queue)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&queue->mutex);

  queue->broken = TRUE;
  g_cond_broadcast (&queue->cond);
}

static gpointer
prepare_thread (gpointer data)
{
  AnnalsImportStore *self = data;
  AnnalsImportBatch *batch;

  while ((batch = queue_peek (&self->read)) != NULL)
    {
      annals_import_batch_prepare (batch);
      if (!queue_push (&self->prepared, queue_take (&self->read)))
        {
          queue_break (&self->read);
          break;
        }
    }

  queue_close (&self->prepared);

  return NULL;
}

static gpointer
write_thread (gpointer data)
{
  AnnalsImportStore *self = data;

  while ((self->batch = queue_peek (&self->prepared)) != NULL)
    {
      if (!annals_notebook_bulk (self->notebook, store_func, self, NULL, &self->error))
        {
          queue_break (&self->prepared);
          break;
        }

      annals_import_batch_free (queue_take (&self->prepared));
    }

  return NULL;
}

/* --- on the caller's --- */

AnnalsImportStore *
annals_import_store_new (AnnalsNotebook            *notebook,
                         const char                *path,
                         const char                *file_name,
                         const AnnalsImportOptions *options,
                         gint64                     import_id,
                         const AnnalsImportMark    *mark)
{
  AnnalsImportStore *self = g_new0 (AnnalsImportStore, 1);

  self->notebook = notebook;
  self->path = path;
  self->file_name = file_name;
  self->options = options;
  self->id = import_id;
  self->started = g_get_monotonic_time ();
  if (mark != NULL)
    {
      self->mark = *mark;
      self->file_id = mark->file_id;
    }
  queue_init (&self->read);
  queue_init (&self->prepared);
  self->preparing = g_thread_new ("annals-prepare", prepare_thread, self);
  self->writing = g_thread_new ("annals-import", write_thread, self);

  return self;
}

static void
join_threads (AnnalsImportStore *self)
{
  if (self->writing == NULL)
    return;

  queue_close (&self->read);
  g_thread_join (g_steal_pointer (&self->preparing));
  g_thread_join (g_steal_pointer (&self->writing));
}

void
annals_import_store_free (AnnalsImportStore *self)
{
  if (self == NULL)
    return;

  join_threads (self);
  queue_clear (&self->read);
  queue_clear (&self->prepared);
  g_clear_error (&self->error);
  g_clear_pointer (&self->placer, annals_placer_free);
  g_clear_pointer (&self->result, annals_import_free);
  g_free (self);
}

gboolean
annals_import_store_push (AnnalsImportStore *self,
                          AnnalsImportBatch *batch)
{
  return queue_push (&self->read, batch);
}

gboolean
annals_import_store_join (AnnalsImportStore  *self,
                          GError            **error)
{
  join_threads (self);

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->error));

  return FALSE;
}

AnnalsImport *
annals_import_store_finish (AnnalsImportStore       *self,
                            const char              *sha256,
                            gint64                   size,
                            const AnnalsImportRule  *rule,
                            AnnalsRecordsApply      *apply,
                            const AnnalsIssue       *last,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  g_return_val_if_fail (self->writing == NULL && self->id != 0, NULL);

  self->sha256 = sha256;
  self->size = size;
  self->rule = rule;
  self->apply = apply;
  self->last = last;
  if (!annals_notebook_bulk (self->notebook, finish_func, self, cancellable, error))
    {
      g_clear_pointer (&self->result, annals_import_free);
      return NULL;
    }

  return g_steal_pointer (&self->result);
}

void
annals_import_store_remove (AnnalsImportStore *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (self->writing == NULL);

  if (self->id != 0 && !annals_import_remove (self->notebook, self->id, NULL, &error))
    g_debug ("The import could not be taken back now: %s", error->message);
}
