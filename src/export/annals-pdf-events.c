/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-palette.h"
#include "annals-pdf-markdown.h"
#include "annals-report-periods.h"

#define NO_COLOUR 0xc0bfbc    /* the bar of a quotation without a highlight */
#define SIDE_LINES 8          /* of a date or a lane's name, before it is cut */
#define SHORT 45.0            /* points: a paragraph of about three lines */

static AnnalsPdfBlock *
add_block (AnnalsPdf      *pdf,
           GPtrArray      *blocks,
           AnnalsPdfText  *text,
           AnnalsPdfStyle  style,
           const char     *tag,
           double          before)
{
  AnnalsPdfBlock *block = annals_pdf_block_new (pdf, text, style, tag, annals_pdf_get_column (pdf));

  block->before = before;
  g_ptr_array_add (blocks, block);

  return block;
}

void
annals_pdf_add_side (AnnalsPdf      *pdf,
                     GPtrArray      *side,
                     const char     *string,
                     AnnalsPdfStyle  style,
                     gint64          colour)
{
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *block;

  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  block = annals_pdf_block_new (pdf, text, style, "P", 0);
  block->width = annals_pdf_get_column (pdf) - 12;
  block->max_lines = SIDE_LINES;
  block->keep_direction = TRUE;   /* all of the column begins at one edge */
  block->colour = colour;
  g_ptr_array_add (side, block);
}

static void
fill_side (AnnalsPdf         *pdf,
           AnnalsReport      *report,
           const AnnalsEvent *event,
           GPtrArray         *side)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);
  const AnnalsColour *colour = lane != NULL ? annals_palette_lookup (lane->colour) : NULL;
  g_autofree char *display = annals_date_dup_display (event->date);
  g_autofree char *date = NULL;

  /* the sign does not stand alone on a line */
  date = annals_report_date_is_uncertain (event->date) ? g_strconcat (display, "\u00a0~", NULL)
                                                       : g_strdup (display);
  annals_pdf_add_side (pdf, side, date, ANNALS_PDF_STYLE_DATE, colour != NULL ? (gint64) colour->strong : -1);
  if (lane != NULL)
    annals_pdf_add_side (pdf, side, lane->name, ANNALS_PDF_STYLE_LANE, -1);
}

void
annals_pdf_append_source (AnnalsPdfText *text,
                          guint          number,
                          const char    *title,
                          const char    *source,
                          AnnalsDate    *published)
{
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *dest = g_strdup_printf ("source-%u", number);

  annals_pdf_text_append_dest (text, mark, ANNALS_PDF_MUTED, dest);
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append_dest (text, title, ANNALS_PDF_PLAIN, dest);

  if (source != NULL && *source != '\0')
    {
      annals_pdf_text_append (text, ", ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, source, ANNALS_PDF_PLAIN);
    }

  if (published != NULL && !annals_date_is_undated (published))
    {
      g_autofree char *date = annals_date_dup_display_short (published);

      annals_pdf_text_append (text, ", ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, date, ANNALS_PDF_PLAIN);
    }
}

static void
append_source (AnnalsPdfText        *text,
               AnnalsReport         *report,
               const AnnalsEvidence *evidence)
{
  if (evidence->stance == ANNALS_STANCE_CONTRADICTS)
    {
      annals_pdf_text_append (text, _("Contradicts:"), ANNALS_PDF_ALERT | ANNALS_PDF_BOLD);
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
    }

  annals_pdf_append_source (text, annals_report_get_number (report, evidence->post_id), evidence->post_title,
                            evidence->post_source, evidence->post_published);
}

AnnalsPdfBlock *
annals_pdf_make_quote (AnnalsPdf  *pdf,
                       const char *exact,
                       const char *colour,
                       const char *language,
                       gboolean    is_lost)
{
  const AnnalsColour *known = colour != NULL ? annals_palette_lookup (colour) : NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *block;

  annals_pdf_text_append (text, "“", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, exact, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, "”", ANNALS_PDF_PLAIN);
  if (is_lost)
    {
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
      /* Translators: behind a quotation whose post was changed by a later import */
      annals_pdf_text_append (text, _("[as it was marked; no longer found in the post]"), ANNALS_PDF_PLAIN);
    }

  block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_QUOTE, "BlockQuote", annals_pdf_get_column (pdf));
  block->before = 5;
  block->keep = TRUE;
  block->bar = known != NULL ? known->strong : NO_COLOUR;
  block->language = language;   /* its own forms of the characters that several languages share */

  return block;
}

static void
add_quote (AnnalsPdf            *pdf,
           AnnalsReport         *report,
           const AnnalsEvidence *evidence,
           GPtrArray            *blocks)
{
  guint number = annals_report_get_number (report, evidence->post_id);
  const AnnalsCitedPost *cited = number > 0 ? g_ptr_array_index (report->posts, number - 1) : NULL;
  AnnalsPdfBlock *block;

  block = annals_pdf_make_quote (pdf, evidence->exact, evidence->colour,
                                 cited != NULL ? cited->post->language : NULL,
                                 g_strcmp0 (evidence->state, "review") == 0);
  block->with_next = TRUE;
  g_ptr_array_add (blocks, block);
}

static gboolean
has_note (const AnnalsEvidence *evidence)
{
  return evidence->note != NULL && *evidence->note != '\0';
}

/* Whether the next piece of evidence says its source together with this one: several quotations of
 * one post, or several posts as wholes. */
static gboolean
is_joined (const AnnalsEvidence *evidence,
           const AnnalsEvidence *next)
{
  if (has_note (evidence) || evidence->stance != next->stance)
    return FALSE;

  if (evidence->exact == NULL)
    return next->exact == NULL;

  return next->exact != NULL && next->post_id == evidence->post_id;
}

/* A source does not stand alone on the next page. */
static void
keep_with_source (AnnalsPdf *pdf,
                  GPtrArray *blocks)
{
  AnnalsPdfBlock *last = g_ptr_array_index (blocks, blocks->len - 1);

  if (annals_pdf_measure_block (pdf, last) <= SHORT)
    last->with_next = TRUE;
}

static void
add_evidence (AnnalsPdf         *pdf,
              AnnalsReport      *report,
              const AnnalsEvent *event,
              GPtrArray         *blocks)
{
  AnnalsPdfText *sources = NULL;

  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);
      gboolean joined = i + 1 < event->evidence->len &&
                        is_joined (evidence, g_ptr_array_index (event->evidence, i + 1));

      if (evidence->exact != NULL)
        add_quote (pdf, report, evidence, blocks);
      if (evidence->exact != NULL && joined)
        continue;

      if (sources == NULL)
        sources = annals_pdf_text_new ();
      else
        annals_pdf_text_append (sources, " · ", ANNALS_PDF_PLAIN);
      append_source (sources, report, evidence);
      if (joined)
        continue;

      keep_with_source (pdf, blocks);
      add_block (pdf, blocks, g_steal_pointer (&sources), ANNALS_PDF_STYLE_SOURCE, "P", 3)
        ->keep_direction = TRUE;
      if (has_note (evidence))
        annals_pdf_markdown_append (pdf, blocks, evidence->note, ANNALS_PDF_STYLE_SOURCE,
                                    annals_pdf_get_column (pdf), 1);
    }
}

/* How well it is founded, where that is not plain, and what it is tagged with. */
static void
add_foot (AnnalsPdf         *pdf,
          const AnnalsEvent *event,
          GPtrArray         *blocks)
{
  g_autofree char *sources = event->evidence->len > 1 ? annals_event_dup_sources (event) : g_strdup ("");
  g_autofree char *tags = g_strjoinv (", ", event->tags);
  AnnalsPdfText *text;

  if (*sources == '\0' && *tags == '\0')
    return;

  text = annals_pdf_text_new ();
  annals_pdf_text_append (text, sources, ANNALS_PDF_MUTED);
  if (*sources != '\0' && *tags != '\0')
    annals_pdf_text_append (text, " · ", ANNALS_PDF_MUTED);
  annals_pdf_text_append (text, tags, ANNALS_PDF_MUTED);
  ((AnnalsPdfBlock *) g_ptr_array_index (blocks, blocks->len - 1))->with_next = TRUE;   /* it does not stand alone */
  add_block (pdf, blocks, text, ANNALS_PDF_STYLE_SOURCE, "P", 3);
}

static GPtrArray *
make_event_blocks (AnnalsPdf         *pdf,
                   AnnalsReport      *report,
                   const AnnalsEvent *event,
                   guint              number)
{
  GPtrArray *blocks = annals_pdf_blocks_new ();
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *title;

  annals_pdf_text_append (text, event->title, ANNALS_PDF_PLAIN);
  title = add_block (pdf, blocks, text, ANNALS_PDF_STYLE_EVENT, "H3", 13);
  title->keep = TRUE;
  title->with_next = TRUE;
  title->dest = g_strdup_printf ("event-%u", number);

  annals_pdf_markdown_append (pdf, blocks, event->account, ANNALS_PDF_STYLE_BODY,
                              annals_pdf_get_column (pdf), 1);
  add_evidence (pdf, report, event, blocks);
  add_foot (pdf, event, blocks);

  return blocks;
}

static void
put_event (AnnalsPdf         *pdf,
           const AnnalsEvent *event,
           guint              number,
           GPtrArray         *blocks,
           GPtrArray         *side,
           int                parent)
{
  g_autofree char *dest = g_strdup_printf ("event-%u", number);

  annals_pdf_add_bookmark (pdf, parent, event->title, dest, FALSE);
  annals_pdf_begin (pdf, "Sect");
  annals_pdf_place (pdf, blocks, side);
  annals_pdf_end (pdf, "Sect");
}

static gboolean
put_period (AnnalsPdf                 *pdf,
            AnnalsReport              *report,
            const AnnalsReportPeriod  *period,
            guint                      period_number,
            int                        parent,
            gboolean                 (*tick) (gpointer user_data),
            gpointer                   user_data)
{
  g_autofree char *dest = g_strdup_printf ("period-%u", period_number);
  int bookmark = 0;

  annals_pdf_begin (pdf, "Sect");
  for (guint i = 0; i < period->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (period->events, i);
      guint number = g_array_index (period->numbers, guint, i);
      g_autoptr(GPtrArray) blocks = make_event_blocks (pdf, report, event, number);
      g_autoptr(GPtrArray) side =
        annals_pdf_blocks_new ();

      fill_side (pdf, report, event, side);
      if (i == 0)
        {
          AnnalsPdfBlock *title = g_ptr_array_index (blocks, 0);

          title->before = 4;
          annals_pdf_put_heading (pdf, period->heading, dest,
                                  annals_pdf_measure_head (pdf, blocks, side),
                                  parent, FALSE, &bookmark);
        }
      put_event (pdf, event, number, blocks, side, bookmark);

      if (tick != NULL && !tick (user_data))
        return FALSE;
    }
  annals_pdf_end (pdf, "Sect");

  return TRUE;
}

gboolean
annals_pdf_put_events (AnnalsPdf    *pdf,
                       AnnalsReport *report,
                       int           parent,
                       gboolean    (*tick) (gpointer user_data),
                       gpointer      user_data)
{
  g_autoptr(GPtrArray) periods = annals_report_dup_periods (report);

  for (guint i = 0; i < periods->len; i++)
    if (!put_period (pdf, report, g_ptr_array_index (periods, i), i + 1, parent, tick, user_data))
      return FALSE;

  return TRUE;
}
