/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-backup.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_BACKUP_PREVIEW (annals_backup_preview_get_type ())
/**
 * AnnalsBackupPreview:
 *
 * What would become of a notebook if a backup were restored.
 */
G_DECLARE_FINAL_TYPE (AnnalsBackupPreview, annals_backup_preview, ANNALS, BACKUP_PREVIEW, GtkWidget)

/* @kinds: of annals_backup_compare() */
void annals_backup_preview_show_kinds   (AnnalsBackupPreview *self,
                                         GPtrArray           *kinds);
void annals_backup_preview_show_busy    (AnnalsBackupPreview *self);
/* @icon: its name. Plain text. */
void annals_backup_preview_show_message (AnnalsBackupPreview *self,
                                         const char          *icon,
                                         const char          *heading,
                                         const char          *message);

G_END_DECLS
