/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-snapshot.h"

/* Whether a scrollbar hears of a change meanwhile: also of one to the same values. */
typedef struct
{
  GtkAdjustment *adjustment;
  gulong         handlers[2];
  gboolean       heard;
} Listener;

static void
heard_cb (GtkAdjustment *adjustment,
          gpointer       user_data)
{
  ((Listener *) user_data)->heard = TRUE;
}

static void
listener_begin (Listener      *self,
                GtkAdjustment *adjustment)
{
  self->adjustment = g_object_ref (adjustment);
  self->heard = FALSE;
  self->handlers[0] = g_signal_connect (adjustment, "changed", G_CALLBACK (heard_cb), self);
  self->handlers[1] = g_signal_connect (adjustment, "value-changed", G_CALLBACK (heard_cb), self);
}

/* A scrollbar that heard of a change after it had its turn is given its place again, else it would be drawn
 * without one. */
static void
listener_end (Listener  *self,
              GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *scrollbar = scroller != NULL ? gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  GtkAllocation place;

  for (guint i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_signal_handler_disconnect (self->adjustment, self->handlers[i]);
  g_object_unref (self->adjustment);

  if (!self->heard || scrollbar == NULL || !gtk_widget_get_child_visible (scrollbar) ||
      gtk_widget_get_width (scrollbar) == 0)
    return;

  gtk_widget_get_allocation (scrollbar, &place);
  gtk_widget_queue_allocate (scrollbar);
  gtk_widget_size_allocate (scrollbar, &place, -1);
}

void
annals_text_snapshot (GtkWidget          *widget,
                      GtkSnapshot        *snapshot,
                      GtkAdjustment      *adjustment,
                      AnnalsSnapshotFunc  func)
{
  Listener listener;

  if (adjustment == NULL)
    {
      func (widget, snapshot);
      return;
    }

  listener_begin (&listener, adjustment);
  func (widget, snapshot);
  listener_end (&listener, widget);
}

void
annals_text_allocate (GtkWidget          *widget,
                      int                 width,
                      int                 height,
                      int                 baseline,
                      GtkAdjustment      *adjustment,
                      AnnalsAllocateFunc  func)
{
  Listener listener;

  if (adjustment == NULL)
    {
      func (widget, width, height, baseline);
      return;
    }

  listener_begin (&listener, adjustment);
  func (widget, width, height, baseline);
  listener_end (&listener, widget);
}
