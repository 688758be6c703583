/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_WELCOME_PAGE (annals_welcome_page_get_type ())
/**
 * AnnalsWelcomePage:
 *
 * What a window shows without a notebook: how to begin, and the notebooks opened before. Its buttons are the
 * window's actions.
 *
 * Signals, without a return value:
 *   "open"    (const char *path)                        a recent notebook was chosen
 *   "removed" (const char *name, const char **before)   one was taken off the list, which was so before
 */
G_DECLARE_FINAL_TYPE (AnnalsWelcomePage, annals_welcome_page, ANNALS, WELCOME_PAGE, GtkWidget)

/* The list of notebooks is its "recent-notebooks", and follows it. */
void annals_welcome_page_set_settings (AnnalsWelcomePage *self,
                                       GSettings         *settings);
/* Looks again whether the notebooks are where they were. */
void annals_welcome_page_refresh      (AnnalsWelcomePage *self);

G_END_DECLS
