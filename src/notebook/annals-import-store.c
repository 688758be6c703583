/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <libdeflate.h>
#include <string.h>

#include "annals-import-fields.h"
#include "annals-import-find.h"
#include "annals-index-private.h"
#include "annals-pictures-private.h"
#include "annals-same-text-private.h"

/* Text compresses nearly as well at 1 as at 6, at half the time. */
#define MARKUP_LEVEL 1
/* So many identities of one post are looked up and kept; nobody's post has more. */
#define MAX_KEYS 32

static const char *
or_empty (const char *string)
{
  return string != NULL ? string : "";
}

/* Each thread that compresses has one of its own, which takes longer to make than to use. */
static struct libdeflate_compressor *
get_compressor (void)
{
  static GPrivate own = G_PRIVATE_INIT ((GDestroyNotify) libdeflate_free_compressor);
  struct libdeflate_compressor *compressor = g_private_get (&own);

  if (compressor == NULL)
    {
      compressor = libdeflate_alloc_compressor (MARKUP_LEVEL);
      if (compressor == NULL)
        g_error ("There is no memory to compress with");
      g_private_set (&own, compressor);
    }

  return compressor;
}

GBytes *
annals_deflate_markup (GBytes *markup)
{
  struct libdeflate_compressor *compressor = get_compressor ();
  gsize size;
  const void *data = g_bytes_get_data (markup, &size);
  gsize bound = libdeflate_zlib_compress_bound (compressor, size);
  guint8 *room = g_malloc (bound);
  gsize length = libdeflate_zlib_compress (compressor, data != NULL ? data : "", size, room, bound);

  g_assert (length > 0);   /* only when the room were too small */

  return g_bytes_new_take (g_realloc (room, length), length);
}

/* One copy on its way into the notebook. */
typedef struct
{
  AnnalsDb            *db;
  gint64               import_id;
  const AnnalsNewPost *post;
  AnnalsCopy           copy;
  AnnalsPostUid        keys[MAX_KEYS];   /* of its identity, then of its aliases */
  guint                n_keys;
  AnnalsTarget         target;
} Storing;

static gboolean
ensure_source (AnnalsDb    *db,
               const char  *name,
               gint64      *id,
               GError     **error)
{
  g_autoptr(BorrowedStmt) find = NULL;
  g_autoptr(BorrowedStmt) insert = NULL;

  *id = 0;
  if (*name == '\0')
    return TRUE;

  if (!(find = annals_import_borrow (db, ANNALS_HOT_FIND_SOURCE, error)))
    return FALSE;

  bind_text_at (find, 1, name);
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

/* --- rows --- */

/* Parameters as in annals-import-find.c */
static gboolean
insert_post (Storing           *self,
             const AnnalsCopy  *merged,
             gint64             source_id,
             GError           **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_import_borrow (self->db, ANNALS_HOT_INSERT_POST, error);
  AnnalsDate *published = self->post->published;
  gint64 seconds;

  if (stmt == NULL)
    return FALSE;

  bind_text_at (stmt, 1, self->target.uid.string);
  bind_text_at (stmt, 2, merged->fields[ANNALS_FIELD_TITLE]);
  bind_text_at (stmt, 3, merged->fields[ANNALS_FIELD_URL]);
  bind_text_at (stmt, 4, merged->fields[ANNALS_FIELD_AUTHOR]);
  if (source_id != 0)
    bind_int64_at (stmt, 5, source_id);
  bind_text_at (stmt, 6, merged->fields[ANNALS_FIELD_PUBLISHED]);
  if (published != NULL && annals_date_get_from (published, &seconds))
    bind_int64_at (stmt, 7, seconds);
  if (published != NULL && annals_date_get_to (published, &seconds))
    bind_int64_at (stmt, 8, seconds);
  bind_text_at (stmt, 9, merged->fields[ANNALS_FIELD_LANGUAGE]);
  bind_int64_at (stmt, 10, self->import_id);
  bind_int64_at (stmt, 11, merged->place);
  bind_text_at (stmt, 12, annals_post_kind_to_string (merged->kind));
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  self->target.post_id = annals_db_last_id (self->db);
  return TRUE;
}

/* NULL: no markup is known */
static GBytes *
ref_deflated (const AnnalsNewPost *post)
{
  if (post->deflated != NULL)
    return g_bytes_ref (post->deflated);

  return post->markup != NULL ? annals_deflate_markup (post->markup) : NULL;
}

static gboolean
insert_revision (Storing           *self,
                 const AnnalsCopy  *merged,
                 gint64             source_id,
                 gint64            *id,
                 GError           **error)
{
  g_autofree char *spans = annals_text_dup_spans_json (self->post->text);
  g_autoptr(GBytes) markup = ref_deflated (self->post);
  g_autoptr(BorrowedStmt) stmt = annals_import_borrow (self->db, ANNALS_HOT_INSERT_REVISION, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64_at (stmt, 1, self->target.post_id);
  bind_int64_at (stmt, 2, self->import_id);
  bind_int64_at (stmt, 3, MAX (self->db->now, self->target.newest + 1));
  bind_text_at (stmt, 4, merged->fields[ANNALS_FIELD_TITLE]);
  bind_text_at (stmt, 5, merged->fields[ANNALS_FIELD_URL]);
  bind_text_at (stmt, 6, merged->fields[ANNALS_FIELD_AUTHOR]);
  if (source_id != 0)
    bind_int64_at (stmt, 7, source_id);
  bind_text_at (stmt, 8, merged->fields[ANNALS_FIELD_PUBLISHED]);
  bind_text_at (stmt, 9, merged->fields[ANNALS_FIELD_LANGUAGE]);
  bind_int64_at (stmt, 10, merged->place);
  bind_text_at (stmt, 11, merged->fields[ANNALS_FIELD_TAGS]);
  bind_text_at (stmt, 12, merged->sha256);
  bind_text_at (stmt, 13, annals_text_get_string (self->post->text));
  bind_text_at (stmt, 14, spans);
  bind_text_at (stmt, 15, self->post->markup_kind != NULL ? self->post->markup_kind : "text");
  if (markup != NULL)
    bind_blob_at (stmt, 16, g_bytes_get_data (markup, NULL), g_bytes_get_size (markup));
  bind_text_at (stmt, 17, annals_post_kind_to_string (merged->kind));
  bind_int64_at (stmt, 18, merged->extent);
  if (merged->file_id != 0)
    bind_int64_at (stmt, 19, merged->file_id);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (self->db);
  return annals_pictures_link (self->db, self->import_id, *id, self->post->text, error);
}

static gboolean
point_to_revision (AnnalsDb  *db,
                   gint64     post_id,
                   gint64     revision_id,
                   GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_import_borrow (db, ANNALS_HOT_POINT, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64_at (stmt, 1, revision_id);
  bind_int64_at (stmt, 2, post_id);

  return annals_db_run (db, stmt, error);
}

/* The identities that are not the post's own. */
static gboolean
add_aliases (Storing  *self,
             GError  **error)
{
  for (guint i = self->target.is_sibling ? 1 : 0; i < self->n_keys; i++)
    {
      g_autoptr(BorrowedStmt) stmt = NULL;

      if (g_str_equal (self->keys[i].string, self->target.uid.string))
        continue;

      if (!(stmt = annals_import_borrow (self->db, ANNALS_HOT_INSERT_ALIAS, error)))
        return FALSE;

      bind_blob_at (stmt, 1, self->keys[i].bytes, sizeof self->keys[i].bytes);
      bind_int64_at (stmt, 2, self->target.post_id);
      bind_int64_at (stmt, 3, self->import_id);
      if (!annals_db_run (self->db, stmt, error))
        return FALSE;
    }

  return TRUE;
}

/* --- a revision made of several copies --- */

static gboolean
update_description (AnnalsDb          *db,
                    gint64             revision_id,
                    const AnnalsCopy  *merged,
                    GError           **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 source_id;

  if (!ensure_source (db, merged->fields[ANNALS_FIELD_SOURCE], &source_id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE revision SET title = :title, url = :url, author = :author, "
                                 "source = :source, published = :published, language = :language, "
                                 "tags = :tags, place = :place, kind = :kind, extent = :extent, file = :file "
                                 "WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":title", merged->fields[ANNALS_FIELD_TITLE]);
  bind_text (stmt, ":url", merged->fields[ANNALS_FIELD_URL]);
  bind_text (stmt, ":author", merged->fields[ANNALS_FIELD_AUTHOR]);
  bind_id (stmt, ":source", source_id);
  bind_text (stmt, ":published", merged->fields[ANNALS_FIELD_PUBLISHED]);
  bind_text (stmt, ":language", merged->fields[ANNALS_FIELD_LANGUAGE]);
  bind_text (stmt, ":tags", merged->fields[ANNALS_FIELD_TAGS]);
  bind_int64 (stmt, ":place", merged->place);
  bind_text (stmt, ":kind", annals_post_kind_to_string (merged->kind));
  bind_int64 (stmt, ":extent", merged->extent);
  bind_id (stmt, ":file", merged->file_id);
  bind_int64 (stmt, ":id", revision_id);

  return annals_db_run (db, stmt, error);
}

/* The copy's text takes the place of the one that the revision had. */
static gboolean
update_text (Storing  *self,
             GError  **error)
{
  g_autofree char *spans = annals_text_dup_spans_json (self->post->text);
  g_autoptr(GBytes) markup = ref_deflated (self->post);
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 id = self->target.own_id;

  if (!annals_db_run_for_id (self->db, "DELETE FROM revision_picture WHERE revision = :id", id, error) ||
      !(stmt = annals_db_borrow (self->db,
                                 "UPDATE revision SET sha256 = :sha256, text = :text, spans = :spans, "
                                 "markup_kind = :kind, markup = :markup WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":sha256", self->copy.sha256);
  bind_text (stmt, ":text", annals_text_get_string (self->post->text));
  bind_text (stmt, ":spans", spans);
  bind_text (stmt, ":kind", self->post->markup_kind != NULL ? self->post->markup_kind : "text");
  bind_bytes (stmt, ":markup", markup);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (self->db, stmt, error) &&
         annals_same_text_replace (self->db, id, annals_text_get_string (self->post->text), error) &&
         annals_pictures_link (self->db, self->import_id, id, self->post->text, error);
}

/* As long as no other import knows the post, its uid is that of its best copy's identity, whichever came
 * first. */
static gboolean
settle_uid (Storing     *self,
            const char  *uid,
            GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autoptr(BorrowedStmt) update = NULL;
  g_autoptr(BorrowedStmt) drop = NULL;
  g_autoptr(GBytes) bytes = NULL;
  AnnalsStep step;
  AnnalsPostUid best;

  if (self->target.is_sibling || g_str_equal (uid, self->target.uid.string) ||
      !annals_post_uid_init_from_string (&best, uid))
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT 1 FROM revision WHERE post = :post AND import != :import "
                                 "UNION ALL SELECT 1 FROM post WHERE uid = :uid LIMIT 1", error)))
    return FALSE;

  bind_int64 (stmt, ":post", self->target.post_id);
  bind_int64 (stmt, ":import", self->import_id);
  bind_text (stmt, ":uid", uid);
  step = annals_db_step (self->db, stmt, error);
  if (step != STEP_DONE)
    return step == STEP_ROW;

  if (!(update = annals_db_borrow (self->db, "UPDATE post SET uid = :uid WHERE id = :post", error)) ||
      !(drop = annals_db_borrow (self->db, "DELETE FROM post_alias WHERE id = :id", error)))
    return FALSE;

  bind_text (update, ":uid", uid);
  bind_int64 (update, ":post", self->target.post_id);
  bytes = g_bytes_new (best.bytes, sizeof best.bytes);
  bind_bytes (drop, ":id", bytes);
  if (!annals_db_run (self->db, update, error) || !annals_db_run (self->db, drop, error))
    return FALSE;

  /* The one that it had is a further one now. */
  if (self->n_keys < MAX_KEYS)
    self->keys[self->n_keys++] = self->target.uid;
  self->target.uid = best;
  return TRUE;
}

/* Whether the post shows the revision at hand; a run's new posts do, hidden as they are. */
static gboolean
shows_own (Storing   *self,
           gboolean  *shows,
           GError   **error)
{
  gint64 revision_id = 0;

  if (!annals_db_query_int64 (self->db, "SELECT revision FROM post WHERE id = :id", self->target.post_id, 0,
                              &revision_id, error))
    return FALSE;

  *shows = revision_id == self->target.own_id;
  return TRUE;
}

/* @is_best: the copy is the best of @copies. */
static gboolean
rewrite_revision (Storing       *self,
                  AnnalsCopies  *copies,
                  gboolean       is_best,
                  GError       **error)
{
  AnnalsCopy merged;
  gboolean shows, was_in = FALSE;
  gint64 post_id = self->target.post_id;

  annals_copies_merge (copies, &merged);

  return shows_own (self, &shows, error) &&
         (!shows || annals_index_remove_post (self->db, post_id, &was_in, error)) &&
         (!is_best || update_text (self, error)) &&
         update_description (self->db, self->target.own_id, &merged, error) &&
         annals_copies_store (copies, self->db, self->target.own_id, error) &&
         settle_uid (self, merged.uid, error) &&
         (!shows || annals_import_describe_post (self->db, post_id, self->target.own_id, TRUE, error)) &&
         (!was_in || annals_index_add_post (self->db, post_id, error));
}

/* The copy that did not become the revision's text is known from now on. */
static gboolean
remember_loser (Storing           *self,
                const AnnalsCopy  *best,
                const AnnalsCopy  *loser,
                GError           **error)
{
  AnnalsCopyDigest a, b;

  annals_copy_digest (best, a);
  annals_copy_digest (loser, b);

  return loser->extent == ANNALS_EXTENT_BEFORE || memcmp (a, b, sizeof a) == 0 ||
         annals_copy_remember (loser, self->db, self->target.post_id, self->import_id, error);
}

static int
compare_copies (gconstpointer a,
                gconstpointer b)
{
  return annals_copy_compare (a, b);
}

static gboolean
contains (const AnnalsCopies *copies,
          const AnnalsCopy   *copy)
{
  for (guint i = 0; i < copies->array->len; i++)
    if (annals_copy_compare (&g_array_index (copies->array, AnnalsCopy, i), copy) == 0)
      return TRUE;

  return FALSE;
}

/* Of a revision that repeats the text of one before, that text and what was said with it are below what this import
 * brings. */
static void
put_below (AnnalsCopies     *copies,
           const AnnalsCopy *copy)
{
  AnnalsCopy *best = &g_array_index (copies->array, AnnalsCopy, 0);

  if (best->file_id != 0 || copy->file_id == 0 || copy->extent == ANNALS_EXTENT_EXCERPT)
    return;

  for (guint i = 0; i < copies->array->len; i++)
    if (g_array_index (copies->array, AnnalsCopy, i).file_id == 0)
      g_array_index (copies->array, AnnalsCopy, i).extent = ANNALS_EXTENT_BEFORE;
  g_array_sort (copies->array, compare_copies);
}

/* This import has a revision of the post already. */
static gboolean
store_further (Storing  *self,
               GError  **error)
{
  g_autoptr(AnnalsCopies) copies = annals_copies_new ();
  AnnalsCopy best;
  gboolean is_best;

  if (!annals_copies_load (copies, self->db, self->target.own_id, error))
    return FALSE;

  if (self->target.before_id != 0)
    put_below (copies, &self->copy);
  best = g_array_index (copies->array, AnnalsCopy, 0);
  if (contains (copies, &self->copy))
    return add_aliases (self, error);

  annals_copies_add (copies, &self->copy);
  is_best = annals_copy_compare (&self->copy, &best) < 0;
  annals_copies_prune (copies);

  if (!remember_loser (self, is_best ? &self->copy : &best, is_best ? &best : &self->copy, error))
    return FALSE;

  return (!contains (copies, &self->copy) || rewrite_revision (self, copies, is_best, error)) &&
         add_aliases (self, error);
}

/* --- a post of an earlier import --- */

/* What the copy says is what the notebook has; what it does not say is no change. */
static gboolean
says_the_same (const AnnalsCopy *copy,
               const AnnalsCopy *before)
{
  if (copy->extent != before->extent || copy->kind != before->kind || !g_str_equal (copy->sha256, before->sha256))
    return FALSE;

  for (guint i = 0; i < ANNALS_FIELD_TAGS; i++)
    if (*copy->fields[i] != '\0' && !g_str_equal (copy->fields[i], before->fields[i]))
      return FALSE;

  return annals_tags_are_among (copy->fields[ANNALS_FIELD_TAGS], before->fields[ANNALS_FIELD_TAGS]);
}

static gboolean
store_revision (Storing       *self,
                AnnalsCopies  *copies,
                gint64        *revision_id,
                GError       **error)
{
  AnnalsCopy merged;
  gint64 source_id;

  annals_copies_merge (copies, &merged);

  return ensure_source (self->db, merged.fields[ANNALS_FIELD_SOURCE], &source_id, error) &&
         insert_revision (self, &merged, source_id, revision_id, error) &&
         (copies->array->len == 1 || annals_copies_store (copies, self->db, *revision_id, error));
}

/* An entry of a bibliography, or a feed's item, of which there is no text takes none away. */
static gboolean
is_bare (const AnnalsCopy *copy,
         const AnnalsCopy *before)
{
  return copy->extent == ANNALS_EXTENT_EXCERPT && copy->length == 0 && before->length > 0;
}

/* The text of the revision before, and what is said of it now. It has no file and no markup, as what this import read
 * does not hold the text. */
static gboolean
repeat_revision (Storing      *self,
                 AnnalsCopies *copies,
                 GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autoptr(BorrowedStmt) pictures = NULL;
  AnnalsCopy merged;
  gint64 id;

  for (guint i = 0; i < copies->array->len; i++)
    if (g_array_index (copies->array, AnnalsCopy, i).file_id != self->copy.file_id)
      g_array_index (copies->array, AnnalsCopy, i).file_id = 0;
  annals_copies_merge (copies, &merged);
  merged.file_id = 0;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO revision (post, import, created, title, url, author, source, published, "
                                 "language, place, tags, sha256, text, spans, markup_kind, kind, extent) "
                                 "SELECT post, :import, :created, title, url, author, source, published, language, "
                                 "place, tags, sha256, text, spans, markup_kind, kind, extent "
                                 "FROM revision WHERE id = :before", error)))
    return FALSE;

  bind_int64 (stmt, ":import", self->import_id);
  bind_int64 (stmt, ":created", MAX (self->db->now, self->target.newest + 1));
  bind_int64 (stmt, ":before", self->target.before_id);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  id = annals_db_last_id (self->db);
  if (!(pictures = annals_db_borrow (self->db,
                                     "INSERT INTO revision_picture (revision, picture) "
                                     "SELECT :id, picture FROM revision_picture WHERE revision = :before", error)))
    return FALSE;

  bind_int64 (pictures, ":id", id);
  bind_int64 (pictures, ":before", self->target.before_id);

  return annals_db_run (self->db, pictures, error) && update_description (self->db, id, &merged, error) &&
         annals_copies_store (copies, self->db, id, error);
}

/* *stored: UNCHANGED unless something is said otherwise than before. What was left out once is not told again. */
static gboolean
store_fields (Storing       *self,
              AnnalsStored  *stored,
              GError       **error)
{
  g_autoptr(AnnalsCopies) copies = annals_copies_new ();
  gint64 post_id = self->target.post_id;
  gboolean known = FALSE;
  AnnalsTaking taking;

  if (!annals_copies_load (copies, self->db, self->target.before_id, error))
    return FALSE;

  annals_copies_take_fields (copies, &self->copy, &taking);
  annals_import_see (self->db, self->import_id, post_id);
  if ((taking.kept != 0 || taking.more_tags) &&
      (!annals_copy_is_known (&self->copy, self->db, post_id, self->import_id, &known, error) ||
       (!known && (!annals_copy_remember (&self->copy, self->db, post_id, self->import_id, error) ||
                   !annals_taking_tell (&taking, &self->copy, self->db, self->import_id, self->post->entry, error)))))
    return FALSE;

  if (taking.changed == 0 && (known || !taking.more_tags))
    return TRUE;

  *stored = ANNALS_STORED_UPDATED;
  return repeat_revision (self, copies, error);
}

/* The same in an import that has a revision of the post already. */
static gboolean
store_further_fields (Storing  *self,
                      GError  **error)
{
  g_autoptr(AnnalsCopies) copies = annals_copies_new ();
  AnnalsTaking taking;

  if (!annals_copies_load (copies, self->db, self->target.own_id, error))
    return FALSE;

  annals_copies_take_fields (copies, &self->copy, &taking);
  return (taking.changed == 0 && !taking.more_tags) || rewrite_revision (self, copies, FALSE, error);
}

/* *stored: UNCHANGED unless the copy makes a revision. */
static gboolean
store_later (Storing       *self,
             AnnalsStored  *stored,
             GError       **error)
{
  g_autoptr(AnnalsCopies) copies = annals_copies_new ();
  AnnalsCopy before;
  gboolean known;
  gint64 revision_id;

  if (!annals_copies_add_revision (copies, self->db, self->target.before_id, error))
    return FALSE;

  before = g_array_index (copies->array, AnnalsCopy, 0);
  if (self->copy.extent < before.extent || is_bare (&self->copy, &before))
    return ((self->copy.extent < before.extent && self->post->entry == NULL) ||
            store_fields (self, stored, error)) && add_aliases (self, error);

  if (says_the_same (&self->copy, &before))
    {
      annals_import_see (self->db, self->import_id, self->target.post_id);
      return add_aliases (self, error);
    }

  if (!annals_copy_is_known (&self->copy, self->db, self->target.post_id, self->import_id, &known, error))
    return FALSE;

  if (!known && annals_import_has_seen (self->db, self->import_id, self->target.post_id) &&
      annals_copy_compare (&self->copy, &before) > 0)
    {
      if (!remember_loser (self, &before, &self->copy, error))
        return FALSE;
      known = TRUE;
    }

  if (known)
    return add_aliases (self, error);

  g_array_index (copies->array, AnnalsCopy, 0).extent = ANNALS_EXTENT_BEFORE;
  annals_copies_add (copies, &self->copy);
  annals_copies_prune (copies);
  *stored = ANNALS_STORED_UPDATED;

  return store_revision (self, copies, &revision_id, error) && add_aliases (self, error);
}

/* There is no revision that counts. */
static gboolean
store_new (Storing  *self,
           GError  **error)
{
  gboolean fresh = self->target.post_id == 0;
  gint64 source_id, revision_id;

  return ensure_source (self->db, self->copy.fields[ANNALS_FIELD_SOURCE], &source_id, error) &&
         (!fresh || insert_post (self, &self->copy, source_id, error)) &&
         insert_revision (self, &self->copy, source_id, &revision_id, error) &&
         (!fresh || point_to_revision (self->db, self->target.post_id, revision_id, error)) &&
         add_aliases (self, error);
}

/* A copy of an import's own revision may be of smaller extent than what another import has, or have lost
 * against it. */
static gboolean
brings_nothing (Storing   *self,
                gboolean  *nothing,
                GError   **error)
{
  gint64 extent = 0;

  *nothing = FALSE;
  if (self->target.before_id == 0)
    return TRUE;

  if (!annals_db_query_int64 (self->db, "SELECT extent FROM revision WHERE id = :id", self->target.before_id, 0,
                              &extent, error))
    return FALSE;

  *nothing = self->copy.extent < extent;
  return *nothing ||
         annals_copy_is_known (&self->copy, self->db, self->target.post_id, 0, nothing, error);
}

/* Whether the copy is an entry of which the import's own revision, of a post that was there before, only wants the
 * fields. */
static gboolean
wants_fields (Storing   *self,
              gboolean  *wants,
              GError   **error)
{
  gint64 extent = 0;

  *wants = FALSE;
  if (self->post->entry == NULL || self->target.before_id == 0)
    return TRUE;

  if (!annals_db_query_int64 (self->db, "SELECT extent FROM revision WHERE id = :id", self->target.own_id, 0, &extent,
                              error))
    return FALSE;

  *wants = self->copy.extent < extent;
  return TRUE;
}

/* There is a revision of this import. */
static gboolean
store_own (Storing  *self,
           GError  **error)
{
  gboolean nothing, wants;

  if (!wants_fields (self, &wants, error))
    return FALSE;
  if (wants)
    return store_further_fields (self, error) && add_aliases (self, error);

  return brings_nothing (self, &nothing, error) && (nothing ? add_aliases (self, error) : store_further (self, error));
}

static void
describe (Storing    *self,
          const char *tags)
{
  const AnnalsNewPost *post = self->post;

  annals_post_uid_init (&self->keys[0], post->identity);
  self->n_keys = 1;
  for (guint i = 0; post->aliases != NULL && post->aliases[i] != NULL && self->n_keys < MAX_KEYS - 1; i++)
    annals_post_uid_init (&self->keys[self->n_keys++], post->aliases[i]);

  self->copy = (AnnalsCopy) {
    .extent = post->extent,
    .length = annals_text_get_length (post->text),
    .sha256 = annals_text_get_sha256 (post->text),
    .uid = self->keys[0].string,
    .kind = post->kind,
    .place = post->place,
    .file_id = post->file_id,
    .fields = {
      [ANNALS_FIELD_TITLE] = or_empty (post->title),
      [ANNALS_FIELD_URL] = or_empty (post->url),
      [ANNALS_FIELD_AUTHOR] = or_empty (post->author),
      [ANNALS_FIELD_SOURCE] = or_empty (post->source),
      [ANNALS_FIELD_PUBLISHED] = post->published != NULL ? annals_date_get_edtf (post->published) : "",
      [ANNALS_FIELD_LANGUAGE] = or_empty (post->language),
      [ANNALS_FIELD_TAGS] = tags,
    },
  };
}

gboolean
annals_db_store_post (AnnalsDb             *db,
                      gint64                import_id,
                      const AnnalsNewPost  *post,
                      AnnalsStored         *stored,
                      gint64               *post_id,
                      GError              **error)
{
  Storing self = { .db = db, .import_id = import_id, .post = post };
  g_autofree char *tags = NULL;
  gboolean ok;

  g_return_val_if_fail (db != NULL && post != NULL && stored != NULL, FALSE);
  g_return_val_if_fail (post->identity != NULL && post->text != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  /* A tag's name is one line, so lines hold a list of them. */
  tags = post->tags != NULL ? g_strjoinv ("\n", (char **) post->tags) : NULL;
  describe (&self, or_empty (tags));
  *stored = ANNALS_STORED_UNCHANGED;
  if (!annals_target_find (&self.target, db, import_id, post, &self.copy, self.keys, self.n_keys, error))
    return FALSE;

  if (self.target.own_id != 0)
    ok = store_own (&self, error);
  else if (self.target.before_id != 0)
    ok = store_later (&self, stored, error);
  else
    {
      *stored = ANNALS_STORED_NEW;
      ok = store_new (&self, error);
    }

  if (post_id != NULL)
    *post_id = self.target.post_id;

  return ok;
}
