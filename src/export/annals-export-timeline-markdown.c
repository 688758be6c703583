/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "annals-cited-date.h"
#include "annals-export-run.h"
#include "annals-markdown-copy.h"
#include "annals-markdown-write.h"
#include "annals-report-periods.h"
#include "annals-report-words.h"

/* An event's heading is of the third level, those of its account are below it. */
#define ACCOUNT_LEVEL 3

/* Every line of @text behind "> ". */
static void
append_quoted (GString    *out,
               const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i + 1] != NULL || *lines[i] != '\0')
      g_string_append_printf (out, "%s%s\n", *lines[i] != '\0' ? "> " : ">", lines[i]);
}

static void
append_evidence (GString              *out,
                 AnnalsReport         *report,
                 const AnnalsEvidence *evidence)
{
  guint number = annals_report_get_number (report, evidence->post_id);
  g_autoptr(GString) source = g_string_new (NULL);
  gboolean quoted = evidence->exact != NULL && *evidence->exact != '\0';

  if (evidence->stance == ANNALS_STANCE_CONTRADICTS)
    g_string_append_printf (source, "**%s** ", _("Contradicts:"));
  annals_markdown_append_wiki (source, evidence->post_title);
  g_string_append_printf (source, "[^%u]", number);

  g_string_append_c (out, '\n');
  if (quoted)
    {
      g_autoptr(GString) quote = g_string_new ("“");

      annals_markdown_append_plain (quote, evidence->exact, "\n");
      g_string_append (quote, "”");
      if (g_strcmp0 (evidence->state, "review") == 0)
        {
          g_string_append_c (quote, ' ');
          annals_markdown_append_plain (quote, _("[as it was marked; no longer found in the post]"), " ");
        }
      append_quoted (out, quote->str);
      g_string_append_printf (out, ">\n> — %s\n", source->str);
    }
  else
    {
      g_string_append_printf (out, "%s\n", source->str);
    }

  if (evidence->note == NULL || *evidence->note == '\0')
    return;
  g_string_append_c (out, '\n');
  annals_markdown_append_linked (out, evidence->note, ACCOUNT_LEVEL);
}

/* "*about March 2020* · Borders · #north-korea" */
static void
append_facts (GString           *out,
              AnnalsReport      *report,
              const AnnalsEvent *event)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);
  g_autofree char *display = annals_date_dup_display (event->date);
  g_autofree char *sources = event->evidence->len > 1 ? annals_event_dup_sources (event) : g_strdup ("");

  g_string_append (out, "*");
  annals_markdown_append_plain (out, display, " ");
  g_string_append (out, "*");
  if (lane != NULL)
    {
      g_string_append (out, " · ");
      annals_markdown_append_plain (out, lane->name, " ");
    }
  if (*sources != '\0')
    {
      g_string_append (out, " · ");
      annals_markdown_append_plain (out, sources, " ");
    }
  for (guint i = 0; event->tags[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? " · " : " ");
      annals_markdown_append_tag (out, event->tags[i]);
    }
  g_string_append_c (out, '\n');
}

static void
append_event (GString           *out,
              AnnalsReport      *report,
              const AnnalsEvent *event)
{
  g_string_append (out, "\n### ");
  annals_markdown_append_plain (out, event->title, " ");
  g_string_append (out, "\n\n");
  append_facts (out, report, event);
  if (*event->account != '\0')
    {
      g_string_append_c (out, '\n');
      annals_markdown_append_linked (out, event->account, ACCOUNT_LEVEL);
    }
  for (guint i = 0; i < event->evidence->len; i++)
    append_evidence (out, report, event->evidence->pdata[i]);
}

static void
append_sentence (GString    *out,
                 const char *text)
{
  if (*text == '\0')
    return;

  g_string_append_c (out, ' ');
  annals_markdown_append_plain (out, text, " ");
  if (!annals_report_ends_sentence (text))
    g_string_append_c (out, '.');
}

/* "[^1]: Title. Author. Source. Date. <address> Imported from …" */
static void
append_source (GString               *out,
               const AnnalsCitedPost *cited,
               guint                  number)
{
  const AnnalsPost *post = cited->post;
  g_autofree char *published = annals_report_dup_date (post->published);
  g_autofree char *origin = annals_report_dup_origin (cited);
  const char *url = annals_cited_address (post->url);

  g_string_append_printf (out, "[^%u]:", number);
  append_sentence (out, *post->title != '\0' ? post->title : _("Untitled"));
  append_sentence (out, post->author);
  append_sentence (out, post->source);
  append_sentence (out, published);
  if (*url != '\0')
    annals_markdown_append_link (out, url);
  if (origin != NULL)
    append_sentence (out, origin);
  g_string_append (out, "\n");
}

static void
append_notes (GString      *out,
              AnnalsReport *report)
{
  g_autoptr(GPtrArray) notes = annals_report_list_notes (report);

  if (notes->len > 0)
    g_string_append_printf (out, "\n## %s\n", _("Notes"));
  for (guint i = 0; i < notes->len; i++)
    {
      const AnnalsAnnotation *annotation = notes->pdata[i];
      g_autoptr(GString) quote = g_string_new (NULL);

      if (!annals_annotation_is_post_note (annotation))
        annals_markdown_append_plain (quote, annotation->selector.exact, "\n");
      else
        annals_markdown_append_plain (quote, _("On the whole post"), " ");
      g_string_append_printf (quote, " [^%u]", annals_report_get_number (report, annotation->post_id));
      g_string_append_c (out, '\n');
      append_quoted (out, quote->str);
      g_string_append_c (out, '\n');
      annals_markdown_append_linked (out, annotation->note, ACCOUNT_LEVEL);
    }
}

static void
append_front (GString         *out,
              AnnalsExportRun *run)
{
  AnnalsReport *report = run->report;
  g_autofree char *exported = annals_date_format_rfc3339 (run->exported);
  g_autofree char *period = annals_report_dup_period (report);
  g_autofree char *subtitle = annals_report_dup_subtitle (report);
  g_autofree char *theme = annals_report_dup_theme (report);

  g_string_append (out, "---\n");
  annals_yaml_append (out, "title", report->timeline->title);
  if (*report->timeline->description != '\0')
    annals_yaml_append (out, "description", report->timeline->description);
  if (*report->timeline->rule != '\0')
    annals_yaml_append (out, "rule", report->timeline->rule);
  annals_yaml_append (out, "notebook", report->notebook_title);
  annals_yaml_append (out, "period", period);
  g_string_append_printf (out, "uid: %s\nevents: %u\nsources: %u\nexported: %s\ngenerator: Annals %s\n---\n\n# ",
                          report->timeline->uid, report->events->len, report->posts->len, exported, ANNALS_VERSION);
  annals_markdown_append_plain (out, report->timeline->title, " ");
  g_string_append (out, "\n\n*");
  annals_markdown_append_plain (out, subtitle, " ");
  g_string_append (out, "*\n");
  if (*theme != '\0')
    {
      g_string_append_c (out, '\n');
      annals_markdown_append_plain (out, theme, "\n");
      g_string_append_c (out, '\n');
    }
}

gboolean
annals_export_timeline_markdown_write (AnnalsExportRun  *run,
                                       GError          **error)
{
  AnnalsReport *report = run->report;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GPtrArray) periods = annals_report_dup_periods (report);

  append_front (out, run);
  for (guint i = 0; i < periods->len; i++)
    {
      const AnnalsReportPeriod *period = periods->pdata[i];

      g_string_append_printf (out, "\n## ");
      annals_markdown_append_plain (out, period->heading, " ");
      g_string_append_c (out, '\n');
      for (guint j = 0; j < period->events->len; j++)
        append_event (out, report, period->events->pdata[j]);
    }

  if (run->options->with_notes)
    append_notes (out, report);
  if (report->posts->len > 0)
    g_string_append_printf (out, "\n## %s\n\n", _("Sources"));
  for (guint i = 0; i < report->posts->len; i++)
    append_source (out, report->posts->pdata[i], i + 1);
  annals_export_file_write (run->file, out->str, out->len);

  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}
