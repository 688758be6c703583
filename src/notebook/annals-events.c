/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-events-private.h"
#include "annals-posts.h"
#include "annals-text.h"

#define MAX_TITLE 500

static const char * const stances[] = { "supports", "contradicts" };

const char *
annals_stance_to_string (AnnalsStance stance)
{
  g_return_val_if_fail (stance < G_N_ELEMENTS (stances), NULL);

  return stances[stance];
}

gboolean
annals_stance_from_string (const char   *nick,
                           AnnalsStance *stance)
{
  for (guint i = 0; i < G_N_ELEMENTS (stances); i++)
    if (g_strcmp0 (stances[i], nick) == 0)
      {
        *stance = i;
        return TRUE;
      }

  return FALSE;
}

void
annals_evidence_free (AnnalsEvidence *self)
{
  g_free (self->uid);
  g_ref_string_release (self->post_uid);
  g_ref_string_release (self->post_title);
  g_ref_string_release (self->post_source);
  g_clear_pointer (&self->post_published, annals_date_unref);
  g_free (self->annotation_uid);
  g_free (self->annotation_note);
  g_free (self->colour);
  g_free (self->exact);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self->state);
  g_free (self->note);
  g_ref_string_release (self->origin);
  g_free (self);
}

void
annals_event_free (AnnalsEvent *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->account);
  g_clear_pointer (&self->date, annals_date_unref);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_strfreev (self->tags);
  g_free (self->author);
  g_free (self);
}

#define SELECT_EVENT \
  "SELECT event.id, event.uid, event.title, account, date, timeline_event.lane, created, modified, author " \
  "FROM event LEFT JOIN timeline_event ON timeline_event.event = event.id " \
  "  AND timeline_event.timeline = :timeline "

static AnnalsEvent *
event_from_row (BorrowedStmt *stmt)
{
  AnnalsEvent *self = g_new0 (AnnalsEvent, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->title = column_dup_text (stmt, 2);
  self->account = column_dup_text (stmt, 3);
  self->date = annals_db_date_of (column_text (stmt, 4));
  self->lane_id = column_int64 (stmt, 5);
  self->created = column_int64 (stmt, 6);
  self->modified = column_int64 (stmt, 7);
  self->author = column_dup_text (stmt, 8);
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_evidence_free);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_event_timeline_free);
  self->tags = g_new0 (char *, 1);

  return self;
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const AnnalsEvent *x = *(const AnnalsEvent * const *) a;
  const AnnalsEvent *y = *(const AnnalsEvent * const *) b;
  gint64 x_seconds, y_seconds;
  gboolean x_has, y_has;
  int order;

  /* FORMATS.md: from, to, title, uid. An open start comes first, an open end last, undated at the end. */
  order = annals_date_is_undated (x->date) - annals_date_is_undated (y->date);
  if (order != 0)
    return order;

  x_has = annals_date_get_from (x->date, &x_seconds);
  y_has = annals_date_get_from (y->date, &y_seconds);
  if (x_has != y_has)
    return x_has - y_has;
  if (x_has && x_seconds != y_seconds)
    return x_seconds < y_seconds ? -1 : 1;

  x_has = annals_date_get_to (x->date, &x_seconds);
  y_has = annals_date_get_to (y->date, &y_seconds);
  if (x_has != y_has)
    return y_has - x_has;
  if (x_has && x_seconds != y_seconds)
    return x_seconds < y_seconds ? -1 : 1;

  order = strcmp (x->title, y->title);
  return order != 0 ? order : strcmp (x->uid, y->uid);
}

GPtrArray *
annals_db_list_events (AnnalsDb  *db,
                       gint64     timeline_id,
                       GError   **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_event_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!annals_db_require (db, ANNALS_RECORD_TIMELINE, timeline_id, error) ||
      !(stmt = annals_db_borrow (db, SELECT_EVENT "WHERE timeline_event.timeline = :timeline", error)))
    return NULL;

  bind_int64 (stmt, ":timeline", timeline_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (events, event_from_row (stmt));

  if (step != STEP_DONE || !annals_events_load_evidence (db, events, timeline_id, error) ||
      !annals_events_load_places (db, events, timeline_id, error))
    return NULL;

  g_ptr_array_sort (events, compare_events);

  return g_steal_pointer (&events);
}

void
annals_event_tag_free (AnnalsEventTag *self)
{
  g_free (self->name);
  g_free (self);
}

GPtrArray *
annals_db_list_event_tags (AnnalsDb  *db,
                           gint64     timeline_id,
                           GError   **error)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_event_tag_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "WITH wanted (event) AS (SELECT event FROM timeline_event WHERE timeline = :timeline), "
                                 "found (event, tag) AS ("
                                 "SELECT event_tag.event, event_tag.tag FROM wanted JOIN event_tag USING (event) "
                                 "UNION SELECT wanted.event, post_tag.tag FROM wanted JOIN evidence USING (event) "
                                 "JOIN post_tag ON post_tag.post = evidence.post "
                                 "UNION SELECT wanted.event, annotation_tag.tag FROM wanted "
                                 "JOIN evidence USING (event) "
                                 "JOIN annotation_tag ON annotation_tag.annotation = evidence.annotation) "
                                 "SELECT found.event, tag.name FROM found JOIN tag ON tag.id = found.tag "
                                 "ORDER BY found.event, tag.name", error)))
    return NULL;

  bind_int64 (stmt, ":timeline", timeline_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsEventTag *tag = g_new0 (AnnalsEventTag, 1);

      tag->event_id = column_int64 (stmt, 0);
      tag->name = column_dup_text (stmt, 1);
      g_ptr_array_add (tags, tag);
    }

  return step == STEP_DONE ? g_steal_pointer (&tags) : NULL;
}

AnnalsEvent *
annals_db_load_event (AnnalsDb  *db,
                      gint64     id,
                      gint64     timeline_id,
                      GError   **error)
{
  g_autoptr(AnnalsEvent) event = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_EVENT "WHERE event.id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":timeline", timeline_id);
  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      event = event_from_row (stmt);
      if (!annals_event_load_evidence (db, event, error) || !annals_event_load_places (db, event, timeline_id, error))
        return NULL;
      return g_steal_pointer (&event);

    case STEP_DONE:
      annals_db_require (db, ANNALS_RECORD_EVENT, id, error);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

GArray *
annals_db_list_events_of_post (AnnalsDb  *db,
                               gint64     post_id,
                               GArray   **timeline_ids,
                               GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) timelines = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT event.id, (SELECT min(timeline) FROM timeline_event "
                                 "WHERE timeline_event.event = event.id) FROM event WHERE event.id IN "
                                 "(SELECT event FROM evidence WHERE post = :id) "
                                 "ORDER BY date_from, date_to, title, event.uid", error)))
    return NULL;

  bind_int64 (stmt, ":id", post_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      gint64 timeline_id = column_int64 (stmt, 1);

      g_array_append_val (ids, id);
      g_array_append_val (timelines, timeline_id);
    }

  if (step != STEP_DONE)
    return NULL;

  if (timeline_ids != NULL)
    *timeline_ids = g_steal_pointer (&timelines);
  return g_steal_pointer (&ids);
}

/* --- changes --- */

static void
bind_date (BorrowedStmt *stmt,
           AnnalsDate   *date)
{
  gint64 seconds;

  bind_text (stmt, ":date", annals_date_get_edtf (date));
  if (annals_date_get_from (date, &seconds))
    bind_int64 (stmt, ":from", seconds);
  if (annals_date_get_to (date, &seconds))
    bind_int64 (stmt, ":to", seconds);
}

/* A lane of another timeline would draw the event where nobody looks. */
static gboolean
check_lane (AnnalsDb  *db,
            gint64     lane_id,
            gint64     timeline_id,
            GError   **error)
{
  gint64 owner;

  if (lane_id == 0)
    return TRUE;

  if (!annals_db_require (db, ANNALS_RECORD_LANE, lane_id, error) ||
      !annals_db_query_int64 (db, "SELECT timeline FROM lane WHERE id = :id", lane_id, 0, &owner, error))
    return FALSE;

  if (owner != timeline_id)
    g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                         _("The lane belongs to another timeline"));

  return owner == timeline_id;
}

static gboolean
attach (AnnalsDb  *db,
        gint64     event_id,
        gint64     timeline_id,
        gint64     lane_id,
        GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO timeline_event (timeline, event, lane) "
                                 "VALUES (:timeline, :event, :lane) "
                                 "ON CONFLICT (timeline, event) DO UPDATE SET lane = excluded.lane", error)))
    return FALSE;

  bind_int64 (stmt, ":timeline", timeline_id);
  bind_int64 (stmt, ":event", event_id);
  bind_id (stmt, ":lane", lane_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_add_event (AnnalsDb    *db,
                     gint64       timeline_id,
                     gint64       lane_id,
                     AnnalsDate  *date,
                     const char  *title,
                     const char  *account,
                     gint64      *id,
                     GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *clean_account = annals_db_clean_text (account);
  g_autofree char *clean = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && date != NULL && title != NULL && id != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_TIMELINE, timeline_id, error) ||
      !check_lane (db, lane_id, timeline_id, error) ||
      !(clean = annals_db_clean_name (title, _("An event's title"), MAX_TITLE, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO event (uid, date, date_from, date_to, title, account, created, "
                                 "modified, author) VALUES (:uid, :date, :from, :to, :title, :account, "
                                 ":now, :now, :author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_date (stmt, date);
  bind_text (stmt, ":title", clean);
  bind_text (stmt, ":account", clean_account);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return attach (db, *id, timeline_id, lane_id, error);
}

static gboolean
set_date (AnnalsDb    *db,
          gint64       id,
          AnnalsDate  *date,
          GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE event SET date = :date, date_from = :from, date_to = :to, "
                                 "modified = :now WHERE id = :id AND date != :date", error)))
    return FALSE;

  bind_date (stmt, date);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_set_event (AnnalsDb    *db,
                     gint64       id,
                     AnnalsDate  *date,
                     const char  *title,
                     const char  *account,
                     GError     **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *clean_account = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_EVENT, id, error) ||
      (title != NULL && !(clean = annals_db_clean_name (title, _("An event's title"), MAX_TITLE, error))))
    return FALSE;

  if (account != NULL)
    clean_account = annals_db_clean_text (account);

  return (date == NULL || set_date (db, id, date, error)) &&
         (title == NULL ||
          annals_db_set_text (db, "UPDATE event SET title = :value, modified = :now "
                                  "WHERE id = :id AND title != :value", id, clean, error)) &&
         (account == NULL ||
          annals_db_set_text (db, "UPDATE event SET account = :value, modified = :now "
                                  "WHERE id = :id AND account != :value", id, clean_account, error));
}

gboolean
annals_db_set_event_lane (AnnalsDb  *db,
                          gint64     id,
                          gint64     timeline_id,
                          gint64     lane_id,
                          GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_EVENT, id, error) &&
         annals_db_require (db, ANNALS_RECORD_TIMELINE, timeline_id, error) &&
         check_lane (db, lane_id, timeline_id, error) &&
         attach (db, id, timeline_id, lane_id, error);
}

gboolean
annals_db_delete_event (AnnalsDb  *db,
                        gint64     id,
                        GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_EVENT, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM evidence WHERE event = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM timeline_event WHERE event = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM event_tag WHERE event = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM link WHERE (from_kind = 'event' AND from_id = :id) "
                                   "OR (to_kind = 'event' AND to_id = :id)", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM event WHERE id = :id", id, error);
}

/* --- evidence --- */

static gboolean
find_evidence (AnnalsDb  *db,
               gint64     event_id,
               gint64     post_id,
               gint64     annotation_id,
               gint64    *id,
               GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *id = 0;
  if (!(stmt = annals_db_borrow (db,
                                 /* by the event's index: a post and "none" may have thousands */
                                 "SELECT id FROM evidence WHERE event = :event AND +post = :post "
                                 "AND +annotation IS :annotation", error)))
    return FALSE;

  bind_int64 (stmt, ":event", event_id);
  bind_int64 (stmt, ":post", post_id);
  bind_id (stmt, ":annotation", annotation_id);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

/* The post of an annotation; a post that is named as well has to be it. */
static gboolean
settle_post (AnnalsDb  *db,
             gint64     annotation_id,
             gint64    *post_id,
             GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;

  if (annotation_id == 0)
    return annals_db_require (db, ANNALS_RECORD_POST, *post_id, error);

  if (!(annotation = annals_db_load_annotation (db, annotation_id, error)))
    return FALSE;

  if (*post_id != 0 && *post_id != annotation->post_id)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("The passage is not of that post"));
      return FALSE;
    }

  *post_id = annotation->post_id;
  return TRUE;
}

gboolean
annals_db_add_evidence (AnnalsDb      *db,
                        gint64         event_id,
                        gint64         post_id,
                        gint64         annotation_id,
                        AnnalsStance   stance,
                        const char    *note,
                        gint64        *id,
                        GError       **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *clean = annals_db_clean_text (note);
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 known;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_EVENT, event_id, error) ||
      !settle_post (db, annotation_id, &post_id, error) ||
      !find_evidence (db, event_id, post_id, annotation_id, &known, error))
    return FALSE;

  if (known != 0)
    {
      if (id != NULL)
        *id = known;
      return annals_db_set_evidence (db, known, stance, note, error);
    }

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO evidence (uid, event, post, annotation, stance, note, position, "
                                 "created, modified, author) VALUES (:uid, :event, :post, :annotation, "
                                 ":stance, :note, (SELECT coalesce(max(position) + 1, 0) FROM evidence "
                                 "WHERE event = :event), :now, :now, :author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":event", event_id);
  bind_int64 (stmt, ":post", post_id);
  bind_id (stmt, ":annotation", annotation_id);
  bind_text (stmt, ":stance", annals_stance_to_string (stance));
  bind_text (stmt, ":note", clean);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  if (id != NULL)
    *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_set_evidence (AnnalsDb      *db,
                        gint64         id,
                        AnnalsStance   stance,
                        const char    *note,
                        GError       **error)
{
  g_autofree char *clean = annals_db_clean_text (note);
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_EVIDENCE, id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE evidence SET stance = :stance, note = :note, modified = :now "
                                 "WHERE id = :id AND (stance != :stance OR note != :note)", error)))
    return FALSE;

  bind_text (stmt, ":stance", annals_stance_to_string (stance));
  bind_text (stmt, ":note", clean);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_delete_evidence (AnnalsDb  *db,
                           gint64     id,
                           GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_EVIDENCE, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM evidence WHERE id = :id", id, error);
}

/* One line of at most MAX_TITLE characters. */
static char *
dup_title_of_post (const AnnalsPost *post)
{
  g_autofree char *line = annals_text_normalize_line (post->title, -1);

  if (*line == '\0')
    return g_strdup (_("Untitled"));

  return g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_TITLE));
}

/**
 * annals_db_add_event_of_post:
 * @db: a connection inside the one door
 * @timeline_id: the timeline
 * @post_id: the post that says that it happened
 * @id: (out) (nullable): the event
 *
 * Returns: %FALSE on an error
 */
gboolean
annals_db_add_event_of_post (AnnalsDb  *db,
                             gint64     timeline_id,
                             gint64     post_id,
                             gint64    *id,
                             GError   **error)
{
  g_autoptr(AnnalsPost) post = NULL;
  g_autofree char *title = NULL;
  gint64 event_id;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(post = annals_db_load_post (db, post_id, error)))
    return FALSE;

  title = dup_title_of_post (post);
  if (!annals_db_add_event (db, timeline_id, 0, post->published, title, "", &event_id, error) ||
      !annals_db_add_evidence (db, event_id, post_id, 0, ANNALS_STANCE_SUPPORTS, "", NULL, error))
    return FALSE;

  if (id != NULL)
    *id = event_id;
  return TRUE;
}
