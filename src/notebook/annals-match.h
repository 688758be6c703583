/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-columns.h"

G_BEGIN_DECLS

/* Posts whose title and text fit an FTS5 expression. All fail with INVALID when FTS5 does not understand
 * it. */

/* Adds the ids to @set. */
gboolean annals_db_match_posts (AnnalsDb             *db,
                                const char           *match,
                                AnnalsIdSet          *set,
                                GError              **error);
gboolean annals_db_match_post  (AnnalsDb             *db,
                                const char           *match,
                                gint64                id,
                                gboolean             *fits,
                                GError              **error);
/* In how many posts @match stands; remembered. @limit: count no further, 0: all. */
gboolean annals_db_count_match (AnnalsDb             *db,
                                const char           *match,
                                guint                 limit,
                                guint                *n,
                                GError              **error);

/* How well posts fit: arrays by id, with room up to @top. */
typedef struct
{
  gint64       top;
  AnnalsIdSet *set;        /* the posts that fit */
  float       *scores;     /* BM25 with the title five times the text; 0: of no word */
  guint64     *phrases;    /* (nullable): a bit for each of the first 64 phrases that stands in it */
} AnnalsRanking;

void     annals_ranking_free   (AnnalsRanking        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsRanking, annals_ranking_free)
/* The @n best (element type gint64); equal ones by id. */
GArray  *annals_ranking_list_best (const AnnalsRanking *self,
                                   guint                n);

/* What fits of @among; nothing fits "". @phrases: those of @match, each as an expression of its own, in their order; "" counts for
 * nothing. @weights (nullable): what each counts for. @tell_phrases: which of them stand in a post as well. Needs the
 * columns' lengths. */
AnnalsRanking *annals_db_rank_posts (AnnalsDb             *db,
                                     const AnnalsColumns  *columns,
                                     const char           *match,
                                     const char * const   *phrases,
                                     const double         *weights,
                                     guint                 n_phrases,
                                     const AnnalsIdSet    *among,
                                     gboolean              tell_phrases,
                                     GError              **error);

/* The post's title and text, a line feed between them. NULL (without an error) when it is not there. */
char    *annals_db_dup_words   (AnnalsDb             *db,
                                gint64                id,
                                GError              **error);

G_END_DECLS
