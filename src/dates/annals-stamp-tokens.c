/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-stamp-private.h"

#include <string.h>

/* Digits of Chinese; 10 for 十 */
static int
chinese_digit (gunichar character)
{
  static const gunichar digits[] = {
    0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341,
  };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (digits[i] == character)
      return (int) i;

  return character == 0x96f6 ? 0 : -1;  /* 零 */
}

/* 二〇二〇, 三十一, 十; the bytes taken, 0 when it is no number */
static gsize
read_chinese (const char *p,
              AnnalsStampToken      *token)
{
  const char *start = p;
  gboolean tens = FALSE;
  int digit;

  while (token->n_digits < 5 && (digit = chinese_digit (g_utf8_get_char (p))) >= 0)
    {
      if (digit == 10)
        {
          token->value = MAX (token->value, 1) * 10;
          tens = TRUE;
        }
      else
        {
          token->value = tens ? token->value + digit : token->value * 10 + digit;
        }
      token->n_digits++;
      p = g_utf8_next_char (p);
    }

  if (tens)
    token->n_digits = 2;
  token->kind = ANNALS_STAMP_TOKEN_NUMBER;

  return (gsize) (p - start);
}

static gsize
read_number (const char *p,
             AnnalsStampToken      *token)
{
  gsize n = 0;

  for (; g_ascii_isdigit (p[n]); n++)
    token->value = n < 9 ? token->value * 10 + (p[n] - '0') : G_MAXINT;

  token->kind = ANNALS_STAMP_TOKEN_NUMBER;
  token->n_digits = (int) n;

  return n;
}

/* a.m., p. m., π.μ. */
static gsize
read_noon (const char *p)
{
  const char *at = g_utf8_next_char (p);

  if (strchr ("ap", *p) == NULL && g_utf8_get_char (p) != 0x3c0 && g_utf8_get_char (p) != 0x3bc)
    return 0;
  if (*at++ != '.')
    return 0;

  at += *at == ' ';
  if (*at != 'm' && g_utf8_get_char (at) != 0x3bc)
    return 0;

  at = g_utf8_next_char (at);
  if (g_unichar_isalpha (g_utf8_get_char (at)))
    return 0;
  at += *at == '.';

  return (gsize) (at - p);
}

/* A word: letters, apostrophes between them. In East Asia words are not parted: the longest that is
 * known. */
static gsize
read_name (const char *p,
           AnnalsStampToken      *token)
{
  gunichar first = g_utf8_get_char (p);
  const char *end = p;
  gsize length;

  token->kind = ANNALS_STAMP_TOKEN_NAME;

  if ((length = read_noon (p)) > 0)
    {
      token->name = *p == 'a' || g_utf8_get_char (p) == 0x3c0 ? ANNALS_DATE_NAME_BEFORE_NOON
                                                              : ANNALS_DATE_NAME_AFTER_NOON;
      return length;
    }

  if (first >= 0x1100)
    {
      token->name = annals_date_name_begin (p, &length, &token->value);
      return token->name ? length : 0;
    }

  /* Catalan's d'abril */
  if (g_str_has_prefix (p, "d'"))
    {
      token->name = ANNALS_DATE_NAME_PARTICLE;
      return 2;
    }

  while (g_unichar_isalpha (g_utf8_get_char (end)) ||
         (*end == '\'' && end > p && g_unichar_isalpha (g_utf8_get_char (end + 1))))
    end = g_utf8_next_char (end);

  length = (gsize) (end - p);
  token->name = annals_date_name_look_up (p, length, &token->value);
  g_strlcpy (token->text, p, MIN (length + 1, sizeof token->text));

  return length;
}

/* Fills in the tokens of @folded; FALSE when it has something that no date has. In a prefix, what
 * cannot be read ends the tokens instead. */
gboolean
annals_stamp_read_tokens (AnnalsStampToken *tokens,
                          guint            *n_tokens,
                          const char       *folded,
                          gboolean          prefix)
{
  const char *p = folded;

  *n_tokens = 0;

  while (*p)
    {
      AnnalsStampToken *token = &tokens[*n_tokens];
      gunichar character = g_utf8_get_char (p);
      gsize length;

      if (*p == ' ')
        {
          p++;
          continue;
        }

      if (*n_tokens == ANNALS_STAMP_MAX_TOKENS)
        return prefix;

      token->glued = p > folded && p[-1] != ' ';

      if (g_ascii_isdigit (*p))
        length = read_number (p, token);
      else if (chinese_digit (character) >= 0)
        length = read_chinese (p, token);
      else if (g_unichar_isalpha (character))
        length = read_name (p, token);
      else
        {
          token->kind = ANNALS_STAMP_TOKEN_SIGN;
          token->sign = (guchar) *p < 0x80 ? *p : '*';
          length = (gsize) (g_utf8_next_char (p) - p);
        }

      if (length == 0 && prefix)
        {
          /* one that nobody can take, so that it is known that something follows */
          *token = (AnnalsStampToken) { ANNALS_STAMP_TOKEN_NAME, .start = (guint16) (p - folded) };
          *n_tokens += 1;
          break;
        }
      if (length == 0)
        return FALSE;

      token->start = (guint16) (p - folded);
      p += length;
      token->end = (guint16) (p - folded);
      *n_tokens += 1;
    }

  return *n_tokens > 0;
}
