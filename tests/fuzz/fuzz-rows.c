/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sound database whose rows say what a stranger likes: opened, read in all ways, changed, undone, checked.
 *
 * The input is a list of values: the column, the row, the kind of the value (a byte each), its length (two bytes,
 * little-endian), and its bytes. SQLite's own checks are passed by, as they are for whoever writes a file. */
#include "config.h"

#include "notebook-use.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Columns that are read as something else than a number or a name, and the pages of the indexes. The order is that of the
 * corpus: a new one goes to the end. */
static const struct
{
  const char *table, *column;
} places[] = {
  { "revision", "spans" }, { "revision", "text" }, { "revision", "markup" }, { "revision", "published" },
  { "revision", "tags" }, { "history", "changes" }, { "history", "label" }, { "history", "undone" },
  { "annotation", "start" }, { "annotation", "end" }, { "annotation", "quote" }, { "annotation", "prefix" },
  { "annotation", "revision" }, { "annotation", "post" }, { "annotation", "colour" }, { "annotation", "state" },
  { "post", "published" }, { "post", "published_from" }, { "post", "published_to" }, { "post", "language" },
  { "post", "revision" }, { "post", "uid" }, { "post", "place" }, { "tag", "parent" }, { "tag", "synonyms" },
  { "tag", "rule" }, { "tag", "name" }, { "timeline", "rule" }, { "event", "date" }, { "event", "date_from" },
  { "event", "account" }, { "memo", "text" }, { "saved_search", "query" }, { "import", "options" },
  { "import", "state" }, { "meta", "value" }, { "text_signature", "signature" }, { "same_text", "cluster" },
  { "post_index_data", "block" }, { "post_index_data", "block" }, { "post_index_data", "block" },
  { "post_index_idx", "term" }, { "post_index_idx", "pgno" }, { "post_index_docsize", "sz" },
  { "post_index_config", "v" }, { "note_index_data", "block" }, { "note_index_idx", "pgno" },
  { "note_index_docsize", "sz" }, { "lane", "position" }, { "timeline_event", "lane" }, { "evidence", "annotation" },
};

static void
bind (sqlite3_stmt  *stmt,
      uint8_t        kind,
      const uint8_t *bytes,
      int            n)
{
  gint64 number = 0;

  memcpy (&number, bytes, MIN ((gsize) n, sizeof number));
  switch (kind % 5)
    {
    case 0:
      sqlite3_bind_null (stmt, 1);
      break;
    case 1:
      sqlite3_bind_int64 (stmt, 1, number);
      break;
    case 2:
      sqlite3_bind_double (stmt, 1, (double) number / 3);
      break;
    case 3:
      sqlite3_bind_blob (stmt, 1, bytes, n, SQLITE_STATIC);
      break;
    default:
      sqlite3_bind_text (stmt, 1, (const char *) bytes, n, SQLITE_STATIC);
      break;
    }
}

/* The row that counts is the n-th: ids are not known to the input. What the table does not take is left as it was. */
static void
set (sqlite3       *native,
     const uint8_t *head,
     const uint8_t *bytes,
     int            n)
{
  gsize place = head[0] % G_N_ELEMENTS (places);
  g_autofree char *sql = NULL;
  sqlite3_stmt *stmt = NULL;

  sql = g_strdup_printf ("WITH chosen AS (SELECT * FROM %s LIMIT 1 OFFSET %d %% max (1, (SELECT count (*) FROM %s)))"
                         " UPDATE OR IGNORE %s SET %s = ?1 WHERE (%s) IN (SELECT %s FROM chosen)",
                         places[place].table, head[1], places[place].table, places[place].table, places[place].column,
                         places[place].column, places[place].column);
  if (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL) == SQLITE_OK)
    {
      bind (stmt, head[2], bytes, n);
      sqlite3_step (stmt);
    }
  sqlite3_finalize (stmt);
}

static void
set_all (const uint8_t *data,
         size_t         size)
{
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open (path, &native), ==, SQLITE_OK);
  sqlite3_exec (native, "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; BEGIN",
                NULL, NULL, NULL);

  while (size >= 5)
    {
      gsize n = MIN ((gsize) (data[3] | data[4] << 8), size - 5);

      set (native, data, data + 5, (int) n);
      data += 5 + n;
      size -= 5 + n;
    }

  sqlite3_exec (native, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (native);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  AnnalsNotebook *notebook;

  if (whole == NULL)
    {
      make_whole ();
      atexit (clear_up);
    }

  clear_folder (folder);
  g_assert_true (g_file_set_contents (path, whole, (gssize) whole_size, NULL));
  set_all (data, size);
  if ((notebook = annals_notebook_open (path, NULL)) != NULL)
    {
      use (notebook);
      annals_notebook_close (notebook, NULL);
      g_object_unref (notebook);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return 0;
}
