/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"

G_BEGIN_DECLS

/* The formats that the tags can be exported to, "csv" and "qdc" (REFI-QDA codebook 1.0), NULL-terminated; not to be
 * freed. */
const char * const *annals_export_get_codebook_formats (void);

/* All tags as one text. Other names and rules are in the CSV only: REFI-QDA has no place for them.
 * @n_tags (out, optional). An empty codebook is no codebook: NOT_FOUND when there are no tags. */
char     *annals_db_dup_codebook (AnnalsDb *db, const char *format, guint *n_tags, GError **error);

/* Writes it to @path, whole or not at all. Unless @overwrite, a file that is there already is an error. Blocks. */
gboolean  annals_export_codebook (AnnalsNotebook *notebook, const char *format, const char *path, gboolean overwrite,
                                  guint *n_tags, GCancellable *cancellable, GError **error);

G_END_DECLS
