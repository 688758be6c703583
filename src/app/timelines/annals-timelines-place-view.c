/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-menu.h"

/* --- what is turned on and off --- */

typedef struct
{
  char               *timeline_uid;
  AnnalsTimelineLook *look;
} NoteLook;

static void
note_look_free (NoteLook *self)
{
  annals_timeline_look_free (self->look);
  g_free (self->timeline_uid);
  g_free (self);
}

static gboolean
note_look (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  NoteLook *self = data;

  return annals_db_set_timeline_look (db, self->timeline_uid, self->look, error);
}

/* It is so from now on, whenever the timeline is shown. */
static void
keep_look (AnnalsTimelinesPlace *self)
{
  NoteLook *note;

  if (self->data == NULL)
    return;

  note = g_new0 (NoteLook, 1);
  note->timeline_uid = g_strdup (self->data->timeline->uid);
  note->look = annals_timeline_look_copy (self->look);
  annals_desk_change (self->desk, self, NULL, NULL, note_look, note, (GDestroyNotify) note_look_free, NULL);
}

static void
set_hidden (AnnalsTimelinesPlace *self,
            const char           *key,
            gboolean              hide)
{
  if (hide)
    g_hash_table_add (self->look->hidden, g_strdup (key));
  else
    g_hash_table_remove (self->look->hidden, key);

  annals_timelines_place_update_view (self);
  keep_look (self);
}

void
annals_timelines_place_reveal_event (AnnalsTimelinesPlace *self,
                                     gint64                event_id)
{
  g_autoptr(AnnalsTimelineView) whole = NULL;
  g_autofree char *key = NULL;
  const AnnalsViewItem *item;

  g_return_if_fail (ANNALS_IS_TIMELINES_PLACE (self) && self->view != NULL);

  if (annals_timeline_view_find (self->view, event_id) != NULL)
    return;

  whole = annals_timeline_view_new (self->data, NULL, self->look->group, NULL);
  if ((item = annals_timeline_view_find (whole, event_id)) == NULL)
    return;

  key = annals_view_lane_dup_key (g_ptr_array_index (whole->lanes, item->lane), self->look->group);
  set_hidden (self, key, FALSE);
}

static void
set_overlay (AnnalsTimelinesPlace *self,
             gint64                timeline_id,
             gboolean              lay_over)
{
  if (self->data == NULL)
    return;

  for (guint i = 0; i < self->timelines->len; i++)
    {
      const AnnalsTimeline *timeline = g_ptr_array_index (self->timelines, i);

      if (timeline->id != timeline_id)
        continue;

      if (lay_over)
        g_hash_table_add (self->look->overlays, g_strdup (timeline->uid));
      else
        g_hash_table_remove (self->look->overlays, timeline->uid);
    }

  keep_look (self);
  annals_timelines_place_reload (self, self->data->timeline->id);
}

static void
hide_lane_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  const char *key;
  gboolean hide;

  g_variant_get (parameter, "(&sb)", &key, &hide);
  set_hidden (ANNALS_TIMELINES_PLACE (widget), key, hide);
}

static void
overlay_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gint64 timeline_id;
  gboolean lay_over;

  g_variant_get (parameter, "(xb)", &timeline_id, &lay_over);
  set_overlay (ANNALS_TIMELINES_PLACE (widget), timeline_id, lay_over);
}

static void
show_timeline_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  gint64 timeline_id, event_id;

  g_variant_get (parameter, "(xx)", &timeline_id, &event_id);
  annals_desk_show_timeline (ANNALS_TIMELINES_PLACE (widget)->desk, timeline_id, event_id);
}

/* --- the menu: an action of its own for each line, so that it is a check box --- */

static void
group_cb (GSimpleAction        *action,
          GVariant             *value,
          AnnalsTimelinesPlace *self)
{
  const char *name = g_variant_get_string (value, NULL);

  self->look->group = g_str_equal (name, "tag") ? ANNALS_GROUP_TAG
                      : g_str_equal (name, "source") ? ANNALS_GROUP_SOURCE : ANNALS_GROUP_LANE;
  g_simple_action_set_state (action, value);
  annals_timelines_place_update_view (self);
  keep_look (self);
}

static void
lane_cb (GSimpleAction        *action,
         GVariant             *value,
         AnnalsTimelinesPlace *self)
{
  g_simple_action_set_state (action, value);
  set_hidden (self, g_object_get_data (G_OBJECT (action), "key"), !g_variant_get_boolean (value));
}

static void
overlay_cb (GSimpleAction        *action,
            GVariant             *value,
            AnnalsTimelinesPlace *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (action), "timeline");

  g_simple_action_set_state (action, value);
  set_overlay (self, *id, g_variant_get_boolean (value));
}

/* The menu is shown while its actions change: one that is there already only gets its state. */
static GSimpleAction *
ensure_action (AnnalsTimelinesPlace *self,
               const char           *name,
               const char           *parameter,
               GVariant             *state,
               GCallback             callback)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self->show_actions), name);
  g_autoptr(GSimpleAction) action = NULL;

  if (found != NULL)
    {
      g_simple_action_set_state (G_SIMPLE_ACTION (found), state);
      return G_SIMPLE_ACTION (found);
    }

  action = g_simple_action_new_stateful (name, parameter != NULL ? G_VARIANT_TYPE (parameter) : NULL, state);
  g_signal_connect_object (action, "change-state", callback, self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->show_actions), G_ACTION (action));

  return action;
}

static void
append_check (GMenu      *menu,
              const char *label,
              const char *name)
{
  g_autofree char *action = g_strconcat ("show.", name, NULL);

  annals_menu_append_name (menu, label, action, NULL);
}

static GMenuModel *
make_group_menu (AnnalsTimelinesPlace *self)
{
  GMenu *menu = g_menu_new ();

  ensure_action (self, "group", "s", g_variant_new_string (annals_timeline_group_to_string (self->look->group)),
                 G_CALLBACK (group_cb));
  g_menu_append (menu, _("Lanes by _Lane"), "show.group::lane");
  g_menu_append (menu, _("Lanes by _Tag"), "show.group::tag");
  g_menu_append (menu, _("Lanes by _Source"), "show.group::source");

  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_lanes_menu (AnnalsTimelinesPlace *self)
{
  g_autoptr(GPtrArray) lanes = annals_timeline_view_list_lanes (self->data, self->look->group);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < lanes->len; i++)
    {
      const AnnalsViewLane *lane = g_ptr_array_index (lanes, i);
      g_autofree char *key = annals_view_lane_dup_key (lane, self->look->group);
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, key, -1);
      g_autofree char *name = g_strconcat ("lane-", sum, NULL);
      GSimpleAction *action;

      if (*lane->name == '\0')
        continue;

      action = ensure_action (self, name, NULL,
                              g_variant_new_boolean (!g_hash_table_contains (self->look->hidden, key)),
                              G_CALLBACK (lane_cb));
      g_object_set_data_full (G_OBJECT (action), "key", g_steal_pointer (&key), g_free);
      append_check (menu, lane->name, name);
    }

  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_compare_menu (AnnalsTimelinesPlace *self)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < self->timelines->len; i++)
    {
      const AnnalsTimeline *timeline = g_ptr_array_index (self->timelines, i);
      g_autofree char *name = g_strdup_printf ("overlay-%" G_GINT64_FORMAT, timeline->id);
      GSimpleAction *action;

      if (timeline->id == self->data->timeline->id)
        continue;

      action = ensure_action (self, name, NULL,
                              g_variant_new_boolean (g_hash_table_contains (self->look->overlays, timeline->uid)),
                              G_CALLBACK (overlay_cb));
      g_object_set_data_full (G_OBJECT (action), "timeline", g_memdup2 (&timeline->id, sizeof timeline->id), g_free);
      append_check (menu, timeline->title, name);
    }

  return G_MENU_MODEL (menu);
}

void
annals_timelines_place_update_menu (AnnalsTimelinesPlace *self)
{
  GMenu *menu = G_MENU (gtk_menu_button_get_menu_model (self->view_button));
  g_autoptr(GMenuModel) groups = NULL;
  g_autoptr(GMenuModel) lanes = NULL;
  g_autoptr(GMenuModel) compare = NULL;
  g_autoptr(GMenu) more = g_menu_new ();

  if (self->data == NULL)
    return;

  /* filled again, not another: with its popover a menu that has just closed would lose the keyboard's way back */
  annals_menu_clear (menu);
  groups = make_group_menu (self);
  lanes = make_lanes_menu (self);
  compare = make_compare_menu (self);
  g_menu_append_section (menu, NULL, groups);
  g_menu_append (more, _("_Add Lane…"), "timeline.add-lane");
  if (g_menu_model_get_n_items (lanes) > 0)
    g_menu_append_submenu (more, _("_Lanes Shown"), lanes);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  if (g_menu_model_get_n_items (compare) > 0)
    g_menu_append_section (menu, _("Compare With"), compare);
}

void
annals_timelines_place_install_view (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.hide-lane", "(sb)", hide_lane_action);
  gtk_widget_class_install_action (widget_class, "timeline.overlay", "(xb)", overlay_action);
  gtk_widget_class_install_action (widget_class, "timeline.show-timeline", "(xx)", show_timeline_action);
}
