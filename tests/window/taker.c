/* SPDX-License-Identifier: GPL-3.0-or-later */
/* taker clipboard TYPE: prints what is in the clipboard as that MIME type.
 * taker drop TYPE: a small window; prints what is dropped on it. Either ends when it has it, with 1 when there is none. */
#include "config.h"

#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static GMainLoop *loop;
static int status = 1;

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GMemoryOutputStream *out = G_MEMORY_OUTPUT_STREAM (source);
  gsize length;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (out), result, NULL) >= 0)
    {
      length = g_memory_output_stream_get_data_size (out);
      status = fwrite (g_memory_output_stream_get_data (out), 1, length, stdout) == length ? 0 : 1;
    }
  if (user_data != NULL)
    gdk_drop_finish (user_data, status == 0 ? GDK_ACTION_COPY : 0);
  g_main_loop_quit (loop);
}

static void
print (GInputStream *stream,
       GdkDrop      *drop)
{
  g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (stream != NULL)
    g_output_stream_splice_async (out, stream,
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                  G_PRIORITY_DEFAULT, NULL, printed_cb, drop);
  else
    g_main_loop_quit (loop);
}

static void
clipboard_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);

  print (stream, NULL);
}

static void
drop_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GInputStream) stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, NULL);

  print (stream, GDK_DROP (source));
}

static gboolean
drop_cb (GtkDropTargetAsync *target,
         GdkDrop            *drop,
         double              x,
         double              y,
         const char        **types)
{
  gdk_drop_read_async (drop, types, G_PRIORITY_DEFAULT, NULL, drop_read_cb, NULL);
  return TRUE;
}

static void
show_window (const char **types)
{
  GtkWidget *window = gtk_window_new ();
  GdkContentFormats *formats = gdk_content_formats_new (types, 1);
  GtkDropTargetAsync *target = gtk_drop_target_async_new (formats, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), types);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  gtk_window_set_title (GTK_WINDOW (window), "Taker");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 120, 120);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Drop here"));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  const char *types[] = { argc == 3 ? argv[2] : NULL, NULL };

  if (argc != 3)
    return 2;

  gtk_init ();
  loop = g_main_loop_new (NULL, FALSE);
  if (strcmp (argv[1], "drop") == 0)
    show_window (types);
  else
    gdk_clipboard_read_async (gdk_display_get_clipboard (gdk_display_get_default ()), types, G_PRIORITY_DEFAULT, NULL,
                              clipboard_cb, NULL);

  g_main_loop_run (loop);
  return status;
}
