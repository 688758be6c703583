/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <sqlite3.h>
#include <string.h>

#include "annals-query.h"
#include "annals-tokenizer.h"

typedef struct
{
  sqlite3 *native;
} Fixture;

/* title, text; their rowids are 1, 2, 3… */
static const char * const posts[][2] = {
  { "Sanctions hamper COVID-19 efforts", "Test kits were sent to the U.N. by plane; write to kim@example.org." },
  { "Missile launch", "북한이 미사일을 발사했다. 제재는 계속된다." },
  { "制裁措施", "对朝鲜的制裁措施。核。" },
  { "ミサイル発射", "北朝鮮のミサイル発射について。核実験はなかった。" },
  { "Cyber", "A hacker group’s café in Perú tested kits, negotiating a policy." },
};

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_assert_cmpint (sqlite3_open (":memory:", &f->native), ==, SQLITE_OK);
  g_assert_cmpint (annals_tokenizer_register (f->native), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (f->native,
                                 "CREATE VIRTUAL TABLE t USING fts5 (title, text, tokenize='annals')",
                                 NULL, NULL, NULL), ==, SQLITE_OK);

  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      sqlite3_stmt *stmt = NULL;

      sqlite3_prepare_v2 (f->native, "INSERT INTO t VALUES (?1, ?2)", -1, &stmt, NULL);
      sqlite3_bind_text (stmt, 1, posts[i][0], -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, posts[i][1], -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
      sqlite3_finalize (stmt);
    }
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_cmpint (sqlite3_close (f->native), ==, SQLITE_OK);
}

/* The rowids that fit, as "1 3"; fails the test when FTS5 refuses the expression. */
static char *
dup_found (Fixture    *f,
           const char *match)
{
  GString *found = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;
  int code;

  sqlite3_prepare_v2 (f->native, "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rowid", -1, &stmt,
                      NULL);
  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);

  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    g_string_append_printf (found, "%s%d", found->len > 0 ? " " : "", sqlite3_column_int (stmt, 0));

  if (code != SQLITE_DONE)
    g_error ("FTS5 refuses %s: %s", match, sqlite3_errmsg (f->native));

  sqlite3_finalize (stmt);

  return g_string_free (found, FALSE);
}

static const struct
{
  const char *query;
  const char *match;
} match_cases[] = {
  { "", NULL },
  { " \t\u3000 ", NULL },
  { "sanction", "\"sanction\"" },
  { "a b", "(\"a\" AND \"b\")" },
  { "a AND b", "(\"a\" AND \"b\")" },
  { "a and b", "(\"a\" AND \"and\" AND \"b\")" },
  { "a OR b", "(\"a\" OR \"b\")" },
  { "a b OR c", "((\"a\" AND \"b\") OR \"c\")" },
  { "a (b OR c)", "(\"a\" AND (\"b\" OR \"c\"))" },
  { "a -b", "(\"a\" NOT \"b\")" },
  { "a NOT b", "(\"a\" NOT \"b\")" },
  { "-a b -c", "(\"b\" NOT (\"a\" OR \"c\"))" },
  { "a -(b c)", "(\"a\" NOT (\"b\" AND \"c\"))" },
  { "\"test kits\"", "\"test kits\"" },
  { "“test kits”", "\"test kits\"" },
  { "„test kits“", "\"test kits\"" },
  { "«test kits» a", "(\"test kits\" AND \"a\")" },
  { "「검사 키트」 『a b』", "(\"검사 키트\" AND \"a b\")" },
  { "\"a «b» c\"", "\"a «b» c\"" },
  { "test*", "\"test\" *" },
  { "\"test ki\"*", "\"test \" + \" ki\" *" },
  { "foo\"bar baz\"", "(\"foo\" AND \"bar baz\")" },
  { "a NEAR b", "NEAR (\"a\" \"b\", 10)" },
  { "a NEAR/5 \"b c\"", "NEAR (\"a\" \"b c\", 5)" },
  { "a NEAR/5 b NEAR/3 c", "(NEAR (\"a\" \"b\", 5) AND NEAR (\"b\" \"c\", 3))" },
  { "a near b", "(\"a\" AND \"near\" AND \"b\")" },
  { "title:x", "title : (\"x\")" },
  { "TITLE:x", "title : (\"x\")" },
  { "text:\"x y\" z", "(text : (\"x y\") AND \"z\")" },
  { "title:(x OR y)", "(title : (\"x\") OR title : (\"y\"))" },
  { "(a -b) c", "((\"a\" NOT \"b\") AND \"c\")" },
  { "title:(a NEAR/2 b)", "title : (NEAR (\"a\" \"b\", 2))" },
  { "(a)", "\"a\"" },
  { "colour", "\"colour\"" },
  { "is it", "(\"is\" AND \"it\")" },
  { "“a” -“b”", "(\"a\" NOT \"b\")" },
  { "a -title:x", "(\"a\" NOT title : (\"x\"))" },
  { "COVID-19", "\"COVID-19\"" },
  { "covid - 19", "(\"covid\" AND \"19\")" },
  { "North—South & more", "(\"North—South\" AND \"more\")" },
  { "--help", "\"--help\"" },
  { "12:30", "\"12:30\"" },
  { "https://example.org/a?b=c", "\"https://example.org/a?b=c\"" },
  { "Breaking: news", "(\"Breaking:\" AND \"news\")" },
  { "e\u0301te\u0301", "\"été\"" },
  { "북한", "\"북한\"" },
  { "핵", "\"핵\" *" },
  { "핵 실험", "(\"핵\" * AND \"실험\")" },
  { "\"the 핵\"", "\"the \" + \"핵\" *" },
  { "title:핵", "title : (\"핵\" *)" },
  { "a NEAR/2 핵", "NEAR (\"a\" \"핵\" *, 2)" },
  { "'; DROP TABLE post; --", "(\"DROP\" AND \"TABLE\" AND \"post;\")" },
  { "{title}^x", "\"{title}^x\"" },
  { "a + b", "(\"a\" AND \"b\")" },
  { "rank", "\"rank\"" },
};

static void
test_match (Fixture       *f,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsQuery) query = annals_query_parse (match_cases[i].query, &error);

      g_assert_no_error (error);
      g_assert_nonnull (query);
      g_assert_cmpstr (annals_query_get_match (query), ==, match_cases[i].match);

      if (match_cases[i].match != NULL)
        {
          g_autofree char *found = dup_found (f, match_cases[i].match);

          g_assert_nonnull (found);
        }
    }
}

static const struct
{
  const char *query;
  const char *found;
} found_cases[] = {
  { "sanction", "1" },
  { "SANCTIONING", "1" },
  { "covid-19", "1" },
  { "Covid", "1" },
  { "U.N.", "1" },
  { "kim@example.org", "1" },
  { "Kim@Example.ORG", "1" },
  { "\"kits test\"", "" },
  { "test kits", "1 5" },
  { "\"test kits\"", "1 5" },
  { "\"tests kit\"", "1 5" },
  { "test NEAR/0 plane", "" },
  { "test NEAR/7 plane", "" },
  { "plane NEAR/8 test", "1" },
  { "title:test", "" },
  { "text:test -plane", "5" },
  { "cafe peru", "5" },
  { "CAFÉ", "5" },
  { "hacker's", "" },
  { "group's", "5" },
  { "negotiat*", "5" },
  { "policy*", "5" },
  { "missile OR sanction", "1 2" },
  { "title:(missile OR sanction) -covid", "2" },
  { "북한", "2" },
  { "미사일", "2" },
  { "제재", "2" },
  { "발사했다", "2" },
  { "미", "2" },
  { "制裁", "3" },
  { "朝鲜", "3" },
  { "核", "3 4" },
  { "核実験", "4" },
  { "ミサイル", "4" },
  { "ミサイル発射", "4" },
  { "ミサイル*", "4" },
  { "핵", "" },
};

static void
test_found (Fixture       *f,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (found_cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsQuery) query = annals_query_parse (found_cases[i].query, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      found = dup_found (f, annals_query_get_match (query));

      if (strcmp (found, found_cases[i].found) != 0)
        g_error ("“%s” finds %s, not %s", found_cases[i].query, found, found_cases[i].found);
    }
}

static const struct
{
  const char       *query;
  AnnalsQueryError  code;
  const char       *message;   /* begins so */
} error_cases[] = {
  { "\"abc", ANNALS_QUERY_ERROR_SYNTAX, "column 1: the quotation mark" },
  { "북한 \"abc", ANNALS_QUERY_ERROR_SYNTAX, "column 4: the quotation mark" },
  { "a (b", ANNALS_QUERY_ERROR_SYNTAX, "column 3: the parenthesis is not closed" },
  { "a)", ANNALS_QUERY_ERROR_SYNTAX, "column 2: this parenthesis closes none" },
  { ")", ANNALS_QUERY_ERROR_SYNTAX, "column 1: this parenthesis closes none" },
  { "()", ANNALS_QUERY_ERROR_SYNTAX, "column 1: there is nothing" },
  { "a OR", ANNALS_QUERY_ERROR_SYNTAX, "column 5: words to look for are missing" },
  { "(a OR )", ANNALS_QUERY_ERROR_SYNTAX, "column 7: words to look for are missing" },
  { "OR a", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “OR” needs" },
  { "a OR OR b", ANNALS_QUERY_ERROR_SYNTAX, "column 6: “OR” needs" },
  { "a AND", ANNALS_QUERY_ERROR_SYNTAX, "column 6: words to look for" },
  { "a NOT", ANNALS_QUERY_ERROR_SYNTAX, "column 6: words to look for" },
  { "a -???", ANNALS_QUERY_ERROR_SYNTAX, "column 4: “???” holds no letter" },
  { "???", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “???” holds no letter" },
  { "\"— —\"", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “\"— —\"” holds no letter" },
  { "*", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “*” holds no letter" },
  { "a *b", ANNALS_QUERY_ERROR_SYNTAX, "column 3: “*” can stand only" },
  { "a b*c", ANNALS_QUERY_ERROR_SYNTAX, "column 4: “*” can stand only" },
  { "NEAR b", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “NEAR” needs words" },
  { "a NEAR/x b", ANNALS_QUERY_ERROR_SYNTAX, "column 3: “NEAR/” needs a number" },
  { "a NEAR/ b", ANNALS_QUERY_ERROR_SYNTAX, "column 3: “NEAR/” needs a number" },
  { "a NEAR/99999999999999999999 b", ANNALS_QUERY_ERROR_SYNTAX, "column 3: “NEAR/” needs a number" },
  { "a NEAR (b c)", ANNALS_QUERY_ERROR_SYNTAX, "column 3: “NEAR” needs a word" },
  { "(a) NEAR b", ANNALS_QUERY_ERROR_SYNTAX, "column 5: “NEAR” needs a word" },
  { "a NEAR ???", ANNALS_QUERY_ERROR_SYNTAX, "column 8: “???” holds no letter" },
  { "a NEAR", ANNALS_QUERY_ERROR_SYNTAX, "column 7: words to look for" },
  { "title: x", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “title:” needs" },
  { "title:", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “title:” needs" },
  { "title:text:x", ANNALS_QUERY_ERROR_SYNTAX, "column 7: “text:” stands inside “title:”" },
  { "title:(a text:x)", ANNALS_QUERY_ERROR_SYNTAX, "column 10: “text:” stands inside “title:”" },
  { "title:(a", ANNALS_QUERY_ERROR_SYNTAX, "column 7: the parenthesis" },
  { "a before:", ANNALS_QUERY_ERROR_VALUE, "column 3: “before:” needs a date such as 2020-03-09" },
  { "a (b before: 2020)", ANNALS_QUERY_ERROR_VALUE, "column 6: “before:” needs a date" },
  { "before:soon", ANNALS_QUERY_ERROR_VALUE, "column 1: “before:” needs a date such as 2020-03-09 (" },
  { "date:2020-02-30", ANNALS_QUERY_ERROR_VALUE, "column 1: “date:” needs a date" },
  { "date:\"\"", ANNALS_QUERY_ERROR_VALUE, "column 1: “date:” needs a date" },
  { "after:\"3/4/2020\"", ANNALS_QUERY_ERROR_VALUE, "column 1: “after:” needs a date" },
  { "before:../2020", ANNALS_QUERY_ERROR_VALUE, "column 1: nothing is before “../2020”" },
  { "after:2020/..", ANNALS_QUERY_ERROR_VALUE, "column 1: nothing is after “2020/..”" },
  { "is:good", ANNALS_QUERY_ERROR_VALUE, "column 1: “is:” takes one of these: unread, starred" },
  { "a has:", ANNALS_QUERY_ERROR_VALUE, "column 3: “has:” needs one of these right behind it: image" },
  { "has:fun", ANNALS_QUERY_ERROR_VALUE, "column 1: “has:” takes one of these: image, note; not “fun”" },
  { "source:", ANNALS_QUERY_ERROR_VALUE, "column 1: “source:” needs a name" },
  { "source:(a OR b)", ANNALS_QUERY_ERROR_VALUE, "column 1: “source:” needs a name" },
  { "source:\"NK News", ANNALS_QUERY_ERROR_SYNTAX, "column 8: the quotation mark" },
  { "tag:\"  \"", ANNALS_QUERY_ERROR_VALUE, "column 1: “tag:” needs a name" },
  { "title:tag:x", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “title:” needs" },
  { "title:(a tag:x)", ANNALS_QUERY_ERROR_SYNTAX, "column 10: “tag:” stands inside “title:”" },
  { "title:a NEAR b", ANNALS_QUERY_ERROR_SYNTAX, "column 9: “NEAR” needs a word" },
  { "note:", ANNALS_QUERY_ERROR_SYNTAX, "column 1: “note:” needs a word" },
  { "tag:x NEAR y", ANNALS_QUERY_ERROR_SYNTAX, "column 7: “NEAR” needs a word" },
  { "\xed\xa0\x80", ANNALS_QUERY_ERROR_SYNTAX, "column 1: the search is not UTF-8" },
  { "tittle:x", ANNALS_QUERY_ERROR_UNKNOWN_FIELD, "column 1: there is no field “tittle:”" },
  { "a\xff", ANNALS_QUERY_ERROR_SYNTAX, "column 2: the search is not UTF-8" },
};

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsQuery) query = annals_query_parse (error_cases[i].query, &error);

      g_assert_null (query);
      g_assert_error (error, ANNALS_QUERY_ERROR, (int) error_cases[i].code);

      if (!g_str_has_prefix (error->message, error_cases[i].message))
        g_error ("“%s”: “%s”, not “%s”", error_cases[i].query, error->message,
                 error_cases[i].message);
    }
}

/* Queries that are more than words: what can stand beside them as a filter, and the marks in what is found. */
static const struct
{
  const char *query;
  const char *filters;   /* "FIELD=VALUE" with its bytes, one after another */
  const char *marks;
} filter_cases[] = {
  { "a b", "", "(\"a\" OR \"b\")" },
  { "a source:\"NK News\"", "source=NK News@2-18 ", "\"a\"" },
  { "a -tag:x b", "-tag=x@2-8 ", "(\"a\" OR \"b\")" },
  { "북한 lang:ko is:UNREAD", "lang=ko@7-14 is=UNREAD@15-24 ", "\"북한\"" },
  { "lang:ko OR a", "", "\"a\"" },
  { "(lang:ko OR a) is:starred", "is=starred@15-25 ", "\"a\"" },
  { "-a", "", NULL },
  { "a -b", "", "\"a\"" },
  { "note:x title:y", "", "title : (\"y\")" },
  { "before:2020-03 after:\"9 March 2019\"", "before=2020-03@0-14 after=9 March 2019@15-35 ", NULL },
  { "url:https://example.org/a?b=(c)", "url=https://example.org/a?b=@0-28 ", "\"c\"" },
  { "tag:x)", "", NULL },
};

static void
test_filters (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    {
      g_autoptr(AnnalsQuery) query = annals_query_parse (filter_cases[i].query, NULL);
      g_autoptr(GPtrArray) pieces = annals_query_list_filters (filter_cases[i].query);
      g_autoptr(GString) found = g_string_new (NULL);

      for (guint n = 0; n < pieces->len; n++)
        {
          const AnnalsQueryPiece *piece = pieces->pdata[n];

          g_string_append_printf (found, "%s%s=%s@%zu-%zu ", piece->without ? "-" : "",
                                  annals_query_field_get_name (piece->field), piece->value, piece->start,
                                  piece->end);
        }

      if (strcmp (found->str, filter_cases[i].filters) != 0)
        g_error ("“%s”: %s, not %s", filter_cases[i].query, found->str, filter_cases[i].filters);
      if (query != NULL)
        g_assert_cmpstr (annals_query_get_marks (query), ==, filter_cases[i].marks);
    }
}

/* What is written for a name is read as that name. */
static void
test_written (void)
{
  static const char * const values[] = {
    "NK News", "Reuters", "조선중앙통신", "a \"b\" c", "(x)", "“x”", "März", "a:b", "-x", "OR", "it’s", "a\u00a0b",
    "x*",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *filter = annals_query_dup_filter (ANNALS_QUERY_SOURCE, values[i]);
      g_autofree char *wanted = g_strdup (values[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsQuery) query = annals_query_parse (filter, &error);
      g_autoptr(GPtrArray) pieces = annals_query_list_filters (filter);

      g_assert_no_error (error);
      g_assert_cmpuint (pieces->len, ==, 1);
      if (strcmp (wanted, "a \"b\" c") == 0)
        memcpy (wanted, "a 'b' c", 7);
      if (strcmp (wanted, "“x”") == 0)
        strcpy (wanted, "'x'");
      g_assert_cmpstr (((AnnalsQueryPiece *) pieces->pdata[0])->value, ==, wanted);
    }
}

static void
test_parse_all (void)
{
  static const char * const filters[] = { "lang:ko", "-is:unread", NULL };
  static const char * const bad[] = { "lang:", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsQuery) query = annals_query_parse_all ("a OR b", filters, &error);
  g_autoptr(AnnalsQuery) empty = NULL;

  g_assert_no_error (error);
  g_assert_null (annals_query_get_match (query));
  g_assert_cmpstr (annals_query_get_marks (query), ==, "(\"a\" OR \"b\")");
  g_assert_false (annals_query_is_everything (query));

  empty = annals_query_parse_all ("", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (annals_query_is_everything (empty));

  g_assert_null (annals_query_parse_all ("a", bad, &error));
  g_assert_error (error, ANNALS_QUERY_ERROR, ANNALS_QUERY_ERROR_VALUE);
}

/* The deepest and the longest that is allowed is not too much for FTS5. */
static void
test_limits (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsQuery) deep = NULL;
  g_autoptr(AnnalsQuery) wide = NULL;
  g_autoptr(AnnalsQuery) without = NULL;
  g_autoptr(GString) query = g_string_new (NULL);
  g_autofree char *found = NULL;
  g_autofree char *found_wide = NULL;
  g_autofree char *found_without = NULL;

  g_string_append (query, "title:(");

  for (guint i = 0; i < 11; i++)
    g_string_append (query, "a OR b (");

  g_string_append (query, "c OR d -e");

  for (guint i = 0; i < 11; i++)
    g_string_append (query, ") -d");

  g_string_append (query, ")");

  deep = annals_query_parse (query->str, &error);
  g_assert_no_error (error);
  found = dup_found (f, annals_query_get_match (deep));

  g_string_prepend (query, "(");
  g_string_append (query, ")");
  g_assert_null (annals_query_parse (query->str, &error));
  g_assert_error (error, ANNALS_QUERY_ERROR, ANNALS_QUERY_ERROR_SYNTAX);
  g_clear_error (&error);

  g_string_truncate (query, 0);
  for (guint i = 0; i < 1999; i++)
    g_string_append_printf (query, "%c ", 'a' + i % 26);

  wide = annals_query_parse (query->str, &error);
  g_assert_no_error (error);
  found_wide = dup_found (f, annals_query_get_match (wide));

  g_string_truncate (query, 0);
  g_string_append (query, "kits");
  for (guint i = 0; i < 1300; i++)
    g_string_append (query, " -x");

  without = annals_query_parse (query->str, &error);
  g_assert_no_error (error);
  found_without = dup_found (f, annals_query_get_match (without));
  g_assert_cmpstr (found_without, ==, "1 5");

  for (guint i = 0; i < 100; i++)
    g_string_append (query, " a");

  g_assert_null (annals_query_parse (query->str, &error));
  g_assert_error (error, ANNALS_QUERY_ERROR, ANNALS_QUERY_ERROR_SYNTAX);
}

/* Everything of three pieces that could mean something to FTS5, to SQL or to the parser. */
static void
test_hostile (Fixture       *f,
              gconstpointer  data)
{
  static const char * const pieces[] = {
    "a", "\"", "\"b c\"", "*", "'", "(", ")", "-", "--", " ", " OR ", " AND ", " NOT ", " NEAR/2 ",
    "NEAR(", "title:", "{text}", ":", "^", "+", ",", ";", "\\", "%", "?", "핵", "“", "”", "\u200d",
    "\u0301", "😀", "\x01", "\u0600", "\ue000", "½",
  };
  guint n_taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
      for (guint k = 0; k < G_N_ELEMENTS (pieces); k++)
        {
          g_autofree char *text = g_strconcat (pieces[i], pieces[j], pieces[k], NULL);
          g_autoptr(GError) error = NULL;
          g_autoptr(AnnalsQuery) query = annals_query_parse (text, &error);
          g_autofree char *found = NULL;

          if (query == NULL)
            g_assert_nonnull (error);
          else if (annals_query_get_match (query) != NULL)
            {
              found = dup_found (f, annals_query_get_match (query));
              n_taken++;
            }
        }

  g_assert_cmpuint (n_taken, >, 1000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/query/match", Fixture, NULL, set_up, test_match, tear_down);
  g_test_add ("/query/found", Fixture, NULL, set_up, test_found, tear_down);
  g_test_add_func ("/query/errors", test_errors);
  g_test_add_func ("/query/filters", test_filters);
  g_test_add_func ("/query/written", test_written);
  g_test_add_func ("/query/parse-all", test_parse_all);
  g_test_add ("/query/limits", Fixture, NULL, set_up, test_limits, tear_down);
  g_test_add ("/query/hostile", Fixture, NULL, set_up, test_hostile, tear_down);

  return g_test_run ();
}
