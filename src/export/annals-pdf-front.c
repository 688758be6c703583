/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>

#define LONG_TITLE 60         /* characters, from which the title is set smaller */
#define SOURCES_NAMED 6       /* in the facts; the rest are counted together */
#define ROW_PADDING 3.5
#define ROW_INDENT 5.0
#define ROW_VALUE 110.0       /* where a row's value begins */

static GPtrArray *
blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) annals_pdf_block_free);
}

static char *
format_day (gint64 seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autoptr(AnnalsDate) date = NULL;
  g_autofree char *edtf = NULL;

  if (time == NULL)
    return annals_date_format_rfc3339 (seconds);

  edtf = g_date_time_format (time, "%Y-%m-%d");
  date = annals_date_parse (edtf, NULL);

  return date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
}

static char *
make_subtitle (AnnalsReport *report)
{
  g_autofree char *day = format_day (report->exported);
  g_autofree char *events = NULL;
  g_autofree char *posts = NULL;

  events = g_strdup_printf (ngettext ("%u event", "%u events", report->events->len),
                            report->events->len);
  posts = g_strdup_printf (ngettext ("%u post", "%u posts", report->posts->len),
                           report->posts->len);

  /* translators: the notebook's title, "38 events", "29 posts", a day */
  return g_strdup_printf (_("A timeline from the notebook “%s” · %s · %s · exported %s"),
                          report->notebook_title, events, posts, day);
}

static void
put_theme (AnnalsPdf    *pdf,
           AnnalsReport *report)
{
  const AnnalsTimeline *timeline = report->timeline;
  AnnalsPdfText *text;

  if (*timeline->description == '\0' && *timeline->rule == '\0')
    return;

  text = annals_pdf_text_new ();
  annals_pdf_text_append (text, timeline->description, ANNALS_PDF_PLAIN);
  if (*timeline->rule != '\0')
    {
      /* translators: the %s is a search query */
      g_autofree char *rule = g_strdup_printf (_("rule: %s"), timeline->rule);

      if (*timeline->description != '\0')
        annals_pdf_text_append (text, "; ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, rule, ANNALS_PDF_PLAIN);
    }
  annals_pdf_put_row (pdf, _("Theme"), text);
}

/* What is in brackets after the period: "(2 events with uncertain dates, marked ~; …)" */
static void
append_remark (GString    *remarks,
               const char *remark)
{
  g_string_append (remarks, remarks->len == 0 ? " (" : "; ");
  g_string_append (remarks, remark);
}

static void
put_period (AnnalsPdf    *pdf,
            AnnalsReport *report)
{
  g_autofree char *period = annals_date_dup_display (report->period);
  g_autoptr(GString) remarks = g_string_new (NULL);
  AnnalsPdfText *text;

  if (report->events->len == 0)
    return;

  if (report->n_uncertain > 0)
    {
      g_autofree char *uncertain =
        g_strdup_printf (ngettext ("%u event with an uncertain date, marked ~",
                                   "%u events with uncertain dates, marked ~",
                                   report->n_uncertain), report->n_uncertain);

      append_remark (remarks, uncertain);
    }
  if (report->open_start)
    append_remark (remarks, _("some began earlier"));
  if (report->open_end)
    append_remark (remarks, _("some go on"));
  if (remarks->len > 0)
    g_string_append (remarks, ")");

  text = annals_pdf_text_new ();
  annals_pdf_text_append (text, period, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, remarks->str, ANNALS_PDF_PLAIN);
  annals_pdf_put_row (pdf, _("Period"), text);
}

static void
append_count (AnnalsPdfText *text,
              const char    *name,
              guint          n)
{
  g_autofree char *count = g_strdup_printf (" %u", n);

  if (text->string->len > 0)
    annals_pdf_text_append (text, " · ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, name, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, count, ANNALS_PDF_PLAIN);
}

static void
put_source_counts (AnnalsPdf    *pdf,
                   AnnalsReport *report)
{
  AnnalsPdfText *text;
  guint n_named = 0;
  guint n_others = 0;
  guint n_unnamed = 0;

  if (report->sources->len == 0)
    return;

  text = annals_pdf_text_new ();
  for (guint i = 0; i < report->sources->len; i++)
    {
      const AnnalsSourceCount *source = g_ptr_array_index (report->sources, i);

      if (*source->name == '\0')
        n_unnamed += source->n_posts;
      else if (n_named++ < SOURCES_NAMED)
        append_count (text, source->name, source->n_posts);
      else
        n_others += source->n_posts;
    }

  if (n_others > 0)
    append_count (text, _("others"), n_others);
  if (n_unnamed > 0)
    append_count (text, _("not named"), n_unnamed);
  annals_pdf_put_row (pdf, _("Sources"), text);
}

int
annals_pdf_put_front (AnnalsPdf    *pdf,
                      AnnalsReport *report)
{
  g_autofree char *subtitle = make_subtitle (report);
  g_autoptr(AnnalsPdfBlock) title_block = NULL;
  g_autoptr(AnnalsPdfBlock) subtitle_block = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  const char *title = report->timeline->title;
  gboolean is_long = strlen (title) > LONG_TITLE && g_utf8_strlen (title, -1) > LONG_TITLE;
  int bookmark;

  bookmark = annals_pdf_add_bookmark (pdf, 0, title, "top", TRUE);

  annals_pdf_text_append (text, title, ANNALS_PDF_PLAIN);
  title_block = annals_pdf_block_new (pdf, text, is_long ? ANNALS_PDF_STYLE_LONG_TITLE
                                                         : ANNALS_PDF_STYLE_TITLE, "H1", 0);
  title_block->dest = g_strdup ("top");
  title_block->keep = TRUE;
  annals_pdf_place_block (pdf, title_block);

  text = annals_pdf_text_new ();
  annals_pdf_text_append (text, subtitle, ANNALS_PDF_PLAIN);
  subtitle_block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_SUBTITLE, "P", 0);
  subtitle_block->before = 3;
  annals_pdf_place_block (pdf, subtitle_block);

  annals_pdf_skip (pdf, 16);
  if (report->events->len > 0 || *report->timeline->description != '\0' ||
      *report->timeline->rule != '\0')
    {
      annals_pdf_begin (pdf, "Table");
      put_theme (pdf, report);
      put_period (pdf, report);
      put_source_counts (pdf, report);
      annals_pdf_end (pdf, "Table");
    }

  return bookmark;
}

void
annals_pdf_put_heading (AnnalsPdf   *pdf,
                        const char  *title,
                        const char  *dest,
                        double       room,
                        int          parent,
                        gboolean     open,
                        int         *bookmark)
{
  g_autoptr(AnnalsPdfBlock) block = NULL;
  g_autoptr(GPtrArray) blocks = g_ptr_array_new ();
  AnnalsPdfText *text = annals_pdf_text_new ();
  int number;

  annals_pdf_text_append (text, title, ANNALS_PDF_PLAIN);
  block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_HEADING, "H2", 0);
  block->before = 20;
  block->keep = TRUE;
  block->dest = g_strdup (dest);
  g_ptr_array_add (blocks, block);

  annals_pdf_reserve (pdf, annals_pdf_measure_head (pdf, blocks, NULL) + room);
  annals_pdf_place_block (pdf, block);

  number = annals_pdf_add_bookmark (pdf, parent, title, dest, open);
  if (bookmark != NULL)
    *bookmark = number;
}

void
annals_pdf_put_row (AnnalsPdf     *pdf,
                    const char    *name,
                    AnnalsPdfText *value)
{
  g_autoptr(GPtrArray) values = blocks_new ();
  g_autoptr(GPtrArray) names = blocks_new ();
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *block;

  annals_pdf_text_append (text, name, ANNALS_PDF_PLAIN);
  block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_LABEL, "TH", ROW_INDENT);
  block->width = ROW_VALUE - ROW_INDENT - 8;
  block->max_lines = 14;
  g_ptr_array_add (names, block);

  block = annals_pdf_block_new (pdf, value, ANNALS_PDF_STYLE_VALUE, "TD", ROW_VALUE);
  block->width -= ROW_INDENT;
  block->before = ROW_PADDING;
  g_ptr_array_add (values, block);

  annals_pdf_begin (pdf, "TR");
  annals_pdf_place (pdf, values, names);
  annals_pdf_end (pdf, "TR");

  annals_pdf_advance (pdf, ROW_PADDING);
  annals_pdf_draw_rule (pdf);
}
