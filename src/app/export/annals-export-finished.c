/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-finished.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-show-file.h"

#define MAX_REMARKS 200   /* that are shown */

struct _AnnalsExportFinished
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  GtkWidget *icon;
  GtkLabel  *message;
  GtkLabel  *place;
  GtkWidget *open_button;
  GtkWidget *remarks_box;
  GtkLabel  *remarks_heading;
  GtkLabel  *remarks;
  GtkLabel  *failure;

  GFile     *file;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (AnnalsExportFinished, annals_export_finished, GTK_TYPE_WIDGET)

static void
say (GtkLabel   *label,
     const char *message)
{
  gtk_label_set_text (label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
}

/* --- opened by other programs --- */

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsExportFinished) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->box != NULL)
    say (self->failure, error->message);
}

static void
launch (AnnalsExportFinished *self,
        GFile                *file)
{
  g_autoptr(GdkAppLaunchContext) context =
    gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autofree char *uri = g_file_get_uri (file);

  say (self->failure, NULL);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, launched_cb,
                                           g_object_ref (self));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsExportFinished *self = ANNALS_EXPORT_FINISHED (widget);

  if (self->file != NULL)
    launch (self, self->file);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(AnnalsExportFinished) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!annals_show_in_folder_finish (result, &error) && self->box != NULL)
    say (self->failure, error->message);
}

static void
show_in_folder_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  AnnalsExportFinished *self = ANNALS_EXPORT_FINISHED (widget);

  if (self->file != NULL)
    {
      say (self->failure, NULL);
      annals_show_in_folder_async (widget, self->file, shown_cb, g_object_ref (self));
    }
}

/* --- taken to other programs --- */

/* Returns: (transfer full): the file as other programs take it from a drag or the clipboard */
static GdkContentProvider *
create_content (AnnalsExportFinished *self)
{
  GSList list = { .data = self->file };
  GdkFileList *files = gdk_file_list_new_from_list (&list);
  GdkContentProvider *content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);

  g_boxed_free (GDK_TYPE_FILE_LIST, files);

  return content;
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsExportFinished *self = ANNALS_EXPORT_FINISHED (widget);
  g_autoptr(GdkContentProvider) content = self->file != NULL ? create_content (self) : NULL;

  if (content != NULL)
    gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}

static GdkContentProvider *
prepare_drag_cb (AnnalsExportFinished *self,
                 double                x,
                 double                y)
{
  return self->file != NULL ? create_content (self) : NULL;
}

static void
annals_export_finished_dispose (GObject *object)
{
  AnnalsExportFinished *self = ANNALS_EXPORT_FINISHED (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_EXPORT_FINISHED);

  G_OBJECT_CLASS (annals_export_finished_parent_class)->dispose (object);
}

static void
annals_export_finished_finalize (GObject *object)
{
  AnnalsExportFinished *self = ANNALS_EXPORT_FINISHED (object);

  g_clear_object (&self->file);

  G_OBJECT_CLASS (annals_export_finished_parent_class)->finalize (object);
}

static gboolean
annals_export_finished_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ANNALS_EXPORT_FINISHED (widget)->open_button);
}

static void
annals_export_finished_class_init (AnnalsExportFinishedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_export_finished_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_export_finished_finalize;
  widget_class->grab_focus = annals_export_finished_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-export-finished.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, icon);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, message);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, place);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, open_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, remarks_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, remarks_heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, remarks);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportFinished, failure);
  gtk_widget_class_bind_template_callback (widget_class, prepare_drag_cb);

  gtk_widget_class_install_action (widget_class, "finished.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "finished.show-in-folder", NULL, show_in_folder_action);
  gtk_widget_class_install_action (widget_class, "finished.copy", NULL, copy_action);
}

static void
annals_export_finished_init (AnnalsExportFinished *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->failure);
  annals_announce_changes (self->message);
}

static void
show_remarks (AnnalsExportFinished *self,
              GPtrArray            *remarks)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *heading = g_strdup_printf (ngettext ("The format has no place for one thing",
                                                        "The format has no place for %'u things", remarks->len),
                                              remarks->len);

  for (guint i = 0; i < MIN (remarks->len, MAX_REMARKS); i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (const char *) remarks->pdata[i]);
  if (remarks->len > MAX_REMARKS)
    {
      guint more = remarks->len - MAX_REMARKS;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %'u more", "and %'u more", more), more);
    }

  gtk_label_set_text (self->remarks_heading, heading);
  gtk_label_set_text (self->remarks, text->str);
  gtk_widget_set_visible (self->remarks_box, remarks->len > 0);
}

void
annals_export_finished_set_file (AnnalsExportFinished *self,
                                 GFile                *file,
                                 const char           *message,
                                 GPtrArray            *remarks)
{
  g_autoptr(GFile) folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *label = NULL;
  g_autoptr(GIcon) icon = NULL;

  g_return_if_fail (ANNALS_IS_EXPORT_FINISHED (self));
  g_return_if_fail (G_IS_FILE (file));

  g_set_object (&self->file, file);
  folder = g_file_get_parent (file);
  path = folder != NULL ? g_file_get_parse_name (folder) : g_strdup ("");
  name = g_file_get_basename (file);
  type = g_content_type_guess (name, NULL, 0, NULL);
  icon = g_content_type_get_icon (type);
  label = g_filename_display_name (name);

  gtk_image_set_from_gicon (GTK_IMAGE (self->icon), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_label_set_text (self->message, message);
  gtk_label_set_text (self->place, path);
  say (self->failure, NULL);
  show_remarks (self, remarks);
}
