/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsFeedLexer:
 *
 * Cuts a file of XML, or of what was meant to be XML, into tags and text. It has no errors: what is not
 * well-formed is read as a person would read it, and counted. It knows nothing of which tags belong
 * together. A DOCTYPE's entities of plain text are put in their places, bounded in length and number;
 * nothing outside the file is ever looked at. Linear in the length of the file, memory bounded.
 */
typedef struct _AnnalsFeedLexer AnnalsFeedLexer;

typedef enum
{
  ANNALS_FEED_TOKEN_ERROR,   /* the input failed or was cancelled */
  ANNALS_FEED_TOKEN_START,
  ANNALS_FEED_TOKEN_END,
  ANNALS_FEED_TOKEN_TEXT,    /* a piece of it: at most some kilobytes */
  ANNALS_FEED_TOKEN_FINISH,  /* the file's end */
} AnnalsFeedTokenKind;

typedef struct
{
  char *name;       /* as in the file */
  char *value;      /* references resolved */
} AnnalsFeedAttribute;

/**
 * AnnalsFeedToken:
 *
 * Belongs to the lexer, until it gives the next one.
 */
typedef struct
{
  AnnalsFeedTokenKind  kind;
  guint                line;        /* where it begins, from 1 */
  const char          *name;        /* START, END: as in the file */
  GArray              *attributes;  /* START: of AnnalsFeedAttribute */
  gboolean             empty;       /* START: no END follows */
  const char          *text;        /* TEXT: references resolved */
  gsize                length;
  gboolean             cdata;       /* TEXT: was CDATA */
} AnnalsFeedToken;

/* Borrows both. */
AnnalsFeedLexer     *annals_feed_lexer_new        (AnnalsImportInput      *input,
                                                   AnnalsDecoder          *decoder);
void                 annals_feed_lexer_free       (AnnalsFeedLexer        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedLexer, annals_feed_lexer_free)

/* The next token; of kind ERROR when @error is set. */
const AnnalsFeedToken *annals_feed_lexer_next     (AnnalsFeedLexer        *self,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
/* The line up to which was read */
guint                annals_feed_lexer_get_line   (AnnalsFeedLexer        *self);
/* Characters that XML does not allow where they stood, and unknown entities: how many so far, and the line of
 * the first. */
guint                annals_feed_lexer_get_n_mended (AnnalsFeedLexer      *self,
                                                     guint                *first_line);
/* Tags, comments and CDATA without an end: how many so far. */
guint                annals_feed_lexer_get_n_broken (AnnalsFeedLexer      *self);

G_END_DECLS
