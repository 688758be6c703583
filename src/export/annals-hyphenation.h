/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsHyphenation:
 *
 * Where words may be broken at the end of a line, by the dictionaries of hyphenation that are installed
 * (hyphen/hyph_LANGUAGE.dic in the folders for shared data). One thread.
 */
typedef struct _AnnalsHyphenation AnnalsHyphenation;

AnnalsHyphenation *annals_hyphenation_new  (void);
void               annals_hyphenation_free (AnnalsHyphenation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsHyphenation, annals_hyphenation_free)

/* The byte offsets of @text at which a hyphen may stand, ascending; none when there is no dictionary for @language
 * (BCP 47).
 * Returns: (transfer full) (element-type guint) */
GArray            *annals_hyphenation_find (AnnalsHyphenation *self,
                                            const char        *language,
                                            const char        *text);

G_END_DECLS
