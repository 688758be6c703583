/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html-parts.h"

#include "annals-html-chart-private.h"

#define LANE_HEADER 18.0
#define MIN_SPAN 1209600.0   /* two weeks: a shorter time is drawn in the middle of so much */
#define NARROW 6.2           /* mean width of a letter at 11 px, and of a Chinese one */
#define WIDE 11.0

/* from the best */
static const AnnalsHtmlDensity densities[] = {
  { 18, 4, 260, 170, 700 },
  { 15, 2, 120, 110, 1100 },
  { 5, 2, 0, 20, G_MAXDOUBLE },
};

/* --- words --- */

double
annals_html_chart_measure (const char *words,
                           gpointer    user_data)
{
  double width = 0;

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? WIDE : NARROW;
    }

  return width;
}

char *
annals_html_chart_dup_fitting (const char *words,
                               double      width)
{
  const char *p = words;
  double x = 0;

  if (annals_html_chart_measure (words, NULL) <= width)
    return g_strdup (words);

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      x += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? WIDE : NARROW;
      if (x > width - NARROW && !g_unichar_iszerowidth (c))
        break;
    }

  return g_strdup_printf ("%.*s…", (int) (p - words), words);
}

char *
annals_html_chart_dup_label (const AnnalsEvent *event)
{
  return g_strconcat (event->title, annals_report_date_is_uncertain (event->date) ? " ~" : "",
                      annals_date_get_flags (event->date) & ANNALS_DATE_OPEN_END ? " →" : "", NULL);
}

/* --- what is drawn --- */

static gboolean
has_place (const AnnalsEvent *event)
{
  return annals_date_get_from (event->date, NULL) || annals_date_get_to (event->date, NULL);
}

static void
add_lane (AnnalsHtmlChart  *self,
          const AnnalsLane *lane,
          GPtrArray        *events)
{
  guint index = self->lanes->len;

  if (events == NULL)
    return;

  g_ptr_array_add (self->lanes, (gpointer) lane);
  for (guint i = 0; i < events->len; i++)
    {
      g_ptr_array_add (self->events, events->pdata[i]);
      g_array_append_val (self->of_lane, index);
    }
}

/* The events that have a time, lane by lane in the timeline's order; those in none are last. */
static void
list_events (AnnalsHtmlChart *self)
{
  g_autoptr(GHashTable) of_lane = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *lanes = self->report->timeline->lanes;

  for (guint i = 0; i < self->report->events->len; i++)
    {
      AnnalsEvent *event = self->report->events->pdata[i];
      gpointer lane = (gpointer) annals_report_get_lane (self->report, event->lane_id);
      GPtrArray *events = g_hash_table_lookup (of_lane, lane);

      if (!has_place (event))
        continue;
      if (events == NULL)
        g_hash_table_insert (of_lane, lane, events = g_ptr_array_new ());
      g_ptr_array_add (events, event);
    }

  for (guint i = 0; i < lanes->len; i++)
    add_lane (self, lanes->pdata[i], g_hash_table_lookup (of_lane, lanes->pdata[i]));
  add_lane (self, NULL, g_hash_table_lookup (of_lane, NULL));
}

static void
init_axis (AnnalsHtmlChart *self)
{
  double from = G_MAXDOUBLE;
  double to = -G_MAXDOUBLE;
  double width = ANNALS_HTML_CHART_WIDTH - 2 * ANNALS_HTML_CHART_PADDING;
  double scale;

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = self->events->pdata[i];
      gint64 bound;

      if (annals_date_get_from (event->date, &bound))
        {
          from = MIN (from, (double) bound);
          to = MAX (to, (double) bound);
        }
      if (annals_date_get_to (event->date, &bound))
        {
          from = MIN (from, (double) bound);
          to = MAX (to, (double) bound);
        }
    }

  if (to - from < MIN_SPAN)
    {
      double middle = from + (to - from) / 2;

      from = middle - MIN_SPAN / 2;
      to = middle + MIN_SPAN / 2;
    }

  scale = (to - from) / (width - self->density->room);
  annals_axis_init (&self->axis, from, to + self->density->room * scale, width);
}

static void
lay_out (AnnalsHtmlChart *self)
{
  const AnnalsHtmlDensity *density = self->density;
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, self->events->len);
  AnnalsLayoutOptions options = { .lane_header = LANE_HEADER, .lane_padding = 8, .row_gap = density->gap,
                                  .column_gap = density->label > 0 ? 8 : 1, .min_bar = 4, .open_run = 18,
                                  .max_fade = 40 };

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = self->events->pdata[i];
      g_autofree char *label = annals_html_chart_dup_label (event);

      items[i].id = i + 1;
      items[i].uid = event->uid;
      items[i].title = event->title;
      items[i].lane = g_array_index (self->of_lane, guint, i);
      items[i].height = density->row;
      if (density->label > 0)
        items[i].width = MIN (density->label, annals_html_chart_measure (label, NULL)) + 2 * ANNALS_HTML_CHART_LABEL_GAP;
      annals_layout_item_set_date (&items[i], event->date);
    }

  g_clear_pointer (&self->layout, annals_layout_free);
  self->layout = annals_layout_new (items, self->events->len, self->lanes->len, annals_axis_get_scale (&self->axis),
                                    &options);
}

void
annals_html_append_chart (GString      *html,
                          AnnalsReport *report)
{
  g_autoptr(GPtrArray) lanes = g_ptr_array_new ();
  g_autoptr(GPtrArray) events = g_ptr_array_new ();
  g_autoptr(GArray) of_lane = g_array_new (FALSE, FALSE, sizeof (guint));
  AnnalsHtmlChart chart = { .html = html, .report = report, .lanes = lanes, .events = events, .of_lane = of_lane };

  list_events (&chart);
  if (events->len == 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (densities); i++)
    {
      chart.density = &densities[i];
      init_axis (&chart);
      lay_out (&chart);
      if (annals_layout_get_height (chart.layout) <= chart.density->highest)
        break;
    }

  annals_html_chart_draw (&chart);
  annals_layout_free (chart.layout);
}
