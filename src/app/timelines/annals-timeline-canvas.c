/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#include <glib/gi18n.h>

#include "annals-event-card.h"
#include "annals-lane-header.h"
#include "annals-widget-color.h"

#define FIT_MARGIN 48.0      /* beside the first and the last event */
#define FIT_WORDS 200.0      /* and for the words of the last, which run on beyond its time */
#define OVERHANG 24.0        /* of a card beyond the edge, so that its end is out of sight */
#define MIN_WIDTH 240
#define REVEAL_MARGIN 60.0

enum
{
  EVENT_SELECTED,
  EVENT_ACTIVATED,
  EVENT_MENU,
  EVENT_DELETED,
  VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsTimelineCanvas, annals_timeline_canvas, GTK_TYPE_WIDGET)

/* --- layout --- */

static guint
count_lanes (AnnalsTimelineCanvas *self)
{
  return self->data->timeline->lanes->len + (annals_timeline_data_has_loose (self->data) ? 1 : 0);
}

static void
measure_words (AnnalsTimelineCanvas *self)
{
  g_array_set_size (self->sizes, 0);
  for (guint i = 0; i < self->data->events->len; i++)
    {
      double width, height;
      graphene_size_t size;

      annals_event_card_measure_text (GTK_WIDGET (self), g_ptr_array_index (self->data->events, i), &width,
                                      &height);
      graphene_size_init (&size, (float) width, (float) height);
      g_array_append_val (self->sizes, size);
    }
}

static void
lay_out (AnnalsTimelineCanvas *self)
{
  guint n_events = self->data->events->len;
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, n_events);

  for (guint i = 0; i < n_events; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->data->events, i);
      const graphene_size_t *size = &g_array_index (self->sizes, graphene_size_t, i);

      items[i].id = (guint64) event->id;
      items[i].uid = event->uid;
      items[i].title = event->title;
      items[i].lane = annals_timeline_data_get_lane (self->data, event);
      items[i].width = size->width;
      items[i].height = size->height;
      annals_layout_item_set_date (&items[i], event->date);
    }

  g_clear_pointer (&self->layout, annals_layout_free);
  self->layout = annals_layout_new (items, n_events, count_lanes (self), annals_axis_get_scale (&self->axis),
                                    NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
visible_band (AnnalsTimelineCanvas *self,
              double               *top,
              double               *bottom)
{
  *top = 0;
  *bottom = annals_layout_get_height (self->layout);

  if (self->vadjustment != NULL && gtk_adjustment_get_page_size (self->vadjustment) > 0)
    {
      *top = gtk_adjustment_get_value (self->vadjustment);
      *bottom = *top + gtk_adjustment_get_page_size (self->vadjustment);
    }
}

/* --- cards: only those in view are widgets --- */

static void
card_clicked_cb (AnnalsTimelineCanvas *self,
                 AnnalsEventCard      *card)
{
  gint64 id = annals_event_card_get_event_id (card);
  gboolean again = self->selected == id;

  annals_timeline_canvas_select (self, id);
  if (again)
    g_signal_emit (self, signals[EVENT_ACTIVATED], 0, id);
}

static void
card_menu_cb (AnnalsTimelineCanvas *self,
              AnnalsEventCard      *card)
{
  gint64 id = annals_event_card_get_event_id (card);

  annals_timeline_canvas_select (self, id);
  g_signal_emit (self, signals[EVENT_MENU], 0, id);
}

static AnnalsEventCard *
ensure_card (AnnalsTimelineCanvas *self,
             gint64                event_id,
             GtkWidget            *after)
{
  AnnalsEventCard *card = g_hash_table_lookup (self->cards, &event_id);

  if (card == NULL)
    {
      AnnalsEvent *event = annals_timeline_data_find (self->data, event_id);

      card = ANNALS_EVENT_CARD (annals_event_card_new ());
      annals_event_card_set_event (card, event, annals_timeline_data_get_colour (self->data, event));
      annals_event_card_set_selected (card, event_id == self->selected);
      g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "menu", G_CALLBACK (card_menu_cb), self, G_CONNECT_SWAPPED);
      g_hash_table_insert (self->cards, g_memdup2 (&event_id, sizeof event_id), card);
    }

  /* In time order among the children, which is the order a screen reader goes. */
  gtk_widget_insert_after (GTK_WIDGET (card), GTK_WIDGET (self), after);

  return card;
}

static void
remove_unseen (AnnalsTimelineCanvas *self,
               GHashTable           *seen)
{
  GHashTableIter iter;
  gpointer key, card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &key, &card))
    {
      /* The one with the focus stays: the keyboard must not fall off the canvas. */
      if (g_hash_table_contains (seen, key) || gtk_widget_has_focus (card))
        continue;

      gtk_widget_unparent (card);
      g_hash_table_iter_remove (&iter);
    }
}

static void
sync_cards (AnnalsTimelineCanvas *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) visible = NULL;
  const AnnalsPlaced *placed;
  GtkWidget *after = NULL;
  double top, bottom;
  guint n_placed;

  if (self->layout == NULL || !self->has_axis)
    return;

  placed = annals_layout_get_placed (self->layout, &n_placed);
  visible_band (self, &top, &bottom);
  visible = annals_layout_dup_visible (self->layout, &self->axis, top, bottom);
  if (self->headers->len > 0)
    after = g_ptr_array_index (self->headers, self->headers->len - 1);

  for (guint i = 0; i < visible->len; i++)
    {
      const AnnalsPlaced *one = &placed[g_array_index (visible, guint, i)];

      g_hash_table_add (seen, (gpointer) &one->id);
      after = GTK_WIDGET (ensure_card (self, (gint64) one->id, after));
    }

  remove_unseen (self, seen);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
drop_cards (AnnalsTimelineCanvas *self)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    gtk_widget_unparent (card);
  g_hash_table_remove_all (self->cards);
}

static void
drop_headers (AnnalsTimelineCanvas *self)
{
  for (guint i = 0; i < self->headers->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->headers, i));
  g_ptr_array_set_size (self->headers, 0);
}

static void
make_headers (AnnalsTimelineCanvas *self)
{
  GPtrArray *lanes = self->data->timeline->lanes;

  drop_headers (self);
  for (guint i = 0; i < lanes->len; i++)
    {
      GtkWidget *header = annals_lane_header_new (g_ptr_array_index (lanes, i), i, lanes->len);

      gtk_widget_set_parent (header, GTK_WIDGET (self));
      g_ptr_array_add (self->headers, header);
    }
}

static gboolean
sync_tick_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  self->sync_id = 0;
  sync_cards (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Children may not come and go while sizes are given out. */
static void
queue_sync (AnnalsTimelineCanvas *self)
{
  if (self->sync_id == 0)
    self->sync_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), sync_tick_cb, NULL, NULL);
}

void
annals_timeline_canvas_view_changed (AnnalsTimelineCanvas *self)
{
  g_clear_pointer (&self->ticks, g_array_unref);
  if (self->data != NULL && self->layout != NULL && !annals_layout_fits (self->layout, &self->axis))
    lay_out (self);
  sync_cards (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
fit (AnnalsTimelineCanvas *self)
{
  double width = self->axis.width;
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (AnnalsRange));

  for (guint i = 0; i < self->data->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->data->events, i);
      gint64 from, to;
      gboolean has_from = annals_date_get_from (event->date, &from);
      gboolean has_to = annals_date_get_to (event->date, &to);
      AnnalsRange range;

      if (!has_from && !has_to)
        continue;

      range.from = (double) (has_from ? from : to);
      range.to = (double) (has_to ? to : from);
      g_array_append_val (ranges, range);
    }

  annals_axis_set_width (&self->axis, MAX (width - FIT_WORDS, MIN_WIDTH));
  if (!annals_axis_fit (&self->axis, (const AnnalsRange *) (gpointer) ranges->data, ranges->len, FIT_MARGIN))
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;

      annals_axis_show (&self->axis, (double) now - 182 * 86400.0, (double) now + 182 * 86400.0, 0);
    }
  annals_axis_set_width (&self->axis, width);
}

/* --- widget --- */

static void
annals_timeline_canvas_measure (GtkWidget      *widget,
                                GtkOrientation  orientation,
                                int             for_size,
                                int            *minimum,
                                int            *natural,
                                int            *minimum_baseline,
                                int            *natural_baseline)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH;
  else
    *minimum = *natural = self->layout != NULL ? (int) annals_layout_get_height (self->layout) : 0;

  *minimum_baseline = *natural_baseline = -1;
}

static void
place_card (AnnalsTimelineCanvas *self,
            AnnalsEventCard      *card,
            const AnnalsPlaced   *placed,
            double                offset)
{
  double left = MAX (placed->card.x + offset, -OVERHANG);
  double right = MIN (placed->card.x + offset + placed->card.width, self->axis.width + OVERHANG);
  AnnalsPlaced seen = *placed;
  GskTransform *transform;

  /* What runs beyond the edges is not drawn, and the words stay in sight. */
  seen.card.x = left - offset;
  seen.card.width = MAX (right - left, 1);
  annals_event_card_set_placed (card, &seen);

  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) left, (float) placed->card.y));
  gtk_widget_allocate (GTK_WIDGET (card), (int) seen.card.width, (int) placed->card.height, -1, transform);
}

static void
place_headers (AnnalsTimelineCanvas *self,
               int                   width)
{
  guint n_lanes;
  const AnnalsLaneBox *lanes = annals_layout_get_lanes (self->layout, &n_lanes);

  for (guint i = 0; i < MIN (self->headers->len, n_lanes); i++)
    {
      GtkWidget *header = g_ptr_array_index (self->headers, i);
      GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (2, (float) lanes[i].top));
      int natural_width, natural_height;

      gtk_widget_measure (header, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL, NULL);
      gtk_widget_measure (header, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural_height, NULL, NULL);
      gtk_widget_allocate (header, MIN (natural_width, MAX (width - 4, 1)), natural_height, -1, transform);
    }
}

static void
annals_timeline_canvas_size_allocate (GtkWidget *widget,
                                      int        width,
                                      int        height,
                                      int        baseline)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  const AnnalsPlaced *placed;
  guint n_placed;
  double offset;

  if (self->data == NULL)
    return;

  if (!self->has_axis || self->wants_fit || self->axis.width != width)
    {
      if (!self->has_axis)
        annals_axis_init (&self->axis, 0, 86400, MAX (width, 1));
      annals_axis_set_width (&self->axis, MAX (width, 1));
      if (!self->has_axis || self->wants_fit)
        fit (self);
      self->has_axis = TRUE;
      self->wants_fit = FALSE;
      g_clear_pointer (&self->ticks, g_array_unref);
      if (self->layout == NULL || !annals_layout_fits (self->layout, &self->axis))
        lay_out (self);
      queue_sync (self);
    }

  place_headers (self, width);
  placed = annals_layout_get_placed (self->layout, &n_placed);
  offset = annals_layout_get_offset (self->layout, &self->axis);

  {
    GHashTableIter iter;
    gpointer key, card;

    g_hash_table_iter_init (&iter, self->cards);
    while (g_hash_table_iter_next (&iter, &key, &card))
      {
        int position = annals_layout_find (self->layout, (guint64) *(gint64 *) key);

        gtk_widget_set_child_visible (card, position >= 0);
        if (position >= 0 && (guint) position < n_placed)
          place_card (self, card, &placed[position], offset);
      }
  }
}

static void
snapshot_grid (AnnalsTimelineCanvas *self,
               GtkSnapshot          *snapshot,
               float                 width,
               float                 height)
{
  GArray *ticks = annals_timeline_canvas_get_ticks (self);
  const AnnalsLaneBox *lanes;
  GdkRGBA colour;
  GdkRGBA faint;
  guint n_lanes;

  annals_widget_get_color (GTK_WIDGET (self), &colour);
  faint = colour;
  faint.alpha = 0.08f;
  for (guint i = 0; i < ticks->len; i++)
    {
      const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);

      if (tick->kind != ANNALS_TICK_MINOR)
        gtk_snapshot_append_color (snapshot, &faint,
                                   &GRAPHENE_RECT_INIT ((float) (int) tick->x, 0, 1, height));
    }

  faint.alpha = 0.15f;
  lanes = annals_layout_get_lanes (self->layout, &n_lanes);
  for (guint i = 0; i < n_lanes; i++)
    {
      float y = (float) (int) (lanes[i].top + lanes[i].height) - 1;

      gtk_snapshot_push_repeat (snapshot, &GRAPHENE_RECT_INIT (0, y, width, 1), &GRAPHENE_RECT_INIT (0, y, 6, 1));
      gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (0, y, 4, 1));
      gtk_snapshot_pop (snapshot);
    }
}

static void
annals_timeline_canvas_snapshot (GtkWidget   *widget,
                                 GtkSnapshot *snapshot)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);

  if (self->layout == NULL || !self->has_axis)
    return;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  snapshot_grid (self, snapshot, width, height);
  GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Tab goes to the selected event and out again; the arrow keys go from event to event. */
static gboolean
annals_timeline_canvas_focus (GtkWidget        *widget,
                              GtkDirectionType  direction)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *card;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (focus != NULL && ANNALS_IS_EVENT_CARD (focus) && gtk_widget_is_ancestor (focus, widget))
    return FALSE;

  if (GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->focus (widget, direction) &&
      !ANNALS_IS_EVENT_CARD (gtk_root_get_focus (gtk_widget_get_root (widget))))
    return TRUE;   /* a lane's header */

  card = g_hash_table_lookup (self->cards, &self->selected);
  if (card == NULL)
    for (card = gtk_widget_get_first_child (widget); card != NULL && !ANNALS_IS_EVENT_CARD (card);
         card = gtk_widget_get_next_sibling (card))
      ;

  return card != NULL && gtk_widget_grab_focus (card);
}

static void
set_vadjustment (AnnalsTimelineCanvas *self,
                 GtkAdjustment        *adjustment)
{
  if (self->vadjustment == adjustment)
    return;

  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->vadjustment, self);
  g_set_weak_pointer (&self->vadjustment, adjustment);
  if (adjustment != NULL)
    {
      g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (queue_sync), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (adjustment, "changed", G_CALLBACK (queue_sync), self, G_CONNECT_SWAPPED);
    }
}

static void
annals_timeline_canvas_root (GtkWidget *widget)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  GtkWidget *window;

  GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->root (widget);

  window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  if (window != NULL)
    set_vadjustment (self, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)));
}

static void
annals_timeline_canvas_dispose (GObject *object)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (object);

  if (self->sync_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->sync_id);
  self->sync_id = 0;
  set_vadjustment (self, NULL);
  if (self->cards != NULL)
    drop_cards (self);
  if (self->headers != NULL)
    drop_headers (self);
  g_clear_pointer (&self->layout, annals_layout_free);
  g_clear_pointer (&self->data, annals_timeline_data_unref);

  G_OBJECT_CLASS (annals_timeline_canvas_parent_class)->dispose (object);
}

static void
annals_timeline_canvas_finalize (GObject *object)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (object);

  g_clear_pointer (&self->cards, g_hash_table_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_clear_pointer (&self->ticks, g_array_unref);

  G_OBJECT_CLASS (annals_timeline_canvas_parent_class)->finalize (object);
}

static void
annals_timeline_canvas_class_init (AnnalsTimelineCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_timeline_canvas_dispose;
  object_class->finalize = annals_timeline_canvas_finalize;
  widget_class->measure = annals_timeline_canvas_measure;
  widget_class->size_allocate = annals_timeline_canvas_size_allocate;
  widget_class->snapshot = annals_timeline_canvas_snapshot;
  widget_class->focus = annals_timeline_canvas_focus;
  widget_class->root = annals_timeline_canvas_root;

  signals[EVENT_SELECTED] = g_signal_new ("event-selected", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[EVENT_ACTIVATED] = g_signal_new ("event-activated", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[EVENT_MENU] = g_signal_new ("event-menu", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[EVENT_DELETED] = g_signal_new ("event-deleted", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "timelinecanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  annals_timeline_canvas_install_keys (widget_class);
}

static void
annals_timeline_canvas_init (AnnalsTimelineCanvas *self)
{
  self->cards = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->headers = g_ptr_array_new ();
  self->sizes = g_array_new (FALSE, FALSE, sizeof (graphene_size_t));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline"), -1);
  annals_timeline_canvas_add_gestures (self);
}

GtkWidget *
annals_timeline_canvas_new (void)
{
  return g_object_new (ANNALS_TYPE_TIMELINE_CANVAS, NULL);
}

void
annals_timeline_canvas_set_data (AnnalsTimelineCanvas *self,
                                 AnnalsTimelineData   *data)
{
  gboolean same;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));
  g_return_if_fail (data != NULL);

  same = self->data != NULL && self->data->timeline->id == data->timeline->id;
  /* A first event has nothing to be seen beside. */
  if (!same || self->data->events->len == 0)
    self->wants_fit = TRUE;
  g_clear_pointer (&self->data, annals_timeline_data_unref);
  self->data = annals_timeline_data_ref (data);
  if (annals_timeline_data_find (data, self->selected) == NULL)
    self->selected = 0;

  drop_cards (self);
  make_headers (self);
  measure_words (self);
  g_clear_pointer (&self->layout, annals_layout_free);
  if (self->has_axis && !self->wants_fit)
    {
      lay_out (self);
      sync_cards (self);
    }

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const AnnalsAxis *
annals_timeline_canvas_get_axis (AnnalsTimelineCanvas *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  return self->has_axis ? &self->axis : NULL;
}

static double
measure_label (const char *label,
               gpointer    user_data)
{
  PangoLayout *layout = user_data;
  int width;

  pango_layout_set_text (layout, label, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

GArray *
annals_timeline_canvas_get_ticks (AnnalsTimelineCanvas *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  if (self->ticks == NULL)
    {
      g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

      self->ticks = annals_axis_dup_ticks (&self->axis, measure_label, layout);
    }

  return self->ticks;
}

AnnalsTimelineData *
annals_timeline_canvas_get_data (AnnalsTimelineCanvas *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  return self->data;
}

gint64
annals_timeline_canvas_get_selected (AnnalsTimelineCanvas *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), 0);

  return self->selected;
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
  AnnalsEventCard *card;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (event_id != 0 && self->layout != NULL && self->has_axis)
    reveal (self, event_id);

  if (self->selected == event_id)
    return;

  card = g_hash_table_lookup (self->cards, &self->selected);
  if (card != NULL)
    annals_event_card_set_selected (card, FALSE);

  self->selected = event_id;
  card = g_hash_table_lookup (self->cards, &self->selected);
  if (card != NULL)
    annals_event_card_set_selected (card, TRUE);

  g_signal_emit (self, signals[EVENT_SELECTED], 0, event_id);
}

GtkWidget *
annals_timeline_canvas_get_header (AnnalsTimelineCanvas *self,
                                   guint                 index)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  return index < self->headers->len ? g_ptr_array_index (self->headers, index) : NULL;
}

GtkWidget *
annals_timeline_canvas_get_card (AnnalsTimelineCanvas *self,
                                 gint64                event_id)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  return g_hash_table_lookup (self->cards, &event_id);
}

void
annals_timeline_canvas_fit (AnnalsTimelineCanvas *self)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (self->data == NULL || !self->has_axis)
    return;

  fit (self);
  annals_timeline_canvas_view_changed (self);
}

void
annals_timeline_canvas_zoom (AnnalsTimelineCanvas *self,
                             double                factor)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (!self->has_axis)
    return;

  annals_axis_zoom (&self->axis, self->axis.width / 2, factor);
  annals_timeline_canvas_view_changed (self);
}

void
annals_timeline_canvas_move_to (AnnalsTimelineCanvas *self,
                                double                from)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (!self->has_axis)
    return;

  annals_axis_pan (&self->axis, (self->axis.from - from) / annals_axis_get_scale (&self->axis));
  annals_timeline_canvas_view_changed (self);
}
