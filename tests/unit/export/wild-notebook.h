/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"

G_BEGIN_DECLS

/* Does @n_steps random things that a user could do, the same for the same @seed: imports that bring posts, change
 * them, show pictures or are undone, and every kind of record that is made, changed and deleted. */
void      wild_steps  (AnnalsNotebook *notebook,
                       guint32         seed,
                       guint           n_steps);
/* The notebook as JSON; free with g_free(). */
char     *wild_export (AnnalsNotebook *notebook,
                       const char     *folder,
                       const char     *name);
/* A number that SQL finds in the file. */
gint64    wild_count  (AnnalsNotebook *notebook,
                       const char     *sql);

G_END_DECLS
