/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the reader takes to show a post, and to scroll it, against a bare text view with the same text.
 *
 *   bench-reader NOTEBOOK POST…    each POST a uid
 *
 * For each post: from the click to the frame that shows it, then each frame of scrolling through it. The
 * floor is a GtkTextView that has the text already and only shows it.
 */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "annals-desk.h"
#include "annals-posts.h"
#include "annals-reader.h"
#include "frames.h"
#include "measure.h"

#define ROUNDS 7
#define FRAMES 150
#define STEP 60     /* pixels */

typedef struct
{
  const char *uid;
  gint64      id;
  AnnalsText *text;
} Post;

static GMainLoop *loop;

static gboolean
load_post (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Post *post = data;

  return annals_db_find (db, ANNALS_RECORD_POST, post->uid, &post->id, error) &&
         (post->text = annals_db_load_text (db, post->id, 0, error)) != NULL;
}

static GtkAdjustment *
find_adjustment (GtkWidget *widget)
{
  while (widget != NULL && !GTK_IS_SCROLLED_WINDOW (widget))
    widget = gtk_widget_get_parent (widget);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
}

/* Until the view has been painted with that many characters. */
static void
wait_for (GtkWidget *view,
          int        n_chars)
{
  GtkTextBuffer *buffer;

  bench_forget_frame ();
  while (TRUE)
    {
      /* each post has a buffer of its own */
      buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
      if (gtk_text_buffer_get_char_count (buffer) != n_chars || !gtk_widget_get_mapped (view))
        bench_forget_frame ();
      else if (bench_has_frame ())
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
rest (guint milliseconds)
{
  g_timeout_add (milliseconds, G_SOURCE_FUNC (g_main_loop_quit), loop);
  g_main_loop_run (loop);
}

/* p50 and p95 of the frames while it scrolls. */
static void
scroll (GtkWidget *view,
        double    *median,
        double    *late)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  GtkAdjustment *adjustment = find_adjustment (view);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  for (guint i = 0; i < FRAMES; i++)
    {
      double value = gtk_adjustment_get_value (adjustment) + STEP;
      double time;

      gtk_adjustment_set_value (adjustment, value > end ? 0 : value);
      time = bench_wait_for_frame (view)->time;
      g_array_append_val (times, time);
    }

  *median = bench_quantile (times, 0.5);
  *late = bench_quantile (times, 0.95);
}

static double
open_bare (GtkWidget *view,
           Post      *post)
{
  double start = bench_now ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            annals_text_get_string (post->text), -1);
  wait_for (view, (int) annals_text_get_length (post->text));

  return bench_now () - start;
}

static double
open_post (AnnalsReader *reader,
           GtkWidget    *view,
           Post         *post)
{
  double start = bench_now ();

  annals_reader_show_post (reader, post->id, 0);
  wait_for (view, (int) annals_text_get_length (post->text));

  return bench_now () - start;
}

static GtkWidget *
show_in_window (GtkWidget *child)
{
  GtkWidget *window = bench_show (child, 900, 800);

  rest (300);

  return window;
}

static GtkWidget *
make_bare (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);

  return scroller;
}

/* Each post in turn, so that each is opened anew. */
static void
measure (Post         *posts,
         guint         n_posts,
         AnnalsReader *reader,     /* (nullable) for the floor */
         GtkWidget    *view,
         double       *opened,
         double       *scrolled)
{
  for (guint i = 0; i < n_posts; i++)
    {
      g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
      double late;

      for (guint k = 0; k < ROUNDS; k++)
        {
          double time;

          if (reader != NULL)
            {
              annals_reader_show_post (reader, 0, 0);
              rest (100);
              time = open_post (reader, view, &posts[i]);
            }
          else
            {
              gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "", -1);
              rest (100);
              time = open_bare (view, &posts[i]);
            }
          g_array_append_val (times, time);
        }

      opened[i] = bench_quantile (times, 0.5);
      rest (1500);   /* heights are found out */
      scroll (view, &scrolled[2 * i], &late);
      scrolled[2 * i + 1] = late;
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(AnnalsDesk) desk = NULL;
  guint n_posts = (guint) MAX (argc - 2, 0);
  g_autofree Post *posts = g_new0 (Post, n_posts + 1);
  g_autofree double *times = g_new0 (double, 6 * (n_posts + 1));
  double *floors = times + 3 * (n_posts + 1);
  GtkWidget *window, *child;

  if (n_posts == 0)
    {
      g_printerr ("usage: bench-reader NOTEBOOK POST…\n");
      return 2;
    }

  adw_init ();
  loop = g_main_loop_new (NULL, FALSE);
  if (!(notebook = annals_notebook_open (argv[1], &error)))
    g_error ("%s", error->message);
  for (guint i = 0; i < n_posts; i++)
    {
      posts[i].uid = argv[i + 2];
      if (!annals_notebook_read (notebook, load_post, &posts[i], NULL, &error))
        g_error ("%s", error->message);
    }

  child = make_bare ();
  window = show_in_window (child);
  measure (posts, n_posts, NULL, bench_find_widget (child, GTK_TYPE_TEXT_VIEW), floors, floors + n_posts);
  gtk_window_destroy (GTK_WINDOW (window));

  desk = annals_desk_new ();
  annals_desk_set_notebook (desk, notebook);
  child = annals_reader_new ();
  g_object_set (child, "desk", desk, NULL);
  window = show_in_window (child);
  measure (posts, n_posts, ANNALS_READER (child), bench_find_widget (child, GTK_TYPE_TEXT_VIEW), times, times + n_posts);

  for (guint i = 0; i < n_posts; i++)
    g_print ("%7u characters: opened %6.1f ms (floor %6.1f, ratio %4.1f); a frame of scrolling p50 %4.1f p95 "
             "%4.1f ms (floor %4.1f, %4.1f)\n",
             annals_text_get_length (posts[i].text), times[i], floors[i], times[i] / floors[i],
             times[n_posts + 2 * i], times[n_posts + 2 * i + 1],
             floors[n_posts + 2 * i], floors[n_posts + 2 * i + 1]);

  gtk_window_destroy (GTK_WINDOW (window));
  annals_desk_set_notebook (desk, NULL);
  annals_notebook_close (notebook, NULL);
  for (guint i = 0; i < n_posts; i++)
    annals_text_unref (posts[i].text);
  g_main_loop_unref (loop);

  return 0;
}
