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

G_END_DECLS
