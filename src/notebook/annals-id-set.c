/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-id-set.h"

#include <string.h>

AnnalsIdSet *
annals_id_set_new (gint64 top)
{
  AnnalsIdSet *self = g_new0 (AnnalsIdSet, 1);

  self->top = MAX (top, 0);
  self->n_words = (gsize) (self->top >> 6) + 1;
  self->words = g_new0 (guint64, self->n_words);

  return self;
}

AnnalsIdSet *
annals_id_set_copy (const AnnalsIdSet *self)
{
  AnnalsIdSet *copy = annals_id_set_new (self->top);

  memcpy (copy->words, self->words, self->n_words * sizeof *self->words);

  return copy;
}

void
annals_id_set_free (AnnalsIdSet *self)
{
  g_free (self->words);
  g_free (self);
}

void
annals_id_set_unite (AnnalsIdSet       *self,
                     const AnnalsIdSet *other)
{
  g_return_if_fail (self->n_words == other->n_words);

  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] |= other->words[i];
}

void
annals_id_set_intersect (AnnalsIdSet       *self,
                         const AnnalsIdSet *other)
{
  g_return_if_fail (self->n_words == other->n_words);

  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] &= other->words[i];
}

void
annals_id_set_subtract (AnnalsIdSet       *self,
                        const AnnalsIdSet *other)
{
  g_return_if_fail (self->n_words == other->n_words);

  for (gsize i = 0; i < self->n_words; i++)
    self->words[i] &= ~other->words[i];
}

guint
annals_id_set_count (const AnnalsIdSet *self)
{
  guint n = 0;

  for (gsize i = 0; i < self->n_words; i++)
    n += (guint) __builtin_popcountll (self->words[i]);

  return n;
}

gboolean
annals_id_set_is_empty (const AnnalsIdSet *self)
{
  for (gsize i = 0; i < self->n_words; i++)
    if (self->words[i] != 0)
      return FALSE;

  return TRUE;
}

GArray *
annals_id_set_list (const AnnalsIdSet *self)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), annals_id_set_count (self));

  for (gsize i = 0; i < self->n_words; i++)
    for (guint64 word = self->words[i]; word != 0; word &= word - 1)
      {
        gint64 id = (gint64) i * 64 + __builtin_ctzll (word);

        g_array_append_val (ids, id);
      }

  return ids;
}
