/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "annals-check.h"
#include "annals-entry.h"
#include "annals-importer.h"
#include "annals-notebook-document.h"
#include "annals-tags.h"
#include "wild-notebook.h"

#define N_SEEDS 6
#define N_STEPS 60

typedef struct
{
  char           *folder;
  AnnalsNotebook *notebook;
} Fixture;

static AnnalsNotebook *
create (Fixture    *f,
        const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_create (path, NULL, &error);

  g_assert_no_error (error);
  annals_notebook_set_author (notebook, "Ann");
  return notebook;
}

static void
close_notebook (AnnalsNotebook *notebook)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (notebook);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
  f->notebook = create (f, "First.annals");
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  close_notebook (f->notebook);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static char *
path_of (Fixture    *f,
         const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static AnnalsMergeResult *
import (Fixture        *f,
        AnnalsNotebook *into,
        const char     *name)
{
  g_autofree char *path = path_of (f, name);
  g_autoptr(GError) error = NULL;
  AnnalsMergeResult *result = annals_import_notebook_document (into, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static gboolean
check_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **problems = data;

  *problems = annals_db_check (db, TRUE, cancellable, error);
  return *problems != NULL;
}

static void
assert_sound (AnnalsNotebook *notebook)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_read (notebook, check_cb, &problems, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Tells where two exports differ, which may be long. */
static void
assert_same (const char *actual,
             const char *expected)
{
  g_auto(GStrv) a = NULL;
  g_auto(GStrv) b = NULL;

  if (g_str_equal (actual, expected))
    return;

  a = g_strsplit (actual, "\n", -1);
  b = g_strsplit (expected, "\n", -1);
  for (guint i = 0; a[i] != NULL && b[i] != NULL; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
  g_assert_not_reached ();
}

/* --- nothing is forgotten --- */

/* A table or column that is new has to be handed on, or left out for a reason that is written down. */
static void
test_holds_all (Fixture       *f,
                gconstpointer  data)
{
  sqlite3 *file = NULL;
  sqlite3_stmt *stmt = NULL;
  guint n = 0;

  g_assert_cmpint (sqlite3_open_v2 (annals_notebook_get_path (f->notebook), &file, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (file,
                                       "SELECT tables.name, columns.name FROM sqlite_schema AS tables "
                                       "JOIN pragma_table_info (tables.name) AS columns WHERE tables.type = 'table' "
                                       "AND tables.name NOT LIKE 'post_index%' AND tables.name NOT LIKE 'note_index%' "
                                       "AND tables.name NOT LIKE 'sqlite_%'", -1, &stmt, NULL), ==, SQLITE_OK);
  for (; sqlite3_step (stmt) == SQLITE_ROW; n++)
    {
      const char *table = (const char *) sqlite3_column_text (stmt, 0);
      const char *column = (const char *) sqlite3_column_text (stmt, 1);

      if (!annals_entry_holds (table, column) && annals_entry_why_left_out (table, column) == NULL)
        g_error ("%s.%s is neither in a notebook's export nor said to be left out", table, column);
    }
  sqlite3_finalize (stmt);
  sqlite3_close (file);
  g_assert_cmpuint (n, >, 150);
}

/* --- there and back --- */

static void
test_round_trip (Fixture       *f,
                 gconstpointer  data)
{
  for (guint32 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autofree char *name = g_strdup_printf ("Wild %u.annals", seed);
      g_autofree char *copy_name = g_strdup_printf ("Copy %u.annals", seed);
      AnnalsNotebook *wild = create (f, name);
      AnnalsNotebook *copy = create (f, copy_name);
      g_autoptr(AnnalsMergeResult) result = NULL;
      g_autoptr(AnnalsMergeResult) again = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("seed %u", seed);
      wild_steps (wild, seed, N_STEPS);
      before = wild_export (wild, f->folder, "before.json");
      g_assert_true (g_utf8_validate (before, -1, NULL));

      result = import (f, copy, "before.json");
      g_assert_cmpint (result->step, >, 0);
      g_assert_cmpuint (result->differences->len, ==, 0);
      after = wild_export (copy, f->folder, "after.json");
      assert_same (after, before);
      assert_sound (copy);

      /* nothing is new the second time */
      again = import (f, copy, "before.json");
      g_assert_cmpint (again->step, ==, 0);
      g_assert_cmpuint (again->differences->len, ==, 0);

      /* one step takes all of it back */
      annals_notebook_undo (copy, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wild_count (copy, "SELECT count (*) FROM post WHERE withdrawn = 0"), ==, 0);
      g_assert_cmpint (wild_count (copy, "SELECT count (*) FROM tag"), ==, 0);
      g_assert_cmpint (wild_count (copy, "SELECT count (*) FROM annotation"), ==, 0);
      annals_notebook_redo (copy, NULL, &error);
      g_assert_no_error (error);
      redone = wild_export (copy, f->folder, "redone.json");
      assert_same (redone, before);

      /* and it can come again when it was */
      annals_notebook_undo (copy, NULL, &error);
      g_assert_no_error (error);
      g_clear_pointer (&result, annals_merge_result_free);
      result = import (f, copy, "before.json");
      undone = wild_export (copy, f->folder, "undone.json");
      assert_same (undone, before);

      close_notebook (wild);
      close_notebook (copy);
    }
}

/* The installed schema takes what is exported. */
static void
test_schema (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *path = path_of (f, "wild.json");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "export", "validate.py", NULL);
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "..", "data", "schemas",
                                                   "annals-notebook-1.schema.json", NULL);
  const char *argv[] = { "python3", script, schema, path, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  wild_steps (f->notebook, 42, 200);
  g_free (wild_export (f->notebook, f->folder, "wild.json"));
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, NULL) ||
      (WIFEXITED (status) && WEXITSTATUS (status) == 77))
    g_test_skip ("python3-jsonschema is not installed");
  else if (status != 0)
    g_error ("%s", output);
}

/* What a stranger's file keeps as spans: white space counts for nothing, what is none is none. */
static void
test_spans (Fixture       *f,
            gconstpointer  data)
{
  static const char * const cases[][2] = {
    { " [ [0, 3,\"link\",\n\"https:\\/\\/a.example\" ] , [0,2,\"strong\",null]]\t",
      "\"spans\":[[0,3,\"link\",\"https://a.example\"],[0,2,\"strong\",null]]" },
    { "[[0,3,\"link\",null],]", "\"spans\":[]" },
    { "[1,]", "\"spans\":[]" },
    { "[[0,99999999,\"link\",null]]", "\"spans\":[]" },
    { "{\"a\":1}", "\"spans\":[]" },
  };
  AnnalsNotebook *copy = create (f, "Copy.annals");
  g_autoptr(AnnalsMergeResult) result = NULL;

  for (guint32 seed = 1; wild_count (f->notebook, "SELECT count (*) FROM revision WHERE length (text) > 3") == 0; seed++)
    wild_steps (f->notebook, seed, N_STEPS);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      sqlite3 *file = NULL;
      char *sql = sqlite3_mprintf ("UPDATE revision SET spans = '[]'; UPDATE revision SET spans = %Q WHERE id = "
                                   "(SELECT revision FROM post JOIN revision ON revision.id = post.revision "
                                   "WHERE withdrawn = 0 AND length (text) > 3 LIMIT 1)", cases[i][0]);
      g_autofree char *json = NULL;

      g_assert_cmpint (sqlite3_open (annals_notebook_get_path (f->notebook), &file), ==, SQLITE_OK);
      sqlite3_busy_timeout (file, 60000);   /* the notebook's own index may be at work */
      g_assert_cmpint (sqlite3_exec (file, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      sqlite3_free (sql);
      sqlite3_close (file);
      json = wild_export (f->notebook, f->folder, "spans.json");
      g_assert_nonnull (strstr (json, cases[i][1]));
    }

  result = import (f, copy, "spans.json");
  close_notebook (copy);
}

/* --- two that went their own ways --- */

static gboolean
describe (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  gint64 id;

  return annals_db_ensure_tag (db, "ferries", &id, error) && annals_db_set_tag_description (db, id, data, error);
}

static void
set_description (AnnalsNotebook *notebook,
                 const char     *description)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (notebook, "Describe", describe, (gpointer) description, NULL, &error);
  g_assert_no_error (error);
}

/* Whichever of the two is merged into the other. */
static void
test_newer_wins (Fixture       *f,
                 gconstpointer  data)
{
  for (guint into_newer = 0; into_newer < 2; into_newer++)
    {
      g_autofree char *name = g_strdup_printf ("Older %u.annals", into_newer);
      g_autofree char *other_name = g_strdup_printf ("Newer %u.annals", into_newer);
      g_autofree char *path = path_of (f, into_newer ? name : other_name);
      AnnalsNotebook *older = create (f, name);
      AnnalsNotebook *newer = create (f, other_name);
      AnnalsNotebook *into = into_newer ? newer : older;
      g_autoptr(AnnalsMergeResult) shared = NULL;
      g_autoptr(AnnalsMergeResult) result = NULL;
      g_autoptr(GError) error = NULL;

      set_description (older, "as both have it");
      g_free (wild_export (older, f->folder, "shared.json"));
      shared = import (f, newer, "shared.json");
      set_description (older, "older");
      set_description (newer, "newer");
      close_notebook (into_newer ? older : newer);

      result = annals_notebook_merge_file (into, path, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wild_count (into, "SELECT count (*) FROM tag WHERE description = 'newer'"), ==, 1);
      close_notebook (into);
    }
}

static void
test_merge_of_two (Fixture       *f,
                   gconstpointer  data)
{
  for (guint32 seed = 100; seed < 100 + N_SEEDS; seed++)
    {
      g_autofree char *name = g_strdup_printf ("One %u.annals", seed);
      g_autofree char *other_name = g_strdup_printf ("Two %u.annals", seed);
      g_autofree char *other_path = path_of (f, other_name);
      AnnalsNotebook *one = create (f, name);
      AnnalsNotebook *other = create (f, other_name);
      g_autoptr(AnnalsMergeResult) result = NULL;
      g_autoptr(AnnalsMergeResult) again = NULL;
      g_autofree char *before = NULL;
      g_autofree char *merged = NULL;
      g_autofree char *twice = NULL;
      g_autofree char *redone = NULL;
      g_autofree char *others = NULL;
      g_autofree char *untouched = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("seed %u", seed);
      wild_steps (one, seed, N_STEPS / 2);
      others = wild_export (one, f->folder, "shared.json");
      g_clear_pointer (&others, g_free);
      result = import (f, other, "shared.json");
      g_clear_pointer (&result, annals_merge_result_free);
      wild_steps (one, seed + 1000, N_STEPS / 2);
      wild_steps (other, seed + 2000, N_STEPS / 2);
      before = wild_export (one, f->folder, "one.json");
      others = wild_export (other, f->folder, "other.json");
      close_notebook (other);

      result = annals_notebook_merge_file (one, other_path, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      merged = wild_export (one, f->folder, "merged.json");
      assert_sound (one);

      again = annals_notebook_merge_file (one, other_path, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      twice = wild_export (one, f->folder, "twice.json");
      assert_same (twice, merged);
      g_assert_cmpint (again->step, ==, 0);

      /* the same step out of the file, and back */
      annals_notebook_undo (one, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wild_count (one, "SELECT count (*) FROM history WHERE undone"), ==, 1);
      annals_notebook_redo (one, NULL, &error);
      g_assert_no_error (error);
      redone = wild_export (one, f->folder, "redone.json");
      assert_same (redone, merged);

      /* the other one is what it was */
      other = annals_notebook_open (other_path, &error);
      g_assert_no_error (error);
      untouched = wild_export (other, f->folder, "untouched.json");
      assert_same (untouched, others);

      close_notebook (one);
      close_notebook (other);
    }
}

/* --- what is no notebook --- */

static void
assert_refused (Fixture    *f,
                const char *json,
                const char *says)
{
  g_autofree char *path = path_of (f, "bad.json");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;

  before = wild_export (f->notebook, f->folder, "x.json");
  g_file_set_contents (path, json, -1, NULL);
  result = annals_import_notebook_document (f->notebook, path, NULL, NULL, NULL, &error);
  g_assert_null (result);
  g_assert_nonnull (error);
  if (!strstr (error->message, says))
    g_error ("“%s” does not say “%s”", error->message, says);
  after = wild_export (f->notebook, f->folder, "x.json");
  assert_same (after, before);
}

#define HEAD "{\"format\":\"annals-notebook\",\"version\":1,\"notebook\":{\"uid\":" \
             "\"9849dc63-c9d3-4f9d-b24c-38145fc0a5eb\",\"title\":\"x\",\"created\":\"2026-11-29T00:22:31.704194Z\"},\n"

static void
test_damaged (Fixture       *f,
              gconstpointer  data)
{
  wild_steps (f->notebook, 7, 5);

  assert_refused (f, "", "line 1");
  assert_refused (f, "[]", "no export of a notebook");
  assert_refused (f, "{\"format\":\"annals-notes\"}", "annals-notebook");
  assert_refused (f, "{\"format\":\"annals-notebook\",\"version\":2}", "newer");
  assert_refused (f, HEAD "\"tags\":[{\"uid\":\"x\"}]}", "line 2: “uid” is not a UUID");
  assert_refused (f, HEAD "\"tags\":[{}]}", "“uid” is missing");
  assert_refused (f, HEAD "\"tags\":[3]}", "no object");
  assert_refused (f, HEAD "\"tags\":[", "ends before its end");
  assert_refused (f, HEAD "\"tags\":[]} x", "behind the end");
  assert_refused (f, HEAD "\"colour_names\":[{\"colour\":\"red\",\"name\":\"a\\qb\"}]}", "means nothing");
  assert_refused (f, HEAD "\"colour_names\":[{\"colour\":\"red\",\"colour\":\"red\",\"name\":\"x\"}]}", "twice");
  assert_refused (f, HEAD "\"colour_names\":[{\"colour\":1,\"name\":\"x\"}]}", "is not a text");
}

/* Cut off anywhere, and with one byte changed, it fails in a sentence or comes in whole. */
static void
test_cut (Fixture       *f,
          gconstpointer  data)
{
  g_autofree char *json = NULL;
  g_autofree char *path = path_of (f, "cut.json");
  gsize length;

  wild_steps (f->notebook, 3, 25);
  json = wild_export (f->notebook, f->folder, "whole.json");
  length = strlen (json);

  for (guint i = 0; i < 60; i++)
    {
      gsize cut = (gsize) g_test_rand_int_range (0, (gint32) length);
      g_autoptr(AnnalsNotebookDocument) document = NULL;
      g_autoptr(GError) error = NULL;
      char kept = json[cut];

      if (i % 2)
        json[cut] = "\"{}[],:0\\\x80"[i % 10];
      g_file_set_contents (path, json, i % 2 ? (gssize) length : (gssize) cut, NULL);
      json[cut] = kept;

      document = annals_notebook_document_open (path, &error);
      while (document != NULL && error == NULL)
        {
          g_autoptr(AnnalsEntry) entry = annals_notebook_document_next (document, &error);

          if (entry == NULL)
            break;
        }
      g_assert_true (i % 2 || error != NULL);
      if (error != NULL)
        g_assert_nonnull (strstr (error->message, "cut.json"));
    }
}

static void
cancel_cb (double   fraction,
           gpointer cancellable)
{
  if (fraction > 0.3)
    g_cancellable_cancel (cancellable);
}

/* Cancelled on its way, nothing of it stays. */
static void
test_cancelled (Fixture       *f,
                gconstpointer  data)
{
  AnnalsNotebook *other = create (f, "Other.annals");
  g_autofree char *path = path_of (f, "all.json");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *all = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  AnnalsMergeResult *result;

  wild_steps (other, 5, 60);
  all = wild_export (other, f->folder, "all.json");
  wild_steps (f->notebook, 6, 20);
  before = wild_export (f->notebook, f->folder, "before.json");

  result = annals_import_notebook_document (f->notebook, path, cancel_cb, cancellable, cancellable, &error);
  g_assert_null (result);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_sound (f->notebook);
  after = wild_export (f->notebook, f->folder, "after.json");
  assert_same (after, before);
  g_assert_cmpint (wild_count (f->notebook, "SELECT count (*) FROM import WHERE state = 'running'"), ==, 0);

  /* and it can be done after all */
  result = import (f, f->notebook, "all.json");
  g_assert_cmpint (result->step, >, 0);
  annals_merge_result_free (result);
  close_notebook (other);
}

/* --- killed on its way: all of it or nothing --- */

static double kill_at;

static void
kill_cb (double   fraction,
         gpointer user_data)
{
  if (fraction > kill_at)
    kill (getpid (), SIGKILL);
}

static void
test_killed_subprocess (void)
{
  const char *path = g_getenv ("ANNALS_TEST_NOTEBOOK");
  const char *json = g_getenv ("ANNALS_TEST_JSON");
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook;

  if (path == NULL)
    return;

  kill_at = g_ascii_strtod (g_getenv ("ANNALS_TEST_KILL_AT"), NULL);
  notebook = annals_notebook_open (path, &error);
  g_assert_no_error (error);
  annals_import_notebook_document (notebook, json, kill_cb, NULL, NULL, NULL);
  kill (getpid (), SIGKILL);
}

static void
test_killed (Fixture       *f,
             gconstpointer  data)
{
  static const char * const places[] = { "-1", "0.3", "0.6", "0.75", "0.9", "0.94", "0.99" };
  AnnalsNotebook *other = create (f, "Other.annals");
  g_autofree char *path = path_of (f, "First.annals");
  g_autofree char *json = path_of (f, "all.json");
  g_autofree char *before = NULL;
  g_autofree char *all = NULL;
  guint n_whole = 0;

  wild_steps (other, 8, 150);
  all = wild_export (other, f->folder, "all.json");
  close_notebook (other);
  wild_steps (f->notebook, 9, 30);
  before = wild_export (f->notebook, f->folder, "before.json");

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *after = NULL;
      g_autoptr(AnnalsMergeResult) again = NULL;
      g_autoptr(GError) error = NULL;

      close_notebook (f->notebook);
      g_setenv ("ANNALS_TEST_NOTEBOOK", path, TRUE);
      g_setenv ("ANNALS_TEST_JSON", json, TRUE);
      g_setenv ("ANNALS_TEST_KILL_AT", places[i], TRUE);
      g_test_trap_subprocess ("/notebook-json/killed/subprocess", 0, 0);
      g_test_trap_assert_failed ();
      g_unsetenv ("ANNALS_TEST_NOTEBOOK");

      f->notebook = annals_notebook_open (path, &error);
      g_assert_no_error (error);
      assert_sound (f->notebook);
      g_assert_cmpint (wild_count (f->notebook, "SELECT count (*) FROM import WHERE state = 'running'"), ==, 0);
      after = wild_export (f->notebook, f->folder, "after.json");
      if (n_whole == 0 && g_str_equal (after, before))
        continue;

      /* come in whole: the next one brings nothing */
      again = import (f, f->notebook, "all.json");
      g_assert_cmpint (again->step, ==, 0);
      n_whole++;
    }
  g_assert_cmpuint (n_whole, ==, 1);
}

static void
test_itself (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *path = path_of (f, "First.annals");
  g_autofree char *empty = path_of (f, "empty.annals");
  g_autoptr(GError) error = NULL;

  g_assert_null (annals_notebook_merge_file (f->notebook, path, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT);
  g_clear_error (&error);

  g_file_set_contents (empty, "", 0, NULL);
  g_assert_null (annals_notebook_merge_file (f->notebook, empty, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/notebook-json/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("holds-all", test_holds_all);
  ADD ("round-trip", test_round_trip);
  ADD ("schema", test_schema);
  ADD ("spans", test_spans);
  ADD ("newer-wins", test_newer_wins);
  ADD ("merge-of-two", test_merge_of_two);
  ADD ("damaged", test_damaged);
  ADD ("cut", test_cut);
  ADD ("cancelled", test_cancelled);
  ADD ("killed", test_killed);
  g_test_add_func ("/notebook-json/killed/subprocess", test_killed_subprocess);
  ADD ("itself", test_itself);

  return g_test_run ();
}
