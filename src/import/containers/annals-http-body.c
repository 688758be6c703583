/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-http-body.h"

#include "annals-limits.h"

#include <string.h>
#include <zlib.h>

#define RAW_SIZE (16 * 1024)

typedef enum
{
  ENCODING_NONE,
  ENCODING_GZIP,
  ENCODING_DEFLATE,
  ENCODING_UNKNOWN,
} Encoding;

struct _AnnalsHttpBody
{
  AnnalsInputRead read;
  gpointer        data;
  guint8          raw[RAW_SIZE];     /* as sent */
  gsize           raw_at;
  gsize           raw_length;
  gboolean        raw_end;
  gboolean        chunked;
  gboolean        first_chunk;
  gint64          chunk_left;
  gboolean        chunks_end;
  guint8          plain[RAW_SIZE];   /* without chunks */
  gsize           plain_at;
  gsize           plain_length;
  gboolean        plain_end;
  gboolean        begun;
  Encoding        encoding;
  char           *encoding_name;
  z_stream        stream;
  gboolean        inflating;
  gboolean        at_end;
  gboolean        damaged;
};

AnnalsHttpBody *
annals_http_body_new (AnnalsInputRead  read,
                      gpointer         data,
                      gboolean         chunked,
                      const char      *encoding)
{
  AnnalsHttpBody *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (read != NULL, NULL);

  self = g_new0 (AnnalsHttpBody, 1);
  self->read = read;
  self->data = data;
  self->chunked = chunked;
  self->first_chunk = TRUE;

  name = g_strstrip (g_ascii_strdown (encoding != NULL ? encoding : "", -1));
  if (strcmp (name, "gzip") == 0 || strcmp (name, "x-gzip") == 0)
    self->encoding = ENCODING_GZIP;
  else if (strcmp (name, "deflate") == 0)
    self->encoding = ENCODING_DEFLATE;
  else if (*name != '\0' && strcmp (name, "identity") != 0 && strcmp (name, "none") != 0)
    self->encoding = ENCODING_UNKNOWN;

  self->encoding_name = g_utf8_make_valid (name, -1);

  return self;
}

void
annals_http_body_free (AnnalsHttpBody *self)
{
  if (self == NULL)
    return;

  if (self->inflating)
    inflateEnd (&self->stream);
  g_free (self->encoding_name);
  g_free (self);
}

/* --- as it was sent --- */

/* Makes at least @n bytes available in raw, fewer only at the end. */
static gboolean
fill_raw (AnnalsHttpBody  *self,
          gsize            n,
          GCancellable    *cancellable,
          GError         **error)
{
  while (self->raw_length - self->raw_at < n && !self->raw_end)
    {
      gssize read;

      self->raw_length -= self->raw_at;
      memmove (self->raw, self->raw + self->raw_at, self->raw_length);
      self->raw_at = 0;

      read = self->read (self->data, self->raw + self->raw_length, sizeof self->raw - self->raw_length, cancellable,
                         error);
      if (read < 0)
        return FALSE;

      self->raw_length += (gsize) read;
      self->raw_end = read == 0;
    }

  return TRUE;
}

/* --- without chunks --- */

/* The line before a chunk: "1c37", perhaps with ";name=value". Returns its length with the line end, 0 when it
 * is none. */
static gsize
parse_chunk_line (const guint8 *bytes,
                  gsize         length,
                  gint64       *size)
{
  const guint8 *end = memchr (bytes, '\n', MIN (length, ANNALS_LIMIT_CHUNK_LINE));
  gsize at = 0;

  *size = 0;
  while (at < length && g_ascii_isxdigit (bytes[at]) && *size < ANNALS_LIMIT_CHUNK)
    *size = *size * 16 + g_ascii_xdigit_value ((char) bytes[at++]);

  if (end == NULL || at == 0 || *size >= ANNALS_LIMIT_CHUNK)
    return 0;

  while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')
    at++;

  return bytes[at] == '\n' || bytes[at] == ';' ? (gsize) (end - bytes) + 1 : 0;
}

/* Goes to the next chunk. Where there is none, the rest is taken as it stands. */
static gboolean
next_chunk (AnnalsHttpBody  *self,
            GCancellable    *cancellable,
            GError         **error)
{
  gsize line;

  if (!fill_raw (self, ANNALS_LIMIT_CHUNK_LINE, cancellable, error))
    return FALSE;

  /* the line end after a chunk */
  if (!self->first_chunk && self->raw_at < self->raw_length && self->raw[self->raw_at] == '\r')
    self->raw_at++;
  if (!self->first_chunk && self->raw_at < self->raw_length && self->raw[self->raw_at] == '\n')
    self->raw_at++;
  self->first_chunk = FALSE;

  line = parse_chunk_line (self->raw + self->raw_at, self->raw_length - self->raw_at, &self->chunk_left);
  if (line == 0)
    {
      self->chunked = FALSE;
      return TRUE;
    }

  self->raw_at += line;
  self->chunks_end = self->chunk_left == 0;

  return TRUE;
}

/* Returns the number of bytes, 0 at the end, -1. */
static gssize
read_plain (AnnalsHttpBody  *self,
            guint8          *buffer,
            gsize            count,
            GCancellable    *cancellable,
            GError         **error)
{
  gsize n;

  if (self->chunked && self->chunk_left == 0 && !self->chunks_end && !next_chunk (self, cancellable, error))
    return -1;

  if (self->chunks_end)
    return 0;

  if (!fill_raw (self, 1, cancellable, error))
    return -1;

  n = MIN (count, self->raw_length - self->raw_at);
  if (self->chunked)
    {
      n = (gsize) MIN ((gint64) n, self->chunk_left);
      self->chunk_left -= (gint64) n;
    }

  memcpy (buffer, self->raw + self->raw_at, n);
  self->raw_at += n;

  return (gssize) n;
}

static gboolean
fill_plain (AnnalsHttpBody  *self,
            gsize            least,
            GCancellable    *cancellable,
            GError         **error)
{
  while (self->plain_length - self->plain_at < least && !self->plain_end)
    {
      gssize n;

      self->plain_length -= self->plain_at;
      memmove (self->plain, self->plain + self->plain_at, self->plain_length);
      self->plain_at = 0;

      n = read_plain (self, self->plain + self->plain_length, sizeof self->plain - self->plain_length, cancellable,
                      error);
      if (n < 0)
        return FALSE;

      self->plain_length += (gsize) n;
      self->plain_end = n == 0;
    }

  return TRUE;
}

/* --- unpacked --- */

static gboolean
looks_plain (const guint8 *bytes,
             gsize         length)
{
  gsize at = 0;

  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < length && g_ascii_isspace (bytes[at]))
    at++;

  return length == 0 || at == length || bytes[at] == '<' || bytes[at] == '{' || bytes[at] == '[';
}

/* What the first bytes are, whatever the header says. */
static gboolean
begin (AnnalsHttpBody  *self,
       GCancellable    *cancellable,
       GError         **error)
{
  const guint8 *bytes;
  gsize length;
  int window = MAX_WBITS + 16;

  if (self->begun)
    return TRUE;

  if (!fill_plain (self, 16, cancellable, error))
    return FALSE;

  self->begun = TRUE;
  bytes = self->plain + self->plain_at;
  length = self->plain_length - self->plain_at;

  if (self->encoding == ENCODING_GZIP && (length < 2 || bytes[0] != 0x1f || bytes[1] != 0x8b))
    self->encoding = ENCODING_NONE;
  if ((self->encoding == ENCODING_DEFLATE || self->encoding == ENCODING_UNKNOWN) && looks_plain (bytes, length))
    self->encoding = ENCODING_NONE;

  /* "deflate" is zlib, but some servers send it bare */
  if (self->encoding == ENCODING_DEFLATE)
    window = length >= 2 && (bytes[0] & 0x0f) == 8 && (bytes[0] * 256 + bytes[1]) % 31 == 0 ? MAX_WBITS : -MAX_WBITS;

  if (self->encoding == ENCODING_GZIP || self->encoding == ENCODING_DEFLATE)
    {
      self->inflating = inflateInit2 (&self->stream, window) == Z_OK;
      self->at_end = self->damaged = !self->inflating;
    }

  return TRUE;
}

static gssize
read_inflated (AnnalsHttpBody  *self,
               guint8          *buffer,
               gsize            count,
               GCancellable    *cancellable,
               GError         **error)
{
  self->stream.next_out = buffer;
  self->stream.avail_out = (uInt) MIN (count, G_MAXINT);

  while (self->stream.avail_out > 0 && !self->at_end)
    {
      gsize available;
      int result;

      if (!fill_plain (self, 1, cancellable, error))
        return -1;

      available = self->plain_length - self->plain_at;
      self->stream.next_in = self->plain + self->plain_at;
      self->stream.avail_in = (uInt) available;
      result = inflate (&self->stream, Z_NO_FLUSH);
      self->plain_at += available - self->stream.avail_in;

      if (result == Z_STREAM_END)
        {
          if (!fill_plain (self, 2, cancellable, error))
            return -1;
          self->at_end = self->plain_length - self->plain_at < 2 || self->plain[self->plain_at] != 0x1f ||
                         self->plain[self->plain_at + 1] != 0x8b || inflateReset (&self->stream) != Z_OK;
        }
      else if ((result != Z_OK && result != Z_BUF_ERROR) ||
               (self->plain_end && self->plain_at == self->plain_length && self->stream.avail_out > 0))
        {
          self->at_end = self->damaged = TRUE;
        }
    }

  return (gssize) (MIN (count, G_MAXINT) - self->stream.avail_out);
}

gssize
annals_http_body_read (AnnalsHttpBody  *self,
                       guint8          *buffer,
                       gsize            count,
                       GCancellable    *cancellable,
                       GError         **error)
{
  gsize n;

  g_return_val_if_fail (self != NULL && buffer != NULL, -1);

  if (!begin (self, cancellable, error))
    return -1;

  if (self->at_end || count == 0)
    return 0;

  if (self->inflating)
    return read_inflated (self, buffer, count, cancellable, error);

  if (!fill_plain (self, 1, cancellable, error))
    return -1;

  n = MIN (count, self->plain_length - self->plain_at);
  memcpy (buffer, self->plain + self->plain_at, n);
  self->plain_at += n;

  return (gssize) n;
}

gboolean
annals_http_body_is_damaged (AnnalsHttpBody *self)
{
  return self->damaged;
}

gboolean
annals_http_body_check (AnnalsHttpBody  *self,
                        const char     **unknown,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL && unknown != NULL, FALSE);

  if (!begin (self, cancellable, error))
    return FALSE;

  *unknown = self->encoding == ENCODING_UNKNOWN ? self->encoding_name : NULL;

  return TRUE;
}
