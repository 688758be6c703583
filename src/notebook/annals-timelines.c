/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-collation.h"
#include "annals-db-private.h"
#include "annals-text.h"

#define MAX_TITLE 500
#define MAX_LANE 200

void
annals_lane_free (AnnalsLane *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->colour);
  g_free (self);
}

void
annals_timeline_free (AnnalsTimeline *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->description);
  g_free (self->colour);
  g_free (self->rule);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_free (self);
}

#define FACTS "SELECT id, uid, title, description, colour, rule"

/* An open start or end of any event leaves that bound to the others: the widest that is known. */
#define SELECT_TIMELINE \
  FACTS ", " \
  "  (SELECT count(*) FROM timeline_event WHERE timeline = timeline.id), " \
  "  (SELECT count(DISTINCT post) FROM evidence JOIN timeline_event USING (event) " \
  "   WHERE timeline = timeline.id), " \
  "  (SELECT min(date_from) FROM event JOIN timeline_event ON event = event.id WHERE timeline = timeline.id), " \
  "  (SELECT max(date_to) FROM event JOIN timeline_event ON event = event.id WHERE timeline = timeline.id) " \
  "FROM timeline "

static AnnalsTimeline *
timeline_from_row (BorrowedStmt *stmt)
{
  AnnalsTimeline *self = g_new0 (AnnalsTimeline, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->title = column_dup_text (stmt, 2);
  self->description = column_dup_text (stmt, 3);
  self->colour = column_dup_text (stmt, 4);
  self->rule = column_dup_text (stmt, 5);
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_lane_free);

  return self;
}

static void
read_counts (AnnalsTimeline *self,
             BorrowedStmt   *stmt)
{
  self->n_events = column_uint (stmt, 6);
  self->n_posts = column_uint (stmt, 7);
  self->has_from = !column_is_null (stmt, 8);
  self->has_to = !column_is_null (stmt, 9);
  self->from = column_int64 (stmt, 8);
  self->to = column_int64 (stmt, 9);
}

static gboolean
load_lanes (AnnalsDb        *db,
            AnnalsTimeline  *self,
            GError         **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT id, uid, name, colour FROM lane WHERE timeline = :id "
                                 "ORDER BY position, id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", self->id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsLane *lane = g_new0 (AnnalsLane, 1);

      lane->id = column_int64 (stmt, 0);
      lane->uid = column_dup_text (stmt, 1);
      lane->name = column_dup_text (stmt, 2);
      lane->colour = column_dup_text (stmt, 3);
      g_ptr_array_add (self->lanes, lane);
    }

  return step == STEP_DONE;
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const AnnalsTimeline *one = *(AnnalsTimeline * const *) a;
  const AnnalsTimeline *two = *(AnnalsTimeline * const *) b;
  int order = annals_collate (one->title, two->title);

  return order != 0 ? order : strcmp (one->uid, two->uid);
}

GPtrArray *
annals_db_list_timelines (AnnalsDb  *db,
                          GError   **error)
{
  g_autoptr(GPtrArray) timelines = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_timeline_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_TIMELINE, error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsTimeline *timeline = timeline_from_row (stmt);

      read_counts (timeline, stmt);
      g_ptr_array_add (timelines, timeline);
      if (!load_lanes (db, timeline, error))
        return NULL;
    }
  g_ptr_array_sort (timelines, compare_titles);

  return step == STEP_DONE ? g_steal_pointer (&timelines) : NULL;
}

static AnnalsTimeline *
load (AnnalsDb  *db,
      gint64     id,
      gboolean   counts,
      GError   **error)
{
  g_autoptr(AnnalsTimeline) timeline = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, counts ? SELECT_TIMELINE "WHERE id = :id" : FACTS " FROM timeline WHERE id = :id",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      timeline = timeline_from_row (stmt);
      if (counts)
        read_counts (timeline, stmt);
      return load_lanes (db, timeline, error) ? g_steal_pointer (&timeline) : NULL;

    case STEP_DONE:
      annals_db_require (db, ANNALS_RECORD_TIMELINE, id, error);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

AnnalsTimeline *
annals_db_load_timeline (AnnalsDb  *db,
                         gint64     id,
                         GError   **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return load (db, id, TRUE, error);
}

AnnalsTimeline *
annals_db_load_timeline_facts (AnnalsDb  *db,
                               gint64     id,
                               GError   **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return load (db, id, FALSE, error);
}

/* --- changes --- */

gboolean
annals_db_add_timeline (AnnalsDb    *db,
                        const char  *title,
                        const char  *description,
                        const char  *colour,
                        const char  *rule,
                        gint64      *id,
                        GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *clean_description = annals_db_clean_text (description);
  g_autofree char *clean_rule = annals_text_normalize_line (rule, -1);
  g_autofree char *clean = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 n;

  g_return_val_if_fail (db != NULL && title != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(clean = annals_db_clean_name (title, _("A timeline's title"), MAX_TITLE, error)) ||
      !annals_db_query_int64 (db, "SELECT count(*) FROM timeline", 0, 0, &n, error) ||
      !(colour = annals_db_clean_colour (colour, (guint) n + 1, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO timeline (uid, title, description, colour, rule, created, "
                                 "modified, author) VALUES (:uid, :title, :description, :colour, :rule, "
                                 ":now, :now, :author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_text (stmt, ":title", clean);
  bind_text (stmt, ":description", clean_description);
  bind_text (stmt, ":colour", colour);
  bind_text (stmt, ":rule", clean_rule);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  if (id != NULL)
    *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_set_timeline (AnnalsDb    *db,
                        gint64       id,
                        const char  *title,
                        const char  *description,
                        const char  *colour,
                        const char  *rule,
                        GError     **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *clean_description = NULL;
  g_autofree char *clean_rule = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TIMELINE, id, error) ||
      (title != NULL &&
       !(clean = annals_db_clean_name (title, _("A timeline's title"), MAX_TITLE, error))) ||
      (colour != NULL && !(colour = annals_db_clean_colour (colour, 0, error))) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE timeline SET title = coalesce(:title, title), "
                                 "description = coalesce(:description, description), "
                                 "colour = coalesce(:colour, colour), rule = coalesce(:rule, rule), "
                                 "modified = :now WHERE id = :id", error)))
    return FALSE;

  if (description != NULL)
    clean_description = annals_db_clean_text (description);
  if (rule != NULL)
    clean_rule = annals_text_normalize_line (rule, -1);
  bind_text (stmt, ":title", clean);
  bind_text (stmt, ":description", clean_description);
  bind_text (stmt, ":colour", colour);
  bind_text (stmt, ":rule", clean_rule);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

/* events that are in this timeline and no other */
#define ONLY_HERE \
  "(SELECT event FROM timeline_event AS here WHERE timeline = :id AND NOT EXISTS " \
  "  (SELECT 1 FROM timeline_event AS other WHERE other.event = here.event AND other.timeline != :id))"

gboolean
annals_db_delete_timeline (AnnalsDb  *db,
                           gint64     id,
                           GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_TIMELINE, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM evidence WHERE event IN " ONLY_HERE, id, error) &&
         annals_db_exec (db, "CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY); "
                             "DELETE FROM temp.doomed", error) &&
         annals_db_run_for_id (db, "INSERT INTO temp.doomed SELECT event FROM " ONLY_HERE, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM timeline_event WHERE timeline = :id", id, error) &&
         annals_db_exec (db, "DELETE FROM event_tag WHERE event IN (SELECT id FROM temp.doomed);"
                             "DELETE FROM link WHERE from_kind = 'event' AND from_id IN (SELECT id FROM temp.doomed);"
                             "DELETE FROM link WHERE to_kind = 'event' AND to_id IN (SELECT id FROM temp.doomed);"
                             "DELETE FROM event WHERE id IN (SELECT id FROM temp.doomed)", error) &&
         annals_db_run_for_id (db, "DELETE FROM suggestion WHERE timeline = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM lane WHERE timeline = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM timeline WHERE id = :id", id, error);
}

static gboolean
find_lane (AnnalsDb    *db,
           gint64       timeline_id,
           const char  *name,
           gint64      *id,
           GError     **error)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *id = 0;
  if (!(stmt = annals_db_borrow (db, "SELECT id, name FROM lane WHERE timeline = :id ORDER BY position",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":id", timeline_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autofree char *candidate = g_utf8_casefold (column_text (stmt, 1), -1);

      if (g_str_equal (candidate, folded))
        {
          *id = column_int64 (stmt, 0);
          return TRUE;
        }
    }

  return step == STEP_DONE;
}

gboolean
annals_db_ensure_lane (AnnalsDb    *db,
                       gint64       timeline_id,
                       const char  *name,
                       const char  *colour,
                       gint64      *id,
                       GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *clean = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 position;

  g_return_val_if_fail (db != NULL && name != NULL && id != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TIMELINE, timeline_id, error) ||
      !(clean = annals_db_clean_name (name, _("A lane's name"), MAX_LANE, error)) ||
      !find_lane (db, timeline_id, clean, id, error))
    return FALSE;

  if (*id != 0)
    return TRUE;

  if (!annals_db_query_int64 (db, "SELECT max(position) + 1 FROM lane WHERE timeline = :id", timeline_id, 0,
                              &position, error) ||
      !(colour = annals_db_clean_colour (colour, (guint) position, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO lane (uid, timeline, name, colour, position, created, modified, "
                                 "author) VALUES (:uid, :timeline, :name, :colour, :position, :now, :now, "
                                 ":author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":timeline", timeline_id);
  bind_text (stmt, ":name", clean);
  bind_text (stmt, ":colour", colour);
  bind_int64 (stmt, ":position", position);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_set_lane (AnnalsDb    *db,
                    gint64       id,
                    const char  *name,
                    const char  *colour,
                    GError     **error)
{
  g_autofree char *clean = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 timeline_id, other = 0;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_LANE, id, error) ||
      !annals_db_query_int64 (db, "SELECT timeline FROM lane WHERE id = :id", id, 0, &timeline_id, error) ||
      (name != NULL &&
       (!(clean = annals_db_clean_name (name, _("A lane's name"), MAX_LANE, error)) ||
        !find_lane (db, timeline_id, clean, &other, error))) ||
      (colour != NULL && !(colour = annals_db_clean_colour (colour, 0, error))))
    return FALSE;

  if (other != 0 && other != id)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                   _("This timeline has a lane “%s” already"), clean);
      return FALSE;
    }

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE lane SET name = coalesce(:name, name), "
                                 "colour = coalesce(:colour, colour), modified = :now WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":name", clean);
  bind_text (stmt, ":colour", colour);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_move_lane (AnnalsDb  *db,
                     gint64     id,
                     guint      position,
                     GError   **error)
{
  g_autoptr(AnnalsTimeline) timeline = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 timeline_id;
  guint next = 0;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_LANE, id, error) ||
      !annals_db_query_int64 (db, "SELECT timeline FROM lane WHERE id = :id", id, 0, &timeline_id, error) ||
      !(timeline = annals_db_load_timeline (db, timeline_id, error)) ||
      !(stmt = annals_db_borrow (db, "UPDATE lane SET position = :position WHERE id = :id", error)))
    return FALSE;

  position = MIN (position, timeline->lanes->len - 1);
  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = timeline->lanes->pdata[i];
      guint place;

      if (lane->id != id && next == position)
        next++;
      place = lane->id == id ? position : next++;

      rewind_stmt (stmt);
      bind_int64 (stmt, ":position", place);
      bind_int64 (stmt, ":id", lane->id);
      if (!annals_db_run (db, stmt, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_db_delete_lane (AnnalsDb  *db,
                       gint64     id,
                       GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_LANE, id, error) &&
         annals_db_run_for_id (db, "UPDATE timeline_event SET lane = NULL WHERE lane = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM lane WHERE id = :id", id, error);
}
