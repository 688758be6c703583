/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  id;
  char   *uid;
  char   *name;
  char   *query;
  gint64  seen;     /* the highest id of a post when it was last shown */
} AnnalsSavedSearch;

void annals_saved_search_free (AnnalsSavedSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsSavedSearch, annals_saved_search_free)

/* in the user's order (element type AnnalsSavedSearch) */
GPtrArray         *annals_db_list_saved_searches (AnnalsDb *db, GError **error);
/* NOT_FOUND */
AnnalsSavedSearch *annals_db_load_saved_search   (AnnalsDb *db, gint64 id, GError **error);

/* --- changes: only inside the one door --- */
/* At the end; its posts of now count as seen. INVALID when the name is empty or over 200 characters. Whether
 * the query can be understood is for the caller to see. */
gboolean annals_db_add_saved_search    (AnnalsDb *db, const char *name, const char *query, gint64 *id,
                                        GError **error);
/* NULL leaves a field as it is. */
gboolean annals_db_set_saved_search    (AnnalsDb *db, gint64 id, const char *name, const char *query,
                                        GError **error);
gboolean annals_db_delete_saved_search (AnnalsDb *db, gint64 id, GError **error);
/* What there is now has been shown. */
gboolean annals_db_see_saved_search    (AnnalsDb *db, gint64 id, GError **error);

G_END_DECLS
