/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64    id;
  char     *label;
  gint64    time;     /* UTC microseconds */
  gboolean  undone;
} AnnalsAction;

void annals_action_free (AnnalsAction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsAction, annals_action_free)

/* newest first (element type AnnalsAction); @limit 0: all */
GPtrArray *annals_db_list_history (AnnalsDb *db, guint limit, GError **error);

G_END_DECLS
