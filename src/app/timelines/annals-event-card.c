/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-palette.h"
#include "annals-timeline-data.h"
#include "annals-widget-color.h"

#define EDGE 4.0            /* the coloured edge at the beginning */
#define PADDING_X 9.0
#define PADDING_Y 6.0
#define LINE_GAP 2.0
#define SPAN_HEIGHT 3.0     /* the line that shows the time to scale */
#define RADIUS 6.0
#define MIN_TEXT 110.0
#define MAX_TEXT 230.0
#define DASH 7.0
#define ARROW 6.0

struct _AnnalsEventCard
{
  GtkWidget           parent_instance;
  gint64              event_id;
  PangoLayout        *title;
  PangoLayout        *caption;
  double              text_width;   /* that they need; a card cut by the edge does not break them anew */
  const AnnalsColour *colour;
  AnnalsPlaced        placed;
  gboolean            selected;
};

enum
{
  CLICKED,
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsEventCard, annals_event_card, GTK_TYPE_WIDGET)

static PangoLayout *
make_layout (GtkWidget  *widget,
             const char *text,
             double      scale,
             gboolean    bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_MEDIUM));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

static PangoLayout *
make_title (GtkWidget  *widget,
            const char *text)
{
  PangoLayout *layout = make_layout (widget, text, 0.95, TRUE);

  pango_layout_set_height (layout, -2);   /* two lines */

  return layout;
}

static PangoLayout *
make_caption (GtkWidget         *widget,
              const AnnalsEvent *event)
{
  g_autofree char *text = annals_timeline_data_dup_caption (event);
  PangoLayout *layout = make_layout (widget, text, 0.82, FALSE);

  pango_layout_set_height (layout, -1);

  return layout;
}

void
annals_event_card_measure_text (GtkWidget         *widget,
                                const AnnalsEvent *event,
                                double            *width,
                                double            *height)
{
  g_autoptr(PangoLayout) title = make_title (widget, event->title);
  g_autoptr(PangoLayout) caption = make_caption (widget, event);
  int title_width, caption_width, title_height, caption_height;
  double text_width;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  pango_layout_get_pixel_size (title, &title_width, NULL);
  pango_layout_get_pixel_size (caption, &caption_width, NULL);
  text_width = CLAMP (MAX (title_width, caption_width) + 1, MIN_TEXT, MAX_TEXT);
  pango_layout_set_width (title, (int) (text_width * PANGO_SCALE));
  pango_layout_get_pixel_size (title, NULL, &title_height);
  pango_layout_get_pixel_size (caption, NULL, &caption_height);

  *width = text_width + EDGE + 2 * PADDING_X;
  *height = title_height + LINE_GAP + caption_height + 2 * PADDING_Y + SPAN_HEIGHT;
}

/* --- drawing --- */

static void
append_fading (GtkSnapshot           *snapshot,
               const graphene_rect_t *area,
               const GdkRGBA         *colour,
               double                 fade_start,
               double                 fade_end)
{
  GskColorStop stops[4];
  double width = MAX (area->size.width, 1.0);
  double first = CLAMP (fade_start / width, 0.0, 1.0);
  double last = CLAMP (1.0 - fade_end / width, first, 1.0);
  GdkRGBA clear = *colour;

  if (fade_start <= 0 && fade_end <= 0)
    {
      gtk_snapshot_append_color (snapshot, colour, area);
      return;
    }

  clear.alpha = 0;
  stops[0] = (GskColorStop) { 0, fade_start > 0 ? clear : *colour };
  stops[1] = (GskColorStop) { (float) first, *colour };
  stops[2] = (GskColorStop) { (float) last, *colour };
  stops[3] = (GskColorStop) { 1, fade_end > 0 ? clear : *colour };
  gtk_snapshot_append_linear_gradient (snapshot, area, &area->origin,
                                       &GRAPHENE_POINT_INIT (area->origin.x + area->size.width, area->origin.y),
                                       stops, G_N_ELEMENTS (stops));
}

static void
append_arrow (GtkSnapshot   *snapshot,
              double         x,
              double         y,
              double         direction,
              const GdkRGBA *colour)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT ((float) (x - 2 * ARROW), (float) (y - ARROW),
                                                                (float) (4 * ARROW), (float) (2 * ARROW)));

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - direction * ARROW, y - ARROW * 0.7);
  cairo_line_to (cr, x - direction * ARROW, y + ARROW * 0.7);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* The time to scale, below the words. */
static void
snapshot_span (AnnalsEventCard *self,
               GtkSnapshot     *snapshot,
               double           height,
               const GdkRGBA   *colour)
{
  const AnnalsPlaced *placed = &self->placed;
  double x = placed->bar.x - placed->card.x;
  double y = height - SPAN_HEIGHT;
  double width = placed->bar.width;
  gboolean dashed = (placed->flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN)) != 0;

  if (dashed)
    gtk_snapshot_push_repeat (snapshot,
                              &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, SPAN_HEIGHT),
                              &GRAPHENE_RECT_INIT ((float) x, (float) y, DASH, SPAN_HEIGHT));
  if (dashed)
    {
      gtk_snapshot_append_color (snapshot, colour,
                                 &GRAPHENE_RECT_INIT ((float) x, (float) y, DASH * 0.6f, SPAN_HEIGHT));
      gtk_snapshot_pop (snapshot);
    }
  else
    append_fading (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, SPAN_HEIGHT), colour,
                   placed->fade_start, placed->fade_end);

  if (placed->flags & ANNALS_LAYOUT_OPEN_END)
    append_arrow (snapshot, x + width - 1, y + SPAN_HEIGHT / 2 - 2, 1, colour);
  if (placed->flags & ANNALS_LAYOUT_OPEN_START)
    append_arrow (snapshot, x + 1, y + SPAN_HEIGHT / 2 - 2, -1, colour);
}

static void
snapshot_words (AnnalsEventCard *self,
                GtkSnapshot     *snapshot,
                double           width)
{
  double room = MAX (width - EDGE - 2 * PADDING_X, self->text_width);
  GdkRGBA foreground;
  GdkRGBA dim;
  int title_height;

  annals_widget_get_color (GTK_WIDGET (self), &foreground);
  dim = foreground;
  dim.alpha *= 0.72f;

  pango_layout_set_width (self->title, (int) (room * PANGO_SCALE));
  pango_layout_set_width (self->caption, (int) (room * PANGO_SCALE));
  pango_layout_get_pixel_size (self->title, NULL, &title_height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (EDGE + PADDING_X, PADDING_Y));
  gtk_snapshot_append_layout (snapshot, self->title, &foreground);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, title_height + LINE_GAP));
  gtk_snapshot_append_layout (snapshot, self->caption, &dim);
  gtk_snapshot_restore (snapshot);
}

static void
annals_event_card_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AnnalsEventCard *self = ANNALS_EVENT_CARD (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GskRoundedRect outline;
  GdkRGBA strong, tint;

  if (self->title == NULL)
    return;

  annals_colour_to_rgba (self->colour->strong, &strong);
  annals_colour_to_rgba (dark ? self->colour->dark : self->colour->light, &tint);

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  append_fading (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height), &tint, 0,
                 (self->placed.flags & ANNALS_LAYOUT_OPEN_END) ? width * 0.35 : 0);
  gtk_snapshot_append_color (snapshot, &strong, &GRAPHENE_RECT_INIT (0, 0, EDGE, height));
  snapshot_words (self, snapshot, width);
  snapshot_span (self, snapshot, height, &strong);
  gtk_snapshot_pop (snapshot);

  if (self->selected)
    {
      const float sizes[] = { 2, 2, 2, 2 };
      GdkRGBA accent;

      annals_widget_look_up_color (widget, "accent_color", &accent);
      gtk_snapshot_append_border (snapshot, &outline, sizes,
                                  (const GdkRGBA[]) { accent, accent, accent, accent });
    }
}

static void
annals_event_card_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  AnnalsEventCard *self = ANNALS_EVENT_CARD (widget);

  /* The layout decides; a card is never asked for more than it was given. */
  *minimum = 0;
  *natural = (int) (orientation == GTK_ORIENTATION_HORIZONTAL ? self->placed.card.width
                                                              : self->placed.card.height);
  *minimum_baseline = *natural_baseline = -1;
}

/* --- input --- */

static void
pressed_cb (AnnalsEventCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[CLICKED], 0);
}

static void
secondary_cb (AnnalsEventCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[MENU], 0);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[MENU], 0);
}

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLICKED], 0);
}

static void
annals_event_card_dispose (GObject *object)
{
  AnnalsEventCard *self = ANNALS_EVENT_CARD (object);

  g_clear_object (&self->title);
  g_clear_object (&self->caption);

  G_OBJECT_CLASS (annals_event_card_parent_class)->dispose (object);
}

static void
annals_event_card_class_init (AnnalsEventCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_event_card_dispose;
  widget_class->snapshot = annals_event_card_snapshot;
  widget_class->measure = annals_event_card_measure;

  signals[CLICKED] = g_signal_new ("clicked", ANNALS_TYPE_EVENT_CARD, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[MENU] = g_signal_new ("menu", ANNALS_TYPE_EVENT_CARD, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "eventcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "card.activate", NULL, activate_action);
  gtk_widget_class_install_action (widget_class, "card.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "card.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "card.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "card.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "card.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "card.activate", NULL);
}

static void
annals_event_card_init (AnnalsEventCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
  self->colour = annals_palette_pick (0);
}

GtkWidget *
annals_event_card_new (void)
{
  return g_object_new (ANNALS_TYPE_EVENT_CARD, NULL);
}

void
annals_event_card_set_event (AnnalsEventCard   *self,
                             const AnnalsEvent *event,
                             const char        *colour)
{
  const AnnalsColour *found;
  g_autofree char *caption = NULL;
  g_autofree char *display = NULL;
  g_autofree char *remark = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *name = NULL;
  double width, height;

  g_return_if_fail (ANNALS_IS_EVENT_CARD (self));
  g_return_if_fail (event != NULL);

  self->event_id = event->id;
  found = annals_palette_lookup (colour);
  self->colour = found != NULL ? found : annals_palette_pick (0);

  g_clear_object (&self->title);
  g_clear_object (&self->caption);
  self->title = make_title (GTK_WIDGET (self), event->title);
  self->caption = make_caption (GTK_WIDGET (self), event);
  annals_event_card_measure_text (GTK_WIDGET (self), event, &width, &height);
  self->text_width = width - EDGE - 2 * PADDING_X;

  caption = annals_timeline_data_dup_caption (event);
  name = g_strdup_printf ("%s, %s", event->title, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  display = annals_date_dup_display (event->date);
  remark = annals_date_dup_remark (event->date);
  tooltip = remark != NULL ? g_strdup_printf ("%s\n%s (%s)", event->title, display, remark)
                           : g_strdup_printf ("%s\n%s", event->title, display);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
annals_event_card_set_placed (AnnalsEventCard    *self,
                              const AnnalsPlaced *placed)
{
  g_return_if_fail (ANNALS_IS_EVENT_CARD (self));

  self->placed = *placed;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
annals_event_card_set_selected (AnnalsEventCard *self,
                                gboolean         selected)
{
  g_return_if_fail (ANNALS_IS_EVENT_CARD (self));

  if (self->selected == selected)
    return;

  self->selected = selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               selected ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gint64
annals_event_card_get_event_id (AnnalsEventCard *self)
{
  g_return_val_if_fail (ANNALS_IS_EVENT_CARD (self), 0);

  return self->event_id;
}
