/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notes-place-private.h"

#include <glib/gi18n.h>

#include "annals-choose-file.h"
#include "annals-export.h"
#include "annals-search-notes.h"

typedef struct
{
  AnnalsNotebook   *notebook;
  AnnalsNoteFilter *filter;
  char             *text;
  GArray           *ids;     /* (nullable): those that are chosen */
  char             *path;
} ExportJob;

static void
export_job_free (ExportJob *self)
{
  g_object_unref (self->notebook);
  annals_note_filter_free (self->filter);
  g_free (self->text);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->path);
  g_free (self);
}

static gboolean
resolve_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  ExportJob *job = data;

  return annals_note_filter_parse (job->filter, db, job->text, error) &&
         annals_search_note_posts (job->filter, db, error);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  ExportJob *job = task_data;
  const AnnalsExportFormat *format = annals_export_guess_format (ANNALS_EXPORT_NOTES, job->path);
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES, .filter = job->filter, .ids = job->ids };
  GError *error = NULL;

  if (annals_notebook_read (job->notebook, resolve_cb, job, cancellable, &error) &&
      annals_export (job->notebook, &request, format != NULL ? format->id : "markdown", job->path, TRUE, NULL, NULL, NULL,
                     NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (source);
  ExportJob *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_filename_display_basename (job->path);
  /* Translators: %s is a file's name */
  g_autofree char *message = g_strdup_printf (_("Notes written to “%s”"), name);
  g_autoptr(GError) error = NULL;

  if (self->desk == NULL)
    return;   /* the window is gone */

  if (g_task_propagate_boolean (G_TASK (result), &error))
    annals_desk_toast (self->desk, message, FALSE);
  else
    annals_desk_fail (self->desk, _("The notes were not exported"), error->message);
}

static void
target_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(AnnalsNotesPlace) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  AnnalsNotebook *notebook = self->desk != NULL ? annals_desk_get_notebook (self->desk) : NULL;
  g_autoptr(GTask) task = NULL;
  ExportJob *job;

  if (file == NULL || g_file_peek_path (file) == NULL || notebook == NULL)
    return;

  job = g_new0 (ExportJob, 1);
  job->notebook = g_object_ref (notebook);
  job->filter = annals_notes_place_dup_filter (self);
  job->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  job->ids = annals_paged_list_get_n_selected (self->notes) > 0 ? annals_paged_list_dup_selected (self->notes) : NULL;
  job->path = g_strdup (g_file_peek_path (file));

  task = g_task_new (self, NULL, exported_cb, NULL);
  g_task_set_source_tag (task, target_chosen_cb);
  g_task_set_task_data (task, job, (GDestroyNotify) export_job_free);
  g_task_run_in_thread (task, export_in_thread);
}

void
annals_notes_place_export_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  /* Translators: the name proposed for a file of exported notes; its ending says the format (.md, .json or .csv) */
  annals_choose_file_async (GTK_WINDOW (gtk_widget_get_root (widget)), ANNALS_CHOOSE_SAVE,
                            _("Export Notes as Markdown (.md), JSON (.json) or Table (.csv)"), _("_Export"), _("Notes.md"), NULL,
                            target_chosen_cb, g_object_ref (widget));
}
