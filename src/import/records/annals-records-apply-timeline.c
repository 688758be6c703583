/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-apply-private.h"

#include <glib/gi18n-lib.h>

#include "annals-foreign-records.h"
#include "annals-timelines.h"

/* events that a remark names */
#define MAX_NAMED 20

/* A file's timeline on its way into the notebook. */
typedef struct
{
  AnnalsRecordsApply *apply;
  AnnalsRecordsFile  *file;
  AnnalsDb           *db;
  gint64              timeline_id;
  GPtrArray          *different;    /* (element type char *) titles, quoted, of the first events that are other here */
  guint               n_different;
} Job;

/* --- events --- */

static gboolean
ensure_lane (Job                      *self,
             const AnnalsRecordEvent  *event,
             gint64                   *lane_id,
             GError                  **error)
{
  *lane_id = 0;

  return *event->lane == '\0' ||
         annals_db_ensure_lane (self->db, self->timeline_id, event->lane, NULL, lane_id, error);
}

static gboolean
add_event (Job                      *self,
           const AnnalsRecordEvent  *event,
           GError                  **error)
{
  const AnnalsOrigin origin = { .uid = event->uid };
  g_autoptr(GError) failure = NULL;
  gint64 lane_id, id;

  if (!ensure_lane (self, event, &lane_id, &failure) ||
      !annals_db_add_event (self->db, self->timeline_id, lane_id, event->date, event->title, event->account, &id,
                            &failure))
    return annals_records_apply_skip (self->file, event->place, event->title, g_steal_pointer (&failure), error);

  self->apply->mark.n_new++;
  return event->uid == NULL || annals_db_set_origin (self->db, ANNALS_RECORD_EVENT, id, &origin, error);
}

/* What a file for another program says of a date may be less than what is known of it here: it is the same as long as
 * the event here begins, or else ends, within it. */
static gboolean
is_same_date (AnnalsDate *here,
              AnnalsDate *said)
{
  gint64 at, from, to;
  gboolean has_from = annals_date_get_from (here, &at);

  if (!has_from && !annals_date_get_to (here, &at))
    return annals_date_is_undated (said);

  return annals_date_get_from (said, &from) && annals_date_get_to (said, &to) && at >= from &&
         (has_from ? at < to : at <= to);
}

static gboolean
is_in (const AnnalsEvent *event,
       gint64             timeline_id)
{
  for (guint i = 0; i < event->others->len; i++)
    if (((AnnalsEventTimeline *) event->others->pdata[i])->id == timeline_id)
      return TRUE;

  return FALSE;
}

/* The event is here: what the file does not hold, its evidence and what its date leaves open, is not to be lost. */
static gboolean
meet_event (Job                      *self,
            const AnnalsRecordEvent  *event,
            gint64                    id,
            GError                  **error)
{
  g_autoptr(AnnalsEvent) here = annals_db_load_event (self->db, id, 0, error);
  g_autoptr(GError) failure = NULL;
  gint64 lane_id;

  if (here == NULL)
    return FALSE;

  if (!g_str_equal (here->title, event->title) || !is_same_date (here->date, event->date))
    {
      self->n_different++;
      if (self->different->len < MAX_NAMED)
        g_ptr_array_add (self->different, g_strdup_printf (_("“%s”"), event->title));
    }

  if (is_in (here, self->timeline_id))
    {
      self->apply->mark.n_unchanged++;
      return TRUE;
    }

  if (!ensure_lane (self, event, &lane_id, &failure) ||
      !annals_db_set_event_lane (self->db, id, self->timeline_id, lane_id, &failure))
    return annals_records_apply_skip (self->file, event->place, event->title, g_steal_pointer (&failure), error);

  self->apply->mark.n_updated++;
  return TRUE;
}

static gboolean
take_event (Job                      *self,
            const AnnalsRecordEvent  *event,
            GError                  **error)
{
  gint64 id = 0;

  if (event->uid != NULL && !annals_db_find_uid (self->db, ANNALS_RECORD_EVENT, event->uid, &id, error))
    return FALSE;

  return id != 0 ? meet_event (self, event, id, error) : add_event (self, event, error);
}

/* --- the timeline --- */

/* Two of one title are not to be mistaken for one. */
static gboolean
tell_of_namesake (Job         *self,
                  const char  *title,
                  GError     **error)
{
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (self->db, error);

  if (timelines == NULL)
    return FALSE;

  for (guint i = 0; i < timelines->len; i++)
    if (g_str_equal (((AnnalsTimeline *) timelines->pdata[i])->title, title))
      {
        annals_records_take_issue (self->file->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER,
                                   self->file->records->name,
                                   g_strdup (_("The notebook has another timeline of this title; the one of this file "
                                               "stands beside it")), title);
        break;
      }

  return TRUE;
}

static gboolean
ensure_timeline (Job     *self,
                 GError **error)
{
  AnnalsRecords *records = self->file->records;
  const char *title = *records->timeline != '\0' ? records->timeline : _("Untitled");
  const char *description = records->description != NULL ? records->description : "";
  const AnnalsOrigin origin = { .uid = records->timeline_uid };

  if (origin.uid != NULL &&
      !annals_db_find_uid (self->db, ANNALS_RECORD_TIMELINE, origin.uid, &self->timeline_id, error))
    return FALSE;
  if (self->timeline_id != 0)
    return TRUE;

  return tell_of_namesake (self, title, error) &&
         annals_db_add_timeline (self->db, title, description, NULL, "", &self->timeline_id, error) &&
         (origin.uid == NULL ||
          annals_db_set_origin (self->db, ANNALS_RECORD_TIMELINE, self->timeline_id, &origin, error));
}

static void
tell_of_different (Job *self)
{
  g_autofree char *titles = NULL;

  if (self->n_different == 0)
    return;

  g_ptr_array_add (self->different, NULL);
  titles = g_strjoinv (" ", (char **) self->different->pdata);
  annals_records_take_issue (self->file->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, self->file->records->name,
                             g_strdup_printf (ngettext ("%'u event is in the notebook with another title or date, and "
                                                        "stays as it is there",
                                                        "%'u events are in the notebook with another title or date, "
                                                        "and stay as they are there", self->n_different),
                                              self->n_different), titles);
}

gboolean
annals_records_apply_timeline (AnnalsRecordsApply  *self,
                               AnnalsRecordsFile   *file,
                               AnnalsDb            *db,
                               GCancellable        *cancellable,
                               GError             **error)
{
  g_autoptr(GPtrArray) different = g_ptr_array_new_with_free_func (g_free);
  Job job = { .apply = self, .file = file, .db = db, .different = different };

  if (file->records->timeline == NULL)
    return TRUE;

  if (!ensure_timeline (&job, error))
    return FALSE;
  for (guint i = 0; i < file->records->events->len; i++)
    if (!annals_records_apply_step (self, cancellable, error) ||
        !take_event (&job, file->records->events->pdata[i], error))
      return FALSE;
  tell_of_different (&job);

  return TRUE;
}
