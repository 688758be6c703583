/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "annals-tokenizer.h"

G_BEGIN_DECLS

/* FTS5's interface for functions and tokenizers. Returns an SQLite result code. */
int annals_tokenizer_get_api (sqlite3   *native,
                              fts5_api **api);

typedef int (*AnnalsTokenFunc) (void       *context,
                                int         flags,
                                const char *token,
                                int         length,
                                int         start,
                                int         end);

/* The terms of a text, as FTS5 asks for them; @func ends it by returning SQLITE_DONE. FALSE on an error. */
gboolean annals_tokenizer_run (sqlite3         *native,
                               const char      *text,
                               int              flags,
                               AnnalsTokenFunc  func,
                               gpointer         data);

typedef struct
{
  guint32 start;
  guint32 end;
} AnnalsByteRange;

/* A phrase that is one character, of those in @singles, was found in a pair: only the character counts. */
void annals_byte_range_narrow (AnnalsByteRange *range,
                               const char      *text,
                               const char      *singles);
/* Sorts ranges, and makes one of those that overlap. */
void annals_byte_ranges_join  (GArray          *ranges);

G_END_DECLS
