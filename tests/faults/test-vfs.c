/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each call that SQLite makes on a notebook's files fails once, and each with all that follow, while an action is
 * done by the library itself. The notebook then opens, is without damage, and holds the action whole or not at all;
 * one that was acknowledged is there. ANNALS_FAULTS=all takes every call, else some of each kind are taken. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "annals-annotations.h"
#include "annals-check.h"
#include "annals-db-private.h"
#include "annals-export.h"
#include "annals-importer.h"
#include "annals-merge.h"
#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "fault-vfs.h"

#define N_OF_EACH 4
#define N_TAGGED 6

static const Fault faults[] = {
  { "read error", FAULT_READ, SQLITE_IOERR_READ, FALSE },
  { "read error, from then on", FAULT_READ, SQLITE_IOERR_READ, TRUE },
  { "write error", FAULT_WRITE, SQLITE_IOERR_WRITE, FALSE },
  { "disk full", FAULT_WRITE, SQLITE_FULL, FALSE },
  { "disk full, from then on", FAULT_WRITE, SQLITE_FULL, TRUE },
  { "short write", FAULT_SHORT_WRITE, SQLITE_FULL, FALSE },
  { "short write, from then on", FAULT_SHORT_WRITE, SQLITE_FULL, TRUE },
  { "sync error", FAULT_SYNC, SQLITE_IOERR_FSYNC, FALSE },
  { "sync error, from then on", FAULT_SYNC, SQLITE_IOERR_FSYNC, TRUE },
  { "truncate error", FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE, FALSE },
  { "open error", FAULT_OPEN, SQLITE_CANTOPEN, FALSE },
  { "open error, from then on", FAULT_OPEN, SQLITE_CANTOPEN, TRUE },
  { "delete error", FAULT_DELETE, SQLITE_IOERR_DELETE, FALSE },
  { "size error", FAULT_SIZE, SQLITE_IOERR_FSTAT, FALSE },
  { "lock error", FAULT_LOCK, SQLITE_IOERR_LOCK, FALSE },
  { "shared memory error", FAULT_SHARED, SQLITE_IOERR_SHMMAP, FALSE },
  { "read-only from then on", FAULT_CHANGING, SQLITE_READONLY, TRUE },
};

typedef gboolean (*Action) (AnnalsNotebook *notebook, GError **error);

static char *folder;
static char *path;      /* of the notebook that is worked on */
static char *base;      /* of the one that it is a copy of */
static char *other;
static char *archive;
static char *target;

static void
copy (const char *from,
      const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) destination = g_file_new_for_path (to);

  g_file_copy (source, destination, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *where)
{
  g_autoptr(GDir) dir = g_dir_open (where, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *one = g_build_filename (where, name, NULL);

      if (g_file_test (one, G_FILE_TEST_IS_DIR))
        remove_all (one);
      else
        g_unlink (one);
    }
  g_rmdir (where);
}

/* As it was, with nothing left beside it. */
static void
start_again (void)
{
  g_autofree char *place = g_path_get_dirname (path);

  remove_all (place);
  g_mkdir (place, 0700);
  copy (base, path);
}

/* --- actions --- */

static gboolean
tag_in_change (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const gint64 posts[N_TAGGED] = { 1, 2, 3, 4, 5, 6 };
  gint64 tag;

  return annals_db_ensure_tag (db, data, &tag, error) && annals_db_tag_posts (db, tag, posts, N_TAGGED, error);
}

static gboolean
annotate_in_change (AnnalsDb      *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  gint64 id, tag;

  return annals_db_add_annotation (db, 2, 3, 20, "yellow", "A *note*", &id, error) &&
         annals_db_ensure_tag (db, "noted", &tag, error) &&
         annals_db_tag_annotation (db, tag, id, error);
}

static gboolean
do_tag (AnnalsNotebook  *notebook,
        GError         **error)
{
  return annals_notebook_change (notebook, "Tag 6 posts", tag_in_change, (gpointer) "many", NULL, error);
}

static gboolean
do_annotate (AnnalsNotebook  *notebook,
             GError         **error)
{
  return annals_notebook_change (notebook, "Add note", annotate_in_change, NULL, NULL, error);
}

static gboolean
do_undo (AnnalsNotebook  *notebook,
         GError         **error)
{
  return annals_notebook_undo (notebook, NULL, error);
}

static gboolean
do_import (AnnalsNotebook  *notebook,
           GError         **error)
{
  g_autoptr(AnnalsImportOptions) options = annals_import_options_new ();
  g_autoptr(AnnalsImport) import = annals_import_file (notebook, archive, options, NULL, NULL, error);

  return import != NULL;
}

static gboolean
do_merge (AnnalsNotebook  *notebook,
          GError         **error)
{
  g_autoptr(AnnalsMergeResult) result = annals_notebook_merge_file (notebook, other, NULL, NULL, NULL, error);

  return result != NULL;
}

static gboolean
do_export (AnnalsNotebook  *notebook,
           GError         **error)
{
  const AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTEBOOK };

  return annals_export (notebook, &request, "json", target, TRUE, NULL, NULL, NULL, NULL, NULL, error);
}

/* --- what a notebook holds --- */

/* but for what no two runs share */
#define IS_OF_A_RUN "'uid', 'created', 'modified', 'time', 'changes', 'import', 'seen'"
#define COLUMNS_SQL "SELECT group_concat ('quote (' || name || ')', '||''|''||') FROM pragma_table_info ('%s') " \
                    "WHERE name NOT IN (" IS_OF_A_RUN ")"

static char *
query (sqlite3    *native,
       const char *sql)
{
  g_autoptr(GString) rows = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (rows, "%s\n", (const char *) sqlite3_column_text (stmt, 0));
  g_assert_cmpint (sqlite3_finalize (stmt), ==, SQLITE_OK);
  g_string_truncate (rows, rows->len > 0 ? rows->len - 1 : 0);

  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static char *
dump (void)
{
  static const char * const tables[] = {
    "annotation", "tag", "post_tag", "annotation_tag", "timeline", "lane", "event", "timeline_event", "evidence",
    "link", "memo", "event_tag", "history",
  };
  g_autoptr(GString) dumped = g_string_new (NULL);
  g_autofree char *posts = NULL;
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  posts = query (native, "SELECT uid || post.title || sha256 FROM post JOIN revision ON revision.id = post.revision "
                         "WHERE withdrawn = 0 ORDER BY uid");
  g_string_append (dumped, posts);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *columns_sql = g_strdup_printf (COLUMNS_SQL, tables[i]);
      g_autofree char *columns = query (native, columns_sql);
      g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s ORDER BY 1", columns, tables[i]);
      g_autofree char *rows = query (native, sql);

      g_string_append_printf (dumped, "\n%s\n%s", tables[i], rows);
    }
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&dumped), FALSE);
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(GPtrArray) problems = annals_db_check (db, TRUE, cancellable, error);

  if (problems == NULL)
    return FALSE;

  for (guint i = 0; i < problems->len; i++)
    {
      AnnalsProblem *problem = problems->pdata[i];

      g_test_message ("%s: %s", problem->where, problem->what);
    }
  g_assert_cmpuint (problems->len, ==, 0);

  return TRUE;
}

static void
close_notebook (AnnalsNotebook *notebook,
                gboolean        may_fail)
{
  g_autoptr(GError) error = NULL;

  if (!annals_notebook_close (notebook, &error) && !may_fail)
    g_assert_no_error (error);
  g_assert_finalize_object (notebook);
}

/* Opens it in peace: no damage, and what was left half is taken back. */
static char *
look (void)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_open (path, &error);

  g_assert_no_error (error);
  annals_notebook_finish_index (notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_read (notebook, check, NULL, NULL, &error);
  g_assert_no_error (error);
  close_notebook (notebook, FALSE);

  return dump ();
}

/* --- faults --- */

/* Opens, acts, closes; whether it was acknowledged. */
static gboolean
act (Action        action,
     const Fault  *fault,
     guint         at,
     guint        *n_calls)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook;
  gboolean done = FALSE;

  fault_vfs_arm (fault, at);
  notebook = annals_notebook_open (path, &error);
  if (notebook != NULL)
    {
      done = action == NULL || action (notebook, &error);
      close_notebook (notebook, TRUE);
    }
  *n_calls = fault_vfs_disarm ();
  g_assert_true (done == (error == NULL));
  if (error != NULL)
    {
      g_assert_cmpstr (error->message, !=, "");
      g_assert_false (g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT));
      if (strchr (error->message, '\n') != NULL)
        g_error ("%s at %u: %s", fault->name, at, error->message);
    }

  return done;
}

static void
assert_export_is_whole (gboolean    done,
                        const char *whole)
{
  g_autofree char *content = NULL;

  if (!g_file_get_contents (target, &content, NULL, NULL))
    g_assert_false (done);
  else
    g_assert_cmpstr (content, ==, whole);
  g_unlink (target);
}

static gboolean
is_every (void)
{
  return g_strcmp0 (g_getenv ("ANNALS_FAULTS"), "all") == 0;
}

/* @fault at each call, or at some; how many there were. */
static guint
inject (Action       action,
        const Fault *fault,
        const char  *before,
        const char  *after,
        const char  *exported)
{
  guint n_calls, n_there, step, n = 0;

  start_again ();
  act (action, fault, 0, &n_calls);
  step = is_every () ? 1 : MAX (1, n_calls / N_OF_EACH);
  for (guint at = is_every () || n_calls < N_OF_EACH ? 1 : 1 + (guint) g_test_rand_int_range (0, (gint) step);
       at <= n_calls; at += step)
    {
      g_autofree char *now = NULL;
      gboolean done;

      start_again ();
      done = act (action, fault, at, &n_there);
      now = look ();
      if (exported != NULL)
        assert_export_is_whole (done, exported);
      if (done || g_strcmp0 (now, before) != 0)
        {
          g_test_message ("%s at %u of %u, %s", fault->name, at, n_calls, done ? "acknowledged" : "failed");
          g_assert_cmpstr (now, ==, after);
        }
      n++;
    }

  return n;
}

static void
test_action (gconstpointer data)
{
  Action action = (Action) data;
  const Fault none = { "none", FAULT_READ, 0, FALSE };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *exported = NULL;
  guint n_calls, n = 0;

  start_again ();
  before = look ();
  start_again ();
  g_assert_true (act (action, &none, 0, &n_calls));
  after = look ();
  if (action == do_export)
    g_assert_true (g_file_get_contents (target, &exported, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint n_of_fault = inject (action, &faults[i], before, after, exported);

      g_test_message ("%s: %u", faults[i].name, n_of_fault);
      n += n_of_fault;
    }
  g_assert_cmpuint (n, >, 0);
  g_test_message ("%u faults injected", n);
}

/* SQLite ends a transaction by itself when a page cannot be read; what comes after it may not be done alone. */
static gboolean
lose_in_change (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  gint64 tag;

  g_assert_true (annals_db_ensure_tag (db, "one half", &tag, error));
  g_assert_cmpint (sqlite3_exec (db->native, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);

  return annals_db_ensure_tag (db, "other half", &tag, error);
}

static void
test_lost_transaction (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AnnalsNotebook *notebook;

  start_again ();
  before = look ();
  notebook = annals_notebook_open (path, &error);
  g_assert_no_error (error);
  g_assert_false (annals_notebook_change (notebook, "Tag", lose_in_change, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED);
  g_clear_error (&error);
  close_notebook (notebook, FALSE);
  after = look ();
  g_assert_cmpstr (after, ==, before);

  notebook = annals_notebook_open (path, &error);
  g_assert_no_error (error);
  g_assert_false (annals_notebook_change (notebook, "Tag", lose_in_change, NULL, NULL, NULL));
  g_assert_true (annals_notebook_change (notebook, "Tag", tag_in_change, (gpointer) "later", NULL, &error));
  g_assert_no_error (error);
  close_notebook (notebook, FALSE);
}

/* --- the notebooks --- */

static void
make (const char *at,
      const char *file,
      Action      action)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImportOptions) options = annals_import_options_new ();
  g_autoptr(AnnalsImport) import = NULL;
  AnnalsNotebook *notebook = annals_notebook_create (at, "Faults", &error);

  g_assert_no_error (error);
  import = annals_import_file (notebook, file, options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (annals_notebook_change (notebook, "Tag", tag_in_change, (gpointer) "first", NULL, &error));
  if (action != NULL)
    g_assert_true (action (notebook, &error));
  annals_notebook_finish_index (notebook, NULL, &error);
  g_assert_no_error (error);
  close_notebook (notebook, FALSE);
}

static void
unpack (const char *packed,
        const char *at)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) from = g_file_new_for_path (packed);
  g_autoptr(GFile) to = g_file_new_for_path (at);
  g_autoptr(GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr(GFileInputStream) file = g_file_read (from, NULL, &error);
  g_autoptr(GInputStream) content = g_converter_input_stream_new (G_INPUT_STREAM (file), G_CONVERTER (gunzip));
  g_autoptr(GFileOutputStream) copied = g_file_replace (to, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);

  g_output_stream_splice (G_OUTPUT_STREAM (copied), content, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
}

static void
test_migration (gconstpointer data)
{
  g_autofree char *current = base;
  g_autofree char *name = g_strdup_printf ("notebooks/version-%d.annals.gz", GPOINTER_TO_INT (data));
  g_autofree char *packed = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);

  base = g_build_filename (folder, "Old.annals", NULL);
  unpack (packed, base);
  test_action (NULL);
  g_free (base);
  base = g_steal_pointer (&current);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *sample = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("SOURCE_DATE_EPOCH", "1600000000", TRUE);
  fault_vfs_install ();

  folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
  path = g_build_filename (folder, "work", "Test.annals", NULL);
  base = g_build_filename (folder, "Base.annals", NULL);
  other = g_build_filename (folder, "Other.annals", NULL);
  target = g_build_filename (folder, "out.json", NULL);
  archive = g_test_build_filename (G_TEST_DIST, "fixtures", "import", "harbour.xml", NULL);
  sample = g_test_build_filename (G_TEST_DIST, "..", "data", "sample", "may-2021.txt", NULL);
  make (base, sample, NULL);
  make (other, sample, do_annotate);

  g_test_add_func ("/faults/vfs/lost-transaction", test_lost_transaction);
  g_test_add_data_func ("/faults/vfs/tag", do_tag, test_action);
  g_test_add_data_func ("/faults/vfs/annotate", do_annotate, test_action);
  g_test_add_data_func ("/faults/vfs/undo", do_undo, test_action);
  g_test_add_data_func ("/faults/vfs/import", do_import, test_action);
  g_test_add_data_func ("/faults/vfs/merge", do_merge, test_action);
  g_test_add_data_func ("/faults/vfs/export", do_export, test_action);
  g_test_add_data_func ("/faults/vfs/migrate/1", GINT_TO_POINTER (1), test_migration);
  g_test_add_data_func ("/faults/vfs/migrate/2", GINT_TO_POINTER (2), test_migration);
  result = g_test_run ();

  remove_all (folder);

  return result;
}
