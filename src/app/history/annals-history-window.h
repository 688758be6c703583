/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_HISTORY_WINDOW (annals_history_window_get_type ())
/**
 * AnnalsHistoryWindow:
 *
 * The steps of the notebook's history, newest first. One goes back (or forth) to any of them, and undoes any
 * by itself where nothing later builds on it.
 */
G_DECLARE_FINAL_TYPE (AnnalsHistoryWindow, annals_history_window, ANNALS, HISTORY_WINDOW, AdwWindow)

/* Shows the one of @parent, made when there is none. */
void annals_history_window_present (GtkWindow  *parent,
                                    AnnalsDesk *desk);

G_END_DECLS
