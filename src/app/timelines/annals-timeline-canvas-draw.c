/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#include "annals-colour-dot.h"
#include "annals-widget-color.h"

#define DASH 6.0f
#define LABEL_PADDING 6

/* --- the ground: grid, lanes --- */

static void
draw_ticks (AnnalsTimelineCanvas *self,
            GtkSnapshot          *snapshot,
            const GdkRGBA        *colour,
            float                 top,
            float                 bottom)
{
  GArray *ticks = annals_timeline_canvas_get_ticks (self);

  for (guint i = 0; i < ticks->len; i++)
    {
      const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);

      if (tick->kind != ANNALS_TICK_MINOR)
        gtk_snapshot_append_color (snapshot, colour,
                                   &GRAPHENE_RECT_INIT ((float) (int) tick->x, top, 1, bottom - top));
    }
}

static void
draw_dashes (GtkSnapshot   *snapshot,
             const GdkRGBA *colour,
             float          y,
             float          width)
{
  /* one node: a rectangle for each dash would be two hundred a lane */
  gtk_snapshot_push_repeat (snapshot, &GRAPHENE_RECT_INIT (0, y, width, 1), &GRAPHENE_RECT_INIT (0, y, DASH, 1));
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (0, y, DASH * 0.66f, 1));
  gtk_snapshot_pop (snapshot);
}

void
annals_timeline_canvas_draw_ground (AnnalsTimelineCanvas *self,
                                    GtkSnapshot          *snapshot)
{
  float width = gtk_widget_get_width (GTK_WIDGET (self));
  const AnnalsLaneBox *lanes;
  double top, bottom;
  GdkRGBA faint;
  guint n_lanes;

  annals_timeline_canvas_visible_band (self, &top, &bottom);
  annals_widget_get_color (GTK_WIDGET (self), &faint);
  faint.alpha = 0.08f;
  draw_ticks (self, snapshot, &faint, (float) top, (float) bottom);

  lanes = annals_layout_get_lanes (self->layout, &n_lanes);
  for (guint i = 0; i < n_lanes; i++)
    {
      if (lanes[i].top > bottom || lanes[i].top + lanes[i].height < top)
        continue;

      if (self->drop_y >= lanes[i].top && self->drop_y < lanes[i].top + lanes[i].height)
        {
          GdkRGBA accent;

          annals_widget_look_up_color (GTK_WIDGET (self), "accent_bg_color", &accent);
          accent.alpha = 0.15f;
          gtk_snapshot_append_color (snapshot, &accent,
                                     &GRAPHENE_RECT_INIT (0, (float) lanes[i].top, width,
                                                          (float) lanes[i].height));
        }

      faint.alpha = 0.18f;
      draw_dashes (snapshot, &faint, (float) (int) (lanes[i].top + lanes[i].height) - 1, width);
    }
}

/* --- bars, dots and clusters --- */

static void
draw_fading (GtkSnapshot           *snapshot,
             const graphene_rect_t *area,
             const GdkRGBA         *colour,
             double                 fade_start,
             double                 fade_end)
{
  GdkRGBA clear = *colour;
  float width = area->size.width;
  float first = CLAMP ((float) fade_start / width, 0, 1);
  float last = CLAMP (1 - (float) fade_end / width, first, 1);
  GskColorStop stops[4];

  clear.alpha = 0;
  stops[0] = (GskColorStop) { 0, fade_start > 0 ? clear : *colour };
  stops[1] = (GskColorStop) { first, *colour };
  stops[2] = (GskColorStop) { last, *colour };
  stops[3] = (GskColorStop) { 1, fade_end > 0 ? clear : *colour };
  gtk_snapshot_append_linear_gradient (snapshot, area, &area->origin,
                                       &GRAPHENE_POINT_INIT (area->origin.x + width, area->origin.y), stops, 4);
}

static void
draw_ring (GtkSnapshot           *snapshot,
           const graphene_rect_t *area,
           float                  thickness,
           const GdkRGBA         *colour)
{
  const float sizes[] = { thickness, thickness, thickness, thickness };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, area->size.height / 2);
  gtk_snapshot_append_border (snapshot, &outline, sizes, (const GdkRGBA[]) { *colour, *colour, *colour, *colour });
}

/* A dot is a short bar with round ends. One that is approximate is hollow, one that is contradicted has a gap. */
static void
draw_mark (GtkSnapshot          *snapshot,
           const AnnalsViewItem *item,
           const AnnalsPlaced   *placed,
           float                 left,
           float                 width,
           const GdkRGBA        *colour)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (left, (float) placed->bar.y, width, (float) placed->bar.height);
  gboolean hollow = (placed->flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN)) != 0;
  GskRoundedRect outline;

  if (hollow)
    {
      draw_ring (snapshot, &area, 2, colour);
      return;
    }

  gsk_rounded_rect_init_from_rect (&outline, &area, area.size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if ((placed->fade_start > 0 || placed->fade_end > 0) && width > 2 * area.size.height)
    draw_fading (snapshot, &area, colour, placed->fade_start, placed->fade_end);
  else
    gtk_snapshot_append_color (snapshot, colour, &area);
  if (item->summary->n_contradicts > 0)
    {
      const GdkRGBA gap = { 1, 1, 1, 1 };

      gtk_snapshot_append_color (snapshot, &gap,
                                 &GRAPHENE_RECT_INIT (left + width / 2 - 1, area.origin.y, 2, area.size.height));
    }
  gtk_snapshot_pop (snapshot);
}

static const AnnalsColour *
lane_colour (AnnalsTimelineCanvas *self,
             guint                 lane)
{
  return ((AnnalsViewLane *) g_ptr_array_index (self->view->lanes, lane))->colour;
}

static gboolean
has_selected (AnnalsTimelineCanvas *self,
              const AnnalsCluster  *cluster)
{
  const guint *members = annals_layout_get_members (self->layout, cluster);
  guint n_placed;
  const AnnalsPlaced *placed = annals_layout_get_placed (self->layout, &n_placed);

  if (g_hash_table_size (self->selection) == 0)
    return FALSE;

  for (guint i = 0; i < cluster->n_items; i++)
    if (g_hash_table_contains (self->selection, &placed[members[i]].id))
      return TRUE;

  return FALSE;
}

static void
draw_cluster (AnnalsTimelineCanvas *self,
              GtkSnapshot          *snapshot,
              PangoLayout          *layout,
              const AnnalsCluster  *cluster,
              double                offset)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const AnnalsColour *colour = lane_colour (self, cluster->lane);
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) (int) (cluster->rect.x + offset), (float) cluster->rect.y,
                                             (float) cluster->rect.width, (float) cluster->rect.height);
  g_autofree char *count = g_strdup_printf ("%'u", cluster->n_items);
  GskRoundedRect outline;
  GdkRGBA strong, tint, text;
  int width, height;

  annals_colour_to_rgba (colour->strong, &strong);
  annals_colour_to_rgba (dark ? colour->dark : colour->light, &tint);
  annals_widget_get_color (GTK_WIDGET (self), &text);
  gsk_rounded_rect_init_from_rect (&outline, &area, area.size.height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &tint, &area);
  gtk_snapshot_pop (snapshot);
  draw_ring (snapshot, &area, 1.5f, &strong);

  pango_layout_set_text (layout, count, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (area.origin.x + (float) (int) ((area.size.width - width) / 2),
                                                          area.origin.y + (float) (int) ((area.size.height - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &text);
  gtk_snapshot_restore (snapshot);

  if (has_selected (self, cluster))
    {
      GdkRGBA accent;

      annals_widget_look_up_color (GTK_WIDGET (self), "accent_color", &accent);
      area = GRAPHENE_RECT_INIT (area.origin.x - 2, area.origin.y - 2, area.size.width + 4, area.size.height + 4);
      draw_ring (snapshot, &area, 2, &accent);
    }
}

static PangoLayout *
make_small_layout (AnnalsTimelineCanvas *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

static void
draw_clusters (AnnalsTimelineCanvas *self,
               GtkSnapshot          *snapshot,
               double                offset,
               double                top,
               double                bottom)
{
  g_autoptr(GArray) visible = annals_layout_dup_visible_clusters (self->layout, &self->axis, top, bottom);
  g_autoptr(PangoLayout) layout = NULL;
  const AnnalsCluster *clusters;
  guint n_clusters;

  clusters = annals_layout_get_clusters (self->layout, &n_clusters);
  if (visible->len == 0)
    return;

  layout = make_small_layout (self);
  for (guint i = 0; i < visible->len; i++)
    draw_cluster (self, snapshot, layout, &clusters[g_array_index (visible, guint, i)], offset);
}

void
annals_timeline_canvas_draw_marks (AnnalsTimelineCanvas *self,
                                   GtkSnapshot          *snapshot)
{
  double offset = annals_layout_get_offset (self->layout, &self->axis);
  g_autoptr(GArray) visible = NULL;
  const AnnalsPlaced *placed;
  double top, bottom;
  guint n_placed;
  GdkRGBA accent;

  annals_timeline_canvas_visible_band (self, &top, &bottom);
  visible = annals_layout_dup_visible (self->layout, &self->axis, top, bottom);
  placed = annals_layout_get_placed (self->layout, &n_placed);
  annals_widget_look_up_color (GTK_WIDGET (self), "accent_color", &accent);

  for (guint i = 0; i < visible->len; i++)
    {
      const AnnalsPlaced *one = &placed[g_array_index (visible, guint, i)];
      const AnnalsViewItem *item;
      double left, right;
      GdkRGBA colour;

      if (one->form != ANNALS_PLACED_MARK)
        continue;

      item = &g_array_index (self->view->items, AnnalsViewItem, one->index);
      left = MAX (one->bar.x + offset, -20);
      right = MIN (one->bar.x + offset + one->bar.width, self->axis.width + 20);
      annals_colour_to_rgba (lane_colour (self, one->lane)->strong, &colour);
      draw_mark (snapshot, item, one, (float) left, (float) MAX (right - left, 1), &colour);
      if (annals_timeline_canvas_is_selected (self, (gint64) one->id))
        draw_ring (snapshot,
                   &GRAPHENE_RECT_INIT ((float) left - 3, (float) one->bar.y - 3, (float) (right - left) + 6,
                                        (float) one->bar.height + 6), 2, &accent);
    }

  draw_clusters (self, snapshot, offset, top, bottom);
}

/* --- while something is dragged --- */

/* Where the event would be, with its date in words. */
static void
draw_ghost (AnnalsTimelineCanvas *self,
            GtkSnapshot          *snapshot,
            const GdkRGBA        *accent)
{
  g_autofree char *label = annals_date_dup_display_short (self->drag.date);
  g_autoptr(PangoLayout) layout = make_small_layout (self);
  AnnalsLayoutItem item = { .id = 1 };
  GdkRGBA tint = *accent;
  graphene_rect_t bounds, area;
  GskRoundedRect outline;
  GdkRGBA white = { 1, 1, 1, 1 };
  int width, height;
  double left, right, y;

  if (!annals_timeline_canvas_get_bounds (self, self->drag.event_id, &bounds))
    return;

  annals_layout_item_set_date (&item, self->drag.date);
  left = item.flags & ANNALS_LAYOUT_OPEN_START ? 0 : annals_axis_to_x (&self->axis, (double) item.from);
  right = item.flags & ANNALS_LAYOUT_OPEN_END ? self->axis.width : annals_axis_to_x (&self->axis, (double) item.to);
  left = CLAMP (left, -4, self->axis.width + 4);
  right = CLAMP (right, left + 3, self->axis.width + 8);
  y = bounds.origin.y;
  if (self->drag.kind == CANVAS_DRAG_EVENT)
    y += self->drag.to_y - self->drag.y;

  tint.alpha = 0.22f;
  area = GRAPHENE_RECT_INIT ((float) left, (float) y, (float) (right - left), bounds.size.height);
  gtk_snapshot_append_color (snapshot, &tint, &area);
  gtk_snapshot_append_color (snapshot, accent, &GRAPHENE_RECT_INIT ((float) left, (float) y, 2, bounds.size.height));
  gtk_snapshot_append_color (snapshot, accent,
                             &GRAPHENE_RECT_INIT ((float) right - 2, (float) y, 2, bounds.size.height));

  pango_layout_set_text (layout, label, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  area = GRAPHENE_RECT_INIT ((float) CLAMP (left, 0, MAX (self->axis.width - width - 2 * LABEL_PADDING, 0)),
                             (float) MAX (y - height - 8, 0), (float) width + 2 * LABEL_PADDING, (float) height + 4);
  gsk_rounded_rect_init_from_rect (&outline, &area, 5);
  annals_widget_look_up_color (GTK_WIDGET (self), "accent_bg_color", &tint);
  annals_widget_look_up_color (GTK_WIDGET (self), "accent_fg_color", &white);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &tint, &area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (area.origin.x + LABEL_PADDING, area.origin.y + 2));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

void
annals_timeline_canvas_draw_drag (AnnalsTimelineCanvas *self,
                                  GtkSnapshot          *snapshot)
{
  const AnnalsCanvasDrag *drag = &self->drag;
  GdkRGBA accent;

  annals_widget_look_up_color (GTK_WIDGET (self), "accent_color", &accent);
  if (drag->kind == CANVAS_DRAG_BAND)
    {
      graphene_rect_t area = GRAPHENE_RECT_INIT ((float) MIN (drag->x, drag->to_x), (float) MIN (drag->y, drag->to_y),
                                                 (float) ABS (drag->to_x - drag->x),
                                                 (float) ABS (drag->to_y - drag->y));
      const float sizes[] = { 1, 1, 1, 1 };
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (&outline, &area, 0);
      gtk_snapshot_append_border (snapshot, &outline, sizes, (const GdkRGBA[]) { accent, accent, accent, accent });
      accent.alpha = 0.15f;
      gtk_snapshot_append_color (snapshot, &accent, &area);
    }
  else if (drag->kind >= CANVAS_DRAG_EVENT && drag->date != NULL)
    draw_ghost (self, snapshot, &accent);
}
