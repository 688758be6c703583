/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-imports.h"

G_BEGIN_DECLS

/* Notes the addresses of the pictures that a revision's text shows. */
gboolean annals_pictures_link (AnnalsDb    *db,
                               gint64       import_id,
                               gint64       revision_id,
                               AnnalsText  *text,
                               GError     **error);

G_END_DECLS
