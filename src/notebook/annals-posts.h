/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-db.h"
#include "annals-imports.h"
#include "annals-text.h"

G_BEGIN_DECLS

/**
 * AnnalsPost:
 *
 * What is known of a post, without its text. Strings are never NULL unless said so ("" when
 * unknown).
 */
typedef struct
{
  gint64       id;
  char        *uid;
  char        *title;
  char        *url;
  char        *author;
  gint64       source_id;     /* 0: none */
  char        *source;        /* "" when none */
  AnnalsDate  *published;
  char        *language;      /* BCP 47 */
  gint64       import_id;
  char        *import_uid;
  guint        place;         /* its number in its archive, from 1 */
  AnnalsPostKind kind;
  gboolean     read;
  gboolean     starred;
  gint64       revision_id;
  gint64       text_import_id; /* the run that brought the text, which need not be the one that brought the post */
  gint64       fetched;       /* when that run began: UTC microseconds */
  char        *sha256;        /* of the text */
  char        *lead;          /* the first words of the text, in one line */
  char       **tags;          /* names, sorted; never NULL */
  char       **tag_colours;   /* parallel to tags */
  guint        n_annotations;
  guint        n_events;      /* events that cite it */
} AnnalsPost;

AnnalsPost *annals_post_copy (const AnnalsPost *self);
void        annals_post_free (AnnalsPost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPost, annals_post_free)

#define ANNALS_TYPE_POST (annals_post_get_type ())
GType annals_post_get_type (void) G_GNUC_CONST;

typedef struct
{
  gint64  id;
  char   *sha256;
  gint64  created;    /* UTC microseconds */
  gint64  import_id;
  AnnalsExtent extent;
} AnnalsRevision;

void annals_revision_free (AnnalsRevision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsRevision, annals_revision_free)

typedef enum
{
  ANNALS_SCOPE_ALL,
  ANNALS_SCOPE_UNREAD,
  ANNALS_SCOPE_STARRED,
  ANNALS_SCOPE_ANNOTATED,
  ANNALS_SCOPE_REVIEW,      /* posts with notes whose passage was not found again */
  ANNALS_SCOPE_TRASH,       /* what was moved to the trash, which no other scope shows */
  ANNALS_SCOPE_TAG,         /* id: the tag; posts, or posts with passages, with it or with a tag below it */
  ANNALS_SCOPE_SOURCE,      /* id: the source */
  ANNALS_SCOPE_TIMELINE,    /* id: the timeline; posts that its events cite */
  ANNALS_SCOPE_IMPORT,      /* id: the import */
} AnnalsScope;

typedef enum
{
  ANNALS_ORDER_NEWEST,      /* by published, undated last, then place in the archive */
  ANNALS_ORDER_OLDEST,
  ANNALS_ORDER_TITLE,
  ANNALS_ORDER_PLACE,       /* the order of the archives as they were imported */
  ANNALS_ORDER_SOURCE,      /* by the source's name, newest first in each; without one at the end */
  ANNALS_ORDER_RELEVANCE,   /* only with a match expression; NEWEST otherwise */
} AnnalsOrder;

/* The ids (gint64) of the posts in @scope that fit the FTS5 expression @match (nullable: all), in
 * @order. Posts in the trash and of undone imports are left out. Without page limits: ids only. */
GArray     *annals_db_list_posts      (AnnalsDb       *db,
                                       AnnalsScope     scope,
                                       gint64          scope_id,
                                       const char     *match,
                                       AnnalsOrder     order,
                                       GError        **error);
/* The first @limit of all posts, by date: without a look at the others. */
GArray     *annals_db_list_first_posts (AnnalsDb      *db,
                                        AnnalsOrder    order,
                                        guint          limit,
                                        GError       **error);
/* Rows for @ids, in their order; a post that is not there is left out (element type AnnalsPost). */
GPtrArray  *annals_db_load_posts      (AnnalsDb       *db,
                                       const gint64   *ids,
                                       guint           n_ids,
                                       GError        **error);
/* The same without what stands in other tables or in the text: lead, n_annotations and n_events. */
GPtrArray  *annals_db_load_post_facts (AnnalsDb      *db,
                                       const gint64  *ids,
                                       guint          n_ids,
                                       GError       **error);
/* Fails with NOT_FOUND. */
AnnalsPost *annals_db_load_post       (AnnalsDb       *db,
                                       gint64          id,
                                       GError        **error);
/* The text of a revision; 0: the post's current one. */
AnnalsText *annals_db_load_text       (AnnalsDb       *db,
                                       gint64          post_id,
                                       gint64          revision_id,
                                       GError        **error);
/* The markup it was made from, as it was imported. @kind (out): "html" or "text". */
GBytes     *annals_db_load_markup     (AnnalsDb       *db,
                                       gint64          revision_id,
                                       char          **kind,
                                       GError        **error);
/* oldest first (element type AnnalsRevision) */
GPtrArray  *annals_db_list_revisions  (AnnalsDb       *db,
                                       gint64          post_id,
                                       GError        **error);
/* Other posts with nearly the same text, under other addresses; ids (gint64), ascending. Found behind
 * the index: of posts that just came, not all may be known. */
GArray     *annals_db_list_same_text  (AnnalsDb       *db,
                                       gint64          post_id,
                                       GError        **error);
/* Byte ranges (guint pairs start,end in bytes of the text) where @match stands in the post's text. */
GArray     *annals_db_match_in_post   (AnnalsDb       *db,
                                       gint64          post_id,
                                       const char     *match,
                                       GError        **error);
/* A piece of the text around the first match, at most about @n_words long; matches between U+0002
 * and U+0003, which occur in no text. */
char       *annals_db_dup_snippet     (AnnalsDb       *db,
                                       gint64          post_id,
                                       const char     *match,
                                       guint           n_words,
                                       GError        **error);

/* --- changes: only inside the one door --- */
gboolean    annals_db_set_post_read    (AnnalsDb *db, const gint64 *ids, guint n_ids, gboolean read, GError **error);
gboolean    annals_db_set_post_starred (AnnalsDb *db, const gint64 *ids, guint n_ids, gboolean starred, GError **error);
gboolean    annals_db_set_post_trashed (AnnalsDb *db, const gint64 *ids, guint n_ids, gboolean trashed, GError **error);

/* --- the sidebar --- */
typedef struct
{
  guint all, unread, starred, annotated, trashed;
  guint annotations, events, links, memos, imports, tags, timelines;
} AnnalsCounts;

gboolean    annals_db_count            (AnnalsDb *db, AnnalsCounts *counts, GError **error);

typedef struct
{
  gint64  id;
  char   *name;
  guint   n_posts;
} AnnalsSource;

void annals_source_free (AnnalsSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsSource, annals_source_free)

/* by number of posts, then by name (element type AnnalsSource) */
GPtrArray  *annals_db_list_sources     (AnnalsDb *db, GError **error);

G_END_DECLS
