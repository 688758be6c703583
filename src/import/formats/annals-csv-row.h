/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_CSV_ROW,         /* a whole row */
  ANNALS_CSV_MORE,        /* the row has no end yet */
  ANNALS_CSV_UNCLOSED,    /* nor will it have one: a quotation mark is not closed */
} AnnalsCsvResult;

/* Reads the row at @at (RFC 4180, kindly: a quotation mark inside a field is one), whose fields @separator
 * separates, into @cells (element type char *, emptied before). @final: nothing follows @end. @quotes: whether
 * fields may be quoted; without, a row is a line. @behind (out): what follows the row. */
AnnalsCsvResult annals_csv_row_read (const char  *at,
                                     const char  *end,
                                     char         separator,
                                     gboolean     quotes,
                                     gboolean     final,
                                     GPtrArray   *cells,
                                     const char **behind);

/**
 * AnnalsCsvDialect:
 *
 * How a table is written, as its beginning shows it.
 */
typedef struct
{
  char     separator;
  guint    n_columns;    /* that most rows have */
  guint    n_rows;       /* that were looked at */
  guint    n_regular;    /* of them with so many columns */
  gboolean header;       /* the first row names the columns */
  gsize    start;        /* bytes in front of the first row: "sep=;" */
} AnnalsCsvDialect;

/* FALSE when @head is no table. @whole: it is the whole file. */
gboolean        annals_csv_dialect_guess (AnnalsCsvDialect *self,
                                          const char       *head,
                                          gboolean          whole);

G_END_DECLS
