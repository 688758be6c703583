/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-post-item.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_POST_LIST (annals_post_list_get_type ())
/**
 * AnnalsPostList:
 *
 * The posts of a list and which of them are selected: a GListModel of AnnalsPostItem and its own
 * GtkSelectionModel, on an array of ids. Rows are fetched by pages when they are wanted; a few pages
 * stay cached. Main thread only.
 */
G_DECLARE_FINAL_TYPE (AnnalsPostList, annals_post_list, ANNALS, POST_LIST, GObject)

AnnalsPostList *annals_post_list_new           (AnnalsDesk     *desk);
/* @ids (element type gint64; referenced): the posts, in order, none twice. @match (nullable): the FTS expression whose
 * surroundings the cards show. What was selected and is still there stays selected. */
void            annals_post_list_set_ids       (AnnalsPostList *self,
                                                GArray         *ids,
                                                const char     *match);
/* Why posts are in the list that is set next: gint64 → char*, shown in the place of the lead; NULL: no reasons.
 * Referenced, and no longer changed. */
void            annals_post_list_set_reasons   (AnnalsPostList *self,
                                                GHashTable     *reasons);
/* (element type gint64), borrowed, until another list is set */
GArray         *annals_post_list_get_ids       (AnnalsPostList *self);
/* All of them, also those that the view does not know yet. */
guint           annals_post_list_get_n_posts   (AnnalsPostList *self);
gint64          annals_post_list_get_id        (AnnalsPostList *self,
                                                guint           position);
/* FALSE when the post is not in the list. Afterwards the view knows @position. */
gboolean        annals_post_list_find          (AnnalsPostList *self,
                                                gint64          id,
                                                guint          *position);
/* A row is being shown: its page is fetched unless its card is there. */
void            annals_post_list_want          (AnnalsPostList *self,
                                                guint           position);
/* Fetches the cards of these posts again; @n_ids G_MAXUINT: of all. */
void            annals_post_list_refresh       (AnnalsPostList *self,
                                                const gint64   *ids,
                                                guint           n_ids);
guint           annals_post_list_get_n_selected (AnnalsPostList *self);
/* Returns: (transfer full) (element type gint64): the selected posts, in order */
GArray         *annals_post_list_dup_selected  (AnnalsPostList *self);

G_END_DECLS
