/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-axis.h"
#include "annals-calendar.h"
#include "annals-date.h"

#include <math.h>
#include <string.h>

#define DAY 86400.0
#define YEAR 31556952.0

static double
unix_time (const char *edtf)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, &error);
  gint64 from = 0;

  g_assert_no_error (error);
  g_assert_true (annals_date_get_from (date, &from));
  return from;
}

static void
assert_near (double a,
             double b,
             double tolerance)
{
  if (fabs (a - b) > tolerance)
    g_error ("%.17g is not %.17g", a, b);
}

static void
random_axis (AnnalsAxis *axis)
{
  double span = exp (g_test_rand_double_range (log (ANNALS_AXIS_MIN_SPAN),
                                               log (ANNALS_AXIS_MAX_SPAN)));
  double from = g_test_rand_double_range (ANNALS_AXIS_FIRST, ANNALS_AXIS_LAST - span);

  /* half of them near today, where people look */
  if (g_test_rand_bit ())
    from = g_test_rand_double_range (-30 * YEAR, 60 * YEAR) - span / 2;

  annals_axis_init (axis, from, from + span, g_test_rand_double_range (100.0, 4000.0));
}

static void
assert_limits (const AnnalsAxis *axis)
{
  double span = axis->to - axis->from;

  g_assert_cmpfloat (span, >=, ANNALS_AXIS_MIN_SPAN * (1 - 1e-6));
  g_assert_cmpfloat (span, <=, ANNALS_AXIS_MAX_SPAN * (1 + 1e-6));
  g_assert_cmpfloat (axis->from, >=, ANNALS_AXIS_FIRST - 1.0);
  g_assert_cmpfloat (axis->to, <=, ANNALS_AXIS_LAST + 1.0);
}

static void
test_reach (void)
{
  g_assert_cmpfloat (ANNALS_AXIS_LAST, ==, unix_time ("Y13000"));
  g_assert_cmpfloat (ANNALS_AXIS_FIRST, ==, unix_time ("Y-10000"));
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 2000; i++)
    {
      AnnalsAxis axis;
      double x;
      double span;

      random_axis (&axis);
      assert_limits (&axis);
      span = axis.to - axis.from;
      x = g_test_rand_double_range (-2 * axis.width, 3 * axis.width);

      /* near 1e11 seconds a double holds 1.5e-5 s */
      assert_near (annals_axis_to_x (&axis, annals_axis_to_time (&axis, x)), x,
                   1e-6 + 1e-3 * axis.width / span);
      assert_near (annals_axis_to_x (&axis, axis.from), 0.0, 1e-9);
      assert_near (annals_axis_to_x (&axis, axis.to), axis.width, 1e-6);
      assert_near (annals_axis_get_scale (&axis) * axis.width, span, 1e-6 * span);
    }
}

static void
test_pan_and_zoom (void)
{
  for (int i = 0; i < 2000; i++)
    {
      AnnalsAxis axis;
      AnnalsAxis before;
      double x;
      double time;
      double factor = exp (g_test_rand_double_range (-2.0, 2.0));

      random_axis (&axis);
      before = axis;
      x = g_test_rand_double_range (0.0, axis.width);
      time = annals_axis_to_time (&axis, x);

      annals_axis_zoom (&axis, x, factor);
      assert_limits (&axis);
      if (axis.from > ANNALS_AXIS_FIRST && axis.to < ANNALS_AXIS_LAST)
        assert_near (annals_axis_to_time (&axis, x), time, 1e-3 + 1e-9 * (axis.to - axis.from));

      axis = before;
      annals_axis_pan (&axis, x);
      assert_limits (&axis);
      assert_near (axis.to - axis.from, before.to - before.from, 1e-3);
      if (axis.from > ANNALS_AXIS_FIRST)
        assert_near (annals_axis_to_x (&axis, time), 2 * x, 1e-3);

      annals_axis_pan (&axis, -1e30);
      assert_limits (&axis);
      annals_axis_pan (&axis, 1e30);
      assert_limits (&axis);
      annals_axis_zoom (&axis, x, 1e-30);
      assert_limits (&axis);
      annals_axis_zoom (&axis, x, 1e30);
      assert_limits (&axis);
    }
}

/* What is below each finger stays there, however both move. */
static void
test_pinch (void)
{
  for (int i = 0; i < 2000; i++)
    {
      AnnalsAxis begun, axis;
      double left, right, to_left, to_right;

      random_axis (&begun);
      left = g_test_rand_double_range (0.0, begun.width / 2);
      right = left + g_test_rand_double_range (40.0, begun.width / 2 + 40.0);
      to_left = g_test_rand_double_range (0.0, begun.width / 2);
      to_right = to_left + g_test_rand_double_range (40.0, begun.width / 2 + 40.0);
      axis = begun;
      /* from where another move has left it */
      annals_axis_zoom (&axis, left, 1.7);
      annals_axis_pinch (&axis, &begun, (left + right) / 2, (to_left + to_right) / 2,
                         (to_right - to_left) / (right - left));
      assert_limits (&axis);
      if (axis.from <= ANNALS_AXIS_FIRST || axis.to >= ANNALS_AXIS_LAST ||
          axis.to - axis.from <= ANNALS_AXIS_MIN_SPAN * 1.001 || axis.to - axis.from >= ANNALS_AXIS_MAX_SPAN * 0.999)
        continue;

      assert_near (annals_axis_to_time (&axis, to_left), annals_axis_to_time (&begun, left),
                   1e-3 + 1e-6 * (axis.to - axis.from));
      assert_near (annals_axis_to_time (&axis, to_right), annals_axis_to_time (&begun, right),
                   1e-3 + 1e-6 * (axis.to - axis.from));
    }
}

/* A throw goes as far at 240 frames a second as at 10, and comes to rest. */
static void
test_coast (void)
{
  static const double steps[] = { 1 / 240.0, 1 / 60.0, 0.1 };
  double reached[G_N_ELEMENTS (steps)];

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      AnnalsAxis axis;
      double velocity = -1500;
      double from;
      guint n = 0;

      annals_axis_init (&axis, 0, 1000 * DAY, 1000);
      from = axis.from;
      g_assert_true (annals_axis_coast (&axis, &velocity, 0));
      g_assert_cmpfloat (axis.from, ==, from);
      while (annals_axis_coast (&axis, &velocity, steps[i]))
        {
          g_assert_cmpfloat (axis.from, >, from);
          from = axis.from;
          g_assert_cmpuint (++n, <, 1000);
        }
      reached[i] = axis.from / DAY;
      assert_near (axis.to - axis.from, 1000 * DAY, 1e-3);
    }

  /* points that it went: the speed over the friction, less what is left of it */
  assert_near (reached[0], 1500 / 4.0, 5);
  assert_near (reached[1], reached[0], 2);
  assert_near (reached[2], reached[0], 2);
}

/* Nothing is behind the ends of time. */
static void
test_coast_to_end (void)
{
  AnnalsAxis axis;
  double velocity = -1e6;

  annals_axis_init (&axis, ANNALS_AXIS_LAST - 100 * DAY, ANNALS_AXIS_LAST, 1000);
  g_assert_false (annals_axis_coast (&axis, &velocity, 0.1));
  assert_limits (&axis);
  velocity = 5;
  g_assert_false (annals_axis_coast (&axis, &velocity, 0.1));
}

static void
test_set_width (void)
{
  AnnalsAxis axis;

  annals_axis_init (&axis, 0.0, 100 * DAY, 1000.0);
  annals_axis_set_width (&axis, 1500.0);
  assert_near (axis.from, 0.0, 1e-6);
  assert_near (axis.to, 150 * DAY, 1e-3);
  annals_axis_set_width (&axis, -5.0);
  g_assert_cmpfloat (axis.width, ==, 1.0);
  assert_limits (&axis);
}

static void
test_fit (void)
{
  AnnalsAxis axis;
  AnnalsRange ranges[] = {
    { 10 * DAY, 20 * DAY }, { 5 * DAY, 6 * DAY }, { -INFINITY, 25 * DAY }, { 12 * DAY, INFINITY },
  };
  AnnalsRange instant = { unix_time ("2020-03-09"), unix_time ("2020-03-09") };
  AnnalsRange nothing = { -INFINITY, INFINITY };
  AnnalsAxis before;

  annals_axis_init (&axis, 0.0, DAY, 1000.0);
  g_assert_true (annals_axis_fit (&axis, ranges, G_N_ELEMENTS (ranges), 50.0));
  assert_near (annals_axis_to_x (&axis, 5 * DAY), 50.0, 1e-6);
  assert_near (annals_axis_to_x (&axis, 25 * DAY), 950.0, 1e-6);

  before = axis;
  g_assert_false (annals_axis_fit (&axis, NULL, 0, 50.0));
  g_assert_false (annals_axis_fit (&axis, &nothing, 1, 50.0));
  g_assert_cmpmem (&axis, sizeof axis, &before, sizeof before);

  g_assert_true (annals_axis_fit (&axis, &instant, 1, 50.0));
  assert_near (annals_axis_to_x (&axis, instant.from), 500.0, 1e-6);
  g_assert_cmpfloat (axis.to - axis.from, >, 20 * DAY);

  /* a margin wider than the window, and events beyond the axis' reach */
  annals_axis_show (&axis, 0.0, DAY, 1e9);
  assert_limits (&axis);
  g_assert_cmpfloat (annals_axis_to_x (&axis, DAY) - annals_axis_to_x (&axis, 0.0), >, 100.0);
  annals_axis_show (&axis, -1e18, 1e18, 10.0);
  assert_limits (&axis);
  annals_axis_show (&axis, 1e17, 1e18, 10.0);
  assert_limits (&axis);
}

static double
wide (const char *label,
      gpointer    user_data)
{
  return strlen (label) * *(double *) user_data;
}

static void
test_tick_properties (void)
{
  for (int i = 0; i < 1500; i++)
    {
      AnnalsAxis axis;
      double letter = g_test_rand_double_range (1.0, 20.0);
      g_autoptr(GArray) ticks = NULL;
      gint64 last = G_MININT64;
      double end = -INFINITY;
      guint labels = 0;

      random_axis (&axis);
      ticks = annals_axis_dup_ticks (&axis, wide, &letter);
      g_assert_cmpuint (ticks->len, <, axis.width);

      for (guint j = 0; j < ticks->len; j++)
        {
          const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, j);

          g_assert_cmpint (tick->seconds, >, last);
          last = tick->seconds;
          g_assert_cmpfloat (tick->seconds, >=, axis.from);
          g_assert_cmpfloat (tick->seconds, <, axis.to);
          assert_near (tick->x, annals_axis_to_x (&axis, tick->seconds), 1e-9);
          g_assert_true ((tick->label == NULL) == (tick->kind == ANNALS_TICK_MINOR));

          if (!tick->label)
            continue;

          labels++;
          g_assert_true (g_utf8_validate (tick->label, -1, NULL));
          assert_near (tick->label_width, strlen (tick->label) * letter, 1e-9);
          g_assert_cmpfloat (tick->x, >=, end);
          end = tick->x + tick->label_width;
        }

      if (axis.width > 60 * letter && axis.width > 400)
        g_assert_cmpuint (labels, >=, 1);
    }
}

/* The labels of an axis, separated by " | ", minor ticks counted only when @with_minor */
static char *
dup_labels (const char *from,
            const char *to,
            double      width)
{
  AnnalsAxis axis;
  g_autoptr(GArray) ticks = NULL;
  GString *labels = g_string_new (NULL);

  annals_axis_init (&axis, unix_time (from), unix_time (to), width);
  ticks = annals_axis_dup_ticks (&axis, NULL, NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);

      if (tick->label)
        g_string_append_printf (labels, "%s%s%s", labels->len ? " | " : "", tick->label,
                                tick->kind == ANNALS_TICK_MAJOR ? "!" : "");
    }

  return g_string_free (labels, FALSE);
}

static void
test_first_weekday (void)
{
  static const struct { int weekday; const char *labels; } cases[] = {
    { 1, "Feb 24, 2020! | Mar 2! | Mar 9 | Mar 16 | Mar 23 | Mar 30 | Apr 6! | Apr 13" },
    { 6, "Feb 22, 2020! | Feb 29 | Mar 7! | Mar 14 | Mar 21 | Mar 28 | Apr 4! | Apr 11 | Apr 18" },
    { 7, "Feb 23, 2020! | Mar 1! | Mar 8 | Mar 15 | Mar 22 | Mar 29 | Apr 5! | Apr 12 | Apr 19" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *labels = NULL;

      annals_calendar_set_first_weekday (cases[i].weekday);
      labels = dup_labels ("2020-02-20", "2020-04-20", 900);
      annals_calendar_set_first_weekday (1);
      g_assert_cmpstr (labels, ==, cases[i].labels);
    }
}

static void
test_tick_labels (void)
{
  static const struct { const char *from, *to; double width; const char *labels; } cases[] = {
    /* weeks from Monday; 24 February 2020 was one */
    { "2020-02-20", "2020-04-20", 900,
      "Feb 24, 2020! | Mar 2! | Mar 9 | Mar 16 | Mar 23 | Mar 30 | Apr 6! | Apr 13" },
    /* a leap day; where a label with its year is wider than a step, its neighbour has none */
    { "2020-02-26", "2020-03-04", 500, "Feb 26, 2020! | Feb 28 | Feb 29 | Mar 1! | Mar 2 | Mar 3" },
    { "2019-02-26", "2019-03-04", 570,
      "Feb 26, 2019! | Feb 27 | Feb 28 | Mar 1! | Mar 2 | Mar 3" },
    { "2020-10-15", "2021-03-15", 400, "Nov | Dec | Jan 2021! | Feb | Mar" },
    { "2020-01-01", "2022-01-01", 450, "Jan 2020! | Jul | Oct | Jan 2021! | Jul | Oct" },
    { "2015-06", "2022-06", 700, "2016 | 2017 | 2018 | 2019 | 2020! | 2021 | 2022" },
    { "1890", "2030", 800,
      "1890 | 1900! | 1910 | 1920 | 1930 | 1940 | 1950 | 1960 | 1970 | 1980 | 1990 | 2000! | "
      "2010 | 2020" },
    { "1200", "2100", 700, "1200 | 1300 | 1400 | 1500 | 1600 | 1700 | 1800 | 1900 | 2000!" },
    { "2020-03-08T20:00Z", "2020-03-09T08:00Z", 400, "21:00 | Mar 9! | 03:00 | 06:00" },
    { "2020-03-09T10:00Z", "2020-03-09T11:00Z", 560, "Mar 9, 2020 10:00! | 10:15 | 10:30 | 10:45" },
    /* across the year 1, between 2 BC and AD 3 */
    { "-0002", "0003", 500, "3 BC | 2 BC | 1 BC! | AD 1 | AD 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *labels = dup_labels (cases[i].from, cases[i].to, cases[i].width);

      g_test_message ("%s to %s: %s", cases[i].from, cases[i].to, labels);
      g_assert_cmpstr (labels, ==, cases[i].labels);
    }
}

static void
test_snap (void)
{
  AnnalsAxis axis;

  /* 10 points a day */
  annals_axis_init (&axis, unix_time ("2020-01-01"), unix_time ("2020-04-10"), 1000.0);
  g_assert_cmpfloat (annals_axis_snap (&axis, unix_time ("2020-03-09T11:00Z")), ==,
                     unix_time ("2020-03-09"));
  g_assert_cmpfloat (annals_axis_snap (&axis, unix_time ("2020-03-09T13:00Z")), ==,
                     unix_time ("2020-03-10"));

  /* a century: years */
  annals_axis_init (&axis, unix_time ("1920"), unix_time ("2020"), 1000.0);
  g_assert_cmpfloat (annals_axis_snap (&axis, unix_time ("1950-02")), ==, unix_time ("1950"));
  g_assert_cmpfloat (annals_axis_snap (&axis, 1e300), >, 0.0);
}

static void
test_precision (void)
{
  static const struct { double points_a_day; AnnalsDatePrecision precision; } cases[] = {
    { 20000, ANNALS_DATE_TIME }, { 300, ANNALS_DATE_TIME }, { 100, ANNALS_DATE_DAY }, { 10, ANNALS_DATE_DAY },
    { 4, ANNALS_DATE_MONTH }, { 0.05, ANNALS_DATE_YEAR }, { 0.003, ANNALS_DATE_DECADE },
    { 0.0003, ANNALS_DATE_CENTURY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AnnalsAxis axis;

      annals_axis_init (&axis, 1.5e9, 1.5e9 + 1000 * 86400.0 / cases[i].points_a_day, 1000);
      g_assert_cmpint (annals_axis_get_precision (&axis), ==, cases[i].precision);
    }
}

/* Zooming about a point: it stays at its place all the way, and the zoom changes in even steps. */
static void
test_interpolate (void)
{
  AnnalsAxis from, to, half, moved;
  double time;

  annals_axis_init (&from, 0, 1e6, 800);
  to = from;
  annals_axis_zoom (&to, 300, 16);
  time = annals_axis_to_time (&from, 300);

  half = annals_axis_interpolate (&from, &to, 0.5);
  g_assert_cmpfloat_with_epsilon (annals_axis_to_x (&half, time), 300, 1e-6);
  g_assert_cmpfloat_with_epsilon (annals_axis_get_scale (&half), annals_axis_get_scale (&from) / 4, 1e-6);
  half = annals_axis_interpolate (&from, &to, 1);
  g_assert_cmpfloat (half.from, ==, to.from);
  half = annals_axis_interpolate (&from, &to, 0);
  g_assert_cmpfloat (half.to, ==, from.to);

  moved = from;
  annals_axis_pan (&moved, 100);
  half = annals_axis_interpolate (&from, &moved, 0.5);
  g_assert_cmpfloat_with_epsilon (annals_axis_to_x (&half, 0), 50, 1e-6);
  g_assert_cmpfloat_with_epsilon (annals_axis_get_scale (&half), annals_axis_get_scale (&from), 1e-6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/axis/reach", test_reach);
  g_test_add_func ("/timeline/axis/round-trip", test_round_trip);
  g_test_add_func ("/timeline/axis/pan-and-zoom", test_pan_and_zoom);
  g_test_add_func ("/timeline/axis/pinch", test_pinch);
  g_test_add_func ("/timeline/axis/coast", test_coast);
  g_test_add_func ("/timeline/axis/coast-to-end", test_coast_to_end);
  g_test_add_func ("/timeline/axis/set-width", test_set_width);
  g_test_add_func ("/timeline/axis/fit", test_fit);
  g_test_add_func ("/timeline/axis/tick-properties", test_tick_properties);
  g_test_add_func ("/timeline/axis/tick-labels", test_tick_labels);
  g_test_add_func ("/timeline/axis/first-weekday", test_first_weekday);
  g_test_add_func ("/timeline/axis/snap", test_snap);

  g_test_add_func ("/timeline/axis/precision", test_precision);
  g_test_add_func ("/timeline/axis/interpolate", test_interpolate);

  return g_test_run ();
}
