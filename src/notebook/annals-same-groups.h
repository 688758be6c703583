/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/* Visible posts of nearly the same text: of each cluster with two or more the ids, the longest text first
 * (element type GArray of gint64); the largest clusters first. Found behind the index, as
 * annals_db_list_same_text(). */
GPtrArray *annals_db_list_same_clusters (AnnalsDb *db, GError **error);

G_END_DECLS
