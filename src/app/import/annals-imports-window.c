/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-window.h"

#include <glib/gi18n.h>

#include "annals-imports.h"
#include "annals-issue-item.h"
#include "annals-lists.h"

/* Longest piece (characters) of what could not be used that a row shows. */
#define EXCERPT_LENGTH 400

struct _AnnalsImportsWindow
{
  AdwWindow   parent_instance;

  GtkStack   *stack;
  GtkListBox *imports;
  GtkStack   *issues_stack;
  GtkWidget  *issues;

  AnnalsDesk *desk;
  GListStore *items;        /* (element type AnnalsIssueItem) */
  gint64      import_id;    /* whose issues are shown; 0: of all */
};

G_DEFINE_FINAL_TYPE (AnnalsImportsWindow, annals_imports_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64     import_id;
  GPtrArray *records;    /* (element type AnnalsImport or AnnalsIssue) */
} ImportsJob;

static void
imports_job_free (ImportsJob *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

static gboolean
list_imports_in_reader (AnnalsDb      *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return (((ImportsJob *) data)->records = annals_db_list_imports (db, error)) != NULL;
}

static gboolean
list_issues_in_reader (AnnalsDb      *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  ImportsJob *job = data;

  return (job->records = annals_db_list_issues (db, job->import_id, error)) != NULL;
}

/* --- issues --- */

static void
issues_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsImportsWindow *self = ANNALS_IMPORTS_WINDOW (owner);
  ImportsJob *job = data;
  g_autoptr(GPtrArray) items = NULL;

  if (job->import_id != self->import_id)
    return;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The issues could not be read"), error->message);
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (job->records, NULL);   /* each goes into its item */
  for (guint i = 0; i < job->records->len; i++)
    g_ptr_array_add (items, annals_issue_item_new (job->records->pdata[i]));

  g_list_store_remove_all (self->items);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->issues_stack, items->len > 0 ? "issues" : "none");
}

static void
load_issues (AnnalsImportsWindow *self)
{
  ImportsJob *job = g_new0 (ImportsJob, 1);

  job->import_id = self->import_id;
  annals_desk_read (self->desk, self, list_issues_in_reader, job,
                    (GDestroyNotify) imports_job_free, NULL, issues_cb);
}

static GtkWidget *
append_label (GtkWidget  *box,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *place = append_label (box, "caption");
  GtkWidget *excerpt;

  gtk_widget_add_css_class (place, "dim-label");
  append_label (box, NULL);
  excerpt = append_label (box, "issue-excerpt");
  gtk_label_set_lines (GTK_LABEL (excerpt), 4);
  gtk_label_set_ellipsize (GTK_LABEL (excerpt), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, box);
}

static const char *
get_severity_label (AnnalsSeverity severity)
{
  switch (severity)
    {
    case ANNALS_SEVERITY_NOTE:
      return _("Note");

    case ANNALS_SEVERITY_WARNING:
      return _("Warning");

    case ANNALS_SEVERITY_ERROR:
      return _("Error");
    }

  g_assert_not_reached ();
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  const AnnalsIssue *issue = annals_issue_item_get (gtk_list_item_get_item (item));
  GtkWidget *place = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *reason = gtk_widget_get_next_sibling (place);
  GtkWidget *excerpt = gtk_widget_get_next_sibling (reason);
  const char *severity = get_severity_label (issue->severity);
  g_autofree char *where = g_strjoin (" · ", severity, issue->place, NULL);
  g_autofree char *piece = g_utf8_strlen (issue->excerpt, -1) > EXCERPT_LENGTH
                             ? g_utf8_substring (issue->excerpt, 0, EXCERPT_LENGTH)
                             : g_strdup (issue->excerpt);
  g_autofree char *name = g_strdup_printf ("%s, %s: %s", severity, issue->place, issue->reason);

  gtk_label_set_text (GTK_LABEL (place), where);
  gtk_label_set_text (GTK_LABEL (reason), issue->reason);
  gtk_label_set_text (GTK_LABEL (excerpt), piece);
  gtk_widget_set_visible (excerpt, *piece != '\0');
  annals_list_name_row (item, name);
}

/* --- imports --- */

static char *
describe_import (const AnnalsImport *import)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (import->started / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? g_date_time_format (local, "%x %R") : g_strdup ("");
  g_autofree char *issues = g_strdup_printf (ngettext ("%'u issue", "%'u issues", import->n_issues),
                                             import->n_issues);
  g_autofree char *counts = g_strdup_printf (_("%'u new, %'u updated, %'u unchanged"),
                                             import->n_new, import->n_updated, import->n_unchanged);
  const char *state = g_str_equal (import->state, "undone") ? _("undone") :
                      g_str_equal (import->state, "running") ? _("running") : NULL;

  if (state != NULL)
    return g_strdup_printf ("%s · %s\n%s · %s", time, state, counts, issues);

  return g_strdup_printf ("%s\n%s · %s", time, counts, issues);
}

static void
append_import (AnnalsImportsWindow *self,
               gint64               id,
               const char          *title,
               const char          *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = subtitle != NULL ? g_strdup_printf ("%s, %s", title, subtitle)
                                           : g_strdup (title);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_label_set_text (GTK_LABEL (append_label (box, "heading")), title);
  if (subtitle != NULL)
    {
      GtkWidget *label = append_label (box, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_label_set_text (GTK_LABEL (label), subtitle);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "annals-id", g_memdup2 (&id, sizeof id), g_free);
  gtk_list_box_append (self->imports, row);
  if (id == self->import_id)
    gtk_list_box_select_row (self->imports, GTK_LIST_BOX_ROW (row));
}

static void
imports_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsImportsWindow *self = ANNALS_IMPORTS_WINDOW (owner);
  ImportsJob *job = data;
  GtkListBoxRow *row;
  gint64 selected = self->import_id;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The imports could not be read"), error->message);
      return;
    }

  while ((row = gtk_list_box_get_row_at_index (self->imports, 0)) != NULL)
    gtk_list_box_remove (self->imports, GTK_WIDGET (row));
  self->import_id = selected;
  if (job->records->len > 0)
    append_import (self, 0, _("All imports"), NULL);
  for (guint i = 0; i < job->records->len; i++)
    {
      const AnnalsImport *import = job->records->pdata[i];
      g_autofree char *description = describe_import (import);

      append_import (self, import->id, import->file_name, description);
    }
  gtk_stack_set_visible_child_name (self->stack, job->records->len > 0 ? "imports" : "empty");
}

static void
load_imports (AnnalsImportsWindow *self)
{
  annals_desk_read (self->desk, self, list_imports_in_reader, g_new0 (ImportsJob, 1),
                    (GDestroyNotify) imports_job_free, NULL, imports_cb);
}

static void
import_selected_cb (AnnalsImportsWindow *self,
                    GtkListBoxRow       *row)
{
  if (row == NULL)
    return;

  self->import_id = *(gint64 *) g_object_get_data (G_OBJECT (row), "annals-id");
  load_issues (self);
}

static void
changed_cb (AnnalsImportsWindow *self,
            AnnalsChanges       *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_IMPORT))
    load_imports (self);
}

static void
annals_imports_window_dispose (GObject *object)
{
  AnnalsImportsWindow *self = ANNALS_IMPORTS_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_IMPORTS_WINDOW);
  g_clear_object (&self->items);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_imports_window_parent_class)->dispose (object);
}

static void
annals_imports_window_class_init (AnnalsImportsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_imports_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-imports-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, imports);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, issues_stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, issues);
  gtk_widget_class_bind_template_callback (widget_class, import_selected_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_imports_window_init (AnnalsImportsWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (ANNALS_TYPE_ISSUE_ITEM);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items))));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->issues), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->issues), selection);
  annals_list_leave_by_tab (self->issues);
  annals_list_leave_by_tab (GTK_WIDGET (self->imports));
}

void
annals_imports_window_present (GtkWindow  *parent,
                               AnnalsDesk *desk,
                               gint64      import_id)
{
  AnnalsImportsWindow *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  self = g_object_new (ANNALS_TYPE_IMPORTS_WINDOW, "transient-for", parent,
                       "destroy-with-parent", TRUE, NULL);
  self->desk = g_object_ref (desk);
  self->import_id = import_id;
  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  /* It shows one notebook and goes with it. */
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (gtk_window_destroy), self,
                           G_CONNECT_SWAPPED);
  load_imports (self);
  gtk_window_present (GTK_WINDOW (self));
}
