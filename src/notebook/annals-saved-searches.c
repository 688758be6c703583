/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-saved-searches.h"

#include <glib/gi18n-lib.h>

#include "annals-db-private.h"

#define MAX_NAME 200

void
annals_saved_search_free (AnnalsSavedSearch *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->query);
  g_free (self);
}

#define SELECT_SEARCH "SELECT id, uid, name, query, seen FROM saved_search "

static AnnalsSavedSearch *
search_from_row (BorrowedStmt *stmt)
{
  AnnalsSavedSearch *self = g_new0 (AnnalsSavedSearch, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->name = column_dup_text (stmt, 2);
  self->query = column_dup_text (stmt, 3);
  self->seen = column_int64 (stmt, 4);

  return self;
}

GPtrArray *
annals_db_list_saved_searches (AnnalsDb  *db,
                               GError   **error)
{
  g_autoptr(GPtrArray) searches = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_saved_search_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_SEARCH "ORDER BY position, id", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (searches, search_from_row (stmt));

  return step == STEP_DONE ? g_steal_pointer (&searches) : NULL;
}

AnnalsSavedSearch *
annals_db_load_saved_search (AnnalsDb  *db,
                             gint64     id,
                             GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!annals_db_require (db, ANNALS_RECORD_SAVED_SEARCH, id, error) ||
      !(stmt = annals_db_borrow (db, SELECT_SEARCH "WHERE id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);

  return annals_db_step (db, stmt, error) == STEP_ROW ? search_from_row (stmt) : NULL;
}

#define LAST_POST "(SELECT ifnull (max (id), 0) FROM post)"

gboolean
annals_db_add_saved_search (AnnalsDb    *db,
                            const char  *name,
                            const char  *query,
                            gint64      *id,
                            GError     **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *uid = g_uuid_string_random ();
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && query != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(clean = annals_db_clean_name (name, _("search"), MAX_NAME, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO saved_search (uid, name, query, position, seen, created, modified, author) "
                                 "VALUES (:uid, :name, :query, "
                                 "(SELECT ifnull (max (position) + 1, 0) FROM saved_search), " LAST_POST ", "
                                 ":now, :now, :author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_text (stmt, ":name", clean);
  bind_text (stmt, ":query", query);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  if (id != NULL)
    *id = annals_db_last_id (db);

  return TRUE;
}

gboolean
annals_db_set_saved_search (AnnalsDb    *db,
                            gint64       id,
                            const char  *name,
                            const char  *query,
                            GError     **error)
{
  g_autofree char *clean = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_SAVED_SEARCH, id, error) ||
      (name != NULL && !(clean = annals_db_clean_name (name, _("search"), MAX_NAME, error))) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE saved_search SET name = ifnull (:name, name), query = ifnull (:query, query), "
                                 "modified = :now WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":name", clean);
  bind_text (stmt, ":query", query);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_delete_saved_search (AnnalsDb  *db,
                               gint64     id,
                               GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_SAVED_SEARCH, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM saved_search WHERE id = :id", id, error);
}

gboolean
annals_db_see_saved_search (AnnalsDb  *db,
                            gint64     id,
                            GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_run_for_id (db,
                               "UPDATE saved_search SET seen = " LAST_POST " WHERE id = :id AND seen != " LAST_POST,
                               id, error);
}
