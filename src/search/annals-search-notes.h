/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-note-list.h"

G_BEGIN_DECLS

/* The posts that @filter's posts_query finds become its post_ids. Without such a query it stays as it is. Fails as
 * annals_query_parse() and annals_search_posts() do. */
gboolean annals_search_note_posts (AnnalsNoteFilter  *filter,
                                   AnnalsDb          *db,
                                   GError           **error);

G_END_DECLS
