/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "frames.h"

#include "measure.h"

static GdkFrameClock *watched;
static BenchFrame start;
static BenchFrame last;
static gboolean has_frame;
static void (*frame_func) (const BenchFrame *frame);

static void
before_paint_cb (GdkFrameClock *clock)
{
  if (clock == watched)
    start = (BenchFrame) { bench_now (), bench_spent () };
}

static void
after_paint_cb (GdkFrameClock *clock)
{
  if (clock != watched)
    return;

  last = (BenchFrame) { bench_now () - start.time, bench_spent () - start.spent };
  has_frame = TRUE;
  if (frame_func != NULL)
    frame_func (&last);
  g_main_context_wakeup (NULL);
}

GtkWidget *
bench_show (GtkWidget *child,
            int        width,
            int        height)
{
  GtkWidget *window = gtk_window_new ();
  GdkFrameClock *clock;

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  bench_watch (window);

  return window;
}

void
bench_watch (GtkWidget *widget)
{
  watched = gtk_widget_get_frame_clock (widget);
}

void
bench_set_frame_func (void (*func) (const BenchFrame *frame))
{
  frame_func = func;
}

gboolean
bench_has_frame (void)
{
  return has_frame;
}

void
bench_forget_frame (void)
{
  has_frame = FALSE;
}

const BenchFrame *
bench_wait_for_frame (GtkWidget *widget)
{
  bench_watch (widget);
  gtk_widget_queue_draw (widget);
  has_frame = FALSE;
  while (!has_frame)
    g_main_context_iteration (NULL, TRUE);

  return &last;
}

GtkWidget *
bench_find_widget (GtkWidget *widget,
                   GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = bench_find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}
