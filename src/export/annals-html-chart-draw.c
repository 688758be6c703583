/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html-chart-private.h"

#include <glib/gi18n-lib.h>

#include "annals-html.h"
#include "annals-palette.h"

#define AXIS_HEIGHT 22.0
#define LINE 4.0             /* from the middle of a row down to the line that letters stand on */
#define ARROW 6.0
#define EDGE 2.0             /* of a bar whose beginning is known */
#define MIN_FADING 6.0       /* what is narrower would fade away altogether */
#define NARROW_BAR 9.0       /* one that is narrower has its title behind it, others on it */
#define TITLE_GAP 3.0        /* between such a bar and its title */

#define WIDTH ANNALS_HTML_CHART_WIDTH
#define PADDING ANNALS_HTML_CHART_PADDING
#define LABEL_GAP ANNALS_HTML_CHART_LABEL_GAP

static void
append_number (GString *html,
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
  append_number (html, number);
  g_string_append_c (html, '"');
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
  append_number (html, x);
  g_string_append_c (html, ' ');
  append_number (html, y - ARROW * 0.7);
  g_string_append_c (html, 'L');
  append_number (html, x + direction * ARROW);
  g_string_append_c (html, ' ');
  append_number (html, y);
  g_string_append_c (html, 'L');
  append_number (html, x);
  g_string_append_c (html, ' ');
  append_number (html, y + ARROW * 0.7);
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
  gboolean fade_start = placed->fade_start > 0 && width > MIN_FADING;
  gboolean fade_end = placed->fade_end > 0 && width > MIN_FADING;
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
append_event (AnnalsHtmlChart    *self,
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
      g_autofree char *label = annals_html_chart_dup_label (event);
      double gap = right - left < NARROW_BAR ? MAX (right - left + TITLE_GAP, LABEL_GAP) : LABEL_GAP;
      double room = MIN (MAX (self->density->label, right - left - 2 * LABEL_GAP), self->axis.width - left - gap);
      g_autofree char *words = annals_html_chart_dup_fitting (label, room);

      append_words (self->html, "", x + gap, middle + LINE, words);
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
append_lane_head (AnnalsHtmlChart  *self,
                  const AnnalsLane *lane,
                  double            y)
{
  g_autofree char *name = annals_html_chart_dup_fitting (lane->name, self->axis.width * 0.6);

  append_rect (self->html, "edge", PADDING, y + 5, 8, 8);
  append_words (self->html, "name", PADDING + 13, y + 13, name);
}

static void
append_lanes (AnnalsHtmlChart *self)
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
append_axis (AnnalsHtmlChart *self,
             double           bottom)
{
  g_autoptr(GArray) ticks = annals_axis_dup_ticks (&self->axis, annals_html_chart_measure, NULL);

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

void
annals_html_chart_draw (AnnalsHtmlChart *self)
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
  append_number (self->html, WIDTH);
  g_string_append_c (self->html, ' ');
  append_number (self->html, height + PADDING + AXIS_HEIGHT);
  g_string_append (self->html, "\">\n");
  g_string_append (self->html, masks);
  append_axis (self, self->top + height);
  append_lanes (self);
  g_string_append (self->html, "</svg>\n</figure>\n");
}
