/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"
#include "annals-search.h"

/* posts that are in memory at a time */
#define PAGE 128

/* --- ids --- */

typedef struct
{
  AnnalsQuery *query;
  GArray      *ids;
} ListJob;

static gboolean
list_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ListJob *job = data;

  job->ids = annals_search_posts (db, job->query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE, error);
  return job->ids != NULL;
}

/* @ids in their order, those of @wanted only. */
static GArray *
pick (GArray *ids,
      GArray *wanted)
{
  g_autoptr(GHashTable) set = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add (set, &g_array_index (wanted, gint64, i));
  for (guint i = 0; i < ids->len; i++)
    if (g_hash_table_contains (set, &g_array_index (ids, gint64, i)))
      g_array_append_val (picked, g_array_index (ids, gint64, i));

  return picked;
}

GArray *
annals_export_run_list_posts (AnnalsExportRun  *self,
                              GError          **error)
{
  const AnnalsExportRequest *request = self->request;
  g_autoptr(AnnalsQuery) query = NULL;
  g_autoptr(GArray) found = NULL;
  ListJob job = { 0 };

  if (request->query == NULL && request->ids != NULL)
    return g_array_ref (request->ids);

  query = annals_query_parse (request->query != NULL ? request->query : "", error);
  job.query = query;
  if (query == NULL || !annals_notebook_read (self->notebook, list_cb, &job, self->cancellable, error))
    return NULL;

  found = job.ids;
  return request->ids != NULL ? pick (found, request->ids) : g_steal_pointer (&found);
}

/* --- pages --- */

typedef struct
{
  AnnalsExportRun      *run;
  GArray               *ids;
  gboolean              with_text;
  guint                 first;     /* of the page at hand */
  GHashTable           *imports;   /* (element-type gint64 AnnalsImport) */
  GPtrArray            *used;      /* (element-type AnnalsImport): the same as they came */
  AnnalsExportPostFunc  func;
  gpointer              user_data;
} PageJob;

static gboolean
find_import (PageJob             *job,
             AnnalsDb            *db,
             gint64               id,
             const AnnalsImport **import,
             GError             **error)
{
  AnnalsImport *loaded;

  *import = id != 0 ? g_hash_table_lookup (job->imports, &id) : NULL;
  if (*import != NULL || id == 0)
    return TRUE;

  loaded = annals_db_load_import (db, id, error);
  if (loaded == NULL)
    return FALSE;

  g_ptr_array_add (job->used, loaded);
  g_hash_table_insert (job->imports, &loaded->id, loaded);
  *import = loaded;

  return TRUE;
}

/* With the import that brought its text, which need not be the one that brought the post first. */
static gboolean
visit (PageJob           *job,
       AnnalsDb          *db,
       const AnnalsPost  *post,
       GError           **error)
{
  g_autoptr(AnnalsText) text = NULL;
  AnnalsExportPost item = { .post = post };

  if (job->with_text && !(text = annals_db_load_text (db, post->id, 0, error)))
    return FALSE;

  item.text = text;
  return find_import (job, db, post->import_id, &item.import, error) &&
         find_import (job, db, post->text_import_id, &item.import, error) &&
         job->func (job->run, db, &item, job->user_data, error);
}

static gboolean
page_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  PageJob *job = data;
  guint n = MIN (PAGE, job->ids->len - job->first);
  g_autoptr(GPtrArray) posts = annals_db_load_posts (db, &g_array_index (job->ids, gint64, job->first), n, error);

  if (posts == NULL)
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !visit (job, db, posts->pdata[i], error))
      return FALSE;

  return TRUE;
}

gboolean
annals_export_run_each_post (AnnalsExportRun       *self,
                             gboolean               with_text,
                             AnnalsExportPostFunc   func,
                             gpointer               user_data,
                             GString               *out,
                             GPtrArray            **imports,
                             GError               **error)
{
  g_autoptr(GArray) ids = annals_export_run_list_posts (self, error);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GPtrArray) used = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_import_free);
  PageJob job = { self, ids, with_text, 0, by_id, used, func, user_data };

  if (ids == NULL)
    return FALSE;

  for (; job.first < ids->len; job.first += PAGE)
    {
      if (!annals_notebook_read (self->notebook, page_cb, &job, self->cancellable, error))
        return FALSE;

      if (out != NULL)
        {
          annals_export_file_write (self->file, out->str, out->len);
          g_string_truncate (out, 0);
        }
      annals_export_run_progress (self, (double) job.first / ids->len);
    }

  if (imports != NULL)
    *imports = g_steal_pointer (&used);
  return TRUE;
}
