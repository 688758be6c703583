/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-choose-file.h"
#include "annals-codebook-dialog.h"
#include "annals-export-codebook.h"
#include "annals-sidebar-private.h"

/* --- export --- */

typedef struct
{
  AnnalsNotebook *notebook;
  char           *format;
  char           *path;
  guint           n_tags;
} ExportJob;

static void
export_job_free (ExportJob *self)
{
  g_clear_object (&self->notebook);
  g_free (self->format);
  g_free (self->path);
  g_free (self);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  ExportJob *job = data;
  GError *error = NULL;

  /* Whether a file that is there is to be replaced was asked where it was chosen. */
  if (annals_export_codebook (job->notebook, job->format, job->path, TRUE, &job->n_tags, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (source);
  ExportJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_filename_display_basename (job->path);
  g_autofree char *message = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      annals_desk_fail (self->desk, _("The tags were not exported"), error->message);
      return;
    }

  /* Translators: the number of tags, then a file's name */
  message = g_strdup_printf (ngettext ("%u tag exported to “%s”", "%u tags exported to “%s”", job->n_tags),
                             job->n_tags, name);
  annals_desk_toast (self->desk, message, FALSE);
}

typedef struct
{
  AnnalsSidebar *sidebar;
  char          *format;
} Choosing;

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree Choosing *choosing = user_data;
  g_autoptr(AnnalsSidebar) self = choosing->sidebar;
  g_autofree char *format = choosing->format;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autoptr(GTask) task = NULL;
  ExportJob *job;

  if (file == NULL || g_file_peek_path (file) == NULL || notebook == NULL)
    return;

  job = g_new0 (ExportJob, 1);
  job->notebook = g_object_ref (notebook);
  job->format = g_steal_pointer (&format);
  job->path = g_file_get_path (file);
  task = g_task_new (self, NULL, exported_cb, NULL);
  g_task_set_source_tag (task, export_chosen_cb);
  g_task_set_task_data (task, job, (GDestroyNotify) export_job_free);
  g_task_run_in_thread (task, export_in_thread);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *name = NULL;
  Choosing *choosing;

  if (!GTK_IS_WINDOW (root) || notebook == NULL)
    return;

  choosing = g_new0 (Choosing, 1);
  choosing->sidebar = g_object_ref (self);
  choosing->format = g_variant_dup_string (parameter, NULL);
  /* Translators: the name of a file; the notebook's title, then “csv” or “qdc” */
  name = g_strdup_printf (_("%s tags.%s"), annals_notebook_get_title (notebook), choosing->format);
  g_strdelimit (name, "/", '-');
  annals_choose_file_async (GTK_WINDOW (root), ANNALS_CHOOSE_SAVE, _("Export Tags"), _("_Export"), name, NULL,
                            export_chosen_cb, choosing);
}

/* --- import --- */

static void
import_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(AnnalsSidebar) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (file != NULL && g_file_peek_path (file) != NULL && GTK_IS_WINDOW (root))
    annals_codebook_dialog_present (GTK_WINDOW (root), self->desk, g_file_peek_path (file));
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr(GtkFileFilter) filter = NULL;

  if (!GTK_IS_WINDOW (root))
    return;

  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("Lists of Tags (CSV, REFI-QDA)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "qdc");
  annals_choose_file_async (GTK_WINDOW (root), ANNALS_CHOOSE_OPEN, _("Import Tags"), _("_Open"), NULL, filter,
                            import_chosen_cb, g_object_ref (self));
}

void
annals_sidebar_install_codebook_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.export-tags", "s", export_action);
  gtk_widget_class_install_action (widget_class, "sidebar.import-tags", NULL, import_action);
}
