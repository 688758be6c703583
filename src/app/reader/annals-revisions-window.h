/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_REVISIONS_WINDOW (annals_revisions_window_get_type ())
/**
 * AnnalsRevisionsWindow:
 *
 * The revisions of a post, and what changed between any two of them, word by word.
 */
G_DECLARE_FINAL_TYPE (AnnalsRevisionsWindow, annals_revisions_window, ANNALS, REVISIONS_WINDOW, AdwWindow)

void annals_revisions_window_present (GtkWindow  *parent,
                                      AnnalsDesk *desk,
                                      gint64      post_id,
                                      const char *title);

G_END_DECLS
