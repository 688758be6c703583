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

typedef struct
{
  guint32 id;
  float   score;      /* BM25 with the title five times the text */
  guint64 phrases;    /* a bit for each of the first 64 phrases that stands in it */
} AnnalsRanked;

/* What fits of @among, with its score, by ascending id (element type AnnalsRanked). @phrases: those of
 * @match, each as an expression of its own, in their order; "" counts for nothing. @weights (nullable): what
 * each counts for. Needs the columns' lengths. */
GArray  *annals_db_rank_posts  (AnnalsDb             *db,
                                const AnnalsColumns  *columns,
                                const char           *match,
                                const char * const   *phrases,
                                const double         *weights,
                                guint                 n_phrases,
                                const AnnalsIdSet    *among,
                                GError              **error);

/* The post's title and text, a line feed between them. NULL (without an error) when it is not there. */
char    *annals_db_dup_words   (AnnalsDb             *db,
                                gint64                id,
                                GError              **error);

G_END_DECLS
