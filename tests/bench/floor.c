/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least a libadwaita program costs here: an empty window with a header bar.
 *
 * With ANNALS_BENCH_FIRST_FRAME (a start time, µs of CLOCK_MONOTONIC) it says on stderr how long the
 * first frame took, and with ANNALS_BENCH_QUIT it ends then, as the application does.
 */
#include "config.h"

#include <adwaita.h>

#include <stdlib.h>

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  GApplication *application = user_data;
  const char *start = g_getenv ("ANNALS_BENCH_FIRST_FRAME");

  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, user_data);
  if (start != NULL)
    g_printerr ("first-frame: %.1f ms\n",
                (double) (g_get_monotonic_time () - g_ascii_strtoll (start, NULL, 10)) / 1000);
  if (g_getenv ("ANNALS_BENCH_QUIT") != NULL)
    g_application_quit (application);
}

static void
realize_cb (GtkWidget *widget,
            gpointer   user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (after_paint_cb), user_data);
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), "Floor");
  /* as large as the application's window is at first */
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) application = NULL;

  application = adw_application_new (ANNALS_APPLICATION_ID ".Floor", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
