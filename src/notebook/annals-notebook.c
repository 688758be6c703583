/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-private.h"

#include <glib/gi18n-lib.h>

#include "annals-columns-private.h"
#include "annals-history-private.h"
#include "annals-index-private.h"
#include "annals-note-index-private.h"
#include "annals-notebook-file-private.h"

typedef enum
{
  PROP_TITLE = 1,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_INDEX_PENDING,
  PROP_NOTES_PENDING,
  PROP_GONE,
} AnnalsNotebookProp;

static GParamSpec *properties[PROP_GONE + 1];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (AnnalsNotebook, annals_notebook, G_TYPE_OBJECT)

/* --- announcements, from the writer's thread to the context --- */

static void
news_free (News *self)
{
  g_weak_ref_clear (&self->notebook);
  g_clear_pointer (&self->changes, annals_changes_unref);
  g_free (self->uid);
  g_free (self->title);
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
  gboolean closed;

  g_mutex_lock (&self->lock);
  closed = self->closed;
  g_mutex_unlock (&self->lock);

  return closed;
}

static gboolean
announce_cb (gpointer user_data)
{
  News *news = user_data;
  g_autoptr(AnnalsNotebook) self = g_weak_ref_get (&news->notebook);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  if (news->uid != NULL && news->title != NULL)
    {
      g_free (self->uid);
      self->uid = g_steal_pointer (&news->uid);
      take_label (self, &self->title, &news->title, PROP_TITLE);
    }

  if (news->has_labels)
    {
      self->undo_step = news->undo_step;
      take_label (self, &self->undo_label, &news->undo_label, PROP_UNDO_LABEL);
      take_label (self, &self->redo_label, &news->redo_label, PROP_REDO_LABEL);
    }

  if (self->index_pending != news->index_pending)
    {
      self->index_pending = news->index_pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INDEX_PENDING]);
    }

  if (self->notes_pending != news->notes_pending)
    {
      self->notes_pending = news->notes_pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTES_PENDING]);
    }

  if (self->gone != news->gone)
    {
      self->gone = news->gone;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GONE]);
    }

  /* Who hears of a change looks at the notebook, which a closed one no longer answers. */
  if (news->changes != NULL && !is_closed (self))
    g_signal_emit (self, changed_signal, 0, news->changes);

  return G_SOURCE_REMOVE;
}

void
annals_notebook_announce (AnnalsNotebook *self,
                          News           *news)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_weak_ref_init (&news->notebook, self);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, announce_cb, news, (GDestroyNotify) news_free);
  g_source_attach (source, self->context);
}

/**
 * annals_notebook_refresh:
 * @self: a notebook
 *
 * Says that all of it changed, so that all who show it read it again: how it is to be shown is what
 * changed. On the notebook's context.
 */
void
annals_notebook_refresh (AnnalsNotebook *self)
{
  g_autoptr(AnnalsChanges) changes = NULL;

  g_return_if_fail (ANNALS_IS_NOTEBOOK (self));

  if (is_closed (self))
    return;

  changes = annals_changes_new ();
  for (guint i = 0; i < ANNALS_N_RECORDS; i++)
    annals_changes_add_all (changes, i);
  g_signal_emit (self, changed_signal, 0, changes);
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
  g_async_queue_unref (self->long_reads);
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

    case PROP_NOTES_PENDING:
      g_value_set_uint (value, self->notes_pending);
      break;

    case PROP_GONE:
      g_value_set_boolean (value, self->gone);
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
  properties[PROP_NOTES_PENDING] =
    g_param_spec_uint ("notes-pending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GONE] =
    g_param_spec_boolean ("gone", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  self->long_reads = g_async_queue_new ();
  self->author = g_strdup ("");
  g_mutex_init (&self->lock);
}

/* Everything but the threads, on any thread. */
static AnnalsNotebook *
load (const char    *path,
      gboolean       create,
      const char    *title,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(AnnalsNotebook) self = g_object_new (ANNALS_TYPE_NOTEBOOK, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self->path = g_canonicalize_filename (path, NULL);
  self->writer_db = create ? annals_notebook_file_create (self->path, title, error)
                           : annals_notebook_file_open (self->path, cancellable, error);
  if (self->writer_db == NULL)
    return NULL;

  self->writer_db->columns = annals_shared_columns_new ();
  for (guint i = 0; i < N_READERS; i++)
    {
      if (!(self->reader_dbs[i] = annals_db_open_cancellable (self->path, FALSE, cancellable, error)))
        return NULL;

      self->reader_dbs[i]->cancellable = NULL;
      self->reader_dbs[i]->columns = annals_shared_columns_ref (self->writer_db->columns);
    }

  self->writer_db->cancellable = cancellable;
  if (!annals_notebook_file_has_log (self->writer_db, &self->has_log, error) ||
      !(self->uid = annals_db_get_meta (self->writer_db, "uid", error)) ||
      !(self->title = annals_db_get_meta (self->writer_db, "title", error)) ||
      !annals_history_labels (self->writer_db, &self->undo_label, &self->redo_label, &self->undo_step, error) ||
      !annals_index_count_pending (self->writer_db, &self->index_pending, error) ||
      !annals_note_index_count_pending (self->writer_db, &self->notes_pending, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                     _("“%s”: the notebook has lost its name or its identity"), self->path);
      return NULL;
    }

  self->writer_db->cancellable = NULL;
  return g_steal_pointer (&self);
}

static gboolean
is_long (guint reader)
{
  return reader >= N_READERS - N_LONG_READERS;
}

static void
start (AnnalsNotebook *self)
{
  for (guint i = 0; i < N_READERS; i++)
    {
      gpointer *arguments = g_new (gpointer, 3);

      arguments[0] = self;
      arguments[1] = g_steal_pointer (&self->reader_dbs[i]);
      arguments[2] = is_long (i) ? self->long_reads : self->reads;
      self->readers[i] = g_thread_new ("annals-reader", annals_notebook_reader_thread, arguments);
    }

  self->writer = g_thread_new ("annals-writer", annals_notebook_writer_thread, self);
}

AnnalsNotebook *
annals_notebook_create (const char  *path,
                        const char  *title,
                        GError     **error)
{
  AnnalsNotebook *self;

  g_return_val_if_fail (path != NULL, NULL);

  if ((self = load (path, TRUE, title, NULL, error)) != NULL)
    start (self);

  return self;
}

AnnalsNotebook *
annals_notebook_open (const char  *path,
                      GError     **error)
{
  AnnalsNotebook *self;

  g_return_val_if_fail (path != NULL, NULL);

  if ((self = load (path, FALSE, NULL, NULL, error)) != NULL)
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
  AnnalsNotebook *self = load (opening->path, opening->create, opening->title, cancellable, &error);

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
  /* What was opened all the same is to be closed as any other. */
  g_task_set_check_cancellable (task, FALSE);
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
      Job *job = annals_job_new (self, JOB_STOP);

      job->reader = TRUE;
      job->is_long = is_long (i);
      annals_job_run_and_wait (self, job, NULL, NULL, NULL);
    }
  for (guint i = 0; i < N_READERS; i++)
    g_clear_pointer (&self->readers[i], g_thread_join);

  ok = annals_job_run_and_wait (self, annals_job_new (self, JOB_STOP), NULL, NULL, error);
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

gboolean
annals_notebook_has_log (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return self->has_log;
}

gboolean
annals_notebook_is_gone (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), FALSE);

  return self->gone;
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

gint64
annals_notebook_get_undo_step (AnnalsNotebook *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), 0);

  return self->undo_step;
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
