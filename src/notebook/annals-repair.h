/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"

G_BEGIN_DECLS

/* Rebuilds, in the open notebook, what is derived: the indexes of SQLite's and of search, the signatures of
 * texts, the bounds of dates. A backup is made before where that is possible. Whether that was all is for
 * annals_db_check() to say. Blocks: for a thread of its own. */
gboolean   annals_notebook_rebuild (AnnalsNotebook  *notebook,
                                    const char      *folder,
                                    GCancellable    *cancellable,
                                    GError         **error);

/* Reads what can be read of a damaged notebook, row by row, into a new one, @target, which is there whole and
 * without damage, or not at all. @path is left as it is. Its history is left out: what is done from then on can
 * be undone.
 * Returns: (transfer full) (element type utf8): what was lost or is no longer as it was, a sentence each. Fails
 * with CORRUPT when nothing can be read, EXISTS, FULL, READ_ONLY, CANCELLED. Blocks. */
GPtrArray *annals_salvage          (const char      *path,
                                    const char      *target,
                                    GCancellable    *cancellable,
                                    GError         **error);
/* “Title (repaired).annals” beside it, a name that is free. Free with g_free(). */
char      *annals_salvage_dup_name (const char      *path);

G_END_DECLS
