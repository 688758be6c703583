/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-timeline-data.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVENT_EDITOR (annals_event_editor_get_type ())
/**
 * AnnalsEventEditor:
 *
 * The selected event's fields. What is typed is kept when its field is left or Enter is pressed, each
 * field as one undoable change; Escape takes it back.
 *
 * Property "desk" (AnnalsDesk).
 */
G_DECLARE_FINAL_TYPE (AnnalsEventEditor, annals_event_editor, ANNALS, EVENT_EDITOR, GtkWidget)

/* @event_id 0: none is selected */
void annals_event_editor_show        (AnnalsEventEditor  *self,
                                      AnnalsTimelineData *data,
                                      gint64              event_id);
void annals_event_editor_focus_title (AnnalsEventEditor  *self);

G_END_DECLS
