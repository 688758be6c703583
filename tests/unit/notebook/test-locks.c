/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two programs on one notebook, and a third party that looks into its files. */
#include "config.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "notebook-fixture.h"

static char *program;

static gboolean
add_tag (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  gint64 id;

  return annals_db_ensure_tag (db, data, &id, error);
}

static gboolean
count_tags (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GPtrArray) tags = annals_db_list_tags (db, error);

  if (tags != NULL)
    *(guint *) data = tags->len;

  return tags != NULL;
}

/* The other program: opens the notebook, counts its tags, adds one and leaves. Its status is the number. */
static int
be_another_program (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_open (path, &error);
  g_autofree char *name = NULL;
  guint n_tags = 0;

  if (notebook == NULL || !annals_notebook_read (notebook, count_tags, &n_tags, NULL, &error))
    return 101;

  name = g_strdup_printf ("theirs %u", n_tags);
  if (!annals_notebook_change (notebook, "Add tag", add_tag, name, NULL, &error) ||
      !annals_notebook_close (notebook, &error))
    return 102;

  return (int) n_tags;
}

static int
run_another_program (Fixture *f)
{
  const char *argv[] = { program, "--other", f->path, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

/* As a file chooser does that wants to know what a file is. */
static void
look_into (Fixture    *f,
           const char *suffix)
{
  g_autofree char *path = g_strconcat (f->path, suffix, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
}

static void
test_looked_into (Fixture       *f,
                  gconstpointer  data)
{
  guint n_before, n_tags;

  CHANGE (f, "Add tag", add_tag, (gpointer) "one");
  READ (f, count_tags, &n_before);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("ours %u", i);

      look_into (f, "");
      look_into (f, "-wal");
      look_into (f, "-shm");
      g_assert_cmpint (run_another_program (f), ==, n_before + 2 * i);
      CHANGE (f, "Add tag", add_tag, name);
    }

  READ (f, count_tags, &n_tags);
  g_assert_cmpuint (n_tags, ==, n_before + 6);
  g_assert_cmpint (run_another_program (f), ==, n_before + 6);
  fixture_reopen (f);
  READ (f, count_tags, &n_tags);
  g_assert_cmpuint (n_tags, ==, n_before + 7);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* Who waits for a notebook that another program has locked may go. */
static void
test_waiting_cancelled (Fixture       *f,
                        gconstpointer  data)
{
  static const char * const suffixes[] = { "-wal", "-shm", "-journal" };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  sqlite3 *other = NULL;
  gint64 begun;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_clear_object (&f->notebook);
  g_assert_true (g_file_get_contents (f->path, &before, &before_length, NULL));
  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);

  begun = g_get_monotonic_time ();
  annals_notebook_open_async (f->path, FALSE, NULL, cancellable, opened_cb, &result);
  g_timeout_add (200, cancel_cb, cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
  g_assert_null (annals_notebook_open_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  g_assert_true (g_file_get_contents (f->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *left = g_strconcat (f->path, suffixes[i], NULL);

      g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
    }

  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--other"))
    return be_another_program (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/locks/looked-into", Fixture, NULL, fixture_set_up, test_looked_into, fixture_tear_down);
  g_test_add ("/locks/waiting-cancelled", Fixture, NULL, fixture_set_up, test_waiting_cancelled, fixture_tear_down);

  return g_test_run ();
}
