/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

#include <pango/pangocairo.h>

#define COLOUR_MUTED 0x5e5c64
#define COLOUR_RULE 0xdddde0

/* From the page's edges. Nothing stands nearer to them than printers reach. */
#define HEAD_MIN 14.0
#define HEAD_GAP 26.0        /* from the body up to the head's upper edge */
#define FOOT_RULE_MIN 30.0
#define FOOT_RULE_GAP 14.0   /* from the lower margin down to the rule */
#define FOOT_TEXT 8.0        /* below the rule */
#define ASCENT 8.5           /* of a foot's line, down to where its letters stand */
#define FOOT_ROOM 20.0       /* between the body and the rule */

static double
get_rule_y (AnnalsPdf *self)
{
  double least = MIN (FOOT_RULE_MIN, self->setup.height / 8);

  return self->setup.height - MAX (least, self->setup.margin - FOOT_RULE_GAP);
}

/* All of it stands on one line, whatever the fonts of its scripts. */
static void
draw_on_baseline (AnnalsPdf   *self,
                  PangoLayout *layout,
                  double       x,
                  double       baseline)
{
  const PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  x += logical.x / (double) PANGO_SCALE;
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *item = l->data;

      cairo_move_to (self->cr, x, baseline);
      pango_cairo_show_glyph_item (self->cr, pango_layout_get_text (layout), item);
      x += pango_glyph_string_get_width (item->glyphs) / (double) PANGO_SCALE;
    }
}

static void
draw_text (AnnalsPdf      *self,
           const char     *string,
           PangoAlignment  alignment,
           double          x,
           double          y,
           double          width)
{
  g_autoptr(PangoLayout) layout = annals_pdf_create_layout (self, ANNALS_PDF_STYLE_FOOTER);

  pango_layout_set_text (layout, string, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  draw_on_baseline (self, layout, x, y + ASCENT * self->setup.scale);
}

double
annals_pdf_get_top (AnnalsPdf *self)
{
  return self->setup.margin;
}

double
annals_pdf_get_bottom (AnnalsPdf *self)
{
  return get_rule_y (self) - MIN (FOOT_ROOM, self->setup.height / 12);
}

void
annals_pdf_draw_frame (AnnalsPdf *self)
{
  g_autofree char *number = NULL;
  double left = annals_pdf_get_left (self);
  double width = annals_pdf_get_body_width (self);
  double rule = get_rule_y (self);
  double foot = rule + FOOT_TEXT;

  if (!annals_pdf_draws (self))
    return;

  annals_pdf_set_colour (self->cr, COLOUR_RULE);
  cairo_set_line_width (self->cr, 0.75);
  cairo_move_to (self->cr, left, rule);
  cairo_line_to (self->cr, left + width, rule);
  cairo_stroke (self->cr);

  annals_pdf_set_colour (self->cr, COLOUR_MUTED);
  number = self->n_pages > 0 ? g_strdup_printf ("%u / %u", self->page, self->n_pages)
                             : g_strdup_printf ("%u", self->page);
  draw_text (self, self->title, PANGO_ALIGN_LEFT, left, foot, width * 0.36);
  draw_text (self, self->notebook_title, PANGO_ALIGN_CENTER, left + width * 0.38, foot, width * 0.24);
  draw_text (self, number, PANGO_ALIGN_RIGHT, left + width * 0.8, foot, width * 0.2);

  if (self->page_section != NULL)
    draw_text (self, self->page_section, PANGO_ALIGN_RIGHT, left,
               MAX (HEAD_MIN, self->setup.margin - HEAD_GAP), width);
}
