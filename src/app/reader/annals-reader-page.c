/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-page.h"

/* pixels */
#define WIDE 800            /* from this width on notes stand beside the text */
#define SIDE 36             /* at least beside text and notes */
#define NARROW_SIDE 24
#define ABOVE_HEADER 28
#define BELOW_HEADER 16
#define BELOW_TEXT 72
#define BOTTOM_STEP 160
#define BESIDE_TEXT 16      /* where a selection may begin or end beside the text */
#define GAP 18              /* between text and notes */
#define CARD_WIDTH 214
#define CARD_SPACING 8
#define CARD_GUESS 72       /* height of a card before any was made */
#define PROSE 68            /* characters in a line of text */

#define REST_TIME 150       /* milliseconds */

/* A note and where it stands. Heights and places in pixels from the top of the page's content. */
typedef struct
{
  AnnalsAnnotation *annotation;
  AnnalsNoteCard   *card;          /* (nullable) until made */
  int               line;          /* of the paragraph that the passage begins in */
  int               within;        /* from there to the passage's own line; -1: not known yet */
  int               top;
  int               height;
} Slot;

struct _AnnalsReaderPage
{
  GtkWidget            parent_instance;

  AnnalsReaderHeader  *header;
  AnnalsPassageView   *passage;
  GPtrArray           *popovers;   /* borrowed: children */

  GtkAdjustment       *adjustments[2];
  GtkScrollablePolicy  policies[2];

  AnnalsReading       *reading;
  GPtrArray           *annotations;
  GArray              *slots;
  gint64               current_id;

  int                  left;
  int                  text_width;
  int                  top;        /* the margins that the text view is to have */
  int                  bottom;
  int                  prose;      /* pixels of a full line; 0: not measured yet */
  gboolean             wide;
  gboolean             lines_stale;
  gboolean             allocating;
  guint                near_id;
  guint                margins_id;
  guint                bottom_id;
};

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} AnnalsReaderPageProp;

G_DEFINE_FINAL_TYPE_WITH_CODE (AnnalsReaderPage, annals_reader_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static double
get_scroll (AnnalsReaderPage *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

/* --- cards --- */

static AnnalsNoteCard *
make_card (AnnalsReaderPage *self,
           guint             index)
{
  Slot *slot = &g_array_index (self->slots, Slot, index);
  GtkWidget *before = GTK_WIDGET (self->header);

  if (slot->card != NULL)
    return slot->card;

  for (guint i = index; i-- > 0;)
    if (g_array_index (self->slots, Slot, i).card != NULL)
      {
        before = GTK_WIDGET (g_array_index (self->slots, Slot, i).card);
        break;
      }

  slot->card = ANNALS_NOTE_CARD (annals_note_card_new ());
  annals_note_card_set (slot->card, slot->annotation, self->reading);
  annals_note_card_set_quoting (slot->card, !self->wide);
  annals_note_card_set_current (slot->card, slot->annotation->id == self->current_id);
  gtk_widget_insert_after (GTK_WIDGET (slot->card), GTK_WIDGET (self), before);

  return slot->card;
}

static gboolean
is_near (AnnalsReaderPage *self,
         const Slot       *slot,
         int               height)
{
  int scroll = get_scroll (self);

  return slot->top + slot->height > scroll - height / 2 && slot->top < scroll + height + height / 2;
}

/* Makes the cards near the view. The others stay guessed: one takes milliseconds to make. */
static gboolean
create_near_cb (gpointer user_data)
{
  AnnalsReaderPage *self = user_data;
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  self->near_id = 0;
  for (guint i = 0; i < self->slots->len; i++)
    if (is_near (self, &g_array_index (self->slots, Slot, i), height))
      make_card (self, i);

  return G_SOURCE_REMOVE;
}

static void
create_near (AnnalsReaderPage *self)
{
  if (self->near_id == 0)
    self->near_id = g_idle_add_full (GTK_PRIORITY_RESIZE, create_near_cb, self, NULL);
}

static Slot *
find_slot (AnnalsReaderPage *self,
           gint64            id,
           guint            *index)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->annotation->id != id)
        continue;

      if (index != NULL)
        *index = i;
      return slot;
    }

  return NULL;
}

/* --- layout --- */

/* Margins make GtkTextView queue a resize, which must not happen while sizes are being given out: they
 * are set before the next frame. */
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
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

static void
want_top (AnnalsReaderPage *self,
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

/* While GtkTextView still finds out how high its text is, notes seem to go on far below it: the room
 * for them is given once that has come to rest. */
static void
want_bottom (AnnalsReaderPage *self,
             int               bottom)
{
  if (self->bottom == bottom)
    return;

  self->bottom = bottom;
  g_clear_handle_id (&self->bottom_id, g_source_remove);
  if (gtk_text_view_get_bottom_margin (GTK_TEXT_VIEW (self->passage)) != bottom)
    self->bottom_id = g_timeout_add (REST_TIME, bottom_cb, self);
}

static int
measure_header (AnnalsReaderPage *self)
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
    self->prose = annals_passage_view_measure_prose (self->passage, PROSE);

  if (wide != self->wide)
    for (guint i = 0; i < self->slots->len; i++)
      if (g_array_index (self->slots, Slot, i).card != NULL)
        annals_note_card_set_quoting (g_array_index (self->slots, Slot, i).card, !wide);

  self->wide = wide;
  if (self->wide)
    {
      text_width = MIN (self->prose, width - 2 * SIDE - GAP - CARD_WIDTH);
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

  self->lines_stale |= text_width != self->text_width;
  self->left = left;
  self->text_width = text_width;
}

static int
get_line_y (AnnalsReaderPage  *self,
            const GtkTextIter *iter,
            int               *bottom)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->passage);
  int y;
  int height;

  gtk_text_view_get_line_yrange (view, iter, &y, &height);
  y += gtk_text_view_get_top_margin (view);
  if (bottom != NULL)
    *bottom = y + height;

  return y;
}

static void
get_passage_iter (AnnalsReaderPage *self,
                  Slot             *slot,
                  GtkTextIter      *iter)
{
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->passage)),
                                      iter, slot->annotation->selector.start);
}

/* Where paragraphs stand is known without laying them out. */
static void
find_lines (AnnalsReaderPage *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);
      GtkTextIter iter;

      get_passage_iter (self, slot, &iter);
      slot->line = get_line_y (self, &iter, NULL);
    }

  self->lines_stale = FALSE;
}

/* The passage's own line asks for its paragraph's layout: only near the view. Returns whether any was
 * found that was not known. */
static gboolean
find_within (AnnalsReaderPage *self,
             int               height)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);
      GdkRectangle place;
      GtkTextIter iter;
      int y;
      int line_height;

      if (slot->within >= 0 || !is_near (self, slot, height))
        continue;

      get_passage_iter (self, slot, &iter);
      gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->passage), &iter, &place);
      gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self->passage), &iter, &y, &line_height);
      slot->within = MAX (place.y - y, 0);
      found |= slot->within > 0;
    }

  return found;
}

/* Stacks the notes, each beside its passage or below the one before. Returns where the last ends. */
static int
stack_cards (AnnalsReaderPage *self,
             int               card_width,
             int               text_bottom)
{
  int y = self->wide ? 0 : text_bottom + CARD_SPACING;
  int guess = CARD_GUESS;
  gint64 sum = 0;
  guint n_made = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      slot->height = guess;
      if (slot->card != NULL)
        {
          gtk_widget_measure (GTK_WIDGET (slot->card), GTK_ORIENTATION_VERTICAL, card_width,
                              NULL, &slot->height, NULL, NULL);
          sum += slot->height;
          guess = (int) (sum / ++n_made);
        }

      slot->top = self->wide ? MAX (y, slot->line + MAX (slot->within, 0)) : y;
      y = slot->top + slot->height + CARD_SPACING;
    }

  return y;
}

static void
place_cards (AnnalsReaderPage *self,
             int               x,
             int               card_width,
             int               height)
{
  int scroll = get_scroll (self);

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);
      GtkWidget *card = GTK_WIDGET (slot->card);
      gboolean seen = is_near (self, slot, height);

      if (card == NULL)
        {
          if (seen)
            create_near (self);
          continue;
        }

      /* What has the keyboard must stay, or the focus would be lost by scrolling. */
      seen |= gtk_widget_get_focus_child (GTK_WIDGET (self)) == card || gtk_widget_has_focus (card);
      gtk_widget_set_child_visible (card, seen);
      if (seen)
        gtk_widget_size_allocate (card, &(GtkAllocation) { x, slot->top - scroll, card_width,
                                                           slot->height }, -1);
    }
}

static void
lay_out_notes (AnnalsReaderPage *self,
               int               height)
{
  int card_width = self->wide ? CARD_WIDTH : self->text_width;
  int x = self->wide ? self->left + self->text_width + GAP : self->left;
  GtkTextIter end;
  int text_bottom;
  int cards_bottom;
  int bottom;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL && self->wide)
    x = self->left - GAP - CARD_WIDTH;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->passage)), &end);
  get_line_y (self, &end, &text_bottom);
  if (self->lines_stale)
    find_lines (self);

  cards_bottom = stack_cards (self, card_width, text_bottom);
  if (self->wide && find_within (self, height))
    cards_bottom = stack_cards (self, card_width, text_bottom);
  place_cards (self, x, card_width, height);

  bottom = BELOW_TEXT;
  /* In steps, as each change of a margin makes GtkTextView lay out its text again. */
  if (self->slots->len > 0 && cards_bottom - text_bottom + 24 > bottom)
    bottom = (cards_bottom - text_bottom + 24 + BOTTOM_STEP - 1) / BOTTOM_STEP * BOTTOM_STEP;
  want_bottom (self, bottom);
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

  self->allocating = TRUE;

  find_columns (self, width);
  header_height = measure_header (self);
  want_top (self, ABOVE_HEADER + header_height + BELOW_HEADER);

  gtk_widget_measure (passage, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (passage, &(GtkAllocation) { self->left - BESIDE_TEXT, 0,
                                                        self->text_width + 2 * BESIDE_TEXT, height }, -1);
  gtk_widget_size_allocate (header, &(GtkAllocation) { self->left, ABOVE_HEADER - (int) get_scroll (self),
                                                       self->text_width, header_height }, -1);
  lay_out_notes (self, height);

  for (guint i = 0; i < self->popovers->len; i++)
    gtk_popover_present (g_ptr_array_index (self->popovers, i));

  self->allocating = FALSE;
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

  return order;
}

static gboolean
annals_reader_page_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  AnnalsReaderPage *self = ANNALS_READER_PAGE (widget);
  g_autoptr(GPtrArray) order = NULL;
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  int step = direction == GTK_DIR_TAB_FORWARD ? 1 : -1;
  guint index;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (annals_reader_page_parent_class)->focus (widget, direction);

  order = list_focus_order (self);
  if (child == NULL || !g_ptr_array_find (order, child, &index))
    index = step > 0 ? 0 : order->len - 1;

  for (; index < order->len; index += step)
    {
      child = g_ptr_array_index (order, index);
      if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child) &&
          gtk_widget_child_focus (child, direction))
        return TRUE;
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
  self->top = ABOVE_HEADER;
  self->bottom = BELOW_TEXT;

  /* The header lies over the text view's margin: it is drawn after it, though Tab goes there first. */
  self->passage = ANNALS_PASSAGE_VIEW (annals_passage_view_new ());
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->passage), BESIDE_TEXT);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->passage), BESIDE_TEXT);
  self->header = g_object_new (ANNALS_TYPE_READER_HEADER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->passage), widget);
  gtk_widget_set_parent (GTK_WIDGET (self->header), widget);
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

void
annals_reader_page_show (AnnalsReaderPage *self,
                         AnnalsReading    *reading,
                         GPtrArray        *annotations)
{
  g_autoptr(GHashTable) cards = NULL;
  GHashTableIter iter;
  gpointer card;

  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  cards = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);
      gint64 id = slot->card != NULL ? annals_note_card_get_id (slot->card) : 0;

      if (slot->card != NULL)
        g_hash_table_insert (cards, g_memdup2 (&id, sizeof id), slot->card);
    }

  annals_reading_ref (reading);
  g_ptr_array_ref (annotations);
  g_clear_pointer (&self->reading, annals_reading_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  self->reading = reading;
  self->annotations = annotations;

  /* before the next frame, in which the header has another height */
  if (self->text_width > 0)
    want_top (self, ABOVE_HEADER + measure_header (self) + BELOW_HEADER);

  g_array_set_size (self->slots, 0);
  for (guint i = 0; i < annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (annotations, i);
      Slot slot = { annotation, g_hash_table_lookup (cards, &annotation->id), 0, -1, 0, 0 };

      if (slot.card != NULL)
        {
          annals_note_card_set (slot.card, annotation, reading);
          annals_note_card_set_current (slot.card, annotation->id == self->current_id);
          g_hash_table_remove (cards, &annotation->id);
        }
      g_array_append_val (self->slots, slot);
    }

  g_hash_table_iter_init (&iter, cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    gtk_widget_unparent (card);

  annals_passage_view_set_annotations (self->passage, annotations);
  self->lines_stale = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

AnnalsNoteCard *
annals_reader_page_get_card (AnnalsReaderPage *self,
                             gint64            annotation_id)
{
  guint index;

  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), NULL);

  return find_slot (self, annotation_id, &index) != NULL ? make_card (self, index) : NULL;
}

void
annals_reader_page_adopt (AnnalsReaderPage *self,
                          gint64            annotation_id)
{
  Slot *slot;

  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  if (!(slot = find_slot (self, 0, NULL)))
    return;

  slot->annotation->id = annotation_id;
  if (slot->card != NULL)
    annals_note_card_set (slot->card, slot->annotation, self->reading);
}

void
annals_reader_page_set_current (AnnalsReaderPage *self,
                                gint64            annotation_id)
{
  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  self->current_id = annotation_id;
  annals_passage_view_set_current (self->passage, annotation_id);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->card != NULL)
        annals_note_card_set_current (slot->card, slot->annotation->id == annotation_id);
    }
}

void
annals_reader_page_reveal_card (AnnalsReaderPage *self,
                                gint64            annotation_id)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  Slot *slot = find_slot (self, annotation_id, NULL);

  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  if (slot != NULL && adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, slot->top - CARD_SPACING,
                               slot->top + slot->height + CARD_SPACING);
}

gint64
annals_reader_page_get_next (AnnalsReaderPage *self,
                             gint64            annotation_id,
                             int               step)
{
  guint index;

  g_return_val_if_fail (ANNALS_IS_READER_PAGE (self), 0);

  if (!find_slot (self, annotation_id, &index) ||
      (step < 0 && index == 0) || (step > 0 && index + 1 >= self->slots->len))
    return 0;

  return g_array_index (self->slots, Slot, index + (step > 0 ? 1 : -1)).annotation->id;
}

void
annals_reader_page_save_notes (AnnalsReaderPage *self)
{
  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->card != NULL && annals_note_card_is_editing (slot->card))
        {
          annals_note_card_save (slot->card);
          return;   /* only one has the keyboard, and saving may change the list */
        }
    }
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
  get_line_y (self, &end, &bottom);

  return bottom <= get_scroll (self) + gtk_widget_get_height (GTK_WIDGET (self));
}

void
annals_reader_page_add_popover (AnnalsReaderPage *self,
                                GtkPopover       *popover)
{
  g_return_if_fail (ANNALS_IS_READER_PAGE (self));

  gtk_widget_set_parent (GTK_WIDGET (popover), GTK_WIDGET (self));
  g_ptr_array_add (self->popovers, popover);
}
