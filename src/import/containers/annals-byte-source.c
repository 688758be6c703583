/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-byte-source.h"

#include "annals-limits.h"

#include <string.h>
#include <zlib.h>

#define BUFFER_SIZE (2 * ANNALS_BYTE_SOURCE_MAX)
#define RAW_SIZE (16 * 1024)
#define GZIP_WINDOW (15 + 16)
#define MAX_NAME 512

struct _AnnalsByteSource
{
  AnnalsImportInput *input;      /* borrowed */
  gboolean           is_gzip;
  AnnalsBytesState   state;
  gboolean           at_end;     /* of the file */
  gboolean           searching;  /* for the next gzip */
  z_stream           stream;
  gz_header          header;
  Bytef              name[MAX_NAME];
  gboolean           in_member;
  gint64             unpacked;
  guint8             raw[RAW_SIZE];
  gsize              raw_at;
  gsize              raw_length;
  guint8             buffer[BUFFER_SIZE];
  gsize              at;
  gsize              length;
};

AnnalsByteSource *
annals_byte_source_new (AnnalsImportInput *input)
{
  AnnalsByteSource *self;
  const guint8 *head;
  gsize length;

  g_return_val_if_fail (input != NULL, NULL);

  self = g_new0 (AnnalsByteSource, 1);
  self->input = input;
  head = annals_import_input_get_head (input, &length);
  self->is_gzip = length >= 3 && memcmp (head, "\x1f\x8b\x08", 3) == 0;

  return self;
}

static void
end_member (AnnalsByteSource *self)
{
  if (self->in_member)
    inflateEnd (&self->stream);
  self->in_member = FALSE;
}

void
annals_byte_source_free (AnnalsByteSource *self)
{
  if (self == NULL)
    return;

  end_member (self);
  g_free (self);
}

/* Returns FALSE with @error set; at the end of the file raw_length is raw_at. */
static gboolean
read_raw (AnnalsByteSource  *self,
          GCancellable      *cancellable,
          GError           **error)
{
  gsize left = self->raw_length - self->raw_at;
  gssize n;

  memmove (self->raw, self->raw + self->raw_at, left);
  self->raw_at = 0;
  self->raw_length = left;
  n = annals_import_input_read (self->input, self->raw + left, sizeof self->raw - left, cancellable, error);
  if (n < 0)
    return FALSE;

  self->raw_length += (gsize) n;
  self->at_end = n == 0;

  return TRUE;
}

/* Stands at the next gzip, or at the end. Zeros between are passed over; anything else is damage, unless what
 * follows damage is looked for already. */
static gboolean
find_member (AnnalsByteSource  *self,
             GCancellable      *cancellable,
             GError           **error)
{
  for (;;)
    {
      const guint8 *raw = self->raw + self->raw_at;
      gsize n = self->raw_length - self->raw_at;

      if (n < 3 && !self->at_end)
        {
          if (!read_raw (self, cancellable, error))
            return FALSE;
          continue;
        }

      if (n >= 3 && memcmp (raw, "\x1f\x8b\x08", 3) == 0)
        break;

      if (n == 0)
        return TRUE;

      if (*raw != 0 && !self->searching)
        {
          self->state = ANNALS_BYTES_DAMAGED;
          return TRUE;
        }

      self->raw_at++;
    }

  self->searching = FALSE;
  memset (&self->stream, 0, sizeof self->stream);
  memset (&self->header, 0, sizeof self->header);
  memset (self->name, 0, sizeof self->name);
  self->header.name = self->name;
  self->header.name_max = sizeof self->name - 1;
  self->in_member = inflateInit2 (&self->stream, GZIP_WINDOW) == Z_OK &&
                    inflateGetHeader (&self->stream, &self->header) == Z_OK;
  if (!self->in_member)
    {
      self->raw_at++;
      self->state = ANNALS_BYTES_DAMAGED;
    }

  return TRUE;
}

static gboolean
inflate_some (AnnalsByteSource  *self,
              GCancellable      *cancellable,
              GError           **error)
{
  int result;

  if (self->raw_at == self->raw_length && !read_raw (self, cancellable, error))
    return FALSE;

  self->stream.next_in = self->raw + self->raw_at;
  self->stream.avail_in = (uInt) (self->raw_length - self->raw_at);
  self->stream.next_out = self->buffer + self->length;
  self->stream.avail_out = (uInt) (sizeof self->buffer - self->length);
  result = inflate (&self->stream, Z_NO_FLUSH);

  self->raw_at = self->raw_length - self->stream.avail_in;
  self->unpacked += (gint64) (sizeof self->buffer - self->length - self->stream.avail_out);
  self->length = sizeof self->buffer - self->stream.avail_out;

  if (result == Z_STREAM_END)
    {
      end_member (self);
    }
  else if (result != Z_OK && result != Z_BUF_ERROR)
    {
      self->state = ANNALS_BYTES_DAMAGED;
      end_member (self);
    }
  else if (self->at_end && self->raw_at == self->raw_length && self->stream.avail_out > 0)
    {
      self->state = ANNALS_BYTES_CUT;
      end_member (self);
    }

  if (self->unpacked > ANNALS_LIMIT_UNPACKED_FREE &&
      self->unpacked / ANNALS_LIMIT_UNPACKED_RATIO > annals_import_input_get_offset (self->input))
    self->state = ANNALS_BYTES_BOMB;

  return TRUE;
}

static gboolean
fill (AnnalsByteSource  *self,
      GCancellable      *cancellable,
      GError           **error)
{
  gssize n;

  if (self->is_gzip && self->in_member)
    return inflate_some (self, cancellable, error);

  if (self->is_gzip)
    return find_member (self, cancellable, error);

  n = annals_import_input_read (self->input, self->buffer + self->length, sizeof self->buffer - self->length,
                                cancellable, error);
  if (n < 0)
    return FALSE;

  self->length += (gsize) n;
  self->at_end = n == 0;

  return TRUE;
}

static gboolean
is_exhausted (AnnalsByteSource *self)
{
  return self->state != ANNALS_BYTES_OK ||
         (self->at_end && !self->in_member && self->raw_at == self->raw_length);
}

gssize
annals_byte_source_peek (AnnalsByteSource  *self,
                         gsize              n,
                         const guint8     **bytes,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_return_val_if_fail (self != NULL && n <= ANNALS_BYTE_SOURCE_MAX, -1);

  while (self->length - self->at < n && !is_exhausted (self))
    {
      if (self->at > 0)
        {
          self->length -= self->at;
          memmove (self->buffer, self->buffer + self->at, self->length);
          self->at = 0;
        }

      if (!fill (self, cancellable, error))
        return -1;
    }

  *bytes = self->buffer + self->at;

  return (gssize) MIN (n, self->length - self->at);
}

void
annals_byte_source_take (AnnalsByteSource *self,
                         gsize             n)
{
  g_return_if_fail (self != NULL && n <= self->length - self->at);

  self->at += n;
}

char *
annals_byte_source_dup_line (AnnalsByteSource  *self,
                             gboolean          *complete,
                             GCancellable      *cancellable,
                             GError           **error)
{
  const guint8 *bytes;
  const guint8 *end = NULL;
  gssize n = 0;
  char *line;

  /* most lines are short */
  for (gsize wanted = 256; end == NULL; wanted = ANNALS_BYTE_SOURCE_MAX)
    {
      n = annals_byte_source_peek (self, wanted, &bytes, cancellable, error);
      if (n <= 0)
        return NULL;

      end = memchr (bytes, '\n', (gsize) n);
      if ((gsize) n < wanted || wanted == ANNALS_BYTE_SOURCE_MAX)
        break;
    }

  if (complete != NULL)
    *complete = end != NULL;
  if (end != NULL)
    n = end - bytes;

  line = g_strndup ((const char *) bytes, (gsize) (n > 0 && bytes[n - 1] == '\r' ? n - 1 : n));
  annals_byte_source_take (self, (gsize) n + (end != NULL ? 1 : 0));

  return line;
}

gboolean
annals_byte_source_is_gzip (AnnalsByteSource *self)
{
  return self->is_gzip;
}

const char *
annals_byte_source_get_name (AnnalsByteSource *self)
{
  return (const char *) self->name;
}

AnnalsBytesState
annals_byte_source_get_state (AnnalsByteSource *self)
{
  return self->length == self->at ? self->state : ANNALS_BYTES_OK;
}

void
annals_byte_source_resume (AnnalsByteSource *self)
{
  g_return_if_fail (self != NULL);

  if (self->state != ANNALS_BYTES_DAMAGED)
    return;

  end_member (self);
  self->state = ANNALS_BYTES_OK;
  self->searching = TRUE;
}

gint64
annals_byte_source_get_position (AnnalsByteSource *self)
{
  gint64 unread = (gint64) (self->is_gzip ? self->raw_length - self->raw_at : self->length - self->at);

  return annals_import_input_get_offset (self->input) - unread;
}
