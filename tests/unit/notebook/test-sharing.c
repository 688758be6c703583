/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook on a disk that cannot share memory, as that of another computer, and a clock that is set back. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>
#include <time.h>

#include "annals-backup.h"
#include "notebook-fixture.h"

/* The clock of the whole program; 0: the real one. */
static gint64 clock_offset;

gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + clock_offset;
}

/* --- a file system without shared memory --- */

static sqlite3_vfs poor;
static sqlite3_vfs *rich;

static int
open_poorly (sqlite3_vfs  *vfs,
             const char   *name,
             sqlite3_file *file,
             int           flags,
             int          *out_flags)
{
  static GHashTable *known;   /* methods with shared memory → without */
  static GMutex mutex;
  int code = rich->xOpen (rich, name, file, flags, out_flags);
  sqlite3_io_methods *methods;

  if (code != SQLITE_OK)
    return code;

  g_mutex_lock (&mutex);
  if (known == NULL)
    known = g_hash_table_new (NULL, NULL);
  methods = g_hash_table_lookup (known, file->pMethods);
  if (methods == NULL)
    {
      methods = g_memdup2 (file->pMethods, sizeof *methods);
      methods->iVersion = 1;
      g_hash_table_insert (known, (gpointer) file->pMethods, methods);
    }
  g_mutex_unlock (&mutex);
  file->pMethods = methods;

  return SQLITE_OK;
}

static void
set_up_poorly (Fixture       *f,
               gconstpointer  data)
{
  rich = sqlite3_vfs_find (NULL);
  poor = *rich;
  poor.zName = "poor";
  poor.pNext = NULL;
  poor.xOpen = open_poorly;
  sqlite3_vfs_register (&poor, 1);
  fixture_set_up (f, data);
}

static void
tear_down_poorly (Fixture       *f,
                  gconstpointer  data)
{
  fixture_tear_down (f, data);
  sqlite3_vfs_unregister (&poor);
  sqlite3_vfs_register (rich, 1);
}

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

static gpointer
write_on (gpointer data)
{
  AnnalsNotebook *notebook = data;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("tag %u", i);
      g_autoptr(GError) error = NULL;

      annals_notebook_change (notebook, "Add tag", add_tag, name, NULL, &error);
      g_assert_no_error (error);
    }

  return NULL;
}

/* All works, only not at once: two notebooks on one file, backups and a restoration amidst it. */
static void
test_no_log (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *other;
  GThread *thread;
  g_autofree char *backup = NULL;
  guint n_tags = 0;

  g_assert_false (annals_notebook_has_log (f->notebook));
  fixture_reopen (f);
  g_assert_false (annals_notebook_has_log (f->notebook));

  other = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  g_assert_false (annals_notebook_has_log (other));
  thread = g_thread_new ("writer", write_on, other);
  backup = annals_backup_make (f->path, NULL, ANNALS_BACKUP_MANUAL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  CHANGE (f, "Add tag", add_tag, (gpointer) "ours");
  g_thread_join (thread);

  READ (f, count_tags, &n_tags);
  g_assert_cmpuint (n_tags, ==, 22);
  annals_backup_restore (f->notebook, backup, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  READ (f, count_tags, &n_tags);
  g_assert_cmpuint (n_tags, <, 22);
  annals_notebook_close (other, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (other);
}

static void
test_log (Fixture       *f,
          gconstpointer  data)
{
  g_assert_true (annals_notebook_has_log (f->notebook));
}

/* --- a clock --- */

static gboolean
list_history (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return (*(GPtrArray **) data = annals_db_list_history (db, 0, error)) != NULL;
}

/* The order of the steps is that in which they were done, whatever the clock says of it, and undo follows. */
static void
test_clock_set_back (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(GPtrArray) actions = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  gboolean made;

  clock_offset = 0;
  CHANGE (f, "Before", add_tag, (gpointer) "before");
  annals_backup_keep_up (f->path, NULL, 3, ANNALS_BACKUP_AUTOMATIC, &made, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (made);
  clock_offset = -(gint64) 400 * 24 * 60 * 60 * G_USEC_PER_SEC;
  CHANGE (f, "After", add_tag, (gpointer) "after");
  fixture_reopen (f);

  READ (f, list_history, &actions);
  g_assert_cmpstr (((AnnalsAction *) actions->pdata[0])->label, ==, "After");
  g_assert_cmpstr (((AnnalsAction *) actions->pdata[1])->label, ==, "Before");
  g_assert_cmpint (((AnnalsAction *) actions->pdata[0])->time, <, ((AnnalsAction *) actions->pdata[1])->time);

  /* one backup, and no more of the same */
  annals_backup_keep_up (f->path, NULL, 3, ANNALS_BACKUP_AUTOMATIC, &made, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (made);
  annals_backup_keep_up (f->path, NULL, 3, ANNALS_BACKUP_AUTOMATIC, &made, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (made);

  annals_notebook_undo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "After");
  clock_offset = 0;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/notebook/sharing/log", Fixture, NULL, fixture_set_up, test_log, fixture_tear_down);
  g_test_add ("/notebook/sharing/no-log", Fixture, NULL, set_up_poorly, test_no_log, tear_down_poorly);
  g_test_add ("/notebook/sharing/clock", Fixture, NULL, fixture_set_up, test_clock_set_back, fixture_tear_down);

  return g_test_run ();
}
