/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-main-private.h"

#include <string.h>

/* Shorter ones say nothing of where the text is. */
#define MIN_PARAGRAPH 25
/* So far up a paragraph counts for what it stands in. */
#define MAX_LEVELS 5
#define N_BEST 5
/* As many good places that have one element above them mean that it is the place. */
#define MIN_RIVALS 3
/* A line about who wrote the text is not longer. */
#define MAX_BYLINE 100

/* --- counting --- */

static void
count (AnnalsMainTree *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    annals_main_tree_zero (annals_main_tree_get (self, i));

  for (guint i = self->nodes->len; i-- > 0;)
    if (!annals_main_tree_get (self, i)->gone)
      {
        annals_main_tree_count_runs (self, i);
        annals_main_tree_add_up (self, i);
      }
}

/* --- what goes before anything is weighed --- */

/* The page's own header and footer; an article's may hold its title. */
static gboolean
is_frame (AnnalsMainTree       *self,
          const AnnalsMainNode *node)
{
  return (node->tag == ANNALS_TAG_HEADER || node->tag == ANNALS_TAG_FOOTER) &&
         annals_main_tree_get (self, node->parent)->tag == ANNALS_TAG_BODY && !(node->facts & ANNALS_MAIN_HOLDS_TITLE);
}

static gboolean
is_unlikely (AnnalsMainTree       *self,
             const AnnalsMainNode *node,
             AnnalsMainFlags       flags)
{
  AnnalsMainTag tag = node->tag;

  if (tag == ANNALS_TAG_TEXT || tag == ANNALS_TAG_BODY || tag == ANNALS_TAG_LINK || node->parent == ANNALS_MAIN_NONE)
    return FALSE;
  if (tag == ANNALS_TAG_HEADING && (node->facts & ANNALS_MAIN_TITLE))
    return TRUE;
  if ((node->names & ANNALS_NAMES_MAYBE) || (node->facts & ANNALS_MAIN_IN_CODE))
    return FALSE;
  /* Comments can be longer than what they are about, and a notice is shown before it. */
  if ((node->names & (ANNALS_NAMES_TALK | ANNALS_NAMES_CONSENT)) && !(node->facts & ANNALS_MAIN_HOLDS_TITLE))
    return TRUE;
  if (!(flags & ANNALS_MAIN_TRUST_NAMES))
    return FALSE;
  if ((node->facts & ANNALS_MAIN_FURNITURE_ROLE) || tag == ANNALS_TAG_NAV || is_frame (self, node))
    return TRUE;

  return (node->names & ANNALS_NAMES_UNLIKELY) && !(node->facts & ANNALS_MAIN_IN_TABLE);
}

static void
leave_out_unlikely (AnnalsMainTree  *self,
                    AnnalsMainFlags  flags)
{
  guint i = 0;

  while (i < self->nodes->len)
    {
      AnnalsMainNode *node = annals_main_tree_get (self, i);

      node->score = 0;
      node->is_candidate = FALSE;
      node->gone = flags != 0 && is_unlikely (self, node, flags);
      i = node->gone ? node->end : i + 1;
    }
}

static gboolean
is_byline (const AnnalsMainNode *node)
{
  return node->tag != ANNALS_TAG_TEXT && node->tag != ANNALS_TAG_BODY && node->chars > 0 && node->chars < MAX_BYLINE &&
         ((node->names & ANNALS_NAMES_BYLINE) || (node->facts & ANNALS_MAIN_BYLINE_MARK));
}

/* Only the first one: below the text, the same names stand for what it says of its author. */
static void
leave_out_byline (AnnalsMainTree *self)
{
  guint i = 0;

  while (i < self->nodes->len)
    {
      AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (!node->gone && is_byline (node))
        {
          node->gone = TRUE;
          count (self);
          return;
        }
      i = node->gone ? node->end : i + 1;
    }
}

/* --- scores --- */

int
annals_main_node_weight (const AnnalsMainNode *node,
                         AnnalsMainFlags       flags)
{
  if (!(flags & ANNALS_MAIN_WEIGH_NAMES))
    return 0;

  return ((node->names & ANNALS_NAMES_GOOD) ? 25 : 0) - ((node->names & ANNALS_NAMES_BAD) ? 25 : 0) +
         ((node->facts & ANNALS_MAIN_TEXT_MARK) ? 25 : 0);
}

static float
first_score (const AnnalsMainNode *node,
             AnnalsMainFlags       flags)
{
  float score = (float) annals_main_node_weight (node, flags);

  switch ((AnnalsMainTag) node->tag)
    {
    case ANNALS_TAG_DIV:
      return score + 5;

    case ANNALS_TAG_CELL:
      return score + (g_str_equal (node->node->name, "th") ? -5 : 3);

    case ANNALS_TAG_PRE:
    case ANNALS_TAG_QUOTATION:
      return score + 3;

    case ANNALS_TAG_ADDRESS:
    case ANNALS_TAG_FORM:
    case ANNALS_TAG_ITEM:
    case ANNALS_TAG_LIST:
      return score - 3;

    case ANNALS_TAG_HEADING:
      return score - 5;

    default:
      return score;
    }
}

static void
make_candidate (AnnalsMainNode  *node,
                AnnalsMainFlags  flags)
{
  if (node->is_candidate)
    return;

  node->is_candidate = TRUE;
  node->score = first_score (node, flags);
}

/* Gives what a paragraph is worth to what it stands in. */
static void
score_paragraph (AnnalsMainTree  *self,
                 guint            holder,
                 guint            chars,
                 guint            commas,
                 AnnalsMainFlags  flags)
{
  float worth = 2 + (float) commas + (float) MIN (chars / 100, 3);

  if (chars < MIN_PARAGRAPH)
    return;

  for (guint level = 0; level < MAX_LEVELS && holder != ANNALS_MAIN_NONE; level++)
    {
      AnnalsMainNode *node = annals_main_tree_get (self, holder);

      if (node->parent == ANNALS_MAIN_NONE)
        return;
      make_candidate (node, flags);
      node->score += worth / (level == 0 ? 1 : level == 1 ? 2 : (float) level * 3);
      holder = node->parent;
    }
}

/* Where a paragraph stands: an element made for it alone does not count. */
static guint
holder_of (AnnalsMainTree *self,
           guint           index)
{
  const AnnalsMainNode *node = annals_main_tree_get (self, index);
  const AnnalsMainNode *parent;

  if (node->tag != ANNALS_TAG_PARAGRAPH)
    return node->parent;

  parent = annals_main_tree_get (self, node->parent);
  if (parent->tag != ANNALS_TAG_DIV || parent->chars != node->chars || parent->paragraphs != 1 ||
      annals_main_node_link_density (parent) >= 0.25)
    return node->parent;

  return parent->parent;
}

static gboolean
is_paragraph (const AnnalsMainNode *node)
{
  switch ((AnnalsMainTag) node->tag)
    {
    case ANNALS_TAG_PARAGRAPH:
    case ANNALS_TAG_PRE:
    case ANNALS_TAG_SECTION:
      return TRUE;

    case ANNALS_TAG_HEADING:
      return !g_str_equal (node->node->name, "h1");

    case ANNALS_TAG_CELL:
      return !node->has_block;

    case ANNALS_TAG_DIV:
      return !node->has_block;

    default:
      return FALSE;
    }
}

static void
score_all (AnnalsMainTree  *self,
           AnnalsMainFlags  flags)
{
  guint i = 1;

  while (i < self->nodes->len)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, i);
      guint position = i + 1;
      AnnalsMainRun run;

      if (node->gone || node->chars == 0)
        {
          i = node->end;
          continue;
        }

      if (is_paragraph (node))
        score_paragraph (self, holder_of (self, i), node->chars, node->commas, flags);
      else if (node->runs > 0)
        while (annals_main_tree_next_run (self, i, &position, &run))
          score_paragraph (self, i, run.chars, run.commas, flags);
      i++;
    }
}

/* --- the best place --- */

typedef struct
{
  guint best[N_BEST];
  guint n;
} Best;

static void
best_add (Best           *best,
          AnnalsMainTree *self,
          guint           index)
{
  float score = annals_main_tree_get (self, index)->score;
  guint at = 0;

  while (at < best->n && annals_main_tree_get (self, best->best[at])->score >= score)
    at++;
  if (at == N_BEST)
    return;

  best->n = MIN (best->n + 1, N_BEST);
  for (guint k = best->n - 1; k > at; k--)
    best->best[k] = best->best[k - 1];
  best->best[at] = index;
}

static void
find_best (AnnalsMainTree *self,
           Best           *best)
{
  best->n = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (!node->is_candidate)
        continue;
      node->score *= (float) (1 - annals_main_node_link_density (node));
      best_add (best, self, i);
    }
}

static gboolean
is_top (AnnalsMainTree *self,
        guint           index)
{
  return index == 0 || annals_main_tree_get (self, index)->tag == ANNALS_TAG_BODY;
}

/* The element that holds several places nearly as good as the best. */
static guint
climb_to_common (AnnalsMainTree *self,
                 const Best     *best)
{
  guint top = best->best[0];
  float score = annals_main_tree_get (self, top)->score;
  guint rivals[N_BEST];
  guint n = 0;

  for (guint k = 1; k < best->n; k++)
    if (score > 0 && annals_main_tree_get (self, best->best[k])->score / score >= 0.75)
      rivals[n++] = best->best[k];
  if (n < MIN_RIVALS)
    return top;

  for (guint i = annals_main_tree_get (self, top)->parent; !is_top (self, i);
       i = annals_main_tree_get (self, i)->parent)
    {
      guint held = 0;

      for (guint k = 0; k < n; k++)
        held += rivals[k] > i && rivals[k] < annals_main_tree_get (self, i)->end;
      if (held >= MIN_RIVALS)
        return i;
    }

  return top;
}

/* A parent that is better, or nearly as good up to one that is, holds the text in pieces. */
static guint
climb_to_better (AnnalsMainTree *self,
                 guint           top)
{
  float last = annals_main_tree_get (self, top)->score;
  float threshold = last / 3;

  for (guint i = annals_main_tree_get (self, top)->parent; i != ANNALS_MAIN_NONE && !is_top (self, i);
       i = annals_main_tree_get (self, i)->parent)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (!node->is_candidate)
        continue;
      if (node->score < threshold)
        break;
      if (node->score > last)
        return i;
      last = node->score;
    }

  return top;
}

/* Whether nothing but @child is shown in its parent. */
static gboolean
is_only_child (AnnalsMainTree *self,
               guint           child)
{
  guint parent = annals_main_tree_get (self, child)->parent;
  guint end = annals_main_tree_get (self, parent)->end;
  guint n = 0;

  for (guint i = parent + 1; i < end && n < 2; i = annals_main_tree_get (self, i)->end)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, i);

      n += !node->gone && node->tag != ANNALS_TAG_TEXT;
    }

  return n == 1;
}

static guint
find_top (AnnalsMainTree  *self,
          AnnalsMainFlags  flags)
{
  guint top;
  Best best;

  find_best (self, &best);
  if (best.n == 0 || is_top (self, best.best[0]))
    return ANNALS_MAIN_NONE;

  top = climb_to_common (self, &best);
  make_candidate (annals_main_tree_get (self, top), flags);
  top = climb_to_better (self, top);
  while (!is_top (self, annals_main_tree_get (self, top)->parent) && is_only_child (self, top))
    top = annals_main_tree_get (self, top)->parent;
  make_candidate (annals_main_tree_get (self, top), flags);

  return top;
}

/* --- what stands beside it --- */

static gboolean
ends_sentence (AnnalsMainTree *self,
               guint           first,
               guint           end)
{
  static const char *const marks[] = { ".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।" };

  for (guint i = first; i < end; i++)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (node->gone || node->tag != ANNALS_TAG_TEXT || node->node->content == NULL)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (marks); k++)
        {
          const char *at = strstr ((const char *) node->node->content, marks[k]);

          /* "3.5" ends none */
          if (at != NULL && (k > 0 || at[1] == '\0' || g_ascii_isspace (at[1])))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
reads_as_prose (AnnalsMainTree *self,
                const AnnalsMainRun      *run)
{
  double density = run->chars ? (double) run->link_chars / run->chars : 0;

  if (run->chars > 80)
    return density < 0.25;

  return run->chars > 0 && run->link_chars == 0 && ends_sentence (self, run->first, run->end);
}

static char *
dup_class (const AnnalsMainNode *node)
{
  char *class_names = node->tag == ANNALS_TAG_TEXT ? NULL : annals_page_dup_attribute (node->node, "class");

  if (class_names != NULL && *class_names == '\0')
    g_clear_pointer (&class_names, g_free);

  return class_names;
}

static gboolean
sibling_is_kept (AnnalsMainTree *self,
                 guint           index,
                 guint           top,
                 const char     *top_class)
{
  const AnnalsMainNode *node = annals_main_tree_get (self, index);
  float top_score = annals_main_tree_get (self, top)->score;
  g_autofree char *class_names = dup_class (node);
  float bonus = class_names != NULL && g_strcmp0 (class_names, top_class) == 0 ? top_score * 0.2f : 0;
  AnnalsMainRun run = { .first = index, .end = node->end, .chars = node->chars, .link_chars = node->link_chars };

  if (index == top)
    return TRUE;
  if (node->is_candidate && node->score + bonus >= MAX (10, top_score * 0.2f))
    return TRUE;

  return (node->tag == ANNALS_TAG_PARAGRAPH || (node->tag == ANNALS_TAG_DIV && !node->has_block)) &&
         reads_as_prose (self, &run);
}

static void
keep_runs (AnnalsMainTree *self,
           guint           parent)
{
  guint position = parent + 1;
  guint from = position;
  AnnalsMainRun run;

  while (annals_main_tree_next_run (self, parent, &position, &run))
    {
      gboolean keep = reads_as_prose (self, &run);

      for (guint i = from; i < position; i = annals_main_tree_get (self, i)->end)
        {
          AnnalsMainNode *node = annals_main_tree_get (self, i);

          if (annals_main_node_is_phrase (node) && !node->is_candidate && !(keep && i >= run.first && i < run.end))
            node->gone = TRUE;
        }
      from = position;
    }
}

static void
keep_siblings (AnnalsMainTree *self,
               guint           top)
{
  guint parent = annals_main_tree_get (self, top)->parent;
  guint end = annals_main_tree_get (self, parent)->end;
  g_autofree char *top_class = dup_class (annals_main_tree_get (self, top));

  for (guint i = parent + 1; i < end; i = annals_main_tree_get (self, i)->end)
    {
      AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (!node->gone && !annals_main_node_is_phrase (node) && !sibling_is_kept (self, i, top, top_class))
        node->gone = TRUE;
    }

  if (annals_main_tree_get (self, parent)->runs > 0)
    keep_runs (self, parent);
}

static guint
find_body (AnnalsMainTree *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (annals_main_tree_get (self, i)->tag == ANNALS_TAG_BODY)
      return i;

  return 0;
}

guint
annals_main_tree_choose (AnnalsMainTree  *self,
                         AnnalsMainFlags  flags)
{
  guint top;

  leave_out_unlikely (self, flags);
  count (self);
  leave_out_byline (self);
  score_all (self, flags);

  top = find_top (self, flags);
  if (top == ANNALS_MAIN_NONE)
    return find_body (self);

  keep_siblings (self, top);

  return annals_main_tree_get (self, top)->parent;
}
