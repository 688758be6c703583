/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a window showed of a notebook, as a dictionary (a{sv}) in the user's settings, under the notebook's uid. How
 * one works is the user's and no part of the work, so it is not in the notebook. */

/* Returns: (transfer full) (nullable): what was kept of the notebook @uid */
GVariant *annals_session_load (const char *uid);
/* @state: taken over when it floats */
void      annals_session_keep (const char *uid,
                               GVariant   *state);

G_END_DECLS
