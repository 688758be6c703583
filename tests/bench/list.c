/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the list of posts of a large notebook behaves in the window, against a bare list of as many rows.
 *
 *   bench-list NOTEBOOK
 *
 * From asking to the first rows on the screen, and the longest that the window's thread was busy meanwhile; a
 * jump to the end; each frame of scrolling, in turns with a GtkListView whose rows are three labels that show as
 * much text, and whose items are made as they are asked for. Fails when the slowest frames (p99) take more than
 * GOAL times the bare list's.
 */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "annals-desk.h"
#include "annals-post-row.h"
#include "annals-posts-pane.h"
#include "frames.h"
#include "measure.h"

#define GOAL 1.3
#define TURNS 5
#define FRAMES 200
#define FIRST_ROWS 200   /* that the list shows before it has all */
#define STEP 60      /* pixels */
#define WIDTH 400
#define HEIGHT 800
#define SETTLED 400  /* milliseconds without a longer pause */

/* --- a bare list --- */

#define BENCH_TYPE_LIST (bench_list_get_type ())
G_DECLARE_FINAL_TYPE (BenchList, bench_list, BENCH, LIST, GObject)

struct _BenchList
{
  GObject parent_instance;
  guint   n;
};

static GType
bench_list_get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
bench_list_get_n_items (GListModel *model)
{
  return BENCH_LIST (model)->n;
}

static gpointer
bench_list_get_item (GListModel *model,
                     guint       position)
{
  g_autofree char *text = g_strdup_printf ("Post number %u of a bare list, in words that are so many that they take two "
                                           "lines of the window, as those of a post's beginning do, and some more", position);

  return position < BENCH_LIST (model)->n ? gtk_string_object_new (text) : NULL;
}

static void
bench_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bench_list_get_item_type;
  iface->get_n_items = bench_list_get_n_items;
  iface->get_item = bench_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchList, bench_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bench_list_model_init))

static void
bench_list_class_init (BenchListClass *klass)
{
}

static void
bench_list_init (BenchList *self)
{
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      /* the one in the middle is the date and the source */
      gtk_label_set_wrap (GTK_LABEL (label), i == 2);
      gtk_label_set_lines (GTK_LABEL (label), i == 2 ? 2 : -1);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  for (GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item)); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    gtk_label_set_text (GTK_LABEL (label), text);
}

static GtkWidget *
make_bare (guint n)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  BenchList *list = g_object_new (BENCH_TYPE_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  list->n = n;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 gtk_list_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (list))),
                                                    factory));

  return scroller;
}

/* --- time --- */

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the window do what it has to, until it has had nothing to do for a while; returns the most of the
 * processor's time that one thing took. */
static double
settle (gboolean (*is_done) (gpointer data),
        gpointer data,
        double  *done)
{
  double start = bench_now ();
  double last_pause = start;
  double longest = 0;
  guint source = g_timeout_add (1, tick_cb, NULL);

  *done = 0;
  while (*done == 0 || bench_now () - last_pause < SETTLED)
    {
      double before = bench_spent ();
      double took;

      g_main_context_iteration (NULL, TRUE);
      took = bench_spent () - before;
      longest = MAX (longest, took);
      if (took > 5)
        last_pause = bench_now ();
      if (*done == 0 && is_done (data))
        *done = bench_now () - start;
    }
  g_source_remove (source);

  return longest;
}

/* --- the list of posts --- */

static guint
count_rows (GtkWidget *view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))));
}

/* Some are known, and those in view have been painted. */
static gboolean
has_rows (gpointer data)
{
  GtkWidget *row = gtk_widget_get_mapped (data) ? bench_find_widget (data, ANNALS_TYPE_POST_ROW) : NULL;
  AnnalsPagedItem *item = row != NULL ? annals_post_row_get_item (ANNALS_POST_ROW (row)) : NULL;

  return item != NULL && annals_paged_item_get_content (item) != NULL && bench_has_frame ();
}

/* As many as there were posts before. */
static gboolean
has_all_rows (gpointer data)
{
  return count_rows (data) > FIRST_ROWS;
}

static GtkAdjustment *
find_adjustment (GtkWidget *view)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
}

static void
scroll (GtkWidget *view,
        GArray    *times)
{
  GtkAdjustment *adjustment = find_adjustment (view);

  for (guint i = 0; i < FRAMES; i++)
    {
      double time;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + STEP);
      time = bench_wait_for_frame (view)->spent;
      g_array_append_val (times, time);
    }
}

static double
jump (GtkWidget *view)
{
  double start = bench_now ();

  gtk_widget_activate_action (view, "list.scroll-to-item", "u", count_rows (view) - 1);
  bench_wait_for_frame (view);

  return bench_now () - start;
}

static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmHWM:") : NULL;

  return line != NULL ? g_ascii_strtod (line + 6, NULL) / 1024 : 0;
}

/* @view: of posts; TRUE when it scrolls as it should. */
static gboolean
measure_scrolling (GtkWidget *view)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  GtkWidget *bare = make_bare (count_rows (view));
  GtkWidget *window = bench_show (bare, WIDTH, HEIGHT);
  GtkWidget *bare_view = bench_find_widget (bare, GTK_TYPE_LIST_VIEW);
  double ratio;

  for (guint i = 0; i < TURNS; i++)
    {
      scroll (bare_view, floor);
      scroll (view, times);
    }

  ratio = bench_quantile (times, 0.99) / bench_quantile (floor, 0.99);
  g_print ("a frame of scrolling: p50 %.1f p95 %.1f p99 %.1f ms; bare list p50 %.1f p95 %.1f p99 %.1f; ratio of "
           "p99 %.2f (goal %.1f)\n",
           bench_quantile (times, 0.5), bench_quantile (times, 0.95), bench_quantile (times, 0.99),
           bench_quantile (floor, 0.5), bench_quantile (floor, 0.95), bench_quantile (floor, 0.99), ratio, GOAL);
  gtk_window_destroy (GTK_WINDOW (window));

  return ratio <= GOAL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(AnnalsDesk) desk = NULL;
  GtkWidget *window, *pane, *view;
  double start, longest, shown, complete;
  gboolean ok;

  if (argc != 2)
    {
      g_printerr ("usage: bench-list NOTEBOOK\n");
      return 2;
    }

  adw_init ();
  if (!(notebook = annals_notebook_open (argv[1], &error)))
    g_error ("%s", error->message);

  desk = annals_desk_new ();
  annals_desk_set_notebook (desk, notebook);
  pane = annals_posts_pane_new ();
  window = bench_show (pane, WIDTH, HEIGHT);
  view = bench_find_widget (pane, GTK_TYPE_LIST_VIEW);
  bench_forget_frame ();
  start = bench_now ();
  g_object_set (pane, "desk", desk, NULL);
  longest = settle (has_rows, view, &shown);
  longest = MAX (longest, settle (has_all_rows, view, &complete));
  g_print ("%u rows: the first ones after %.0f ms, all of them after less than %.0f; the window's thread worked for %.0f ms "
           "at most on one thing; the end after %.0f ms\n",
           count_rows (view), shown, bench_now () - start - SETTLED, longest, jump (view));
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", 0);
  settle (has_all_rows, view, &complete);
  ok = measure_scrolling (view);
  g_print ("memory %.0f MB\n", get_memory ());

  gtk_window_destroy (GTK_WINDOW (window));
  annals_desk_set_notebook (desk, NULL);
  annals_notebook_close (notebook, NULL);

  return ok ? 0 : 1;
}
