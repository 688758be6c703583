/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsWorkers:
 *
 * Threads that do work ahead for one other, which asks for the results in the order it needs them. They are begun
 * when there is work for them.
 */
typedef struct _AnnalsWorkers AnnalsWorkers;

/**
 * AnnalsWork:
 *
 * Something to be done. It belongs to the thread that began it and is ended by annals_work_finish() or
 * annals_work_drop(), before its workers are freed.
 */
typedef struct _AnnalsWork AnnalsWork;

typedef void (*AnnalsWorkFunc) (gpointer data);

/* @n_threads: besides the one that asks; 0: that one does all by itself. */
AnnalsWorkers *annals_workers_new      (guint n_threads);
void           annals_workers_free     (AnnalsWorkers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWorkers, annals_workers_free)

/* How much work is worth beginning before the first of it is asked for; @self NULL: 1. */
guint          annals_workers_get_room (AnnalsWorkers *self);
/* Has @func called with @data, on any thread; @self NULL: by annals_work_finish(). */
AnnalsWork    *annals_workers_begin    (AnnalsWorkers  *self,
                                        AnnalsWorkFunc  func,
                                        gpointer        data);
/* Returns when it is done; does it here when nobody has begun it. Frees @work. */
void           annals_work_finish      (AnnalsWork     *work);
/* Nobody begins it any more; returns when nobody is at it. Frees @work. */
void           annals_work_drop        (AnnalsWork     *work);

G_END_DECLS
