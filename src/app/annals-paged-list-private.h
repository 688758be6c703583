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

/* (g_atomic_rc_box) */
typedef struct
{
  gpointer       data;
  GDestroyNotify clear;
} AnnalsPagedQuestion;

struct _AnnalsPagedList
{
  GObject          parent_instance;
  AnnalsDesk      *desk;
  AnnalsPagedLoad  load;
  GDestroyNotify   destroy;
  AnnalsPagedQuestion *question; /* (nullable), counted: a page on its way holds it too */
  GArray          *keys;         /* all rows */
  AnnalsPagedPlaces *places;     /* (nullable): of the records, see AnnalsPagedChange */
  gboolean         grouped;      /* a record may have several rows */
  GQueue           arrivals;     /* of Arrival: rows to be filled */
  guint            fill_source;
  GHashTable      *items;        /* AnnalsPagedKey → AnnalsPagedItem, not owned: rows are weak */
  GHashTable      *pages;        /* number → GPtrArray of the page's items, owned */
  GQueue           page_order;   /* numbers, the latest fetched first */
  GPtrArray       *first;        /* (nullable): items that came with the keys, owned */
  GPtrArray       *leaving;      /* items that a view still has widgets for, after those of the keys; NULL: any; owned */
  guint            n_before;     /* rows before those for the moment in which they are told to go */
  guint            leave_source;
  GHashTable      *pending;      /* numbers of pages on their way */
  GtkBitset       *selected;
  guint            generation;   /* matches an answer to its question */
  gboolean         failed;       /* this generation has said so */
};

/* An item in the table of those that are the list's, and out of it. */
void annals_paged_list_attach         (AnnalsPagedList   *self,
                                       AnnalsPagedItem   *item);
void annals_paged_list_detach         (AnnalsPagedList   *self,
                                       AnnalsPagedItem   *item);
/* The rows whose contents came with their keys have them before a view sees them. */
void annals_paged_list_take_first     (AnnalsPagedList   *self,
                                       AnnalsPagedChange *change);
/* Rows that are leaving are gone, without a word. */
void annals_paged_list_forget_leaving (AnnalsPagedList   *self);
/* The keys become those of the change, and views are told. @places (nullable): of the keys that go */
void annals_paged_list_show_keys      (AnnalsPagedList   *self,
                                       AnnalsPagedChange *change,
                                       AnnalsPagedPlaces *places);

G_END_DECLS
