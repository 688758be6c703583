/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include <math.h>

#include "annals-colours.h"

/* The passage that is open has a grip at each end: a bar with a knob, above its first line and below its last.
 * While one is held, or the keys that move a bound are, the passage is only shown elsewhere; when it is let go
 * that is said once. */

#define BAR_WIDTH 2
#define KNOB 5           /* its radius, in pixels */
#define REACH 7          /* how far from a grip the pointer may be */
#define DRAG_DISTANCE 3  /* what is less is a click */
#define SCROLL_TIME 40   /* milliseconds between two steps */
#define REST_TIME 1500   /* of the keyboard, in milliseconds, until a bound counts as moved */

static AnnalsAnnotation *
find_open (AnnalsPassageView *self,
           guint             *start,
           guint             *end)
{
  for (guint i = 0; self->current_id != 0 && self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);

      if (annotation->id == self->current_id)
        return annals_passage_view_get_place (self, annotation, start, end) ? annotation : NULL;
    }

  return NULL;
}

/* The place of a bound in the buffer's coordinates: no width, the height of its line. */
static void
get_bound (AnnalsPassageView *self,
           gboolean           end,
           guint              offset,
           GdkRectangle      *place)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) (end ? offset - 1 : offset));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, place);
  if (end)
    place->x += place->width;
  place->width = 0;
}

/* Only what is near the view is looked at: to ask for the place of another line lays it out. */
static gboolean
is_near (AnnalsPassageView *self,
         guint              offset)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter iter;
  int y, height;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) offset);
  gtk_text_view_get_line_yrange (view, &iter, &y, &height);
  gtk_text_view_get_visible_rect (view, &visible);

  return y < visible.y + visible.height + 2 * KNOB && y + height > visible.y - 2 * KNOB;
}

static void
draw_grip (GtkSnapshot        *snapshot,
           const GdkRectangle *place,
           gboolean            end,
           const GdkRGBA      *colour)
{
  graphene_rect_t knob = GRAPHENE_RECT_INIT (place->x - KNOB,
                                             end ? place->y + place->height - 1 : place->y + 1 - 2 * KNOB,
                                             2 * KNOB, 2 * KNOB);
  GskRoundedRect disc;

  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT (place->x - BAR_WIDTH / 2, place->y, BAR_WIDTH, place->height));
  gsk_rounded_rect_init_from_rect (&disc, &knob, KNOB);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, colour, &knob);
  gtk_snapshot_pop (snapshot);
}

/* In the coordinates of the buffer. */
void
annals_passage_view_draw_grips (AnnalsPassageView *self,
                                GtkSnapshot       *snapshot)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);
  AnnalsAnnotation *annotation;
  GdkRectangle place;
  GdkRGBA colour;
  guint start, end;

  if (!(annotation = find_open (self, &start, &end)))
    return;

  annals_colours_get_strong (&colours[annals_passage_view_find_colour (annotation->colour)], &colour);
  if (is_near (self, start))
    {
      get_bound (self, FALSE, start, &place);
      draw_grip (snapshot, &place, FALSE, &colour);
    }
  if (is_near (self, end))
    {
      get_bound (self, TRUE, end, &place);
      draw_grip (snapshot, &place, TRUE, &colour);
    }
}

static gboolean
is_on (const GdkRectangle *place,
       gboolean            end,
       int                 x,
       int                 y)
{
  int top = place->y - (end ? 0 : 2 * KNOB);
  int bottom = place->y + place->height + (end ? 2 * KNOB : 0);

  return ABS (x - place->x) <= REACH && y >= top && y <= bottom;
}

AnnalsGrip
annals_passage_view_find_grip (AnnalsPassageView *self,
                               double             x,
                               double             y)
{
  GdkRectangle first, last;
  gboolean on_first, on_last;
  guint start, end;
  int buffer_x, buffer_y;

  if (!find_open (self, &start, &end))
    return ANNALS_GRIP_NONE;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);
  on_first = is_near (self, start);
  on_last = is_near (self, end);
  if (on_first)
    get_bound (self, FALSE, start, &first);
  if (on_last)
    get_bound (self, TRUE, end, &last);
  on_first = on_first && is_on (&first, FALSE, buffer_x, buffer_y);
  on_last = on_last && is_on (&last, TRUE, buffer_x, buffer_y);

  /* of a very short passage the nearer one */
  if (on_first && on_last)
    return ABS (buffer_x - first.x) < ABS (buffer_x - last.x) ? ANNALS_GRIP_START : ANNALS_GRIP_END;

  return on_first ? ANNALS_GRIP_START : on_last ? ANNALS_GRIP_END : ANNALS_GRIP_NONE;
}

/* --- moving --- */

static gboolean
begin_moving (AnnalsPassageView *self)
{
  guint start, end;

  if (self->moving_id != 0)
    return TRUE;

  if (!find_open (self, &start, &end))
    return FALSE;

  self->moving_id = self->current_id;
  self->moving_start = start;
  self->moving_end = end;
  g_signal_emit_by_name (self, "selection-changed");   /* what stands beside it would be in the way */

  return TRUE;
}

static void
move_to (AnnalsPassageView *self,
         guint              start,
         guint              end)
{
  guint from = MIN (start, self->moving_start);
  guint to = MAX (end, self->moving_end);

  if (start == self->moving_start && end == self->moving_end)
    return;

  self->moving_start = start;
  self->moving_end = end;
  annals_passage_view_paint_stretch (self, from, to);
  annals_passage_view_find_overlaps (self);
  annals_passage_view_paint_current (self);
}

/* White space at its ends is no part of a passage. */
static void
trim (AnnalsPassageView *self,
      guint             *start,
      guint             *end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int) *start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int) *end);
  while (gtk_text_iter_compare (&from, &to) < 0 && g_unichar_isspace (gtk_text_iter_get_char (&from)))
    gtk_text_iter_forward_char (&from);
  while (gtk_text_iter_compare (&from, &to) < 0)
    {
      GtkTextIter last = to;

      gtk_text_iter_backward_char (&last);
      if (!g_unichar_isspace (gtk_text_iter_get_char (&last)))
        break;
      to = last;
    }

  *start = (guint) gtk_text_iter_get_offset (&from);
  *end = (guint) gtk_text_iter_get_offset (&to);
}

gboolean
annals_passage_view_is_moving (AnnalsPassageView *self)
{
  return self->moving_id != 0 && (self->commit_id != 0 || self->grip != ANNALS_GRIP_NONE);
}

void
annals_passage_view_end_moving (AnnalsPassageView *self)
{
  g_clear_handle_id (&self->commit_id, g_source_remove);
  g_clear_handle_id (&self->grip_scroll_id, g_source_remove);
  self->grip = ANNALS_GRIP_NONE;
  self->moving_id = 0;
}

gboolean
annals_passage_view_cancel_bounds (AnnalsPassageView *self)
{
  gboolean moving;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), FALSE);

  moving = self->moving_id != 0;
  /* the pointer may be down still, and would take hold anew */
  if (self->grip != ANNALS_GRIP_NONE)
    {
      self->grip = ANNALS_GRIP_NONE;
      gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->grip_drag));
    }
  annals_passage_view_end_moving (self);
  if (moving)
    annals_passage_view_paint_marks (self);

  return moving;
}

void
annals_passage_view_commit_bounds (AnnalsPassageView *self)
{
  AnnalsAnnotation *annotation = NULL;
  guint start, end;

  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  /* or it is committed already, and on its way */
  if (!annals_passage_view_is_moving (self))
    return;

  g_clear_handle_id (&self->commit_id, g_source_remove);
  g_clear_handle_id (&self->grip_scroll_id, g_source_remove);
  self->grip = ANNALS_GRIP_NONE;
  start = self->moving_start;
  end = self->moving_end;
  trim (self, &start, &end);

  for (guint i = 0; i < self->annotations->len; i++)
    if (((AnnalsAnnotation *) g_ptr_array_index (self->annotations, i))->id == self->moving_id)
      annotation = g_ptr_array_index (self->annotations, i);

  if (annotation == NULL || start >= end ||
      (start == annotation->selector.start && end == annotation->selector.end))
    annals_passage_view_cancel_bounds (self);
  else
    g_signal_emit_by_name (self, "bounds-moved", self->moving_id, start, end);
}

/* --- by keyboard --- */

gboolean
annals_passage_view_has_bounds (AnnalsPassageView *self)
{
  guint start, end;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), FALSE);

  return find_open (self, &start, &end) != NULL;
}

static gboolean
rest_cb (gpointer user_data)
{
  annals_passage_view_commit_bounds (user_data);

  return G_SOURCE_REMOVE;
}

/* Words are what the language calls so; in Chinese and Japanese that is a character or a few. */
static void
step_word (GtkTextIter *iter,
           gboolean     end,
           int          step)
{
  if (step > 0)
    {
      gtk_text_iter_forward_word_end (iter);
      while (!end && !gtk_text_iter_starts_word (iter) && gtk_text_iter_forward_char (iter))
        ;
    }
  else
    {
      gtk_text_iter_backward_word_start (iter);
      while (end && !gtk_text_iter_ends_word (iter) && gtk_text_iter_backward_char (iter))
        ;
    }
}

gboolean
annals_passage_view_step_bound (AnnalsPassageView *self,
                                gboolean           end,
                                int                step)
{
  GtkTextIter iter;
  guint offset;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), FALSE);

  if (self->grip != ANNALS_GRIP_NONE || !begin_moving (self))
    return FALSE;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) (end ? self->moving_end : self->moving_start));
  step_word (&iter, end, step);
  offset = (guint) gtk_text_iter_get_offset (&iter);
  g_clear_handle_id (&self->commit_id, g_source_remove);
  self->commit_id = g_timeout_add (REST_TIME, rest_cb, self);

  if (end ? offset <= self->moving_start || offset == self->moving_end
          : offset >= self->moving_end || offset == self->moving_start)
    return FALSE;

  move_to (self, end ? self->moving_start : offset, end ? offset : self->moving_end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self), &iter, 0.02, FALSE, 0, 0);

  return TRUE;
}

/* --- by pointer --- */

/* Where the pointer is, as far from the grip as when it was pressed. */
static void
follow_pointer (AnnalsPassageView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  guint offset;
  int x, y, trailing;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET,
                                         (int) (self->grip_pointer.x + self->grip_offset.x),
                                         (int) (self->grip_pointer.y + self->grip_offset.y), &x, &y);
  gtk_text_view_get_iter_at_position (view, &iter, &trailing, x, y);
  gtk_text_iter_forward_chars (&iter, trailing);
  offset = (guint) gtk_text_iter_get_offset (&iter);

  /* One bound may be drawn past the other, but something stays marked. */
  if (offset != self->grip_fixed)
    move_to (self, MIN (offset, self->grip_fixed), MAX (offset, self->grip_fixed));
}

static gboolean
scroll_cb (gpointer user_data)
{
  AnnalsPassageView *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double beyond = self->grip_pointer.y < 0 ? self->grip_pointer.y : MAX (self->grip_pointer.y - height, 0);

  if (beyond == 0 || adjustment == NULL)
    {
      self->grip_scroll_id = 0;
      return G_SOURCE_REMOVE;
    }

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + CLAMP (beyond, -40, 40));
  follow_pointer (self);

  return G_SOURCE_CONTINUE;
}

static void
drag_begin_cb (AnnalsPassageView *self,
               double             x,
               double             y,
               GtkGestureDrag    *gesture)
{
  AnnalsGrip grip = annals_passage_view_find_grip (self, x, y);
  GdkRectangle place;
  guint start, end;

  if (grip == ANNALS_GRIP_NONE || !find_open (self, &start, &end))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  get_bound (self, grip == ANNALS_GRIP_END, grip == ANNALS_GRIP_END ? end : start, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x,
                                         &place.y);
  self->grip_offset = GRAPHENE_POINT_INIT ((float) (place.x - x), (float) (place.y + place.height / 2 - y));
}

static void
drag_update_cb (AnnalsPassageView *self,
                double             dx,
                double             dy,
                GtkGestureDrag    *gesture)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->grip == ANNALS_GRIP_NONE)
    {
      AnnalsGrip grip = annals_passage_view_find_grip (self, x, y);

      if (hypot (dx, dy) < DRAG_DISTANCE || grip == ANNALS_GRIP_NONE || !begin_moving (self))
        return;

      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      self->grip = grip;
      self->grip_fixed = grip == ANNALS_GRIP_START ? self->moving_end : self->moving_start;
    }

  self->grip_pointer = GRAPHENE_POINT_INIT ((float) (x + dx), (float) (y + dy));
  follow_pointer (self);
  if (self->grip_scroll_id == 0 &&
      (self->grip_pointer.y < 0 || self->grip_pointer.y > gtk_widget_get_height (GTK_WIDGET (self))))
    self->grip_scroll_id = g_timeout_add (SCROLL_TIME, scroll_cb, self);
}

static void
drag_end_cb (AnnalsPassageView *self)
{
  annals_passage_view_commit_bounds (self);
}

static void
drag_cancel_cb (AnnalsPassageView *self)
{
  if (self->grip != ANNALS_GRIP_NONE)
    annals_passage_view_cancel_bounds (self);
}

void
annals_passage_view_add_grips (AnnalsPassageView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->grip_drag = drag;
  /* before GtkTextView's own, which would select */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
