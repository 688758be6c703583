/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

#include <hb.h>
#include <hb-ot.h>
#include <pango/pangocairo.h>
#include <string.h>

#define COLOUR_LINK 0x1a5fb4
#define COLOUR_MUTED 0x5e5c64
#define COLOUR_ALERT 0xa51d2d

#define SIDE_DROP 6.0  /* at most */

/* What is open while a block's lines are drawn. */
typedef struct
{
  AnnalsPdf            *pdf;
  const AnnalsPdfBlock *block;
  gboolean              in_block;   /* the block's own element */
  gboolean              in_child;   /* a Span or Link in it */
  gboolean              in_picture; /* a Span around what is drawn as a picture */
  gboolean              needs_child; /* all that is in the block stands in Spans and Links */
  const AnnalsPdfRun   *link;       /* the run of the open Link; NULL: it is a Span */
} Pen;

/* The least that may stand on a page before a break: two lines, or all of it. */
static double
get_first_height (AnnalsPdf      *self,
                  AnnalsPdfBlock *block)
{
  PangoLayoutIter *iter;
  double height = 0;
  int n_lines;

  annals_pdf_block_ensure_layout (self, block);
  n_lines = pango_layout_get_line_count (block->layout);
  if (block->keep || n_lines <= 3)
    return annals_pdf_block_get_height (self, block);

  iter = pango_layout_get_iter (block->layout);
  for (int i = 0; i < 2; i++)
    {
      PangoRectangle logical;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      height += logical.height / (double) PANGO_SCALE;
      pango_layout_iter_next_line (iter);
    }
  pango_layout_iter_free (iter);

  return height;
}

static void
close_child (Pen *pen)
{
  if (!pen->in_child)
    return;

  if (pen->link != NULL)
    annals_pdf_end_link (pen->pdf);
  else
    annals_pdf_end (pen->pdf, "Span");
  pen->in_child = FALSE;
  pen->in_picture = FALSE;
  pen->link = NULL;
}

static void
close_block (Pen *pen)
{
  close_child (pen);
  if (pen->in_block)
    annals_pdf_end (pen->pdf, pen->block->tag);
  pen->in_block = FALSE;
}

/* Text beside a child element would be lost from the structure: with a link or a picture in the block,
 * all that is not in a Link goes in a Span. */
static void
open_child (Pen                *pen,
            const AnnalsPdfRun *run)
{
  const AnnalsPdfRun *link = run != NULL && run->link != NULL ? run : NULL;

  if (!pen->needs_child || (pen->in_child && !pen->in_picture && pen->link == link))
    return;

  close_child (pen);
  if (link != NULL)
    annals_pdf_begin_link (pen->pdf, link->link);
  else
    annals_pdf_begin (pen->pdf, "Span");
  pen->in_child = TRUE;
  pen->link = link;
}

/* Whether its glyphs have colours of their own, as those of emoji: Cairo draws them as pictures and says nothing of
 * what they mean. */
static gboolean
is_picture (const PangoGlyphItem *item)
{
  hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (item->item->analysis.font));

  return hb_ot_color_has_png (face) || hb_ot_color_has_layers (face) || hb_ot_color_has_svg (face);
}

static gboolean
has_picture (PangoLayout *layout)
{
  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    for (GSList *m = ((PangoLayoutLine *) l->data)->runs; m != NULL; m = m->next)
      if (is_picture (m->data))
        return TRUE;

  return FALSE;
}

/* A picture says in words what it stands for, so that it is read and copied. */
static void
open_picture (Pen                  *pen,
              const PangoGlyphItem *item,
              const char           *text)
{
  g_autofree char *words = g_strndup (text + item->item->offset, (gsize) item->item->length);

  close_child (pen);
  annals_pdf_begin_with (pen->pdf, "Span", words, NULL);
  pen->in_child = TRUE;
  pen->in_picture = TRUE;
}

static gint64
get_run_colour (const AnnalsPdfBlock *block,
                const AnnalsPdfRun   *run)
{
  if (run != NULL && run->look & ANNALS_PDF_ALERT)
    return COLOUR_ALERT;
  if (run != NULL && run->look & ANNALS_PDF_MUTED)
    return COLOUR_MUTED;
  if (run != NULL && run->link != NULL && !(run->look & ANNALS_PDF_QUIET))
    return COLOUR_LINK;

  return block->colour >= 0 ? block->colour : annals_pdf_style_get_colour (block->style);
}

/* Pango replaces the space at a line's end by an empty glyph, which Cairo 1.16 turns into a nested
 * replacement text, at which readers drop the rest: its real glyph is put back. Returns NULL when
 * there is nothing to put back. */
static PangoGlyphItem *
restore_spaces (PangoGlyphItem *item,
                const char     *text)
{
  PangoGlyphItem *copy = NULL;
  hb_font_t *font = pango_font_get_hb_font (item->item->analysis.font);
  hb_codepoint_t space;

  for (int i = 0; i < item->glyphs->num_glyphs; i++)
    {
      if (item->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY ||
          text[item->item->offset + item->glyphs->log_clusters[i]] != ' ' ||
          !hb_font_get_nominal_glyph (font, ' ', &space))
        continue;

      if (copy == NULL)
        copy = pango_glyph_item_copy (item);
      copy->glyphs->glyphs[i].glyph = space;
    }

  return copy;
}

static void
draw_line (Pen             *pen,
           PangoLayoutLine *line,
           double           x,
           double           baseline)
{
  const char *text = pango_layout_get_text (pen->block->layout);
  cairo_t *cr = pen->pdf->cr;

  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *item = l->data;
      PangoGlyphItem *restored = restore_spaces (item, text);
      const AnnalsPdfRun *run = annals_pdf_text_get_run (pen->block->text,
                                                         (guint) item->item->offset);

      if (pen->needs_child && (run == NULL || run->link == NULL) && is_picture (item))
        open_picture (pen, item, text);
      else
        open_child (pen, run);
      annals_pdf_set_colour (cr, get_run_colour (pen->block, run));
      cairo_move_to (cr, x, baseline);
      pango_cairo_show_glyph_item (cr, text, restored != NULL ? restored : item);
      x += pango_glyph_string_get_width (item->glyphs) / (double) PANGO_SCALE;
      g_clear_pointer (&restored, pango_glyph_item_free);
    }

  /* A link's area is one rectangle: one link for each line it is on. */
  if (pen->link != NULL)
    close_child (pen);
}

static void
draw_bar (AnnalsPdf            *self,
          const AnnalsPdfBlock *block,
          double                top)
{
  double x = annals_pdf_get_left (self) + block->x;

  if (block->bar < 0 || !annals_pdf_draws (self) || self->y <= top)
    return;

  /* Text that runs from the right begins at the right. */
  if (pango_layout_get_direction (block->layout, 0) == PANGO_DIRECTION_RTL)
    x += block->width - ANNALS_PDF_BAR_WIDTH;

  annals_pdf_set_colour (self->cr, block->bar);
  cairo_rectangle (self->cr, x, top + 1, ANNALS_PDF_BAR_WIDTH, self->y - top - 1);
  cairo_fill (self->cr);
}

/* Whether a page must end before line @index of @n_lines, @height high. */
static gboolean
breaks_before (AnnalsPdf   *self,
               PangoLayout *layout,
               double       height,
               int          index,
               int          n_lines)
{
  double room = annals_pdf_get_bottom (self) - self->y;
  PangoRectangle last;

  if (height > room)
    return TRUE;
  if (index < 2 || index != n_lines - 2)
    return FALSE;

  /* the last line does not stand alone on the next page */
  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, index + 1), NULL, &last);
  return height + last.height / (double) PANGO_SCALE > room;
}

/* Ends what is open on this page and begins the next. */
static void
turn_page (Pen    *pen,
           double *top)
{
  close_block (pen);
  draw_bar (pen->pdf, pen->block, *top);
  annals_pdf_next_page (pen->pdf);
  *top = pen->pdf->y;
}

static void
draw_lines (AnnalsPdf      *self,
            AnnalsPdfBlock *block)
{
  PangoLayoutIter *iter = pango_layout_get_iter (block->layout);
  Pen pen = { .pdf = self, .block = block };
  double x = annals_pdf_get_left (self) + block->x;
  double top = self->y;
  int n_lines = pango_layout_get_line_count (block->layout);
  int index = 0;

  pen.needs_child = block->text->n_links > 0 || (annals_pdf_is_tagged (self) && has_picture (block->layout));
  if (pango_layout_get_direction (block->layout, 0) != PANGO_DIRECTION_RTL)
    x += annals_pdf_block_get_inset (block);

  do
    {
      PangoRectangle logical;
      double height;
      double baseline;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      height = logical.height / (double) PANGO_SCALE;
      baseline = (pango_layout_iter_get_baseline (iter) - logical.y) / (double) PANGO_SCALE;

      if (breaks_before (self, block->layout, height, index, n_lines))
        turn_page (&pen, &top);

      if (annals_pdf_draws (self))
        {
          if (!pen.in_block)
            annals_pdf_begin_with (self, block->tag, NULL, block->language);
          pen.in_block = TRUE;
          draw_line (&pen, pango_layout_iter_get_line_readonly (iter),
                     x + logical.x / (double) PANGO_SCALE, self->y + baseline);
        }
      self->y += height;
      index++;
    }
  while (pango_layout_iter_next_line (iter));

  close_block (&pen);
  draw_bar (self, block, top);
  pango_layout_iter_free (iter);
}

AnnalsPdfBlock *
annals_pdf_block_new (AnnalsPdf     *self,
                      AnnalsPdfText *text,
                      AnnalsPdfStyle style,
                      const char    *tag,
                      double         x)
{
  AnnalsPdfBlock *block = g_new0 (AnnalsPdfBlock, 1);

  block->text = text;
  block->style = style;
  block->tag = tag;
  block->x = x;
  block->width = annals_pdf_get_body_width (self) - x;
  block->colour = -1;
  block->bar = -1;

  return block;
}

void
annals_pdf_block_free (AnnalsPdfBlock *block)
{
  if (block == NULL)
    return;

  annals_pdf_text_free (block->text);
  g_clear_object (&block->layout);
  g_free (block->dest);
  g_free (block);
}

GPtrArray *
annals_pdf_blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) annals_pdf_block_free);
}

double
annals_pdf_measure_block (AnnalsPdf      *self,
                          AnnalsPdfBlock *block)
{
  return block->before + annals_pdf_block_get_height (self, block);
}

static double
measure_side (AnnalsPdf *self,
              GPtrArray *side)
{
  double height = 0;

  for (guint i = 0; side != NULL && i < side->len; i++)
    {
      AnnalsPdfBlock *block = g_ptr_array_index (side, i);

      height += (i > 0 ? block->before : 0) + annals_pdf_block_get_height (self, block);
    }

  return height;
}

double
annals_pdf_measure_head (AnnalsPdf *self,
                         GPtrArray *blocks,
                         GPtrArray *side)
{
  double height = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      AnnalsPdfBlock *block = g_ptr_array_index (blocks, i);

      height += block->before;
      if (!block->with_next || i + 1 == blocks->len)
        {
          height += get_first_height (self, block);
          break;
        }
      height += annals_pdf_block_get_height (self, block);
    }

  /* the side column may begin a little lower, so that first lines stand on one line */
  return MAX (height, measure_side (self, side) + SIDE_DROP);
}

void
annals_pdf_place_block (AnnalsPdf      *self,
                        AnnalsPdfBlock *block)
{
  annals_pdf_skip (self, block->before);
  annals_pdf_block_ensure_layout (self, block);
  if (block->keep && annals_pdf_block_get_height (self, block) > annals_pdf_get_body_height (self))
    annals_pdf_reserve (self, get_first_height (self, block) / 4);
  else
    annals_pdf_reserve (self, get_first_height (self, block));

  if (block->dest != NULL)
    annals_pdf_add_dest (self, block->dest, self->y);
  annals_pdf_set_list_level (self, block->level, block->is_item);
  draw_lines (self, block);
}

static double
get_baseline (AnnalsPdf      *self,
              AnnalsPdfBlock *block)
{
  annals_pdf_block_ensure_layout (self, block);
  return pango_layout_get_baseline (block->layout) / (double) PANGO_SCALE;
}

/* Its first line stands on one line with the first of the body. Returns where it ends. */
static double
place_side (AnnalsPdf      *self,
            GPtrArray      *side,
            AnnalsPdfBlock *beside)
{
  double below = self->y;
  double end;

  if (side != NULL && side->len > 0)
    self->y += MAX (0, get_baseline (self, beside)
                    - get_baseline (self, g_ptr_array_index (side, 0)));
  for (guint i = 0; side != NULL && i < side->len; i++)
    {
      AnnalsPdfBlock *block = g_ptr_array_index (side, i);

      if (i > 0)
        self->y += block->before;
      annals_pdf_block_ensure_layout (self, block);
      draw_lines (self, block);
    }

  end = self->y;
  self->y = below;
  return end;
}

void
annals_pdf_place (AnnalsPdf *self,
                  GPtrArray *blocks,
                  GPtrArray *side)
{
  AnnalsPdfBlock *first;
  double side_end;
  guint page;

  g_return_if_fail (blocks->len > 0);

  first = g_ptr_array_index (blocks, 0);
  annals_pdf_reserve (self, annals_pdf_measure_head (self, blocks, side));
  annals_pdf_skip (self, first->before);
  first->before = 0;

  /* The side column stands beside the first block, and is read before it. */
  page = self->page;
  side_end = place_side (self, side, first);

  for (guint i = 0; i < blocks->len; i++)
    {
      GPtrArray rest = { .pdata = blocks->pdata + i, .len = blocks->len - i };
      AnnalsPdfBlock *block = g_ptr_array_index (blocks, i);

      if (i > 0 && block->with_next)
        annals_pdf_reserve (self, annals_pdf_measure_head (self, &rest, NULL));
      annals_pdf_place_block (self, block);
    }

  annals_pdf_set_list_level (self, 0, FALSE);
  if (self->page == page)
    self->y = MAX (self->y, side_end);
}

double
annals_pdf_draw_label (AnnalsPdf     *self,
                       const char    *string,
                       AnnalsPdfStyle style,
                       gint64         colour,
                       double         x,
                       double         y,
                       double         width)
{
  g_autoptr(AnnalsPdfBlock) block = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  PangoRectangle logical;
  Pen pen;

  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  g_strdelimit (text->string->str, "\n", ' ');
  block = annals_pdf_block_new (self, text, style, "P", 0);
  block->width = width;
  block->max_lines = 1;
  block->keep_direction = TRUE;
  block->colour = colour;
  annals_pdf_block_ensure_layout (self, block);
  pango_layout_get_extents (block->layout, NULL, &logical);

  pen = (Pen) { .pdf = self, .block = block };
  if (annals_pdf_draws (self))
    draw_line (&pen, pango_layout_get_line_readonly (block->layout, 0),
               x + logical.x / (double) PANGO_SCALE,
               y + pango_layout_get_baseline (block->layout) / (double) PANGO_SCALE);

  return logical.width / (double) PANGO_SCALE;
}

void
annals_pdf_measure_label (AnnalsPdf     *self,
                          const char    *string,
                          AnnalsPdfStyle style,
                          double        *width,
                          double        *height)
{
  g_autofree char *key = g_strdup_printf ("label %d\n%s", (int) style, string);
  g_autoptr(PangoLayout) layout = annals_pdf_layouts_ref_layout (self->layouts, key, NULL);
  PangoRectangle logical;

  if (layout == NULL)
    {
      g_autoptr(AnnalsPdfText) text = annals_pdf_text_new ();

      annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
      layout = annals_pdf_create_layout (self, style);
      pango_layout_set_single_paragraph_mode (layout, TRUE);
      pango_layout_set_text (layout, text->string->str, (int) text->string->len);
      annals_pdf_layouts_add (self->layouts, g_steal_pointer (&key), layout, NULL);
    }

  pango_layout_get_extents (layout, NULL, &logical);
  *width = logical.width / (double) PANGO_SCALE;
  *height = logical.height / (double) PANGO_SCALE;
}
