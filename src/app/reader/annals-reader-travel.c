/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

/* The posts that were read in this window, as a browser keeps pages. */

#define MAX_STOPS 200

/* A post and the place in it that was at the top. */
typedef struct
{
  gint64 post_id;
  guint  offset;
} Stop;

static void
update_actions (AnnalsReader *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* A button that can no longer be used would take the keyboard with it. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->bar)))
    gtk_widget_grab_focus (GTK_WIDGET (annals_reader_page_get_passage (self->page)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.back", self->stop > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.forward",
                                 self->stops->len > 0 && self->stop + 1 < self->stops->len);
}

static void
keep_place (AnnalsReader *self)
{
  Stop *stop;

  if (self->stop >= self->stops->len || self->reading == NULL)
    return;

  stop = &g_array_index (self->stops, Stop, self->stop);
  if (stop->post_id == self->reading->post->id)
    stop->offset = annals_reader_page_get_top_offset (self->page);
}

void
annals_reader_leave_stop (AnnalsReader *self)
{
  keep_place (self);
}

/* A new post goes behind the one that is shown; what lay ahead of that is forgotten. */
void
annals_reader_arrive (AnnalsReader *self,
                      gint64        post_id)
{
  Stop stop = { post_id, 0 };

  if (self->stop < self->stops->len &&
      g_array_index (self->stops, Stop, self->stop).post_id == post_id)
    {
      guint offset = g_array_index (self->stops, Stop, self->stop).offset;

      if (self->travelling && offset > 0 && self->goal_id == 0)
        annals_passage_view_scroll_to_top (annals_reader_page_get_passage (self->page), offset);
      self->travelling = FALSE;
      update_actions (self);
      return;
    }

  self->travelling = FALSE;
  if (self->stops->len > 0)
    g_array_set_size (self->stops, self->stop + 1);
  if (self->stops->len >= MAX_STOPS)
    g_array_remove_index (self->stops, 0);
  g_array_append_val (self->stops, stop);
  self->stop = self->stops->len - 1;
  update_actions (self);
}

/* A post that is gone is passed over the next time. */
void
annals_reader_forget_stop (AnnalsReader *self,
                           gint64        post_id)
{
  for (guint i = self->stops->len; i-- > 0;)
    if (g_array_index (self->stops, Stop, i).post_id == post_id)
      {
        g_array_remove_index (self->stops, i);
        if (self->stop >= i && self->stop > 0)
          self->stop--;
      }
  self->travelling = FALSE;
  update_actions (self);
}

void
annals_reader_forget_stops (AnnalsReader *self)
{
  g_array_set_size (self->stops, 0);
  self->stop = 0;
  self->travelling = FALSE;
  update_actions (self);
}

static void
travel (AnnalsReader *self,
        int           step)
{
  guint next = self->stop + (guint) step;

  if (self->desk == NULL || (step < 0 && self->stop == 0) || next >= self->stops->len)
    return;

  keep_place (self);
  self->stop = next;
  self->travelling = TRUE;
  annals_desk_show_post (self->desk, g_array_index (self->stops, Stop, next).post_id, 0);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  travel (ANNALS_READER (widget), -1);
}

static void
forward_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  travel (ANNALS_READER (widget), 1);
}

static void
next_post_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  annals_reader_step_post (ANNALS_READER (widget), 1);
}

static void
previous_post_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  annals_reader_step_post (ANNALS_READER (widget), -1);
}

static void
zoom (GtkWidget *widget,
      int        step)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->settings != NULL)
    annals_reader_look_zoom (self->settings, step);
}

static void
zoom_in_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  zoom (widget, 1);
}

static void
zoom_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  zoom (widget, -1);
}

static void
zoom_normal_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  zoom (widget, 0);
}

void
annals_reader_get_place (AnnalsReader *self,
                         gint64       *post_id,
                         guint        *offset)
{
  g_return_if_fail (ANNALS_IS_READER (self));

  *post_id = self->post_id;
  *offset = 0;
  /* What is not in view has no top; it was kept when it went. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->travelling)
    keep_place (self);
  if (self->stop < self->stops->len && g_array_index (self->stops, Stop, self->stop).post_id == *post_id)
    *offset = g_array_index (self->stops, Stop, self->stop).offset;
}

void
annals_reader_resume (AnnalsReader *self,
                      gint64        post_id,
                      guint         offset)
{
  Stop stop = { post_id, offset };

  g_return_if_fail (ANNALS_IS_READER (self));
  g_return_if_fail (post_id != 0);

  annals_reader_forget_stops (self);
  g_array_append_val (self->stops, stop);
  self->travelling = TRUE;
  annals_reader_show_post (self, post_id, 0);
}

void
annals_reader_init_travel (AnnalsReader *self)
{
  self->stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  g_signal_connect (self, "unmap", G_CALLBACK (keep_place), NULL);
  update_actions (self);
}

void
annals_reader_install_travel_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "reader.forward", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "reader.next-post", NULL, next_post_action);
  gtk_widget_class_install_action (widget_class, "reader.previous-post", NULL, previous_post_action);
  gtk_widget_class_install_action (widget_class, "reader.zoom-in", NULL, zoom_in_action);
  gtk_widget_class_install_action (widget_class, "reader.zoom-out", NULL, zoom_out_action);
  gtk_widget_class_install_action (widget_class, "reader.zoom-normal", NULL, zoom_normal_action);
}
