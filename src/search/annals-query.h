/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AnnalsQuery:
 *
 * What was typed into the search entry, understood: words, "phrases", beginnings*, -without, OR,
 * ( … ), NEAR/n, and the fields, as FORMATS.md's "Asking for posts" says. Immutable; annals_search_posts()
 * answers it.
 */
typedef struct _AnnalsQuery AnnalsQuery;

AnnalsQuery *annals_query_parse     (const char   *text,
                                     GError      **error);
/* @filters: each a query of its own that has to fit too; a mistake in @text comes first. */
AnnalsQuery *annals_query_parse_all (const char         *text,
                                     const char * const *filters,
                                     GError            **error);
void         annals_query_free      (AnnalsQuery  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsQuery, annals_query_free)

gboolean     annals_query_is_everything (AnnalsQuery *self);
/* An FTS5 expression of a query of words alone; NULL when it is every post or asks for more than words. */
const char  *annals_query_get_match (AnnalsQuery  *self);
/* An FTS5 expression of the words to be marked in the posts found; NULL: none. */
const char  *annals_query_get_marks (AnnalsQuery  *self);

typedef enum
{
  ANNALS_QUERY_TITLE,
  ANNALS_QUERY_TEXT,
  ANNALS_QUERY_NOTE,
  ANNALS_QUERY_QUOTE,
  ANNALS_QUERY_AUTHOR,
  ANNALS_QUERY_SOURCE,
  ANNALS_QUERY_TAG,
  ANNALS_QUERY_TIMELINE,
  ANNALS_QUERY_LANGUAGE,
  ANNALS_QUERY_IMPORT,
  ANNALS_QUERY_URL,
  ANNALS_QUERY_DATE,
  ANNALS_QUERY_BEFORE,
  ANNALS_QUERY_AFTER,
  ANNALS_QUERY_IS,
  ANNALS_QUERY_HAS,
  ANNALS_QUERY_COLOUR,
  ANNALS_QUERY_N_FIELDS
} AnnalsQueryField;

/* As it is typed, without the colon: "source". */
const char         *annals_query_field_get_name   (AnnalsQueryField  field);
/* All values of "is:" and "has:"; NULL for other fields. */
const char * const *annals_query_field_get_values (AnnalsQueryField  field);
/* Whether "NAME:" is followed by words and not by a value. */
gboolean            annals_query_field_is_part    (AnnalsQueryField  field);

/**
 * AnnalsQueryPiece:
 *
 * A filter, with its minus, that has to fit whatever else there is: bytes [@start, @end) of the query's text.
 */
typedef struct
{
  gsize             start;
  gsize             end;
  AnnalsQueryField  field;
  gboolean          without;
  char             *value;
} AnnalsQueryPiece;

void       annals_query_piece_free  (AnnalsQueryPiece *self);

/* The filters of a query that can be taken out of it and be kept beside it; none when it has a mistake or
 * an OR outside of parentheses (element type AnnalsQueryPiece). */
GPtrArray *annals_query_list_filters (const char *text);
/* "source:\"NK News\"": with quotation marks when the value needs them. */
char      *annals_query_dup_filter   (AnnalsQueryField  field,
                                      const char       *value);

#define ANNALS_QUERY_ERROR (annals_query_error_quark ())
GQuark annals_query_error_quark (void);

/* The message names the column: "column 14: the quotation mark is not closed". */
typedef enum
{
  ANNALS_QUERY_ERROR_SYNTAX,
  ANNALS_QUERY_ERROR_UNKNOWN_FIELD,
  ANNALS_QUERY_ERROR_VALUE,         /* no date, no such tag… */
} AnnalsQueryError;

G_END_DECLS
