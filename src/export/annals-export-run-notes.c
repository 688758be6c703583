/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"

/* notes that are in memory at a time */
#define PAGE 256

/* --- keys --- */

GArray *
annals_export_run_list_notes (AnnalsExportRun  *self,
                              GError          **error)
{
  return annals_export_run_list_grouped_notes (self, ANNALS_NOTES_UNGROUPED, error);
}

/* Those of @keys whose id is in @ids, in their order. */
static GArray *
pick (GArray *keys,
      GArray *ids)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (AnnalsNoteKey));

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (wanted, &g_array_index (ids, gint64, i));
  for (guint i = 0; i < keys->len; i++)
    if (g_hash_table_contains (wanted, &g_array_index (keys, AnnalsNoteKey, i).id))
      g_array_append_val (picked, g_array_index (keys, AnnalsNoteKey, i));

  return picked;
}

GArray *
annals_export_run_list_grouped_notes (AnnalsExportRun     *self,
                                      AnnalsNoteGrouping   grouping,
                                      GError             **error)
{
  const AnnalsExportRequest *request = self->request;
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  g_autoptr(GArray) keys = NULL;

  filter = request->filter != NULL ? annals_note_filter_copy (request->filter) : annals_note_filter_new ();
  filter->grouping = grouping;
  filter->for_file = TRUE;
  if (!(keys = annals_db_list_notes (self->db, filter, self->cancellable, error)))
    return NULL;

  return request->ids != NULL ? pick (keys, request->ids) : g_steal_pointer (&keys);
}

/* --- pages --- */

static gboolean
visit_page (AnnalsExportRun       *self,
            const AnnalsNoteKey   *keys,
            guint                  n,
            AnnalsExportNoteFunc   func,
            gpointer               user_data,
            GError               **error)
{
  g_autoptr(GPtrArray) notes = annals_db_load_notes (self->db, ANNALS_NOTES_UNGROUPED, keys, n, error);

  if (notes == NULL)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        (notes->pdata[i] != NULL && !func (self, self->db, &keys[i], notes->pdata[i], user_data, error)))
      return FALSE;

  return TRUE;
}

gboolean
annals_export_run_each_note (AnnalsExportRun       *self,
                             GArray                *keys,
                             AnnalsExportNoteFunc   func,
                             gpointer               user_data,
                             GString               *out,
                             double                 from,
                             double                 to,
                             GError               **error)
{
  for (guint first = 0; first < keys->len; first += PAGE)
    {
      guint n = MIN (PAGE, keys->len - first);

      if (!visit_page (self, &g_array_index (keys, AnnalsNoteKey, first), n, func, user_data, error))
        return FALSE;

      if (out != NULL)
        {
          annals_export_file_write (self->file, out->str, out->len);
          g_string_truncate (out, 0);
        }
      annals_export_run_progress (self, from + (to - from) * (first + n) / keys->len);
    }

  return TRUE;
}
