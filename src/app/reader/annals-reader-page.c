/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-page-private.h"

#include "annals-text-snapshot.h"

/* pixels around what has the keyboard, so that its ring is seen */
#define FOCUS_MARGIN 12

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} AnnalsReaderPageProp;

G_DEFINE_FINAL_TYPE_WITH_CODE (AnnalsReaderPage, annals_reader_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

double
annals_reader_page_get_scroll (AnnalsReaderPage *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

/* Margins make GtkTextView queue a resize, which must not happen while sizes are being given out:
 * they are set before the next frame. */
static gboolean
margins_cb (gpointer user_data)
{
  AnnalsReaderPage *self = user_data;
  GtkTextView *view = GTK_TEXT_VIEW (self->passage);

  self->margins_id = 0;
  self->lines_stale |= gtk_text_view_get_top_margin (view) != self->top;
  gtk_text_view_set_top_margin (view, self->top);
  if (self->bottom_id == 0)
    gtk_text_view_set_bottom_margin (view, self->bottom);
  gtk_widget_queue_resize (GTK_WIDGET (self));   /* the text changes its height: the scrollbar is placed after it */

  return G_SOURCE_REMOVE;
}

void
annals_reader_page_want_top (AnnalsReaderPage *self,
                             int               top)
{
  self->top = top;
  if (self->margins_id == 0 && gtk_text_view_get_top_margin (GTK_TEXT_VIEW (self->passage)) != top)
    self->margins_id = g_idle_add_full (GTK_PRIORITY_RESIZE, margins_cb, self, NULL);
}

static gboolean
bottom_cb (gpointer user_data)
{
  AnnalsReaderPage *self = user_data;

  self->bottom_id = 0;
  if (self->margins_id == 0)
    margins_cb (self);

  return G_SOURCE_REMOVE;
}

/* While GtkTextView still finds out how high its text is, notes seem to go on far below it: the
 * room for them is given once that has come to rest. */
void
annals_reader_page_want_bottom (AnnalsReaderPage *self,
                                int               bottom)
{
  if (self->bottom == bottom)
    return;

  self->bottom = bottom;
  g_clear_handle_id (&self->bottom_id, g_source_remove);
  if (gtk_text_view_get_bottom_margin (GTK_TEXT_VIEW (self->passage)) != bottom)
    self->bottom_id = g_timeout_add (REST_TIME, bottom_cb, self);
}

int
annals_reader_page_measure_header (AnnalsReaderPage *self)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (self->header), GTK_ORIENTATION_VERTICAL, self->text_width,
                      NULL, &height, NULL, NULL);

  return height;
}

static void
find_columns (AnnalsReaderPage *self,
              int               width)
{
  gboolean wide = width >= WIDE;
  int left;
  int text_width;

  if (self->prose == 0)
    self->prose = annals_passage_view_measure_prose (self->passage, self->measure);

  if (wide != self->wide)
    annals_reader_page_make_cards (self);

  self->wide = wide;
  if (self->wide)
    {
      int side = width < MIDDLE ? NARROW_SIDE : SIDE;

      text_width = MIN (self->prose, width - 2 * side - GAP - CARD_WIDTH);
      left = (width - text_width - GAP - CARD_WIDTH) / 2;
    }
  else
    {
      text_width = MAX (MIN (self->prose, width - 2 * NARROW_SIDE), 1);
      left = (width - text_width) / 2;
    }

  if (text_width != self->text_width)
    for (guint i = 0; i < self->slots->len; i++)
      g_array_index (self->slots, Slot, i).within = -1;

  if (self->wide && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    left = width - left - text_width;

  if (text_width != self->text_width)
    annals_passage_view_set_measure (self->passage, text_width);

  self->lines_stale |= text_width != self->text_width;
  self->left = left;
  self->text_width = text_width;
}

static void
annals_reader_page_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (widget);
  GtkWidget *header = GTK_WIDGET (self->header);
  GtkWidget *passage = GTK_WIDGET (self->passage);
  int header_height;
  int minimum;
  int below;

  self->allocating = TRUE;

  find_columns (self, width);
  header_height = annals_reader_page_measure_header (self);
  annals_reader_page_want_top (self, ABOVE_HEADER + header_height + BELOW_HEADER);

  gtk_widget_measure (passage, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  /* until its margin is set, or the text would be seen across the header for a frame */
  below = self->top - gtk_text_view_get_top_margin (GTK_TEXT_VIEW (passage));
  gtk_widget_size_allocate (
      passage,
      &(GtkAllocation){ self->left - BESIDE_TEXT, below, self->text_width + 2 * BESIDE_TEXT, height },
      -1);
  gtk_widget_size_allocate (
      header,
      &(GtkAllocation){ self->left, ABOVE_HEADER - (int) annals_reader_page_get_scroll (self),
                        self->text_width, header_height },
      -1);
  annals_reader_page_lay_out_notes (self, height);

  for (guint i = 0; i < self->popovers->len; i++)
    gtk_popover_present (g_ptr_array_index (self->popovers, i));

  self->allocating = FALSE;
}

static void
annals_reader_page_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (widget);

  annals_text_snapshot (widget, snapshot, self->adjustments[GTK_ORIENTATION_VERTICAL],
                        GTK_WIDGET_CLASS (annals_reader_page_parent_class)->snapshot);
}

static void
annals_reader_page_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = 120;
      *natural = 600;
      return;
    }

  gtk_widget_measure (GTK_WIDGET (self->header), orientation, -1, minimum, NULL, NULL, NULL);
  *minimum = MAX (*minimum + 2 * NARROW_SIDE, 280);
  *natural = MAX (*minimum, WIDE);
}

static GtkSizeRequestMode
annals_reader_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* Children in the order of Tab: header, text, what stands beside the selection, notes. */
static GPtrArray *
list_focus_order (AnnalsReaderPage *self)
{
  GPtrArray *order = g_ptr_array_new ();

  g_ptr_array_add (order, self->header);
  g_ptr_array_add (order, self->passage);
  for (guint i = 0; i < self->popovers->len; i++)
    g_ptr_array_add (order, g_ptr_array_index (self->popovers, i));
  for (guint i = 0; i < self->slots->len; i++)
    if (g_array_index (self->slots, Slot, i).card != NULL)
      g_ptr_array_add (order, g_array_index (self->slots, Slot, i).card);
  g_ptr_array_add (order, self->footer);

  return order;
}

/* Scrolls to what has the keyboard in @child: the text view does so by itself, what lies around the text does not. */
static void
show_focus (AnnalsReaderPage *self,
            GtkWidget        *child)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  graphene_rect_t bounds;
  double over, under;

  if (adjustment == NULL || focus == NULL || child == GTK_WIDGET (self->passage) || GTK_IS_POPOVER (child) ||
      !gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return;

  over = bounds.origin.y - FOCUS_MARGIN;
  under = bounds.origin.y + bounds.size.height + FOCUS_MARGIN - gtk_widget_get_height (GTK_WIDGET (self));
  if (over < 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + over);
  else if (under > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + MIN (under, over));
}

static gboolean
annals_reader_page_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (widget);
  g_autoptr(GPtrArray) order = NULL;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  guint index;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (annals_reader_page_parent_class)->focus (widget, direction);

  /* The last one that had it is remembered after the focus has gone elsewhere. */
  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    child = NULL;

  order = list_focus_order (self);
  if (child == NULL || !g_ptr_array_find (order, child, &index))
    index = step > 0 ? 0 : order->len - 1;

  for (; index < order->len; index += step)
    {
      child = g_ptr_array_index (order, index);
      if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child) &&
          gtk_widget_child_focus (child, direction))
        {
          show_focus (self, child);
          return TRUE;
        }
    }

  return FALSE;
}

static void
annals_reader_page_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (annals_reader_page_parent_class)->css_changed (widget, change);

  /* the font may be another one */
  ANNALS_READER_PAGE (widget)->prose = 0;
}

static void
scrolled_cb (AnnalsReaderPage *self)
{
  if (!self->allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
extent_changed_cb (AnnalsReaderPage *self)
{
  self->lines_stale = TRUE;
  if (!self->allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (AnnalsReaderPage *self,
                GtkOrientation    orientation,
                GtkAdjustment    *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (*place == adjustment && adjustment != NULL)
    return;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_set_object (place, adjustment);
  g_object_set (self->passage,
                orientation == GTK_ORIENTATION_VERTICAL ? "vadjustment" : "hadjustment", adjustment,
                NULL);

  if (adjustment != NULL && orientation == GTK_ORIENTATION_VERTICAL)
    {
      g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (adjustment, "changed", G_CALLBACK (extent_changed_cb),
                               self, G_CONNECT_SWAPPED);
    }
}

static void
annals_reader_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (object);

  switch ((AnnalsReaderPageProp) prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;

    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;

    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    }
}

static void
annals_reader_page_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (object);

  switch ((AnnalsReaderPageProp) prop_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;

    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    }
}

static void
annals_reader_page_dispose (GObject *object)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->near_id, g_source_remove);
  g_clear_handle_id (&self->margins_id, g_source_remove);
  g_clear_handle_id (&self->bottom_id, g_source_remove);
  for (int i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      {
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
        g_clear_object (&self->adjustments[i]);
      }

  g_array_set_size (self->slots, 0);
  g_ptr_array_set_size (self->popovers, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->header = NULL;
  self->passage = NULL;
  self->footer = NULL;

  G_OBJECT_CLASS (annals_reader_page_parent_class)->dispose (object);
}

static void
annals_reader_page_finalize (GObject *object)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (object);

  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->popovers, g_ptr_array_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_clear_pointer (&self->reading, annals_reading_unref);

  G_OBJECT_CLASS (annals_reader_page_parent_class)->finalize (object);
}

static void
annals_reader_page_class_init (AnnalsReaderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_reader_page_dispose;
  object_class->finalize = annals_reader_page_finalize;
  object_class->get_property = annals_reader_page_get_property;
  object_class->set_property = annals_reader_page_set_property;
  widget_class->measure = annals_reader_page_measure;
  widget_class->get_request_mode = annals_reader_page_get_request_mode;
  widget_class->size_allocate = annals_reader_page_size_allocate;
  widget_class->snapshot = annals_reader_page_snapshot;
  widget_class->focus = annals_reader_page_focus;
  widget_class->css_changed = annals_reader_page_css_changed;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "annals-page");
}

static void
annals_reader_page_init (AnnalsReaderPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
  self->popovers = g_ptr_array_new ();
  self->measure = PROSE;
  self->top = ABOVE_HEADER;
  self->bottom = BELOW_TEXT;

  /* The header lies over the text view's margin: it is drawn after it, though Tab goes there first.
   */
  self->passage = ANNALS_PASSAGE_VIEW (annals_passage_view_new ());
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->passage), BESIDE_TEXT);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->passage), BESIDE_TEXT);
  self->header = g_object_new (ANNALS_TYPE_READER_HEADER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->passage), widget);
  self->footer = annals_links_section_new ();
  gtk_widget_add_css_class (self->footer, "annals-footer");
  gtk_widget_set_parent (GTK_WIDGET (self->header), widget);
  gtk_widget_set_parent (self->footer, widget);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
}

AnnalsReaderHeader *
annals_reader_page_get_header (AnnalsReaderPage *self)
{
  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), NULL);

  return self->header;
}

AnnalsPassageView *
annals_reader_page_get_passage (AnnalsReaderPage *self)
{
  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), NULL);

  return self->passage;
}

AnnalsLinksSection *
annals_reader_page_get_links (AnnalsReaderPage *self)
{
  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), NULL);

  return ANNALS_LINKS_SECTION (self->footer);
}

void
annals_reader_page_scroll_home (AnnalsReaderPage *self)
{
  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], 0);
}

gboolean
annals_reader_page_is_at_end (AnnalsReaderPage *self)
{
  GtkTextIter end;
  int bottom;

  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), FALSE);

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->passage)), &end);
  annals_reader_page_get_line_y (self, &end, &bottom);

  return bottom <= annals_reader_page_get_scroll (self) + gtk_widget_get_height (GTK_WIDGET (self));
}

void
annals_reader_page_add_popover (AnnalsReaderPage *self,
                                GtkPopover       *popover)
{
  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  gtk_widget_set_parent (GTK_WIDGET (popover), GTK_WIDGET (self));
  g_ptr_array_add (self->popovers, popover);
}

guint
annals_reader_page_get_top_offset (AnnalsReaderPage *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->passage);
  GdkRectangle visible;
  GtkTextIter iter;

  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), 0);

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &iter, visible.x, visible.y);

  return annals_reader_page_get_scroll (self) > 0 ? gtk_text_iter_get_offset (&iter) : 0;
}

void
annals_reader_page_set_measure (AnnalsReaderPage *self,
                                guint             n_chars)
{
  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  self->measure = n_chars;
  self->prose = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
