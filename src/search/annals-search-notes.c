/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-notes.h"

#include "annals-search.h"

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gboolean
annals_search_note_posts (AnnalsNoteFilter  *filter,
                          AnnalsDb          *db,
                          GError           **error)
{
  g_autoptr(AnnalsQuery) query = NULL;
  GArray *ids;

  g_return_val_if_fail (filter != NULL && db != NULL, FALSE);

  if (filter->posts_query == NULL)
    return TRUE;

  if (!(query = annals_query_parse (filter->posts_query, error)) ||
      !(ids = annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_PLACE, error)))
    return FALSE;

  g_array_sort (ids, compare_ids);
  g_clear_pointer (&filter->post_ids, g_array_unref);
  filter->post_ids = ids;

  return TRUE;
}
