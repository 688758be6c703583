/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <string.h>

/* Words are looked for in a thread: the post may be long. */
typedef struct
{
  AnnalsText *text;
  char       *words;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  annals_text_unref (job->text);
  g_free (job->words);
  g_free (job);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr(GArray) places = annals_text_find_all (job->text, job->words);
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (AnnalsHit));

  for (guint i = 0; i + 1 < places->len; i += 2)
    {
      AnnalsHit hit = { g_array_index (places, guint, i), g_array_index (places, guint, i + 1) };

      g_array_append_val (hits, hit);
    }

  g_task_return_pointer (task, hits, (GDestroyNotify) g_array_unref);
}

/* The first that stands after where the reader is. */
static void
go_to_nearest (AnnalsReader *self)
{
  guint from = annals_reader_page_get_top_offset (self->page);

  for (guint i = 0; i < self->found->len; i++)
    if (g_array_index (self->found, AnnalsHit, i).start >= from)
      {
        annals_reader_go_to_hit (self, i);
        return;
      }

  if (self->found->len > 0)
    annals_reader_go_to_hit (self, 0);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  AnnalsReader *self = ANNALS_READER (source);
  g_autoptr(GArray) hits = g_task_propagate_pointer (G_TASK (result), NULL);

  if (hits == NULL || GPOINTER_TO_UINT (user_data) != self->find_generation || !self->finding)
    return;

  g_clear_pointer (&self->found, g_array_unref);
  self->found = g_steal_pointer (&hits);
  annals_reader_show_hits (self);
  go_to_nearest (self);
}

void
annals_reader_find_again (AnnalsReader *self)
{
  g_autoptr(GTask) task = NULL;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  Job *job;

  self->find_generation++;
  if (!self->finding || self->reading == NULL)
    return;

  if (*words == '\0')
    {
      g_clear_pointer (&self->found, g_array_unref);
      annals_reader_show_hits (self);
      return;
    }

  job = g_new0 (Job, 1);
  job->text = annals_text_ref (self->reading->text);
  job->words = g_strdup (words);
  task = g_task_new (self, NULL, found_cb, GUINT_TO_POINTER (self->find_generation));
  g_task_set_source_tag (task, annals_reader_find_again);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, find_in_thread);
}

/* What is selected is what one looks for, unless it is long. */
static void
take_selection (AnnalsReader *self)
{
  guint start, end;
  g_autofree char *words = NULL;

  if (self->reading == NULL ||
      !annals_passage_view_get_selection (annals_reader_page_get_passage (self->page), &start, &end) ||
      end - start > 60)
    return;

  words = annals_text_dup_slice (self->reading->text, start, end);
  gtk_editable_set_text (GTK_EDITABLE (self->find_entry), words);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->reading == NULL || self->post_id == 0)
    return;

  take_selection (self);
  annals_reader_hide_popovers (self);
  self->finding = TRUE;
  annals_reader_show_hits (self);
  gtk_widget_grab_focus (self->find_entry);
  annals_reader_find_again (self);
}

static void
end_find_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (!self->finding)
    return;

  annals_reader_leave_hit (self);
  self->finding = FALSE;
  self->find_generation++;
  g_clear_pointer (&self->found, g_array_unref);
  annals_reader_show_hits (self);
}

void
annals_reader_install_find_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "reader.end-find", NULL, end_find_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "reader.find", NULL);
}
