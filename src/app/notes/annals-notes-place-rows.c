/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-row.h"
#include "annals-notes-place-private.h"

#include <glib/gi18n.h>

#include "annals-lists.h"

/* A row and what it shows now. */
typedef struct
{
  AnnalsNotesPlace *place;    /* not owned: the rows are its own */
  GtkListItem      *item;     /* likewise */
  gulong            loaded_id;
} Row;

static const char *
get_heading (AnnalsNotesPlace     *self,
             const AnnalsNote     *note,
             const AnnalsPagedKey *key)
{
  if (self->grouping == ANNALS_NOTES_UNGROUPED)
    return NULL;
  if (key->id < 0)
    return _("Memos");
  if (self->grouping == ANNALS_NOTES_GROUP_TAG && key->group == 0)
    return _("Without a tag");

  return note->group_title;
}

static void
show (Row *row)
{
  AnnalsNotesPlace *self = row->place;
  AnnalsPagedItem *item = gtk_list_item_get_item (row->item);
  AnnalsNoteRow *widget = ANNALS_NOTE_ROW (gtk_list_item_get_child (row->item));
  const AnnalsNote *note = annals_paged_item_get_content (item);
  gboolean first = annals_paged_list_starts_group (self->notes, gtk_list_item_get_position (row->item));
  g_autofree char *name = annals_note_row_set_note (widget, note);

  annals_note_row_set_heading (widget, first && note != NULL
                                         ? get_heading (self, note, annals_paged_item_get_key (item)) : NULL);
  annals_list_name_row (row->item, name);
}

static void
selected_cb (GtkListItem *item,
             GParamSpec  *pspec,
             gpointer     user_data)
{
  annals_note_row_set_chosen (ANNALS_NOTE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_selected (item));
}

static void
chosen_cb (AnnalsNoteRow *widget,
           gboolean       chosen,
           gpointer       user_data)
{
  Row *row = user_data;
  guint position = gtk_list_item_get_position (row->item);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (row->place->notes);

  if (chosen)
    gtk_selection_model_select_item (model, position, FALSE);
  else
    gtk_selection_model_unselect_item (model, position);
}

static void
context_clicked_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    gpointer         user_data)
{
  Row *row = user_data;
  AnnalsNotesPlace *self = row->place;
  GtkWidget *widget = gtk_list_item_get_child (row->item);
  guint position = gtk_list_item_get_position (row->item);
  graphene_point_t point;

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_list_item_get_selected (row->item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->notes), position, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_parent (widget));
  if (gtk_widget_compute_point (widget, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    annals_notes_place_popup_menu (self, point.x, point.y);
}

/* A click opens; with Ctrl or Shift it chooses, as the list does by itself. */
static void
clicked_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  Row *row = user_data;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = gtk_list_item_get_position (row->item);

  if (n_press == 1 && !(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) && position != GTK_INVALID_LIST_POSITION)
    annals_notes_place_open (row->place, position);
}

static void
add_click (GtkWidget *widget,
           guint      button,
           GCallback  callback,
           Row       *row)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  /* When the button comes up: a menu that opens before it takes the release away from the row,
   * which then stays drawn as held down. */
  g_signal_connect (click, "released", callback, row);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *widget = annals_note_row_new ();
  Row *row = g_new0 (Row, 1);

  row->place = user_data;
  row->item = item;
  add_click (widget, GDK_BUTTON_SECONDARY, G_CALLBACK (context_clicked_cb), row);
  add_click (widget, GDK_BUTTON_PRIMARY, G_CALLBACK (clicked_cb), row);
  g_object_set_data_full (G_OBJECT (widget), "annals-row", row, g_free);
  g_signal_connect (widget, "chosen", G_CALLBACK (chosen_cb), row);
  gtk_list_item_set_child (item, widget);
  g_signal_connect (item, "notify::selected", G_CALLBACK (selected_cb), NULL);
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
  AnnalsNotesPlace *self = user_data;
  Row *row = get_row (item);

  row->loaded_id = g_signal_connect_swapped (gtk_list_item_get_item (item), "loaded", G_CALLBACK (show), row);
  show (row);
  selected_cb (item, NULL, NULL);
  annals_paged_list_want (self->notes, gtk_list_item_get_position (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  g_clear_signal_handler (&get_row (item)->loaded_id, gtk_list_item_get_item (item));
}

void
annals_notes_place_init_rows (AnnalsNotesPlace *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  annals_list_leave_by_tab (self->list_view);
}
