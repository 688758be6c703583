/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-paged-list-private.h"

/* A view has about 200 widgets, for rows beside each other; to destroy them and to make others takes longer than a frame. It
 * keeps the widget of an item that is in the list before and after a change, so the items of rows that go become those
 * of rows that come, and what is too many goes so many at a time. */
#define LEAVE_AT_ONCE 16
#define MAX_LEAVING 1024

/* --- leaving --- */

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* @places: (nullable): of the keys
 * Returns: (nullable): where among the keys the items are that somebody holds, in order
 */
static GArray *
find_live (AnnalsPagedList   *self,
           AnnalsPagedPlaces *places)
{
  g_autoptr(GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;
  guint position;

  if (places == NULL)
    for (position = 0; position < self->keys->len; position++)
      {
        if (g_hash_table_contains (self->items, annals_paged_key_at (self->keys, position)))
          g_array_append_val (positions, position);
      }
  else if (self->grouped)   /* only the first row of each record would be found */
    return NULL;
  else
    {
      g_hash_table_iter_init (&iter, self->items);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (annals_paged_places_find (places, ((AnnalsPagedKey *) key)->id, &position))
          g_array_append_val (positions, position);
      g_array_sort (positions, compare_positions);
    }

  return positions->len > 0 ? g_steal_pointer (&positions) : NULL;
}

void
annals_paged_list_forget_leaving (AnnalsPagedList *self)
{
  g_clear_handle_id (&self->leave_source, g_source_remove);
  g_ptr_array_set_size (self->leaving, 0);
}

static gboolean
leave_cb (gpointer data)
{
  AnnalsPagedList *self = data;
  guint n = MIN (self->leaving->len, LEAVE_AT_ONCE);

  g_ptr_array_set_size (self->leaving, (int) (self->leaving->len - n));
  if (self->leaving->len == 0)
    self->leave_source = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), self->keys->len + self->leaving->len, n, 0);

  return self->leave_source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
begin_trimming (AnnalsPagedList *self)
{
  if (self->leave_source == 0)
    self->leave_source = g_idle_add (leave_cb, self);
}

/* The rows that a view has widgets for stay for some turns of the main loop: a list without rows is not shown.
 * @places: (nullable): of the keys
 * @keys: empty
 */
static void
leave_all (AnnalsPagedList   *self,
           AnnalsPagedPlaces *places,
           GArray            *keys)
{
  g_autoptr(GArray) live = find_live (self, places);
  guint n_rows = self->keys->len;
  guint first, end, n;

  if (live == NULL)
    return;

  /* those that are leaving already follow the last */
  first = self->leaving->len > 0 ? 0 : g_array_index (live, guint, 0);
  end = self->leaving->len > 0 ? n_rows : g_array_index (live, guint, live->len - 1) + 1;
  n = end - first;
  if (n > MAX_LEAVING)
    return;

  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (self->leaving, (int) i, NULL);
  for (guint i = 0; i < n; i++)
    {
      AnnalsPagedItem *item = g_hash_table_lookup (self->items, annals_paged_key_at (self->keys, first + i));

      /* what a view shows of it stays as it is */
      if (item == NULL)
        continue;
      self->leaving->pdata[i] = g_object_ref (item);
      annals_paged_list_detach (self, item);
    }

  g_array_unref (self->keys);
  self->keys = g_array_ref (keys);
  self->n_before = first;
  if (end < n_rows)
    g_list_model_items_changed (G_LIST_MODEL (self), end, n_rows - end, 0);
  self->n_before = 0;
  if (first > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, first, 0);
  begin_trimming (self);
}

/* --- replacing --- */

/* How many of @n rows that come take the place of those that go in one step. */
static guint
count_first (guint n)
{
  return n <= ANNALS_PAGED_MAX_REPLACED ? n : ANNALS_PAGED_COME_FIRST;
}

/* Returns: (transfer full): items that somebody holds of rows that go, in order, and of those that have gone; none of the
 * @n rows from @head on has them
 */
static GPtrArray *
list_free_items (AnnalsPagedList         *self,
                 const AnnalsPagedChange *change,
                 AnnalsPagedPlaces       *places,
                 guint                    n)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) coming = g_hash_table_new (annals_paged_key_hash, annals_paged_key_equal);
  g_autoptr(GArray) live = find_live (self, places);
  guint end = change->old->len - change->tail;

  for (guint i = 0; i < n; i++)
    g_hash_table_add (coming, annals_paged_key_at (change->keys, change->head + i));
  for (guint i = 0; live != NULL && i < live->len; i++)
    {
      guint position = g_array_index (live, guint, i);
      const AnnalsPagedKey *key = annals_paged_key_at (self->keys, position);

      if (position >= change->head && position < end && !g_hash_table_contains (coming, key))
        g_ptr_array_add (items, g_object_ref (g_hash_table_lookup (self->items, key)));
    }
  for (guint i = 0; i < self->leaving->len; i++)
    if (self->leaving->pdata[i] != NULL)
      g_ptr_array_add (items, g_object_ref (self->leaving->pdata[i]));

  return items;
}

static void
reuse (AnnalsPagedList      *self,
       AnnalsPagedItem      *item,
       const AnnalsPagedKey *key)
{
  if (g_hash_table_lookup (self->items, annals_paged_item_get_key (item)) == item)
    annals_paged_list_detach (self, item);
  annals_paged_item_reuse (item, key != NULL ? key : &(AnnalsPagedKey) { 0 });
  if (key != NULL)
    annals_paged_list_attach (self, item);
}

/* Items of rows that go become those of the first rows that come.
 * Returns: (transfer full): them, and from @n_used on those that are too many, with nothing in them
 */
static GPtrArray *
reuse_items (AnnalsPagedList         *self,
             const AnnalsPagedChange *change,
             AnnalsPagedPlaces       *places,
             guint                   *n_used)
{
  guint n_new = change->keys->len - change->head - change->tail;
  guint n = MIN (n_new, ANNALS_PAGED_COME_FIRST);
  /* a view follows the row that has the keyboard to where it stands among those that come in one step */
  GPtrArray *items = list_free_items (self, change, places, count_first (n_new));

  *n_used = 0;
  if (items->len <= LEAVE_AT_ONCE || items->len > MAX_LEAVING)
    {
      g_ptr_array_set_size (items, 0);
      return items;
    }

  for (guint i = 0; i < n && *n_used < items->len; i++)
    {
      const AnnalsPagedKey *key = annals_paged_key_at (change->keys, change->head + i);

      if (!g_hash_table_contains (self->items, key))
        reuse (self, items->pdata[(*n_used)++], key);
    }
  /* not at the end of a long list, nor for a few */
  if (n < n_new || items->len - *n_used <= LEAVE_AT_ONCE)
    g_ptr_array_set_size (items, (int) *n_used);
  for (guint i = *n_used; i < items->len; i++)
    reuse (self, items->pdata[i], NULL);

  return items;
}

/* From the change on all rows are others for a view; @items from @first on are leaving, those that were are not any more. */
static void
replace_shown (AnnalsPagedList         *self,
               const AnnalsPagedChange *change,
               GPtrArray               *items,
               guint                    first)
{
  GListModel *model = G_LIST_MODEL (self);
  GArray *keys = change->keys;
  guint position = change->head;
  guint n_gone = self->keys->len - position + self->leaving->len;
  guint n_new = keys->len - position;
  guint n_first = count_first (n_new);

  g_ptr_array_set_size (self->leaving, 0);
  for (guint i = first; i < items->len; i++)
    g_ptr_array_add (self->leaving, g_object_ref (items->pdata[i]));

  g_array_unref (self->keys);
  self->keys = g_array_sized_new (FALSE, FALSE, sizeof (AnnalsPagedKey), position + n_first);
  g_array_append_vals (self->keys, keys->data, position + n_first);
  g_list_model_items_changed (model, position, n_gone, n_first + self->leaving->len);

  g_array_unref (self->keys);
  self->keys = g_array_ref (keys);
  if (n_new > n_first)
    g_list_model_items_changed (model, position + n_first, 0, n_new - n_first);
  if (self->leaving->len > 0)
    begin_trimming (self);
  else
    annals_paged_list_forget_leaving (self);
}

/* One minimal change, so that the view keeps its place; or two. */
static void
replace_keys (AnnalsPagedList         *self,
              const AnnalsPagedChange *change)
{
  GListModel *model = G_LIST_MODEL (self);
  guint n_gone = change->old->len - change->head - change->tail;
  guint n_new = change->keys->len - change->head - change->tail;
  guint position = change->head;

  if (change->between != NULL)
    {
      g_array_unref (self->keys);
      self->keys = g_array_ref (change->between);
      g_list_model_items_changed (model, position, n_gone, ANNALS_PAGED_COME_FIRST);
      position += ANNALS_PAGED_COME_FIRST;
      n_new -= ANNALS_PAGED_COME_FIRST;
      n_gone = 0;
    }

  g_array_unref (self->keys);
  self->keys = g_array_ref (change->keys);
  if (n_gone > 0 || n_new > 0)
    g_list_model_items_changed (model, position, n_gone, n_new);
}

/* @places: (nullable): of the keys that go */
void
annals_paged_list_show_keys (AnnalsPagedList   *self,
                             AnnalsPagedChange *change,
                             AnnalsPagedPlaces *places)
{
  gboolean same = change->head == change->keys->len && self->keys->len == change->keys->len;
  g_autoptr(GPtrArray) items = NULL;   /* held until the views have been told */
  guint n_used = 0;

  if (!same && change->keys->len == 0)
    leave_all (self, places, change->keys);
  else if (!same && !self->grouped && !change->grouped)
    items = reuse_items (self, change, places, &n_used);

  annals_paged_list_take_first (self, change);
  if (self->keys != change->keys && items != NULL && (items->len > n_used || self->leaving->len > 0))
    replace_shown (self, change, items, n_used);
  else if (self->keys != change->keys)
    replace_keys (self, change);

  /* a row may show where it is in the list, which it knows only now */
  for (guint i = 0; i < n_used; i++)
    if (annals_paged_item_get_content (items->pdata[i]) != NULL)
      annals_paged_item_tell (items->pdata[i]);
}
