/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Posts on their way from a list to a tag: a GArray of gint64, counted. What a drag carries. */
#define ANNALS_TYPE_POST_IDS (annals_post_ids_get_type ())
GType annals_post_ids_get_type (void) G_GNUC_CONST;

G_END_DECLS
