/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"
#include "annals-import-run.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_IMPORT_DIALOG (annals_import_dialog_get_type ())
/**
 * AnnalsImportDialog:
 *
 * Files on their way into the notebook: what they hold, what the user says of them, how far they are,
 * what came of it. Closing it while it imports asks whether to stop; it goes when its thread has ended.
 *
 * Signal "goes-on": it was to be closed, and the user wants the import to go on.
 */
G_DECLARE_FINAL_TYPE (AnnalsImportDialog, annals_import_dialog, ANNALS, IMPORT_DIALOG, AdwWindow)

/* Imports at once what is no file to be looked at: an interrupted import, records that were skipped. Takes
 * @entry. Returns: (transfer none): it destroys itself */
GtkWindow *annals_import_dialog_present_entry (GtkWindow         *parent,
                                               AnnalsDesk        *desk,
                                               AnnalsImportEntry *entry);
/* @files (element type GFile). Returns: (transfer none): it destroys itself */
GtkWindow *annals_import_dialog_present (GtkWindow  *parent,
                                         AnnalsDesk *desk,
                                         GListModel *files);

G_END_DECLS
