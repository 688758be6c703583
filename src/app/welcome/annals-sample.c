/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-sample.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "annals-notebook.h"
#include "annals-work-document.h"

#define SAMPLE "Sample.annals"

/* The program carries it as a document; that is read from a file. */
static gboolean
write_document (const char  *path,
                GError     **error)
{
  g_autoptr(GBytes) bytes = g_resources_lookup_data (ANNALS_RESOURCE_PATH "/sample.json",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL &&
         g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static gboolean
fill_notebook (const char    *path,
               const char    *document,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_create (path, NULL, error);
  g_autoptr(AnnalsMergeResult) result = NULL;

  if (notebook == NULL)
    return FALSE;

  result = annals_import_document (notebook, document, NULL, NULL, cancellable, error);

  return annals_notebook_close (notebook, result != NULL ? error : NULL) && result != NULL;
}

/* In a folder of its own beside the place, so that no half of it is ever taken for the sample. */
static gboolean
make_sample (const char    *folder,
             const char    *path,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *scratch = g_build_filename (folder, ".sample-XXXXXX", NULL);
  g_autofree char *made = NULL;
  g_autofree char *document = NULL;
  gboolean ok;
  int saved_errno;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_mkdtemp (scratch) == NULL)
    {
      saved_errno = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   _("The sample cannot be put into “%s”: %s"), folder, g_strerror (saved_errno));
      return FALSE;
    }

  made = g_build_filename (scratch, SAMPLE, NULL);
  document = g_build_filename (scratch, "sample.json", NULL);
  ok = write_document (document, error) && fill_notebook (made, document, cancellable, error);
  /* Another window's may be there by now: it is as good, and may be open. */
  if (ok && link (made, path) != 0 && errno != EEXIST && g_rename (made, path) != 0)
    {
      saved_errno = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   _("The sample cannot be put into “%s”: %s"), folder, g_strerror (saved_errno));
      ok = FALSE;
    }

  g_unlink (document);
  g_unlink (made);
  g_rmdir (scratch);

  return ok;
}

static void
make_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "annals", NULL);
  g_autofree char *path = g_build_filename (folder, SAMPLE, NULL);
  g_autoptr(GMainContext) context = g_main_context_new ();
  GError *error = NULL;
  gboolean ok;

  /* The notebook that is filled lives and ends on this thread. */
  g_main_context_push_thread_default (context);
  /* What the user did to it stays. */
  ok = g_file_test (path, G_FILE_TEST_EXISTS) || make_sample (folder, path, cancellable, &error);
  g_main_context_pop_thread_default (context);

  if (ok)
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
  else
    g_task_return_error (task, error);
}

void
annals_sample_make_async (GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, annals_sample_make_async);
  g_task_run_in_thread (task, make_in_thread);
}

char *
annals_sample_make_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
