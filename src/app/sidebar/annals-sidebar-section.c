/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-sidebar-section.h"

#include "annals-drag-origin.h"
#include "annals-lists.h"
#include "annals-post-ids.h"
#include "annals-sidebar-row.h"

struct _AnnalsSidebarSection
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GtkWidget  *heading;
  GtkLabel   *title;
  GtkWidget  *menu_button;
  GtkWidget  *add_button;
  GtkLabel   *hint;
  GtkListBox *list;
  GListStore *items;
  GtkWidget  *selected;      /* the row, weak */
  gboolean    takes_posts;
  gboolean    nests;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_ADD_TOOLTIP,
  PROP_HINT,
} AnnalsSidebarSectionProp;

enum
{
  SELECTED,
  ADD,
  MENU,
  DROPPED,
  MOVED,
  EDIT,
  REMOVE,
  N_SIGNALS
};

static GParamSpec *properties[PROP_HINT + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsSidebarSection, annals_sidebar_section, GTK_TYPE_WIDGET)

static void
update_hint (AnnalsSidebarSection *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0;
  gboolean says = *gtk_label_get_text (self->hint) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->hint), empty && says);
  gtk_widget_set_visible (self->heading, *gtk_label_get_text (self->title) != '\0' && (!empty || says));
  gtk_widget_set_visible (GTK_WIDGET (self->list), !empty);
}

/* GtkListBox selects what has the focus, so that Tab would choose another part in passing: the
 * section marks its row itself.
 */
static void
mark_row (AnnalsSidebarSection *self,
          GtkWidget            *row)
{
  if (self->selected == row)
    return;

  if (self->selected != NULL)
    {
      gtk_widget_unset_state_flags (self->selected, GTK_STATE_FLAG_SELECTED);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->selected), GTK_ACCESSIBLE_STATE_SELECTED,
                                   FALSE, -1);
    }
  g_set_weak_pointer (&self->selected, row);
  if (row != NULL)
    {
      gtk_widget_set_state_flags (row, GTK_STATE_FLAG_SELECTED, FALSE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
    }
}

static void
row_activated_cb (AnnalsSidebarSection *self,
                  GtkListBoxRow        *row)
{
  mark_row (self, GTK_WIDGET (row));
  g_signal_emit (self, signals[SELECTED], 0,
                 annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)));
}

static void
add_clicked_cb (AnnalsSidebarSection *self)
{
  g_signal_emit (self, signals[ADD], 0, self->add_button);
}

static void
row_clicked_cb (GtkGesture *gesture,
                int         n_press,
                double      x,
                double      y,
                gpointer    user_data)
{
  AnnalsSidebarSection *self = user_data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)),
                 row, x, y);
}

/* Something came down on a row, or on the heading (then @onto is NULL). */
static gboolean
take_drop (AnnalsSidebarSection *self,
           AnnalsSidebarItem    *onto,
           const GValue         *value)
{
  if (!annals_drag_belongs_to (GTK_WIDGET (self)))
    return FALSE;

  if (G_VALUE_HOLDS (value, ANNALS_TYPE_POST_IDS))
    g_signal_emit (self, signals[DROPPED], 0, onto, g_value_get_boxed (value));
  else if (g_value_get_object (value) != onto)
    g_signal_emit (self, signals[MOVED], 0, g_value_get_object (value), onto);
  else
    return FALSE;

  return TRUE;
}

static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            gpointer       user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  return take_drop (user_data, annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)), value);
}

static gboolean
dropped_on_heading_cb (GtkDropTarget *target,
                       const GValue  *value,
                       double         x,
                       double         y,
                       gpointer       user_data)
{
  return take_drop (user_data, NULL, value);
}

static GdkContentProvider *
prepare_drag_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 gpointer       user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  annals_drag_begin_from (row);
  return gdk_content_provider_new_typed (ANNALS_TYPE_SIDEBAR_ITEM,
                                         annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  AnnalsSidebarItem *item = annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row));
  GtkWidget *label = gtk_label_new (annals_sidebar_item_get_name (item));

  gtk_widget_add_css_class (label, "drag-label");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
  gdk_drag_set_hotspot (drag, -12, -8);
}

static void
add_drag_and_drop (AnnalsSidebarSection *self,
                   GtkWidget            *row)
{
  GType types[] = { ANNALS_TYPE_POST_IDS, ANNALS_TYPE_SIDEBAR_ITEM };
  GtkDropTarget *target = NULL;
  GtkDragSource *source = NULL;

  if (!self->takes_posts && !self->nests)
    return;

  target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);
  gtk_drop_target_set_gtypes (target, self->takes_posts ? types : types + 1,
                              self->takes_posts && self->nests ? 2 : 1);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  if (!self->nests)
    return;

  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_drag_cb), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  AnnalsSidebarSection *self = user_data;
  GtkWidget *row = annals_sidebar_row_new (item);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  /* When the button comes up: a menu that opens before it takes the release away from the row,
   * which then stays drawn as held down. */
  g_signal_connect_object (click, "released", G_CALLBACK (row_clicked_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));

  add_drag_and_drop (self, row);

  return row;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  AnnalsSidebarSection *self = user_data;
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row == NULL)
    return FALSE;

  g_signal_emit (self, signals[MENU], 0, annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)),
                 row, gtk_widget_get_width (row) / 2.0, gtk_widget_get_height (row) / 2.0);

  return TRUE;
}

static gboolean
edit_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  AnnalsSidebarSection *self = user_data;
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row != NULL)
    g_signal_emit (self, signals[EDIT], 0, annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)), row);

  return row != NULL;
}

static gboolean
remove_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  AnnalsSidebarSection *self = user_data;
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row != NULL)
    g_signal_emit (self, signals[REMOVE], 0, annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)));

  return row != NULL;
}

/* The next visible section in a direction that has rows; NULL: none. */
static AnnalsSidebarSection *
get_neighbour (AnnalsSidebarSection *self,
               gboolean              down)
{
  GtkWidget *widget = GTK_WIDGET (self);

  do
    widget = down ? gtk_widget_get_next_sibling (widget) : gtk_widget_get_prev_sibling (widget);
  while (widget != NULL &&
         (!ANNALS_IS_SIDEBAR_SECTION (widget) || !gtk_widget_get_visible (widget) ||
          g_list_model_get_n_items (G_LIST_MODEL (ANNALS_SIDEBAR_SECTION (widget)->items)) == 0));

  return widget != NULL ? ANNALS_SIDEBAR_SECTION (widget) : NULL;
}

static gboolean
keynav_failed_cb (AnnalsSidebarSection *self,
                  GtkDirectionType      direction)
{
  AnnalsSidebarSection *neighbour;
  GtkListBoxRow *row;
  guint n_items;

  if (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
    return FALSE;

  if (!(neighbour = get_neighbour (self, direction == GTK_DIR_DOWN)))
    return FALSE;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (neighbour->items));
  row = gtk_list_box_get_row_at_index (neighbour->list,
                                       direction == GTK_DIR_DOWN ? 0 : (int) n_items - 1);
  gtk_widget_grab_focus (GTK_WIDGET (row));

  return TRUE;
}

static void
annals_sidebar_section_dispose (GObject *object)
{
  AnnalsSidebarSection *self = ANNALS_SIDEBAR_SECTION (object);

  g_clear_weak_pointer (&self->selected);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_SIDEBAR_SECTION);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (annals_sidebar_section_parent_class)->dispose (object);
}

static void
annals_sidebar_section_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  AnnalsSidebarSection *self = ANNALS_SIDEBAR_SECTION (object);

  switch ((AnnalsSidebarSectionProp) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title));
      break;

    case PROP_ADD_TOOLTIP:
      g_value_set_string (value, gtk_widget_get_tooltip_text (self->add_button));
      break;

    case PROP_HINT:
      g_value_set_string (value, gtk_label_get_text (self->hint));
      break;
    }
}

static void
annals_sidebar_section_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  AnnalsSidebarSection *self = ANNALS_SIDEBAR_SECTION (object);
  const char *text = g_value_get_string (value);

  switch ((AnnalsSidebarSectionProp) prop_id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title, text != NULL ? text : "");
      update_hint (self);
      if (text != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      break;

    case PROP_ADD_TOOLTIP:
      gtk_widget_set_tooltip_text (self->add_button, text);
      gtk_widget_set_visible (self->add_button, text != NULL);
      if (text != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      break;

    case PROP_HINT:
      gtk_label_set_text (self->hint, text != NULL ? text : "");
      update_hint (self);
      break;
    }
}

static void
annals_sidebar_section_class_init (AnnalsSidebarSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_sidebar_section_dispose;
  object_class->get_property = annals_sidebar_section_get_property;
  object_class->set_property = annals_sidebar_section_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ADD_TOOLTIP] =
    g_param_spec_string ("add-tooltip", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SELECTED] = g_signal_new ("selected", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, ANNALS_TYPE_SIDEBAR_ITEM);
  signals[ADD] = g_signal_new ("add", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
  signals[MENU] = g_signal_new ("menu", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 4, ANNALS_TYPE_SIDEBAR_ITEM,
                                GTK_TYPE_WIDGET, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[DROPPED] = g_signal_new ("dropped", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2, ANNALS_TYPE_SIDEBAR_ITEM,
                                   ANNALS_TYPE_POST_IDS);
  signals[MOVED] = g_signal_new ("moved", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 2, ANNALS_TYPE_SIDEBAR_ITEM,
                                 ANNALS_TYPE_SIDEBAR_ITEM);
  signals[EDIT] = g_signal_new ("edit", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 2, ANNALS_TYPE_SIDEBAR_ITEM, GTK_TYPE_WIDGET);
  signals[REMOVE] = g_signal_new ("remove", ANNALS_TYPE_SIDEBAR_SECTION, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, ANNALS_TYPE_SIDEBAR_ITEM);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-sidebar-section.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, hint);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebarSection, list);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed_cb);
}

static void
add_key (AnnalsSidebarSection *self,
         GtkEventController   *controller,
         guint                 key,
         GdkModifierType       modifiers,
         GtkShortcutFunc       func)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_callback_action_new (func, self, NULL)));
}

static void
annals_sidebar_section_init (AnnalsSidebarSection *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (ANNALS_TYPE_SIDEBAR_ITEM);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->items), create_row_cb, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  annals_list_leave_by_tab (GTK_WIDGET (self->list));

  add_key (self, keys, GDK_KEY_Menu, 0, menu_key_cb);
  add_key (self, keys, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb);
  add_key (self, keys, GDK_KEY_F2, 0, edit_key_cb);
  add_key (self, keys, GDK_KEY_Delete, 0, remove_key_cb);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

static gboolean
is_same (AnnalsSidebarItem *a,
         AnnalsSidebarItem *b)
{
  return annals_sidebar_item_get_scope (a) == annals_sidebar_item_get_scope (b) &&
         annals_sidebar_item_get_id (a) == annals_sidebar_item_get_id (b);
}

void
annals_sidebar_section_set_items (AnnalsSidebarSection *self,
                                  GPtrArray            *items)
{
  g_autoptr(AnnalsSidebarItem) selected = NULL;
  guint n_old, head = 0, tail = 0, n_new, limit;

  g_return_if_fail (ANNALS_IS_SIDEBAR_SECTION (self));
  g_return_if_fail (items != NULL);

  selected = annals_sidebar_section_get_selected (self);
  if (selected != NULL)
    g_object_ref (selected);

  /* Only what differs between the common start and the common end is made anew. */
  n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  n_new = items->len;
  limit = MIN (n_old, n_new);
  for (guint i = 0; i < limit; i++, head++)
    {
      g_autoptr(AnnalsSidebarItem) old = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      AnnalsSidebarItem *new = items->pdata[i];

      if (!is_same (old, new))
        break;
      annals_sidebar_item_update (old, annals_sidebar_item_get_name (new),
                                  annals_sidebar_item_get_colour (new),
                                  annals_sidebar_item_get_depth (new),
                                  annals_sidebar_item_get_count (new));
      annals_sidebar_item_set_n_new (old, annals_sidebar_item_get_n_new (new));
    }
  for (; tail < limit - head; tail++)
    {
      g_autoptr(AnnalsSidebarItem) old = g_list_model_get_item (G_LIST_MODEL (self->items),
                                                                n_old - 1 - tail);
      AnnalsSidebarItem *new = items->pdata[n_new - 1 - tail];

      if (!is_same (old, new))
        break;
      annals_sidebar_item_update (old, annals_sidebar_item_get_name (new),
                                  annals_sidebar_item_get_colour (new),
                                  annals_sidebar_item_get_depth (new),
                                  annals_sidebar_item_get_count (new));
      annals_sidebar_item_set_n_new (old, annals_sidebar_item_get_n_new (new));
    }

  if (n_old != n_new || head + tail < n_new)
    {
      g_list_store_splice (self->items, head, n_old - head - tail, items->pdata + head,
                           n_new - head - tail);
      if (selected != NULL)
        annals_sidebar_section_select (self, annals_sidebar_item_get_scope (selected),
                                       annals_sidebar_item_get_id (selected));
    }
  update_hint (self);
}

static GtkListBoxRow *
find_row (AnnalsSidebarSection *self,
          AnnalsScope           scope,
          gint64                id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      AnnalsSidebarItem *item = annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row));

      if (annals_sidebar_item_get_scope (item) == scope && annals_sidebar_item_get_id (item) == id)
        return row;
    }

  return NULL;
}

gboolean
annals_sidebar_section_select (AnnalsSidebarSection *self,
                               AnnalsScope           scope,
                               gint64                id)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (ANNALS_IS_SIDEBAR_SECTION (self), FALSE);

  if (!(row = find_row (self, scope, id)))
    return FALSE;

  mark_row (self, GTK_WIDGET (row));

  return TRUE;
}

void
annals_sidebar_section_unselect (AnnalsSidebarSection *self)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR_SECTION (self));

  mark_row (self, NULL);
}

AnnalsSidebarItem *
annals_sidebar_section_get_selected (AnnalsSidebarSection *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_SECTION (self), NULL);

  return self->selected != NULL ? annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (self->selected))
                                : NULL;
}

AnnalsSidebarItem *
annals_sidebar_section_find (AnnalsSidebarSection *self,
                             AnnalsScope           scope,
                             gint64                id)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (ANNALS_IS_SIDEBAR_SECTION (self), NULL);

  row = find_row (self, scope, id);

  return row != NULL ? annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)) : NULL;
}

AnnalsSidebarItem *
annals_sidebar_section_get_first (AnnalsSidebarSection *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (ANNALS_IS_SIDEBAR_SECTION (self), NULL);

  row = gtk_list_box_get_row_at_index (self->list, 0);

  return row != NULL ? annals_sidebar_row_get_item (ANNALS_SIDEBAR_ROW (row)) : NULL;
}

gboolean
annals_sidebar_section_has_colour (AnnalsSidebarSection *self,
                                   const char           *colour)
{
  guint n_items;

  g_return_val_if_fail (ANNALS_IS_SIDEBAR_SECTION (self), FALSE);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(AnnalsSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (annals_sidebar_item_get_colour (item), colour) == 0)
        return TRUE;
    }

  return FALSE;
}

void
annals_sidebar_section_accept_posts (AnnalsSidebarSection *self)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR_SECTION (self));

  self->takes_posts = TRUE;
}

void
annals_sidebar_section_allow_nesting (AnnalsSidebarSection *self)
{
  GtkDropTarget *target = NULL;

  g_return_if_fail (ANNALS_IS_SIDEBAR_SECTION (self));

  self->nests = TRUE;
  target = gtk_drop_target_new (ANNALS_TYPE_SIDEBAR_ITEM, GDK_ACTION_MOVE);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_on_heading_cb), self, 0);
  gtk_widget_add_controller (self->heading, GTK_EVENT_CONTROLLER (target));
}

void
annals_sidebar_section_set_menu (AnnalsSidebarSection *self,
                                 GMenuModel           *menu,
                                 const char           *name)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR_SECTION (self));
  g_return_if_fail (G_IS_MENU_MODEL (menu) && name != NULL);

  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), menu);
  gtk_widget_set_tooltip_text (self->menu_button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->menu_button, TRUE);
}

GtkWidget *
annals_sidebar_section_get_row (AnnalsSidebarSection *self,
                                AnnalsSidebarItem    *item)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_SECTION (self), NULL);
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (item), NULL);

  return GTK_WIDGET (find_row (self, annals_sidebar_item_get_scope (item), annals_sidebar_item_get_id (item)));
}

void
annals_sidebar_section_set_due (AnnalsSidebarSection *self,
                                AnnalsSidebarDue      due,
                                gpointer              data)
{
  guint n_items;

  g_return_if_fail (ANNALS_IS_SIDEBAR_SECTION (self));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(AnnalsSidebarItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      annals_sidebar_item_set_due (item, due (annals_sidebar_item_get_id (item), data));
    }
}
