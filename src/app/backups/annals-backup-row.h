/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-backup.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_BACKUP_ROW (annals_backup_row_get_type ())
/**
 * AnnalsBackupRow:
 *
 * A backup in a list: when, what is in it, how large, and why it was made.
 */
G_DECLARE_FINAL_TYPE (AnnalsBackupRow, annals_backup_row, ANNALS, BACKUP_ROW, GtkListBoxRow)

/* Takes @backup. */
GtkWidget          *annals_backup_row_new        (AnnalsBackup    *backup);
const AnnalsBackup *annals_backup_row_get_backup (AnnalsBackupRow *self);

/* “Today, 14:05”, in the locale's own way. Free with g_free(). */
char               *annals_backup_dup_when       (const AnnalsBackup *backup);

G_END_DECLS
