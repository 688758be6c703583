/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-calendar.h"
#include "annals-date.h"

#define DAY G_GINT64_CONSTANT (86400)

static gint64
seconds_of (const char *edtf)
{
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);
  gint64 seconds = 0;

  g_assert_nonnull (date);
  g_assert_true (annals_date_get_from (date, &seconds));
  return seconds;
}

static void
test_at (void)
{
  static const struct { const char *moment; AnnalsDatePrecision precision; const char *edtf; } cases[] = {
    { "2020-03-09T14:02:31Z", ANNALS_DATE_TIME, "2020-03-09T14:02Z" },
    { "2020-03-09T23:59:59Z", ANNALS_DATE_DAY, "2020-03-09" },
    { "2020-02-29", ANNALS_DATE_MONTH, "2020-02" },
    { "2020-12-31", ANNALS_DATE_YEAR, "2020" },
    { "2020-12-31", ANNALS_DATE_DECADE, "202X" },
    { "2020-12-31", ANNALS_DATE_CENTURY, "20XX" },
    { "0000-01-01", ANNALS_DATE_DAY, "0000-01-01" },
    { "-0043-03-15", ANNALS_DATE_DAY, "-0043-03-15" },
    { "-0043-03-15", ANNALS_DATE_CENTURY, "-0043" },
  };
  g_autoptr(AnnalsDate) first = annals_date_new_at (G_MININT64 / 4, ANNALS_DATE_DAY);
  g_autoptr(AnnalsDate) last = annals_date_new_at (G_MAXINT64 / 4, ANNALS_DATE_DAY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = annals_date_new_at (seconds_of (cases[i].moment), cases[i].precision);

      g_assert_cmpstr (annals_date_get_edtf (date), ==, cases[i].edtf);
    }

  g_assert_cmpstr (annals_date_get_edtf (first), ==, "-9999-01-01");
  g_assert_cmpstr (annals_date_get_edtf (last), ==, "9999-12-31");
}

static void
test_moved (void)
{
  static const struct { const char *edtf; gint64 days; AnnalsDatePrecision precision; const char *moved; }
  cases[] = {
    { "2020-03-09", 3, ANNALS_DATE_DAY, "2020-03-12" },
    { "2020-03-09", -9, ANNALS_DATE_DAY, "2020-02-29" },
    { "2020-03-09~", 3, ANNALS_DATE_DAY, "2020-03-12~" },
    { "2020-03-09%", 3, ANNALS_DATE_DAY, "2020-03-12%" },
    /* seen from far away, a day is no longer known */
    { "2020-03-09", 31, ANNALS_DATE_MONTH, "2020-04" },
    { "2020-03-09", 366, ANNALS_DATE_YEAR, "2021" },
    /* and from nearby a month does not become one */
    { "2020-03", 31, ANNALS_DATE_DAY, "2020-04" },
    { "2020-03", 3, ANNALS_DATE_DAY, "2020-03" },
    { "2020-03?", 31, ANNALS_DATE_TIME, "2020-04?" },
    { "2020", 366, ANNALS_DATE_DAY, "2021" },
    { "195X", 3653, ANNALS_DATE_DAY, "196X" },
    { "2020-03-09T14:00Z", 1, ANNALS_DATE_TIME, "2020-03-10T14:00Z" },
    { "2020-03-09T14:00Z", 1, ANNALS_DATE_DAY, "2020-03-11" },
    { "2020-03-09/2020-03-12", 5, ANNALS_DATE_DAY, "2020-03-14/2020-03-17" },
    { "2020-03-09~/2020-03", 31, ANNALS_DATE_DAY, "2020-04-09~/2020-04" },
    { "2020-03-09/2020-03-12", 31, ANNALS_DATE_MONTH, "2020-04" },
    { "2020-03-09/..", 1, ANNALS_DATE_DAY, "2020-03-10/.." },
    { "../2020-03-09", 1, ANNALS_DATE_DAY, "../2020-03-10" },
    { "2020-03-09/", 1, ANNALS_DATE_DAY, "2020-03-10/" },
    { "[2020-03-01~..2020-03-10~]", 31, ANNALS_DATE_DAY, "[2020-04-01~..2020-04-10~]" },
    { "[2020-03-10..]", 1, ANNALS_DATE_DAY, "[2020-03-11..]" },
    { "{2020-03-01..2020-03-10}", 1, ANNALS_DATE_DAY, "{2020-03-02..2020-03-11}" },
    { "2020-03-1X", 1, ANNALS_DATE_DAY, "[2020-03-11..2020-03-20]" },
    { "[2020-03-01..2020-03-10]", -5, ANNALS_DATE_MONTH, "2020-03" },
    /* a season by the months that it reaches into */
    { "2020-21", 31, ANNALS_DATE_DAY, "[2020-04..2020-07]" },
    /* too far away to be written */
    { "Y17000000002", 1, ANNALS_DATE_DAY, "Y17000000002" },
    { "", 5, ANNALS_DATE_DAY, "" },
    { "../..", 5, ANNALS_DATE_DAY, "../.." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i].edtf, NULL);
      g_autoptr(AnnalsDate) moved = NULL;

      g_assert_nonnull (date);
      moved = annals_date_dup_moved (date, cases[i].days * DAY, cases[i].precision);
      g_test_message ("%s by %d: %s", cases[i].edtf, (int) cases[i].days, annals_date_get_edtf (moved));
      g_assert_cmpstr (annals_date_get_edtf (moved), ==, cases[i].moved);
    }
}

static void
test_bound (void)
{
  static const struct
  {
    const char         *edtf;
    gboolean            is_end;
    const char         *bound;
    AnnalsDatePrecision precision;
    const char         *result;
  } cases[] = {
    { "2020-03-09", TRUE, "2020-03-13", ANNALS_DATE_DAY, "2020-03-09/2020-03-12" },
    { "2020-03-09", FALSE, "2020-03-05", ANNALS_DATE_DAY, "2020-03-05/2020-03-09" },
    { "2020-03-09", TRUE, "2020-03-10", ANNALS_DATE_DAY, "2020-03-09" },
    /* not before its beginning, not after its end */
    { "2020-03-09", TRUE, "2020-03-01", ANNALS_DATE_DAY, "2020-03-09" },
    { "2020-03-09", FALSE, "2020-04-01", ANNALS_DATE_DAY, "2020-03-09" },
    { "2020-03-09/2020-03-12", TRUE, "2020-05-01", ANNALS_DATE_MONTH, "2020-03-09/2020-04" },
    { "2020-03-09/2020-03-12", FALSE, "2020-03-10", ANNALS_DATE_DAY, "2020-03-10/2020-03-12" },
    { "2020-03-09/..", TRUE, "2020-04-02", ANNALS_DATE_DAY, "2020-03-09/2020-04-01" },
    { "2020-03-09/..", FALSE, "2020-03-11", ANNALS_DATE_DAY, "2020-03-11/.." },
    { "2020-03", TRUE, "2020-04-11", ANNALS_DATE_DAY, "2020-03/2020-04-10" },
    { "[2020-03-01..2020-03-10]", TRUE, "2020-03-16", ANNALS_DATE_DAY, "[2020-03-01..2020-03-15]" },
    { "[2020-03-01~..2020-03-10~]", FALSE, "2020-02-20", ANNALS_DATE_DAY, "[2020-02-20~..2020-03-10~]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i].edtf, NULL);
      g_autoptr(AnnalsDate) result = annals_date_dup_with_bound (date, cases[i].is_end,
                                                                 seconds_of (cases[i].bound),
                                                                 cases[i].precision);

      g_assert_cmpstr (annals_date_get_edtf (result), ==, cases[i].result);
    }
}

/* Any date by any time at any precision: a date that is read again, in its canonical form, and as far
 * away as it was asked, but for half of what it says.
 */
static void
test_any (void)
{
  static const char * const dates[] = {
    "2020-03-09", "2020-02~", "1999", "2020-01-31/2020-02-29", "[2020-03-01..2020-03-10]", "2020-24",
    "0001-01-01", "-0100-06", "2020-XX-XX", "{1999,2004}", "2019-12-31T23:59:59Z",
  };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (dates[round % G_N_ELEMENTS (dates)], NULL);
      AnnalsDatePrecision precision = g_test_rand_int_range (ANNALS_DATE_TIME, ANNALS_DATE_RANGE);
      gint64 delta = g_test_rand_int_range (-20000, 20000) * DAY;
      g_autoptr(AnnalsDate) moved = NULL;
      g_autoptr(AnnalsDate) bound = NULL;
      g_autoptr(AnnalsDate) again = NULL;
      gint64 before, after, to;

      if (precision == ANNALS_DATE_SEASON)
        precision = ANNALS_DATE_YEAR;
      moved = annals_date_dup_moved (date, delta, precision);
      again = annals_date_parse (annals_date_get_edtf (moved), NULL);
      g_assert_nonnull (again);
      g_assert_cmpstr (annals_date_get_edtf (again), ==, annals_date_get_edtf (moved));

      g_test_message ("%s by %d: %s", annals_date_get_edtf (date), (int) (delta / DAY),
                      annals_date_get_edtf (moved));
      g_assert_true (annals_date_get_from (date, &before));
      g_assert_true (annals_date_get_from (moved, &after));
      g_assert_true (annals_date_get_to (moved, &to));
      g_assert_cmpint (after, <, to);
      if (precision <= ANNALS_DATE_MONTH)
        g_assert_cmpint (ABS (after - before - delta), <=, 366 * DAY);

      bound = annals_date_dup_with_bound (date, g_test_rand_bit (), before + delta, precision);
      g_assert_true (annals_date_get_from (bound, &after));
      g_assert_true (annals_date_get_to (bound, &to));
      g_assert_cmpint (after, <, to);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dates/move/at", test_at);
  g_test_add_func ("/dates/move/moved", test_moved);
  g_test_add_func ("/dates/move/bound", test_bound);
  g_test_add_func ("/dates/move/any", test_any);

  return g_test_run ();
}
