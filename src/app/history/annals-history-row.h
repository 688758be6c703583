/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-history.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_HISTORY_ROW (annals_history_row_get_type ())
/**
 * AnnalsHistoryRow:
 *
 * A step of the history: what was done and when, and whether it is done or undone.
 */
G_DECLARE_FINAL_TYPE (AnnalsHistoryRow, annals_history_row, ANNALS, HISTORY_ROW, GtkWidget)

GtkWidget  *annals_history_row_new         (void);
/* @action (nullable): not known yet. @current: it is the newest that is done.
 * Returns: (transfer full): what a screen reader says of it */
char       *annals_history_row_set_action  (AnnalsHistoryRow   *self,
                                            const AnnalsAction *action,
                                            gboolean            current);
/* (nullable): the row is not the first of its day */
void        annals_history_row_set_heading (AnnalsHistoryRow   *self,
                                            const char         *heading);

G_END_DECLS
