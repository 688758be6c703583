/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import is measured against.
 *
 *   bench-rows rows FINISHED SCRATCH    seconds of a bare loop that inserts the finished notebook's rows
 *   bench-rows words FINISHED SCRATCH   seconds of a bare loop that fills an FTS5 table with its texts
 *   bench-rows index NOTEBOOK           seconds in which Annals indexes the notebook
 *   bench-rows parse FILE [THREADS]     seconds in which Annals reads an archive and writes nothing
 *
 * Rows are taken from the finished notebook piece by piece outside the time that counts. */
#include "config.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "annals-importer.h"
#include "annals-tokenizer.h"

#define ROWS_PER_TRANSACTION 500
#define INDEX_PER_TRANSACTION 10000

static sqlite3 *finished;
static sqlite3 *scratch;

static void
fail (const char *what)
{
  fprintf (stderr, "bench-rows: %s: %s\n", what, scratch ? sqlite3_errmsg (scratch) : "");
  exit (1);
}

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail (sql);
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      fprintf (stderr, "bench-rows: %s: %s\n", sql, sqlite3_errmsg (db));
      exit (1);
    }

  return stmt;
}

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* The tables and indexes of the finished notebook, but for the search indexes. */
static void
make_scratch (const char *path)
{
  sqlite3_stmt *stmt;

  remove (path);
  if (sqlite3_open (path, &scratch) != SQLITE_OK)
    fail (path);

  run (scratch, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;");
  stmt = prepare (finished, "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql NOT NULL "
                            "AND name NOT GLOB '*_index' AND name NOT GLOB '*_index_*' AND name NOT GLOB 'sqlite_*' "
                            "ORDER BY type DESC");
  while (sqlite3_step (stmt) == SQLITE_ROW)
    run (scratch, (const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
}

/* @more: set to FALSE at the end, where another step would begin anew. */
static guint
load_rows (sqlite3_stmt   *from,
           int             n_columns,
           sqlite3_value **values,
           gboolean       *more)
{
  guint n;

  for (n = 0; n < ROWS_PER_TRANSACTION && (*more = sqlite3_step (from) == SQLITE_ROW); n++)
    for (int i = 0; i < n_columns; i++)
      values[n * (guint) n_columns + (guint) i] = sqlite3_value_dup (sqlite3_column_value (from, i));

  return n;
}

static double
insert_rows (sqlite3_stmt   *into,
             int             n_columns,
             sqlite3_value **values,
             guint           n)
{
  double start = now ();

  run (scratch, "BEGIN IMMEDIATE");
  for (guint row = 0; row < n; row++)
    {
      for (int i = 0; i < n_columns; i++)
        sqlite3_bind_value (into, i + 1, values[row * (guint) n_columns + (guint) i]);
      if (sqlite3_step (into) != SQLITE_DONE)
        fail ("insert");
      sqlite3_reset (into);
    }
  run (scratch, "COMMIT");

  return now () - start;
}

static double
copy_table (const char *table)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s", table);
  sqlite3_stmt *from = prepare (finished, select);
  int n_columns = sqlite3_column_count (from);
  g_autoptr(GString) insert = g_string_new ("INSERT INTO ");
  g_autofree sqlite3_value **values = g_new0 (sqlite3_value *, (gsize) n_columns * ROWS_PER_TRANSACTION);
  sqlite3_stmt *into;
  double seconds = 0;
  gboolean more = TRUE;

  g_string_append_printf (insert, "%s VALUES (?", table);
  for (int i = 1; i < n_columns; i++)
    g_string_append (insert, ",?");
  g_string_append_c (insert, ')');
  into = prepare (scratch, insert->str);

  while (more)
    {
      guint n = load_rows (from, n_columns, values, &more);

      seconds += insert_rows (into, n_columns, values, n);
      for (guint i = 0; i < n * (guint) n_columns; i++)
        sqlite3_value_free (values[i]);
    }

  sqlite3_finalize (from);
  sqlite3_finalize (into);

  return seconds;
}

static double
copy_rows (void)
{
  static const char * const tables[] = { "source", "import", "import_file", "import_issue", "post",
                                         "revision", "post_alias", "tag", "post_tag", "history" };
  double seconds = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    seconds += copy_table (tables[i]);

  return seconds;
}

static void
merge (void)
{
  int before;

  run (scratch, "INSERT INTO words (words, rank) VALUES ('merge', -500)");
  do
    {
      before = sqlite3_total_changes (scratch);
      run (scratch, "INSERT INTO words (words, rank) VALUES ('merge', 500)");
    }
  while (sqlite3_total_changes (scratch) - before >= 2);
}

static double
fill_words (void)
{
  sqlite3_stmt *from, *into;
  double seconds = 0;
  gboolean more = TRUE;

  run (scratch, "CREATE TABLE content (id INTEGER PRIMARY KEY, title TEXT, text TEXT);"
                "CREATE VIRTUAL TABLE words USING fts5 (title, text, content='content', content_rowid='id',"
                " tokenize='annals');"
                "INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);"
                "INSERT INTO words (words, rank) VALUES ('crisismerge', 1999);"
                "INSERT INTO words (words, rank) VALUES ('automerge', 0);");
  from = prepare (finished, "SELECT post.id, post.title, revision.text FROM post "
                            "JOIN revision ON revision.id = post.revision ORDER BY post.id");
  into = prepare (scratch, "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)");

  while (more)
    {
      double start = now ();

      run (scratch, "BEGIN IMMEDIATE");
      for (guint n = 0; n < INDEX_PER_TRANSACTION && (more = sqlite3_step (from) == SQLITE_ROW); n++)
        {
          for (int i = 0; i < 3; i++)
            sqlite3_bind_value (into, i + 1, sqlite3_column_value (from, i));
          if (sqlite3_step (into) != SQLITE_DONE)
            fail ("index");
          sqlite3_reset (into);
        }
      run (scratch, "COMMIT");
      seconds += now () - start;
    }

  sqlite3_finalize (from);
  sqlite3_finalize (into);
  seconds -= now ();
  merge ();

  return seconds + now ();
}

static double
index_notebook (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_open (path, &error);
  double start = now ();
  double seconds;

  if (notebook == NULL || !annals_notebook_finish_index (notebook, NULL, &error))
    g_error ("%s", error->message);

  seconds = now () - start;
  annals_notebook_close (notebook, NULL);

  return seconds;
}

static double
parse (const char *path,
       guint       n_threads)
{
  AnnalsImportHooks hooks = { .n_threads = n_threads };
  g_autoptr(GError) error = NULL;
  double start = now ();
  g_autoptr(AnnalsPreview) preview = annals_import_preview (path, NULL, &hooks, 0, NULL, &error);

  if (preview == NULL)
    g_error ("%s", error->message);
  if (preview->n_posts == 0)
    g_error ("%s holds no posts", path);

  return now () - start;
}

int
main (int    argc,
      char **argv)
{
  double seconds;

  if (argc == 3 && g_str_equal (argv[1], "index"))
    seconds = index_notebook (argv[2]);
  else if (argc >= 3 && g_str_equal (argv[1], "parse"))
    seconds = parse (argv[2], argc > 3 ? (guint) strtoul (argv[3], NULL, 10) : 0);
  else if (argc == 4 && sqlite3_open_v2 (argv[2], &finished, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    {
      make_scratch (argv[3]);
      if (annals_tokenizer_register (scratch) != SQLITE_OK)
        fail ("tokenizer");
      seconds = g_str_equal (argv[1], "rows") ? copy_rows () : fill_words ();
      sqlite3_close (scratch);
      sqlite3_close (finished);
    }
  else
    return 2;

  printf ("%.3f\n", seconds);

  return 0;
}
