/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-text.h"

#include "annals-text-private.h"

/* Code points as they are compared, and the offset that each of them stands at. */
typedef struct
{
  GArray *units;     /* (element type gunichar) */
  GArray *offsets;   /* (element type guint), with the length of all at its end */
} Folded;

static void
folded_clear (Folded *self)
{
  g_clear_pointer (&self->units, g_array_unref);
  g_clear_pointer (&self->offsets, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folded, folded_clear)

/* Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, soft hyphens and joiners: what may
 * be there or not. */
static gboolean
is_passed_over (gunichar c)
{
  return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7 && g_unichar_ismark (c)) ||
         (c >= 0x64b && c <= 0x65f) || c == 0x670 || c == 0xad || (c >= 0x200b && c <= 0x200d) ||
         c == 0x2060;
}

/* Quotation marks and dashes are typed in many ways. */
static gunichar
fold_mark (gunichar c)
{
  if (c == 0x2018 || c == 0x2019 || c == 0x201a || c == 0x2032 || c == 0x2bc)
    return '\'';
  if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0x2033 || c == 0xab || c == 0xbb)
    return '"';
  if (c >= 0x2010 && c <= 0x2015)
    return '-';

  return c;
}

static gunichar
fold_letter (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  c = g_unichar_tolower (c);
  /* Only where the accent is an addition: が is no か, and 한 no 하. */
  if (c >= 0xc0 && c < 0x2000 && g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 1 &&
      parts[0] < 0x530)
    c = parts[0];

  return c == 0x3c2 ? 0x3c3 : c;   /* final sigma */
}

static void
fold_add (Folded   *self,
          gunichar  c,
          guint     offset)
{
  g_array_append_val (self->units, c);
  g_array_append_val (self->offsets, offset);
}

static void
fold (Folded     *self,
      const char *string,
      guint       max_units)
{
  gboolean after_space = TRUE;
  guint offset = 0;

  self->units = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint));

  for (const char *at = string; *at != '\0' && self->units->len < max_units;
       at = g_utf8_next_char (at), offset++)
    {
      gunichar c = g_utf8_get_char (at);

      if (is_passed_over (c))
        continue;

      if (annals_char_classify (c) != ANNALS_CHAR_VISIBLE)
        {
          if (!after_space)
            fold_add (self, ' ', offset);
          after_space = TRUE;
          continue;
        }

      after_space = FALSE;
      if (c == 0xdf || c == 0x1e9e)   /* ß */
        {
          fold_add (self, 's', offset);
          fold_add (self, 's', offset);
        }
      else if (c < 0x80)
        fold_add (self, (gunichar) g_ascii_tolower ((char) c), offset);
      else
        fold_add (self, fold_mark (fold_letter (c)), offset);
    }

  g_array_append_val (self->offsets, offset);
}

/* Knuth, Morris and Pratt's: how much of the beginning stands again at each place's end. */
static guint *
make_borders (const gunichar *needle,
              guint           length)
{
  guint *borders = g_new0 (guint, length);

  for (guint i = 1, k = 0; i < length; i++)
    {
      while (k > 0 && needle[k] != needle[i])
        k = borders[k - 1];
      if (needle[k] == needle[i])
        k++;
      borders[i] = k;
    }

  return borders;
}

GArray *
annals_text_find_all (AnnalsText *self,
                      const char *words)
{
  g_auto(Folded) hay = { NULL, NULL };
  g_auto(Folded) needle = { NULL, NULL };
  g_autofree char *normal = NULL;
  g_autofree guint *borders = NULL;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  const gunichar *wanted;
  guint length;

  g_return_val_if_fail (self != NULL && words != NULL, found);

  normal = annals_text_normalize_line (words, -1);
  fold (&needle, normal, ANNALS_LIMIT_FOUND_WORDS);
  if ((length = needle.units->len) == 0)
    return found;

  wanted = (const gunichar *) (gpointer) needle.units->data;
  borders = make_borders (wanted, length);
  fold (&hay, annals_text_get_string (self), G_MAXUINT);

  for (guint i = 0, k = 0; i < hay.units->len; i++)
    {
      gunichar c = g_array_index (hay.units, gunichar, i);

      while (k > 0 && wanted[k] != c)
        k = borders[k - 1];
      if (wanted[k] == c && ++k == length)
        {
          guint end = g_array_index (hay.offsets, guint, i) + 1;

          g_array_append_val (found, g_array_index (hay.offsets, guint, i + 1 - length));
          g_array_append_val (found, end);
          k = 0;
        }
    }

  return found;
}
