/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-paged-list-private.h"

#include <string.h>

/* Keys that are compared in one go. */
#define COMPARED 256
/* Rows of shorter lists are found as fast without the places of their records. */
#define MIN_PLACED 4096
/* A table of ids may be so many times as long as the list; of ids that are further apart there is a hash. */
#define MAX_SPARSE 16
/* Rows that are filled when the list comes: as many as are measured in a frame, and seen in a window. */
#define FIRST_ROWS 11

guint
annals_paged_key_hash (gconstpointer data)
{
  const AnnalsPagedKey *key = data;

  return g_int64_hash (&key->id) * 31 + g_int64_hash (&key->group);
}

gboolean
annals_paged_key_equal (gconstpointer a,
                        gconstpointer b)
{
  const AnnalsPagedKey *x = a;
  const AnnalsPagedKey *y = b;

  return x->id == y->id && x->group == y->group;
}

/* How many keys are equal at the start of both. */
static guint
common_head (GArray *a,
             GArray *b)
{
  guint limit = MIN (a->len, b->len);
  guint n = 0;

  /* in blocks as long as they are equal */
  while (n + COMPARED <= limit && memcmp (annals_paged_key_at (a, n), annals_paged_key_at (b, n),
                                          COMPARED * sizeof (AnnalsPagedKey)) == 0)
    n += COMPARED;
  while (n < limit && annals_paged_key_equal (annals_paged_key_at (a, n), annals_paged_key_at (b, n)))
    n++;

  return n;
}

/* The same at their ends, where there are @limit left. */
static guint
common_tail (GArray *a,
             GArray *b,
             guint   limit)
{
  guint n = 0;

  while (n + COMPARED <= limit &&
         memcmp (annals_paged_key_at (a, a->len - n - COMPARED), annals_paged_key_at (b, b->len - n - COMPARED),
                 COMPARED * sizeof (AnnalsPagedKey)) == 0)
    n += COMPARED;
  while (n < limit &&
         annals_paged_key_equal (annals_paged_key_at (a, a->len - 1 - n), annals_paged_key_at (b, b->len - 1 - n)))
    n++;

  return n;
}

/* @part of @selected, all of it from @from on moved to @to */
static void
add_moved (GtkBitset       *to_set,
           const GtkBitset *selected,
           guint            first,
           guint            n,
           guint            to)
{
  g_autoptr(GtkBitset) part = gtk_bitset_new_range (first, n);

  gtk_bitset_intersect (part, selected);
  if (to > first)
    gtk_bitset_shift_right (part, to - first);
  else if (to < first)
    gtk_bitset_shift_left (part, first - to);
  gtk_bitset_union (to_set, part);
}

/* The selected rows at their places among the new keys. */
static void
carry_selection (AnnalsPagedChange *self)
{
  g_autoptr(GHashTable) chosen = g_hash_table_new (annals_paged_key_hash, annals_paged_key_equal);
  guint old_end = self->old->len - self->tail;
  guint end = self->keys->len - self->tail;
  GtkBitsetIter iter;
  guint position;

  g_clear_pointer (&self->selected, gtk_bitset_unref);
  self->selected = gtk_bitset_new_empty ();
  if (self->head > 0)
    add_moved (self->selected, self->was_selected, 0, self->head, 0);
  if (self->tail > 0)
    add_moved (self->selected, self->was_selected, old_end, self->tail, end);

  for (gboolean valid = gtk_bitset_iter_init_at (&iter, self->was_selected, self->head, &position);
       valid && position < old_end; valid = gtk_bitset_iter_next (&iter, &position))
    g_hash_table_add (chosen, annals_paged_key_at (self->old, position));
  for (guint i = self->head; i < end && g_hash_table_size (chosen) > 0; i++)
    if (g_hash_table_remove (chosen, annals_paged_key_at (self->keys, i)))
      gtk_bitset_add (self->selected, i);
}

static void
compare_keys (AnnalsPagedChange *self)
{
  guint n_gone, n_new;

  self->head = common_head (self->old, self->keys);
  self->tail = common_tail (self->old, self->keys, MIN (self->old->len, self->keys->len) - self->head);
  n_gone = self->old->len - self->head - self->tail;
  n_new = self->keys->len - self->head - self->tail;
  g_clear_pointer (&self->between, g_array_unref);
  if (n_gone == 0 || n_new <= ANNALS_PAGED_MAX_REPLACED)
    return;

  self->between = g_array_sized_new (FALSE, FALSE, sizeof (AnnalsPagedKey),
                                     self->head + ANNALS_PAGED_COME_FIRST + self->tail);
  g_array_append_vals (self->between, self->keys->data, self->head + ANNALS_PAGED_COME_FIRST);
  if (self->tail > 0)
    g_array_append_vals (self->between, annals_paged_key_at (self->old, self->old->len - self->tail), self->tail);
}

/* --- places --- */

static void
places_clear (gpointer data)
{
  AnnalsPagedPlaces *self = data;

  g_array_unref (self->keys);
  g_clear_pointer (&self->table, g_array_unref);
  g_clear_pointer (&self->hash, g_hash_table_unref);
}

static AnnalsPagedPlaces *
places_new (GArray *keys,
            gint64  bottom,
            gint64  top)
{
  AnnalsPagedPlaces *self = g_atomic_rc_box_new0 (AnnalsPagedPlaces);

  self->keys = g_array_ref (keys);
  if (bottom >= 0 && top < (gint64) keys->len * MAX_SPARSE)
    {
      self->table = g_array_sized_new (FALSE, TRUE, sizeof (guint32), (guint) top + 1);
      g_array_set_size (self->table, (guint) top + 1);
    }
  else
    self->hash = g_hash_table_new (g_int64_hash, g_int64_equal);

  /* the first row of a record last */
  for (guint i = keys->len; i > 0; i--)
    {
      AnnalsPagedKey *key = annals_paged_key_at (keys, i - 1);

      if (self->table != NULL)
        g_array_index (self->table, guint32, key->id) = i;
      else
        g_hash_table_replace (self->hash, &key->id, GUINT_TO_POINTER (i));
    }

  return self;
}

AnnalsPagedPlaces *
annals_paged_places_ref (AnnalsPagedPlaces *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_paged_places_unref (AnnalsPagedPlaces *self)
{
  g_atomic_rc_box_release_full (self, places_clear);
}

static void
place_records (AnnalsPagedChange *self)
{
  gint64 top = 0;
  gint64 bottom = 0;

  self->grouped = FALSE;
  for (guint i = 0; i < self->keys->len; i++)
    {
      const AnnalsPagedKey *key = annals_paged_key_at (self->keys, i);

      top = MAX (top, key->id);
      bottom = MIN (bottom, key->id);
      self->grouped |= key->group != annals_paged_key_at (self->keys, 0)->group;
    }

  g_clear_pointer (&self->places, annals_paged_places_unref);
  if (self->keys->len >= MIN_PLACED)
    self->places = places_new (self->keys, bottom, top);
}

AnnalsPagedChange *
annals_paged_change_new (GArray    *keys,
                         GtkBitset *selected)
{
  AnnalsPagedChange *self = g_new0 (AnnalsPagedChange, 1);

  self->old = g_array_ref (keys);
  /* a reference to a bitset belongs to one thread */
  self->was_selected = gtk_bitset_copy (selected);

  return self;
}

void
annals_paged_change_free (AnnalsPagedChange *self)
{
  g_array_unref (self->old);
  gtk_bitset_unref (self->was_selected);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->between, g_array_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_pointer (&self->places, annals_paged_places_unref);
  g_clear_pointer (&self->first, g_ptr_array_unref);
  g_free (self);
}

void
annals_paged_change_set_keys (AnnalsPagedChange *self,
                              GArray            *keys)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (keys != NULL && g_array_get_element_size (keys) == sizeof (AnnalsPagedKey));

  g_array_ref (keys);
  g_clear_pointer (&self->keys, g_array_unref);
  self->keys = keys;
  compare_keys (self);
  carry_selection (self);
  place_records (self);
}

gboolean
annals_paged_change_load_first (AnnalsPagedChange  *self,
                                AnnalsDb           *db,
                                AnnalsPagedLoad     load,
                                gconstpointer       question,
                                GError            **error)
{
  g_return_val_if_fail (self != NULL && self->keys != NULL, FALSE);
  g_return_val_if_fail (load != NULL, FALSE);

  g_clear_pointer (&self->first, g_ptr_array_unref);
  self->first = load (db, question, (const AnnalsPagedKey *) (void *) self->keys->data,
                      MIN (self->keys->len, FIRST_ROWS), error);

  return self->first != NULL;
}

void
annals_paged_change_renew (AnnalsPagedChange *self,
                           GArray            *keys,
                           GtkBitset         *selected)
{
  gboolean other_keys = keys != self->old;

  if (!other_keys && gtk_bitset_equals (selected, self->was_selected))
    return;

  if (other_keys)
    {
      g_array_unref (self->old);
      self->old = g_array_ref (keys);
      compare_keys (self);
    }
  gtk_bitset_unref (self->was_selected);
  self->was_selected = gtk_bitset_copy (selected);
  carry_selection (self);
}

gboolean
annals_paged_places_find (AnnalsPagedPlaces *self,
                          gint64             id,
                          guint             *position)
{
  guint place = 0;

  if (self->hash != NULL)
    place = GPOINTER_TO_UINT (g_hash_table_lookup (self->hash, &id));
  else if (id >= 0 && id < self->table->len)
    place = g_array_index (self->table, guint32, id);

  if (place == 0)
    return FALSE;

  if (position != NULL)
    *position = place - 1;

  return TRUE;
}
