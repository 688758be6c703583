/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-main-private.h"

/* Longer ones hold more than buttons. */
#define MAX_SHARE_BAR 500
/* So many commas are prose. */
#define MANY_COMMAS 10

/* --- furniture by kind --- */

static gboolean
is_furniture (const AnnalsMainNode *node,
              AnnalsMainFlags       flags,
              gboolean              is_root)
{
  switch ((AnnalsMainTag) node->tag)
    {
    case ANNALS_TAG_ASIDE:
    case ANNALS_TAG_BUTTON:
    case ANNALS_TAG_FOOTER:
    case ANNALS_TAG_INPUT:
    case ANNALS_TAG_NAV:
      return TRUE;

    case ANNALS_TAG_HEADING:
      if ((g_str_equal (node->node->name, "h1") || g_str_equal (node->node->name, "h2")) &&
          annals_main_node_weight (node, flags) < 0)
        return TRUE;
      break;

    default:
      break;
    }

  return (node->names & ANNALS_NAMES_SHARE) && !is_root && node->chars < MAX_SHARE_BAR;
}

/* --- furniture by looks --- */

static gboolean
is_list (const AnnalsMainNode *node)
{
  return node->tag == ANNALS_TAG_LIST || (node->chars > 0 && node->list_chars * 10 > node->chars * 9);
}

static gboolean
looks_like_furniture (const AnnalsMainNode *node,
                      AnnalsMainFlags       flags,
                      guint                 all_chars)
{
  int weight = annals_main_node_weight (node, flags);
  double density = annals_main_node_link_density (node);
  gboolean list = is_list (node);
  gboolean in_figure = (node->facts & ANNALS_MAIN_IN_FIGURE) != 0;
  guint paragraphs = node->paragraphs;

  /* whatever it is called, what holds most of the text is no furniture */
  if (weight < 0 && (guint64) node->chars * 2 <= all_chars)
    return TRUE;
  if (node->commas >= MANY_COMMAS)
    return FALSE;
  /* a gallery */
  if (list && node->items > 0 && node->items == node->images)
    return FALSE;

  if (!in_figure && node->images > 1 && paragraphs * 2 < node->images)
    return TRUE;
  if (!list && node->items > paragraphs + 100)
    return TRUE;
  if ((node->tag == ANNALS_TAG_FORM || node->tag == ANNALS_TAG_FIELDSET) && node->inputs > paragraphs / 3)
    return TRUE;
  if (!list && !in_figure && node->heading_chars * 10 < node->chars * 9 && node->chars < 25 &&
      (node->images == 0 || node->images > 2) && density > 0)
    return TRUE;
  if (!list && weight < 25 && density > 0.2)
    return TRUE;
  if (weight >= 25 && density > 0.5)
    return TRUE;

  return FALSE;
}

static gboolean
is_looked_at (const AnnalsMainNode *node)
{
  if (node->facts & (ANNALS_MAIN_DATA_TABLE | ANNALS_MAIN_IN_DATA_TABLE | ANNALS_MAIN_IN_CODE))
    return FALSE;

  switch ((AnnalsMainTag) node->tag)
    {
    case ANNALS_TAG_FIELDSET:
    case ANNALS_TAG_FORM:
    case ANNALS_TAG_TABLE:
      return TRUE;

    case ANNALS_TAG_LIST:
      return g_str_equal (node->node->name, "ul");

    case ANNALS_TAG_DIV:
      return node->has_block;

    default:
      return FALSE;
    }
}

/* The form around what was typed into is judged by how much of that it holds. */
static void
leave_out (AnnalsMainTree *self,
           guint           index)
{
  AnnalsMainNode *node = annals_main_tree_get (self, index);

  node->gone = TRUE;
  if (node->tag == ANNALS_TAG_INPUT)
    annals_main_tree_get (self, node->parent)->inputs++;
}

void
annals_main_tree_clean (AnnalsMainTree  *self,
                        guint            root,
                        AnnalsMainFlags  flags)
{
  guint end = annals_main_tree_get (self, root)->end;
  guint all_chars = annals_main_tree_get (self, root)->chars;

  for (guint i = root; i < end; i++)
    annals_main_tree_zero (annals_main_tree_get (self, i));

  /* from the end: what is in an element is judged before it */
  for (guint i = end; i-- > root + 1;)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (node->gone)
        continue;

      annals_main_tree_count_runs (self, i);
      if (is_furniture (node, flags, node->parent == root) ||
          ((flags & ANNALS_MAIN_CLEAN) && is_looked_at (node) && looks_like_furniture (node, flags, all_chars)))
        leave_out (self, i);
      else
        annals_main_tree_add_up (self, i);
    }
}
