/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"
#include "annals-search.h"

/* posts that are in memory at a time */
#define PAGE 128

/* --- ids --- */

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

  if (request->query == NULL && request->ids != NULL)
    return g_array_ref (request->ids);

  query = annals_query_parse (request->query != NULL ? request->query : "", error);
  if (query == NULL ||
      !(found = annals_search_posts (self->db, query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE, error)))
    return NULL;

  return request->ids != NULL ? pick (found, request->ids) : g_steal_pointer (&found);
}

/* --- pages --- */

typedef struct
{
  AnnalsExportRun        *run;
  AnnalsExportPostParts   parts;
  GHashTable             *imports;   /* (element-type gint64 AnnalsImport) */
  GPtrArray              *used;      /* (element-type AnnalsImport): the same as they came */
  AnnalsExportPostFunc    func;
  gpointer                user_data;
} Visit;

static const AnnalsImport *
require_import (Visit   *self,
                gint64   id,
                GError **error)
{
  AnnalsImport *import = g_hash_table_lookup (self->imports, &id);

  if (import != NULL || !(import = annals_db_load_import (self->run->db, id, error)))
    return import;

  g_ptr_array_add (self->used, import);
  g_hash_table_insert (self->imports, &import->id, import);

  return import;
}

/* With the import that brought its text, which need not be the one that brought the post first. */
static gboolean
visit (Visit             *self,
       const AnnalsPost  *post,
       GError           **error)
{
  AnnalsDb *db = self->run->db;
  g_autoptr(AnnalsText) text = NULL;
  AnnalsExportPost item = { .post = post };

  if (!require_import (self, post->import_id, error) ||
      !(item.import = require_import (self, post->text_import_id, error)) ||
      ((self->parts & ANNALS_EXPORT_POST_TEXT) != 0 &&
       !(item.text = text = annals_db_load_text (db, post->id, post->revision_id, error))))
    return FALSE;

  return self->func (self->run, db, &item, self->user_data, error);
}

static gboolean
visit_page (Visit         *self,
            const gint64  *ids,
            guint          n,
            GError       **error)
{
  g_autoptr(GPtrArray) posts = NULL;

  posts = (self->parts & ANNALS_EXPORT_POST_COUNTS) != 0 ? annals_db_load_posts (self->run->db, ids, n, error)
                                                         : annals_db_load_post_facts (self->run->db, ids, n, error);
  if (posts == NULL)
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error) || !visit (self, posts->pdata[i], error))
      return FALSE;

  return TRUE;
}

gboolean
annals_export_run_each_post (AnnalsExportRun        *self,
                             AnnalsExportPostParts   parts,
                             AnnalsExportPostFunc    func,
                             gpointer                user_data,
                             GString                *out,
                             GPtrArray             **imports,
                             GError                **error)
{
  g_autoptr(GArray) ids = annals_export_run_list_posts (self, error);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GPtrArray) used = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_import_free);
  Visit all = { self, parts, by_id, used, func, user_data };

  if (ids == NULL)
    return FALSE;

  for (guint first = 0; first < ids->len; first += PAGE)
    {
      if (!visit_page (&all, &g_array_index (ids, gint64, first), MIN (PAGE, ids->len - first), error))
        return FALSE;

      if (out != NULL)
        {
          annals_export_file_write (self->file, out->str, out->len);
          g_string_truncate (out, 0);
        }
      annals_export_run_progress (self, (double) first / ids->len);
    }

  if (imports != NULL)
    *imports = g_steal_pointer (&used);
  return TRUE;
}
