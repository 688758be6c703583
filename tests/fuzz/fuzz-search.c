/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is typed, asked of a notebook: the words are found where FTS5 itself finds them, in every order the same posts,
 * and what was understood can be a tag's rule. */
#include "config.h"

#include "notebook-use.h"

#include <stdlib.h>

#include "annals-match.h"
#include "annals-tokenizer.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static AnnalsNotebook *notebook;

static void
end (void)
{
  annals_notebook_close (notebook, NULL);
  g_clear_object (&notebook);
  clear_up ();
}

static guint
count_with_fts5 (const char *match)
{
  static sqlite3_stmt *stmt = NULL;
  static sqlite3 *native = NULL;
  guint n = 0;

  if (native == NULL)
    {
      g_assert_cmpint (sqlite3_open_v2 (path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
      g_assert_cmpint (annals_tokenizer_register (native), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_prepare_v2 (native, "SELECT count (*) FROM post_index WHERE post_index MATCH ?1", -1, &stmt,
                                           NULL), ==, SQLITE_OK);
    }

  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = (guint) sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);

  return n;
}

static gboolean
ask (AnnalsDb      *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  static const AnnalsOrder orders[] = { ANNALS_ORDER_NEWEST, ANNALS_ORDER_OLDEST, ANNALS_ORDER_TITLE,
                                        ANNALS_ORDER_PLACE, ANNALS_ORDER_SOURCE, ANNALS_ORDER_RELEVANCE };
  AnnalsQuery *query = data;
  const char *match = annals_query_get_match (query);
  guint n = 0, n_new, n_matching;

  if (!annals_search_count (db, query, 0, &n, &n_new, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr(GArray) ids = annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, orders[i], error);

      if (ids == NULL)
        return FALSE;
      g_assert_cmpuint (ids->len, ==, n);
    }
  if (match != NULL && *match != '\0')
    {
      if (!annals_db_count_match (db, match, 0, &n_matching, error))
        return FALSE;
      g_assert_cmpuint (n_matching, ==, count_with_fts5 (match));
    }

  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(AnnalsQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  if (notebook == NULL)
    {
      make_whole ();
      notebook = annals_notebook_open (path, &error);
      g_assert_no_error (error);
      atexit (end);
    }

  query = annals_query_parse (text, NULL);
  g_assert_true (query != NULL || !annals_tag_rule_check (text, NULL));
  if (query == NULL)
    return 0;

  /* INVALID: names that the notebook does not have */
  annals_notebook_read (notebook, ask, query, NULL, &error);
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));

  return 0;
}
