/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-evidence-drop.h"

#include <glib/gi18n.h>

#include "annals-drag-origin.h"
#include "annals-note-ids.h"
#include "annals-post-ids.h"
#include "annals-timelines.h"

typedef struct
{
  GArray   *ids;
  gboolean  notes;      /* they are annotations, not posts */
  gint64    event_id;
} EvidenceJob;

static void
evidence_job_free (EvidenceJob *self)
{
  g_array_unref (self->ids);
  g_free (self);
}

static gboolean
add_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  EvidenceJob *job = data;

  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);

      if (!annals_db_add_evidence (db, job->event_id, job->notes ? 0 : id, job->notes ? id : 0,
                                   ANNALS_STANCE_SUPPORTS, "", NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
drop_cb (GtkDropTarget *drop,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  AnnalsLinkTarget target = (AnnalsLinkTarget) user_data;
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drop));
  GArray *ids = g_value_get_boxed (value);
  AnnalsDesk *desk = NULL;
  AnnalsRecord kind;
  EvidenceJob *job;
  gint64 id;

  if (ids == NULL || ids->len == 0 || !annals_drag_belongs_to (widget) || !target (widget, x, y, &desk, &kind, &id))
    return FALSE;

  job = g_new0 (EvidenceJob, 1);
  job->ids = g_array_copy (ids);
  job->notes = G_VALUE_HOLDS (value, ANNALS_TYPE_NOTE_IDS);
  job->event_id = id;
  annals_desk_change (desk, widget, _("Add evidence"), _("Evidence added"), add_in_writer, job,
                      (GDestroyNotify) evidence_job_free, NULL);

  return TRUE;
}

void
annals_evidence_accept_drops (GtkWidget        *widget,
                              AnnalsLinkTarget  target)
{
  GType types[] = { ANNALS_TYPE_POST_IDS, ANNALS_TYPE_NOTE_IDS };
  GtkDropTarget *drop;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (target != NULL);

  drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  gtk_drop_target_set_gtypes (drop, types, G_N_ELEMENTS (types));
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), (gpointer) target);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));
}
