/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"
#include "annals-export-topic.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EXPORT_DIALOG (annals_export_dialog_get_type ())
/**
 * AnnalsExportDialog:
 *
 * Asks how something is to be exported, shows what it will be, exports it and says where it is.
 */
G_DECLARE_FINAL_TYPE (AnnalsExportDialog, annals_export_dialog, ANNALS, EXPORT_DIALOG, AdwWindow)

/* Shows the dialog; it goes away by itself. @desk: with the notebook that holds it. @topic: (transfer full) */
void annals_export_dialog_present (GtkWindow         *parent,
                                   AnnalsDesk        *desk,
                                   AnnalsExportTopic *topic);

G_END_DECLS
