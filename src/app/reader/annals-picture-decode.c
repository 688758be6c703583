/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-picture-decode.h"

#include <glib/gi18n.h>

#define MAX_PIXELS (50 * 1000 * 1000)
#define MAX_BYTES (64 * 1024 * 1024)
#define MAX_WIDTH 1600
#define MAX_HEIGHT 4800
/* What is handed to the decoder at once: it may be told to stop in between. */
#define PIECE (64 * 1024)

/* Formats that describe pixels and refer to nothing. */
static gboolean
is_allowed (GdkPixbufLoader *loader)
{
  static const char * const names[] = { "png", "jpeg", "gif", "webp", "bmp", "tiff", "ico", "avif", "jxl" };
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name = format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return TRUE;

  return FALSE;
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gboolean        *refused)
{
  double scale;

  *refused = !is_allowed (loader) || width < 1 || height < 1 || (gint64) width * height > MAX_PIXELS;
  if (*refused)
    {
      gdk_pixbuf_loader_set_size (loader, 1, 1);
      return;
    }

  scale = MIN ((double) MAX_WIDTH / width, (double) MAX_HEIGHT / height);
  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

static GdkTexture *
make_texture (GdkPixbuf *decoded)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_apply_embedded_orientation (decoded);
  g_autoptr(GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8,
                                 pixels, (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

static void
decode_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr(GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (task_data, &length);
  gboolean refused = length > MAX_BYTES;
  gboolean closed;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &refused);
  for (gsize at = 0; at < length && !refused && error == NULL && !g_cancellable_is_cancelled (cancellable);
       at += PIECE)
    gdk_pixbuf_loader_write (loader, data + at, MIN (PIECE, length - at), &error);
  closed = gdk_pixbuf_loader_close (loader, error == NULL ? &error : NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (refused)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("The picture is too large"));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!closed || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("The picture is damaged"));
  else
    g_task_return_pointer (task, make_texture (gdk_pixbuf_loader_get_pixbuf (loader)), g_object_unref);
}

void
annals_picture_decode_async (GBytes              *bytes,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (bytes != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, annals_picture_decode_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, decode_in_thread);
}

GdkTexture *
annals_picture_decode_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
