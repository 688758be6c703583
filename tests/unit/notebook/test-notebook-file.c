/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* Whatever is refused must be as it was, byte for byte. */
static void
assert_refused (const char          *path,
                AnnalsNotebookError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length = 0, after_length = 0;

  g_file_get_contents (path, &before, &before_length, NULL);
  notebook = annals_notebook_open (path, &error);
  g_assert_null (notebook);
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_null (strchr (error->message, '\n'));
  g_file_get_contents (path, &after, &after_length, NULL);
  g_assert_cmpmem (before, before_length, after, after_length);
}

static char *
put_file (Fixture       *f,
          const char    *name,
          gconstpointer  bytes,
          gsize          length)
{
  char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  return path;
}

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open (path, &native), ==, SQLITE_OK);
  sqlite3_busy_timeout (native, 10000);   /* the notebook's writer may be at work behind us */
  g_assert_cmpint (sqlite3_exec (native, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
}

static void
test_refusals (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (f->folder, "missing.annals", NULL);
  g_autofree char *below_file = g_build_filename (f->path, "x.annals", NULL);
  g_autofree char *empty = put_file (f, "empty.annals", "", 0);
  g_autofree char *words = put_file (f, "words.annals", "Dear diary, today I wrote no database at all. "
                                     "It takes a hundred bytes to look like one, which these are.", 105);
  g_autofree char *short_one = put_file (f, "short.annals", "SQLite format 3", 16);
  g_autofree char *foreign = g_build_filename (f->folder, "foreign.annals", NULL);

  run_sql (foreign, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");

  assert_refused (missing, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_refused (below_file, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_refused (f->folder, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
  assert_refused ("/dev/null", ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
  assert_refused (empty, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
  assert_refused (words, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
  assert_refused (short_one, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
  assert_refused (foreign, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
}

static void
test_newer (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *newer = g_build_filename (f->folder, "newer.annals", NULL);

  run_sql (newer, "PRAGMA user_version = 9999; CREATE TABLE t (x)");
  /* 0x416E6E6C */
  run_sql (newer, "PRAGMA application_id = 1097756268");
  assert_refused (newer, ANNALS_NOTEBOOK_ERROR_TOO_NEW);
}

static void
test_truncated (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (f->folder, "cut.annals", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;

  fixture_reopen (f);
  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length / 2, NULL));

  notebook = annals_notebook_open (path, &error);
  g_assert_null (notebook);
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);

  g_clear_error (&error);
  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
}

static void
test_create_refusals (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *nowhere = g_build_filename (f->folder, "no", "such", "x.annals", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (annals_notebook_create (f->path, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_null (annals_notebook_create (nowhere, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_null (annals_notebook_create ("/proc/x.annals", NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_READ_ONLY);
}

/* A file that says that it is a notebook, but holds tables of a stranger's. */
static void
test_foreign_schema (Fixture       *f,
                     gconstpointer  data)
{
  static const char * const changes[] = {
    "CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM post; END",
    "CREATE VIEW endless AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
    "CREATE TABLE mine (x)",
    "ALTER TABLE tag ADD COLUMN extra TEXT",
    "DROP INDEX post_source",
    "DROP TABLE evidence",
    "CREATE TRIGGER post_index_t AFTER INSERT ON history BEGIN DELETE FROM post; END",
    "ALTER TABLE tag ADD COLUMN doubled TEXT GENERATED ALWAYS AS (name || name) VIRTUAL",
    "CREATE INDEX mine ON post (abs (id))",
    "CREATE INDEX mine ON post (id) WHERE length (title) > 3",
    "CREATE VIRTUAL TABLE mine USING fts5 (x)",
    "CREATE VIEW post_index_v AS SELECT 1",
    "PRAGMA user_version = 0",
  };
  g_autofree char *bytes = NULL;
  gsize length;

  annals_notebook_close (f->notebook, NULL);
  g_assert_finalize_object (f->notebook);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *changed = NULL;
      g_autofree char *after = NULL;
      gsize changed_length, after_length;
      g_autoptr(GError) error = NULL;

      run_sql (f->path, changes[i]);
      g_assert_true (g_file_get_contents (f->path, &changed, &changed_length, NULL));
      g_assert_null (annals_notebook_open (f->path, &error));
      g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);
      g_assert_true (g_file_get_contents (f->path, &after, &after_length, NULL));
      g_assert_cmpmem (changed, changed_length, after, after_length);
      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
    }

  f->notebook = annals_notebook_open (f->path, NULL);
  g_assert_nonnull (f->notebook);
}

static gint64
pragma (const char *path,
        const char *name)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", name);
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open_v2 (path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return value;
}

static void
test_one_file (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_assert_cmpstr (annals_notebook_get_title (f->notebook), ==, "Test");
  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);

  dir = g_dir_open (f->folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (pragma (f->path, "application_id"), ==, 0x416E6E6C);
  g_assert_cmpint (pragma (f->path, "user_version"), ==, 3);
  g_assert_cmpint (pragma (f->path, "page_size"), ==, 8192);

  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (annals_notebook_get_title (f->notebook), ==, "Test");
}

static gboolean
begin_only (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain ("Half an import.", -1);
  AnnalsNewPost post = { .identity = "half", .title = "Half", .source = "Nobody", .text = text, .place = 1 };
  AnnalsStored stored;

  return annals_db_begin_import (db, "/nowhere/half.txt", "half.txt", "text-month", "", NULL, data, error) &&
         annals_db_store_post (db, *(gint64 *) data, &post, &stored, NULL, error);
}

static void
run_bulk (Fixture      *f,
          AnnalsDbFunc  func,
          gpointer      data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, func, data, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_bulk_fails (Fixture             *f,
                   AnnalsDbFunc         func,
                   gpointer             data,
                   AnnalsNotebookError  code)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_bulk (f->notebook, func, data, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, (int) code);
}

static gboolean
list_all (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **imports = data;

  return (*imports = annals_db_list_imports (db, error)) != NULL;
}

/* The newest import's; "" when it has none. */
static void
assert_newest (Fixture    *f,
               const char *state,
               guint       n_imports)
{
  g_autoptr(GPtrArray) imports = NULL;

  READ (f, list_all, &imports);
  g_assert_cmpuint (imports->len, ==, n_imports);
  g_assert_cmpstr (((AnnalsImport *) imports->pdata[0])->state, ==, state);
}

#define ABANDON "UPDATE import SET runner = 'nowhere 1 1 1' WHERE state = 'running'"

/* A run and how it went on. */
typedef struct
{
  gint64           id;
  AnnalsImportMark mark;
} Run;

static gboolean
mark_run (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Run *run = data;

  run->mark = (AnnalsImportMark) { 7, "0123456789abcdef", 6, 1, 2, 3, 4, 5 };
  return annals_db_mark_import (db, run->id, &run->mark, error);
}

static gboolean
resume_run (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Run *run = data;

  return annals_db_resume_import (db, run->id, &run->mark, error);
}

static gboolean
remove_one (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return annals_db_remove_import (db, *(gint64 *) data, error);
}

static gboolean
finish_one (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return annals_db_finish_import (db, *(gint64 *) data, "0123", 42, 1, 1, 0, 0, 0, 0.1, error);
}

static gboolean
load_one (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(AnnalsImport) import = annals_db_load_import (db, *(gint64 *) data, error);

  if (import == NULL)
    return FALSE;

  g_assert_cmpstr (import->path, ==, "/nowhere/half.txt");
  g_assert_cmpstr (import->options, ==, "{}");
  return TRUE;
}

static void
test_interrupted_import (Fixture       *f,
                         gconstpointer  data)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *during = NULL;
  g_autofree char *while_alive = NULL;
  g_autofree char *after = NULL;
  g_autofree char *removed = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *other;
  Run run = { 0 };

  run_bulk (f, begin_only, &run.id);
  run_bulk (f, mark_run, &run);
  during = fixture_dump (f);
  g_assert_cmpstr (before, !=, during);
  assert_newest (f, "running", 2);

  /* Its program lives (it is this one), so another that opens the notebook leaves it alone. */
  other = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  annals_notebook_close (other, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (other);
  while_alive = fixture_dump (f);
  g_assert_cmpstr (during, ==, while_alive);
  assert_bulk_fails (f, resume_run, &run, ANNALS_NOTEBOOK_ERROR_CONFLICT);

  run_sql (f->path, ABANDON);
  fixture_reopen (f);
  after = fixture_dump (f);
  g_assert_cmpstr (during, ==, after);
  assert_newest (f, "interrupted", 2);
  READ (f, load_one, &run.id);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  assert_newest (f, "interrupted", 2);

  memset (&run.mark, 0xff, sizeof run.mark);
  run_bulk (f, resume_run, &run);
  g_assert_cmpuint (run.mark.n_records, ==, 7);
  g_assert_cmpstr (run.mark.digest, ==, "0123456789abcdef");
  g_assert_cmpuint (run.mark.n_read, ==, 6);
  g_assert_cmpuint (run.mark.n_new, ==, 1);
  g_assert_cmpuint (run.mark.n_updated, ==, 2);
  g_assert_cmpuint (run.mark.n_unchanged, ==, 3);
  g_assert_cmpuint (run.mark.n_skipped, ==, 4);
  g_assert_cmpint (run.mark.file_id, ==, 5);
  assert_newest (f, "running", 2);

  /* One that closing cuts off does not stay. */
  fixture_reopen (f);
  removed = fixture_dump (f);
  g_assert_cmpstr (before, ==, removed);
  assert_bulk_fails (f, resume_run, &run, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_bulk_fails (f, remove_one, &run.id, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

static void
test_removed_import (Fixture       *f,
                     gconstpointer  data)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  gint64 first = 1;
  gint64 id;
  Run run = { .id = 1 };

  assert_bulk_fails (f, remove_one, &first, ANNALS_NOTEBOOK_ERROR_CONFLICT);   /* it is done */
  assert_bulk_fails (f, resume_run, &run, ANNALS_NOTEBOOK_ERROR_CONFLICT);

  run_bulk (f, begin_only, &id);
  run_sql (f->path, ABANDON);
  fixture_reopen (f);
  run_bulk (f, remove_one, &id);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
  assert_newest (f, "done", 1);
}

/* As when the program is killed between two pieces of the removal. */
static void
test_removal_goes_on (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  run_bulk (f, begin_only, &id);
  run_sql (f->path, "UPDATE import SET removing = 1, runner = 'nowhere 1 1 1' WHERE state = 'running'");
  assert_newest (f, "done", 1);
  fixture_reopen (f);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
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

static void
assert_problems (Fixture *f,
                 guint    n)
{
  g_autoptr(GPtrArray) problems = NULL;

  READ (f, check, &problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const AnnalsProblem *problem = problems->pdata[i];

      g_test_message ("%s: %s", problem->where, problem->what);
    }
  g_assert_cmpuint (problems->len, ==, n);
}

/* Two programs import the same post at once; one or both are killed. */
static void
test_abandoned_twins (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *alone = NULL;
  g_autofree char *after = NULL;
  g_autofree char *finished = NULL;
  gint64 first, second;

  run_bulk (f, begin_only, &first);
  run_bulk (f, begin_only, &second);
  run_sql (f->path, ABANDON);
  fixture_reopen (f);
  run_bulk (f, remove_one, &second);
  run_bulk (f, remove_one, &first);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);

  run_bulk (f, begin_only, &first);
  run_bulk (f, begin_only, &second);
  run_bulk (f, remove_one, &first);
  alone = fixture_dump (f);
  g_assert_nonnull (strstr (alone, "Half an import."));
  run_bulk (f, finish_one, &second);
  finished = fixture_dump (f);
  g_assert_nonnull (strstr (finished, "Half an import."));
  g_assert_cmpstr (alone, !=, finished);   /* it shows now */
  assert_problems (f, 0);
}

static gboolean
mark (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return annals_db_add_annotation (db, *(gint64 *) data, 4, 9, "blue", "A note", NULL, error);
}

static void
test_check (Fixture       *f,
            gconstpointer  data)
{
  static const char * const damages[] = {
    "UPDATE annotation SET quote = 'other'",
    "UPDATE annotation SET end = 100000",
    "UPDATE post SET published = '2020-13' WHERE id = 1",
    "UPDATE post SET published_from = 5 WHERE id = 1",
    "UPDATE revision SET text = text || ' more' WHERE id = 3",
    "UPDATE revision SET spans = '[[9,3,\"link\",null]]' WHERE id = 1",
    "PRAGMA foreign_keys = OFF; DELETE FROM source",
    "UPDATE post SET revision = NULL WHERE id = 2",
    "UPDATE post SET revision = 1 WHERE id = 2",
    "UPDATE annotation SET revision = 2",
    "UPDATE tag SET parent = id",
  };
  gint64 post = fixture_post (f, 0);
  g_autoptr(GError) error = NULL;

  CHANGE (f, "Mark", mark, &post);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  assert_problems (f, 0);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *bytes = NULL;
      gsize length = 0;
      g_autoptr(GPtrArray) problems = NULL;

      annals_notebook_close (f->notebook, NULL);
      g_assert_finalize_object (f->notebook);
      g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
      run_sql (f->path, damages[i]);
      f->notebook = annals_notebook_open (f->path, &error);
      g_assert_no_error (error);

      READ (f, check, &problems);
      if (problems->len == 0)
        g_error ("not found: %s", damages[i]);

      annals_notebook_close (f->notebook, NULL);
      g_assert_finalize_object (f->notebook);
      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
      f->notebook = annals_notebook_open (f->path, &error);
      g_assert_no_error (error);
    }

  assert_problems (f, 0);
}

/* A change and a look at what a damaged file still shows. */
typedef struct
{
  gint64     id;
  GPtrArray *tags;
} Look;

static gboolean
look_at_tags (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Look *look = data;
  g_autoptr(AnnalsTag) tag = NULL;

  return annals_db_find (db, ANNALS_RECORD_TAG, "imported", &look->id, error) &&
         (tag = annals_db_load_tag (db, look->id, error)) != NULL &&
         (look->tags = annals_db_list_tags (db, error)) != NULL;
}

static gboolean
load_marked (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(AnnalsAnnotation) annotation = annals_db_load_annotation (db, 1, error);

  return annotation != NULL;
}

/* Whatever stands in the rows, they are read or one sentence says why not. */
static void
test_damaged_rows (Fixture       *f,
                   gconstpointer  data)
{
  gint64 post = fixture_post (f, 0);
  Look look = { 0 };
  g_autoptr(GError) error = NULL;

  CHANGE (f, "Mark", mark, &post);
  run_sql (f->path, "UPDATE tag SET parent = id");
  fixture_reopen (f);
  READ (f, look_at_tags, &look);
  g_assert_cmpuint (look.tags->len, ==, 1);
  g_ptr_array_unref (look.tags);

  run_sql (f->path, "UPDATE tag SET colour = CAST (x'e0' AS TEXT), description = CAST (x'61ff62' AS TEXT)");
  READ (f, look_at_tags, &look);
  g_assert_cmpstr (((AnnalsTag *) look.tags->pdata[0])->colour, ==, "\357\277\275");
  g_assert_cmpstr (((AnnalsTag *) look.tags->pdata[0])->description, ==, "a\357\277\275b");
  g_ptr_array_unref (look.tags);

  run_sql (f->path, "PRAGMA foreign_keys = OFF; UPDATE annotation SET post = 99");
  g_assert_false (annals_notebook_read (f->notebook, load_marked, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);
}

/* A change is not acknowledged when it would go with a file that is deleted. */
static void
test_file_gone (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *elsewhere = g_build_filename (f->folder, "elsewhere.annals", NULL);
  gint64 post = fixture_post (f, 0);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_rename (f->path, elsewhere), ==, 0);
  g_assert_false (annals_notebook_change (f->notebook, "Mark", mark, &post, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);

  g_assert_cmpint (g_rename (elsewhere, f->path), ==, 0);
  CHANGE (f, "Mark", mark, &post);
}

static void
count_cb (AnnalsNotebook *notebook,
          AnnalsChanges  *changes,
          guint          *n)
{
  (*n)++;
}

static void
test_closed_is_silent (Fixture       *f,
                       gconstpointer  data)
{
  gint64 post = fixture_post (f, 0);
  guint n = 0;

  while (g_main_context_iteration (NULL, FALSE));
  g_signal_connect (f->notebook, "changed", G_CALLBACK (count_cb), &n);
  CHANGE (f, "Mark", mark, &post);
  annals_notebook_close (f->notebook, NULL);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (n, ==, 0);
}

/* Opens the notebook once more, as another program does, and changes it there unless @post is NULL. */
static void
visit (Fixture *f,
       gint64  *post)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) other = annals_notebook_open (f->path, &error);

  g_assert_no_error (error);
  if (post != NULL)
    annals_notebook_change (other, "Mark", mark, post, NULL, &error);
  else
    annals_notebook_read (other, load_marked, NULL, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_close (other, &error);
  g_assert_no_error (error);
}

static gboolean
quit_cb (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;
  return G_SOURCE_REMOVE;
}

/* What another program changed is told, that it read is not: everything would be read again. */
static void
test_visitors (Fixture       *f,
               gconstpointer  data)
{
  gint64 post = fixture_post (f, 0), other_post = fixture_post (f, 1);
  gboolean late = FALSE;
  guint n;

  CHANGE (f, "Mark", mark, &post);   /* the log is not empty */
  while (g_main_context_iteration (NULL, FALSE));
  g_signal_connect (f->notebook, "changed", G_CALLBACK (count_cb), &n);

  n = 0;
  visit (f, NULL);
  g_timeout_add (1700, quit_cb, &late);   /* three looks around */
  while (!late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n, ==, 0);

  visit (f, &other_post);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/file/refusals", test_refusals);
  ADD ("/notebook/file/newer", test_newer);
  ADD ("/notebook/file/truncated", test_truncated);
  ADD ("/notebook/file/create-refusals", test_create_refusals);
  ADD ("/notebook/file/foreign-schema", test_foreign_schema);
  ADD ("/notebook/file/one-file", test_one_file);
  ADD ("/notebook/file/interrupted-import", test_interrupted_import);
  ADD ("/notebook/file/removed-import", test_removed_import);
  ADD ("/notebook/file/removal-goes-on", test_removal_goes_on);
  ADD ("/notebook/file/abandoned-twins", test_abandoned_twins);
  ADD ("/notebook/file/check", test_check);
  ADD ("/notebook/file/damaged-rows", test_damaged_rows);
  ADD ("/notebook/file/file-gone", test_file_gone);
  ADD ("/notebook/file/visitors", test_visitors);
  ADD ("/notebook/file/closed-is-silent", test_closed_is_silent);

  return g_test_run ();
}
