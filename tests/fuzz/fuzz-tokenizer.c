/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tokenizer.h"

#include <sqlite3.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
run (sqlite3    *native,
     const char *sql,
     const char *text,
     int         length)
{
  sqlite3_stmt *stmt = NULL;
  int code;

  code = sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL);
  g_assert_cmpint (code, ==, SQLITE_OK);

  if (sqlite3_bind_parameter_count (stmt) > 0)
    sqlite3_bind_text (stmt, 1, text, length, SQLITE_STATIC);

  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    sqlite3_column_bytes (stmt, 0);

  g_assert_cmpint (code, ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
}

/* Whatever bytes a text holds, they can be indexed, found, marked, checked and taken out again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  sqlite3 *native = NULL;
  const char *text = (const char *) data;
  int length = (int) MIN (size, 1 << 20);

  sqlite3_open (":memory:", &native);
  g_assert_cmpint (annals_tokenizer_register (native), ==, SQLITE_OK);

  run (native, "CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='annals')", NULL, 0);
  run (native, "INSERT INTO t (x) VALUES (?1)", text, length);
  run (native, "INSERT INTO t (x) VALUES ('a 北朝鮮 missile test 핵')", NULL, 0);
  run (native,
       "SELECT annals_ranges (t, 0, '朝핵') FROM t"
       " WHERE t MATCH '\"朝\" * OR \"test\" * OR \"北朝\" OR \"a\" * OR \"핵\" *'", NULL, 0);
  run (native,
       "SELECT annals_ranges (t, 0, '') FROM t"
       " WHERE t MATCH '\"' || replace (replace (substr (?1, 1, 200), char (0), ''), '\"', '') || '\"'",
       text, length);
  run (native, "INSERT INTO t (t) VALUES ('integrity-check')", NULL, 0);
  run (native, "DELETE FROM t", NULL, 0);
  run (native, "INSERT INTO t (t) VALUES ('integrity-check')", NULL, 0);
  sqlite3_close (native);

  return 0;
}
