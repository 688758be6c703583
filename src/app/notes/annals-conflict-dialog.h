/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_CONFLICT_DIALOG (annals_conflict_dialog_get_type ())
/**
 * AnnalsConflictDialog:
 *
 * Two versions of one text: the one that was saved in the meantime and the later one, to choose from.
 */
G_DECLARE_FINAL_TYPE (AnnalsConflictDialog, annals_conflict_dialog, ANNALS, CONFLICT_DIALOG, AdwWindow)

/* @text (nullable): what is to stand there; NULL: theirs stays. */
typedef void (*AnnalsConflictChosen) (const char *text,
                                      gpointer    user_data);

/* @theirs NULL: what the text belonged to is gone; it can only be copied. Closing the dialog is no choice:
 * theirs stays, and the later text is on the clipboard. @chosen is called at most once, @destroy always. */
void annals_conflict_dialog_present (GtkWindow            *parent,
                                     const char           *mine,
                                     const char           *theirs,
                                     AnnalsConflictChosen  chosen,
                                     gpointer              user_data,
                                     GDestroyNotify        destroy);

G_END_DECLS
