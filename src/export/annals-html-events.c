/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-html.h"
#include "annals-markdown-write.h"
#include "annals-palette.h"
#include "annals-report-periods.h"

/* Headings in an account are below the event's own. */
#define ACCOUNT_LEVEL 3

/* What a machine can read in a <time>: HTML knows no approximate date, no season and no range. */
static gboolean
is_machine_readable (AnnalsDate *date)
{
  AnnalsDatePrecision precision = annals_date_get_precision (date);
  const char *edtf = annals_date_get_edtf (date);

  return annals_date_get_flags (date) == ANNALS_DATE_EXACT && g_ascii_isdigit (*edtf) &&
         !g_str_has_prefix (edtf, "0000") &&
         (precision == ANNALS_DATE_DAY || precision == ANNALS_DATE_MONTH || precision == ANNALS_DATE_YEAR);
}

static void
append_date (GString    *html,
             AnnalsDate *date)
{
  g_autofree char *display = annals_date_dup_display (date);

  if (is_machine_readable (date))
    annals_html_append_format (html, "<time datetime=\"%s\">%s</time>", annals_date_get_edtf (date), display);
  else
    annals_html_append_text (html, display);
  if (annals_report_date_is_uncertain (date))
    g_string_append (html, " ~");
}

static void
append_class (GString    *html,
              const char *name,
              const char *colour)
{
  /* names of colours come from a file: only the palette's are classes */
  const AnnalsColour *known = annals_palette_lookup (colour);

  g_string_append_printf (html, " class=\"%s%s%s\"", name, known != NULL ? " c-" : "",
                          known != NULL ? known->name : "");
}

/* "[1] Title, Source, 9 Mar 2020" */
static void
append_source (GString              *html,
               AnnalsReport         *report,
               const AnnalsEvidence *evidence)
{
  g_autofree char *number = g_strdup_printf ("%u", annals_report_get_number (report, evidence->post_id));

  if (evidence->stance == ANNALS_STANCE_CONTRADICTS)
    annals_html_append_format (html, "<strong>%s</strong> ", _("Contradicts:"));
  annals_html_append_format (html, "<a href=\"#source-%s\">[%s] <bdi>%s</bdi></a>", number, number,
                             evidence->post_title);
  if (evidence->post_source != NULL && *evidence->post_source != '\0')
    annals_html_append_format (html, ", <bdi>%s</bdi>", evidence->post_source);
  if (evidence->post_published != NULL && !annals_date_is_undated (evidence->post_published))
    {
      g_autofree char *published = annals_date_dup_display_short (evidence->post_published);

      annals_html_append_format (html, ", %s", published);
    }
}

static void
append_quote (GString              *html,
              AnnalsReport         *report,
              const AnnalsEvidence *evidence)
{
  guint number = annals_report_get_number (report, evidence->post_id);
  const AnnalsCitedPost *cited = number > 0 ? report->posts->pdata[number - 1] : NULL;

  g_string_append (html, "<blockquote dir=\"auto\"");
  if (cited != NULL && *cited->post->language != '\0')
    annals_html_append_format (html, " lang=\"%s\"", cited->post->language);
  annals_html_append_format (html, ">“%s”", evidence->exact);
  if (g_strcmp0 (evidence->state, "review") == 0)
    annals_html_append_format (html, " <small>%s</small>", _("[as it was marked; no longer found in the post]"));
  g_string_append (html, "</blockquote>\n");
}

static void
append_evidence (GString              *html,
                 AnnalsReport         *report,
                 const AnnalsEvidence *evidence)
{
  gboolean quoted = evidence->exact != NULL && *evidence->exact != '\0';
  const char *name = evidence->stance == ANNALS_STANCE_CONTRADICTS ? "evidence against" : "evidence";

  g_string_append (html, quoted ? "<figure" : "<p");
  append_class (html, name, evidence->colour);
  g_string_append (html, ">\n");
  if (quoted)
    {
      append_quote (html, report, evidence);
      g_string_append (html, "<figcaption>");
    }
  append_source (html, report, evidence);
  g_string_append (html, quoted ? "</figcaption>\n</figure>\n" : "</p>\n");

  if (evidence->note != NULL && *evidence->note != '\0')
    {
      g_string_append (html, "<div class=\"note\" dir=\"auto\">\n");
      annals_markdown_append_html (html, evidence->note, ACCOUNT_LEVEL);
      g_string_append (html, "</div>\n");
    }
}

/* How well it is founded, where that is not plain, and what it is tagged with. */
static void
append_foot (GString           *html,
             const AnnalsEvent *event)
{
  g_autofree char *sources = event->evidence->len > 1 ? annals_event_dup_sources (event) : g_strdup ("");
  g_autofree char *tags = g_strjoinv (", ", event->tags);

  if (*sources != '\0' || *tags != '\0')
    annals_html_append_format (html, "<p class=\"foot\">%s%s%s</p>\n", sources,
                               *sources != '\0' && *tags != '\0' ? " · " : "", tags);
}

static void
append_event (GString           *html,
              AnnalsReport      *report,
              const AnnalsEvent *event)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);

  annals_html_append_format (html, "<article id=\"event-%s\" aria-labelledby=\"title-%s\">\n<div", event->uid,
                             event->uid);
  append_class (html, "when", lane != NULL ? lane->colour : NULL);
  g_string_append (html, ">");
  append_date (html, event->date);
  if (lane != NULL)
    annals_html_append_format (html, "<span class=\"lane\" dir=\"auto\">%s</span>", lane->name);
  annals_html_append_format (html, "</div>\n<div>\n<h3 id=\"title-%s\" dir=\"auto\">%s</h3>\n", event->uid,
                             event->title);
  if (*event->account != '\0')
    {
      g_string_append (html, "<div dir=\"auto\">\n");
      annals_markdown_append_html (html, event->account, ACCOUNT_LEVEL);
      g_string_append (html, "</div>\n");
    }
  for (guint i = 0; i < event->evidence->len; i++)
    append_evidence (html, report, event->evidence->pdata[i]);
  append_foot (html, event);
  g_string_append (html, "</div>\n</article>\n");
}

void
annals_html_append_events (GString      *html,
                           AnnalsReport *report,
                           GPtrArray    *periods)
{
  for (guint i = 0; i < periods->len; i++)
    {
      const AnnalsReportPeriod *period = periods->pdata[i];
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      annals_html_append_format (html, "<section aria-labelledby=\"period-%s\">\n<h2 id=\"period-%s\">%s</h2>\n",
                                 number, number, period->heading);
      for (guint j = 0; j < period->events->len; j++)
        append_event (html, report, period->events->pdata[j]);
      g_string_append (html, "</section>\n");
    }
}
