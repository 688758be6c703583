/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-note-list.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTE_ROW (annals_note_row_get_type ())
/**
 * AnnalsNoteRow:
 *
 * Shows an #AnnalsNote: a bar in its colour, the quotation, the note, its tags, where it stands; a memo by its
 * title and its beginning. With a box to choose it by the pointer alone.
 *
 * Signal "chosen" (gboolean chosen): the box was clicked.
 */
G_DECLARE_FINAL_TYPE (AnnalsNoteRow, annals_note_row, ANNALS, NOTE_ROW, GtkWidget)

GtkWidget *annals_note_row_new         (void);
/* @note (nullable): not known yet.
 * Returns: (transfer full): what a screen reader says of it */
char      *annals_note_row_set_note    (AnnalsNoteRow    *self,
                                        const AnnalsNote *note);
void       annals_note_row_set_chosen  (AnnalsNoteRow    *self,
                                        gboolean          chosen);
/* (nullable): the row is not the first of its group */
void       annals_note_row_set_heading (AnnalsNoteRow    *self,
                                        const char       *heading);

G_END_DECLS
