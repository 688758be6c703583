/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-desk.h"

G_BEGIN_DECLS

/* What can be done with several posts at once, each as one action of the user with its toast.
 * @owner as in annals_desk_change(); @ids (element type gint64): taken. */
void annals_posts_set_read        (AnnalsDesk *desk,
                                   gpointer    owner,
                                   GArray     *ids,
                                   gboolean    read);
void annals_posts_set_starred     (AnnalsDesk *desk,
                                   gpointer    owner,
                                   GArray     *ids,
                                   gboolean    starred);
/* @tag_id 0: the tag called @name, made when there is none */
void annals_posts_add_tag         (AnnalsDesk *desk,
                                   gpointer    owner,
                                   GArray     *ids,
                                   gint64      tag_id,
                                   const char *name);
void annals_posts_remove_tag      (AnnalsDesk *desk,
                                   gpointer    owner,
                                   GArray     *ids,
                                   gint64      tag_id,
                                   const char *name);
/* @trashed FALSE: puts them back */
void annals_posts_set_trashed     (AnnalsDesk *desk,
                                   gpointer    owner,
                                   GArray     *ids,
                                   gboolean    trashed);
/* An event for each post, with its title and date, the post as its evidence. @timeline_id 0: a new
 * timeline called @title. */
void annals_posts_add_to_timeline (AnnalsDesk *desk,
                                   gpointer    owner,
                                   GArray     *ids,
                                   gint64      timeline_id,
                                   const char *title);

G_END_DECLS
