/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-welcome-page.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-direction.h"
#include "annals-recent-files.h"

/* Rows; the menu has a few more. */
#define MAX_ROWS 6
#define MISSING_KEY "annals-missing"

struct _AnnalsWelcomePage
{
  GtkWidget      parent_instance;

  AdwStatusPage *page;
  GtkWidget     *new_button;
  GtkWidget     *recent_box;
  GtkListBox    *recent_list;

  GSettings     *settings;
  GCancellable  *looking;     /* for the files of the rows that are shown */
};

enum
{
  OPEN,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsWelcomePage, annals_welcome_page, GTK_TYPE_WIDGET)

static const char *
get_path (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "annals-path");
}

static char *
dup_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *home = g_get_home_dir ();
  gsize n = strlen (home);

  if (n > 1 && strncmp (folder, home, n) == 0 && (folder[n] == '\0' || folder[n] == G_DIR_SEPARATOR))
    {
      g_autofree char *below = g_strconcat ("~", folder + n, NULL);

      return g_filename_display_name (below);
    }

  return g_filename_display_name (folder);
}

/* --- taking one off the list --- */

static void
remove_row (AnnalsWelcomePage *self,
            GtkWidget         *row)
{
  g_auto(GStrv) before = g_settings_get_strv (self->settings, "recent-notebooks");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *name = annals_recent_files_dup_name (get_path (row));
  g_autofree char *path = g_strdup (get_path (row));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_auto(GStrv) after = NULL;
  GtkListBoxRow *next;
  guint place = 0;

  for (guint i = 0; before[i] != NULL; i++)
    if (g_str_equal (before[i], path))
      place = i;
    else
      g_strv_builder_add (builder, before[i]);
  after = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "recent-notebooks", (const char * const *) after);

  /* The keyboard stays in the list while there is one. */
  next = gtk_list_box_get_row_at_index (self->recent_list, index);
  if (next == NULL && index > 0)
    next = gtk_list_box_get_row_at_index (self->recent_list, index - 1);
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));

  g_signal_emit (self, signals[REMOVED], 0, name, path, place);
}

static void
remove_cb (GtkWidget *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (row, ANNALS_TYPE_WELCOME_PAGE);

  if (page != NULL)
    remove_row (ANNALS_WELCOME_PAGE (page), row);
}

static gboolean
delete_key_cb (GtkWidget *row,
               GVariant  *args,
               gpointer   user_data)
{
  remove_cb (row);

  return TRUE;
}

/* --- the rows --- */

static void
show_place (GtkWidget *row,
            gboolean   missing)
{
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), MISSING_KEY);
  g_autofree char *path = dup_folder (get_path (row));
  g_autofree char *folder = annals_direction_isolate (path);
  /* Translators: %s is a folder */
  g_autofree char *subtitle = missing ? g_strdup_printf (_("No longer in %s"), folder) : g_strdup (folder);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  annals_describe (row, subtitle);
  gtk_widget_set_visible (icon, missing);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !missing);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkWidget) row = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  /* Of a disk that does not answer nobody knows. */
  if (info != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    show_place (row, info == NULL);
}

static void
look (AnnalsWelcomePage *self,
      GtkWidget         *row)
{
  g_autoptr(GFile) file = g_file_new_for_path (get_path (row));

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           self->looking, looked_cb, g_object_ref (row));
}

/* Whoever comes back to the window may have plugged in a disk. */
static void
active_cb (AnnalsWelcomePage *self,
           GParamSpec        *pspec,
           GtkWindow         *window)
{
  if (!gtk_window_is_active (window) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    look (self, row);
}

static GtkWidget *
create_row (const char *path)
{
  g_autofree char *name = annals_recent_files_dup_name (path);
  /* Translators: %s is the name of a notebook */
  g_autofree char *remove = g_strdup_printf (_("Remove “%s” from This List"), name);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkEventController *keys = gtk_shortcut_controller_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_tooltip_text (row, path);
  g_object_set_data_full (G_OBJECT (row), "annals-path", g_strdup (path), g_free);
  g_object_set_data (G_OBJECT (row), MISSING_KEY, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Missing"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  show_place (row, FALSE);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), row, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_callback_action_new (delete_key_cb, NULL, NULL)));
  gtk_widget_add_controller (row, keys);

  return row;
}

static void
fill_list (AnnalsWelcomePage *self)
{
  g_auto(GStrv) paths = g_settings_get_strv (self->settings, "recent-notebooks");
  GtkWidget *row;

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, row);
  for (guint i = 0; paths[i] != NULL && i < MAX_ROWS; i++)
    {
      row = create_row (paths[i]);
      gtk_list_box_append (self->recent_list, row);
      look (self, row);
    }
  gtk_widget_set_visible (self->recent_box, paths[0] != NULL);
}

static void
row_activated_cb (AnnalsWelcomePage *self,
                  GtkListBoxRow     *row)
{
  g_autofree char *path = g_strdup (get_path (GTK_WIDGET (row)));

  g_signal_emit (self, signals[OPEN], 0, path);
}

/* Also before the window is shown, when there is no way from one widget to the next yet. */
static gboolean
annals_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ANNALS_WELCOME_PAGE (widget)->new_button);
}

static void
annals_welcome_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (annals_welcome_page_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (active_cb), widget,
                           G_CONNECT_SWAPPED);
}

static void
annals_welcome_page_dispose (GObject *object)
{
  AnnalsWelcomePage *self = ANNALS_WELCOME_PAGE (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (annals_welcome_page_parent_class)->dispose (object);
}

static void
annals_welcome_page_class_init (AnnalsWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_welcome_page_dispose;
  widget_class->root = annals_welcome_page_root;
  widget_class->grab_focus = annals_welcome_page_grab_focus;

  signals[OPEN] = g_signal_new ("open", ANNALS_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", ANNALS_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsWelcomePage, page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWelcomePage, new_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWelcomePage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWelcomePage, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
annals_welcome_page_init (AnnalsWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_status_page_set_icon_name (self->page, ANNALS_APPLICATION_ID);
}

void
annals_welcome_page_set_settings (AnnalsWelcomePage *self,
                                  GSettings         *settings)
{
  g_return_if_fail (ANNALS_IS_WELCOME_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_set_object (&self->settings, settings);
  g_signal_connect_object (settings, "changed::recent-notebooks", G_CALLBACK (fill_list), self,
                           G_CONNECT_SWAPPED);
  fill_list (self);
}

void
annals_welcome_page_refresh (AnnalsWelcomePage *self)
{
  g_return_if_fail (ANNALS_IS_WELCOME_PAGE (self));

  if (self->settings != NULL)
    fill_list (self);
}
