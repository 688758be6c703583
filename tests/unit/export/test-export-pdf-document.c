/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo-pdf.h>
#include <string.h>

#include "annals-date.h"
#include "annals-pdf-document.h"
#include "annals-timelines.h"
#include "export-fixture.h"

static AnnalsPdfDocument *
make_document (Fixture                   *f,
               const AnnalsExportOptions *options,
               double                     width,
               double                     height)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };
  g_autoptr(GError) error = NULL;
  AnnalsPdfDocument *document;

  document = annals_pdf_document_new (f->notebook, &request, options, width, height, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return document;
}

/* Draws all pages as a printer's driver does. */
static void
print_to_file (Fixture           *f,
               AnnalsPdfDocument *document,
               const char        *name)
{
  g_autofree char *path = fixture_path (f, name);
  cairo_surface_t *surface;
  cairo_t *cr;
  double width, height;

  annals_pdf_document_get_size (document, &width, &height);
  surface = cairo_pdf_surface_create (path, width, height);
  cr = cairo_create (surface);
  for (guint i = 0; i < annals_pdf_document_get_n_pages (document); i++)
    {
      annals_pdf_document_draw_page (document, i, cr);
      cairo_show_page (cr);
    }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* What is printed says what is exported, on as many pages. */
static void
test_same_words (Fixture       *f,
                 gconstpointer  data)
{
  static const AnnalsExportOptions options = { .with_notes = TRUE };
  g_autoptr(AnnalsPdfDocument) document = make_document (f, &options, 0, 0);
  g_autofree char *exported = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *check = NULL;

  g_free (fixture_export (f, "pdf", &options, "exported.pdf", NULL));
  print_to_file (f, document, "printed.pdf");
  exported = ask (f, "pdftotext", "-layout", "exported.pdf", "-");
  printed = ask (f, "pdftotext", "-layout", "printed.pdf", "-");
  check = ask (f, "qpdf", "--check", "printed.pdf", NULL);
  if (exported == NULL || printed == NULL || check == NULL)
    return;

  g_assert_cmpstr (printed, ==, exported);
  assert_says (check, "No syntax or stream encoding errors found");
}

/* The number of pixels that are not white, of a page drawn small. */
static guint
count_ink (AnnalsPdfDocument *document,
           guint              page)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 420);
  cairo_t *cr = cairo_create (surface);
  guint n = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, 0.5, 0.5);
  annals_pdf_document_draw_page (document, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  for (int y = 0; y < 420; y++)
    {
      const guint32 *row = (const void *) (cairo_image_surface_get_data (surface)
                                           + y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < 300; x++)
        if ((row[x] & 0xffffff) != 0xffffff)
          n++;
    }
  cairo_surface_destroy (surface);

  return n;
}

static void
test_pages (Fixture       *f,
            gconstpointer  data)
{
  static const AnnalsExportOptions large = { .margins = ANNALS_MARGINS_WIDE, .text_size = ANNALS_TEXT_SIZE_LARGE };
  static const AnnalsExportOptions small = { .margins = ANNALS_MARGINS_NARROW, .text_size = ANNALS_TEXT_SIZE_SMALL };
  g_autoptr(AnnalsPdfDocument) a5 = NULL;
  g_autoptr(AnnalsPdfDocument) long_one = NULL;
  g_autoptr(AnnalsPdfDocument) short_one = NULL;
  double width, height;

  fixture_add_events (f, 30);
  a5 = make_document (f, NULL, 420, 595);
  long_one = make_document (f, &large, 0, 0);
  short_one = make_document (f, &small, 0, 0);
  annals_pdf_document_get_size (a5, &width, &height);
  g_assert_cmpfloat (width, ==, 420);
  g_assert_cmpfloat (height, ==, 595);
  g_assert_cmpuint (annals_pdf_document_get_n_pages (a5), >, annals_pdf_document_get_n_pages (short_one));
  g_assert_cmpuint (annals_pdf_document_get_n_pages (long_one), >, annals_pdf_document_get_n_pages (short_one));

  for (guint i = 0; i < annals_pdf_document_get_n_pages (long_one); i++)
    g_assert_cmpuint (count_ink (long_one, i), >, 500);
}

/* A page as it is drawn small. */
static GBytes *
draw_small (AnnalsPdfDocument *document,
            guint              page)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 150, 210);
  cairo_t *cr = cairo_create (surface);
  GBytes *bytes;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, 0.25, 0.25);
  annals_pdf_document_draw_page (document, page, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * 210);
  cairo_surface_destroy (surface);

  return bytes;
}

#define N_PAINTERS 4
#define N_TIMES 12

static gpointer
paint_thread (gpointer data)
{
  AnnalsPdfDocument *document = data;
  guint n_pages = annals_pdf_document_get_n_pages (document);
  g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < N_TIMES * n_pages; i++)
    g_ptr_array_add (pages, draw_small (document, i % n_pages));

  return g_steal_pointer (&pages);
}

/* A page that is shown twice is drawn by two threads. */
static void
test_threads (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(AnnalsPdfDocument) document = NULL;
  g_autoptr(AnnalsPdfDocument) alone = NULL;
  GThread *threads[N_PAINTERS];
  guint n_pages;

  fixture_add_events (f, 20);
  document = make_document (f, NULL, 0, 0);
  alone = make_document (f, NULL, 0, 0);
  n_pages = annals_pdf_document_get_n_pages (document);

  for (guint i = 0; i < N_PAINTERS; i++)
    threads[i] = g_thread_new ("painter", paint_thread, document);
  for (guint i = 0; i < N_PAINTERS; i++)
    {
      g_autoptr(GPtrArray) pages = g_thread_join (threads[i]);

      for (guint j = 0; j < pages->len; j++)
        {
          g_autoptr(GBytes) expected = draw_small (alone, j % n_pages);

          g_assert_true (g_bytes_equal (pages->pdata[j], expected));
        }
    }
}

/* Labels and envelopes are paper, too. */
static void
test_small (Fixture       *f,
            gconstpointer  data)
{
  static const double sizes[][2] = { { 298, 420 }, { 100, 100 }, { 60, 300 }, { 400, 60 }, { 20, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(AnnalsPdfDocument) document = make_document (f, NULL, sizes[i][0], sizes[i][1]);

      g_assert_cmpuint (annals_pdf_document_get_n_pages (document), >, 1);
      g_assert_cmpuint (annals_pdf_document_get_n_pages (document), <, 400);
      g_assert_cmpuint (count_ink (document, 0), >, 10);
    }
}

static void
test_cancelled (Fixture       *f,
                gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (annals_pdf_document_new (f->notebook, &request, NULL, 0, 0, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct
{
  GCancellable *cancellable;
  guint         stop_at;     /* pages; 0: never */
  guint         n_told;
  guint         n_pages;     /* as it was last told */
  gboolean      has_ink;     /* every page that was told of */
} Growth;

static void
grown_cb (AnnalsPdfDocument *draft,
          gpointer           user_data)
{
  Growth *self = user_data;
  guint n = annals_pdf_document_get_n_pages (draft);

  g_assert_cmpuint (n, >, self->n_pages);
  self->n_told++;
  self->n_pages = n;
  self->has_ink &= count_ink (draft, n - 1) > 500;
  if (n == self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

/* Pages can be looked at as they come, and are as many in the end. */
static void
test_grows (Fixture       *f,
            gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };
  Growth growth = { .has_ink = TRUE };
  g_autoptr(AnnalsPdfDocument) document = NULL;
  g_autoptr(AnnalsPdfDocument) alone = NULL;
  g_autoptr(GError) error = NULL;

  fixture_add_events (f, 60);
  document = annals_pdf_document_new (f->notebook, &request, NULL, 0, 0, grown_cb, &growth, NULL, &error);
  g_assert_no_error (error);
  alone = make_document (f, NULL, 0, 0);
  g_assert_cmpuint (annals_pdf_document_get_n_pages (document), >, 3);
  g_assert_cmpuint (growth.n_told, ==, annals_pdf_document_get_n_pages (document));
  g_assert_cmpuint (growth.n_pages, ==, annals_pdf_document_get_n_pages (document));
  g_assert_cmpuint (annals_pdf_document_get_n_pages (alone), ==, annals_pdf_document_get_n_pages (document));
  g_assert_true (growth.has_ink);
}

/* Who closes the preview at the second page does not have the rest laid out. */
static void
test_stopped (Fixture       *f,
              gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Growth growth = { .cancellable = cancellable, .stop_at = 2, .has_ink = TRUE };
  g_autoptr(GError) error = NULL;

  fixture_add_events (f, 200);
  g_assert_null (annals_pdf_document_new (f->notebook, &request, NULL, 0, 0, grown_cb, &growth, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (growth.n_pages, <=, 4);
}

static gboolean
add_at_one_time (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Fixture *f = data;
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020", error);
  gint64 id;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *title = g_strdup_printf ("All the year %u", i);

      if (!annals_db_add_event (db, f->timeline_id, 0, date, title, "", &id, error))
        return FALSE;
    }

  return TRUE;
}

/* More than a page has room for, and no day on which there are fewer: not a page for each day. */
static void
test_at_one_time (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsPdfDocument) document = NULL;

  annals_notebook_change (f->notebook, "Add events", add_at_one_time, f, NULL, &error);
  g_assert_no_error (error);
  document = make_document (f, NULL, 0, 0);
  g_test_message ("%u pages", annals_pdf_document_get_n_pages (document));
  g_assert_cmpuint (annals_pdf_document_get_n_pages (document), <, 60);
}

#define ADD(name, func) \
  g_test_add ("/export/pdf-document/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("same-words", test_same_words);
  ADD ("pages", test_pages);
  ADD ("threads", test_threads);
  ADD ("small", test_small);
  ADD ("at-one-time", test_at_one_time);
  ADD ("cancelled", test_cancelled);
  ADD ("grows", test_grows);
  ADD ("stopped", test_stopped);

  return g_test_run ();
}
