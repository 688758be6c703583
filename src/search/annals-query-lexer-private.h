/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-query-private.h"

G_BEGIN_DECLS

typedef enum
{
  TOKEN_END,
  TOKEN_WORDS,    /* a word or a phrase */
  TOKEN_PART,     /* "title:", "text:", "note:" or "quote:" with something right behind it */
  TOKEN_FILTER,   /* another field with its value */
  TOKEN_OPEN,
  TOKEN_CLOSE,
  TOKEN_MINUS,    /* right before something */
  TOKEN_AND,
  TOKEN_OR,
  TOKEN_NOT,
  TOKEN_NEAR,
} AnnalsTokenKind;

typedef struct
{
  AnnalsTokenKind  kind;
  guint            column;      /* where it begins, in characters from 1 */
  const char      *start;       /* its bytes in the query, for messages */
  const char      *end;
  char            *words;       /* of TOKEN_WORDS and _FILTER: NFC, without its quotation marks and its "*" */
  gboolean         beginning;   /* of TOKEN_WORDS: a "*" stood behind it */
  guint            distance;    /* of TOKEN_NEAR */
  AnnalsQueryField field;       /* of TOKEN_PART and _FILTER */
} AnnalsToken;

typedef struct
{
  const char  *text;       /* the whole query */
  const char  *p;
  guint        column;     /* of p */
  AnnalsToken  token;      /* the one at hand */
} AnnalsQueryLexer;

void     annals_query_lexer_init  (AnnalsQueryLexer  *self,
                                   const char        *text);
void     annals_query_lexer_clear (AnnalsQueryLexer  *self);
/* Reads the next token. */
gboolean annals_query_lexer_next  (AnnalsQueryLexer  *self,
                                   GError           **error);

G_END_DECLS
