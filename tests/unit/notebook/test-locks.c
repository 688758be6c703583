/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two programs on one notebook, and a third party that looks into its files. */
#include "config.h"

#include <fcntl.h>
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

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--other"))
    return be_another_program (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/locks/looked-into", Fixture, NULL, fixture_set_up, test_looked_into, fixture_tear_down);

  return g_test_run ();
}
