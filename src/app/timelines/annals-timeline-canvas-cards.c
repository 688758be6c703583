/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of the canvas: only those in view are widgets, and the selected event's. */
#include "config.h"

#include "annals-timeline-canvas-private.h"

#define OVERHANG 24.0        /* of a card beyond the edge, so that its end is out of sight */

static void
card_activate_cb (AnnalsTimelineCanvas *self,
                  AnnalsEventCard      *card)
{
  gint64 id = annals_event_card_get_event_id (card);

  if (self->selected != id)
    annals_timeline_canvas_select (self, id);
  g_signal_emit (self, annals_canvas_signals[CANVAS_ACTIVATED], 0, id);
}

static void
card_menu_cb (AnnalsTimelineCanvas *self,
              AnnalsEventCard      *card)
{
  gint64 id = annals_event_card_get_event_id (card);

  if (!annals_timeline_canvas_is_selected (self, id))
    annals_timeline_canvas_select (self, id);
  g_signal_emit (self, annals_canvas_signals[CANVAS_MENU], 0, id);
}

static const AnnalsColour *
get_colour (AnnalsTimelineCanvas *self,
            guint                 lane)
{
  return ((AnnalsViewLane *) g_ptr_array_index (self->view->lanes, lane))->colour;
}

static AnnalsEventCard *
ensure_card (AnnalsTimelineCanvas *self,
             gint64                event_id,
             GtkWidget            *after)
{
  AnnalsEventCard *card = g_hash_table_lookup (self->cards, &event_id);

  if (card == NULL)
    {
      const AnnalsViewItem *item = annals_timeline_view_find (self->view, event_id);

      card = ANNALS_EVENT_CARD (annals_event_card_new ());
      annals_event_card_set_item (card, item, get_colour (self, item->lane));
      annals_event_card_set_selected (card, annals_timeline_canvas_is_selected (self, event_id));
      g_signal_connect_object (card, "activate", G_CALLBACK (card_activate_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "menu", G_CALLBACK (card_menu_cb), self, G_CONNECT_SWAPPED);
      g_hash_table_insert (self->cards, g_memdup2 (&event_id, sizeof event_id), card);
      gtk_widget_insert_after (GTK_WIDGET (card), GTK_WIDGET (self), after);
    }
  else if (gtk_widget_get_prev_sibling (GTK_WIDGET (card)) != after)
    /* In time order among the children, which is the order a screen reader goes. */
    gtk_widget_insert_after (GTK_WIDGET (card), GTK_WIDGET (self), after);

  return card;
}

static void
remove_unseen (AnnalsTimelineCanvas *self,
               GHashTable           *seen)
{
  GHashTableIter iter;
  gpointer key, card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &key, &card))
    {
      /* The one with the focus stays: the keyboard must not fall off the canvas. */
      if (g_hash_table_contains (seen, key) || gtk_widget_has_focus (card))
        continue;

      gtk_widget_unparent (card);
      g_hash_table_iter_remove (&iter);
    }
}

static GtkWidget *
get_last_header (AnnalsTimelineCanvas *self)
{
  for (guint i = self->headers->len; i > 0; i--)
    if (g_ptr_array_index (self->headers, i - 1) != NULL)
      return g_ptr_array_index (self->headers, i - 1);

  return NULL;
}

void
annals_timeline_canvas_sync_cards (AnnalsTimelineCanvas *self)
{
  g_autoptr(GHashTable) seen = NULL;
  g_autoptr(GArray) visible = NULL;
  const AnnalsPlaced *placed;
  GtkWidget *after;
  double top, bottom;
  guint n_placed;
  int selected;

  if (self->layout == NULL || !self->has_axis)
    return;

  seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  placed = annals_layout_get_placed (self->layout, &n_placed);
  annals_timeline_canvas_visible_band (self, &top, &bottom);
  visible = annals_layout_dup_visible (self->layout, &self->axis, top, bottom);
  after = get_last_header (self);

  for (guint i = 0; i < visible->len; i++)
    {
      const AnnalsPlaced *one = &placed[g_array_index (visible, guint, i)];

      if (one->form != ANNALS_PLACED_CARD && (gint64) one->id != self->selected)
        continue;

      g_hash_table_add (seen, (gpointer) &one->id);
      after = GTK_WIDGET (ensure_card (self, (gint64) one->id, after));
    }

  /* one that a cluster counts is in no list of what is drawn */
  selected = self->selected != 0 ? annals_layout_find (self->layout, (guint64) self->selected) : -1;
  if (selected >= 0 && placed[selected].form == ANNALS_PLACED_CLUSTERED)
    {
      g_hash_table_add (seen, (gpointer) &placed[selected].id);
      ensure_card (self, self->selected, after);
    }

  remove_unseen (self, seen);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
annals_timeline_canvas_drop_cards (AnnalsTimelineCanvas *self)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    gtk_widget_unparent (card);
  g_hash_table_remove_all (self->cards);
}

/* Those of events that are still there stay, and so does the keyboard on one. */
void
annals_timeline_canvas_renew_cards (AnnalsTimelineCanvas *self)
{
  GHashTableIter iter;
  gpointer key, card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &key, &card))
    {
      const AnnalsViewItem *item = annals_timeline_view_find (self->view, *(gint64 *) key);

      if (item != NULL)
        {
          annals_event_card_set_item (card, item, get_colour (self, item->lane));
          annals_event_card_set_selected (card, g_hash_table_contains (self->selection, key));
          continue;
        }

      if (gtk_widget_has_focus (card))
        gtk_widget_grab_focus (GTK_WIDGET (self));
      gtk_widget_unparent (card);
      g_hash_table_iter_remove (&iter);
    }
}

static void
place_card (AnnalsTimelineCanvas *self,
            AnnalsEventCard      *card,
            const AnnalsPlaced   *placed,
            double                offset)
{
  double left = MAX (placed->card.x + offset, -OVERHANG);
  double right = MIN (placed->card.x + offset + placed->card.width, self->axis.width + OVERHANG);
  AnnalsPlaced seen = *placed;
  GskTransform *transform;

  /* What runs beyond the edges is not drawn, and the words stay in sight. */
  seen.card.x = left - offset;
  seen.card.width = MAX (right - left, 1);
  annals_event_card_set_placed (card, &seen);

  /* whole points: letters are drawn where they were, and a card that is moved is not drawn anew */
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) (int) left, (float) (int) placed->card.y));
  gtk_widget_allocate (GTK_WIDGET (card), (int) seen.card.width, (int) placed->card.height, -1, transform);
}

void
annals_timeline_canvas_place_cards (AnnalsTimelineCanvas *self)
{
  double offset = annals_layout_get_offset (self->layout, &self->axis);
  const AnnalsPlaced *placed;
  GHashTableIter iter;
  gpointer key, card;
  guint n_placed;

  placed = annals_layout_get_placed (self->layout, &n_placed);
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &key, &card))
    {
      int position = annals_layout_find (self->layout, (guint64) *(gint64 *) key);

      gtk_widget_set_child_visible (card, position >= 0);
      if (position >= 0 && (guint) position < n_placed)
        place_card (self, card, &placed[position], offset);
    }
}
