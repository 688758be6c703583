/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"
#include "annals-palette.h"

G_BEGIN_DECLS

/* What highlights of a colour are called in this notebook: colour → name, for those that are not called
 * by the palette's own word. */
GHashTable *annals_db_list_colour_names (AnnalsDb    *db,
                                         GError     **error);

/* --- changes: only inside the one door --- */
/* @name "": the palette's own word again. Fails with INVALID when there is no such colour, or another
 * one is called so. */
gboolean    annals_db_set_colour_name   (AnnalsDb    *db,
                                         const char  *colour,
                                         const char  *name,
                                         GError     **error);

G_END_DECLS
