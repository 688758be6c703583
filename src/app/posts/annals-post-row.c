/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-post-card.h"
#include "annals-tag-chips.h"
#include "annals-widget-color.h"

/* The texts of a row are drawn by the row itself: labels cost a list that is scrolled more than all the rest. */

/* pixels */
#define LINE_GAP 3
#define CHIPS_GAP 6
#define STAR_SIZE 12
#define STAR_GAP 4

#define SMALL 0.9          /* of the title's size */
#define MAX_LINES 2

typedef enum
{
  TITLE,
  META,
  LEAD,
  N_TEXTS
} Text;

struct _AnnalsPostRow
{
  GtkWidget        parent_instance;
  PangoLayout     *texts[N_TEXTS];   /* made when they are needed */
  GtkWidget       *star;             /* (nullable): made for the first post that has one */
  AnnalsTagChips  *tags;             /* (nullable): likewise */
  AnnalsPagedItem *item;
  gulong           loaded_id;
  guint            lines_source;     /* 0: none */
  gboolean         named;            /* to assistive technology */
};

enum
{
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPostRow, annals_post_row, GTK_TYPE_WIDGET)

static const AnnalsPostCard *
get_card (AnnalsPostRow *self)
{
  return self->item != NULL ? annals_paged_item_get_content (self->item) : NULL;
}

/* --- texts --- */

/* Takes @attributes. What is shown already keeps its lines: each change of the notebook has all rows read again, and to
 * set the texts of a list's two hundred rows takes longer than a frame.
 * Returns: whether it is another text
 */
static gboolean
set_text (AnnalsPostRow *self,
          Text           which,
          const char    *text,
          PangoAttrList *attributes)
{
  PangoLayout *layout = self->texts[which];
  gboolean same = g_str_equal (pango_layout_get_text (layout), text) &&
                  pango_attr_list_equal (pango_layout_get_attributes (layout), attributes);

  if (!same)
    {
      pango_layout_set_text (layout, text, -1);
      pango_layout_set_attributes (layout, attributes);
    }
  pango_attr_list_unref (attributes);

  return !same;
}

static PangoAttrList *
create_weight (PangoWeight weight)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));

  return attributes;
}

/* @attributes (nullable), and smaller */
static PangoAttrList *
create_small (PangoAttrList *attributes)
{
  PangoAttrList *small = attributes != NULL ? pango_attr_list_copy (attributes) : pango_attr_list_new ();

  pango_attr_list_insert (small, pango_attr_scale_new (SMALL));

  return small;
}

/* For a row whose post is there.
 * Returns: whether any of them is another one
 */
static gboolean
fill_texts (AnnalsPostRow *self)
{
  const AnnalsPostCard *card = get_card (self);
  const char *title = *card->post->title != '\0' ? card->post->title : _("Untitled");
  gboolean changed;

  changed = set_text (self, TITLE, title, create_weight (card->post->read ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD));
  changed |= set_text (self, META, card->meta, create_small (NULL));
  changed |= set_text (self, LEAD, card->lead, create_small (card->lead_attributes));

  return changed;
}

static void
forget_texts (AnnalsPostRow *self)
{
  for (Text which = TITLE; which < N_TEXTS; which++)
    g_clear_object (&self->texts[which]);
}

/* A row is measured before it has a width and again when it has one. Its lines are set once if they are set for the right one at
 * first, which mostly is that of the row before. */
static int likely_width = -1;

static void
ensure_texts (AnnalsPostRow *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (self->texts[TITLE] != NULL)
    return;

  for (Text which = TITLE; which < N_TEXTS; which++)
    {
      self->texts[which] = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_layout_set_alignment (self->texts[which], rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      pango_layout_set_ellipsize (self->texts[which], PANGO_ELLIPSIZE_END);
      pango_layout_set_wrap (self->texts[which], PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (self->texts[which], which == META ? -1 : -MAX_LINES);
      pango_layout_set_width (self->texts[which], likely_width > 0 ? PANGO_SCALE * likely_width : -1);
    }
  fill_texts (self);
}

/* Pixels, of lines with nothing in them, in the font of @context. */
static int
measure_empty (PangoContext *context)
{
  g_autoptr(PangoLayout) layout = pango_layout_new (context);
  g_autoptr(PangoAttrList) small = create_small (NULL);
  g_autoptr(PangoAttrList) bold = create_weight (PANGO_WEIGHT_BOLD);
  int title, text;

  pango_layout_set_attributes (layout, bold);
  pango_layout_get_pixel_size (layout, NULL, &title);
  pango_layout_set_attributes (layout, small);
  pango_layout_get_pixel_size (layout, NULL, &text);

  return title + MAX (text, STAR_SIZE) + text + 2 * LINE_GAP;
}

/* The height of a row whose post has not come. A list has two hundred of them at once; to set three lines of nothing
 * for each took longer than a frame. */
static int
get_empty_height (AnnalsPostRow *self)
{
  static PangoFontDescription *known_font;   /* the window's, which rarely is another */
  static double known_resolution;
  static int known_height;
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  PangoContext *context = gtk_widget_get_pango_context (list != NULL ? list : GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context);

  if (known_font == NULL || !pango_font_description_equal (font, known_font) || resolution != known_resolution)
    {
      g_clear_pointer (&known_font, pango_font_description_free);
      known_font = pango_font_description_copy (font);
      known_resolution = resolution;
      known_height = measure_empty (context);
    }

  return known_height;
}

static gboolean
has_star (AnnalsPostRow *self)
{
  return self->star != NULL && gtk_widget_get_visible (self->star);
}

static gboolean
has_tags (AnnalsPostRow *self)
{
  return self->tags != NULL && gtk_widget_get_visible (GTK_WIDGET (self->tags));
}

/* Sets @which for a row of @width pixels, or as wide as it was if that is -1; its height is what is returned. A
 * layout that keeps its width keeps its lines. */
static int
set_width (AnnalsPostRow *self,
           Text           which,
           int            width)
{
  int height;

  if (width >= 0)
    pango_layout_set_width (self->texts[which],
                            PANGO_SCALE * (which == META && has_star (self) ? MAX (width - STAR_SIZE - STAR_GAP, 0)
                                                                           : width));
  pango_layout_get_pixel_size (self->texts[which], NULL, &height);

  return which == META ? MAX (height, STAR_SIZE) : height;
}

static void
draw_text (AnnalsPostRow *self,
           GtkSnapshot   *snapshot,
           Text           which,
           int            y,
           const GdkRGBA *colour)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int start = which == META && has_star (self) ? STAR_SIZE + STAR_GAP : 0;
  PangoRectangle box;

  /* as a label does it: the longest line begins at the edge, in whatever script it is */
  pango_layout_get_pixel_extents (self->texts[which], NULL, &box);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - start - box.width
                                                     : start) - box.x, y));
  gtk_snapshot_append_layout (snapshot, self->texts[which], colour);
  gtk_snapshot_restore (snapshot);
}

/* --- the row --- */

static void
show_star (AnnalsPostRow *self,
           gboolean       starred)
{
  if (self->star == NULL && starred)
    {
      self->star = gtk_image_new_from_icon_name ("starred-symbolic");
      gtk_image_set_pixel_size (GTK_IMAGE (self->star), STAR_SIZE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->star), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Starred"), -1);
      gtk_widget_add_css_class (self->star, "star");
      gtk_widget_set_parent (self->star, GTK_WIDGET (self));
    }
  if (self->star != NULL)
    gtk_widget_set_visible (self->star, starred);
}

/* @post: (nullable) */
static void
show_tags (AnnalsPostRow    *self,
           const AnnalsPost *post)
{
  if (self->tags == NULL && post != NULL && post->tags != NULL && post->tags[0] != NULL)
    {
      self->tags = ANNALS_TAG_CHIPS (annals_tag_chips_new ());
      gtk_widget_set_parent (GTK_WIDGET (self->tags), GTK_WIDGET (self));
    }
  if (self->tags != NULL)
    annals_tag_chips_set_tags (self->tags, post != NULL ? (const char * const *) post->tags : NULL,
                               post != NULL ? (const char * const *) post->tag_colours : NULL);
}

static gboolean
set_lines_cb (gpointer data)
{
  AnnalsPostRow *self = data;

  self->lines_source = 0;
  if (get_card (self) != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      ensure_texts (self);
      for (Text which = TITLE; which < N_TEXTS; which++)
        set_width (self, which, likely_width);
    }

  return G_SOURCE_REMOVE;
}

/* To set the lines of a screen of rows takes half a frame; in a turn of the main loop of their own, before the next
 * frame, they do not add to what that takes. */
static void
set_lines_soon (AnnalsPostRow *self)
{
  if (likely_width > 0 && self->lines_source == 0)
    self->lines_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, set_lines_cb, self, NULL);
}

static void
show_card (AnnalsPostRow *self)
{
  const AnnalsPostCard *card = get_card (self);

  show_star (self, card != NULL && card->post->starred);
  show_tags (self, card != NULL ? card->post : NULL);
  if (card == NULL)
    forget_texts (self);
  if (self->texts[TITLE] == NULL || fill_texts (self))
    {
      gtk_widget_queue_resize (GTK_WIDGET (self));
      if (card != NULL)
        set_lines_soon (self);
    }

  /* The list's row is named after all but the lead, which is this widget's own name. */
  if (card != NULL || self->named)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    card != NULL ? card->lead : "", -1);
  self->named = card != NULL;
  if (card != NULL)
    g_signal_emit (self, signals[NAMED], 0, card->name);
}

static GtkSizeRequestMode
annals_post_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
annals_post_row_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  AnnalsPostRow *self = ANNALS_POST_ROW (widget);
  int height = 2 * LINE_GAP;
  int chips = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  if (get_card (self) == NULL)
    {
      *minimum = *natural = get_empty_height (self);
      return;
    }

  ensure_texts (self);
  for (Text which = TITLE; which < N_TEXTS; which++)
    height += set_width (self, which, for_size);
  if (has_tags (self))
    {
      gtk_widget_measure (GTK_WIDGET (self->tags), GTK_ORIENTATION_VERTICAL, for_size, &chips, NULL, NULL, NULL);
      chips += CHIPS_GAP;
    }

  *minimum = *natural = height + chips;
}

static void
annals_post_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  AnnalsPostRow *self = ANNALS_POST_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int title, meta, chips;

  likely_width = width;
  if (get_card (self) == NULL)
    return;

  ensure_texts (self);
  title = set_width (self, TITLE, width);
  meta = set_width (self, META, width);
  set_width (self, LEAD, width);
  if (has_star (self))
    {
      gtk_widget_measure (self->star, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->star,
                                &(GtkAllocation) { rtl ? width - STAR_SIZE : 0, title + LINE_GAP, STAR_SIZE, meta },
                                -1);
    }
  if (has_tags (self))
    {
      gtk_widget_measure (GTK_WIDGET (self->tags), GTK_ORIENTATION_VERTICAL, width, &chips, NULL, NULL, NULL);
      gtk_widget_size_allocate (GTK_WIDGET (self->tags), &(GtkAllocation) { 0, height - chips, width, chips }, -1);
    }
}

static void
annals_post_row_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  AnnalsPostRow *self = ANNALS_POST_ROW (widget);
  gboolean high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA colour, dim, faint;
  int title, meta;

  if (get_card (self) == NULL)
    return;

  annals_widget_get_color (widget, &colour);
  dim = faint = colour;
  dim.alpha *= high_contrast ? 0.9f : 0.75f;   /* as .dim-label is here */
  faint.alpha *= high_contrast ? 1 : 0.8f;

  title = set_width (self, TITLE, gtk_widget_get_width (widget));
  meta = set_width (self, META, gtk_widget_get_width (widget));
  draw_text (self, snapshot, TITLE, 0, &colour);
  draw_text (self, snapshot, META, title + LINE_GAP, &dim);
  draw_text (self, snapshot, LEAD, title + meta + 2 * LINE_GAP, &faint);
  if (has_star (self))
    gtk_widget_snapshot_child (widget, self->star, snapshot);
  if (has_tags (self))
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->tags), snapshot);
}

static void
annals_post_row_direction_changed (GtkWidget        *widget,
                                   GtkTextDirection  previous)
{
  forget_texts (ANNALS_POST_ROW (widget));

  GTK_WIDGET_CLASS (annals_post_row_parent_class)->direction_changed (widget, previous);
}

static void
annals_post_row_dispose (GObject *object)
{
  AnnalsPostRow *self = ANNALS_POST_ROW (object);

  if (self->item != NULL)
    g_clear_signal_handler (&self->loaded_id, self->item);
  g_clear_object (&self->item);
  g_clear_handle_id (&self->lines_source, g_source_remove);
  forget_texts (self);
  g_clear_pointer (&self->star, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->tags, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_post_row_parent_class)->dispose (object);
}

static void
annals_post_row_class_init (AnnalsPostRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_post_row_dispose;
  widget_class->get_request_mode = annals_post_row_get_request_mode;
  widget_class->measure = annals_post_row_measure;
  widget_class->size_allocate = annals_post_row_size_allocate;
  widget_class->snapshot = annals_post_row_snapshot;
  widget_class->direction_changed = annals_post_row_direction_changed;

  signals[NAMED] = g_signal_new ("named", ANNALS_TYPE_POST_ROW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "postrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
annals_post_row_init (AnnalsPostRow *self)
{
}

GtkWidget *
annals_post_row_new (void)
{
  return g_object_new (ANNALS_TYPE_POST_ROW, NULL);
}

void
annals_post_row_set_item (AnnalsPostRow   *self,
                          AnnalsPagedItem *item)
{
  g_return_if_fail (ANNALS_IS_POST_ROW (self));
  g_return_if_fail (item == NULL || ANNALS_IS_PAGED_ITEM (item));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->loaded_id, self->item);
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      self->loaded_id = g_signal_connect_object (item, "loaded", G_CALLBACK (show_card), self,
                                                 G_CONNECT_SWAPPED);
      show_card (self);
    }
}

AnnalsPagedItem *
annals_post_row_get_item (AnnalsPostRow *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_ROW (self), NULL);

  return self->item;
}
