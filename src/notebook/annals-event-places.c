/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-events-private.h"

#include <glib/gi18n-lib.h>

#define EVENTS_OF_TIMELINE "(SELECT event FROM timeline_event WHERE timeline = :timeline) "

#define TAGS \
  "SELECT event, name FROM event_tag JOIN tag ON tag.id = event_tag.tag WHERE event "
#define OTHERS \
  "SELECT event, timeline.id, title FROM timeline_event JOIN timeline ON timeline.id = timeline_event.timeline " \
  "WHERE timeline != :timeline AND event "

void
annals_event_timeline_free (AnnalsEventTimeline *self)
{
  g_free (self->title);
  g_free (self);
}

static void
add_tag (AnnalsEvent  *event,
         BorrowedStmt *row)
{
  guint n = g_strv_length (event->tags);

  event->tags = g_renew (char *, event->tags, n + 2);
  event->tags[n] = column_dup_text (row, 1);
  event->tags[n + 1] = NULL;
}

static void
add_other (AnnalsEvent  *event,
           BorrowedStmt *row)
{
  AnnalsEventTimeline *other = g_new0 (AnnalsEventTimeline, 1);

  other->id = column_int64 (row, 1);
  other->title = column_dup_text (row, 2);
  g_ptr_array_add (event->others, other);
}

typedef void (*AddFunc) (AnnalsEvent  *event,
                         BorrowedStmt *row);

/* @events: id (gint64) → AnnalsEvent */
static gboolean
read_rows (AnnalsDb      *db,
           BorrowedStmt  *stmt,
           GHashTable    *events,
           AddFunc        add,
           GError       **error)
{
  AnnalsStep step;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      AnnalsEvent *event = g_hash_table_lookup (events, &id);

      if (event != NULL)
        add (event, stmt);
    }

  return step == STEP_DONE;
}

gboolean
annals_event_load_places (AnnalsDb     *db,
                          AnnalsEvent  *event,
                          gint64        timeline_id,
                          GError      **error)
{
  g_autoptr(GHashTable) events = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(BorrowedStmt) tags = NULL;
  g_autoptr(BorrowedStmt) others = NULL;

  if (!(tags = annals_db_borrow (db, TAGS "= :id ORDER BY folded", error)) ||
      !(others = annals_db_borrow (db, OTHERS "= :id ORDER BY title COLLATE NOCASE, timeline.id", error)))
    return FALSE;

  g_hash_table_insert (events, &event->id, event);
  bind_int64 (tags, ":id", event->id);
  bind_int64 (others, ":id", event->id);
  bind_int64 (others, ":timeline", timeline_id);

  return read_rows (db, tags, events, add_tag, error) && read_rows (db, others, events, add_other, error);
}

gboolean
annals_events_load_places (AnnalsDb   *db,
                           GPtrArray  *events,
                           gint64      timeline_id,
                           GError    **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(BorrowedStmt) tags = NULL;
  g_autoptr(BorrowedStmt) others = NULL;

  if (!(tags = annals_db_borrow (db, TAGS "IN " EVENTS_OF_TIMELINE "ORDER BY folded", error)) ||
      !(others = annals_db_borrow (db, OTHERS "IN " EVENTS_OF_TIMELINE
                                   "ORDER BY title COLLATE NOCASE, timeline.id", error)))
    return FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      AnnalsEvent *event = g_ptr_array_index (events, i);

      g_hash_table_insert (by_id, &event->id, event);
    }
  bind_int64 (tags, ":timeline", timeline_id);
  bind_int64 (others, ":timeline", timeline_id);

  return read_rows (db, tags, by_id, add_tag, error) && read_rows (db, others, by_id, add_other, error);
}

/* --- changes --- */

gboolean
annals_db_tag_event (AnnalsDb  *db,
                     gint64     tag_id,
                     gint64     event_id,
                     GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TAG, tag_id, error) ||
      !annals_db_require (db, ANNALS_RECORD_EVENT, event_id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO event_tag (event, tag, created, author) "
                                 "VALUES (:event, :tag, :now, :author) ON CONFLICT DO NOTHING", error)))
    return FALSE;

  bind_int64 (stmt, ":event", event_id);
  bind_int64 (stmt, ":tag", tag_id);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_untag_event (AnnalsDb  *db,
                       gint64     tag_id,
                       gint64     event_id,
                       GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_EVENT, event_id, error) ||
      !(stmt = annals_db_borrow (db, "DELETE FROM event_tag WHERE event = :event AND tag = :tag", error)))
    return FALSE;

  bind_int64 (stmt, ":event", event_id);
  bind_int64 (stmt, ":tag", tag_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_remove_event (AnnalsDb  *db,
                        gint64     id,
                        gint64     timeline_id,
                        GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 n_others;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_EVENT, id, error) ||
      !annals_db_query_int64 (db, "SELECT count(*) - 1 FROM timeline_event WHERE event = :id", id, 0, &n_others,
                              error))
    return FALSE;

  if (n_others < 1)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("The event is in no other timeline; it can be deleted, not removed"));
      return FALSE;
    }

  if (!(stmt = annals_db_borrow (db, "DELETE FROM timeline_event WHERE event = :id AND timeline = :timeline",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  bind_int64 (stmt, ":timeline", timeline_id);

  return annals_db_run (db, stmt, error);
}
