/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-imports.h"

G_BEGIN_DECLS

/* Whether any import says "running" though the program that ran it is gone. */
gboolean annals_import_has_abandoned    (AnnalsDb  *db,
                                         gboolean  *found,
                                         GError   **error);
/* Takes those back. */
gboolean annals_import_remove_abandoned (AnnalsDb  *db,
                                         GError   **error);
/* Takes back the imports that began at this connection and are running still. */
gboolean annals_import_remove_own       (AnnalsDb  *db,
                                         GError   **error);
/* Whether an import that began at this connection is running still. */
gboolean annals_import_runs_here        (AnnalsDb  *db);
/* Puts the tags that the import's posts came with on them. */
gboolean annals_import_apply_tags       (AnnalsDb  *db,
                                         gint64     import_id,
                                         GError   **error);
/* Finds the notes on the import's posts again in their new text. */
gboolean annals_import_anchor           (AnnalsDb  *db,
                                         gint64     import_id,
                                         GError   **error);

G_END_DECLS
