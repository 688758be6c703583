/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-named.h"
#include "annals-paged-list.h"
#include "annals-posts.h"
#include "annals-query.h"

G_BEGIN_DECLS

/* Posts that are shown because they are like others, not because they fit a search. */
typedef enum
{
  ANNALS_POSTS_KIN_NONE,
  ANNALS_POSTS_KIN_SIMILAR,   /* to one */
  ANNALS_POSTS_KIN_SAME,      /* groups of nearly the same text */
} AnnalsPostsKin;

/**
 * AnnalsPostListing:
 *
 * A list of posts, asked of a reader's thread: what is asked for, then what was found.
 */
typedef struct
{
  AnnalsScope     scope;
  gint64          scope_id;
  AnnalsQuery    *query;
  AnnalsOrder     order;
  AnnalsPostsKin  kin;
  gint64          kin_id;
  guint           limit;         /* only so many, of all posts by date; 0: all that fit */
  GCancellable   *cancellable;   /* tells this question from a later one */
  GArray         *ids;           /* (element type gint64) */
  AnnalsPagedChange *change;     /* (nullable): gets the same posts as keys */
  guint           n_memos;       /* that the words of the query stand in, when it is of words alone */
  guint           n_events;
  GPtrArray      *others;        /* (nullable) (element type AnnalsNamed): the first of them */
  GHashTable     *reasons;       /* (nullable): gint64 → why a post is there */
} AnnalsPostListing;

void     annals_post_listing_free (AnnalsPostListing *self);
/* An AnnalsDbFunc; @data: the listing */
gboolean annals_post_listing_run  (AnnalsDb          *db,
                                   gpointer           data,
                                   GCancellable      *cancellable,
                                   GError           **error);

G_END_DECLS
