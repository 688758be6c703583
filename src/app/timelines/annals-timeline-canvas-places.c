/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#define REVEAL_MARGIN 60.0
#define FIT_TIME 250         /* milliseconds */
#define ZOOM_TIME 160

/* --- selection --- */

gint64
annals_timeline_canvas_get_selected (AnnalsTimelineCanvas *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), 0);

  return self->selected;
}

GArray *
annals_timeline_canvas_dup_selection (AnnalsTimelineCanvas *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), ids);

  if (self->selected != 0)
    g_array_append_val (ids, self->selected);

  g_hash_table_iter_init (&iter, self->selection);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (*(gint64 *) key != self->selected)
      g_array_append_val (ids, *(gint64 *) key);

  return ids;
}

gboolean
annals_timeline_canvas_is_selected (AnnalsTimelineCanvas *self,
                                    gint64                event_id)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), FALSE);

  return g_hash_table_contains (self->selection, &event_id);
}

static void
show_selection (AnnalsTimelineCanvas *self)
{
  GHashTableIter iter;
  gpointer key, card;

  annals_timeline_canvas_sync_cards (self);
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &key, &card))
    annals_event_card_set_selected (card, g_hash_table_contains (self->selection, key));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
annals_timeline_canvas_select_all (AnnalsTimelineCanvas *self,
                                   GArray               *event_ids)
{
  gint64 before;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));
  g_return_if_fail (event_ids != NULL);

  before = self->selected;
  g_hash_table_remove_all (self->selection);
  self->selected = 0;
  for (guint i = 0; i < event_ids->len; i++)
    {
      gint64 id = g_array_index (event_ids, gint64, i);

      if (id == 0)
        continue;
      if (self->selected == 0)
        self->selected = id;
      g_hash_table_add (self->selection, g_memdup2 (&id, sizeof id));
    }

  show_selection (self);
  if (self->selected != before || event_ids->len > 1)
    g_signal_emit (self, annals_canvas_signals[CANVAS_SELECTED], 0, self->selected);
}

static void
reveal (AnnalsTimelineCanvas *self,
        gint64                event_id)
{
  int position = annals_layout_find (self->layout, (guint64) event_id);
  const AnnalsPlaced *placed;
  double left, right;
  guint n_placed;

  if (position < 0)
    return;

  placed = &annals_layout_get_placed (self->layout, &n_placed)[position];
  left = placed->card.x + annals_layout_get_offset (self->layout, &self->axis);
  right = left + placed->card.width;
  if (right < REVEAL_MARGIN || left > self->axis.width - REVEAL_MARGIN)
    {
      annals_timeline_canvas_stop (self);
      annals_axis_pan (&self->axis, self->axis.width / 3 - left);
      annals_timeline_canvas_view_changed (self);
    }

  if (self->vadjustment != NULL)
    gtk_adjustment_clamp_page (self->vadjustment, placed->card.y, placed->card.y + placed->card.height);
}

void
annals_timeline_canvas_select (AnnalsTimelineCanvas *self,
                               gint64                event_id)
{
  g_autoptr(GArray) ids = NULL;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (event_id != 0 && self->layout != NULL && self->has_axis)
    reveal (self, event_id);

  if (self->selected == event_id && g_hash_table_size (self->selection) == (event_id != 0 ? 1 : 0))
    return;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, event_id);
  annals_timeline_canvas_select_all (self, ids);
}

/* --- the axis --- */

void
annals_timeline_canvas_fit (AnnalsTimelineCanvas *self)
{
  AnnalsAxis axis;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (self->view == NULL || !self->has_axis)
    return;

  axis = self->axis;
  annals_timeline_canvas_fit_axis (self, &axis);
  annals_timeline_canvas_glide (self, &axis, FIT_TIME);
}

void
annals_timeline_canvas_zoom (AnnalsTimelineCanvas *self,
                             double                factor)
{
  AnnalsAxis axis;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (!self->has_axis)
    return;

  axis = self->animation != NULL && adw_animation_get_state (self->animation) == ADW_ANIMATION_PLAYING
           ? self->animated_to : self->axis;
  annals_axis_zoom (&axis, axis.width / 2, factor);
  annals_timeline_canvas_glide (self, &axis, ZOOM_TIME);
}

void
annals_timeline_canvas_move_to (AnnalsTimelineCanvas *self,
                                double                from)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (!self->has_axis)
    return;

  annals_timeline_canvas_stop (self);
  annals_axis_pan (&self->axis, (self->axis.from - from) / annals_axis_get_scale (&self->axis));
  annals_timeline_canvas_view_changed (self);
}

void
annals_timeline_canvas_show_span (AnnalsTimelineCanvas *self,
                                  double                from,
                                  double                to)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (!self->has_axis)
    return;

  annals_timeline_canvas_stop (self);
  annals_axis_show (&self->axis, from, to, 0);
  annals_timeline_canvas_view_changed (self);
}

/* --- places --- */

const AnnalsViewLane *
annals_timeline_canvas_get_lane_at (AnnalsTimelineCanvas *self,
                                    double                y)
{
  int lane;

  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  lane = self->layout != NULL ? annals_layout_lane_at (self->layout, y) : -1;

  return lane >= 0 && (guint) lane < self->view->lanes->len ? g_ptr_array_index (self->view->lanes, lane) : NULL;
}

AnnalsDate *
annals_timeline_canvas_dup_date_at (AnnalsTimelineCanvas *self,
                                    double                x)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  if (!self->has_axis)
    return NULL;

  return annals_date_new_at ((gint64) annals_axis_to_time (&self->axis, x),
                             annals_axis_get_precision (&self->axis));
}

void
annals_timeline_canvas_reveal_lane (AnnalsTimelineCanvas *self,
                                    guint                 index)
{
  const AnnalsLaneBox *lanes;
  guint n_lanes;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (self->layout == NULL || self->vadjustment == NULL)
    return;

  lanes = annals_layout_get_lanes (self->layout, &n_lanes);
  if (index >= n_lanes)
    return;

  /* it may be lower than what was seen so far */
  gtk_adjustment_set_upper (self->vadjustment, MAX (annals_layout_get_height (self->layout),
                                                    gtk_adjustment_get_page_size (self->vadjustment)));
  gtk_adjustment_clamp_page (self->vadjustment, lanes[index].top, lanes[index].top + lanes[index].height);
}

gint64
annals_timeline_canvas_get_event_at (AnnalsTimelineCanvas *self,
                                     double                x,
                                     double                y)
{
  guint n_placed;
  int position;

  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), 0);

  position = self->layout != NULL && self->has_axis ? annals_layout_hit (self->layout, &self->axis, x, y) : -1;

  return position >= 0 ? (gint64) annals_layout_get_placed (self->layout, &n_placed)[position].id : 0;
}

void
annals_timeline_canvas_mark_lane (AnnalsTimelineCanvas *self,
                                  double                y)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  self->drop_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
annals_timeline_canvas_get_header (AnnalsTimelineCanvas *self,
                                   guint                 index)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  return index < self->headers->len ? g_ptr_array_index (self->headers, index) : NULL;
}

gboolean
annals_timeline_canvas_get_bounds (AnnalsTimelineCanvas *self,
                                   gint64                event_id,
                                   graphene_rect_t      *bounds)
{
  const AnnalsPlaced *placed;
  guint n_placed;
  double left, right;
  int position;

  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), FALSE);
  g_return_val_if_fail (bounds != NULL, FALSE);

  if (self->layout == NULL || !self->has_axis ||
      (position = annals_layout_find (self->layout, (guint64) event_id)) < 0)
    return FALSE;

  placed = &annals_layout_get_placed (self->layout, &n_placed)[position];
  left = CLAMP (placed->card.x + annals_layout_get_offset (self->layout, &self->axis), 0, self->axis.width - 1);
  right = CLAMP (placed->card.x + annals_layout_get_offset (self->layout, &self->axis) + placed->card.width,
                 left + 1, self->axis.width);
  *bounds = GRAPHENE_RECT_INIT ((float) left, (float) placed->card.y, (float) (right - left),
                                (float) placed->card.height);

  return TRUE;
}
