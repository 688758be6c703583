/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drop-source FILE…: a small window from which these files can be dragged, as from a file manager. */
#include "config.h"

#include <gtk/gtk.h>

static GSList *files;

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  g_auto(GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  return gdk_content_provider_new_for_value (&value);
}

static gboolean
close_cb (GtkWindow *window,
          gpointer   user_data)
{
  g_main_loop_quit (user_data);
  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkDragSource *source;
  GtkWidget *window;
  GtkWidget *label;

  for (int i = argc - 1; i > 0; i--)
    files = g_slist_prepend (files, g_file_new_for_commandline_arg (argv[i]));

  gtk_init ();
  window = gtk_window_new ();
  label = gtk_label_new ("Drag from here");
  source = gtk_drag_source_new ();
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), NULL);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_title (GTK_WINDOW (window), "Files");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 120, 120);
  gtk_window_set_child (GTK_WINDOW (window), label);
  g_signal_connect (window, "close-request", G_CALLBACK (close_cb), loop);
  gtk_window_present (GTK_WINDOW (window));

  g_main_loop_run (loop);
  g_slist_free_full (files, g_object_unref);
  return 0;
}
