/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

/* Code points of context kept on each side of a quotation. */
#define ANNALS_ANCHOR_CONTEXT 32

/**
 * AnnalsSelector:
 *
 * A passage as the W3C Web Annotation Data Model describes it: TextPositionSelector (start, end in
 * code points, end exclusive) and TextQuoteSelector (exact, prefix, suffix) in one.
 */
typedef struct
{
  guint  start;
  guint  end;
  char  *exact;
  char  *prefix;   /* up to ANNALS_ANCHOR_CONTEXT code points before */
  char  *suffix;   /* and after */
} AnnalsSelector;

typedef enum
{
  ANNALS_ANCHOR_EXACT,    /* stands where it stood */
  ANNALS_ANCHOR_MOVED,    /* found with certainty at another place or slightly changed */
  ANNALS_ANCHOR_REVIEW,   /* not found, or not with certainty: a person decides */
} AnnalsAnchorState;

/**
 * AnnalsAnchorReason:
 *
 * Why a person has to decide. The nick (annals_anchor_reason_to_string()) is what programs see.
 */
typedef enum
{
  ANNALS_ANCHOR_FOUND,      /* no reason: the place is certain */
  ANNALS_ANCHOR_DELETED,    /* nothing like the passage is left */
  ANNALS_ANCHOR_REWRITTEN,  /* other words stand between what stood around it */
  ANNALS_ANCHOR_SEVERAL,    /* more than one place is as good */
  ANNALS_ANCHOR_ALIKE,      /* there is a passage like it, too little like it to be sure */
  ANNALS_ANCHOR_OTHER,      /* the one that is like it stood in the text before as another passage */
} AnnalsAnchorReason;

typedef struct
{
  AnnalsAnchorState state;
  guint             start;  /* with REVIEW the best guess, or the old place clamped to the text */
  guint             end;
  double            score;  /* 0 to 1; 0: no candidate at all */
} AnnalsAnchorMatch;

typedef struct
{
  guint  start;
  guint  end;
  double score;   /* how much it is like the passage in its context: 0 to 1 */
} AnnalsAnchorCandidate;

/**
 * AnnalsAnchor:
 *
 * A text in which passages of an earlier revision are looked for. Makes what the search needs of
 * the texts once for all passages. Of one thread at a time.
 */
typedef struct _AnnalsAnchor AnnalsAnchor;

/* The passage [start, end) of @text with its context. @start < @end <= length. */
AnnalsSelector *annals_selector_new  (AnnalsText *text,
                                      guint       start,
                                      guint       end);
void            annals_selector_free (AnnalsSelector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsSelector, annals_selector_free)

/* @before (nullable): the revision that the selectors are of. It tells a passage that moved from
 * another one that is like it and stood there all along. */
AnnalsAnchor     *annals_anchor_new              (AnnalsText            *text,
                                                  AnnalsText            *before);
void              annals_anchor_free             (AnnalsAnchor          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsAnchor, annals_anchor_free)

/* Finds @selector again. Any offsets and strings are allowed, also those of a stranger. */
AnnalsAnchorMatch annals_anchor_find             (AnnalsAnchor          *self,
                                                  const AnnalsSelector  *selector);
/* The places where it may stand, best first, none twice, for a person to choose from.
 * @reason (out) (optional): why there is a choice.
 * Returns: (transfer full) (element-type AnnalsAnchorCandidate) */
GArray           *annals_anchor_list             (AnnalsAnchor          *self,
                                                  const AnnalsSelector  *selector,
                                                  guint                  max,
                                                  AnnalsAnchorReason    *reason);
const char       *annals_anchor_reason_to_string (AnnalsAnchorReason     reason);

G_END_DECLS
