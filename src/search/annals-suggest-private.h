/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-columns.h"
#include "annals-match.h"
#include "annals-suggestions.h"

G_BEGIN_DECLS

/* A post that was decided about. */
typedef struct
{
  gint64           post_id;
  AnnalsAccepted  *accepted;   /* (nullable): it does not belong to the timeline; borrowed */
  double          *weights;    /* of the feedback's terms in it */
} AnnalsExample;

/* What can be learnt of them: the words of what was accepted count for a post, those of what was rejected
 * against it. */
typedef struct
{
  GPtrArray   *examples;       /* (element type AnnalsExample) */
  guint        n_accepted;
  guint        n_rejected;
  GPtrArray   *terms;          /* (element type AnnalsTerm), those that weigh most first; of the weights those
                                * below 0 speak against a post */
  char        *match;          /* (nullable): for FTS5; NULL: there is nothing to learn */
  AnnalsRanking *ranking;      /* (nullable): what fits @match */
  double       reference;      /* the score of a post that is as much like what was accepted as any */
} AnnalsFeedback;

AnnalsFeedback *annals_feedback_learn    (AnnalsDb             *db,
                                          const AnnalsColumns  *columns,
                                          GPtrArray            *accepted,
                                          GArray               *decided,
                                          GError              **error);
void            annals_feedback_free     (AnnalsFeedback       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedback, annals_feedback_free)

/* From -1, like what was rejected, to 1, like what was accepted; 0: nothing is known. */
double          annals_feedback_likeness (const AnnalsFeedback *self,
                                          gint64                post_id);
/* (nullable): the accepted one that it is most like */
const AnnalsExample *annals_feedback_find_like (const AnnalsFeedback *self,
                                                gint64                post_id);

G_END_DECLS
