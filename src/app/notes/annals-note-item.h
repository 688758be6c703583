/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTE_ITEM (annals_note_item_get_type ())
/**
 * AnnalsNoteItem:
 *
 * A marked passage as a row of the notes: the annotation and when its post is from. Immutable.
 */
G_DECLARE_FINAL_TYPE (AnnalsNoteItem, annals_note_item, ANNALS, NOTE_ITEM, GObject)

/* Takes @annotation; @where: "Mar 2020 · NK News · the post's title" */
AnnalsNoteItem         *annals_note_item_new            (AnnalsAnnotation *annotation,
                                                         const char       *where);
const AnnalsAnnotation *annals_note_item_get_annotation (AnnalsNoteItem   *self);
const char             *annals_note_item_get_where      (AnnalsNoteItem   *self);

G_END_DECLS
