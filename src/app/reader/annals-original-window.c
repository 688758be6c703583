/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-original-window.h"

#include <glib/gi18n.h>

#include "annals-imports.h"
#include "annals-posts.h"

/* More of it would only be slow to scroll. */
#define MAX_BYTES (2 * 1024 * 1024)

struct _AnnalsOriginalWindow
{
  AdwWindow        parent_instance;

  AdwWindowTitle  *heading;
  GtkWidget       *wrap_button;
  GtkWidget       *copy_button;
  GtkStack        *stack;
  AdwStatusPage   *none;
  GtkTextView     *text;
  GtkLabel        *file;

  AnnalsDesk      *desk;
};

G_DEFINE_FINAL_TYPE (AnnalsOriginalWindow, annals_original_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64            revision_id;
  char             *text;      /* (nullable): the notebook does not have it */
  gboolean          cut;
  AnnalsImportFile *file;      /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->text);
  g_clear_pointer (&job->file, annals_import_file_free);
  g_free (job);
}

/* UTF-8 without what a text view could not show. */
static char *
dup_visible (GBytes   *markup,
             gboolean *cut)
{
  gsize length;
  const char *data = g_bytes_get_data (markup, &length);
  char *text;

  *cut = length > MAX_BYTES;
  text = g_utf8_make_valid (data != NULL ? data : "", (gssize) MIN (length, MAX_BYTES));
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) && *at != '\n' && *at != '\t')
      *at = ' ';

  return text;
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Job *job = data;
  g_autoptr(GError) failure = NULL;
  g_autoptr(GBytes) markup = annals_db_load_markup (db, job->revision_id, NULL, &failure);

  if (failure == NULL)
    job->file = annals_db_load_revision_file (db, job->revision_id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (markup != NULL)
    job->text = dup_visible (markup, &job->cut);

  return TRUE;
}

static void
show_file (AnnalsOriginalWindow *self,
           const Job            *job)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (job->cut)
    g_string_append_printf (text, _("Only the first %u MB are shown."), MAX_BYTES / (1024 * 1024));
  if (job->file != NULL)
    g_string_append_printf (text, _("%s%s\nSHA-256 %s"), text->len > 0 ? "\n" : "", job->file->path, job->file->sha256);

  gtk_label_set_text (self->file, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->file), text->len > 0);
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsOriginalWindow *self = ANNALS_ORIGINAL_WINDOW (owner);
  Job *job = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start;

  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->none, escaped);
    }

  if (error != NULL || job->text == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  gtk_text_buffer_set_text (buffer, job->text, -1);
  /* set_text leaves it at the end */
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_stack_set_visible_child_name (self->stack, "text");
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  show_file (self, job);
}

static void
wrap_toggled_cb (AnnalsOriginalWindow *self)
{
  gtk_text_view_set_wrap_mode (self->text,
                               gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->wrap_button))
                                 ? GTK_WRAP_WORD_CHAR
                                 : GTK_WRAP_NONE);
}

static void
copy_clicked_cb (AnnalsOriginalWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
annals_original_window_dispose (GObject *object)
{
  AnnalsOriginalWindow *self = ANNALS_ORIGINAL_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_ORIGINAL_WINDOW);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_original_window_parent_class)->dispose (object);
}

static void
annals_original_window_class_init (AnnalsOriginalWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_original_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-original-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, wrap_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, none);
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsOriginalWindow, file);
  gtk_widget_class_bind_template_callback (widget_class, wrap_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_original_window_init (AnnalsOriginalWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->copy_button, FALSE);
}

void
annals_original_window_present (GtkWindow  *parent,
                                AnnalsDesk *desk,
                                gint64      revision_id,
                                const char *title)
{
  AnnalsOriginalWindow *self;
  Job *job;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (title != NULL);

  self = g_object_new (ANNALS_TYPE_ORIGINAL_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE,
                       "title", _("Original"), NULL);
  self->desk = g_object_ref (desk);
  adw_window_title_set_subtitle (self->heading, title);
  /* It shows one notebook and goes with it. */
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (gtk_window_destroy), self,
                           G_CONNECT_SWAPPED);

  job = g_new0 (Job, 1);
  job->revision_id = revision_id;
  annals_desk_read (desk, self, load_in_reader, job, job_free, NULL, loaded_cb);
  gtk_window_present (GTK_WINDOW (self));
}
