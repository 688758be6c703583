/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <string.h>
#include <zlib.h>

#include "annals-pictures-private.h"

/* Text compresses nearly as well at 3 as at 6, at half the time. */
#define MARKUP_LEVEL 3

/* --- identity --- */

/* Namespace of posts' uids: the version 5 UUID, in the URL namespace of RFC 9562, of
 * "https://io.github.annals/post". It may never change. */
static const guint8 post_namespace[16] = {
  0x8e, 0x79, 0xa1, 0x3e, 0xf9, 0x02, 0x57, 0x90, 0x9f, 0x10, 0x2b, 0xfe, 0x88, 0x71, 0x45, 0xaa,
};

/* RFC 9562, section 5.5 */
char *
annals_post_uid_for_identity (const char *identity)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 d[20];
  gsize size = sizeof d;

  g_return_val_if_fail (identity != NULL, NULL);

  g_checksum_update (checksum, post_namespace, sizeof post_namespace);
  g_checksum_update (checksum, (const guint8 *) identity, strlen (identity));
  g_checksum_get_digest (checksum, d, &size);
  d[6] = (d[6] & 0x0f) | 0x50;
  d[8] = (d[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11],
                          d[12], d[13], d[14], d[15]);
}

/* --- storing --- */

static const char *
or_empty (const char *string)
{
  return string != NULL ? string : "";
}

GBytes *
annals_deflate_markup (GBytes *markup)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (markup, &size);
  uLongf room = compressBound (size);
  guint8 *room_data = g_malloc (room);

  if (compress2 (room_data, &room, data != NULL ? data : (const guint8 *) "", size, MARKUP_LEVEL) != Z_OK)
    g_assert_not_reached ();   /* only when the room were too small */

  return g_bytes_new_take (g_realloc (room_data, room), room);
}

static gboolean
ensure_source (AnnalsDb    *db,
               const char  *name,
               gint64      *id,
               GError     **error)
{
  g_autoptr(BorrowedStmt) find = NULL;
  g_autoptr(BorrowedStmt) insert = NULL;

  *id = 0;
  if (name == NULL || *name == '\0')
    return TRUE;

  if (!(find = annals_db_borrow (db, "SELECT id FROM source WHERE name = :name", error)))
    return FALSE;

  bind_text (find, ":name", name);
  switch (annals_db_step (db, find, error))
    {
    case STEP_ROW:
      *id = column_int64 (find, 0);
      return TRUE;

    case STEP_DONE:
      break;

    case STEP_ERROR:
      return FALSE;
    }

  if (!(insert = annals_db_borrow (db, "INSERT INTO source (name) VALUES (:name)", error)))
    return FALSE;

  bind_text (insert, ":name", name);
  if (!annals_db_run (db, insert, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return TRUE;
}

/* What the notebook has of a post that is about to be stored. */
typedef struct
{
  gint64   post_id;       /* 0: nothing */
  gint64   revision_id;   /* to compare with; 0: none that counts */
} Known;

static gboolean
find_known (AnnalsDb    *db,
            const char  *uid,
            gint64       import_id,
            Known       *known,
            GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post.id, (SELECT max(revision.id) FROM revision "
                                 "  JOIN import ON import.id = revision.import WHERE revision.post = post.id "
                                 "  AND (import.state = 'done' OR import.id = :import)) "
                                 "FROM post WHERE uid = :uid", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":import", import_id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      known->post_id = column_int64 (stmt, 0);
      known->revision_id = column_int64 (stmt, 1);
      return TRUE;

    case STEP_DONE:
      return TRUE;

    case STEP_ERROR:
      break;
    }

  return FALSE;
}

static gboolean
is_same (AnnalsDb             *db,
         gint64                revision_id,
         const AnnalsNewPost  *post,
         gint64                source_id,
         const char           *tags,
         gboolean             *same,
         GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT sha256 = :sha256 AND title = :title AND url = :url "
                                 "AND author = :author AND source IS :source AND published = :published "
                                 "AND language = :language AND tags = :tags "
                                 "FROM revision WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":sha256", annals_text_get_sha256 (post->text));
  bind_text (stmt, ":title", or_empty (post->title));
  bind_text (stmt, ":url", or_empty (post->url));
  bind_text (stmt, ":author", or_empty (post->author));
  bind_id (stmt, ":source", source_id);
  bind_text (stmt, ":published", post->published != NULL ? annals_date_get_edtf (post->published) : "");
  bind_text (stmt, ":language", or_empty (post->language));
  bind_text (stmt, ":tags", tags);
  bind_int64 (stmt, ":id", revision_id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  *same = column_int64 (stmt, 0) != 0;
  return TRUE;
}

static gboolean
insert_post (AnnalsDb             *db,
             gint64                import_id,
             const AnnalsNewPost  *post,
             const char           *uid,
             gint64                source_id,
             gint64               *id,
             GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 seconds;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO post (uid, title, url, author, source, published, "
                                 "published_from, published_to, language, import, place, kind, withdrawn) "
                                 "VALUES (:uid, :title, :url, :author, :source, :published, :from, :to, "
                                 ":language, :import, :place, :kind, 1)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_text (stmt, ":title", or_empty (post->title));
  bind_text (stmt, ":url", or_empty (post->url));
  bind_text (stmt, ":author", or_empty (post->author));
  bind_id (stmt, ":source", source_id);
  bind_text (stmt, ":published", post->published != NULL ? annals_date_get_edtf (post->published) : "");
  if (post->published != NULL && annals_date_get_from (post->published, &seconds))
    bind_int64 (stmt, ":from", seconds);
  if (post->published != NULL && annals_date_get_to (post->published, &seconds))
    bind_int64 (stmt, ":to", seconds);
  bind_text (stmt, ":language", or_empty (post->language));
  bind_int64 (stmt, ":import", import_id);
  bind_int64 (stmt, ":place", post->place);
  bind_text (stmt, ":kind", annals_post_kind_to_string (post->kind));
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return TRUE;
}

static gboolean
insert_revision (AnnalsDb             *db,
                 gint64                import_id,
                 const AnnalsNewPost  *post,
                 gint64                post_id,
                 gint64                source_id,
                 const char           *tags,
                 gint64               *id,
                 GError              **error)
{
  g_autofree char *spans = annals_text_dup_spans_json (post->text);
  g_autoptr(GBytes) markup = post->deflated != NULL ? g_bytes_ref (post->deflated)
                             : post->markup != NULL ? annals_deflate_markup (post->markup) : NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO revision (post, import, created, title, url, author, source, "
                                 "published, language, place, tags, sha256, text, spans, markup_kind, markup, "
                                 "kind, extent, file) "
                                 "VALUES (:post, :import, :created, :title, :url, :author, :source, "
                                 ":published, :language, :place, :tags, :sha256, :text, :spans, :markup_kind, "
                                 ":markup, :kind, :extent, :file)", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":import", import_id);
  bind_int64 (stmt, ":created", db->now);
  bind_text (stmt, ":title", or_empty (post->title));
  bind_text (stmt, ":url", or_empty (post->url));
  bind_text (stmt, ":author", or_empty (post->author));
  bind_id (stmt, ":source", source_id);
  bind_text (stmt, ":published", post->published != NULL ? annals_date_get_edtf (post->published) : "");
  bind_text (stmt, ":language", or_empty (post->language));
  bind_int64 (stmt, ":place", post->place);
  bind_text (stmt, ":tags", tags);
  bind_text (stmt, ":sha256", annals_text_get_sha256 (post->text));
  bind_text (stmt, ":text", annals_text_get_string (post->text));
  bind_text (stmt, ":spans", spans);
  bind_text (stmt, ":markup_kind", post->markup_kind != NULL ? post->markup_kind : "text");
  bind_bytes (stmt, ":markup", markup);
  bind_text (stmt, ":kind", annals_post_kind_to_string (post->kind));
  bind_int64 (stmt, ":extent", post->extent);
  bind_id (stmt, ":file", post->file_id);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return annals_pictures_link (db, import_id, *id, post->text, error);
}

static gboolean
point_to_revision (AnnalsDb  *db,
                   gint64     post_id,
                   gint64     revision_id,
                   GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "UPDATE post SET revision = :revision WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":revision", revision_id);
  bind_int64 (stmt, ":id", post_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_store_post (AnnalsDb             *db,
                      gint64                import_id,
                      const AnnalsNewPost  *post,
                      AnnalsStored         *stored,
                      gint64               *post_id,
                      GError              **error)
{
  g_autofree char *uid = NULL;
  g_autofree char *tags = NULL;
  Known known = { 0, 0 };
  gint64 source_id, revision_id;
  gboolean same = FALSE;
  gboolean fresh;

  g_return_val_if_fail (db != NULL && post != NULL && stored != NULL, FALSE);
  g_return_val_if_fail (post->identity != NULL && post->text != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  uid = annals_post_uid_for_identity (post->identity);
  /* A tag's name is one line, so lines hold a list of them. */
  tags = post->tags != NULL ? g_strjoinv ("\n", (char **) post->tags) : g_strdup ("");

  if (!ensure_source (db, post->source, &source_id, error) ||
      !find_known (db, uid, import_id, &known, error) ||
      (known.revision_id != 0 &&
       !is_same (db, known.revision_id, post, source_id, tags, &same, error)))
    return FALSE;

  *stored = known.revision_id == 0 ? ANNALS_STORED_NEW
            : same                 ? ANNALS_STORED_UNCHANGED
                                   : ANNALS_STORED_UPDATED;

  fresh = known.post_id == 0;
  if (fresh && !insert_post (db, import_id, post, uid, source_id, &known.post_id, error))
    return FALSE;
  if (post_id != NULL)
    *post_id = known.post_id;
  if (same)
    return TRUE;

  return insert_revision (db, import_id, post, known.post_id, source_id, tags, &revision_id, error) &&
         (!fresh || point_to_revision (db, known.post_id, revision_id, error));
}

