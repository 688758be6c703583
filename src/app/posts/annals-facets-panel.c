/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-facets-panel.h"

#include <glib/gi18n.h>

#include "annals-keyboard-place.h"
#include "annals-query.h"
#include "annals-wrap-layout.h"

/* So many buttons of a kind; the numbers of the others would be small. */
#define MAX_BUTTONS 12
/* So many bars find room side by side; a longer time has one for each year, or for each ten of them. */
#define MAX_BARS 36
#define BAR_HEIGHT 40
#define FEW_BARS 8
#define FEW_BARS_WIDTH 36
#define MAX_CHARS 24
/* pixels; what needs more is scrolled */
#define MAX_HEIGHT 300

struct _AnnalsFacetsPanel
{
  GtkWidget  parent_instance;
  GtkWidget *scroller;
  GtkWidget *box;
  GtkWidget *months;
  GtkWidget *span;
  GtkLabel  *first;
  GtkLabel  *last;
  GtkWidget *sources_title;
  GtkWidget *sources;
  GtkWidget *tags_title;
  GtkWidget *tags;
  GtkWidget *languages_title;
  GtkWidget *languages;
};

enum
{
  NARROW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsFacetsPanel, annals_facets_panel, GTK_TYPE_WIDGET)

static void
clicked_cb (AnnalsFacetsPanel *self,
            GtkButton         *button)
{
  g_autofree char *filter = g_strdup (g_object_get_data (G_OBJECT (button), "filter"));

  g_signal_emit (self, signals[NARROW], 0, filter);
}

static void
make_narrow (AnnalsFacetsPanel *self,
             GtkWidget         *button,
             const char        *filter,
             const char        *name)
{
  g_object_set_data_full (G_OBJECT (button), "filter", g_strdup (filter), g_free);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

/* --- names --- */

static GtkWidget *
facet_button_new (AnnalsFacetsPanel *self,
                  AnnalsQueryField   field,
                  const AnnalsFacet *facet)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (facet->label);
  g_autofree char *number = g_strdup_printf ("%'u", facet->n);
  GtkWidget *count = gtk_label_new (number);
  g_autofree char *filter = annals_query_dup_filter (field, facet->name);
  g_autofree char *name = g_strdup_printf (ngettext ("%s: %'u post", "%s: %'u posts", facet->n), facet->label,
                                           facet->n);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "chip");
  make_narrow (self, button, filter, name);

  return button;
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

static void
show_names (AnnalsFacetsPanel *self,
            GtkWidget         *title,
            GtkWidget         *box,
            AnnalsQueryField   field,
            GPtrArray         *facets)
{
  int place = annals_keyboard_get_place (box);

  clear (box);
  gtk_widget_set_visible (title, facets->len > 0);
  gtk_widget_set_visible (box, facets->len > 0);
  for (guint i = 0; i < facets->len && i < MAX_BUTTONS; i++)
    gtk_widget_set_parent (facet_button_new (self, field, facets->pdata[i]), box);
  annals_keyboard_set_place (box, place);
}

/* --- dates --- */

static char *
dup_edtf (int   value,
          guint months_each)
{
  if (months_each == 1)
    return g_strdup_printf ("%04d-%02d", value / 12, value % 12 + 1);

  if (months_each == 12)
    return g_strdup_printf ("%04d", value / 12);

  return g_strdup_printf ("%04d/%04d", value / 12, value / 12 + (int) months_each / 12 - 1);
}

static char *
dup_display (int   value,
             guint months_each)
{
  g_autofree char *edtf = dup_edtf (value, months_each);
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);

  return date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
}

static GtkWidget *
bar_new (AnnalsFacetsPanel *self,
         int                value,
         guint              months_each,
         guint              n,
         guint              max)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *edtf = dup_edtf (value, months_each);
  g_autofree char *filter = annals_query_dup_filter (ANNALS_QUERY_DATE, edtf);
  g_autofree char *display = dup_display (value, months_each);
  g_autofree char *name = g_strdup_printf (ngettext ("%s: %'u post", "%s: %'u posts", n), display, n);

  gtk_widget_set_size_request (bar, -1, n > 0 ? MAX (2, (int) ((double) BAR_HEIGHT * n / max)) : 1);
  gtk_widget_set_valign (bar, GTK_ALIGN_END);
  gtk_widget_add_css_class (bar, n > 0 ? "facet-bar" : "facet-gap");
  gtk_button_set_child (GTK_BUTTON (button), bar);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "facet-month");
  gtk_widget_set_sensitive (button, n > 0);
  make_narrow (self, button, filter, name);

  return button;
}

/* Months that a bar stands for, so that all find room. */
static guint
pick_width (int first,
            int last)
{
  if (last - first < MAX_BARS)
    return 1;

  return last / 12 - first / 12 < MAX_BARS ? 12 : 120;
}

static void
append_bars (AnnalsFacetsPanel *self,
             GArray            *months,
             guint              width)
{
  int begin = g_array_index (months, AnnalsFacetMonth, 0).month / (int) width;
  int end = g_array_index (months, AnnalsFacetMonth, months->len - 1).month / (int) width;
  guint n_bars = (guint) MIN (end - begin + 1, 10 * MAX_BARS);
  g_autofree guint *counts = g_new0 (guint, n_bars);
  guint max = 1;
  g_autofree char *first = dup_display (begin * (int) width, width);
  g_autofree char *last = dup_display (end * (int) width, width);

  for (guint i = 0; i < months->len; i++)
    {
      const AnnalsFacetMonth *month = &g_array_index (months, AnnalsFacetMonth, i);
      guint bar = MIN ((guint) (month->month / (int) width - begin), n_bars - 1);

      counts[bar] += month->n;
      max = MAX (max, counts[bar]);
    }

  for (guint i = 0; i < n_bars; i++)
    gtk_box_append (GTK_BOX (self->months), bar_new (self, (begin + (int) i) * (int) width, width, counts[i], max));

  /* a few bars are no wider than bars are */
  gtk_widget_set_halign (self->months, n_bars < FEW_BARS ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_size_request (self->months, (int) (n_bars < FEW_BARS ? n_bars * FEW_BARS_WIDTH : 0), -1);
  gtk_label_set_text (self->first, first);
  gtk_label_set_text (self->last, n_bars > 1 ? last : "");
}

static void
show_months (AnnalsFacetsPanel *self,
             GArray            *months)
{
  int place = annals_keyboard_get_place (self->months);

  clear (self->months);
  gtk_widget_set_visible (self->months, months->len > 0);
  gtk_widget_set_visible (self->span, months->len > 0);
  if (months->len > 0)
    append_bars (self, months,
                 pick_width (g_array_index (months, AnnalsFacetMonth, 0).month,
                             g_array_index (months, AnnalsFacetMonth, months->len - 1).month));
  annals_keyboard_set_place (self->months, place);
}

/* --- the widget --- */

static GtkSizeRequestMode
annals_facets_panel_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The scrolled window asks for as much as its buttons need in one row, however many rows there are. */
static void
annals_facets_panel_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  AnnalsFacetsPanel *self = ANNALS_FACETS_PANEL (widget);
  int needed = 0;

  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      gtk_widget_measure (self->box, orientation, for_size, NULL, &needed, NULL, NULL);
      *natural = MAX (*minimum, MIN (needed, MAX_HEIGHT));
    }
}

static void
annals_facets_panel_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  gtk_widget_size_allocate (ANNALS_FACETS_PANEL (widget)->scroller,
                            &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
annals_facets_panel_dispose (GObject *object)
{
  AnnalsFacetsPanel *self = ANNALS_FACETS_PANEL (object);

  if (self->sources != NULL)
    {
      clear (self->sources);
      clear (self->tags);
      clear (self->languages);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_FACETS_PANEL);

  G_OBJECT_CLASS (annals_facets_panel_parent_class)->dispose (object);
}

static void
annals_facets_panel_class_init (AnnalsFacetsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_facets_panel_dispose;
  widget_class->get_request_mode = annals_facets_panel_get_request_mode;
  widget_class->measure = annals_facets_panel_measure;
  widget_class->size_allocate = annals_facets_panel_size_allocate;
  signals[NARROW] = g_signal_new ("narrow", ANNALS_TYPE_FACETS_PANEL, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-facets-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, months);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, span);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, first);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, last);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, sources_title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, sources);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, tags_title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, tags);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, languages_title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsFacetsPanel, languages);
}

static void
annals_facets_panel_init (AnnalsFacetsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_facets_panel_new (void)
{
  return g_object_new (ANNALS_TYPE_FACETS_PANEL, NULL);
}

void
annals_facets_panel_show (AnnalsFacetsPanel  *self,
                          const AnnalsFacets *facets)
{
  g_return_if_fail (ANNALS_IS_FACETS_PANEL (self));
  g_return_if_fail (facets != NULL);

  show_months (self, facets->months);
  show_names (self, self->sources_title, self->sources, ANNALS_QUERY_SOURCE, facets->sources);
  show_names (self, self->tags_title, self->tags, ANNALS_QUERY_TAG, facets->tags);
  show_names (self, self->languages_title, self->languages, ANNALS_QUERY_LANGUAGE, facets->languages);
}
