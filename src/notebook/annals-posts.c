/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-posts.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <zlib.h>

#include "annals-collation.h"
#include "annals-imports-private.h"
#include "annals-index-private.h"
#include "annals-limits.h"

/* Code points of a text that a row needs for its lead. */
#define LEAD_CHARS 280

#define VISIBLE "post.withdrawn = 0 AND post.trashed = 0"
#define TRASHED "post.withdrawn = 0 AND post.trashed = 1"

G_DEFINE_BOXED_TYPE (AnnalsPost, annals_post, annals_post_copy, annals_post_free)

AnnalsPost *
annals_post_copy (const AnnalsPost *self)
{
  AnnalsPost *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->uid = g_strdup (self->uid);
  copy->title = g_strdup (self->title);
  copy->url = g_strdup (self->url);
  copy->author = g_strdup (self->author);
  copy->source = g_strdup (self->source);
  copy->published = annals_date_ref (self->published);
  copy->language = g_strdup (self->language);
  copy->import_uid = g_strdup (self->import_uid);
  copy->sha256 = g_strdup (self->sha256);
  copy->lead = g_strdup (self->lead);
  copy->tags = g_strdupv (self->tags);
  copy->tag_colours = g_strdupv (self->tag_colours);

  return copy;
}

void
annals_post_free (AnnalsPost *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->url);
  g_free (self->author);
  g_free (self->source);
  g_clear_pointer (&self->published, annals_date_unref);
  g_free (self->language);
  g_free (self->import_uid);
  g_free (self->sha256);
  g_free (self->lead);
  g_strfreev (self->tags);
  g_strfreev (self->tag_colours);
  g_free (self);
}

void
annals_revision_free (AnnalsRevision *self)
{
  g_free (self->sha256);
  g_free (self);
}

void
annals_source_free (AnnalsSource *self)
{
  g_free (self->name);
  g_free (self);
}

/* --- ids --- */

static const char *
scope_condition (AnnalsScope scope)
{
  switch (scope)
    {
    case ANNALS_SCOPE_ALL:
    case ANNALS_SCOPE_TRASH:
      return "1";

    case ANNALS_SCOPE_UNREAD:
      return "post.read = 0";

    case ANNALS_SCOPE_STARRED:
      return "post.starred = 1";

    case ANNALS_SCOPE_ANNOTATED:
      return "post.id IN (SELECT post FROM annotation)";

    case ANNALS_SCOPE_REVIEW:
      return "post.id IN (SELECT post FROM annotation WHERE state = 'review' AND orphan = 0)";

    case ANNALS_SCOPE_TAG:
      return "post.id IN (WITH RECURSIVE below (id) AS (VALUES (:scope) UNION "
             "SELECT tag.id FROM tag JOIN below ON tag.parent = below.id) "
             "SELECT post FROM post_tag WHERE tag IN below UNION "
             "SELECT annotation.post FROM annotation_tag JOIN annotation "
             "ON annotation.id = annotation_tag.annotation WHERE tag IN below)";

    case ANNALS_SCOPE_SOURCE:
      return "post.source = :scope";

    case ANNALS_SCOPE_TIMELINE:
      return "post.id IN (SELECT post FROM evidence JOIN timeline_event USING (event) "
             "WHERE timeline = :scope)";

    case ANNALS_SCOPE_IMPORT:
      return "post.id IN (SELECT post FROM revision WHERE import = :scope)";
    }

  g_return_val_if_reached ("0");
}

static gboolean
scope_has_id (AnnalsScope scope)
{
  return scope >= ANNALS_SCOPE_TAG;
}

/* A page of an archive has its newest post first: within a month whose days are lost, the place in the
 * archive tells the order. NULL sorts below every date, so that undated posts are last of the newest. The
 * indexes of annals-schema.c hold these orders: no list is sorted. */
static const char *
order_clause (AnnalsOrder order)
{
  switch (order)
    {
    case ANNALS_ORDER_NEWEST:
    case ANNALS_ORDER_RELEVANCE:
      return "post.published_from DESC, post.published_to DESC, post.import DESC, post.place, post.id";

    case ANNALS_ORDER_OLDEST:
      return "post.published_from NULLS LAST, post.published_to, post.import, post.place DESC, "
             "post.id DESC";

    case ANNALS_ORDER_TITLE:
      return "post.title COLLATE NOCASE, post.id";

    case ANNALS_ORDER_SOURCE:
      return "(SELECT name FROM source WHERE source.id = post.source) NULLS LAST, "
             "post.published_from DESC, post.published_to DESC, post.import DESC, post.place, post.id";

    case ANNALS_ORDER_PLACE:
      return "post.import, post.place, post.id";
    }

  g_return_val_if_reached ("post.id");
}

/* @limit: 0: all */
static GArray *
list_scope (AnnalsDb     *db,
            AnnalsScope   scope,
            gint64        scope_id,
            AnnalsOrder   order,
            guint         limit,
            GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT post.id FROM post WHERE %s AND %s ORDER BY %s LIMIT :limit",
                                          scope == ANNALS_SCOPE_TRASH ? TRASHED : VISIBLE,
                                          scope_condition (scope), order_clause (order));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  if (scope_has_id (scope))
    bind_int64 (stmt, ":scope", scope_id);
  bind_int64 (stmt, ":limit", limit > 0 ? (gint64) limit : -1);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Ids of @list that are in @set, in the order of @list; a bit per id, as ids are dense. Of an id that no
 * notebook reaches (a damaged file) it is said that it is not there. */
static GArray *
intersect (GArray *list,
           GArray *set)
{
  GArray *both = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree guint8 *bits = NULL;
  gint64 top = 0;

  for (guint i = 0; i < set->len; i++)
    if (g_array_index (set, gint64, i) <= ANNALS_LIMIT_POST_ID)
      top = MAX (top, g_array_index (set, gint64, i));

  bits = g_malloc0 ((gsize) top / 8 + 1);
  for (guint i = 0; i < set->len; i++)
    {
      gint64 id = g_array_index (set, gint64, i);

      if (id >= 0 && id <= top)
        bits[id / 8] |= 1 << (id % 8);
    }

  for (guint i = 0; i < list->len; i++)
    {
      gint64 id = g_array_index (list, gint64, i);

      if (id >= 0 && id <= top && (bits[id / 8] & (1 << (id % 8))))
        g_array_append_val (both, id);
    }

  return both;
}

GArray *
annals_db_list_posts (AnnalsDb     *db,
                      AnnalsScope   scope,
                      gint64        scope_id,
                      const char   *match,
                      AnnalsOrder   order,
                      GError      **error)
{
  g_autoptr(GArray) in_scope = NULL;
  g_autoptr(GArray) fitting = NULL;
  gboolean ranked = match != NULL && order == ANNALS_ORDER_RELEVANCE;

  g_return_val_if_fail (db != NULL, NULL);

  if (match != NULL && !(fitting = annals_index_match (db, match, ranked, error)))
    return NULL;

  if (!(in_scope = list_scope (db, scope, scope_id, order, 0, error)))
    return NULL;

  if (fitting == NULL)
    return g_steal_pointer (&in_scope);

  return ranked ? intersect (fitting, in_scope) : intersect (in_scope, fitting);
}

GArray *
annals_db_list_first_posts (AnnalsDb     *db,
                            AnnalsOrder   order,
                            guint         limit,
                            GError      **error)
{
  g_return_val_if_fail (db != NULL && limit > 0, NULL);

  return list_scope (db, ANNALS_SCOPE_ALL, 0, order, limit, error);
}

/* --- rows --- */

#define SELECT_POST_WITH(lead_and_counts) \
  "SELECT post.id, post.uid, post.title, post.url, post.author, post.source, source.name, " \
  "  post.published, post.language, post.import, import.uid, post.place, post.read, post.starred, " \
  "  post.revision, revision.sha256, " lead_and_counts ", post.kind, source_text.import, " \
  "  (SELECT started FROM import AS fetching WHERE fetching.id = source_text.import) " \
  "FROM post JOIN revision ON revision.id = post.revision JOIN import ON import.id = post.import " \
  "JOIN revision AS source_text ON source_text.id = " ANNALS_REVISION_OF_TEXT ("revision") " " \
  "LEFT JOIN source ON source.id = post.source WHERE post.id = :id"

#define SELECT_POST \
  SELECT_POST_WITH ("substr (revision.text, 1, 281), " \
                    "(SELECT count(*) FROM annotation WHERE annotation.post = post.id), " \
                    "(SELECT count(DISTINCT event) FROM evidence WHERE evidence.post = post.id)")
/* Neither text nor other tables are read. */
#define SELECT_POST_FACTS SELECT_POST_WITH ("'', 0, 0")

static char *
lead_of (const char *text)
{
  const char *end = text;
  char *lead;
  gsize length;

  for (guint n = 0; n < LEAD_CHARS && *end != '\0'; n++)
    end = g_utf8_next_char (end);

  length = end - text;
  lead = g_strndup (text, length + (*end != '\0' ? strlen ("…") : 0));
  for (char *p = memchr (lead, '\n', length); p != NULL; p = memchr (p, '\n', lead + length - p))
    *p = ' ';
  if (*end != '\0')
    strcpy (lead + length, "…");

  return lead;
}

static AnnalsPost *
post_from_row (BorrowedStmt *stmt)
{
  AnnalsPost *self = g_new0 (AnnalsPost, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->title = column_dup_text (stmt, 2);
  self->url = column_dup_text (stmt, 3);
  self->author = column_dup_text (stmt, 4);
  self->source_id = column_int64 (stmt, 5);
  self->source = column_dup_text (stmt, 6);
  self->published = annals_db_date_of (column_text (stmt, 7));
  self->language = column_dup_text (stmt, 8);
  self->import_id = column_int64 (stmt, 9);
  self->import_uid = column_dup_text (stmt, 10);
  self->place = column_uint (stmt, 11);
  self->read = column_int64 (stmt, 12) != 0;
  self->starred = column_int64 (stmt, 13) != 0;
  self->revision_id = column_int64 (stmt, 14);
  self->sha256 = column_dup_text (stmt, 15);
  self->lead = lead_of (column_text (stmt, 16));
  self->n_annotations = column_uint (stmt, 17);
  self->n_events = column_uint (stmt, 18);
  if (!annals_post_kind_from_string (column_text (stmt, 19), &self->kind))
    self->kind = ANNALS_POST_OTHER;
  self->text_import_id = column_int64 (stmt, 20);
  self->fetched = column_int64 (stmt, 21);

  return self;
}

static gboolean
load_tags (AnnalsDb    *db,
           AnnalsPost  *post,
           GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) colours = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT name, colour FROM post_tag JOIN tag ON tag.id = post_tag.tag "
                                 "WHERE post = :id ORDER BY folded", error)))
    return FALSE;

  bind_int64 (stmt, ":id", post->id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_ptr_array_add (names, column_dup_text (stmt, 0));
      g_ptr_array_add (colours, column_dup_text (stmt, 1));
    }

  g_ptr_array_add (names, NULL);
  g_ptr_array_add (colours, NULL);
  post->tags = (char **) g_ptr_array_steal (names, NULL);
  post->tag_colours = (char **) g_ptr_array_steal (colours, NULL);

  return step == STEP_DONE;
}

static GPtrArray *
load_posts (AnnalsDb      *db,
            const char    *sql,
            const gint64  *ids,
            guint          n_ids,
            GError       **error)
{
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_post_free);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return NULL;

  for (guint i = 0; i < n_ids; i++)
    {
      AnnalsStep step;

      rewind_stmt (stmt);
      bind_int64 (stmt, ":id", ids[i]);
      step = annals_db_step (db, stmt, error);
      if (step == STEP_ERROR)
        return NULL;

      if (step == STEP_ROW)
        {
          AnnalsPost *post = post_from_row (stmt);

          g_ptr_array_add (posts, post);
          if (!load_tags (db, post, error))
            return NULL;
        }
    }

  return g_steal_pointer (&posts);
}

GPtrArray *
annals_db_load_posts (AnnalsDb      *db,
                      const gint64  *ids,
                      guint          n_ids,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  return load_posts (db, SELECT_POST, ids, n_ids, error);
}

GPtrArray *
annals_db_load_post_facts (AnnalsDb      *db,
                           const gint64  *ids,
                           guint          n_ids,
                           GError       **error)
{
  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  return load_posts (db, SELECT_POST_FACTS, ids, n_ids, error);
}

AnnalsPost *
annals_db_load_post (AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(GPtrArray) posts = annals_db_load_posts (db, &id, 1, error);

  if (posts == NULL)
    return NULL;

  if (posts->len == 0)
    {
      if (annals_db_require (db, ANNALS_RECORD_POST, id, error))
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                     _("The post with the number %" PRId64 " has lost its text"), id);
      return NULL;
    }

  return g_ptr_array_steal_index (posts, 0);
}

AnnalsText *
annals_db_load_text (AnnalsDb  *db,
                     gint64     post_id,
                     gint64     revision_id,
                     GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT text, spans FROM revision WHERE post = :post AND id = "
                                 "CASE :revision WHEN 0 THEN (SELECT revision FROM post WHERE id = :post) "
                                 "ELSE :revision END", error)))
    return NULL;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":revision", revision_id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      return annals_text_new_from_stored (column_raw_text (stmt, 0), column_raw_text (stmt, 1), error);

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("There is no text of the post with the number %" PRId64), post_id);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

GBytes *
annals_inflate_markup (GBytes  *deflated,
                       GError **error)
{
  g_autoptr(GByteArray) markup = g_byte_array_new ();
  z_stream stream = { 0 };
  guint8 piece[32768];
  gsize size;
  gconstpointer data = g_bytes_get_data (deflated, &size);
  int code = inflateInit (&stream);

  stream.next_in = (Bytef *) data;
  stream.avail_in = (uInt) size;
  while (code == Z_OK && markup->len <= ANNALS_LIMIT_MARKUP)
    {
      stream.next_out = piece;
      stream.avail_out = sizeof piece;
      code = inflate (&stream, Z_NO_FLUSH);
      g_byte_array_append (markup, piece, sizeof piece - stream.avail_out);
    }
  inflateEnd (&stream);

  if (code != Z_STREAM_END)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                           _("The original of this post is damaged"));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&markup));
}

GBytes *
annals_db_load_markup (AnnalsDb  *db,
                       gint64     revision_id,
                       char     **kind,
                       GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autoptr(GBytes) deflated = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT source.markup_kind, source.markup FROM revision JOIN revision AS source "
                                 "ON source.id = " ANNALS_REVISION_OF_TEXT ("revision") " WHERE revision.id = :id",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":id", revision_id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      if (kind != NULL)
        *kind = column_dup_text (stmt, 0);
      if (column_is_null (stmt, 1))
        return g_bytes_new (NULL, 0);
      deflated = column_dup_bytes (stmt, 1);
      return annals_inflate_markup (deflated, error);

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("There is no revision with the number %" PRId64), revision_id);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

GPtrArray *
annals_db_list_revisions (AnnalsDb  *db,
                          gint64     post_id,
                          GError   **error)
{
  g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_revision_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT revision.id, sha256, created, import, extent FROM revision "
                                 "JOIN import ON import.id = revision.import "
                                 "WHERE post = :id AND import.state = 'done' ORDER BY revision.id", error)))
    return NULL;

  bind_int64 (stmt, ":id", post_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsRevision *revision = g_new0 (AnnalsRevision, 1);

      revision->id = column_int64 (stmt, 0);
      revision->sha256 = column_dup_text (stmt, 1);
      revision->created = column_int64 (stmt, 2);
      revision->import_id = column_int64 (stmt, 3);
      revision->extent = MIN (column_uint (stmt, 4), ANNALS_EXTENT_WHOLE);
      g_ptr_array_add (revisions, revision);
    }

  return step == STEP_DONE ? g_steal_pointer (&revisions) : NULL;
}

/* --- the user's marks --- */

static gboolean
set_mark (AnnalsDb      *db,
          const char    *sql,
          const gint64  *ids,
          guint          n_ids,
          gboolean       value,
          GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_assert (db->door == ANNALS_DOOR_CHANGE);

  for (guint i = 0; i < n_ids; i++)
    if (!annals_db_require (db, ANNALS_RECORD_POST, ids[i], error))
      return FALSE;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  for (guint i = 0; i < n_ids; i++)
    {
      rewind_stmt (stmt);
      bind_int64 (stmt, ":value", value);
      bind_int64 (stmt, ":id", ids[i]);
      if (!annals_db_run (db, stmt, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_db_set_post_read (AnnalsDb      *db,
                         const gint64  *ids,
                         guint          n_ids,
                         gboolean       read,
                         GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return set_mark (db, "UPDATE post SET read = :value WHERE id = :id", ids, n_ids, read, error);
}

gboolean
annals_db_set_post_starred (AnnalsDb      *db,
                            const gint64  *ids,
                            guint          n_ids,
                            gboolean       starred,
                            GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return set_mark (db, "UPDATE post SET starred = :value WHERE id = :id", ids, n_ids, starred, error);
}

gboolean
annals_db_set_post_trashed (AnnalsDb      *db,
                            const gint64  *ids,
                            guint          n_ids,
                            gboolean       trashed,
                            GError       **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return set_mark (db, "UPDATE post SET trashed = :value WHERE id = :id", ids, n_ids, trashed, error);
}

/* --- the sidebar --- */

gboolean
annals_db_count (AnnalsDb      *db,
                 AnnalsCounts  *counts,
                 GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && counts != NULL, FALSE);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT count(*), count(*) FILTER (WHERE read = 0), "
                                 "count(*) FILTER (WHERE starred = 1), "
                                 "count(*) FILTER (WHERE id IN (SELECT post FROM annotation)), "
                                 "(SELECT count(*) FROM post WHERE withdrawn = 0 AND trashed = 1), "
                                 "(SELECT count(*) FROM annotation), (SELECT count(*) FROM event), "
                                 "(SELECT count(*) FROM import WHERE state = 'done'), "
                                 "(SELECT count(*) FROM tag), (SELECT count(*) FROM timeline), "
                                 "(SELECT count(*) FROM link), (SELECT count(*) FROM memo) "
                                 "FROM post WHERE " VISIBLE, error)))
    return FALSE;

  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  *counts = (AnnalsCounts) {
    .all = column_uint (stmt, 0),
    .unread = column_uint (stmt, 1),
    .starred = column_uint (stmt, 2),
    .annotated = column_uint (stmt, 3),
    .trashed = column_uint (stmt, 4),
    .annotations = column_uint (stmt, 5),
    .events = column_uint (stmt, 6),
    .imports = column_uint (stmt, 7),
    .tags = column_uint (stmt, 8),
    .timelines = column_uint (stmt, 9),
    .links = column_uint (stmt, 10),
    .memos = column_uint (stmt, 11),
  };

  return TRUE;
}

/* Those with most posts first. */
static int
compare_sources (gconstpointer a,
                 gconstpointer b)
{
  const AnnalsSource *one = *(AnnalsSource * const *) a;
  const AnnalsSource *two = *(AnnalsSource * const *) b;

  return one->n_posts != two->n_posts ? (one->n_posts < two->n_posts ? 1 : -1) : annals_collate (one->name, two->name);
}

GPtrArray *
annals_db_list_sources (AnnalsDb  *db,
                        GError   **error)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_source_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT source.id, source.name, count(*) AS n FROM post "
                                 "JOIN source ON source.id = post.source WHERE " VISIBLE
                                 " GROUP BY source.id", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsSource *source = g_new0 (AnnalsSource, 1);

      source->id = column_int64 (stmt, 0);
      source->name = column_dup_text (stmt, 1);
      source->n_posts = column_uint (stmt, 2);
      g_ptr_array_add (sources, source);
    }
  g_ptr_array_sort (sources, compare_sources);

  return step == STEP_DONE ? g_steal_pointer (&sources) : NULL;
}
