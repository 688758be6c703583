/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-timeline-view.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVENT_TABLE (annals_event_table_get_type ())
/**
 * AnnalsEventTable:
 *
 * The events of a timeline as a table: date, title, lane, sources, evidence for and against. It says what
 * the drawing shows, to be sorted by each column, and is what a screen reader meets first.
 *
 * Signals: "selected" (GArray of gint64, event ids: the rows that the user selected), "activated" (gint64
 * event_id: Return or a double click).
 */
G_DECLARE_FINAL_TYPE (AnnalsEventTable, annals_event_table, ANNALS, EVENT_TABLE, GtkWidget)

GtkWidget *annals_event_table_new      (void);
void       annals_event_table_set_view (AnnalsEventTable   *self,
                                        AnnalsTimelineView *view);   /* (nullable) */
/* Selects these rows (of gint64) and brings the first into view. */
void       annals_event_table_select   (AnnalsEventTable   *self,
                                        GArray             *event_ids);

G_END_DECLS
