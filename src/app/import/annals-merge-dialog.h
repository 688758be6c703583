/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_MERGE_DIALOG (annals_merge_dialog_get_type ())
/**
 * AnnalsMergeDialog:
 *
 * Takes another notebook in: progress, then what came and what differed. Closing it while it works cancels, and
 * nothing stays.
 */
G_DECLARE_FINAL_TYPE (AnnalsMergeDialog, annals_merge_dialog, ANNALS, MERGE_DIALOG, AdwWindow)

/* @path: of a notebook, or of a document of our own (@is_document): a notebook,
 * timeline or notes as JSON. Returns: (transfer none) */
GtkWindow *annals_merge_dialog_present       (GtkWindow            *parent,
                                              AnnalsDesk           *desk,
                                              const char           *path,
                                              gboolean              is_document);
/* Whether the file is such a document; found out beside the window's thread. */
void       annals_merge_dialog_sniff_async   (const char           *path,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   annals_merge_dialog_sniff_finish  (GAsyncResult         *result);

G_END_DECLS
