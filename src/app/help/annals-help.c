/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-help.h"

#include <gio/gio.h>

#include "annals-help-window.h"

static gboolean
is_installed_in (const char *folder)
{
  g_autofree char *index = g_build_filename (folder, "help", "C", "annals", "index.page", NULL);

  return g_file_test (index, G_FILE_TEST_IS_REGULAR);
}

static gboolean
is_installed (void)
{
  const char * const *folders = g_get_system_data_dirs ();

  if (is_installed_in (g_get_user_data_dir ()))
    return TRUE;
  for (guint i = 0; folders[i] != NULL; i++)
    if (is_installed_in (folders[i]))
      return TRUE;

  return FALSE;
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr(GAppInfo) viewer = g_app_info_get_default_for_uri_scheme ("help");

  g_task_return_boolean (task, viewer != NULL && is_installed ());
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree char *page = user_data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    annals_help_window_present (page);
  g_application_release (g_application_get_default ());
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree char *page = user_data;
  g_autofree char *uri = g_strconcat ("help:annals/", page, NULL);

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    {
      g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_steal_pointer (&page));
      return;
    }

  annals_help_window_present (page);
  g_application_release (g_application_get_default ());
}

void
annals_help_present (const char *page)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, looked_cb, g_strdup (page));

  g_task_set_source_tag (task, annals_help_present);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, look_in_thread);
}
