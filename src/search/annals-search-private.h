/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-columns.h"
#include "annals-match.h"
#include "annals-posts.h"
#include "annals-query-private.h"

G_BEGIN_DECLS

/* What a query is answered with: a connection, the columns of all posts, and what was found out of the words
 * of the query so far. */
typedef struct
{
  AnnalsDb             *db;
  const AnnalsColumns  *columns;
  GHashTable           *leaves;    /* AnnalsQueryNode → Leaf */
} AnnalsPlan;

void         annals_plan_init         (AnnalsPlan             *self,
                                       AnnalsDb               *db,
                                       const AnnalsColumns    *columns);
void         annals_plan_clear        (AnnalsPlan             *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnnalsPlan, annals_plan_clear)

/* The posts that fit @node; also such as do not show. */
AnnalsIdSet *annals_plan_find         (AnnalsPlan             *self,
                                       const AnnalsQueryNode  *node,
                                       GError                **error);
/* Leaves in @set what fits @node as well. */
gboolean     annals_plan_narrow       (AnnalsPlan             *self,
                                       const AnnalsQueryNode  *node,
                                       AnnalsIdSet            *set,
                                       GError                **error);
/* Corrects @found, the posts of @among that fit @words by their title and text, by what the user wrote about
 * posts: words of the query may stand in notes. *changed becomes TRUE when that
 * made a difference. */
gboolean     annals_plan_add_notes    (AnnalsPlan             *self,
                                       const AnnalsQueryNode  *words,
                                       const AnnalsIdSet      *among,
                                       AnnalsIdSet            *found,
                                       gboolean               *changed,
                                       GError                **error);

/* annals-search-names.c */
/* Case, accents, widths and kinds of quotation marks aside. */
char        *annals_search_fold       (const char             *name);
/* Whether @wanted (folded) begins a word of @name (folded); in scripts without spaces, whether it stands
 * anywhere. */
gboolean     annals_search_begins_word (const char            *name,
                                       const char             *wanted);
/* The ids (gint64) of the sources, timelines… that @node's value names: those whose name it is, or else
 * those in which it begins a word. VALUE, with the column, when there is none. */
GArray      *annals_search_resolve    (AnnalsDb               *db,
                                       AnnalsRecord            record,
                                       const AnnalsQueryNode  *node,
                                       GError                **error);
/* Adds the posts whose author or language fits. */
void         annals_search_add_authors   (const AnnalsColumns    *columns,
                                          const AnnalsQueryNode  *node,
                                          AnnalsIdSet            *set);
void         annals_search_add_languages (const AnnalsColumns    *columns,
                                          const AnnalsQueryNode  *node,
                                          AnnalsIdSet            *set);

/* Adds the posts in whose address @node's value stands. */
gboolean     annals_search_add_addresses (AnnalsDb               *db,
                                          const AnnalsColumns    *columns,
                                          const AnnalsQueryNode  *node,
                                          AnnalsIdSet            *set,
                                          GError                **error);
/* What of the columns a query needs. */
AnnalsColumnParts annals_search_query_parts (const AnnalsQueryNode *node);

/* annals-search-order.c */
/* What of the columns an order needs. */
AnnalsColumnParts annals_search_order_parts (AnnalsOrder          order);
/* @set as a list of ids (gint64), in @order but for RELEVANCE. */
GArray      *annals_search_order      (AnnalsDb               *db,
                                       const AnnalsColumns    *columns,
                                       const AnnalsIdSet      *set,
                                       AnnalsOrder             order,
                                       GError                **error);
/* Best first; equal ones newest first. */
GArray      *annals_search_order_ranked (const AnnalsColumns  *columns,
                                         const AnnalsRanking  *ranking);

/* annals-search-exact.c: of the first of @ids, which come by their score, puts those forward in which the words
 * stand as they were typed and not in another form. */
gboolean     annals_search_prefer_exact (AnnalsPlan             *plan,
                                         const AnnalsQueryNode  *words,
                                         const AnnalsRanking    *ranking,
                                         GArray                 *ids,
                                         GError                **error);

G_END_DECLS
