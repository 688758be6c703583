/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/* Records that come from another notebook or another program: whether they are here, and whose they are. */

/* The record with exactly that uid, in lower case; *id 0 when there is none. */
gboolean annals_db_find_uid             (AnnalsDb      *db,
                                         AnnalsRecord   record,
                                         const char    *uid,
                                         gint64        *id,
                                         GError       **error);
/* The post that is called so, or that is known by an identity which would give that uid. */
gboolean annals_db_find_post_uid        (AnnalsDb      *db,
                                         const char    *uid,
                                         gint64        *id,
                                         GError       **error);
/* The post known under an identity (an address in its canonical form, a guid), as its own or as a further one, in
 * the trash or not; *id 0 when there is none. Posts of imports that were undone do not count. */
gboolean annals_db_find_post_identity   (AnnalsDb      *db,
                                         const char    *identity,
                                         gint64        *id,
                                         GError       **error);
/* The posts whose current text has one of these SHA-256. @wanted: lower-case hex → GArray of gint64, which are added to,
 * ascending. One look at all posts, so ask for all at once. */
gboolean annals_db_find_texts           (AnnalsDb      *db,
                                         GHashTable    *wanted,
                                         GError       **error);
/* The newest of a post's revisions with that SHA-256; *id 0 when there is none. */
gboolean annals_db_find_revision        (AnnalsDb      *db,
                                         gint64         post_id,
                                         const char    *sha256,
                                         gint64        *id,
                                         GError       **error);

/* The uid, always the same, by which files for other programs name what has none here: a colour ("colour", "yellow"),
 * the words of a note ("note", the uid of its passage). Free with g_free(). */
char    *annals_foreign_dup_uid         (const char    *kind,
                                         const char    *key);

/* What a record says of itself. */
typedef struct
{
  const char *uid;       /* (nullable): it keeps the one it was given; lower case */
  const char *author;    /* (nullable): whoever makes changes */
  gint64      created;   /* UTC microseconds; 0: now */
  gint64      modified;
} AnnalsOrigin;

/* --- changes: only inside the one door --- */
/* Of an annotation, a memo, a link, a timeline or an event that was just made. Fails when another one has that uid. */
gboolean annals_db_set_origin           (AnnalsDb *db, AnnalsRecord record, gint64 id, const AnnalsOrigin *origin,
                                         GError **error);

G_END_DECLS
