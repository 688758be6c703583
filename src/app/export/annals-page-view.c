/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-view.h"

#include <glib/gi18n.h>
#include <math.h>

#define GAP 12   /* pixels around the page */

struct _AnnalsPageView
{
  GtkWidget          parent_instance;

  GtkWidget         *box;
  GtkWidget         *area;
  GtkWidget         *number;

  AnnalsPdfDocument *document;   /* (nullable) */
  guint              page;       /* from 0 */
  guint              n_pages;
  cairo_surface_t   *drawn;      /* (nullable): a page as pixels */
  gboolean           drawing;    /* a page is being drawn: a document is drawn by one thread at a time */
  gboolean           stale;      /* another one is wanted by now */
};

G_DEFINE_FINAL_TYPE (AnnalsPageView, annals_page_view, GTK_TYPE_WIDGET)

/* Where the page is in the area, as large as there is room. */
static double
fit (AnnalsPageView *self,
     double          area_width,
     double          area_height,
     double         *x,
     double         *y)
{
  double width, height, scale;

  annals_pdf_document_get_size (self->document, &width, &height);
  scale = MAX (0.01, MIN ((area_width - 2 * GAP) / width, (area_height - 2 * GAP) / height));
  *x = floor ((area_width - scale * width) / 2);
  *y = floor ((area_height - scale * height) / 2);

  return scale;
}

/* --- drawing on a thread --- */

typedef struct
{
  AnnalsPdfDocument *document;
  guint              page;
  double             scale;      /* pixels of the screen to a point */
} DrawJob;

static void
draw_job_free (DrawJob *job)
{
  annals_pdf_document_unref (job->document);
  g_free (job);
}

static void
draw_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const DrawJob *job = task_data;
  cairo_surface_t *surface;
  double width, height;
  cairo_t *cr;

  annals_pdf_document_get_size (job->document, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * job->scale),
                                        (int) ceil (height * job->scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, job->scale, job->scale);
  annals_pdf_document_draw_page (job->document, job->page, cr);
  cairo_destroy (cr);

  g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
}

static void draw_page (AnnalsPageView *self);

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(AnnalsPageView) self = user_data;

  self->drawing = FALSE;
  g_clear_pointer (&self->drawn, cairo_surface_destroy);
  self->drawn = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->area == NULL)
    return;   /* it is gone */

  gtk_widget_queue_draw (self->area);
  if (self->stale)
    draw_page (self);
}

static void
draw_page (AnnalsPageView *self)
{
  g_autoptr(GTask) task = NULL;
  DrawJob *job;
  double x, y;

  self->stale = self->drawing;
  if (self->drawing || self->document == NULL || self->n_pages == 0 || gtk_widget_get_width (self->area) <= 2 * GAP)
    return;

  job = g_new0 (DrawJob, 1);
  job->document = annals_pdf_document_ref (self->document);
  job->page = self->page;
  job->scale = fit (self, gtk_widget_get_width (self->area), gtk_widget_get_height (self->area), &x, &y) *
               gtk_widget_get_scale_factor (self->area);

  self->drawing = TRUE;
  /* without a source object: the thread may be the last to let go of the task */
  task = g_task_new (NULL, NULL, drawn_cb, g_object_ref (self));
  g_task_set_source_tag (task, draw_page);
  g_task_set_task_data (task, job, (GDestroyNotify) draw_job_free);
  g_task_run_in_thread (task, draw_in_thread);
}

/* The page on its sheet; what was drawn for another size is stretched until it is drawn again. */
static void
draw_area_cb (GtkDrawingArea *area,
              cairo_t        *cr,
              int             area_width,
              int             area_height,
              gpointer        user_data)
{
  AnnalsPageView *self = ANNALS_PAGE_VIEW (user_data);
  double width, height, scale, x, y;

  if (self->document == NULL || self->n_pages == 0)
    return;

  scale = fit (self, area_width, area_height, &x, &y);
  annals_pdf_document_get_size (self->document, &width, &height);

  cairo_rectangle (cr, x - 0.5, y - 0.5, scale * width + 1, scale * height + 1);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.3);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_rectangle (cr, x, y, scale * width, scale * height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  if (self->drawn == NULL)
    return;

  cairo_translate (cr, x, y);
  cairo_scale (cr, scale * width / cairo_image_surface_get_width (self->drawn),
               scale * height / cairo_image_surface_get_height (self->drawn));
  cairo_set_source_surface (cr, self->drawn, 0, 0);
  cairo_paint (cr);
}

/* --- turning pages --- */

/* Says which page it is, of how many. */
static void
name_page (AnnalsPageView *self)
{
  g_autofree char *number = NULL;

  self->page = MIN (self->page, MAX (self->n_pages, 1) - 1);
  /* Translators: “Page 3 of 12” */
  number = g_strdup_printf (_("Page %u of %u"), self->page + 1, MAX (self->n_pages, 1));
  gtk_label_set_text (GTK_LABEL (self->number), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL, number, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.previous", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.next", self->page + 1 < self->n_pages);
}

static void
show_page (AnnalsPageView *self,
           guint           page)
{
  self->page = page;
  name_page (self);
  draw_page (self);
}

static void
turn_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsPageView *self = ANNALS_PAGE_VIEW (widget);

  if (g_str_equal (action_name, "page.next"))
    show_page (self, self->page + 1);
  else if (g_str_equal (action_name, "page.previous"))
    show_page (self, self->page - (self->page > 0));
  else if (g_str_equal (action_name, "page.first"))
    show_page (self, 0);
  else
    show_page (self, G_MAXUINT);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           gpointer                  user_data)
{
  AnnalsPageView *self = ANNALS_PAGE_VIEW (user_data);

  if (dy > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.next", NULL);
  else if (dy < 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.previous", NULL);

  return GDK_EVENT_STOP;
}

static void
pressed_cb (AnnalsPageView *self)
{
  gtk_widget_grab_focus (self->area);
}

static void
annals_page_view_dispose (GObject *object)
{
  AnnalsPageView *self = ANNALS_PAGE_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_PAGE_VIEW);

  G_OBJECT_CLASS (annals_page_view_parent_class)->dispose (object);
}

static void
annals_page_view_finalize (GObject *object)
{
  AnnalsPageView *self = ANNALS_PAGE_VIEW (object);

  g_clear_pointer (&self->document, annals_pdf_document_unref);
  g_clear_pointer (&self->drawn, cairo_surface_destroy);

  G_OBJECT_CLASS (annals_page_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Page_Down, "page.next" }, { GDK_KEY_Right, "page.next" }, { GDK_KEY_Down, "page.next" },
    { GDK_KEY_space, "page.next" }, { GDK_KEY_Page_Up, "page.previous" }, { GDK_KEY_Left, "page.previous" },
    { GDK_KEY_Up, "page.previous" }, { GDK_KEY_Home, "page.first" }, { GDK_KEY_End, "page.last" },
  };

  gtk_widget_class_install_action (widget_class, "page.next", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "page.previous", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "page.first", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "page.last", NULL, turn_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
}

static void
annals_page_view_class_init (AnnalsPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_page_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_page_view_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-page-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsPageView, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPageView, area);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPageView, number);
  gtk_widget_class_bind_template_callback (widget_class, draw_page);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  install_actions (widget_class);
}

static void
annals_page_view_init (AnnalsPageView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_area_cb, self, NULL);
}

void
annals_page_view_set_document (AnnalsPageView    *self,
                               AnnalsPdfDocument *document)
{
  gboolean is_same;

  g_return_if_fail (ANNALS_IS_PAGE_VIEW (self));
  g_return_if_fail (document != NULL);

  /* a page that was drawn is not drawn again when others came */
  is_same = self->document == document && self->page < self->n_pages;
  annals_pdf_document_ref (document);
  g_clear_pointer (&self->document, annals_pdf_document_unref);
  self->document = document;
  self->n_pages = annals_pdf_document_get_n_pages (document);
  name_page (self);
  if (!is_same)
    draw_page (self);
}

guint
annals_page_view_get_page (AnnalsPageView *self)
{
  g_return_val_if_fail (ANNALS_IS_PAGE_VIEW (self), 0);

  return self->page;
}
