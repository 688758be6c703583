/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-palette.h"
#include "annals-pdf-chart.h"
#include "annals-report-periods.h"
#include "annals-report-words.h"

#define NO_LANE_STRONG 0x77767b
#define NO_LANE_LIGHT 0xebebed

/* Contents are given when there are as many events and periods. */
#define LONG_EVENTS 24
#define LONG_PERIODS 3

/* What comes after the events is little. */
#define SHARE_OF_EVENTS 0.97

typedef struct
{
  AnnalsPdf        *pdf;
  AnnalsExportRun  *run;
  double            from;
  double            to;
  guint             n_done;
} Job;

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

/* Every lane that has an event with a time, in order, and those events. */
static void
collect (AnnalsReport *report,
         GArray       *lanes,
         GArray       *items)
{
  for (guint i = 0; i < report->timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (report->timeline->lanes, i);

      add_events (lanes, items, report, lane->id, lane->name, lane->colour);
    }
  add_events (lanes, items, report, 0, "", report->timeline->colour);
}

gboolean
annals_pdf_put_chart (AnnalsPdf    *pdf,
                      AnnalsReport *report,
                      int           parent)
{
  g_autoptr(GArray) lanes = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartLane));
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartItem));

  collect (report, lanes, items);
  if (!annals_pdf_draw_chart (pdf, lanes, items))
    return FALSE;

  annals_pdf_add_bookmark (pdf, parent, _("Drawing"), "drawing", FALSE);
  return TRUE;
}

void
annals_pdf_put_chart_parts (AnnalsPdf    *pdf,
                            AnnalsReport *report)
{
  g_autoptr(GArray) lanes = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartLane));
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfChartItem));

  collect (report, lanes, items);
  annals_pdf_draw_chart_parts (pdf, lanes, items);
}

static gboolean
tick_cb (gpointer user_data)
{
  Job *job = user_data;

  job->n_done++;
  annals_export_run_progress (job->run, job->from + (job->to - job->from) * SHARE_OF_EVENTS
                                                    * job->n_done / job->run->report->events->len);

  return !annals_pdf_has_failed (job->pdf);
}

/* Who made the events, in the order of their first, for the document's properties. */
static char *
list_authors (AnnalsReport *report)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *authors = g_string_new (NULL);

  for (guint i = 0; i < report->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (report->events, i);

      if (event->author == NULL || *event->author == '\0' ||
          !g_hash_table_add (seen, event->author))
        continue;

      if (authors->len > 0)
        g_string_append (authors, ", ");
      g_string_append (authors, event->author);
    }

  return g_string_free (authors, FALSE);
}

static void
describe_document (AnnalsPdf    *pdf,
                   AnnalsReport *report)
{
  g_autofree char *author = list_authors (report);
  g_autofree char *subject = g_strdup_printf (_("A timeline from the notebook “%s”"), report->notebook_title);

  annals_pdf_set_metadata (pdf, author, subject, report->exported);
}

/* What is in a long report, and where. */
static void
put_contents (AnnalsPdf       *pdf,
              AnnalsExportRun *run,
              int              parent)
{
  AnnalsReport *report = run->report;
  g_autoptr(GPtrArray) periods = annals_report_dup_periods (report);
  g_autoptr(GPtrArray) notes = annals_report_list_notes (report);
  g_autoptr(GPtrArray) entries = annals_pdf_entries_new ();

  if (report->events->len < LONG_EVENTS || periods->len < LONG_PERIODS)
    return;

  for (guint i = 0; i < periods->len; i++)
    {
      const AnnalsReportPeriod *period = g_ptr_array_index (periods, i);
      g_autofree char *dest = g_strdup_printf ("period-%u", i + 1);

      annals_pdf_entries_add (entries, period->heading, dest);
    }
  if (report->posts->len > 0)
    annals_pdf_entries_add (entries, _("Sources"), "sources");
  if (run->options->with_notes && notes->len > 0)
    annals_pdf_entries_add (entries, _("Notes"), "notes");
  if (report->imports->len > 0)
    annals_pdf_entries_add (entries, _("Provenance"), "provenance");

  annals_pdf_put_contents (pdf, entries, parent);
}

gboolean
annals_pdf_put_timeline (AnnalsPdf        *pdf,
                         AnnalsExportRun  *run,
                         double            from,
                         double            to,
                         GError          **error)
{
  Job job = { pdf, run, from, to, 0 };
  AnnalsReport *report = run->report;
  int top;

  describe_document (pdf, report);
  top = annals_pdf_put_front (pdf, report);
  annals_pdf_put_chart (pdf, report, top);
  put_contents (pdf, run, top);
  annals_pdf_put_chart_parts (pdf, report);
  if (!annals_pdf_put_events (pdf, report, top, tick_cb, &job))
    return FALSE;

  annals_pdf_put_sources (pdf, report, top);
  if (run->options->with_notes)
    annals_pdf_put_notes (pdf, report, top);
  annals_pdf_put_provenance (pdf, report, top);

  return TRUE;
}
