/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkRecentManager reads the whole list when it is first asked for, again whenever another program has changed it, and
 * writes it at every change, all on the window's thread. A list of 1,000 entries, which is what GTK keeps, takes at least
 * 5 ms to read and 26 to write, and more on a slow disk; so Annals, which never shows it, does that on a thread of its
 * own, with GLib's GBookmarkFile as GTK does. Nor does GTK lock the file: it is replaced as a whole, and read directly
 * before that, so that little of what others write can get between. */
#include "config.h"

#include "annals-recent-files.h"

#define LIST "recently-used.xbel"
#define SUFFIX ".annals"
#define MIME_TYPE "application/x-annals"
#define COMMAND "annals %u"

typedef struct
{
  char     *list;
  char     *uri;
  gboolean  keep;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->list);
  g_free (change->uri);
  g_free (change);
}

/* As GTK does: nobody else has to know what one reads. */
static gboolean
save (GBookmarkFile  *files,
      const char     *list,
      GError        **error)
{
  g_autofree char *folder = g_path_get_dirname (list);
  g_autofree char *content = NULL;
  gsize length = 0;

  if (!(content = g_bookmark_file_to_data (files, &length, error)))
    return FALSE;

  /* that it cannot be made the writing says */
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (list, content, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

char *
annals_recent_files_dup_name (const char *path)
{
  char *name;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_basename (path);
  if (g_str_has_suffix (name, SUFFIX))
    name[strlen (name) - strlen (SUFFIX)] = '\0';

  return name;
}

gboolean
annals_recent_files_change (const char  *list,
                            const char  *uri,
                            gboolean     keep,
                            GError     **error)
{
  g_autoptr(GBookmarkFile) files = g_bookmark_file_new ();
  g_autoptr(GError) read_error = NULL;

  g_return_val_if_fail (list != NULL, FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  if (!g_bookmark_file_load_from_file (files, list, &read_error) &&
      !g_error_matches (read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }

  if (!keep)
    return !g_bookmark_file_remove_item (files, uri, NULL) || save (files, list, error);

  g_bookmark_file_set_mime_type (files, uri, MIME_TYPE);
  g_bookmark_file_add_application (files, uri, g_get_application_name (), COMMAND);
  g_bookmark_file_set_is_private (files, uri, FALSE);

  return save (files, list, error);
}

static void
change_in_thread (gpointer data,
                  gpointer user_data)
{
  g_autoptr(GTask) task = data;
  const Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (annals_recent_files_change (change->list, change->uri, change->keep, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Where the list cannot be written the user misses nothing that Annals has: its own list is among the settings. */
static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GApplication) application = user_data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  g_application_release (application);
}

void
annals_recent_files_change_async (const char *uri,
                                  gboolean    keep)
{
  /* one thread, so that one change is done before the next reads */
  static GThreadPool *pool;
  GApplication *application = g_application_get_default ();
  Change *change;
  GTask *task;

  g_return_if_fail (uri != NULL);

  if (pool == NULL)
    pool = g_thread_pool_new (change_in_thread, NULL, 1, FALSE, NULL);

  change = g_new0 (Change, 1);
  change->list = g_build_filename (g_get_user_data_dir (), LIST, NULL);
  change->uri = g_strdup (uri);
  change->keep = keep;

  g_application_hold (application);
  task = g_task_new (NULL, NULL, changed_cb, g_object_ref (application));
  g_task_set_source_tag (task, annals_recent_files_change_async);
  g_task_set_task_data (task, change, change_free);
  g_thread_pool_push (pool, task, NULL);
}
