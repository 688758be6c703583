/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-link-drop.h"

G_BEGIN_DECLS

/* Posts and notes that are dropped on @widget become evidence for the event that @target finds there. */
void annals_evidence_accept_drops (GtkWidget        *widget,
                                   AnnalsLinkTarget  target);

G_END_DECLS
