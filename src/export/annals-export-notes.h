/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-note-list.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

/* The formats of notes, "json", "markdown" and "csv", NULL-terminated; not to be freed. */
const char * const *annals_export_get_note_formats (void);

/* Writes the annotations and memos that fit @filter, in its order, to @path: whole or not at all, a page in
 * memory at a time. @ids (element type gint64) (nullable): these only (a memo's is negative). Fails as
 * annals_export_timeline() does. Blocks: call it from a worker thread. */
gboolean            annals_export_notes            (AnnalsNotebook          *notebook,
                                                    const AnnalsNoteFilter  *filter,
                                                    GArray                  *ids,
                                                    const char              *format,
                                                    const char              *path,
                                                    gboolean                 overwrite,
                                                    GCancellable            *cancellable,
                                                    GError                 **error);

G_END_DECLS
