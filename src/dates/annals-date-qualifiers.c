/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-fields-private.h"

#include <string.h>

typedef struct
{
  const char      *words;
  AnnalsQualifier  qualifier;
  AnnalsThird      third;
  gboolean         may_follow;   /* also behind the date */
} Qualifier;

static const Qualifier words[] = {
  { "about", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "around", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "circa", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "ca", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "c", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "approximately", ANNALS_QUALIFIER_APPROXIMATE, 0, TRUE },
  { "approximate", ANNALS_QUALIFIER_APPROXIMATE, 0, TRUE },
  { "approx", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "roughly", ANNALS_QUALIFIER_APPROXIMATE, 0, FALSE },
  { "possibly", ANNALS_QUALIFIER_UNCERTAIN, 0, TRUE },
  { "perhaps", ANNALS_QUALIFIER_UNCERTAIN, 0, TRUE },
  { "probably", ANNALS_QUALIFIER_UNCERTAIN, 0, TRUE },
  { "maybe", ANNALS_QUALIFIER_UNCERTAIN, 0, TRUE },
  { "uncertain", ANNALS_QUALIFIER_UNCERTAIN, 0, TRUE },
  { "early", 0, ANNALS_THIRD_EARLY, FALSE },
  { "beginning of", 0, ANNALS_THIRD_EARLY, FALSE },
  { "start of", 0, ANNALS_THIRD_EARLY, FALSE },
  { "mid", 0, ANNALS_THIRD_MIDDLE, FALSE },
  { "middle of", 0, ANNALS_THIRD_MIDDLE, FALSE },
  { "late", 0, ANNALS_THIRD_LATE, FALSE },
  { "end of", 0, ANNALS_THIRD_LATE, FALSE },
};

static gboolean
take_word (AnnalsDateFields *self,
           AnnalsTokens     *tokens)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (annals_tokens_take_first (tokens, words[i].words) ||
        (words[i].may_follow && annals_tokens_take_last (tokens, words[i].words)))
      {
        self->qualifier |= words[i].qualifier;
        if (words[i].third)
          self->third = words[i].third;

        return TRUE;
      }

  return FALSE;
}

static gboolean
is_sign (const AnnalsToken *token,
         const char        *signs)
{
  return token->kind == ANNALS_TOKEN_SIGN && token->text[0] && strchr (signs, token->text[0]);
}

static gboolean
take_sign (AnnalsDateFields *self,
           AnnalsTokens     *tokens)
{
  const AnnalsToken *first = tokens->tokens;
  const AnnalsToken *last = tokens->tokens + tokens->n - 1;

  if (tokens->n == 0)
    return FALSE;

  if (is_sign (last, "~?%"))
    {
      if (last->text[0] != '?')
        self->qualifier |= ANNALS_QUALIFIER_APPROXIMATE;
      if (last->text[0] != '~')
        self->qualifier |= ANNALS_QUALIFIER_UNCERTAIN;
      tokens->n--;
      return TRUE;
    }

  /* the point of "c." and "approx.", the hyphen of "mid-March" */
  if (is_sign (first, "~.-"))
    {
      if (first->text[0] == '~')
        self->qualifier |= ANNALS_QUALIFIER_APPROXIMATE;
      tokens->tokens++;
      tokens->n--;
      return TRUE;
    }

  return FALSE;
}

/* "the end of": the article in front of one of the words; in front of a date it says nothing */
static gboolean
take_article (AnnalsTokens *tokens)
{
  return annals_tokens_take_first (tokens, "the") || annals_tokens_take_first (tokens, "in");
}

void
annals_date_fields_take_qualifiers (AnnalsDateFields *self,
                                    AnnalsTokens     *tokens)
{
  while (take_word (self, tokens) || take_sign (self, tokens) || take_article (tokens))
    ;
}
