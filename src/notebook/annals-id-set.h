/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsIdSet:
 *
 * A bit for each id of a table from 0 to a highest one. Ids are dense, so it is small: 125 KB for a
 * million.
 */
typedef struct
{
  guint64 *words;
  gsize    n_words;
  gint64   top;
} AnnalsIdSet;

/* Empty, with room for ids from 0 to @top. */
AnnalsIdSet *annals_id_set_new       (gint64             top);
AnnalsIdSet *annals_id_set_copy      (const AnnalsIdSet *self);
void         annals_id_set_free      (AnnalsIdSet       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsIdSet, annals_id_set_free)

/* These take sets with the same room. */
void         annals_id_set_unite     (AnnalsIdSet       *self,
                                      const AnnalsIdSet *other);
void         annals_id_set_intersect (AnnalsIdSet       *self,
                                      const AnnalsIdSet *other);
void         annals_id_set_subtract  (AnnalsIdSet       *self,
                                      const AnnalsIdSet *other);
guint        annals_id_set_count     (const AnnalsIdSet *self);
gboolean     annals_id_set_is_empty  (const AnnalsIdSet *self);
/* ascending (element type gint64) */
GArray      *annals_id_set_list      (const AnnalsIdSet *self);

/* An id without room is left out. */
static inline void
annals_id_set_add (AnnalsIdSet *self,
                   gint64       id)
{
  if (id >= 0 && id <= self->top)
    self->words[id >> 6] |= G_GUINT64_CONSTANT (1) << (id & 63);
}

static inline void
annals_id_set_remove (AnnalsIdSet *self,
                      gint64       id)
{
  if (id >= 0 && id <= self->top)
    self->words[id >> 6] &= ~(G_GUINT64_CONSTANT (1) << (id & 63));
}

static inline gboolean
annals_id_set_contains (const AnnalsIdSet *self,
                        gint64             id)
{
  return id >= 0 && id <= self->top && (self->words[id >> 6] >> (id & 63) & 1) != 0;
}

G_END_DECLS
