/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-annotations.h"
#include "annals-drag-origin.h"
#include "annals-link-drop.h"
#include "annals-note-ids.h"
#include "annals-post-ids.h"

#define TITLE_LENGTH 100     /* characters of a quotation that becomes a title */

/* Posts, notes or one passage that become events, one each, or evidence for one that is there */
typedef struct
{
  GArray   *ids;             /* of posts or notes; empty for a passage */
  gboolean  are_notes;
  gint64    post_id;         /* of the passage */
  guint     start;
  guint     end;
  char     *colour;          /* it is marked with */
  gint64    timeline_id;
  gint64    lane_id;
  gint64    event_id;        /* it is evidence for; 0: (out) the first event that was made */
} DropJob;

static DropJob *
drop_job_new (void)
{
  DropJob *self = g_new0 (DropJob, 1);

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

static void
drop_job_free (DropJob *self)
{
  g_array_unref (self->ids);
  g_free (self->colour);
  g_free (self);
}

/* The words that were marked; a sentence or two of them */
static char *
dup_short (const char *text)
{
  g_autofree char *line = annals_text_normalize_line (text, -1);
  char *end;

  if (g_utf8_strlen (line, -1) <= TITLE_LENGTH)
    return g_steal_pointer (&line);

  end = g_utf8_offset_to_pointer (line, TITLE_LENGTH);
  *end = '\0';
  end = g_utf8_strrchr (line, -1, ' ');
  if (end != NULL && end > line)
    *end = '\0';

  return g_strconcat (line, "…", NULL);
}

/* The date is that of the post: when it was said. When it happened is for the user to say, whom the fields of the
 * event propose what the text says.
 */
static gboolean
add_event_of_note (AnnalsDb  *db,
                   DropJob   *self,
                   gint64     id,
                   gint64    *event_id,
                   GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  g_autoptr(AnnalsPost) post = NULL;
  g_autofree char *title = NULL;

  if (!(annotation = annals_db_load_annotation (db, id, error)))
    return FALSE;

  title = dup_short (annotation->selector.exact);
  /* a note on a whole post marks no words */
  if (*title == '\0')
    return annals_db_add_event_of_post (db, self->timeline_id, annotation->post_id, event_id, error);

  return (post = annals_db_load_post (db, annotation->post_id, error)) != NULL &&
         annals_db_add_event (db, self->timeline_id, 0, post->published, title, "", event_id, error) &&
         annals_db_add_evidence (db, *event_id, 0, id, ANNALS_STANCE_SUPPORTS, "", NULL, error);
}

static gboolean
add_one (AnnalsDb  *db,
         DropJob   *self,
         gint64     id,
         GError   **error)
{
  gint64 event_id;

  if (self->are_notes ? !add_event_of_note (db, self, id, &event_id, error)
                      : !annals_db_add_event_of_post (db, self->timeline_id, id, &event_id, error))
    return FALSE;

  if (self->event_id == 0)
    self->event_id = event_id;

  return self->lane_id == 0 || annals_db_set_event_lane (db, event_id, self->timeline_id, self->lane_id, error);
}

/* A passage is marked first, and is a note from then on. */
static gboolean
mark_passage (AnnalsDb  *db,
              DropJob   *self,
              GError   **error)
{
  gint64 id;

  if (self->post_id == 0)
    return TRUE;

  if (!annals_db_add_annotation (db, self->post_id, self->start, self->end, self->colour, "", &id, error))
    return FALSE;

  self->are_notes = TRUE;
  g_array_append_val (self->ids, id);

  return TRUE;
}

static gboolean
add_events (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  DropJob *self = data;

  if (!mark_passage (db, self, error))
    return FALSE;

  for (guint i = 0; i < self->ids->len; i++)
    if (!add_one (db, self, g_array_index (self->ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
add_evidence (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  DropJob *self = data;

  if (!mark_passage (db, self, error))
    return FALSE;

  for (guint i = 0; i < self->ids->len; i++)
    if (!annals_db_add_evidence (db, self->event_id, 0, g_array_index (self->ids, gint64, i),
                                 ANNALS_STANCE_SUPPORTS, "", NULL, error))
      return FALSE;

  return TRUE;
}

static void
added_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  DropJob *self = data;

  if (error == NULL)
    annals_timelines_place_show (ANNALS_TIMELINES_PLACE (owner), self->timeline_id, self->event_id);
}

/* Onto an event: evidence; else into the lane at @y: events. */
static void
commit (AnnalsTimelinesPlace *self,
        DropJob              *job,
        double                x,
        double                y)
{
  const AnnalsViewLane *lane = annals_timeline_canvas_get_lane_at (self->canvas, y);
  guint n = MAX (job->ids->len, 1);
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;

  job->event_id = annals_timeline_canvas_get_event_at (self->canvas, x, y);
  if (job->event_id != 0)
    {
      annals_desk_change (self->desk, self, _("Add evidence"), _("Evidence added"), add_evidence, job,
                          (GDestroyNotify) drop_job_free, NULL);
      return;
    }

  job->timeline_id = lane != NULL ? lane->timeline_id : self->data->timeline->id;
  job->lane_id = lane != NULL && lane->lane != NULL ? lane->lane->id : 0;
  label = n == 1 ? g_strdup (_("Add event")) : g_strdup_printf (ngettext ("Add %u event", "Add %u events", n), n);
  message = n == 1 ? g_strdup (_("Event added")) : g_strdup_printf (ngettext ("%u event added", "%u events added", n), n);
  annals_desk_change (self->desk, self, label, message, add_events, job, (GDestroyNotify) drop_job_free, added_cb);
}

static gboolean
drop_cb (AnnalsTimelinesPlace *self,
         const GValue         *value,
         double                x,
         double                y)
{
  gint64 event_id = annals_timeline_canvas_get_event_at (self->canvas, x, y);
  GArray *ids = g_value_get_boxed (value);
  DropJob *job;

  annals_timeline_canvas_mark_lane (self->canvas, -1);
  if (ids == NULL || ids->len == 0 || self->data == NULL || !annals_drag_belongs_to (GTK_WIDGET (self)))
    return FALSE;

  if (event_id != 0 && !G_VALUE_HOLDS (value, ANNALS_TYPE_NOTE_IDS))
    {
      annals_link_posts (GTK_WIDGET (self->canvas), self->desk, ids, ANNALS_RECORD_EVENT, event_id);
      return TRUE;
    }

  job = drop_job_new ();
  job->are_notes = G_VALUE_HOLDS (value, ANNALS_TYPE_NOTE_IDS);
  g_array_append_vals (job->ids, ids->data, ids->len);
  commit (self, job, x, y);

  return TRUE;
}

/* Words that are selected in a post; those of other programs belong to none. */
static gboolean
accept_passage_cb (AnnalsTimelinesPlace *self,
                   GdkDrop              *drop)
{
  const char *colour;
  gint64 post_id;
  guint start, end;

  return self->data != NULL && annals_drag_get_passage (GTK_WIDGET (self), drop, &post_id, &start, &end, &colour);
}

static gboolean
drop_passage_cb (AnnalsTimelinesPlace *self,
                 const GValue         *value,
                 double                x,
                 double                y,
                 GtkDropTarget        *target)
{
  DropJob *job = drop_job_new ();
  const char *colour = NULL;

  annals_timeline_canvas_mark_lane (self->canvas, -1);
  if (self->data == NULL || !annals_drag_get_passage (GTK_WIDGET (self), gtk_drop_target_get_current_drop (target),
                                                      &job->post_id, &job->start, &job->end, &colour))
    {
      drop_job_free (job);
      return FALSE;
    }

  job->colour = g_strdup (colour != NULL ? colour : annals_palette_pick (0)->name);
  commit (self, job, x, y);

  return TRUE;
}

static GdkDragAction
drop_motion_cb (AnnalsTimelinesPlace *self,
                double                x,
                double                y)
{
  annals_timeline_canvas_mark_lane (self->canvas, y);

  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (AnnalsTimelinesPlace *self)
{
  annals_timeline_canvas_mark_lane (self->canvas, -1);
}

static void
add_target (AnnalsTimelinesPlace *self,
            GtkDropTarget        *drop,
            GCallback             dropped)
{
  g_signal_connect_object (drop, "drop", dropped, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), GTK_EVENT_CONTROLLER (drop));
}

void
annals_timelines_place_accept_drops (AnnalsTimelinesPlace *self)
{
  GType types[] = { ANNALS_TYPE_POST_IDS, ANNALS_TYPE_NOTE_IDS };
  GtkDropTarget *records = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkDropTarget *passages = gtk_drop_target_new (GTK_TYPE_TEXT_BUFFER, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (records, types, G_N_ELEMENTS (types));
  add_target (self, records, G_CALLBACK (drop_cb));
  g_signal_connect_object (passages, "accept", G_CALLBACK (accept_passage_cb), self, G_CONNECT_SWAPPED);
  add_target (self, passages, G_CALLBACK (drop_passage_cb));
}
