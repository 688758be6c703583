/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-doclists-private.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 id;
  float   frequency;    /* how often a phrase stands in the post, with the title's weight */
} AnnalsWeighed;

typedef enum
{
  EXPRESSION_PHRASE,
  EXPRESSION_AND,
  EXPRESSION_OR,
  EXPRESSION_NOT,     /* the first without the others */
} AnnalsExpressionKind;

typedef struct _AnnalsExpression AnnalsExpression;

/* An expression of FTS5's as a tree, of the kind that annals_query_node_dup_match() writes. */
struct _AnnalsExpression
{
  AnnalsExpressionKind  kind;
  GPtrArray            *children;   /* of AnnalsExpression */
  GPtrArray            *terms;      /* of a phrase (char*) */
  gboolean              beginning;  /* its last term is the beginning of one */
  int                   column;     /* it has to stand in; -1: any */
};

/* NULL for what is of another kind, such as NEAR: FTS5 answers it. */
AnnalsExpression *annals_expression_parse (AnnalsDb         *db,
                                           const char       *match);
void              annals_expression_free  (AnnalsExpression *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsExpression, annals_expression_free)

/* What a title's word counts beside one of the text. */
#define ANNALS_TITLE_WEIGHT 5.0f

/* Told of each phrase in the order of the expression, and of the posts it stands in, each once. */
typedef void (*AnnalsPhraseFunc) (guint                number,
                                  const AnnalsWeighed *weighed,
                                  guint                n_weighed,
                                  gpointer             data);

/* annals-match-find.c: the posts that fit, of ids up to @top; NULL when the index has to be asked by FTS5. @func: (nullable) */
AnnalsIdSet      *annals_expression_find  (const AnnalsExpression *self,
                                           AnnalsDoclists         *doclists,
                                           gint64                  top,
                                           AnnalsPhraseFunc        func,
                                           gpointer                data);

/* In how many posts a phrase of one term stands, counted roughly no further than to @limit (0: all). FALSE for
 * any other expression, and when FTS5 has to be asked. */
gboolean          annals_expression_count (const AnnalsExpression *self,
                                           AnnalsDoclists         *doclists,
                                           guint                   limit,
                                           guint                  *n);

/* Places are numbers (guint64): of a word among the words of its column, the column in the upper half. Leaves of
 * the @n_starts those behind which, @distance further on, there is one of @places; both ascend. Returns how many
 * are left. */
guint             annals_expression_keep_followed (guint64       *starts,
                                                   guint          n_starts,
                                                   const guint64 *places,
                                                   guint          n_places,
                                                   guint          distance);

/* annals-match-marks.c: where the phrases stand in @text, without the index: pairs of start and end in bytes
 * (guint), ascending, none when title and text do not fit. @singles: phrases of one character of a script that is
 * indexed in pairs. NULL when FTS5 has to be asked. */
GArray           *annals_expression_mark (const AnnalsExpression *self,
                                          AnnalsDb               *db,
                                          const char             *title,
                                          const char             *text,
                                          const char             *singles);

G_END_DECLS
