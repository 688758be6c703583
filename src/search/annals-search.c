/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search.h"

#include "annals-match.h"
#include "annals-post-sets.h"
#include "annals-search-private.h"

/* Leaves in @set what is in @scope. */
static gboolean
narrow_to_scope (AnnalsPlan   *plan,
                 AnnalsScope   scope,
                 gint64        scope_id,
                 AnnalsIdSet  *set,
                 GError      **error)
{
  g_autoptr(AnnalsIdSet) in_scope = NULL;
  AnnalsPostSet kind = ANNALS_POSTS_ANNOTATED;

  switch (scope)
    {
    case ANNALS_SCOPE_ALL:
    case ANNALS_SCOPE_TRASH:   /* list_trash() */
      return TRUE;

    case ANNALS_SCOPE_UNREAD:
      annals_id_set_subtract (set, plan->columns->read);
      return TRUE;

    case ANNALS_SCOPE_STARRED:
      annals_id_set_intersect (set, plan->columns->starred);
      return TRUE;

    case ANNALS_SCOPE_SOURCE:
      for (gint64 id = 0; id <= plan->columns->top; id++)
        if (plan->columns->source[id] != (guint32) scope_id)
          annals_id_set_remove (set, id);
      return TRUE;

    case ANNALS_SCOPE_ANNOTATED:
      break;

    case ANNALS_SCOPE_REVIEW:
      kind = ANNALS_POSTS_REVIEW;
      break;

    case ANNALS_SCOPE_TAG:
      kind = ANNALS_POSTS_OF_TAG;
      break;

    case ANNALS_SCOPE_TIMELINE:
      kind = ANNALS_POSTS_OF_TIMELINE;
      break;

    case ANNALS_SCOPE_IMPORT:
      kind = ANNALS_POSTS_OF_IMPORT;
      break;
    }

  in_scope = annals_id_set_new (plan->columns->top);
  if (!annals_db_collect_posts (plan->db, kind, scope_id, NULL, in_scope, error))
    return FALSE;

  annals_id_set_intersect (set, in_scope);

  return TRUE;
}

/* --- by relevance --- */

/* A query as the words that all posts found fit, and the rest. */
typedef struct
{
  AnnalsQueryNode *words;      /* borrows its children */
  AnnalsQueryNode *rest;       /* borrows its children; an AND */
  char            *match;      /* (nullable): of the words */
} Split;

static void
split_clear (Split *self)
{
  g_clear_pointer (&self->words, annals_query_node_free);
  g_clear_pointer (&self->rest, annals_query_node_free);
  g_free (self->match);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Split, split_clear)

static void
split_query (Split                 *self,
             const AnnalsQueryNode *root)
{
  gconstpointer only[] = { root };
  gconstpointer *children = root->kind == NODE_AND ? (gconstpointer *) root->children->pdata : only;
  guint n = root->kind == NODE_AND ? root->children->len : 1;

  self->words = annals_query_node_new (NODE_AND, root->column);
  self->rest = annals_query_node_new (NODE_AND, root->column);
  g_ptr_array_set_free_func (self->words->children, NULL);
  g_ptr_array_set_free_func (self->rest->children, NULL);

  for (guint i = 0; i < n; i++)
    {
      const AnnalsQueryNode *child = children[i];
      const AnnalsQueryNode *inner = child->kind == NODE_NOT ? child->children->pdata[0] : child;
      g_autofree char *match = annals_query_node_dup_match (inner);

      g_ptr_array_add (match != NULL ? self->words->children : self->rest->children, (gpointer) child);
    }

  self->match = annals_query_node_dup_match (self->words);
  if (self->match == NULL)
    {
      /* nothing but what is not wanted */
      g_ptr_array_extend (self->rest->children, self->words->children, NULL, NULL);
      g_ptr_array_set_size (self->words->children, 0);
    }
}

static AnnalsRanking *
rank (AnnalsPlan         *plan,
      const char         *match,
      GPtrArray          *phrases,
      const AnnalsIdSet  *among,
      GError            **error)
{
  return annals_db_rank_posts (plan->db, plan->columns, match, (const char * const *) phrases->pdata, NULL,
                               phrases->len, among, FALSE, error);
}

static AnnalsRanking *
rank_words (AnnalsPlan   *plan,
            Split        *split,
            AnnalsIdSet  *among,
            GError      **error)
{
  g_autoptr(GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(AnnalsRanking) ranking = NULL;
  gboolean changed = FALSE;

  annals_query_node_add_phrases (split->words, phrases);
  if (!(ranking = rank (plan, split->match, phrases, among, error)) ||
      !annals_plan_add_notes (plan, split->words, among, ranking->set, &changed, error))
    return NULL;

  /* What a note is found by alone is worth what its title and text say of the words. */
  return g_steal_pointer (&ranking);
}

/* Words that not every post has to have: what is found is weighed afterwards. */
static AnnalsRanking *
rank_marks (AnnalsPlan   *plan,
            AnnalsQuery  *query,
            AnnalsIdSet  *found,
            GError      **error)
{
  g_autoptr(GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  AnnalsRanking *ranking;

  annals_query_node_add_marked (query->root, phrases);
  if ((ranking = rank (plan, query->marks, phrases, found, error)))
    annals_id_set_unite (ranking->set, found);

  return ranking;
}

static GArray *
list_by_relevance (AnnalsPlan   *plan,
                   AnnalsQuery  *query,
                   AnnalsIdSet  *set,
                   GError      **error)
{
  g_autoptr(AnnalsRanking) ranking = NULL;
  g_autoptr(GArray) ids = NULL;
  g_auto(Split) split = { 0 };

  split_query (&split, query->root);
  if (!annals_plan_narrow (plan, split.rest, set, error))
    return NULL;

  ranking = split.match != NULL ? rank_words (plan, &split, set, error)
                                : rank_marks (plan, query, set, error);

  if (ranking == NULL)
    return NULL;

  ids = annals_search_order_ranked (plan->columns, ranking);

  return annals_search_prefer_exact (plan, query->root, ranking, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/* What is in the trash stands in none of the lists that are kept in memory. */
static GArray *
list_trash (AnnalsPlan   *plan,
            AnnalsQuery  *query,
            AnnalsOrder   order,
            GError      **error)
{
  g_autoptr(GArray) trashed = annals_db_list_posts (plan->db, ANNALS_SCOPE_TRASH, 0, NULL, order, error);
  g_autoptr(AnnalsIdSet) set = annals_id_set_new (plan->columns->top);
  g_autoptr(GArray) fitting = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (trashed == NULL || query->root == NULL)
    return g_steal_pointer (&trashed);

  for (guint i = 0; i < trashed->len; i++)
    annals_id_set_add (set, g_array_index (trashed, gint64, i));
  if (!annals_plan_narrow (plan, query->root, set, error))
    return NULL;

  for (guint i = 0; i < trashed->len; i++)
    if (annals_id_set_contains (set, g_array_index (trashed, gint64, i)))
      g_array_append_val (fitting, g_array_index (trashed, gint64, i));

  return g_steal_pointer (&fitting);
}

/* --- the whole --- */

static GArray *
list (AnnalsPlan   *plan,
      AnnalsQuery  *query,
      AnnalsScope   scope,
      gint64        scope_id,
      AnnalsOrder   order,
      GError      **error)
{
  g_autoptr(AnnalsIdSet) set = NULL;

  if (scope == ANNALS_SCOPE_TRASH)
    return list_trash (plan, query, order, error);

  set = annals_id_set_copy (plan->columns->visible);
  if (!narrow_to_scope (plan, scope, scope_id, set, error))
    return NULL;

  if (query->root != NULL && query->marks != NULL && order == ANNALS_ORDER_RELEVANCE)
    return list_by_relevance (plan, query, set, error);

  if (query->root != NULL && !annals_plan_narrow (plan, query->root, set, error))
    return NULL;

  return annals_search_order (plan->db, plan->columns, set, order, error);
}

/**
 * annals_search_posts:
 * @db: a connection
 * @query: what is asked for
 * @scope: where
 * @scope_id: its id, for a scope that has one
 * @order: in what order
 *
 * Returns: (transfer full) (element-type gint64): the ids of all posts that fit; %NULL on an error
 */
GArray *
annals_search_posts (AnnalsDb     *db,
                     AnnalsQuery  *query,
                     AnnalsScope   scope,
                     gint64        scope_id,
                     AnnalsOrder   order,
                     GError      **error)
{
  const AnnalsColumns *columns;
  g_auto(AnnalsPlan) plan = { 0 };
  GArray *ids;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);

  if (query->marks == NULL && order == ANNALS_ORDER_RELEVANCE)
    order = ANNALS_ORDER_NEWEST;

  if (!(columns = annals_db_hold_columns (db, annals_search_order_parts (order) | annals_search_query_parts (query->root),
                                          error)))
    return NULL;

  annals_plan_init (&plan, db, columns);
  ids = list (&plan, query, scope, scope_id, order, error);
  annals_db_release_columns (db);

  return ids;
}

/**
 * annals_search_count:
 * @db: a connection
 * @query: what is asked for
 * @seen: an id
 * @n: (out): how many posts fit
 * @n_new: (out) (optional): how many of them have a higher id than @seen
 *
 * Returns: %FALSE on an error
 */
gboolean
annals_search_count (AnnalsDb     *db,
                     AnnalsQuery  *query,
                     gint64        seen,
                     guint        *n,
                     guint        *n_new,
                     GError      **error)
{
  const AnnalsColumns *columns;
  g_autoptr(AnnalsIdSet) set = NULL;
  g_auto(AnnalsPlan) plan = { 0 };
  gboolean ok;

  g_return_val_if_fail (db != NULL && query != NULL && n != NULL, FALSE);

  if (n_new != NULL)
    *n_new = 0;
  if (!(columns = annals_db_hold_columns (db, annals_search_query_parts (query->root), error)))
    return FALSE;

  annals_plan_init (&plan, db, columns);
  set = annals_id_set_copy (columns->visible);
  ok = query->root == NULL || annals_plan_narrow (&plan, query->root, set, error);
  *n = annals_id_set_count (set);
  for (gint64 id = columns->top; n_new != NULL && id > seen; id--)
    *n_new += annals_id_set_contains (set, id);
  annals_db_release_columns (db);

  return ok;
}

/**
 * annals_search_prepare:
 * @db: a connection
 *
 * Returns: %FALSE on an error
 */
gboolean
annals_search_prepare (AnnalsDb  *db,
                       GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  if (annals_db_hold_columns (db, ANNALS_COLUMNS_ROWS | ANNALS_COLUMNS_NEWEST | ANNALS_COLUMNS_LENGTHS |
                                  ANNALS_COLUMNS_ADDRESSES, error) == NULL)
    return FALSE;

  annals_db_release_columns (db);

  return TRUE;
}
