/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-query.h"

G_BEGIN_DECLS

typedef enum
{
  TOKEN_END,
  TOKEN_WORDS,    /* a word or a phrase */
  TOKEN_FIELD,    /* "title:" or "text:" with something right behind it */
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
  char            *words;       /* of TOKEN_WORDS: NFC, without its quotation marks and its "*" */
  gboolean         beginning;   /* of TOKEN_WORDS: a "*" stood behind it */
  guint            distance;    /* of TOKEN_NEAR */
  const char      *field;       /* of TOKEN_FIELD: "title" or "text" */
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

/* Sets "column N: " and the message; always returns FALSE. */
gboolean annals_query_fail        (GError           **error,
                                   AnnalsQueryError   code,
                                   guint              column,
                                   const char        *format,
                                   ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
