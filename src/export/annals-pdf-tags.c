/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-private.h"

/* What stands around the text of an item, from outside. */
static const char * const list_tags[] = { "L", "LI", "LBody" };

static void
begin_item (AnnalsPdf *self)
{
  annals_pdf_begin (self, list_tags[1]);
  annals_pdf_begin (self, list_tags[2]);
}

static void
end_item (AnnalsPdf *self)
{
  annals_pdf_end (self, list_tags[2]);
  annals_pdf_end (self, list_tags[1]);
}

void
annals_pdf_begin (AnnalsPdf  *self,
                  const char *tag)
{
  annals_pdf_begin_with (self, tag, NULL, NULL);
}

void
annals_pdf_begin_with (AnnalsPdf  *self,
                       const char *tag,
                       const char *words,
                       const char *language)
{
  if (!annals_pdf_is_tagged (self))
    return;

  cairo_tag_begin (self->cr, tag, NULL);
  annals_pdf_amend_count (self->amend, tag, words, language);
  g_ptr_array_add (self->open, (gpointer) tag);
}

void
annals_pdf_end (AnnalsPdf  *self,
                const char *tag)
{
  if (!annals_pdf_is_tagged (self))
    return;

  g_assert (self->open->len > 0);
  g_assert (g_str_equal (g_ptr_array_index (self->open, self->open->len - 1), tag));
  cairo_tag_end (self->cr, tag);
  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

void
annals_pdf_set_list_level (AnnalsPdf *self,
                           guint      level,
                           gboolean   is_item)
{
  while (self->list_level > level)
    {
      end_item (self);
      annals_pdf_end (self, list_tags[0]);
      self->list_level--;
    }

  if (is_item && level > 0 && self->list_level == level)
    {
      end_item (self);
      begin_item (self);
    }

  while (self->list_level < level)
    {
      annals_pdf_begin (self, list_tags[0]);
      begin_item (self);
      self->list_level++;
    }
}

void
annals_pdf_begin_link (AnnalsPdf  *self,
                       const char *link)
{
  if (annals_pdf_is_tagged (self))
    cairo_tag_begin (self->cr, CAIRO_TAG_LINK, link);
}

void
annals_pdf_end_link (AnnalsPdf *self)
{
  if (annals_pdf_is_tagged (self))
    cairo_tag_end (self->cr, CAIRO_TAG_LINK);
}
