/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-batch.h"

static void
record_free (gpointer data)
{
  AnnalsImportRecord *record = data;

  annals_run_item_clear (&record->item);
  g_strfreev (record->aliases);
  g_clear_pointer (&record->deflated, g_bytes_unref);
  g_free (record);
}

AnnalsImportBatch *
annals_import_batch_new (void)
{
  AnnalsImportBatch *self = g_new0 (AnnalsImportBatch, 1);

  self->records = g_ptr_array_new_with_free_func (record_free);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_picture_free);

  return self;
}

void
annals_import_batch_free (AnnalsImportBatch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->pictures);
  g_free (self->archive);
  g_free (self->format);
  g_free (self);
}

void
annals_import_batch_take (AnnalsImportBatch *self,
                          AnnalsRunResult    kind,
                          AnnalsRunItem     *item)
{
  AnnalsImportRecord *record = g_new0 (AnnalsImportRecord, 1);
  AnnalsDraft *draft;

  record->kind = kind;
  record->item = *item;
  *item = (AnnalsRunItem) { 0 };
  g_ptr_array_add (self->records, record);

  draft = record->item.draft;
  if (draft == NULL || draft->skipped != NULL)
    return;

  self->n_bytes += annals_text_get_n_bytes (draft->text);
  if (draft->markup != NULL)
    self->n_bytes += g_bytes_get_size (draft->markup);

  for (guint i = 0; draft->pictures != NULL && i < draft->pictures->len; i++)
    {
      AnnalsPicture *picture = g_ptr_array_index (draft->pictures, i);

      self->n_bytes += g_bytes_get_size (picture->bytes);
    }
}

void
annals_import_batch_prepare (AnnalsImportBatch *self)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      AnnalsImportRecord *record = g_ptr_array_index (self->records, i);
      AnnalsDraft *draft = record->item.draft;

      if (draft == NULL || draft->skipped != NULL)
        continue;

      record->aliases = annals_draft_dup_aliases (draft);
      /* computed once and kept by the text */
      annals_text_get_sha256 (draft->text);
      if (draft->markup != NULL)
        record->deflated = annals_deflate_markup (draft->markup);
      g_clear_pointer (&draft->markup, g_bytes_unref);
    }
}

gboolean
annals_import_batch_is_full (AnnalsImportBatch *self)
{
  return self->records->len + self->pictures->len >= ANNALS_BATCH_RECORDS ||
         self->n_bytes >= ANNALS_BATCH_BYTES;
}
