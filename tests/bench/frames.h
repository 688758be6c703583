/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One frame of a window, from its beginning to its end with all that is done in it. */
typedef struct
{
  double time;    /* milliseconds */
  double spent;   /* of them the processor's, for this thread */
} BenchFrame;

/* A window with @child, once it is there. Its frames are the ones that count from now on. */
GtkWidget        *bench_show           (GtkWidget *child,
                                        int        width,
                                        int        height);
/* The frames of the window that @widget is in count: each window has frames of its own. */
void              bench_watch          (GtkWidget *widget);
/* What is told of every frame that counts; NULL: nothing. */
void              bench_set_frame_func (void     (*func) (const BenchFrame *frame));
/* Whether there was a frame since bench_forget_frame(). */
gboolean          bench_has_frame      (void);
void              bench_forget_frame   (void);
/* Draws @widget anew. Returns: the frame */
const BenchFrame *bench_wait_for_frame (GtkWidget *widget);
/* @widget or the first below it of that type. (nullable) */
GtkWidget        *bench_find_widget    (GtkWidget *widget,
                                        GType      type);

G_END_DECLS
