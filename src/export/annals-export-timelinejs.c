/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "annals-calendar.h"
#include "annals-date-ends.h"
#include "annals-export-run.h"
#include "annals-html.h"
#include "annals-json-writer.h"
#include "annals-markdown-write.h"
#include "annals-report-words.h"

/* TimelineJS 3 (knightlab, "JSON data format"): what it calls human dates are JavaScript's; beyond them only years
 * count. */
#define FIRST_HUMAN_YEAR -271820
#define LAST_HUMAN_YEAR 275759
#define DAY_SECONDS 86400

typedef enum
{
  UNIT_YEAR,
  UNIT_MONTH,
  UNIT_DAY,
  UNIT_MINUTE,
  UNIT_SECOND,
} Unit;

/* When something begins or ends, in UTC. */
typedef struct
{
  gint64 year;
  int    month;
  int    day;
  int    seconds;   /* of the day */
} Moment;

typedef struct
{
  AnnalsExportRun  *run;
  AnnalsJsonWriter *writer;
  gboolean          cosmological;
  gboolean          has_times;
  guint             n_written;
  GPtrArray        *undated;     /* (element-type utf8): titles of what is left out */
  GPtrArray        *begun;       /* (element-type utf8): of what stands at its end */
} Job;

static Moment
get_moment (gint64 seconds)
{
  gint64 days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
  Moment moment = { .seconds = (int) (seconds - days * DAY_SECONDS) };

  annals_calendar_from_days (days, &moment.year, &moment.month, &moment.day);
  return moment;
}

static Unit
get_unit (AnnalsDate *date,
          gboolean    last)
{
  AnnalsDateEnd end;

  annals_date_get_end (date, last, &end);
  switch (end.precision)
    {
    case ANNALS_DATE_TIME:
      return end.second >= 0 ? UNIT_SECOND : UNIT_MINUTE;

    case ANNALS_DATE_DAY:
      return UNIT_DAY;

    case ANNALS_DATE_MONTH:
    case ANNALS_DATE_SEASON:
      return UNIT_MONTH;

    case ANNALS_DATE_UNDATED:
    case ANNALS_DATE_YEAR:
    case ANNALS_DATE_DECADE:
    case ANNALS_DATE_CENTURY:
    case ANNALS_DATE_RANGE:
      break;
    }

  return UNIT_YEAR;
}

static gboolean
is_same (const Moment *a,
         const Moment *b,
         Unit          unit)
{
  return a->year == b->year &&
         (unit < UNIT_MONTH || a->month == b->month) &&
         (unit < UNIT_DAY || a->day == b->day) &&
         (unit < UNIT_MINUTE || a->seconds / 60 == b->seconds / 60) &&
         (unit < UNIT_SECOND || a->seconds == b->seconds);
}

static void
write_moment (Job          *job,
              const char   *name,
              const Moment *moment,
              Unit          unit)
{
  annals_json_writer_begin_object (job->writer, name);
  annals_json_writer_int (job->writer, "year", moment->year);
  if (unit >= UNIT_MONTH)
    annals_json_writer_int (job->writer, "month", moment->month);
  if (unit >= UNIT_DAY)
    annals_json_writer_int (job->writer, "day", moment->day);
  if (unit >= UNIT_MINUTE)
    {
      annals_json_writer_int (job->writer, "hour", moment->seconds / 3600);
      annals_json_writer_int (job->writer, "minute", moment->seconds / 60 % 60);
    }
  if (unit >= UNIT_SECOND)
    annals_json_writer_int (job->writer, "second", moment->seconds % 60);
  annals_json_writer_end_object (job->writer);
}

/* Both ends in the finer unit of the two: TimelineJS drops an end that is less precise than its start. */
static void
write_dates (Job        *job,
             AnnalsDate *date)
{
  gint64 from = 0, to = 0;
  gboolean has_from = annals_date_get_from (date, &from);
  gboolean has_to = annals_date_get_to (date, &to);
  Unit unit = has_from ? get_unit (date, FALSE) : UNIT_YEAR;
  Moment first, last;

  if (has_to)
    unit = MAX (unit, get_unit (date, TRUE));
  job->has_times |= unit >= UNIT_MINUTE;
  if (job->cosmological)
    unit = UNIT_YEAR;

  first = get_moment (has_from ? from : to - 1);
  write_moment (job, "start_date", &first, unit);
  if (!has_from || !has_to)
    return;

  last = get_moment (MAX (from, to - 1));
  if (!is_same (&first, &last, unit))
    write_moment (job, "end_date", &last, unit);
}

static void
append_evidence (GString              *html,
                 AnnalsReport         *report,
                 const AnnalsEvidence *evidence)
{
  guint number = annals_report_get_number (report, evidence->post_id);
  const char *url = "";
  g_autofree char *published = NULL;

  if (number > 0)
    url = ((AnnalsCitedPost *) report->posts->pdata[number - 1])->post->url;

  if (evidence->exact != NULL && *evidence->exact != '\0')
    annals_html_append_format (html, "<blockquote>%s</blockquote>", evidence->exact);
  g_string_append (html, "<p>");
  if (evidence->stance == ANNALS_STANCE_CONTRADICTS)
    annals_html_append_format (html, "<strong>%s</strong> ", _("Contradicts:"));
  annals_html_append_link (html, url, evidence->post_title);
  if (evidence->post_source != NULL && *evidence->post_source != '\0')
    annals_html_append_format (html, ", %s", evidence->post_source);
  if (evidence->post_published != NULL && !annals_date_is_undated (evidence->post_published))
    {
      published = annals_date_dup_display (evidence->post_published);
      annals_html_append_format (html, ", %s", published);
    }
  g_string_append (html, "</p>");
  if (evidence->note != NULL && *evidence->note != '\0')
    annals_markdown_append_html (html, evidence->note, 3);
}

static void
write_text (Job        *job,
            const char *headline,
            const char *html)
{
  g_autoptr(GString) escaped = g_string_new (NULL);

  annals_html_append_text (escaped, headline);
  annals_json_writer_begin_object (job->writer, "text");
  annals_json_writer_string (job->writer, "headline", escaped->str);
  annals_json_writer_string (job->writer, "text", html);
  annals_json_writer_end_object (job->writer);
}

static void
write_id (Job        *job,
          const char *kind,
          const char *uid)
{
  /* It is a part of addresses there, and one that begins with a digit would be changed. */
  g_autofree char *id = g_strdup_printf ("%s-%s", kind, uid);

  annals_json_writer_string (job->writer, "unique_id", id);
}

/* TimelineJS decodes the references of a group's name and then takes it for HTML: no escaping holds, so that no bracket
 * may be left. */
static void
write_group (Job        *job,
             const char *name)
{
  g_autoptr(GString) plain = g_string_new (name);
  g_autoptr(GString) group = g_string_new (NULL);

  g_string_replace (plain, "<", "‹", 0);
  g_string_replace (plain, ">", "›", 0);
  annals_html_append_text (group, plain->str);
  annals_json_writer_string (job->writer, "group", group->str);
}

static void
write_event (Job               *job,
             const AnnalsEvent *event)
{
  AnnalsReport *report = job->run->report;
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);
  g_autofree char *display = annals_date_dup_display (event->date);
  g_autoptr(GString) html = g_string_new (NULL);
  g_autoptr(GString) date = g_string_new (NULL);

  annals_markdown_append_html (html, event->account, 3);
  for (guint i = 0; i < event->evidence->len; i++)
    append_evidence (html, report, event->evidence->pdata[i]);
  annals_html_append_text (date, display);

  annals_json_writer_begin_object (job->writer, NULL);
  write_id (job, "event", event->uid);
  write_dates (job, event->date);
  annals_json_writer_string (job->writer, "display_date", date->str);
  if (lane != NULL)
    write_group (job, lane->name);
  write_text (job, event->title, html->str);
  annals_json_writer_end_object (job->writer);
  job->n_written++;
}

/* Whether it has a place on a line of time at all; what cannot be said there is said to the user. */
static gboolean
has_place (Job               *job,
           const AnnalsEvent *event)
{
  if (annals_date_get_from (event->date, NULL))
    return TRUE;

  if (annals_date_get_to (event->date, NULL))
    {
      g_ptr_array_add (job->begun, event->title);
      return TRUE;
    }

  g_ptr_array_add (job->undated, event->title);
  return FALSE;
}

/* Years that JavaScript's dates do not reach make the whole timeline one of years. */
static gboolean
needs_cosmological (AnnalsReport *report)
{
  for (guint i = 0; i < report->events->len; i++)
    {
      const AnnalsEvent *event = report->events->pdata[i];

      for (guint last = 0; last < 2; last++)
        {
          AnnalsDateEnd end;

          annals_date_get_end (event->date, last, &end);
          if (end.precision != ANNALS_DATE_UNDATED && (end.year < FIRST_HUMAN_YEAR || end.year > LAST_HUMAN_YEAR))
            return TRUE;
        }
    }

  return FALSE;
}

static void
write_title (Job *job)
{
  AnnalsReport *report = job->run->report;
  g_autofree char *theme = annals_report_dup_theme (report);
  g_autofree char *subtitle = annals_report_dup_subtitle (report);
  g_autoptr(GString) html = g_string_new (NULL);

  if (*theme != '\0')
    annals_html_append_format (html, "<p>%s</p>", theme);
  annals_html_append_format (html, "<p>%s</p>", subtitle);

  annals_json_writer_begin_object (job->writer, "title");
  write_id (job, "timeline", report->timeline->uid);
  write_text (job, report->timeline->title, html->str);
  annals_json_writer_end_object (job->writer);
}

static void
tell_limits (Job *job)
{
  g_autofree char *undated = annals_export_dup_names (job->undated);
  g_autofree char *begun = annals_export_dup_names (job->begun);

  /* Translators: the %s are titles of events */
  if (job->undated->len > 0)
    annals_export_run_remark (job->run, ngettext ("%u event is left out, because TimelineJS has no event without a "
                                                  "date: %s",
                                                  "%u events are left out, because TimelineJS has no event without a "
                                                  "date: %s", job->undated->len), job->undated->len, undated);
  if (job->begun->len > 0)
    annals_export_run_remark (job->run, ngettext ("%u event stands at its end, because TimelineJS has no event whose "
                                                  "beginning is not known: %s",
                                                  "%u events stand at their ends, because TimelineJS has no event "
                                                  "whose beginning is not known: %s", job->begun->len),
                              job->begun->len, begun);
  if (job->n_written == 0)
    annals_export_run_remark (job->run, _("TimelineJS shows no timeline without an event that has a date"));
  if (job->cosmological)
    annals_export_run_remark (job->run,
                              _("Only the years of dates are given, because TimelineJS has no months for years as far "
                                "away as some of these"));
  else if (job->has_times)
    annals_export_run_remark (job->run, _("Times of day are in UTC, because TimelineJS has no time zones"));
}

gboolean
annals_export_timelinejs_write (AnnalsExportRun  *run,
                                GError          **error)
{
  g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (run->file);
  g_autoptr(GPtrArray) undated = g_ptr_array_new ();
  g_autoptr(GPtrArray) begun = g_ptr_array_new ();
  Job job = { .run = run, .writer = writer, .cosmological = needs_cosmological (run->report), .undated = undated,
              .begun = begun };
  GPtrArray *events = run->report->events;

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "scale", job.cosmological ? "cosmological" : "human");
  write_title (&job);
  annals_json_writer_begin_array (writer, "events");
  for (guint i = 0; i < events->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      if (has_place (&job, events->pdata[i]))
        write_event (&job, events->pdata[i]);
      annals_export_run_progress (run, (double) i / events->len);
    }
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
  annals_json_writer_finish (writer);
  tell_limits (&job);

  return TRUE;
}
