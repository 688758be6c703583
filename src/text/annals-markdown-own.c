/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-write.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "annals-address.h"

#define MAX_HEADING 6

/* What is in @node takes its place. */
static void
unwrap (cmark_node *node)
{
  cmark_node *child;

  while ((child = cmark_node_first_child (node)) != NULL)
    cmark_node_insert_before (node, child);
  cmark_node_unlink (node);
  cmark_node_free (node);
}

/* Raw HTML becomes the text that it is. */
static void
make_text (cmark_node *node,
           gboolean    is_block)
{
  cmark_node *text = cmark_node_new (CMARK_NODE_TEXT);
  cmark_node *whole = text;
  g_autofree char *literal = g_strchomp (g_strdup (cmark_node_get_literal (node)));

  cmark_node_set_literal (text, literal);
  if (is_block)
    {
      whole = cmark_node_new (CMARK_NODE_PARAGRAPH);
      cmark_node_append_child (whole, text);
    }
  cmark_node_insert_before (node, whole);
  cmark_node_unlink (node);
  cmark_node_free (node);
}

static void
tame_node (cmark_node *node,
           guint       level)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_HTML_BLOCK:
      make_text (node, TRUE);
      break;

    case CMARK_NODE_HTML_INLINE:
      make_text (node, FALSE);
      break;

    case CMARK_NODE_IMAGE:
      unwrap (node);
      break;

    case CMARK_NODE_LINK:
      if (!annals_address_can_open (cmark_node_get_url (node)))
        unwrap (node);
      break;

    case CMARK_NODE_HEADING:
      cmark_node_set_heading_level (node, MIN (cmark_node_get_heading_level (node) + (int) level, MAX_HEADING));
      break;

    default:
      break;
    }
}

/* The nodes from the inside out, as changing one while the iterator stands on it would end the walk. */
static GPtrArray *
list_nodes (cmark_node *document)
{
  GPtrArray *nodes = g_ptr_array_new ();
  cmark_iter *iter = cmark_iter_new (document);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    if (event == CMARK_EVENT_EXIT || cmark_node_first_child (cmark_iter_get_node (iter)) == NULL)
      {
        cmark_node *node = cmark_iter_get_node (iter);

        if (nodes->len == 0 || nodes->pdata[nodes->len - 1] != node)
          g_ptr_array_add (nodes, node);
      }
  cmark_iter_free (iter);

  return nodes;
}

static cmark_node *
parse_tame (const char *markdown,
            guint       level)
{
  cmark_node *document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_VALIDATE_UTF8);
  g_autoptr(GPtrArray) nodes = list_nodes (document);

  for (guint i = 0; i < nodes->len; i++)
    tame_node (nodes->pdata[i], level);

  return document;
}

void
annals_markdown_append_own (GString    *out,
                            const char *markdown,
                            guint       level)
{
  cmark_node *document;
  char *rendered;

  g_return_if_fail (out != NULL && markdown != NULL);

  document = parse_tame (markdown, level);
  rendered = cmark_render_commonmark (document, CMARK_OPT_DEFAULT, 0);
  g_string_append (out, rendered);
  free (rendered);
  cmark_node_free (document);
}

void
annals_markdown_append_html (GString    *out,
                             const char *markdown,
                             guint       level)
{
  cmark_node *document;
  char *rendered;

  g_return_if_fail (out != NULL && markdown != NULL);

  document = parse_tame (markdown, level);
  rendered = cmark_render_html (document, CMARK_OPT_DEFAULT);
  /* as in annals_html_append_text(): no document may hold them */
  for (char *p = rendered; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\n' && *p != '\t')
      *p = ' ';
  g_string_append (out, rendered);
  free (rendered);
  cmark_node_free (document);
}
