/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-link-drop.h"
#include "annals-reader-private.h"

/* A note's card, else the post that is read. */
static gboolean
get_target (GtkWidget     *widget,
            double         x,
            double         y,
            AnnalsDesk   **desk,
            AnnalsRecord  *kind,
            gint64        *id)
{
  GtkWidget *reader = gtk_widget_get_ancestor (widget, ANNALS_TYPE_READER);
  GtkWidget *picked = gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  GtkWidget *card = picked != NULL ? gtk_widget_get_ancestor (picked, ANNALS_TYPE_NOTE_CARD) : NULL;
  AnnalsReader *self;

  if (reader == NULL)
    return FALSE;

  self = ANNALS_READER (reader);
  if (self->desk == NULL || self->reading == NULL)
    return FALSE;

  *desk = self->desk;
  *kind = card != NULL ? ANNALS_RECORD_ANNOTATION : ANNALS_RECORD_POST;
  *id = card != NULL ? annals_note_card_get_id (ANNALS_NOTE_CARD (card)) : self->reading->post->id;
  return *id != 0;
}

void
annals_reader_init_drop (AnnalsReader *self)
{
  annals_link_accept_posts (GTK_WIDGET (self->page), get_target);
}
