/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-anchor-private.h"

#include <string.h>

/* G. Myers, A fast bit-vector algorithm for approximate string matching based on dynamic
 * programming, J. ACM 46 (1999), with the blocks of its section 4.2. */

#define BITS 64

typedef struct
{
  guint64 plus;    /* the rows where the column grows by one */
  guint64 minus;   /* and where it shrinks */
  int     score;   /* at the block's last row */
} Block;

struct _AnnalsPattern
{
  guint    n;
  guint    n_blocks;
  guint    last_bits;   /* rows in the last block */
  gboolean backwards;
  guint64 *masks;       /* n_blocks for each different character; the first for all others */
  guint    low[256];    /* index of a character's masks */
  guint32 *keys;        /* the others: a hash table with open addressing */
  guint   *values;
  guint    n_slots;     /* a power of two */
  Block   *blocks;
};

static guint *
find_slot (AnnalsPattern *self,
           guint32        c)
{
  guint i;

  if (c < 256)
    return &self->low[c];

  i = c * 2654435761u & (self->n_slots - 1);
  while (self->values[i] != 0 && self->keys[i] != c)
    i = (i + 1) & (self->n_slots - 1);
  self->keys[i] = self->values[i] != 0 ? self->keys[i] : c;

  return &self->values[i];
}

static inline const guint64 *
get_masks (AnnalsPattern *self,
           guint32        c)
{
  guint i;

  if (c < 256)
    return self->masks + (gsize) self->low[c] * self->n_blocks;

  i = c * 2654435761u & (self->n_slots - 1);
  while (self->values[i] != 0)
    {
      if (self->keys[i] == c)
        return self->masks + (gsize) self->values[i] * self->n_blocks;
      i = (i + 1) & (self->n_slots - 1);
    }

  return self->masks;
}

AnnalsPattern *
annals_pattern_new (const guint32 *chars,
                    guint          n,
                    gboolean       backwards)
{
  AnnalsPattern *self = g_new0 (AnnalsPattern, 1);
  guint n_distinct = 1;

  g_assert (n > 0);

  self->n = n;
  self->n_blocks = (n + BITS - 1) / BITS;
  self->last_bits = n - (self->n_blocks - 1) * BITS;
  self->backwards = backwards;
  for (self->n_slots = 16; self->n_slots < 2 * n; self->n_slots *= 2)
    ;
  self->keys = g_new0 (guint32, self->n_slots);
  self->values = g_new0 (guint, self->n_slots);
  self->blocks = g_new0 (Block, self->n_blocks);

  for (guint i = 0; i < n; i++)
    {
      guint *slot = find_slot (self, chars[i]);

      if (*slot == 0)
        *slot = n_distinct++;
    }

  self->masks = g_new0 (guint64, (gsize) n_distinct * self->n_blocks);
  for (guint i = 0; i < n; i++)
    {
      guint index = *find_slot (self, chars[backwards ? n - 1 - i : i]);

      self->masks[(gsize) index * self->n_blocks + i / BITS] |= G_GUINT64_CONSTANT (1) << i % BITS;
    }

  return self;
}

void
annals_pattern_free (AnnalsPattern *self)
{
  g_free (self->masks);
  g_free (self->keys);
  g_free (self->values);
  g_free (self->blocks);
  g_free (self);
}

/* One column of one block. @carry: the difference that comes in at its first row. Returns: the one
 * that leaves at row @bits */
static inline int
advance (Block   *block,
         guint64  match,
         int      carry,
         guint    bits)
{
  guint64 plus = block->plus;
  guint64 minus = block->minus;
  guint64 vertical = match | minus;
  guint64 horizontal;
  guint64 grows;
  guint64 shrinks;
  int out;

  if (carry < 0)
    match |= 1;
  horizontal = (((match & plus) + plus) ^ plus) | match;
  grows = minus | ~(horizontal | plus);
  shrinks = plus & horizontal;

  out = (int) (grows >> (bits - 1) & 1) - (int) (shrinks >> (bits - 1) & 1);

  grows <<= 1;
  shrinks <<= 1;
  if (carry > 0)
    grows |= 1;
  else if (carry < 0)
    shrinks |= 1;

  block->plus = shrinks | ~(vertical | grows);
  block->minus = grows & vertical;
  block->score += out;

  return out;
}

static guint
block_bits (AnnalsPattern *self,
            guint          i)
{
  return i + 1 == self->n_blocks ? self->last_bits : BITS;
}

static void
init_block (AnnalsPattern *self,
            guint          i,
            int            score_above)
{
  self->blocks[i].plus = ~G_GUINT64_CONSTANT (0);
  self->blocks[i].minus = 0;
  self->blocks[i].score = score_above + (int) block_bits (self, i);
}

static void
add_hit (GArray *hits,
         guint   end,
         guint   errors,
         guint   apart)
{
  AnnalsHit hit = { end, errors };

  if (hits->len > 0)
    {
      AnnalsHit *last = &g_array_index (hits, AnnalsHit, hits->len - 1);

      if (end - last->end < apart)
        {
          if (errors < last->errors)
            *last = hit;
          return;
        }
    }

  g_array_append_val (hits, hit);
}

GArray *
annals_pattern_search (AnnalsPattern *self,
                       const guint32 *text,
                       guint          n,
                       guint          max_errors)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (AnnalsHit));
  guint apart = MAX (self->n / 2, 1);
  guint last = MIN ((max_errors + BITS) / BITS, self->n_blocks) - 1;
  int limit = max_errors;

  for (guint i = 0; i <= last; i++)
    init_block (self, i, i * BITS);

  for (guint j = 0; j < n; j++)
    {
      const guint64 *masks = get_masks (self, text[j]);
      int carry = 0;

      for (guint i = 0; i <= last; i++)
        carry = advance (&self->blocks[i], masks[i], carry, block_bits (self, i));

      /* Only the blocks that may still reach the limit are computed. */
      if (last + 1 < self->n_blocks && self->blocks[last].score - carry <= limit
          && ((masks[last + 1] & 1) != 0 || carry < 0))
        {
          init_block (self, last + 1, self->blocks[last].score - carry);
          last++;
          advance (&self->blocks[last], masks[last], carry, block_bits (self, last));
        }
      else
        {
          while (last > 0 && self->blocks[last].score >= limit + (int) block_bits (self, last))
            last--;
        }

      if (last + 1 == self->n_blocks && self->blocks[last].score <= limit)
        add_hit (hits, j + 1, self->blocks[last].score, apart);
    }

  return hits;
}

guint
annals_pattern_align (AnnalsPattern *self,
                      const guint32 *text,
                      guint          n,
                      guint         *length)
{
  guint best = self->n;

  *length = 0;
  for (guint i = 0; i < self->n_blocks; i++)
    init_block (self, i, i * BITS);

  for (guint j = 0; j < n; j++)
    {
      const guint64 *masks = get_masks (self, text[self->backwards ? n - 1 - j : j]);
      int carry = 1;

      for (guint i = 0; i < self->n_blocks; i++)
        carry = advance (&self->blocks[i], masks[i], carry, block_bits (self, i));

      if ((guint) self->blocks[self->n_blocks - 1].score <= best)
        {
          best = self->blocks[self->n_blocks - 1].score;
          *length = j + 1;
        }
    }

  return best;
}
