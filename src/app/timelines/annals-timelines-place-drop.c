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

/* Posts or notes that become events, one each */
typedef struct
{
  GArray   *ids;
  gboolean  are_notes;
  gint64    timeline_id;
  gint64    lane_id;
  gint64    event_id;        /* (out): the first that was made */
} DropEvents;

static void
drop_events_free (DropEvents *self)
{
  g_array_unref (self->ids);
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

static gboolean
add_one (AnnalsDb    *db,
         DropEvents  *self,
         gint64       id,
         GError     **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  g_autoptr(AnnalsPost) post = NULL;
  g_autofree char *title = NULL;
  gint64 event_id;

  if (self->are_notes && !(annotation = annals_db_load_annotation (db, id, error)))
    return FALSE;
  if (!(post = annals_db_load_post (db, annotation != NULL ? annotation->post_id : id, error)))
    return FALSE;

  title = dup_short (annotation != NULL ? annotation->selector.exact : post->title);
  if (*title == '\0')
    {
      g_free (title);
      title = dup_short (*post->title != '\0' ? post->title : post->lead);
    }
  if (*title == '\0')
    {
      g_free (title);
      title = g_strdup (_("Untitled"));
    }

  /* the date of the post: when it was said; when it happened is for the user to say, who sees the proposals */
  if (!annals_db_add_event (db, self->timeline_id, self->lane_id, post->published, title, "", &event_id, error) ||
      !annals_db_add_evidence (db, event_id, post->id, annotation != NULL ? id : 0, ANNALS_STANCE_SUPPORTS, "",
                               NULL, error))
    return FALSE;

  if (self->event_id == 0)
    self->event_id = event_id;

  return TRUE;
}

static gboolean
add_events (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  DropEvents *self = data;

  for (guint i = 0; i < self->ids->len; i++)
    if (!add_one (db, self, g_array_index (self->ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static void
added_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  DropEvents *self = data;

  if (error == NULL)
    annals_timelines_place_show (ANNALS_TIMELINES_PLACE (owner), self->timeline_id, self->event_id);
}

/* Notes on an event are evidence for it. */
static void
add_evidence (AnnalsTimelinesPlace *self,
              gint64                event_id,
              GArray               *note_ids)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_timeline_edit_free);

  for (guint i = 0; i < note_ids->len; i++)
    {
      AnnalsTimelineEdit *edit = annals_timeline_edit_new (self->data->timeline->id, event_id);

      edit->annotation_id = g_array_index (note_ids, gint64, i);
      g_ptr_array_add (edits, edit);
    }

  annals_timelines_place_commit_all (self, _("Add evidence"), _("Evidence added"), edits);
}

static gboolean
drop_cb (AnnalsTimelinesPlace *self,
         const GValue         *value,
         double                x,
         double                y)
{
  const AnnalsViewLane *lane = annals_timeline_canvas_get_lane_at (self->canvas, y);
  gint64 event_id = annals_timeline_canvas_get_event_at (self->canvas, x, y);
  GArray *ids = g_value_get_boxed (value);
  gboolean are_notes = G_VALUE_HOLDS (value, ANNALS_TYPE_NOTE_IDS);
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  DropEvents *data;

  annals_timeline_canvas_mark_lane (self->canvas, -1);
  if (ids == NULL || ids->len == 0 || self->data == NULL || !annals_drag_belongs_to (GTK_WIDGET (self)))
    return FALSE;

  if (event_id != 0 && are_notes)
    {
      add_evidence (self, event_id, ids);
      return TRUE;
    }

  if (event_id != 0)
    {
      annals_link_posts (GTK_WIDGET (self->canvas), self->desk, ids, ANNALS_RECORD_EVENT, event_id);
      return TRUE;
    }

  data = g_new0 (DropEvents, 1);
  data->ids = g_array_copy (ids);
  data->are_notes = are_notes;
  data->timeline_id = lane != NULL ? lane->timeline_id : self->data->timeline->id;
  data->lane_id = lane != NULL && lane->lane != NULL ? lane->lane->id : 0;
  label = g_strdup_printf (ngettext ("Add event", "Add %u events", ids->len), ids->len);
  message = g_strdup_printf (ngettext ("Event added", "%u events added", ids->len), ids->len);
  annals_desk_change (self->desk, self, label, message, add_events, data, (GDestroyNotify) drop_events_free,
                      added_cb);

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

void
annals_timelines_place_accept_drops (AnnalsTimelinesPlace *self)
{
  GType types[] = { ANNALS_TYPE_POST_IDS, ANNALS_TYPE_NOTE_IDS };
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), GTK_EVENT_CONTROLLER (drop));
}
