/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "annals-axis.h"
#include "annals-layout.h"

#define COLOUR_FRAME 0xcfcfd3
#define COLOUR_GRID 0xebebee
#define COLOUR_AXIS 0x9a9996
#define COLOUR_TEXT 0x241f31
#define COLOUR_MUTED 0x5e5c64
#define COLOUR_PAPER 0xffffff

#define GAP_ABOVE 14.0
#define PADDING 8.0          /* inside the frame */
#define LABEL_GAP 5.0        /* between a bar's left end and its title */
#define AXIS_HEIGHT 18.0
#define ROUNDING 5.0
#define EDGE 1.6             /* of a bar's beginning that is known */
#define ARROW 5.0
#define MIN_SPAN 1209600.0   /* two weeks: a shorter time is drawn in the middle of so much */
#define DAY 86400.0
#define MAX_DETAILED 2000    /* events that are drawn in parts, too, when one drawing has no room for their titles */

/* How much of the titles there is room for, from the best. */
typedef struct
{
  double row;         /* height of a bar */
  double gap;         /* between rows */
  double label;       /* widest title; 0: no titles */
  double room;        /* right of the last event, for its title */
  double share;       /* of the page's height that the lanes may take */
} Density;

static const Density densities[] = {
  { 14, 3, 170, 110, 0.5 },
  { 12, 2, 100, 80, 0.6 },
  { 3.5, 1.2, 0, 12, 0.8 },
};

/* Of a drawing in parts, so that there are not too many of them. */
static const Density part_density = { 11.5, 1.5, 110, 60, 0.94 };

typedef struct
{
  AnnalsPdf     *pdf;
  GArray        *lanes;
  GArray        *items;
  AnnalsAxis     axis;
  AnnalsLayout  *layout;
  const Density *density;
  double         lane_header;
  double         squeeze;    /* 1, or less where even bars alone are too many */
  double         from;       /* of what is drawn, in seconds since 1970 UTC */
  double         to;
  double         unit;       /* of lengths: the setup's scale */
  double         left;       /* of the axis on the page */
  double         top;        /* of the first lane on the page */
} Chart;

static double
measure_label_cb (const char *label,
                  gpointer    user_data)
{
  double width;
  double height;

  annals_pdf_measure_label (user_data, label, ANNALS_PDF_STYLE_CHART, &width, &height);
  return width;
}

/* What is known of an event's time: where an end is open, the other one. */
static gboolean
get_span (const AnnalsPdfChartItem *item,
          double                   *from,
          double                   *to)
{
  gint64 first;
  gint64 last;
  gboolean has_from = annals_date_get_from (item->date, &first);
  gboolean has_to = annals_date_get_to (item->date, &last);

  *from = (double) (has_from ? first : last);
  *to = (double) (has_to ? last : first);

  return has_from || has_to;
}

static gboolean
find_span (GArray *items,
           double *from,
           double *to)
{
  *from = G_MAXDOUBLE;
  *to = -G_MAXDOUBLE;

  for (guint i = 0; i < items->len; i++)
    {
      double first;
      double last;

      if (!get_span (&g_array_index (items, AnnalsPdfChartItem, i), &first, &last))
        continue;

      *from = MIN (*from, first);
      *to = MAX (*to, last);
    }

  return *from <= *to;
}

static void
init_axis (Chart         *self,
           const Density *density)
{
  double width = annals_pdf_get_body_width (self->pdf) - 2 * PADDING;
  double room = density->room * self->unit;
  double from = self->from;
  double to = self->to;
  double scale;

  if (to - from < MIN_SPAN)
    {
      double middle = from + (to - from) / 2;

      from = middle - MIN_SPAN / 2;
      to = middle + MIN_SPAN / 2;
    }

  scale = (to - from) / (width - room);
  annals_axis_init (&self->axis, from, to + room * scale, width);
}

static char *
make_label (const AnnalsPdfChartItem *item)
{
  return g_strconcat (item->title, item->marked ? " ~" : "",
                      annals_date_get_flags (item->date) & ANNALS_DATE_OPEN_END ? " →" : "", NULL);
}

/* What is drawn of an event begins and ends with the drawing. */
static void
clamp_item (const Chart      *self,
            AnnalsLayoutItem *item)
{
  if (!(item->flags & ANNALS_LAYOUT_OPEN_START))
    item->from = MAX (item->from, (gint64) self->from);
  if (!(item->flags & ANNALS_LAYOUT_OPEN_END))
    item->to = MAX (MIN (item->to, (gint64) self->to), item->from);
}

static AnnalsLayout *
make_layout (Chart         *self,
             const Density *density)
{
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, MAX (1, self->items->len));
  AnnalsLayoutOptions options = { .lane_header = self->lane_header, .lane_padding = density->gap,
                                  .column_gap = density->label > 0 ? 5 : 1,
                                  .row_gap = density->gap, .min_bar = 3, .open_run = 14,
                                  .max_fade = 40 };

  for (guint i = 0; i < self->items->len; i++)
    {
      const AnnalsPdfChartItem *item = &g_array_index (self->items, AnnalsPdfChartItem, i);
      AnnalsLayoutItem *target = &items[i];

      target->id = item->number;
      target->uid = item->uid;
      target->title = item->title;
      target->lane = item->lane;
      target->height = density->row * self->unit;
      if (density->label > 0)
        target->width = MIN (density->label * self->unit, item->label_width) + 2 * LABEL_GAP;
      annals_layout_item_set_date (target, item->date);
      clamp_item (self, target);
    }

  return annals_layout_new (items, self->items->len, self->lanes->len,
                            annals_axis_get_scale (&self->axis), &options);
}

/* Lays it out so dense. FALSE when that is higher than may be; then it is squeezed. */
static gboolean
lay_out (Chart         *self,
         const Density *density)
{
  double room = density->share * annals_pdf_get_body_height (self->pdf);

  g_clear_pointer (&self->layout, annals_layout_free);
  init_axis (self, density);
  self->density = density;
  self->layout = make_layout (self, density);
  self->squeeze = MIN (1, room / MAX (1, annals_layout_get_height (self->layout)));

  return self->squeeze >= 1;
}

/* The first density that fits, else the last, squeezed. */
static void
choose_density (Chart *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (densities); i++)
    if (lay_out (self, &densities[i]))
      break;
}

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
clip_to_axis (const Chart *self,
              double      *x,
              double      *width)
{
  double left = CLAMP (*x, ARROW, self->axis.width - ARROW - 1);
  double right = CLAMP (*x + *width, left + 1, self->axis.width - ARROW);

  *x = left;
  *width = right - left;
}

static void
draw_event (Chart              *self,
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
  label = make_label (item);
  annals_pdf_measure_label (self->pdf, label, ANNALS_PDF_STYLE_CHART, &text_width, &text_height);
  text_x = x + LABEL_GAP;
  text_width = MIN (MAX (self->density->label * self->unit, width - 2 * LABEL_GAP) + 2,
                    self->axis.width - text_x - ARROW);
  annals_pdf_draw_label (self->pdf, label, ANNALS_PDF_STYLE_CHART, COLOUR_TEXT,
                         self->left + text_x, y + (height - text_height) / 2, text_width);
  annals_pdf_end_link (self->pdf);
}

static void
draw_frame (Chart   *self,
            cairo_t *cr,
            double   top,
            double   height)
{
  annals_pdf_set_colour (cr, COLOUR_FRAME);
  cairo_set_line_width (cr, 0.75);
  path_rounded (cr, annals_pdf_get_left (self->pdf), top, annals_pdf_get_body_width (self->pdf), height,
                ROUNDING);
  cairo_stroke (cr);
}

static void
draw_axis (Chart   *self,
           cairo_t *cr,
           GArray  *ticks,
           double   bottom)
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
draw_axis_labels (Chart  *self,
                  GArray *ticks,
                  double  bottom)
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
draw_lanes (Chart   *self,
            cairo_t *cr)
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
static char *
format_day (double seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("…");
}

/* The drawing in words, for those who cannot see it. */
static char *
describe (Chart *self)
{
  g_autofree char *from = format_day (self->from);
  g_autofree char *to = format_day (MAX (self->from, self->to - 1));

  /* Translators: what a drawing shows, for those who cannot see it; the %s are days such as 2020-03-09 */
  return g_strdup_printf (ngettext ("Drawing of a timeline: %u event from %s to %s, all of which are described below",
                                    "Drawing of a timeline: %u events from %s to %s, all of which are described below",
                                    self->items->len), self->items->len, from, to);
}

static void
draw (Chart   *self,
      cairo_t *cr,
      double   lanes_height)
{
  g_autoptr(GArray) ticks = annals_axis_dup_ticks (&self->axis, measure_label_cb, self->pdf);
  double top = annals_pdf_get_y (self->pdf);
  double bottom = self->top + lanes_height;

  g_autofree char *words = describe (self);

  annals_pdf_begin_with (self->pdf, "Figure", words, NULL);
  draw_frame (self, cr, top, lanes_height + PADDING + AXIS_HEIGHT * self->unit);
  draw_axis (self, cr, ticks, bottom);
  draw_lanes (self, cr);
  draw_axis_labels (self, ticks, bottom);
  annals_pdf_end (self->pdf, "Figure");
}

/* Draws what was laid out where the document stands, or on the next page. */
static void
place (Chart      *self,
       const char *dest)
{
  cairo_t *cr;
  double lanes_height = annals_layout_get_height (self->layout) * self->squeeze;
  double height = lanes_height + PADDING + AXIS_HEIGHT * self->unit;

  annals_pdf_skip (self->pdf, GAP_ABOVE);
  annals_pdf_reserve (self->pdf, height);

  self->left = annals_pdf_get_left (self->pdf) + PADDING;
  self->top = annals_pdf_get_y (self->pdf) + PADDING;
  if (dest != NULL)
    annals_pdf_add_dest (self->pdf, dest, annals_pdf_get_y (self->pdf));
  if ((cr = annals_pdf_get_cairo (self->pdf)) != NULL)
    draw (self, cr, lanes_height);
  annals_pdf_advance (self->pdf, height);
}

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

      if (get_span (&g_array_index (items, AnnalsPdfChartItem, i), &from, &to))
        g_array_append_val (starts, from);
    }
  g_array_sort (starts, compare_starts);

  return starts;
}

/* What lies in [from, to) of @whole, in the lanes that have something there. */
static Chart
make_part (const Chart *whole,
           double       from,
           double       to)
{
  Chart part = { .pdf = whole->pdf, .lane_header = whole->lane_header, .unit = whole->unit, .from = from, .to = to };
  guint lane = G_MAXUINT;

  part.lanes = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartLane));
  part.items = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartItem));
  for (guint i = 0; i < whole->items->len; i++)
    {
      AnnalsPdfChartItem item = g_array_index (whole->items, AnnalsPdfChartItem, i);
      double first;
      double last;

      if (!get_span (&item, &first, &last) || first >= to || (last <= from && first < from))
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
clear_part (Chart *part)
{
  g_clear_pointer (&part->layout, annals_layout_free);
  g_array_unref (part->lanes);
  g_array_unref (part->items);
}

static gboolean
part_fits (const Chart *whole,
           double       from,
           double       to)
{
  Chart part = make_part (whole, from, to);
  gboolean fits = lay_out (&part, &part_density);

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
find_cut (const Chart *whole,
          GArray      *starts,
          double       from,
          double       to)
{
  guint low = 0;     /* starts before @from or at it fit, as nothing else is possible */
  guint high;

  if (part_fits (whole, from, to))
    return to;

  while (low < starts->len && g_array_index (starts, double, low) <= from)
    low++;
  high = starts->len;
  while (high > low)
    {
      guint middle = low + (high - low) / 2;

      if (part_fits (whole, from, g_array_index (starts, double, middle)))
        low = middle + 1;
      else
        high = middle;
    }

  return low == 0 ? to : MIN (to, round_cut (from, g_array_index (starts, double, low - 1)));
}

/* The head of its page says what time it shows. */
static void
name_part (const Chart *part)
{
  g_autofree char *edtf = NULL;
  g_autofree char *display = NULL;
  g_autofree char *first = format_day (part->from);
  g_autofree char *last = format_day (MAX (part->from, part->to - 1));
  g_autoptr(AnnalsDate) date = NULL;

  edtf = g_strconcat (first, "/", last, NULL);
  date = annals_date_parse (edtf, NULL);
  display = date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
  annals_pdf_set_section (part->pdf, display);
}

/* The whole once more, with its titles, a page for each part. */
static void
place_parts (const Chart *whole)
{
  g_autoptr(GArray) starts = list_starts (whole->items);
  double to = MAX (whole->to, whole->from + 1);
  double from = whole->from;

  while (from < to)
    {
      double cut = find_cut (whole, starts, from, to);
      Chart part = make_part (whole, from, cut);

      if (part.items->len > 0)
        {
          name_part (&part);
          lay_out (&part, &part_density);
          place (&part, NULL);
        }
      clear_part (&part);
      from = cut;
    }
}

/* FALSE when no event has a time. */
static gboolean
init_chart (Chart     *self,
            AnnalsPdf *pdf,
            GArray    *lanes,
            GArray    *items)
{
  *self = (Chart) { .pdf = pdf, .lanes = lanes, .items = items, .unit = annals_pdf_get_setup (pdf)->scale };
  if (!find_span (items, &self->from, &self->to))
    return FALSE;

  self->lane_header = 12 * self->unit;
  if (lanes->len == 1 && *g_array_index (lanes, AnnalsPdfChartLane, 0).name == '\0')
    self->lane_header = 3;

  for (guint i = 0; i < items->len; i++)
    {
      AnnalsPdfChartItem *item = &g_array_index (items, AnnalsPdfChartItem, i);
      g_autofree char *label = make_label (item);

      item->label_width = measure_label_cb (label, pdf);
    }
  choose_density (self);

  return TRUE;
}

gboolean
annals_pdf_draw_chart (AnnalsPdf *pdf,
                       GArray    *lanes,
                       GArray    *items)
{
  Chart chart;

  if (!init_chart (&chart, pdf, lanes, items))
    return FALSE;

  place (&chart, "drawing");
  annals_layout_free (chart.layout);

  return TRUE;
}

void
annals_pdf_draw_chart_parts (AnnalsPdf *pdf,
                             GArray    *lanes,
                             GArray    *items)
{
  Chart chart;

  if (items->len > MAX_DETAILED || !init_chart (&chart, pdf, lanes, items))
    return;

  if (chart.density->label <= 0)
    place_parts (&chart);
  annals_layout_free (chart.layout);
}
