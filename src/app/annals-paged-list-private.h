/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-paged-list.h"

G_BEGIN_DECLS

AnnalsPagedItem *annals_paged_item_new          (const AnnalsPagedKey *key,
                                                 GDestroyNotify        destroy);
/* @content: not NULL */
void             annals_paged_item_take_content (AnnalsPagedItem      *self,
                                                 gpointer              content);
/* Empties it: it is another row from now on, for whoever holds it. */
void             annals_paged_item_reuse        (AnnalsPagedItem      *self,
                                                 const AnnalsPagedKey *key);
/* As if its content had come just now. */
void             annals_paged_item_tell         (AnnalsPagedItem      *self);

guint                 annals_paged_key_hash  (gconstpointer data);
gboolean              annals_paged_key_equal (gconstpointer a,
                                              gconstpointer b);
static inline AnnalsPagedKey *
annals_paged_key_at (GArray *keys,
                     guint   position)
{
  return &g_array_index (keys, AnnalsPagedKey, position);
}

/**
 * AnnalsPagedPlaces:
 * @table: (nullable): by a record's id, its first row and 1; 0: none (element type guint32)
 * @hash: (nullable): the same where ids are far apart: pointers to ids among the keys → the row and 1
 *
 * Where each record stands. Counted, and of any thread.
 */
typedef struct
{
  GArray     *keys;
  GArray     *table;
  GHashTable *hash;
} AnnalsPagedPlaces;

/* Where rows go and others come in one change, a view asks for every one that comes, to find those it follows. Of more of
 * them only the first are in that change, more than the 205 that a view of GTK 4.8 has widgets for; it takes the others
 * as they are, however many come then. */
#define ANNALS_PAGED_MAX_REPLACED 2000
#define ANNALS_PAGED_COME_FIRST 256

struct _AnnalsPagedChange
{
  GArray    *old;            /* the keys before */
  GtkBitset *was_selected;   /* of them */
  GArray    *keys;           /* (nullable): after */
  guint      head;           /* so many are the same at the start */
  guint      tail;           /* and at the end */
  GArray    *between;        /* (nullable): where it takes two steps, the keys after the first */
  GtkBitset *selected;       /* (nullable): of the new ones */
  AnnalsPagedPlaces *places; /* (nullable): of a long list */
  gboolean   grouped;        /* the rows have several groups */
  GPtrArray *first;          /* (nullable): contents of the first rows, or NULL in their place */
};

/* Both as they are now; referenced and copied. */
AnnalsPagedChange    *annals_paged_change_new   (GArray            *keys,
                                                 GtkBitset         *selected);
/* They are now so: works out again what is so no longer. */
void                  annals_paged_change_renew (AnnalsPagedChange *self,
                                                 GArray            *keys,
                                                 GtkBitset         *selected);
AnnalsPagedPlaces    *annals_paged_places_ref   (AnnalsPagedPlaces *self);
void                  annals_paged_places_unref (AnnalsPagedPlaces *self);
gboolean              annals_paged_places_find  (AnnalsPagedPlaces *self,
                                                 gint64             id,
                                                 guint             *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPagedPlaces, annals_paged_places_unref)

G_END_DECLS
