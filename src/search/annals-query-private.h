/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-query.h"

G_BEGIN_DECLS

/* Where words are looked for. */
typedef enum
{
  PART_ANY,       /* title, text, and what the user wrote about the post or marked in it */
  PART_TITLE,
  PART_TEXT,
  PART_NOTE,
  PART_QUOTE,
} AnnalsQueryPart;

typedef enum
{
  NODE_WORDS,
  NODE_FILTER,
  NODE_AND,       /* of one child or more */
  NODE_OR,
  NODE_NOT,       /* of one child */
} AnnalsQueryKind;

typedef struct _AnnalsQueryNode AnnalsQueryNode;

struct _AnnalsQueryNode
{
  AnnalsQueryKind   kind;
  guint             column;      /* where it begins, for messages */
  GPtrArray        *children;

  /* NODE_WORDS */
  AnnalsQueryPart   part;
  char             *match;       /* for FTS5, without a column; "" when nothing can be looked for */
  GPtrArray        *phrases;     /* the phrases in it, in their order */
  GPtrArray        *forms;       /* the words in it as they were typed */

  /* NODE_FILTER */
  AnnalsQueryField  field;
  char             *value;
  AnnalsDate       *date;        /* of a date's field */
};

struct _AnnalsQuery
{
  AnnalsQueryNode *root;         /* (nullable): every post */
  char            *match;        /* (nullable) */
  char            *marks;        /* (nullable) */
};

AnnalsQueryNode *annals_query_node_new  (AnnalsQueryKind   kind,
                                         guint             column);
void             annals_query_node_free (AnnalsQueryNode  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsQueryNode, annals_query_node_free)

/* An expression for FTS5 of which posts fit by title and text alone; NULL when there is none: filters, notes,
 * or nothing but what is not wanted. */
char            *annals_query_node_dup_match   (const AnnalsQueryNode *self);
/* Appends the phrases (char*) of that expression in their order, those of one part with its column; "" for
 * what must not fit. */
void             annals_query_node_add_phrases (const AnnalsQueryNode *self,
                                                GPtrArray             *phrases);
/* The places of the words that are looked for, wherever they stand in the query; NULL: none. */
char            *annals_query_node_dup_marks   (const AnnalsQueryNode *self);
void             annals_query_node_add_marked  (const AnnalsQueryNode *self,
                                                GPtrArray             *phrases);

/* annals-query-fields.c: whether the value of a filter can be understood; a date is put into the node. */
gboolean         annals_query_check_filter     (AnnalsQueryNode  *node,
                                                GError          **error);
/* Whether a phrase begins or ends with it. */
gboolean         annals_query_is_quote         (gunichar          ch);
/* Sets "column N: " and the message; always returns FALSE. */
gboolean         annals_query_fail             (GError          **error,
                                                AnnalsQueryError  code,
                                                guint             column,
                                                const char       *format,
                                                ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
