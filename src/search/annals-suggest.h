/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-suggestions.h"

G_BEGIN_DECLS

/* Posts that a timeline may want: they fit its rule, or are like what belongs to it. What was decided of those
 * suggested before teaches the order; no post that was added or rejected comes again. */

/**
 * AnnalsSuggestion:
 * @post_id: a post
 * @score: from 0 to 1
 * @fits_rule: whether it fits the timeline's rule
 * @waits: it was put off, and comes only because it was asked for
 * @terms: the words that spoke for it: those of the rule, then others that weighed most
 * @n_rule_terms: how many of them are the rule's
 * @like_event: the event whose evidence it is most like; 0: none
 * @like_title: its title; "" for none
 *
 * A post that is suggested, with the reasons.
 */
typedef struct
{
  gint64    post_id;
  double    score;
  gboolean  fits_rule;
  gboolean  waits;
  char    **terms;
  guint     n_rule_terms;
  gint64    like_event;
  char     *like_title;
} AnnalsSuggestion;

void  annals_suggestion_free      (AnnalsSuggestion       *self);
/* The rule's words that stand in it, or the others, in a line; "" when there are none. */
char *annals_suggestion_dup_words (const AnnalsSuggestion *self,
                                   gboolean                of_rule);

/**
 * AnnalsSuggestions:
 * @posts: (element type AnnalsSuggestion): the best first
 * @n_all: how many there are in all
 * @n_waiting: how many more were put off until an import brings new posts
 * @marks: (nullable): an FTS5 expression of the words that spoke for them
 */
typedef struct
{
  GPtrArray *posts;
  guint      n_all;
  guint      n_waiting;
  char      *marks;
} AnnalsSuggestions;

void annals_suggestions_free (AnnalsSuggestions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsSuggestions, annals_suggestions_free)

/* At most @limit, 0: all. @with_waiting: those that were put off as well. Fails as the timeline's rule does. */
AnnalsSuggestions *annals_db_suggest           (AnnalsDb   *db,
                                                gint64      timeline_id,
                                                guint       limit,
                                                gboolean    with_waiting,
                                                GError    **error);
/* What @n_all would be. */
gboolean           annals_db_count_suggestions (AnnalsDb   *db,
                                                gint64      timeline_id,
                                                guint      *n,
                                                GError    **error);
/* Whether @rule can be a timeline's: a query that is understood, or nothing at all. */
gboolean           annals_timeline_rule_check  (const char *rule,
                                                GError    **error);

G_END_DECLS
