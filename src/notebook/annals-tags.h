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
} AnnalsTag;

void annals_tag_free (AnnalsTag *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTag, annals_tag_free)

/* A parent before its children, by name at each level (element type AnnalsTag). */
GPtrArray *annals_db_list_tags  (AnnalsDb *db, GError **error);
AnnalsTag *annals_db_load_tag   (AnnalsDb *db, gint64 id, GError **error);

/* --- changes: only inside the one door --- */
/* The tag of that name, made when there is none (names are compared NFC and without regard to
 * case); "parent/child" makes both. Fails with INVALID when the name is empty or over 200 characters. */
gboolean annals_db_ensure_tag       (AnnalsDb *db, const char *name, gint64 *id, GError **error);
gboolean annals_db_rename_tag       (AnnalsDb *db, gint64 id, const char *name, GError **error);
gboolean annals_db_set_tag_colour   (AnnalsDb *db, gint64 id, const char *colour, GError **error);
/* With its place on posts and annotations; tags below it move up. */
gboolean annals_db_delete_tag       (AnnalsDb *db, gint64 id, GError **error);
/* Those that have it already stay as they are. */
gboolean annals_db_tag_posts        (AnnalsDb *db, gint64 tag_id, const gint64 *post_ids, guint n, GError **error);
gboolean annals_db_untag_posts      (AnnalsDb *db, gint64 tag_id, const gint64 *post_ids, guint n, GError **error);
gboolean annals_db_tag_annotation   (AnnalsDb *db, gint64 tag_id, gint64 annotation_id, GError **error);
gboolean annals_db_untag_annotation (AnnalsDb *db, gint64 tag_id, gint64 annotation_id, GError **error);

G_END_DECLS
