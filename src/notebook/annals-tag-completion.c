/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tags.h"

#include <string.h>

typedef struct
{
  AnnalsTagOffer offer;
  int            fit;
  guint          place;   /* in the list */
} Candidate;

char *
annals_name_simplify (const char *name)
{
  g_autofree char *parts = NULL;
  g_autofree char *bare = NULL;
  GString *letters = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  parts = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  for (const char *p = parts != NULL ? parts : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (!g_unichar_ismark (ch))
        g_string_append_unichar (letters, ch);
    }

  bare = g_string_free (letters, FALSE);
  return g_utf8_casefold (g_strstrip (bare), -1);
}

AnnalsNameFit
annals_name_fit (const char *name,
                 const char *typed)
{
  g_autofree char *simple = NULL;
  AnnalsNameFit fit = ANNALS_NAME_FIT_NONE;

  g_return_val_if_fail (name != NULL && typed != NULL, ANNALS_NAME_FIT_NONE);

  if (*typed == '\0')
    return ANNALS_NAME_FIT_WHOLE;

  simple = annals_name_simplify (name);
  if (g_str_equal (simple, typed))
    return ANNALS_NAME_FIT_WHOLE;

  for (const char *p = strstr (simple, typed); p != NULL; p = strstr (g_utf8_next_char (p), typed))
    {
      if (p == simple)
        return ANNALS_NAME_FIT_START;

      if (!g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (p))))
        return ANNALS_NAME_FIT_WORD;

      fit = ANNALS_NAME_FIT_INSIDE;
    }

  return fit;
}

static Candidate
weigh (const AnnalsTag *tag,
       const char      *typed,
       guint            place)
{
  Candidate best = { { tag, NULL }, (int) annals_name_fit (tag->name, typed) * 2, place };

  for (guint i = 0; tag->synonyms[i] != NULL; i++)
    {
      int fit = (int) annals_name_fit (tag->synonyms[i], typed) * 2 + 1;

      if (fit < best.fit)
        {
          best.fit = fit;
          best.offer.synonym = tag->synonyms[i];
        }
    }

  return best;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Candidate *x = a;
  const Candidate *y = b;

  return x->fit != y->fit ? x->fit - y->fit : x->place < y->place ? -1 : x->place > y->place;
}

GArray *
annals_tags_complete (GPtrArray  *tags,
                      const char *typed,
                      guint       max)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  GArray *offers = g_array_new (FALSE, FALSE, sizeof (AnnalsTagOffer));
  g_autofree char *simple = NULL;

  g_return_val_if_fail (tags != NULL && typed != NULL, offers);

  simple = annals_name_simplify (typed);
  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];
      Candidate candidate = *simple == '\0' ? (Candidate) { { tag, NULL }, ANNALS_NAME_FIT_WHOLE, i }
                                            : weigh (tag, simple, i);

      if (candidate.fit < ANNALS_NAME_FIT_NONE * 2)
        g_array_append_val (candidates, candidate);
    }

  g_array_sort (candidates, compare);
  for (guint i = 0; i < candidates->len && (max == 0 || i < max); i++)
    g_array_append_val (offers, g_array_index (candidates, Candidate, i).offer);

  return offers;
}
