/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tags-private.h"

static gboolean
run_pair (AnnalsDb      *db,
          BorrowedStmt  *stmt,
          gint64         tag_id,
          gint64         other_id,
          GError       **error)
{
  rewind_stmt (stmt);
  bind_int64 (stmt, ":tag", tag_id);
  bind_int64 (stmt, ":other", other_id);

  return annals_db_run (db, stmt, error);
}

static gboolean
bind_who (AnnalsDb      *db,
          BorrowedStmt  *stmt)
{
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);

  return TRUE;
}

gboolean
annals_db_tag_posts (AnnalsDb      *db,
                     gint64         tag_id,
                     const gint64  *post_ids,
                     guint          n,
                     GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && (post_ids != NULL || n == 0), FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, tag_id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO post_tag (post, tag, created, author) "
                                 "VALUES (:other, :tag, :now, :author) ON CONFLICT DO NOTHING", error)) ||
      !bind_who (db, stmt))
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (!annals_db_require (db, ANNALS_RECORD_POST, post_ids[i], error) ||
        !run_pair (db, stmt, tag_id, post_ids[i], error))
      return FALSE;

  return TRUE;
}

gboolean
annals_db_untag_posts (AnnalsDb      *db,
                       gint64         tag_id,
                       const gint64  *post_ids,
                       guint          n,
                       GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && (post_ids != NULL || n == 0), FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, tag_id, error) ||
      !(stmt = annals_db_borrow (db, "DELETE FROM post_tag WHERE post = :other AND tag = :tag", error)))
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (!run_pair (db, stmt, tag_id, post_ids[i], error))
      return FALSE;

  return TRUE;
}

gboolean
annals_db_tag_annotation (AnnalsDb  *db,
                          gint64     tag_id,
                          gint64     annotation_id,
                          GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_TAG, tag_id, error) &&
         annals_db_require (db, ANNALS_RECORD_ANNOTATION, annotation_id, error) &&
         (stmt = annals_db_borrow (db,
                                   "INSERT INTO annotation_tag (annotation, tag, created, author) "
                                   "VALUES (:other, :tag, :now, :author) ON CONFLICT DO NOTHING",
                                   error)) != NULL &&
         bind_who (db, stmt) &&
         run_pair (db, stmt, tag_id, annotation_id, error);
}

gboolean
annals_db_untag_annotation (AnnalsDb  *db,
                            gint64     tag_id,
                            gint64     annotation_id,
                            GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return (stmt = annals_db_borrow (db, "DELETE FROM annotation_tag WHERE annotation = :other AND tag = :tag",
                                   error)) != NULL &&
         run_pair (db, stmt, tag_id, annotation_id, error);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  gint64 x = ((const AnnalsTagCount *) a)->tag_id;
  gint64 y = ((const AnnalsTagCount *) b)->tag_id;

  return (x > y) - (x < y);
}

static gboolean
count_one (AnnalsDb      *db,
           BorrowedStmt  *stmt,
           gint64         id,
           GHashTable    *places,
           GArray        *counts,
           GError       **error)
{
  AnnalsStep step;

  rewind_stmt (stmt);
  bind_int64 (stmt, ":id", id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 tag = column_int64 (stmt, 0);
      gpointer place = g_hash_table_lookup (places, &tag);

      if (place == NULL)
        {
          AnnalsTagCount count = { tag, 0 };

          g_array_append_val (counts, count);
          place = GUINT_TO_POINTER (counts->len);   /* from 1 */
          g_hash_table_insert (places, g_memdup2 (&tag, sizeof tag), place);
        }

      g_array_index (counts, AnnalsTagCount, GPOINTER_TO_UINT (place) - 1).n_posts++;
    }

  return step == STEP_DONE;
}

/* @sql: the tags of :id */
static GArray *
count_tags (AnnalsDb      *db,
            const char    *sql,
            const gint64  *ids,
            guint          n,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (AnnalsTagCount));
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return NULL;

  for (guint i = 0; i < n; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !count_one (db, stmt, ids[i], places, counts, error))
      return NULL;

  g_array_sort (counts, compare_counts);

  return g_steal_pointer (&counts);
}

GArray *
annals_db_count_tags_on_posts (AnnalsDb      *db,
                               const gint64  *post_ids,
                               guint          n,
                               GCancellable  *cancellable,
                               GError       **error)
{
  g_return_val_if_fail (db != NULL && (post_ids != NULL || n == 0), NULL);

  return count_tags (db, "SELECT tag FROM post_tag WHERE post = :id", post_ids, n, cancellable, error);
}

GArray *
annals_db_count_tags_on_annotations (AnnalsDb      *db,
                                     const gint64  *annotation_ids,
                                     guint          n,
                                     GCancellable  *cancellable,
                                     GError       **error)
{
  g_return_val_if_fail (db != NULL && (annotation_ids != NULL || n == 0), NULL);

  return count_tags (db, "SELECT tag FROM annotation_tag WHERE annotation = :id", annotation_ids, n, cancellable,
                     error);
}

GArray *
annals_db_list_untagged (AnnalsDb  *db,
                         gint64     tag_id,
                         GArray    *post_ids,
                         GError   **error)
{
  g_autoptr(GArray) lacking = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) carrying = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && post_ids != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, "SELECT post FROM post_tag WHERE tag = :tag", error)))
    return NULL;

  bind_int64 (stmt, ":tag", tag_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 post = column_int64 (stmt, 0);

      g_hash_table_add (carrying, g_memdup2 (&post, sizeof post));
    }
  if (step == STEP_ERROR)
    return NULL;

  for (guint i = 0; i < post_ids->len; i++)
    if (!g_hash_table_contains (carrying, &g_array_index (post_ids, gint64, i)))
      g_array_append_val (lacking, g_array_index (post_ids, gint64, i));

  return g_steal_pointer (&lacking);
}

GArray *
annals_db_list_tagged (AnnalsDb  *db,
                       gint64     tag_id,
                       GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post_tag.post FROM post_tag CROSS JOIN post ON post.id = post_tag.post "
                                 "WHERE tag = :tag AND withdrawn = 0 AND trashed = 0 ORDER BY post_tag.post",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":tag", tag_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 post = column_int64 (stmt, 0);

      g_array_append_val (ids, post);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
