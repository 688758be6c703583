/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "annals-colour-dot.h"
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
#define TITLE_SCALE 0.95
#define CAPTION_SCALE 0.82
#define SPARE 1.12          /* of an estimate: wide letters, and those of titles are bolder */

struct _AnnalsEventCard
{
  GtkWidget           parent_instance;
  gint64              event_id;
  char               *title_text;
  char               *caption_text;
  PangoLayout        *title;        /* made when they are first drawn */
  PangoLayout        *caption;
  const AnnalsColour *colour;
  gboolean            contradicted;
  AnnalsPlaced        placed;
  gboolean            selected;
};

enum
{
  ACTIVATE,
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsEventCard, annals_event_card, GTK_TYPE_WIDGET)

/* --- words --- */

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

void
annals_card_metrics_init (AnnalsCardMetrics *self,
                          GtkWidget         *widget)
{
  /* letters as often as in a title; Pango's approximate width is that of wider ones */
  const char *sample = "Ministry of Health: hospital in the capital to open by October 2020";
  g_autoptr(PangoLayout) layout = NULL;
  double letter;
  int width, line;

  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  layout = gtk_widget_create_pango_layout (widget, sample);
  pango_layout_get_pixel_size (layout, &width, &line);
  letter = (double) width / (double) strlen (sample);

  self->title_letter = letter * TITLE_SCALE;
  self->title_line = ceil (line * TITLE_SCALE);
  self->caption_letter = letter * CAPTION_SCALE;
  self->caption_line = ceil (line * CAPTION_SCALE);
}

static double
estimate (const char *text,
          double      letter)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n += c >= 0x1100 && g_unichar_iswide (c) ? 2 : 1;
    }

  return n * letter * SPARE + 2;
}

void
annals_card_metrics_estimate (const AnnalsCardMetrics *self,
                              const AnnalsViewItem    *item,
                              double                  *width,
                              double                  *height)
{
  double title, caption;

  g_return_if_fail (self != NULL && item != NULL);

  title = estimate (item->event->title, self->title_letter);
  caption = estimate (item->summary->caption, self->caption_letter);
  *width = CLAMP (MAX (title, caption), MIN_TEXT, MAX_TEXT) + EDGE + 2 * PADDING_X;
  *height = (title > MAX_TEXT ? 2 : 1) * self->title_line + LINE_GAP + self->caption_line + 2 * PADDING_Y +
            SPAN_HEIGHT;
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

/* Rectangles: they cost a tenth of a pattern that repeats. */
static void
append_dashes (GtkSnapshot   *snapshot,
               double         x,
               double         y,
               double         width,
               double         height,
               const GdkRGBA *colour)
{
  gboolean flat = width > height;
  double length = flat ? width : height;

  for (double at = 0; at < length; at += DASH)
    {
      float dash = (float) MIN (DASH * 0.6, length - at);

      gtk_snapshot_append_color (snapshot, colour,
                                 &GRAPHENE_RECT_INIT ((float) (flat ? x + at : x), (float) (flat ? y : y + at),
                                                      flat ? dash : (float) width, flat ? (float) height : dash));
    }
}

static gboolean
is_dashed (AnnalsLayoutFlags flags)
{
  return (flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN)) != 0;
}

/* The time to scale, below the words. */
static void
snapshot_span (AnnalsEventCard *self,
               GtkSnapshot     *snapshot,
               double           height,
               const GdkRGBA   *colour)
{
  const AnnalsPlaced *placed = &self->placed;
  double left = MAX (placed->bar.x - placed->card.x, 0);
  double right = MIN (placed->bar.x - placed->card.x + placed->bar.width, placed->card.width);
  double y = height - SPAN_HEIGHT;
  double width = MAX (right - left, 1);

  if (is_dashed (placed->flags))
    append_dashes (snapshot, left, y, width, SPAN_HEIGHT, colour);
  else
    append_fading (snapshot, &GRAPHENE_RECT_INIT ((float) left, (float) y, (float) width, SPAN_HEIGHT), colour,
                   placed->fade_start, placed->fade_end);

  if (placed->flags & ANNALS_LAYOUT_OPEN_END)
    append_arrow (snapshot, left + width - 1, y + SPAN_HEIGHT / 2 - 2, 1, colour);
  if (placed->flags & ANNALS_LAYOUT_OPEN_START)
    append_arrow (snapshot, left + 1, y + SPAN_HEIGHT / 2 - 2, -1, colour);
}

static void
snapshot_words (AnnalsEventCard *self,
                GtkSnapshot     *snapshot,
                double           width,
                double           height)
{
  int room = (int) ((MAX (width - EDGE - 2 * PADDING_X, MIN_TEXT)) * PANGO_SCALE);
  GdkRGBA foreground;
  GdkRGBA dim;
  int title_height, caption_height;

  if (self->title == NULL)
    {
      self->title = make_layout (GTK_WIDGET (self), self->title_text, TITLE_SCALE, TRUE);
      self->caption = make_layout (GTK_WIDGET (self), self->caption_text, CAPTION_SCALE, FALSE);
      pango_layout_set_height (self->caption, -1);
    }

  annals_widget_get_color (GTK_WIDGET (self), &foreground);
  dim = foreground;
  dim.alpha *= 0.72f;

  pango_layout_set_width (self->title, room);
  pango_layout_set_width (self->caption, room);
  pango_layout_get_pixel_size (self->caption, NULL, &caption_height);
  pango_layout_set_height (self->title, -2);
  pango_layout_get_pixel_size (self->title, NULL, &title_height);
  if (title_height + caption_height > height - 2 * PADDING_Y - LINE_GAP)
    {
      pango_layout_set_height (self->title, -1);   /* the estimate was of one line */
      pango_layout_get_pixel_size (self->title, NULL, &title_height);
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (EDGE + PADDING_X, PADDING_Y));
  gtk_snapshot_append_layout (snapshot, self->title, &foreground);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, title_height + LINE_GAP));
  gtk_snapshot_append_layout (snapshot, self->caption, &dim);
  gtk_snapshot_restore (snapshot);
}

/* The edge of what some evidence contradicts is cut in two: "they do not fit". */
static void
snapshot_edge (AnnalsEventCard *self,
               GtkSnapshot     *snapshot,
               double           height,
               const GdkRGBA   *colour)
{
  if (self->contradicted)
    {
      gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (0, 0, EDGE, (float) height / 2 - 3));
      gtk_snapshot_append_color (snapshot, colour,
                                 &GRAPHENE_RECT_INIT (EDGE - 1, (float) height / 2 + 3, EDGE, (float) height / 2));
    }
  else if (is_dashed (self->placed.flags))
    append_dashes (snapshot, 0, 0, EDGE, height, colour);
  else
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (0, 0, EDGE, (float) height));
}

/* How far the ground fades out: as far as the date is not sure, or where it runs on. */
static double
get_ground_fade (AnnalsEventCard *self,
                 double           width)
{
  const AnnalsPlaced *placed = &self->placed;

  if (placed->flags & ANNALS_LAYOUT_OPEN_END)
    return width * 0.35;
  if (placed->bar.width >= placed->card.width)
    return placed->fade_end;

  return placed->fade_end > 0 ? width * 0.2 : 0;
}

static void
snapshot_body (AnnalsEventCard      *self,
               GtkSnapshot          *snapshot,
               const GskRoundedRect *outline)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  float width = outline->bounds.size.width;
  float height = outline->bounds.size.height;
  GdkRGBA strong, tint;

  annals_colour_to_rgba (self->colour->strong, &strong);
  annals_colour_to_rgba (dark ? self->colour->dark : self->colour->light, &tint);

  gtk_snapshot_push_rounded_clip (snapshot, outline);
  append_fading (snapshot, &outline->bounds, &tint, 0, get_ground_fade (self, width));
  snapshot_edge (self, snapshot, height, &strong);
  snapshot_span (self, snapshot, height, &strong);
  gtk_snapshot_pop (snapshot);
  /* outside of the clip: letters are drawn faster there, and the ellipsis keeps them inside */
  snapshot_words (self, snapshot, width, height);
}

static void
annals_event_card_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AnnalsEventCard *self = ANNALS_EVENT_CARD (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  gboolean has_words = self->placed.form == ANNALS_PLACED_CARD;
  GskRoundedRect outline;

  if (self->title_text == NULL)
    return;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height),
                                   has_words ? RADIUS : height / 2);
  if (has_words)
    snapshot_body (self, snapshot, &outline);

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

/* --- keys --- */

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
  g_signal_emit (widget, signals[ACTIVATE], 0);
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
annals_event_card_finalize (GObject *object)
{
  AnnalsEventCard *self = ANNALS_EVENT_CARD (object);

  g_clear_pointer (&self->title_text, g_free);
  g_clear_pointer (&self->caption_text, g_free);

  G_OBJECT_CLASS (annals_event_card_parent_class)->finalize (object);
}

static void
annals_event_card_class_init (AnnalsEventCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_event_card_dispose;
  object_class->finalize = annals_event_card_finalize;
  widget_class->snapshot = annals_event_card_snapshot;
  widget_class->measure = annals_event_card_measure;

  signals[ACTIVATE] = g_signal_new ("activate", ANNALS_TYPE_EVENT_CARD, G_SIGNAL_RUN_LAST, 0,
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
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
  self->colour = annals_palette_pick (0);
}

GtkWidget *
annals_event_card_new (void)
{
  return g_object_new (ANNALS_TYPE_EVENT_CARD, NULL);
}

char *
annals_event_card_dup_tooltip (const AnnalsViewItem *item)
{
  g_autofree char *sources = annals_event_dup_sources (item->event);
  g_autofree char *display = annals_date_dup_display (item->event->date);
  g_autofree char *remark = annals_date_dup_remark (item->event->date);
  GString *text = g_string_new (item->event->title);

  g_string_append_printf (text, "\n%s", display);
  if (remark != NULL)
    g_string_append_printf (text, " (%s)", remark);
  if (*sources != '\0')
    g_string_append_printf (text, "\n%s", sources);

  return g_string_free (text, FALSE);
}

void
annals_event_card_set_item (AnnalsEventCard      *self,
                            const AnnalsViewItem *item,
                            const AnnalsColour   *colour)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ANNALS_IS_EVENT_CARD (self));
  g_return_if_fail (item != NULL && colour != NULL);

  self->event_id = item->event->id;
  self->colour = colour;
  self->contradicted = item->summary->n_contradicts > 0;
  g_free (self->title_text);
  self->title_text = g_strdup (item->event->title);
  g_free (self->caption_text);
  self->caption_text = g_strdup (item->summary->caption);
  g_clear_object (&self->title);
  g_clear_object (&self->caption);

  name = g_strdup_printf ("%s, %s", item->event->title, item->summary->caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is drawn of it does not depend on where it is. */
static gboolean
looks_same (const AnnalsPlaced *a,
            const AnnalsPlaced *b)
{
  return a->form == b->form && a->flags == b->flags && a->card.width == b->card.width &&
         a->card.height == b->card.height && a->bar.width == b->bar.width &&
         ABS ((a->bar.x - a->card.x) - (b->bar.x - b->card.x)) < 1e-6 && a->fade_start == b->fade_start &&
         a->fade_end == b->fade_end;
}

void
annals_event_card_set_placed (AnnalsEventCard    *self,
                              const AnnalsPlaced *placed)
{
  gboolean same;

  g_return_if_fail (ANNALS_IS_EVENT_CARD (self));

  same = looks_same (&self->placed, placed);
  self->placed = *placed;
  if (!same)
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
