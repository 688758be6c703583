/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tag-chips.h"

#include "annals-colour-dot.h"
#include "annals-palette.h"
#include "annals-widget-color.h"

/* pixels */
#define PADDING 7
#define GAP 5
#define DOT 9
#define DOT_GAP 5
#define LINE_PADDING 2

#define MAX_CHIP_WIDTH 180

struct _AnnalsTagChips
{
  GtkWidget   parent_instance;
  char      **names;
  char      **colours;
};

G_DEFINE_FINAL_TYPE (AnnalsTagChips, annals_tag_chips, GTK_TYPE_WIDGET)

static PangoLayout *
create_layout (AnnalsTagChips *self,
               const char     *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  return layout;
}

/* Draws a chip of at most @available pixels at @x from where lines start. Returns: its width; 0: it did not fit */
static int
draw_chip (AnnalsTagChips *self,
           GtkSnapshot    *snapshot,
           int             x,
           int             available,
           const char     *text,
           const char     *colour_name)
{
  const AnnalsColour *colour = colour_name ? annals_palette_lookup (colour_name) : NULL;
  g_autoptr(PangoLayout) layout = create_layout (self, text);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int dot = colour != NULL ? DOT + DOT_GAP : 0;
  int width;
  PangoRectangle text_box;
  GskRoundedRect outline;
  graphene_rect_t bounds;
  GdkRGBA foreground, background, rgba;

  pango_layout_set_width (layout, MIN (MAX_CHIP_WIDTH, available - dot - 2 * PADDING) * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &text_box);
  width = text_box.width + dot + 2 * PADDING;
  if (width > available)
    return 0;

  if (rtl)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;

  annals_widget_get_color (GTK_WIDGET (self), &foreground);
  background = foreground;
  background.alpha *= 0.1f;
  graphene_rect_init (&bounds, x, 0, width, height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, height / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &background, &bounds);
  gtk_snapshot_pop (snapshot);

  if (colour != NULL)
    {
      annals_colour_to_rgba (colour->strong, &rgba);
      graphene_rect_init (&bounds, rtl ? x + width - PADDING - DOT : x + PADDING, (height - DOT) / 2, DOT, DOT);
      gsk_rounded_rect_init_from_rect (&outline, &bounds, DOT / 2.0f);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &rgba, &bounds);
      gtk_snapshot_pop (snapshot);
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + PADDING + (rtl ? 0 : dot) - text_box.x,
                                                          (height - text_box.height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &foreground);
  gtk_snapshot_restore (snapshot);

  return width;
}

static void
annals_tag_chips_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  AnnalsTagChips *self = ANNALS_TAG_CHIPS (widget);
  int end = gtk_widget_get_width (widget);
  guint n_names = self->names != NULL ? g_strv_length (self->names) : 0;
  int x = 0;

  for (guint i = 0; i < n_names; i++)
    {
      g_autofree char *more = g_strdup_printf ("+%u", n_names - i);
      int room = i + 1 < n_names ? 40 : 0;   /* for "+12" */
      int width = end - x - room < 60 ? 0 :
                  draw_chip (self, snapshot, x, end - x - room, self->names[i], self->colours[i]);

      if (width == 0)
        {
          draw_chip (self, snapshot, x, end - x, more, NULL);
          return;
        }

      x += width + GAP;
    }
}

static void
annals_tag_chips_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  g_autoptr(PangoLayout) layout = NULL;
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = 0;
      return;
    }

  layout = create_layout (ANNALS_TAG_CHIPS (widget), "Ág");
  pango_layout_get_pixel_size (layout, NULL, &height);
  *minimum = *natural = height + 2 * LINE_PADDING;
}

static void
annals_tag_chips_finalize (GObject *object)
{
  AnnalsTagChips *self = ANNALS_TAG_CHIPS (object);

  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->colours, g_strfreev);

  G_OBJECT_CLASS (annals_tag_chips_parent_class)->finalize (object);
}

static void
annals_tag_chips_class_init (AnnalsTagChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = annals_tag_chips_finalize;
  widget_class->measure = annals_tag_chips_measure;
  widget_class->snapshot = annals_tag_chips_snapshot;
  /* The row's name says the tags. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
annals_tag_chips_init (AnnalsTagChips *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
annals_tag_chips_new (void)
{
  return g_object_new (ANNALS_TYPE_TAG_CHIPS, NULL);
}

void
annals_tag_chips_set_tags (AnnalsTagChips     *self,
                           const char * const *names,
                           const char * const *colours)
{
  g_return_if_fail (ANNALS_IS_TAG_CHIPS (self));
  g_return_if_fail (names == NULL || colours != NULL);

  g_strfreev (self->names);
  g_strfreev (self->colours);
  self->names = g_strdupv ((char **) names);
  self->colours = g_strdupv ((char **) colours);
  gtk_widget_set_visible (GTK_WIDGET (self), names != NULL && names[0] != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
