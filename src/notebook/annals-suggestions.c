/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-suggestions.h"

#include <glib/gi18n-lib.h>

#include "annals-db-private.h"

static const char * const decisions[] = { "added", "rejected", "later" };

void
annals_accepted_free (AnnalsAccepted *self)
{
  g_free (self->event_title);
  g_free (self);
}

static AnnalsDecision
decision_from_string (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (g_str_equal (decisions[i], nick))
      return i;

  /* the schema allows no other */
  return ANNALS_DECISION_LATER;
}

#define SELECT_DECIDED \
  "SELECT post, decision, decision = 'later' AND NOT EXISTS " \
  "  (SELECT 1 FROM import WHERE state = 'done' AND n_new > 0 AND started > suggestion.created) " \
  "FROM suggestion WHERE timeline = :id ORDER BY created DESC, post DESC"

/**
 * annals_db_list_decided:
 * @db: a connection
 * @timeline_id: a timeline
 *
 * Returns: (transfer full) (element-type AnnalsDecided): what was decided, the last first; %NULL on an error
 */
GArray *
annals_db_list_decided (AnnalsDb  *db,
                        gint64     timeline_id,
                        GError   **error)
{
  g_autoptr(GArray) decided = g_array_new (FALSE, FALSE, sizeof (AnnalsDecided));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_DECIDED, error)))
    return NULL;

  bind_int64 (stmt, ":id", timeline_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsDecided one = { column_int64 (stmt, 0), decision_from_string (column_text (stmt, 1)),
                            column_int64 (stmt, 2) != 0 };

      g_array_append_val (decided, one);
    }

  return step == STEP_DONE ? g_steal_pointer (&decided) : NULL;
}

/* One row for each post, of the last event that cites it. One whose event was deleted is none of them: it is not
 * suggested again, but teaches nothing. */
#define SELECT_ACCEPTED \
  "SELECT post, event, (SELECT title FROM event WHERE id = last.event) FROM " \
  "  (SELECT evidence.post, max (evidence.event) AS event, max (evidence.created) AS created FROM evidence " \
  "   JOIN timeline_event ON timeline_event.event = evidence.event AND timeline_event.timeline = :id " \
  "   GROUP BY evidence.post) AS last " \
  "ORDER BY created DESC, post DESC"

/**
 * annals_db_list_accepted:
 * @db: a connection
 * @timeline_id: a timeline
 *
 * Returns: (transfer full) (element-type AnnalsAccepted): the posts that belong to it; %NULL on an error
 */
GPtrArray *
annals_db_list_accepted (AnnalsDb  *db,
                         gint64     timeline_id,
                         GError   **error)
{
  g_autoptr(GPtrArray) accepted = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_accepted_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_ACCEPTED, error)))
    return NULL;

  bind_int64 (stmt, ":id", timeline_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsAccepted *one = g_new0 (AnnalsAccepted, 1);

      one->post_id = column_int64 (stmt, 0);
      one->event_id = column_int64 (stmt, 1);
      one->event_title = column_dup_text (stmt, 2);
      g_ptr_array_add (accepted, one);
    }

  return step == STEP_DONE ? g_steal_pointer (&accepted) : NULL;
}

/* --- changes --- */

static gboolean
is_cited (AnnalsDb  *db,
          gint64     timeline_id,
          gint64     post_id,
          gboolean  *cited,
          GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT 1 FROM evidence JOIN timeline_event USING (event) "
                                 "WHERE post = :post AND timeline = :timeline", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":timeline", timeline_id);
  step = annals_db_step (db, stmt, error);
  *cited = step == STEP_ROW;

  return step != STEP_ERROR;
}

static gboolean
add_event (AnnalsDb  *db,
           gint64     timeline_id,
           gint64     post_id,
           gint64    *event_id,
           GError   **error)
{
  gboolean cited;

  if (!is_cited (db, timeline_id, post_id, &cited, error))
    return FALSE;

  if (!cited)
    return annals_db_add_event_of_post (db, timeline_id, post_id, event_id, error);

  g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                       _("An event of this timeline cites the post already"));
  return FALSE;
}

/**
 * annals_db_decide:
 * @db: a connection inside the one door
 * @timeline_id: a timeline
 * @post_id: the post that was suggested for it
 * @decision: what becomes of it
 * @event_id: (out) (nullable): the event that was made of it; 0: none
 *
 * Returns: %FALSE on an error
 */
gboolean
annals_db_decide (AnnalsDb        *db,
                  gint64           timeline_id,
                  gint64           post_id,
                  AnnalsDecision   decision,
                  gint64          *event_id,
                  GError         **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 event = 0;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TIMELINE, timeline_id, error) ||
      !annals_db_require (db, ANNALS_RECORD_POST, post_id, error) ||
      (decision == ANNALS_DECISION_ADDED && !add_event (db, timeline_id, post_id, &event, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO suggestion (timeline, post, decision, created, author) "
                                 "VALUES (:timeline, :post, :decision, :now, :author) "
                                 "ON CONFLICT (timeline, post) DO UPDATE SET decision = excluded.decision, "
                                 "created = excluded.created, author = excluded.author", error)))
    return FALSE;

  bind_int64 (stmt, ":timeline", timeline_id);
  bind_int64 (stmt, ":post", post_id);
  bind_text (stmt, ":decision", decisions[decision]);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  if (event_id != NULL)
    *event_id = event;
  return TRUE;
}
