/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"

/* notes that are in memory at a time */
#define PAGE 256

/* --- keys --- */

typedef struct
{
  const AnnalsNoteFilter *filter;
  GArray                 *ids;    /* (nullable) */
  GArray                 *keys;   /* (element type AnnalsNoteKey) */
} ListJob;

static gboolean
list_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ListJob *job = data;
  g_autoptr(GArray) all = annals_db_list_notes (db, job->filter, cancellable, error);
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; job->ids != NULL && i < job->ids->len; i++)
    g_hash_table_add (wanted, &g_array_index (job->ids, gint64, i));

  for (guint i = 0; i < all->len; i++)
    {
      const AnnalsNoteKey *key = &g_array_index (all, AnnalsNoteKey, i);

      if (job->ids == NULL || g_hash_table_contains (wanted, &key->id))
        g_array_append_vals (job->keys, key, 1);
    }

  return TRUE;
}

GArray *
annals_export_run_list_notes (AnnalsExportRun  *self,
                              GError          **error)
{
  return annals_export_run_list_grouped_notes (self, ANNALS_NOTES_UNGROUPED, error);
}

GArray *
annals_export_run_list_grouped_notes (AnnalsExportRun     *self,
                                      AnnalsNoteGrouping   grouping,
                                      GError             **error)
{
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (AnnalsNoteKey));
  ListJob job = { .ids = self->request->ids, .keys = keys };

  filter = self->request->filter != NULL ? annals_note_filter_copy (self->request->filter) : annals_note_filter_new ();
  filter->grouping = grouping;
  job.filter = filter;

  if (!annals_notebook_read (self->notebook, list_cb, &job, self->cancellable, error))
    return NULL;

  return g_steal_pointer (&keys);
}

/* --- pages --- */

typedef struct
{
  AnnalsExportRun      *run;
  const AnnalsNoteKey  *keys;
  guint                 n;
  AnnalsExportNoteFunc  func;
  gpointer              user_data;
} PageJob;

static gboolean
page_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  PageJob *job = data;
  g_autoptr(GPtrArray) notes = annals_db_load_notes (db, ANNALS_NOTES_UNGROUPED, job->keys, job->n, error);

  if (notes == NULL)
    return FALSE;

  for (guint i = 0; i < job->n; i++)
    if (notes->pdata[i] != NULL && !job->func (job->run, db, &job->keys[i], notes->pdata[i], job->user_data, error))
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
  PageJob job = { .run = self, .func = func, .user_data = user_data };

  for (guint first = 0; first < keys->len; first += PAGE)
    {
      job.keys = &g_array_index (keys, AnnalsNoteKey, first);
      job.n = MIN (PAGE, keys->len - first);
      if (!annals_notebook_read (self->notebook, page_cb, &job, self->cancellable, error))
        return FALSE;

      if (out != NULL)
        {
          annals_export_file_write (self->file, out->str, out->len);
          g_string_truncate (out, 0);
        }
      annals_export_run_progress (self, from + (to - from) * (first + job.n) / keys->len);
    }

  return TRUE;
}
