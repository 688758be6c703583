/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define COLOUR_FRAME 0xcfcfd3
#define COLOUR_GRID 0xebebee
#define COLOUR_AXIS 0x9a9996
#define COLOUR_TEXT 0x241f31
#define COLOUR_MUTED 0x5e5c64
#define COLOUR_PAPER 0xffffff

#define ROUNDING 5.0
#define EDGE 1.6             /* of a bar's beginning that is known */
#define ARROW 5.0

static void
path_rounded (cairo_t *cr,
              double   x,
              double   y,
              double   width,
              double   height,
              double   radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
add_stop (cairo_pattern_t *pattern,
          double           offset,
          guint32          colour)
{
  cairo_pattern_add_color_stop_rgb (pattern, offset, ((colour >> 16) & 0xff) / 255.0,
                                    ((colour >> 8) & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

/* The bar, fading where its end is not known to the day. */
static void
fill_bar (cairo_t                  *cr,
          const AnnalsPdfChartLane *lane,
          const AnnalsPlaced       *placed,
          double                    x,
          double                    y,
          double                    width,
          double                    height)
{
  cairo_pattern_t *pattern = NULL;

  path_rounded (cr, x, y, width, height, 2);
  if (placed->fade_start > 0 || placed->fade_end > 0)
    {
      pattern = cairo_pattern_create_linear (x, 0, x + width, 0);
      add_stop (pattern, 0, placed->fade_start > 0 ? COLOUR_PAPER : lane->light);
      add_stop (pattern, MIN (0.5, placed->fade_start / width), lane->light);
      add_stop (pattern, MAX (0.5, 1 - placed->fade_end / width), lane->light);
      add_stop (pattern, 1, placed->fade_end > 0 ? COLOUR_PAPER : lane->light);
      cairo_set_source (cr, pattern);
      cairo_fill (cr);
      cairo_pattern_destroy (pattern);
    }
  else
    {
      annals_pdf_set_colour (cr, lane->light);
      cairo_fill (cr);
    }
}

static void
draw_arrow (cairo_t *cr,
            guint32  colour,
            double   x,
            double   y,
            double   height,
            double   direction)   /* 1: to the right */
{
  double half = MIN (height / 2, ARROW * 0.7);

  annals_pdf_set_colour (cr, colour);
  cairo_move_to (cr, x + direction * ARROW, y + height / 2);
  cairo_line_to (cr, x, y + height / 2 - half);
  cairo_line_to (cr, x, y + height / 2 + half);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_bar (cairo_t                  *cr,
          const AnnalsPdfChartLane *lane,
          const AnnalsPlaced       *placed,
          double                    x,
          double                    y,
          double                    width,
          double                    height)
{
  static const double dashes[] = { 2, 1.6 };

  fill_bar (cr, lane, placed, x, y, width, height);

  if (placed->flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN))
    {
      annals_pdf_set_colour (cr, lane->strong);
      cairo_set_line_width (cr, 0.5);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      path_rounded (cr, x + 0.25, y + 0.25, width - 0.5, height - 0.5, 2);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  else if (placed->fade_start <= 0 && !(placed->flags & ANNALS_LAYOUT_OPEN_START))
    {
      annals_pdf_set_colour (cr, lane->strong);
      cairo_rectangle (cr, x, y, EDGE, height);
      cairo_fill (cr);
    }

  if (placed->flags & ANNALS_LAYOUT_OPEN_END)
    draw_arrow (cr, lane->strong, x + width, y, height, 1);
  if (placed->flags & ANNALS_LAYOUT_OPEN_START)
    draw_arrow (cr, lane->strong, x, y, height, -1);
}

/* The part of a bar that is inside the axis. */
static void
clip_to_axis (const AnnalsPdfChart *self,
              double               *x,
              double               *width)
{
  double left = CLAMP (*x, ARROW, self->axis.width - ARROW - 1);
  double right = CLAMP (*x + *width, left + 1, self->axis.width - ARROW);

  *x = left;
  *width = right - left;
}

static void
draw_event (AnnalsPdfChart     *self,
            cairo_t            *cr,
            const AnnalsPlaced *placed)
{
  const AnnalsPdfChartItem *item = &g_array_index (self->items, AnnalsPdfChartItem, placed->index);
  const AnnalsPdfChartLane *lane = &g_array_index (self->lanes, AnnalsPdfChartLane, placed->lane);
  double x = placed->bar.x + annals_layout_get_offset (self->layout, &self->axis);
  double width = placed->bar.width;
  double y = self->top + placed->bar.y * self->squeeze;
  double height = MAX (0.6, placed->bar.height * self->squeeze);
  g_autofree char *label = NULL;
  g_autofree char *link = NULL;
  double text_x;
  double text_width;
  double text_height;

  clip_to_axis (self, &x, &width);
  if (self->density->label <= 0)
    {
      draw_bar (cr, lane, placed, self->left + x, y, width, height);
      return;
    }

  link = g_strdup_printf ("dest='event-%u'", item->number);
  annals_pdf_begin_link (self->pdf, link);
  draw_bar (cr, lane, placed, self->left + x, y, width, height);
  label = annals_pdf_chart_dup_label (item);
  annals_pdf_measure_label (self->pdf, label, ANNALS_PDF_STYLE_CHART, &text_width, &text_height);
  text_x = x + ANNALS_PDF_CHART_LABEL_GAP;
  if (annals_pdf_chart_is_beside (self, placed->bar.width, MIN (self->density->label * self->unit, text_width)))
    text_x = x + width + ANNALS_PDF_CHART_BESIDE_GAP;
  text_width = MIN (MAX (self->density->label * self->unit, width - 2 * ANNALS_PDF_CHART_LABEL_GAP) + 2,
                    self->axis.width - text_x - ARROW);
  annals_pdf_draw_label (self->pdf, label, ANNALS_PDF_STYLE_CHART, COLOUR_TEXT,
                         self->left + text_x, y + (height - text_height) / 2, text_width);
  annals_pdf_end_link (self->pdf);
}

static void
draw_frame (AnnalsPdfChart *self,
            cairo_t        *cr,
            double          top,
            double          height)
{
  annals_pdf_set_colour (cr, COLOUR_FRAME);
  cairo_set_line_width (cr, 0.75);
  path_rounded (cr, annals_pdf_get_left (self->pdf), top, annals_pdf_get_body_width (self->pdf), height,
                ROUNDING);
  cairo_stroke (cr);
}

static void
draw_axis (AnnalsPdfChart *self,
           cairo_t        *cr,
           GArray         *ticks,
           double          bottom)
{
  cairo_set_line_width (cr, 0.5);
  for (guint i = 0; i < ticks->len; i++)
    {
      const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);
      double x = self->left + tick->x;
      double length = tick->label != NULL ? 4 : 2;

      if (tick->label != NULL)
        {
          annals_pdf_set_colour (cr, COLOUR_GRID);
          cairo_move_to (cr, x, self->top);
          cairo_line_to (cr, x, bottom);
          cairo_stroke (cr);
        }
      annals_pdf_set_colour (cr, COLOUR_AXIS);
      cairo_move_to (cr, x, bottom);
      cairo_line_to (cr, x, bottom + length);
      cairo_stroke (cr);
    }

  annals_pdf_set_colour (cr, COLOUR_AXIS);
  cairo_set_line_width (cr, 0.75);
  cairo_move_to (cr, self->left, bottom);
  cairo_line_to (cr, self->left + self->axis.width, bottom);
  cairo_stroke (cr);
}

static void
draw_axis_labels (AnnalsPdfChart *self,
                  GArray         *ticks,
                  double          bottom)
{
  for (guint i = 0; i < ticks->len; i++)
    {
      const AnnalsTick *tick = &g_array_index (ticks, AnnalsTick, i);

      if (tick->label == NULL || tick->x + tick->label_width > self->axis.width)
        continue;

      annals_pdf_begin (self->pdf, "Span");
      annals_pdf_draw_label (self->pdf, tick->label, ANNALS_PDF_STYLE_CHART, COLOUR_MUTED,
                             self->left + tick->x, bottom + 4, tick->label_width + 2);
      annals_pdf_end (self->pdf, "Span");
    }
}

static void
draw_lanes (AnnalsPdfChart *self,
            cairo_t        *cr)
{
  guint n_lanes;
  guint n_placed;
  const AnnalsLaneBox *places = annals_layout_get_lanes (self->layout, &n_lanes);
  const AnnalsPlaced *placed = annals_layout_get_placed (self->layout, &n_placed);

  for (guint i = 0; i < MIN (n_lanes, self->lanes->len); i++)
    {
      const AnnalsPdfChartLane *lane = &g_array_index (self->lanes, AnnalsPdfChartLane, i);
      double y = self->top + places[i].top * self->squeeze;

      if (i > 0)
        {
          annals_pdf_set_colour (cr, COLOUR_GRID);
          cairo_set_line_width (cr, 0.5);
          cairo_move_to (cr, self->left, y);
          cairo_line_to (cr, self->left + self->axis.width, y);
          cairo_stroke (cr);
        }

      if (*lane->name != '\0' && self->squeeze * self->lane_header >= 6)
        {
          annals_pdf_begin (self->pdf, "Span");
          annals_pdf_draw_label (self->pdf, lane->name, ANNALS_PDF_STYLE_CHART, lane->strong,
                                 self->left, y + 1, self->axis.width * 0.6);
          annals_pdf_end (self->pdf, "Span");
        }

      for (guint j = 0; j < n_placed; j++)
        if (placed[j].lane == i)
          draw_event (self, cr, &placed[j]);
    }
}

/* "2020-03-09" */
char *
annals_pdf_chart_format_day (double seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("…");
}

/* The drawing in words, for those who cannot see it. */
static char *
describe (AnnalsPdfChart *self)
{
  g_autofree char *from = annals_pdf_chart_format_day (self->from);
  g_autofree char *to = annals_pdf_chart_format_day (MAX (self->from, self->to - 1));

  /* Translators: what a drawing shows, for those who cannot see it; the %s are days such as 2020-03-09 */
  return g_strdup_printf (ngettext ("Drawing of a timeline: %u event from %s to %s, all of which are described below",
                                    "Drawing of a timeline: %u events from %s to %s, all of which are described below",
                                    self->items->len), self->items->len, from, to);
}

void
annals_pdf_chart_draw (AnnalsPdfChart *self,
                       cairo_t        *cr,
                       double          lanes_height)
{
  g_autoptr(GArray) ticks = annals_axis_dup_ticks (&self->axis, annals_pdf_chart_measure_label, self->pdf);
  double top = annals_pdf_get_y (self->pdf);
  double bottom = self->top + lanes_height;
  g_autofree char *words = describe (self);

  annals_pdf_begin_with (self->pdf, "Figure", words, NULL);
  draw_frame (self, cr, top, lanes_height + ANNALS_PDF_CHART_PADDING + ANNALS_PDF_CHART_AXIS_HEIGHT * self->unit);
  draw_axis (self, cr, ticks, bottom);
  draw_lanes (self, cr);
  draw_axis_labels (self, ticks, bottom);
  annals_pdf_end (self->pdf, "Figure");
}
