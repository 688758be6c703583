/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-import-run.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_IMPORT_CARD (annals_import_card_get_type ())
/**
 * AnnalsImportCard:
 *
 * What one file or folder would bring, and what the user can say of it: the archive's name, a source, date,
 * language and time zone for posts that have none, which kinds of records come in, which columns of a list hold what.
 *
 * Property "valid" (boolean, read-only, notified): whether what was typed can be used.
 *
 * Signal "look-again" (AnnalsImportCard *self): what was chosen changes what the file holds; it is to be looked
 * at again, with what annals_import_card_apply() writes.
 */
G_DECLARE_FINAL_TYPE (AnnalsImportCard, annals_import_card, ANNALS, IMPORT_CARD, AdwPreferencesGroup)

/* @entry: looked at; borrowed, and must outlive the card */
GtkWidget *annals_import_card_new       (AnnalsImportEntry *entry);
gboolean   annals_import_card_get_valid (AnnalsImportCard  *self);
/* Shows what another look at the entry found. */
void       annals_import_card_refresh   (AnnalsImportCard  *self);
/* Writes what was typed into the entry's options. */
void       annals_import_card_apply     (AnnalsImportCard  *self);

G_END_DECLS
