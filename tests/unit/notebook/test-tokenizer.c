/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <sqlite3.h>

#include "annals-tokenizer.h"

typedef struct
{
  sqlite3 *native;
} Fixture;

static void
exec (Fixture    *f,
      const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (f->native, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_assert_cmpint (sqlite3_open (":memory:", &f->native), ==, SQLITE_OK);
  g_assert_cmpint (annals_tokenizer_register (f->native), ==, SQLITE_OK);
  exec (f, "CREATE VIRTUAL TABLE t USING fts5 (title, text, tokenize='annals')");
  exec (f, "CREATE VIRTUAL TABLE v USING fts5vocab (t, 'instance')");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_cmpint (sqlite3_close (f->native), ==, SQLITE_OK);
}

static void
insert (Fixture    *f,
        const char *text)
{
  sqlite3_stmt *stmt = NULL;

  sqlite3_prepare_v2 (f->native, "INSERT INTO t (title, text) VALUES ('', ?1)", -1, &stmt, NULL);
  sqlite3_bind_text (stmt, 1, text, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
}

/* The terms of all texts as "position:term", in order. */
static char *
dup_terms (Fixture *f)
{
  GString *terms = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  sqlite3_prepare_v2 (f->native, "SELECT offset, term FROM v ORDER BY doc, offset, term", -1, &stmt,
                      NULL);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (terms, "%s%d:%s", terms->len > 0 ? " " : "",
                            sqlite3_column_int (stmt, 0), sqlite3_column_text (stmt, 1));

  sqlite3_finalize (stmt);

  return g_string_free (terms, FALSE);
}

static int
count (Fixture    *f,
       const char *match)
{
  sqlite3_stmt *stmt = NULL;
  int n;

  sqlite3_prepare_v2 (f->native, "SELECT count(*) FROM t WHERE t MATCH ?1", -1, &stmt, NULL);
  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);

  return n;
}

static const struct
{
  const char *text;
  const char *terms;
} term_cases[] = {
  { "", "" },
  { "—  … !", "" },
  { "Sanctions", "0:sanction 0:sanctions" },
  { "the UN", "0:the 1:un" },
  { "Café", "0:cafe" },
  { "cafés", "0:cafe 0:cafes" },
  { "économies", "0:economi 0:economies" },
  { "санкции", "0:санкции" },
  { "Σύνοδος", "0:σύνοδοσ" },
  { "COVID-19", "0:covid 1:19" },
  { "U.N.", "0:u 1:n" },
  { "kim@example.org", "0:kim 1:exampl 1:example 2:org" },
  { "북한", "0:북한 1:한" },
  { "북한의 제재", "0:북한 1:한의 2:의 3:제재 4:재" },
  { "核", "0:核" },
  { "制裁措施", "0:制裁 1:裁措 2:措施 3:施" },
  { "ミサイル", "0:ミサ 1:サイ 2:イル 3:ル" },
  { "スーパー", "0:スー 1:ーパ 2:パー 3:ー" },
  { "トランプ・キム", "0:トラ 1:ラン 2:ンプ 3:プ 4:キム 5:ム" },
  { "KN-23 미사일 tests", "0:kn 1:23 2:미사 3:사일 4:일 5:test 5:tests" },
  { "北朝鮮はICBMを発射", "0:北朝 1:朝鮮 2:鮮は 3:は 4:icbm 5:を発 6:発射 7:射" },
  { "葛\xf3\xa0\x84\x80城", "0:葛城 1:城" },
  { "𠀋𠀌", "0:𠀋𠀌 1:𠀌" },
};

static void
test_terms (Fixture       *f,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (term_cases); i++)
    {
      g_autofree char *terms = NULL;

      exec (f, "DELETE FROM t");
      insert (f, term_cases[i].text);
      terms = dup_terms (f);
      g_assert_cmpstr (terms, ==, term_cases[i].terms);
    }
}

static const struct
{
  const char *text;
  const char *match;
  int         found;
} match_cases[] = {
  { "New sanctions were announced", "\"sanction\"", 1 },
  { "New sanctions were announced", "\"sanctioned\"", 1 },
  { "New sanctions were announced", "\"announcing sanction\"", 0 },
  { "New sanctions were announced", "\"new sanction\"", 1 },
  { "The military negotiation on policy", "\"militar\" *", 1 },
  { "The military negotiation on policy", "\"military\" *", 1 },
  { "The military negotiation on policy", "\"negotiati\" *", 1 },
  { "The military negotiation on policy", "\"policy\" *", 1 },
  { "The military negotiation on policy", "\"polici\" *", 1 },
  { "The military negotiation on policy", "\"police\" *", 0 },
  { "A missile", "\"mis\" *", 1 },
  { "A mile", "\"mis\" *", 0 },
  { "a Café in Perú", "\"cafe\" AND \"peru\"", 1 },
  { "북한의 미사일 발사", "\"북한\"", 1 },
  { "북한의 미사일 발사", "\"미사일\"", 1 },
  { "북한의 미사일 발사", "\"사일\"", 1 },
  { "북한의 미사일 발사", "\"미일\"", 0 },
  { "북한의 미사일 발사", "\"미\" *", 1 },
  { "북한의 미사일 발사", "\"의\" *", 1 },
  { "북한의 미사일 발사", "\"미사일 발사\"", 1 },
  { "북한의 미사일 발사", "\"북한 미사일\"", 0 },
  { "对朝鲜的制裁措施", "\"制裁\" AND \"朝鲜\"", 1 },
  { "对朝鲜的制裁措施", "\"朝\" *", 1 },
  { "对朝鲜的制裁措施", "\"施\" *", 1 },
  { "对朝鲜的制裁措施", "\"制裁措施\"", 1 },
  { "对朝鲜的制裁措施", "\"朝裁\"", 0 },
  { "北朝鮮のミサイル発射", "\"ミサイル\"", 1 },
  { "北朝鮮のミサイル発射", "\"ミサイル発射\"", 1 },
  { "北朝鮮のミサイル発射", "\"サイル発\"", 1 },
  { "朝鲜，鲜花", "\"朝鲜花\"", 0 },
  { "朝鲜，鲜花", "\"朝鲜，鲜花\"", 1 },
  { "朝鲜鲜花", "\"朝鲜，鲜花\"", 0 },
  { "大韩民国 国会", "\"民国会\"", 0 },
  { "大韩民国 国会议员", "\"民国 国会\"", 1 },
  { "북한 한국", "\"북한국\"", 0 },
  { "북한 한국", "\"북한 한국\"", 1 },
  { "북한 한국", "\"북한 \" + \"한\" *", 1 },
  { "북한의 한국", "\"북한 \" + \"한\" *", 0 },
  { "COVID-19 제재 sanctions", "\"제재 sanction\"", 1 },
  { "COVID-19 제재 sanctions", "\"19 제재\"", 1 },
  { "COVID-19 제재 sanctions", "\"covid\" + \"1\" *", 1 },
};

static void
test_matches (Fixture       *f,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      exec (f, "DELETE FROM t");
      insert (f, match_cases[i].text);

      if (count (f, match_cases[i].match) != match_cases[i].found)
        g_error ("%s in “%s”: expected %d", match_cases[i].match, match_cases[i].text,
                 match_cases[i].found);
    }
}

/* Colocated terms are no words of their own: the length that ranking divides by is the text's. */
static void
test_length (Fixture       *f,
             gconstpointer  data)
{
  sqlite3_stmt *stmt = NULL;
  const guchar *sizes;

  insert (f, "sanctions policies 제재는 核");
  sqlite3_prepare_v2 (f->native, "SELECT sz FROM t_docsize", -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_bytes (stmt, 0), ==, 2);
  sizes = sqlite3_column_blob (stmt, 0);
  g_assert_cmpint (sizes[0], ==, 0);
  g_assert_cmpint (sizes[1], ==, 6);
  sqlite3_finalize (stmt);
}

static const struct
{
  const char *text;
  const char *match;
  const char *singles;
  const char *marked;
} range_cases[] = {
  { "The tests tested testers", "\"test\"", "", "The [tests] [tested] testers" },
  { "The tests tested testers", "\"test\" *", "", "The [tests] [tested] [testers]" },
  { "one two three two one", "\"one two\" OR \"two three\"", "", "[one two three] two one" },
  { "one two three two one", "\"two\"", "", "one [two] three [two] one" },
  { "북한의 미사일", "\"미사일\"", "", "북한의 [미사일]" },
  { "제재와 제재", "\"제재\"", "", "[제재]와 [제재]" },
  { "北朝鮮の核", "\"北朝\" OR \"朝鮮\"", "", "[北朝鮮]の核" },
  { "核実験の核", "\"核\" *", "核", "[核]実験の[核]" },
  { "北朝 朝鮮", "\"朝\" *", "朝", "北[朝] [朝]鮮" },
  { "Café — sanctions", "\"cafe\" OR \"sanction\"", "", "[Café] — [sanctions]" },
  { "nothing", "\"test\" OR title : \"x\"", "", NULL },
};

static char *
mark (const char    *text,
      const guint32 *ranges,
      guint          n)
{
  GString *marked = g_string_new (text);

  for (guint i = n; i > 0; i--)
    g_string_insert_c (marked, ranges[i - 1], i % 2 == 1 ? '[' : ']');

  return g_string_free (marked, FALSE);
}

static void
test_ranges (Fixture       *f,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (range_cases); i++)
    {
      g_autofree char *marked = NULL;
      sqlite3_stmt *stmt = NULL;

      exec (f, "DELETE FROM t");
      insert (f, range_cases[i].text);
      sqlite3_prepare_v2 (f->native, "SELECT annals_ranges (t, 1, ?2) FROM t WHERE t MATCH ?1", -1,
                          &stmt, NULL);
      sqlite3_bind_text (stmt, 1, range_cases[i].match, -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, range_cases[i].singles, -1, SQLITE_STATIC);

      if (sqlite3_step (stmt) == SQLITE_ROW)
        {
          guint n = sqlite3_column_bytes (stmt, 0) / sizeof (guint32);
          g_autofree guint32 *ranges = g_memdup2 (sqlite3_column_blob (stmt, 0), n * sizeof (guint32));

          marked = mark (range_cases[i].text, ranges, n);
        }

      g_assert_cmpstr (marked, ==, range_cases[i].marked);
      sqlite3_finalize (stmt);
    }
}

static void
test_bad_arguments (Fixture       *f,
                    gconstpointer  data)
{
  const char *queries[] = {
    "SELECT annals_ranges (t) FROM t WHERE t MATCH 'a'",
    "SELECT annals_ranges (t, 7, '') FROM t WHERE t MATCH 'a'",
    "SELECT annals_ranges (t, -1, '') FROM t WHERE t MATCH 'a'",
  };

  insert (f, "a");

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (f->native, queries[i], -1, &stmt, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (stmt), !=, SQLITE_ROW);
      sqlite3_finalize (stmt);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/tokenizer/terms", Fixture, NULL, set_up, test_terms, tear_down);
  g_test_add ("/tokenizer/matches", Fixture, NULL, set_up, test_matches, tear_down);
  g_test_add ("/tokenizer/length", Fixture, NULL, set_up, test_length, tear_down);
  g_test_add ("/tokenizer/ranges", Fixture, NULL, set_up, test_ranges, tear_down);
  g_test_add ("/tokenizer/bad-arguments", Fixture, NULL, set_up, test_bad_arguments, tear_down);

  return g_test_run ();
}
