/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-ends.h"

typedef struct
{
  const char *edtf;
  const char *first;   /* as describe() writes it */
  const char *last;
} Case;

static const Case cases[] = {
  { "", "-", "-" },
  { "2020", "year 2020", "year 2020" },
  { "2020-03", "month 2020-3", "month 2020-3" },
  { "2020-03-09", "day 2020-3-9", "day 2020-3-9" },
  { "2020-03-09T23:30:00-05:00", "time 2020-3-9 23:30:0", "time 2020-3-9 23:30:0" },
  { "2020-03-09T23:30Z", "time 2020-3-9 23:30", "time 2020-3-9 23:30" },
  { "2020-03~", "month 2020-3 ~", "month 2020-3 ~" },
  { "2020?", "year 2020 ?", "year 2020 ?" },
  { "2020-21", "season 2020s21", "season 2020s21" },
  { "195X", "decade 1950 X", "decade 1959 X" },
  { "19XX", "century 1900 X", "century 1999 X" },
  { "2020-XX", "year 2020 X", "year 2020 X" },
  { "2020-03-XX", "month 2020-3 X", "month 2020-3 X" },
  { "2020-XX-05", "year 2020 X", "year 2020 X" },
  { "-0043-03-15", "day -43-3-15", "day -43-3-15" },
  { "Y-170000", "year -170000", "year -170000" },
  { "2020-03-09/2020-04", "day 2020-3-9", "month 2020-4" },
  { "2020-03~/..", "month 2020-3 ~", "-" },
  { "../2020", "-", "year 2020" },
  { "/2020?", "-", "year 2020 ?" },
  { "[2020-03-12,2020-03-01~..2020-03-10]", "day 2020-3-1 ~", "day 2020-3-12" },
  { "{..1760,1670}", "-", "year 1760" },
};

static char *
describe (AnnalsDate *date,
          gboolean    last)
{
  static const char * const names[] = { "-", "time", "day", "month", "season", "year", "decade", "century", "range" };
  GString *out = g_string_new (NULL);
  AnnalsDateEnd end;

  annals_date_get_end (date, last, &end);
  g_string_append (out, names[end.precision]);
  if (end.precision == ANNALS_DATE_UNDATED)
    return g_string_free (out, FALSE);

  g_string_append_printf (out, " %" G_GINT64_FORMAT, end.year);
  if (end.season != 0)
    g_string_append_printf (out, "s%d", end.season);
  if (end.month != 0)
    g_string_append_printf (out, "-%d", end.month);
  if (end.day != 0)
    g_string_append_printf (out, "-%d", end.day);
  if (end.hour >= 0)
    g_string_append_printf (out, " %d:%02d", end.hour, end.minute);
  if (end.second >= 0)
    g_string_append_printf (out, ":%d", end.second);
  if (end.flags != ANNALS_DATE_EXACT)
    g_string_append (out, " ");
  if (end.flags & ANNALS_DATE_APPROXIMATE)
    g_string_append (out, "~");
  if (end.flags & ANNALS_DATE_UNCERTAIN)
    g_string_append (out, "?");
  if (end.flags & ANNALS_DATE_UNSPECIFIED)
    g_string_append (out, "X");

  return g_string_free (out, FALSE);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i].edtf, &error);
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      g_assert_no_error (error);
      g_test_message ("%s", cases[i].edtf);
      first = describe (date, FALSE);
      last = describe (date, TRUE);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_cmpstr (last, ==, cases[i].last);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dates/ends", test_cases);

  return g_test_run ();
}
