/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "annals-db.h"

G_BEGIN_DECLS

/* Finds the passages of @notes (element type AnnalsEntry), which come with their places in another notebook's texts, in
 * the texts that this one shows. @posts (element type AnnalsForeignPost): those that they are on. */
gboolean annals_work_passages_find (GPtrArray     *notes,
                                    GPtrArray     *posts,
                                    AnnalsDb      *db,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
