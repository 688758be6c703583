/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/* Runs @func on the notebook as its file is, whether programs have it open or not, for a look from outside. Nothing is
 * migrated, mended or indexed, nothing is left beside the file, and it is closed again at once, so that the programs
 * that have it open can close it as if nobody had looked. Fails as annals_notebook_open() does, and for a file of an
 * earlier version. Blocks. */
gboolean annals_glance (const char    *path,
                        AnnalsDbFunc   func,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error);

G_END_DECLS
