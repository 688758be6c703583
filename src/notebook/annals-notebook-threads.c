/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-private.h"

#include "annals-columns-private.h"
#include "annals-history-private.h"
#include "annals-imports-private.h"
#include "annals-index-private.h"
#include "annals-note-index-private.h"
#include "annals-notebook-file-private.h"
#include "annals-same-text-private.h"

/* microseconds after which a writer without work looks for changes that other programs made */
#define LOOK_AROUND (G_USEC_PER_SEC / 2)

/* steps of the history a transaction undoes or redoes on the way to a chosen one */
#define WALK_STEPS 16

/* posts a step of the background index takes at most before it commits */
#define INDEX_STEP 10000

static gboolean
roll_back (AnnalsDb *db)
{
  annals_db_roll_back (db);

  return FALSE;
}

static gboolean
run_read (AnnalsDb  *db,
          Job       *job,
          GError   **error)
{
  gboolean ok;

  if (!annals_db_exec (db, "BEGIN", error))
    return FALSE;

  ok = job->func (db, job->data, job->cancellable, error);
  db->cancellable = NULL;
  if (!annals_db_exec (db, "COMMIT", NULL))
    annals_db_roll_back (db);

  return ok;
}

static gboolean
change (AnnalsDb       *db,
        Job            *job,
        AnnalsChanges  *changes,
        GError        **error)
{
  g_autoptr(AnnalsRecording) recording = annals_recording_begin (db, error);

  return recording != NULL &&
         job->func (db, job->data, job->cancellable, error) &&
         annals_recording_end (recording, job->label, 0, changes, error);
}

static gboolean
bulk (AnnalsDb       *db,
      Job            *job,
      AnnalsChanges  *changes,
      GError        **error)
{
  if (!job->func (db, job->data, job->cancellable, error))
    return FALSE;

  if (db->announce)
    for (guint i = 0; i < ANNALS_N_RECORDS; i++)
      annals_changes_add_all (changes, i);

  return TRUE;
}

static gboolean
run_step (AnnalsDb       *db,
          Job            *job,
          AnnalsChanges  *changes,
          GError        **error)
{
  switch (job->kind)
    {
    case JOB_CHANGE:
      db->door = ANNALS_DOOR_CHANGE;
      return change (db, job, changes, error);

    case JOB_BULK:
      db->door = ANNALS_DOOR_BULK;
      return bulk (db, job, changes, error);

    case JOB_UNDO:
    case JOB_REDO:
      db->door = ANNALS_DOOR_BULK;
      return annals_history_step (db, job->kind == JOB_REDO, &job->done_label, changes, error);

    case JOB_UNDO_ONLY:
      db->door = ANNALS_DOOR_BULK;
      return annals_history_undo_only (db, job->step, &job->done_label, changes, error);

    case JOB_GO_TO:
      db->door = ANNALS_DOOR_BULK;
      return annals_history_step_toward (db, job->step, WALK_STEPS, &job->walk, changes, error);

    case JOB_READ:
    case JOB_INDEX:
    case JOB_ALONE:
    case JOB_STOP:
      break;
    }

  g_assert_not_reached ();
}

/* How far the indexes are behind, and whether the file is there. */
static void
tell_pending (AnnalsDb *db,
              News     *news)
{
  news->gone = !annals_db_check_place (db, NULL);
  annals_index_count_pending (db, &news->index_pending, NULL);
  annals_note_index_count_pending (db, &news->notes_pending, NULL);
}

static void
tell_history (AnnalsDb *db,
              News     *news)
{
  news->has_labels = annals_history_labels (db, &news->undo_label, &news->redo_label, &news->undo_step, NULL);
}

/* The one door. */
static gboolean
run_write (AnnalsNotebook  *self,
           AnnalsDb        *db,
           Job             *job,
           GError         **error)
{
  g_autoptr(AnnalsChanges) changes = annals_changes_new ();
  News *news;
  gboolean ok;

  db->announce = job->kind != JOB_BULK;
  db->renamed = FALSE;
  db->now = g_get_real_time ();
  g_mutex_lock (&self->lock);
  g_free (db->author);
  db->author = g_strdup (self->author);
  g_mutex_unlock (&self->lock);

  ok = annals_db_check_place (db, error) &&
       annals_db_exec (db, "BEGIN IMMEDIATE", error) &&
       run_step (db, job, changes, error) &&
       (!db->announce || annals_note_index_follow (db, changes, error));
  db->door = ANNALS_DOOR_NONE;
  db->cancellable = NULL;   /* what has been done is not thrown away at the last moment */
  ok = ok && annals_db_exec (db, "COMMIT", error);
  if (!ok)
    return roll_back (db);

  if (!db->announce)
    return TRUE;

  annals_shared_columns_follow (db->columns, db, changes);

  news = g_new0 (News, 1);
  news->changes = g_steal_pointer (&changes);
  if (db->renamed)
    {
      news->uid = annals_db_get_meta (db, "uid", NULL);
      news->title = annals_db_get_meta (db, "title", NULL);
    }
  tell_history (db, news);
  tell_pending (db, news);
  annals_notebook_announce (self, news);

  return TRUE;
}

/* What the writer does behind the user, in order: imports that are being taken back, the index, and the
 * signatures of texts. Each answers in *more whether it has anything left to do. */
typedef gboolean (*BackgroundStep) (AnnalsDb  *db,
                                    gboolean  *more,
                                    GError   **error);

static gboolean
remove_step (AnnalsDb  *db,
             gboolean  *more,
             GError   **error)
{
  guint n;

  if (!annals_import_remove_step (db, error) || !annals_import_count_removing (db, &n, error))
    return FALSE;

  *more = n > 0;
  return TRUE;
}

static gboolean
has_removing (AnnalsDb  *db,
              gboolean  *more,
              GError   **error)
{
  guint n;

  if (!annals_import_count_removing (db, &n, error))
    return FALSE;

  *more = n > 0;
  return TRUE;
}

static gboolean
index_step (AnnalsDb  *db,
            gboolean  *more,
            GError   **error)
{
  guint pending;

  if (!annals_index_step (db, INDEX_STEP, &pending, error))
    return FALSE;

  *more = pending > 0;
  return TRUE;
}

static gboolean
has_pending (AnnalsDb  *db,
             gboolean  *more,
             GError   **error)
{
  guint pending;

  if (!annals_index_count_pending (db, &pending, error))
    return FALSE;

  *more = pending > 0;
  return TRUE;
}

static const struct
{
  BackgroundStep has_more;
  BackgroundStep step;
} background[] = {
  { has_removing, remove_step },
  { annals_note_index_is_behind, annals_note_index_step },
  { has_pending, index_step },
  { annals_same_text_is_behind, annals_same_text_step },
};

/* One step of the first that has anything to do, in a transaction of its own; FALSE when there is nothing
 * left to do or it failed. */
static gboolean
background_step (AnnalsNotebook  *self,
                 AnnalsDb        *db,
                 GError         **error)
{
  News *news;
  gboolean more = FALSE;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (background); i++)
    {
      if (!background[i].has_more (db, &more, error))
        return FALSE;
      if (more)
        break;
    }
  if (i == G_N_ELEMENTS (background))
    return FALSE;

  db->now = g_get_real_time ();
  if (!annals_db_exec (db, "BEGIN IMMEDIATE", error) ||
      !background[i].step (db, &more, error) ||
      !annals_db_exec (db, "COMMIT", error))
    return roll_back (db);

  news = g_new0 (News, 1);
  tell_history (db, news);
  tell_pending (db, news);
  annals_notebook_announce (self, news);

  return more || i + 1 < G_N_ELEMENTS (background);
}

static gboolean
run_background (AnnalsNotebook  *self,
                AnnalsDb        *db,
                Job             *job,
                GError         **error)
{
  GAsyncQueue *waiting = g_steal_pointer (&db->waiting);   /* somebody waits for this very job */
  g_autoptr(GError) failure = NULL;

  while (background_step (self, db, &failure))
    if (g_cancellable_set_error_if_cancelled (job->cancellable, &failure))
      break;

  db->waiting = waiting;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

/* SQLite counts on each connection the commits of the others, and only this one writes for this program. */
static void
look_around (AnnalsNotebook *self,
             AnnalsDb       *db)
{
  gboolean gone = !annals_db_check_place (db, NULL);
  gint64 version = db->data_version;
  News *news;

  if (!annals_db_query_int64 (db, "PRAGMA data_version", 0, 0, &version, NULL) ||
      (version == db->data_version && gone == db->gone))
    return;

  news = g_new0 (News, 1);
  if (version != db->data_version)
    {
      news->changes = annals_changes_new ();
      for (guint i = 0; i < ANNALS_N_RECORDS; i++)
        annals_changes_add_all (news->changes, i);
      annals_shared_columns_follow (db->columns, db, news->changes);
    }
  db->data_version = version;
  db->gone = gone;
  tell_history (db, news);
  tell_pending (db, news);
  annals_notebook_announce (self, news);
}

static gboolean
run_job (AnnalsNotebook  *self,
         AnnalsDb        *db,
         Job             *job,
         GError         **error)
{
  gboolean ok = FALSE;

  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;

  db->cancellable = job->cancellable;
  if (job->kind == JOB_READ)
    ok = run_read (db, job, error);
  else if (job->kind == JOB_INDEX)
    ok = run_background (self, db, job, error);
  else if (job->kind == JOB_ALONE)
    {
      ok = job->func (db, job->data, job->cancellable, error);
      look_around (self, db);
    }
  else
    ok = run_write (self, db, job, error);
  db->cancellable = NULL;

  return ok;
}

gpointer
annals_notebook_reader_thread (gpointer user_data)
{
  g_autoptr(AnnalsDb) db = ((gpointer *) user_data)[1];
  AnnalsNotebook *self = ((gpointer *) user_data)[0];
  GAsyncQueue *queue = ((gpointer *) user_data)[2];

  g_free (user_data);
  annals_db_adopt (db);

  while (TRUE)
    {
      Job *job = g_async_queue_pop (queue);
      GError *error = NULL;
      gboolean stop = job->kind == JOB_STOP;

      if (!stop)
        run_job (self, db, job, &error);
      annals_job_end (job, error);
      if (stop)
        return NULL;
    }
}

/* Work that waits goes first; without any, what is derived catches up. It does not creep in between the
 * batches of an import: its posts do not show yet, and indexing them in so small steps takes longer than
 * the import itself. */
static Job *
next_write (AnnalsNotebook *self,
            AnnalsDb       *db,
            gboolean       *indexing)
{
  while (*indexing)
    {
      Job *job = g_async_queue_try_pop (self->writes);

      if (job != NULL)
        return job;
      if (annals_import_runs_here (db))
        break;

      /* A failure (a full disk) leaves the index behind, which search says; the next write tries
       * again. */
      *indexing = background_step (self, db, NULL);
    }

  for (;;)
    {
      Job *job = g_async_queue_timeout_pop (self->writes, LOOK_AROUND);

      if (job != NULL)
        return job;
      look_around (self, db);
    }
}

gpointer
annals_notebook_writer_thread (gpointer user_data)
{
  AnnalsNotebook *self = user_data;
  g_autoptr(AnnalsDb) db = g_steal_pointer (&self->writer_db);
  gboolean indexing = TRUE;

  annals_db_adopt (db);
  db->waiting = self->writes;
  annals_db_query_int64 (db, "PRAGMA data_version", 0, 0, &db->data_version, NULL);

  while (TRUE)
    {
      Job *job = next_write (self, db, &indexing);
      GError *error = NULL;
      gboolean stop = job->kind == JOB_STOP;

      if (stop)
        annals_notebook_file_fold (db);
      else
        run_job (self, db, job, &error);
      indexing = TRUE;
      annals_job_end (job, error);
      if (stop)
        return NULL;
    }
}
