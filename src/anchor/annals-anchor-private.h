/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-anchor.h"

G_BEGIN_DECLS

/**
 * AnnalsFolded:
 *
 * A text with the differences away that no reader sees: white space is one space, quotation marks
 * and dashes are plain, soft hyphens and characters of no width are gone.
 */
typedef struct
{
  guint32 *chars;
  guint   *from;   /* the code point of the text that each stands for */
  guint    n;
} AnnalsFolded;

void annals_folded_init       (AnnalsFolded *self,
                               const char   *string,
                               gsize         n_bytes,
                               guint         first_offset);
/* Without white space at its ends; @string is any UTF-8, NFC or not. */
void annals_folded_init_quote (AnnalsFolded *self,
                               const char   *string);
void annals_folded_clear      (AnnalsFolded *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnnalsFolded, annals_folded_clear)

/* The next place of @needle (of @n characters) at or after @from; G_MAXUINT when there is none. */
guint annals_folded_find      (const AnnalsFolded *self,
                               const guint32      *needle,
                               guint               n,
                               guint               from);

/**
 * AnnalsPattern:
 *
 * Characters ready to be compared with others by Myers' bit vectors: 64 of them at a step.
 */
typedef struct _AnnalsPattern AnnalsPattern;

AnnalsPattern *annals_pattern_new  (const guint32 *chars,
                                    guint          n,
                                    gboolean       backwards);
void           annals_pattern_free (AnnalsPattern *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPattern, annals_pattern_free)

typedef struct
{
  guint end;
  guint errors;
} AnnalsHit;

/* The ends of the passages that differ from the pattern in at most @max_errors characters, of
 * neighbours only the best. Returns: (transfer full) (element-type AnnalsHit) */
GArray *annals_pattern_search (AnnalsPattern *self,
                               const guint32 *text,
                               guint          n,
                               guint          max_errors);
/* The least errors between the pattern and the text from its beginning (a backward one: from its
 * end, leftwards) to any length. *@length: that length, the longest of equals. */
guint   annals_pattern_align  (AnnalsPattern *self,
                               const guint32 *text,
                               guint          n,
                               guint         *length);

/* --- annals-anchor-search.c: where a passage may stand, and how well it fits there --- */

typedef struct
{
  guint    start;     /* in the folded text */
  guint    end;
  double   quote;     /* likenesses, 0 to 1 */
  double   prefix;
  double   suffix;
  double   score;
  gboolean foreign;   /* stood in the text before, and was another passage */
  gboolean doubtful;  /* may have been another one as well */
} Candidate;

typedef struct
{
  const AnnalsFolded *text;
  const AnnalsFolded *before;          /* (nullable) */
  AnnalsFolded        quote;
  AnnalsFolded        prefix;
  AnnalsFolded        suffix;
  AnnalsPattern      *prefix_pattern;  /* NULL without one */
  AnnalsPattern      *suffix_pattern;
  guint               expected;        /* the old start, in the folded text */
  double              tolerance;       /* the part of a quotation that may differ */
  guint               old_start;       /* the passage in @before */
  guint               old_end;
  GArray             *candidates;      /* Candidate */
} Search;

/* The context agrees. */
#define GOOD_CONTEXT 0.6
/* The context that shows on its own that a passage stood there. */
#define SIGNATURE 12
#define MAX_CONTEXT 64
#define WEIGHT_QUOTE 50.0
#define WEIGHT_CONTEXT 20.0

void     search_init             (Search               *self,
                                  const AnnalsSelector *selector);
void     search_clear            (Search               *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

gboolean search_has_context      (const Search         *self);
/* The mean of the sides that the quotation has. */
double   search_context_likeness (const Search         *self,
                                  const Candidate      *candidate);
double   search_best_side        (const Search         *self,
                                  const Candidate      *candidate);
double   search_prefix_likeness  (Search               *self,
                                  const AnnalsFolded   *text,
                                  guint                 start);
double   search_suffix_likeness  (Search               *self,
                                  const AnnalsFolded   *text,
                                  guint                 end);
void     search_add_exact        (Search               *self);
void     search_add_approximate  (Search               *self);
/* Best first. */
void     search_sort             (Search               *self);
gboolean search_prefix_ends_at   (const Search         *self,
                                  guint                 at,
                                  guint                 n);

/* The first folded character that stands for @offset or one after it. */
guint    annals_folded_index     (const AnnalsFolded   *text,
                                  guint                 offset);
/* Places of @needle, of overlapping ones some. Returns: (transfer full) (element-type guint) */
GArray  *annals_folded_find_all  (const AnnalsFolded   *self,
                                  const guint32        *needle,
                                  guint                 n);

/* --- annals-anchor-owner.c: what the text before tells of the candidates --- */

/* Finds out which of the best candidates were other passages. */
void     search_find_owners      (Search               *self);
/* Of candidates that are equally good, brings the one to the front whose wider surroundings agree,
 * or that is the same one of as many. Returns: whether there is one */
gboolean search_break_tie        (Search               *self,
                                  guint                 n_equal);

G_END_DECLS
