/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

#include <string.h>

#define SOFT_HYPHEN 2  /* bytes of one */
#define BAR_GAP 9.0    /* between a bar and its text */

static void
add_attribute (PangoAttrList      *attributes,
               PangoAttribute     *attribute,   /* taken */
               const AnnalsPdfRun *run)
{
  attribute->start_index = run->start;
  attribute->end_index = run->end;
  pango_attr_list_insert (attributes, attribute);
}

static void
add_run_attributes (PangoAttrList      *attributes,
                    const AnnalsPdfRun *run)
{
  /* The colour is drawn by hand; it stands here so that Pango breaks its runs where ours break. */
  add_attribute (attributes, pango_attr_foreground_new ((guint16) run->start, 0, 0), run);

  if (run->look & ANNALS_PDF_BOLD)
    add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), run);
  if (run->look & ANNALS_PDF_ITALIC)
    add_attribute (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), run);
  if (run->look & ANNALS_PDF_MONO)
    {
      add_attribute (attributes, pango_attr_family_new ("Noto Sans Mono, monospace"), run);
      add_attribute (attributes, pango_attr_scale_new (0.9), run);
    }
}

double
annals_pdf_block_get_inset (const AnnalsPdfBlock *block)
{
  return block->bar >= 0 ? ANNALS_PDF_BAR_WIDTH + BAR_GAP : 0;
}

/* Elsewhere no hyphen may be added: a hash or an address that is broken must not gain a character. */
static void
show_hyphens (PangoAttrList *attributes,
              const char    *text)
{
  for (const char *p = text; (p = strstr (p, "\xc2\xad")) != NULL; p += SOFT_HYPHEN)
    {
      PangoAttribute *attribute = pango_attr_insert_hyphens_new (TRUE);
      const char *next = p + SOFT_HYPHEN;

      attribute->start_index = (guint) (p - text);
      attribute->end_index = (guint) ((*next != '\0' ? g_utf8_next_char (next) : next) - text);
      pango_attr_list_change (attributes, attribute);
    }
}

/* Makes the layout of the block's text as it is. */
static void
make_layout (AnnalsPdf      *self,
             AnnalsPdfBlock *block)
{
  PangoAttrList *attributes;

  g_clear_object (&block->layout);
  block->layout = annals_pdf_create_layout (self, block->style);
  attributes = pango_attr_list_copy (pango_layout_get_attributes (block->layout));
  for (guint i = 0; i < block->text->runs->len; i++)
    add_run_attributes (attributes, &g_array_index (block->text->runs, AnnalsPdfRun, i));

  if (block->language != NULL && *block->language != '\0')
    pango_attr_list_insert (attributes,
                            pango_attr_language_new (pango_language_from_string (block->language)));

  if (self->hyphenation != NULL)
    show_hyphens (attributes, block->text->string->str);

  pango_layout_set_attributes (block->layout, attributes);
  pango_attr_list_unref (attributes);

  pango_layout_set_text (block->layout, block->text->string->str, (int) block->text->string->len);
  pango_layout_set_width (block->layout,
                          (int) ((block->width - annals_pdf_block_get_inset (block)) * PANGO_SCALE));
  pango_layout_set_auto_dir (block->layout, !block->keep_direction);
  if (block->hang != 0)
    pango_layout_set_indent (block->layout, (int) (-block->hang * PANGO_SCALE));
  if (block->max_lines > 0)
    {
      pango_layout_set_height (block->layout, -(int) block->max_lines);
      pango_layout_set_ellipsize (block->layout, PANGO_ELLIPSIZE_END);
    }
}

/* Those of @places, at which there are soft hyphens in the layout, that a line ends with. */
static GArray *
list_used (AnnalsPdfBlock *block,
           GArray         *places)
{
  GArray *used = g_array_new (FALSE, FALSE, sizeof (guint));
  guint next = 0;

  for (GSList *l = pango_layout_get_lines_readonly (block->layout); l != NULL; l = l->next)
    {
      const PangoLayoutLine *line = l->data;
      guint end = (guint) (line->start_index + line->length);

      /* the n-th soft hyphen stands behind n earlier ones of SOFT_HYPHEN bytes each */
      while (next < places->len && g_array_index (places, guint, next) + (next + 1) * SOFT_HYPHEN < end)
        next++;
      if (next < places->len && g_array_index (places, guint, next) + (next + 1) * SOFT_HYPHEN == end)
        g_array_append_val (used, g_array_index (places, guint, next));
    }

  return used;
}

/* The places at which words are broken at the ends of lines. Only the hyphens that are seen are to stay in the text: the
 * others would be in what is copied from the page. */
static GArray *
find_hyphens (AnnalsPdf      *self,
              AnnalsPdfBlock *block)
{
  const char *language = block->language != NULL && *block->language != '\0' ? block->language : self->language;
  g_autoptr(GArray) places = annals_hyphenation_find (self->hyphenation, language, block->text->string->str);
  AnnalsPdfText *text = block->text;
  GArray *used;

  if (places->len == 0)
    return g_steal_pointer (&places);

  block->text = annals_pdf_text_dup_hyphenated (text, places);
  make_layout (self, block);
  used = list_used (block, places);
  g_clear_object (&block->layout);

  annals_pdf_text_free (block->text);
  block->text = text;
  return used;
}

static void
put_hyphens (AnnalsPdfBlock *block,
             GArray         *hyphens)
{
  AnnalsPdfText *text = block->text;

  if (hyphens == NULL || hyphens->len == 0)
    return;

  block->text = annals_pdf_text_dup_hyphenated (text, hyphens);
  annals_pdf_text_free (text);
}

/* All that its layout is made of. */
static char *
make_key (const AnnalsPdfBlock *block)
{
  GString *key = g_string_sized_new (block->text->string->len + 64);

  g_string_append_printf (key, "%d %d %d %u %d %s", (int) block->style,
                          (int) ((block->width - annals_pdf_block_get_inset (block)) * PANGO_SCALE),
                          (int) (block->hang * PANGO_SCALE),
                          block->max_lines, block->keep_direction, block->language != NULL ? block->language : "");
  for (guint i = 0; i < block->text->runs->len; i++)
    {
      const AnnalsPdfRun *run = &g_array_index (block->text->runs, AnnalsPdfRun, i);

      g_string_append_printf (key, " %u-%u:%u", run->start, run->end, (guint) run->look);
    }
  g_string_append_c (key, '\n');
  g_string_append_len (key, block->text->string->str, (gssize) block->text->string->len);

  return g_string_free (key, FALSE);
}

void
annals_pdf_block_ensure_layout (AnnalsPdf      *self,
                                AnnalsPdfBlock *block)
{
  gboolean is_prose = block->style == ANNALS_PDF_STYLE_BODY || block->style == ANNALS_PDF_STYLE_QUOTE;
  g_autofree char *key = NULL;
  g_autoptr(GArray) hyphens = NULL;
  GArray *known = NULL;

  if (block->layout != NULL)
    return;

  key = make_key (block);
  block->layout = annals_pdf_layouts_ref_layout (self->layouts, key, &known);
  if (block->layout != NULL)
    {
      put_hyphens (block, known);
      return;
    }

  if (self->hyphenation != NULL && is_prose)
    hyphens = find_hyphens (self, block);
  put_hyphens (block, hyphens);
  make_layout (self, block);
  annals_pdf_layouts_add (self->layouts, g_steal_pointer (&key), block->layout, hyphens);
}

double
annals_pdf_block_get_height (AnnalsPdf      *self,
                             AnnalsPdfBlock *block)
{
  PangoRectangle logical;

  annals_pdf_block_ensure_layout (self, block);
  pango_layout_get_extents (block->layout, NULL, &logical);

  return logical.height / (double) PANGO_SCALE;
}
