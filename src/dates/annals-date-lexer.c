/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-lexer-private.h"

#include "annals-date-names.h"

#include <string.h>

static const struct
{
  const char *name;
  int         minutes;
} zones[] = {
  /* RFC 822, and those of the region that nobody else uses */
  { "utc", 0 },    { "gmt", 0 },    { "z", 0 },      { "ut", 0 },     { "est", -300 },
  { "edt", -240 }, { "cst", -360 }, { "cdt", -300 }, { "mst", -420 }, { "mdt", -360 },
  { "pst", -480 }, { "pdt", -420 }, { "kst", 540 },  { "jst", 540 },  { "cet", 60 },
  { "cest", 120 },
};

static AnnalsSuffix
read_suffix (const char **p)
{
  static const char *const ordinals[] = { "st", "nd", "rd", "th" };

  /* 1950's */
  if (g_str_has_prefix (*p, "'s"))
    *p += 1;
  else if (g_str_has_prefix (*p, "’s"))
    *p += strlen ("’");

  if (**p == 's' && !g_ascii_isalpha ((*p)[1]))
    {
      *p += 1;
      return ANNALS_SUFFIX_PLURAL;
    }

  for (guint i = 0; i < G_N_ELEMENTS (ordinals); i++)
    if (g_str_has_prefix (*p, ordinals[i]) && !g_ascii_isalpha ((*p)[2]))
      {
        *p += 2;
        return ANNALS_SUFFIX_ORDINAL;
      }

  return ANNALS_SUFFIX_NONE;
}

static gboolean
read_run (const char  **p,
          AnnalsToken  *token)
{
  gboolean digits = g_ascii_isdigit (**p);
  gsize length = 0;

  while (digits ? g_ascii_isdigit ((*p)[length]) : g_ascii_isalpha ((*p)[length]))
    length++;

  if (length >= sizeof token->text)
    return FALSE;

  memcpy (token->text, *p, length);
  token->kind = digits ? ANNALS_TOKEN_NUMBER : ANNALS_TOKEN_WORD;
  *p += length;

  if (!digits)
    return TRUE;

  token->n_digits = length;
  token->number = length <= 9 ? (int) g_ascii_strtoull (token->text, NULL, 10) : -1;
  token->suffix = read_suffix (p);
  return TRUE;
}

/* Fills @tokens from lower-case @text; FALSE with the rest of the text when a character has no
 * place in a date.
 */
gboolean
annals_date_lex (const char *text,
                 GArray     *tokens,
                 char      **stopped_at)
{
  const char *p = text;

  while (*p)
    {
      AnnalsToken token = { ANNALS_TOKEN_SIGN };
      gboolean spaced = p > text && g_ascii_isspace (p[-1]);

      if (g_ascii_isspace (*p) || *p == '\'')
        {
          p++;
          continue;
        }

      if (g_str_has_prefix (p, "–") || g_str_has_prefix (p, "—"))
        {
          token.kind = ANNALS_TOKEN_DASH;
          p += strlen ("–");
        }
      else if (g_str_has_prefix (p, "’"))
        {
          p += strlen ("’");
          continue;
        }
      else if (*p == '-' && spaced && g_ascii_isspace (p[1]))
        {
          token.kind = ANNALS_TOKEN_DASH;
          p++;
        }
      else if (g_ascii_isalnum (*p))
        {
          if (!read_run (&p, &token))
            {
              *stopped_at = g_strdup (p);
              return FALSE;
            }
        }
      else if (strchr (",./-:+()?~%", *p))
        {
          token.text[0] = *p++;
        }
      else
        {
          *stopped_at = g_strdup (p);
          return FALSE;
        }

      g_array_append_val (tokens, token);
    }

  return TRUE;
}

/* Whether the words, separated by one space, are those from @index on; their number, or 0 */
static guint
match_words (const AnnalsTokens *tokens,
             guint               index,
             const char         *words)
{
  guint n = 0;

  for (const char *p = words; *p; n++)
    {
      gsize length = strcspn (p, " ");

      if (index + n >= tokens->n || tokens->tokens[index + n].kind != ANNALS_TOKEN_WORD ||
          strlen (tokens->tokens[index + n].text) != length ||
          memcmp (tokens->tokens[index + n].text, p, length) != 0)
        return 0;

      p += length + (p[length] == ' ');
    }

  return n;
}

static guint
count_words (const char *words)
{
  guint n = 1;

  for (const char *p = words; *p; p++)
    n += *p == ' ';

  return n;
}

gboolean
annals_tokens_starts_with (const AnnalsTokens *tokens,
                           const char         *words)
{
  return match_words (tokens, 0, words) > 0;
}

gboolean
annals_tokens_ends_with (const AnnalsTokens *tokens,
                         const char         *words)
{
  guint n = count_words (words);

  return n <= tokens->n && match_words (tokens, tokens->n - n, words) > 0;
}

gboolean
annals_tokens_take_first (AnnalsTokens *tokens,
                          const char   *words)
{
  guint n = match_words (tokens, 0, words);

  tokens->tokens += n;
  tokens->n -= n;
  return n > 0;
}

gboolean
annals_tokens_take_last (AnnalsTokens *tokens,
                         const char   *words)
{
  if (!annals_tokens_ends_with (tokens, words))
    return FALSE;

  tokens->n -= count_words (words);
  return TRUE;
}

static gboolean
is_name (const char *word,
         const char *name)
{
  gsize length = strlen (word);

  /* Mar, Sept, Tues, Thurs; "ma" could be March or May */
  return length >= 3 && length <= strlen (name) && strncmp (word, name, length) == 0 &&
         (length <= 5 || length == strlen (name));
}

/* 1 to 12, or 0 */
int
annals_word_month (const char *word)
{
  for (int i = 1; i <= 12; i++)
    if (is_name (word, annals_date_name_of_month (i)))
      return i;

  return 0;
}

/* 1 (Monday) to 7, or 0 */
int
annals_word_weekday (const char *word)
{
  for (int i = 1; i <= 7; i++)
    if (is_name (word, annals_date_name_of_weekday (i)))
      return i;

  return 0;
}

/* EDTF's 21 to 24, or 0 */
int
annals_word_season (const char *word)
{
  static const char *const names[] = { "spring", "summer", "autumn", "winter", "fall" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (word, names[i]) == 0)
      return i == 4 ? 23 : 21 + i;

  return 0;
}

/* first and 1st are 1; 0 when it is no ordinal number */
int
annals_word_ordinal (const AnnalsToken *token)
{
  static const char *const names[] = { "first", "second", "third", "fourth" };

  if (token->kind == ANNALS_TOKEN_NUMBER && token->suffix == ANNALS_SUFFIX_ORDINAL)
    return token->number;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (token->kind == ANNALS_TOKEN_WORD && strcmp (token->text, names[i]) == 0)
      return i + 1;

  return 0;
}

gboolean
annals_word_zone (const char *word,
                  int        *minutes)
{
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (strcmp (word, zones[i].name) == 0)
      {
        *minutes = zones[i].minutes;
        return TRUE;
      }

  return FALSE;
}
