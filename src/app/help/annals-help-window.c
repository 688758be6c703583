/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-help-window.h"

#include "annals-help-blocks.h"

struct _AnnalsHelpWindow
{
  AdwWindow             parent_instance;

  GtkWidget            *root;
  GtkWidget            *search;
  GtkListBox           *list;
  GtkScrolledWindow    *scroller;
  AdwBin               *page_bin;

  AnnalsHelpBook       *book;
  const AnnalsHelpPage *page;      /* the one that is shown */
  GPtrArray            *visited;   /* those before it, borrowed from the book */
};

G_DEFINE_FINAL_TYPE (AnnalsHelpWindow, annals_help_window, ADW_TYPE_WINDOW)

static const AnnalsHelpPage *
get_row_page (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "annals-page");
}

static GtkListBoxRow *
find_row (AnnalsHelpWindow     *self,
          const AnnalsHelpPage *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (get_row_page (row) == page)
      return row;

  return NULL;
}

static gboolean link_cb (AnnalsHelpWindow *self, const char *uri);

static void
connect_links (AnnalsHelpWindow *self,
               GtkWidget        *widget)
{
  if (GTK_IS_LABEL (widget))
    g_signal_connect_object (widget, "activate-link", G_CALLBACK (link_cb), self, G_CONNECT_SWAPPED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    connect_links (self, child);
}

static void
show_page (AnnalsHelpWindow     *self,
           const AnnalsHelpPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->page = page;
  annals_help_blocks_fill (GTK_BOX (box), self->book, page);
  connect_links (self, box);
  adw_bin_set_child (self->page_bin, box);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_list_box_select_row (self->list, find_row (self, page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", self->visited->len > 0);
}

static void
go_to (AnnalsHelpWindow *self,
       const char       *id)
{
  const AnnalsHelpPage *page = annals_help_book_find (self->book, id);

  if (page == NULL || page == self->page)
    return;

  if (self->page != NULL)
    g_ptr_array_add (self->visited, (gpointer) self->page);
  show_page (self, page);
}

/* The label that was clicked goes with its page: that waits until it has been told. */
typedef struct
{
  AnnalsHelpWindow *window;
  char             *id;
} Going;

static void
going_free (Going *self)
{
  g_object_unref (self->window);
  g_free (self->id);
  g_free (self);
}

static gboolean
go_later_cb (gpointer user_data)
{
  Going *going = user_data;

  /* it may have been closed meanwhile */
  if (going->window->book != NULL)
    {
      go_to (going->window, going->id);
      gtk_widget_grab_focus (GTK_WIDGET (going->window->scroller));
    }

  return G_SOURCE_REMOVE;
}

static gboolean
link_cb (AnnalsHelpWindow *self,
         const char       *uri)
{
  Going *going = g_new0 (Going, 1);

  going->window = g_object_ref (self);
  going->id = g_strdup (uri);
  g_idle_add_full (G_PRIORITY_DEFAULT, go_later_cb, going, (GDestroyNotify) going_free);

  return TRUE;
}

/* --- the list --- */

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  AnnalsHelpWindow *self = user_data;

  return annals_help_page_matches (get_row_page (row), gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_changed_cb (AnnalsHelpWindow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* The first page that fits. */
static void
search_activate_cb (AnnalsHelpWindow *self)
{
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (filter_row (row, self))
      {
        go_to (self, get_row_page (row)->id);
        return;
      }
}

static void
stop_search_cb (AnnalsHelpWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
row_activated_cb (AnnalsHelpWindow *self,
                  GtkListBoxRow    *row)
{
  go_to (self, get_row_page (row)->id);
}

static void
fill_list (AnnalsHelpWindow *self)
{
  for (guint i = 0; i < annals_help_book_count (self->book); i++)
    {
      const AnnalsHelpPage *page = annals_help_book_get (self->book, i);
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *label = gtk_label_new (page->title);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, page->title, -1);
      g_object_set_data (G_OBJECT (row), "annals-page", (gpointer) page);
      gtk_list_box_append (self->list, row);
    }
}

/* --- actions --- */

static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsHelpWindow *self = ANNALS_HELP_WINDOW (widget);
  guint n = self->visited->len;

  if (n > 0)
    show_page (self, g_ptr_array_steal_index (self->visited, n - 1));
}

static void
contents_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  go_to (ANNALS_HELP_WINDOW (widget), "index");
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_grab_focus (ANNALS_HELP_WINDOW (widget)->search);
}

static void
annals_help_window_dispose (GObject *object)
{
  AnnalsHelpWindow *self = ANNALS_HELP_WINDOW (object);

  /* The rows' pages are the book's. */
  if (self->list != NULL)
    gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_HELP_WINDOW);
  g_clear_pointer (&self->visited, g_ptr_array_unref);
  g_clear_pointer (&self->book, annals_help_book_free);

  G_OBJECT_CLASS (annals_help_window_parent_class)->dispose (object);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_help_window_class_init (AnnalsHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_help_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsHelpWindow, root);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHelpWindow, page_bin);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "help.contents", NULL, contents_action);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_action);
  bind_keys (widget_class);
}

static void
annals_help_window_init (AnnalsHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->book = annals_help_book_new ();
  self->visited = g_ptr_array_new ();
  fill_list (self);
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
}

void
annals_help_window_present (const char *page)
{
  static AnnalsHelpWindow *shown;   /* weak */

  if (shown == NULL)
    {
      g_autoptr(GtkWindowGroup) group = gtk_window_group_new ();

      /* Not one of the application's, which ends without it; in a group of its own a dialog leaves it alone. */
      g_set_weak_pointer (&shown, g_object_new (ANNALS_TYPE_HELP_WINDOW, NULL));
      gtk_window_group_add_window (group, GTK_WINDOW (shown));
    }

  go_to (shown, page);
  if (shown->page == NULL)
    go_to (shown, "index");
  gtk_window_present (GTK_WINDOW (shown));
}
