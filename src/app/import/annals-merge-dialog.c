/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-dialog.h"

#include <glib/gi18n.h>

#include "annals-backup-job.h"
#include "annals-finished-notice.h"
#include "annals-merge.h"
#include "annals-notebook-document.h"
#include "annals-work-document.h"

/* Rows of differences; the rest is counted */
#define MAX_ROWS 500
/* milliseconds */
#define PROGRESS_INTERVAL 100

struct _AnnalsMergeDialog
{
  AdwWindow             parent_instance;

  GtkWidget            *cancel_button;
  GtkWidget            *close_button;
  GtkStack             *stack;
  GtkLabel             *working_label;
  GtkProgressBar       *progress_bar;
  GtkWidget            *done_page;
  AdwPreferencesGroup  *came_group;
  AdwPreferencesGroup  *differences_group;
  AdwStatusPage        *failed_page;

  AnnalsDesk           *desk;
  char                 *name;           /* of the file, for people */
  GCancellable         *cancellable;
  char                 *message;        /* (nullable): said when it closes, with Undo */
  gboolean              is_document;
  gboolean              working;
  gboolean              closing;        /* it goes when its work has ended */
  guint                 progress_source;
  GMutex                mutex;
  double                fraction;       /* under the mutex */
};

G_DEFINE_FINAL_TYPE (AnnalsMergeDialog, annals_merge_dialog, ADW_TYPE_WINDOW)

/* --- the work, on a thread of its own --- */

typedef struct
{
  AnnalsNotebook    *notebook;
  AnnalsMergeDialog *dialog;       /* a reference */
  char              *path;
  gboolean           is_document;
} Job;

static void
job_free (Job *self)
{
  g_object_unref (self->notebook);
  g_object_unref (self->dialog);
  g_free (self->path);
  g_free (self);
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  AnnalsMergeDialog *self = user_data;

  g_mutex_lock (&self->mutex);
  self->fraction = fraction;
  g_mutex_unlock (&self->mutex);
}

static void
merge_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  AnnalsMergeResult *result;

  annals_backup_before_import (job->notebook, cancellable);
  result = job->is_document
    ? annals_import_document (job->notebook, job->path, progress_cb, job->dialog, cancellable, &error)
    : annals_notebook_merge_file (job->notebook, job->path, progress_cb, job->dialog, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) annals_merge_result_free);
  else
    g_task_return_error (task, error);
}

static gboolean
show_progress_cb (gpointer user_data)
{
  AnnalsMergeDialog *self = user_data;
  double fraction;

  g_mutex_lock (&self->mutex);
  fraction = self->fraction;
  g_mutex_unlock (&self->mutex);
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);

  return G_SOURCE_CONTINUE;
}

/* --- what came of it --- */

static void
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
}

/* @text: (transfer full): with the number in it */
static void
take_count (AnnalsMergeDialog *self,
            guint              n,
            char              *text)
{
  g_autofree char *title = text;

  if (n > 0)
    add_row (self->came_group, title, NULL);
}

static void
show_what_came (AnnalsMergeDialog       *self,
                const AnnalsMergeResult *result)
{
  guint n_records = annals_merge_result_count_added (result);

  if (result->step == 0)
    {
      add_row (self->came_group, _("Nothing was new"), NULL);
      return;
    }

  take_count (self, result->n_posts,
              g_strdup_printf (ngettext ("%u new post", "%u new posts", result->n_posts), result->n_posts));
  take_count (self, result->n_revisions,
              g_strdup_printf (ngettext ("%u new text of a post", "%u new texts of posts", result->n_revisions),
                               result->n_revisions));
  take_count (self, n_records,
              g_strdup_printf (ngettext ("%u other new record", "%u other new records", n_records), n_records));
  take_count (self, result->n_changed,
              g_strdup_printf (ngettext ("%u field changed", "%u fields changed", result->n_changed),
                               result->n_changed));
}

/* What says nothing has to be seen all the same. */
static const char *
or_dash (const char *value)
{
  return *value != '\0' ? value : "—";
}

static void
add_difference (AnnalsMergeDialog           *self,
                const AnnalsMergeDifference *difference)
{
  /* Translators: a kind of record, its name, and, of one that differs, a field: “Event “Flood”: title” */
  g_autofree char *title = difference->member != NULL
    ? g_strdup_printf (_("%s “%s”: %s"), annals_entry_kind_get_label (difference->kind), difference->name,
                       annals_entry_member_get_label (difference->member))
    : g_strdup_printf (_("%s “%s”"), annals_entry_kind_get_label (difference->kind), difference->name);
  g_autofree char *subtitle = difference->remark != NULL
    ? g_strdup (difference->remark)
    : g_strdup_printf (difference->taken ? _("Taken over: “%2$s” in the place of “%1$s”")
                                         : _("Kept: “%1$s”; in the other notebook it is “%2$s”"),
                       or_dash (difference->ours), or_dash (difference->theirs));

  if (*difference->name == '\0')
    add_row (self->differences_group, subtitle, NULL);
  else
    add_row (self->differences_group, title, subtitle);
}

static void
show_differences (AnnalsMergeDialog       *self,
                  const AnnalsMergeResult *result)
{
  guint n = MIN (result->differences->len, MAX_ROWS);
  guint n_more = result->differences->len - n + result->n_unlisted;

  for (guint i = 0; i < n; i++)
    add_difference (self, result->differences->pdata[i]);
  if (n_more > 0)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more", "%u more", n_more), n_more);

      add_row (self->differences_group, more, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->differences_group), result->differences->len > 0);
}

static void
show_page (AnnalsMergeDialog *self,
           const char        *page)
{
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->close_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->close_button);
  gtk_widget_grab_focus (self->close_button);
}

static void
show_result (AnnalsMergeDialog       *self,
             const AnnalsMergeResult *result)
{
  adw_preferences_group_set_title (self->came_group, _("What Came"));
  show_what_came (self, result);
  show_differences (self, result);
  show_page (self, "done");
  if (result->step != 0)
    self->message = g_strdup_printf (self->is_document ? _("“%s” was imported") : _("“%s” was merged"), self->name);
}

static void
merged_cb (GObject      *source,
           GAsyncResult *task,
           gpointer      user_data)
{
  g_autoptr(AnnalsMergeDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsMergeResult) result = g_task_propagate_pointer (G_TASK (task), &error);

  self->working = FALSE;
  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (self->closing || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  if (result != NULL)
    {
      show_result (self, result);
      annals_finished_notice_send (GTK_WINDOW (self), annals_desk_get_notebook (self->desk),
                                   self->message != NULL ? self->message : _("Nothing New"), NULL);
      return;
    }

  {
    g_autofree char *escaped = g_markup_escape_text (error->message, -1);

    if (self->is_document)
      adw_status_page_set_title (self->failed_page, _("Nothing Was Imported"));
    adw_status_page_set_description (self->failed_page, escaped);
    show_page (self, "failed");
  }
}

/* --- the window --- */

static gboolean
annals_merge_dialog_close_request (GtkWindow *window)
{
  AnnalsMergeDialog *self = ANNALS_MERGE_DIALOG (window);

  if (!self->working)
    {
      if (self->message != NULL)
        annals_desk_toast (self->desk, self->message, TRUE);
      return GTK_WINDOW_CLASS (annals_merge_dialog_parent_class)->close_request (window);
    }

  self->closing = TRUE;
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  gtk_label_set_text (self->working_label, _("Stopping…"));

  return TRUE;
}

static void
annals_merge_dialog_dispose (GObject *object)
{
  AnnalsMergeDialog *self = ANNALS_MERGE_DIALOG (object);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_MERGE_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_merge_dialog_parent_class)->dispose (object);
}

static void
annals_merge_dialog_finalize (GObject *object)
{
  AnnalsMergeDialog *self = ANNALS_MERGE_DIALOG (object);

  g_free (self->name);
  g_free (self->message);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (annals_merge_dialog_parent_class)->finalize (object);
}

static void
annals_merge_dialog_class_init (AnnalsMergeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_merge_dialog_dispose;
  object_class->finalize = annals_merge_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = annals_merge_dialog_close_request;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, working_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, came_group);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, differences_group);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMergeDialog, failed_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_merge_dialog_init (AnnalsMergeDialog *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
start (AnnalsMergeDialog *self,
       const char        *path,
       gboolean           is_document)
{
  g_autoptr(GTask) task = g_task_new (NULL, self->cancellable, merged_cb, g_object_ref (self));
  Job *job = g_new0 (Job, 1);

  job->notebook = g_object_ref (annals_desk_get_notebook (self->desk));
  job->dialog = g_object_ref (self);
  job->path = g_strdup (path);
  job->is_document = is_document;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  /* What was cancelled ends only when its thread has ended: nothing runs on behind the window. */
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_check_cancellable (task, FALSE);
  self->working = TRUE;
  self->progress_source = g_timeout_add (PROGRESS_INTERVAL, show_progress_cb, self);
  g_task_run_in_thread (task, merge_in_thread);
}

GtkWindow *
annals_merge_dialog_present (GtkWindow  *parent,
                             AnnalsDesk *desk,
                             const char *path,
                             gboolean    is_document)
{
  AnnalsMergeDialog *self;
  g_autofree char *working = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ANNALS_IS_DESK (desk) && annals_desk_get_notebook (desk) != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_MERGE_DIALOG, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->name = g_filename_display_basename (path);
  self->is_document = is_document;
  if (is_document)
    gtk_window_set_title (GTK_WINDOW (self), _("Import"));
  working = g_strdup_printf (is_document ? _("Importing “%s”…") : _("Merging “%s”…"), self->name);
  gtk_label_set_text (self->working_label, working);
  start (self, path, is_document);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}

/* --- what a file is --- */

static void
sniff_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_task_return_boolean (task, annals_document_sniff (task_data) != NULL);
}

void
annals_merge_dialog_sniff_async (const char          *path,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_merge_dialog_sniff_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, sniff_in_thread);
}

gboolean
annals_merge_dialog_sniff_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_merge_dialog_sniff_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
