/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-main-private.h"

gboolean
annals_main_node_is_phrase (const AnnalsMainNode *node)
{
  return annals_main_tag_is_inline (node->tag) && !node->has_block;
}

static void
run_add (AnnalsMainRun                  *run,
         const AnnalsMainNode *node,
         guint                 index)
{
  if (run->chars == 0)
    run->first = index;
  run->end = node->end;
  run->chars += node->chars;
  run->commas += node->commas;
  run->link_chars += node->tag != ANNALS_TAG_LINK ? node->link_chars : node->chars;
}

gboolean
annals_main_tree_next_run (AnnalsMainTree *self,
          guint           container,
          guint          *position,
          AnnalsMainRun            *run)
{
  guint end = annals_main_tree_get (self, container)->end;
  guint n_breaks = 0;

  *run = (AnnalsMainRun) { 0 };

  while (*position < end)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, *position);
      gboolean phrase = node->gone || annals_main_node_is_phrase (node);

      if (!phrase && run->chars > 0)
        return TRUE;

      if (node->gone)
        {
          /* as if it had never been there */
        }
      else if (node->tag == ANNALS_TAG_BREAK)
        {
          if (++n_breaks >= 2 && run->chars > 0)
            return TRUE;
        }
      else if (phrase && node->chars > 0)
        {
          n_breaks = 0;
          run_add (run, node, *position);
        }
      *position = node->end;
    }

  return run->chars > 0;
}

static gboolean
tag_is_container (AnnalsMainTag tag)
{
  switch (tag)
    {
    case ANNALS_TAG_ARTICLE:
    case ANNALS_TAG_BODY:
    case ANNALS_TAG_CELL:
    case ANNALS_TAG_DIV:
    case ANNALS_TAG_FORM:
    case ANNALS_TAG_INLINE:
    case ANNALS_TAG_MAIN:
      return TRUE;

    default:
      return FALSE;
    }
}

void
annals_main_tree_count_runs (AnnalsMainTree *self,
            guint           index)
{
  AnnalsMainNode *node = annals_main_tree_get (self, index);
  guint position = index + 1;
  guint n = 0;
  AnnalsMainRun run;

  if (!tag_is_container (node->tag) || node->chars == 0)
    return;

  while (annals_main_tree_next_run (self, index, &position, &run))
    n++;

  if (node->has_block || n >= 2)
    {
      node->runs = n;
      node->has_block = TRUE;
    }
}
