/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eugene W. Myers, An O(ND) Difference Algorithm and Its Variations (Algorithmica 1, 1986), in linear
 * space: first on the blocks of both texts, then on the words of blocks that were replaced. */
#include "config.h"

#include "annals-text-diff.h"

#include "annals-limits.h"

#include <string.h>

typedef struct
{
  guint start;   /* code points */
  guint end;
  guint id;      /* equal for equal tokens */
} Token;

/* Tokens of both texts and which of them changed. */
typedef struct
{
  const Token *tokens[2];
  guint        n_tokens[2];
  guint8      *changed[2];
  int         *forward;     /* furthest x on each diagonal, from either end */
  int         *backward;
  int          diagonals;   /* index of diagonal 0 */
} Diff;

/* --- tokens --- */

static gboolean
is_word_character (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

/* Words of scripts that put no space between them are single characters. */
static gboolean
stands_alone (gunichar c)
{
  GUnicodeScript script = c < 0xe00 ? G_UNICODE_SCRIPT_COMMON : g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_THAI ||
         script == G_UNICODE_SCRIPT_LAO || script == G_UNICODE_SCRIPT_KHMER ||
         script == G_UNICODE_SCRIPT_MYANMAR;
}

static const char *
skip_token (const char *at,
            gboolean    blocks)
{
  gunichar first = g_utf8_get_char (at);

  if (blocks)
    {
      const char *end = strchr (at, '\n');

      return end != NULL ? end + 1 : at + strlen (at);
    }

  at = g_utf8_next_char (at);
  if (!is_word_character (first) || stands_alone (first))
    return at;

  while (*at != '\0' && is_word_character (g_utf8_get_char (at)) && !stands_alone (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return at;
}

/* @ids: from a token's string to its number */
static GArray *
cut (AnnalsText *text,
     guint       start,
     guint       end,
     gboolean    blocks,
     GHashTable *ids)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  const char *string = annals_text_get_string (text);
  const char *at = string + annals_text_get_byte_offset (text, start);
  const char *stop = string + annals_text_get_byte_offset (text, end);
  guint offset = start;

  while (at < stop)
    {
      const char *next = MIN (skip_token (at, blocks), stop);
      gsize length = (gsize) (next - at);
      /* The last block has no line feed after it, and is the same block all the same. */
      char *key = g_strndup (at, blocks && at[length - 1] == '\n' ? length - 1 : length);
      guint id = GPOINTER_TO_UINT (g_hash_table_lookup (ids, key));
      Token token = { offset, offset + (guint) g_utf8_strlen (at, (gssize) length), id };

      if (id == 0)
        {
          token.id = g_hash_table_size (ids) + 1;
          g_hash_table_insert (ids, g_steal_pointer (&key), GUINT_TO_POINTER (token.id));
        }
      g_free (key);
      g_array_append_val (tokens, token);
      offset = token.end;
      at = next;
    }

  return tokens;
}

/* --- Myers --- */

static gboolean
equal (const Diff *self,
       int         x,
       int         y)
{
  return self->tokens[0][x].id == self->tokens[1][y].id;
}

typedef struct
{
  int x0, y0, x1, y1;
} Box;

/* A step of both searches; TRUE when they meet, at (@x, @y). */
static gboolean
search_forward (Diff      *self,
                const Box *box,
                int        cost,
                int        delta,
                int       *x,
                int       *y)
{
  int *forward = self->forward + self->diagonals;
  const int *backward = self->backward + self->diagonals;
  int width = box->x1 - box->x0;
  int height = box->y1 - box->y0;

  for (int k = -cost; k <= cost; k += 2)
    {
      int at = k == -cost || (k != cost && forward[k - 1] < forward[k + 1]) ? forward[k + 1]
                                                                            : forward[k - 1] + 1;

      while (at < width && at - k >= 0 && at - k < height && equal (self, box->x0 + at, box->y0 + at - k))
        at++;
      forward[k] = at;
      if ((delta & 1) != 0 && k - delta >= -(cost - 1) && k - delta <= cost - 1 &&
          at >= 0 && at <= width && at - k >= 0 && at - k <= height &&
          at + backward[delta - k] >= width)
        {
          *x = box->x0 + at;
          *y = box->y0 + at - k;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
search_backward (Diff      *self,
                 const Box *box,
                 int        cost,
                 int        delta,
                 int       *x,
                 int       *y)
{
  const int *forward = self->forward + self->diagonals;
  int *backward = self->backward + self->diagonals;
  int width = box->x1 - box->x0;
  int height = box->y1 - box->y0;

  for (int k = -cost; k <= cost; k += 2)
    {
      int at = k == -cost || (k != cost && backward[k - 1] < backward[k + 1]) ? backward[k + 1]
                                                                              : backward[k - 1] + 1;

      while (at < width && at - k >= 0 && at - k < height &&
             equal (self, box->x1 - 1 - at, box->y1 - 1 - (at - k)))
        at++;
      backward[k] = at;
      if ((delta & 1) == 0 && delta - k >= -cost && delta - k <= cost &&
          at >= 0 && at <= width && at - k >= 0 && at - k <= height &&
          at + forward[delta - k] >= width)
        {
          *x = box->x1 - at;
          *y = box->y1 - (at - k);
          return TRUE;
        }
    }

  return FALSE;
}

/* A point on a shortest way through the box; FALSE when that is too long to look for. */
static gboolean
find_middle (Diff      *self,
             const Box *box,
             int       *x,
             int       *y)
{
  int width = box->x1 - box->x0;
  int height = box->y1 - box->y0;
  int delta = width - height;
  int most = MIN ((width + height + 1) / 2, ANNALS_LIMIT_DIFFERENCES);

  self->forward[self->diagonals + 1] = 0;
  self->backward[self->diagonals + 1] = 0;

  for (int cost = 0; cost <= most; cost++)
    if (search_forward (self, box, cost, delta, x, y) || search_backward (self, box, cost, delta, x, y))
      return TRUE;

  return FALSE;
}

static void
mark (Diff      *self,
      const Box *box)
{
  if (box->x1 > box->x0)
    memset (self->changed[0] + box->x0, 1, (gsize) (box->x1 - box->x0));
  if (box->y1 > box->y0)
    memset (self->changed[1] + box->y0, 1, (gsize) (box->y1 - box->y0));
}

/* Divides the box at its middle until one side of it is empty; boxes wait on a stack. */
static void
compare (Diff *self)
{
  g_autoptr(GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Box));
  Box box = { 0, 0, (int) self->n_tokens[0], (int) self->n_tokens[1] };

  g_array_append_val (waiting, box);
  while (waiting->len > 0)
    {
      Box first, second;
      int x, y;

      box = g_array_index (waiting, Box, waiting->len - 1);
      g_array_set_size (waiting, waiting->len - 1);
      while (box.x0 < box.x1 && box.y0 < box.y1 && equal (self, box.x0, box.y0))
        box.x0++, box.y0++;
      while (box.x0 < box.x1 && box.y0 < box.y1 && equal (self, box.x1 - 1, box.y1 - 1))
        box.x1--, box.y1--;

      if (box.x0 == box.x1 || box.y0 == box.y1 || !find_middle (self, &box, &x, &y) ||
          (x == box.x0 && y == box.y0) || (x == box.x1 && y == box.y1))
        {
          mark (self, &box);
          continue;
        }

      first = (Box) { box.x0, box.y0, x, y };
      second = (Box) { x, y, box.x1, box.y1 };
      g_array_append_val (waiting, second);
      g_array_append_val (waiting, first);
    }
}

/* --- pieces --- */

static gboolean
is_word (AnnalsText  *text,
         const Token *token)
{
  const char *at = annals_text_get_string (text) + annals_text_get_byte_offset (text, token->start);

  return is_word_character (g_utf8_get_char (at));
}

static void
add_piece (GArray         *pieces,
           AnnalsDiffKind  kind,
           guint           start,
           guint           end,
           guint           n_words)
{
  AnnalsDiffPiece *last =
    pieces->len > 0 ? &g_array_index (pieces, AnnalsDiffPiece, pieces->len - 1) : NULL;

  if (start == end)
    return;

  if (last != NULL && last->kind == kind && last->end == start)
    {
      last->end = end;
      last->n_words += n_words;
    }
  else
    {
      AnnalsDiffPiece piece = { kind, start, end, n_words };

      g_array_append_val (pieces, piece);
    }
}

static gboolean
is_changed (const Diff  *self,
            const guint  at[2])
{
  return (at[0] < self->n_tokens[0] && self->changed[0][at[0]]) ||
         (at[1] < self->n_tokens[1] && self->changed[1][at[1]]);
}

/* Spaces and marks between two changed words are changed with them: one passage, not many. */
static void
join_changes (Diff        *self,
              AnnalsText **texts)
{
  guint at[2] = { 0, 0 };
  gboolean after_change = FALSE;

  while (at[0] < self->n_tokens[0] || at[1] < self->n_tokens[1])
    {
      guint from[2];
      gboolean has_words = FALSE;

      while (is_changed (self, at))
        {
          after_change = TRUE;
          for (guint side = 0; side < 2; side++)
            while (at[side] < self->n_tokens[side] && self->changed[side][at[side]])
              at[side]++;
        }

      from[0] = at[0];
      from[1] = at[1];
      while (at[0] < self->n_tokens[0] && at[1] < self->n_tokens[1] && !is_changed (self, at))
        {
          has_words |= is_word (texts[0], &self->tokens[0][at[0]]);
          at[0]++;
          at[1]++;
        }
      if (after_change && !has_words && is_changed (self, at))
        mark (self, &(Box) { (int) from[0], (int) from[1], (int) at[0], (int) at[1] });
    }
}

static void
diff_ranges (AnnalsText  *texts[2],
             const guint  starts[2],
             const guint  ends[2],
             gboolean     blocks,
             GArray      *pieces);

/* What was removed and what was inserted at one place. */
static void
add_change (AnnalsText  *texts[2],
            const guint  starts[2],
            const guint  ends[2],
            gboolean     blocks,
            guint        n_removed,
            guint        n_inserted,
            GArray      *pieces)
{
  if (blocks)
    {
      diff_ranges (texts, starts, ends, FALSE, pieces);
      return;
    }

  add_piece (pieces, ANNALS_DIFF_REMOVED, starts[0], ends[0], n_removed);
  add_piece (pieces, ANNALS_DIFF_INSERTED, starts[1], ends[1], n_inserted);
}

static void
collect (Diff        *self,
         AnnalsText  *texts[2],
         const guint  starts[2],
         gboolean     blocks,
         GArray      *pieces)
{
  guint at[2] = { 0, 0 };
  guint offsets[2] = { starts[0], starts[1] };

  while (at[0] < self->n_tokens[0] || at[1] < self->n_tokens[1])
    {
      guint from[2] = { offsets[0], offsets[1] };
      guint n_words[2] = { 0, 0 };

      for (guint side = 0; side < 2; side++)
        while (at[side] < self->n_tokens[side] && self->changed[side][at[side]])
          {
            const Token *token = &self->tokens[side][at[side]++];

            n_words[side] += !blocks && is_word (texts[side], token);
            offsets[side] = token->end;
          }
      if (from[0] < offsets[0] || from[1] < offsets[1])
        {
          add_change (texts, from, offsets, blocks, n_words[0], n_words[1], pieces);
          continue;
        }

      for (guint side = 0; side < 2; side++)
        offsets[side] = self->tokens[side][at[side]++].end;
      /* Equal blocks may differ in the line feed after the last of them. */
      if (offsets[0] - from[0] == offsets[1] - from[1])
        add_piece (pieces, ANNALS_DIFF_SAME, from[0], offsets[0], 0);
      else
        diff_ranges (texts, from, offsets, FALSE, pieces);
    }
}

/* Compares a range of one text with one of the other. */
static void
diff_ranges (AnnalsText  *texts[2],
             const guint  starts[2],
             const guint  ends[2],
             gboolean     blocks,
             GArray      *pieces)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) older = cut (texts[0], starts[0], ends[0], blocks, ids);
  g_autoptr(GArray) newer = cut (texts[1], starts[1], ends[1], blocks, ids);
  gsize n_diagonals = 2 * MIN (((gsize) older->len + newer->len + 1) / 2, ANNALS_LIMIT_DIFFERENCES) + 5;
  g_autofree guint8 *changed = g_malloc0 ((gsize) older->len + newer->len + 1);
  g_autofree int *ways = g_new0 (int, 2 * n_diagonals);
  Diff diff = { { (const Token *) (gpointer) older->data, (const Token *) (gpointer) newer->data },
                { older->len, newer->len },
                { changed, changed + older->len },
                ways, ways + n_diagonals, (int) n_diagonals / 2 };

  compare (&diff);
  if (!blocks)
    join_changes (&diff, texts);
  collect (&diff, texts, starts, blocks, pieces);
}

GArray *
annals_text_diff (AnnalsText *older,
                  AnnalsText *newer)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (AnnalsDiffPiece));
  AnnalsText *texts[2] = { older, newer };

  g_return_val_if_fail (older != NULL && newer != NULL, pieces);

  diff_ranges (texts, (const guint[]) { 0, 0 },
               (const guint[]) { annals_text_get_length (older), annals_text_get_length (newer) },
               TRUE, pieces);

  return pieces;
}
