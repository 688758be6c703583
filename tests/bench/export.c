/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of 20,000 posts of 350 words, and of a timeline of 5,000 events, each of which rests on a post and on a passage:
 * MB/s of processor time from the notebook to the file, and of the timeline from its model, which is loaded once for
 * whatever format. The floor is json-glib's own generator in the same run, from a tree that is there already, of the same
 * document into memory. Goal: 100 MB/s or 0.5 of the floor. The other formats' figures are for comparison. */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "annals-export-json.h"
#include "annals-export.h"
#include "annals-imports.h"
#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-report.h"
#include "annals-timelines.h"

#define N_POSTS 20000
#define N_WORDS 350
#define BATCH 5000
#define N_EVENTS 5000
#define N_CITED 1000
#define N_RUNS 3
#define GOAL_SHARE 0.5
#define GOAL_SPEED 100.0

static const char * const words[] = {
  "harbour", "sanctions", "response", "relief", "“border”", "ministry", "the", "shipping", "vaccine", "tanker",
  "island", "storm", "council", "budget", "제재", "quarantine", "ferry", "grain", "export", "pilot",
};

typedef struct
{
  guint   first;
  gint64  import_id;
  gint64  posts[N_CITED];
  gint64  timeline_id;
} Build;

static void
check (gboolean  ok,
       GError   *error)
{
  if (!ok)
    {
      fprintf (stderr, "bench-export: %s\n", error != NULL ? error->message : "failed");
      exit (1);
    }
}

/* of all threads */
static double
get_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static char *
make_html (guint seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  GString *html = g_string_new ("<p>");

  for (guint i = 0; i < N_WORDS; i++)
    {
      const char *word = words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];

      if (i % 70 == 69)
        g_string_append (html, ".</p><p>");
      else if (i % 90 == 40)
        g_string_append_printf (html, "<a href=\"https://example.org/%u\">%s</a> ", i, word);
      else
        g_string_append_printf (html, "%s ", word);
    }

  return g_string_free (html, FALSE);
}

static gboolean
store_batch (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Build *build = data;

  if (build->first == 0 &&
      !annals_db_begin_import (db, "", "bench.html", "html", "", NULL, &build->import_id, error))
    return FALSE;

  for (guint i = build->first; i < build->first + BATCH; i++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", i);
      g_autofree char *title = g_strdup_printf ("The %s of %s, number %u", words[i % 7], words[i % 20], i);
      g_autofree char *url = g_strdup_printf ("https://news.example/%u", i);
      g_autofree char *html = make_html (i);
      g_autoptr(AnnalsText) text = annals_text_new_from_html (html, -1, NULL);
      g_autoptr(AnnalsDate) date = annals_date_new_from_unix (1199145600 + (gint64) i * 4000);
      g_autoptr(GBytes) markup = g_bytes_new (html, strlen (html));
      AnnalsNewPost post = {
        .identity = identity, .title = title, .url = url, .author = "Ada Berg", .source = "Coast Gazette",
        .published = date, .language = "en", .place = i + 1, .text = text, .markup = markup, .markup_kind = "html",
      };
      AnnalsStored stored;
      gint64 id;

      if (!annals_db_store_post (db, build->import_id, &post, &stored, &id, error))
        return FALSE;
      if (i < N_CITED)
        build->posts[i] = id;
    }

  return build->first + BATCH < N_POSTS ||
         annals_db_finish_import (db, build->import_id, "", 0, N_POSTS, N_POSTS, 0, 0, 0, 1, error);
}

static gboolean
make_timeline (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Build *build = data;
  gint64 passages[N_CITED];
  gint64 lane;

  for (guint i = 0; i < N_CITED; i++)
    if (!annals_db_add_annotation (db, build->posts[i], 10, 150, "yellow", "", &passages[i], error))
      return FALSE;

  if (!annals_db_add_timeline (db, "Bench", "", NULL, "", &build->timeline_id, error) ||
      !annals_db_ensure_lane (db, build->timeline_id, "Lane", NULL, &lane, error))
    return FALSE;

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Event %u of the %s", i, words[i % 20]);
      g_autoptr(AnnalsDate) date = annals_date_new_from_unix (1199145600 + (gint64) i * 40000);
      guint second = (i * 7 + 1) % N_CITED;
      gint64 event, id;

      if (!annals_db_add_event (db, build->timeline_id, lane, date, title, "An account of *some* length, two lines or so.",
                                &event, error) ||
          !annals_db_add_evidence (db, event, build->posts[i % N_CITED], 0, ANNALS_STANCE_SUPPORTS, "", &id, error) ||
          !annals_db_add_evidence (db, event, build->posts[second], passages[second], ANNALS_STANCE_SUPPORTS, "", &id,
                                   error))
        return FALSE;
    }

  return TRUE;
}

static AnnalsNotebook *
make_notebook (const char *folder,
               Build      *build)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "bench.annals", NULL);
  AnnalsNotebook *notebook = annals_notebook_create (path, "Bench", &error);

  check (notebook != NULL, error);
  for (build->first = 0; build->first < N_POSTS; build->first += BATCH)
    check (annals_notebook_bulk (notebook, store_batch, build, NULL, &error), error);
  check (annals_notebook_change (notebook, "Make a timeline", make_timeline, build, NULL, &error), error);
  check (annals_notebook_finish_index (notebook, NULL, &error), error);

  return notebook;
}

/* The least of several runs, in MB/s; the document goes in *document. */
static double
measure_export (AnnalsNotebook             *notebook,
                const AnnalsExportRequest  *request,
                const char                 *format,
                const char                 *path,
                gsize                      *length)
{
  double best = G_MAXDOUBLE;
  g_autofree char *contents = NULL;

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr(GError) error = NULL;
      double start = get_seconds ();

      check (annals_export (notebook, request, format, path, TRUE, NULL, NULL, NULL, NULL, NULL, &error), error);
      best = MIN (best, get_seconds () - start);
    }

  check (g_file_get_contents (path, &contents, length, NULL), NULL);
  return (double) *length / 1e6 / best;
}

static double
measure_generator (const char *path)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(GError) error = NULL;
  double best = G_MAXDOUBLE;
  gsize length = 0;

  check (json_parser_load_from_file (parser, path, &error), error);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, json_parser_get_root (parser));
  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = get_seconds ();
      g_autofree char *data = json_generator_to_data (generator, &length);

      check (data != NULL, NULL);
      best = MIN (best, get_seconds () - start);
    }

  return (double) length / 1e6 / best;
}

/* A timeline's JSON from its model in memory, which all its formats share. */
static void
bench_model (AnnalsNotebook *notebook,
             gint64          timeline_id,
             const char     *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsReport) report = annals_report_load (notebook, timeline_id, NULL, &error);
  g_autofree char *path = g_build_filename (folder, "out", NULL);
  g_autofree char *data = NULL;
  double best = G_MAXDOUBLE;
  double speed, floor;
  gsize length = 0;

  check (report != NULL, error);
  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = get_seconds ();

      g_free (data);
      data = annals_export_json_to_data (report, &length);
      best = MIN (best, get_seconds () - start);
    }

  check (g_file_set_contents (path, data, (gssize) length, &error), error);
  speed = (double) length / 1e6 / best;
  floor = measure_generator (path);
  printf ("model     json       %6.1f MB  %6.1f MB/s  json-glib's generator %6.1f MB/s  %.2f of it (goal: %.1f, or %.0f MB/s): "
          "%s\n", (double) length / 1e6, speed, floor, speed / floor, GOAL_SHARE, GOAL_SPEED,
          speed >= GOAL_SPEED || speed / floor >= GOAL_SHARE ? "reached" : "missed");
  g_unlink (path);
}

static void
bench (AnnalsNotebook             *notebook,
       const AnnalsExportRequest  *request,
       const char                 *what,
       const char                 *only,
       const char                 *folder)
{
  g_autoptr(GPtrArray) formats = annals_export_get_formats (request->subject);
  g_autofree char *path = g_build_filename (folder, "out", NULL);
  struct rusage usage;

  for (guint i = 0; i < formats->len; i++)
    {
      const AnnalsExportFormat *format = formats->pdata[i];
      gsize length;
      double speed;

      if (!g_str_has_prefix (format->media_type, "text/") && !g_str_equal (format->id, "json") &&
          !g_str_equal (format->id, "timelinejs") && request->subject == ANNALS_EXPORT_TIMELINE)
        continue;   /* pages and pictures have benches of their own */
      if (only != NULL && !g_str_equal (only, format->id))
        continue;

      speed = measure_export (notebook, request, format->id, path, &length);
      getrusage (RUSAGE_SELF, &usage);
      printf ("%-9s %-10s %6.1f MB  %6.1f MB/s", what, format->id, (double) length / 1e6, speed);
      if (g_str_equal (format->id, "json"))
        {
          long peak = usage.ru_maxrss;   /* before the tree of the floor */
          double floor = measure_generator (path);

          printf ("  json-glib's generator %6.1f MB/s  %.2f of it (goal: %.1f, or %.0f MB/s): %s  peak %ld MB", floor,
                  speed / floor, GOAL_SHARE, GOAL_SPEED,
                  speed >= GOAL_SPEED || speed / floor >= GOAL_SHARE ? "reached" : "missed", peak / 1024);
        }
      printf ("\n");
    }
  g_unlink (path);
}

/* bench-export [FORMAT]: of that format only */
int
main (int   argc,
      char *argv[])
{
  const char *only = argc > 1 ? argv[1] : NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-XXXXXX", &error);
  g_autofree char *path = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  Build build = { 0 };
  AnnalsExportRequest posts = { .subject = ANNALS_EXPORT_POSTS };
  AnnalsExportRequest timeline = { .subject = ANNALS_EXPORT_TIMELINE };

  check (folder != NULL, error);
  notebook = make_notebook (folder, &build);
  timeline.timeline_id = build.timeline_id;
  bench (notebook, &posts, "posts", only, folder);
  bench (notebook, &timeline, "timeline", only, folder);
  bench_model (notebook, build.timeline_id, folder);

  check (annals_notebook_close (notebook, &error), error);
  path = g_build_filename (folder, "bench.annals", NULL);
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}
