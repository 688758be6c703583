/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"

G_BEGIN_DECLS

/* annals-salvage-read.c: the rows of @source (a damaged file's, opened without any check) that can be read, into the
 * tables of @target, which are empty. What could not be read is told in @lost (element type utf8). */
gboolean annals_salvage_read (sqlite3       *source,
                              AnnalsDb      *target,
                              GPtrArray     *lost,
                              GCancellable  *cancellable,
                              GError       **error);
/* annals-salvage-mend.c: makes the rows that came in a notebook again. Without foreign keys, in the transaction at
 * hand. @title: where the notebook has lost its own. */
gboolean annals_salvage_mend (AnnalsDb      *db,
                              const char    *title,
                              GPtrArray     *lost,
                              GError       **error);

/* annals-salvage-notes.c: notes again where their quotations stand; in a file of @version. */
gboolean annals_salvage_mend_notes (AnnalsDb   *db,
                                    int         version,
                                    GPtrArray  *lost,
                                    GError    **error);

/* Bounds of dates from the dates themselves; what is no date becomes unknown, told in @lost (nullable). */
gboolean annals_salvage_fit_dates (AnnalsDb   *db,
                                   GPtrArray  *lost,
                                   GError    **error);

/* What people call the rows of a table. */
const char *annals_salvage_get_label (const char *table);

void     annals_salvage_tell (GPtrArray     *lost,
                              const char    *format,
                              ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
