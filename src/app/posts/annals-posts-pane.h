/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"
#include "annals-posts.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_POSTS_PANE (annals_posts_pane_get_type ())
/**
 * AnnalsPostsPane:
 *
 * The list of posts: what is searched for, in which part of the notebook, in which order.
 *
 * Properties: "desk" (AnnalsDesk, nullable); "match" (string, nullable, read-only, notified): the FTS
 * expression of the search; "sort" (string): "newest", "oldest", "title", "place", "relevance".
 *
 * Signals: "post-selected" (gint64 post_id): the user chose one post; "open-post": the chosen post is to be
 * read (Enter, double click); "scope-cleared": the user wants to see all posts again.
 */
G_DECLARE_FINAL_TYPE (AnnalsPostsPane, annals_posts_pane, ANNALS, POSTS_PANE, GtkWidget)

GtkWidget  *annals_posts_pane_new          (void);
const char *annals_posts_pane_get_match    (AnnalsPostsPane *self);
/* @label: what the part is called, such as the tag's name */
void        annals_posts_pane_set_scope    (AnnalsPostsPane *self,
                                            AnnalsScope      scope,
                                            gint64           scope_id,
                                            const char      *label);
/* Selects the post and scrolls to it without a signal; where the list does not have it, the search and the
 * scope are given up, with "scope-cleared". 0: selects none. */
void        annals_posts_pane_show_post    (AnnalsPostsPane *self,
                                            gint64           post_id);
/* What is listed, for the next time: @state gets it, and is what it was. In the list that comes the post is selected,
 * without a signal. */
void        annals_posts_pane_save         (AnnalsPostsPane *self,
                                            GVariantDict    *state);
void        annals_posts_pane_resume       (AnnalsPostsPane *self,
                                            GVariant        *state,
                                            gint64           post_id);
/* Searches for @query as if it had been typed. */
void        annals_posts_pane_search       (AnnalsPostsPane *self,
                                            const char      *query);
/* Chooses the post @step further down the list, as the user would; FALSE at its end. */
gboolean    annals_posts_pane_step         (AnnalsPostsPane *self,
                                            int              step);
void        annals_posts_pane_focus_search (AnnalsPostsPane *self);
void        annals_posts_pane_focus_list   (AnnalsPostsPane *self);

G_END_DECLS
