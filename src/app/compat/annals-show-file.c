/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-show-file.h"

typedef struct
{
  GFile               *file;
  GAppLaunchContext   *context;
} Showing;

static void
showing_free (gpointer data)
{
  Showing *self = data;

  g_object_unref (self->file);
  g_object_unref (self->context);
  g_free (self);
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_folder (GTask *task)
{
  Showing *self = g_task_get_task_data (task);
  g_autoptr(GFile) folder = g_file_get_parent (self->file);
  g_autofree char *uri = g_file_get_uri (folder != NULL ? folder : self->file);

  g_app_info_launch_default_for_uri_async (uri, self->context, NULL, launched_cb, task);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer == NULL)
    {
      open_folder (task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  GTask *task = user_data;
  Showing *self = g_task_get_task_data (task);
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = g_file_get_uri (self->file);
  const char *uris[] = { uri, NULL };

  if (bus != NULL)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                            "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb, task);
  else
    open_folder (task);
}

void
annals_show_in_folder_async (GtkWidget           *widget,
                             GFile               *file,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Showing *showing;
  GTask *task;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_FILE (file));

  showing = g_new0 (Showing, 1);
  showing->file = g_object_ref (file);
  showing->context = G_APP_LAUNCH_CONTEXT (gdk_display_get_app_launch_context (gtk_widget_get_display (widget)));
  task = g_task_new (widget, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_show_in_folder_async);
  g_task_set_task_data (task, showing, showing_free);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, task);
}

gboolean
annals_show_in_folder_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_show_in_folder_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
