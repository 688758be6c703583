/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-content.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "annals-export-words.h"

#define URI_LIST "text/uri-list"
/* Of a picture in memory: the largest drawing has a hundredth of it. */
#define MAX_PICTURE ((gsize) 1 << 28)

struct _AnnalsExportContent
{
  GdkContentProvider    parent_instance;
  AnnalsNotebook       *notebook;
  AnnalsExportTopic    *topic;
  char                **formats;
  AnnalsExportOptions   options;
  char                 *title;
};

G_DEFINE_FINAL_TYPE (AnnalsExportContent, annals_export_content, GDK_TYPE_CONTENT_PROVIDER)

/* Folders with files that other programs may still be reading; removed when the program ends. */
static GPtrArray *folders;
G_LOCK_DEFINE_STATIC (folders);

/* --- on a thread --- */

typedef struct
{
  AnnalsNotebook      *notebook;   /* (unowned): its last reference must not go on the thread */
  AnnalsExportTopic   *topic;
  const char          *format;     /* (unowned) */
  AnnalsExportOptions  options;
  char                *name;       /* of the file */
  gboolean             as_file;    /* its address is asked for, not what is in it */
  GOutputStream       *stream;
} WriteJob;

static void
write_job_free (WriteJob *job)
{
  annals_export_topic_unref (job->topic);
  g_object_unref (job->stream);
  g_free (job->name);
  g_free (job);
}

/* Returns: (transfer full) (nullable): where a file of that name can be, in a folder of its own */
static char *
make_place (const char  *name,
            GError     **error)
{
  char *folder = g_dir_make_tmp ("annals-XXXXXX", error);

  if (folder == NULL)
    return NULL;

  G_LOCK (folders);
  if (folders == NULL)
    folders = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (folders, folder);
  G_UNLOCK (folders);

  return g_build_filename (folder, name, NULL);
}

/* The other program reads the file whenever it likes. */
static gboolean
write_address (const WriteJob             *job,
               const AnnalsExportRequest  *request,
               GCancellable               *cancellable,
               GError                    **error)
{
  g_autofree char *path = make_place (job->name, error);
  g_autofree char *uri = NULL;
  g_autofree char *line = NULL;

  if (path == NULL ||
      !annals_export (job->notebook, request, job->format, path, TRUE, &job->options, NULL, NULL, NULL, cancellable,
                      error) ||
      !(uri = g_filename_to_uri (path, NULL, error)))
    return FALSE;

  line = g_strconcat (uri, "\r\n", NULL);
  return g_output_stream_write_all (job->stream, line, strlen (line), NULL, cancellable, error);
}

static gboolean
write_content (const WriteJob             *job,
               const AnnalsExportRequest  *request,
               GCancellable               *cancellable,
               GError                    **error)
{
  gboolean whole = FALSE;
  g_autoptr(GBytes) bytes = annals_export_read_head (job->notebook, request, job->format, &job->options, MAX_PICTURE,
                                                     &whole, cancellable, error);

  if (bytes == NULL)
    return FALSE;
  if (!whole)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("The picture is too large to be copied"));
      return FALSE;
    }

  return g_output_stream_write_all (job->stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                                    cancellable, error);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const WriteJob *job = task_data;
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  AnnalsExportRequest request;
  GError *error = NULL;

  if (annals_export_topic_resolve (job->topic, job->notebook, &request, &filter, cancellable, &error) &&
      (job->as_file ? write_address (job, &request, cancellable, &error)
                    : write_content (job, &request, cancellable, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- the provider --- */

static gboolean
is_picture (const AnnalsExportFormat *format)
{
  return g_str_has_prefix (format->media_type, "image/");
}

static GdkContentFormats *
annals_export_content_ref_formats (GdkContentProvider *provider)
{
  AnnalsExportContent *self = ANNALS_EXPORT_CONTENT (provider);
  AnnalsExportSubject subject = annals_export_topic_get_subject (self->topic);
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint i = 0; self->formats[i] != NULL; i++)
    {
      const AnnalsExportFormat *format = annals_export_get_format (subject, self->formats[i]);

      if (format != NULL && is_picture (format))
        gdk_content_formats_builder_add_mime_type (builder, format->media_type);
    }
  gdk_content_formats_builder_add_mime_type (builder, URI_LIST);

  return gdk_content_formats_builder_free_to_formats (builder);
}

/* The format that is asked for by @type; the first one as a file. */
static const AnnalsExportFormat *
find_format (AnnalsExportContent *self,
             const char          *type)
{
  AnnalsExportSubject subject = annals_export_topic_get_subject (self->topic);

  if (g_str_equal (type, URI_LIST))
    return annals_export_get_format (subject, self->formats[0]);

  for (guint i = 0; self->formats[i] != NULL; i++)
    {
      const AnnalsExportFormat *format = annals_export_get_format (subject, self->formats[i]);

      if (format != NULL && g_str_equal (format->media_type, type))
        return format;
    }

  return NULL;
}

/* Passes on how it ended, and lets go of the provider on the main thread. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
annals_export_content_write_async (GdkContentProvider  *provider,
                                   const char          *type,
                                   GOutputStream       *stream,
                                   int                  io_priority,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  AnnalsExportContent *self = ANNALS_EXPORT_CONTENT (provider);
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  const AnnalsExportFormat *format = find_format (self, type);
  g_autoptr(GTask) work = NULL;
  WriteJob *job;

  g_task_set_source_tag (task, annals_export_content_write_async);
  if (format == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not offered as “%s”", type);
      g_object_unref (task);
      return;
    }

  job = g_new0 (WriteJob, 1);
  job->notebook = self->notebook;
  job->topic = annals_export_topic_ref (self->topic);
  job->format = format->id;
  job->options = self->options;
  job->name = annals_export_dup_file_name (self->title, format);
  job->as_file = g_str_equal (type, URI_LIST);
  job->stream = g_object_ref (stream);

  work = g_task_new (NULL, cancellable, written_cb, task);
  g_task_set_source_tag (work, annals_export_content_write_async);
  g_task_set_task_data (work, job, (GDestroyNotify) write_job_free);
  g_task_run_in_thread (work, write_in_thread);
}

static gboolean
annals_export_content_write_finish (GdkContentProvider  *provider,
                                    GAsyncResult        *result,
                                    GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
annals_export_content_finalize (GObject *object)
{
  AnnalsExportContent *self = ANNALS_EXPORT_CONTENT (object);

  g_object_unref (self->notebook);
  annals_export_topic_unref (self->topic);
  g_strfreev (self->formats);
  g_free (self->title);

  G_OBJECT_CLASS (annals_export_content_parent_class)->finalize (object);
}

static void
annals_export_content_class_init (AnnalsExportContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = annals_export_content_finalize;
  provider_class->ref_formats = annals_export_content_ref_formats;
  provider_class->write_mime_type_async = annals_export_content_write_async;
  provider_class->write_mime_type_finish = annals_export_content_write_finish;
}

static void
annals_export_content_init (AnnalsExportContent *self)
{
}

GdkContentProvider *
annals_export_content_new (AnnalsNotebook            *notebook,
                           AnnalsExportTopic         *topic,
                           const char * const        *formats,
                           const AnnalsExportOptions *options,
                           const char                *title)
{
  AnnalsExportContent *self;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (topic != NULL && formats != NULL && formats[0] != NULL, NULL);
  g_return_val_if_fail (options != NULL && title != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_EXPORT_CONTENT, NULL);
  self->notebook = g_object_ref (notebook);
  self->topic = annals_export_topic_ref (topic);
  self->formats = g_strdupv ((char **) formats);
  self->options = *options;
  self->title = g_strdup (title);

  return GDK_CONTENT_PROVIDER (self);
}

void
annals_export_content_forget (void)
{
  G_LOCK (folders);
  for (guint i = 0; folders != NULL && i < folders->len; i++)
    {
      const char *folder = folders->pdata[i];
      g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          (void) g_unlink (path);
        }
      (void) g_rmdir (folder);
    }
  g_clear_pointer (&folders, g_ptr_array_unref);
  G_UNLOCK (folders);
}
