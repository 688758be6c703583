/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_TOKEN_NUMBER,
  ANNALS_TOKEN_WORD,
  ANNALS_TOKEN_SIGN,   /* one ASCII character that is neither */
  ANNALS_TOKEN_DASH,   /* one that separates two dates: – or —, or a - between spaces */
} AnnalsTokenKind;

typedef enum
{
  ANNALS_SUFFIX_NONE,
  ANNALS_SUFFIX_ORDINAL,  /* 9th */
  ANNALS_SUFFIX_PLURAL,   /* 1950s */
} AnnalsSuffix;

typedef struct
{
  AnnalsTokenKind kind;
  char            text[24];  /* lower case; for a number its digits */
  int             number;    /* of at most nine digits */
  int             n_digits;
  AnnalsSuffix    suffix;
} AnnalsToken;

/* Part of the tokens of one text; the array is not owned. */
typedef struct
{
  const AnnalsToken *tokens;
  guint              n;
} AnnalsTokens;

gboolean annals_date_lex           (const char *text, GArray *tokens, char **stopped_at);

gboolean annals_tokens_starts_with (const AnnalsTokens *tokens, const char *words);
gboolean annals_tokens_ends_with   (const AnnalsTokens *tokens, const char *words);
gboolean annals_tokens_take_first  (AnnalsTokens *tokens, const char *words);
gboolean annals_tokens_take_last   (AnnalsTokens *tokens, const char *words);

int      annals_word_month         (const char *word);
int      annals_word_weekday       (const char *word);
int      annals_word_season        (const char *word);
int      annals_word_ordinal       (const AnnalsToken *token);
gboolean annals_word_zone          (const char *word, int *minutes);

G_END_DECLS
