/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>

#define COLOUR_LEADER 0xb8b8bc
#define NUMBER_WIDTH 34.0
#define LEADER_GAP 5.0
#define ENTRY_GAP 2.5
#define SECTION_ROOM 60.0
#define COLUMN_GAP 28.0
#define MANY 16

static void
draw_leader (cairo_t *cr,
             double   from,
             double   to,
             double   y)
{
  static const double dashes[] = { 0.8, 3.2 };

  if (to <= from)
    return;

  /* from the right, so that the points of all lines stand below each other */
  annals_pdf_set_colour (cr, COLOUR_LEADER);
  cairo_set_line_width (cr, 0.8);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, to, y);
  cairo_line_to (cr, from, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Where the entries of one column stand. */
typedef struct
{
  double x;        /* from the body's left edge */
  double width;
} Column;

/* The page on which it is, at the right edge. */
static void
draw_number (AnnalsPdf    *pdf,
             const Column *column,
             const char   *dest,
             double        title_width,
             double        y)
{
  guint page = annals_pdf_get_page_of (pdf, dest);
  g_autofree char *number = page > 0 ? g_strdup_printf ("%u", page) : g_strdup ("");
  g_autofree char *link = g_strdup_printf ("dest='%s'", dest);
  double left = annals_pdf_get_left (pdf) + column->x;
  double right = left + column->width;
  double width;
  double height;

  annals_pdf_measure_label (pdf, number, ANNALS_PDF_STYLE_VALUE, &width, &height);
  draw_leader (annals_pdf_get_cairo (pdf), left + title_width + LEADER_GAP, right - width - LEADER_GAP,
               y + height * 0.72);
  annals_pdf_begin_link (pdf, link);
  annals_pdf_draw_label (pdf, number, ANNALS_PDF_STYLE_VALUE, -1, right - width, y, width + 1);
  annals_pdf_end_link (pdf);
}

/* At the place at hand, which stays where it is. */
static void
put_entry (AnnalsPdf            *pdf,
           const AnnalsPdfEntry *entry,
           const Column         *column)
{
  g_autoptr(AnnalsPdfBlock) block = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  double y = annals_pdf_get_y (pdf);
  double title_width;
  double height;

  annals_pdf_text_append_dest (text, entry->title, ANNALS_PDF_QUIET, entry->dest);
  g_strdelimit (text->string->str, "\n", ' ');
  block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_VALUE, "P", column->x);
  block->width = column->width - NUMBER_WIDTH * annals_pdf_get_setup (pdf)->scale;
  block->max_lines = 1;
  block->keep_direction = TRUE;
  annals_pdf_measure_label (pdf, text->string->str, ANNALS_PDF_STYLE_VALUE, &title_width, &height);

  annals_pdf_begin (pdf, "TOCI");
  annals_pdf_place_block (pdf, block);
  if (annals_pdf_get_cairo (pdf) != NULL)
    draw_number (pdf, column, entry->dest, MIN (title_width, block->width), y);
  annals_pdf_end (pdf, "TOCI");
  annals_pdf_advance (pdf, y - annals_pdf_get_y (pdf));
}

/* Two columns, where there are many entries and all are short. */
static guint
choose_columns (AnnalsPdf *pdf,
                GPtrArray *entries)
{
  double half = (annals_pdf_get_body_width (pdf) - COLUMN_GAP) / 2;

  if (entries->len < MANY)
    return 1;

  for (guint i = 0; i < entries->len; i++)
    {
      const AnnalsPdfEntry *entry = g_ptr_array_index (entries, i);
      double width;
      double height;

      annals_pdf_measure_label (pdf, entry->title, ANNALS_PDF_STYLE_VALUE, &width, &height);
      if (width > half - NUMBER_WIDTH * annals_pdf_get_setup (pdf)->scale)
        return 1;
    }

  return 2;
}

/* As many of the entries from @first on as this page holds. Returns how many. */
static guint
put_page_of_entries (AnnalsPdf *pdf,
                     GPtrArray *entries,
                     guint      first,
                     guint      n_columns,
                     double     step)
{
  double room = annals_pdf_get_room (pdf);
  guint n_rows = (guint) MAX (1, room / step);
  guint n = MIN (entries->len - first, n_rows * n_columns);
  double width = (annals_pdf_get_body_width (pdf) - (n_columns - 1) * COLUMN_GAP) / n_columns;

  n_rows = (n + n_columns - 1) / n_columns;
  for (guint i = 0; i < n; i++)
    {
      Column column = { (i / n_rows) * (width + COLUMN_GAP), width };

      if (i > 0)
        annals_pdf_advance (pdf, i % n_rows == 0 ? -step * (n_rows - 1) : step);
      put_entry (pdf, g_ptr_array_index (entries, first + i), &column);
    }
  annals_pdf_advance (pdf, step * (n_rows - (n - 1) % n_rows));

  return n;
}

void
annals_pdf_put_contents (AnnalsPdf *pdf,
                         GPtrArray *entries,
                         int        parent)
{
  guint n_columns = choose_columns (pdf, entries);
  double width;
  double height;

  annals_pdf_measure_label (pdf, "0", ANNALS_PDF_STYLE_VALUE, &width, &height);
  annals_pdf_begin (pdf, "Sect");
  annals_pdf_put_heading (pdf, _("Contents"), "contents", SECTION_ROOM, parent, FALSE, NULL);
  annals_pdf_skip (pdf, 2);
  annals_pdf_begin (pdf, "TOC");
  for (guint i = 0; i < entries->len;)
    {
      annals_pdf_reserve (pdf, height);
      i += put_page_of_entries (pdf, entries, i, n_columns, height + ENTRY_GAP);
    }
  annals_pdf_end (pdf, "TOC");
  annals_pdf_end (pdf, "Sect");
}

static void
entry_free (gpointer data)
{
  AnnalsPdfEntry *entry = data;

  g_free (entry->title);
  g_free (entry->dest);
  g_free (entry);
}

GPtrArray *
annals_pdf_entries_new (void)
{
  return g_ptr_array_new_with_free_func (entry_free);
}

void
annals_pdf_entries_add (GPtrArray  *entries,
                        const char *title,
                        const char *dest)
{
  AnnalsPdfEntry *entry = g_new0 (AnnalsPdfEntry, 1);

  entry->title = g_strdup (title);
  entry->dest = g_strdup (dest);
  g_ptr_array_add (entries, entry);
}
