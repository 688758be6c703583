/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "annals-date.h"

#define COLOUR_RULE 0xdddde0
#define COLUMN 100.0          /* the side column with its gutter, at the designed size of text */

/* Points: 19, 12.7 and 30 mm. */
#define MARGIN_NORMAL 54.0
#define MARGIN_NARROW 36.0
#define MARGIN_WIDE 85.0

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  AnnalsPdf *self = closure;

  annals_pdf_amend_pass (self->amend, data, length);

  return self->target.write (self->target.user_data, data, length) ? CAIRO_STATUS_SUCCESS
                                                                    : CAIRO_STATUS_WRITE_ERROR;
}

static void
label_page (AnnalsPdf *self)
{
  g_autofree char *label = g_strdup_printf ("%u", self->page);

  if (self->surface != NULL)
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

/* The language of the program's own words: that of the catalogue that translates them. */
static char *
find_language (void)
{
  const char *header = g_dgettext (GETTEXT_PACKAGE, "");
  const char *line = strstr (header, "Language: ");
  gsize length = line != NULL ? strcspn (line + strlen ("Language: "), "\n ") : 0;
  char *language = length > 0 ? g_strndup (line + strlen ("Language: "), length) : g_strdup ("en");

  return g_strdelimit (language, "_", '-');
}

/* Whatever a page is drawn on: letters are as wide as they were designed. */
static void
set_font_options (AnnalsPdf *self)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
}

static void
begin_surface (AnnalsPdf *self)
{
  if (self->target.begin_page != NULL)
    {
      self->cr = self->target.begin_page (self->target.user_data);
      return;
    }

  /* Without a write function Cairo drops all. 1.4 knows all that is used, and later Cairos pack the
   * objects of 1.5 so that annals_pdf_amend() would not find them. */
  self->surface = cairo_pdf_surface_create_for_stream (self->target.write != NULL ? write_cb : NULL, self,
                                                       self->setup.width, self->setup.height);
  cairo_pdf_surface_restrict_to_version (self->surface, CAIRO_PDF_VERSION_1_4);
  self->cr = cairo_create (self->surface);
  label_page (self);
}

void
annals_pdf_setup_init (AnnalsPdfSetup            *self,
                       const AnnalsExportOptions *options)
{
  static const double margins[] = {
    [ANNALS_MARGINS_NORMAL] = MARGIN_NORMAL, [ANNALS_MARGINS_NARROW] = MARGIN_NARROW,
    [ANNALS_MARGINS_WIDE] = MARGIN_WIDE,
  };
  static const double scales[] = {
    [ANNALS_TEXT_SIZE_NORMAL] = 1, [ANNALS_TEXT_SIZE_SMALL] = 0.85, [ANNALS_TEXT_SIZE_LARGE] = 1.2,
  };
  gboolean is_letter = options->paper == ANNALS_PAPER_LETTER;

  self->width = is_letter ? 612 : 595.28;
  self->height = is_letter ? 792 : 841.89;
  self->margin = margins[options->margins];
  self->scale = scales[options->text_size];
  self->hyphenate = options->hyphenate;
}

AnnalsPdf *
annals_pdf_new (const AnnalsPdfSetup  *setup,
                const AnnalsPdfTarget *target,
                AnnalsPdf             *measured,
                const char            *title,
                const char            *notebook_title,
                PangoFontMap          *fonts)
{
  AnnalsPdf *self = g_new0 (AnnalsPdf, 1);

  self->setup = *setup;
  self->target = *target;
  self->title = clean_line (title);
  self->notebook_title = clean_line (notebook_title);
  self->y = annals_pdf_get_top (self);
  self->page = 1;
  self->open = g_ptr_array_new ();
  self->dests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->language = find_language ();
  if (target->write != NULL)
    self->amend = annals_pdf_amend_new (self->language);
  if (setup->hyphenate)
    self->hyphenation = annals_hyphenation_new ();
  self->layouts = measured != NULL ? annals_pdf_layouts_ref (measured->layouts) : annals_pdf_layouts_new ();
  if (measured != NULL)
    {
      self->n_pages = measured->page;
      self->known = g_hash_table_ref (measured->dests);
    }

  begin_surface (self);
  self->context = pango_font_map_create_context (fonts);
  set_font_options (self);
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
  annals_pdf_layouts_unref (self->layouts);
  annals_pdf_amend_free (self->amend);
  annals_hyphenation_free (self->hyphenation);
  g_free (self->language);
  g_hash_table_unref (self->dests);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self->section);
  g_free (self->page_section);
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

  if (self->amend == NULL)
    return;

  annals_pdf_amend_set_metadata (self->amend, self->title, author_line, subject_line, time);
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
annals_pdf_has_failed (AnnalsPdf *self)
{
  return g_cancellable_is_cancelled (self->target.cancellable) ||
         cairo_status (self->cr) != CAIRO_STATUS_SUCCESS ||
         (self->surface != NULL && cairo_surface_status (self->surface) != CAIRO_STATUS_SUCCESS);
}

/* What Cairo could not say of the document, after what it wrote. */
static gboolean
write_amendments (AnnalsPdf *self)
{
  g_autoptr(GString) more = annals_pdf_amend_finish (self->amend);

  return more == NULL || self->target.write (self->target.user_data, (const guint8 *) more->str, more->len);
}

gboolean
annals_pdf_finish (AnnalsPdf   *self,
                   const char **why)
{
  cairo_status_t status;

  annals_pdf_draw_frame (self);
  annals_pdf_end (self, "Document");
  if (self->amend != NULL)
    annals_pdf_amend_begin (self->amend);
  if (self->surface != NULL)
    cairo_show_page (self->cr);
  status = cairo_status (self->cr);

  if (self->surface != NULL)
    {
      cairo_surface_finish (self->surface);
      if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status (self->surface);
    }

  if (status == CAIRO_STATUS_SUCCESS && self->amend != NULL && !write_amendments (self))
    status = CAIRO_STATUS_WRITE_ERROR;
  *why = cairo_status_to_string (status);

  return status == CAIRO_STATUS_SUCCESS;
}

gboolean
annals_pdf_draws (AnnalsPdf *self)
{
  return self->target.write != NULL || self->target.begin_page != NULL;
}

gboolean
annals_pdf_is_tagged (AnnalsPdf *self)
{
  return self->target.write != NULL;
}

const AnnalsPdfSetup *
annals_pdf_get_setup (AnnalsPdf *self)
{
  return &self->setup;
}

double
annals_pdf_get_left (AnnalsPdf *self)
{
  return self->setup.margin;
}

double
annals_pdf_get_column (AnnalsPdf *self)
{
  return COLUMN * self->setup.scale;
}

double
annals_pdf_get_body_width (AnnalsPdf *self)
{
  return self->setup.width - 2 * self->setup.margin;
}

double
annals_pdf_get_body_height (AnnalsPdf *self)
{
  return annals_pdf_get_bottom (self) - annals_pdf_get_top (self);
}

double
annals_pdf_get_y (AnnalsPdf *self)
{
  return self->y;
}

double
annals_pdf_get_room (AnnalsPdf *self)
{
  return annals_pdf_get_bottom (self) - self->y;
}

guint
annals_pdf_get_page (AnnalsPdf *self)
{
  return self->page;
}

cairo_t *
annals_pdf_get_cairo (AnnalsPdf *self)
{
  return annals_pdf_draws (self) ? self->cr : NULL;
}

void
annals_pdf_skip (AnnalsPdf *self,
                 double     height)
{
  if (self->y > annals_pdf_get_top (self))
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
  annals_pdf_draw_frame (self);
  if (self->target.begin_page != NULL)
    {
      cairo_destroy (self->cr);
      self->cr = self->target.begin_page (self->target.user_data);
    }
  else if (self->target.write != NULL)
    {
      cairo_show_page (self->cr);
    }

  self->page++;
  self->y = annals_pdf_get_top (self);
  label_page (self);
  g_free (self->page_section);
  self->page_section = g_strdup (self->section);
}

void
annals_pdf_reserve (AnnalsPdf *self,
                    double     height)
{
  if (self->y + height > annals_pdf_get_bottom (self) && self->y > annals_pdf_get_top (self))
    annals_pdf_next_page (self);
}

guint
annals_pdf_get_page_of (AnnalsPdf  *self,
                        const char *dest)
{
  return self->known != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->known, dest)) : 0;
}

void
annals_pdf_set_section (AnnalsPdf  *self,
                        const char *title)
{
  g_free (self->section);
  self->section = clean_line (title);

  /* a page that begins with the heading needs no head */
  if (self->y <= annals_pdf_get_top (self))
    g_clear_pointer (&self->page_section, g_free);
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

  if (!annals_pdf_is_tagged (self))
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

  g_hash_table_insert (self->dests, g_strdup (dest), GUINT_TO_POINTER (self->page));
  if (!annals_pdf_is_tagged (self))
    return;

  /* whole points: Cairo's attributes know no decimal comma */
  attributes = g_strdup_printf ("name='%s' x=%d y=%d", dest, (int) annals_pdf_get_left (self),
                                (int) MAX (0, floor (y) - 6));
  cairo_tag_begin (self->cr, CAIRO_TAG_DEST, attributes);
  cairo_tag_end (self->cr, CAIRO_TAG_DEST);
}

void
annals_pdf_draw_rule (AnnalsPdf *self)
{
  double left = annals_pdf_get_left (self);

  if (!annals_pdf_draws (self))
    return;

  annals_pdf_set_colour (self->cr, COLOUR_RULE);
  cairo_set_line_width (self->cr, 0.75);
  cairo_move_to (self->cr, left, self->y);
  cairo_line_to (self->cr, left + annals_pdf_get_body_width (self), self->y);
  cairo_stroke (self->cr);
}

