/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-note-item.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTE_ROW (annals_note_row_get_type ())
/**
 * AnnalsNoteRow:
 *
 * Shows an AnnalsNoteItem: a bar in its colour, the quotation, the note, its tags, where it stands.
 */
G_DECLARE_FINAL_TYPE (AnnalsNoteRow, annals_note_row, ANNALS, NOTE_ROW, GtkWidget)

GtkWidget *annals_note_row_new      (void);
void       annals_note_row_set_item (AnnalsNoteRow  *self,
                                     AnnalsNoteItem *item);

G_END_DECLS
