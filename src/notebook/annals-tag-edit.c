/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-tags-private.h"
#include "annals-text.h"

#define MAX_SYNONYMS 100
#define MAX_RULE 2000

static gboolean
insert_tag (AnnalsDb    *db,
            const char  *given_uid,
            const char  *name,
            const char  *folded,
            gint64       parent_id,
            gint64      *id,
            GError     **error)
{
  g_autofree char *uid = given_uid != NULL ? g_strdup (given_uid) : g_uuid_string_random ();
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
  gboolean by_synonym;

  g_return_val_if_fail (db != NULL && name != NULL && id != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  names = g_strsplit (name, "/", -1);
  if (g_strv_length (names) > ANNALS_TAG_MAX_DEPTH)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("Tags can be nested %d deep at most"), ANNALS_TAG_MAX_DEPTH);
      return FALSE;
    }

  if (names[0] == NULL)
    return annals_db_clean_name ("", _("A tag's name"), ANNALS_TAG_MAX_NAME, error) != NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *clean = annals_db_clean_name (names[i], _("A tag's name"), ANNALS_TAG_MAX_NAME, error);
      g_autofree char *folded = NULL;

      if (clean == NULL)
        return FALSE;

      folded = annals_tag_fold (clean);
      if (!annals_tag_find_folded (db, folded, id, &by_synonym, error) ||
          (*id == 0 && !insert_tag (db, NULL, clean, folded, parent_id, id, error)))
        return FALSE;

      parent_id = *id;
    }

  return TRUE;
}

/* *name: as it is stored. FALSE too when another tag than @id has it. */
static char *
clean_free_name (AnnalsDb    *db,
                 gint64       id,
                 const char  *name,
                 const char  *what,
                 GError     **error)
{
  g_autofree char *clean = annals_db_clean_name (name, what, ANNALS_TAG_MAX_NAME, error);
  g_autofree char *folded = NULL;
  g_autofree char *owner = NULL;
  gboolean by_synonym;
  gint64 other;

  if (clean == NULL)
    return NULL;

  if (strchr (clean, '/') != NULL)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("A tag's name must not hold a “/”, which stands between a tag and the tags below it"));
      return NULL;
    }

  folded = annals_tag_fold (clean);
  if (!annals_tag_find_folded (db, folded, &other, &by_synonym, error))
    return NULL;

  if (other == 0 || other == id)
    return g_steal_pointer (&clean);

  if (!(owner = annals_tag_dup_name (db, other, error)))
    return NULL;

  if (by_synonym)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                 _("“%s” is another name of the tag “%s” already"), clean, owner);
  else
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                 _("There is a tag “%s” already"), owner);

  return NULL;
}

gboolean
annals_db_add_tag (AnnalsDb    *db,
                   const char  *uid,
                   const char  *name,
                   gint64      *id,
                   GError     **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (db != NULL && name != NULL && id != NULL, FALSE);
  g_return_val_if_fail (uid == NULL || g_uuid_string_is_valid (uid), FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(clean = clean_free_name (db, 0, name, _("A tag's name"), error)))
    return FALSE;

  folded = annals_tag_fold (clean);
  return insert_tag (db, uid, clean, folded, 0, id, error);
}

/* A tag's own name is no other name of it. */
static gboolean
drop_synonym (AnnalsDb    *db,
              gint64       id,
              const char  *name,
              GError     **error)
{
  g_autoptr(AnnalsTag) tag = annals_db_load_tag (db, id, error);
  g_autofree char *folded = annals_tag_fold (name);
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  if (tag == NULL)
    return FALSE;

  for (guint i = 0; tag->synonyms[i] != NULL; i++)
    {
      g_autofree char *synonym = annals_tag_fold (tag->synonyms[i]);

      if (!g_str_equal (synonym, folded))
        g_ptr_array_add (others, tag->synonyms[i]);
    }

  if (others->len == g_strv_length (tag->synonyms))
    return TRUE;

  g_ptr_array_add (others, NULL);
  return annals_db_set_tag_synonyms (db, id, (const char * const *) others->pdata, error);
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

  g_return_val_if_fail (db != NULL && name != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, id, error) ||
      !(clean = clean_free_name (db, id, name, _("A tag's name"), error)) ||
      !drop_synonym (db, id, clean, error) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE tag SET name = :name, folded = :folded, modified = :now "
                                 "WHERE id = :id AND name != :name", error)))
    return FALSE;

  folded = annals_tag_fold (clean);
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

/* --- the tree --- */

/* How far @id stands below the top; the length of its longest line of tags below it in *height. Rings of
 * a damaged file end at the limit. */
static gboolean
measure_tree (AnnalsDb  *db,
              gint64     id,
              gint64    *depth,
              gint64    *height,
              GError   **error)
{
  return annals_db_query_int64 (db,
                                "WITH RECURSIVE up (id, n) AS (SELECT parent, 1 FROM tag WHERE id = :id "
                                "UNION ALL SELECT tag.parent, n + 1 FROM tag JOIN up ON tag.id = up.id "
                                "WHERE n < 100) SELECT max (n) - 1 FROM up", id, 0, depth, error) &&
         annals_db_query_int64 (db,
                                "WITH RECURSIVE down (id, n) AS (VALUES (:id, 0) "
                                "UNION ALL SELECT tag.id, n + 1 FROM tag JOIN down ON tag.parent = down.id "
                                "WHERE n < 100) SELECT max (n) FROM down", id, 0, height, error);
}

/* Whether @id is @other or stands below it. */
gboolean
annals_tag_is_below (AnnalsDb  *db,
                     gint64     id,
                     gint64     other,
                     gboolean  *below,
                     GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "WITH RECURSIVE up (id) AS (VALUES (:id) "
                                 "UNION SELECT tag.parent FROM tag JOIN up ON tag.id = up.id "
                                 "WHERE tag.parent IS NOT NULL) SELECT 1 FROM up WHERE id = :other", error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  bind_int64 (stmt, ":other", other);
  step = annals_db_step (db, stmt, error);
  *below = step == STEP_ROW;

  return step != STEP_ERROR;
}

char *
annals_tag_dup_name (AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!annals_db_require (db, ANNALS_RECORD_TAG, id, error) ||
      !(stmt = annals_db_borrow (db, "SELECT name FROM tag WHERE id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  return annals_db_step (db, stmt, error) == STEP_ROW ? column_dup_text (stmt, 0) : NULL;
}

static gboolean
check_parent (AnnalsDb  *db,
              gint64     id,
              gint64     parent_id,
              GError   **error)
{
  g_autofree char *name = annals_tag_dup_name (db, id, error);
  g_autofree char *parent = NULL;
  gint64 depth, height, ignored;
  gboolean below;

  if (name == NULL || !(parent = annals_tag_dup_name (db, parent_id, error)) ||
      !annals_tag_is_below (db, parent_id, id, &below, error))
    return FALSE;

  if (below)
    {
      if (id == parent_id)
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                     _("“%s” cannot be below itself"), name);
      else
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                     _("“%s” cannot move below “%s”, which is below it"), name, parent);
      return FALSE;
    }

  if (!measure_tree (db, parent_id, &depth, &ignored, error) ||
      !measure_tree (db, id, &ignored, &height, error))
    return FALSE;

  if (depth + 1 + height >= ANNALS_TAG_MAX_DEPTH)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("Tags can be nested %d deep at most"), ANNALS_TAG_MAX_DEPTH);
      return FALSE;
    }

  return TRUE;
}

gboolean
annals_db_set_tag_parent (AnnalsDb  *db,
                          gint64     id,
                          gint64     parent_id,
                          GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, id, error) ||
      (parent_id != 0 && !check_parent (db, id, parent_id, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE tag SET parent = :parent, modified = :now "
                                 "WHERE id = :id AND parent IS NOT :parent", error)))
    return FALSE;

  bind_id (stmt, ":parent", parent_id);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

/* --- what else is said of a tag --- */

gboolean
annals_db_set_tag_description (AnnalsDb    *db,
                               gint64       id,
                               const char  *description,
                               GError     **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (db != NULL && description != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  clean = annals_db_clean_text (description);
  return annals_db_require (db, ANNALS_RECORD_TAG, id, error) &&
         annals_db_set_text (db, "UPDATE tag SET description = :value, modified = :now "
                                 "WHERE id = :id AND description != :value", id, clean, error);
}

static gboolean
add_synonym (AnnalsDb    *db,
             gint64       id,
             const char  *own,
             const char  *name,
             GHashTable  *seen,
             GPtrArray   *synonyms,
             GError     **error)
{
  g_autofree char *clean = clean_free_name (db, id, name, _("Another name of a tag"), error);
  g_autofree char *folded = NULL;

  if (clean == NULL)
    return FALSE;

  folded = annals_tag_fold (clean);
  if (!g_str_equal (folded, own) && g_hash_table_add (seen, g_steal_pointer (&folded)))
    g_ptr_array_add (synonyms, g_steal_pointer (&clean));

  return TRUE;
}

gboolean
annals_db_set_tag_synonyms (AnnalsDb            *db,
                            gint64               id,
                            const char * const  *synonyms,
                            GError             **error)
{
  g_autoptr(GPtrArray) clean = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = NULL;
  g_autofree char *own = NULL;
  g_autofree char *stored = NULL;

  g_return_val_if_fail (db != NULL && synonyms != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(name = annals_tag_dup_name (db, id, error)))
    return FALSE;

  own = annals_tag_fold (name);
  for (guint i = 0; synonyms[i] != NULL; i++)
    if (!add_synonym (db, id, own, synonyms[i], seen, clean, error))
      return FALSE;

  if (clean->len > MAX_SYNONYMS)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("A tag can have %d other names at most"), MAX_SYNONYMS);
      return FALSE;
    }

  g_ptr_array_add (clean, NULL);
  stored = g_strjoinv ("\n", (char **) clean->pdata);

  return annals_db_set_text (db, "UPDATE tag SET synonyms = :value, modified = :now "
                                 "WHERE id = :id AND synonyms != :value", id, stored, error);
}

gboolean
annals_db_set_tag_rule (AnnalsDb    *db,
                        gint64       id,
                        const char  *rule,
                        GError     **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (db != NULL && rule != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  clean = annals_text_normalize_line (rule, -1);
  if (g_utf8_strlen (clean, -1) > MAX_RULE)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("A tag's rule must not be longer than %d characters"), MAX_RULE);
      return FALSE;
    }

  /* What another rule looked at is nothing to this one. */
  return annals_db_require (db, ANNALS_RECORD_TAG, id, error) &&
         annals_db_set_text (db, "UPDATE tag SET rule = :value, rule_seen = 0, modified = :now "
                                 "WHERE id = :id AND rule != :value", id, clean, error);
}

gboolean
annals_db_set_tag_rule_seen (AnnalsDb  *db,
                             gint64     id,
                             GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_TAG, id, error) &&
         annals_db_run_for_id (db, "UPDATE tag SET rule_seen = (SELECT ifnull (max (id), 0) FROM post) "
                               "WHERE id = :id AND rule_seen != (SELECT ifnull (max (id), 0) FROM post)",
                               id, error);
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
