/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline of 10,000 events in 20 lanes: each frame while it is moved and zoomed, from its beginning to its
 * end with all that is done in it, against an empty window's; and how long its layout and the overview take.
 *
 *   bench-canvas [NOTEBOOK]    a notebook whose posts the overview counts
 *
 * Fails when the processor needs longer than the goal: a busy machine is nobody's fault.
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "annals-layout.h"
#include "annals-notebook.h"
#include "annals-post-density.h"
#include "annals-timeline-canvas.h"
#include "annals-timeline-overview.h"
#include "annals-timeline-scale.h"
#include "frames.h"
#include "measure.h"

#define N_EVENTS 10000
#define N_LANES 20
#define FRAMES 240
#define DAY 86400.0

#define FRAME_GOAL 16.7      /* milliseconds, of 99 frames in 100 */
#define LAYOUT_GOAL 20.0
#define OVERVIEW_GOAL 100.0  /* once */

typedef void (*Step) (AnnalsTimelineCanvas *canvas, guint frame);

static GMainLoop *loop;
static GArray *times;       /* of double, milliseconds */
static GArray *works;       /* the same, of the processor: a busy machine adds nothing */
static Step step;
static guint n_frames;
static gboolean failed;

/* --- what is shown --- */

static AnnalsEvent *
make_event (GRand *random,
            guint  number)
{
  static const char * const words[] = { "Border", "closed", "ministry", "hospital", "talks", "in", "Geneva",
                                        "shipment", "of", "sanctions", "committee", "denies", "report" };
  AnnalsEvent *event = g_new0 (AnnalsEvent, 1);
  gint64 from = (gint64) (g_rand_int_range (random, 0, 5 * 365) * DAY + 1.45e9);
  g_autofree char *day = NULL;
  GString *title = g_string_new (NULL);

  for (int i = g_rand_int_range (random, 3, 9); i > 0; i--)
    g_string_append_printf (title, "%s ", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  g_string_append_printf (title, "%u", number);

  event->id = number + 1;
  event->uid = g_uuid_string_random ();
  event->title = g_string_free (title, FALSE);
  event->account = g_strdup ("");
  event->lane_id = number % N_LANES + 1;
  event->evidence = g_ptr_array_new ();
  event->others = g_ptr_array_new ();
  event->tags = g_new0 (char *, 1);
  event->author = g_strdup ("");
  event->date = annals_date_new_at (from, number % 7 == 0 ? ANNALS_DATE_MONTH : ANNALS_DATE_DAY);
  day = g_strdup (annals_date_get_edtf (event->date));
  if (number % 5 == 0)
    {
      g_autoptr(AnnalsDate) last = annals_date_new_at (from + g_rand_int_range (random, 40, 90) * (gint64) DAY,
                                                       ANNALS_DATE_DAY);
      g_autofree char *edtf = g_strdup_printf ("%s/%s", day, annals_date_get_edtf (last));

      annals_date_unref (event->date);
      event->date = annals_date_parse (edtf, NULL);
    }
  else if (number % 11 == 0)
    {
      g_autofree char *edtf = g_strconcat (day, "~", NULL);

      annals_date_unref (event->date);
      event->date = annals_date_parse (edtf, NULL);
    }

  return event;
}

static AnnalsTimelineData *
make_data (void)
{
  AnnalsTimelineData *data = g_atomic_rc_box_new0 (AnnalsTimelineData);
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);

  data->timeline = g_new0 (AnnalsTimeline, 1);
  data->timeline->id = 1;
  data->timeline->uid = g_strdup ("bench");
  data->timeline->title = g_strdup ("Ten thousand");
  data->timeline->colour = g_strdup (colours[0].name);
  data->timeline->lanes = g_ptr_array_new ();
  for (guint i = 0; i < N_LANES; i++)
    {
      AnnalsLane *lane = g_new0 (AnnalsLane, 1);

      lane->id = i + 1;
      lane->uid = g_uuid_string_random ();
      lane->name = g_strdup_printf ("Lane %u", i + 1);
      lane->colour = g_strdup (colours[i % n_colours].name);
      g_ptr_array_add (data->timeline->lanes, lane);
    }

  data->events = g_ptr_array_new ();
  data->summaries = g_array_new (FALSE, TRUE, sizeof (AnnalsEventSummary));
  data->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      AnnalsEvent *event = make_event (random, i);
      g_autofree char *date = annals_date_dup_display_short (event->date);
      AnnalsEventSummary summary = { .caption = g_strconcat (date, " · 2 sources", NULL), .n_sources = 2,
                                     .n_supports = 2, .n_contradicts = i % 13 == 0 };

      g_ptr_array_add (data->events, event);
      g_array_append_val (data->summaries, summary);
      g_hash_table_insert (data->by_id, &event->id, GUINT_TO_POINTER (i + 1));
    }

  return data;
}

/* --- frames --- */

static void
frame_cb (const BenchFrame *frame)
{
  if (step == NULL)
    return;

  g_array_append_val (times, frame->time);
  g_array_append_val (works, frame->spent);
  if (++n_frames == FRAMES)
    g_main_loop_quit (loop);
}

/* In the frame, as a drag and a wheel do it */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  if (step != NULL)
    step (user_data, n_frames);
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

static void
pan (AnnalsTimelineCanvas *canvas,
     guint                 frame)
{
  const AnnalsAxis *axis = annals_timeline_canvas_get_axis (canvas);

  annals_timeline_canvas_move_to (canvas, axis->from + (frame % 120 < 60 ? 1 : -1) * 24 * annals_axis_get_scale (axis));
}

/* From the whole to a few days and back */
static void
zoom (AnnalsTimelineCanvas *canvas,
      guint                 frame)
{
  const AnnalsAxis *axis = annals_timeline_canvas_get_axis (canvas);
  AnnalsAxis other = *axis;

  annals_axis_zoom (&other, axis->width / 2, frame % 120 < 60 ? 1.1 : 1 / 1.1);
  annals_timeline_canvas_show_span (canvas, other.from, other.to);
}

static void
nothing (AnnalsTimelineCanvas *canvas,
         guint                 frame)
{
}

static void
run (const char *name,
     Step        what)
{
  n_frames = 0;
  g_array_set_size (times, 0);
  g_array_set_size (works, 0);
  step = what;
  g_main_loop_run (loop);
  step = NULL;
  g_print ("%-28s a frame p50 %5.1f p95 %5.1f p99 %5.1f ms; of the processor %5.1f %5.1f %5.1f\n", name,
           bench_quantile (times, 0.5), bench_quantile (times, 0.95), bench_quantile (times, 0.99),
           bench_quantile (works, 0.5), bench_quantile (works, 0.95), bench_quantile (works, 0.99));
  failed |= bench_quantile (works, 0.99) > FRAME_GOAL;
}

static GtkWidget *
show (GtkWidget *child,
      gpointer   canvas)
{
  GtkWidget *window = bench_show (child, 1400, 860);

  bench_set_frame_func (frame_cb);
  gtk_widget_add_tick_callback (child, tick_cb, canvas, NULL);
  g_timeout_add (500, G_SOURCE_FUNC (g_main_loop_quit), loop);
  g_main_loop_run (loop);

  return window;
}

static void
bench_frames (AnnalsTimelineView *view)
{
  GtkWidget *bare = gtk_drawing_area_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *scale = g_object_new (ANNALS_TYPE_TIMELINE_SCALE, NULL);
  GtkWidget *overview = g_object_new (ANNALS_TYPE_TIMELINE_OVERVIEW, NULL);
  AnnalsTimelineCanvas *canvas = ANNALS_TIMELINE_CANVAS (annals_timeline_canvas_new ());
  GtkWidget *window = show (bare, NULL);

  run ("an empty window", nothing);
  gtk_window_destroy (GTK_WINDOW (window));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (canvas));
  gtk_widget_set_vexpand (scroller, TRUE);
  annals_timeline_scale_set_canvas (ANNALS_TIMELINE_SCALE (scale), canvas);
  annals_timeline_overview_set_canvas (ANNALS_TIMELINE_OVERVIEW (overview), canvas);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), scale);
  gtk_box_append (GTK_BOX (box), overview);
  annals_timeline_canvas_set_view (canvas, view);
  window = show (box, canvas);

  run ("clusters, moved", pan);
  run ("zoomed in and out", zoom);
  annals_timeline_canvas_show_span (canvas, 1.5e9, 1.5e9 + 365 * DAY);
  run ("a year in view, moved", pan);
  annals_timeline_canvas_show_span (canvas, 1.5e9, 1.5e9 + 60 * DAY);
  run ("two months in view, moved", pan);
  annals_timeline_canvas_show_span (canvas, 1.5e9, 1.5e9 + 7 * DAY);
  run ("a week in view, moved", pan);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- layout --- */

static void
bench_layout (AnnalsTimelineView *view)
{
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, N_EVENTS);
  g_autoptr(GArray) made = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) zoomed = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_EVENTS; i++)
    {
      const AnnalsViewItem *item = &g_array_index (view->items, AnnalsViewItem, i);

      items[i] = (AnnalsLayoutItem) { .id = (guint64) item->event->id, .uid = item->event->uid,
                                      .title = item->event->title, .lane = item->lane, .width = 200, .height = 52 };
      annals_layout_item_set_date (&items[i], item->event->date);
    }

  for (guint i = 0; i < 50; i++)
    {
      double scale = exp (log (60) + i * (log (2e5) - log (60)) / 50);
      double start = bench_spent ();
      g_autoptr(AnnalsLayout) layout = annals_layout_new (items, N_EVENTS, N_LANES, scale, NULL);
      double time = bench_spent () - start;

      g_array_append_val (made, time);
      start = bench_spent ();
      annals_layout_set_scale (layout, scale * 1.1);
      time = bench_spent () - start;
      g_array_append_val (zoomed, time);
    }

  g_print ("layout after a change: p50 %.1f, at most %.1f ms; after a zoom: p50 %.1f, at most %.1f ms\n",
           bench_quantile (made, 0.5), bench_quantile (made, 1), bench_quantile (zoomed, 0.5), bench_quantile (zoomed, 1));
  failed |= bench_quantile (made, 1) > LAYOUT_GOAL || bench_quantile (zoomed, 1) > LAYOUT_GOAL;
}

/* --- the overview's posts --- */

static gboolean
count (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  for (guint i = 0; i < 2; i++)
    {
      double start = bench_now ();
      double work = bench_spent ();
      g_autoptr(AnnalsPostDensity) density = annals_db_load_post_density (db, error);

      if (density == NULL)
        return FALSE;
      work = bench_spent () - work;
      failed |= work > OVERVIEW_GOAL;
      g_print ("%u posts counted for the overview in %.1f ms, %.1f of the processor (%s)\n",
               density->before[density->n_days], bench_now () - start, work, i == 0 ? "their dates read for the first time" : "their dates in memory");
    }

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AnnalsTimelineData) data = NULL;
  g_autoptr(AnnalsTimelineView) view = NULL;
  double start;

  adw_init ();
  loop = g_main_loop_new (NULL, FALSE);
  times = g_array_new (FALSE, FALSE, sizeof (double));
  works = g_array_new (FALSE, FALSE, sizeof (double));
  data = make_data ();
  start = bench_now ();
  view = annals_timeline_view_new (data, NULL, ANNALS_GROUP_LANE, NULL);
  g_print ("%d events in %d lanes; the view of them made in %.1f ms\n", N_EVENTS, N_LANES, bench_now () - start);

  bench_layout (view);
  bench_frames (view);

  if (argc > 1)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsNotebook) notebook = annals_notebook_open (argv[1], &error);

      if (notebook == NULL || !annals_notebook_read (notebook, count, NULL, NULL, &error))
        g_error ("%s", error->message);
      annals_notebook_close (notebook, NULL);
    }

  g_array_unref (times);
  g_array_unref (works);
  g_main_loop_unref (loop);
  if (failed)
    g_printerr ("slower than the goal\n");

  return failed ? 1 : 0;
}
