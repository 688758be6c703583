/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-name-popover.h"
#include "annals-new-event-popover.h"
#include "annals-palette.h"

static gint64
timeline_id (AnnalsTimelinesPlace *self)
{
  return self->data != NULL ? self->data->timeline->id : 0;
}

void
annals_timelines_place_commit (AnnalsTimelinesPlace *self,
                               const char           *label,
                               const char           *message,
                               AnnalsTimelineEdit   *edit,
                               AnnalsDeskDone        done)
{
  annals_desk_change (self->desk, self, label, message, annals_timeline_edit_apply, edit,
                      (GDestroyNotify) annals_timeline_edit_free, done);
}

void
annals_timelines_place_commit_all (AnnalsTimelinesPlace *self,
                                   const char           *label,
                                   const char           *message,
                                   GPtrArray            *edits)
{
  annals_desk_change (self->desk, self, label, message, annals_timeline_edits_apply, edits,
                      (GDestroyNotify) g_ptr_array_unref, NULL);
}

void
annals_timelines_place_point_to (AnnalsTimelinesPlace  *self,
                                 GtkWidget             *popover,
                                 const graphene_rect_t *area)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (gtk_widget_get_width (GTK_WIDGET (self)) / 2.0f, 60, 1, 1);

  if (area != NULL)
    bounds = *area;

  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 MAX ((int) bounds.size.width, 1), MAX ((int) bounds.size.height, 1) });
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
  edit->set_lane = self->new_event_lane != 0;
  edit->lane_id = self->new_event_lane;
  annals_timelines_place_commit (self, _("Add event"), _("Event added"), edit, event_added_cb);
}

static void
ask_for_event (AnnalsTimelinesPlace *self,
               AnnalsDate           *date,
               gint64                lane_id)
{
  if (timeline_id (self) == 0)
    return;

  if (self->new_event == NULL)
    {
      self->new_event = annals_new_event_popover_new ();
      gtk_widget_set_parent (self->new_event, self->add_button);
      g_signal_connect_object (self->new_event, "accepted", G_CALLBACK (new_event_cb), self, G_CONNECT_SWAPPED);
    }

  self->new_event_lane = lane_id;
  annals_new_event_popover_ask (ANNALS_NEW_EVENT_POPOVER (self->new_event), date);
}

static void
add_event_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  ask_for_event (ANNALS_TIMELINES_PLACE (widget), NULL, 0);
}

/* At a time, in a lane: what the right button beside all events offers. */
static void
add_event_at_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  g_autoptr(AnnalsDate) date = NULL;
  const char *edtf;
  gint64 lane_id;

  g_variant_get (parameter, "(&sx)", &edtf, &lane_id);
  date = annals_date_parse (edtf, NULL);
  ask_for_event (ANNALS_TIMELINES_PLACE (widget), date, lane_id);
}

/* The events that an action on @event_id is for: all that are selected, when it is one of them. Only those of the
 * timeline that is shown.
 */
static GArray *
dup_targets (AnnalsTimelinesPlace *self,
             gint64                event_id)
{
  g_autoptr(GArray) selection = annals_timeline_canvas_dup_selection (self->canvas);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!annals_timeline_canvas_is_selected (self->canvas, event_id))
    {
      g_array_set_size (selection, 0);
      g_array_append_val (selection, event_id);
    }

  for (guint i = 0; i < selection->len; i++)
    if (annals_timeline_data_find (self->data, g_array_index (selection, gint64, i)) != NULL)
      g_array_append_val (ids, g_array_index (selection, gint64, i));

  return ids;
}

static GPtrArray *
make_edits (AnnalsTimelinesPlace *self,
            GArray               *ids)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_timeline_edit_free);

  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (edits, annals_timeline_edit_new (timeline_id (self), g_array_index (ids, gint64, i)));

  return edits;
}

void
annals_timelines_place_delete_event (AnnalsTimelinesPlace *self,
                                     gint64                event_id)
{
  g_autoptr(GArray) ids = dup_targets (self, event_id);
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  GPtrArray *edits;

  if (ids->len == 0)
    {
      annals_desk_toast (self->desk, _("The event is of another timeline; delete it there"), FALSE);
      return;
    }

  edits = make_edits (self, ids);
  for (guint i = 0; i < edits->len; i++)
    ((AnnalsTimelineEdit *) g_ptr_array_index (edits, i))->delete_event = TRUE;

  if (edits->len != 1)
    {
      label = g_strdup_printf (ngettext ("Delete %u event", "Delete %u events", edits->len), edits->len);
      message = g_strdup_printf (ngettext ("%u event deleted", "%u events deleted", edits->len), edits->len);
    }

  annals_timelines_place_commit_all (self, label != NULL ? label : _("Delete event"),
                                     message != NULL ? message : _("Event deleted"), edits);
}

/* Dragged to another time or lane, as one step */
void
annals_timelines_place_move_events (AnnalsTimelinesPlace *self,
                                    GPtrArray            *moves)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_timeline_edit_free);
  const AnnalsEventMove *first = g_ptr_array_index (moves, 0);
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;

  for (guint i = 0; i < moves->len; i++)
    {
      const AnnalsEventMove *move = g_ptr_array_index (moves, i);
      AnnalsTimelineEdit *edit = annals_timeline_edit_new (timeline_id (self), move->event_id);

      edit->event_date = annals_date_ref (move->date);
      if (move->lane != NULL)
        {
          edit->set_lane = TRUE;
          edit->lane_id = move->lane->lane != NULL ? move->lane->lane->id : 0;
        }
      g_ptr_array_add (edits, edit);
    }

  if (moves->len > 1)
    {
      label = g_strdup_printf (ngettext ("Move %u event", "Move %u events", moves->len), moves->len);
      message = g_strdup_printf (ngettext ("%u event moved", "%u events moved", moves->len), moves->len);
    }
  else
    {
      g_autofree char *date = annals_date_dup_display (first->date);

      label = g_strdup (_("Move event"));
      /* Translators: where an event was dragged to: “Event moved to 9 March 2020” */
      message = g_strdup_printf (_("Event moved to %s"), date);
    }

  annals_timelines_place_commit_all (self, label, message, edits);
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
  g_autoptr(GArray) ids = NULL;
  g_autofree char *message = NULL;
  gint64 event_id, lane_id;
  GPtrArray *edits;

  g_variant_get (parameter, "(xx)", &event_id, &lane_id);
  ids = dup_targets (self, event_id);
  if (ids->len == 0)
    return;

  edits = make_edits (self, ids);
  for (guint i = 0; i < edits->len; i++)
    {
      AnnalsTimelineEdit *edit = g_ptr_array_index (edits, i);

      edit->set_lane = TRUE;
      edit->lane_id = lane_id;
    }

  if (edits->len != 1)
    message = g_strdup_printf (ngettext ("%u event moved", "%u events moved", edits->len), edits->len);
  annals_timelines_place_commit_all (self, _("Move event to lane"), message != NULL ? message : _("Event moved"),
                                     edits);
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
      annals_timelines_place_offer_themes (self, self->new_timeline);
      gtk_widget_set_parent (self->new_timeline, widget);
      g_signal_connect_object (self->new_timeline, "applied", G_CALLBACK (new_timeline_cb), self,
                               G_CONNECT_SWAPPED);
    }

  annals_timelines_place_point_to (self, self->new_timeline, NULL);
  annals_name_popover_ask (ANNALS_NAME_POPOVER (self->new_timeline), _("New Timeline"), _("_Add"), "",
                           annals_palette_pick (1)->name);
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
lane_added_cb (gpointer      owner,
               gpointer      data,
               const GError *error)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (owner);
  const AnnalsTimelineEdit *edit = data;

  if (error != NULL || edit->timeline_id != timeline_id (self))
    return;

  /* at the end of those there are, which is out of sight when they are many */
  self->reveals_lane = TRUE;
  annals_timelines_place_reload (self, edit->timeline_id);
}

static void
lane_named_cb (AnnalsTimelinesPlace *self,
               const char           *name,
               const char           *colour)
{
  AnnalsTimelineEdit *edit;

  if (timeline_id (self) == 0 || (self->renamed_lane != 0 && find_lane (self, self->renamed_lane, NULL) == NULL))
    return;

  edit = new_lane_edit (self, self->renamed_lane);
  edit->add_lane = self->renamed_lane == 0;
  edit->lane_name = g_strdup (name);
  edit->lane_colour = g_strdup (colour);
  if (edit->add_lane)
    annals_timelines_place_commit (self, _("Add lane"), _("Lane added"), edit, lane_added_cb);
  else
    annals_timelines_place_commit (self, _("Change lane"), _("Lane changed"), edit, NULL);
}

static AnnalsNamePopover *
ensure_lane_popover (AnnalsTimelinesPlace *self)
{
  if (self->rename_lane == NULL)
    {
      self->rename_lane = annals_name_popover_new ();
      gtk_widget_set_parent (self->rename_lane, GTK_WIDGET (self));
      g_signal_connect_object (self->rename_lane, "applied", G_CALLBACK (lane_named_cb), self,
                               G_CONNECT_SWAPPED);
    }

  return ANNALS_NAME_POPOVER (self->rename_lane);
}

static void
rename_lane_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  const AnnalsLane *lane = find_lane (self, g_variant_get_int64 (parameter), NULL);
  graphene_rect_t bounds;
  GtkWidget *header = NULL;

  if (lane == NULL)
    return;

  for (guint i = 0; i < self->view->lanes->len; i++)
    if (((AnnalsViewLane *) g_ptr_array_index (self->view->lanes, i))->lane == lane)
      header = annals_timeline_canvas_get_header (self->canvas, i);

  self->renamed_lane = lane->id;
  ensure_lane_popover (self);
  annals_timelines_place_point_to (self, self->rename_lane,
                                   header != NULL && gtk_widget_compute_bounds (header, widget, &bounds) ? &bounds
                                                                                                        : NULL);
  annals_name_popover_ask (ensure_lane_popover (self), _("Change Lane"), _("_Change"), lane->name, lane->colour);
}

static void
add_lane_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (timeline_id (self) == 0)
    return;

  self->renamed_lane = 0;
  ensure_lane_popover (self);
  annals_timelines_place_point_to (self, self->rename_lane, NULL);
  annals_name_popover_ask (ensure_lane_popover (self), _("New Lane"), _("_Add"), "",
                           annals_palette_pick (self->data->timeline->lanes->len)->name);
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
  annals_timelines_place_commit (self, _("Change colour of lane"), _("Lane changed"), edit, NULL);
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
  annals_timelines_place_commit (self, _("Move lane"), _("Lane moved"), edit, NULL);
}

static void
delete_lane_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  AnnalsTimelineEdit *edit = new_lane_edit (self, g_variant_get_int64 (parameter));

  edit->delete_lane = TRUE;
  annals_timelines_place_commit (self, _("Delete lane"), _("Lane deleted"), edit, NULL);
}

void
annals_timelines_place_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.new", NULL, new_timeline_action);
  gtk_widget_class_install_action (widget_class, "timeline.add-event", NULL, add_event_action);
  gtk_widget_class_install_action (widget_class, "timeline.add-event-at", "(sx)", add_event_at_action);
  gtk_widget_class_install_action (widget_class, "timeline.add-lane", NULL, add_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.zoom", "i", zoom_action);
  gtk_widget_class_install_action (widget_class, "timeline.edit-event", "x", edit_event_action);
  gtk_widget_class_install_action (widget_class, "timeline.delete-event", "x", delete_event_action);
  gtk_widget_class_install_action (widget_class, "timeline.set-lane", "(xx)", set_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.rename-lane", "x", rename_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.colour-lane", "(xs)", colour_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.move-lane", "(xu)", move_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.delete-lane", "x", delete_lane_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "timeline.add-event", NULL);
  annals_timelines_place_install_export (widget_class);
}

void
annals_timelines_place_update_actions (AnnalsTimelinesPlace *self)
{
  gboolean has_timeline = timeline_id (self) != 0;
  gboolean has_notebook = self->desk != NULL && annals_desk_get_notebook (self->desk) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.new", has_notebook);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.add-event", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.add-lane", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.show-suggestions", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.zoom", has_timeline);
  annals_timelines_place_update_export (self);
}

void
annals_timelines_place_clear_popovers (AnnalsTimelinesPlace *self)
{
  g_clear_pointer (&self->new_event, gtk_widget_unparent);
  g_clear_pointer (&self->new_timeline, gtk_widget_unparent);
  g_clear_pointer (&self->rename_lane, gtk_widget_unparent);
  g_clear_pointer (&self->event_menu, gtk_widget_unparent);
}
