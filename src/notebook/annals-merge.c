/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-history-private.h"
#include "annals-imports-private.h"
#include "annals-index-private.h"

/* What one transaction takes in at most, unless it is of the user's work, which comes in at once. */
#define STEP_ENTRIES 500
#define STEP_MICROSECONDS (200 * 1000)

typedef struct
{
  AnnalsMerge          merge;
  const char          *label;
  AnnalsMergeProgress  progress;
  gpointer             user_data;
  AnnalsEntry         *waiting;   /* (nullable): read already, to come next */
  gboolean             is_archive_done;
  guint                n_removing;
  gint64               step;
} Job;

static void
run_clear (gpointer data)
{
  g_free (((AnnalsMergeRun *) data)->uid);
}

static void
merge_init (AnnalsMerge             *self,
            const AnnalsMergeSource *source)
{
  self->source = source;
  self->result = annals_merge_result_new ();
  for (guint i = 0; source->remarks != NULL && i < source->remarks->len; i++)
    annals_merge_take_remark (self, ANNALS_ENTRY_FILE, "", g_strdup (source->remarks->pdata[i]));
  self->runs = g_array_new (FALSE, FALSE, sizeof (AnnalsMergeRun));
  g_array_set_clear_func (self->runs, run_clear);
  self->run_of = g_hash_table_new (g_str_hash, g_str_equal);
  self->files = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);
  self->tags = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);
  self->memos = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->posts = g_array_new (FALSE, FALSE, sizeof (AnnalsMergePost));
  self->aliases = g_array_new (FALSE, FALSE, sizeof (AnnalsMergeAlias));
  self->searches = g_array_new (FALSE, FALSE, sizeof (AnnalsMergePlace));
}

static void
merge_clear (AnnalsMerge *self)
{
  g_clear_pointer (&self->result, annals_merge_result_free);
  g_clear_pointer (&self->run_of, g_hash_table_unref);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->files, g_array_unref);
  g_clear_pointer (&self->paths, g_hash_table_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->said_tags, g_hash_table_unref);
  g_clear_pointer (&self->tag_uids, g_hash_table_unref);
  g_clear_pointer (&self->memos, g_array_unref);
  g_clear_pointer (&self->posts, g_array_unref);
  g_clear_pointer (&self->aliases, g_array_unref);
  g_clear_pointer (&self->searches, g_array_unref);
  g_clear_pointer (&self->link_note, g_free);
  g_clear_pointer (&self->synonyms, annals_merge_synonyms_free);
  g_clear_pointer (&self->times, annals_merge_times_free);
  g_clear_pointer (&self->other_times, annals_merge_times_free);
  for (guint i = 0; i < ANNALS_N_ENTRIES; i++)
    {
      g_clear_pointer (&self->others[i], g_hash_table_unref);
      g_clear_pointer (&self->inserts[i], g_free);
    }
}

static void
tell_progress (Job *job)
{
  const AnnalsMergeSource *source = job->merge.source;

  if (job->progress != NULL && source->fraction != NULL)
    job->progress (0.95 * CLAMP (source->fraction (source->user_data), 0, 1), job->user_data);
}

/* Bytes that nothing shows. */
#define DROP_ATTACHMENTS \
  "DELETE FROM attachment WHERE id NOT IN (SELECT attachment FROM picture WHERE attachment IS NOT NULL)"

/* --- before --- */

/* Imports that were undone are nothing. */
#define IS_EMPTY \
  "SELECT NOT EXISTS (SELECT 1 FROM import WHERE state != 'undone') AND NOT EXISTS (SELECT 1 FROM tag) " \
  "AND NOT EXISTS (SELECT 1 FROM timeline) AND NOT EXISTS (SELECT 1 FROM event) AND NOT EXISTS (SELECT 1 FROM memo) " \
  "AND NOT EXISTS (SELECT 1 FROM saved_search) AND NOT EXISTS (SELECT 1 FROM colour_name)"

/* A run of the same uid may be on its way out. */
static gboolean
prepare_in_writer (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Job *job = data;
  gint64 empty;

  if (!annals_import_drop_gone (db, error) || !annals_import_remove_step (db, error) ||
      !annals_import_count_removing (db, &job->n_removing, error) ||
      !annals_db_query_int64 (db, IS_EMPTY, 0, 0, &empty, error) ||
      !annals_db_query_int64 (db, "SELECT max (id) FROM post WHERE withdrawn = 0", 0, 0, &job->merge.last_before,
                              error))
    return FALSE;

  job->merge.was_empty = empty != 0;
  return TRUE;
}

/* --- what imports brought: in steps, hidden --- */

static gboolean
is_of_archive (const AnnalsEntry *entry)
{
  return entry->kind < ANNALS_ENTRY_TAG;
}

static gboolean
take_one (AnnalsMerge  *self,
          AnnalsEntry  *entry,
          GError      **error)
{
  if (entry->kind == ANNALS_ENTRY_RULE)
    {
      g_ptr_array_add (self->rules, entry);
      return TRUE;
    }

  {
    g_autoptr(AnnalsEntry) owned = entry;

    return annals_merge_take_archive (self, owned, error);
  }
}

static gboolean
archive_in_writer (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Job *job = data;
  const AnnalsMergeSource *source = job->merge.source;
  gint64 end = g_get_monotonic_time () + STEP_MICROSECONDS;

  job->merge.db = db;
  for (guint i = 0; i < STEP_ENTRIES && g_get_monotonic_time () < end; i++)
    {
      g_autoptr(GError) failure = NULL;
      AnnalsEntry *entry = source->next (source->user_data, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (entry == NULL || !is_of_archive (entry))
        {
          job->waiting = entry;
          job->is_archive_done = TRUE;
          break;
        }
      if (!take_one (&job->merge, entry, error))
        return FALSE;
    }
  tell_progress (job);

  return TRUE;
}

/* --- what the user made, and the end: at once --- */

static gboolean
show_archive (AnnalsMerge  *self,
              gint64       *lead,
              GError      **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->runs->len; i++)
    {
      const AnnalsMergeRun *run = &g_array_index (self->runs, AnnalsMergeRun, i);

      if (run->is_new)
        g_array_append_val (ids, run->id);
    }

  *lead = ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
  return *lead == 0 ||
         (annals_import_join (self->db, (const gint64 *) (gpointer) ids->data, ids->len, error) &&
          annals_import_set_done (self->db, *lead, TRUE, NULL, error));
}

static gboolean
take_records (Job           *job,
              GCancellable  *cancellable,
              GError       **error)
{
  AnnalsMerge *self = &job->merge;

  for (guint n = 0;; n++)
    {
      g_autoptr(GError) failure = NULL;
      g_autoptr(AnnalsEntry) entry = g_steal_pointer (&job->waiting);

      if (entry == NULL)
        entry = self->source->next (self->source->user_data, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (entry == NULL)
        return TRUE;
      if (is_of_archive (entry))
        continue;   /* out of its order; only a damaged file's */
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !annals_merge_take_record (self, entry, error))
        return FALSE;

      if (entry->kind == ANNALS_ENTRY_TAG)
        g_ptr_array_add (self->tags, g_steal_pointer (&entry));
      else if (entry->kind == ANNALS_ENTRY_LINK)
        g_ptr_array_add (self->links, g_steal_pointer (&entry));
      if (n % 16 == 0)
        tell_progress (job);
    }
}

static gboolean
become (AnnalsDb                  *db,
        const AnnalsNotebookFacts *facts,
        GError                   **error)
{
  g_autofree char *created = g_strdup_printf ("%" G_GINT64_FORMAT, facts->created);

  db->renamed = TRUE;
  return annals_db_set_meta (db, "uid", facts->uid, error) &&
         annals_db_set_meta (db, "title", facts->title, error) &&
         annals_db_set_meta (db, "created", created, error);
}

static gboolean
finish_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Job *job = data;
  AnnalsMerge *self = &job->merge;
  g_autoptr(AnnalsRecording) recording = NULL;
  gint64 lead, before, after;
  gboolean ok;

  self->db = db;
  if (!annals_db_query_int64 (db, "SELECT max (id) FROM history", 0, 0, &before, error) ||
      !show_archive (self, &lead, error) ||
      !(recording = annals_recording_begin (db, error)) ||
      !(self->here = annals_entry_reader_new_for_rows (db, error)))
    return FALSE;

  db->door = ANNALS_DOOR_CHANGE;
  ok = take_records (job, cancellable, error) && annals_merge_settle_records (self, error);
  g_clear_pointer (&self->here, annals_entry_reader_free);
  db->door = ANNALS_DOOR_BULK;
  if (!ok || g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !annals_import_anchor_strays (db, error) || !annals_merge_store_rules (self, error) ||
      !annals_merge_settle_aliases (self, error) ||
      !annals_db_exec (db, DROP_ATTACHMENTS, error) ||
      (self->was_empty && self->source->facts.uid != NULL && !become (db, &self->source->facts, error)) ||
      !annals_recording_end (recording, job->label, lead, NULL, error) ||
      !annals_db_query_int64 (db, "SELECT max (id) FROM history", 0, 0, &after, error))
    return FALSE;

  self->result->step = after > before ? after : 0;
  db->announce = TRUE;

  return TRUE;
}

/* --- nothing came of it --- */

/* Runs that were undone are what they were; the others go as if they had never begun. */
static gboolean
take_back_in_writer (AnnalsDb      *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  AnnalsMerge *self = &((Job *) data)->merge;

  for (guint i = 0; i < self->runs->len; i++)
    {
      const AnnalsMergeRun *run = &g_array_index (self->runs, AnnalsMergeRun, i);
      gint64 running;

      if (!run->is_new || run->was_undone)
        continue;
      if (!annals_db_query_int64 (db, "SELECT state = 'running' FROM import WHERE id = :id", run->id, 0, &running,
                                  error) ||
          (running != 0 && !annals_db_remove_import (db, run->id, error)))
        return FALSE;
    }

  return annals_db_exec (db, DROP_ATTACHMENTS, error);
}

static gboolean
run (AnnalsNotebook  *notebook,
     Job             *job,
     GCancellable    *cancellable,
     GError         **error)
{
  do
    if (!annals_notebook_bulk (notebook, prepare_in_writer, job, cancellable, error))
      return FALSE;
  while (job->n_removing > 0);

  while (!job->is_archive_done)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !annals_notebook_bulk (notebook, archive_in_writer, job, cancellable, error))
      return FALSE;

  return annals_notebook_bulk (notebook, finish_in_writer, job, cancellable, error);
}

AnnalsMergeResult *
annals_notebook_merge (AnnalsNotebook           *self,
                       const AnnalsMergeSource  *source,
                       const char               *label,
                       AnnalsMergeProgress       progress,
                       gpointer                  user_data,
                       GCancellable             *cancellable,
                       GError                  **error)
{
  AnnalsMergeResult *result = NULL;
  Job job = { .label = label, .progress = progress, .user_data = user_data };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);
  g_return_val_if_fail (source != NULL && source->next != NULL && label != NULL, NULL);

  merge_init (&job.merge, source);
  if (run (self, &job, cancellable, error))
    result = g_steal_pointer (&job.merge.result);
  else
    annals_notebook_bulk (self, take_back_in_writer, &job, NULL, NULL);   /* keep the first error */

  if (result != NULL && progress != NULL)
    progress (1, user_data);
  g_clear_pointer (&job.waiting, annals_entry_free);
  merge_clear (&job.merge);

  return result;
}
