/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-csv.h"
#include "annals-export-run.h"

static const char * const columns[] = {
  "uid", "date", "from", "to", "display", "title", "account", "lane", "tags", "supporting", "contradicting", "sources",
  "quotations", "urls",
};

/* What its evidence rests on, in three cells. */
static void
list_evidence (AnnalsReport      *report,
               const AnnalsEvent *event,
               char             **sources,
               char             **quotations,
               char             **urls)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();
  g_autoptr(GPtrArray) quotes = g_ptr_array_new ();
  g_autoptr(GPtrArray) addresses = g_ptr_array_new ();

  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = event->evidence->pdata[i];
      guint number = annals_report_get_number (report, evidence->post_id);
      const AnnalsCitedPost *cited = number > 0 ? report->posts->pdata[number - 1] : NULL;

      if (!g_ptr_array_find_with_equal_func (titles, evidence->post_title, g_str_equal, NULL))
        g_ptr_array_add (titles, evidence->post_title);
      if (evidence->exact != NULL && *evidence->exact != '\0')
        g_ptr_array_add (quotes, evidence->exact);
      if (cited != NULL && *cited->post->url != '\0' &&
          !g_ptr_array_find_with_equal_func (addresses, cited->post->url, g_str_equal, NULL))
        g_ptr_array_add (addresses, cited->post->url);
    }

  g_ptr_array_add (titles, NULL);
  g_ptr_array_add (quotes, NULL);
  g_ptr_array_add (addresses, NULL);
  *sources = annals_csv_dup_list ((const char * const *) titles->pdata);
  *quotations = annals_csv_dup_list ((const char * const *) quotes->pdata);
  *urls = annals_csv_dup_list ((const char * const *) addresses->pdata);
}

static void
append_event (GString           *csv,
              AnnalsReport      *report,
              const AnnalsEvent *event)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);
  g_autofree char *from = annals_csv_dup_bound (event->date, FALSE);
  g_autofree char *to = annals_csv_dup_bound (event->date, TRUE);
  g_autofree char *display = annals_date_dup_display (event->date);
  g_autofree char *tags = annals_csv_dup_list ((const char * const *) event->tags);
  g_autofree char *supporting = g_strdup_printf ("%u", event->n_supporting);
  g_autofree char *contradicting = g_strdup_printf ("%u", event->n_contradicting);
  g_autofree char *sources = NULL;
  g_autofree char *quotations = NULL;
  g_autofree char *urls = NULL;

  list_evidence (report, event, &sources, &quotations, &urls);
  {
    const char *cells[] = {
      event->uid, annals_date_get_edtf (event->date), from, to, display, event->title, event->account,
      lane != NULL ? lane->name : "", tags, supporting, contradicting, sources, quotations, urls,
    };

    annals_csv_append_row (csv, cells, G_N_ELEMENTS (cells));
  }
}

gboolean
annals_export_timeline_csv_write (AnnalsExportRun  *run,
                                  GError          **error)
{
  g_autoptr(GString) csv = g_string_new (NULL);

  annals_csv_begin (csv, run->options, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < run->report->events->len; i++)
    append_event (csv, run->report, run->report->events->pdata[i]);
  annals_export_file_write (run->file, csv->str, csv->len);

  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}
