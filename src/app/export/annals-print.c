/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-print.h"

#include <glib/gi18n.h>

#include "annals-export-options-box.h"
#include "annals-pdf-document.h"

#define PATIENCE (10 * G_TIME_SPAN_MILLISECOND)   /* GTK asks again and again whether the pages are there */

/* The printer and its settings, as they were chosen last. */
static GtkPrintSettings *last_settings;

/* One job for the printer, from the question what it is called to the end. Counted: its thread holds it too. */
typedef struct
{
  GtkWindow           *parent;       /* (weak) */
  AnnalsDesk          *desk;
  AnnalsNotebook      *notebook;
  AnnalsExportTopic   *topic;
  char                *notebook_title;
  AnnalsExportSummary  summary;
  AnnalsExportOptions  options;
  GCancellable        *cancellable;

  GMutex               mutex;        /* of what follows */
  GCond                cond;
  gboolean             laid_out;     /* or failed */
  AnnalsPdfDocument   *document;     /* (nullable) */
  GError              *error;        /* (nullable) */
  double               width;        /* of a page, points */
  double               height;
} PrintJob;

static void
clear_job (gpointer data)
{
  PrintJob *self = data;

  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->desk);
  g_clear_object (&self->notebook);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->topic, annals_export_topic_unref);
  g_clear_pointer (&self->notebook_title, g_free);
  g_clear_pointer (&self->document, annals_pdf_document_unref);
  g_clear_error (&self->error);
  annals_export_summary_clear (&self->summary);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static void
print_job_unref (PrintJob *self)
{
  g_atomic_rc_box_release_full (self, clear_job);
}

/* --- pages --- */

static void
lay_out_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  PrintJob *job = task_data;
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  AnnalsPdfDocument *document = NULL;
  AnnalsExportRequest request;
  GError *error = NULL;

  if (annals_export_topic_resolve (job->topic, job->notebook, &request, &filter, cancellable, &error))
    document = annals_pdf_document_new (job->notebook, &request, &job->options, job->width, job->height, NULL, NULL,
                                        cancellable, &error);

  g_mutex_lock (&job->mutex);
  job->document = document;
  job->error = error;
  job->laid_out = TRUE;
  g_cond_signal (&job->cond);
  g_mutex_unlock (&job->mutex);

  g_task_return_boolean (task, TRUE);
}

/* The last reference to the job goes on the main thread: it holds the notebook. */
static void
laid_out_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  print_job_unref (user_data);
}

static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          gpointer           user_data)
{
  PrintJob *job = user_data;
  g_autoptr(GTask) task = NULL;

  job->width = gtk_print_context_get_width (context);
  job->height = gtk_print_context_get_height (context);

  task = g_task_new (NULL, job->cancellable, laid_out_cb, g_atomic_rc_box_acquire (job));
  g_task_set_source_tag (task, begin_cb);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, lay_out_in_thread);
}

/* Called whenever nothing else is to be done, until it says TRUE; between the calls the window lives. */
static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             gpointer           user_data)
{
  PrintJob *job = user_data;
  gint64 until = g_get_monotonic_time () + PATIENCE;
  gboolean laid_out;

  g_mutex_lock (&job->mutex);
  while (!job->laid_out && g_cond_wait_until (&job->cond, &job->mutex, until))
    ;
  laid_out = job->laid_out;
  g_mutex_unlock (&job->mutex);

  if (!laid_out)
    return FALSE;

  if (job->document != NULL)
    gtk_print_operation_set_n_pages (operation, (int) annals_pdf_document_get_n_pages (job->document));
  else
    gtk_print_operation_cancel (operation);

  return TRUE;
}

static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         gpointer           user_data)
{
  PrintJob *job = user_data;

  if (job->document != NULL)
    annals_pdf_document_draw_page (job->document, (guint) page, gtk_print_context_get_cairo_context (context));
}

/* Says how it ended, and lets go of it all. */
static void
finish (GtkPrintOperation *operation,
        PrintJob          *job,
        const char        *failure)
{
  if (failure != NULL)
    annals_desk_fail (job->desk, _("It was not printed"), failure);

  g_signal_handlers_disconnect_by_data (operation, job);
  print_job_unref (job);
  g_object_unref (operation);
  g_application_release (g_application_get_default ());
}

/* After the last page was drawn its printer, or the file that is printed to, takes the pages. */
static void
status_cb (GtkPrintOperation *operation,
           gpointer           user_data)
{
  PrintJob *job = user_data;
  gboolean aborted = gtk_print_operation_get_status (operation) == GTK_PRINT_STATUS_FINISHED_ABORTED;

  if (!gtk_print_operation_is_finished (operation))
    return;

  if (!aborted)
    annals_desk_toast (job->desk, _("Printed"), FALSE);
  finish (operation, job, aborted ? _("The printer did not take it.") : NULL);
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         gpointer                 user_data)
{
  PrintJob *job = user_data;
  g_autoptr(GError) failure = NULL;

  g_cancellable_cancel (job->cancellable);
  g_mutex_lock (&job->mutex);
  failure = g_steal_pointer (&job->error);
  g_mutex_unlock (&job->mutex);

  if (failure == NULL && result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &failure);

  if (failure != NULL)
    finish (operation, job, g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : failure->message);
  else if (result != GTK_PRINT_OPERATION_RESULT_APPLY)
    finish (operation, job, NULL);
  else
    {
      g_set_object (&last_settings, gtk_print_operation_get_print_settings (operation));
      g_signal_connect (operation, "status-changed", G_CALLBACK (status_cb), job);
      status_cb (operation, job);
    }
}

/* --- the dialog --- */

static GtkPageSetup *
create_page_setup (const PrintJob *job)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  gboolean letter = job->options.paper == ANNALS_PAPER_LETTER;
  g_autoptr(GtkPaperSize) paper = gtk_paper_size_new (letter ? GTK_PAPER_NAME_LETTER : GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);

  return setup;
}

static GtkPrintSettings *
create_settings (const PrintJob *job)
{
  g_autofree char *name = g_strdelimit (g_strdup (job->summary.title), "/", '-');
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  GtkPrintSettings *settings = last_settings != NULL ? gtk_print_settings_copy (last_settings)
                                                     : gtk_print_settings_new ();

  /* Of a file that is printed to: one of another name each time, and not where the program was started. */
  gtk_print_settings_unset (settings, GTK_PRINT_SETTINGS_OUTPUT_URI);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR, folder != NULL ? folder : g_get_home_dir ());
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);

  return settings;
}

static void
run (PrintJob *job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = create_page_setup (job);
  g_autoptr(GtkPrintSettings) settings = create_settings (job);
  g_autoptr(GError) error = NULL;

  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);   /* the margins are the document's */
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_job_name (operation, job->summary.title);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_print_settings (operation, settings);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), job);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), job);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), job);

  /* The program does not end before its pages are out. done_cb() says how it ended. */
  g_application_hold (g_application_get_default ());
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, job->parent, &error);
}

static gboolean
sum_up_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  PrintJob *job = data;

  return annals_export_topic_sum_up (job->topic, db, job->notebook_title, &job->summary, cancellable, error);
}

static void
summed_up_cb (gpointer      owner,
              gpointer      data,
              const GError *error)
{
  PrintJob *job = data;
  g_autoptr(GSettings) settings = NULL;

  if (error != NULL || job->summary.empty)
    {
      annals_desk_fail (job->desk, _("It was not printed"),
                        error != NULL ? error->message : _("There is nothing to print."));
      return;
    }

  settings = annals_export_options_dup_settings (job->summary.key);
  annals_export_options_read (settings, &job->options);
  run (g_atomic_rc_box_acquire (job));
}

gboolean
annals_print_can_print (AnnalsExportSubject subject)
{
  return annals_export_get_format (subject, "pdf") != NULL;
}

void
annals_print (GtkWindow         *parent,
              AnnalsDesk        *desk,
              AnnalsExportTopic *topic)
{
  PrintJob *job;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk) && annals_desk_get_notebook (desk) != NULL);
  g_return_if_fail (topic != NULL && annals_print_can_print (annals_export_topic_get_subject (topic)));

  job = g_atomic_rc_box_new0 (PrintJob);
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  g_set_weak_pointer (&job->parent, parent);
  job->desk = g_object_ref (desk);
  job->notebook = g_object_ref (annals_desk_get_notebook (desk));
  job->notebook_title = g_strdup (annals_notebook_get_title (job->notebook));
  job->topic = topic;
  job->cancellable = g_cancellable_new ();
  annals_desk_read (desk, parent, sum_up_cb, job, (GDestroyNotify) print_job_unref, NULL, summed_up_cb);
}
