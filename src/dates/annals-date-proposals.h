/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-text.h"

G_BEGIN_DECLS

/**
 * AnnalsProposalKind:
 *
 * What the words are, for measuring; what they mean is in the date.
 */
typedef enum
{
  ANNALS_PROPOSAL_DAY,       /* 9 March 2020, March 17 */
  ANNALS_PROPOSAL_MONTH,     /* March 2020, last November, in January */
  ANNALS_PROPOSAL_YEAR,      /* 2014, the 1990s, the 19th century */
  ANNALS_PROPOSAL_PART,      /* spring, the second quarter */
  ANNALS_PROPOSAL_WEEKDAY,   /* on Tuesday night */
  ANNALS_PROPOSAL_RELATIVE,  /* yesterday, earlier this week, next month */
  ANNALS_PROPOSAL_DISTANCE,  /* two weeks ago, the past month */
  ANNALS_PROPOSAL_CONTEXT,   /* the following day */
  ANNALS_PROPOSAL_RANGE,     /* since 2016, from March to May, January and February */
} AnnalsProposalKind;

#define ANNALS_PROPOSAL_N_KINDS (ANNALS_PROPOSAL_RANGE + 1)

/**
 * AnnalsDateProposal:
 * @date: what the words mean, seen from the day of their post
 * @kind: what words they are
 * @start: their first code point
 * @end: the code point behind the last
 * @sentence_start: first code point of the sentence they stand in
 * @sentence_end: the code point behind it
 * @confidence: 0 to 1
 */
typedef struct
{
  AnnalsDate         *date;
  AnnalsProposalKind  kind;
  guint               start;
  guint               end;
  guint               sentence_start;
  guint               sentence_end;
  double              confidence;
} AnnalsDateProposal;

typedef enum
{
  ANNALS_PROPOSALS_DEFAULT     = 0,
  ANNALS_PROPOSALS_ALWAYS_PAST = 1 << 0,  /* whatever the verb says: a rule to measure against */
} AnnalsProposalFlags;

/* The dates that @text speaks of, in its order: an array of AnnalsDateProposal, which do not
 * overlap. @published: the post's own date, from which relative ones are counted; with a month or a
 * year only they become all that is possible, undated only what is said in full is proposed.
 * Understands English and Korean, and numeric dates of Chinese and Japanese. Any thread. */
GPtrArray *annals_date_proposals_find       (AnnalsText          *text,
                                             AnnalsDate          *published,
                                             AnnalsProposalFlags  flags);
/* The same for a string that is no post's text; @string in valid UTF-8 */
GPtrArray *annals_date_proposals_find_words (const char          *string,
                                             AnnalsDate          *published,
                                             AnnalsProposalFlags  flags);

G_END_DECLS
