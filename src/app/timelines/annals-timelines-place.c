/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-chip.h"
#include "annals-date-settings.h"
#include "annals-wrap-layout.h"

#define EDITOR_HEIGHT 330
#define TABLE_WIDTH 560
#define EDITOR_SHARE 0.46    /* of the height at most, unless the user drags the handle */

typedef enum
{
  PROP_DESK = 1,
} AnnalsTimelinesPlaceProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsTimelinesPlace, annals_timelines_place, GTK_TYPE_WIDGET)

/* --- loading --- */

typedef struct
{
  gint64              timeline_id;   /* 0: the first */
  gint64              shown_id;      /* whose look is known */
  AnnalsTimelineLook *look;          /* of timelines laid over it those that are gone are passed over */
  gboolean            is_new_look;   /* it was read */
  AnnalsTimelineData *data;          /* stays NULL when there is no timeline */
  GPtrArray          *timelines;
  GPtrArray          *overlays;
} Loading;

static void
loading_free (Loading *self)
{
  g_clear_pointer (&self->data, annals_timeline_data_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_ptr_array_unref (self->overlays);
  g_clear_pointer (&self->look, annals_timeline_look_free);
  g_free (self);
}

static gboolean
load_overlays (AnnalsDb  *db,
               Loading   *self,
               GError   **error)
{
  for (guint i = 0; i < self->timelines->len; i++)
    {
      const AnnalsTimeline *timeline = g_ptr_array_index (self->timelines, i);
      AnnalsTimelineData *data;

      if (!g_hash_table_contains (self->look->overlays, timeline->uid) || timeline->id == self->data->timeline->id)
        continue;

      if (!(data = annals_timeline_data_load (db, timeline->id, error)))
        return FALSE;
      g_ptr_array_add (self->overlays, data);
    }

  return TRUE;
}

/* What this window shows of a timeline stays as it is; of another one it is what was noted last. */
static gboolean
load_look (AnnalsDb  *db,
           Loading   *self,
           GError   **error)
{
  if (self->data->timeline->id == self->shown_id)
    return TRUE;

  annals_timeline_look_free (self->look);
  self->look = annals_db_load_timeline_look (db, self->data->timeline->uid, error);
  self->is_new_look = self->look != NULL;

  return self->is_new_look;
}

/* The one asked for; when it is gone, the first there is. */
static gboolean
load (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Loading *self = data;
  gint64 found = 0;

  if (!(self->timelines = annals_db_list_timelines (db, error)))
    return FALSE;

  for (guint i = 0; i < self->timelines->len; i++)
    {
      const AnnalsTimeline *timeline = g_ptr_array_index (self->timelines, i);

      if (found == 0 || timeline->id == self->timeline_id)
        found = timeline->id;
    }

  return found == 0 || ((self->data = annals_timeline_data_load (db, found, error)) != NULL &&
                        load_look (db, self, error) && load_overlays (db, self, error));
}

/* Nothing of its time is known that could be drawn. */
static gboolean
is_for_tray (const AnnalsEvent *event)
{
  gint64 seconds;

  return !annals_date_get_from (event->date, &seconds) && !annals_date_get_to (event->date, &seconds);
}

/* Who is at a chip is not disturbed by news of something else. */
static void
fill_tray (AnnalsTimelinesPlace *self)
{
  g_autoptr(GString) looks = g_string_new (NULL);
  GtkWidget *child;

  for (guint i = 0; i < self->data->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->data->events, i);

      if (is_for_tray (event))
        g_string_append_printf (looks, "%" G_GINT64_FORMAT " %s %s\n", event->id,
                                annals_timeline_data_get_colour (self->data, event), event->title);
    }

  if (g_strcmp0 (looks->str, self->tray_looks) == 0)
    return;

  g_free (self->tray_looks);
  self->tray_looks = g_strdup (looks->str);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tray))) != NULL)
    gtk_box_remove (self->tray, child);

  for (guint i = 0; i < self->data->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->data->events, i);

      if (is_for_tray (event))
        gtk_box_append (self->tray, annals_chip_new_button (event->title,
                                                            annals_timeline_data_get_colour (self->data, event),
                                                            "timeline.select-event",
                                                            g_variant_new_int64 (event->id)));
    }

  gtk_widget_set_visible (self->tray_box, looks->len > 0);
}

static gboolean
reveal_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  AnnalsTimelineCanvas *canvas = ANNALS_TIMELINE_CANVAS (widget);
  gint64 asked_in = *(gint64 *) user_data;

  /* In the frame after the one that gives the canvas its new height. */
  if (gdk_frame_clock_get_frame_counter (clock) <= asked_in + 1)
    return G_SOURCE_CONTINUE;

  annals_timeline_canvas_select (canvas, annals_timeline_canvas_get_selected (canvas));

  return G_SOURCE_REMOVE;
}

/* The first event that is selected makes room for its fields; from then on the handle is the user's. */
static void
edit_event (AnnalsTimelinesPlace *self,
            gint64                event_id)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->paned));
  const AnnalsViewItem *item = self->view != NULL ? annals_timeline_view_find (self->view, event_id) : NULL;
  GdkFrameClock *clock;

  annals_event_editor_show (self->editor, item != NULL ? item->data : self->data, event_id);
  if (event_id == 0 || self->is_split || height == 0)
    return;

  gtk_paned_set_position (self->paned, height - (int) MIN (EDITOR_HEIGHT, height * EDITOR_SHARE));
  self->is_split = TRUE;
  /* The canvas has become lower: the event must not be left out of sight. */
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->canvas));
  if (clock != NULL)
    {
      gint64 frame = gdk_frame_clock_get_frame_counter (clock);

      gtk_widget_add_tick_callback (GTK_WIDGET (self->canvas), reveal_cb, g_memdup2 (&frame, sizeof frame), g_free);
    }
}

/* Filled only while it is seen; it shows what is selected in the drawing. */
static void
update_table (AnnalsTimelinesPlace *self)
{
  g_autoptr(GArray) selection = NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (self->table_paned));

  if (!gtk_widget_get_visible (self->table_box) || self->view == NULL)
    return;

  /* from then on the handle is the user's */
  if (!self->has_table && width > 0)
    gtk_paned_set_position (self->table_paned, MAX (width - TABLE_WIDTH, width / 2));
  self->has_table = TRUE;

  annals_event_table_set_view (self->table, self->view);
  selection = annals_timeline_canvas_dup_selection (self->canvas);
  annals_event_table_select (self->table, selection);
}

void
annals_timelines_place_update_view (AnnalsTimelinesPlace *self)
{
  g_return_if_fail (ANNALS_IS_TIMELINES_PLACE (self));

  if (self->data == NULL)
    return;

  g_clear_pointer (&self->view, annals_timeline_view_unref);
  self->view = annals_timeline_view_new (self->data, self->overlays, self->look->group, self->look->hidden);
  annals_timeline_canvas_set_view (self->canvas, self->view);
  update_table (self);
  annals_timelines_place_update_menu (self);
}

static void
show_data (AnnalsTimelinesPlace *self)
{
  AnnalsTimeline *timeline = self->data->timeline;
  g_autofree char *summary = annals_timeline_data_dup_summary (self->data);
  gint64 selected;

  annals_colour_dot_set_colour (self->dot, timeline->colour);
  gtk_label_set_text (self->title, timeline->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), timeline->title);
  annals_mentions_button_show (self->mentions, ANNALS_RECORD_TIMELINE, timeline->id);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (self->hint, self->data->events->len == 0);
  annals_timelines_place_update_view (self);
  if (self->reveals_lane && timeline->lanes->len > 0)
    annals_timeline_canvas_reveal_lane (self->canvas, timeline->lanes->len - 1);
  self->reveals_lane = FALSE;
  fill_tray (self);

  selected = annals_timeline_canvas_get_selected (self->canvas);
  if (self->wanted_event != 0 && annals_timeline_data_find (self->data, self->wanted_event) != NULL)
    {
      selected = self->wanted_event;
      annals_timelines_place_reveal_event (self, selected);
    }
  self->wanted_event = 0;
  annals_timeline_canvas_select (self->canvas, selected);
  edit_event (self, selected);
  annals_timelines_place_show_loaded (self);
}

/* --- the archive's posts in the overview: counted once, and when posts come or go --- */

typedef struct
{
  AnnalsPostDensity *density;
} CountPosts;

static void
count_posts_free (CountPosts *self)
{
  g_clear_pointer (&self->density, annals_post_density_unref);
  g_free (self);
}

static gboolean
count_posts (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return (((CountPosts *) data)->density = annals_db_load_post_density (db, error)) != NULL;
}

static void
posts_counted_cb (gpointer      owner,
                  gpointer      data,
                  const GError *error)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (owner);

  /* without it the overview shows the events alone */
  if (error == NULL)
    annals_timeline_overview_set_density (self->overview, ((CountPosts *) data)->density);
  else
    self->has_density = FALSE;
}

static void
ensure_density (AnnalsTimelinesPlace *self)
{
  /* nobody sees it now: it waits until the place is shown */
  if (self->has_density || self->data == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->has_density = TRUE;
  annals_desk_read (self->desk, self, count_posts, g_new0 (CountPosts, 1), (GDestroyNotify) count_posts_free, NULL,
                    posts_counted_cb);
}

/* --- what was loaded --- */

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (owner);
  Loading *loading = data;

  gtk_spinner_stop (self->spinner);
  g_clear_pointer (&self->data, annals_timeline_data_unref);
  self->data = g_steal_pointer (&loading->data);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  self->timelines = g_steal_pointer (&loading->timelines);
  g_clear_pointer (&self->overlays, g_ptr_array_unref);
  self->overlays = g_ptr_array_ref (loading->overlays);
  if (loading->is_new_look)
    {
      g_clear_pointer (&self->look, annals_timeline_look_free);
      self->look = g_steal_pointer (&loading->look);
    }

  if (error != NULL)
    {
      g_autofree char *markup = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, markup);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (self->data == NULL)
    {
      self->suggests = FALSE;
      annals_suggestions_page_set_timeline (self->suggestions, 0);
      gtk_stack_set_visible_child_name (self->stack, "none");
    }
  else
    {
      show_data (self);
      ensure_density (self);
    }

  annals_timelines_place_update_actions (self);
  if (self->wants_focus && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  self->wants_focus = FALSE;
}

void
annals_timelines_place_reload (AnnalsTimelinesPlace *self,
                               gint64                timeline_id)
{
  Loading *loading = g_new0 (Loading, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  loading->timeline_id = timeline_id;
  loading->shown_id = annals_timelines_place_get_timeline (self);
  loading->look = annals_timeline_look_copy (self->look);
  loading->overlays = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_timeline_data_unref);
  annals_desk_read (self->desk, self, load, loading, (GDestroyNotify) loading_free, self->cancellable,
                    loaded_cb);
}

/* --- news --- */

/* Whether a timeline was touched that was not there when they were listed. */
static gboolean
brings_timeline (AnnalsTimelinesPlace *self,
                 AnnalsChanges        *changes)
{
  guint n_ids;
  const gint64 *ids = annals_changes_get_ids (changes, ANNALS_RECORD_TIMELINE, &n_ids);
  guint n_known = self->timelines != NULL ? self->timelines->len : 0;

  if (ids == NULL)
    return n_ids > 0;

  for (guint i = 0; i < n_ids; i++)
    {
      guint j = 0;

      while (j < n_known && ((const AnnalsTimeline *) self->timelines->pdata[j])->id != ids[i])
        j++;
      if (j == n_known)
        return TRUE;
    }

  return FALSE;
}

static gboolean
touches_overlay (AnnalsTimelinesPlace *self,
                 AnnalsChanges        *changes)
{
  guint n_shown = self->overlays != NULL ? self->overlays->len : 0;

  for (guint i = 0; i < n_shown; i++)
    {
      const AnnalsTimelineData *overlay = g_ptr_array_index (self->overlays, i);

      if (annals_changes_touch_id (changes, ANNALS_RECORD_TIMELINE, overlay->timeline->id))
        return TRUE;
    }

  /* one that was gone may be there again */
  return g_hash_table_size (self->look->overlays) > n_shown && brings_timeline (self, changes);
}

static void
changed_cb (AnnalsTimelinesPlace *self,
            AnnalsChanges        *changes)
{
  gint64 id = annals_timelines_place_get_timeline (self);

  if (annals_changes_touch (changes, ANNALS_RECORD_IMPORT) || annals_changes_touch (changes, ANNALS_RECORD_POST))
    self->has_density = FALSE;
  ensure_density (self);

  /* Without one the first that is made is shown; a post's title and source may have changed by import. */
  if (id == 0 ? annals_changes_touch (changes, ANNALS_RECORD_TIMELINE)
              : annals_changes_touch_id (changes, ANNALS_RECORD_TIMELINE, id) || touches_overlay (self, changes) ||
                (self->look->group == ANNALS_GROUP_TAG && annals_changes_touch (changes, ANNALS_RECORD_TAG)) ||
                annals_changes_touch (changes, ANNALS_RECORD_IMPORT))
    annals_timelines_place_reload (self, id);
}

static void
notebook_cb (AnnalsTimelinesPlace *self)
{
  g_clear_pointer (&self->data, annals_timeline_data_unref);
  g_clear_pointer (&self->view, annals_timeline_view_unref);
  self->has_density = FALSE;
  annals_timeline_overview_set_density (self->overview, NULL);
  annals_event_editor_show (self->editor, NULL, 0);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_spinner_start (self->spinner);
  if (annals_desk_get_notebook (self->desk) != NULL)
    annals_timelines_place_reload (self, 0);
  annals_timelines_place_update_actions (self);
}

static void
event_selected_cb (AnnalsTimelinesPlace *self,
                   gint64                event_id)
{
  if (self->data == NULL)
    return;

  edit_event (self, event_id);
  if (!self->is_selecting)
    update_table (self);
}

static void
rows_selected_cb (AnnalsTimelinesPlace *self,
                  GArray               *event_ids)
{
  self->is_selecting = TRUE;
  if (event_ids->len == 1)
    annals_timeline_canvas_select (self->canvas, g_array_index (event_ids, gint64, 0));
  else
    annals_timeline_canvas_select_all (self->canvas, event_ids);
  self->is_selecting = FALSE;
}

/* Too close for any zoom to part them: the table lists them. */
static void
cluster_cb (AnnalsTimelinesPlace *self,
            GArray               *event_ids)
{
  gtk_widget_set_visible (self->table_box, TRUE);
  annals_timeline_canvas_select_all (self->canvas, event_ids);
  update_table (self);
}

static void
event_activated_cb (AnnalsTimelinesPlace *self,
                    gint64                event_id)
{
  annals_event_editor_focus_title (self->editor);
}

static void
event_menu_cb (AnnalsTimelinesPlace *self,
               gint64                event_id)
{
  annals_timelines_place_pop_up_menu (self, event_id);
}

static void
event_deleted_cb (AnnalsTimelinesPlace *self,
                  gint64                event_id)
{
  annals_timelines_place_delete_event (self, event_id);
}

static void
ground_menu_cb (AnnalsTimelinesPlace *self,
                double                x,
                double                y)
{
  annals_timelines_place_pop_up_ground (self, x, y);
}

static void
events_moved_cb (AnnalsTimelinesPlace *self,
                 GPtrArray            *moves)
{
  annals_timelines_place_move_events (self, moves);
}

static void
select_event_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  annals_timeline_canvas_select (self->canvas, g_variant_get_int64 (parameter));
}

/* --- the widget --- */

static void
set_desk (AnnalsTimelinesPlace *self,
          AnnalsDesk           *desk)
{
  if (self->desk == desk)
    return;

  if (self->desk != NULL)
    {
      g_clear_signal_handler (&self->changed_id, self->desk);
      g_clear_signal_handler (&self->notebook_id, self->desk);
    }

  g_set_object (&self->desk, desk);
  g_object_set (self->editor, "desk", desk, NULL);
  g_object_set (self->suggestions, "desk", desk, NULL);
  if (desk != NULL)
    {
      annals_mentions_button_set_desk (self->mentions, desk);
      self->changed_id = g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self,
                                                  G_CONNECT_SWAPPED);
      self->notebook_id = g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                                                   G_CONNECT_SWAPPED);
      notebook_cb (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESK]);
}

/* While it is loading nothing in it can have the keyboard that somebody wants to give it. */
static gboolean
annals_timelines_place_focus (GtkWidget        *widget,
                              GtkDirectionType  direction)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (GTK_WIDGET_CLASS (annals_timelines_place_parent_class)->focus (widget, direction))
    return TRUE;

  self->wants_focus = direction == GTK_DIR_TAB_FORWARD &&
                      g_str_equal (gtk_stack_get_visible_child_name (self->stack), "loading");

  return FALSE;
}

static void
annals_timelines_place_dispose (GObject *object)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  annals_timelines_place_clear_popovers (self);
  if (self->desk != NULL)
    {
      g_clear_signal_handler (&self->changed_id, self->desk);
      g_clear_signal_handler (&self->notebook_id, self->desk);
    }
  g_clear_object (&self->desk);
  g_clear_pointer (&self->data, annals_timeline_data_unref);
  g_clear_pointer (&self->view, annals_timeline_view_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->overlays, g_ptr_array_unref);
  g_clear_pointer (&self->look, annals_timeline_look_free);
  g_clear_pointer (&self->tray_looks, g_free);
  g_clear_object (&self->show_actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_TIMELINES_PLACE);

  G_OBJECT_CLASS (annals_timelines_place_parent_class)->dispose (object);
}

static void
annals_timelines_place_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (object);

  switch ((AnnalsTimelinesPlaceProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    }
}

static void
annals_timelines_place_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (object);

  switch ((AnnalsTimelinesPlaceProp) prop_id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, spinner);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, dot);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, mentions);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, summary);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, add_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, view_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, export_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, paned);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, canvas);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, hint);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, table_paned);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, table_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, table);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, scale);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, overview);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, tray_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, tray);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, editor);
  annals_timelines_place_install_suggestions (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, event_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_deleted_cb);
  gtk_widget_class_bind_template_callback (widget_class, ground_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, rows_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, cluster_cb);
  gtk_widget_class_bind_template_callback (widget_class, events_moved_cb);
}

static void
annals_timelines_place_class_init (AnnalsTimelinesPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_timelines_place_dispose;
  object_class->get_property = annals_timelines_place_get_property;
  object_class->set_property = annals_timelines_place_set_property;
  widget_class->focus = annals_timelines_place_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_COLOUR_DOT);
  g_type_ensure (ANNALS_TYPE_TIMELINE_CANVAS);
  g_type_ensure (ANNALS_TYPE_TIMELINE_SCALE);
  g_type_ensure (ANNALS_TYPE_TIMELINE_OVERVIEW);
  g_type_ensure (ANNALS_TYPE_EVENT_EDITOR);
  g_type_ensure (ANNALS_TYPE_MENTIONS_BUTTON);
  g_type_ensure (ANNALS_TYPE_EVENT_TABLE);
  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-timelines-place.ui");
  bind_children (widget_class);
  annals_timelines_place_install_actions (widget_class);
  annals_timelines_place_install_view (widget_class);
  gtk_widget_class_install_action (widget_class, "timeline.select-event", "x", select_event_action);
}

static void
dates_cb (AnnalsTimelinesPlace *self,
          const char           *key,
          GSettings            *settings)
{
  annals_date_settings_apply (settings);
  annals_timeline_canvas_renew_ticks (self->canvas);
}

/* What is bound keeps the settings alive, and so their signals come. */
static void
follow_settings (AnnalsTimelinesPlace *self)
{
  g_autoptr(GSettings) settings = g_settings_new (ANNALS_APPLICATION_ID);

  g_settings_bind (settings, "timeline-table", self->table_box, "visible", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::first-weekday", G_CALLBACK (dates_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::date-style", G_CALLBACK (dates_cb), self, G_CONNECT_SWAPPED);
  annals_date_settings_apply (settings);
}

static void
annals_timelines_place_init (AnnalsTimelinesPlace *self)
{
  self->look = annals_timeline_look_new ();
  self->show_actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "show", G_ACTION_GROUP (self->show_actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_timelines_place_init_export (self);
  annals_timelines_place_init_suggestions (self);
  annals_timeline_scale_set_canvas (self->scale, self->canvas);
  annals_timeline_overview_set_canvas (self->overview, self->canvas);
  g_signal_connect_object (self->table_box, "notify::visible", G_CALLBACK (update_table), self, G_CONNECT_SWAPPED);
  follow_settings (self);
  g_signal_connect (self, "map", G_CALLBACK (ensure_density), NULL);
  annals_timelines_place_accept_drops (self);
  annals_timelines_place_update_actions (self);
}

GtkWidget *
annals_timelines_place_new (void)
{
  return g_object_new (ANNALS_TYPE_TIMELINES_PLACE, NULL);
}

void
annals_timelines_place_show (AnnalsTimelinesPlace *self,
                             gint64                timeline_id,
                             gint64                event_id)
{
  gint64 shown;

  g_return_if_fail (ANNALS_IS_TIMELINES_PLACE (self));

  if (self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  shown = annals_timelines_place_get_timeline (self);
  self->suggests = FALSE;
  if (shown != 0 && (timeline_id == 0 || timeline_id == shown) &&
      (event_id == 0 || annals_timeline_data_find (self->data, event_id) != NULL))
    {
      if (event_id != 0)
        {
          annals_timelines_place_reveal_event (self, event_id);
          annals_timeline_canvas_select (self->canvas, event_id);
        }
      annals_timelines_place_show_loaded (self);
      return;
    }

  self->wanted_event = event_id;
  annals_timelines_place_reload (self, timeline_id);
}

gint64
annals_timelines_place_get_timeline (AnnalsTimelinesPlace *self)
{
  g_return_val_if_fail (ANNALS_IS_TIMELINES_PLACE (self), 0);

  return self->data != NULL ? self->data->timeline->id : 0;
}
