/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-lane-header.h"

#define FIT_MARGIN 48.0      /* beside the first and the last event */
#define FIT_WORDS 200.0      /* and for the words of the last, which run on beyond its time */
#define MIN_WIDTH 240

guint annals_canvas_signals[N_CANVAS_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsTimelineCanvas, annals_timeline_canvas, GTK_TYPE_WIDGET)

/* --- layout --- */

static void
lay_out (AnnalsTimelineCanvas *self)
{
  GArray *events = self->view->items;
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, events->len + 1);

  for (guint i = 0; i < events->len; i++)
    {
      const AnnalsViewItem *event = &g_array_index (events, AnnalsViewItem, i);

      items[i].id = (guint64) event->event->id;
      items[i].uid = event->event->uid;
      items[i].title = event->event->title;
      items[i].lane = event->lane;
      annals_card_metrics_estimate (&self->metrics, event, &items[i].width, &items[i].height);
      annals_layout_item_set_date (&items[i], event->event->date);
    }

  g_clear_pointer (&self->layout, annals_layout_free);
  self->layout = annals_layout_new (items, events->len, self->view->lanes->len,
                                    annals_axis_get_scale (&self->axis), NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
annals_timeline_canvas_visible_band (AnnalsTimelineCanvas *self,
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

/* What must stay where it is on the screen when lanes become higher or lower: the selected event when it is in
 * view, else the lane in the middle.
 */
static double
get_anchor (AnnalsTimelineCanvas *self,
            int                  *lane)
{
  guint n;
  double top, bottom;
  int selected = self->selected != 0 ? annals_layout_find (self->layout, (guint64) self->selected) : -1;

  annals_timeline_canvas_visible_band (self, &top, &bottom);
  if (selected >= 0)
    {
      const AnnalsRect *card = &annals_layout_get_placed (self->layout, &n)[selected].card;

      if (*lane == -1 || (*lane == -2 && card->y < bottom && card->y + card->height > top))
        {
          *lane = -1;
          return card->y;
        }
    }

  if (*lane == -2)
    *lane = annals_layout_lane_at (self->layout, (top + bottom) / 2);

  return *lane >= 0 ? annals_layout_get_lanes (self->layout, &n)[*lane].top : 0;
}

/* The layout for the axis as it is; another zoom may need another height. */
static void
follow_axis (AnnalsTimelineCanvas *self)
{
  double height, before, moved;
  int lane = -2;

  if (self->layout == NULL)
    {
      lay_out (self);
      return;
    }

  if (annals_layout_fits (self->layout, &self->axis))
    return;

  height = annals_layout_get_height (self->layout);
  before = get_anchor (self, &lane);
  annals_layout_set_scale (self->layout, annals_axis_get_scale (&self->axis));
  moved = get_anchor (self, &lane) - before;
  if (annals_layout_get_height (self->layout) != height)
    gtk_widget_queue_resize (GTK_WIDGET (self));

  if (moved != 0 && self->vadjustment != NULL)
    {
      double page = gtk_adjustment_get_page_size (self->vadjustment);

      gtk_adjustment_set_upper (self->vadjustment, MAX (annals_layout_get_height (self->layout), page));
      gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + moved);
    }
}

/* --- lanes --- */

static void
drop_headers (AnnalsTimelineCanvas *self)
{
  for (guint i = 0; i < self->headers->len; i++)
    if (g_ptr_array_index (self->headers, i) != NULL)
      gtk_widget_unparent (g_ptr_array_index (self->headers, i));
  g_ptr_array_set_size (self->headers, 0);
}

/* (nullable): takes it out of @headers */
static GtkWidget *
take_header (GPtrArray            *headers,
             const AnnalsViewLane *lane,
             AnnalsTimelineGroup   group)
{
  for (guint i = 0; i < headers->len; i++)
    {
      GtkWidget *header = headers->pdata[i];

      if (header != NULL && annals_lane_header_is_of (ANNALS_LANE_HEADER (header), lane, group))
        {
          headers->pdata[i] = NULL;
          return header;
        }
    }

  return NULL;
}

/* Who is at a lane's name, or has its menu open, stays there. */
static void
make_headers (AnnalsTimelineCanvas *self)
{
  GPtrArray *lanes = self->view->lanes;
  AnnalsTimelineGroup group = self->view->group;
  GPtrArray *headers = g_ptr_array_new ();
  GtkWidget *above = NULL;

  for (guint i = 0; i < lanes->len; i++)
    {
      const AnnalsViewLane *lane = g_ptr_array_index (lanes, i);
      GtkWidget *header = *lane->name != '\0' ? take_header (self->headers, lane, group) : NULL;

      if (header != NULL)
        annals_lane_header_update (ANNALS_LANE_HEADER (header), lane, group);
      else if (*lane->name != '\0')
        header = annals_lane_header_new (lane, group);

      if (header != NULL)
        {
          gtk_widget_insert_after (header, GTK_WIDGET (self), above);
          above = header;
        }
      g_ptr_array_add (headers, header);
    }

  drop_headers (self);   /* of lanes that are gone */
  g_ptr_array_unref (self->headers);
  self->headers = headers;
}

static gboolean
sync_tick_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  self->sync_id = 0;
  annals_timeline_canvas_sync_cards (self);
  gtk_widget_queue_draw (widget);
  g_signal_emit (self, annals_canvas_signals[CANVAS_VIEW_CHANGED], 0);

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
  if (self->view != NULL && self->layout != NULL)
    follow_axis (self);
  annals_timeline_canvas_sync_cards (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, annals_canvas_signals[CANVAS_VIEW_CHANGED], 0);
}

void
annals_timeline_canvas_fit_axis (AnnalsTimelineCanvas *self,
                                 AnnalsAxis           *axis)
{
  double width = axis->width;
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (AnnalsRange));

  for (guint i = 0; i < self->view->items->len; i++)
    {
      const AnnalsEvent *event = g_array_index (self->view->items, AnnalsViewItem, i).event;
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

  annals_axis_set_width (axis, MAX (width - FIT_WORDS, MIN_WIDTH));
  if (!annals_axis_fit (axis, (const AnnalsRange *) (gpointer) ranges->data, ranges->len, FIT_MARGIN))
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;

      annals_axis_show (axis, (double) now - 182 * 86400.0, (double) now + 182 * 86400.0, 0);
    }
  annals_axis_set_width (axis, width);
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
place_headers (AnnalsTimelineCanvas *self,
               int                   width)
{
  guint n_lanes;
  const AnnalsLaneBox *lanes = annals_layout_get_lanes (self->layout, &n_lanes);

  for (guint i = 0; i < MIN (self->headers->len, n_lanes); i++)
    {
      GtkWidget *header = g_ptr_array_index (self->headers, i);
      GskTransform *transform;
      int natural_width, natural_height;

      if (header == NULL)
        continue;

      transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (2, (float) lanes[i].top));
      gtk_widget_measure (header, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL, NULL);
      gtk_widget_measure (header, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural_height, NULL, NULL);
      gtk_widget_allocate (header, MIN (natural_width, MAX (width - 4, 1)), natural_height, -1, transform);
    }
}

/* A width that is new keeps what is at the left edge, or shows all for the first time. */
static void
take_width (AnnalsTimelineCanvas *self,
            int                   width)
{
  if (self->has_axis && !self->wants_fit && self->axis.width == width)
    return;

  annals_timeline_canvas_stop (self);
  if (!self->has_axis)
    annals_axis_init (&self->axis, 0, 86400, MAX (width, 1));
  annals_axis_set_width (&self->axis, MAX (width, 1));
  if (!self->has_axis || self->wants_fit)
    annals_timeline_canvas_fit_axis (self, &self->axis);
  self->has_axis = TRUE;
  self->wants_fit = FALSE;
  g_clear_pointer (&self->ticks, g_array_unref);
  follow_axis (self);
  queue_sync (self);
}

static void
annals_timeline_canvas_size_allocate (GtkWidget *widget,
                                      int        width,
                                      int        height,
                                      int        baseline)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->view == NULL)
    return;

  take_width (self, width);
  place_headers (self, width);
  annals_timeline_canvas_place_cards (self);
}

static void
annals_timeline_canvas_snapshot (GtkWidget   *widget,
                                 GtkSnapshot *snapshot)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);

  if (self->layout == NULL || !self->has_axis)
    return;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                         gtk_widget_get_height (widget)));
  annals_timeline_canvas_draw_ground (self, snapshot);
  annals_timeline_canvas_draw_marks (self, snapshot);
  GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->snapshot (widget, snapshot);
  annals_timeline_canvas_draw_drag (self, snapshot);
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

  /* marks and clusters only: the canvas takes the keys, and the first arrow finds the first event */
  if (card == NULL && focus != widget)
    return gtk_widget_grab_focus (widget);

  return card != NULL && gtk_widget_grab_focus (card);
}

/* The keyboard brings what it comes to into view. GtkViewport would do that, but to where a card was before it was
 * given its place.
 */
static void
annals_timeline_canvas_set_focus_child (GtkWidget *widget,
                                        GtkWidget *child)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  const AnnalsLaneBox *lanes;
  guint n_lanes;

  GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->set_focus_child (widget, child);

  if (child == NULL || !ANNALS_IS_LANE_HEADER (child) || self->layout == NULL || self->vadjustment == NULL)
    return;

  lanes = annals_layout_get_lanes (self->layout, &n_lanes);
  for (guint i = 0; i < MIN (self->headers->len, n_lanes); i++)
    if (g_ptr_array_index (self->headers, i) == child)
      gtk_adjustment_clamp_page (self->vadjustment, lanes[i].top, lanes[i].top + lanes[i].height);
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

/* Other letters, other cards. */
static void
annals_timeline_canvas_css_changed (GtkWidget         *widget,
                                    GtkCssStyleChange *change)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (widget);
  AnnalsCardMetrics before = self->metrics;

  GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->css_changed (widget, change);

  annals_card_metrics_init (&self->metrics, widget);
  if (self->layout != NULL && self->has_axis && memcmp (&before, &self->metrics, sizeof before) != 0)
    {
      lay_out (self);
      queue_sync (self);
    }
}

static void
annals_timeline_canvas_unmap (GtkWidget *widget)
{
  annals_timeline_canvas_stop (ANNALS_TIMELINE_CANVAS (widget));
  annals_timeline_canvas_cancel_drag (ANNALS_TIMELINE_CANVAS (widget));

  GTK_WIDGET_CLASS (annals_timeline_canvas_parent_class)->unmap (widget);
}

static void
annals_timeline_canvas_dispose (GObject *object)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (object);

  annals_timeline_canvas_stop (self);
  g_clear_object (&self->animation);
  if (self->sync_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->sync_id);
  self->sync_id = 0;
  set_vadjustment (self, NULL);
  if (self->cards != NULL)
    annals_timeline_canvas_drop_cards (self);
  if (self->headers != NULL)
    drop_headers (self);
  g_clear_pointer (&self->layout, annals_layout_free);
  g_clear_pointer (&self->next_view, annals_timeline_view_unref);
  g_clear_pointer (&self->view, annals_timeline_view_unref);

  G_OBJECT_CLASS (annals_timeline_canvas_parent_class)->dispose (object);
}

static void
annals_timeline_canvas_finalize (GObject *object)
{
  AnnalsTimelineCanvas *self = ANNALS_TIMELINE_CANVAS (object);

  g_clear_pointer (&self->cards, g_hash_table_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->selection, g_hash_table_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_clear_pointer (&self->drag.date, annals_date_unref);

  G_OBJECT_CLASS (annals_timeline_canvas_parent_class)->finalize (object);
}

static void
add_event_signal (AnnalsCanvasSignal  signal,
                  const char         *name)
{
  annals_canvas_signals[signal] = g_signal_new (name, ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
annals_timeline_canvas_class_init (AnnalsTimelineCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  guint *signals = annals_canvas_signals;

  object_class->dispose = annals_timeline_canvas_dispose;
  object_class->finalize = annals_timeline_canvas_finalize;
  widget_class->measure = annals_timeline_canvas_measure;
  widget_class->size_allocate = annals_timeline_canvas_size_allocate;
  widget_class->snapshot = annals_timeline_canvas_snapshot;
  widget_class->focus = annals_timeline_canvas_focus;
  widget_class->set_focus_child = annals_timeline_canvas_set_focus_child;
  widget_class->root = annals_timeline_canvas_root;
  widget_class->unmap = annals_timeline_canvas_unmap;
  widget_class->css_changed = annals_timeline_canvas_css_changed;

  add_event_signal (CANVAS_SELECTED, "event-selected");
  add_event_signal (CANVAS_ACTIVATED, "event-activated");
  add_event_signal (CANVAS_MENU, "event-menu");
  add_event_signal (CANVAS_DELETED, "event-deleted");
  signals[CANVAS_GROUND_MENU] = g_signal_new ("ground-menu", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[CANVAS_MOVED] = g_signal_new ("events-moved", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[CANVAS_CLUSTER] = g_signal_new ("cluster-activated", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[CANVAS_VIEW_CHANGED] = g_signal_new ("view-changed", ANNALS_TYPE_TIMELINE_CANVAS, G_SIGNAL_RUN_LAST, 0,
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
  self->selection = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->drop_y = -1;
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline"), -1);
  /* the program draws those without cards, which no screen reader meets */
  annals_describe (GTK_WIDGET (self), _("Events that have room for a card; the table beside it lists all of them"));
  annals_timeline_canvas_add_gestures (self);
  annals_timeline_canvas_add_drag (self);
}

GtkWidget *
annals_timeline_canvas_new (void)
{
  return g_object_new (ANNALS_TYPE_TIMELINE_CANVAS, NULL);
}

/* --- what is shown --- */

static void
forget_gone (AnnalsTimelineCanvas *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->selection);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (annals_timeline_view_find (self->view, *(gint64 *) key) == NULL)
      g_hash_table_iter_remove (&iter);

  if (annals_timeline_view_find (self->view, self->selected) == NULL)
    self->selected = 0;
}

void
annals_timeline_canvas_set_view (AnnalsTimelineCanvas *self,
                                 AnnalsTimelineView   *view)
{
  gboolean same;

  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));
  g_return_if_fail (view != NULL);

  g_clear_pointer (&self->next_view, annals_timeline_view_unref);
  same = self->view != NULL && self->view->data->timeline->id == view->data->timeline->id;
  /* A first event has nothing to be seen beside. */
  if (!same || self->view->items->len == 0)
    self->wants_fit = TRUE;

  /* Who is dragging is not interrupted by news of something else. */
  if (same && self->drag.kind != CANVAS_DRAG_NONE)
    {
      self->next_view = annals_timeline_view_ref (view);
      return;
    }

  annals_timeline_canvas_cancel_drag (self);
  annals_timeline_view_ref (view);
  g_clear_pointer (&self->view, annals_timeline_view_unref);
  self->view = view;
  forget_gone (self);
  annals_timeline_canvas_renew_cards (self);
  make_headers (self);
  g_clear_pointer (&self->layout, annals_layout_free);
  if (self->has_axis && !self->wants_fit)
    {
      lay_out (self);
      annals_timeline_canvas_sync_cards (self);
    }

  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
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

void
annals_timeline_canvas_renew_ticks (AnnalsTimelineCanvas *self)
{
  g_return_if_fail (ANNALS_IS_TIMELINE_CANVAS (self));

  if (self->ticks != NULL)
    annals_timeline_canvas_view_changed (self);
}

AnnalsTimelineView *
annals_timeline_canvas_get_view (AnnalsTimelineCanvas *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINE_CANVAS (self), NULL);

  return self->view;
}

GtkWidget *
annals_timeline_canvas_get_card (AnnalsTimelineCanvas *self,
                                 gint64                event_id)
{
  return g_hash_table_lookup (self->cards, &event_id);
}
