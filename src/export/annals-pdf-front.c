/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-report-words.h"

#define LONG_TITLE 60         /* characters, from which the title is set smaller */
#define ROW_PADDING 3.5
#define ROW_INDENT 5.0
#define ROW_VALUE 110.0       /* where a row's value begins */

void
annals_pdf_put_fact (AnnalsPdf  *pdf,
                     const char *name,
                     const char *value)
{
  AnnalsPdfText *text;

  if (*value == '\0')
    return;

  text = annals_pdf_text_new ();
  annals_pdf_text_append (text, value, ANNALS_PDF_PLAIN);
  annals_pdf_put_row (pdf, name, text);
}

int
annals_pdf_put_title (AnnalsPdf  *pdf,
                      const char *title,
                      const char *subtitle)
{
  g_autoptr(AnnalsPdfBlock) title_block = NULL;
  g_autoptr(AnnalsPdfBlock) subtitle_block = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  gboolean is_long = strlen (title) > LONG_TITLE && g_utf8_strlen (title, -1) > LONG_TITLE;
  int bookmark = annals_pdf_add_bookmark (pdf, 0, title, "top", TRUE);

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

  return bookmark;
}

int
annals_pdf_put_front (AnnalsPdf    *pdf,
                      AnnalsReport *report)
{
  g_autofree char *subtitle = annals_report_dup_subtitle (report);
  g_autofree char *theme = annals_report_dup_theme (report);
  g_autofree char *period = annals_report_dup_period (report);
  g_autofree char *sources = annals_report_dup_source_counts (report);
  int bookmark = annals_pdf_put_title (pdf, report->timeline->title, subtitle);

  if (*theme != '\0' || *period != '\0')
    {
      annals_pdf_begin (pdf, "Table");
      annals_pdf_put_fact (pdf, _("Theme"), theme);
      annals_pdf_put_fact (pdf, _("Period"), period);
      annals_pdf_put_fact (pdf, _("Sources"), sources);
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
  annals_pdf_set_section (pdf, title);
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
  g_autoptr(GPtrArray) values = annals_pdf_blocks_new ();
  g_autoptr(GPtrArray) names = annals_pdf_blocks_new ();
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
