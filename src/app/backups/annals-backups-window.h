/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_BACKUPS_WINDOW (annals_backups_window_get_type ())
/**
 * AnnalsBackupsWindow:
 *
 * The backups of a notebook: what is in each, what differs, and the way back.
 *
 * Signals:
 *   "open" (const char *path): a copy, or the notebook that could not be opened and has been restored
 */
G_DECLARE_FINAL_TYPE (AnnalsBackupsWindow, annals_backups_window, ANNALS, BACKUPS_WINDOW, AdwWindow)

/* @path: the notebook's; the desk has none when it cannot be opened. Returns: (transfer none): the window; the
 * one that is there already, if there is one */
AnnalsBackupsWindow *annals_backups_window_present (GtkWindow  *parent,
                                                    AnnalsDesk *desk,
                                                    const char *path);

G_END_DECLS
