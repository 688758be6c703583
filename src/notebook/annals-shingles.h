/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsShingles:
 *
 * What is compared of two texts: hashes of each three tokens in a row, ascending and distinct. A token is
 * a word with case folded or, in scripts that do not separate words, a character.
 */
typedef struct
{
  guint64 *hashes;
  guint    n;
  guint    n_tokens;
} AnnalsShingles;

AnnalsShingles *annals_shingles_new   (const char *text, gsize n_bytes);
void            annals_shingles_free  (AnnalsShingles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsShingles, annals_shingles_free)

/* The share of the smaller one's shingles that the larger one has too; 0 when one has none. */
double          annals_shingles_share (const AnnalsShingles *a, const AnnalsShingles *b);

/* MinHash: for each of so many permutations the least shingle, of which 16 bits are kept. */
#define ANNALS_SIGNATURE_VALUES 64
typedef guint16 AnnalsSignature[ANNALS_SIGNATURE_VALUES];

/* The part of values that two texts have in common is, on average, the part of shingles (of those that
 * either has) that both have. Returns: how many tokens the text has */
guint           annals_signature_read (const char *text, gsize n_bytes, AnnalsSignature signature);

G_END_DECLS
