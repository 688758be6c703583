/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backup-folder-row.h"

#include <glib/gi18n.h>

#include "annals-choose-file.h"
#include "annals-direction.h"

#define KEY "backup-folder"

struct _AnnalsBackupFolderRow
{
  AdwActionRow  parent_instance;
  GSettings    *settings;        /* (nullable) until they are set */
  GtkWidget    *choose_button;
  GtkWidget    *beside_button;
};

G_DEFINE_FINAL_TYPE (AnnalsBackupFolderRow, annals_backup_folder_row, ADW_TYPE_ACTION_ROW)

static void
show_folder (AnnalsBackupFolderRow *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, KEY);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *isolated = annals_direction_isolate (shown);
  g_autofree char *escaped = g_markup_escape_text (isolated, -1);
  gboolean beside = *path == '\0';

  /* A button that goes would take the keyboard with it. */
  if (beside && gtk_widget_has_focus (self->beside_button))
    gtk_widget_grab_focus (self->choose_button);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), beside ? _("In a folder beside each notebook") : escaped);
  gtk_widget_set_visible (self->beside_button, !beside);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GSettings) settings = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  /* A setting is UTF-8; a file name need not be. */
  if (path != NULL && g_utf8_validate (path, -1, NULL))
    g_settings_set_string (settings, KEY, path);
}

static void
choose_cb (AnnalsBackupFolderRow *self)
{
  annals_choose_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), ANNALS_CHOOSE_FOLDERS,
                            _("Folder for Backups"), _("_Choose"), NULL, NULL, chosen_cb,
                            g_object_ref (self->settings));
}

static void
beside_cb (AnnalsBackupFolderRow *self)
{
  g_settings_reset (self->settings, KEY);
}

static void
annals_backup_folder_row_dispose (GObject *object)
{
  g_clear_object (&ANNALS_BACKUP_FOLDER_ROW (object)->settings);

  G_OBJECT_CLASS (annals_backup_folder_row_parent_class)->dispose (object);
}

static void
annals_backup_folder_row_class_init (AnnalsBackupFolderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_backup_folder_row_dispose;
}

static GtkWidget *
add_button (AnnalsBackupFolderRow *self,
            const char            *label,
            GCallback              callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);

  return button;
}

static void
annals_backup_folder_row_init (AnnalsBackupFolderRow *self)
{
  self->beside_button = add_button (self, _("_Beside Notebook"), G_CALLBACK (beside_cb));
  self->choose_button = add_button (self, _("_Choose…"), G_CALLBACK (choose_cb));
}

void
annals_backup_folder_row_set_settings (AnnalsBackupFolderRow *self,
                                       GSettings             *settings)
{
  g_return_if_fail (ANNALS_IS_BACKUP_FOLDER_ROW (self) && self->settings == NULL);
  g_return_if_fail (G_IS_SETTINGS (settings));

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (show_folder), self, G_CONNECT_SWAPPED);
  show_folder (self);
}
