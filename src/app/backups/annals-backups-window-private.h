/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-backup-job.h"
#include "annals-backup-preview.h"
#include "annals-backups-window.h"

G_BEGIN_DECLS

struct _AnnalsBackupsWindow
{
  AdwWindow             parent_instance;

  AdwToastOverlay      *toasts;
  GtkStack             *stack;
  AdwStatusPage        *error_page;
  GtkListBox           *list;
  AnnalsBackupPreview  *preview;
  GtkStack             *bar_stack;
  GtkProgressBar       *progress;
  GtkLabel             *doing;
  GtkSwitch            *automatically;
  GtkSpinButton        *newest;
  GtkLabel             *folder;
  GtkWidget            *beside_button;

  AnnalsDesk           *desk;
  char                 *path;
  GSettings            *settings;
  GCancellable         *listing;     /* (nullable) */
  GCancellable         *comparing;   /* (nullable) */
  GCancellable         *working;     /* (nullable): of what the bar shows */
  AnnalsBackupJob      *job;         /* (nullable): likewise */
  guint                 timer;       /* looks at its progress */
  char                 *way_back;    /* (nullable): what there was before the last restoring */
  char                 *wanted;      /* (nullable): the backup to select when they are listed */
  gboolean              differs;     /* the selected one can be restored, and it matters */
  GHashTable           *deleted;     /* (nullable): paths of those whose deleting can still be undone */
};

/* NULL: none */
const AnnalsBackup *annals_backups_window_get_selected    (AnnalsBackupsWindow *self);
/* @wanted (nullable): the backup that is selected then; the newest otherwise */
void                annals_backups_window_reload          (AnnalsBackupsWindow *self,
                                                           const char          *wanted);

/* --- annals-backups-delete.c --- */

void                annals_backups_window_install_delete  (GtkWidgetClass      *widget_class);
/* What was deleted is not to come back. */
void                annals_backups_window_discard         (AnnalsBackupsWindow *self);

G_END_DECLS
