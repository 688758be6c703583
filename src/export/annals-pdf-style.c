/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

#include <pango/pangocairo.h>

#define COLOUR_TEXT 0x1d1c1f
#define COLOUR_SOFT 0x3d3846
#define COLOUR_MUTED 0x5e5c64

/* Debian's fonts-noto-core and -cjk first; elsewhere fontconfig finds the nearest. */
#define SERIF "Noto Serif, Noto Serif CJK KR, Noto Naskh Arabic, Noto Serif Hebrew, serif"
#define SANS "Noto Sans, Noto Sans CJK KR, Noto Sans Arabic, Noto Sans Hebrew, sans-serif"
#define MONO "Noto Sans Mono, monospace"

typedef struct
{
  const char  *family;
  double       size;        /* points */
  PangoWeight  weight;
  guint32      colour;
  double       spacing;     /* of lines, as a factor of their height */
} Typeface;

static const Typeface typefaces[ANNALS_PDF_N_STYLES] = {
  [ANNALS_PDF_STYLE_TITLE] = { SERIF, 25, PANGO_WEIGHT_BOLD, COLOUR_TEXT, 0.95 },
  [ANNALS_PDF_STYLE_LONG_TITLE] = { SERIF, 17, PANGO_WEIGHT_BOLD, COLOUR_TEXT, 0.95 },
  [ANNALS_PDF_STYLE_SUBTITLE] = { SANS, 9.5, PANGO_WEIGHT_NORMAL, COLOUR_MUTED, 1 },
  [ANNALS_PDF_STYLE_HEADING] = { SERIF, 14, PANGO_WEIGHT_BOLD, COLOUR_TEXT, 1 },
  [ANNALS_PDF_STYLE_EVENT] = { SERIF, 11, PANGO_WEIGHT_BOLD, COLOUR_TEXT, 0.98 },
  [ANNALS_PDF_STYLE_BODY] = { SERIF, 10, PANGO_WEIGHT_NORMAL, COLOUR_TEXT, 1 },
  [ANNALS_PDF_STYLE_QUOTE] = { SERIF, 10, PANGO_WEIGHT_NORMAL, COLOUR_SOFT, 1 },
  [ANNALS_PDF_STYLE_CODE] = { MONO, 8.5, PANGO_WEIGHT_NORMAL, COLOUR_SOFT, 1 },
  [ANNALS_PDF_STYLE_DATE] = { SANS, 9, PANGO_WEIGHT_BOLD, COLOUR_TEXT, 0.95 },
  [ANNALS_PDF_STYLE_LANE] = { SANS, 8, PANGO_WEIGHT_NORMAL, COLOUR_MUTED, 0.95 },
  [ANNALS_PDF_STYLE_SOURCE] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, COLOUR_MUTED, 1.02 },
  [ANNALS_PDF_STYLE_LABEL] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, COLOUR_MUTED, 1 },
  [ANNALS_PDF_STYLE_VALUE] = { SANS, 8.5, PANGO_WEIGHT_NORMAL, COLOUR_TEXT, 1 },
  [ANNALS_PDF_STYLE_CHART] = { SANS, 7.5, PANGO_WEIGHT_NORMAL, COLOUR_TEXT, 1 },
  [ANNALS_PDF_STYLE_FOOTER] = { SANS, 8, PANGO_WEIGHT_NORMAL, COLOUR_MUTED, 1 },
};

PangoFontMap *
annals_pdf_create_fonts (void)
{
  PangoFontMap *fonts = pango_cairo_font_map_new ();

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  return fonts;
}

PangoLayout *
annals_pdf_create_layout (AnnalsPdf      *self,
                          AnnalsPdfStyle  style)
{
  const Typeface *typeface = &typefaces[style];
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family_static (font, typeface->family);
  pango_font_description_set_weight (font, typeface->weight);
  pango_font_description_set_size (font, (int) (typeface->size * self->setup.scale * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  /* A ligature becomes a replacement text in the file, at which readers drop what follows. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0, clig=0, dlig=0"));
  /* A hash or an address that breaks over lines must not gain a character. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (typeface->spacing != 1)
    pango_attr_list_insert (attributes, pango_attr_line_height_new (typeface->spacing));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

guint32
annals_pdf_style_get_colour (AnnalsPdfStyle style)
{
  return typefaces[style].colour;
}

void
annals_pdf_set_colour (cairo_t *cr,
                       gint64   colour)
{
  cairo_set_source_rgb (cr, (double) ((colour >> 16) & 0xff) / 255,
                        (double) ((colour >> 8) & 0xff) / 255, (double) (colour & 0xff) / 255);
}
