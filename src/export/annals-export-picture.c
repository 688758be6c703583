/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-pdf-parts.h"
#include "annals-report-words.h"

/* The picture's width in points, and the page that it is laid out on: the drawing takes up to half of it before it
 * goes without titles. */
#define WIDTH 960.0
#define MAX_HEIGHT 7000.0
#define MARGIN 24.0
#define PIXELS 2.0           /* for each point */

static cairo_t *
begin_page_cb (gpointer user_data)
{
  return cairo_reference (user_data);
}

static void
put_line (AnnalsPdf      *pdf,
          const char     *string,
          AnnalsPdfStyle  style,
          double          before)
{
  g_autoptr(AnnalsPdfBlock) block = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();

  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  block = annals_pdf_block_new (pdf, text, style, "P", 0);
  block->before = before;
  annals_pdf_place_block (pdf, block);
}

/* Draws it with @cr, or measures only when that is NULL. Returns its height. */
static double
draw_picture (AnnalsReport *report,
              PangoFontMap *fonts,
              cairo_t      *cr)
{
  static const AnnalsPdfSetup setup = { .width = WIDTH, .height = MAX_HEIGHT, .margin = MARGIN, .scale = 1 };
  AnnalsPdfTarget target = { .begin_page = cr != NULL ? begin_page_cb : NULL, .user_data = cr };
  g_autofree char *period = annals_report_dup_period (report);
  g_autoptr(AnnalsPdf) pdf = NULL;

  pdf = annals_pdf_new (&setup, &target, NULL, report->timeline->title, report->notebook_title, fonts);
  put_line (pdf, report->timeline->title, ANNALS_PDF_STYLE_LONG_TITLE, 0);
  put_line (pdf, period, ANNALS_PDF_STYLE_SUBTITLE, 2);
  annals_pdf_put_chart (pdf, report, 0);

  return annals_pdf_get_y (pdf) + MARGIN;
}

static void
paint_paper (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
}

/* What the picture cannot show. */
static void
remark_undated (AnnalsExportRun *run)
{
  guint n_undated = 0;

  for (guint i = 0; i < run->report->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (run->report->events, i);

      n_undated += !annals_date_get_from (event->date, NULL) && !annals_date_get_to (event->date, NULL);
    }

  if (n_undated > 0)
    annals_export_run_remark (run, ngettext ("%u event has no date and is not in the picture.",
                                             "%u events have no date and are not in the picture.", n_undated),
                              n_undated);
}

static cairo_status_t
collect_cb (void                *closure,
            const unsigned char *data,
            unsigned int         length)
{
  g_string_append_len (closure, (const char *) data, length);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
write_collected (AnnalsExportRun  *run,
                 GString          *collected,
                 cairo_status_t    status,
                 GError          **error)
{
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE, _("Cannot draw the picture: %s"),
                   cairo_status_to_string (status));
      return FALSE;
    }

  remark_undated (run);
  annals_export_file_write (run->file, collected->str, collected->len);
  return TRUE;
}

static gboolean
renumber_cb (const GMatchInfo *match,
             GString          *result,
             gpointer          user_data)
{
  GHashTable *numbers = user_data;
  g_autofree char *old = g_match_info_fetch (match, 1);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, old));

  if (number == 0)
    {
      number = g_hash_table_size (numbers) + 1;
      g_hash_table_insert (numbers, g_strdup (old), GUINT_TO_POINTER (number));
    }
  g_string_append_printf (result, "surface%u\"", number);

  return FALSE;
}

/* Cairo counts all surfaces of the process in its names, and a picture is to be the same whenever it is made. No
 * words of the user are in it yet: letters are shapes. */
static void
renumber_surfaces (GString *svg)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GRegex) name = g_regex_new ("surface([0-9]+)\"", 0, 0, NULL);
  g_autofree char *renumbered = g_regex_replace_eval (name, svg->str, (gssize) svg->len, 0, 0, renumber_cb, numbers,
                                                      NULL);

  if (renumbered != NULL)
    g_string_assign (svg, renumbered);
}

/* What the picture is called, for who cannot see it: Cairo has no call for that. */
static void
insert_title (GString    *svg,
              const char *title)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);
  g_autofree char *element = g_strdup_printf ("\n<title>%s</title>", escaped);
  const char *root = strstr (svg->str, "<svg");
  const char *end = root != NULL ? strchr (root, '>') : NULL;

  if (end != NULL)
    g_string_insert (svg, end + 1 - svg->str, element);
}

gboolean
annals_export_svg_write (AnnalsExportRun  *run,
                         GError          **error)
{
  g_autoptr(PangoFontMap) fonts = annals_pdf_create_fonts ();
  g_autoptr(GString) svg = g_string_new (NULL);
  double height = draw_picture (run->report, fonts, NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (collect_cb, svg, WIDTH, height);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  paint_paper (cr);
  draw_picture (run->report, fonts, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  renumber_surfaces (svg);
  insert_title (svg, run->report->timeline->title);

  return write_collected (run, svg, status, error);
}

gboolean
annals_export_png_write (AnnalsExportRun  *run,
                         GError          **error)
{
  g_autoptr(PangoFontMap) fonts = annals_pdf_create_fonts ();
  g_autoptr(GString) png = g_string_new (NULL);
  double height = draw_picture (run->report, fonts, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH * PIXELS),
                                                         (int) (height * PIXELS));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, PIXELS, PIXELS);
  paint_paper (cr);
  draw_picture (run->report, fonts, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, collect_cb, png);
  cairo_surface_destroy (surface);

  return write_collected (run, png, status, error);
}
