/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

#include "annals-event-dates.h"
#include "annals-event-dialog.h"

/* What the dialog for an event needs, and what it is about. */
typedef struct
{
  AnnalsTarget  target;
  gboolean      whole;       /* the post as a whole, not the target */
  gint64        post_id;
  AnnalsText   *text;
  AnnalsDate   *published;
  GPtrArray    *timelines;   /* (out) */
  GPtrArray    *dates;       /* (out) (element-type AnnalsEventDate) */
} EventQuestion;

static void
event_question_free (EventQuestion *self)
{
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->published, annals_date_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_timelines (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  EventQuestion *question = data;

  question->dates = annals_event_dates_find (question->text, question->published,
                                             question->target.start, question->target.end);
  return (question->timelines = annals_db_list_timelines (db, error)) != NULL;
}

static void
event_accepted_cb (AnnalsEventDialog *dialog,
                   AnnalsReader      *self)
{
  const EventQuestion *question = g_object_get_data (G_OBJECT (dialog), "annals-question");
  g_autofree char *timeline = annals_event_dialog_dup_timeline (dialog);
  g_autofree char *message = g_strdup_printf (_("Event added to %s"), timeline);
  AnnalsMark *mark = question->whole ? annals_mark_new (question->post_id, 0)
                                     : annals_reader_make_mark (self, &question->target);

  mark->post_id = question->post_id;
  mark->whole_post = question->whole;
  annals_event_dialog_fill (dialog, mark);
  if (!question->whole)
    annals_reader_end_selection (self);
  annals_reader_change_mark (self, _("Add event to timeline"), message, mark);
}

static void
timelines_loaded_cb (gpointer      owner,
                     gpointer      data,
                     const GError *error)
{
  AnnalsReader *self = owner;
  EventQuestion *question = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *quotation = NULL;
  GtkWidget *dialog;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The timelines could not be read"), error->message);
      return;
    }

  if (self->reading == NULL || self->post_id != question->post_id || !GTK_IS_WINDOW (root))
    return;

  if (!question->whole)
    quotation = annals_text_dup_slice (self->reading->text, question->target.start, question->target.end);
  dialog = annals_event_dialog_new (GTK_WINDOW (root), question->timelines, self->timeline_id, quotation,
                                    question->whole ? self->reading->post->title : quotation,
                                    self->reading->post->published);
  for (guint i = 0; i < question->dates->len; i++)
    {
      const AnnalsEventDate *date = g_ptr_array_index (question->dates, i);

      annals_event_dialog_propose (ANNALS_EVENT_DIALOG (dialog), date->date, date->words);
    }
  g_object_set_data_full (G_OBJECT (dialog), "annals-question",
                          g_memdup2 (&(EventQuestion) { .target = question->target,
                                                        .whole = question->whole,
                                                        .post_id = question->post_id },
                                     sizeof (EventQuestion)),
                          g_free);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (event_accepted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* @target: NULL: the post as a whole */
static void
ask (AnnalsReader       *self,
     const AnnalsTarget *target)
{
  EventQuestion *question;

  gtk_popover_popdown (self->tools);
  question = g_new0 (EventQuestion, 1);
  question->whole = target == NULL;
  if (target != NULL)
    question->target = *target;
  else
    question->target.end = annals_text_get_length (self->reading->text);   /* dates of all of it */
  question->post_id = self->post_id;
  question->text = annals_text_ref (self->reading->text);
  question->published = annals_date_ref (self->reading->post->published);
  annals_desk_read (self->desk, self, load_timelines, question,
                    (GDestroyNotify) event_question_free, NULL, timelines_loaded_cb);
}

static void
timeline_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsTarget target;

  if (annals_reader_find_target (self, &target))
    ask (self, &target);
  else if (self->reading != NULL)
    ask (self, NULL);
  else
    gtk_widget_error_bell (widget);
}

static void
timeline_post_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->reading != NULL)
    ask (self, NULL);
}

void
annals_reader_install_evidence_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.timeline", NULL, timeline_action);
  gtk_widget_class_install_action (widget_class, "reader.timeline-post", NULL, timeline_post_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_ALT_MASK, "reader.timeline",
                                       NULL);
}
