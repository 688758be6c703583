/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AnnalsQuery:
 *
 * What was typed into the search entry, understood: words, "phrases", beginnings*, -without, OR,
 * ( … ), NEAR/n, title: and text:, as FORMATS.md's "Asking for posts" says.
 */
typedef struct _AnnalsQuery AnnalsQuery;

AnnalsQuery *annals_query_parse     (const char   *text,
                                     GError      **error);
void         annals_query_free      (AnnalsQuery  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsQuery, annals_query_free)

/* An FTS5 expression for annals_db_list_posts(); NULL when the query is empty: every post. */
const char  *annals_query_get_match (AnnalsQuery  *self);

#define ANNALS_QUERY_ERROR (annals_query_error_quark ())
GQuark annals_query_error_quark (void);

/* The message names the column: "column 14: the quotation mark is not closed". */
typedef enum
{
  ANNALS_QUERY_ERROR_SYNTAX,
  ANNALS_QUERY_ERROR_UNKNOWN_FIELD,
} AnnalsQueryError;

G_END_DECLS
