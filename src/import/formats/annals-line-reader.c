/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-line-reader.h"

#include "annals-limits.h"

#include <string.h>

#define CHUNK (64 * 1024)

struct _AnnalsLineReader
{
  AnnalsImportInput *input;
  AnnalsDecoder     *decoder;
  GByteArray        *buffer;
  GString           *text;      /* of the line that is decoded */
  gsize              start;     /* of what has not been given out, in buffer */
  gsize              scanned;   /* up to here there is no end of line, in buffer */
  gint64             offset;    /* of start, in the file */
  guint              number;
  gboolean           at_end;
  gboolean           inside;    /* the next piece continues a line */
  guint              first_repaired;
};

/* The character of @unit bytes at @at when it is ASCII, else -1. */
static int
ascii_at (AnnalsLineReader *self,
          gsize             at,
          guint             unit)
{
  const guint8 *bytes = self->buffer->data + at;

  if (unit == 1)
    return bytes[0];

  if (annals_decoder_is_big_endian (self->decoder))
    return bytes[0] == 0 ? bytes[1] : -1;

  return bytes[1] == 0 ? bytes[0] : -1;
}

static gboolean
read_more (AnnalsLineReader  *self,
           GCancellable      *cancellable,
           GError           **error)
{
  gsize kept = self->buffer->len - self->start;
  gssize n;

  if (self->start > 0)
    {
      memmove (self->buffer->data, self->buffer->data + self->start, kept);
      self->scanned -= self->start;
      self->start = 0;
    }

  g_byte_array_set_size (self->buffer, (guint) (kept + CHUNK));
  n = annals_import_input_read (self->input, self->buffer->data + kept, CHUNK, cancellable, error);
  g_byte_array_set_size (self->buffer, (guint) (kept + (gsize) MAX (n, 0)));

  if (n == 0)
    self->at_end = TRUE;

  return n >= 0;
}

static gboolean
is_blank (const char *text,
          gsize       n_bytes)
{
  for (const char *at = text; at < text + n_bytes; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character) &&
          character != 0xfeff && character != 0x200b && character != 0x00ad)
        return FALSE;
    }

  return TRUE;
}

/* Gives out the buffer's next @length bytes, of which @end_length are the end of the line. */
static AnnalsLine *
take_line (AnnalsLineReader *self,
           gsize             length,
           gsize             end_length)
{
  AnnalsLine *line;
  GString *text = self->text;
  guint64 n_repaired = annals_decoder_get_n_repaired (self->decoder);
  gsize skip = self->offset == 0 ? annals_decoder_get_bom_length (self->decoder) : 0;

  g_string_truncate (text, 0);
  annals_decoder_push (self->decoder, self->buffer->data + self->start + skip,
                       length - end_length - skip, TRUE, text);

  /* the text stands behind the line, in one piece of memory */
  line = g_malloc (sizeof *line + text->len + 1);
  line->text = (char *) (line + 1);
  line->n_bytes = text->len;
  memcpy (line->text, text->str, text->len + 1);

  line->continues = self->inside;
  if (!self->inside)
    self->number++;

  line->offset = self->offset;
  line->length = (gint64) length;
  line->number = self->number;
  line->blank = is_blank (line->text, line->n_bytes);

  if (self->first_repaired == 0 && annals_decoder_get_n_repaired (self->decoder) > n_repaired)
    self->first_repaired = line->number;

  self->start += length;
  self->scanned = self->start;
  self->offset += (gint64) length;
  self->inside = end_length == 0 && !(self->at_end && self->start == self->buffer->len);

  return line;
}

/* In the usual encodings the end of a line is found at memory's speed. */
static void
skip_to_end (AnnalsLineReader *self,
             guint             unit)
{
  gsize limit = self->start + ANNALS_LIMIT_LINE;
  const guint8 *from;
  const guint8 *end;
  gsize length;

  if (unit != 1 || self->scanned >= self->buffer->len || self->scanned >= limit)
    return;

  from = self->buffer->data + self->scanned;
  length = MIN (self->buffer->len, limit) - self->scanned;
  end = memchr (from, '\n', length);
  if (end)
    length = (gsize) (end - from);
  end = memchr (from, '\r', length);
  if (end)
    length = (gsize) (end - from);

  self->scanned += length;
}

/* Where a line too long for one piece may be cut: between two characters of UTF-8 or UTF-16. */
static gsize
cut_point (AnnalsLineReader *self,
           guint             unit)
{
  gsize cut = ANNALS_LIMIT_LINE;
  const guint8 *bytes = self->buffer->data + self->start;

  if (unit == 2)
    {
      guint high = bytes[annals_decoder_is_big_endian (self->decoder) ? cut - 2 : cut - 1];

      return (high & 0xfc) == 0xd8 ? cut - 2 : cut;
    }

  for (guint i = 0; i < 3 && (bytes[cut] & 0xc0) == 0x80; i++)
    cut--;

  return cut;
}

AnnalsLineReader *
annals_line_reader_new (AnnalsImportInput *input,
                        AnnalsDecoder     *decoder)
{
  AnnalsLineReader *self = g_new0 (AnnalsLineReader, 1);

  self->input = input;
  self->decoder = decoder;
  self->buffer = g_byte_array_new ();
  self->text = g_string_new (NULL);

  return self;
}

void
annals_line_reader_free (AnnalsLineReader *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->buffer);
  g_string_free (self->text, TRUE);
  g_free (self);
}

gboolean
annals_line_reader_next (AnnalsLineReader  *self,
                         AnnalsLine       **line,
                         GCancellable      *cancellable,
                         GError           **error)
{
  guint unit = annals_decoder_get_unit (self->decoder);

  *line = NULL;

  while (TRUE)
    {
      skip_to_end (self, unit);

      /* a CR needs the character after it to be told from a CR LF */
      while (self->scanned + unit <= self->buffer->len)
        {
          int character = ascii_at (self, self->scanned, unit);
          gsize length = self->scanned + unit - self->start;

          if (character == '\r' && self->scanned + 2 * unit > self->buffer->len && !self->at_end)
            break;

          if (character == '\r' && self->scanned + 2 * unit <= self->buffer->len &&
              ascii_at (self, self->scanned + unit, unit) == '\n')
            {
              *line = take_line (self, length + unit, 2 * unit);
              return TRUE;
            }

          if (character == '\n' || character == '\r')
            {
              *line = take_line (self, length, unit);
              return TRUE;
            }

          self->scanned += unit;
          if (self->scanned - self->start >= ANNALS_LIMIT_LINE + 2 * unit)
            {
              *line = take_line (self, cut_point (self, unit), 0);
              return TRUE;
            }
        }

      if (self->at_end)
        {
          if (self->start < self->buffer->len)
            *line = take_line (self, self->buffer->len - self->start, 0);
          return TRUE;
        }

      if (!read_more (self, cancellable, error))
        return FALSE;
    }
}

guint
annals_line_reader_get_first_repaired (AnnalsLineReader *self)
{
  return self->first_repaired;
}

void
annals_line_free (AnnalsLine *self)
{
  if (self == NULL)
    return;

  g_free (self);
}
