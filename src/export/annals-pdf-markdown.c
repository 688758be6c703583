/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-markdown.h"

#include "annals-markdown.h"

#define INDENT 14.0
#define PARAGRAPH_GAP 4.0
#define ITEM_GAP 2.0
#define SHORT_ITEM 45.0   /* points: about three lines */
#define BAR_COLOUR 0xc0bfbc

static AnnalsPdfLook
get_look (AnnalsMarkdownLook look)
{
  return (look & ANNALS_MARKDOWN_BOLD ? ANNALS_PDF_BOLD : 0) |
         (look & ANNALS_MARKDOWN_ITALIC ? ANNALS_PDF_ITALIC : 0) |
         (look & ANNALS_MARKDOWN_MONO ? ANNALS_PDF_MONO : 0);
}

static AnnalsPdfText *
make_text (const AnnalsMarkdownBlock *block)
{
  AnnalsPdfText *text = annals_pdf_text_new ();

  if (block->marker != NULL)
    {
      annals_pdf_text_append (text, block->marker, ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
    }

  for (guint i = 0; i < block->pieces->len; i++)
    {
      const AnnalsMarkdownPiece *piece = &g_array_index (block->pieces, AnnalsMarkdownPiece, i);
      const char *words = piece->look & ANNALS_MARKDOWN_BREAK ? " " : piece->text;
      AnnalsPdfLook look = get_look (piece->look);

      if (block->kind == ANNALS_MARKDOWN_HEADING)
        look |= ANNALS_PDF_BOLD;
      if (piece->address != NULL)
        annals_pdf_text_append_uri (text, words, look, piece->address);
      else
        annals_pdf_text_append (text, words, look);
    }

  return text;
}

/* The first item of a list does not stand alone at a page's end, nor the last at the next one's beginning. */
static void
keep_items (AnnalsPdf *pdf,
            GPtrArray *blocks,
            guint      first)
{
  for (guint i = first; i + 1 < blocks->len; i++)
    {
      AnnalsPdfBlock *block = g_ptr_array_index (blocks, i);
      const AnnalsPdfBlock *next = g_ptr_array_index (blocks, i + 1);
      const AnnalsPdfBlock *before = i > first ? g_ptr_array_index (blocks, i - 1) : NULL;
      const AnnalsPdfBlock *after = i + 2 < blocks->len ? g_ptr_array_index (blocks, i + 2) : NULL;

      if (block->is_item && next->is_item &&
          (before == NULL || !before->is_item || after == NULL || !after->is_item) &&
          annals_pdf_measure_block (pdf, block) <= SHORT_ITEM)
        block->with_next = TRUE;
    }
}

void
annals_pdf_markdown_append (AnnalsPdf      *pdf,
                            GPtrArray      *blocks,
                            const char     *markdown,
                            AnnalsPdfStyle  style,
                            double          x,
                            double          before)
{
  g_autoptr(GPtrArray) parsed = annals_markdown_parse (markdown, G_MAXSIZE, NULL);
  const AnnalsMarkdownBlock *last = NULL;
  guint first = blocks->len;

  for (guint i = 0; i < parsed->len; i++)
    {
      const AnnalsMarkdownBlock *source = g_ptr_array_index (parsed, i);
      guint steps = source->indent - (source->marker != NULL ? 1 : 0);
      AnnalsPdfBlock *block;

      /* a rule: the space between paragraphs says enough */
      if (source->pieces->len == 0 && source->marker == NULL)
        continue;

      block = annals_pdf_block_new (pdf, make_text (source),
                                    source->kind == ANNALS_MARKDOWN_CODE ? ANNALS_PDF_STYLE_CODE : style,
                                    "P", x + steps * INDENT);
      block->level = source->indent;
      block->is_item = source->marker != NULL;
      block->before = last == NULL ? before
                      : source->marker != NULL && last->indent >= source->indent ? ITEM_GAP : PARAGRAPH_GAP;
      block->with_next = source->kind == ANNALS_MARKDOWN_HEADING && i + 1 < parsed->len;
      if (source->quotes > 0)
        block->bar = BAR_COLOUR;
      if (source->marker != NULL)
        block->hang = INDENT;
      g_ptr_array_add (blocks, block);
      last = source;
    }
  keep_items (pdf, blocks, first);
}
