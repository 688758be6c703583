/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-main.h"
#include "annals-page-main-private.h"

#include <string.h>

/* So much is a text: nothing else is tried. */
#define ENOUGH 500

/* --- a new tree of what is left --- */

/* Not xmlAddChild(), which joins texts, in the square of their number. */
static void
add_child (xmlNode *parent,
           xmlNode *child)
{
  child->parent = parent;
  child->prev = parent->last;
  if (parent->last != NULL)
    parent->last->next = child;
  else
    parent->children = child;
  parent->last = child;
}

static gboolean
is_picture_address (const char *address)
{
  return address != NULL && *address != '\0' && !g_str_has_prefix (address, "data:") && strchr (address, ' ') == NULL;
}

/* Pictures that a script would load when they come into view are shown where they are. */
static void
wake_picture (xmlNode *image)
{
  static const char *const lazy[] = { "data-src", "data-original", "data-lazy-src", "data-orig-file" };
  g_autofree char *now = annals_page_dup_attribute (image, "src");

  for (guint i = 0; i < G_N_ELEMENTS (lazy) && (now == NULL || g_str_has_prefix (now, "data:")); i++)
    {
      g_autofree char *address = annals_page_dup_attribute (image, lazy[i]);

      if (!is_picture_address (address))
        continue;
      xmlSetProp (image, BAD_CAST "src", BAD_CAST address);
      return;
    }
}

static xmlNode *
copy_node (xmlDoc         *document,
           AnnalsMainNode *node)
{
  xmlNode *copy;

  if (node->tag == ANNALS_TAG_TEXT)
    return xmlNewDocText (document, node->node->content);

  copy = xmlNewDocNode (document, NULL, node->node->name, NULL);
  if (node->node->properties != NULL)
    copy->properties = xmlCopyPropList (copy, node->node->properties);
  if (g_str_equal (copy->name, "img"))
    wake_picture (copy);

  return copy;
}

/* What was left out between two words parted them. */
static void
add_gap (xmlDoc               *document,
         xmlNode              *parent,
         const AnnalsMainNode *gone)
{
  if (annals_main_tag_is_inline (gone->tag))
    add_child (parent, xmlNewDocText (document, BAD_CAST " "));
  else if (parent->last != NULL && parent->last->type == XML_TEXT_NODE)
    add_child (parent, xmlNewDocNode (document, NULL, BAD_CAST "br", NULL));
}

static xmlNode *
copy_left (AnnalsPage     *page,
           AnnalsMainTree *tree,
           guint           root)
{
  xmlDoc *document = xmlNewDoc (BAD_CAST "1.0");
  xmlNode *top = xmlNewDocNode (document, NULL, BAD_CAST "div", NULL);
  guint end = annals_main_tree_get (tree, root)->end;
  xmlNode *parent = top;
  guint holder = root;
  guint i = root + 1;

  xmlDocSetRootElement (document, top);

  while (i < end)
    {
      AnnalsMainNode *node = annals_main_tree_get (tree, i);
      xmlNode *copy;

      while (i >= annals_main_tree_get (tree, holder)->end)
        {
          holder = annals_main_tree_get (tree, holder)->parent;
          parent = parent->parent;
        }

      if (node->gone)
        {
          add_gap (document, parent, node);
          i = node->end;
          continue;
        }

      copy = copy_node (document, node);
      add_child (parent, copy);
      if (node->end > i + 1)
        {
          parent = copy;
          holder = i;
        }
      i++;
    }

  annals_page_own_document (page, document);

  return top;
}

/* --- tries --- */

typedef struct
{
  guint   root;
  guint   chars;
  GArray *gone;    /* guint8 per node */
} Try;

static void
try_keep (Try            *kept,
          AnnalsMainTree *tree,
          guint           root)
{
  kept->root = root;
  kept->chars = annals_main_tree_get (tree, root)->chars;
  g_array_set_size (kept->gone, tree->nodes->len);
  for (guint i = 0; i < tree->nodes->len; i++)
    g_array_index (kept->gone, guint8, i) = annals_main_tree_get (tree, i)->gone;
}

/* Less and less is taken for furniture until there is text enough; else what gave most. */
static void
try_all (AnnalsMainTree *tree,
         Try            *kept)
{
  static const AnnalsMainFlags tries[] = {
    ANNALS_MAIN_TRUST_NAMES | ANNALS_MAIN_WEIGH_NAMES | ANNALS_MAIN_CLEAN,
    ANNALS_MAIN_WEIGH_NAMES | ANNALS_MAIN_CLEAN,
    ANNALS_MAIN_CLEAN,
    0,
  };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      guint root;

      /* everything, with comments and notices, is better than nothing only */
      if (tries[i] == 0 && kept->chars > 0)
        return;

      root = annals_main_tree_choose (tree, tries[i]);
      annals_main_tree_clean (tree, root, tries[i]);
      if (i == 0 || annals_main_tree_get (tree, root)->chars > kept->chars)
        try_keep (kept, tree, root);
      if (kept->chars >= ENOUGH)
        return;
    }
}

static xmlNode *
find_in (AnnalsPage *page,
         xmlNode    *root,
         const char *title,
         gboolean    show_hidden)
{
  g_autoptr(AnnalsMainTree) tree = annals_main_tree_new (root, title, show_hidden);
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (guint8));
  Try kept = { .gone = gone };

  if (tree == NULL)
    return NULL;

  try_all (tree, &kept);
  if (kept.chars == 0)
    return NULL;

  for (guint i = 0; i < tree->nodes->len; i++)
    annals_main_tree_get (tree, i)->gone = g_array_index (gone, guint8, i);

  return copy_left (page, tree, kept.root);
}

/**
 * annals_page_find_main:
 * @page: a page
 *
 * Returns: (transfer none) (nullable): its main text
 */
xmlNode *
annals_page_find_main (AnnalsPage *page)
{
  g_autofree char *title = NULL;
  xmlNode *root;
  xmlNode *found;

  g_return_val_if_fail (page != NULL, NULL);

  root = annals_page_get_root (page);
  if (root == NULL)
    return NULL;

  for (xmlNode *node = root; node != NULL && title == NULL; node = annals_page_next_element (node, root, TRUE))
    if (annals_page_node_is (node, "title"))
      title = annals_page_dup_line (node);

  found = find_in (page, root, title, FALSE);

  /* a page that a script would have shown */
  return found ? found : find_in (page, root, title, TRUE);
}
