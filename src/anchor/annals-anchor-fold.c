/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memmem() */
#define _GNU_SOURCE

#include "config.h"

#include "annals-anchor-private.h"

#include <string.h>

/* What @c counts as; 0 when it counts as nothing. */
static guint32
fold_character (gunichar c)
{
  if (c > 0x20 && c < 0x7f)
    return c;

  switch (c)
    {
    case 0x0a:
    case 0x20:
    case 0xa0:
    case 0x1680:
    case 0x2000 ... 0x200a:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000:
      return ' ';

    case 0x2018 ... 0x201b:
    case 0x2032:
    case 0x00b4:
      return '\'';

    case 0x00ab:
    case 0x00bb:
    case 0x201c ... 0x201f:
    case 0x2033:
      return '"';

    case 0x2010 ... 0x2015:
    case 0x2212:
      return '-';

    case 0x00ad:
    case 0x200b:
    case 0x2060:
    case 0xfeff:
      return 0;

    default:
      return c;
    }
}

/* @first_offset: the code point of the text at which @string begins */
void
annals_folded_init (AnnalsFolded *self,
                    const char   *string,
                    gsize         n_bytes,
                    guint         first_offset)
{
  const char *end = string + n_bytes;
  guint offset = first_offset;
  guint n = 0;

  self->chars = g_new (guint32, n_bytes + 1);
  self->from = g_new (guint, n_bytes + 1);

  for (const char *p = string; p < end; p = g_utf8_next_char (p), offset++)
    {
      guint32 c = fold_character ((guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p));

      if (c == 0 || (c == ' ' && n > 0 && self->chars[n - 1] == ' '))
        continue;

      self->chars[n] = c;
      self->from[n] = offset;
      n++;
    }

  self->n = n;
}

void
annals_folded_init_quote (AnnalsFolded *self,
                          const char   *string)
{
  g_autofree char *line = annals_text_normalize_line (string, -1);

  annals_folded_init (self, line, strlen (line), 0);
  while (self->n > 0 && self->chars[self->n - 1] == ' ')
    self->n--;
}

void
annals_folded_clear (AnnalsFolded *self)
{
  g_clear_pointer (&self->chars, g_free);
  g_clear_pointer (&self->from, g_free);
  self->n = 0;
}

guint
annals_folded_find (const AnnalsFolded *self,
                    const guint32      *needle,
                    guint               n,
                    guint               from)
{
  const char *base = (const char *) self->chars;

  while (n > 0 && from + n <= self->n)
    {
      const char *found = memmem (base + (gsize) from * sizeof *needle,
                                  (gsize) (self->n - from) * sizeof *needle,
                                  needle, n * sizeof *needle);
      gsize bytes;

      if (found == NULL)
        break;

      bytes = found - base;
      if (bytes % sizeof *needle == 0)
        return bytes / sizeof *needle;
      from = bytes / sizeof *needle + 1;
    }

  return G_MAXUINT;
}

guint
annals_folded_index (const AnnalsFolded *text,
                     guint               offset)
{
  guint low = 0;
  guint high = text->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (text->from[middle] < offset)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Places overlap only in "na na na"; a quarter of the needle further on is soon enough, and the
 * search stays linear in the text. */
GArray *
annals_folded_find_all (const AnnalsFolded *self,
                        const guint32      *needle,
                        guint               n)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint step = MAX (n / 4, 1);

  for (guint at = annals_folded_find (self, needle, n, 0);
       at != G_MAXUINT;
       at = annals_folded_find (self, needle, n, at + step))
    g_array_append_val (places, at);

  return places;
}
