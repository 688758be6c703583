/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "annals-backup.h"
#include "annals-db-private.h"
#include "annals-history-private.h"
#include "annals-index-private.h"
#include "annals-merge.h"
#include "notebook-fixture.h"

/* As version 1 wrote them: two imports, of plain text and of WXR; the second changed a post. */
static const char ROWS[] =
  "INSERT INTO meta VALUES ('uid', '5d1c2c0e-0000-4000-8000-000000000001'), ('title', 'Old'), ('created', '1');"
  "INSERT INTO source VALUES (1, 'Gazette');"
  "INSERT INTO import (id, uid, started, state, runner, file_name, format, archive, options) VALUES"
  "  (1, '11111111-0000-4000-8000-000000000000', 1, 'done', 'h 1 1 1', 'march.txt', 'text-month', 'M', '{}'),"
  "  (2, '22222222-0000-4000-8000-000000000000', 2, 'done', 'h 1 1 1', 'all.xml', 'wxr', 'W', '{}');"
  "INSERT INTO import_issue (import, severity, place, reason, excerpt) VALUES"
  "  (1, 'warning', 'march.txt, line 1', 'No date.', 'Post');"
  "INSERT INTO post (id, uid, title, url, author, source, published, published_from, published_to, language, import,"
  "  place, read, starred, revision) VALUES"
  "  (1, '%s', 'Post 0', '', '', 1, '2020', 1577836800, 1609459200, 'en', 1, 1, 1, 0, 1),"
  "  (2, 'ffffffff-0000-5000-8000-000000000002', 'Post 1', '', 'Ada', NULL, '', NULL, NULL, '', 2, 1, 0, 1, 3);"
  "INSERT INTO revision (id, post, import, created, title, url, author, source, published, language, place, tags,"
  "  sha256, text, spans, markup_kind, markup) VALUES"
  "  (1, 1, 1, 1, 'Post 0', '', '', 1, '2020', 'en', 1, '', '%s', 'The ferry left.', '[]', 'text', NULL),"
  "  (2, 2, 1, 1, 'Post 1', '', '', NULL, '', '', 2, '', '%s', 'The ferry left.', '[]', 'text', NULL),"
  "  (3, 2, 2, 2, 'Post 1', '', 'Ada', NULL, '', '', 1, '', '%s', 'The ferry left.', '[]', 'text', NULL);";

static void
exec (AnnalsDb   *db,
      const char *sql)
{
  g_autoptr(GError) error = NULL;

  annals_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* One change as version 1 recorded it: its change set knows no column that came later. */
static void
record_change (AnnalsDb *db)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsRecording) recording = NULL;
  gint64 post = 2;
  gint64 tag;

  exec (db, "BEGIN IMMEDIATE");
  db->door = ANNALS_DOOR_CHANGE;
  recording = annals_recording_begin (db, &error);
  g_assert_no_error (error);
  g_assert_true (annals_db_ensure_tag (db, "harbour", &tag, NULL));
  g_assert_true (annals_db_tag_posts (db, tag, &post, 1, NULL));
  g_assert_true (annals_db_set_post_starred (db, &post, 1, FALSE, NULL));
  g_assert_true (annals_db_set_post_trashed (db, &post, 1, TRUE, NULL));
  exec (db, "INSERT INTO annotation VALUES (1, 'a1', 2, 3, 4, 9, 'ferry', 'The ', ' left', 'yellow', 'A note', "
            "'anchored', 1, 1, '')");
  annals_recording_end (recording, "Tag and trash", 0, NULL, &error);
  g_assert_no_error (error);
  exec (db, "COMMIT");
}

/* A closed notebook of version 1 */
static void
make_old (const char *path)
{
  g_autofree char *uid = annals_post_uid_for_identity ("post-0");
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "The ferry left.", -1);
  g_autofree char *rows = g_strdup_printf (ROWS, uid, sha256, sha256, sha256);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDb) db = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  db = annals_db_open (path, TRUE, &error);
  g_assert_no_error (error);
  exec (db, "PRAGMA page_size = 8192; PRAGMA application_id = 1097756268; BEGIN IMMEDIATE");
  annals_schema_create (db, 1, &error);
  g_assert_no_error (error);
  annals_index_prepare (db, &error);
  g_assert_no_error (error);
  exec (db, rows);
  exec (db, "COMMIT");
  record_change (db);
}

static char *
query (const char *path,
       const char *sql)
{
  g_autoptr(GString) rows = g_string_new (NULL);
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int column = 0; column < sqlite3_column_count (stmt); column++)
      g_string_append_printf (rows, "%s%c", (const char *) sqlite3_column_text (stmt, column) ?: "NULL",
                              column + 1 < sqlite3_column_count (stmt) ? '|' : '\n');
  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
assert_rows (const char *path,
             const char *sql,
             const char *expected)
{
  g_autofree char *rows = query (path, sql);

  g_assert_cmpstr (rows, ==, expected);
}

/* Beside the fixture's notebook, one of version 1 in its place. */
static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char *old = NULL;
  g_autoptr(GError) error = NULL;

  fixture_set_up (f, data);
  old = g_build_filename (f->folder, "Old.annals", NULL);
  make_old (old);
  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  f->notebook = annals_notebook_open (old, &error);
  g_assert_no_error (error);
}

static gboolean
add_tag (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return annals_db_ensure_tag (db, "quay", data, error);
}

#define SCHEMA "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2"

static void
test_schema_is_that_of_a_new_one (Fixture       *f,
                                  gconstpointer  data)
{
  g_autofree char *fresh = query (f->path, SCHEMA);
  g_autofree char *migrated = query (annals_notebook_get_path (f->notebook), SCHEMA);
  g_autoptr(GPtrArray) backups = annals_backup_list (annals_notebook_get_path (f->notebook), NULL, NULL, NULL);
  const AnnalsBackup *backup;

  g_assert_cmpstr (migrated, ==, fresh);
  assert_rows (annals_notebook_get_path (f->notebook), "PRAGMA user_version", "3\n");
  g_assert_cmpuint (backups->len, ==, 1);
  backup = backups->pdata[0];
  g_assert_null (backup->problem);
  g_assert_cmpint (backup->reason, ==, ANNALS_BACKUP_MIGRATION);
  g_assert_cmpint (backup->version, ==, 1);
  assert_rows (backup->path, "PRAGMA user_version", "1\n");
  assert_rows (backup->path, "SELECT count(*) FROM post", "2\n");
}

/* An old notebook goes back to a backup of its time, which is migrated on the way. */
static void
test_old_backup (Fixture       *f,
                 gconstpointer  data)
{
  const char *path = annals_notebook_get_path (f->notebook);
  g_autoptr(GPtrArray) backups = annals_backup_list (path, NULL, NULL, NULL);
  const AnnalsBackup *backup = backups->pdata[0];
  g_autoptr(GPtrArray) kinds = NULL;
  g_autoptr(GError) error = NULL;
  gint64 tag;

  CHANGE (f, "Add tag", add_tag, &tag);
  kinds = annals_backup_compare (path, backup->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kinds->len, ==, 1);
  g_assert_cmpstr (((AnnalsBackupKind *) kinds->pdata[0])->name, ==, "tags");

  annals_backup_restore (f->notebook, backup->path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_rows (path, "PRAGMA user_version", "3\n");
  assert_rows (path, "SELECT name FROM tag", "harbour\n");
}

/* Without its backup an old notebook is left as it is. */
static void
test_no_backup_no_migration (Fixture       *f,
                             gconstpointer  data)
{
  g_autofree char *old = g_build_filename (f->folder, "Refused.annals", NULL);
  g_autofree char *folder = annals_backup_dup_default_folder (old);
  g_autofree char *away = g_strconcat (folder, " away", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GError) error = NULL;

  make_old (old);
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  before = query (old, SCHEMA);
  g_assert_null (annals_notebook_open (old, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "was left as it is"));
  after = query (old, SCHEMA);
  g_assert_cmpstr (before, ==, after);
  assert_rows (old, "PRAGMA user_version", "1\n");

  g_clear_error (&error);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  notebook = annals_notebook_open (old, &error);
  g_assert_no_error (error);
  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  GPtrArray **problems = data;

  return (*problems = annals_db_check (db, TRUE, cancellable, error)) != NULL;
}

static gboolean
look (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, 1, error);
  g_autoptr(AnnalsImportFile) file = annals_db_load_revision_file (db, 1, error);
  g_autoptr(AnnalsImport) import = annals_db_load_import (db, 1, error);
  g_autoptr(GPtrArray) issues = annals_db_list_issues_of (db, 1, ANNALS_ISSUE_OTHER, 0, 10, error);

  g_assert_nonnull (post);
  g_assert_cmpuint (post->kind, ==, ANNALS_POST_POST);
  g_assert_null (file);
  g_assert_cmpstr (import->path, ==, "");
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_false (((AnnalsIssue *) issues->pdata[0])->can_force);

  return TRUE;
}

static void
test_rows_are_kept (Fixture       *f,
                    gconstpointer  data)
{
  const char *path = annals_notebook_get_path (f->notebook);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  /* what plain text of months holds may be replaced by more */
  assert_rows (path, "SELECT id, kind, extent, file FROM revision ORDER BY id",
               "1|post|1|NULL\n2|post|1|NULL\n3|post|2|NULL\n");
  READ (f, look, NULL);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  READ (f, check, &problems);
  g_assert_cmpuint (problems->len, ==, 0);
}

#define TRASHED "SELECT id, starred, trashed, kind FROM post ORDER BY id"

static void
test_undo_reaches_across (Fixture       *f,
                          gconstpointer  data)
{
  const char *path = annals_notebook_get_path (f->notebook);
  g_autofree char *label = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GError) error = NULL;

  assert_rows (path, TRASHED, "1|0|0|post\n2|0|1|post\n");
  annals_notebook_undo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Tag and trash");
  assert_rows (path, TRASHED, "1|0|0|post\n2|1|0|post\n");
  assert_rows (path, "SELECT count(*) FROM tag UNION ALL SELECT count(*) FROM annotation", "0\n0\n");
  annals_notebook_redo (f->notebook, &again, &error);
  g_assert_no_error (error);
  assert_rows (path, TRASHED, "1|0|0|post\n2|0|1|post\n");
  assert_rows (path, "SELECT count(*) FROM tag UNION ALL SELECT count(*) FROM annotation", "1\n1\n");
}

/* The next month's file finds the posts of the old notebook. */
static void
test_import_goes_on (Fixture       *f,
                     gconstpointer  data)
{
  static const char * const same[] = { "The ferry left.", NULL };
  static const char * const changed[] = { "The ferry left at noon.", NULL };
  AnnalsStored stored[1];

  /* the fixture's copies are excerpts */
  fixture_import (f, same, stored);
  g_assert_cmpuint (stored[0], ==, ANNALS_STORED_UNCHANGED);
  fixture_import (f, changed, stored);
  g_assert_cmpuint (stored[0], ==, ANNALS_STORED_UNCHANGED);
  assert_rows (annals_notebook_get_path (f->notebook), "SELECT count(*) FROM post", "2\n");
}

/* An old one that is merged into another is copied, and stays what it is. */
static void
test_merged (void)
{
  g_autofree char *folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "Old.annals", NULL);
  g_autofree char *new_path = g_build_filename (folder, "New.annals", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook;
  const char *name;
  gsize size, size_after;
  guint n = 0;

  make_old (path);
  g_assert_true (g_file_get_contents (path, &before, &size, NULL));
  notebook = annals_notebook_create (new_path, NULL, &error);
  g_assert_no_error (error);

  result = annals_notebook_merge_file (notebook, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_posts, >, 0);
  g_assert_cmpuint (result->n_added[ANNALS_ENTRY_TAG], ==, 1);
  g_assert_cmpuint (result->n_added[ANNALS_ENTRY_ANNOTATION], ==, 1);
  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (notebook);

  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size, after, size_after);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *one = g_build_filename (folder, name, NULL);

      g_unlink (one);
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
  g_rmdir (folder);
}

static void
cancel_cb (double   fraction,
           gpointer user_data)
{
  if (fraction < 0.5)
    g_cancellable_cancel (user_data);
}

static guint
count_copies (Fixture *f)
{
  g_autoptr(GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, ".merge-") != NULL;

  return n;
}

static void
count_copies_cb (double   fraction,
                 gpointer user_data)
{
  g_assert_cmpuint (count_copies (user_data), >, 0);
}

/* An old one that is taken in stays what it is: its copy is beside the notebook and goes, also when it is cancelled. */
static void
test_merge_of_old (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *old = g_build_filename (f->folder, "Elder.annals", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *into;

  make_old (old);
  into = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  g_assert_null (annals_notebook_merge_file (into, old, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_copies (f), ==, 0);

  result = annals_notebook_merge_file (into, old, count_copies_cb, f, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_posts, >, 0);
  g_assert_cmpuint (count_copies (f), ==, 0);
  assert_rows (old, "PRAGMA user_version", "1\n");

  annals_notebook_close (into, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (into);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)
  ADD ("/notebook/migration/schema", test_schema_is_that_of_a_new_one);
  ADD ("/notebook/migration/rows", test_rows_are_kept);
  ADD ("/notebook/migration/old-backup", test_old_backup);
  ADD ("/notebook/migration/no-backup", test_no_backup_no_migration);
  ADD ("/notebook/migration/undo", test_undo_reaches_across);
  ADD ("/notebook/migration/import", test_import_goes_on);
  ADD ("/notebook/migration/merge", test_merge_of_old);

  g_test_add_func ("/migration/merged", test_merged);

  return g_test_run ();
}
