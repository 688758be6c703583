/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "annals-posts.h"

G_BEGIN_DECLS

/**
 * AnnalsPostCard:
 *
 * What a row of the list shows, prepared on a reader's thread so that binding a row costs no
 * formatting. Immutable, counted (g_atomic_rc_box).
 */
typedef struct
{
  AnnalsPost *post;
  char       *meta;     /* "Mar 2020 · NK News · 2 notes" */
  char       *lead;     /* markup: the lead, or the piece around the match */
  char       *name;     /* the row in one sentence, for assistive technology */
} AnnalsPostCard;

/* Takes @post. @snippet (nullable): the piece around the match, matches between U+0002 and U+0003. */
AnnalsPostCard *annals_post_card_new   (AnnalsPost     *post,
                                        const char     *snippet);
AnnalsPostCard *annals_post_card_ref   (AnnalsPostCard *self);
void            annals_post_card_unref (AnnalsPostCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPostCard, annals_post_card_unref)

#define ANNALS_TYPE_POST_ITEM (annals_post_item_get_type ())
/**
 * AnnalsPostItem:
 *
 * A row of AnnalsPostList: the id at once, the card when it has come.
 *
 * Signal "changed": the card came or is another one.
 */
G_DECLARE_FINAL_TYPE (AnnalsPostItem, annals_post_item, ANNALS, POST_ITEM, GObject)

AnnalsPostItem *annals_post_item_new      (gint64          id);
gint64          annals_post_item_get_id   (AnnalsPostItem *self);
/* (nullable): not there yet */
AnnalsPostCard *annals_post_item_get_card (AnnalsPostItem *self);
/* @card: (nullable): referenced */
void            annals_post_item_set_card (AnnalsPostItem *self,
                                           AnnalsPostCard *card);

G_END_DECLS
