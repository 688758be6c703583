/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-merge.h"

G_BEGIN_DECLS

/* Takes a timeline ("annals-timeline") or notes ("annals-notes") that were exported as JSON into the notebook, onto the
 * posts that they name: found by uid, by text or by address. What rests on a post that is not here is left out, and
 * the result says so. As annals_notebook_merge() otherwise. */
AnnalsMergeResult *annals_import_work_document (AnnalsNotebook       *notebook,
                                                const char           *path,
                                                AnnalsMergeProgress   progress,
                                                gpointer              user_data,
                                                GCancellable         *cancellable,
                                                GError              **error);

/* Any document of our own: the above or a whole notebook. */
AnnalsMergeResult *annals_import_document      (AnnalsNotebook       *notebook,
                                                const char           *path,
                                                AnnalsMergeProgress   progress,
                                                gpointer              user_data,
                                                GCancellable         *cancellable,
                                                GError              **error);

G_END_DECLS
