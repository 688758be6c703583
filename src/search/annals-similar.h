/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-posts.h"

G_BEGIN_DECLS

/**
 * AnnalsSimilar:
 * @id: a post
 * @score: from 0 to 1: how much it says of what the other one is about
 * @share: the share of the shorter one's text that both have, from 0 to 1; 0 unless it is nearly the same
 * @terms: the words that they share, those that tell most first
 *
 * A post that is like another one, and why.
 */
typedef struct
{
  gint64   id;
  double   score;
  double   share;
  char   **terms;
} AnnalsSimilar;

void       annals_similar_free      (AnnalsSimilar  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsSimilar, annals_similar_free)

/* At most @limit posts that are like @post_id, most alike first (element type AnnalsSimilar); posts of nearly the
 * same text before all others. */
GPtrArray *annals_db_list_similar   (AnnalsDb       *db,
                                     gint64          post_id,
                                     guint           limit,
                                     GError        **error);

/* Posts of nearly the same text: groups of two or more, the largest first (element type GPtrArray of
 * AnnalsSimilar, whose shares are with the first one of the group, the fullest; its own is 1). *n_groups
 * (out, optional): how many there are; @limit of them are listed, 0: all. */
GPtrArray *annals_db_list_same_groups (AnnalsDb     *db,
                                       guint         limit,
                                       guint        *n_groups,
                                       GError      **error);

G_END_DECLS
