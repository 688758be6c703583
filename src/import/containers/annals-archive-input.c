/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-archive-input.h"

#include <string.h>

/* Small, because what it unpacks to is looked at between two of them. */
#define BLOCK_SIZE (16 * 1024)

struct _AnnalsArchiveInput
{
  AnnalsImportInput *input;         /* borrowed */
  AnnalsByteSource  *gzip;          /* NULL when it is none */
  guint8             block[BLOCK_SIZE];
  gsize              length;
  gsize              at;            /* what stands behind was not given yet */
  gint64             block_start;   /* where the block stands in the file */
  gint64             begin;
};

AnnalsArchiveInput *
annals_archive_input_new (AnnalsImportInput *input)
{
  AnnalsArchiveInput *self;

  g_return_val_if_fail (input != NULL, NULL);

  self = g_new0 (AnnalsArchiveInput, 1);
  self->input = input;
  self->gzip = annals_byte_source_new (input);
  if (!annals_byte_source_is_gzip (self->gzip))
    g_clear_pointer (&self->gzip, annals_byte_source_free);

  return self;
}

void
annals_archive_input_free (AnnalsArchiveInput *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->gzip, annals_byte_source_free);
  g_free (self);
}

gssize
annals_archive_input_read (AnnalsArchiveInput  *self,
                           const void         **block,
                           GCancellable        *cancellable,
                           GError             **error)
{
  gssize n;

  g_return_val_if_fail (self != NULL && block != NULL, -1);

  if (self->gzip != NULL)
    {
      const guint8 *bytes = NULL;

      n = annals_byte_source_peek (self->gzip, BLOCK_SIZE, &bytes, cancellable, error);
      if (n > 0)
        annals_byte_source_take (self->gzip, (gsize) n);
      *block = bytes;

      return n;
    }

  if (self->at == self->length)
    {
      self->block_start = annals_import_input_get_offset (self->input);
      self->at = self->length = 0;
      n = annals_import_input_read (self->input, self->block, sizeof self->block, cancellable, error);
      if (n <= 0)
        return n;
      self->length = (gsize) n;
    }

  *block = self->block + self->at;
  n = (gssize) (self->length - self->at);
  self->at = self->length;

  return n;
}

gboolean
annals_archive_input_find_zip (AnnalsArchiveInput  *self,
                               gint64               used,
                               GCancellable        *cancellable,
                               GError             **error)
{
  static const guint8 signature[] = { 'P', 'K', 3, 4 };
  gint64 position;

  g_return_val_if_fail (self != NULL && self->gzip == NULL, FALSE);

  position = CLAMP (self->begin + used, self->block_start, self->block_start + (gint64) self->length);
  self->at = (gsize) (position - self->block_start);

  for (;;)
    {
      gssize n;

      for (; self->at + sizeof signature <= self->length; self->at++)
        {
          if (memcmp (self->block + self->at, signature, sizeof signature) == 0)
            return TRUE;
        }

      /* the signature may stand across the end */
      self->block_start += (gint64) self->at;
      self->length -= self->at;
      memmove (self->block, self->block + self->at, self->length);
      self->at = 0;
      n = annals_import_input_read (self->input, self->block + self->length, sizeof self->block - self->length,
                                    cancellable, error);
      if (n <= 0)
        {
          self->at = self->length;
          return FALSE;
        }
      self->length += (gsize) n;
    }
}

void
annals_archive_input_begin (AnnalsArchiveInput *self)
{
  self->begin = self->block_start + (gint64) self->at;
}

gint64
annals_archive_input_get_position (AnnalsArchiveInput *self,
                                   gint64              used)
{
  return self->gzip != NULL ? annals_byte_source_get_position (self->gzip) : self->begin + MAX (used, 0);
}

AnnalsByteSource *
annals_archive_input_get_gzip (AnnalsArchiveInput *self)
{
  return self->gzip;
}
