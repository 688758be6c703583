/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-match-expression-private.h"

#include <string.h>

#include "annals-tokenizer-private.h"

/* A term that is looked for. */
typedef struct
{
  const char *term;
  int         length;
  gboolean    beginning;
  GArray     *places;
} Wanted;

/* One column of a post on its way through the tokenizer. */
typedef struct
{
  GArray  *wanted;      /* of Wanted */
  GArray  *ranges;      /* of AnnalsByteRange: of the word at each place; (nullable) */
  guint64  column;      /* in the upper half, as in a place */
  gint64   place;       /* of the last word */
} Column;

/* A phrase and where it begins. */
typedef struct
{
  const AnnalsExpression *phrase;
  GArray                 *starts;
} Found;

static void
wanted_clear (Wanted *self)
{
  g_clear_pointer (&self->places, g_array_unref);
}

static void
found_clear (Found *self)
{
  g_clear_pointer (&self->starts, g_array_unref);
}

/* Of each phrase the terms in their order, and the phrases in the order of the tree. */
static void
collect_wanted (const AnnalsExpression *self,
                GArray                 *wanted)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const char *term = self->terms->pdata[i];
      Wanted one = { term, (int) strlen (term), self->beginning && i + 1 == self->terms->len,
                     g_array_new (FALSE, FALSE, sizeof (guint64)) };

      g_array_append_val (wanted, one);
    }

  for (guint i = 0; i < self->children->len; i++)
    collect_wanted (self->children->pdata[i], wanted);
}

static int
word_cb (void       *context,
         int         flags,
         const char *token,
         int         length,
         int         start,
         int         end)
{
  Column *self = context;

  if ((flags & FTS5_TOKEN_COLOCATED) == 0)
    {
      AnnalsByteRange range = { (guint32) start, (guint32) end };

      self->place++;
      if (self->ranges != NULL)
        g_array_append_val (self->ranges, range);
    }

  for (guint i = 0; i < self->wanted->len; i++)
    {
      Wanted *wanted = &g_array_index (self->wanted, Wanted, i);
      guint64 place = self->column | (guint64) self->place;

      if ((wanted->beginning ? wanted->length > length : wanted->length != length) ||
          memcmp (wanted->term, token, (gsize) wanted->length) != 0)
        continue;

      /* a word and its stem can both begin so */
      if (wanted->places->len == 0 || g_array_index (wanted->places, guint64, wanted->places->len - 1) != place)
        g_array_append_val (wanted->places, place);
    }

  return SQLITE_OK;
}

/* In the order of the tree; *next: the first of the terms at hand. */
static void
find_phrases (const AnnalsExpression *self,
              GArray                 *wanted,
              guint                  *next,
              GArray                 *found)
{
  if (self->kind == EXPRESSION_PHRASE)
    {
      Wanted *first = &g_array_index (wanted, Wanted, *next);
      Found one = { self, g_array_ref (first->places) };

      for (guint i = 1; i < self->terms->len; i++)
        g_array_set_size (one.starts, annals_expression_keep_followed ((guint64 *) (gpointer) one.starts->data,
                                                                       one.starts->len,
                                                                       (guint64 *) (gpointer) first[i].places->data,
                                                                       first[i].places->len, i));

      if (self->column >= 0)
        {
          guint kept = 0;

          for (guint i = 0; i < one.starts->len; i++)
            if ((int) (g_array_index (one.starts, guint64, i) >> 32) == self->column)
              g_array_index (one.starts, guint64, kept++) = g_array_index (one.starts, guint64, i);
          g_array_set_size (one.starts, kept);
        }

      *next += self->terms->len;
      g_array_append_val (found, one);
    }

  for (guint i = 0; i < self->children->len; i++)
    find_phrases (self->children->pdata[i], wanted, next, found);
}

/* Whether @self fits; what does not, in an OR, loses its places. *next: the first of its phrases. */
static gboolean
judge (const AnnalsExpression *self,
       GArray                 *found,
       guint                  *next)
{
  guint first = *next;
  gboolean fits = self->kind != EXPRESSION_OR;

  if (self->kind == EXPRESSION_PHRASE)
    return g_array_index (found, Found, (*next)++).starts->len > 0;

  for (guint i = 0; i < self->children->len; i++)
    {
      gboolean child = judge (self->children->pdata[i], found, next);

      if (self->kind == EXPRESSION_OR)
        fits = fits || child;
      else
        fits = fits && child == (self->kind == EXPRESSION_AND || i == 0);
    }

  for (guint i = first; !fits && i < *next; i++)
    g_array_set_size (g_array_index (found, Found, i).starts, 0);

  return fits;
}

static void
add_ranges (const Found *found,
            GArray      *words,
            const char  *text,
            const char  *singles,
            GArray      *ranges)
{
  guint n = found->phrase->terms->len;

  for (guint i = 0; i < found->starts->len; i++)
    {
      guint64 start = g_array_index (found->starts, guint64, i);
      guint place = (guint) (start & G_MAXUINT32);
      AnnalsByteRange range;

      /* of the text's words alone */
      if (start >> 32 != 1 || place + n > words->len)
        continue;

      range.start = g_array_index (words, AnnalsByteRange, place).start;
      range.end = g_array_index (words, AnnalsByteRange, place + n - 1).end;
      if (n == 1 && *singles != '\0')
        annals_byte_range_narrow (&range, text, singles);
      g_array_append_val (ranges, range);
    }
}

/* Bytes as pairs of numbers, which is what callers know. */
static GArray *
as_numbers (GArray *ranges)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (numbers, ranges->data, ranges->len * 2);

  return numbers;
}

GArray *
annals_expression_mark (const AnnalsExpression *self,
                        AnnalsDb               *db,
                        const char             *title,
                        const char             *text,
                        const char             *singles)
{
  g_autoptr(GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr(GArray) words = g_array_new (FALSE, FALSE, sizeof (AnnalsByteRange));
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (AnnalsByteRange));
  Column in_title = { wanted, NULL, 0, -1 };
  Column in_text = { wanted, words, G_GUINT64_CONSTANT (1) << 32, -1 };
  guint next = 0;

  g_array_set_clear_func (wanted, (GDestroyNotify) wanted_clear);
  g_array_set_clear_func (found, (GDestroyNotify) found_clear);
  collect_wanted (self, wanted);
  if (!annals_tokenizer_run (db->native, title, FTS5_TOKENIZE_DOCUMENT, word_cb, &in_title) ||
      !annals_tokenizer_run (db->native, text, FTS5_TOKENIZE_DOCUMENT, word_cb, &in_text))
    return NULL;

  find_phrases (self, wanted, &next, found);
  next = 0;
  if (judge (self, found, &next))
    for (guint i = 0; i < found->len; i++)
      add_ranges (&g_array_index (found, Found, i), words, text, singles, ranges);
  annals_byte_ranges_join (ranges);

  return as_numbers (ranges);
}
