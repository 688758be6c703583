/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-window.h"

#include <glib/gi18n.h>

#include "annals-choose-file.h"
#include "annals-date-style.h"
#include "annals-import-dialog.h"
#include "annals-import-words.h"
#include "annals-imports.h"
#include "annals-issue-item.h"
#include "annals-lists.h"

/* Longest piece (characters) of what could not be used that a row shows. */
#define EXCERPT_LENGTH 400
/* Issues that are fetched at a time. */
#define PAGE 500

struct _AnnalsImportsWindow
{
  AdwWindow   parent_instance;

  GtkStack   *stack;
  GtkListBox *imports;
  GtkStack   *issues_stack;
  AdwStatusPage *no_issues;
  GtkWidget  *issues;
  GtkWidget  *interrupted_bar;
  GtkWidget  *filter_bar;
  GtkDropDown *codes;
  GtkWidget  *force_all_button;
  GtkLabel   *interrupted_label;

  AnnalsDesk *desk;
  GListStore *items;        /* (element type AnnalsIssueItem) */
  GPtrArray  *imports_known;/* (element type AnnalsImport) */
  gint64      import_id;    /* whose issues are shown; 0: of all */
  guint       code;         /* of the issues that are shown; ANNALS_N_ISSUE_CODES: all */
  guint       code_of[ANNALS_N_ISSUE_CODES + 1];   /* of each line of the drop-down */
  gboolean    fetching;
  gboolean    complete;     /* there are no more issues to be fetched */
  gboolean    filling;      /* the drop-down */
};

G_DEFINE_FINAL_TYPE (AnnalsImportsWindow, annals_imports_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64     import_id;
  guint      code;
  guint      offset;
  guint      counts[ANNALS_N_ISSUE_CODES];
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

  return annals_db_count_issues (db, job->import_id, job->counts, error) &&
         (job->records = annals_db_list_issues_of (db, job->import_id, job->code, job->offset, PAGE, error)) != NULL;
}

/* --- issues --- */

/* A line of the drop-down for all and for each kind that there is. */
static void
fill_codes (AnnalsImportsWindow *self,
            const guint         *counts)
{
  g_autoptr(GtkStringList) lines = gtk_string_list_new (NULL);
  g_autofree char *all = NULL;
  guint selected = 0, n = 0, sum = 0;

  for (guint code = 0; code < ANNALS_N_ISSUE_CODES; code++)
    sum += counts[code];
  /* Translators: a kind of issues, and how many there are */
  all = g_strdup_printf (_("All kinds (%'u)"), sum);
  gtk_string_list_append (lines, all);
  self->code_of[n++] = ANNALS_N_ISSUE_CODES;

  for (guint code = 0; code < ANNALS_N_ISSUE_CODES; code++)
    {
      g_autofree char *line = NULL;

      if (counts[code] == 0)
        continue;

      line = g_strdup_printf ("%s (%'u)", annals_issue_code_get_label (code), counts[code]);
      gtk_string_list_append (lines, line);
      if (code == self->code)
        selected = n;
      self->code_of[n++] = code;
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->codes, G_LIST_MODEL (lines));
  gtk_drop_down_set_selected (self->codes, selected);
  self->filling = FALSE;
  gtk_widget_set_visible (self->filter_bar, sum > 0);
}

static const AnnalsImport *
find_import (AnnalsImportsWindow *self,
             gint64               id)
{
  for (guint i = 0; self->imports_known != NULL && i < self->imports_known->len; i++)
    {
      const AnnalsImport *import = self->imports_known->pdata[i];

      if (import->id == id)
        return import;
    }

  return NULL;
}

/* The import whose skipped records can still be brought in; NULL for all imports together. */
static const AnnalsImport *
forceable_import (AnnalsImportsWindow *self)
{
  const AnnalsImport *import = find_import (self, self->import_id);

  return import != NULL && g_str_equal (import->state, "done") ? import : NULL;
}

static void
update_force_all (AnnalsImportsWindow *self)
{
  gboolean any = FALSE;

  for (guint i = 0; !any && i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(AnnalsIssueItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      any = annals_issue_item_get (item)->can_force;
    }

  gtk_widget_set_visible (self->force_all_button, any && forceable_import (self) != NULL);
}

static void
issues_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsImportsWindow *self = ANNALS_IMPORTS_WINDOW (owner);
  ImportsJob *job = data;
  g_autoptr(GPtrArray) items = NULL;

  if (job->import_id != self->import_id || job->code != self->code)
    return;

  self->fetching = FALSE;
  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The issues could not be read"), error->message);
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (job->records, NULL);   /* each goes into its item */
  for (guint i = 0; i < job->records->len; i++)
    g_ptr_array_add (items, annals_issue_item_new (job->records->pdata[i]));

  if (job->offset == 0)
    {
      g_list_store_remove_all (self->items);
      fill_codes (self, job->counts);
    }
  self->complete = items->len < PAGE;
  g_list_store_splice (self->items, g_list_model_get_n_items (G_LIST_MODEL (self->items)), 0, items->pdata,
                       items->len);
  gtk_stack_set_visible_child_name (self->issues_stack, job->offset + items->len > 0 ? "issues" : "none");
  update_force_all (self);
}

static void
fetch (AnnalsImportsWindow *self,
       guint                offset)
{
  ImportsJob *job = g_new0 (ImportsJob, 1);

  self->fetching = TRUE;
  job->import_id = self->import_id;
  job->code = self->code;
  job->offset = offset;
  annals_desk_read (self->desk, self, list_issues_in_reader, job,
                    (GDestroyNotify) imports_job_free, NULL, issues_cb);
}

static void
load_issues (AnnalsImportsWindow *self)
{
  fetch (self, 0);
}

/* More come when the end of those that are there comes near. */
static void
scrolled_cb (AnnalsImportsWindow *self,
             GtkAdjustment       *adjustment)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                gtk_adjustment_get_page_size (adjustment);

  if (!self->fetching && !self->complete && left < 2 * gtk_adjustment_get_page_size (adjustment))
    fetch (self, g_list_model_get_n_items (G_LIST_MODEL (self->items)));
}

static void
code_selected_cb (AnnalsImportsWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->codes);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;

  self->code = self->code_of[MIN (selected, ANNALS_N_ISSUE_CODES)];
  load_issues (self);
}

/* --- importing what was skipped --- */

static void
force (AnnalsImportsWindow *self,
       GArray              *records)
{
  const AnnalsImport *import = forceable_import (self);

  if (import == NULL || records->len == 0)
    {
      g_array_unref (records);
      return;
    }

  annals_import_dialog_present_entry (GTK_WINDOW (self), self->desk,
                                      annals_import_entry_new_records (import->id, import->file_name, NULL,
                                                                       records));
}

static void
force_clicked_cb (AnnalsImportsWindow *self,
                  GtkButton           *button)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (button), "annals-item");
  const AnnalsIssue *issue = annals_issue_item_get (gtk_list_item_get_item (item));
  GArray *records = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (records, issue->record);
  force (self, records);
}

/* All that are in the list, which are of the chosen kind. */
static void
force_all_clicked_cb (AnnalsImportsWindow *self)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(AnnalsIssueItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      const AnnalsIssue *issue = annals_issue_item_get (item);

      if (issue->can_force)
        g_array_append_val (records, issue->record);
    }

  force (self, records);
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
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *button = gtk_button_new_with_label (_("Import Anyway"));
  GtkWidget *place = append_label (box, "caption");
  GtkWidget *excerpt;

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "annals-item", item);
  g_signal_connect_object (button, "clicked", G_CALLBACK (force_clicked_cb), user_data, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), box);
  gtk_box_append (GTK_BOX (row), button);

  gtk_widget_add_css_class (place, "dim-label");
  append_label (box, NULL);
  excerpt = append_label (box, "issue-excerpt");
  gtk_label_set_lines (GTK_LABEL (excerpt), 4);
  gtk_label_set_ellipsize (GTK_LABEL (excerpt), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, row);
}

static const char *
get_severity_label (AnnalsSeverity severity)
{
  switch (severity)
    {
    case ANNALS_SEVERITY_NOTE:
      return C_("severity", "Note");

    case ANNALS_SEVERITY_WARNING:
      return C_("severity", "Warning");

    case ANNALS_SEVERITY_ERROR:
      return C_("severity", "Error");
    }

  g_assert_not_reached ();
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  const AnnalsIssue *issue = annals_issue_item_get (gtk_list_item_get_item (item));
  AnnalsImportsWindow *self = ANNALS_IMPORTS_WINDOW (user_data);
  GtkWidget *box = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *button = gtk_widget_get_next_sibling (box);
  GtkWidget *place = gtk_widget_get_first_child (box);
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
  gtk_widget_set_visible (button, issue->can_force && forceable_import (self) != NULL);
  annals_list_name_row (item, name);
}

/* --- imports --- */

static char *
describe_import (const AnnalsImport *import)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (import->started / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? annals_date_style_format (local, "%x %R") : g_strdup ("");
  g_autofree char *issues = g_strdup_printf (ngettext ("%'u issue", "%'u issues", import->n_issues),
                                             import->n_issues);
  g_autofree char *counts = g_strdup_printf (_("%'u new, %'u updated, %'u unchanged"),
                                             import->n_new, import->n_updated, import->n_unchanged);
  const char *state = g_str_equal (import->state, "undone") ? C_("import", "undone") :
                      g_str_equal (import->state, "interrupted") ? C_("import", "interrupted") :
                      g_str_equal (import->state, "running") ? C_("import", "running") : NULL;

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

/* What had the keyboard may have gone: a row, or the bar of an interrupted import. */
static void
keep_focus (AnnalsImportsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->imports);

  if (row != NULL && (focus == NULL || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
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
  g_clear_pointer (&self->imports_known, g_ptr_array_unref);
  self->imports_known = g_ptr_array_ref (job->records);
  if (job->records->len > 0)
    append_import (self, 0, _("All imports"), NULL);
  for (guint i = 0; i < job->records->len; i++)
    {
      const AnnalsImport *import = job->records->pdata[i];
      g_autofree char *description = describe_import (import);

      append_import (self, import->id, import->file_name, description);
    }
  gtk_stack_set_visible_child_name (self->stack, job->records->len > 0 ? "imports" : "empty");
  keep_focus (self);
}

static void
load_imports (AnnalsImportsWindow *self)
{
  annals_desk_read (self->desk, self, list_imports_in_reader, g_new0 (ImportsJob, 1),
                    (GDestroyNotify) imports_job_free, NULL, imports_cb);
}

/* --- an import that was interrupted --- */

static void
show_interrupted (AnnalsImportsWindow *self)
{
  const AnnalsImport *import = find_import (self, self->import_id);
  gboolean interrupted = import != NULL && g_str_equal (import->state, "interrupted");
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->interrupted_bar, interrupted);
  adw_status_page_set_description (self->no_issues, interrupted ? _("Everything that was read so far was used.")
                                                                : _("Everything in the file was used."));
  if (!interrupted)
    return;

  text = g_strdup_printf (ngettext ("This import was interrupted after %'u record. What came in is hidden until it is resumed.",
                                    "This import was interrupted after %'u records. What came in is hidden until it is resumed.",
                                    import->n_read), import->n_read);
  gtk_label_set_text (self->interrupted_label, text);
}

static void
resume (AnnalsImportsWindow *self,
        const char          *path)
{
  const AnnalsImport *import = find_import (self, self->import_id);

  if (import != NULL)
    annals_import_dialog_present_entry (GTK_WINDOW (self), self->desk,
                                        annals_import_entry_new_resume (import->id, import->file_name, path));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(AnnalsImportsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    resume (self, g_file_peek_path (file));
}

static void
resume_clicked_cb (AnnalsImportsWindow *self)
{
  resume (self, NULL);
}

/* The file may have been moved since. */
static void
resume_from_clicked_cb (AnnalsImportsWindow *self)
{
  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_OPEN, _("Resume the Import From"), _("_Resume"), NULL,
                            NULL, file_chosen_cb, g_object_ref (self));
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(AnnalsImportsWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (self->interrupted_bar, TRUE);
  if (!annals_import_remove_finish (result, &error))
    annals_desk_fail (self->desk, _("The import could not be removed"), error->message);
}

static void
remove_clicked_cb (AnnalsImportsWindow *self)
{
  gtk_widget_set_sensitive (self->interrupted_bar, FALSE);
  annals_import_remove_async (annals_desk_get_notebook (self->desk), self->import_id, removed_cb,
                              g_object_ref (self));
}

static void
import_selected_cb (AnnalsImportsWindow *self,
                    GtkListBoxRow       *row)
{
  if (row == NULL)
    return;

  self->import_id = *(gint64 *) g_object_get_data (G_OBJECT (row), "annals-id");
  self->code = ANNALS_N_ISSUE_CODES;
  show_interrupted (self);
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
  g_clear_pointer (&self->imports_known, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, no_issues);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, interrupted_bar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, interrupted_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, codes);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportsWindow, force_all_button);
  gtk_widget_class_bind_template_callback (widget_class, import_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, force_all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, resume_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, resume_from_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_imports_window_init (AnnalsImportsWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->code = ANNALS_N_ISSUE_CODES;
  self->items = g_list_store_new (ANNALS_TYPE_ISSUE_ITEM);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items))));
  /* what a GtkDropDown is made of has no name of its own */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->codes))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind of issues"), -1);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
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
