/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

void
annals_action_free (AnnalsAction *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_free (self);
}

/* reverted_by: by a step that is done; one that was undone took nothing back. */
#define SELECT_ACTION \
  "SELECT id, label, time, undone, import, reverts, " \
  "ifnull ((SELECT max (later.id) FROM history AS later INDEXED BY history_reverts " \
  "  WHERE later.reverts = history.id AND later.reverts != 0 AND later.undone = 0), 0) FROM history "

static AnnalsAction *
action_from_row (BorrowedStmt *stmt)
{
  AnnalsAction *self = g_new0 (AnnalsAction, 1);

  self->id = column_int64 (stmt, 0);
  self->label = column_dup_text (stmt, 1);
  self->time = column_int64 (stmt, 2);
  self->undone = column_int64 (stmt, 3) != 0;
  self->import_id = column_int64 (stmt, 4);
  self->reverts = column_int64 (stmt, 5);
  self->reverted_by = column_int64 (stmt, 6);

  return self;
}

GPtrArray *
annals_db_list_history (AnnalsDb  *db,
                        guint      limit,
                        GError   **error)
{
  g_autoptr(GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_action_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_ACTION "ORDER BY id DESC LIMIT :limit", error)))
    return NULL;

  bind_int64 (stmt, ":limit", limit > 0 ? (gint64) limit : -1);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (actions, action_from_row (stmt));

  return step == STEP_DONE ? g_steal_pointer (&actions) : NULL;
}

GArray *
annals_db_list_action_times (AnnalsDb      *db,
                             const char    *words,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (AnnalsActionTime));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && words != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 *words != '\0' ? "SELECT id, time, label FROM history ORDER BY id DESC"
                                                : "SELECT id, time, '' FROM history ORDER BY id DESC", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsActionTime one = { column_int64 (stmt, 0), column_int64 (stmt, 1) };

      if (*words == '\0' || g_str_match_string (words, column_text (stmt, 2), TRUE))
        g_array_append_val (times, one);
    }

  return step == STEP_DONE ? g_steal_pointer (&times) : NULL;
}

static AnnalsAction *
load_action (AnnalsDb  *db,
             gint64     id,
             GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, SELECT_ACTION "WHERE id = :id", error);

  if (stmt == NULL)
    return NULL;

  bind_int64 (stmt, ":id", id);

  return annals_db_step (db, stmt, error) == STEP_ROW ? action_from_row (stmt) : NULL;
}

GPtrArray *
annals_db_load_actions (AnnalsDb      *db,
                        const gint64  *ids,
                        guint          n_ids,
                        GError       **error)
{
  g_autoptr(GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_action_free);

  g_return_val_if_fail (db != NULL && (ids != NULL || n_ids == 0), NULL);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr(GError) failure = NULL;
      AnnalsAction *action = load_action (db, ids[i], &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (action != NULL)
        g_ptr_array_add (actions, action);
    }

  return g_steal_pointer (&actions);
}

gboolean
annals_history_require (AnnalsDb  *db,
                        gint64     id,
                        GError   **error)
{
  gint64 found;

  if (!annals_db_query_int64 (db, "SELECT 1 FROM history WHERE id = :id", id, 0, &found, error))
    return FALSE;

  if (found == 0)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                 _("The history has no step with the number %" PRId64), id);

  return found != 0;
}
