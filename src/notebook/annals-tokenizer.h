/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct sqlite3;

/* Raised whenever the same text gives other terms than before; a notebook whose index was made by
 * another version is indexed anew. */
#define ANNALS_TOKENIZER_VERSION 2

/* Makes the FTS5 tokenizer "annals" and the auxiliary function annals_ranges() known to a
 * connection. Returns an SQLite result code.
 *
 * Runs of Han, Kana and Hangul become overlapping pairs of characters and, behind them, the last character
 * of the run as a term of its own: so one character followed by "*" finds it wherever it stands, and the
 * pairs of two runs are not beside each other as those of one are. A query's run that ends its string has
 * no such term, for in the text it may go on. Everything else is folded as
 * unicode61 does (case, diacritics) and stemmed by porter; in a document the folded word itself stands
 * beside its stem when they differ, so that a beginning ("negotiat*", whose stem is "negoti") finds it.
 *
 * annals_ranges (table, column, singles) is a blob of guint32 pairs: the start and end, in bytes of
 * the column's text, of each place where a phrase of the query stands, ascending by start; ranges
 * that touch the same text are joined. @singles holds the query's phrases of one Han, Kana or
 * Hangul character, of which only that character is marked and not the pair that it stands in. */
int annals_tokenizer_register (struct sqlite3 *native);

/* Whether @ch is written without spaces and therefore indexed in pairs. */
gboolean annals_tokenizer_is_paired (gunichar ch);

G_END_DECLS
