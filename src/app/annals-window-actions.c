/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-backups-window.h"
#include "annals-choose-file.h"
#include "annals-export-dialog.h"
#include "annals-history-window.h"
#include "annals-imports-window.h"
#include "annals-quick-open.h"
#include "annals-window-private.h"

static void
new_notebook_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  annals_window_ask_new (ANNALS_WINDOW (widget));
}

static void
open_notebook_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  annals_window_ask_open (ANNALS_WINDOW (widget));
}

static void
welcome_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (annals_window_is_free (self))
    annals_window_show_welcome (self);
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GListModel) files = annals_choose_files_finish (result, NULL);

  if (files != NULL && annals_desk_get_notebook (self->desk) != NULL)
    annals_window_import (self, files);
}

static void
open_sample_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  annals_window_open_sample (ANNALS_WINDOW (widget));
}

static void
guide_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  annals_guide_restart (ANNALS_WINDOW (widget)->guide);
}

static void
restore_recent_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  const char *path;
  guint place;

  g_variant_get (parameter, "(&su)", &path, &place);
  annals_application_restore_recent (ANNALS_APPLICATION (application), path, place);
}

static void
import_errand (AnnalsWindow *self,
               gpointer      data)
{
  gtk_widget_activate_action (GTK_WIDGET (self), data, NULL);
}

/* What is imported needs a notebook to go into: one is made first. */
static gboolean
makes_notebook_first (AnnalsWindow *self,
                      const char   *action_name)
{
  if (annals_desk_get_notebook (self->desk) != NULL)
    return FALSE;

  annals_window_ask_new (self);
  annals_window_run_errand (self, import_errand, g_strdup (action_name), g_free);

  return TRUE;
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  if (makes_notebook_first (ANNALS_WINDOW (widget), action_name))
    return;

  annals_choose_file_async (GTK_WINDOW (widget), ANNALS_CHOOSE_OPEN_MANY, _("Import Posts"),
                            _("_Import"), NULL, NULL, files_chosen_cb, g_object_ref (widget));
}

static void
import_folder_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  if (makes_notebook_first (ANNALS_WINDOW (widget), action_name))
    return;

  annals_choose_file_async (GTK_WINDOW (widget), ANNALS_CHOOSE_FOLDERS, _("Import a Folder"),
                            _("_Import"), NULL, NULL, files_chosen_cb, g_object_ref (widget));
}

static void
other_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL && annals_desk_get_notebook (self->desk) != NULL)
    annals_window_merge (self, g_file_peek_path (file), FALSE);
}

static void
merge_notebook_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Annals Notebooks"));
  gtk_file_filter_add_pattern (filter, "*.annals");
  annals_choose_file_async (GTK_WINDOW (widget), ANNALS_CHOOSE_OPEN, _("Merge Another Notebook into This One"),
                            _("_Merge"), NULL, filter, other_chosen_cb, g_object_ref (widget));
}

static void
show_imports_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  annals_imports_window_present (GTK_WINDOW (self), self->desk, 0);
}

static void
show_history_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  annals_history_window_present (GTK_WINDOW (self), self->desk);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (self->workspace != NULL && !annals_workspace_export (self->workspace))
    annals_desk_toast (self->desk, _("Posts, timelines and notes can be exported"), FALSE);
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (self->workspace != NULL && !annals_workspace_print (self->workspace))
    annals_desk_toast (self->desk, _("Timelines and notes can be printed"), FALSE);
}

static void
export_notebook_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  annals_export_dialog_present (GTK_WINDOW (widget), ANNALS_WINDOW (widget)->desk,
                                annals_export_topic_new_notebook ());
}

static void
open_backup_cb (AnnalsWindow *self,
                const char   *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  /* The page that says that it cannot be opened gives way to it. */
  annals_application_open_path (ANNALS_APPLICATION (application), GTK_WINDOW (self), path, FALSE);
}

static void
show_backups_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);
  AnnalsBackupsWindow *window;

  if (self->path == NULL)
    return;

  window = annals_backups_window_present (GTK_WINDOW (self), self->desk, self->path);
  if (g_signal_handler_find (window, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, open_backup_cb, NULL) == 0)
    g_signal_connect_object (window, "open", G_CALLBACK (open_backup_cb), self, G_CONNECT_SWAPPED);
}

static void
save_copy_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  annals_window_save_copy (ANNALS_WINDOW (widget));
}

static void
salvage_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  annals_window_salvage (ANNALS_WINDOW (widget));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  annals_desk_undo (ANNALS_WINDOW (widget)->desk);
}

static void
redo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  annals_desk_redo (ANNALS_WINDOW (widget)->desk);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (self->workspace != NULL)
    annals_workspace_focus_search (self->workspace);
}

static void
new_memo_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (self->workspace != NULL)
    annals_workspace_begin_memo (self->workspace);
}

static void
quick_open_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  annals_quick_open_present (GTK_WINDOW (widget), ANNALS_WINDOW (widget)->desk);
}

static void
place_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (self->workspace != NULL)
    annals_workspace_show_place (self->workspace, g_variant_get_string (parameter, NULL));
}

static void
toggle_sidebar_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  AnnalsWindow *self = ANNALS_WINDOW (widget);

  if (self->workspace != NULL)
    annals_workspace_toggle_sidebar (self->workspace);
}

void
annals_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
    const char     *place;
  } keys[] = {
    { GDK_KEY_n, GDK_CONTROL_MASK, "win.new-notebook" },
    { GDK_KEY_o, GDK_CONTROL_MASK, "win.open-notebook" },
    { GDK_KEY_i, GDK_CONTROL_MASK, "win.import" },
    { GDK_KEY_i, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.import-folder" },
    { GDK_KEY_f, GDK_CONTROL_MASK, "win.search" },
    { GDK_KEY_k, GDK_CONTROL_MASK, "win.quick-open" },
    { GDK_KEY_m, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.new-memo" },
    { GDK_KEY_w, GDK_CONTROL_MASK, "window.close" },
    { GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.show-history" },
    { GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.export" },
    { GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.save-copy" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "win.print" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_F9, 0, "win.toggle-sidebar" },
    { GDK_KEY_1, GDK_ALT_MASK, "win.place", "read" },
    { GDK_KEY_2, GDK_ALT_MASK, "win.place", "timelines" },
    { GDK_KEY_3, GDK_ALT_MASK, "win.place", "notes" },
    { GDK_KEY_4, GDK_ALT_MASK, "win.place", "review" },
    { GDK_KEY_5, GDK_ALT_MASK, "win.place", "memos" },
  };

  gtk_widget_class_install_action (widget_class, "win.new-notebook", NULL, new_notebook_action);
  gtk_widget_class_install_action (widget_class, "win.open-notebook", NULL, open_notebook_action);
  gtk_widget_class_install_action (widget_class, "win.welcome", NULL, welcome_action);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_action);
  gtk_widget_class_install_action (widget_class, "win.guide", NULL, guide_action);
  gtk_widget_class_install_action (widget_class, "win.restore-recent", "(su)", restore_recent_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.import-folder", NULL, import_folder_action);
  gtk_widget_class_install_action (widget_class, "win.merge-notebook", NULL, merge_notebook_action);
  gtk_widget_class_install_action (widget_class, "win.show-imports", NULL, show_imports_action);
  gtk_widget_class_install_action (widget_class, "win.show-history", NULL, show_history_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "win.export-notebook", NULL, export_notebook_action);
  gtk_widget_class_install_action (widget_class, "win.show-backups", NULL, show_backups_action);
  gtk_widget_class_install_action (widget_class, "win.save-copy", NULL, save_copy_action);
  gtk_widget_class_install_action (widget_class, "win.salvage", NULL, salvage_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.new-memo", NULL, new_memo_action);
  gtk_widget_class_install_action (widget_class, "win.quick-open", NULL, quick_open_action);
  gtk_widget_class_install_action (widget_class, "win.place", "s", place_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-sidebar", NULL, toggle_sidebar_action);

  /* Bubbling up from the focus, so that a text entry keeps its own Ctrl+Z. */
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].place != NULL)
        gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                             keys[i].action, "s", keys[i].place);
      else
        gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                             keys[i].action, NULL);
    }
}

void
annals_window_update_actions (AnnalsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  gboolean can_import = notebook != NULL || annals_window_is_free (self);

  gtk_widget_action_set_enabled (widget, "win.import", can_import);
  gtk_widget_action_set_enabled (widget, "win.import-folder", can_import);
  gtk_widget_action_set_enabled (widget, "win.guide", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.merge-notebook", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.show-imports", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.show-history", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.export", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.print", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.export-notebook", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.save-copy", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.show-backups", notebook != NULL ||
                                 (self->path != NULL && annals_window_is_free (self)));
  gtk_widget_action_set_enabled (widget, "win.search", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.new-memo", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.quick-open", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.place", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.toggle-sidebar", notebook != NULL);
  gtk_widget_action_set_enabled (widget, "win.undo",
                                 notebook != NULL && annals_notebook_get_undo_label (notebook) != NULL);
  gtk_widget_action_set_enabled (widget, "win.redo",
                                 notebook != NULL && annals_notebook_get_redo_label (notebook) != NULL);
}
