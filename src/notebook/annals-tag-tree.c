/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-collation.h"
#include "annals-tags-private.h"

/* A tag and what stands above it in the list. */
typedef struct _Leaf Leaf;

struct _Leaf
{
  AnnalsTag *tag;
  Leaf      *parent;    /* (nullable) */
};

static int
compare_names (const Leaf *one,
               const Leaf *two)
{
  int order = annals_collate (one->tag->name, two->tag->name);

  return order != 0 ? order : strcmp (one->tag->uid, two->tag->uid);
}

/* By name below the same parent, and else as their ancestors there. */
static int
compare_leaves (gconstpointer a,
                gconstpointer b)
{
  const Leaf *one = *(Leaf * const *) a;
  const Leaf *two = *(Leaf * const *) b;
  int nearer = one->tag->depth < two->tag->depth ? -1 : one->tag->depth > two->tag->depth;

  while (one->tag->depth > two->tag->depth)
    one = one->parent;
  while (two->tag->depth > one->tag->depth)
    two = two->parent;
  if (one == two)
    return nearer;

  while (one->parent != two->parent)
    {
      one = one->parent;
      two = two->parent;
    }

  return compare_names (one, two);
}

/* What is listed at a depth stands below a tag of the depth before: annals-tags.c made it so. */
void
annals_tags_sort (GPtrArray *tags)
{
  g_autofree Leaf *leaves = g_new0 (Leaf, tags->len);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < tags->len; i++)
    {
      leaves[i].tag = tags->pdata[i];
      g_ptr_array_add (order, &leaves[i]);
      g_hash_table_insert (by_id, &leaves[i].tag->id, &leaves[i]);
    }
  for (guint i = 0; i < tags->len; i++)
    if (leaves[i].tag->depth > 0)
      leaves[i].parent = g_hash_table_lookup (by_id, &leaves[i].tag->parent_id);

  g_ptr_array_sort (order, compare_leaves);
  for (guint i = 0; i < tags->len; i++)
    tags->pdata[i] = ((Leaf *) order->pdata[i])->tag;
}
