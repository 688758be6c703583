/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-paged-list.h"
#include "annals-posts.h"

G_BEGIN_DECLS

/**
 * AnnalsPostCard:
 *
 * What a row of the list shows, prepared on a reader's thread so that binding a row costs no
 * formatting. The content of an AnnalsPagedItem.
 */
typedef struct
{
  AnnalsPost *post;
  char       *meta;     /* "Mar 2020 · NK News · 2 notes" */
  char       *lead;     /* the lead, or the piece around the match */
  PangoAttrList *
              lead_attributes;   /* where it matches */
  char       *name;     /* the row in one sentence, for assistive technology */
} AnnalsPostCard;

void                     annals_post_card_free           (AnnalsPostCard          *self);

/* Markup of a piece of a text, in which words that were looked for stand between U+0002 and U+0003. */
char                    *annals_post_card_dup_lead       (const char               *snippet);

/* What the cards of a list say of their posts beside what the posts are. Immutable. */
typedef struct _AnnalsPostCardsQuestion AnnalsPostCardsQuestion;

/* @match (nullable): the FTS expression whose surroundings the cards show. @reasons (nullable): gint64 → char*, why
 * a post is in the list, shown in the place of the lead; referenced, and no longer changed. */
AnnalsPostCardsQuestion *annals_post_cards_question_new  (const char              *match,
                                                          GHashTable              *reasons);
void                     annals_post_cards_question_free (AnnalsPostCardsQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPostCardsQuestion, annals_post_cards_question_free)
/* An AnnalsPagedLoad; the keys' ids are posts (element type AnnalsPostCard). */
GPtrArray               *annals_post_cards_load          (AnnalsDb                *db,
                                                          gconstpointer            question,
                                                          const AnnalsPagedKey    *keys,
                                                          guint                    n_keys,
                                                          GError                 **error);

G_END_DECLS
