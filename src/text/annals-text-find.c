/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memmem() */
#define _GNU_SOURCE

#include "config.h"

#include "annals-text.h"
#include "annals-text-private.h"

#include <string.h>

/* The quotation as words: NFC, each run of white space one space, none at the ends. */
typedef struct
{
  char  *string;
  gsize  length;
  gsize  first;   /* bytes of the first word, with which every place begins */
} Needle;

static void
needle_clear (Needle *self)
{
  g_free (self->string);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Needle, needle_clear)

static void
needle_init (Needle     *self,
             const char *quote)
{
  const char *space;

  self->string = annals_text_normalize_line (quote, -1);
  self->length = strlen (self->string);
  space = strchr (self->string, ' ');
  self->first = space != NULL ? (gsize) (space - self->string) : self->length;
}

/* The bytes of white space at @p. */
static gsize
skip_white (const char *p,
            const char *end)
{
  const char *start = p;

  while (p < end && annals_char_classify (g_utf8_get_char (p)) != ANNALS_CHAR_VISIBLE)
    p = g_utf8_next_char (p);

  return p - start;
}

/* The end of the place that begins at @p, or NULL when the quotation does not stand there. */
static const char *
match_at (const Needle *needle,
          const char   *p,
          const char   *end)
{
  const char *word = needle->string;
  const char *stop = word + needle->length;

  while (word < stop)
    {
      const char *space = memchr (word, ' ', stop - word);
      gsize length = (space != NULL ? space : stop) - word;
      gsize white;

      if ((gsize) (end - p) < length || memcmp (p, word, length) != 0)
        return NULL;

      p += length;
      word += length;
      if (space == NULL)
        break;

      if ((white = skip_white (p, end)) == 0)
        return NULL;
      p += white;
      word++;
    }

  return p;
}

/* The next place at or after *@from, which is moved on behind the place's first character. */
static gboolean
find_next (AnnalsText   *text,
           const Needle *needle,
           gsize        *from,
           gsize        *start,
           gsize        *end)
{
  const char *string = annals_text_get_string (text);
  const char *limit = string + annals_text_get_n_bytes (text);
  const char *p = string + *from;

  while ((p = memmem (p, limit - p, needle->string, needle->first)) != NULL)
    {
      const char *stop = match_at (needle, p, limit);
      const char *next = g_utf8_next_char (p);

      if (stop != NULL)
        {
          *start = p - string;
          *end = stop - string;
          *from = next - string;
          return TRUE;
        }
      p = next;
    }

  return FALSE;
}

/**
 * annals_text_find:
 * @quote: what is looked for; white space in it stands for any white space in the text
 * @occurrence: which of its places, from 1
 * @start: (out) (optional): its first code point
 * @end: (out) (optional): the code point after its last
 *
 * Returns: FALSE when there are fewer places, or the quotation is empty
 */
gboolean
annals_text_find (AnnalsText *self,
                  const char *quote,
                  guint       occurrence,
                  guint      *start,
                  guint      *end)
{
  g_auto(Needle) needle = { NULL, };
  gsize from = 0;
  gsize first = 0;
  gsize last = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (quote != NULL, FALSE);

  needle_init (&needle, quote);
  if (needle.length == 0 || occurrence == 0)
    return FALSE;

  for (guint i = 0; i < occurrence; i++)
    if (!find_next (self, &needle, &from, &first, &last))
      return FALSE;

  if (start != NULL)
    *start = annals_text_get_offset (self, first);
  if (end != NULL)
    *end = annals_text_get_offset (self, last);

  return TRUE;
}

/**
 * annals_text_count:
 * @quote: as for annals_text_find()
 *
 * Returns: the places where it stands; those that overlap count each
 */
guint
annals_text_count (AnnalsText *self,
                   const char *quote)
{
  g_auto(Needle) needle = { NULL, };
  gsize from = 0;
  gsize start;
  gsize end;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (quote != NULL, 0);

  needle_init (&needle, quote);
  if (needle.length == 0)
    return 0;

  while (find_next (self, &needle, &from, &start, &end))
    n++;

  return n;
}

/* At most @max code points of the text on one line; images give nothing. *@more: there was more. */
static GString *
collect_lead (AnnalsText *self,
              guint       max,
              gboolean   *more)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  guint n = 0;

  *more = FALSE;
  for (const char *p = annals_text_get_string (self); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0xfffc)
        continue;

      if (annals_char_classify (c) != ANNALS_CHAR_VISIBLE)
        {
          space = n > 0;
          continue;
        }

      if (n + (space ? 2 : 1) > max)
        {
          *more = TRUE;
          if (space && n < max)
            g_string_append_c (out, ' ');
          break;
        }

      if (space)
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
      n += space ? 2 : 1;
      space = FALSE;
    }

  return out;
}

/**
 * annals_text_dup_lead:
 * @n_chars: the most code points wanted, the "…" among them
 *
 * Returns: (transfer full): the beginning of the text on one line
 */
char *
annals_text_dup_lead (AnnalsText *self,
                      guint       n_chars)
{
  g_autoptr(GString) lead = NULL;
  gboolean more;
  const char *space;
  const char *cut;

  g_return_val_if_fail (self != NULL, NULL);

  lead = collect_lead (self, n_chars, &more);
  if (!more || n_chars == 0)
    return g_strdup (lead->str);

  /* Room for the "…"; a word that ends just there stays whole. */
  cut = g_utf8_offset_to_pointer (lead->str, n_chars - 1);
  space = strrchr (lead->str, ' ');

  /* A word of half the line or more (an address, a script without spaces) is cut inside. */
  if (space != NULL && space < cut && space - lead->str >= (cut - lead->str) / 2)
    cut = space;
  g_string_truncate (lead, cut - lead->str);

  g_string_append (lead, "…");

  return g_strdup (lead->str);
}
