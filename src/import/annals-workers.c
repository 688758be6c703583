/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-workers.h"

/* So much for each thread, that none waits for the one that asks. */
#define WORK_PER_THREAD 16

/* Waking a thread costs as much as a small piece of work: who sleeps is called when so much waits, or when the one
 * that asks has to work itself. */
#define WORTH_WAKING 4

typedef enum
{
  WORK_WAITS,
  WORK_RUNS,
  WORK_DONE,
} WorkState;

struct _AnnalsWorkers
{
  GMutex     lock;
  GCond      called;     /* there is work, or there will be no more */
  GCond      done;       /* some was done, and somebody waits for that */
  GQueue     waiting;    /* of AnnalsWork that nobody has begun */
  GPtrArray *threads;
  guint      n_threads;  /* at most */
  guint      n_idle;
  guint      n_askers;   /* that wait for what others do */
  gboolean   closing;
};

struct _AnnalsWork
{
  AnnalsWorkers  *workers;   /* (nullable) */
  AnnalsWorkFunc  func;
  gpointer        data;
  WorkState       state;     /* under the workers' lock */
};

/* Does a piece that was taken from those that wait. Under the lock, but while it works. */
static void
do_work (AnnalsWorkers *self,
         AnnalsWork    *work)
{
  work->state = WORK_RUNS;
  g_mutex_unlock (&self->lock);
  work->func (work->data);
  g_mutex_lock (&self->lock);
  work->state = WORK_DONE;
  if (self->n_askers > 0)
    g_cond_broadcast (&self->done);
}

static gpointer
work_thread (gpointer data)
{
  AnnalsWorkers *self = data;

  g_mutex_lock (&self->lock);
  while (!self->closing)
    {
      AnnalsWork *work = g_queue_pop_head (&self->waiting);

      if (work != NULL)
        {
          do_work (self, work);
          continue;
        }

      self->n_idle++;
      g_cond_wait (&self->called, &self->lock);
      self->n_idle--;
    }
  g_mutex_unlock (&self->lock);

  return NULL;
}

/* One thread more for what waits. Under the lock. */
static void
call_thread (AnnalsWorkers *self)
{
  if (self->n_idle > 0)
    g_cond_signal (&self->called);
  else if (self->threads->len < self->n_threads)
    g_ptr_array_add (self->threads, g_thread_new ("annals-draft", work_thread, self));
}

AnnalsWorkers *
annals_workers_new (guint n_threads)
{
  AnnalsWorkers *self = g_new0 (AnnalsWorkers, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->called);
  g_cond_init (&self->done);
  g_queue_init (&self->waiting);
  self->threads = g_ptr_array_new ();
  self->n_threads = n_threads;

  return self;
}

void
annals_workers_free (AnnalsWorkers *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  g_assert (g_queue_is_empty (&self->waiting));
  self->closing = TRUE;
  g_cond_broadcast (&self->called);
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));

  g_ptr_array_unref (self->threads);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->called);
  g_cond_clear (&self->done);
  g_free (self);
}

guint
annals_workers_get_room (AnnalsWorkers *self)
{
  return self != NULL && self->n_threads > 0 ? (self->n_threads + 1) * WORK_PER_THREAD : 1;
}

AnnalsWork *
annals_workers_begin (AnnalsWorkers  *self,
                      AnnalsWorkFunc  func,
                      gpointer        data)
{
  AnnalsWork *work = g_new0 (AnnalsWork, 1);

  g_return_val_if_fail (func != NULL, NULL);

  work->func = func;
  work->data = data;
  if (self == NULL || self->n_threads == 0)
    return work;

  work->workers = self;
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->waiting, work);
  if (self->waiting.length >= WORTH_WAKING)
    call_thread (self);
  g_mutex_unlock (&self->lock);

  return work;
}

static void
wait_for_others (AnnalsWorkers *self)
{
  self->n_askers++;
  g_cond_wait (&self->done, &self->lock);
  self->n_askers--;
}

void
annals_work_finish (AnnalsWork *work)
{
  AnnalsWorkers *workers;

  g_return_if_fail (work != NULL);

  if ((workers = work->workers) == NULL)
    {
      work->func (work->data);
      g_free (work);
      return;
    }

  /* While another thread is at it, the next piece is done here. */
  g_mutex_lock (&workers->lock);
  while (work->state != WORK_DONE)
    {
      AnnalsWork *next = NULL;

      if (work->state == WORK_RUNS)
        next = g_queue_pop_head (&workers->waiting);
      else if (g_queue_remove (&workers->waiting, work))
        next = work;

      if (next == NULL)
        {
          wait_for_others (workers);
          continue;
        }

      if (!g_queue_is_empty (&workers->waiting))
        call_thread (workers);
      do_work (workers, next);
    }
  g_mutex_unlock (&workers->lock);
  g_free (work);
}

void
annals_work_drop (AnnalsWork *work)
{
  AnnalsWorkers *workers;

  g_return_if_fail (work != NULL);

  if ((workers = work->workers) != NULL)
    {
      g_mutex_lock (&workers->lock);
      if (work->state != WORK_WAITS || !g_queue_remove (&workers->waiting, work))
        while (work->state != WORK_DONE)
          wait_for_others (workers);
      g_mutex_unlock (&workers->lock);
    }
  g_free (work);
}
