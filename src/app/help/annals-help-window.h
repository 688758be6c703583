/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_HELP_WINDOW (annals_help_window_get_type ())
/**
 * AnnalsHelpWindow:
 *
 * The pages of the help, where there is no program for such: a list of them that can be searched, and the one that is
 * read.
 */
G_DECLARE_FINAL_TYPE (AnnalsHelpWindow, annals_help_window, ANNALS, HELP_WINDOW, AdwWindow)

/* Brings the one window of the program to the front. */
void annals_help_window_present (const char *page);

G_END_DECLS
