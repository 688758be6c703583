/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-choose-file.h"
#include "annals-export-job.h"
#include "annals-text.h"
#include "annals-timelines.h"

#define PROGRESS_INTERVAL 50   /* ms */
#define WIDTH 480
#define MAX_NAME 60            /* characters of a proposed file name, before its suffix */

struct _AnnalsExportDialog
{
  AdwWindow        parent_instance;
  GtkWidget       *cancel_button;
  GtkWidget       *export_button;
  GtkWidget       *stack;
  GtkWidget       *timeline_title;
  GtkWidget       *counts;
  GtkWidget       *message;
  GtkWidget       *pdf;
  GtkWidget       *json;
  GtkWidget       *pdf_options;
  GtkWidget       *paper;
  GtkWidget       *notes;
  GtkWidget       *running;
  GtkWidget       *progress;
  GtkWidget       *exported;
  GtkWidget       *place;
  GtkWidget       *open_button;
  GtkWidget       *launch_message;

  AnnalsDesk      *desk;
  AnnalsNotebook  *notebook;
  GSettings       *settings;
  gint64           timeline_id;
  char            *title;         /* the timeline's; NULL until it is loaded */

  GFile           *file;          /* where to */
  AnnalsExportJob *job;           /* (nullable) while it runs */
  GCancellable    *cancellable;
  guint            progress_id;
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
  /* room for a message that came */
  if (settings)
    gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  gtk_widget_set_visible (self->export_button, !done);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), done ? _("_Close") : _("_Cancel"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose-file",
                                 settings && self->title != NULL);

  if (done)
    gtk_widget_grab_focus (self->open_button);
  else if (!settings)
    gtk_widget_grab_focus (self->cancel_button);
  else
    gtk_widget_grab_focus (self->export_button);
}

static gboolean
wants_pdf (AnnalsExportDialog *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->pdf));
}

/* The timeline's title as the name of a file on any system. */
static char *
propose_name (const char *title,
              const char *suffix)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (title, -1);
  g_autofree char *lead = annals_text_dup_lead (text, MAX_NAME);

  g_strdelimit (lead, "/\\:*?\"<>|", '-');
  g_strstrip (lead);
  while (*lead == '.')
    memmove (lead, lead + 1, strlen (lead));

  return g_strconcat (*lead != '\0' ? lead : _("Timeline"), ".", suffix, NULL);
}

/* --- loading --- */

typedef struct
{
  gint64          id;
  AnnalsTimeline *timeline;
} LoadJob;

static void
load_job_free (LoadJob *job)
{
  g_clear_pointer (&job->timeline, annals_timeline_free);
  g_free (job);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LoadJob *job = data;

  return (job->timeline = annals_db_load_timeline (db, job->id, error)) != NULL;
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsExportDialog *self = owner;
  const LoadJob *job = data;
  g_autofree char *events = NULL;
  g_autofree char *posts = NULL;
  g_autofree char *counts = NULL;

  if (self->stack == NULL)
    return;

  if (error != NULL)
    {
      say (self->message, error->message);
      return;
    }

  self->title = g_strdup (job->timeline->title);
  events = g_strdup_printf (ngettext ("%u event", "%u events", job->timeline->n_events),
                            job->timeline->n_events);
  posts = g_strdup_printf (ngettext ("%u post cited", "%u posts cited", job->timeline->n_posts),
                           job->timeline->n_posts);
  /* Translators: “38 events · 29 posts cited” */
  counts = g_strdup_printf (_("%s · %s"), events, posts);
  gtk_label_set_text (GTK_LABEL (self->timeline_title), self->title);
  gtk_label_set_text (GTK_LABEL (self->counts), counts);
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
show_done (AnnalsExportDialog *self,
           const char         *message)
{
  g_autoptr(GFile) folder = g_file_get_parent (self->file);
  g_autofree char *path = folder != NULL ? g_file_get_parse_name (folder) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (self->exported), message);
  gtk_label_set_text (GTK_LABEL (self->place), path);
  show_page (self, "done");
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsExportDialog) self = user_data;
  g_autoptr(AnnalsExportJob) job = g_steal_pointer (&self->job);
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  gboolean done;

  g_clear_handle_id (&self->progress_id, g_source_remove);
  done = annals_export_job_run_finish (job, result, &error);

  if (done)
    {
      g_autofree char *path = g_file_get_path (self->file);

      name = g_filename_display_basename (path);
      /* Translators: %s is a file's name */
      message = g_strdup_printf (_("Exported to %s"), name);
      annals_desk_toast (self->desk, message, FALSE);
    }

  /* the dialog may be closed */
  if (self->stack != NULL && done)
    show_done (self, message);
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
  AnnalsExportOptions options = { .paper = ANNALS_PAPER_A4 };
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *running = NULL;

  if (adw_combo_row_get_selected (ADW_COMBO_ROW (self->paper)) == 1)
    options.paper = ANNALS_PAPER_LETTER;
  options.with_notes = gtk_switch_get_active (GTK_SWITCH (self->notes));
  if (wants_pdf (self))
    g_settings_set_string (self->settings, "page-size",
                           options.paper == ANNALS_PAPER_LETTER ? "letter" : "a4");

  /* Translators: %s is a file's name */
  running = g_strdup_printf (_("Exporting to %s…"), name);
  gtk_label_set_text (GTK_LABEL (self->running), running);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  say (self->message, NULL);
  show_page (self, "running");

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->job = annals_export_job_new (self->timeline_id, wants_pdf (self) ? "pdf" : "json", path,
                                     &options);
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
  g_autofree char *name = propose_name (self->title, wants_pdf (self) ? "pdf" : "json");

  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, _("Export Timeline"),
                            _("_Export"), name, NULL, file_chosen_cb, g_object_ref (self));
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

/* --- afterwards --- */

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsExportDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->stack != NULL)
    say (self->launch_message, error->message);
}

static void
launch (AnnalsExportDialog *self,
        GFile              *file)
{
  g_autoptr(GdkAppLaunchContext) context =
    gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autofree char *uri = g_file_get_uri (file);

  say (self->launch_message, NULL);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, launched_cb,
                                           g_object_ref (self));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (widget);

  if (self->file != NULL)
    launch (self, self->file);
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (widget);
  g_autoptr(GFile) folder = self->file != NULL ? g_file_get_parent (self->file) : NULL;

  if (folder != NULL)
    launch (self, folder);
}

static void
format_cb (AnnalsExportDialog *self)
{
  gtk_widget_set_sensitive (self->pdf_options, wants_pdf (self));
}

static void
annals_export_dialog_dispose (GObject *object)
{
  AnnalsExportDialog *self = ANNALS_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
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
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (annals_export_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, timeline_title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, message);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, pdf);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, json);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, pdf_options);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, paper);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, notes);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, running);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, exported);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, place);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportDialog, launch_message);
}

static void
annals_export_dialog_class_init (AnnalsExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_export_dialog_dispose;
  object_class->finalize = annals_export_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);

  gtk_widget_class_install_action (widget_class, "export.choose-file", NULL, choose_file_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "export.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "export.open-folder", NULL, open_folder_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);
}

/* What the user chose last; before that what the locale prints on. */
static gboolean
prefers_letter (GSettings *settings)
{
  g_autoptr(GVariant) chosen = g_settings_get_user_value (settings, "page-size");

  if (chosen != NULL)
    return g_str_equal (g_variant_get_string (chosen, NULL), "letter");

  return g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER);
}

static void
annals_export_dialog_init (AnnalsExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->paper), prefers_letter (self->settings) ? 1 : 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose-file", FALSE);
}

void
annals_export_dialog_present (GtkWindow  *parent,
                              AnnalsDesk *desk,
                              gint64      timeline_id)
{
  AnnalsExportDialog *self;
  LoadJob *job;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (annals_desk_get_notebook (desk) != NULL);

  self = g_object_new (ANNALS_TYPE_EXPORT_DIALOG,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       NULL);
  self->desk = g_object_ref (desk);
  self->notebook = g_object_ref (annals_desk_get_notebook (desk));
  self->timeline_id = timeline_id;

  job = g_new0 (LoadJob, 1);
  job->id = timeline_id;
  annals_desk_read (desk, self, load_in_reader, job, (GDestroyNotify) load_job_free, NULL,
                    loaded_cb);
  gtk_window_present (GTK_WINDOW (self));
}
