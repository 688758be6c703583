/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  id;
  char   *uid;
  char   *name;
  gint64  parent_id;     /* 0: top */
  char   *parent;        /* its name; "" at the top */
  char   *colour;        /* a name of annals-palette.h */
  char   *description;
  guint   depth;         /* 0 at the top */
  guint   n_posts;       /* that carry this very tag */
  guint   n_annotations;
  guint   n_reached;     /* posts that carry it, or a passage in which does */
  char  **synonyms;      /* its other names; never NULL */
  char   *rule;          /* a query whose posts should carry it; "" when there is none */
  gint64  rule_seen;     /* the highest id of a post when the rule was last applied or put off */
} AnnalsTag;

#define ANNALS_TAG_MAX_NAME 200    /* characters */
#define ANNALS_TAG_MAX_DEPTH 16

void annals_tag_free (AnnalsTag *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTag, annals_tag_free)

/* A parent before its children, by name at each level, in the order of the user's language (element type AnnalsTag). */
GPtrArray *annals_db_list_tags  (AnnalsDb *db, GError **error);
/* The same in an order that is everybody's. */
GPtrArray *annals_db_list_tags_for_file (AnnalsDb *db, GError **error);
AnnalsTag *annals_db_load_tag   (AnnalsDb *db, gint64 id, GError **error);
/* What a person typed: a uid, the beginning of one, a name or one of a tag's other names. NOT_FOUND. */
gboolean   annals_db_find_tag   (AnnalsDb *db, const char *name, gint64 *id, GError **error);
/* As names are compared: NFC and without regard to case. */
char      *annals_tag_fold      (const char *name);

/* How well a name fits what was typed so far; less is better. */
typedef enum
{
  ANNALS_NAME_FIT_WHOLE,
  ANNALS_NAME_FIT_START,
  ANNALS_NAME_FIT_WORD,     /* a word in it begins so */
  ANNALS_NAME_FIT_INSIDE,
  ANNALS_NAME_FIT_NONE,
} AnnalsNameFit;

/* @typed: as annals_name_simplify() gives it; "" fits every name. */
AnnalsNameFit annals_name_fit   (const char *name, const char *typed);
/* Without case, marks and space around it: what is typed in haste finds what was written with care. */
char      *annals_name_simplify (const char *name);

/* A tag that fits what was typed so far: by its name, or by @synonym (nullable). Both the list's. */
typedef struct
{
  const AnnalsTag *tag;
  const char      *synonym;
} AnnalsTagOffer;

/* The best @max (0: all) of @tags (element type AnnalsTag) for @typed, accents and case aside: the very
 * name, then names that begin so, then names with a word that begins so, then names that hold it; a name before a
 * synonym. Everything fits "". (element type AnnalsTagOffer) */
GArray    *annals_tags_complete (GPtrArray *tags, const char *typed, guint max);

/* How many of the posts carry a tag. */
typedef struct
{
  gint64  tag_id;
  guint   n_posts;   /* or annotations, where those are counted */
} AnnalsTagCount;

/* Of all tags that any of these posts carries itself, in order of id (element type AnnalsTagCount). */
GArray    *annals_db_count_tags_on_posts (AnnalsDb *db, const gint64 *post_ids, guint n, GCancellable *cancellable,
                                          GError **error);
/* The same of annotations. */
GArray    *annals_db_count_tags_on_annotations (AnnalsDb *db, const gint64 *annotation_ids, guint n,
                                                GCancellable *cancellable, GError **error);

/* The posts that carry the tag itself, but for those in the trash; ids (gint64), ascending. */
GArray    *annals_db_list_tagged   (AnnalsDb *db, gint64 tag_id, GError **error);
/* Those of the posts (gint64) that do not carry the tag, in their order. @tag_id 0: all of them. */
GArray    *annals_db_list_untagged (AnnalsDb *db, gint64 tag_id, GArray *post_ids, GError **error);

/* What merging a tag into another one would do. */
typedef struct
{
  guint posts, annotations, events;   /* that get the other tag */
  guint posts_with_both;              /* that have it already */
  guint children;                     /* tags that move below it */
} AnnalsTagMerge;

gboolean   annals_db_count_tag_merge (AnnalsDb *db, gint64 from, gint64 into, AnnalsTagMerge *merge, GError **error);

/* --- changes: only inside the one door --- */
/* The tag of that name or other name, made when there is none (names are compared NFC and without regard to
 * case); "parent/child" makes both. Fails with INVALID when the name is empty or over 200 characters. */
gboolean annals_db_ensure_tag       (AnnalsDb *db, const char *name, gint64 *id, GError **error);
/* A new one at the top, with the uid that it has elsewhere (nullable, lower case, which no tag here has). EXISTS when
 * a tag has that name, or has it as another name; names hold no "/". */
gboolean annals_db_add_tag          (AnnalsDb *db, const char *uid, const char *name, gint64 *id, GError **error);
gboolean annals_db_rename_tag       (AnnalsDb *db, gint64 id, const char *name, GError **error);
gboolean annals_db_set_tag_colour   (AnnalsDb *db, gint64 id, const char *colour, GError **error);
/* @parent_id 0: the top. INVALID when it is the tag itself or below it, or when that is too deep. */
gboolean annals_db_set_tag_parent   (AnnalsDb *db, gint64 id, gint64 parent_id, GError **error);
gboolean annals_db_set_tag_description (AnnalsDb *db, gint64 id, const char *description, GError **error);
/* All its other names; the same one twice, and its own name, are passed over. EXISTS as with a name. */
gboolean annals_db_set_tag_synonyms (AnnalsDb *db, gint64 id, const char * const *synonyms, GError **error);
/* "": none. The query is not looked at here. */
gboolean annals_db_set_tag_rule     (AnnalsDb *db, gint64 id, const char *rule, GError **error);
/* The posts there are now have been looked at. */
gboolean annals_db_set_tag_rule_seen (AnnalsDb *db, gint64 id, GError **error);
/* @from goes: what carries it carries @into, tags below it move below @into, its names become other names of
 * @into, its description and rule are added to those of @into, and memos that name it name @into. */
gboolean annals_db_merge_tags       (AnnalsDb *db, gint64 from, gint64 into, GError **error);
/* With its place on posts and annotations; tags below it move up. */
gboolean annals_db_delete_tag       (AnnalsDb *db, gint64 id, GError **error);
/* Those that have it already stay as they are. */
gboolean annals_db_tag_posts        (AnnalsDb *db, gint64 tag_id, const gint64 *post_ids, guint n, GError **error);
gboolean annals_db_untag_posts      (AnnalsDb *db, gint64 tag_id, const gint64 *post_ids, guint n, GError **error);
gboolean annals_db_tag_annotation   (AnnalsDb *db, gint64 tag_id, gint64 annotation_id, GError **error);
gboolean annals_db_untag_annotation (AnnalsDb *db, gint64 tag_id, gint64 annotation_id, GError **error);

G_END_DECLS
