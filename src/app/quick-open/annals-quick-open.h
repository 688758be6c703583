/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_QUICK_OPEN (annals_quick_open_get_type ())
/**
 * AnnalsQuickOpen:
 *
 * A dialog in which a few letters find any post, note, event, timeline, tag, memo, saved search or command.
 */
G_DECLARE_FINAL_TYPE (AnnalsQuickOpen, annals_quick_open, ANNALS, QUICK_OPEN, AdwWindow)

/* @named: what was chosen; borrowed */
typedef void (*AnnalsQuickPicked) (gpointer           owner,
                                   const AnnalsNamed *named);

/* Goes to what is chosen, or does it. */
void annals_quick_open_present (GtkWindow         *parent,
                                AnnalsDesk        *desk);
/* Lets the user choose a record of @kinds (ANNALS_QUICK_KIND) instead. @title: of the dialog, what it is chosen
 * for; @picked is not called when the user changes their mind, or @owner has gone. */
void annals_quick_open_pick    (GtkWindow         *parent,
                                AnnalsDesk        *desk,
                                const char        *title,
                                guint              kinds,
                                gpointer           owner,
                                AnnalsQuickPicked  picked);

G_END_DECLS
