/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tags.h"

#include <string.h>

#include "annals-tags-private.h"

void
annals_tag_free (AnnalsTag *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->parent);
  g_free (self->colour);
  g_free (self->description);
  g_strfreev (self->synonyms);
  g_free (self->rule);
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
  "   CROSS JOIN post ON post.id = reached.post WHERE withdrawn = 0 AND trashed = 0), " \
  "  tag.synonyms, tag.rule, tag.rule_seen " \
  "FROM place JOIN tag ON tag.id = place.id LEFT JOIN tag AS up ON up.id = tag.parent "

char **
annals_tag_split_synonyms (const char *stored)
{
  return *stored != '\0' ? g_strsplit (stored, "\n", -1) : g_new0 (char *, 1);
}

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
  self->synonyms = annals_tag_split_synonyms (column_text (stmt, 11));
  self->rule = column_dup_text (stmt, 12);
  self->rule_seen = column_int64 (stmt, 13);

  return self;
}

GPtrArray *
annals_db_list_tags (AnnalsDb  *db,
                     GError   **error)
{
  g_autoptr(GPtrArray) tags = annals_db_list_tags_for_file (db, error);

  if (tags != NULL)
    annals_tags_sort (tags);

  return g_steal_pointer (&tags);
}

GPtrArray *
annals_db_list_tags_for_file (AnnalsDb  *db,
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

char *
annals_tag_fold (const char *name)
{
  g_autofree char *composed = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  composed = g_utf8_normalize (name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  folded = g_utf8_casefold (composed != NULL ? composed : "", -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static gboolean
has_synonym (const char *stored,
             const char *folded)
{
  g_auto(GStrv) synonyms = annals_tag_split_synonyms (stored);

  for (guint i = 0; synonyms[i] != NULL; i++)
    {
      g_autofree char *other = annals_tag_fold (synonyms[i]);

      if (g_str_equal (other, folded))
        return TRUE;
    }

  return FALSE;
}

static gboolean
find_by_synonym (AnnalsDb    *db,
                 const char  *folded,
                 gint64      *id,
                 GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT id, synonyms FROM tag WHERE synonyms != '' ORDER BY id", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    if (has_synonym (column_text (stmt, 1), folded))
      {
        *id = column_int64 (stmt, 0);
        return TRUE;
      }

  return step == STEP_DONE;
}

gboolean
annals_tag_find_folded (AnnalsDb    *db,
                        const char  *folded,
                        gint64      *id,
                        gboolean    *by_synonym,
                        GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *id = 0;
  *by_synonym = FALSE;
  if (!(stmt = annals_db_borrow (db, "SELECT id FROM tag WHERE folded = :folded", error)))
    return FALSE;

  bind_text (stmt, ":folded", folded);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);
  if (step != STEP_DONE)
    return step == STEP_ROW;

  if (!find_by_synonym (db, folded, id, error))
    return FALSE;

  *by_synonym = *id != 0;
  return TRUE;
}

gboolean
annals_db_find_tag (AnnalsDb    *db,
                    const char  *name,
                    gint64      *id,
                    GError     **error)
{
  g_autofree char *folded = NULL;
  gboolean by_synonym;

  g_return_val_if_fail (db != NULL && name != NULL && id != NULL, FALSE);

  if (annals_db_find (db, ANNALS_RECORD_TAG, name, id, NULL))
    return TRUE;

  folded = annals_tag_fold (name);
  if (!annals_tag_find_folded (db, folded, id, &by_synonym, error))
    return FALSE;

  return *id != 0 || annals_db_find (db, ANNALS_RECORD_TAG, name, id, error);
}
