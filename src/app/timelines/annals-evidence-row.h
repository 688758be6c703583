/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-timelines.h"

G_BEGIN_DECLS

/* One piece of evidence in the editor: a button that leads to it (action "editor.open-evidence") and a
 * menu with its stance and its removal ("editor.set-stance", "editor.remove-evidence"). */
GtkWidget *annals_evidence_row_new (const AnnalsEvidence *evidence);

G_END_DECLS
