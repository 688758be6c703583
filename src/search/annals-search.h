/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-posts.h"
#include "annals-query.h"

G_BEGIN_DECLS

/* The ids (gint64) of the posts in @scope that fit @query, in @order; RELEVANCE is NEWEST for a query without
 * words. Posts in the trash are in no scope but
 * TRASH, those of undone imports in none. Fails with a message that names the column
 * when the query names what is not there: a tag, a source… */
GArray *annals_search_posts (AnnalsDb       *db,
                             AnnalsQuery    *query,
                             AnnalsScope     scope,
                             gint64          scope_id,
                             AnnalsOrder     order,
                             GError        **error);
/* Reads what the first search by relevance or of an address would wait for: half a second and 24 MB for a million
 * posts. For behind the opening of a notebook. */
gboolean annals_search_prepare (AnnalsDb     *db,
                                GError      **error);
/* How many they are, and how many of them have an id over @seen. */
gboolean annals_search_count (AnnalsDb      *db,
                              AnnalsQuery   *query,
                              gint64         seen,
                              guint         *n,
                              guint         *n_new,
                              GError       **error);

/* Values of @field that begin with @prefix, or in which it begins a word, at most @limit, NULL-terminated: for
 * completion. Empty for a field that takes any text. */
char   **annals_search_complete (AnnalsDb          *db,
                                 AnnalsQueryField   field,
                                 const char        *prefix,
                                 guint              limit,
                                 GError           **error);

G_END_DECLS
