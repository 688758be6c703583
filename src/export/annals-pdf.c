/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "annals-date.h"

#define BODY_TOP 54.0
#define BODY_BOTTOM 60.0      /* from the page's lower edge */
#define FOOT_RULE 40.0
#define FOOT_TEXT 32.0

#define COLOUR_TEXT 0x1d1c1f
#define COLOUR_SOFT 0x3d3846
#define COLOUR_MUTED 0x5e5c64
#define COLOUR_RULE 0xdddde0

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

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  AnnalsPdf *self = closure;

  return self->write (self->write_data, data, length) ? CAIRO_STATUS_SUCCESS
                                                       : CAIRO_STATUS_WRITE_ERROR;
}

static void
draw_foot_text (AnnalsPdf      *self,
                const char     *string,
                PangoAlignment  alignment,
                double          x,
                double          width)
{
  g_autoptr(PangoLayout) layout = annals_pdf_create_layout (self, ANNALS_PDF_STYLE_FOOTER);

  pango_layout_set_text (layout, string, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  cairo_move_to (self->cr, x, self->height - FOOT_TEXT);
  pango_cairo_show_layout (self->cr, layout);
}

static void
draw_foot (AnnalsPdf *self)
{
  g_autofree char *number = NULL;
  double width = annals_pdf_get_body_width (self);

  if (self->write == NULL)
    return;

  annals_pdf_set_colour (self->cr, COLOUR_RULE);
  cairo_set_line_width (self->cr, 0.75);
  cairo_move_to (self->cr, ANNALS_PDF_MARGIN, self->height - FOOT_RULE);
  cairo_line_to (self->cr, self->width - ANNALS_PDF_MARGIN, self->height - FOOT_RULE);
  cairo_stroke (self->cr);

  annals_pdf_set_colour (self->cr, COLOUR_MUTED);
  number = g_strdup_printf ("%u / %u", self->page, self->n_pages);
  draw_foot_text (self, self->title, PANGO_ALIGN_LEFT, ANNALS_PDF_MARGIN, width * 0.36);
  draw_foot_text (self, self->notebook_title, PANGO_ALIGN_CENTER,
                  ANNALS_PDF_MARGIN + width * 0.38, width * 0.24);
  draw_foot_text (self, number, PANGO_ALIGN_RIGHT, ANNALS_PDF_MARGIN + width * 0.8, width * 0.2);
}

static void
label_page (AnnalsPdf *self)
{
  g_autofree char *label = g_strdup_printf ("%u", self->page);

  cairo_pdf_surface_set_page_label (self->surface, label);
}

/* One line, without controls, valid: what Cairo's metadata and bookmarks take. */
static char *
clean_line (const char *string)
{
  g_autoptr(AnnalsPdfText) text = annals_pdf_text_new ();

  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  return g_strdup (g_strdelimit (text->string->str, "\n", ' '));
}

PangoFontMap *
annals_pdf_create_fonts (void)
{
  PangoFontMap *fonts = pango_cairo_font_map_new ();

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  return fonts;
}

AnnalsPdf *
annals_pdf_new (AnnalsPaper     paper,
                guint           n_pages,
                const char     *title,
                const char     *notebook_title,
                PangoFontMap   *fonts,
                AnnalsPdfWrite  write,
                gpointer        user_data)
{
  AnnalsPdf *self = g_new0 (AnnalsPdf, 1);

  self->write = write;
  self->write_data = user_data;
  self->title = clean_line (title);
  self->notebook_title = clean_line (notebook_title);
  self->width = paper == ANNALS_PAPER_LETTER ? 612 : 595.28;
  self->height = paper == ANNALS_PAPER_LETTER ? 792 : 841.89;
  self->y = BODY_TOP;
  self->page = 1;
  self->open = g_ptr_array_new ();
  self->n_pages = n_pages;

  /* Without a write function Cairo drops all; the same kind of surface measures the same. */
  self->surface = cairo_pdf_surface_create_for_stream (write != NULL ? write_cb : NULL, self,
                                                       self->width, self->height);
  cairo_pdf_surface_restrict_to_version (self->surface, CAIRO_PDF_VERSION_1_5);
  self->cr = cairo_create (self->surface);
  label_page (self);

  self->context = pango_font_map_create_context (fonts);
  pango_cairo_update_context (self->cr, self->context);
  pango_context_set_round_glyph_positions (self->context, FALSE);

  annals_pdf_begin (self, "Document");

  return self;
}

void
annals_pdf_free (AnnalsPdf *self)
{
  if (self == NULL)
    return;

  /* A document that is given up is still ended in order: Cairo 1.16 leaks where it is not. */
  while (self->open->len > 0)
    annals_pdf_end (self, g_ptr_array_index (self->open, self->open->len - 1));

  g_ptr_array_unref (self->open);
  g_clear_object (&self->context);
  g_clear_pointer (&self->cr, cairo_destroy);
  if (self->surface != NULL)
    cairo_surface_finish (self->surface);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self->title);
  g_free (self->notebook_title);
  g_free (self);
}

void
annals_pdf_set_metadata (AnnalsPdf  *self,
                         const char *author,
                         const char *subject,
                         gint64      exported)
{
  g_autofree char *time = annals_date_format_rfc3339 (exported);
  g_autofree char *author_line = clean_line (author);
  g_autofree char *subject_line = clean_line (subject);

  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_SUBJECT, subject_line);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Annals " ANNALS_VERSION);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, time);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_MOD_DATE, time);
  if (*author_line != '\0')
    cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_AUTHOR, author_line);
}

gboolean
annals_pdf_finish (AnnalsPdf   *self,
                   guint       *n_pages,
                   const char **why)
{
  cairo_status_t status;

  draw_foot (self);
  annals_pdf_end (self, "Document");
  cairo_show_page (self->cr);
  status = cairo_status (self->cr);

  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);

  *n_pages = self->page;
  *why = cairo_status_to_string (status);

  return status == CAIRO_STATUS_SUCCESS;
}

double
annals_pdf_get_body_width (AnnalsPdf *self)
{
  return self->width - 2 * ANNALS_PDF_MARGIN;
}

double
annals_pdf_get_bottom (AnnalsPdf *self)
{
  return self->height - BODY_BOTTOM;
}

double
annals_pdf_get_body_height (AnnalsPdf *self)
{
  return annals_pdf_get_bottom (self) - BODY_TOP;
}

double
annals_pdf_get_y (AnnalsPdf *self)
{
  return self->y;
}

guint
annals_pdf_get_page (AnnalsPdf *self)
{
  return self->page;
}

cairo_t *
annals_pdf_get_cairo (AnnalsPdf *self)
{
  return self->write != NULL ? self->cr : NULL;
}

void
annals_pdf_skip (AnnalsPdf *self,
                 double     height)
{
  if (self->y > BODY_TOP)
    self->y += height;
}

void
annals_pdf_advance (AnnalsPdf *self,
                    double     height)
{
  self->y += height;
}

void
annals_pdf_next_page (AnnalsPdf *self)
{
  draw_foot (self);
  if (self->write != NULL)
    cairo_show_page (self->cr);

  self->page++;
  self->y = BODY_TOP;
  label_page (self);
}

void
annals_pdf_reserve (AnnalsPdf *self,
                    double     height)
{
  if (self->y + height > annals_pdf_get_bottom (self) && self->y > BODY_TOP)
    annals_pdf_next_page (self);
}

void
annals_pdf_begin (AnnalsPdf  *self,
                  const char *tag)
{
  if (self->write == NULL)
    return;

  cairo_tag_begin (self->cr, tag, NULL);
  g_ptr_array_add (self->open, (gpointer) tag);
}

void
annals_pdf_end (AnnalsPdf  *self,
                const char *tag)
{
  if (self->write == NULL)
    return;

  g_assert (self->open->len > 0);
  g_assert (g_str_equal (g_ptr_array_index (self->open, self->open->len - 1), tag));
  cairo_tag_end (self->cr, tag);
  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

int
annals_pdf_add_bookmark (AnnalsPdf  *self,
                         int         parent,
                         const char *title,
                         const char *dest,
                         gboolean    open)
{
  g_autofree char *line = NULL;
  g_autofree char *attributes = NULL;

  if (self->write == NULL)
    return 0;

  line = clean_line (title);
  attributes = g_strdup_printf ("dest='%s'", dest);

  return cairo_pdf_surface_add_outline (self->surface, parent, line, attributes,
                                        open ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
}

void
annals_pdf_add_dest (AnnalsPdf  *self,
                     const char *dest,
                     double      y)
{
  g_autofree char *attributes = NULL;

  if (self->write == NULL)
    return;

  /* whole points: Cairo's attributes know no decimal comma */
  attributes = g_strdup_printf ("name='%s' x=%d y=%d", dest, (int) ANNALS_PDF_MARGIN,
                                (int) MAX (0, floor (y) - 6));
  cairo_tag_begin (self->cr, CAIRO_TAG_DEST, attributes);
  cairo_tag_end (self->cr, CAIRO_TAG_DEST);
}

void
annals_pdf_draw_rule (AnnalsPdf *self)
{
  if (self->write == NULL)
    return;

  annals_pdf_set_colour (self->cr, COLOUR_RULE);
  cairo_set_line_width (self->cr, 0.75);
  cairo_move_to (self->cr, ANNALS_PDF_MARGIN, self->y);
  cairo_line_to (self->cr, self->width - ANNALS_PDF_MARGIN, self->y);
  cairo_stroke (self->cr);
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
  pango_font_description_set_size (font, (int) (typeface->size * PANGO_SCALE));
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
