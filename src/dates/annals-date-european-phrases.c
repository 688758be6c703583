/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-european-private.h"

#include "annals-date-names.h"

#include <string.h>

#define MAX_FOLDED 512

/* NULL when it is too long for a date */
char *
annals_date_dup_folded (const char *string)
{
  char folded[MAX_FOLDED];

  if (!annals_date_fold (string, strlen (string), folded, sizeof folded, NULL))
    return NULL;

  return g_strdup (folded);
}

static int
compare_length (gconstpointer a,
                gconstpointer b)
{
  gsize length_a = ((const AnnalsDatePhrase *) a)->length;
  gsize length_b = ((const AnnalsDatePhrase *) b)->length;

  return (length_a < length_b) - (length_a > length_b);
}

/* g_array_sort() keeps the order of equal ones, which is that of the table. */
static GArray *
make_phrases (const AnnalsDateLanguage *language)
{
  GArray *phrases = g_array_new (FALSE, FALSE, sizeof (AnnalsDatePhrase));

  for (gsize i = 0; i < language->n_words; i++)
    {
      const AnnalsDateWords *words = &language->words[i];
      g_auto(GStrv) parts = g_strsplit (words->phrases, "|", -1);

      for (guint j = 0; parts[j]; j++)
        {
          AnnalsDatePhrase phrase = { annals_date_dup_folded (parts[j]), 0, words->english, words->place };

          phrase.length = strlen (phrase.folded);
          /* a time follows what means something else in front of a date */
          if (words->place == ANNALS_PHRASE_TIME)
            g_array_prepend_val (phrases, phrase);
          else
            g_array_append_val (phrases, phrase);
        }
    }

  g_array_sort (phrases, compare_length);
  return phrases;
}

/* Of AnnalsDatePhrase, those of one of %ANNALS_N_DATE_LANGUAGES, the longest first */
const GArray *
annals_date_get_phrases (guint index)
{
  static GArray *made[ANNALS_N_DATE_LANGUAGES];
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    {
      for (guint i = 0; i < ANNALS_N_DATE_LANGUAGES; i++)
        made[i] = make_phrases (&annals_date_languages[i]);
      g_once_init_leave (&initialized, 1);
    }

  return made[index];
}

static gboolean
is_letter (const char *p)
{
  return g_unichar_isalpha (g_utf8_get_char (p));
}

/* Whether the letter at @last is not the first one of its word */
static gboolean
has_letter_before (const char *start,
                   const char *last)
{
  return last > start && is_letter (g_utf8_prev_char (last));
}

/* The bytes of @text, which is folded, that are @phrase; 0 when it begins otherwise */
gsize
annals_date_phrase_match (const AnnalsDatePhrase *phrase,
                          const char             *text)
{
  const char *p = text;
  const char *last = phrase->folded;

  for (const char *q = phrase->folded; *q; last = q, q = g_utf8_next_char (q))
    {
      gsize length = g_utf8_next_char (q) - q;

      if (*q == ' ')
        {
          if (*p != ' ' && *last != '.' && *last != '\'')
            return 0;
          p += strspn (p, " ");
        }
      else if (strncmp (p, q, length) == 0)
        p += length;
      /* the point of “ca.”, but not of “s.” */
      else if (*q == '.' && q[1] == '\0' && is_letter (last) &&
               has_letter_before (phrase->folded, last))
        break;
      else
        return 0;
    }

  if (is_letter (last) && (is_letter (p) || *p == '.' || *p == '\''))
    return 0;

  return p - text;
}
