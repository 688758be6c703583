/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-markdown.h"

#include <cmark.h>
#include <string.h>

#define INDENT 14.0
#define MAX_INDENT (4 * INDENT)   /* what is nested deeper stands no further right */
#define PARAGRAPH_GAP 4.0
#define ITEM_GAP 2.0
#define BAR_COLOUR 0xc0bfbc

/* Where the walk through the document is. */
typedef struct
{
  AnnalsPdf      *pdf;
  GPtrArray      *blocks;
  AnnalsPdfStyle  style;
  double          x;
  double          before;
  double          indent;
  guint           n_quotes;   /* block quotations around this place */
  guint           n_bold;
  guint           n_italic;
  char           *marker;     /* of the list item that begins, until its first block takes it */
  AnnalsPdfText  *text;       /* of the block at hand */
  const char     *uri;        /* of the link around this place; the node's */
} Walk;

static AnnalsPdfLook
get_look (const Walk *walk)
{
  return (walk->n_bold > 0 ? ANNALS_PDF_BOLD : 0) | (walk->n_italic > 0 ? ANNALS_PDF_ITALIC : 0);
}

static void
append_piece (Walk          *walk,
              const char    *string,
              AnnalsPdfLook  look)
{
  if (walk->text == NULL)
    return;

  if (walk->uri != NULL)
    annals_pdf_text_append_uri (walk->text, string, look, walk->uri);
  else
    annals_pdf_text_append (walk->text, string, look);
}

static void
begin_block (Walk *walk)
{
  walk->text = annals_pdf_text_new ();
  if (walk->marker != NULL)
    {
      annals_pdf_text_append (walk->text, walk->marker, ANNALS_PDF_PLAIN);
      annals_pdf_text_append (walk->text, " ", ANNALS_PDF_PLAIN);
    }
}

static void
end_block (Walk           *walk,
           AnnalsPdfStyle  style)
{
  g_autoptr(AnnalsPdfText) text = g_steal_pointer (&walk->text);
  AnnalsPdfBlock *block;
  double indent = MIN (walk->indent, MAX_INDENT);

  if (text == NULL || text->string->len == 0)
    return;

  block = annals_pdf_block_new (walk->pdf, g_steal_pointer (&text), style, "P", walk->x + indent);
  block->before = walk->before;
  if (walk->n_quotes > 0)
    block->bar = BAR_COLOUR;
  if (walk->marker != NULL)
    {
      block->x -= MIN (INDENT, indent);
      block->width += MIN (INDENT, indent);
      block->hang = MIN (INDENT, indent);
    }
  g_clear_pointer (&walk->marker, g_free);
  g_ptr_array_add (walk->blocks, block);
  walk->before = PARAGRAPH_GAP;
}

static char *
make_marker (cmark_node *item)
{
  cmark_node *list = cmark_node_parent (item);
  gint64 number;

  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return g_strdup ("•");

  /* cmark 0.30 keeps no number on an item: the list counts those that came by. */
  number = GPOINTER_TO_INT (cmark_node_get_user_data (list));
  cmark_node_set_user_data (list, GINT_TO_POINTER ((int) number + 1));
  number += cmark_node_get_list_start (list);

  return g_strdup_printf ("%" G_GINT64_FORMAT ".", number);
}

static void
visit_item (Walk       *walk,
            cmark_node *node,
            gboolean    entering)
{
  walk->indent += entering ? INDENT : -INDENT;
  g_clear_pointer (&walk->marker, g_free);
  if (!entering)
    return;

  walk->marker = make_marker (node);
  if (cmark_node_previous (node) != NULL)
    walk->before = ITEM_GAP;
}

static void
visit_leaf (Walk       *walk,
            cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
      append_piece (walk, cmark_node_get_literal (node), get_look (walk));
      break;

    case CMARK_NODE_CODE:
      append_piece (walk, cmark_node_get_literal (node), get_look (walk) | ANNALS_PDF_MONO);
      break;

    case CMARK_NODE_SOFTBREAK:
      append_piece (walk, " ", get_look (walk));
      break;

    case CMARK_NODE_LINEBREAK:
      append_piece (walk, "\n", get_look (walk));
      break;

    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
      {
        g_autofree char *literal = g_strchomp (g_strdup (cmark_node_get_literal (node)));

        begin_block (walk);
        append_piece (walk, literal, ANNALS_PDF_PLAIN);
        end_block (walk, cmark_node_get_type (node) == CMARK_NODE_CODE_BLOCK
                           ? ANNALS_PDF_STYLE_CODE : walk->style);
      }
      break;

    default:   /* a thematic break: the space between paragraphs says enough */
      break;
    }
}

static void
visit_container (Walk       *walk,
                 cmark_node *node,
                 gboolean    entering)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
      if (cmark_node_get_type (node) == CMARK_NODE_HEADING)
        walk->n_bold += entering ? 1 : -1;
      if (entering)
        begin_block (walk);
      else
        end_block (walk, walk->style);
      break;

    case CMARK_NODE_BLOCK_QUOTE:
      walk->n_quotes += entering ? 1 : -1;
      break;

    case CMARK_NODE_ITEM:
      visit_item (walk, node, entering);
      break;

    case CMARK_NODE_STRONG:
      walk->n_bold += entering ? 1 : -1;
      break;

    case CMARK_NODE_EMPH:
      walk->n_italic += entering ? 1 : -1;
      break;

    case CMARK_NODE_LINK:
      walk->uri = entering ? cmark_node_get_url (node) : NULL;
      break;

    default:   /* document, list, image: what is in them is visited */
      break;
    }
}

static gboolean
is_leaf (cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_CODE:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_THEMATIC_BREAK:
      return TRUE;

    default:
      return FALSE;
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
  cmark_node *document;
  cmark_iter *iter;
  cmark_event_type event;
  Walk walk = { .pdf = pdf, .blocks = blocks, .style = style, .x = x, .before = before };

  document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_VALIDATE_UTF8);
  iter = cmark_iter_new (document);

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (is_leaf (node))
        visit_leaf (&walk, node);
      else
        visit_container (&walk, node, event == CMARK_EVENT_ENTER);
    }

  g_clear_pointer (&walk.marker, g_free);
  cmark_iter_free (iter);
  cmark_node_free (document);
}
