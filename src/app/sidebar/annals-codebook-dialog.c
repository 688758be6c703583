/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-codebook-dialog.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-codebook.h"

/* More rows than anybody reads would keep the window waiting. */
#define MAX_ROWS 300

struct _AnnalsCodebookDialog
{
  AdwWindow       parent_instance;

  GtkWidget      *import_button;
  GtkLabel       *summary;
  GtkLabel       *complaint;
  GtkListBox     *list;
  GtkLabel       *more;
  GtkLabel       *remarks;

  AnnalsDesk     *desk;
  AnnalsCodebook *codebook;   /* the worker's while it works */
  guint           n_new, n_changed;
};

G_DEFINE_FINAL_TYPE (AnnalsCodebookDialog, annals_codebook_dialog, ADW_TYPE_WINDOW)

/* --- import --- */

typedef struct
{
  AnnalsCodebook *codebook;
} ImportJob;

static void
import_job_free (ImportJob *self)
{
  g_clear_pointer (&self->codebook, annals_codebook_free);
  g_free (self);
}

static gboolean
import_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return annals_db_import_codebook (db, ((ImportJob *) data)->codebook, NULL, error);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsCodebookDialog) self = user_data;
  ImportJob *job = annals_notebook_job_get_data (result);
  g_autoptr(GError) error = NULL;
  g_autofree char *added = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *message = NULL;

  if (!annals_notebook_change_finish (ANNALS_NOTEBOOK (source), result, &error))
    {
      self->codebook = g_steal_pointer (&job->codebook);
      gtk_label_set_text (self->complaint, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->complaint), TRUE);
      gtk_widget_set_sensitive (self->import_button, TRUE);
      return;
    }

  added = g_strdup_printf (ngettext ("%u tag added", "%u tags added", self->n_new), self->n_new);
  /* Translators: follows “3 tags added” */
  changed = g_strdup_printf (ngettext (", %u changed", ", %u changed", self->n_changed), self->n_changed);
  message = g_strconcat (added, changed, NULL);
  annals_desk_toast (self->desk, message, TRUE);
  gtk_window_close (GTK_WINDOW (self));
}

static void
import_cb (AnnalsCodebookDialog *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  ImportJob *job;

  if (notebook == NULL || self->codebook == NULL)
    return;

  gtk_widget_set_sensitive (self->import_button, FALSE);
  job = g_new0 (ImportJob, 1);
  job->codebook = g_steal_pointer (&self->codebook);
  annals_notebook_change_async (notebook, _("Import tags"), import_in_writer, job,
                                (GDestroyNotify) import_job_free, NULL, imported_cb, g_object_ref (self));
}

/* --- the widget --- */

static void
annals_codebook_dialog_dispose (GObject *object)
{
  AnnalsCodebookDialog *self = ANNALS_CODEBOOK_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_CODEBOOK_DIALOG);
  g_clear_pointer (&self->codebook, annals_codebook_free);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_codebook_dialog_parent_class)->dispose (object);
}

static void
annals_codebook_dialog_class_init (AnnalsCodebookDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_codebook_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-codebook-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsCodebookDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsCodebookDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, AnnalsCodebookDialog, complaint);
  gtk_widget_class_bind_template_child (widget_class, AnnalsCodebookDialog, list);
  gtk_widget_class_bind_template_child (widget_class, AnnalsCodebookDialog, more);
  gtk_widget_class_bind_template_child (widget_class, AnnalsCodebookDialog, remarks);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_codebook_dialog_init (AnnalsCodebookDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->complaint);
}

static void
add_row (AnnalsCodebookDialog *self,
         const AnnalsCodePlan *plan)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *state = gtk_label_new (plan->state == ANNALS_CODE_NEW ? _("New") : _("Changed"));
  g_autofree char *subtitle = NULL;

  if (plan->state == ANNALS_CODE_CHANGED)
    subtitle = g_strdup (plan->changes);
  else if (plan->parent != NULL)
    /* Translators: the name of the tag that another one stands below */
    subtitle = g_strdup_printf (_("below “%s”"), plan->parent);

  gtk_widget_add_css_class (state, "dim-label");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), plan->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  gtk_list_box_append (self->list, row);
}

static void
show_remarks (AnnalsCodebookDialog *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->codebook->remarks->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (const char *) self->codebook->remarks->pdata[i]);
  gtk_label_set_text (self->remarks, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), text->len > 0);
}

static void
show_plans (AnnalsCodebookDialog *self,
            GPtrArray            *plans)
{
  g_autofree char *added = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *same = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *more = NULL;
  guint n_same = 0, n_rows = 0;

  for (guint i = 0; i < plans->len; i++)
    {
      const AnnalsCodePlan *plan = plans->pdata[i];

      self->n_new += plan->state == ANNALS_CODE_NEW;
      self->n_changed += plan->state == ANNALS_CODE_CHANGED;
      n_same += plan->state == ANNALS_CODE_SAME;
      if (plan->state != ANNALS_CODE_SAME && n_rows++ < MAX_ROWS)
        add_row (self, plan);
    }

  added = g_strdup_printf (ngettext ("%'u new tag", "%'u new tags", self->n_new), self->n_new);
  changed = g_strdup_printf (ngettext ("%'u changed", "%'u changed", self->n_changed), self->n_changed);
  same = g_strdup_printf (ngettext ("%'u the same", "%'u the same", n_same), n_same);
  summary = g_strdup_printf ("%s · %s · %s", added, changed, same);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_rows > 0);
  gtk_widget_set_sensitive (self->import_button, n_rows > 0);
  if (n_rows > MAX_ROWS)
    {
      more = g_strdup_printf (ngettext ("and %'u more", "and %'u more", n_rows - MAX_ROWS), n_rows - MAX_ROWS);
      gtk_label_set_text (self->more, more);
      gtk_widget_set_visible (GTK_WIDGET (self->more), TRUE);
    }
}

/* --- what is asked before it is shown --- */

typedef struct
{
  AnnalsCodebook *codebook;
  GPtrArray      *plans;
} PlanJob;

static void
plan_job_free (PlanJob *self)
{
  g_clear_pointer (&self->codebook, annals_codebook_free);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_free (self);
}

static gboolean
plan_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  PlanJob *job = data;

  return (job->plans = annals_db_plan_codebook (db, job->codebook, error)) != NULL;
}

static void
planned_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsCodebookDialog *self = ANNALS_CODEBOOK_DIALOG (owner);
  PlanJob *job = data;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The tags could not be read"), error->message);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  self->codebook = g_steal_pointer (&job->codebook);
  show_plans (self, job->plans);
  show_remarks (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->import_button);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  AnnalsCodebook *codebook = annals_codebook_load (data, cancellable, &error);

  if (codebook != NULL)
    g_task_return_pointer (task, codebook, (GDestroyNotify) annals_codebook_free);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  AnnalsCodebookDialog *self = ANNALS_CODEBOOK_DIALOG (source);
  g_autoptr(GError) error = NULL;
  AnnalsCodebook *codebook = g_task_propagate_pointer (G_TASK (result), &error);
  PlanJob *job;

  if (codebook == NULL)
    {
      annals_desk_fail (self->desk, _("No tags were imported"), error->message);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  job = g_new0 (PlanJob, 1);
  job->codebook = codebook;
  annals_desk_read (self->desk, self, plan_in_reader, job, (GDestroyNotify) plan_job_free, NULL, planned_cb);
}

void
annals_codebook_dialog_present (GtkWindow  *parent,
                                AnnalsDesk *desk,
                                const char *path)
{
  AnnalsCodebookDialog *self;
  g_autoptr(GTask) task = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (path != NULL);

  name = g_filename_display_basename (path);
  /* Translators: a window's title; %s is the name of the file that tags are imported from */
  title = g_strdup_printf (_("Tags of “%s”"), name);
  self = g_object_new (ANNALS_TYPE_CODEBOOK_DIALOG, "transient-for", parent, "title", title, NULL);
  self->desk = g_object_ref (desk);
  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_source_tag (task, annals_codebook_dialog_present);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_in_thread);
}
