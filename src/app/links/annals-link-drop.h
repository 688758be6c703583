/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

/* What is at (@x, @y) of @widget for posts to be linked with, and the desk. FALSE: nothing. */
typedef gboolean (*AnnalsLinkTarget) (GtkWidget     *widget,
                                      double         x,
                                      double         y,
                                      AnnalsDesk   **desk,
                                      AnnalsRecord  *kind,
                                      gint64        *id);

/* Posts that are dropped on @widget are linked with what it shows; the user says how. */
void annals_link_accept_posts (GtkWidget        *widget,
                               AnnalsLinkTarget  target);

/* The same for whoever takes the drop itself: posts (of gint64) onto a record. */
void annals_link_posts        (GtkWidget        *widget,
                               AnnalsDesk       *desk,
                               GArray           *post_ids,
                               AnnalsRecord      kind,
                               gint64            id);

G_END_DECLS
