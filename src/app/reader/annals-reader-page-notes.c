/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-page-private.h"

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
  int scroll = annals_reader_page_get_scroll (self);

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
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (is_near (self, slot, height))
        make_card (self, i);
      if (slot->card != NULL)
        annals_note_card_set_quoting (slot->card, !self->wide);
    }

  return G_SOURCE_REMOVE;
}

void
annals_reader_page_make_cards (AnnalsReaderPage *self)
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

int
annals_reader_page_get_line_y (AnnalsReaderPage  *self,
                               const GtkTextIter *iter,
                               int               *bottom)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->passage);
  int y;
  int height;

  gtk_text_view_get_line_yrange (view, iter, &y, &height);
  y += self->top;
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
      slot->line = annals_reader_page_get_line_y (self, &iter, NULL);
    }

  self->lines_stale = FALSE;
}

/* The passage's own line asks for its paragraph's layout: only near the view. Returns whether any
 * was found that was not known. */
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

/* Stacks the notes, each beside its passage or below the one before. Returns where the last ends.
 */
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
  int scroll = annals_reader_page_get_scroll (self);

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);
      GtkWidget *card = GTK_WIDGET (slot->card);
      gboolean seen = is_near (self, slot, height);

      if (card == NULL)
        {
          if (seen)
            annals_reader_page_make_cards (self);
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

/* Below the text, and below the notes where these stand below it too; returns where it ends. */
static int
place_footer (AnnalsReaderPage *self,
              int               top,
              int               height)
{
  int scroll = annals_reader_page_get_scroll (self);
  int footer_height;

  if (!gtk_widget_get_visible (self->footer))
    return top;

  top += ABOVE_FOOTER;
  gtk_widget_measure (self->footer, GTK_ORIENTATION_VERTICAL, self->text_width, NULL, &footer_height, NULL, NULL);
  gtk_widget_set_child_visible (self->footer,
                                (top - scroll < height && top + footer_height > scroll) ||
                                gtk_widget_get_focus_child (GTK_WIDGET (self)) == self->footer);
  gtk_widget_size_allocate (self->footer, &(GtkAllocation) { self->left, top - scroll, self->text_width,
                                                             footer_height }, -1);

  return top + footer_height;
}

void
annals_reader_page_lay_out_notes (AnnalsReaderPage *self,
                                  int               height)
{
  int card_width = self->wide ? CARD_WIDTH : self->text_width;
  int x = self->wide ? self->left + self->text_width + GAP : self->left;
  GtkTextIter end;
  int text_bottom;
  int cards_bottom;
  int footer_bottom;
  int bottom;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL && self->wide)
    x = self->left - GAP - CARD_WIDTH;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->passage)), &end);
  annals_reader_page_get_line_y (self, &end, &text_bottom);
  if (self->lines_stale)
    find_lines (self);

  cards_bottom = stack_cards (self, card_width, text_bottom);
  if (self->wide && find_within (self, height))
    cards_bottom = stack_cards (self, card_width, text_bottom);
  place_cards (self, x, card_width, height);

  footer_bottom = place_footer (self, self->wide || self->slots->len == 0 ? text_bottom : cards_bottom, height);
  bottom = BELOW_TEXT;
  if (footer_bottom > text_bottom)
    bottom = footer_bottom - text_bottom + ABOVE_FOOTER;
  /* In steps, as each change of a margin makes GtkTextView lay out its text again. */
  cards_bottom = MAX (cards_bottom, footer_bottom);
  if (self->slots->len > 0 && cards_bottom - text_bottom + 24 > BELOW_TEXT)
    bottom = (cards_bottom - text_bottom + 24 + BOTTOM_STEP - 1) / BOTTOM_STEP * BOTTOM_STEP;
  annals_reader_page_want_bottom (self, bottom);
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
    annals_reader_page_want_top (self, ABOVE_HEADER + annals_reader_page_measure_header (self)
                                           + BELOW_HEADER);

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

  if (self->text_width > 0)
    annals_passage_view_set_measure (self->passage, self->text_width);
  annals_passage_view_set_colour_names (self->passage, reading->colour_names);
  annals_passage_view_set_text (self->passage, reading->text, annotations);
  annals_passage_view_set_pictures (self->passage, reading->pictures);
  self->lines_stale = TRUE;
  /* Laid out while it is drawn, a new text would change the scrollbar when that has its place already. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
