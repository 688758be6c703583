/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Eight bytes at a time: most texts are mostly ASCII, and each of them is looked at several times. */

#define ANNALS_EACH_BYTE(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))

static inline guint64
annals_bytes_load (const char *p)
{
  guint64 word;

  memcpy (&word, p, sizeof word);
  return word;
}

/* Whether all eight are ASCII */
static inline gboolean
annals_bytes_are_ascii (guint64 word)
{
  return (word & ANNALS_EACH_BYTE (0x80)) == 0;
}

/* Whether all eight lie between the space and the tilde; a FALSE may be wrong. */
static inline gboolean
annals_bytes_are_printable (guint64 word)
{
  guint64 low = word - ANNALS_EACH_BYTE (0x20);
  guint64 high = word + ANNALS_EACH_BYTE (1);

  return ((low | high | word) & ANNALS_EACH_BYTE (0x80)) == 0;
}

/* Whether all eight lie between the space and the tilde, single spaces among them, none at either end; a FALSE may be
 * wrong. */
static inline gboolean
annals_bytes_are_words (guint64 word)
{
  guint64 low = ANNALS_EACH_BYTE (0x7f);
  guint64 other = word ^ ANNALS_EACH_BYTE (' ');
  guint64 spaces = ~(((other & low) + low) | other | low);   /* 0x80 in each that is one */

  return annals_bytes_are_printable (word) && (spaces & (spaces >> 8)) == 0 &&
         (spaces & G_GUINT64_CONSTANT (0x8000000000000080)) == 0;
}

/* Whether a character of valid UTF-8 that begins with @lead can be seen, told by that byte alone: white
 * space and control characters beyond ASCII begin with the others (U+00A0, U+1680, U+2000, U+3000). */
static inline gboolean
annals_byte_leads_visible (guchar lead)
{
  return (lead > 0x20 && lead < 0x7f) || (lead > 0xc2 && (lead < 0xe1 || lead > 0xe3));
}

/* Whether two spaces stand side by side among the eight, which are ASCII */
static inline gboolean
annals_bytes_have_gap (guint64 word)
{
  guint64 other = word ^ ANNALS_EACH_BYTE (0x20);
  guint64 seven = ANNALS_EACH_BYTE (0x7f);
  guint64 spaces = ~(((other & seven) + seven) | other | seven);

  return (spaces & (spaces << 8)) != 0;
}

/* How many of the eight begin a character of valid UTF-8 */
static inline guint
annals_bytes_count_leads (guint64 word)
{
  guint64 trails = (word >> 7) & ~(word >> 6) & ANNALS_EACH_BYTE (1);

  return 8 - (guint) ((trails * ANNALS_EACH_BYTE (1)) >> 56);
}

/* The characters of valid UTF-8 */
static inline gsize
annals_bytes_count_characters (const char *string,
                               gsize       length)
{
  gsize n = 0;
  gsize i = 0;

  for (; i + 8 <= length; i += 8)
    n += annals_bytes_count_leads (annals_bytes_load (string + i));
  for (; i < length; i++)
    n += ((guchar) string[i] & 0xc0) != 0x80;

  return n;
}

G_END_DECLS
