/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups: whole or absent, of one moment, what they say that differs, and the way back. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "annals-backup-private.h"
#include "annals-entry.h"
#include "annals-links.h"
#include "annals-scratch-private.h"
#include "notebook-fixture.h"

static gboolean
add_tag (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  gint64 id;

  return annals_db_ensure_tag (db, data, &id, error);
}

/* As a notebook of its own: opens, and holds no damage. @n_tags (optional) */
static void
assert_sound (const char *path,
              guint      *n_tags)
{
  g_autofree char *copy = g_strconcat (path, ".annals", NULL);
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;

  annals_backup_copy_out (path, copy, NULL, &error);
  g_assert_no_error (error);
  notebook = annals_notebook_open (copy, &error);
  g_assert_no_error (error);
  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);

  g_assert_cmpint (sqlite3_open_v2 (copy, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (native, "SELECT count(*) FROM tag", -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  if (n_tags != NULL)
    *n_tags = (guint) sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (native);
  g_unlink (copy);
}

static guint
count_files (const char *folder,
             const char *suffix)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, suffix);

  return n;
}

static void
test_make_and_list (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *first = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *second = NULL;
  g_autofree char *folder = g_path_get_dirname (first);
  g_autofree char *strange = g_build_filename (folder, "Test 2020-01-02T030405Z automatic.annals-backup", NULL);
  g_autoptr(GPtrArray) backups = NULL;
  g_autoptr(GError) error = NULL;
  gboolean due;

  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_false (due);
  CHANGE (f, "Add tag", add_tag, (gpointer) "quay");
  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_true (due);
  second = fixture_backup (f, ANNALS_BACKUP_AUTOMATIC);
  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_false (due);
  assert_sound (first, NULL);
  assert_sound (second, NULL);

  g_assert_true (g_file_set_contents (strange, "nothing of ours", -1, NULL));
  backups = annals_backup_list (f->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (backups->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      const AnnalsBackup *backup = backups->pdata[i];

      g_assert_cmpstr (backup->path, ==, i == 0 ? second : first);
      g_assert_cmpint (backup->reason, ==, i == 0 ? ANNALS_BACKUP_AUTOMATIC : ANNALS_BACKUP_MANUAL);
      g_assert_null (backup->problem);
      g_assert_cmpuint (backup->posts, ==, 3);
      g_assert_cmpint (backup->version, ==, 3);
      g_assert_cmpint (backup->size, >, 8192);
    }
  g_assert_nonnull (((AnnalsBackup *) backups->pdata[2])->problem);
  g_assert_cmpuint (count_files (folder, ".part"), ==, 0);
}

typedef struct
{
  Fixture *f;
  int      stop;
  guint    n;
} Writer;

static gpointer
write_on (gpointer data)
{
  Writer *writer = data;

  while (!g_atomic_int_get (&writer->stop))
    {
      g_autofree char *name = g_strdup_printf ("tag %u", writer->n++);

      CHANGE (writer->f, "Add tag", add_tag, name);
    }

  return NULL;
}

/* A writer at work neither stops it nor is in it by half. */
static void
test_while_written (Fixture       *f,
                    gconstpointer  data)
{
  Writer writer = { f, 0, 0 };
  GThread *thread = g_thread_new ("writer", write_on, &writer);
  guint last = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *backup = fixture_backup (f, ANNALS_BACKUP_AUTOMATIC);
      guint n_tags;

      assert_sound (backup, &n_tags);
      g_assert_cmpuint (n_tags, >=, last);
      last = n_tags;
    }

  g_atomic_int_set (&writer.stop, 1);
  g_thread_join (thread);
}

static void
changed_cb (AnnalsNotebook *notebook,
            AnnalsChanges  *changes,
            gpointer        user_data)
{
  (*(guint *) user_data)++;
}

static void
test_restore_and_back (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *backup = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *before = fixture_dump (f);
  g_autofree char *during = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *again = NULL;
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;
  guint n_changed = 0;

  CHANGE (f, "Add tag", add_tag, (gpointer) "quay");
  during = fixture_dump (f);
  g_assert_cmpstr (before, !=, during);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (f->notebook, "changed", G_CALLBACK (changed_cb), &n_changed);

  annals_backup_restore (f->notebook, backup, NULL, &kept, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  restored = fixture_dump (f);
  g_assert_cmpstr (before, ==, restored);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (annals_notebook_get_undo_label (f->notebook), !=, "Add tag");

  /* What was there is a backup, and the way back. */
  annals_backup_restore (f->notebook, kept, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  again = fixture_dump (f);
  g_assert_cmpstr (during, ==, again);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (annals_notebook_get_undo_label (f->notebook), ==, "Add tag");
  CHANGE (f, "Add tag", add_tag, (gpointer) "and on it goes");
  fixture_reopen (f);
}

static gboolean
begin_import (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return annals_db_begin_import (db, "", "x.txt", "text-month", "", NULL, data, error);
}

static gboolean
remove_import (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return annals_db_remove_import (db, *(gint64 *) data, error);
}

static void
assert_not_restored (Fixture             *f,
                     const char          *backup,
                     AnnalsNotebookError  code)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_backup_restore (f->notebook, backup, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, (int) code);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
}

static void
test_refusals (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *backup = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *other = g_build_filename (f->folder, "other.annals", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;
  gint64 import;

  g_assert_false (annals_backup_write (f->path, backup, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (annals_backup_write (f->path, "/proc/backup", NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* a copy never takes the place of another notebook, which may be open */
  g_assert_false (annals_backup_copy_out (backup, f->path, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (annals_backup_make (f->path, NULL, ANNALS_BACKUP_MANUAL, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* of another notebook, while importing, and with a byte that is another one */
  notebook = annals_notebook_create (other, NULL, NULL);
  annals_notebook_close (notebook, NULL);
  assert_not_restored (f, other, ANNALS_NOTEBOOK_ERROR_INVALID);
  annals_notebook_bulk (f->notebook, begin_import, &import, NULL, &error);
  g_assert_no_error (error);
  assert_not_restored (f, backup, ANNALS_NOTEBOOK_ERROR_BUSY);
  annals_notebook_bulk (f->notebook, remove_import, &import, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  bytes[length - 100] ^= 1;
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) length, NULL));
  assert_not_restored (f, backup, ANNALS_NOTEBOOK_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) length / 2, NULL));
  assert_not_restored (f, backup, ANNALS_NOTEBOOK_ERROR_CORRUPT);
  assert_not_restored (f, "/nowhere/at-all", ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

/* A damaged notebook has no backup made of it; it is replaced by one, and stays beside it. */
static void
test_damaged_notebook (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *backup = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *folder = g_path_get_dirname (backup);
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  annals_notebook_close (f->notebook, NULL);
  g_assert_finalize_object (f->notebook);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  for (gsize i = 8192 * 3; i < length; i += 8192)
    memset (bytes + i, 0xa5, 512);
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));

  g_assert_null (annals_backup_make (f->path, NULL, ANNALS_BACKUP_AUTOMATIC, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (folder, ".part"), ==, 0);
  g_assert_cmpuint (count_files (folder, ".annals-backup"), ==, 1);

  annals_backup_replace (f->path, backup, &aside, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
}

/* After going back the history's numbers come again: as many steps are not the same steps. */
static void
test_due_after_restore (Fixture       *f,
                        gconstpointer  data)
{
  g_autofree char *old = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *new = NULL;
  g_autoptr(GError) error = NULL;
  gboolean due;

  CHANGE (f, "Add tag", add_tag, (gpointer) "one");
  new = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  annals_backup_restore (f->notebook, old, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_false (due);
  CHANGE (f, "Add tag", add_tag, (gpointer) "two");
  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_true (due);

  /* A backup that is gone, or cut short, is none. */
  g_free (g_steal_pointer (&new));
  new = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_false (due);
  g_assert_cmpint (truncate (new, 5000), ==, 0);
  g_assert_true (annals_backup_is_due (f->path, NULL, &due, NULL, NULL));
  g_assert_true (due);
}

/* --- a writer while a backup is restored --- */

typedef struct
{
  char      *path;
  int        stop;
  GPtrArray *names;   /* of the tags that were acknowledged */
} OtherProgram;

static gpointer
write_as_other (gpointer data)
{
  OtherProgram *self = data;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_open (self->path, &error);

  g_assert_no_error (error);
  for (guint i = 0; !g_atomic_int_get (&self->stop); i++)
    {
      g_autofree char *name = g_strdup_printf ("other %u", i);

      if (annals_notebook_change (notebook, "Add tag", add_tag, name, NULL, NULL))
        g_ptr_array_add (self->names, g_steal_pointer (&name));
      g_usleep ((gulong) g_random_int_range (0, 150000));   /* restoring wants its turn */
    }
  annals_notebook_close (notebook, NULL);
  g_object_unref (notebook);

  return NULL;
}

static void
add_tags_of (GHashTable *tags,
             const char *path)
{
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (native, "SELECT name FROM tag", -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_hash_table_add (tags, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  sqlite3_finalize (stmt);
  sqlite3_close (native);
}

/* Whatever another program was told is written is in the notebook then, or in the backup of what there was. */
static void
test_restore_while_written (Fixture       *f,
                            gconstpointer  data)
{
  g_autofree char *backup = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  OtherProgram other = { f->path, 0, names };
  GThread *thread = g_thread_new ("other", write_as_other, &other);
  guint n_restored = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *kept = NULL;
      g_autoptr(GError) error = NULL;

      if (annals_backup_restore (f->notebook, backup, NULL, &kept, NULL, NULL, NULL, &error))
        {
          n_restored++;
          add_tags_of (tags, kept);
        }
      else
        g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_BUSY);
    }
  g_atomic_int_set (&other.stop, 1);
  g_thread_join (thread);
  add_tags_of (tags, f->path);
  g_test_message ("%u restored, %u written", n_restored, names->len);

  for (guint i = 0; i < names->len; i++)
    if (!g_hash_table_contains (tags, names->pdata[i]))
      g_error ("“%s” was written and is nowhere", (const char *) names->pdata[i]);
}

static void
test_delete (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *backup = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *folder = g_path_get_dirname (backup);
  g_autofree char *other = NULL;
  g_autofree char *known = NULL;
  g_autoptr(GPtrArray) without = NULL;
  g_autoptr(GPtrArray) with = NULL;
  g_autoptr(GError) error = NULL;

  annals_backup_set_aside (backup, &error);
  g_assert_no_error (error);
  without = annals_backup_list (f->path, NULL, NULL, NULL);
  g_assert_cmpuint (without->len, ==, 0);

  /* what is made meanwhile does not forget it */
  other = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  annals_backup_rotate (f->path, NULL, 1, NULL, &error);
  g_assert_no_error (error);
  annals_backup_put_back (backup, &error);
  g_assert_no_error (error);
  with = annals_backup_list (f->path, NULL, NULL, NULL);
  g_assert_cmpuint (with->len, ==, 2);
  known = annals_backup_dup_known_sha256 (backup);
  g_assert_nonnull (known);

  annals_backup_set_aside (backup, &error);
  g_assert_no_error (error);
  annals_backup_discard (backup);
  g_assert_cmpuint (count_files (folder, ".deleted"), ==, 0);
  g_assert_false (annals_backup_put_back (backup, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (annals_backup_set_aside (backup, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

/* What killed programs left goes at the next opening; what may be in use, or is the user's, stays. */
static void
test_leftovers (Fixture       *f,
                gconstpointer  data)
{
  static const struct { const char *name; gboolean old; gboolean stays; } files[] = {
    { "test.annals.restore-2147483646-0", TRUE, FALSE },
    { "test.annals.restore-2147483646-0.part", TRUE, FALSE },
    { "other.annals.part-2147483646-3-wal", TRUE, FALSE },
    { "test.annals.restored-2147483646-1", FALSE, TRUE },
    { "test.annals.damaged-2026-11-29T010203Z", TRUE, TRUE },
    { "test.annals.part-of-it", TRUE, TRUE },
    { "restore-2147483646-0", TRUE, TRUE },
  };
  g_autofree char *own = annals_scratch_dup_name (f->path, ANNALS_SCRATCH_COPY);

  g_assert_true (g_file_set_contents (own, "x", 1, NULL));
  g_assert_cmpint (g_utime (own, &(struct utimbuf) { 1, 1 }), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, files[i].name, NULL);

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
      if (files[i].old)
        g_assert_cmpint (g_utime (path, &(struct utimbuf) { 1, 1 }), ==, 0);
    }

  fixture_reopen (f);
  g_assert_true (g_file_test (own, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, files[i].name, NULL);

      g_test_message ("%s", files[i].name);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == files[i].stays);
    }
}

#define DAY (24 * 60 * 60)

/* Two a day for two months. */
static void
test_choose (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  const gint64 now = 1606608000 + 20 * 60 * 60;   /* Sunday, 29 November 2020, 20:00 */
  gint64 times[120];
  gboolean kept[120];
  g_autoptr(GString) days = g_string_new (NULL);

  for (guint i = 0; i < 120; i++)
    times[i] = now - (gint64) i * DAY / 2;
  annals_backup_choose (times, kept, 120, 3, now, zone);
  for (guint i = 0; i < 120; i++)
    if (kept[i])
      g_string_append_printf (days, "%u ", i);

  /* the newest three, the last of each day (at 20:00), the last of each of five weeks (Sundays) */
  g_assert_cmpstr (days->str, ==, "0 1 2 4 6 8 10 12 14 28 42 56 ");

  /* a clock that was set back: what is of tomorrow counts as today's */
  times[0] = now + 3 * DAY;
  times[1] = now;
  times[2] = now - 1;
  annals_backup_choose (times, kept, 3, 1, now, zone);
  g_assert_true (kept[0]);
  g_assert_false (kept[1]);
  g_assert_false (kept[2]);
}

/* Those made by hand stay. */
static void
test_rotate (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *manual = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *folder = g_path_get_dirname (manual);
  g_autoptr(GError) error = NULL;
  gboolean made;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("tag %u", i);

      annals_backup_keep_up (f->path, NULL, 2, ANNALS_BACKUP_AUTOMATIC, &made, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (made, ==, i > 0);
      CHANGE (f, "Add tag", add_tag, name);
    }

  g_assert_true (g_file_test (manual, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder, "automatic.annals-backup"), ==, 2);
  g_assert_cmpuint (count_files (folder, ".annals-backup"), ==, 3);
}

static gboolean
is_gone_cb (gpointer user_data)
{
  g_main_context_wakeup (NULL);

  return G_SOURCE_CONTINUE;
}

static void
wait_until_gone (Fixture  *f,
                 gboolean  gone)
{
  guint source = g_timeout_add (50, is_gone_cb, NULL);

  while (annals_notebook_is_gone (f->notebook) != gone)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

/* What is open is not lost with its file. */
static void
test_file_gone (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *elsewhere = g_build_filename (f->folder, "elsewhere.annals", NULL);
  g_autofree char *copy = g_build_filename (f->folder, "copy.annals", NULL);
  g_autoptr(GError) error = NULL;
  guint n_tags = 0;

  CHANGE (f, "Add tag", add_tag, (gpointer) "quay");
  g_assert_cmpint (g_rename (f->path, elsewhere), ==, 0);
  wait_until_gone (f, TRUE);
  annals_backup_save_copy (f->notebook, copy, NULL, &error);
  g_assert_no_error (error);
  assert_sound (copy, &n_tags);
  g_assert_cmpuint (n_tags, ==, 2);   /* and one that the posts brought along */

  /* another file in its place is not it */
  g_assert_true (g_file_set_contents (f->path, "something else", -1, NULL));
  g_assert_false (annals_notebook_change (f->notebook, "Add tag", add_tag, (gpointer) "pier", NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  g_assert_true (annals_notebook_is_gone (f->notebook));

  g_assert_cmpint (g_rename (elsewhere, f->path), ==, 0);
  wait_until_gone (f, FALSE);
  CHANGE (f, "Add tag", add_tag, (gpointer) "pier");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/backup/make-and-list", test_make_and_list);
  ADD ("/notebook/backup/while-written", test_while_written);
  ADD ("/notebook/backup/restore-and-back", test_restore_and_back);
  ADD ("/notebook/backup/refusals", test_refusals);
  ADD ("/notebook/backup/damaged-notebook", test_damaged_notebook);
  ADD ("/notebook/backup/due-after-restore", test_due_after_restore);
  ADD ("/notebook/backup/restore-while-written", test_restore_while_written);
  ADD ("/notebook/backup/delete", test_delete);
  ADD ("/notebook/backup/leftovers", test_leftovers);
  ADD ("/notebook/backup/file-gone", test_file_gone);
  ADD ("/notebook/backup/rotate", test_rotate);
  g_test_add_func ("/notebook/backup/choose", test_choose);

  return g_test_run ();
}
