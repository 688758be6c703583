/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text.h"
#include "annals-text-bytes-private.h"
#include "annals-text-private.h"

#include <string.h>

#include "annals-sha256.h"

/* One entry of the index per this many code points. */
#define STRIDE 256

struct _AnnalsText
{
  gatomicrefcount  ref_count;
  char            *string;
  gsize            n_bytes;
  guint            length;    /* code points */
  gsize           *index;     /* bytes of every STRIDEth code point; NULL when all is ASCII */
  GArray          *spans;     /* AnnalsSpan */
  char            *sha256;    /* made when first asked for; set atomically */
};

G_DEFINE_BOXED_TYPE (AnnalsText, annals_text, annals_text_ref, annals_text_unref)

G_DEFINE_QUARK (annals-text-error-quark, annals_text_error)

/* The byte where the next STRIDE characters from @at on end */
static gsize
skip_stride (const AnnalsText *self,
             gsize             at)
{
  guint left = STRIDE;

  while (left >= 8 && at + 8 <= self->n_bytes)
    {
      left -= annals_bytes_count_leads (annals_bytes_load (self->string + at));
      at += 8;
    }

  /* the last character of the eight may have its trail behind them */
  while (at < self->n_bytes && ((guchar) self->string[at] & 0xc0) == 0x80)
    at++;
  for (; left > 0 && at < self->n_bytes; left--)
    at += g_utf8_skip[(guchar) self->string[at]];

  return at;
}

static void
build_index (AnnalsText *self)
{
  gsize at = 0;

  self->length = annals_bytes_count_characters (self->string, self->n_bytes);
  if (self->length == self->n_bytes)
    return;

  self->index = g_new (gsize, self->length / STRIDE + 1);
  for (guint i = 0; i <= self->length / STRIDE; i++)
    {
      self->index[i] = at;
      at = skip_stride (self, at);
    }
}

AnnalsText *
annals_text_new_take (char  *take_string,
                      gsize  n_bytes)
{
  AnnalsText *self = g_new0 (AnnalsText, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->string = take_string;
  self->n_bytes = n_bytes;
  self->spans = annals_span_array_new ();
  build_index (self);

  return self;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const AnnalsSpan *one = a;
  const AnnalsSpan *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  if (one->end != other->end)
    return one->end > other->end ? -1 : 1;

  return 0;
}

void
annals_text_take_spans (AnnalsText *self,
                        GArray     *take_spans)
{
  /* g_array_sort() is stable: of spans that cover the same text the one opened first stays outer. */
  g_array_sort (take_spans, compare_spans);
  g_array_unref (self->spans);
  self->spans = take_spans;
}

/**
 * annals_text_ref:
 *
 * Returns: (transfer full): @self with one more reference; from any thread
 */
AnnalsText *
annals_text_ref (AnnalsText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * annals_text_unref:
 *
 * Gives a reference back; the last one frees the text.
 */
void
annals_text_unref (AnnalsText *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->string);
  g_free (self->index);
  g_array_unref (self->spans);
  g_free (self->sha256);
  g_free (self);
}

/**
 * annals_text_get_string:
 *
 * Returns: (transfer none): the canonical text; "" when there is none
 */
const char *
annals_text_get_string (AnnalsText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->string;
}

/**
 * annals_text_get_n_bytes:
 *
 * Returns: the bytes of the string without its final NUL
 */
gsize
annals_text_get_n_bytes (AnnalsText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_bytes;
}

/**
 * annals_text_get_length:
 *
 * Returns: the length in code points
 */
guint
annals_text_get_length (AnnalsText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * annals_text_get_spans:
 * @n_spans: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_spans) (nullable): the spans, sorted by start, then
 *   outer before inner; NULL when there is none
 */
const AnnalsSpan *
annals_text_get_spans (AnnalsText *self,
                       guint      *n_spans)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_spans != NULL, NULL);

  *n_spans = self->spans->len;

  return self->spans->len > 0 ? (const AnnalsSpan *) (const void *) self->spans->data : NULL;
}

/**
 * annals_text_get_sha256:
 *
 * Returns: (transfer none): lower-case hex; from any thread
 */
const char *
annals_text_get_sha256 (AnnalsText *self)
{
  char *made;

  g_return_val_if_fail (self != NULL, NULL);

  if (g_atomic_pointer_get (&self->sha256) == NULL)
    {
      made = annals_sha256_dup_hex_of (self->string, self->n_bytes);
      if (!g_atomic_pointer_compare_and_exchange (&self->sha256, NULL, made))
        g_free (made);
    }

  return g_atomic_pointer_get (&self->sha256);
}

/**
 * annals_text_get_byte_offset:
 * @offset: code points; more than the length counts as the length
 *
 * Returns: the byte where that code point begins
 */
gsize
annals_text_get_byte_offset (AnnalsText *self,
                             guint       offset)
{
  const char *p;

  g_return_val_if_fail (self != NULL, 0);

  if (offset >= self->length)
    return self->n_bytes;
  if (self->index == NULL)
    return offset;

  p = self->string + self->index[offset / STRIDE];
  for (guint left = offset % STRIDE; left > 0; left--)
    p = g_utf8_next_char (p);

  return p - self->string;
}

/**
 * annals_text_get_offset:
 * @byte_offset: bytes; more than the text has counts as its end, one inside a character as that
 *   character
 *
 * Returns: the code point at that byte
 */
guint
annals_text_get_offset (AnnalsText *self,
                        gsize       byte_offset)
{
  guint low = 0;
  guint high;
  guint offset;
  gsize position;

  g_return_val_if_fail (self != NULL, 0);

  if (byte_offset >= self->n_bytes)
    return self->length;
  if (self->index == NULL)
    return byte_offset;

  high = (self->length - 1) / STRIDE;
  while (low < high)
    {
      guint middle = low + (high - low + 1) / 2;

      if (self->index[middle] <= byte_offset)
        low = middle;
      else
        high = middle - 1;
    }

  offset = low * STRIDE;
  position = self->index[low];
  for (;;)
    {
      gsize next = position + g_utf8_skip[(guchar) self->string[position]];

      if (next > byte_offset)
        return offset;
      position = next;
      offset++;
    }
}

/**
 * annals_text_dup_slice:
 * @start: first code point
 * @end: code point after the last; both are clamped to the text
 *
 * Returns: (transfer full): that part; "" when @end is not after @start
 */
char *
annals_text_dup_slice (AnnalsText *self,
                       guint       start,
                       guint       end)
{
  gsize from;
  gsize to;

  g_return_val_if_fail (self != NULL, NULL);

  from = annals_text_get_byte_offset (self, start);
  to = annals_text_get_byte_offset (self, end);

  return to > from ? g_strndup (self->string + from, to - from) : g_strdup ("");
}
