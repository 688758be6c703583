/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

/* Says of the newest import that was interrupted, if there is one, that it was, and offers to resume it, to remove
 * what came in, or to leave it for later. */
void annals_interrupted_offer (GtkWindow  *parent,
                               AnnalsDesk *desk);

G_END_DECLS
