/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-dialog.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-choose-file.h"
#include "annals-export-finished.h"
#include "annals-export-formats.h"
#include "annals-export-job.h"
#include "annals-export-options-box.h"
#include "annals-export-preview.h"
#include "annals-export-words.h"
#include "annals-present.h"
#include "annals-print.h"

#define PROGRESS_INTERVAL 50   /* ms */

struct _AnnalsExportDialog
{
  AdwWindow               parent_instance;
  GtkWidget              *cancel_button;
  GtkWidget              *export_button;
  GtkWidget              *print_button;
  GtkWidget              *stack;
  GtkWidget              *topic_title;
  GtkWidget              *counts;
  GtkWidget              *message;
  GtkWidget              *format_row;
  AnnalsExportOptionsBox *options;
  AnnalsExportPreview    *preview;
  GtkWidget              *running;
  GtkWidget              *progress;
  AnnalsExportFinished   *finished;

  AnnalsDesk             *desk;
  AnnalsNotebook         *notebook;
  AnnalsExportTopic      *topic;
  GPtrArray              *formats;       /* (element-type AnnalsExportFormat) */
  GSettings              *settings;      /* (nullable): what is remembered of the topic; when it is loaded */
  char                   *title;         /* (nullable): what the topic is called; when it is loaded */
  gboolean                empty;         /* there is nothing to export */

  GFile                  *file;          /* where to */
  AnnalsExportJob        *job;           /* (nullable) while it runs */
  GCancellable           *cancellable;
  guint                   progress_id;
};

G_DEFINE_FINAL_TYPE (AnnalsExportDialog, annals_export_dialog, ADW_TYPE_WINDOW)

static void
say (GtkWidget  *label,
     const char *message)
{
  gtk_label_set_text (GTK_LABEL (label), message != NULL ? message : "");
  gtk_widget_set_visible (label, message != NULL);
}

static void
show_page (AnnalsExportDialog *self,
           const char         *name)
{
  gboolean settings = g_str_equal (name, "settings");
  gboolean done = g_str_equal (name, "done");

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_widget_set_visible (self->export_button, !done);
  gtk_widget_set_visible (self->print_button,
                          settings && annals_print_can_print (annals_export_topic_get_subject (self->topic)));
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), done ? _("_Close") : _("_Cancel"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose-file",
                                 settings && self->title != NULL && !self->empty && self->formats->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.print", settings && self->title != NULL && !self->empty);

  if (done)
    gtk_widget_grab_focus (GTK_WIDGET (self->finished));
  else if (!settings)
    gtk_widget_grab_focus (self->cancel_button);
  else
    gtk_widget_grab_focus (self->export_button);
}

/* Returns: (nullable): NULL when there is none */
static const AnnalsExportFormat *
get_format (AnnalsExportDialog *self)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self->format_row));

  return position < self->formats->len ? self->formats->pdata[position] : NULL;
}

/* What the export will be with what is chosen now. */
static void
update_preview (AnnalsExportDialog *self)
{
  const AnnalsExportFormat *format = get_format (self);
  AnnalsExportOptions options;

  if (format == NULL || self->settings == NULL || self->empty)
    return;

  annals_export_options_read (self->settings, &options);
  annals_export_preview_show (self->preview, self->notebook, self->topic, format, &options, self->title);
}

static void
format_cb (AnnalsExportDialog *self)
{
  const AnnalsExportFormat *format = get_format (self);

  if (format == NULL)
    return;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->format_row), annals_export_format_get_sentence (format));
  annals_export_options_box_set_format (self->options, format);
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "format", format->id);
  say (self->message, NULL);
  update_preview (self);
}

/* --- loading --- */

typedef struct
{
  AnnalsExportTopic   *topic;
  char                *notebook_title;
  AnnalsExportSummary  summary;
} LoadJob;

static void
load_job_free (LoadJob *job)
{
  annals_export_topic_unref (job->topic);
  annals_export_summary_clear (&job->summary);
  g_free (job->notebook_title);
  g_free (job);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LoadJob *job = data;

  return annals_export_topic_sum_up (job->topic, db, job->notebook_title, &job->summary, cancellable, error);
}

/* The format chosen last for the same topic. */
static void
restore_format (AnnalsExportDialog *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "format");

  for (guint i = 0; i < self->formats->len; i++)
    if (g_str_equal (((const AnnalsExportFormat *) self->formats->pdata[i])->id, id))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->format_row), i);
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsExportDialog *self = owner;
  const LoadJob *job = data;

  if (self->stack == NULL)
    return;

  if (error != NULL)
    {
      say (self->message, error->message);
      return;
    }

  self->title = g_strdup (job->summary.title);
  self->empty = job->summary.empty;
  gtk_label_set_text (GTK_LABEL (self->topic_title), self->title);
  gtk_label_set_text (GTK_LABEL (self->counts), job->summary.counts);
  self->settings = annals_export_options_dup_settings (job->summary.key);
  restore_format (self);
  annals_export_options_box_set_settings (self->options, self->settings);
  format_cb (self);
  if (self->empty)
    say (self->message, _("There is nothing to export."));
  show_page (self, "settings");
}

/* --- exporting --- */

static gboolean
progress_cb (gpointer user_data)
{
  AnnalsExportDialog *self = user_data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 annals_export_job_get_progress (self->job));

  return G_SOURCE_CONTINUE;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsExportDialog) self = user_data;
  g_autoptr(AnnalsExportJob) job = g_steal_pointer (&self->job);
  g_autoptr(GPtrArray) remarks = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  g_clear_handle_id (&self->progress_id, g_source_remove);
  remarks = annals_export_job_run_finish (job, result, &error);

  if (remarks != NULL)
    {
      g_autofree char *path = g_file_get_path (self->file);

      name = g_filename_display_basename (path);
      /* Translators: %s is a file's name */
      message = g_strdup_printf (_("Exported to %s"), name);
      annals_desk_toast (self->desk, message, FALSE);
      g_signal_emit_by_name (self->desk, "exported");
    }

  /* the dialog may be closed */
  if (self->stack != NULL && remarks != NULL)
    {
      annals_export_finished_set_file (self->finished, self->file, message, remarks);
      show_page (self, "done");
    }
  else if (self->stack != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self->message, error->message);
      show_page (self, "settings");
    }

  g_application_release (g_application_get_default ());
}

static void
start_export (AnnalsExportDialog *self,
              const char         *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *running = NULL;
  AnnalsExportOptions options;

  annals_export_options_read (self->settings, &options);
  annals_export_options_box_confirm (self->options);

  /* Translators: %s is a file's name */
  running = g_strdup_printf (_("Exporting to %s…"), name);
  gtk_label_set_text (GTK_LABEL (self->running), running);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  say (self->message, NULL);
  show_page (self, "running");

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->job = annals_export_job_new (self->topic, get_format (self)->id, path, &options);
  self->progress_id = g_timeout_add (PROGRESS_INTERVAL, progress_cb, self);

  /* the program does not end while a file is half written */
  g_application_hold (g_application_get_default ());
  annals_export_job_run_async (self->job, self->notebook, self->cancellable, exported_cb,
                               g_object_ref (self));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(AnnalsExportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = annals_choose_file_finish (result, &error);
  g_autofree char *path = NULL;

  if (self->stack == NULL || self->job != NULL)
    return;

  if (file == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self->message, error->message);
      return;
    }

  g_set_object (&self->file, file);
  path = g_file_get_path (file);
  if (path == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);
      g_autofree char *message =
        g_strdup_printf (_("Cannot export to “%s”: it is not a folder of this computer"), name);

      say (self->message, message);
      return;
    }

  start_export (self, path);
}

static void
choose_file_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (widget);
  g_autofree char *name = annals_export_dup_file_name (self->title, get_format (self));

  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, gtk_window_get_title (GTK_WINDOW (self)),
                            _("_Export"), name, NULL, file_chosen_cb, g_object_ref (self));
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (widget);

  if (annals_print_can_print (annals_export_topic_get_subject (self->topic)))
    annals_print (GTK_WINDOW (self), self->desk, annals_export_topic_ref (self->topic));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (widget);

  if (self->job != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
annals_export_dialog_dispose (GObject *object)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->preview != NULL)
    annals_export_preview_stop (self->preview);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (annals_export_dialog_parent_class)->dispose (object);
}

static void
annals_export_dialog_finalize (GObject *object)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->notebook);
  g_clear_object (&self->settings);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->topic, annals_export_topic_unref);
  g_clear_pointer (&self->formats, g_ptr_array_unref);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (annals_export_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, print_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, topic_title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, message);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, options);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, running);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, finished);
}

static void
annals_export_dialog_class_init (AnnalsExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_export_dialog_dispose;
  object_class->finalize = annals_export_dialog_finalize;

  g_type_ensure (ANNALS_TYPE_EXPORT_OPTIONS_BOX);
  g_type_ensure (ANNALS_TYPE_EXPORT_PREVIEW);
  g_type_ensure (ANNALS_TYPE_EXPORT_FINISHED);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_preview);

  gtk_widget_class_install_action (widget_class, "export.choose-file", NULL, choose_file_action);
  gtk_widget_class_install_action (widget_class, "export.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "export.choose-file", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "export.print", NULL);
}

static void
annals_export_dialog_init (AnnalsExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (GTK_LABEL (self->message));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose-file", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.print", FALSE);
}

/* Asks the notebook what the topic is called and how much it is. */
static void
load (AnnalsExportDialog *self)
{
  const char *title = annals_notebook_get_title (self->notebook);
  LoadJob *job = g_new0 (LoadJob, 1);

  job->topic = annals_export_topic_ref (self->topic);
  job->notebook_title = title != NULL && *title != '\0'
                        ? g_strdup (title)
                        : g_filename_display_basename (annals_notebook_get_path (self->notebook));
  annals_desk_read (self->desk, self, load_in_reader, job, (GDestroyNotify) load_job_free, NULL, loaded_cb);
}

void
annals_export_dialog_present (GtkWindow         *parent,
                              AnnalsDesk        *desk,
                              AnnalsExportTopic *topic)
{
  AnnalsExportDialog *self;
  AnnalsExportSubject subject;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (annals_desk_get_notebook (desk) != NULL);
  g_return_if_fail (topic != NULL);

  subject = annals_export_topic_get_subject (topic);
  self = g_object_new (ANNALS_TYPE_EXPORT_DIALOG,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       "title", annals_export_subject_get_title (subject),
                       NULL);
  self->desk = g_object_ref (desk);
  self->notebook = g_object_ref (annals_desk_get_notebook (desk));
  self->topic = topic;
  self->formats = annals_export_get_formats (subject);
  annals_export_formats_offer (ADW_COMBO_ROW (self->format_row), self->formats);

  load (self);
  annals_present_built (GTK_WINDOW (self));
}
