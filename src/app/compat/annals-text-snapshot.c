/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-snapshot.h"

static gboolean
thaw_cb (gpointer adjustment)
{
  g_object_thaw_notify (adjustment);

  return G_SOURCE_REMOVE;
}

void
annals_text_snapshot (GtkWidget          *widget,
                      GtkSnapshot        *snapshot,
                      GtkAdjustment      *adjustment,
                      AnnalsSnapshotFunc  func)
{
  double upper;

  if (adjustment == NULL)
    {
      func (widget, snapshot);
      return;
    }

  upper = gtk_adjustment_get_upper (adjustment);
  g_object_freeze_notify (G_OBJECT (adjustment));
  func (widget, snapshot);
  if (gtk_adjustment_get_upper (adjustment) == upper)
    g_object_thaw_notify (G_OBJECT (adjustment));
  else
    g_idle_add_full (GTK_PRIORITY_RESIZE, thaw_cb, g_object_ref (adjustment), g_object_unref);
}

/* Whether a scrollbar has something to drag. */
static gboolean
is_longer (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment) >
         gtk_adjustment_get_page_size (adjustment);
}

void
annals_text_allocate (GtkWidget          *widget,
                      int                 width,
                      int                 height,
                      int                 baseline,
                      GtkAdjustment      *adjustment,
                      AnnalsAllocateFunc  func)
{
  gboolean longer;

  if (adjustment == NULL)
    {
      func (widget, width, height, baseline);
      return;
    }

  longer = is_longer (adjustment);
  g_object_freeze_notify (G_OBJECT (adjustment));
  func (widget, width, height, baseline);
  if (is_longer (adjustment) == longer)
    g_object_thaw_notify (G_OBJECT (adjustment));
  else
    g_idle_add_full (GTK_PRIORITY_RESIZE, thaw_cb, g_object_ref (adjustment), g_object_unref);
}
