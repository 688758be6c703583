/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

/* The user's settings, each of which acts at once, and on a page of their own those of the notebook that @desk has
 * open. @account: the name that notes are signed with while none is set. @desk (nullable). */
void annals_preferences_present (GtkWindow  *parent,
                                 GSettings  *settings,
                                 const char *account,
                                 AnnalsDesk *desk);

G_END_DECLS
