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

typedef struct
{
  AnnalsAnchorState state;
  guint             start;  /* with REVIEW the best guess, or the old place clamped to the text */
  guint             end;
  double            score;  /* 0 to 1; 0: no candidate at all */
} AnnalsAnchorMatch;

/* The passage [start, end) of @text with its context. @start < @end <= length. */
AnnalsSelector *annals_selector_new  (AnnalsText *text,
                                      guint       start,
                                      guint       end);
void            annals_selector_free (AnnalsSelector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsSelector, annals_selector_free)

/* Finds @selector again in @text, a later revision of the text it was made on. */
AnnalsAnchorMatch annals_anchor_find (AnnalsText           *text,
                                      const AnnalsSelector *selector);

G_END_DECLS
