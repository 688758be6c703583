/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-page-articles-private.h"

#include <string.h>

/* A block is looked for no further above its heading. */
#define MAX_LEVELS 24
/* Share of the blocks that must have a date. */
#define DATED_SHARE 0.6

typedef struct
{
  xmlNode *heading;
  xmlNode *link;
  xmlNode *block;
} Block;

static gboolean
is_heading (xmlNode *node)
{
  const char *name = (const char *) node->name;

  return name[0] == 'h' && name[1] >= '1' && name[1] <= '4' && name[2] == '\0';
}

/* The link that a heading is or stands in. */
static xmlNode *
link_of (xmlNode *heading)
{
  xmlNode *node = heading;
  guint n = 0;

  while ((node = annals_page_next_element (node, heading, TRUE)) != NULL && n++ < 20)
    if (annals_page_node_is (node, "a") && xmlHasProp (node, BAD_CAST "href"))
      return node;

  return annals_page_node_is (heading->parent, "a") ? heading->parent : NULL;
}

/* What headings of one list have in common: their name, class, and their parent's. */
static char *
signature_of (xmlNode *heading)
{
  g_autofree char *class_name = annals_page_dup_attribute (heading, "class");
  g_autofree char *parent_class = annals_page_dup_attribute (heading->parent, "class");

  return g_strconcat ((const char *) heading->name, "\x1f", class_name ? class_name : "", "\x1f",
                      (const char *) heading->parent->name, "\x1f", parent_class ? parent_class : "", NULL);
}

/* signature → headings (GPtrArray) */
static GHashTable *
group_headings (xmlNode *root)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) g_ptr_array_unref);
  const guint without = ANNALS_MARK_HIDDEN | ANNALS_MARK_ZONE | ANNALS_MARK_EXTRA | ANNALS_MARK_COMMENTS |
                        ANNALS_MARK_COMMENT;
  gboolean descend = TRUE;
  guint n = 0;

  for (xmlNode *node = root; node != NULL && n < ANNALS_LIMIT_PAGE_HEADINGS;
       node = annals_page_next_element (node, root, descend))
    {
      descend = !(annals_page_node_get_marks (node) & without);
      if (descend && is_heading (node) && node->parent != NULL && link_of (node) != NULL)
        {
          char *signature = signature_of (node);
          GPtrArray *group = g_hash_table_lookup (groups, signature);

          if (group == NULL)
            {
              group = g_ptr_array_new ();
              g_hash_table_insert (groups, g_strdup (signature), group);
            }
          g_ptr_array_add (group, node);
          g_free (signature);
          n++;
        }
    }

  return groups;
}

/* The largest element around each heading that holds no other of them; the heading itself when they
 * stand beside each other. */
static GArray *
find_around (GPtrArray *headings)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  for (guint i = 0; i < headings->len; i++)
    {
      xmlNode *node = g_ptr_array_index (headings, i);

      for (guint level = 0; level < MAX_LEVELS && node != NULL && node->type == XML_ELEMENT_NODE; level++)
        {
          guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, node));

          g_hash_table_insert (counts, node, GUINT_TO_POINTER (count + 1));
          node = node->parent;
        }
    }

  for (guint i = 0; i < headings->len; i++)
    {
      xmlNode *heading = g_ptr_array_index (headings, i);
      Block block = { heading, link_of (heading), heading };

      while (block.block->parent != NULL &&
             GPOINTER_TO_UINT (g_hash_table_lookup (counts, block.block->parent)) == 1)
        block.block = block.block->parent;
      g_array_append_val (blocks, block);
    }

  return blocks;
}

/* Puts what stands between one heading and the next into an element of its own. */
static void
wrap_flat (GArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      Block *block = &g_array_index (blocks, Block, i);
      xmlNode *next = i + 1 < blocks->len ? g_array_index (blocks, Block, i + 1).block : NULL;
      xmlNode *box;

      if (block->block != block->heading && block->block != block->link)
        continue;

      box = xmlNewDocNode (block->block->doc, NULL, BAD_CAST "div", NULL);
      xmlAddPrevSibling (block->block, box);
      for (xmlNode *node = block->block, *after; node != NULL && node != next; node = after)
        {
          after = node->next;
          xmlUnlinkNode (node);
          xmlAddChild (box, node);
        }
      block->block = box;
    }
}

/* "/2020/03/…" in the address that the heading leads to */
static gboolean
link_is_dated (xmlNode *link)
{
  g_autofree char *href = annals_page_dup_attribute (link, "href");

  for (const char *p = href; p != NULL && (p = strchr (p, '/')) != NULL; p++)
    if ((g_str_has_prefix (p, "/19") || g_str_has_prefix (p, "/20")) && g_ascii_isdigit (p[3]) &&
        g_ascii_isdigit (p[4]) && (p[5] == '/' || p[5] == '-') && g_ascii_isdigit (p[6]))
      return TRUE;

  return FALSE;
}

static gboolean
is_dated (const Block *block)
{
  if (link_is_dated (block->link))
    return TRUE;

  for (xmlNode *node = annals_page_next_element (block->block, block->block, TRUE); node != NULL;
       node = annals_page_next_element (node, block->block, TRUE))
    {
      if (annals_page_node_is (node, "time") || annals_page_node_is (node, "abbr") ||
          (annals_page_node_get_marks (node) & ANNALS_MARK_META) ||
          annals_page_node_has_word (node, "itemprop", "datePublished"))
        return TRUE;
    }

  return FALSE;
}

/* Of the groups, the one of most blocks that looks like a list of posts. */
static GArray *
choose_group (GHashTable *groups)
{
  g_autoptr(GArray) best = NULL;
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      g_autoptr(GArray) blocks = NULL;
      guint n_dated = 0;
      guint n_flat = 0;

      if (((GPtrArray *) group)->len < 2 || (best != NULL && ((GPtrArray *) group)->len <= best->len))
        continue;

      blocks = find_around (group);
      for (guint i = 0; i < blocks->len; i++)
        {
          const Block *block = &g_array_index (blocks, Block, i);

          n_flat += block->block == block->heading || block->block == block->link;
          n_dated += is_dated (block);
        }

      /* a date between two headings is not yet in either's block */
      if (n_flat == blocks->len ? n_dated >= blocks->len * DATED_SHARE
                                : n_flat == 0 && n_dated >= blocks->len * DATED_SHARE)
        {
          g_clear_pointer (&best, g_array_unref);
          best = g_steal_pointer (&blocks);
        }
    }

  return g_steal_pointer (&best);
}

static AnnalsExtent
extent_of (const Block *block)
{
  for (xmlNode *node = annals_page_next_element (block->block, block->block, TRUE); node != NULL;
       node = annals_page_next_element (node, block->block, TRUE))
    {
      if (annals_page_node_is (node, "a") && node != block->link)
        {
          g_autofree char *words = annals_page_dup_line (node);

          if (annals_page_words_are_more (words))
            return ANNALS_EXTENT_EXCERPT;
        }
    }

  return ANNALS_EXTENT_LISTED;
}

GPtrArray *
annals_page_find_blocks (AnnalsPage *page)
{
  GPtrArray *articles = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_page_article_free);
  xmlNode *root = annals_page_get_root (page);
  g_autoptr(GHashTable) groups = NULL;
  g_autoptr(GArray) blocks = NULL;

  if (root == NULL)
    return articles;

  groups = group_headings (root);
  if ((blocks = choose_group (groups)) == NULL)
    return articles;

  wrap_flat (blocks);
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      g_autofree char *href = annals_page_dup_attribute (block->link, "href");
      AnnalsPageArticle *article = g_new0 (AnnalsPageArticle, 1);

      article->node = block->block;
      article->title = block->heading;
      article->url = annals_page_dup_absolute (page, href);
      article->extent = extent_of (block);
      g_ptr_array_add (articles, article);
    }

  return articles;
}
