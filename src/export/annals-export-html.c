/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-export-run.h"
#include "annals-html-parts.h"
#include "annals-html.h"
#include "annals-report-periods.h"
#include "annals-report-words.h"

/* Periods from which a list of them helps. */
#define CONTENTS_FROM 3
/* More than these are shown when they are asked for. */
#define CONTENTS_OPEN 24

/* Nothing is loaded and nothing runs; the style sheet is allowed by its hash. */
static void
append_policy (GString    *html,
               const char *style)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *hash = NULL;

  g_checksum_update (checksum, (const guchar *) style, (gssize) strlen (style));
  g_checksum_get_digest (checksum, digest, &length);
  hash = g_base64_encode (digest, length);

  /* in front of all that it is to hold for */
  annals_html_append_format (html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                             "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n", hash);
}

static void
append_head (GString         *html,
             AnnalsExportRun *run)
{
  g_autofree char *style = annals_html_dup_style (run->options->paper);
  const AnnalsTimeline *timeline = run->report->timeline;

  /* Translators: the language that you translate to, as a BCP 47 tag */
  annals_html_append_format (html, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                             C_("language of the translation", "en"));
  append_policy (html, style);
  annals_html_append_format (html, "<meta name=\"referrer\" content=\"no-referrer\">\n"
                             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                             "<meta name=\"generator\" content=\"Annals %s\">\n", ANNALS_VERSION);
  if (*timeline->description != '\0')
    annals_html_append_format (html, "<meta name=\"description\" content=\"%s\">\n", timeline->description);
  annals_html_append_format (html, "<title>%s</title>\n<style>", timeline->title);
  g_string_append (html, style);   /* ours, and CSS knows no entities */
  g_string_append (html, "</style>\n</head>\n");
}

static void
append_fact (GString    *html,
             const char *name,
             const char *value)
{
  if (*value != '\0')
    annals_html_append_format (html, "<dt>%s</dt><dd dir=\"auto\">%s</dd>\n", name, value);
}

static void
append_header (GString      *html,
               AnnalsReport *report)
{
  g_autofree char *subtitle = annals_report_dup_subtitle (report);
  g_autofree char *theme = annals_report_dup_theme (report);
  g_autofree char *period = annals_report_dup_period (report);
  g_autofree char *sources = annals_report_dup_source_counts (report);

  annals_html_append_format (html, "<header>\n<h1 dir=\"auto\">%s</h1>\n<p class=\"subtitle\">%s</p>\n",
                             report->timeline->title, subtitle);
  if (*theme != '\0' || *period != '\0')
    {
      g_string_append (html, "<dl class=\"facts\">\n");
      append_fact (html, _("Theme"), theme);
      append_fact (html, _("Period"), period);
      append_fact (html, _("Sources"), sources);
      g_string_append (html, "</dl>\n");
    }
  g_string_append (html, "</header>\n");
}

static void
append_entry (GString    *html,
              const char *id,
              const char *title,
              guint       n)
{
  g_autofree char *count = g_strdup_printf (" %u", n);

  annals_html_append_format (html, "<li><a href=\"#%s\">%s</a><span>%s</span></li>\n", id, title, count);
}

static void
append_contents (GString      *html,
                 AnnalsReport *report,
                 GPtrArray    *periods,
                 GPtrArray    *notes)
{
  if (periods->len < CONTENTS_FROM)
    return;

  annals_html_append_format (html, "<nav aria-labelledby=\"contents\">\n<details%s><summary><h2 id=\"contents\">%s</h2>"
                             "</summary>\n<ul>\n", periods->len > CONTENTS_OPEN ? "" : " open", _("Contents"));
  for (guint i = 0; i < periods->len; i++)
    {
      const AnnalsReportPeriod *period = periods->pdata[i];
      g_autofree char *id = g_strdup_printf ("period-%u", i + 1);

      append_entry (html, id, period->heading, period->events->len);
    }
  if (report->posts->len > 0)
    append_entry (html, "sources", _("Sources"), report->posts->len);
  if (notes->len > 0)
    append_entry (html, "notes", _("Notes"), notes->len);
  if (report->imports->len > 0)
    append_entry (html, "provenance", _("Provenance"), report->imports->len);
  g_string_append (html, "</ul>\n</details>\n</nav>\n");
}

gboolean
annals_export_html_write (AnnalsExportRun  *run,
                          GError          **error)
{
  AnnalsReport *report = run->report;
  g_autoptr(GString) html = g_string_new (NULL);
  g_autoptr(GPtrArray) periods = annals_report_dup_periods (report);
  g_autoptr(GPtrArray) notes = run->options->with_notes ? annals_report_list_notes (report) : g_ptr_array_new ();

  append_head (html, run);
  annals_html_append_format (html, "<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n", _("Skip to the events"));
  append_header (html, report);
  annals_html_append_chart (html, report);
  append_contents (html, report, periods, notes);
  g_string_append (html, "<main id=\"main\">\n");
  annals_html_append_events (html, report, periods);
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;

  annals_html_append_sources (html, report);
  annals_html_append_notes (html, report, notes);
  annals_html_append_origins (html, report);
  annals_html_append_format (html, "</main>\n<footer>%s</footer>\n</body>\n</html>\n", "Annals " ANNALS_VERSION);
  annals_export_file_write (run->file, html->str, html->len);

  return TRUE;
}
