/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-export-dialog.h"
#include "annals-name-popover.h"
#include "annals-new-event-popover.h"
#include "annals-palette.h"

static gint64
timeline_id (AnnalsTimelinesPlace *self)
{
  return self->data != NULL ? self->data->timeline->id : 0;
}

static void
commit (AnnalsTimelinesPlace *self,
        const char           *label,
        const char           *message,
        AnnalsTimelineEdit   *edit,
        AnnalsDeskDone        done)
{
  annals_desk_change (self->desk, self, label, message, annals_timeline_edit_apply, edit,
                      (GDestroyNotify) annals_timeline_edit_free, done);
}

/* @popover, a child of the place, points to @target (nullable) in it. */
static void
point_to (AnnalsTimelinesPlace *self,
          GtkWidget            *popover,
          GtkWidget            *target)
{
  graphene_rect_t bounds;

  if (target == NULL || !gtk_widget_compute_bounds (target, GTK_WIDGET (self), &bounds))
    bounds = GRAPHENE_RECT_INIT (gtk_widget_get_width (GTK_WIDGET (self)) / 2.0f, 60, 1, 1);

  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width, (int) bounds.size.height });
}

/* --- events --- */

static void
event_added_cb (gpointer      owner,
                gpointer      data,
                const GError *error)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (owner);
  const AnnalsTimelineEdit *edit = data;

  if (error == NULL && edit->timeline_id == timeline_id (self))
    annals_timelines_place_show (self, edit->timeline_id, edit->event_id);
}

static void
new_event_cb (AnnalsTimelinesPlace *self,
              const char           *title,
              AnnalsDate           *date)
{
  AnnalsTimelineEdit *edit;

  if (timeline_id (self) == 0)
    return;

  edit = annals_timeline_edit_new (timeline_id (self), 0);
  edit->event_title = g_strdup (title);
  edit->event_date = annals_date_ref (date);
  commit (self, _("Add event"), _("Event added"), edit, event_added_cb);
}

static void
add_event_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (timeline_id (self) == 0)
    return;

  if (self->new_event == NULL)
    {
      self->new_event = annals_new_event_popover_new ();
      gtk_widget_set_parent (self->new_event, self->add_button);
      g_signal_connect_object (self->new_event, "accepted", G_CALLBACK (new_event_cb), self, G_CONNECT_SWAPPED);
    }

  annals_new_event_popover_ask (ANNALS_NEW_EVENT_POPOVER (self->new_event));
}

void
annals_timelines_place_delete_event (AnnalsTimelinesPlace *self,
                                     gint64                event_id)
{
  AnnalsTimelineEdit *edit = annals_timeline_edit_new (timeline_id (self), event_id);

  edit->delete_event = TRUE;
  commit (self, _("Delete event"), _("Event deleted"), edit, NULL);
}

static void
edit_event_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  annals_event_editor_focus_title (ANNALS_TIMELINES_PLACE (widget)->editor);
}

static void
delete_event_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  annals_timelines_place_delete_event (ANNALS_TIMELINES_PLACE (widget), g_variant_get_int64 (parameter));
}

static void
set_lane_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  AnnalsTimelineEdit *edit;
  gint64 event_id, lane_id;

  g_variant_get (parameter, "(xx)", &event_id, &lane_id);
  edit = annals_timeline_edit_new (timeline_id (self), event_id);
  edit->set_lane = TRUE;
  edit->lane_id = lane_id;
  commit (self, _("Move event to lane"), _("Event moved"), edit, NULL);
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             GVariant   *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/* A lane's name is the user's: an underscore in it is no mnemonic. */
static char *
escape_mnemonic (const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

static GMenuModel *
make_event_menu (AnnalsTimelinesPlace *self,
                 const AnnalsEvent    *event)
{
  GPtrArray *timeline_lanes = self->data->timeline->lanes;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) lanes = g_menu_new ();

  append_item (menu, _("_Edit Event"), "timeline.edit-event", g_variant_new_int64 (event->id));
  for (guint i = 0; i < timeline_lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline_lanes, i);
      g_autofree char *label = escape_mnemonic (lane->name);

      if (lane->id != event->lane_id)
        append_item (lanes, label, "timeline.set-lane", g_variant_new ("(xx)", event->id, lane->id));
    }
  if (event->lane_id != 0)
    append_item (lanes, _("_No Lane"), "timeline.set-lane", g_variant_new ("(xx)", event->id, (gint64) 0));
  if (g_menu_model_get_n_items (G_MENU_MODEL (lanes)) > 0)
    g_menu_append_submenu (menu, _("_Move to Lane"), G_MENU_MODEL (lanes));
  append_item (menu, _("_Delete Event"), "timeline.delete-event", g_variant_new_int64 (event->id));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
annals_timelines_place_pop_up_menu (AnnalsTimelinesPlace *self,
                                    gint64                event_id)
{
  const AnnalsEvent *event = self->data != NULL ? annals_timeline_data_find (self->data, event_id) : NULL;
  g_autoptr(GMenuModel) menu = NULL;

  if (event == NULL)
    return;

  menu = make_event_menu (self, event);
  if (self->event_menu == NULL)
    {
      self->event_menu = gtk_popover_menu_new_from_model (menu);
      gtk_widget_set_parent (self->event_menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->event_menu), menu);

  point_to (self, self->event_menu, annals_timeline_canvas_get_card (self->canvas, event_id));
  gtk_popover_popup (GTK_POPOVER (self->event_menu));
}

/* --- timelines --- */

typedef struct
{
  char   *title;
  char   *colour;
  gint64  id;
} NewTimeline;

static void
new_timeline_free (NewTimeline *self)
{
  g_free (self->title);
  g_free (self->colour);
  g_free (self);
}

static gboolean
add_timeline (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  NewTimeline *self = data;

  return annals_db_add_timeline (db, self->title, "", self->colour, "", &self->id, error);
}

static void
timeline_added_cb (gpointer      owner,
                   gpointer      data,
                   const GError *error)
{
  if (error == NULL)
    annals_desk_show_timeline (ANNALS_TIMELINES_PLACE (owner)->desk, ((NewTimeline *) data)->id, 0);
}

static void
new_timeline_cb (AnnalsTimelinesPlace *self,
                 const char           *title,
                 const char           *colour)
{
  NewTimeline *data = g_new0 (NewTimeline, 1);
  g_autofree char *message = g_strdup_printf (_("“%s” added"), title);

  data->title = g_strdup (title);
  data->colour = g_strdup (colour);
  annals_desk_change (self->desk, self, _("Add timeline"), message, add_timeline, data,
                      (GDestroyNotify) new_timeline_free, timeline_added_cb);
}

static void
new_timeline_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (self->new_timeline == NULL)
    {
      self->new_timeline = annals_name_popover_new ();
      gtk_widget_set_parent (self->new_timeline, widget);
      g_signal_connect_object (self->new_timeline, "applied", G_CALLBACK (new_timeline_cb), self,
                               G_CONNECT_SWAPPED);
    }

  point_to (self, self->new_timeline, NULL);
  annals_name_popover_ask (ANNALS_NAME_POPOVER (self->new_timeline), _("New Timeline"), _("_Add"), "",
                           annals_palette_pick (1)->name);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (timeline_id (self) != 0)
    annals_export_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk, timeline_id (self));
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  gtk_widget_activate_action_variant (GTK_WIDGET (self->canvas), "canvas.zoom", parameter);
}

/* --- lanes --- */

static const AnnalsLane *
find_lane (AnnalsTimelinesPlace *self,
           gint64                lane_id,
           guint                *index)
{
  for (guint i = 0; self->data != NULL && i < self->data->timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (self->data->timeline->lanes, i);

      if (lane->id == lane_id)
        {
          if (index != NULL)
            *index = i;
          return lane;
        }
    }

  return NULL;
}

static AnnalsTimelineEdit *
new_lane_edit (AnnalsTimelinesPlace *self,
               gint64                lane_id)
{
  AnnalsTimelineEdit *edit = annals_timeline_edit_new (timeline_id (self), 0);

  edit->lane_id = lane_id;

  return edit;
}

static void
lane_renamed_cb (AnnalsTimelinesPlace *self,
                 const char           *name,
                 const char           *colour)
{
  AnnalsTimelineEdit *edit;

  if (find_lane (self, self->renamed_lane, NULL) == NULL)
    return;

  edit = new_lane_edit (self, self->renamed_lane);
  edit->lane_name = g_strdup (name);
  edit->lane_colour = g_strdup (colour);
  commit (self, _("Change lane"), _("Lane changed"), edit, NULL);
}

static void
rename_lane_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  guint index;
  const AnnalsLane *lane = find_lane (self, g_variant_get_int64 (parameter), &index);

  if (lane == NULL)
    return;

  if (self->rename_lane == NULL)
    {
      self->rename_lane = annals_name_popover_new ();
      gtk_widget_set_parent (self->rename_lane, widget);
      g_signal_connect_object (self->rename_lane, "applied", G_CALLBACK (lane_renamed_cb), self,
                               G_CONNECT_SWAPPED);
    }

  self->renamed_lane = lane->id;
  point_to (self, self->rename_lane, annals_timeline_canvas_get_header (self->canvas, index));
  annals_name_popover_ask (ANNALS_NAME_POPOVER (self->rename_lane), _("Change Lane"), _("_Change"), lane->name,
                           lane->colour);
}

static void
colour_lane_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  AnnalsTimelineEdit *edit;
  const char *colour;
  gint64 lane_id;

  g_variant_get (parameter, "(x&s)", &lane_id, &colour);
  edit = new_lane_edit (self, lane_id);
  edit->lane_colour = g_strdup (colour);
  commit (self, _("Change colour of lane"), _("Lane changed"), edit, NULL);
}

static void
move_lane_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  AnnalsTimelineEdit *edit;
  guint position;
  gint64 lane_id;

  g_variant_get (parameter, "(xu)", &lane_id, &position);
  edit = new_lane_edit (self, lane_id);
  edit->lane_position = (int) position;
  commit (self, _("Move lane"), _("Lane moved"), edit, NULL);
}

static void
delete_lane_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  AnnalsTimelineEdit *edit = new_lane_edit (self, g_variant_get_int64 (parameter));

  edit->delete_lane = TRUE;
  commit (self, _("Delete lane"), _("Lane deleted"), edit, NULL);
}

void
annals_timelines_place_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.new", NULL, new_timeline_action);
  gtk_widget_class_install_action (widget_class, "timeline.add-event", NULL, add_event_action);
  gtk_widget_class_install_action (widget_class, "timeline.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "timeline.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "timeline.edit-event", "x", edit_event_action);
  gtk_widget_class_install_action (widget_class, "timeline.delete-event", "x", delete_event_action);
  gtk_widget_class_install_action (widget_class, "timeline.set-lane", "(xx)", set_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.rename-lane", "x", rename_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.colour-lane", "(xs)", colour_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.move-lane", "(xu)", move_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.delete-lane", "x", delete_lane_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "timeline.add-event", NULL);
}

void
annals_timelines_place_update_actions (AnnalsTimelinesPlace *self)
{
  gboolean has_timeline = timeline_id (self) != 0;
  gboolean has_notebook = self->desk != NULL && annals_desk_get_notebook (self->desk) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.new", has_notebook);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.add-event", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.export", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.zoom", has_timeline);
}

void
annals_timelines_place_clear_popovers (AnnalsTimelinesPlace *self)
{
  g_clear_pointer (&self->new_event, gtk_widget_unparent);
  g_clear_pointer (&self->new_timeline, gtk_widget_unparent);
  g_clear_pointer (&self->rename_lane, gtk_widget_unparent);
  g_clear_pointer (&self->event_menu, gtk_widget_unparent);
}
