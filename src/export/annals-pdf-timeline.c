/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-palette.h"
#include "annals-pdf-chart.h"

#define NO_LANE_STRONG 0x77767b
#define NO_LANE_LIGHT 0xebebed

static void
add_lane (GArray     *lanes,
          const char *name,
          const char *colour_name)
{
  const AnnalsColour *colour = colour_name != NULL ? annals_palette_lookup (colour_name) : NULL;
  AnnalsPdfChartLane lane = { name, NO_LANE_STRONG, NO_LANE_LIGHT };

  if (colour != NULL)
    {
      lane.strong = colour->strong;
      lane.light = colour->light;
    }
  g_array_append_val (lanes, lane);
}

/* Appends the events of one lane (0: of none); an empty lane takes no room. */
static void
add_events (GArray       *lanes,
            GArray       *items,
            AnnalsReport *report,
            gint64        lane_id,
            const char   *name,
            const char   *colour)
{
  gboolean any = FALSE;

  for (guint i = 0; i < report->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (report->events, i);
      const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);
      AnnalsPdfChartItem item = { .title = event->title, .uid = event->uid, .date = event->date,
                                  .number = i + 1 };

      if ((lane != NULL ? lane->id : 0) != lane_id || annals_date_is_undated (event->date))
        continue;

      if (!any)
        add_lane (lanes, name, colour);
      any = TRUE;
      item.lane = lanes->len - 1;
      item.marked = annals_report_date_is_uncertain (event->date);
      g_array_append_val (items, item);
    }
}

void
annals_pdf_put_chart (AnnalsPdf    *pdf,
                      AnnalsReport *report,
                      int           parent)
{
  g_autoptr(GArray) lanes = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartLane));
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartItem));

  for (guint i = 0; i < report->timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (report->timeline->lanes, i);

      add_events (lanes, items, report, lane->id, lane->name, lane->colour);
    }
  add_events (lanes, items, report, 0, "", report->timeline->colour);

  if (annals_pdf_draw_chart (pdf, lanes, items))
    annals_pdf_add_bookmark (pdf, parent, _("Drawing"), "drawing", FALSE);
}
