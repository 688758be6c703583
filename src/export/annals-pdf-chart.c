/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-chart-private.h"

#define GAP_ABOVE 14.0
#define MIN_SPAN 1209600.0   /* two weeks: a shorter time is drawn in the middle of so much */
#define MIN_BAR 3.0
#define SHORT_BAR 30.0
#define MAX_DETAILED 2000    /* events that are drawn in parts, too, when one drawing has no room for their titles */

/* From the best. */
static const AnnalsPdfDensity densities[] = {
  { 14, 3, 170, 110, 0.5 },
  { 12, 2, 100, 80, 0.6 },
  { 3.5, 1.2, 0, 12, 0.8 },
};

double
annals_pdf_chart_measure_label (const char *label,
                                gpointer    user_data)
{
  double width;
  double height;

  annals_pdf_measure_label (user_data, label, ANNALS_PDF_STYLE_CHART, &width, &height);
  return width;
}

gboolean
annals_pdf_chart_get_span (const AnnalsPdfChartItem *item,
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

      if (!annals_pdf_chart_get_span (&g_array_index (items, AnnalsPdfChartItem, i), &first, &last))
        continue;

      *from = MIN (*from, first);
      *to = MAX (*to, last);
    }

  return *from <= *to;
}

static void
init_axis (AnnalsPdfChart         *self,
           const AnnalsPdfDensity *density)
{
  double width = annals_pdf_get_body_width (self->pdf) - 2 * ANNALS_PDF_CHART_PADDING;
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

char *
annals_pdf_chart_dup_label (const AnnalsPdfChartItem *item)
{
  return g_strconcat (item->title, item->marked ? " ~" : "",
                      annals_date_get_flags (item->date) & ANNALS_DATE_OPEN_END ? " →" : "", NULL);
}

/* What is drawn of an event begins and ends with the drawing. */
static void
clamp_item (const AnnalsPdfChart *self,
            AnnalsLayoutItem     *item)
{
  if (!(item->flags & ANNALS_LAYOUT_OPEN_START))
    item->from = MAX (item->from, (gint64) self->from);
  if (!(item->flags & ANNALS_LAYOUT_OPEN_END))
    item->to = MAX (MIN (item->to, (gint64) self->to), item->from);
}

gboolean
annals_pdf_chart_is_beside (const AnnalsPdfChart *self,
                            double                bar,
                            double                title)
{
  return bar < title + 2 * ANNALS_PDF_CHART_LABEL_GAP && bar <= SHORT_BAR * self->unit;
}

/* How far it reaches with its title. */
static double
measure_item (const AnnalsPdfChart   *self,
              const AnnalsLayoutItem *item,
              double                  title)
{
  double bar = MAX (MIN_BAR, (double) (item->to - item->from) / annals_axis_get_scale (&self->axis));
  gboolean is_open = (item->flags & (ANNALS_LAYOUT_OPEN_START | ANNALS_LAYOUT_OPEN_END)) != 0;

  if (!is_open && annals_pdf_chart_is_beside (self, bar, title))
    return bar + ANNALS_PDF_CHART_BESIDE_GAP + title + ANNALS_PDF_CHART_LABEL_GAP;

  return title + 2 * ANNALS_PDF_CHART_LABEL_GAP;
}

static AnnalsLayout *
make_layout (AnnalsPdfChart         *self,
             const AnnalsPdfDensity *density)
{
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, MAX (1, self->items->len));
  AnnalsLayoutOptions options = { .lane_header = self->lane_header, .lane_padding = density->gap,
                                  .column_gap = density->label > 0 ? 5 : 1,
                                  .row_gap = density->gap, .min_bar = MIN_BAR, .open_run = 14,
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
      annals_layout_item_set_date (target, item->date);
      clamp_item (self, target);
      if (density->label > 0)
        target->width = measure_item (self, target, MIN (density->label * self->unit, item->label_width));
    }

  return annals_layout_new (items, self->items->len, self->lanes->len,
                            annals_axis_get_scale (&self->axis), &options);
}

gboolean
annals_pdf_chart_lay_out (AnnalsPdfChart         *self,
                          const AnnalsPdfDensity *density)
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
choose_density (AnnalsPdfChart *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (densities); i++)
    if (annals_pdf_chart_lay_out (self, &densities[i]))
      break;
}

void
annals_pdf_chart_place (AnnalsPdfChart *self,
                        const char     *dest)
{
  cairo_t *cr;
  double lanes_height = annals_layout_get_height (self->layout) * self->squeeze;
  double height = lanes_height + ANNALS_PDF_CHART_PADDING + ANNALS_PDF_CHART_AXIS_HEIGHT * self->unit;

  annals_pdf_skip (self->pdf, GAP_ABOVE);
  annals_pdf_reserve (self->pdf, height);

  self->left = annals_pdf_get_left (self->pdf) + ANNALS_PDF_CHART_PADDING;
  self->top = annals_pdf_get_y (self->pdf) + ANNALS_PDF_CHART_PADDING;
  if (dest != NULL)
    annals_pdf_add_dest (self->pdf, dest, annals_pdf_get_y (self->pdf));
  if ((cr = annals_pdf_get_cairo (self->pdf)) != NULL)
    annals_pdf_chart_draw (self, cr, lanes_height);
  annals_pdf_advance (self->pdf, height);
}

/* FALSE when no event has a time. */
static gboolean
init_chart (AnnalsPdfChart *self,
            AnnalsPdf      *pdf,
            GArray         *lanes,
            GArray         *items)
{
  *self = (AnnalsPdfChart) { .pdf = pdf, .lanes = lanes, .items = items, .unit = annals_pdf_get_setup (pdf)->scale };
  if (!find_span (items, &self->from, &self->to))
    return FALSE;

  self->lane_header = 12 * self->unit;
  if (lanes->len == 1 && *g_array_index (lanes, AnnalsPdfChartLane, 0).name == '\0')
    self->lane_header = 3;

  for (guint i = 0; i < items->len; i++)
    {
      AnnalsPdfChartItem *item = &g_array_index (items, AnnalsPdfChartItem, i);
      g_autofree char *label = annals_pdf_chart_dup_label (item);

      item->label_width = annals_pdf_chart_measure_label (label, pdf);
    }
  choose_density (self);

  return TRUE;
}

gboolean
annals_pdf_draw_chart (AnnalsPdf *pdf,
                       GArray    *lanes,
                       GArray    *items)
{
  AnnalsPdfChart chart;

  if (!init_chart (&chart, pdf, lanes, items))
    return FALSE;

  annals_pdf_chart_place (&chart, "drawing");
  annals_layout_free (chart.layout);

  return TRUE;
}

void
annals_pdf_draw_chart_parts (AnnalsPdf *pdf,
                             GArray    *lanes,
                             GArray    *items)
{
  AnnalsPdfChart chart;

  if (items->len > MAX_DETAILED || !init_chart (&chart, pdf, lanes, items))
    return;

  if (chart.density->label <= 0)
    annals_pdf_chart_place_parts (&chart);
  annals_layout_free (chart.layout);
}
