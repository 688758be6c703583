/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-fuzzy.h"

#include <string.h>

#define MAX_WORDS 8

enum
{
  SCORE_BEGINNING = 40,
  SCORE_WORD_BEGINNING = 30,
  SCORE_INSIDE = 15,
  SCORE_LETTERS = 10,
  BONUS_WHOLE_WORD = 5,
  BONUS_IN_ORDER = 5,
  BONUS_PREFIX = 20,
  BONUS_SAME = 50,
};

struct _AnnalsFuzzy
{
  char   *all;     /* folded, words apart by one space */
  char  **words;
};

/* Lower case without accents. */
static char *
fold (const char *text)
{
  g_autofree char *apart = NULL;
  g_autoptr(GString) bare = NULL;
  const char *p = text;

  while (*p != '\0' && (guchar) *p < 0x80)
    p++;
  if (*p == '\0')
    return g_ascii_strdown (text, -1);

  apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (apart == NULL)
    return g_strdup ("");

  bare = g_string_sized_new (strlen (apart));
  for (p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (!g_unichar_ismark (ch))
        g_string_append_unichar (bare, g_unichar_tolower (ch));
    }

  return g_string_free (g_steal_pointer (&bare), FALSE);
}

AnnalsFuzzy *
annals_fuzzy_new (const char *typed)
{
  AnnalsFuzzy *self = g_new0 (AnnalsFuzzy, 1);
  g_autofree char *folded = fold (typed);
  g_auto(GStrv) pieces = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; pieces[i] != NULL && words->len < MAX_WORDS; i++)
    if (*pieces[i] != '\0')
      g_ptr_array_add (words, g_strdup (pieces[i]));
  g_ptr_array_add (words, NULL);
  self->words = (char **) g_ptr_array_steal (words, NULL);
  self->all = g_strjoinv (" ", self->words);

  return self;
}

void
annals_fuzzy_free (AnnalsFuzzy *self)
{
  g_free (self->all);
  g_strfreev (self->words);
  g_free (self);
}

gboolean
annals_fuzzy_is_empty (const AnnalsFuzzy *self)
{
  return self->words[0] == NULL;
}

const char * const *
annals_fuzzy_get_words (const AnnalsFuzzy *self)
{
  return (const char * const *) self->words;
}

/* Han, Kana and Hangul are written without spaces: each character may begin a word. */
static gboolean
begins_word (const char *hay,
             const char *p)
{
  const char *before;
  gunichar ch;

  if (p == hay || g_utf8_get_char (p) >= 0x2E80)
    return TRUE;

  before = g_utf8_prev_char (p);
  ch = g_utf8_get_char (before);

  return !g_unichar_isalnum (ch);
}

static int
score_found (const char *hay,
             const char *p,
             gsize       length)
{
  gboolean ends = p[length] == '\0' || !g_unichar_isalnum (g_utf8_get_char (p + length));

  if (p == hay)
    return SCORE_BEGINNING + (ends ? BONUS_WHOLE_WORD : 0);
  if (begins_word (hay, p))
    return SCORE_WORD_BEGINNING + (ends ? BONUS_WHOLE_WORD : 0);

  return SCORE_INSIDE;
}

/* The letters in order, the first at the beginning of a word, with gaps that leave them together. */
static int
score_letters (const char *hay,
               const char *word)
{
  glong n_letters = g_utf8_strlen (word, -1);
  gunichar first = g_utf8_get_char (word);
  int best = 0;
  guint n_tries = 0;

  if (n_letters < 2)
    return 0;

  for (const char *start = hay; *start != '\0' && n_tries < 16; start = g_utf8_next_char (start))
    {
      const char *p = start;
      const char *letter = word;
      glong span = 0;

      if (g_utf8_get_char (start) != first || !begins_word (hay, start))
        continue;

      n_tries++;
      for (; *p != '\0' && *letter != '\0' && span <= 3 * n_letters + 6; p = g_utf8_next_char (p), span++)
        if (g_utf8_get_char (p) == g_utf8_get_char (letter))
          letter = g_utf8_next_char (letter);
      if (*letter == '\0')
        best = MAX (best, MAX (1, SCORE_LETTERS - (int) (span - n_letters) / 2));
    }

  return best;
}

/* @at (out): where it was found; NULL when only its letters were. */
static int
score_word (const char  *hay,
            const char  *word,
            const char **at)
{
  gsize length = strlen (word);
  int best = 0;
  guint n_tries = 0;

  *at = NULL;
  for (const char *p = strstr (hay, word); p != NULL && n_tries < 16; p = strstr (p + 1, word), n_tries++)
    {
      int score = score_found (hay, p, length);

      if (score > best)
        {
          best = score;
          *at = p;
        }
    }

  return best > 0 ? best : score_letters (hay, word);
}

int
annals_fuzzy_score (const AnnalsFuzzy *self,
                    const char        *name)
{
  g_autofree char *hay = NULL;
  const char *last = NULL;
  gboolean in_order = TRUE;
  int sum = 0;
  guint n = 0;

  g_return_val_if_fail (self != NULL && name != NULL, 0);

  if (self->words[0] == NULL)
    return 0;

  hay = fold (name);
  for (; self->words[n] != NULL; n++)
    {
      const char *at;
      int score = score_word (hay, self->words[n], &at);

      if (score == 0)
        return 0;
      in_order = in_order && at != NULL && (last == NULL || at > last);
      last = at;
      sum += score;
    }

  sum /= (int) n;
  if (n > 1 && in_order)
    sum += BONUS_IN_ORDER;
  if (g_str_equal (hay, self->all))
    sum += BONUS_SAME;
  else if (g_str_has_prefix (hay, self->all))
    sum += BONUS_PREFIX;

  return MAX (1, sum - (int) MIN (strlen (hay) / 24, 8));
}
