/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-drag-origin.h"
#include "annals-memo-text-private.h"

/* Before GtkTextView takes the words alone; those of the memo itself, and of other programs, are for it. */
static gboolean
accept_cb (GtkDropTarget *target,
           GdkDrop       *drop,
           gpointer       user_data)
{
  AnnalsMemoText *self = user_data;
  gint64 post_id;
  guint start, end;
  const char *colour;

  return self->desk != NULL && annals_drag_get_passage (GTK_WIDGET (self), drop, &post_id, &start, &end, &colour);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  AnnalsMemoText *self = user_data;
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GtkTextIter first, at, last;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 post_id;
  guint start, end;
  const char *colour;
  int buffer_x, buffer_y;

  if (!annals_drag_get_passage (GTK_WIDGET (self), drop, &post_id, &start, &end, &colour))
    return FALSE;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);
  gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &at, buffer_x, buffer_y);
  gtk_text_buffer_get_bounds (self->buffer, &first, &last);
  before = annals_memo_chips_dup (self, &first, &at);
  after = annals_memo_chips_dup (self, &at, &last);
  g_signal_emit_by_name (self, "passage-dropped", post_id, start, end, colour, before, after);

  return TRUE;
}

void
annals_memo_passages_init (AnnalsMemoText *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_TEXT_BUFFER, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
