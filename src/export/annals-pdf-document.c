/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-document.h"

#include <math.h>

#include "annals-pdf-compose.h"

/* Points: A5 */
#define SMALL_WIDTH 420.0
#define SMALL_HEIGHT 595.0

#define FINER 3.0
#define FINE_ENOUGH 3.0      /* pixels for each point */

/* What was drawn on it. Cairo notes in a recording what it replays of it, so one thread at a time may do that. */
typedef struct
{
  cairo_surface_t *recording;
  GMutex           replaying;
} Page;

struct _AnnalsPdfDocument
{
  GPtrArray *pages;    /* (element-type Page) */
  guint      n_whole;  /* of them nothing more comes on these */
  GMutex     lock;     /* of the two above */
  double     width;
  double     height;
};

/* A document in the making. */
typedef struct
{
  const AnnalsPdfSetup   *setup;
  AnnalsExportRun         run;
  AnnalsPdfDocument      *document;
  AnnalsPdfDocument      *draft;    /* (nullable) */
  AnnalsPdfDocumentGrown  grown;    /* (nullable) */
  gpointer                user_data;
} Making;

/* On paper smaller than A5 all is smaller. */
static void
fit_to_paper (AnnalsPdfSetup *setup,
              double          width,
              double          height)
{
  double factor = MIN (1, MIN (width / SMALL_WIDTH, height / SMALL_HEIGHT));

  setup->width = width;
  setup->height = height;
  setup->margin *= factor;
  setup->scale *= factor;
}

static void
page_free (gpointer data)
{
  Page *self = data;

  cairo_surface_destroy (self->recording);
  g_mutex_clear (&self->replaying);
  g_free (self);
}

static AnnalsPdfDocument *
document_new (const AnnalsPdfSetup *setup)
{
  AnnalsPdfDocument *self = g_atomic_rc_box_new0 (AnnalsPdfDocument);

  g_mutex_init (&self->lock);
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->width = setup->width;
  self->height = setup->height;

  return self;
}

/* The pages that were begun are whole. */
static void
end_pages (AnnalsPdfDocument *self)
{
  g_mutex_lock (&self->lock);
  self->n_whole = self->pages->len;
  g_mutex_unlock (&self->lock);
}

static cairo_t *
begin_page (AnnalsPdfDocument *self)
{
  cairo_rectangle_t extents = { 0, 0, self->width, self->height };
  Page *page = g_new0 (Page, 1);

  g_mutex_init (&page->replaying);
  page->recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  end_pages (self);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->pages, page);
  g_mutex_unlock (&self->lock);

  return cairo_create (page->recording);
}

static cairo_t *
begin_draft_page_cb (gpointer user_data)
{
  Making *making = user_data;
  cairo_t *cr = begin_page (making->draft);

  if (annals_pdf_document_get_n_pages (making->draft) > 0)
    making->grown (making->draft, making->user_data);

  return cr;
}

static cairo_t *
begin_page_cb (gpointer user_data)
{
  Making *making = user_data;

  if (making->draft != NULL && making->document->pages->len == 0)
    {
      end_pages (making->draft);
      making->grown (making->draft, making->user_data);
    }

  return begin_page (making->document);
}

static gboolean
make_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Making *making = data;
  AnnalsExportRun *run = &making->run;
  AnnalsPdfTarget target = { .begin_page = begin_page_cb, .user_data = making, .cancellable = cancellable };
  AnnalsPdfTarget draft = { .begin_page = begin_draft_page_cb, .user_data = making, .cancellable = cancellable };
  g_autoptr(AnnalsReport) report = NULL;

  run->db = db;
  if (!annals_export_read_time (&run->exported, error))
    return FALSE;
  if (run->request->subject == ANNALS_EXPORT_TIMELINE &&
      !(run->report = report = annals_report_read (run->notebook, db, run->request->timeline_id, cancellable, error)))
    return FALSE;

  return annals_pdf_compose (run, making->setup, &target, making->draft != NULL ? &draft : NULL, error);
}

static void
clear_document (gpointer data)
{
  AnnalsPdfDocument *self = data;

  g_ptr_array_unref (self->pages);
  g_mutex_clear (&self->lock);
}

AnnalsPdfDocument *
annals_pdf_document_new (AnnalsNotebook             *notebook,
                         const AnnalsExportRequest  *request,
                         const AnnalsExportOptions  *options,
                         double                      width,
                         double                      height,
                         AnnalsPdfDocumentGrown      grown,
                         gpointer                    user_data,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  static const AnnalsExportOptions plain = { .paper = ANNALS_PAPER_A4 };
  g_autoptr(AnnalsPdfDocument) self = NULL;
  g_autoptr(AnnalsPdfDocument) draft = NULL;
  AnnalsPdfSetup setup;
  Making making = { .run = { .notebook = notebook, .request = request, .options = options != NULL ? options : &plain,
                             .cancellable = cancellable },
                    .setup = &setup, .grown = grown, .user_data = user_data };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (request != NULL && (request->subject == ANNALS_EXPORT_TIMELINE ||
                                            request->subject == ANNALS_EXPORT_NOTES), NULL);
  g_return_val_if_fail ((width > 0) == (height > 0), NULL);
  g_return_val_if_fail (!cancellable || G_IS_CANCELLABLE (cancellable), NULL);

  annals_pdf_setup_init (&setup, making.run.options);
  if (width > 0)
    fit_to_paper (&setup, width, height);

  making.document = self = document_new (&setup);
  if (grown != NULL)
    making.draft = draft = document_new (&setup);
  if (!annals_notebook_read_long (notebook, make_in_reader, &making, cancellable, error))
    return NULL;

  end_pages (self);
  return g_steal_pointer (&self);
}

AnnalsPdfDocument *
annals_pdf_document_ref (AnnalsPdfDocument *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_pdf_document_unref (AnnalsPdfDocument *self)
{
  g_atomic_rc_box_release_full (self, clear_document);
}

guint
annals_pdf_document_get_n_pages (AnnalsPdfDocument *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->lock);
  n = self->n_whole;
  g_mutex_unlock (&self->lock);

  return n;
}

void
annals_pdf_document_get_size (AnnalsPdfDocument *self,
                              double            *width,
                              double            *height)
{
  g_return_if_fail (self != NULL && width != NULL && height != NULL);

  *width = self->width;
  *height = self->height;
}

static void
paint_page (AnnalsPdfDocument *self,
            guint              number,
            cairo_t           *cr)
{
  Page *page;

  g_mutex_lock (&self->lock);
  page = g_ptr_array_index (self->pages, number);   /* which stays as long as the document */
  g_mutex_unlock (&self->lock);

  g_mutex_lock (&page->replaying);
  cairo_set_source_surface (cr, page->recording, 0, 0);
  cairo_paint (cr);
  g_mutex_unlock (&page->replaying);
}

/* On pixels Cairo 1.16 moves each letter to the nearest one, so that small text has uneven gaps: it is drawn larger,
 * then made smaller as a picture. */
static void
paint_finer (AnnalsPdfDocument *self,
             guint              page,
             cairo_t           *cr,
             double             scale)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (self->width * scale * FINER),
                                                       (int) ceil (self->height * scale * FINER));
  cairo_t *fine = cairo_create (image);

  cairo_scale (fine, scale * FINER, scale * FINER);
  paint_page (self, page, fine);
  cairo_destroy (fine);

  cairo_scale (cr, 1 / (scale * FINER), 1 / (scale * FINER));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (image);
}

void
annals_pdf_document_draw_page (AnnalsPdfDocument *self,
                               guint              page,
                               cairo_t           *cr)
{
  cairo_matrix_t matrix;

  g_return_if_fail (self != NULL && cr != NULL);
  g_return_if_fail (page < annals_pdf_document_get_n_pages (self));

  cairo_save (cr);
  cairo_get_matrix (cr, &matrix);
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE && matrix.xy == 0 && matrix.yx == 0 &&
      matrix.xx > 0 && matrix.xx == matrix.yy && matrix.xx < FINE_ENOUGH)
    paint_finer (self, page, cr, matrix.xx);
  else
    paint_page (self, page, cr);
  cairo_restore (cr);
}
