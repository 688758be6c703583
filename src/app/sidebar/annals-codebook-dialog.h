/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_CODEBOOK_DIALOG (annals_codebook_dialog_get_type ())
/**
 * AnnalsCodebookDialog:
 *
 * Shows what the import of a list of tags would add and change, and does it as one action of the user.
 */
G_DECLARE_FINAL_TYPE (AnnalsCodebookDialog, annals_codebook_dialog, ANNALS, CODEBOOK_DIALOG, AdwWindow)

/* Reads the file and opens the dialog when it has been read; what is wrong with the file is told by the desk. */
void annals_codebook_dialog_present (GtkWindow  *parent,
                                     AnnalsDesk *desk,
                                     const char *path);

G_END_DECLS
