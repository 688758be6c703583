/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-axis.h"
#include "annals-html.h"
#include "annals-layout.h"
#include "annals-palette.h"

#define WIDTH 960.0
#define PADDING 10.0
#define AXIS_HEIGHT 22.0
#define LANE_HEADER 18.0
#define LABEL_GAP 6.0        /* between a bar's beginning and its title */
#define LINE 4.0             /* from the middle of a row down to the line that letters stand on */
#define ARROW 6.0
#define EDGE 2.0             /* of a bar whose beginning is known */
#define MIN_SPAN 1209600.0   /* two weeks: a shorter time is drawn in the middle of so much */
#define NARROW 6.2           /* mean width of a letter at 11 px, and of a Chinese one */
#define WIDE 11.0

/* How much of the titles there is room for, from the best. */
typedef struct
{
  double row;       /* height of a bar */
  double gap;       /* between rows */
  double label;     /* widest title; 0: no titles */
  double room;      /* right of the last event, for its title */
  double highest;   /* of the drawing */
} Density;

static const Density densities[] = {
  { 18, 4, 260, 170, 700 },
  { 15, 2, 120, 110, 1100 },
  { 5, 2, 0, 20, G_MAXDOUBLE },
};

typedef struct
{
  GString       *html;
  AnnalsReport  *report;
  GPtrArray     *lanes;      /* (element-type AnnalsLane): those with events; NULL for the events in none */
  GPtrArray     *events;     /* (element-type AnnalsEvent): by lane */
  GArray        *of_lane;    /* (element-type guint): parallel: its lane's index */
  AnnalsAxis     axis;
  AnnalsLayout  *layout;
  const Density *density;
  double         top;        /* of the first lane */
} Chart;

void
annals_html_append_number (GString *html,
                           double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *dot;

  g_ascii_formatd (buffer, sizeof buffer, "%.1f", number);
  dot = g_strrstr (buffer, ".0");
  if (dot != NULL && dot[2] == '\0')
    *dot = '\0';
  g_string_append (html, buffer);
}

/* name="12.5" */
static void
append_length (GString    *html,
               const char *name,
               double      number)
{
  g_string_append_printf (html, " %s=\"", name);
  annals_html_append_number (html, number);
  g_string_append_c (html, '"');
}

static double
measure_cb (const char *label,
            gpointer    user_data)
{
  double width = 0;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? WIDE : NARROW;
    }

  return width;
}

/* As much of @text as fits into @width. */
static char *
dup_fitting (const char *text,
             double      width)
{
  const char *p = text;
  double x = 0;

  if (measure_cb (text, NULL) <= width)
    return g_strdup (text);

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      x += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? WIDE : NARROW;
      if (x > width - NARROW && !g_unichar_iszerowidth (c))
        break;
    }

  return g_strdup_printf ("%.*s…", (int) (p - text), text);
}

static char *
make_label (const AnnalsEvent *event)
{
  return g_strconcat (event->title, annals_report_date_is_uncertain (event->date) ? " ~" : "",
                      annals_date_get_flags (event->date) & ANNALS_DATE_OPEN_END ? " →" : "", NULL);
}

static gboolean
has_place (const AnnalsEvent *event)
{
  return annals_date_get_from (event->date, NULL) || annals_date_get_to (event->date, NULL);
}

static void
add_lane (Chart            *self,
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
list_events (Chart *self)
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
init_axis (Chart *self)
{
  double from = G_MAXDOUBLE;
  double to = -G_MAXDOUBLE;
  double width = WIDTH - 2 * PADDING;
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
lay_out (Chart *self)
{
  const Density *density = self->density;
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, self->events->len);
  AnnalsLayoutOptions options = { .lane_header = LANE_HEADER, .lane_padding = 8, .row_gap = density->gap,
                                  .column_gap = density->label > 0 ? 8 : 1, .min_bar = 4, .open_run = 18,
                                  .max_fade = 40 };

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = self->events->pdata[i];
      g_autofree char *label = make_label (event);

      items[i].id = i + 1;
      items[i].uid = event->uid;
      items[i].title = event->title;
      items[i].lane = g_array_index (self->of_lane, guint, i);
      items[i].height = density->row;
      if (density->label > 0)
        items[i].width = MIN (density->label, measure_cb (label, NULL)) + 2 * LABEL_GAP;
      annals_layout_item_set_date (&items[i], event->date);
    }

  g_clear_pointer (&self->layout, annals_layout_free);
  self->layout = annals_layout_new (items, self->events->len, self->lanes->len, annals_axis_get_scale (&self->axis),
                                    &options);
}

static void
append_line (GString    *html,
             const char *name,
             double      x1,
             double      y1,
             double      x2,
             double      y2)
{
  g_string_append_printf (html, "<line class=\"%s\"", name);
  append_length (html, "x1", x1);
  append_length (html, "y1", y1);
  append_length (html, "x2", x2);
  append_length (html, "y2", y2);
  g_string_append (html, "/>\n");
}

static void
append_rect (GString    *html,
             const char *name,
             double      x,
             double      y,
             double      width,
             double      height)
{
  g_string_append_printf (html, "<rect class=\"%s\" rx=\"2\"", name);
  append_length (html, "x", x);
  append_length (html, "y", y);
  append_length (html, "width", width);
  append_length (html, "height", height);
  g_string_append (html, "/>\n");
}

static void
append_words (GString    *html,
              const char *name,
              double      x,
              double      y,
              const char *words)
{
  g_string_append_printf (html, "<text%s%s%s", *name != '\0' ? " class=\"" : "", name, *name != '\0' ? "\"" : "");
  append_length (html, "x", x);
  append_length (html, "y", y);
  annals_html_append_format (html, ">%s</text>\n", words);
}

static void
append_arrow (GString *html,
              double   x,
              double   y,
              double   direction)   /* 1: to the right */
{
  g_string_append (html, "<path class=\"edge\" d=\"M");
  annals_html_append_number (html, x);
  g_string_append_c (html, ' ');
  annals_html_append_number (html, y - ARROW * 0.7);
  g_string_append_c (html, 'L');
  annals_html_append_number (html, x + direction * ARROW);
  g_string_append_c (html, ' ');
  annals_html_append_number (html, y);
  g_string_append_c (html, 'L');
  annals_html_append_number (html, x);
  g_string_append_c (html, ' ');
  annals_html_append_number (html, y + ARROW * 0.7);
  g_string_append (html, "Z\"/>\n");
}

static void
append_box (GString             *html,
            const AnnalsPlaced  *placed,
            double               x,
            double               y,
            double               width)
{
  gboolean unsure = placed->flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN);
  /* what is no wider than a letter would fade away altogether */
  gboolean fade_start = placed->fade_start > 0 && width > NARROW;
  gboolean fade_end = placed->fade_end > 0 && width > NARROW;
  const char *mask = fade_start && fade_end ? "fade-both" : fade_start ? "fade-start" : fade_end ? "fade-end" : "";

  if (*mask != '\0')
    g_string_append_printf (html, "<g mask=\"url(#%s)\">\n", mask);
  append_rect (html, unsure ? "bar unsure" : "bar", x, y, width, placed->bar.height);
  if (*mask != '\0')
    g_string_append (html, "</g>\n");

  if (!unsure && placed->fade_start <= 0 && !(placed->flags & ANNALS_LAYOUT_OPEN_START))
    append_rect (html, "edge", x, y, EDGE, placed->bar.height);
}

static void
append_event (Chart              *self,
              const AnnalsPlaced *placed)
{
  const AnnalsEvent *event = self->events->pdata[placed->index];
  double offset = annals_layout_get_offset (self->layout, &self->axis);
  double left = CLAMP (placed->bar.x + offset, ARROW, self->axis.width - ARROW - 1);
  double right = CLAMP (placed->bar.x + offset + placed->bar.width, left + 1, self->axis.width - ARROW);
  double x = PADDING + left;
  double y = self->top + placed->bar.y;
  double middle = y + placed->bar.height / 2;
  g_autofree char *display = annals_date_dup_display (event->date);

  annals_html_append_format (self->html, "<a href=\"#event-%s\" tabindex=\"-1\"><title>%s: %s</title>\n", event->uid,
                             display, event->title);
  append_box (self->html, placed, x, y, right - left);
  if (placed->flags & ANNALS_LAYOUT_OPEN_END)
    append_arrow (self->html, x + right - left, middle, 1);
  if (placed->flags & ANNALS_LAYOUT_OPEN_START)
    append_arrow (self->html, x, middle, -1);
  if (self->density->label > 0)
    {
      g_autofree char *label = make_label (event);
      double room = MIN (MAX (self->density->label, right - left - 2 * LABEL_GAP), self->axis.width - left - LABEL_GAP);
      g_autofree char *words = dup_fitting (label, room);

      append_words (self->html, "", x + LABEL_GAP, middle + LINE, words);
    }
  g_string_append (self->html, "</a>\n");
}

/* The positions of what is placed, lane by lane, each lane's in order of time. */
static guint *
dup_by_lane (const AnnalsLaneBox *boxes,
             guint                n_lanes,
             const AnnalsPlaced  *placed,
             guint                n_placed)
{
  g_autofree guint *next = g_new0 (guint, n_lanes + 1);
  guint *positions = g_new0 (guint, n_placed + 1);

  for (guint i = 0; i < n_lanes; i++)
    next[i + 1] = next[i] + boxes[i].n_items;
  for (guint i = 0; i < n_placed; i++)
    positions[next[placed[i].lane]++] = i;

  return positions;
}

static void
append_lane_head (Chart            *self,
                  const AnnalsLane *lane,
                  double            y)
{
  g_autofree char *name = dup_fitting (lane->name, self->axis.width * 0.6);

  append_rect (self->html, "edge", PADDING, y + 5, 8, 8);
  append_words (self->html, "name", PADDING + 13, y + 13, name);
}

static void
append_lanes (Chart *self)
{
  guint n_lanes, n_placed;
  const AnnalsLaneBox *boxes = annals_layout_get_lanes (self->layout, &n_lanes);
  const AnnalsPlaced *placed = annals_layout_get_placed (self->layout, &n_placed);
  g_autofree guint *positions = dup_by_lane (boxes, n_lanes, placed, n_placed);
  const guint *position = positions;

  for (guint i = 0; i < n_lanes; i++)
    {
      const AnnalsLane *lane = self->lanes->pdata[i];
      const AnnalsColour *colour = annals_palette_lookup (lane != NULL ? lane->colour : self->report->timeline->colour);
      double y = self->top + boxes[i].top;

      g_string_append_printf (self->html, "<g%s%s%s>\n", colour != NULL ? " class=\"c-" : "",
                              colour != NULL ? colour->name : "", colour != NULL ? "\"" : "");
      if (i > 0)
        append_line (self->html, "grid", PADDING, y, WIDTH - PADDING, y);
      if (lane != NULL)
        append_lane_head (self, lane, y);
      for (guint j = 0; j < boxes[i].n_items; j++)
        append_event (self, &placed[*position++]);
      g_string_append (self->html, "</g>\n");
    }
}

static void
append_axis (Chart  *self,
             double  bottom)
{
  g_autoptr(GArray) ticks = annals_axis_dup_ticks (&self->axis, measure_cb, NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);
      double x = PADDING + tick->x;

      if (tick->label == NULL)
        {
          append_line (self->html, "major", x, bottom, x, bottom + 3);
          continue;
        }
      append_line (self->html, tick->kind == ANNALS_TICK_MAJOR ? "major" : "grid", x, self->top, x, bottom + 5);
      if (tick->x + tick->label_width <= self->axis.width)
        append_words (self->html, "tick", x + 3, bottom + 15, tick->label);
    }
  append_line (self->html, "major", PADDING, bottom, WIDTH - PADDING, bottom);
}

/* What a mask lets through is white: bars fade where an end of theirs is not known. */
static const char masks[] =
  "<defs>\n"
  "<linearGradient id=\"g-start\"><stop offset=\"0\" stop-color=\"#fff\" stop-opacity=\".15\"/>"
  "<stop offset=\".4\" stop-color=\"#fff\"/></linearGradient>\n"
  "<linearGradient id=\"g-end\"><stop offset=\".6\" stop-color=\"#fff\"/>"
  "<stop offset=\"1\" stop-color=\"#fff\" stop-opacity=\".15\"/></linearGradient>\n"
  "<linearGradient id=\"g-both\"><stop offset=\"0\" stop-color=\"#fff\" stop-opacity=\".15\"/>"
  "<stop offset=\".5\" stop-color=\"#fff\"/>"
  "<stop offset=\"1\" stop-color=\"#fff\" stop-opacity=\".15\"/></linearGradient>\n"
  "<mask id=\"fade-start\" maskContentUnits=\"objectBoundingBox\"><rect width=\"1\" height=\"1\" "
  "fill=\"url(#g-start)\"/></mask>\n"
  "<mask id=\"fade-end\" maskContentUnits=\"objectBoundingBox\"><rect width=\"1\" height=\"1\" "
  "fill=\"url(#g-end)\"/></mask>\n"
  "<mask id=\"fade-both\" maskContentUnits=\"objectBoundingBox\"><rect width=\"1\" height=\"1\" "
  "fill=\"url(#g-both)\"/></mask>\n"
  "</defs>\n";

static void
draw (Chart *self)
{
  double height = annals_layout_get_height (self->layout);
  g_autofree char *period = annals_date_dup_display (self->report->period);
  /* Translators: what a drawing shows, for those who do not see it; the %s is a time */
  g_autofree char *words = g_strdup_printf (_("The timeline drawn to scale, %s; its events are listed below"), period);

  self->top = PADDING;
  annals_html_append_format (self->html, "<figure class=\"chart\">\n<svg role=\"img\" aria-label=\"%s\"", words);
  append_length (self->html, "width", WIDTH);
  append_length (self->html, "height", height + PADDING + AXIS_HEIGHT);
  g_string_append (self->html, " viewBox=\"0 0 ");
  annals_html_append_number (self->html, WIDTH);
  g_string_append_c (self->html, ' ');
  annals_html_append_number (self->html, height + PADDING + AXIS_HEIGHT);
  g_string_append (self->html, "\">\n");
  g_string_append (self->html, masks);
  append_axis (self, self->top + height);
  append_lanes (self);
  g_string_append (self->html, "</svg>\n</figure>\n");
}

void
annals_html_append_chart (GString      *html,
                          AnnalsReport *report)
{
  g_autoptr(GPtrArray) lanes = g_ptr_array_new ();
  g_autoptr(GPtrArray) events = g_ptr_array_new ();
  g_autoptr(GArray) of_lane = g_array_new (FALSE, FALSE, sizeof (guint));
  Chart chart = { .html = html, .report = report, .lanes = lanes, .events = events, .of_lane = of_lane };

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

  draw (&chart);
  annals_layout_free (chart.layout);
}
