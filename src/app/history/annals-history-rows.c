/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-row.h"
#include "annals-history-window-private.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"
#include "annals-lists.h"

/* A row and what it shows now. */
typedef struct
{
  AnnalsHistoryWindow *window;   /* not owned: the rows are its own */
  GtkListItem         *item;     /* likewise */
  gulong               loaded_id;
} Row;

static char *
dup_day (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) day = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) yesterday = g_date_time_add_days (now, -1);

  if (day == NULL)
    return NULL;
  if (g_date_time_get_year (day) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (day) == g_date_time_get_day_of_year (now))
    return g_strdup (_("Today"));
  if (g_date_time_get_year (day) == g_date_time_get_year (yesterday) &&
      g_date_time_get_day_of_year (day) == g_date_time_get_day_of_year (yesterday))
    return g_strdup (_("Yesterday"));

  return annals_date_style_format (day,
                                   /* Translators: the day of steps of the history, as for strftime(); %x is the
                                    * locale's own date
                                    * xgettext:no-c-format */
                                   _("%A, %x"));
}

static void
show (Row *row)
{
  AnnalsHistoryWindow *self = row->window;
  AnnalsPagedItem *item = gtk_list_item_get_item (row->item);
  AnnalsHistoryRow *widget = ANNALS_HISTORY_ROW (gtk_list_item_get_child (row->item));
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  const AnnalsAction *action;
  g_autofree char *heading = NULL;
  g_autofree char *name = NULL;
  gboolean first;

  if (item == NULL || notebook == NULL)
    return;

  action = annals_paged_item_get_content (item);
  first = annals_paged_list_starts_group (self->steps, gtk_list_item_get_position (row->item));
  if (first && action != NULL && action->time != 0)
    heading = dup_day (action->time);
  name = annals_history_row_set_action (widget, action,
                                        action != NULL &&
                                        action->id == annals_notebook_get_undo_step (notebook));
  annals_history_row_set_heading (widget, heading);
  annals_list_name_row (row->item, name);
}

static void
context_clicked_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    gpointer         user_data)
{
  Row *row = user_data;
  AnnalsHistoryWindow *self = row->window;
  GtkWidget *widget = gtk_list_item_get_child (row->item);
  guint position = gtk_list_item_get_position (row->item);
  graphene_point_t point;

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->steps), position, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_parent (widget));
  if (!gtk_widget_compute_point (widget, self->list_view, &GRAPHENE_POINT_INIT (x, y), &point))
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle) { point.x, point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *widget = annals_history_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  Row *row = g_new0 (Row, 1);

  row->window = user_data;
  row->item = item;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "released", G_CALLBACK (context_clicked_cb), row);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_object_set_data_full (G_OBJECT (widget), "annals-row", row, g_free);
  gtk_list_item_set_child (item, widget);
}

static Row *
get_row (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "annals-row");
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  AnnalsHistoryWindow *self = user_data;
  Row *row = get_row (item);

  row->loaded_id = g_signal_connect_swapped (gtk_list_item_get_item (item), "loaded", G_CALLBACK (show), row);
  show (row);
  annals_paged_list_want (self->steps, gtk_list_item_get_position (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  g_clear_signal_handler (&get_row (item)->loaded_id, gtk_list_item_get_item (item));
}

void
annals_history_window_init_rows (AnnalsHistoryWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  annals_list_leave_by_tab (self->list_view);
}
