/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-note-list.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTE_FILTER_BAR (annals_note_filter_bar_get_type ())
/**
 * AnnalsNoteFilterBar:
 *
 * The conditions under which notes are shown: a button whose popover adds them, and a chip for each, which
 * takes it away again.
 *
 * Signals: "changed" (): other notes are to be shown; "colours-named" (): the notebook's names for colours are
 * known, or are others.
 */
G_DECLARE_FINAL_TYPE (AnnalsNoteFilterBar, annals_note_filter_bar, ANNALS, NOTE_FILTER_BAR, GtkWidget)

void                    annals_note_filter_bar_set_desk   (AnnalsNoteFilterBar *self,
                                                           AnnalsDesk          *desk);
/* Its words, order and grouping are the caller's to set in a copy. */
const AnnalsNoteFilter *annals_note_filter_bar_get_filter (AnnalsNoteFilterBar *self);
/* What the notebook calls highlights of that colour. Borrowed. */
const char             *annals_note_filter_bar_get_colour_name
                                                          (AnnalsNoteFilterBar *self,
                                                           const char          *colour);
void                    annals_note_filter_bar_clear      (AnnalsNoteFilterBar *self);
/* (nullable): why the query for posts is not understood */
void                    annals_note_filter_bar_set_mistake (AnnalsNoteFilterBar *self,
                                                           const char          *mistake);

G_END_DECLS
