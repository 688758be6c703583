/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook.h"

#include <glib/gi18n-lib.h>

#include "annals-history-private.h"
#include "annals-imports-private.h"
#include "annals-index-private.h"
#include "annals-notebook-file-private.h"

#define N_READERS 2
/* posts a step of the background index takes at most before it commits */
#define INDEX_STEP 10000

typedef enum
{
  JOB_READ,
  JOB_CHANGE,
  JOB_BULK,
  JOB_UNDO,
  JOB_REDO,
  JOB_INDEX,
  JOB_STOP,
} JobKind;

typedef struct
{
  JobKind         kind;
  AnnalsNotebook *notebook;
  char           *label;
  AnnalsDbFunc    func;
  gpointer        data;
  GDestroyNotify  destroy;
  GCancellable   *cancellable;
  gboolean        reader;    /* JOB_STOP: which queue */
  GTask          *task;      /* an asynchronous job's; NULL: somebody waits below */
  char           *done_label;
  GError         *error;
  GMutex          lock;
  GCond           ended;
  gboolean        has_ended;
} Job;

struct _AnnalsNotebook
{
  GObject       parent_instance;

  char         *path;
  char         *uid;
  char         *title;
  GMainContext *context;

  GThread      *writer;
  GThread      *readers[N_READERS];
  GAsyncQueue  *writes;
  GAsyncQueue  *reads;

  /* handed from open to the threads, which own them from then on */
  AnnalsDb     *writer_db;
  AnnalsDb     *reader_dbs[N_READERS];

  GMutex        lock;       /* of the two below */
  char         *author;
  gboolean      closed;     /* nothing is queued any more */

  /* as last announced in the context */
  char         *undo_label;
  char         *redo_label;
  guint         index_pending;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_INDEX_PENDING,
} AnnalsNotebookProp;

static GParamSpec *properties[PROP_INDEX_PENDING + 1];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (AnnalsNotebook, annals_notebook, G_TYPE_OBJECT)

static void
job_free (Job *self)
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

static Job *
job_new (AnnalsNotebook *notebook,
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

static void
job_end (Job    *self,
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

/* --- announcements, from the writer's thread to the context --- */

typedef struct
{
  GWeakRef       notebook;
  AnnalsChanges *changes;    /* (nullable) */
  gboolean       has_labels;
  char          *undo_label;
  char          *redo_label;
  guint          index_pending;
} News;

static void
news_free (News *self)
{
  g_weak_ref_clear (&self->notebook);
  g_clear_pointer (&self->changes, annals_changes_unref);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self);
}

static void
take_label (AnnalsNotebook      *self,
            char               **field,
            char               **label,
            AnnalsNotebookProp   prop)
{
  g_autofree char *old = g_steal_pointer (field);

  *field = g_steal_pointer (label);
  if (g_strcmp0 (old, *field) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static gboolean
is_closed (AnnalsNotebook *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->closed;
}

static gboolean
announce_cb (gpointer user_data)
{
  News *news = user_data;
  g_autoptr(AnnalsNotebook) self = g_weak_ref_get (&news->notebook);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  if (news->has_labels)
    {
      take_label (self, &self->undo_label, &news->undo_label, PROP_UNDO_LABEL);
      take_label (self, &self->redo_label, &news->redo_label, PROP_REDO_LABEL);
    }

  if (self->index_pending != news->index_pending)
    {
      self->index_pending = news->index_pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INDEX_PENDING]);
    }

  /* Who hears of a change looks at the notebook, which a closed one no longer answers. */
  if (news->changes != NULL && !is_closed (self))
    g_signal_emit (self, changed_signal, 0, news->changes);

  return G_SOURCE_REMOVE;
}

static void
announce (AnnalsNotebook *self,
          News           *news)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_weak_ref_init (&news->notebook, self);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, announce_cb, news, (GDestroyNotify) news_free);
  g_source_attach (source, self->context);
}

/* --- on the threads --- */

static gboolean
roll_back (AnnalsDb *db)
{
  if (!sqlite3_get_autocommit (db->native))
    annals_db_exec (db, "ROLLBACK", NULL);   /* keep the first error */

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
  if (!sqlite3_get_autocommit (db->native))
    annals_db_exec (db, "COMMIT", NULL);

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

    case JOB_READ:
    case JOB_INDEX:
    case JOB_STOP:
      break;
    }

  g_assert_not_reached ();
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
  db->now = g_get_real_time ();
  g_mutex_lock (&self->lock);
  g_free (db->author);
  db->author = g_strdup (self->author);
  g_mutex_unlock (&self->lock);

  ok = annals_db_check_place (db, error) &&
       annals_db_exec (db, "BEGIN IMMEDIATE", error) &&
       run_step (db, job, changes, error);
  db->door = ANNALS_DOOR_NONE;
  db->cancellable = NULL;   /* what has been done is not thrown away at the last moment */
  ok = ok && annals_db_exec (db, "COMMIT", error);
  if (!ok)
    return roll_back (db);

  if (!db->announce)
    return TRUE;

  news = g_new0 (News, 1);
  news->changes = g_steal_pointer (&changes);
  news->has_labels = annals_history_labels (db, &news->undo_label, &news->redo_label, NULL);
  annals_index_count_pending (db, &news->index_pending, NULL);
  announce (self, news);

  return TRUE;
}

/* One step of the background index; FALSE when there is nothing left to do or it failed. */
static gboolean
index_step (AnnalsNotebook  *self,
            AnnalsDb        *db,
            guint           *pending,
            GError         **error)
{
  News *news;

  *pending = 0;
  if (!annals_index_count_pending (db, pending, error) || *pending == 0)
    return FALSE;

  db->now = g_get_real_time ();
  if (!annals_db_exec (db, "BEGIN IMMEDIATE", error) ||
      !annals_index_step (db, INDEX_STEP, pending, error) ||
      !annals_db_exec (db, "COMMIT", error))
    return roll_back (db);

  news = g_new0 (News, 1);
  news->has_labels = annals_history_labels (db, &news->undo_label, &news->redo_label, NULL);
  news->index_pending = *pending;
  announce (self, news);

  return *pending > 0;
}

static gboolean
run_index (AnnalsNotebook  *self,
           AnnalsDb        *db,
           Job             *job,
           GError         **error)
{
  GAsyncQueue *waiting = g_steal_pointer (&db->waiting);   /* somebody waits for this very job */
  g_autoptr(GError) failure = NULL;
  guint pending;

  while (index_step (self, db, &pending, &failure))
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
    ok = run_index (self, db, job, error);
  else
    ok = run_write (self, db, job, error);
  db->cancellable = NULL;

  return ok;
}

static gpointer
reader_thread (gpointer user_data)
{
  g_autoptr(AnnalsDb) db = ((gpointer *) user_data)[1];
  AnnalsNotebook *self = ((gpointer *) user_data)[0];

  g_free (user_data);
  annals_db_adopt (db);

  while (TRUE)
    {
      Job *job = g_async_queue_pop (self->reads);
      GError *error = NULL;
      gboolean stop = job->kind == JOB_STOP;

      if (!stop)
        run_job (self, db, job, &error);
      job_end (job, error);
      if (stop)
        return NULL;
    }
}

/* Work that waits goes first; without any, the index catches up. It does not creep in between the
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
      guint pending;

      if (job != NULL)
        return job;
      if (annals_import_runs_here (db))
        break;

      /* A failure (a full disk) leaves the index behind, which search says; the next write tries
       * again. */
      *indexing = index_step (self, db, &pending, NULL);
    }

  return g_async_queue_pop (self->writes);
}

static gpointer
writer_thread (gpointer user_data)
{
  AnnalsNotebook *self = user_data;
  g_autoptr(AnnalsDb) db = g_steal_pointer (&self->writer_db);
  gboolean indexing = TRUE;

  annals_db_adopt (db);
  db->waiting = self->writes;

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
      job_end (job, error);
      if (stop)
        return NULL;
    }
}

/* --- the object --- */

static void
annals_notebook_finalize (GObject *object)
{
  AnnalsNotebook *self = ANNALS_NOTEBOOK (object);

  /* Without annals_notebook_close() the threads would work on freed memory. */
  g_assert (self->writer == NULL);

  g_clear_pointer (&self->writer_db, annals_db_free);
  for (guint i = 0; i < N_READERS; i++)
    g_clear_pointer (&self->reader_dbs[i], annals_db_free);
  g_async_queue_unref (self->writes);
  g_async_queue_unref (self->reads);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self->author);
  g_free (self->path);
  g_free (self->uid);
  g_free (self->title);
  g_free (self->undo_label);
  g_free (self->redo_label);

  G_OBJECT_CLASS (annals_notebook_parent_class)->finalize (object);
}

static void
annals_notebook_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AnnalsNotebook *self = ANNALS_NOTEBOOK (object);

  switch ((AnnalsNotebookProp) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;

    case PROP_REDO_LABEL:
      g_value_set_string (value, self->redo_label);
      break;

    case PROP_INDEX_PENDING:
      g_value_set_uint (value, self->index_pending);
      break;
    }
}

static void
annals_notebook_class_init (AnnalsNotebookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = annals_notebook_finalize;
  object_class->get_property = annals_notebook_get_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNDO_LABEL] =
    g_param_spec_string ("undo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REDO_LABEL] =
    g_param_spec_string ("redo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_INDEX_PENDING] =
    g_param_spec_uint ("index-pending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  changed_signal = g_signal_new ("changed", ANNALS_TYPE_NOTEBOOK, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, ANNALS_TYPE_CHANGES);
}

static void
annals_notebook_init (AnnalsNotebook *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->writes = g_async_queue_new ();
  self->reads = g_async_queue_new ();
  self->author = g_strdup ("");
  g_mutex_init (&self->lock);
}

/* Everything but the threads, on any thread. */
static AnnalsNotebook *
load (const char  *path,
      gboolean     create,
      const char  *title,
      GError     **error)
{
  g_autoptr(AnnalsNotebook) self = g_object_new (ANNALS_TYPE_NOTEBOOK, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  self->writer_db = create ? annals_notebook_file_create (self->path, title, error)
                           : annals_notebook_file_open (self->path, error);
  if (self->writer_db == NULL)
    return NULL;

  for (guint i = 0; i < N_READERS; i++)
    if (!(self->reader_dbs[i] = annals_db_open (self->path, FALSE, error)))
      return NULL;

  if (!(self->uid = annals_db_get_meta (self->writer_db, "uid", error)) ||
      !(self->title = annals_db_get_meta (self->writer_db, "title", error)) ||
      !annals_history_labels (self->writer_db, &self->undo_label, &self->redo_label, error) ||
      !annals_index_count_pending (self->writer_db, &self->index_pending, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                     _("“%s”: the notebook has lost its name or its identity"), self->path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static void
start (AnnalsNotebook *self)
{
  for (guint i = 0; i < N_READERS; i++)
    {
      gpointer *arguments = g_new (gpointer, 2);

      arguments[0] = self;
      arguments[1] = g_steal_pointer (&self->reader_dbs[i]);
      self->readers[i] = g_thread_new ("annals-reader", reader_thread, arguments);
    }

  self->writer = g_thread_new ("annals-writer", writer_thread, self);
}

AnnalsNotebook *
annals_notebook_create (const char  *path,
                        const char  *title,
                        GError     **error)
{
  AnnalsNotebook *self;

  g_return_val_if_fail (path != NULL, NULL);

  if ((self = load (path, TRUE, title, error)) != NULL)
    start (self);

  return self;
}

AnnalsNotebook *
annals_notebook_open (const char  *path,
                      GError     **error)
{
  AnnalsNotebook *self;

  g_return_val_if_fail (path != NULL, NULL);

  if ((self = load (path, FALSE, NULL, error)) != NULL)
    start (self);

  return self;
}

typedef struct
{
  char         *path;
  char         *title;
  gboolean      create;
  GMainContext *context;
} Opening;

static void
opening_free (Opening *self)
{
  g_free (self->path);
  g_free (self->title);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError *error = NULL;
  AnnalsNotebook *self = load (opening->path, opening->create, opening->title, &error);

  if (self == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* It lives where it was asked for, not in the thread that loaded it. */
  g_main_context_unref (self->context);
  self->context = g_main_context_ref (opening->context);
  g_task_return_pointer (task, self, g_object_unref);
}

void
annals_notebook_open_async (const char          *path,
                            gboolean             create,
                            const char          *title,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (path != NULL);

  opening = g_new0 (Opening, 1);
  opening->path = g_strdup (path);
  opening->title = g_strdup (title);
  opening->create = create;
  opening->context = g_main_context_ref_thread_default ();

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, annals_notebook_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

AnnalsNotebook *
annals_notebook_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  AnnalsNotebook *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if ((self = g_task_propagate_pointer (G_TASK (result), error)) != NULL)
    start (self);

  return self;
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
    g_async_queue_push (job->kind == JOB_READ || (job->kind == JOB_STOP && job->reader)
                        ? self->reads : self->writes, job);
  g_mutex_unlock (&self->lock);

  if (closed)
    g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED,
                         _("The notebook is closed"));

  return !closed;
}

static gboolean
run_and_wait (AnnalsNotebook  *self,
              Job             *job,
              GCancellable    *cancellable,
              char           **label,
              GError         **error)
{
  gboolean ok;

  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (!enqueue (self, job, error))
    {
      job_free (job);
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
  job_free (job);

  return ok;
}

gboolean
annals_notebook_close (AnnalsNotebook  *self,
                       GError         **error)
{
  gboolean was_closed;
  gboolean ok;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  g_mutex_lock (&self->lock);
  was_closed = self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->lock);

  if (was_closed || self->writer == NULL)
    return TRUE;

  for (guint i = 0; i < N_READERS; i++)
    {
      Job *job = job_new (self, JOB_STOP);

      job->reader = TRUE;
      run_and_wait (self, job, NULL, NULL, NULL);
    }
  for (guint i = 0; i < N_READERS; i++)
    g_clear_pointer (&self->readers[i], g_thread_join);

  ok = run_and_wait (self, job_new (self, JOB_STOP), NULL, NULL, error);
  g_clear_pointer (&self->writer, g_thread_join);

  return ok;
}

static void
close_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;

  if (annals_notebook_close (ANNALS_NOTEBOOK (source), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
annals_notebook_close_async (AnnalsNotebook      *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_notebook_close_async);
  g_task_run_in_thread (task, close_in_thread);
}

gboolean
annals_notebook_close_finish (AnnalsNotebook  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
annals_notebook_get_path (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);

  return self->path;
}

const char *
annals_notebook_get_uid (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);

  return self->uid;
}

const char *
annals_notebook_get_title (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);

  return self->title;
}

const char *
annals_notebook_get_undo_label (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);

  return self->undo_label;
}

const char *
annals_notebook_get_redo_label (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);

  return self->redo_label;
}

void
annals_notebook_set_author (AnnalsNotebook *self,
                            const char     *author)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));
  g_return_if_fail (author != NULL);

  g_mutex_lock (&self->lock);
  g_free (self->author);
  self->author = g_strdup (author);
  g_mutex_unlock (&self->lock);
}

/* --- jobs --- */

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
  g_task_set_task_data (job->task, job, (GDestroyNotify) job_free);

  if (!enqueue (self, job, &error))
    job_end (job, error);
}

static Job *
job_new_for_func (AnnalsNotebook *self,
                  JobKind         kind,
                  const char     *label,
                  AnnalsDbFunc    func,
                  gpointer        data,
                  GDestroyNotify  destroy)
{
  Job *job = job_new (self, kind);

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

  submit (self, job_new_for_func (self, JOB_READ, NULL, func, data, destroy), cancellable,
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

  return run_and_wait (self, job_new_for_func (self, JOB_READ, NULL, func, data, NULL), cancellable,
                       NULL, error);
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

  submit (self, job_new_for_func (self, JOB_CHANGE, label, func, data, destroy), cancellable,
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

  return run_and_wait (self, job_new_for_func (self, JOB_CHANGE, label, func, data, NULL),
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

  return run_and_wait (self, job_new_for_func (self, JOB_BULK, NULL, func, data, NULL), cancellable,
                       NULL, error);
}

gboolean
annals_notebook_undo (AnnalsNotebook  *self,
                      char           **label,
                      GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return run_and_wait (self, job_new (self, JOB_UNDO), NULL, label, error);
}

gboolean
annals_notebook_redo (AnnalsNotebook  *self,
                      char           **label,
                      GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return run_and_wait (self, job_new (self, JOB_REDO), NULL, label, error);
}

void
annals_notebook_undo_async (AnnalsNotebook      *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  submit (self, job_new (self, JOB_UNDO), NULL, annals_notebook_undo_async, callback, user_data);
}

void
annals_notebook_redo_async (AnnalsNotebook      *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  submit (self, job_new (self, JOB_REDO), NULL, annals_notebook_redo_async, callback, user_data);
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

gboolean
annals_notebook_finish_index (AnnalsNotebook  *self,
                              GCancellable    *cancellable,
                              GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return run_and_wait (self, job_new (self, JOB_INDEX), cancellable, NULL, error);
}
