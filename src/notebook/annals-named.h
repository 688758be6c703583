/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_WHERE_HERE,
  ANNALS_WHERE_TRASH,       /* it, or the post that it is on */
  ANNALS_WHERE_WITHDRAWN,   /* its import has been undone */
  ANNALS_WHERE_MISSING,     /* it is no longer in the notebook */
} AnnalsWhere;

/**
 * AnnalsNamed:
 *
 * What one line says of a record that something else names: a link, a memo, a list to choose from.
 * Strings are never NULL unless said so; of a record that is missing they are empty.
 */
typedef struct
{
  AnnalsRecord  kind;
  gint64        id;
  char         *uid;
  char         *title;         /* one line; a passage's own words */
  char         *context;       /* where it belongs: a post's source and date, a passage's post; "" when nowhere */
  char         *colour;        /* (nullable) a name of annals-palette.h */
  gint64        post_id;       /* of a post and of an annotation; else 0 */
  gint64        timeline_id;   /* of a timeline, and one that an event is in; else 0 */
  AnnalsWhere   where;
} AnnalsNamed;

AnnalsNamed *annals_named_copy (const AnnalsNamed *self);
void         annals_named_free (AnnalsNamed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsNamed, annals_named_free)

/* Posts, annotations, events, timelines, tags, memos and saved searches have names. One that is not there
 * has its @where ANNALS_WHERE_MISSING. */
AnnalsNamed *annals_db_load_named (AnnalsDb      *db,
                                   AnnalsRecord   kind,
                                   gint64         id,
                                   GError       **error);
/* The same, by its whole uid. */
AnnalsNamed *annals_db_find_named (AnnalsDb      *db,
                                   AnnalsRecord   kind,
                                   const char    *uid,
                                   GError       **error);

/* What a line of a text is called in lists: its first @max characters, in one line, with "…" when that is
 * not all. Free with g_free(). */
char        *annals_named_dup_lead (const char   *text,
                                    guint         max);

G_END_DECLS
