/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups that are deleted: moved aside while the toast that undoes it is there, and removed then. */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-ask.h"
#include "annals-backup-row.h"
#include "annals-backups-window-private.h"
#include "annals-show-file.h"

#define PATH_KEY "annals-backup"

static void
discarded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(AnnalsBackupJob) job = annals_backup_job_run_finish (result, NULL);

  g_application_release (g_application_get_default ());
}

static void
discard (AnnalsBackupsWindow *self,
         const char          *path)
{
  g_autoptr(AnnalsBackupJob) job = annals_backup_job_new (ANNALS_BACKUP_JOB_DISCARD, NULL, self->path, path);

  g_application_hold (g_application_get_default ());
  annals_backup_job_run_async (job, NULL, discarded_cb, NULL);
}

void
annals_backups_window_discard (AnnalsBackupsWindow *self)
{
  g_autoptr(GHashTable) deleted = g_steal_pointer (&self->deleted);
  GHashTableIter iter;
  gpointer path;

  if (deleted == NULL)
    return;

  g_hash_table_iter_init (&iter, deleted);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    discard (self, path);
}

static void
dismissed_cb (AnnalsBackupsWindow *self,
              AdwToast            *toast)
{
  const char *path = g_object_get_data (G_OBJECT (toast), PATH_KEY);

  if (self->deleted != NULL && g_hash_table_remove (self->deleted, path))
    discard (self, path);
}

static void
offer_undo (AnnalsBackupsWindow *self,
            const char          *path)
{
  AdwToast *toast = adw_toast_new (_("Backup deleted"));

  if (self->deleted == NULL)
    self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->deleted, g_strdup (path));

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "backups.put-back");
  adw_toast_set_action_target_value (toast, g_variant_new_bytestring (path));
  g_object_set_data_full (G_OBJECT (toast), PATH_KEY, g_strdup (path), g_free);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
  annals_announce (GTK_WIDGET (self->toasts), _("Backup deleted"));
}

/* The one below, or above, is the selected one then. */
static char *
dup_neighbour (AnnalsBackupsWindow *self,
               const char          *path)
{
  GtkListBoxRow *row;
  const char *before = NULL;
  gboolean found = FALSE;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const AnnalsBackup *backup = annals_backup_row_get_backup (ANNALS_BACKUP_ROW (row));

      if (found)
        return g_strdup (backup->path);
      found = g_str_equal (backup->path, path);
      before = found ? before : backup->path;
    }

  return g_strdup (before);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(AnnalsBackupJob) job = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *next = NULL;

  job = annals_backup_job_run_finish (result, &error);
  if (self->desk == NULL)   /* the window is gone, and its toasts */
    {
      if (job != NULL)
        {
          g_application_hold (g_application_get_default ());
          job->kind = ANNALS_BACKUP_JOB_DISCARD;
          annals_backup_job_run_async (job, NULL, discarded_cb, NULL);
        }
      return;
    }
  if (job == NULL)
    {
      annals_tell (GTK_WINDOW (self), _("The Backup Was Not Deleted"), error->message);
      return;
    }

  next = dup_neighbour (self, job->backup);
  offer_undo (self, job->backup);
  annals_backups_window_reload (self, next);
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);
  const AnnalsBackup *backup = annals_backups_window_get_selected (self);
  g_autoptr(AnnalsBackupJob) job = NULL;

  if (backup == NULL || self->working != NULL)
    return;

  job = annals_backup_job_new (ANNALS_BACKUP_JOB_SET_ASIDE, NULL, self->path, backup->path);
  annals_backup_job_run_async (job, NULL, deleted_cb, g_object_ref (self));
}

static void
put_back_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(AnnalsBackupJob) job = NULL;
  g_autoptr(GError) error = NULL;

  job = annals_backup_job_run_finish (result, &error);
  if (self->desk == NULL)
    return;

  if (job != NULL)
    annals_backups_window_reload (self, job->backup);
  else
    annals_tell (GTK_WINDOW (self), _("The Backup Did Not Come Back"), error->message);
}

static void
put_back_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);
  const char *path = g_variant_get_bytestring (parameter);
  g_autoptr(AnnalsBackupJob) job = NULL;

  if (self->deleted == NULL || !g_hash_table_remove (self->deleted, path))
    return;

  job = annals_backup_job_new (ANNALS_BACKUP_JOB_PUT_BACK, NULL, self->path, path);
  annals_backup_job_run_async (job, NULL, put_back_cb, g_object_ref (self));
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!annals_show_in_folder_finish (result, &error) && self->desk != NULL)
    annals_tell (GTK_WINDOW (self), _("The Folder Cannot Be Shown"), error->message);
}

static void
show_in_folder_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);
  const AnnalsBackup *backup = annals_backups_window_get_selected (self);
  g_autoptr(GFile) file = NULL;

  if (backup == NULL)
    return;

  file = g_file_new_for_path (backup->path);
  annals_show_in_folder_async (widget, file, shown_cb, g_object_ref (self));
}

void
annals_backups_window_install_delete (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "backups.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "backups.put-back", "ay", put_back_action);
  gtk_widget_class_install_action (widget_class, "backups.show-in-folder", NULL, show_in_folder_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "backups.delete", NULL);
}
