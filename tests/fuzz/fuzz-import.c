/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of any kind, previewed and imported into a small notebook: posts, records that are placed on posts, our own
 * documents. What it brings is sound, and goes again when it is undone.
 *
 * The first line of the input is the file's name, the rest its bytes. */
#include "config.h"

#include "notebook-use.h"

#include <stdlib.h>

/* Each import leaves something in the file, if only its history. */
#define USES 50

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static AnnalsNotebook *notebook;
static guint n_uses;

static void
end (void)
{
  if (notebook != NULL)
    {
      g_assert_true (annals_notebook_close (notebook, NULL));
      g_clear_object (&notebook);
    }
}

static void
end_all (void)
{
  end ();
  clear_up ();
}

static void
begin (void)
{
  g_autoptr(GError) error = NULL;

  if (whole == NULL)
    {
      make_whole ();
      atexit (end_all);
    }
  if (n_uses++ % USES != 0)
    return;

  end ();
  clear_folder (folder);
  g_assert_true (g_file_set_contents (path, whole, (gssize) whole_size, NULL));
  notebook = annals_notebook_open (path, &error);
  g_assert_no_error (error);
}

static gboolean
check_sound (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GPtrArray) problems = annals_db_check (db, TRUE, cancellable, error);

  if (problems == NULL)
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    {
      const AnnalsProblem *problem = problems->pdata[i];

      g_error ("%s: %s", problem->where, problem->what);
    }

  return TRUE;
}

static void
import (const char *file)
{
  const AnnalsImportHooks hooks = { .n_threads = 1 };
  g_autoptr(GError) preview_error = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) check_error = NULL;
  g_autoptr(AnnalsPreview) preview = annals_import_preview (file, NULL, &hooks, 0, NULL, &preview_error);
  g_autoptr(AnnalsImport) done = annals_import_file (notebook, file, NULL, &hooks, NULL, &error);

  g_assert_true ((preview == NULL) == (preview_error != NULL));
  g_assert_true ((done == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (done != NULL)
    g_assert_cmpuint (done->n_read, ==, done->n_new + done->n_updated + done->n_unchanged + done->n_skipped);

  annals_notebook_read (notebook, check_sound, NULL, NULL, &check_error);
  g_assert_no_error (check_error);
  if (done != NULL)
    g_assert_true (annals_notebook_undo (notebook, NULL, &check_error));
  g_assert_no_error (check_error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const uint8_t *line = size > 0 ? memchr (data, '\n', MIN (size, 80)) : NULL;
  gsize skip = line != NULL ? (gsize) (line - data) + 1 : 0;
  g_autofree char *given = g_strndup ((const char *) data, skip > 0 ? skip - 1 : 0);
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  begin ();
  g_strcanon (given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", '-');
  name = g_strconcat ("in-", given, NULL);
  file = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (file, (const char *) data + skip, (gssize) (size - skip), NULL));
  import (file);
  g_unlink (file);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return 0;
}
