/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown.h"

#include <cmark.h>
#include <string.h>

#include "annals-address.h"
#include "annals-text.h"

/* Lists and quotations around a block that are told apart. */
#define MAX_NESTING 4
/* Of an address, in a link's title. */
#define MAX_TITLE 300
/* What is called by its beginning is parsed no further than this, times the characters wanted. */
#define LOOK_AHEAD 3

/* Where the walk through the document is. */
typedef struct
{
  GPtrArray  *blocks;
  GArray     *pieces;    /* (nullable) of the block at hand */
  guint       indent;
  guint       quotes;
  char       *marker;    /* of the list item that begins, until its first block takes it */
  guint       n_bold;
  guint       n_italic;
  guint       n_links;   /* in the block at hand */
  const char *address;   /* (nullable) of the link around this place; the node's */
} Walk;

static void
piece_clear (gpointer data)
{
  AnnalsMarkdownPiece *self = data;

  g_free (self->text);
  g_free (self->address);
}

static void
block_free (gpointer data)
{
  AnnalsMarkdownBlock *self = data;

  g_free (self->marker);
  g_array_unref (self->pieces);
  g_free (self);
}

/* No control character may stand in markup but these two. */
static char *
dup_clean (const char *text)
{
  char *clean = g_strdup (text != NULL ? text : "");

  for (char *p = clean; *p != '\0'; p++)
    if ((guchar) *p < 0x20 && *p != '\n' && *p != '\t')
      *p = ' ';

  return clean;
}

static void
append (Walk               *walk,
        const char         *text,
        AnnalsMarkdownLook  look)
{
  AnnalsMarkdownPiece piece = { .look = look };

  if (walk->pieces == NULL)
    return;

  if (walk->n_bold > 0)
    piece.look |= ANNALS_MARKDOWN_BOLD;
  if (walk->n_italic > 0)
    piece.look |= ANNALS_MARKDOWN_ITALIC;
  if (walk->address != NULL)
    {
      piece.link = walk->n_links;
      piece.address = dup_clean (walk->address);
    }
  piece.text = dup_clean (text);
  g_array_append_val (walk->pieces, piece);
}

static void
begin_block (Walk *walk)
{
  walk->pieces = g_array_new (FALSE, FALSE, sizeof (AnnalsMarkdownPiece));
  g_array_set_clear_func (walk->pieces, piece_clear);
  walk->n_links = 0;
}

static void
end_block (Walk               *walk,
           AnnalsMarkdownKind  kind,
           guint               level)
{
  AnnalsMarkdownBlock *block;

  if (walk->pieces == NULL)
    return;

  block = g_new0 (AnnalsMarkdownBlock, 1);
  block->kind = kind;
  block->level = level;
  block->indent = MIN (walk->indent, MAX_NESTING);
  block->quotes = MIN (walk->quotes, MAX_NESTING);
  block->marker = g_steal_pointer (&walk->marker);
  block->pieces = g_steal_pointer (&walk->pieces);
  g_ptr_array_add (walk->blocks, block);
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

/* An item without words is shown, too. */
static void
visit_item (Walk       *walk,
            cmark_node *node,
            gboolean    entering)
{
  if (!entering && walk->marker != NULL)
    {
      begin_block (walk);
      end_block (walk, ANNALS_MARKDOWN_PARAGRAPH, 0);
    }

  walk->indent += entering ? 1 : -1;
  g_clear_pointer (&walk->marker, g_free);
  if (entering)
    walk->marker = make_marker (node);
}

static void
visit_link (Walk       *walk,
            cmark_node *node,
            gboolean    entering)
{
  g_autofree char *address = dup_clean (cmark_node_get_url (node));

  walk->address = entering && annals_address_can_open (address) ? cmark_node_get_url (node) : NULL;
  if (walk->address != NULL)
    walk->n_links++;
}

/* What is not between other words: each a block of its own. */
static void
visit_literal_block (Walk       *walk,
                     cmark_node *node)
{
  g_autofree char *literal = g_strchomp (g_strdup (cmark_node_get_literal (node)));

  begin_block (walk);
  append (walk, literal, ANNALS_MARKDOWN_PLAIN);
  end_block (walk,
             cmark_node_get_type (node) == CMARK_NODE_CODE_BLOCK ? ANNALS_MARKDOWN_CODE : ANNALS_MARKDOWN_PARAGRAPH,
             0);
}

static void
visit_leaf (Walk       *walk,
            cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
      append (walk, cmark_node_get_literal (node), ANNALS_MARKDOWN_PLAIN);
      break;

    case CMARK_NODE_CODE:
      append (walk, cmark_node_get_literal (node), ANNALS_MARKDOWN_MONO);
      break;

    case CMARK_NODE_SOFTBREAK:
      append (walk, "\n", ANNALS_MARKDOWN_BREAK);
      break;

    case CMARK_NODE_LINEBREAK:
      append (walk, "\n", ANNALS_MARKDOWN_PLAIN);
      break;

    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
      visit_literal_block (walk, node);
      break;

    case CMARK_NODE_THEMATIC_BREAK:
      begin_block (walk);
      end_block (walk, ANNALS_MARKDOWN_RULE, 0);
      break;

    default:
      break;
    }
}

static void
visit_container (Walk       *walk,
                 cmark_node *node,
                 gboolean    entering)
{
  cmark_node_type type = cmark_node_get_type (node);

  switch (type)
    {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
      if (entering)
        begin_block (walk);
      else if (type == CMARK_NODE_HEADING)
        end_block (walk, ANNALS_MARKDOWN_HEADING, (guint) cmark_node_get_heading_level (node));
      else
        end_block (walk, ANNALS_MARKDOWN_PARAGRAPH, 0);
      break;

    case CMARK_NODE_BLOCK_QUOTE:
      walk->quotes += entering ? 1 : -1;
      break;

    case CMARK_NODE_ITEM:
      visit_item (walk, node, entering);
      break;

    case CMARK_NODE_EMPH:
    case CMARK_NODE_IMAGE:
      walk->n_italic += entering ? 1 : -1;
      break;

    case CMARK_NODE_STRONG:
      walk->n_bold += entering ? 1 : -1;
      break;

    case CMARK_NODE_LINK:
      visit_link (walk, node, entering);
      break;

    default:
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

/* Where the first @max_chars end; at the end of a line, if one is near. */
static gsize
find_end (const char *markdown,
          gsize       max_chars,
          gboolean   *is_cut)
{
  const char *end = markdown;
  const char *line;

  for (gsize i = 0; i < max_chars && *end != '\0'; i++)
    end = g_utf8_next_char (end);

  *is_cut = *end != '\0';
  line = *is_cut ? g_strrstr_len (markdown, end - markdown, "\n") : NULL;

  return line != NULL && line - markdown > (end - markdown) * 3 / 4 ? line - markdown : end - markdown;
}

GPtrArray *
annals_markdown_parse (const char *markdown,
                       gsize       max_chars,
                       gboolean   *is_cut)
{
  Walk walk = { .blocks = g_ptr_array_new_with_free_func (block_free) };
  cmark_event_type event;
  cmark_node *document;
  cmark_iter *iter;
  gboolean cut;

  g_return_val_if_fail (markdown != NULL, NULL);

  document = cmark_parse_document (markdown, find_end (markdown, max_chars, &cut), CMARK_OPT_VALIDATE_UTF8);
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (is_leaf (node))
        visit_leaf (&walk, node);
      else
        visit_container (&walk, node, event == CMARK_EVENT_ENTER);
    }
  cmark_iter_free (iter);
  cmark_node_free (document);

  g_clear_pointer (&walk.marker, g_free);
  if (is_cut != NULL)
    *is_cut = cut;

  return walk.blocks;
}

/* GtkLabel takes a link's title for markup. */
static char *
dup_title (const char *address)
{
  g_autofree char *host = annals_address_dup_host (address);
  g_autofree char *shown = g_utf8_strlen (address, -1) > MAX_TITLE ? g_utf8_substring (address, 0, MAX_TITLE)
                                                                  : g_strdup (address);
  g_autofree char *title = host != NULL ? g_strdup_printf ("%s\n%s", host, shown) : g_steal_pointer (&shown);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  return g_markup_escape_text (escaped, -1);
}

static void
append_link_start (GString    *markup,
                   const char *address)
{
  g_autofree char *title = dup_title (address);
  g_autofree char *escaped = g_markup_escape_text (address, -1);

  g_string_append_printf (markup, "<a href=\"%s\" title=\"%s\">", escaped, title);
}

static void
append_piece (GString                   *markup,
              const AnnalsMarkdownPiece *piece)
{
  g_autofree char *escaped = g_markup_escape_text (piece->text, -1);
  gboolean is_bold = (piece->look & ANNALS_MARKDOWN_BOLD) != 0;
  gboolean is_italic = (piece->look & ANNALS_MARKDOWN_ITALIC) != 0;
  gboolean is_mono = (piece->look & ANNALS_MARKDOWN_MONO) != 0;

  g_string_append_printf (markup, "%s%s%s%s%s%s%s", is_bold ? "<b>" : "", is_italic ? "<i>" : "",
                          is_mono ? "<tt>" : "", escaped, is_mono ? "</tt>" : "", is_italic ? "</i>" : "",
                          is_bold ? "</b>" : "");
}

char *
annals_markdown_block_dup_markup (const AnnalsMarkdownBlock *self)
{
  GString *markup = g_string_new (NULL);
  guint link = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const AnnalsMarkdownPiece *piece = &g_array_index (self->pieces, AnnalsMarkdownPiece, i);

      if (link != 0 && piece->link != link)
        g_string_append (markup, "</a>");
      if (piece->link != 0 && piece->link != link)
        append_link_start (markup, piece->address);
      link = piece->link;
      append_piece (markup, piece);
    }
  if (link != 0)
    g_string_append (markup, "</a>");

  return g_string_free (markup, FALSE);
}

char *
annals_markdown_block_dup_plain (const AnnalsMarkdownBlock *self)
{
  GString *plain = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    g_string_append (plain, g_array_index (self->pieces, AnnalsMarkdownPiece, i).text);

  return g_string_free (plain, FALSE);
}

char *
annals_markdown_dup_plain (const char *markdown,
                           gsize       max_chars)
{
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *line = NULL;
  gboolean is_cut;
  gsize length;

  g_return_val_if_fail (markdown != NULL, NULL);

  blocks = annals_markdown_parse (markdown, max_chars < G_MAXSIZE / LOOK_AHEAD ? max_chars * LOOK_AHEAD : G_MAXSIZE,
                                  &is_cut);
  for (guint i = 0; i < blocks->len; i++)
    {
      const AnnalsMarkdownBlock *block = g_ptr_array_index (blocks, i);

      g_autofree char *plain = annals_markdown_block_dup_plain (block);

      g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", plain);
    }

  line = annals_text_normalize_line (words->str, (gssize) words->len);
  length = (gsize) g_utf8_strlen (line, -1);
  if (!is_cut && length <= max_chars)
    return g_steal_pointer (&line);

  if (length > max_chars)
    *g_utf8_offset_to_pointer (line, (glong) max_chars) = '\0';

  return g_strconcat (g_strchomp (line), "…", NULL);
}
