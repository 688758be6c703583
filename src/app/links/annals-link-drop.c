/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-link-drop.h"

#include <glib/gi18n.h>

#include "annals-drag-origin.h"
#include "annals-link-dialog.h"
#include "annals-post-ids.h"

/* What was dropped on what, until both have their names. */
typedef struct
{
  GArray       *ids;
  AnnalsRecord  kind;
  gint64        id;
  AnnalsDesk   *desk;
  AnnalsNamed  *first;   /* (out) */
  AnnalsNamed  *to;      /* (out) */
} DropJob;

static void
drop_job_free (DropJob *self)
{
  g_array_unref (self->ids);
  g_object_unref (self->desk);
  g_clear_pointer (&self->first, annals_named_free);
  g_clear_pointer (&self->to, annals_named_free);
  g_free (self);
}

static gboolean
name_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  DropJob *job = data;

  return (job->first = annals_db_load_named (db, ANNALS_RECORD_POST, g_array_index (job->ids, gint64, 0), error)) !=
         NULL && (job->to = annals_db_load_named (db, job->kind, job->id, error)) != NULL;
}

static void
named_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  DropJob *job = data;
  AnnalsLinkFrom *from;

  if (error != NULL)
    {
      annals_desk_fail (job->desk, _("The notebook could not be read"), error->message);
      return;
    }

  from = job->ids->len > 1 ? annals_link_from_new_posts (job->ids)
                           : annals_link_from_new (ANNALS_RECORD_POST, job->first->id, job->first->title);
  annals_link_ask (GTK_WIDGET (owner), job->desk, from, job->to);
}

void
annals_link_posts (GtkWidget    *widget,
                   AnnalsDesk   *desk,
                   GArray       *post_ids,
                   AnnalsRecord  kind,
                   gint64        id)
{
  DropJob *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (post_ids != NULL && post_ids->len > 0);

  job = g_new0 (DropJob, 1);
  job->ids = g_array_copy (post_ids);
  job->kind = kind;
  job->id = id;
  job->desk = g_object_ref (desk);
  annals_desk_read (desk, widget, name_in_reader, job, (GDestroyNotify) drop_job_free, NULL, named_cb);
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
  gint64 id;

  if (ids == NULL || ids->len == 0 || !annals_drag_belongs_to (widget) || !target (widget, x, y, &desk, &kind, &id))
    return FALSE;

  /* A post that is let go where it was picked up was not meant to go anywhere. */
  if (kind == ANNALS_RECORD_POST && ids->len == 1 && g_array_index (ids, gint64, 0) == id)
    return FALSE;

  annals_link_posts (widget, desk, ids, kind, id);

  return TRUE;
}

void
annals_link_accept_posts (GtkWidget        *widget,
                          AnnalsLinkTarget  target)
{
  GtkDropTarget *drop;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (target != NULL);

  drop = gtk_drop_target_new (ANNALS_TYPE_POST_IDS, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), (gpointer) target);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));
}
