/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-ids.h"

/* A type of its own, so that a drag of posts is not taken for one of any other array. */
typedef GArray AnnalsPostIds;

G_DEFINE_BOXED_TYPE (AnnalsPostIds, annals_post_ids, g_array_ref, g_array_unref)
