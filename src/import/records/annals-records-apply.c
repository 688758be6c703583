/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-apply-private.h"

#include <glib/gi18n-lib.h>

#include "annals-foreign-records.h"
#include "annals-memos.h"

/* So long places are looked for before others get the reader */
#define PIECE_MICROSECONDS (100 * 1000)

static void
file_free (gpointer data)
{
  AnnalsRecordsFile *self = data;

  annals_records_unref (self->records);
  g_array_unref (self->tag_ids);
  g_hash_table_unref (self->ends);
  g_array_unref (self->places);
  g_free (self);
}

static AnnalsRecordsFile *
file_new (AnnalsRecords *records)
{
  AnnalsRecordsFile *self = g_new0 (AnnalsRecordsFile, 1);

  self->records = annals_records_ref (records);
  self->tag_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->places = g_array_sized_new (FALSE, FALSE, sizeof (AnnalsPlace), records->notes->len);

  return self;
}

AnnalsRecordsApply *
annals_records_apply_new (GPtrArray             *files,
                          AnnalsRecordsProgress  progress,
                          gpointer               user_data)
{
  AnnalsRecordsApply *self;

  g_return_val_if_fail (files != NULL, NULL);

  self = g_new0 (AnnalsRecordsApply, 1);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->placer = annals_placer_new (files);
  self->progress = progress;
  self->user_data = user_data;
  for (guint i = 0; i < files->len; i++)
    {
      AnnalsRecords *records = files->pdata[i];

      g_ptr_array_add (self->files, file_new (records));
      self->n_all += records->notes->len + annals_records_count (records);
    }

  return self;
}

void
annals_records_apply_free (AnnalsRecordsApply *self)
{
  if (self == NULL)
    return;

  annals_placer_free (self->placer);
  g_ptr_array_unref (self->files);
  g_free (self);
}

gboolean
annals_records_apply_step (AnnalsRecordsApply  *self,
                           GCancellable        *cancellable,
                           GError             **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  self->n_done++;
  if (self->progress != NULL && self->n_done % 16 == 0)
    self->progress ((double) self->n_done / MAX (self->n_all, self->n_done), self->user_data);

  return TRUE;
}

/* --- places --- */

static gboolean
place_notes (AnnalsRecordsApply  *self,
             AnnalsRecordsFile   *file,
             gint64               deadline,
             GCancellable        *cancellable,
             GError             **error)
{
  GPtrArray *notes = file->records->notes;

  while (file->places->len < notes->len && g_get_monotonic_time () < deadline)
    {
      AnnalsPlace place;

      if (!annals_records_apply_step (self, cancellable, error) ||
          !annals_placer_find_note (self->placer, file->records, notes->pdata[file->places->len], &place, error))
        return FALSE;
      g_array_append_val (file->places, place);
    }

  return TRUE;
}

gboolean
annals_records_apply_place_cb (AnnalsDb      *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error)
{
  AnnalsRecordsApply *self = data;
  gint64 deadline;

  annals_placer_use (self->placer, db);
  if (!self->knows_texts && !annals_placer_find_texts (self->placer, error))
    return FALSE;

  self->knows_texts = TRUE;
  deadline = g_get_monotonic_time () + PIECE_MICROSECONDS;
  while (!annals_records_apply_is_placed (self) && g_get_monotonic_time () < deadline)
    {
      AnnalsRecordsFile *file = self->files->pdata[self->n_placed];

      if (!place_notes (self, file, deadline, cancellable, error))
        return FALSE;
      self->n_placed += file->places->len == file->records->notes->len;
    }

  return TRUE;
}

gboolean
annals_records_apply_is_placed (AnnalsRecordsApply *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_placed == self->files->len;
}

void
annals_records_apply_set_has_posts (AnnalsRecordsApply *self,
                                    gboolean            has_posts)
{
  g_return_if_fail (self != NULL);

  self->has_posts = has_posts;
}

/* --- what becomes of a record --- */

gboolean
annals_records_apply_skip (AnnalsRecordsFile  *file,
                           const char         *place,
                           const char         *excerpt,
                           GError             *failure,
                           GError            **error)
{
  if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID) &&
      !g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  annals_records_take_skipped (file->records, ANNALS_ISSUE_OTHER, place, g_strdup (failure->message), excerpt);
  g_error_free (failure);
  return TRUE;
}

void
annals_records_apply_add_end (AnnalsRecordsFile *file,
                              const char        *uid,
                              AnnalsRecord       kind,
                              gint64             id)
{
  AnnalsRecordsEnd *end;

  if (uid == NULL)
    return;

  end = g_new (AnnalsRecordsEnd, 1);
  end->kind = kind;
  end->id = id;
  g_hash_table_replace (file->ends, g_strdup (uid), end);
}

/* --- sources and tags --- */

/* Sources of an import that was interrupted became posts before that. */
static gboolean
take_sources (AnnalsRecordsApply  *self,
              AnnalsRecordsFile   *file,
              GCancellable        *cancellable,
              GError             **error)
{
  for (guint i = 0; i < file->records->sources->len; i++)
    {
      AnnalsRecordSource *source = file->records->sources->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          (source->post_id == 0 && !annals_placer_find_source (self->placer, source, &source->post_id, error)))
        return FALSE;
      if (source->post_id != 0)
        annals_records_apply_add_end (file, source->uid, ANNALS_RECORD_POST, source->post_id);
    }

  return TRUE;
}

static gboolean
take_codes (AnnalsRecordsFile  *file,
            AnnalsDb           *db,
            GError            **error)
{
  AnnalsCodebook *codebook = file->records->codebook;

  if (codebook == NULL || codebook->codes->len == 0)
    return TRUE;

  if (!annals_db_import_codebook (db, codebook, file->tag_ids, error))
    return FALSE;

  annals_records_take_remarks (file->records);
  return TRUE;
}

/* The posts of each code, parallel to those (element type GArray of gint64). */
static GPtrArray *
list_posts_of_codes (AnnalsRecordsFile *file)
{
  GPtrArray *posts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < file->tag_ids->len; i++)
    g_ptr_array_add (posts, g_array_new (FALSE, FALSE, sizeof (gint64)));

  for (guint i = 0; i < file->records->sources->len; i++)
    {
      const AnnalsRecordSource *source = file->records->sources->pdata[i];

      for (guint j = 0; source->post_id != 0 && j < source->codes->len; j++)
        {
          GArray *ids = posts->pdata[g_array_index (source->codes, guint, j)];

          g_array_append_val (ids, source->post_id);
        }
    }

  return posts;
}

static gboolean
tag_sources (AnnalsRecordsFile  *file,
             AnnalsDb           *db,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr(GPtrArray) posts = list_posts_of_codes (file);

  for (guint i = 0; i < posts->len; i++)
    {
      const GArray *ids = posts->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          (ids->len > 0 && !annals_db_tag_posts (db, g_array_index (file->tag_ids, gint64, i),
                                                 (const gint64 *) (gpointer) ids->data, ids->len, error)))
        return FALSE;
    }

  return TRUE;
}

/* --- memos and links --- */

static gboolean
update_memo (AnnalsRecordsApply      *self,
             AnnalsRecordsFile       *file,
             AnnalsDb                *db,
             const AnnalsRecordMemo  *memo,
             gint64                   id,
             GError                 **error)
{
  g_autoptr(AnnalsMemo) here = annals_db_load_memo (db, id, error);
  const AnnalsOrigin origin = { .modified = memo->modified };
  g_autoptr(GError) failure = NULL;

  if (here == NULL)
    return FALSE;

  if (memo->modified <= here->modified ||
      (g_str_equal (memo->title, here->title) && g_str_equal (memo->text, here->text)))
    {
      self->mark.n_unchanged++;
      return TRUE;
    }

  if (!annals_db_set_memo (db, id, memo->title, memo->text, &failure))
    return annals_records_apply_skip (file, memo->place, memo->title, g_steal_pointer (&failure), error);

  self->mark.n_updated++;
  return annals_db_set_origin (db, ANNALS_RECORD_MEMO, id, &origin, error);
}

static gboolean
take_memo (AnnalsRecordsApply      *self,
           AnnalsRecordsFile       *file,
           AnnalsDb                *db,
           const AnnalsRecordMemo  *memo,
           GError                 **error)
{
  const AnnalsOrigin origin = { memo->uid, memo->author != NULL ? memo->author : "", memo->created, memo->modified };
  g_autoptr(GError) failure = NULL;
  gint64 id = 0;

  if (memo->uid != NULL && !annals_db_find_uid (db, ANNALS_RECORD_MEMO, memo->uid, &id, error))
    return FALSE;
  if (id != 0)
    return update_memo (self, file, db, memo, id, error);

  if (!annals_db_add_memo (db, memo->title, memo->text, &id, &failure))
    return annals_records_apply_skip (file, memo->place, memo->title, g_steal_pointer (&failure), error);

  self->mark.n_new++;
  return annals_db_set_origin (db, ANNALS_RECORD_MEMO, id, &origin, error);
}

/* One that is here by its uid, or says the same of the two, whoever made it, stays as it is. */
static gboolean
find_link (AnnalsDb                *db,
           const AnnalsRecordLink  *link,
           const AnnalsRecordsEnd  *from,
           const AnnalsRecordsEnd  *to,
           gint64                  *id,
           GError                 **error)
{
  *id = 0;

  return (link->uid == NULL || annals_db_find_uid (db, ANNALS_RECORD_LINK, link->uid, id, error)) &&
         (*id != 0 || from == NULL || to == NULL ||
          annals_db_find_link (db, from->kind, from->id, link->relation, to->kind, to->id, id, error));
}

static gboolean
take_link (AnnalsRecordsApply      *self,
           AnnalsRecordsFile       *file,
           AnnalsDb                *db,
           const AnnalsRecordLink  *link,
           GError                 **error)
{
  const AnnalsRecordsEnd *from = g_hash_table_lookup (file->ends, link->from);
  const AnnalsRecordsEnd *to = g_hash_table_lookup (file->ends, link->to);
  const AnnalsOrigin origin = { .uid = link->uid };
  g_autoptr(GError) failure = NULL;
  gint64 id;

  if (!find_link (db, link, from, to, &id, error))
    return FALSE;
  if (id != 0)
    {
      self->mark.n_unchanged++;
      return TRUE;
    }

  if (from == NULL || to == NULL)
    {
      annals_records_take_skipped (file->records, ANNALS_ISSUE_REMAINDER, link->place,
                                   g_strdup (_("One end of the link is not in the notebook")), link->note);
      return TRUE;
    }

  if (!annals_db_add_link (db, from->kind, from->id, link->relation, to->kind, to->id, link->note, &id, &failure))
    return annals_records_apply_skip (file, link->place, link->note, g_steal_pointer (&failure), error);

  self->mark.n_new++;
  return link->uid == NULL || annals_db_set_origin (db, ANNALS_RECORD_LINK, id, &origin, error);
}

/* --- all of it --- */

static gboolean
write_file (AnnalsRecordsApply  *self,
            AnnalsRecordsFile   *file,
            AnnalsDb            *db,
            GCancellable        *cancellable,
            GError             **error)
{
  AnnalsRecords *records = file->records;

  if (!take_sources (self, file, cancellable, error) || !take_codes (file, db, error) ||
      !tag_sources (file, db, cancellable, error))
    return FALSE;

  for (guint i = 0; i < records->notes->len; i++)
    if (!annals_records_apply_step (self, cancellable, error) || !annals_records_apply_note (self, file, db, i, error))
      return FALSE;
  for (guint i = 0; i < records->memos->len; i++)
    if (!annals_records_apply_step (self, cancellable, error) || !take_memo (self, file, db, records->memos->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < records->links->len; i++)
    if (!annals_records_apply_step (self, cancellable, error) || !take_link (self, file, db, records->links->pdata[i], error))
      return FALSE;

  return annals_records_apply_timeline (self, file, db, cancellable, error);
}

gboolean
annals_records_apply_write_cb (AnnalsDb      *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error)
{
  AnnalsRecordsApply *self = data;

  annals_placer_use (self->placer, db);
  /* texts of posts that came along can be found by now */
  if (self->has_posts && !annals_placer_find_texts (self->placer, error))
    return FALSE;

  for (guint i = 0; i < self->files->len; i++)
    if (!write_file (self, self->files->pdata[i], db, cancellable, error))
      return FALSE;

  return TRUE;
}

gboolean
annals_records_apply_account (AnnalsRecordsApply  *self,
                              AnnalsDb            *db,
                              gint64               import_id,
                              AnnalsImportMark    *mark,
                              GError             **error)
{
  g_return_val_if_fail (self != NULL && mark != NULL, FALSE);

  mark->n_new += self->mark.n_new;
  mark->n_updated += self->mark.n_updated;
  mark->n_unchanged += self->mark.n_unchanged;
  for (guint i = 0; i < self->files->len; i++)
    {
      AnnalsRecords *records = ((AnnalsRecordsFile *) self->files->pdata[i])->records;

      mark->n_skipped += records->n_skipped;
      for (guint j = 0; j < records->issues->len; j++)
        if (!annals_db_add_issue (db, import_id, records->issues->pdata[j], error))
          return FALSE;
    }
  mark->n_read = mark->n_new + mark->n_updated + mark->n_unchanged + mark->n_skipped;

  return TRUE;
}
