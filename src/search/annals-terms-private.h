/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word of a text, or two characters that stand together in a script without spaces. */
typedef struct
{
  char   *word;      /* case aside */
  guint   tf;        /* how often it stands there */
  guint   df;        /* in how many posts */
  double  weight;
} AnnalsTerm;

/* word → AnnalsTerm */
GHashTable *annals_terms_new        (void);
/* Counts the words of @text, each as @weight. */
void        annals_terms_count      (GHashTable       *self,
                                     const char       *text,
                                     guint             weight);
/* An expression of FTS5. */
char       *annals_term_dup_phrase  (const char       *word);
/* Forms of one word are one term of the index, which stands in as many posts for each of them: the first of
 * @terms (AnnalsTerm) takes the tf of the others, and theirs becomes 0. */
void        annals_terms_join_forms (GPtrArray        *terms);
/* Whether two words may be forms of one. */
gboolean    annals_terms_are_forms  (const AnnalsTerm *one,
                                     const AnnalsTerm *other);

G_END_DECLS
