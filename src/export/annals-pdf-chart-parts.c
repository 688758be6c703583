/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-chart-private.h"

#include <math.h>

#define DAY 86400.0
#define MAX_EARLIER 8   /* events that began before a part */

/* Denser than a single drawing is, so that there are not too many parts. */
static const AnnalsPdfDensity part_density = { 11.5, 1.5, 110, 60, 0.94 };

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* When the events begin, in order. */
static GArray *
list_starts (GArray *items)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < items->len; i++)
    {
      double from;
      double to;

      if (annals_pdf_chart_get_span (&g_array_index (items, AnnalsPdfChartItem, i), &from, &to))
        g_array_append_val (starts, from);
    }
  g_array_sort (starts, compare_starts);

  return starts;
}

/* Whether what began earlier and goes on is drawn once more: where many do, they would fill every part, and there would
 * be hundreds of parts. */
static gboolean
shows_earlier (const AnnalsPdfChart *whole,
               double                from)
{
  guint n = 0;

  for (guint i = 0; i < whole->items->len; i++)
    {
      double first;
      double last;

      if (annals_pdf_chart_get_span (&g_array_index (whole->items, AnnalsPdfChartItem, i), &first, &last) &&
          first < from && last > from)
        n++;
    }

  return n <= MAX_EARLIER;
}

/* What lies in [from, to) of @whole, in the lanes that have something there. */
static AnnalsPdfChart
make_part (const AnnalsPdfChart *whole,
           double                from,
           double                to)
{
  AnnalsPdfChart part = { .pdf = whole->pdf, .lane_header = whole->lane_header, .unit = whole->unit,
                          .from = from, .to = to };
  gboolean with_earlier = shows_earlier (whole, from);
  guint lane = G_MAXUINT;

  part.lanes = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartLane));
  part.items = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartItem));
  for (guint i = 0; i < whole->items->len; i++)
    {
      AnnalsPdfChartItem item = g_array_index (whole->items, AnnalsPdfChartItem, i);
      double first;
      double last;

      if (!annals_pdf_chart_get_span (&item, &first, &last) || first >= to ||
          (first < from && (last <= from || !with_earlier)))
        continue;

      /* the items come lane by lane */
      if (item.lane != lane)
        g_array_append_val (part.lanes, g_array_index (whole->lanes, AnnalsPdfChartLane, item.lane));
      lane = item.lane;
      item.lane = part.lanes->len - 1;
      g_array_append_val (part.items, item);
    }

  return part;
}

static void
clear_part (AnnalsPdfChart *part)
{
  g_clear_pointer (&part->layout, annals_layout_free);
  g_array_unref (part->lanes);
  g_array_unref (part->items);
}

static gboolean
part_fits (const AnnalsPdfChart *whole,
           double                from,
           double                to)
{
  AnnalsPdfChart part = make_part (whole, from, to);
  gboolean fits = annals_pdf_chart_lay_out (&part, &part_density);

  clear_part (&part);
  return fits;
}

/* The beginning of the month if that is not too early, else of the day. */
static double
round_cut (double from,
           double cut)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) cut);
  g_autoptr(GDateTime) month = NULL;
  double day = floor (cut / DAY) * DAY;

  if (time != NULL)
    month = g_date_time_new_utc (g_date_time_get_year (time), g_date_time_get_month (time), 1, 0, 0, 0);
  if (month != NULL && (double) g_date_time_to_unix (month) > from + (cut - from) * 0.6)
    return (double) g_date_time_to_unix (month);

  return MAX (day, from + DAY);
}

/* Where a part that begins at @from has to end so as to fit on a page. */
static double
find_cut (const AnnalsPdfChart *whole,
          GArray               *starts,
          double                from,
          double                to)
{
  guint low = 0;     /* starts before @from or at it fit, as nothing else is possible */
  guint first;
  guint high;

  if (part_fits (whole, from, to))
    return to;

  while (low < starts->len && g_array_index (starts, double, low) <= from)
    low++;
  first = low;
  high = starts->len;
  while (high > low)
    {
      guint middle = low + (high - low) / 2;

      if (part_fits (whole, from, g_array_index (starts, double, middle)))
        low = middle + 1;
      else
        high = middle;
    }

  /* What runs at @from does not fit by itself, and would not a day later: till something else begins it is one page. */
  if (low == first)
    return first < starts->len ? MIN (to, g_array_index (starts, double, first)) : to;

  return MIN (to, round_cut (from, g_array_index (starts, double, low - 1)));
}

/* The head of its page says what time it shows. */
static void
name_part (const AnnalsPdfChart *part)
{
  g_autofree char *edtf = NULL;
  g_autofree char *display = NULL;
  g_autofree char *first = annals_pdf_chart_format_day (part->from);
  g_autofree char *last = annals_pdf_chart_format_day (MAX (part->from, part->to - 1));
  g_autoptr(AnnalsDate) date = NULL;

  edtf = g_strconcat (first, "/", last, NULL);
  date = annals_date_parse (edtf, NULL);
  display = date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
  annals_pdf_set_section (part->pdf, display);
}

void
annals_pdf_chart_place_parts (const AnnalsPdfChart *whole)
{
  g_autoptr(GArray) starts = list_starts (whole->items);
  double to = MAX (whole->to, whole->from + 1);
  double from = whole->from;

  while (from < to && !annals_pdf_has_failed (whole->pdf))
    {
      double cut = find_cut (whole, starts, from, to);
      AnnalsPdfChart part = make_part (whole, from, cut);

      if (part.items->len > 0)
        {
          name_part (&part);
          annals_pdf_chart_lay_out (&part, &part_density);
          annals_pdf_chart_place (&part, NULL);
        }
      clear_part (&part);
      from = cut;
    }
}
