/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backups-window.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-ask.h"
#include "annals-backup-row.h"
#include "annals-backups-window-private.h"
#include "annals-choose-file.h"

#define WINDOW_KEY "annals-backups-window"
#define PROGRESS_MS 100

static guint open_signal;

G_DEFINE_FINAL_TYPE (AnnalsBackupsWindow, annals_backups_window, ADW_TYPE_WINDOW)

static AnnalsNotebook *
get_notebook (AnnalsBackupsWindow *self)
{
  return annals_desk_get_notebook (self->desk);
}

const AnnalsBackup *
annals_backups_window_get_selected (AnnalsBackupsWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? annals_backup_row_get_backup (ANNALS_BACKUP_ROW (row)) : NULL;
}

static void
update_actions (AnnalsBackupsWindow *self)
{
  const AnnalsBackup *backup = annals_backups_window_get_selected (self);
  gboolean free = self->working == NULL;
  gboolean whole = backup != NULL && backup->problem == NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.make", free && get_notebook (self) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.restore", free && whole && self->differs);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.copy", free && whole);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.delete", free && backup != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.show-in-folder", free && backup != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), free);
  gtk_stack_set_visible_child_name (self->bar_stack, free ? "actions" : "busy");
}

static void
toast (AnnalsBackupsWindow *self,
       const char          *message,
       gboolean             with_way_back)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (with_way_back)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "backups.way-back");
      adw_toast_set_timeout (toast, 0);   /* the whole notebook is another one */
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
  annals_announce (GTK_WIDGET (self->toasts), message);
}

/* --- what differs --- */

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(AnnalsBackupJob) job = NULL;
  g_autoptr(GError) error = NULL;

  job = annals_backup_job_run_finish (result, &error);
  /* another comparison has begun, or the window is gone */
  if (self->comparing == NULL || g_task_get_cancellable (G_TASK (result)) != self->comparing)
    return;

  g_clear_object (&self->comparing);
  self->differs = job != NULL && job->found->len > 0;
  if (job == NULL)
    annals_backup_preview_show_message (self->preview, "dialog-warning-symbolic", _("Cannot Be Restored"),
                                        error->message);
  else if (!self->differs)
    annals_backup_preview_show_message (self->preview, "object-select-symbolic", _("Nothing Differs"),
                                        _("The notebook is as it was when this backup was made."));
  else
    annals_backup_preview_show_kinds (self->preview, job->found);
  update_actions (self);
}

static void
selected_cb (AnnalsBackupsWindow *self)
{
  const AnnalsBackup *backup = annals_backups_window_get_selected (self);
  g_autoptr(AnnalsBackupJob) job = NULL;

  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  self->differs = FALSE;

  if (backup == NULL)
    annals_backup_preview_show_message (self->preview, "document-open-recent-symbolic", _("No Backup Selected"),
                                        _("What a backup would change is shown here."));
  else if (backup->problem != NULL)
    annals_backup_preview_show_message (self->preview, "dialog-warning-symbolic", _("Cannot Be Restored"),
                                        backup->problem);
  else if (get_notebook (self) == NULL)
    {
      self->differs = TRUE;
      annals_backup_preview_show_message (self->preview, "document-open-recent-symbolic", _("Ready to Be Restored"),
                                          _("The notebook cannot be opened, so there is nothing to compare this "
                                            "backup with. Its file is kept beside it under another name."));
    }
  else
    {
      job = annals_backup_job_new (ANNALS_BACKUP_JOB_COMPARE, NULL, self->path, backup->path);
      self->comparing = g_cancellable_new ();
      annals_backup_preview_show_busy (self->preview);
      annals_backup_job_run_async (job, self->comparing, compared_cb, g_object_ref (self));
    }

  update_actions (self);
}

/* --- the list --- */

static void
fill_list (AnnalsBackupsWindow *self,
           GPtrArray           *backups)
{
  GtkListBoxRow *chosen = NULL;
  g_autofree gpointer *all = NULL;
  GtkWidget *row;
  gsize n;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  all = g_ptr_array_steal (backups, &n);
  for (gsize i = 0; i < n; i++)
    {
      AnnalsBackup *backup = all[i];

      row = annals_backup_row_new (backup);
      gtk_list_box_append (self->list, row);
      if (chosen == NULL || g_strcmp0 (backup->path, self->wanted) == 0)
        chosen = GTK_LIST_BOX_ROW (row);
    }

  gtk_stack_set_visible_child_name (self->stack, chosen != NULL ? "list" : "empty");
  gtk_list_box_select_row (self->list, chosen);
  if (chosen != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (chosen));
  else
    selected_cb (self);
  g_clear_pointer (&self->wanted, g_free);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(AnnalsBackupJob) job = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  job = annals_backup_job_run_finish (result, &error);
  if (self->listing == NULL || g_task_get_cancellable (G_TASK (result)) != self->listing)
    return;

  g_clear_object (&self->listing);
  if (job != NULL)
    {
      fill_list (self, job->found);
      return;
    }

  message = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->error_page, message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

void
annals_backups_window_reload (AnnalsBackupsWindow *self,
                              const char          *wanted)
{
  g_autoptr(AnnalsBackupJob) job = annals_backup_job_new (ANNALS_BACKUP_JOB_LIST, NULL, self->path, NULL);

  g_free (self->wanted);
  self->wanted = g_strdup (wanted);
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  annals_backup_job_run_async (job, self->listing, listed_cb, g_object_ref (self));
}

/* --- work with a bar --- */

static gboolean
progress_cb (gpointer user_data)
{
  AnnalsBackupsWindow *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, annals_backup_job_get_progress (self->job));

  return G_SOURCE_CONTINUE;
}

static void
tell_done (AnnalsBackupsWindow *self,
           AnnalsBackupJob     *job)
{
  switch (job->kind)
    {
    case ANNALS_BACKUP_JOB_MAKE:
      toast (self, _("Backup made"), FALSE);
      annals_backups_window_reload (self, job->kept);
      break;

    case ANNALS_BACKUP_JOB_COPY:
      g_signal_emit (self, open_signal, 0, job->target);
      break;

    case ANNALS_BACKUP_JOB_RESTORE:
      if (job->notebook == NULL)
        {
          g_signal_emit (self, open_signal, 0, job->path);
          gtk_window_destroy (GTK_WINDOW (self));
          return;
        }
      g_free (self->way_back);
      self->way_back = g_strdup (job->kept);
      toast (self, _("Backup restored"), TRUE);
      annals_backups_window_reload (self, job->backup);
      break;

    case ANNALS_BACKUP_JOB_LIST:
    case ANNALS_BACKUP_JOB_KEEP_UP:
    case ANNALS_BACKUP_JOB_COMPARE:
    case ANNALS_BACKUP_JOB_SET_ASIDE:
    case ANNALS_BACKUP_JOB_PUT_BACK:
    case ANNALS_BACKUP_JOB_DISCARD:
      break;
    }
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(AnnalsBackupJob) job = NULL;
  g_autoptr(GError) error = NULL;

  job = annals_backup_job_run_finish (result, &error);
  g_application_release (g_application_get_default ());
  if (self->working == NULL)
    return;   /* the window is gone */

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->working);
  g_clear_pointer (&self->job, annals_backup_job_unref);
  update_actions (self);

  if (job != NULL)
    tell_done (self, job);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    toast (self, _("Cancelled; nothing was changed"), FALSE);
  else
    annals_tell (GTK_WINDOW (self), _("That Was Not Possible"), error->message);
}

static void
work (AnnalsBackupsWindow *self,
      AnnalsBackupJob     *job,
      const char          *doing)
{
  self->job = job;
  self->working = g_cancellable_new ();
  gtk_label_set_text (self->doing, doing);
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->timer = g_timeout_add (PROGRESS_MS, progress_cb, self);
  update_actions (self);
  g_application_hold (g_application_get_default ());
  annals_backup_job_run_async (job, self->working, worked_cb, g_object_ref (self));
}

static void
make_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);

  if (self->working == NULL)
    work (self, annals_backup_job_new (ANNALS_BACKUP_JOB_MAKE, NULL, self->path, NULL), _("Backing up…"));
}

static void
restore (AnnalsBackupsWindow *self,
         const char          *backup)
{
  if (self->working == NULL)
    work (self, annals_backup_job_new (ANNALS_BACKUP_JOB_RESTORE, get_notebook (self), self->path, backup),
          _("Restoring…"));
}

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);
  const AnnalsBackup *backup = annals_backups_window_get_selected (self);

  if (backup != NULL)
    restore (self, backup->path);
}

static void
way_back_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);
  g_autofree char *backup = g_strdup (self->way_back);

  if (backup != NULL)
    restore (self, backup);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_cancellable_cancel (ANNALS_BACKUPS_WINDOW (widget)->working);
}

static void
copy_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  const AnnalsBackup *backup = self->list != NULL ? annals_backups_window_get_selected (self) : NULL;   /* the window may be gone */
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  AnnalsBackupJob *job;

  if (path == NULL || backup == NULL || self->working != NULL)
    return;

  job = annals_backup_job_new (ANNALS_BACKUP_JOB_COPY, NULL, self->path, backup->path);
  job->target = g_str_has_suffix (path, ".annals") ? g_strdup (path) : g_strconcat (path, ".annals", NULL);
  work (self, job, _("Copying…"));
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (widget);
  const AnnalsBackup *backup = annals_backups_window_get_selected (self);
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *base = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *name = NULL;

  if (backup == NULL)
    return;

  time = g_date_time_new_from_unix_local (backup->time);
  base = g_path_get_basename (self->path);
  if (g_str_has_suffix (base, ".annals"))
    base[strlen (base) - strlen (".annals")] = '\0';
  stamp = g_date_time_format (time, "%Y-%m-%d %H.%M");
  name = g_strdup_printf ("%s %s.annals", base, stamp);
  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, _("Open a Copy"), _("_Save and Open"), name, NULL,
                            copy_chosen_cb, g_object_ref (self));
}

/* --- settings --- */

static void
update_folder (AnnalsBackupsWindow *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "backup-folder");
  g_autofree char *beside = annals_backup_dup_default_folder (self->path);
  g_autofree char *shown = g_filename_display_name (*chosen != '\0' ? chosen : beside);

  gtk_label_set_text (self->folder, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->folder), shown);
  gtk_widget_set_visible (self->beside_button, *chosen != '\0');
}

static void
folder_changed_cb (AnnalsBackupsWindow *self)
{
  update_folder (self);
  annals_backups_window_reload (self, NULL);
}

static void
folder_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(AnnalsBackupsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  /* A setting is UTF-8; a file name need not be. */
  if (path != NULL && self->settings != NULL && g_utf8_validate (path, -1, NULL))
    g_settings_set_string (self->settings, "backup-folder", path);
}

static void
folder_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  annals_choose_file_async (GTK_WINDOW (widget), ANNALS_CHOOSE_FOLDERS, _("Folder for Backups"), _("_Choose"), NULL,
                            NULL, folder_chosen_cb, g_object_ref (widget));
}

static void
beside_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_settings_reset (ANNALS_BACKUPS_WINDOW (widget)->settings, "backup-folder");
}

/* --- the widget --- */

static void
notebook_cb (AnnalsBackupsWindow *self)
{
  /* It is about one notebook and goes with it. */
  gtk_window_destroy (GTK_WINDOW (self));
}

/* The comparison is with the notebook as it is. */
static void
changed_cb (AnnalsBackupsWindow *self)
{
  if (self->working == NULL && self->listing == NULL)
    selected_cb (self);
}

static void
annals_backups_window_unmap (GtkWidget *widget)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  /* A window that is closed is not presented again. */
  if (parent != NULL && g_object_get_data (G_OBJECT (parent), WINDOW_KEY) == widget)
    g_object_set_data (G_OBJECT (parent), WINDOW_KEY, NULL);

  GTK_WIDGET_CLASS (annals_backups_window_parent_class)->unmap (widget);
}

static void
annals_backups_window_dispose (GObject *object)
{
  AnnalsBackupsWindow *self = ANNALS_BACKUPS_WINDOW (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, selected_cb, self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_pointer (&self->job, annals_backup_job_unref);
  annals_backups_window_discard (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_BACKUPS_WINDOW);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->way_back, g_free);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (annals_backups_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "backups.make", NULL, make_action);
  gtk_widget_class_install_action (widget_class, "backups.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "backups.way-back", NULL, way_back_action);
  gtk_widget_class_install_action (widget_class, "backups.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "backups.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "backups.choose-folder", NULL, folder_action);
  gtk_widget_class_install_action (widget_class, "backups.keep-beside", NULL, beside_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_backups_window_class_init (AnnalsBackupsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_backups_window_dispose;
  widget_class->unmap = annals_backups_window_unmap;

  open_signal = g_signal_new ("open", ANNALS_TYPE_BACKUPS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                              1, G_TYPE_STRING);

  g_type_ensure (ANNALS_TYPE_BACKUP_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-backups-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, bar_stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, doing);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, automatically);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, newest);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, folder);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupsWindow, beside_button);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  install_actions (widget_class);
  annals_backups_window_install_delete (widget_class);
}

static void
annals_backups_window_init (AnnalsBackupsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
  g_settings_bind (self->settings, "backup-automatically", self->automatically, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "backup-newest", gtk_spin_button_get_adjustment (self->newest), "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::backup-folder", G_CALLBACK (folder_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

AnnalsBackupsWindow *
annals_backups_window_present (GtkWindow  *parent,
                               AnnalsDesk *desk,
                               const char *path)
{
  AnnalsBackupsWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ANNALS_IS_DESK (desk), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_get_data (G_OBJECT (parent), WINDOW_KEY);
  if (self != NULL)
    {
      gtk_window_present (GTK_WINDOW (self));
      return self;
    }

  self = g_object_new (ANNALS_TYPE_BACKUPS_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->desk = g_object_ref (desk);
  self->path = g_strdup (path);
  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (parent), WINDOW_KEY, self);
  update_folder (self);
  update_actions (self);
  annals_backups_window_reload (self, NULL);
  gtk_window_present (GTK_WINDOW (self));

  return self;
}
