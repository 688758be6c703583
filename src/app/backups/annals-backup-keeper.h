/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_BACKUP_KEEPER (annals_backup_keeper_get_type ())
/**
 * AnnalsBackupKeeper:
 *
 * Backs an open notebook up without being asked: when it has been opened, and every half hour while there is
 * something new. Main thread only.
 *
 * Signal "failed" (const char *message): a backup was not made; a reason is told once.
 */
G_DECLARE_FINAL_TYPE (AnnalsBackupKeeper, annals_backup_keeper, ANNALS, BACKUP_KEEPER, GObject)

AnnalsBackupKeeper *annals_backup_keeper_new  (const char         *path);
/* The notebook is about to be closed. */
void                annals_backup_keeper_stop (AnnalsBackupKeeper *self);

G_END_DECLS
