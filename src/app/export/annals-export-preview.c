/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "annals-export-content.h"
#include "annals-page-view.h"
#include "annals-picture-decode.h"

#define DELAY 150                           /* ms: until the user has settled on something */
#define TEXT_LIMIT ((gsize) 1 << 16)        /* bytes of text that are shown */
#define PICTURE_LIMIT ((gsize) 1 << 26)     /* bytes of a picture */
#define LINE_LIMIT 1000                     /* characters of a line: a text view is slow with longer ones */

typedef enum
{
  KIND_NONE,
  KIND_PAGES,
  KIND_PICTURE,
  KIND_TEXT,
} Kind;

struct _AnnalsExportPreview
{
  GtkWidget                  parent_instance;

  GtkWidget                 *box;
  GtkStack                  *stack;
  AnnalsPageView            *pages;
  GtkPicture                *picture;
  GtkTextView               *text;
  GtkLabel                  *extent;
  AdwStatusPage             *none_page;
  AdwStatusPage             *error_page;

  AnnalsNotebook            *notebook;   /* (nullable) */
  AnnalsExportTopic         *topic;      /* (nullable) */
  const AnnalsExportFormat  *format;
  AnnalsExportOptions        options;
  char                      *title;
  GCancellable              *loading;    /* (nullable): of what is being made */
  guint                      delay_id;
};

G_DEFINE_FINAL_TYPE (AnnalsExportPreview, annals_export_preview, GTK_TYPE_WIDGET)

/* --- on a thread --- */

typedef struct
{
  AnnalsNotebook       *notebook;   /* (unowned): its last reference must not go on the thread */
  AnnalsExportTopic    *topic;
  const char           *format;
  AnnalsExportOptions   options;
  Kind                  kind;
  AnnalsPdfDocument    *document;   /* of pages */
  GBytes               *bytes;      /* of a picture; of text a valid and short-lined one, with a 0 after it */
  GWeakRef              preview;
  GMutex                lock;       /* of the two below */
  AnnalsPdfDocument    *draft;      /* (nullable): of pages, while there are more to come */
  gboolean              told;       /* that it has grown, and it was not looked at yet */
  gboolean              whole;      /* all of it is there */
  gboolean              cut;        /* but for the ends of long lines */
} PreviewJob;

static void
preview_job_free (PreviewJob *job)
{
  annals_export_topic_unref (job->topic);
  g_weak_ref_clear (&job->preview);
  g_mutex_clear (&job->lock);
  g_clear_pointer (&job->draft, annals_pdf_document_unref);
  g_clear_pointer (&job->document, annals_pdf_document_unref);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job);
}

/* What of @bytes can be shown: characters that are whole, in lines that are not too long. */
static char *
dup_text (GBytes   *bytes,
          gboolean *cut)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *valid = g_utf8_make_valid (data, length);
  g_auto(GStrv) lines = g_strsplit (valid, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_utf8_strlen (lines[i], -1) > LINE_LIMIT)
      {
        g_autofree char *head = g_utf8_substring (lines[i], 0, LINE_LIMIT);

        *cut = TRUE;
        g_free (lines[i]);
        lines[i] = g_strconcat (head, "…", NULL);
      }

  return g_strjoinv ("\n", lines);
}

/* The last character may have been cut in two. */
static GBytes *
drop_cut_character (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < 4 && length > 0 && !g_utf8_validate_len (data, length, NULL); i++)
    length--;

  return length > 0 ? g_bytes_new (data, length) : g_bytes_ref (bytes);
}

static gboolean
read_bytes (PreviewJob                 *job,
            const AnnalsExportRequest  *request,
            GCancellable               *cancellable,
            GError                    **error)
{
  gsize limit = job->kind == KIND_TEXT ? TEXT_LIMIT : PICTURE_LIMIT;
  g_autoptr(GBytes) bytes = annals_export_read_head (job->notebook, request, job->format, &job->options, limit,
                                                     &job->whole, cancellable, error);
  g_autoptr(GBytes) cut = NULL;
  char *text;

  if (bytes == NULL)
    return FALSE;

  if (job->kind == KIND_PICTURE)
    {
      job->bytes = g_steal_pointer (&bytes);
      return TRUE;
    }

  cut = job->whole ? g_bytes_ref (bytes) : drop_cut_character (bytes);
  text = dup_text (cut, &job->cut);
  job->bytes = g_bytes_new_take (text, strlen (text) + 1);
  return TRUE;
}

/* On the main thread: the pages that are there so far. */
static gboolean
show_draft_cb (gpointer user_data)
{
  GTask *task = user_data;
  PreviewJob *job = g_task_get_task_data (task);
  g_autoptr(AnnalsExportPreview) self = g_weak_ref_get (&job->preview);
  g_autoptr(AnnalsPdfDocument) draft = NULL;

  g_mutex_lock (&job->lock);
  job->told = FALSE;
  draft = g_steal_pointer (&job->draft);
  g_mutex_unlock (&job->lock);

  if (self == NULL || self->stack == NULL || g_task_get_completed (task) || self->loading == NULL ||
      g_task_get_cancellable (task) != self->loading)
    return G_SOURCE_REMOVE;

  /* who looks at a later page of what was there before waits for that one */
  if (annals_pdf_document_get_n_pages (draft) > annals_page_view_get_page (self->pages))
    {
      annals_page_view_set_document (self->pages, draft);
      gtk_stack_set_visible_child_name (self->stack, "pages");
    }

  return G_SOURCE_REMOVE;
}

static void
grown_cb (AnnalsPdfDocument *draft,
          gpointer           user_data)
{
  GTask *task = user_data;
  PreviewJob *job = g_task_get_task_data (task);
  gboolean tell;

  g_mutex_lock (&job->lock);
  tell = !job->told;
  job->told = TRUE;
  if (tell)
    job->draft = annals_pdf_document_ref (draft);
  g_mutex_unlock (&job->lock);

  if (tell)
    g_idle_add_full (G_PRIORITY_DEFAULT, show_draft_cb, g_object_ref (task), g_object_unref);
}

static void
preview_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  PreviewJob *job = task_data;
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  AnnalsExportRequest request;
  GError *error = NULL;
  gboolean done;

  done = annals_export_topic_resolve (job->topic, job->notebook, &request, &filter, cancellable, &error);
  if (done && job->kind == KIND_PAGES)
    done = (job->document = annals_pdf_document_new (job->notebook, &request, &job->options, 0, 0, grown_cb, task,
                                                     cancellable, &error)) != NULL;
  else if (done)
    done = read_bytes (job, &request, cancellable, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- showing --- */

static void
show_error (AnnalsExportPreview *self,
            const GError        *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
show_text (AnnalsExportPreview *self,
           const PreviewJob    *job)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start;

  gtk_text_buffer_set_text (buffer, g_bytes_get_data (job->bytes, NULL), -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text)), 0);
  gtk_adjustment_set_value (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->text)), 0);
  gtk_label_set_text (self->extent, !job->whole ? _("The beginning of the file")
                                    : job->cut  ? _("The whole file without the ends of its long lines")
                                                : _("The whole file"));
  gtk_stack_set_visible_child_name (self->stack, "text");
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(AnnalsExportPreview) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = annals_picture_decode_finish (result, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (texture == NULL)
    {
      show_error (self, error);
      return;
    }

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(AnnalsExportPreview) self = user_data;
  const PreviewJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  /* closed, or something else is asked for by now */
  if (self->stack == NULL || self->loading == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;

  if (!done)
    {
      show_error (self, error);
      return;
    }

  if (job->kind == KIND_PAGES)
    {
      annals_page_view_set_document (self->pages, job->document);
      gtk_stack_set_visible_child_name (self->stack, "pages");
    }
  else if (job->kind == KIND_PICTURE)
    annals_picture_decode_async (job->bytes, self->loading, decoded_cb, g_object_ref (self));
  else
    show_text (self, job);
}

/* How a format is shown; *@id: the format that is made for that. */
static Kind
choose_kind (const AnnalsExportFormat  *format,
             const char               **id)
{
  const char *type = format->media_type;

  *id = format->id;
  if (g_str_equal (type, "application/pdf"))
    return KIND_PAGES;

  /* a drawing is the same as pixels, and nothing has to read SVG */
  if (g_str_has_prefix (type, "image/") && annals_export_get_format (format->subject, "png") != NULL)
    {
      *id = "png";
      return KIND_PICTURE;
    }

  if (g_str_has_prefix (type, "text/") || g_str_equal (type, "application/json") || g_str_has_suffix (type, "+json") ||
      g_str_has_suffix (type, "+xml") || g_str_equal (type, "application/xml") || strstr (type, "bibtex") != NULL ||
      strstr (type, "research-info") != NULL)
    return KIND_TEXT;

  return KIND_NONE;
}

static gboolean
make_cb (gpointer user_data)
{
  AnnalsExportPreview *self = user_data;
  g_autoptr(GTask) task = NULL;
  PreviewJob *job;

  self->delay_id = 0;
  job = g_new0 (PreviewJob, 1);
  job->notebook = self->notebook;
  job->topic = annals_export_topic_ref (self->topic);
  job->kind = choose_kind (self->format, &job->format);
  job->options = self->options;
  g_weak_ref_init (&job->preview, self);
  g_mutex_init (&job->lock);

  self->loading = g_cancellable_new ();
  task = g_task_new (NULL, self->loading, made_cb, g_object_ref (self));
  g_task_set_source_tag (task, make_cb);
  g_task_set_task_data (task, job, (GDestroyNotify) preview_job_free);
  g_task_run_in_thread (task, preview_in_thread);

  return G_SOURCE_REMOVE;
}

/* What is looked at can be taken away. */
static GdkContentProvider *
prepare_drag_cb (AnnalsExportPreview *self,
                 double               x,
                 double               y)
{
  const char *formats[] = { self->format != NULL ? self->format->id : NULL, NULL };

  if (self->notebook == NULL || formats[0] == NULL)
    return NULL;

  return annals_export_content_new (self->notebook, self->topic, formats, &self->options, self->title);
}

static void
annals_export_preview_dispose (GObject *object)
{
  AnnalsExportPreview *self = ANNALS_EXPORT_PREVIEW (object);

  annals_export_preview_stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_EXPORT_PREVIEW);

  G_OBJECT_CLASS (annals_export_preview_parent_class)->dispose (object);
}

static void
annals_export_preview_finalize (GObject *object)
{
  AnnalsExportPreview *self = ANNALS_EXPORT_PREVIEW (object);

  g_clear_object (&self->notebook);
  g_clear_pointer (&self->topic, annals_export_topic_unref);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (annals_export_preview_parent_class)->finalize (object);
}

static void
annals_export_preview_class_init (AnnalsExportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_export_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_export_preview_finalize;

  g_type_ensure (ANNALS_TYPE_PAGE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-export-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, pages);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, picture);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, extent);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, none_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportPreview, error_page);
  gtk_widget_class_bind_template_callback (widget_class, prepare_drag_cb);
}

static void
annals_export_preview_init (AnnalsExportPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
annals_export_preview_stop (AnnalsExportPreview *self)
{
  g_return_if_fail (ANNALS_IS_EXPORT_PREVIEW (self));

  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

void
annals_export_preview_show (AnnalsExportPreview       *self,
                            AnnalsNotebook            *notebook,
                            AnnalsExportTopic         *topic,
                            const AnnalsExportFormat  *format,
                            const AnnalsExportOptions *options,
                            const char                *title)
{
  const char *id;
  gboolean other;

  g_return_if_fail (ANNALS_IS_EXPORT_PREVIEW (self));
  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));
  g_return_if_fail (topic != NULL && format != NULL && options != NULL && title != NULL);

  annals_export_preview_stop (self);
  g_set_object (&self->notebook, notebook);
  annals_export_topic_ref (topic);
  g_clear_pointer (&self->topic, annals_export_topic_unref);
  self->topic = topic;
  other = self->format != format;
  self->format = format;
  self->options = *options;
  g_free (self->title);
  self->title = g_strdup (title);

  if (choose_kind (format, &id) == KIND_NONE)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  /* With another option only, what was shown stays until the new one is there. */
  if (other)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  self->delay_id = g_timeout_add (DELAY, make_cb, self);
}
