/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>
#include <stdint.h>

#include "annals-query.h"
#include "annals-tokenizer.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Whatever is typed, it is either a mistake with a message or an expression that FTS5 takes. */
static void
ask (const char *match)
{
  static sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;
  int code;

  if (native == NULL)
    {
      g_assert_cmpint (sqlite3_open (":memory:", &native), ==, SQLITE_OK);
      g_assert_cmpint (annals_tokenizer_register (native), ==, SQLITE_OK);
      code = sqlite3_exec (native,
                           "CREATE VIRTUAL TABLE t USING fts5 (title, text, tokenize='annals');"
                           "INSERT INTO t VALUES ('a title', 'some text 북한 12')", NULL, NULL, NULL);
      g_assert_cmpint (code, ==, SQLITE_OK);
    }

  sqlite3_prepare_v2 (native, "SELECT rowid FROM t WHERE t MATCH ?1", -1, &stmt, NULL);
  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);

  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    ;

  if (code != SQLITE_DONE)
    g_error ("FTS5 refuses %s: %s", match, sqlite3_errmsg (native));

  sqlite3_finalize (stmt);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(AnnalsQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  if (!(query = annals_query_parse (text, &error)))
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  else if (annals_query_get_match (query) != NULL)
    ask (annals_query_get_match (query));

  return 0;
}
