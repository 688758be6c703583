/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timeline of 1,000 events as PDF, against a bare loop of Pango and Cairo that sets the same text: no measuring, no
 * drawing, no links, no structure, lines broken over pages wherever they come. */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>
#include <time.h>

#include "annals-annotations.h"
#include "annals-export.h"
#include "annals-pdf-document.h"
#include "annals-posts.h"
#include "annals-timelines.h"

#define N_EVENTS 1000
#define N_POSTS 40
#define QUOTE 180       /* characters, from another place for each event */
#define N_RUNS 3
#define GOAL 0.5        /* of the bare loop's pages a second */

#define SERIF "Noto Serif, Noto Serif CJK KR"
#define SANS "Noto Sans, Noto Sans CJK KR"
#define WIDTH 595.28
#define HEIGHT 841.89
#define MARGIN 54.0
#define COLUMN 100.0

typedef struct
{
  gint64     timeline_id;
  gint64     posts[N_POSTS];
  GPtrArray *paragraphs;   /* (element-type utf8) of all events, in order: what the bare loop sets */
} Build;

static const char * const words[] = {
  "sanctions", "border", "the", "harbour", "was", "closed", "after", "an", "order", "of", "ministry", "and", "officials",
  "said", "that", "shipments", "would", "resume", "when", "inspectors", "had", "seen", "every", "vessel", "제재", "국경",
  "reports", "from", "two", "newspapers", "differ", "on", "this", "point", "in", "March", "2020", "delegation", "left",
};

static char *
make_text (guint seed,
           guint n_words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      seed = seed * 1103515245u + 12345u;
      g_string_append_printf (text, "%s%s", i == 0 ? "" : " ", words[(seed >> 16) % G_N_ELEMENTS (words)]);
    }
  g_string_append_c (text, '.');

  return g_string_free (text, FALSE);
}

static gboolean
store_posts (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Build *build = data;
  gint64 import_id;

  if (!annals_db_begin_import (db, "", "bench.txt", "text-month", "Bench", "{}", &import_id, error))
    return FALSE;

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *body = make_text (i + 1, 200);
      g_autofree char *title = make_text (i + 100, 7);
      g_autofree char *identity = g_strdup_printf ("bench:%u", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (body, -1);
      g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);
      g_autoptr(GBytes) markup = g_bytes_new (body, strlen (body));
      AnnalsStored stored;
      AnnalsNewPost post = { .identity = identity, .title = title, .url = "https://news.example/post", .author = "",
                             .source = "Bench Gazette", .published = date, .language = "en", .place = i + 1,
                             .text = text, .markup = markup, .markup_kind = "text" };

      if (!annals_db_store_post (db, import_id, &post, &stored, &build->posts[i], error))
        return FALSE;
    }

  return annals_db_finish_import (db, import_id, "0000000000000000000000000000000000000000000000000000000000000000", 1,
                                  N_POSTS, N_POSTS, 0, 0, 0, 0.5, error);
}

static gboolean
make_timeline (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Build *build = data;
  gint64 lanes[3];
  gint64 id;

  if (!annals_db_add_timeline (db, "A thousand events", "", NULL, "", &build->timeline_id, error) ||
      !annals_db_ensure_lane (db, build->timeline_id, "State media", NULL, &lanes[0], error) ||
      !annals_db_ensure_lane (db, build->timeline_id, "Diplomacy", NULL, &lanes[1], error) ||
      !annals_db_ensure_lane (db, build->timeline_id, "Border", NULL, &lanes[2], error))
    return FALSE;

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *edtf = g_strdup_printf ("%u-%02u-%02u", 2016 + i % 6, 1 + i / 8 % 12, 1 + i % 28);
      g_autofree char *title = make_text (i + 5000, 6);
      g_autofree char *account = make_text (i + 9000, 40 + i % 50);
      g_autofree char *body = make_text (i % N_POSTS + 1, 200);
      g_autoptr(AnnalsDate) date = annals_date_parse (edtf, error);
      guint start = i / N_POSTS * 7;
      gint64 annotation;

      if (date == NULL ||
          !annals_db_add_annotation (db, build->posts[i % N_POSTS], start, start + QUOTE, "blue", "", &annotation,
                                     error) ||
          !annals_db_add_event (db, build->timeline_id, lanes[i % 3], date, title, account, &id, error) ||
          !annals_db_add_evidence (db, id, 0, annotation, ANNALS_STANCE_SUPPORTS, "", &id, error))
        return FALSE;

      g_ptr_array_add (build->paragraphs, g_strdup (edtf));
      g_ptr_array_add (build->paragraphs, g_steal_pointer (&title));
      g_ptr_array_add (build->paragraphs, g_steal_pointer (&account));
      g_ptr_array_add (build->paragraphs, g_utf8_substring (body, start, start + QUOTE));
    }

  return TRUE;
}

/* Seconds of the processor, all threads: others may be at work on the machine. */
static double
get_time (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

/* --- the bare loop --- */

typedef struct
{
  cairo_t     *cr;
  PangoLayout *layout;
  double       y;
  guint        n_pages;
} Page;

static void
set_paragraph (Page       *page,
               const char *font,
               double      x,
               const char *text)
{
  PangoFontDescription *description = pango_font_description_from_string (font);
  PangoLayoutIter *iter;

  pango_layout_set_font_description (page->layout, description);
  pango_font_description_free (description);
  pango_layout_set_width (page->layout, (int) ((WIDTH - 2 * MARGIN - x) * PANGO_SCALE));
  pango_layout_set_text (page->layout, text, -1);

  iter = pango_layout_get_iter (page->layout);
  do
    {
      PangoRectangle line;
      double height;

      pango_layout_iter_get_line_extents (iter, NULL, &line);
      height = line.height / (double) PANGO_SCALE;
      if (page->y + height > HEIGHT - MARGIN)
        {
          cairo_show_page (page->cr);
          page->n_pages++;
          page->y = MARGIN;
        }
      cairo_move_to (page->cr, MARGIN + x + line.x / (double) PANGO_SCALE, page->y + height * 0.8);
      pango_cairo_show_layout_line (page->cr, pango_layout_iter_get_line_readonly (iter));
      page->y += height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static guint
run_bare (const Build *build,
          const char  *path)
{
  PangoFontMap *fonts = pango_cairo_font_map_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create (path, WIDTH, HEIGHT);
  PangoContext *context;
  Page page = { .cr = cairo_create (surface), .y = MARGIN, .n_pages = 1 };

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts), 72);
  context = pango_font_map_create_context (fonts);
  pango_cairo_update_context (page.cr, context);
  page.layout = pango_layout_new (context);

  for (guint i = 0; i < build->paragraphs->len; i += 4)
    {
      set_paragraph (&page, SANS " Bold 9", 0, g_ptr_array_index (build->paragraphs, i));
      set_paragraph (&page, SERIF " Bold 11", COLUMN, g_ptr_array_index (build->paragraphs, i + 1));
      set_paragraph (&page, SERIF " 10", COLUMN, g_ptr_array_index (build->paragraphs, i + 2));
      set_paragraph (&page, SERIF " 10", COLUMN + 12, g_ptr_array_index (build->paragraphs, i + 3));
      set_paragraph (&page, SANS " 8.5", COLUMN,
                     "[12] harbour the order of ministry border, Bench Gazette, 9 Mar 2020");
      page.y += 20;
    }

  cairo_destroy (page.cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_object_unref (page.layout);
  g_object_unref (context);
  g_object_unref (fonts);

  return page.n_pages;
}

/* --- ours --- */

static void
run_export (AnnalsNotebook *notebook,
            const Build    *build,
            const char     *path)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = build->timeline_id };
  g_autoptr(GError) error = NULL;

  if (!annals_export (notebook, &request, "pdf", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static guint
count_pages (AnnalsNotebook *notebook,
             const Build    *build)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = build->timeline_id };
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsPdfDocument) document = annals_pdf_document_new (notebook, &request, NULL, 0, 0, NULL, NULL, NULL,
                                                                   &error);

  if (document == NULL)
    g_error ("%s", error->message);

  return annals_pdf_document_get_n_pages (document);
}

static void
make_notebook (AnnalsNotebook *notebook,
               Build          *build)
{
  g_autoptr(GError) error = NULL;

  if (!annals_notebook_bulk (notebook, store_posts, build, NULL, &error) ||
      !annals_notebook_change (notebook, "Make a timeline", make_timeline, build, NULL, &error))
    g_error ("%s", error->message);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-pdf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.annals", NULL);
  g_autofree char *pdf = g_build_filename (folder, "ours.pdf", NULL);
  g_autofree char *bare = g_build_filename (folder, "bare.pdf", NULL);
  g_autoptr(GPtrArray) paragraphs = g_ptr_array_new_with_free_func (g_free);
  AnnalsNotebook *notebook = annals_notebook_create (path, "Bench", NULL);
  Build build = { .paragraphs = paragraphs };
  double ours = G_MAXDOUBLE, floor = G_MAXDOUBLE;
  guint n_ours, n_bare = 0;

  make_notebook (notebook, &build);
  n_ours = count_pages (notebook, &build);
  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = get_time ();

      n_bare = run_bare (&build, bare);
      floor = MIN (floor, get_time () - start);

      start = get_time ();
      run_export (notebook, &build, pdf);
      ours = MIN (ours, get_time () - start);
    }

  g_print ("bare loop    %4u pages  %6.0f pages/s\n", n_bare, n_bare / floor);
  g_print ("PDF          %4u pages  %6.0f pages/s\n", n_ours, n_ours / ours);
  g_print ("pdf %.2f of the bare loop's speed, goal %.2f: %s\n", n_ours / ours / (n_bare / floor), GOAL,
           n_ours / ours >= GOAL * n_bare / floor ? "reached" : "missed");

  annals_notebook_close (notebook, NULL);
  g_object_unref (notebook);
  g_remove (pdf);
  g_remove (bare);
  g_remove (path);
  g_rmdir (folder);

  return n_ours / ours >= GOAL * n_bare / floor ? 0 : 1;
}
