/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-same-groups.h"

#include "annals-db-private.h"

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const GArray *one = *(GArray * const *) a;
  const GArray *two = *(GArray * const *) b;

  if (one->len != two->len)
    return one->len < two->len ? 1 : -1;

  return g_array_index (one, gint64, 0) < g_array_index (two, gint64, 0) ? -1 : 1;
}

GPtrArray *
annals_db_list_same_clusters (AnnalsDb  *db,
                              GError   **error)
{
  g_autoptr(GPtrArray) clusters = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr(BorrowedStmt) stmt = NULL;
  GArray *ids = NULL;
  gint64 last = 0;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT cluster, post.id FROM same_text "
                                 "CROSS JOIN revision ON revision.id = same_text.revision "
                                 "CROSS JOIN post ON post.id = revision.post AND post.revision = revision.id "
                                 "WHERE post.withdrawn = 0 AND post.trashed = 0 "
                                 "ORDER BY cluster, length (revision.text) DESC, post.id", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 cluster = column_int64 (stmt, 0);
      gint64 id = column_int64 (stmt, 1);

      if (ids == NULL || cluster != last)
        {
          ids = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_ptr_array_add (clusters, ids);
          last = cluster;
        }
      g_array_append_val (ids, id);
    }

  if (step != STEP_DONE)
    return NULL;

  for (guint i = clusters->len; i > 0; i--)
    if (((GArray *) clusters->pdata[i - 1])->len < 2)
      g_ptr_array_remove_index (clusters, i - 1);
  g_ptr_array_sort (clusters, compare_sizes);

  return g_steal_pointer (&clusters);
}
