/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-drag-origin.h"
#include "annals-link-drop.h"
#include "annals-lists.h"
#include "annals-post-card.h"
#include "annals-post-ids.h"
#include "annals-post-row.h"
#include "annals-posts-pane-private.h"

/* The pane is found through the row: a list item outlives neither. */
static AnnalsPostsPane *
get_pane (GtkWidget *row)
{
  return ANNALS_POSTS_PANE (gtk_widget_get_ancestor (row, ANNALS_TYPE_POSTS_PANE));
}

static void
named_cb (GtkListItem *item,
          const char  *name)
{
  annals_list_name_row (item, name);
}

/* What a drag takes along: all selected posts when it starts on one of them, else that one. */
static GdkContentProvider *
prepare_drag_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 gpointer       user_data)
{
  GtkListItem *item = user_data;
  GtkWidget *row = gtk_list_item_get_child (item);
  AnnalsPostsPane *self = get_pane (row);
  guint position = gtk_list_item_get_position (item);
  g_autoptr(GArray) ids = NULL;
  gint64 id;

  if (self == NULL || position == GTK_INVALID_LIST_POSITION)
    return NULL;

  if (gtk_list_item_get_selected (item))
    ids = annals_paged_list_dup_selected (self->posts);
  else
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      id = g_array_index (self->ids, gint64, position);
      g_array_append_val (ids, id);
    }
  annals_drag_begin_from (GTK_WIDGET (self));
  g_object_set_data (G_OBJECT (source), "annals-n-posts", GUINT_TO_POINTER (ids->len));

  return gdk_content_provider_new_typed (ANNALS_TYPE_POST_IDS, ids);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       user_data)
{
  guint n_posts = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (source), "annals-n-posts"));
  g_autofree char *text = g_strdup_printf (ngettext ("%u post", "%u posts", n_posts), n_posts);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "drag-label");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
  gdk_drag_set_hotspot (drag, -12, -8);
}

static void
context_clicked_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    gpointer         user_data)
{
  GtkListItem *item = user_data;
  GtkWidget *row = gtk_list_item_get_child (item);
  AnnalsPostsPane *self = get_pane (row);
  guint position = gtk_list_item_get_position (item);
  graphene_point_t point;

  if (self == NULL || position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_list_item_get_selected (item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->posts), position, TRUE);
  if (gtk_widget_compute_point (row, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    annals_posts_pane_popup_menu (self, point.x, point.y);
}

/* Posts that are dropped on another are linked with it. */
static gboolean
get_link_target (GtkWidget     *widget,
                 double         x,
                 double         y,
                 AnnalsDesk   **desk,
                 AnnalsRecord  *kind,
                 gint64        *id)
{
  AnnalsPostsPane *self = get_pane (widget);
  AnnalsPagedItem *item = annals_post_row_get_item (ANNALS_POST_ROW (widget));

  if (self == NULL || item == NULL)
    return FALSE;

  *desk = self->desk;
  *kind = ANNALS_RECORD_POST;
  *id = annals_paged_item_get_key (item)->id;
  return TRUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *row = annals_post_row_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (prepare_drag_cb), item, 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  /* When the button comes up: a menu that opens before it takes the release away from the row,
   * which then stays drawn as held down. */
  g_signal_connect_object (click, "released", G_CALLBACK (context_clicked_cb), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));

  annals_link_accept_posts (row, get_link_target);
  g_signal_connect_object (row, "named", G_CALLBACK (named_cb), item, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  AnnalsPostsPane *self = user_data;
  AnnalsPagedItem *post = gtk_list_item_get_item (item);
  const AnnalsPostCard *card = annals_paged_item_get_content (post);

  annals_list_name_row (item, card != NULL ? card->name : _("Loading…"));
  annals_post_row_set_item (ANNALS_POST_ROW (gtk_list_item_get_child (item)), post);
  annals_paged_list_want (self->posts, gtk_list_item_get_position (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  annals_post_row_set_item (ANNALS_POST_ROW (gtk_list_item_get_child (item)), NULL);
}

/* The search entry takes what is typed in the list, and Delete and the menu's keys with it, unless they are
 * taken before. */
static GtkEventController *
create_keys (void)
{
  static const struct
  {
    guint            key;
    GdkModifierType  modifiers;
    const char      *action;
  } keys[] = {
    { GDK_KEY_Delete, 0, "posts.trash" },
    { GDK_KEY_KP_Delete, 0, "posts.trash" },
    { GDK_KEY_Menu, 0, "posts.menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "posts.menu" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                            gtk_named_action_new (keys[i].action)));

  return controller;
}

void
annals_posts_pane_init_rows (AnnalsPostsPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  g_object_unref (factory);
  annals_list_leave_by_tab (self->list_view);
  gtk_widget_add_controller (self->list_view, create_keys ());
}
