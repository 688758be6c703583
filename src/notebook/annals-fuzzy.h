/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsFuzzy:
 *
 * What was typed to find something by its name: each word may be the beginning of a word there, a part of one, or
 * some of its letters in order. Case and accents are not looked at.
 */
typedef struct _AnnalsFuzzy AnnalsFuzzy;

AnnalsFuzzy  *annals_fuzzy_new        (const char        *typed);
void          annals_fuzzy_free       (AnnalsFuzzy       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFuzzy, annals_fuzzy_free)

/* Nothing was typed that could be found. */
gboolean      annals_fuzzy_is_empty   (const AnnalsFuzzy *self);
/* The folded words (nullable-terminated, borrowed). */
const char * const *annals_fuzzy_get_words (const AnnalsFuzzy *self);
/* How well @name fits: from 1 to about 120; 0 when it does not. Takes time linear in @name. */
int           annals_fuzzy_score      (const AnnalsFuzzy *self,
                                       const char        *name);

G_END_DECLS
