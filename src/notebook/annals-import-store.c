/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#include "annals-anchor.h"
#include "annals-history-private.h"
#include "annals-index-private.h"
#include "annals-posts.h"
#include "annals-tags.h"

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
                                 "published_from, published_to, language, import, place, withdrawn) "
                                 "VALUES (:uid, :title, :url, :author, :source, :published, :from, :to, "
                                 ":language, :import, :place, 1)", error)))
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
                 GError              **error)
{
  g_autofree char *spans = annals_text_dup_spans_json (post->text);
  g_autoptr(GBytes) markup = post->markup != NULL ? annals_deflate_markup (post->markup) : NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO revision (post, import, created, title, url, author, source, "
                                 "published, language, place, tags, sha256, text, spans, markup_kind, markup) "
                                 "VALUES (:post, :import, :created, :title, :url, :author, :source, "
                                 ":published, :language, :place, :tags, :sha256, :text, :spans, :kind, "
                                 ":markup)", error)))
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
  bind_text (stmt, ":kind", post->markup_kind != NULL ? post->markup_kind : "text");
  bind_bytes (stmt, ":markup", markup);

  return annals_db_run (db, stmt, error);
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
  gint64 source_id;
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

  return insert_revision (db, import_id, post, known.post_id, source_id, tags, error) &&
         (!fresh || point_to_revision (db, known.post_id, annals_db_last_id (db), error));
}

/* A "+" before a column keeps SQLite from the index of lists, where it would walk all posts. */

/* --- what counts: the newest revision of an import that is done --- */

static gboolean
copy_description (AnnalsDb  *db,
                  gint64     post_id,
                  gint64     revision_id,
                  GError   **error)
{
  g_autoptr(AnnalsDate) published = NULL;
  g_autofree char *edtf = NULL;
  g_autoptr(BorrowedStmt) find = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 seconds;

  if (!(find = annals_db_borrow (db, "SELECT published FROM revision WHERE id = :id", error)))
    return FALSE;
  bind_int64 (find, ":id", revision_id);
  if (annals_db_step (db, find, error) != STEP_ROW)
    return FALSE;
  edtf = column_dup_text (find, 0);

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE post SET (title, url, author, source, published, language, place, "
                                 "import, revision, withdrawn, published_from, published_to) = "
                                 "(SELECT title, url, author, source, published, language, place, import, "
                                 "id, 0, :from, :to FROM revision WHERE id = :revision) WHERE id = :id",
                                 error)))
    return FALSE;

  published = annals_date_parse (edtf, NULL);
  if (published != NULL && annals_date_get_from (published, &seconds))
    bind_int64 (stmt, ":from", seconds);
  if (published != NULL && annals_date_get_to (published, &seconds))
    bind_int64 (stmt, ":to", seconds);
  bind_int64 (stmt, ":revision", revision_id);
  bind_int64 (stmt, ":id", post_id);

  return annals_db_run (db, stmt, error);
}

static gboolean
set_current_revision (AnnalsDb  *db,
                      gint64     post_id,
                      gint64     revision_id,
                      GError   **error)
{
  gboolean was_in;

  return annals_index_remove_post (db, post_id, &was_in, error) &&
         copy_description (db, post_id, revision_id, error) &&
         (!was_in || annals_index_add_post (db, post_id, error));
}

typedef struct
{
  gint64 post_id;
  gint64 revision_id;
} Step;

/* Posts of the import whose newest revision that counts is not the one they show. */
static GArray *
find_stale (AnnalsDb  *db,
            gint64     import_id,
            GError   **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post.id, max(revision.id) AS newest FROM post "
                                 "JOIN revision ON revision.post = post.id "
                                 "JOIN import ON import.id = revision.import "
                                 "WHERE import.state = 'done' "
                                 "AND post.id IN (SELECT post FROM revision WHERE import = :id) "
                                 "GROUP BY post.id HAVING newest IS NOT post.revision OR post.withdrawn",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Step one = { column_int64 (stmt, 0), column_int64 (stmt, 1) };

      g_array_append_val (found, one);
    }

  return step == STEP_DONE ? g_steal_pointer (&found) : NULL;
}

gboolean
annals_import_set_done (AnnalsDb       *db,
                        gint64          import_id,
                        gboolean        done,
                        AnnalsChanges  *changes,
                        GError        **error)
{
  g_autoptr(GArray) stale = NULL;

  if (!annals_db_run_for_id (db,
                             done ? "UPDATE import SET state = 'done' WHERE id = :id"
                                  : "UPDATE import SET state = 'undone' WHERE id = :id",
                             import_id, error))
    return FALSE;

  /* The many first: posts that only this import brought. */
  if (done)
    {
      if (!annals_db_run_for_id (db,
                                 "UPDATE post SET withdrawn = 0 WHERE withdrawn = 1 AND revision IN "
                                 "(SELECT max(id) FROM revision WHERE import = :id GROUP BY post)",
                                 import_id, error))
        return FALSE;
    }
  else if (!annals_db_run_for_id (db,
                                  "UPDATE post SET withdrawn = 1 WHERE +withdrawn = 0 "
                                  "AND id IN (SELECT post FROM revision WHERE import = :id) "
                                  "AND NOT EXISTS (SELECT 1 FROM revision JOIN import "
                                  "  ON import.id = revision.import WHERE revision.post = post.id "
                                  "  AND import.state = 'done')", import_id, error))
    return FALSE;

  if (!(stale = find_stale (db, import_id, error)))
    return FALSE;

  for (guint i = 0; i < stale->len; i++)
    {
      const Step *step = &g_array_index (stale, Step, i);

      if (!set_current_revision (db, step->post_id, step->revision_id, error))
        return FALSE;
    }

  if (changes != NULL)
    {
      annals_changes_add_all (changes, ANNALS_RECORD_POST);
      annals_changes_add_all (changes, ANNALS_RECORD_SOURCE);
      annals_changes_add_all (changes, ANNALS_RECORD_IMPORT);
      annals_changes_add_all (changes, ANNALS_RECORD_ANNOTATION);
    }

  return TRUE;
}

/* Ids of the import's posts, hidden as long as it is running, that no other import has (@only) or
 * that another import of the same posts has as well. */
static GArray *
list_unfinished (AnnalsDb  *db,
                 gint64     import_id,
                 gboolean   only,
                 GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT id FROM post WHERE import = :id AND +withdrawn = 1 "
                                 "AND :only != EXISTS (SELECT 1 FROM revision "
                                 "  WHERE revision.post = post.id AND import IS NOT :id)", error)))
    return NULL;

  bind_int64 (stmt, ":id", import_id);
  bind_int64 (stmt, ":only", only);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Another run that imports the same posts at the same time keeps them, hidden as they are. */
static gboolean
leave_to_others (AnnalsDb  *db,
                 gint64     import_id,
                 gint64     post_id,
                 GError   **error)
{
  gint64 revision_id;

  {
    g_autoptr(BorrowedStmt) stmt = NULL;

    if (!(stmt = annals_db_borrow (db,
                                   "SELECT max(id) FROM revision WHERE post = :post AND import != :import",
                                   error)))
      return FALSE;

    bind_int64 (stmt, ":post", post_id);
    bind_int64 (stmt, ":import", import_id);
    if (annals_db_step (db, stmt, error) != STEP_ROW)
      return FALSE;
    revision_id = column_int64 (stmt, 0);
  }

  return set_current_revision (db, post_id, revision_id, error) &&
         annals_db_run_for_id (db, "UPDATE post SET withdrawn = 1 WHERE id = :id", post_id, error);
}

gboolean
annals_db_remove_import (AnnalsDb  *db,
                         gint64     import_id,
                         GError   **error)
{
  g_autoptr(GArray) ours = NULL;
  g_autoptr(GArray) shared = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(ours = list_unfinished (db, import_id, TRUE, error)) ||
      !(shared = list_unfinished (db, import_id, FALSE, error)))
    return FALSE;

  for (guint i = 0; i < ours->len; i++)
    {
      gboolean was_in;

      if (!annals_index_remove_post (db, g_array_index (ours, gint64, i), &was_in, error))
        return FALSE;
    }

  for (guint i = 0; i < shared->len; i++)
    if (!leave_to_others (db, import_id, g_array_index (shared, gint64, i), error))
      return FALSE;

  db->announce = TRUE;

  return annals_db_run_for_id (db, "DELETE FROM revision WHERE import = :id", import_id, error) &&
         annals_db_run_for_id (db,
                               "DELETE FROM post WHERE import = :id AND +withdrawn = 1 "
                               "AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.post = post.id)",
                               import_id, error) &&
         annals_db_run_for_id (db, "DELETE FROM import_issue WHERE import = :id", import_id, error) &&
         annals_db_run_for_id (db, "DELETE FROM import WHERE id = :id", import_id, error) &&
         annals_db_exec (db, "DELETE FROM source WHERE id NOT IN "
                             "(SELECT source FROM revision WHERE source IS NOT NULL)", error);
}

/* --- what comes along --- */

#define SELECT_TAGGED \
  "SELECT post, tags, file_name, place FROM revision JOIN import ON import.id = revision.import " \
  "WHERE import = :id AND tags != '' ORDER BY revision.id"

/* @row: of SELECT_TAGGED. A name that no tag can have is no reason to refuse all posts. */
static gboolean
tag_post (AnnalsDb      *db,
          gint64         import_id,
          BorrowedStmt  *row,
          const char    *name,
          GError       **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char *place = NULL;
  gint64 post_id = column_int64 (row, 0);
  gint64 tag_id;

  db->door = ANNALS_DOOR_CHANGE;
  if (annals_db_ensure_tag (db, name, &tag_id, &failure))
    return annals_db_tag_posts (db, tag_id, &post_id, 1, error);

  if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  /* Translators: the place of an issue: a file, and the number of a post in it */
  place = g_strdup_printf (_("%s, post %u"), column_text (row, 2), column_uint (row, 3));
  db->door = ANNALS_DOOR_BULK;
  return annals_db_add_issue (db, import_id,
                              &(AnnalsIssue) {
                                .severity = ANNALS_SEVERITY_WARNING,
                                .code = ANNALS_ISSUE_OTHER,
                                .place = place,
                                .reason = failure->message,
                                .excerpt = (char *) name,
                              },
                              error);
}

gboolean
annals_import_apply_tags (AnnalsDb  *db,
                          gint64     import_id,
                          GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, SELECT_TAGGED, error);
  AnnalsDoor door = db->door;
  AnnalsStep step = STEP_ERROR;
  gboolean ok = TRUE;

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", import_id);
  while (ok && (step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_auto(GStrv) names = g_strsplit (column_text (stmt, 1), "\n", -1);

      for (guint i = 0; ok && names[i] != NULL; i++)
        ok = *names[i] == '\0' || tag_post (db, import_id, stmt, names[i], error);
    }
  db->door = door;

  return ok && step == STEP_DONE;
}

typedef struct
{
  gint64           id;
  gint64           post_id;
  gint64           revision_id;   /* the post's current one */
  AnnalsSelector   selector;
  char            *state;
} Stray;

static void
stray_clear (Stray *self)
{
  g_free (self->selector.exact);
  g_free (self->selector.prefix);
  g_free (self->selector.suffix);
  g_free (self->state);
}

static GArray *
find_strays (AnnalsDb  *db,
             gint64     import_id,
             GError   **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Stray));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_array_set_clear_func (found, (GDestroyNotify) stray_clear);
  if (!(stmt = annals_db_borrow (db,
                                 "SELECT annotation.id, post.id, post.revision, start, end, quote, prefix, "
                                 "suffix, state FROM annotation JOIN post ON post.id = annotation.post "
                                 "WHERE annotation.revision != post.revision "
                                 "AND post.id IN (SELECT post FROM revision WHERE import = :id) "
                                 "ORDER BY post.id, annotation.id", error)))
    return NULL;

  bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Stray stray = {
        column_int64 (stmt, 0), column_int64 (stmt, 1), column_int64 (stmt, 2),
        { column_uint (stmt, 3), column_uint (stmt, 4),
          column_dup_text (stmt, 5), column_dup_text (stmt, 6), column_dup_text (stmt, 7) },
        column_dup_text (stmt, 8),
      };

      g_array_append_val (found, stray);
    }

  return step == STEP_DONE ? g_steal_pointer (&found) : NULL;
}

static gboolean
mark_for_review (AnnalsDb  *db,
                 gint64     id,
                 GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "UPDATE annotation SET state = 'review' WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  return annals_db_run (db, stmt, error);
}

static gboolean
settle_stray (AnnalsDb     *db,
              AnnalsText   *text,
              const Stray  *stray,
              GError      **error)
{
  AnnalsAnchorMatch match = annals_anchor_find (text, &stray->selector);
  g_autoptr(AnnalsSelector) selector = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gboolean stayed;

  if (match.state == ANNALS_ANCHOR_REVIEW)
    return mark_for_review (db, stray->id, error);

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE annotation SET revision = :revision, start = :start, end = :end, "
                                 "quote = :quote, prefix = :prefix, suffix = :suffix, state = :state "
                                 "WHERE id = :id", error)))
    return FALSE;

  selector = annals_selector_new (text, match.start, match.end);
  stayed = match.state == ANNALS_ANCHOR_EXACT && g_str_equal (stray->state, "anchored");
  bind_int64 (stmt, ":revision", stray->revision_id);
  bind_int64 (stmt, ":start", selector->start);
  bind_int64 (stmt, ":end", selector->end);
  bind_text (stmt, ":quote", selector->exact);
  bind_text (stmt, ":prefix", selector->prefix);
  bind_text (stmt, ":suffix", selector->suffix);
  bind_text (stmt, ":state", stayed ? "anchored" : "moved");
  bind_int64 (stmt, ":id", stray->id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_import_anchor (AnnalsDb  *db,
                      gint64     import_id,
                      GError   **error)
{
  g_autoptr(GArray) strays = find_strays (db, import_id, error);
  g_autoptr(AnnalsText) text = NULL;
  gint64 post_id = 0;

  if (strays == NULL)
    return FALSE;

  for (guint i = 0; i < strays->len; i++)
    {
      const Stray *stray = &g_array_index (strays, Stray, i);

      if (text == NULL || stray->post_id != post_id)
        {
          g_clear_pointer (&text, annals_text_unref);
          if (!(text = annals_db_load_text (db, stray->post_id, 0, error)))
            return FALSE;
          post_id = stray->post_id;
        }

      if (!settle_stray (db, text, stray, error))
        return FALSE;
    }

  return TRUE;
}
