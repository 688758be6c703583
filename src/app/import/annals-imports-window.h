/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_IMPORTS_WINDOW (annals_imports_window_get_type ())
/**
 * AnnalsImportsWindow:
 *
 * What was imported when, and what could not be used of it, with its place and its reason.
 */
G_DECLARE_FINAL_TYPE (AnnalsImportsWindow, annals_imports_window, ANNALS, IMPORTS_WINDOW, AdwWindow)

/* @import_id: the import that is selected first; 0: the issues of all imports */
void annals_imports_window_present (GtkWindow  *parent,
                                    AnnalsDesk *desk,
                                    gint64      import_id);

G_END_DECLS
