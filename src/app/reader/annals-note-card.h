/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTE_CARD (annals_note_card_get_type ())
/**
 * AnnalsNoteCard:
 *
 * A passage's note, beside it: what its colour means, when it was made, what was noted, its tags
 * and the timelines it is evidence in. It acts through the reader's actions.
 */
G_DECLARE_FINAL_TYPE (AnnalsNoteCard, annals_note_card, ANNALS, NOTE_CARD, GtkWidget)

GtkWidget *annals_note_card_new         (void);
/* Shows @annotation of @reading; both are read now and not kept. An editor that is open stays so.
 */
void       annals_note_card_set         (AnnalsNoteCard   *self,
                                         AnnalsAnnotation *annotation,
                                         AnnalsReading    *reading);
/* 0: a passage that is being marked and not in the notebook yet. */
gint64     annals_note_card_get_id      (AnnalsNoteCard   *self);
/* Whether it shows the passage itself, because it does not stand beside it. */
void       annals_note_card_set_quoting (AnnalsNoteCard   *self,
                                         gboolean          quoting);
void       annals_note_card_set_current (AnnalsNoteCard   *self,
                                         gboolean          current);
/* Opens the editor with the keyboard's focus. */
void       annals_note_card_edit        (AnnalsNoteCard   *self);
gboolean   annals_note_card_is_editing  (AnnalsNoteCard   *self);
/* Hands on what was typed, if an editor is open, and closes it. */
void       annals_note_card_save        (AnnalsNoteCard   *self);

G_END_DECLS
