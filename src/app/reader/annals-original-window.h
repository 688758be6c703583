/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_ORIGINAL_WINDOW (annals_original_window_get_type ())
/**
 * AnnalsOriginalWindow:
 *
 * A post's markup as it stood in the archive, as plain text, and the file it stood in. Nothing of it is ever
 * drawn or run.
 */
G_DECLARE_FINAL_TYPE (AnnalsOriginalWindow, annals_original_window, ANNALS, ORIGINAL_WINDOW, AdwWindow)

/* @title: the post's */
void annals_original_window_present (GtkWindow  *parent,
                                     AnnalsDesk *desk,
                                     gint64      revision_id,
                                     const char *title);

G_END_DECLS
