/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-calendar.h"
#include "annals-date-style.h"
#include "annals-date.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Each valid string is accepted, each invalid one refused with a reason that names it; counted. */
static void
check_cases (const char *path,
             guint       n_valid,
             guint       n_invalid)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonArray *cases;
  guint counts[2] = { 0, 0 };

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *object = json_array_get_object_element (cases, i);
      const char *edtf = json_object_get_string_member (object, "edtf");
      gboolean valid = json_object_get_boolean_member (object, "valid");
      g_autoptr(GError) refusal = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse (edtf, &refusal);

      g_test_message ("%s: %s", edtf, date ? annals_date_get_edtf (date) : refusal->message);
      if (valid)
        g_assert_no_error (refusal);
      else
        g_assert_error (refusal, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
      g_assert_true ((date != NULL) == valid);
      counts[valid]++;
    }

  g_test_message ("%u valid accepted, %u invalid refused", counts[1], counts[0]);
  g_assert_cmpuint (counts[1], ==, n_valid);
  g_assert_cmpuint (counts[0], ==, n_invalid);
}

/* The cases of edtf.js: every one of them is of a level that is supported. */
static void
test_shared_cases (void)
{
  const char *shared = g_getenv ("ANNALS_SHARED");
  g_autofree char *path = g_build_filename (shared ? shared : "", "data", "edtf",
                                            "edtfjs-cases.json", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the shared cases are not there");
      return;
    }

  check_cases (path, 134, 47);
}

/* Our own, of the same shape */
static void
test_own_cases (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "dates",
                                                 "edtf-cases.json", NULL);

  check_cases (path, 53, 90);
}

static AnnalsDate *
parse (const char *edtf)
{
  g_autoptr(GError) error = NULL;
  AnnalsDate *date = annals_date_parse (edtf, &error);

  g_assert_no_error (error);
  return date;
}

/* edtf, from, to (NULL: open), canonical (NULL: the same) */
static void
test_bounds (void)
{
  static const char *const cases[][4] = {
    { "2020", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-02", "2020-02-01T00:00:00Z", "2020-03-01T00:00:00Z", NULL },
    { "2020-12", "2020-12-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-02-29", "2020-02-29T00:00:00Z", "2020-03-01T00:00:00Z", NULL },
    { "1900-02-28", "1900-02-28T00:00:00Z", "1900-03-01T00:00:00Z", NULL },
    { "2020-03~", "2020-03-01T00:00:00Z", "2020-04-01T00:00:00Z", NULL },
    { "  2020-03  ", "2020-03-01T00:00:00Z", "2020-04-01T00:00:00Z", "2020-03" },
    { "0000", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", NULL },
    { "0000-02-29", "0000-02-29T00:00:00Z", "0000-03-01T00:00:00Z", NULL },
    { "-0043-03-15", "-0043-03-15T00:00:00Z", "-0043-03-16T00:00:00Z", NULL },
    { "9999", "9999-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", NULL },
    { "198X", "1980-01-01T00:00:00Z", "1990-01-01T00:00:00Z", NULL },
    { "193", "1930-01-01T00:00:00Z", "1940-01-01T00:00:00Z", "193X" },
    { "-04", "-0499-01-01T00:00:00Z", "-0399-01-01T00:00:00Z", "-04XX" },
    { "XXXX", "0000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", NULL },
    { "2020-XX", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-1X", "2020-10-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-X2-XX", "2020-02-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-02-3X", NULL, NULL, "refused" },
    { "2021-02-XX", "2021-02-01T00:00:00Z", "2021-03-01T00:00:00Z", NULL },
    { "2020-XX-31", "2020-01-31T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-XX-30", "2020-01-30T00:00:00Z", "2020-12-31T00:00:00Z", NULL },
    { "190X-02-29", "1904-02-29T00:00:00Z", "1908-03-01T00:00:00Z", NULL },
    { "19X1-02-29", NULL, NULL, "refused" },
    { "1X00-02-29", "1200-02-29T00:00:00Z", "1600-03-01T00:00:00Z", NULL },
    { "-000X-03", "-0009-03-01T00:00:00Z", "-0001-04-01T00:00:00Z", NULL },
    { "2020-21", "2020-03-01T00:00:00Z", "2020-06-22T00:00:00Z", NULL },
    { "2020-24", "2020-01-01T00:00:00Z", "2021-03-22T00:00:00Z", NULL },
    { "2020-36", "2020-10-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-39", "2020-09-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "2020-41", "2020-07-01T00:00:00Z", "2021-01-01T00:00:00Z", NULL },
    { "198X-40", "1980-01-01T00:00:00Z", "1989-07-01T00:00:00Z", NULL },
    { "Y170002", "+170002-01-01T00:00:00Z", "+170003-01-01T00:00:00Z", NULL },
    { "Y-17E7", "-170000000-01-01T00:00:00Z", "-169999999-01-01T00:00:00Z", NULL },
    { "1950S2", "1900-01-01T00:00:00Z", "2000-01-01T00:00:00Z", NULL },
    { "Y171010000S3", "+171000000-01-01T00:00:00Z", "+172000000-01-01T00:00:00Z", NULL },
    { "Y-10500S2", "-10999-01-01T00:00:00Z", "-9999-01-01T00:00:00Z", NULL },
    { "2020-03-09T14:02", "2020-03-09T14:02:00Z", "2020-03-09T14:03:00Z", NULL },
    { "2020-03-09T14:02:37", "2020-03-09T14:02:37Z", "2020-03-09T14:02:38Z", NULL },
    { "2020-03-09T00:30:00+02:30", "2020-03-08T22:00:00Z", "2020-03-08T22:00:01Z", NULL },
    { "2020-12-31T20:00:00-0500", "2021-01-01T01:00:00Z", "2021-01-01T01:00:01Z",
      "2020-12-31T20:00:00-05:00" },
    { "2020-03-09T24:00:00Z", "2020-03-10T00:00:00Z", "2020-03-10T00:00:01Z", NULL },
    { "2020-01/2020-03", "2020-01-01T00:00:00Z", "2020-04-01T00:00:00Z", NULL },
    { "2020-03/2020-03", "2020-03-01T00:00:00Z", "2020-04-01T00:00:00Z", NULL },
    { "2020-01/..", "2020-01-01T00:00:00Z", NULL, NULL },
    { "2020-01/", "2020-01-01T00:00:00Z", NULL, NULL },
    { "../2020-01", NULL, "2020-02-01T00:00:00Z", NULL },
    { "/2020-01", NULL, "2020-02-01T00:00:00Z", NULL },
    { "/", NULL, NULL, NULL },
    { "[1667, 1668,1670..1672]", "1667-01-01T00:00:00Z", "1673-01-01T00:00:00Z",
      "[1667,1668,1670..1672]" },
    { "[1672,1667]", "1667-01-01T00:00:00Z", "1673-01-01T00:00:00Z", NULL },
    { "[..1760-12-03]", NULL, "1760-12-04T00:00:00Z", NULL },
    { "{1760-12..}", "1760-12-01T00:00:00Z", NULL, NULL },
    { "2001-?09~-09", "2001-09-09T00:00:00Z", "2001-09-10T00:00:00Z", "2001~-%09-09" },
    { "?2020-~03-09", "2020-03-09T00:00:00Z", "2020-03-10T00:00:00Z", "2020?-~03-09" },
    { "~2020-~03-~09", "2020-03-09T00:00:00Z", "2020-03-10T00:00:00Z", "2020-03-09~" },
    { "", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i][0], &error);
      gint64 from = 0;
      gint64 to = 0;
      g_autofree char *from_text = NULL;
      g_autofree char *to_text = NULL;

      g_test_message ("%s", cases[i][0]);

      if (g_strcmp0 (cases[i][3], "refused") == 0)
        {
          g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
          continue;
        }

      g_assert_no_error (error);
      if (annals_date_get_from (date, &from))
        from_text = annals_date_format_rfc3339 (from);
      if (annals_date_get_to (date, &to))
        to_text = annals_date_format_rfc3339 (to);

      g_assert_cmpstr (from_text, ==, cases[i][1]);
      g_assert_cmpstr (to_text, ==, cases[i][2]);
      g_assert_cmpstr (annals_date_get_edtf (date), ==, cases[i][3] ? cases[i][3] : cases[i][0]);
    }
}

/* Each is refused, and the sentence names the expression. */
static void
test_refused (void)
{
  static const char *const cases[] = {
    "2020-02-30", "2021-02-29", "1900-02-29", "2020-00", "2020-13", "2020-20", "2020-42", "2020-99",
    "2020-1", "2020-01-1", "2020-01-001", "20200101", "202", "2", "2020-", "2020-01-", "-2020-",
    "2020-01-01T", "2020-01-01T1", "2020-01-01T10", "2020-01-01T25:00:00", "2020-01-01T10:60:00",
    "2020-01-01T10:00:60", "2020-01-01T10:00:00.", "2020-01-01T10:00:00.1234567890",
    "2020-01-01T10:00:00+", "2020-01-01T10:00:00+2", "2020-01-01T10:00:00+02:60",
    "2020-01-01T10:00:00+15:00", "2020-01-XXT10:00:00", "2020-01-01~T10:00:00",
    "2020-01-01T10:00:00Zx", "2020~~", "2020~?", "~", "?", "%2020%%", "X", "XX", "XXX", "XXXXX",
    "2020-XXX", "202x", "2020-21-01", "2020-21/2020-22", "2020-2X", "Y", "Y-", "YX", "Y12345E",
    "Y1E0", "Y1E999", "Y292277026597", "Y99999999999999999999", "Y012345", "1950S", "1950S0",
    "1950S5", "195XS2", "1950S2-01", "2020/2019", "2020-03-09/2020-03-08", "2020-04/2020-03",
    "2020/2021/2022", "2020/x", "2020/...", "[]", "[", "]", "{}", "[2020", "2020]", "[,]",
    "[2020,]", "[2020..2019]", "[..]", "[2020..,2021]", "[2020,..2021]", "[2020..2021..2022]",
    "[[2020]]", "[2020/2021]", "{2020]", "-0000", "-0000-01-01", "now", "2020 03", "２０２０",
    "2020-03-09\n2020", "2013-W10", "2020-070",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i], &error);

      g_test_message ("%s: %s", cases[i], error ? error->message : "accepted");

      /* ISO 8601's decade */
      if (strcmp (cases[i], "202") == 0)
        {
          g_assert_nonnull (date);
          continue;
        }

      g_assert_null (date);
      g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i]));
    }
}

static void
test_reasons (void)
{
  static const char *const cases[][2] = {
    { "2020-02-30", "“2020-02-30”: February 2020 has 29 days" },
    { "2020-13", "“2020-13”: there is no month 13" },
    { "2020-03/2020-01", "“2020-03/2020-01”: it ends before it begins" },
    { "2020-21-03", "“2020-21-03”: a season has no days" },
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *long_text = g_strnfill (100000, '9');
  g_autofree char *many = NULL;
  GString *set = g_string_new ("[2020");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) reason = NULL;

      g_assert_null (annals_date_parse (cases[i][0], &reason));
      g_assert_cmpstr (reason->message, ==, cases[i][1]);
    }

  g_assert_null (annals_date_parse ("2020\xff", &error));
  g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (annals_date_parse (long_text, &error));
  g_assert_cmpuint (strlen (error->message), <, 300);
  g_clear_error (&error);

  for (int i = 0; i < 300; i++)
    g_string_append (set, ",2020");
  g_string_append_c (set, ']');
  many = g_string_free (set, FALSE);
  g_assert_null (annals_date_parse (many, &error));
  g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
}

static void
test_kinds (void)
{
  static const struct { const char *edtf; AnnalsDatePrecision precision; AnnalsDateFlags flags; }
  cases[] = {
    { "", ANNALS_DATE_UNDATED, 0 },
    { "2020-03-09T10:00Z", ANNALS_DATE_TIME, 0 },
    { "2020-03-09", ANNALS_DATE_DAY, 0 },
    { "2020-03-XX", ANNALS_DATE_MONTH, ANNALS_DATE_UNSPECIFIED },
    { "2020-03~", ANNALS_DATE_MONTH, ANNALS_DATE_APPROXIMATE },
    { "2020-?03", ANNALS_DATE_MONTH, ANNALS_DATE_UNCERTAIN },
    { "2020-21%", ANNALS_DATE_SEASON, ANNALS_DATE_APPROXIMATE | ANNALS_DATE_UNCERTAIN },
    { "2020", ANNALS_DATE_YEAR, 0 },
    { "2020-XX", ANNALS_DATE_YEAR, ANNALS_DATE_UNSPECIFIED },
    { "1XX3", ANNALS_DATE_YEAR, ANNALS_DATE_UNSPECIFIED },
    { "202X", ANNALS_DATE_DECADE, ANNALS_DATE_UNSPECIFIED },
    { "20XX", ANNALS_DATE_CENTURY, ANNALS_DATE_UNSPECIFIED },
    { "1950S3", ANNALS_DATE_DECADE, ANNALS_DATE_APPROXIMATE },
    { "2020/2021~", ANNALS_DATE_RANGE, ANNALS_DATE_APPROXIMATE },
    { "../2021", ANNALS_DATE_RANGE, ANNALS_DATE_OPEN_START },
    { "2021/", ANNALS_DATE_RANGE, ANNALS_DATE_OPEN_END },
    { "/", ANNALS_DATE_RANGE, ANNALS_DATE_OPEN_START | ANNALS_DATE_OPEN_END },
    { "[2020,2021-0X]", ANNALS_DATE_RANGE, ANNALS_DATE_UNSPECIFIED },
    { "{2020..}", ANNALS_DATE_RANGE, ANNALS_DATE_OPEN_END },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = parse (cases[i].edtf);

      g_test_message ("%s", cases[i].edtf);
      g_assert_cmpint (annals_date_get_precision (date), ==, cases[i].precision);
      g_assert_cmphex (annals_date_get_flags (date), ==, cases[i].flags);
      g_assert_true (annals_date_is_undated (date) == (*cases[i].edtf == '\0'));
    }
}

/* edtf, display, short, remark */
static void
test_display (void)
{
  static const char *const cases[][4] = {
    { "", "undated", "undated", "nothing is known of the date" },
    { "2020-03", "March 2020", "Mar 2020", "month known, day unknown" },
    { "2020-03-09", "9 March 2020", "9 Mar 2020", NULL },
    { "2020-03~", "about March 2020", "~ Mar 2020", "month known, day unknown; approximate" },
    { "2020-03?", "possibly March 2020", "Mar 2020 ?", "month known, day unknown; uncertain" },
    { "2020-03-09%", "possibly about 9 March 2020", "~ 9 Mar 2020 ?", "approximate; uncertain" },
    { "2004?-06-~11", "11 June 2004 (year uncertain, day approximate)", "~ 11 Jun 2004 ?",
      "approximate; uncertain" },
    { "2020-03-09T14:02:00Z", "9 March 2020, 14:02 UTC", "9 Mar 2020, 14:02 UTC", NULL },
    { "2020-03-09T14:02:37", "9 March 2020, 14:02:37", "9 Mar 2020, 14:02:37", NULL },
    { "2020-03-09T14:02-05:30", "9 March 2020, 14:02 UTC-05:30", "9 Mar 2020, 14:02 UTC-05:30",
      NULL },
    { "2020-01/..", "January 2020 – open", "Jan 2020 – open", "end open" },
    { "2020-01/", "January 2020 – unknown", "Jan 2020 – unknown", "end unknown" },
    { "../2020-03", "until March 2020", "until Mar 2020", "beginning open" },
    { "[2020-03-10..]", "after 9 March 2020", "after 9 Mar 2020",
      "one of several dates, which is unknown" },
    { "[2020-03-01..]", "after 29 February 2020", "after 29 Feb 2020",
      "one of several dates, which is unknown" },
    { "[..2019-12]", "before January 2020", "before Jan 2020",
      "one of several dates, which is unknown" },
    { "[2020-03,2020-04]", "March 2020 or April 2020", "Mar 2020 or Apr 2020",
      "one of several dates, which is unknown" },
    { "{1960,1961,1962-12}", "1960, 1961 and December 1962", "1960, 1961 and Dec 1962", NULL },
    { "[2020-03-23..2020-03-29]", "week of 23 March 2020", "week of 23 Mar 2020",
      "one of several dates, which is unknown" },
    { "[2020-03-24..2020-03-30]", "between 24 March 2020 and 30 March 2020",
      "within 24–30 Mar 2020", "one of several dates, which is unknown" },
    { "[2020-03-01~..2020-03-10~]", "early March 2020", "early Mar 2020",
      "one of several dates, which is unknown; approximate" },
    { "[2020-02-21%..2020-02-29%]", "possibly late February 2020", "late Feb 2020 ?",
      "one of several dates, which is unknown; approximate; uncertain" },
    { "[1954~..1956~]", "mid-1950s", "mid-1950s",
      "one of several dates, which is unknown; approximate" },
    { "[..2020-10~]", "by about October 2020", "by ~ Oct 2020",
      "one of several dates, which is unknown; approximate" },
    { "2019-38~", "mid-2019", "mid-2019",
      "part of the year known, month and day unknown; approximate" },
    { "2019-38", "second third of 2019", "2nd third of 2019",
      "part of the year known, month and day unknown" },
    { "2020-03-09/2020-03-15", "9–15 March 2020", "9–15 Mar 2020", NULL },
    { "2020-01-31/2020-03-09", "31 January – 9 March 2020", "31 Jan – 9 Mar 2020", NULL },
    { "2020-01/2020-06", "January – June 2020", "Jan – Jun 2020", NULL },
    { "2019-11/2020-06", "November 2019 – June 2020", "Nov 2019 – Jun 2020", NULL },
    { "2020-03-09/2020-03-09", "9 March 2020 – 9 March 2020", "9 Mar 2020 – 9 Mar 2020", NULL },
    { "2020-21", "spring 2020", "spring 2020", "season known, month and day unknown" },
    { "2020-33", "first quarter of 2020", "Q1 2020",
      "part of the year known, month and day unknown" },
    { "195X", "1950s", "1950s", "decade known, year unknown" },
    { "190X", "1900–1909", "1900–1909", "decade known, year unknown" },
    { "18XX", "1800–1899", "1800–1899", "only the span of years known" },
    { "-04XX", "500–401 BC", "500–401 BC", "only the span of years known" },
    { "-0043", "44 BC", "44 BC", "year known, month and day unknown" },
    { "0000", "1 BC", "1 BC", "year known, month and day unknown" },
    { "0079", "AD 79", "AD 79", "year known, month and day unknown" },
    { "2020-03-XX", "March 2020, day unknown", "Mar 2020", "month known, day unknown" },
    { "2020-XX", "2020, month unknown", "2020", "year known, month and day unknown" },
    { "2020-XX-XX", "2020, month and day unknown", "2020", "year known, month and day unknown" },
    { "2020-1X", "2020, month 1X", "2020", "some digits unknown" },
    { "2020-XX-25", "2020, month unknown, day 25", "2020", "some digits unknown" },
    { "15XX-12-25", "25 December 15XX", "25 Dec 15XX", "some digits unknown" },
    { "XXXX-12-25", "25 December, year unknown", "25 Dec, year unknown", "some digits unknown" },
    { "1950S2", "about 1950 (1900–1999)", "~ 1950 (1900–1999)",
      "only the span of years known; approximate" },
    { "Y17E7", "170000000", "170000000", "year known, month and day unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = parse (cases[i][0]);
      g_autofree char *display = annals_date_dup_display (date);
      g_autofree char *brief = annals_date_dup_display_short (date);
      g_autofree char *remark = annals_date_dup_remark (date);

      g_assert_cmpstr (display, ==, cases[i][1]);
      g_assert_cmpstr (brief, ==, cases[i][2]);
      g_assert_cmpstr (remark, ==, cases[i][3]);
    }
}

/* edtf, display, short (NULL: the same) in numbers: the months' names occur in none */
static void
test_numbers (void)
{
  static const char *const cases[][3] = {
    { "", "undated", NULL },
    { "2020", "2020", NULL },
    { "2020-03", "2020-03", NULL },
    { "2020-03-09", "2020-03-09", NULL },
    { "2020-03~", "about 2020-03", "~ 2020-03" },
    { "2020-03?", "possibly 2020-03", "2020-03 ?" },
    { "2020-03-09%", "possibly about 2020-03-09", "~ 2020-03-09 ?" },
    { "2004?-06-~11", "2004-06-11 (year uncertain, day approximate)", "~ 2004-06-11 ?" },
    { "2020-03-09T14:02:00Z", "2020-03-09 14:02 UTC", NULL },
    { "2020-03-09T14:02-05:30", "2020-03-09 14:02 UTC-05:30", NULL },
    { "2020-01/..", "2020-01 – open", NULL },
    { "2020-01/", "2020-01 – unknown", NULL },
    { "../2020-03", "until 2020-03", NULL },
    { "[2020-03-10..]", "after 2020-03-09", NULL },
    { "[2020-03-01..]", "after 2020-02-29", NULL },
    { "[..2019]", "before 2020", NULL },
    { "[..2020-10~]", "by about 2020-10", "by ~ 2020-10" },
    { "[2020-03,2020-04]", "2020-03 or 2020-04", NULL },
    { "[2020-03-23..2020-03-29]", "week of 2020-03-23", NULL },
    { "[2020-03-24..2020-03-30]", "between 2020-03-24 and 2020-03-30", "within 2020-03-24/2020-03-30" },
    { "[2020-03-01~..2020-03-10~]", "early 2020-03", NULL },
    { "[1954~..1956~]", "mid-1950s", NULL },
    { "2020-03/2020-05", "2020-03/2020-05", NULL },
    { "2020-03-09/2020-03-15", "2020-03-09/2020-03-15", NULL },
    { "2019/2020-06", "2019/2020-06", NULL },
    { "2020-03~/2020-05", "about 2020-03 – 2020-05", "~ 2020-03 – 2020-05" },
    { "2020-21", "spring 2020", NULL },
    { "2020-33", "first quarter of 2020", "Q1 2020" },
    { "195X", "1950s", NULL },
    { "18XX", "1800/1899", NULL },
    { "-04XX", "-0499/-0400", NULL },
    { "-0043-03-15", "-0043-03-15", NULL },
    { "0079", "0079", NULL },
    { "2020-03-XX", "2020-03-XX", NULL },
    { "2020-XX-25", "2020-XX-25", NULL },
    { "XXXX-12-25", "XXXX-12-25", NULL },
    { "1950S2", "about 1950 (1900/1999)", "~ 1950 (1900/1999)" },
    { "Y17E7", "Y170000000", NULL },
  };

  annals_date_style_set (ANNALS_DATE_STYLE_NUMBERS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = parse (cases[i][0]);
      g_autofree char *display = annals_date_dup_display (date);
      g_autofree char *brief = annals_date_dup_display_short (date);

      g_assert_cmpstr (display, ==, cases[i][1]);
      g_assert_cmpstr (brief, ==, cases[i][2] ? cases[i][2] : cases[i][1]);
    }
  annals_date_style_set (ANNALS_DATE_STYLE_WORDS);
}

/* What is shown in numbers can be typed: it is the same date again. */
static void
test_numbers_read (void)
{
  static const char *const dates[] = {
    "2020", "2020-03", "2020-03-09", "2020-03~", "2020-03-09~", "2020-03/2020-05", "[2020-03-10..]", "[..2019]",
    "[2020-03-01~..2020-03-10~]", "-0043-03-15", "0079", "2020-03-XX", "XXXX-12-25",
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr(AnnalsDate) date = parse (dates[i]);
      g_autoptr(AnnalsDate) again = NULL;
      g_autofree char *display = NULL;

      annals_date_style_set (ANNALS_DATE_STYLE_NUMBERS);
      display = annals_date_dup_display (date);
      annals_date_style_set (ANNALS_DATE_STYLE_WORDS);
      again = annals_date_parse_words (display, NULL);
      g_test_message ("%s: %s", dates[i], display);
      g_assert_nonnull (again);
      g_assert_cmpstr (annals_date_get_edtf (again), ==, dates[i]);
    }
}

/* Times, and what is drawn, by patterns of any language */
static void
test_numbers_by_pattern (void)
{
  static const char *const cases[][2] = {
    { "%-d %B %Y", "2020-03-09" },
    { "%Y年%b%-d日", "2020-03-09" },
    { "%A, %x", "2020-03-09" },
    { "%A, %x, %X", "2020-03-09 14:02:05" },
    { "%-d %b %Y à %H:%M", "2020-03-09 14:02" },
    { "%c", "2020-03-09 14:02:05" },
    { "%x %R", "2020-03-09 14:02" },
    { "%-d. %b", "2020-03-09" },
    { "%OB", "2020-03" },
    { "%b %Y", "2020-03" },
    { "%H:%M", "14:02" },
  };
  static const char *const drawn[][2] = {
    { "%b %-d, %Y", "2020-03-09" }, { "%Y年%b%-d日", "2020-03-09" }, { "%b%-d日", "03-09" },
    { "%-d %b", "03-09" },          { "%Ob %Y", "2020-03" },         { "%Ob", "2020-03" },
    { "%Y年", "2020" },
  };
  g_autoptr(GDateTime) time = g_date_time_new_utc (2020, 3, 9, 14, 2, 5.0);
  g_autofree char *words = annals_date_style_dup_example (ANNALS_DATE_STYLE_WORDS);
  g_autofree char *numbers = annals_date_style_dup_example (ANNALS_DATE_STYLE_NUMBERS);
  g_autofree char *plain = annals_date_style_format (time, "%-d %B %Y");

  g_assert_cmpstr (words, ==, "9 March 2020");
  g_assert_cmpstr (numbers, ==, "2020-03-09");
  g_assert_cmpstr (plain, ==, "9 March 2020");

  annals_date_style_set (ANNALS_DATE_STYLE_NUMBERS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = annals_date_style_format (time, cases[i][0]);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    {
      g_autofree char *text = annals_calendar_format (drawn[i][0], 2020, 3, 9);

      g_assert_cmpstr (text, ==, drawn[i][1]);
    }
  annals_date_style_set (ANNALS_DATE_STYLE_WORDS);
}

static void
test_order (void)
{
  static const char *const order[] = {
    "../..", "../2020", "-0043", "0000", "2020-03-01", "2020-03", "2020-03?", "2020-03~",
    "2020-03/2020-04", "2020", "2020-03/..", "2020-03-02", "",
  };
  /* 2020 begins before its March */
  static const guint rank[] = { 1, 0, 2, 3, 5, 6, 8, 9, 10, 4, 11, 12, 13 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < G_N_ELEMENTS (order); j++)
      {
        g_autoptr(AnnalsDate) a = parse (order[i]);
        g_autoptr(AnnalsDate) b = parse (order[j]);
        int expected = rank[i] < rank[j] ? -1 : rank[i] > rank[j];
        int found = annals_date_compare (a, b);

        g_test_message ("%s and %s", order[i], order[j]);
        g_assert_cmpint (found < 0 ? -1 : found > 0, ==, expected);
      }
}

/* date, period, may fall in it, may lie before it begins, may lie after it ends */
static void
test_overlap (void)
{
  static const struct { const char *date, *period; gboolean in, before, after; } cases[] = {
    { "2020-03", "2020-03-09", TRUE, TRUE, TRUE },
    { "2020-03-09", "2020-03", TRUE, FALSE, FALSE },
    { "2020-03-09", "2020-03-09", TRUE, FALSE, FALSE },
    { "2020-03-08", "2020-03-09", FALSE, TRUE, FALSE },
    { "2020-03-10", "2020-03-09", FALSE, FALSE, TRUE },
    { "2020-03-31T23:59:59Z", "2020-04", FALSE, TRUE, FALSE },
    { "2020-04-01T00:30:00+02:00", "2020-03", TRUE, FALSE, FALSE },
    { "2020-01/..", "2025", TRUE, TRUE, TRUE },
    { "../2020", "2021", FALSE, TRUE, FALSE },
    { "2021", "../2020", FALSE, FALSE, TRUE },
    { "2021", "2020/..", TRUE, FALSE, FALSE },
    { "[1667,1670]", "1668", FALSE, TRUE, TRUE },
    { "[1667,1668..1670]", "1669", TRUE, TRUE, TRUE },
    { "1668", "{1667,1670}", FALSE, FALSE, FALSE },
    { "XXXX-12-25", "2020-12", TRUE, TRUE, TRUE },
    { "XXXX-12-25", "2020-03", FALSE, TRUE, TRUE },
    { "2020-XX-31", "2020-04", FALSE, TRUE, TRUE },
    { "2020-XX-31", "2020-05", TRUE, TRUE, TRUE },
    { "19X4", "1905/1913", FALSE, TRUE, TRUE },
    { "19X4-24", "1905-02", TRUE, TRUE, TRUE },
    { "156X-12-25", "1560-06/1561-06", TRUE, FALSE, TRUE },
    { "156X-12-25", "1561-01/1561-06", FALSE, TRUE, TRUE },
    { "[2020-03-01~..2020-03-10~]", "2020-03-15", FALSE, TRUE, FALSE },
    { "-0043-03-15", "-004X", TRUE, FALSE, FALSE },
    { "-004X-03", "-0043-04", FALSE, TRUE, TRUE },
    { "Y-17E7", "2020", FALSE, TRUE, FALSE },
    { "", "2020", FALSE, FALSE, FALSE },
    { "2020", "", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = parse (cases[i].date);
      g_autoptr(AnnalsDate) period = parse (cases[i].period);

      g_test_message ("%s and %s", cases[i].date, cases[i].period);
      g_assert_cmpint (annals_date_may_fall_in (date, period), ==, cases[i].in);
      g_assert_cmpint (annals_date_may_fall_in (period, date), ==, cases[i].in);
      g_assert_cmpint (annals_date_may_precede (date, period), ==, cases[i].before);
      g_assert_cmpint (annals_date_may_follow (date, period), ==, cases[i].after);
    }
}

static void
test_constructors (void)
{
  g_autoptr(AnnalsDate) unix_date = annals_date_new_from_unix (1583762520);
  g_autoptr(AnnalsDate) before_1970 = annals_date_new_from_unix (-1);
  g_autoptr(AnnalsDate) remote = annals_date_new_from_unix (G_MAXINT64);
  g_autoptr(AnnalsDate) long_year = annals_date_new_from_unix (G_GINT64_CONSTANT (253402300800));
  g_autoptr(AnnalsDate) fields = annals_date_new_from_fields (2020, 3, 9, 14, 2, 60, -570);
  g_autoptr(AnnalsDate) undated = annals_date_new_undated ();
  AnnalsDate *counted = annals_date_ref (fields);

  g_assert_cmpstr (annals_date_get_edtf (unix_date), ==, "2020-03-09T14:02:00Z");
  g_assert_cmpstr (annals_date_get_edtf (before_1970), ==, "1969-12-31T23:59:59Z");
  g_assert_cmpstr (annals_date_get_edtf (long_year), ==, "Y10000");
  g_assert_cmpstr (annals_date_get_edtf (remote), ==, "");
  g_assert_cmpstr (annals_date_get_edtf (fields), ==, "2020-03-09T14:02:59-09:30");
  g_assert_cmpstr (annals_date_get_edtf (undated), ==, "");
  annals_date_unref (counted);

  g_assert_null (annals_date_new_from_fields (2021, 2, 29, 0, 0, 0, 0));
  g_assert_null (annals_date_new_from_fields (0, 0, 0, 0, 0, 0, 0));
  g_assert_null (annals_date_new_from_fields (2021, 2, 28, 24, 0, 0, 0));
  g_assert_null (annals_date_new_from_fields (2021, 2, 28, 0, 0, 0, 900));
  g_assert_null (annals_date_new_from_fields (12021, 2, 28, 0, 0, 0, 0));
}

/* Every day of 1,200 years there and back, against GDateTime */
static void
test_calendar (void)
{
  g_autoptr(GDateTime) start = g_date_time_new_utc (1400, 1, 1, 0, 0, 0);
  gint64 first = annals_calendar_days (1400, 1, 1);

  for (int i = 0; i < 438000; i += 7)
    {
      g_autoptr(GDateTime) expected = g_date_time_add_days (start, i);
      gint64 year;
      int month;
      int day;

      annals_calendar_from_days (first + i, &year, &month, &day);
      g_assert_cmpint (year, ==, g_date_time_get_year (expected));
      g_assert_cmpint (month, ==, g_date_time_get_month (expected));
      g_assert_cmpint (day, ==, g_date_time_get_day_of_month (expected));
      g_assert_cmpint (annals_calendar_days (year, month, day), ==, first + i);
    }

  for (int i = 0; i < 20000; i++)
    {
      gint64 days = g_test_rand_double_range (-1e14, 1e14);
      gint64 year;
      int month;
      int day;

      annals_calendar_from_days (days, &year, &month, &day);
      g_assert_cmpint (month, >=, 1);
      g_assert_cmpint (month, <=, 12);
      g_assert_cmpint (day, >=, 1);
      g_assert_cmpint (day, <=, annals_calendar_month_length (year, month));
      g_assert_cmpint (annals_calendar_days (year, month, day), ==, days);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dates/shared-cases", test_shared_cases);
  g_test_add_func ("/dates/own-cases", test_own_cases);
  g_test_add_func ("/dates/bounds", test_bounds);
  g_test_add_func ("/dates/refused", test_refused);
  g_test_add_func ("/dates/reasons", test_reasons);
  g_test_add_func ("/dates/kinds", test_kinds);
  g_test_add_func ("/dates/display", test_display);
  g_test_add_func ("/dates/numbers", test_numbers);
  g_test_add_func ("/dates/numbers/read", test_numbers_read);
  g_test_add_func ("/dates/numbers/by-pattern", test_numbers_by_pattern);
  g_test_add_func ("/dates/order", test_order);
  g_test_add_func ("/dates/overlap", test_overlap);
  g_test_add_func ("/dates/constructors", test_constructors);
  g_test_add_func ("/dates/calendar", test_calendar);

  return g_test_run ();
}
