/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_BACKUP_FOLDER_ROW (annals_backup_folder_row_get_type ())
/**
 * AnnalsBackupFolderRow:
 *
 * Where backups are kept, with a button to choose another folder and one to go back to a folder beside each
 * notebook.
 */
G_DECLARE_FINAL_TYPE (AnnalsBackupFolderRow, annals_backup_folder_row, ANNALS, BACKUP_FOLDER_ROW, AdwActionRow)

void annals_backup_folder_row_set_settings (AnnalsBackupFolderRow *self,
                                            GSettings             *settings);

G_END_DECLS
