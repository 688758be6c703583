/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tags.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-db-private.h"
#include "annals-text.h"

#define MAX_NAME 200
#define MAX_DEPTH 16

void
annals_tag_free (AnnalsTag *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->parent);
  g_free (self->colour);
  g_free (self->description);
  g_free (self);
}

/* 100: deeper than anybody nests; a tag beyond it, or in a ring of a damaged file, is shown at the top.
 * CROSS JOIN: else all posts are walked for each tag. */
#define SELECT_TAGS \
  "WITH RECURSIVE tree (id, depth, path) AS (" \
  "  SELECT id, 0, folded FROM tag WHERE parent IS NULL " \
  "  UNION ALL SELECT tag.id, depth + 1, path || char(31) || tag.folded FROM tag " \
  "  JOIN tree ON tag.parent = tree.id WHERE depth < 100), " \
  "place (id, depth, path) AS (SELECT id, depth, path FROM tree " \
  "  UNION ALL SELECT id, 0, folded FROM tag WHERE id NOT IN (SELECT id FROM tree)) " \
  "SELECT tag.id, tag.uid, tag.name, tag.parent, up.name, tag.colour, tag.description, depth, " \
  "  (SELECT count(*) FROM post_tag CROSS JOIN post ON post.id = post_tag.post " \
  "   WHERE tag = tag.id AND withdrawn = 0 AND trashed = 0), " \
  "  (SELECT count(*) FROM annotation_tag WHERE tag = tag.id), " \
  "  (SELECT count(DISTINCT reached.post) FROM (SELECT post_tag.post FROM post_tag WHERE tag = tag.id " \
  "   UNION ALL SELECT annotation.post FROM annotation_tag JOIN annotation " \
  "   ON annotation.id = annotation_tag.annotation WHERE tag = tag.id) AS reached " \
  "   CROSS JOIN post ON post.id = reached.post WHERE withdrawn = 0 AND trashed = 0) " \
  "FROM place JOIN tag ON tag.id = place.id LEFT JOIN tag AS up ON up.id = tag.parent "

static AnnalsTag *
tag_from_row (BorrowedStmt *stmt)
{
  AnnalsTag *self = g_new0 (AnnalsTag, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->name = column_dup_text (stmt, 2);
  self->parent_id = column_int64 (stmt, 3);
  self->parent = column_dup_text (stmt, 4);
  self->colour = column_dup_text (stmt, 5);
  self->description = column_dup_text (stmt, 6);
  self->depth = column_uint (stmt, 7);
  self->n_posts = column_uint (stmt, 8);
  self->n_annotations = column_uint (stmt, 9);
  self->n_reached = column_uint (stmt, 10);

  return self;
}

GPtrArray *
annals_db_list_tags (AnnalsDb  *db,
                     GError   **error)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_tag_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_TAGS "ORDER BY path", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (tags, tag_from_row (stmt));

  return step == STEP_DONE ? g_steal_pointer (&tags) : NULL;
}

AnnalsTag *
annals_db_load_tag (AnnalsDb  *db,
                    gint64     id,
                    GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_TAGS "WHERE tag.id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      return tag_from_row (stmt);

    case STEP_DONE:
      annals_db_require (db, ANNALS_RECORD_TAG, id, error);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

/* --- changes --- */

static char *
fold (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static gboolean
find_folded (AnnalsDb    *db,
             const char  *folded,
             gint64      *id,
             GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *id = 0;
  if (!(stmt = annals_db_borrow (db, "SELECT id FROM tag WHERE folded = :folded", error)))
    return FALSE;

  bind_text (stmt, ":folded", folded);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

static gboolean
insert_tag (AnnalsDb    *db,
            const char  *name,
            const char  *folded,
            gint64       parent_id,
            gint64      *id,
            GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autoptr(BorrowedStmt) stmt = NULL;
  const char *colour;
  gint64 n_tags;

  if (!annals_db_query_int64 (db, "SELECT count(*) FROM tag", 0, 0, &n_tags, error) ||
      !(colour = annals_db_clean_colour (NULL, (guint) n_tags, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO tag (uid, name, folded, parent, colour, description, synonyms, "
                                 "created, modified, author) VALUES (:uid, :name, :folded, :parent, "
                                 ":colour, '', '', :now, :now, :author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_text (stmt, ":name", name);
  bind_text (stmt, ":folded", folded);
  bind_id (stmt, ":parent", parent_id);
  bind_text (stmt, ":colour", colour);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_ensure_tag (AnnalsDb    *db,
                      const char  *name,
                      gint64      *id,
                      GError     **error)
{
  g_auto(GStrv) names = NULL;
  gint64 parent_id = 0;

  g_return_val_if_fail (db != NULL && name != NULL && id != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  names = g_strsplit (name, "/", -1);
  if (g_strv_length (names) > MAX_DEPTH)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("Tags can be nested %d deep at most"), MAX_DEPTH);
      return FALSE;
    }

  if (names[0] == NULL)
    return annals_db_clean_name ("", _("A tag's name"), MAX_NAME, error) != NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *clean = annals_db_clean_name (names[i], _("A tag's name"), MAX_NAME, error);
      g_autofree char *folded = NULL;

      if (clean == NULL)
        return FALSE;

      folded = fold (clean);
      if (!find_folded (db, folded, id, error) ||
          (*id == 0 && !insert_tag (db, clean, folded, parent_id, id, error)))
        return FALSE;

      parent_id = *id;
    }

  return TRUE;
}

gboolean
annals_db_rename_tag (AnnalsDb    *db,
                      gint64       id,
                      const char  *name,
                      GError     **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *folded = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 other;

  g_return_val_if_fail (db != NULL && name != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, id, error) ||
      !(clean = annals_db_clean_name (name, _("A tag's name"), MAX_NAME, error)))
    return FALSE;

  if (strchr (clean, '/') != NULL)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("A tag's name must not hold a “/”, which stands between a tag and the tags below it"));
      return FALSE;
    }

  folded = fold (clean);
  if (!find_folded (db, folded, &other, error))
    return FALSE;

  if (other != 0 && other != id)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                   _("There is a tag “%s” already"), clean);
      return FALSE;
    }

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE tag SET name = :name, folded = :folded, modified = :now "
                                 "WHERE id = :id AND name != :name", error)))
    return FALSE;

  bind_text (stmt, ":name", clean);
  bind_text (stmt, ":folded", folded);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_set_tag_colour (AnnalsDb    *db,
                          gint64       id,
                          const char  *colour,
                          GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && colour != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, id, error) ||
      !(colour = annals_db_clean_colour (colour, 0, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE tag SET colour = :colour, modified = :now "
                                 "WHERE id = :id AND colour != :colour", error)))
    return FALSE;

  bind_text (stmt, ":colour", colour);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_delete_tag (AnnalsDb  *db,
                      gint64     id,
                      GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_TAG, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM post_tag WHERE tag = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM annotation_tag WHERE tag = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM event_tag WHERE tag = :id", id, error) &&
         annals_db_run_for_id (db, "UPDATE tag SET parent = (SELECT parent FROM tag WHERE id = :id) "
                         "WHERE parent = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM tag WHERE id = :id", id, error);
}

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
