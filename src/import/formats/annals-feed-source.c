/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-source.h"

#include <string.h>

#define CHUNK (32 * 1024)

struct _AnnalsFeedSource
{
  AnnalsImportInput *input;      /* borrowed */
  AnnalsDecoder     *decoder;    /* borrowed */
  gboolean           begun;
  gboolean           input_ended;
  GByteArray        *undecoded;
  GString           *buffer;
  gsize              at;         /* what is next, in buffer */
  guint64            base;       /* of the buffer's beginning, in the decoded file */
  guint64            absent[ANNALS_FEED_N_SOUGHT];   /* none of it stands before here, in the decoded file */
  guint64            present[ANNALS_FEED_N_SOUGHT];  /* nor before here, where one stands */
  guint              line;
};

static const char * const needles[ANNALS_FEED_N_SOUGHT] = {
  "-->", "]]>", "<![CDATA[", "?>", ">", "\"", "'",
};

/* Reads a piece of the input and decodes it. */
static gboolean
refill (AnnalsFeedSource  *self,
        GCancellable     *cancellable,
        GError          **error)
{
  guint kept = self->undecoded->len;
  gsize used;
  gssize n;

  g_string_erase (self->buffer, 0, (gssize) self->at);
  self->base += self->at;
  self->at = 0;

  g_byte_array_set_size (self->undecoded, kept + CHUNK);
  n = annals_import_input_read (self->input, self->undecoded->data + kept, CHUNK, cancellable, error);
  g_byte_array_set_size (self->undecoded, kept + (guint) MAX (n, 0));
  if (n < 0)
    return FALSE;

  if (!self->begun)
    {
      gsize bom = annals_decoder_get_bom_length (self->decoder);

      g_byte_array_remove_range (self->undecoded, 0, (guint) MIN (bom, self->undecoded->len));
      self->begun = TRUE;
    }

  self->input_ended = n == 0;
  used = annals_decoder_push (self->decoder, self->undecoded->data, self->undecoded->len,
                              self->input_ended, self->buffer);
  g_byte_array_remove_range (self->undecoded, 0, (guint) used);

  return TRUE;
}

AnnalsFeedSource *
annals_feed_source_new (AnnalsImportInput *input,
                        AnnalsDecoder     *decoder)
{
  AnnalsFeedSource *self;

  g_return_val_if_fail (input != NULL && decoder != NULL, NULL);

  self = g_new0 (AnnalsFeedSource, 1);
  self->input = input;
  self->decoder = decoder;
  self->undecoded = g_byte_array_new ();
  self->buffer = g_string_new (NULL);
  self->line = 1;

  return self;
}

void
annals_feed_source_free (AnnalsFeedSource *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->undecoded);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

gboolean
annals_feed_source_need (AnnalsFeedSource  *self,
                         gsize              length,
                         GCancellable      *cancellable,
                         GError           **error)
{
  while (annals_feed_source_get_left (self) < length && !self->input_ended)
    {
      if (!refill (self, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

const char *
annals_feed_source_peek (AnnalsFeedSource *self)
{
  return self->buffer->str + self->at;
}

gsize
annals_feed_source_get_left (AnnalsFeedSource *self)
{
  return self->buffer->len - self->at;
}

gboolean
annals_feed_source_is_last (AnnalsFeedSource *self)
{
  return self->input_ended;
}

void
annals_feed_source_advance (AnnalsFeedSource *self,
                            gsize             length)
{
  const char *from = self->buffer->str + self->at;
  const char *end = from + length;

  while ((from = memchr (from, '\n', (gsize) (end - from))) != NULL)
    {
      self->line++;
      from++;
    }

  self->at += length;
}

guint
annals_feed_source_get_line (AnnalsFeedSource *self)
{
  return self->line;
}

AnnalsFeedLook
annals_feed_source_look_for (AnnalsFeedSource  *self,
                             AnnalsFeedSought   sought,
                             gsize              from,
                             gsize              limit,
                             gsize             *found,
                             GCancellable      *cancellable,
                             GError           **error)
{
  const char *needle = needles[sought];
  gsize length = strlen (needle);
  guint64 here = self->base + self->at;

  if (self->present[sought] >= here + from)
    {
      *found = (gsize) (self->present[sought] - here);
      if (*found < limit && annals_feed_source_get_left (self) >= *found + length)
        return ANNALS_FEED_LOOK_FOUND;
    }

  if (self->absent[sought] > here + from)
    from = (gsize) (self->absent[sought] - here);

  while (from < limit)
    {
      const char *start;
      const char *hit;

      if (!annals_feed_source_need (self, from + length, cancellable, error))
        return ANNALS_FEED_LOOK_ERROR;

      if (annals_feed_source_get_left (self) < from + length)
        return ANNALS_FEED_LOOK_NOTHING;

      start = self->buffer->str + self->at;
      hit = g_strstr_len (start + from, (gssize) (annals_feed_source_get_left (self) - from), needle);
      if (hit != NULL)
        {
          *found = (gsize) (hit - start);
          self->present[sought] = self->absent[sought] = here + *found;
          return ANNALS_FEED_LOOK_FOUND;
        }

      from = annals_feed_source_get_left (self) - length + 1;
      self->absent[sought] = here + from;

      if (self->input_ended)
        return ANNALS_FEED_LOOK_NOTHING;
    }

  return ANNALS_FEED_LOOK_NOTHING;
}

gsize
annals_feed_sought_length (AnnalsFeedSought sought)
{
  return strlen (needles[sought]);
}
