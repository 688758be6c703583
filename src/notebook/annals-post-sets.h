/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-id-set.h"
#include "annals-note-index.h"
#include "annals-posts.h"

G_BEGIN_DECLS

/* Which posts have what, for the search's plan. */
typedef enum
{
  ANNALS_POSTS_ANNOTATED,       /* a passage or the whole is marked */
  ANNALS_POSTS_TAGGED,          /* or a passage in it */
  ANNALS_POSTS_LINKED,          /* or a passage in it */
  ANNALS_POSTS_CHANGED,         /* more than one text of it was imported */
  ANNALS_POSTS_REVIEW,          /* a note in it waits to be looked at */
  ANNALS_POSTS_WITH_IMAGE,
  ANNALS_POSTS_WITH_NOTE,
  ANNALS_POSTS_OF_TAG,          /* id; and of the tags below it; or a passage in it */
  ANNALS_POSTS_OF_TIMELINE,     /* id; its events cite them */
  ANNALS_POSTS_OF_IMPORT,       /* id; it brought a text of them */
  ANNALS_POSTS_OF_COLOUR,       /* name; a highlight of it */
  ANNALS_POSTS_OF_ANNOTATION,   /* id; the one post that it marks */
  ANNALS_POSTS_OF_URL,          /* name; a piece of their address, case aside */
} AnnalsPostSet;

/* Adds the ids to @set. @id and @name as the kind says. */
gboolean   annals_db_collect_posts  (AnnalsDb       *db,
                                     AnnalsPostSet   kind,
                                     gint64          id,
                                     const char     *name,
                                     AnnalsIdSet    *set,
                                     GError        **error);
/* Adds the posts in whose annotations @match (of FTS5) fits the @part. */
gboolean   annals_db_collect_noted  (AnnalsDb       *db,
                                     AnnalsNotePart  part,
                                     const char     *match,
                                     AnnalsIdSet    *set,
                                     GError        **error);
/* Of @set those whose address holds @piece, which are few enough to be looked at one by one. */
gboolean   annals_db_retain_url     (AnnalsDb       *db,
                                     const char     *piece,
                                     AnnalsIdSet    *set,
                                     GError        **error);

typedef struct
{
  gint64  id;
  char   *name;
} AnnalsListedName;

void annals_listed_name_free (AnnalsListedName *self);

/* All sources, tags (also under their synonyms), timelines or imports (under their file's name) with their
 * names (element type AnnalsListedName), by name. */
GPtrArray *annals_db_list_names     (AnnalsDb       *db,
                                     AnnalsRecord    record,
                                     GError        **error);

/* The colour that the user calls so, case aside; "" when there is none. NULL on an error. */
char      *annals_db_find_named_colour (AnnalsDb    *db,
                                        const char  *name,
                                        GError     **error);

/* How many of @set carry each tag itself (element type AnnalsTagFacet), most first. */
typedef struct
{
  gint64 tag;
  guint  n;
} AnnalsTagFacet;

GArray    *annals_db_count_tags     (AnnalsDb           *db,
                                     const AnnalsIdSet  *set,
                                     GError            **error);

G_END_DECLS
