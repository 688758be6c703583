/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-menu.h"

static void
append_lanes (GMenu              *menu,
              AnnalsTimelineData *data,
              const AnnalsEvent  *event,
              guint               n_selected)
{
  GPtrArray *timeline_lanes = data->timeline->lanes;
  g_autoptr(GMenu) lanes = g_menu_new ();

  for (guint i = 0; i < timeline_lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline_lanes, i);

      if (lane->id != event->lane_id || n_selected > 1)
        annals_menu_append_name (lanes, lane->name, "timeline.set-lane",
                                 g_variant_new ("(xx)", event->id, lane->id));
    }
  if (event->lane_id != 0 || n_selected > 1)
    annals_menu_append (lanes, _("_No Lane"), "timeline.set-lane", g_variant_new ("(xx)", event->id, (gint64) 0));
  if (g_menu_model_get_n_items (G_MENU_MODEL (lanes)) > 0)
    g_menu_append_submenu (menu, _("_Move to Lane"), G_MENU_MODEL (lanes));
}

static GMenuModel *
make_event_menu (AnnalsTimelinesPlace *self,
                 const AnnalsViewItem *item)
{
  const AnnalsEvent *event = item->event;
  g_autoptr(GArray) selection = annals_timeline_canvas_dup_selection (self->canvas);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) copies = g_menu_new ();
  g_autoptr(GMenu) last = g_menu_new ();

  annals_menu_append (copies, _("Copy _Citations"), "timeline.copy-citations", g_variant_new_int64 (event->id));
  annals_menu_append (copies, _("Copy as Mar_kdown"), "timeline.copy-markdown", g_variant_new_int64 (event->id));
  if (selection->len < 2)
    annals_menu_append (first, _("_Edit Event"), "timeline.edit-event", g_variant_new_int64 (event->id));
  if (!item->is_main)
    annals_menu_append (first, _("Show Its _Timeline"), "timeline.show-timeline",
                        g_variant_new ("(xx)", item->data->timeline->id, event->id));
  else
    {
      append_lanes (first, self->data, event, selection->len);
      annals_menu_append (last, selection->len > 1 ? _("_Delete Events") : _("_Delete Event"), "timeline.delete-event",
                          g_variant_new_int64 (event->id));
    }

  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* @area: in the canvas */
static void
pop_up (AnnalsTimelinesPlace  *self,
        GMenuModel            *menu,
        const graphene_rect_t *area)
{
  graphene_point_t origin;
  graphene_rect_t bounds = *area;

  if (self->event_menu == NULL)
    {
      self->event_menu = gtk_popover_menu_new_from_model (menu);
      gtk_widget_set_parent (self->event_menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->event_menu), menu);

  if (gtk_widget_compute_point (GTK_WIDGET (self->canvas), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0), &origin))
    graphene_rect_offset (&bounds, origin.x, origin.y);
  annals_timelines_place_point_to (self, self->event_menu, &bounds);
  gtk_popover_popup (GTK_POPOVER (self->event_menu));
}

void
annals_timelines_place_pop_up_menu (AnnalsTimelinesPlace *self,
                                    gint64                event_id)
{
  const AnnalsViewItem *item = self->view != NULL ? annals_timeline_view_find (self->view, event_id) : NULL;
  g_autoptr(GMenuModel) menu = NULL;
  graphene_rect_t bounds;

  if (item == NULL || !annals_timeline_canvas_get_bounds (self->canvas, event_id, &bounds))
    return;

  menu = make_event_menu (self, item);
  pop_up (self, menu, &bounds);
}

void
annals_timelines_place_pop_up_ground (AnnalsTimelinesPlace *self,
                                      double                x,
                                      double                y)
{
  const AnnalsViewLane *lane = annals_timeline_canvas_get_lane_at (self->canvas, y);
  g_autoptr(AnnalsDate) date = annals_timeline_canvas_dup_date_at (self->canvas, x);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) last = g_menu_new ();
  gint64 lane_id = lane != NULL && lane->is_main && lane->lane != NULL ? lane->lane->id : 0;

  if (date == NULL)
    return;

  annals_menu_append (first, _("Add _Event Here…"), "timeline.add-event-at",
                      g_variant_new ("(sx)", annals_date_get_edtf (date), lane_id));
  g_menu_append (first, _("Add _Lane…"), "timeline.add-lane");
  annals_menu_append (last, _("Show _All Events"), "timeline.zoom", g_variant_new_int32 (0));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  pop_up (self, G_MENU_MODEL (menu), &GRAPHENE_RECT_INIT ((float) x, (float) y, 1, 1));
}
