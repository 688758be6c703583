/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-workers.h"

/* So much for each thread, that none waits for the one that asks. */
#define WORK_PER_THREAD 4

typedef enum
{
  WORK_WAITS,
  WORK_RUNS,
  WORK_DONE,
} WorkState;

struct _AnnalsWorkers
{
  GMutex     lock;
  GCond      changed;    /* there is work, or some was done, or there will be no more */
  GQueue     waiting;    /* of AnnalsWork that nobody has begun */
  GPtrArray *threads;
  guint      n_threads;  /* at most */
  guint      n_idle;
  gboolean   closing;
};

struct _AnnalsWork
{
  AnnalsWorkers  *workers;   /* (nullable) */
  AnnalsWorkFunc  func;
  gpointer        data;
  WorkState       state;     /* under the workers' lock */
};

static gpointer
work_thread (gpointer data)
{
  AnnalsWorkers *self = data;

  g_mutex_lock (&self->lock);
  while (!self->closing)
    {
      AnnalsWork *work = g_queue_pop_head (&self->waiting);

      if (work == NULL)
        {
          self->n_idle++;
          g_cond_wait (&self->changed, &self->lock);
          self->n_idle--;
          continue;
        }

      work->state = WORK_RUNS;
      g_mutex_unlock (&self->lock);
      work->func (work->data);
      g_mutex_lock (&self->lock);
      work->state = WORK_DONE;
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->lock);

  return NULL;
}

AnnalsWorkers *
annals_workers_new (guint n_threads)
{
  AnnalsWorkers *self = g_new0 (AnnalsWorkers, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
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
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));

  g_ptr_array_unref (self->threads);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
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
  if (self->n_idle > 0)
    g_cond_broadcast (&self->changed);
  else if (self->threads->len < self->n_threads)
    g_ptr_array_add (self->threads, g_thread_new ("annals-draft", work_thread, self));
  g_mutex_unlock (&self->lock);

  return work;
}

/* Returns whether it was not begun, and is not going to be. */
static gboolean
take_back (AnnalsWork *work)
{
  AnnalsWorkers *workers = work->workers;
  gboolean taken;

  if (workers == NULL)
    return TRUE;

  g_mutex_lock (&workers->lock);
  taken = work->state == WORK_WAITS && g_queue_remove (&workers->waiting, work);
  while (!taken && work->state != WORK_DONE)
    g_cond_wait (&workers->changed, &workers->lock);
  g_mutex_unlock (&workers->lock);

  return taken;
}

void
annals_work_finish (AnnalsWork *work)
{
  g_return_if_fail (work != NULL);

  if (take_back (work))
    work->func (work->data);
  g_free (work);
}

void
annals_work_drop (AnnalsWork *work)
{
  g_return_if_fail (work != NULL);

  take_back (work);
  g_free (work);
}
