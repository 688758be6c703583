/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-terms-private.h"

#include <string.h>

#include "annals-tokenizer.h"

/* A longer text says what it is about before its end. */
#define MAX_BYTES 100000
#define MIN_LETTERS 3
#define MAX_LETTERS 40

static void
term_free (AnnalsTerm *self)
{
  g_free (self->word);
  g_free (self);
}

static void
count_term (GHashTable *terms,
            const char *start,
            const char *end,
            guint       weight)
{
  g_autofree char *word = g_utf8_casefold (start, end - start);
  AnnalsTerm *term = g_hash_table_lookup (terms, word);

  if (term == NULL)
    {
      term = g_new0 (AnnalsTerm, 1);
      term->word = g_steal_pointer (&word);
      g_hash_table_insert (terms, term->word, term);
    }
  term->tf += weight;
}

/* A run of paired characters gives its pairs; what @p comes to be at is behind it. */
static const char *
count_pairs (GHashTable *terms,
             const char *p,
             const char *end,
             guint       weight)
{
  const char *first = p;

  p = g_utf8_next_char (p);
  while (p < end && annals_tokenizer_is_paired (g_utf8_get_char (p)))
    {
      count_term (terms, first, g_utf8_next_char (p), weight);
      first = p;
      p = g_utf8_next_char (p);
    }

  return p;
}

static const char *
count_word (GHashTable *terms,
            const char *p,
            const char *end,
            guint       weight)
{
  const char *start = p;
  gboolean has_letter = FALSE;
  guint n = 0;

  while (p < end)
    {
      gunichar ch = g_utf8_get_char (p);

      if ((!g_unichar_isalnum (ch) && !g_unichar_ismark (ch)) || annals_tokenizer_is_paired (ch))
        break;

      has_letter = has_letter || g_unichar_isalpha (ch);
      n++;
      p = g_utf8_next_char (p);
    }

  /* Numbers are alike by chance. */
  if (has_letter && n >= MIN_LETTERS && n <= MAX_LETTERS)
    count_term (terms, start, p, weight);

  return p > start ? p : g_utf8_next_char (p);
}

GHashTable *
annals_terms_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) term_free);
}

void
annals_terms_count (GHashTable *self,
                    const char *text,
                    guint       weight)
{
  const char *end = text + MIN (strlen (text), MAX_BYTES);
  const char *p = text;

  while (p < end)
    p = annals_tokenizer_is_paired (g_utf8_get_char (p)) ? count_pairs (self, p, end, weight)
                                                         : count_word (self, p, end, weight);
}

char *
annals_term_dup_phrase (const char *word)
{
  return g_strdup_printf ("\"%s\"", word);
}

gboolean
annals_terms_are_forms (const AnnalsTerm *one,
                        const AnnalsTerm *other)
{
  return one->df == other->df && strncmp (one->word, other->word, MIN_LETTERS) == 0;
}

void
annals_terms_join_forms (GPtrArray *terms)
{
  for (guint i = 1; i < terms->len; i++)
    for (guint j = 0; j < i; j++)
      {
        AnnalsTerm *one = terms->pdata[j];
        AnnalsTerm *other = terms->pdata[i];

        if (one->tf == 0 || !annals_terms_are_forms (one, other))
          continue;

        one->tf += other->tf;
        other->tf = 0;
        break;
      }
}
