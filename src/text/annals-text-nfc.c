/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-bytes-private.h"
#include "annals-text-private.h"

#include <string.h>

/* None of them has a canonical decomposition, and they are in every second sentence. */
static gboolean
is_dash_or_quote (gunichar c)
{
  return c >= 0x2010 && c <= 0x2027;
}

/* Whether @c is certainly untouched by what follows the rules of composition: a starter that never
 * joins the character before it. */
static gboolean
is_boundary (gunichar c)
{
  if (c < 0x300 || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3400 && c <= 0x9fff) || is_dash_or_quote (c))
    return TRUE;

  /* Hangul vowels and final consonants join the letter before them. */
  if (c >= 0x1160 && c <= 0x11ff)
    return FALSE;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return FALSE;

    default:
      return g_unichar_combining_class (c) == 0;
    }
}

/* Whether a boundary character on its own is its own NFC. */
static gboolean
is_inert (gunichar c)
{
  gunichar a;
  gunichar b;
  gunichar whole;

  if (c < 0x300 || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3400 && c <= 0x9fff) || is_dash_or_quote (c))
    return TRUE;

  if (!g_unichar_decompose (c, &a, &b))
    return TRUE;

  return b != 0 && g_unichar_compose (a, b, &whole) && whole == c;
}

/* The bytes from the start that are their own NFC whatever follows. */
static gsize
inert_prefix (const char *string,
              gsize       length)
{
  gsize last = 0;
  gsize i = 0;

  while (i < length)
    {
      gunichar c;

      if (i + 8 <= length && annals_bytes_are_ascii (annals_bytes_load (string + i)))
        {
          i += 8;
          last = i - 1;
          continue;
        }

      if ((guchar) string[i] < 0x80)
        {
          last = i++;
          continue;
        }

      /* U+0080 to U+02FF, U+4000 to U+9FFF and U+B000 to U+CFFF */
      if ((guchar) string[i] <= 0xcb ||
          ((guchar) string[i] >= 0xe4 && (guchar) string[i] <= 0xec && (guchar) string[i] != 0xea))
        {
          last = i;
          i += g_utf8_skip[(guchar) string[i]];
          continue;
        }

      c = g_utf8_get_char (string + i);
      if (!is_boundary (c))
        return last;
      if (!is_inert (c))
        return i;
      last = i;
      i += g_utf8_skip[(guchar) string[i]];
    }

  return length;
}

/* The bytes of the first character and of all that may join it. */
static gsize
chunk_length (const char *string,
              gsize       length)
{
  gsize i = g_utf8_skip[(guchar) string[0]];

  while (i < length && !is_boundary (g_utf8_get_char (string + i)))
    i += g_utf8_skip[(guchar) string[i]];

  return i;
}

/* A stable counting sort of a run of marks by combining class. */
static void
sort_marks (gunichar *chars,
            guint     n)
{
  g_autofree gunichar *sorted = NULL;
  guint starts[257] = { 0, };
  guint i;

  for (i = 1; i < n; i++)
    if (g_unichar_combining_class (chars[i - 1]) > g_unichar_combining_class (chars[i]))
      break;

  if (i >= n)
    return;

  sorted = g_new (gunichar, n);
  for (i = 0; i < n; i++)
    starts[g_unichar_combining_class (chars[i]) + 1]++;
  for (i = 1; i < 257; i++)
    starts[i] += starts[i - 1];
  for (i = 0; i < n; i++)
    sorted[starts[g_unichar_combining_class (chars[i])]++] = chars[i];

  memcpy (chars, sorted, n * sizeof *chars);
}

static void
order_marks (GArray *chars)
{
  gunichar *c = (gunichar *) (void *) chars->data;
  guint i = 0;

  while (i < chars->len)
    {
      guint start = i;

      while (i < chars->len && g_unichar_combining_class (c[i]) != 0)
        i++;

      if (i - start > 1)
        sort_marks (c + start, i - start);
      else if (i == start)
        i++;
    }
}

/* Composes in place. */
static void
compose (GArray *chars)
{
  gunichar *c = (gunichar *) (void *) chars->data;
  guint n = 0;
  guint starter = G_MAXUINT;
  int last_class = 0;

  for (guint i = 0; i < chars->len; i++)
    {
      int class = g_unichar_combining_class (c[i]);
      gunichar whole;   /* 0 where nothing is composed */

      if (starter != G_MAXUINT
          && (n == starter + 1 || last_class < class)
          && g_unichar_compose (c[starter], c[i], &whole))
        {
          c[starter] = whole;
          continue;
        }

      if (class == 0)
        starter = n;
      last_class = class;
      c[n++] = c[i];
    }

  g_array_set_size (chars, n);
}

static void
append_chunk (GString    *out,
              const char *chunk,
              gsize       length)
{
  g_autoptr(GArray) chars = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (gsize i = 0; i < length; i += g_utf8_skip[(guchar) chunk[i]])
    {
      gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
      gsize n = g_unichar_fully_decompose (g_utf8_get_char (chunk + i), FALSE,
                                           parts, G_N_ELEMENTS (parts));

      g_array_append_vals (chars, parts, MIN (n, G_N_ELEMENTS (parts)));
    }

  order_marks (chars);
  compose (chars);

  for (guint i = 0; i < chars->len; i++)
    g_string_append_unichar (out, g_array_index (chars, gunichar, i));
}

char *
annals_nfc_dup (const char *string,
                gsize       length,
                gsize      *new_length,
                GArray     *changes)
{
  GString *out = g_string_sized_new (length);
  gsize i = 0;

  while (i < length)
    {
      gsize inert = inert_prefix (string + i, length - i);
      AnnalsNfcChange change;

      g_string_append_len (out, string + i, inert);
      i += inert;
      if (i == length)
        break;

      change.from = i;
      change.from_length = chunk_length (string + i, length - i);
      change.to = out->len;
      append_chunk (out, string + i, change.from_length);
      change.to_length = out->len - change.to;
      i += change.from_length;

      if (changes != NULL &&
          (change.to_length != change.from_length ||
              memcmp (out->str + change.to, string + change.from, change.to_length) != 0))
        g_array_append_val (changes, change);
    }

  if (new_length != NULL)
    *new_length = out->len;

  return g_string_free (out, FALSE);
}

gboolean
annals_nfc_is (const char *string,
               gsize       length)
{
  g_autofree char *normal = NULL;
  gsize normal_length;
  gsize inert = inert_prefix (string, length);

  if (inert == length)
    return TRUE;

  normal = annals_nfc_dup (string + inert, length - inert, &normal_length, NULL);

  return normal_length == length - inert && memcmp (normal, string + inert, normal_length) == 0;
}

char *
annals_text_compose (const char *string)
{
  gsize length;

  g_return_val_if_fail (string != NULL, NULL);

  return annals_nfc_dup (string, strlen (string), &length, NULL);
}
