/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo.h>
#include <string.h>

#include "annals-timelines.h"
#include "export-fixture.h"

static void
test_same_bytes (Fixture       *f,
                 gconstpointer  data)
{
  gsize n, m;
  g_autofree char *first = fixture_export (f, data, NULL, "first", &n);
  g_autofree char *second = fixture_export (f, data, NULL, "second", &m);

  g_assert_cmpmem (first, n, second, m);
}

static gboolean
rename_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Fixture *f = data;

  return annals_db_set_timeline (db, f->timeline_id, "A < B & \"C\" </svg>", NULL, NULL, NULL, error);
}

static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  guint *n_shapes = user_data;

  if (g_str_equal (name, "path") || g_str_equal (name, "use") || g_str_equal (name, "rect"))
    (*n_shapes)++;
  g_assert_cmpstr (name, !=, "image");
  g_assert_cmpstr (name, !=, "script");
}

/* Well-formed, of vectors only, and called as the timeline is. */
static void
test_svg (Fixture       *f,
          gconstpointer  data)
{
  static const GMarkupParser parser = { .start_element = start_element_cb };
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *svg = NULL;
  guint n_shapes = 0;

  annals_notebook_change (f->notebook, "Rename", rename_cb, f, NULL, &error);
  g_assert_no_error (error);
  svg = fixture_export (f, "svg", NULL, "out.svg", NULL);

  context = g_markup_parse_context_new (&parser, 0, &n_shapes, NULL);
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_shapes, >, 50);
  assert_says (svg, "<title>A &lt; B &amp; &quot;C&quot; &lt;/svg&gt;</title>");
}

static guint
count_colours (cairo_surface_t *surface)
{
  g_autoptr(GHashTable) colours = g_hash_table_new (NULL, NULL);
  int width = cairo_image_surface_get_width (surface);

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guint32 *row = (const void *) (cairo_image_surface_get_data (surface)
                                           + y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++)
        g_hash_table_add (colours, GUINT_TO_POINTER ((row[x] & 0xffffff) + 1));
    }

  return g_hash_table_size (colours);
}

static void
test_png (Fixture       *f,
          gconstpointer  data)
{
  g_autofree char *path = fixture_path (f, "out.png");
  cairo_surface_t *surface;

  g_free (fixture_export (f, "png", NULL, "out.png", NULL));
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1920);
  g_assert_cmpint (cairo_image_surface_get_height (surface), >, 200);
  g_assert_cmpint (cairo_image_surface_get_height (surface), <, 1200);
  g_assert_cmpuint (count_colours (surface), >, 50);
  cairo_surface_destroy (surface);
}

/* What has no date is not in the picture, and that is said. */
static void
test_remark (Fixture       *f,
             gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };
  g_autofree char *path = fixture_path (f, "out.svg");
  g_autoptr(GPtrArray) remarks = NULL;
  g_autoptr(GError) error = NULL;

  annals_export (f->notebook, &request, "svg", path, FALSE, NULL, NULL, NULL, &remarks, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (remarks->len, ==, 1);
  g_assert_cmpstr (remarks->pdata[0], ==, "1 event has no date and is not in the picture.");
}

static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *svg = NULL;

  fixture_add_events (f, 300);
  svg = fixture_export (f, "svg", NULL, "out.svg", NULL);
  g_assert_true (g_str_has_suffix (svg, "</svg>\n"));
}

#define ADD(name, data, func) \
  g_test_add ("/export/picture/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("same-bytes/svg", "svg", test_same_bytes);
  ADD ("same-bytes/png", "png", test_same_bytes);
  ADD ("svg", NULL, test_svg);
  ADD ("png", NULL, test_png);
  ADD ("remark", NULL, test_remark);
  ADD ("many", NULL, test_many);

  return g_test_run ();
}
