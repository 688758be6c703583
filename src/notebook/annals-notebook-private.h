/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-history.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

/* The last of the readers are for what takes long, so that nothing the window asks waits for it. */
#define N_READERS 4
#define N_LONG_READERS 2

typedef enum
{
  JOB_READ,
  JOB_CHANGE,
  JOB_BULK,
  JOB_UNDO,
  JOB_REDO,
  JOB_UNDO_ONLY,
  JOB_GO_TO,
  JOB_INDEX,
  JOB_ALONE,
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
  gboolean        is_long;   /* JOB_READ, and JOB_STOP of a reader: which queue */
  GTask          *task;      /* an asynchronous job's; NULL: somebody waits below */
  char           *done_label;
  gint64          step;      /* JOB_UNDO_ONLY and JOB_GO_TO: the step of the history */
  AnnalsHistoryWalk walk;    /* JOB_GO_TO's answer */
  AnnalsHistoryWalk *walk_answer; /* (nullable): where somebody waits for it */
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
  GAsyncQueue  *long_reads;

  /* handed from open to the threads, which own them from then on */
  AnnalsDb     *writer_db;
  AnnalsDb     *reader_dbs[N_READERS];

  GMutex        lock;       /* of the two below */
  char         *author;
  gboolean      closed;     /* nothing is queued any more */

  /* as last announced in the context */
  char         *undo_label;
  char         *redo_label;
  gint64        undo_step;
  guint         index_pending;
  guint         notes_pending;
  gboolean      gone;
  gboolean      has_log;    /* since it was opened */
};

/* What the writer's thread has to tell the notebook's context. */
typedef struct
{
  GWeakRef       notebook;
  AnnalsChanges *changes;    /* (nullable) */
  char          *uid;        /* (nullable): the notebook's from now on */
  char          *title;      /* (nullable) */
  gboolean       has_labels;
  char          *undo_label;
  char          *redo_label;
  gint64         undo_step;
  guint          index_pending;
  guint          notes_pending;
  gboolean       gone;
} News;

/* annals-notebook.c: takes @news to the context and says it there; on the writer's thread. */
void      annals_notebook_announce      (AnnalsNotebook  *self,
                                         News            *news);

/* annals-notebook-threads.c. @user_data: the notebook, the connection and the queue, an array of three that is the
 * thread's own */
gpointer  annals_notebook_reader_thread (gpointer         user_data);
/* @user_data: the notebook */
gpointer  annals_notebook_writer_thread (gpointer         user_data);

/* annals-notebook-jobs.c */
Job      *annals_job_new                (AnnalsNotebook  *notebook,
                                         JobKind          kind);
void      annals_job_free               (Job             *self);
/* Answers who asked. @error (transfer full, nullable); the job is theirs again. */
void      annals_job_end                (Job             *self,
                                         GError          *error);
/* Queues the job, waits until it has ended and frees it. @label (out, optional, nullable) */
gboolean  annals_job_run_and_wait       (AnnalsNotebook  *self,
                                         Job             *job,
                                         GCancellable    *cancellable,
                                         char           **label,
                                         GError         **error);
/* Runs @func on the writer's thread outside of any transaction, while nothing else of this program writes; what it
 * did through connections of its own is then announced as another program's change. */
gboolean  annals_notebook_alone         (AnnalsNotebook  *self,
                                         AnnalsDbFunc     func,
                                         gpointer         data,
                                         GCancellable    *cancellable,
                                         GError         **error);

G_END_DECLS
