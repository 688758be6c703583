/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-paged-list-private.h"

#include <glib/gi18n.h>

/* One query fetches a page; so many pages stay when no row shows them any more. */
#define PAGE_SIZE 64
#define MAX_PAGES 64

/* So many rows are filled in a frame, whose milliseconds these are: a page that arrives is measured in several. Idle
 * time would not do, of which there is more than one between two frames. */
#define ROWS_AT_ONCE 12
#define FRAME 17

/* A view has about 200 widgets, for rows beside each other; to destroy them and to make others takes longer than a frame. It
 * keeps the widget of an item that is in the list before and after a change, so the items of rows that go become those
 * of rows that come, and what is too many goes so many at a time. */
#define LEAVE_AT_ONCE 16
#define MAX_LEAVING 1024

/* (g_atomic_rc_box) */
typedef struct
{
  gpointer       data;
  GDestroyNotify clear;
} Question;

struct _AnnalsPagedList
{
  GObject          parent_instance;
  AnnalsDesk      *desk;
  AnnalsPagedLoad  load;
  GDestroyNotify   destroy;
  Question        *question;     /* (nullable), counted: a page on its way holds it too */
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

static void annals_paged_list_list_model_init (GListModelInterface *iface);
static void annals_paged_list_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AnnalsPagedList, annals_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, annals_paged_list_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      annals_paged_list_selection_model_init))

static void
question_clear (Question *self)
{
  if (self->clear != NULL)
    self->clear (self->data);
}

static void
question_unref (Question *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) question_clear);
}

/* --- fetching --- */

/* What is asked of a reader's thread. */
typedef struct
{
  AnnalsPagedLoad  load;
  Question        *question;   /* (nullable) */
  guint            generation;
  guint            page;       /* G_MAXUINT: only @keys again */
  GArray          *keys;
  GPtrArray       *contents;
} FetchJob;

static void
fetch_job_free (FetchJob *self)
{
  g_clear_pointer (&self->question, question_unref);
  g_array_unref (self->keys);
  g_clear_pointer (&self->contents, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fetch_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  FetchJob *job = data;

  job->contents = job->load (db, job->question != NULL ? job->question->data : NULL,
                             (const AnnalsPagedKey *) (void *) job->keys->data, job->keys->len, error);

  return job->contents != NULL;
}

static void
item_gone_cb (gpointer  data,
              GObject  *where_the_object_was)
{
  AnnalsPagedList *self = data;

  g_hash_table_remove (self->items, annals_paged_item_get_key ((AnnalsPagedItem *) where_the_object_was));
}

static void
attach (AnnalsPagedList *self,
        AnnalsPagedItem *item)
{
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  g_hash_table_insert (self->items, g_memdup2 (annals_paged_item_get_key (item), sizeof (AnnalsPagedKey)), item);
}

static void
detach (AnnalsPagedList *self,
        AnnalsPagedItem *item)
{
  g_object_weak_unref (G_OBJECT (item), item_gone_cb, self);
  g_hash_table_remove (self->items, annals_paged_item_get_key (item));
}

/* The live row, or a new empty one. */
static AnnalsPagedItem *
ref_item (AnnalsPagedList      *self,
          const AnnalsPagedKey *key)
{
  AnnalsPagedItem *item = g_hash_table_lookup (self->items, key);

  if (item != NULL)
    return g_object_ref (item);

  item = annals_paged_item_new (key, self->destroy);
  attach (self, item);

  return item;
}

static void
keep_page (AnnalsPagedList *self,
           guint            page,
           GPtrArray       *items)
{
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (page), items);
  g_queue_push_head (&self->page_order, GUINT_TO_POINTER (page));

  while (g_queue_get_length (&self->page_order) > MAX_PAGES)
    g_hash_table_remove (self->pages, g_queue_pop_tail (&self->page_order));
}

static void
forget_pages (AnnalsPagedList *self)
{
  g_clear_pointer (&self->first, g_ptr_array_unref);
  g_hash_table_remove_all (self->pages);
  g_hash_table_remove_all (self->pending);
  g_queue_clear (&self->page_order);
}

/* --- filling --- */

/* What has come for a row. */
typedef struct
{
  AnnalsPagedItem *item;
  gpointer         content;
} Arrival;

static void
forget_arrivals (AnnalsPagedList *self)
{
  Arrival *arrival;

  g_clear_handle_id (&self->fill_source, g_source_remove);
  while ((arrival = g_queue_pop_head (&self->arrivals)))
    {
      self->destroy (arrival->content);
      g_object_unref (arrival->item);
      g_free (arrival);
    }
}

/* Takes @content. */
static void
add_arrival (AnnalsPagedList *self,
             AnnalsPagedItem *item,
             gpointer         content)
{
  Arrival *arrival = g_new (Arrival, 1);

  arrival->item = g_object_ref (item);
  arrival->content = content;
  g_queue_push_tail (&self->arrivals, arrival);
}

static gboolean fill_cb (gpointer data);

/* @delay: milliseconds */
static void
plan_filling (AnnalsPagedList *self,
              guint            delay)
{
  if (self->fill_source == 0 && !g_queue_is_empty (&self->arrivals))
    self->fill_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, delay, fill_cb, self, NULL);
}

static void
fill (AnnalsPagedList *self)
{
  Arrival *arrival;

  for (guint i = 0; i < ROWS_AT_ONCE && (arrival = g_queue_pop_head (&self->arrivals)); i++)
    {
      annals_paged_item_take_content (arrival->item, arrival->content);
      g_object_unref (arrival->item);
      g_free (arrival);
    }

  plan_filling (self, FRAME);
}

static gboolean
fill_cb (gpointer data)
{
  AnnalsPagedList *self = data;

  self->fill_source = 0;
  fill (self);

  return G_SOURCE_REMOVE;
}

static void
fetched_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (owner);
  FetchJob *job = data;
  g_autoptr(GPtrArray) items = NULL;

  if (job->generation != self->generation)
    return;

  g_hash_table_remove (self->pending, GUINT_TO_POINTER (job->page));
  if (error != NULL)
    {
      /* Said once: every further page would say the same. */
      if (!self->failed)
        annals_desk_fail (self->desk, _("The list could not be read"), error->message);
      self->failed = TRUE;
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < job->keys->len; i++)
    {
      AnnalsPagedItem *item = ref_item (self, annals_paged_key_at (job->keys, i));

      g_ptr_array_add (items, item);
      if (job->contents->pdata[i] != NULL)
        add_arrival (self, item, g_steal_pointer (&job->contents->pdata[i]));
    }
  /* What was taken out is NULL, which the array's own function need not bear. */
  g_ptr_array_set_free_func (job->contents, NULL);

  /* those that are read again wait for the frame in which the first rows of their list are measured */
  if (job->page == G_MAXUINT)
    {
      plan_filling (self, 2 * FRAME);
    }
  else
    {
      keep_page (self, job->page, g_steal_pointer (&items));
      fill (self);
    }
}

/* Takes @keys. */
static void
fetch (AnnalsPagedList *self,
       guint            page,
       GArray          *keys)
{
  FetchJob *job = g_new0 (FetchJob, 1);

  job->load = self->load;
  job->question = self->question != NULL ? g_atomic_rc_box_acquire (self->question) : NULL;
  job->generation = self->generation;
  job->page = page;
  job->keys = keys;
  annals_desk_read (self->desk, self, fetch_in_reader, job, (GDestroyNotify) fetch_job_free, NULL, fetched_cb);
}

/* Fetches the rows again that something holds: without cached pages, those in view, whether they have come
 * already or not; but those that just came with their keys. */
static void
fetch_live (AnnalsPagedList *self)
{
  g_autoptr(GArray) live = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
  GHashTableIter iter;
  gpointer key, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, &item))
    if (self->first == NULL || !g_ptr_array_find (self->first, item, NULL))
      g_array_append_vals (live, key, 1);

  if (live->len > 0)
    fetch (self, G_MAXUINT, g_steal_pointer (&live));
}

/* --- leaving --- */

static void
unref_any (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
}

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

static void
forget_leaving (AnnalsPagedList *self)
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
      detach (self, item);
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

/* --- GListModel --- */

static GType
annals_paged_list_get_item_type (GListModel *model)
{
  return ANNALS_TYPE_PAGED_ITEM;
}

static guint
annals_paged_list_get_n_items (GListModel *model)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (model);

  return self->n_before + self->keys->len + self->leaving->len;
}

static gpointer
annals_paged_list_get_item (GListModel *model,
                            guint       position)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (model);

  guint n_ahead = self->n_before + self->keys->len;
  AnnalsPagedItem *item = NULL;

  if (position < self->keys->len)
    return ref_item (self, annals_paged_key_at (self->keys, position));
  if (position >= n_ahead + self->leaving->len)
    return NULL;

  if (position >= n_ahead)
    item = self->leaving->pdata[position - n_ahead];

  return item != NULL ? g_object_ref (item) : annals_paged_item_new (&(AnnalsPagedKey) { 0 }, self->destroy);
}

static void
annals_paged_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = annals_paged_list_get_item_type;
  iface->get_n_items = annals_paged_list_get_n_items;
  iface->get_item = annals_paged_list_get_item;
}

/* --- GtkSelectionModel --- */

static gboolean
annals_paged_list_is_selected (GtkSelectionModel *model,
                               guint              position)
{
  return gtk_bitset_contains (ANNALS_PAGED_LIST (model)->selected, position);
}

static GtkBitset *
annals_paged_list_get_selection_in_range (GtkSelectionModel *model,
                                          guint              position,
                                          guint              n_items)
{
  return gtk_bitset_ref (ANNALS_PAGED_LIST (model)->selected);
}

static gboolean
annals_paged_list_set_selection (GtkSelectionModel *model,
                                 GtkBitset         *selected,
                                 GtkBitset         *mask)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (model);
  g_autoptr(GtkBitset) wanted = gtk_bitset_copy (self->selected);
  g_autoptr(GtkBitset) added = gtk_bitset_copy (selected);
  g_autoptr(GtkBitset) changed = NULL;
  g_autoptr(GtkBitset) all = NULL;
  guint first;

  gtk_bitset_intersect (added, mask);
  gtk_bitset_subtract (wanted, mask);
  gtk_bitset_union (wanted, added);
  all = gtk_bitset_new_range (0, self->keys->len);
  gtk_bitset_intersect (wanted, all);

  changed = gtk_bitset_copy (self->selected);
  gtk_bitset_difference (changed, wanted);
  if (gtk_bitset_is_empty (changed))
    return TRUE;

  gtk_bitset_unref (self->selected);
  self->selected = g_steal_pointer (&wanted);
  first = gtk_bitset_get_minimum (changed);
  gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changed) - first + 1);
  return TRUE;
}

static gboolean
annals_paged_list_select_all (GtkSelectionModel *model)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (model);
  g_autoptr(GtkBitset) all = NULL;

  all = gtk_bitset_new_range (0, self->keys->len);

  return gtk_selection_model_set_selection (model, all, all);
}

static void
annals_paged_list_selection_model_init (GtkSelectionModelInterface *iface)
{
  /* The others have defaults that call these. */
  iface->select_all = annals_paged_list_select_all;
  iface->is_selected = annals_paged_list_is_selected;
  iface->get_selection_in_range = annals_paged_list_get_selection_in_range;
  iface->set_selection = annals_paged_list_set_selection;
}

/* --- GObject --- */

static void
annals_paged_list_dispose (GObject *object)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (object);
  GHashTableIter iter;
  gpointer item;

  forget_pages (self);
  forget_arrivals (self);
  forget_leaving (self);

  /* Rows may live on in a view for a moment. */
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, item_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_paged_list_parent_class)->dispose (object);
}

static void
annals_paged_list_finalize (GObject *object)
{
  AnnalsPagedList *self = ANNALS_PAGED_LIST (object);

  g_clear_pointer (&self->question, question_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  g_clear_pointer (&self->places, annals_paged_places_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);

  G_OBJECT_CLASS (annals_paged_list_parent_class)->finalize (object);
}

static void
annals_paged_list_class_init (AnnalsPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_paged_list_dispose;
  object_class->finalize = annals_paged_list_finalize;
}

static void
annals_paged_list_init (AnnalsPagedList *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
  self->items = g_hash_table_new_full (annals_paged_key_hash, annals_paged_key_equal, g_free, NULL);
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->pending = g_hash_table_new (NULL, NULL);
  self->selected = gtk_bitset_new_empty ();
  self->leaving = g_ptr_array_new_with_free_func (unref_any);
  g_queue_init (&self->page_order);
  g_queue_init (&self->arrivals);
}

AnnalsPagedList *
annals_paged_list_new (AnnalsDesk      *desk,
                       AnnalsPagedLoad  load,
                       GDestroyNotify   destroy)
{
  AnnalsPagedList *self;

  g_return_val_if_fail (ANNALS_IS_DESK (desk), NULL);
  g_return_val_if_fail (load != NULL && destroy != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_PAGED_LIST, NULL);
  self->desk = g_object_ref (desk);
  self->load = load;
  self->destroy = destroy;

  return self;
}

void
annals_paged_list_set_question (AnnalsPagedList *self,
                                gpointer         question,
                                GDestroyNotify   clear)
{
  g_return_if_fail (ANNALS_IS_PAGED_LIST (self));

  g_clear_pointer (&self->question, question_unref);
  self->question = g_atomic_rc_box_new0 (Question);
  self->question->data = question;
  self->question->clear = clear;
}

/* The rows whose contents came with their keys have them before a view sees them. */
static void
take_first (AnnalsPagedList   *self,
            AnnalsPagedChange *change)
{
  g_autoptr(GPtrArray) contents = g_steal_pointer (&change->first);

  if (contents == NULL)
    return;

  self->first = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (contents->len, change->keys->len); i++)
    {
      AnnalsPagedItem *item = ref_item (self, annals_paged_key_at (change->keys, i));

      g_ptr_array_add (self->first, item);
      if (contents->pdata[i] != NULL)
        annals_paged_item_take_content (item, g_steal_pointer (&contents->pdata[i]));
    }
  /* as in fetched_cb() */
  g_ptr_array_set_free_func (contents, NULL);
}

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
    detach (self, item);
  annals_paged_item_reuse (item, key != NULL ? key : &(AnnalsPagedKey) { 0 });
  if (key != NULL)
    attach (self, item);
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
    forget_leaving (self);
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
static void
show_keys (AnnalsPagedList   *self,
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

  take_first (self, change);
  if (self->keys != change->keys && items != NULL && (items->len > n_used || self->leaving->len > 0))
    replace_shown (self, change, items, n_used);
  else if (self->keys != change->keys)
    replace_keys (self, change);

  /* a row may show where it is in the list, which it knows only now */
  for (guint i = 0; i < n_used; i++)
    if (annals_paged_item_get_content (items->pdata[i]) != NULL)
      annals_paged_item_tell (items->pdata[i]);
}

AnnalsPagedChange *
annals_paged_list_begin_change (AnnalsPagedList *self)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), NULL);

  return annals_paged_change_new (self->keys, self->selected);
}

void
annals_paged_list_apply (AnnalsPagedList   *self,
                         AnnalsPagedChange *change)
{
  g_autoptr(AnnalsPagedPlaces) places = NULL;

  g_return_if_fail (ANNALS_IS_PAGED_LIST (self));
  g_return_if_fail (change != NULL && change->keys != NULL);

  annals_paged_change_renew (change, self->keys, self->selected);
  self->generation++;
  self->failed = FALSE;
  forget_pages (self);
  forget_arrivals (self);
  gtk_bitset_unref (self->selected);
  self->selected = gtk_bitset_ref (change->selected);
  places = g_steal_pointer (&self->places);
  show_keys (self, change, places);
  self->places = change->places != NULL ? annals_paged_places_ref (change->places) : NULL;
  self->grouped = change->grouped;
  fetch_live (self);
}

void
annals_paged_list_refresh (AnnalsPagedList *self)
{
  g_return_if_fail (ANNALS_IS_PAGED_LIST (self));

  forget_pages (self);
  forget_arrivals (self);
  fetch_live (self);
}

guint
annals_paged_list_get_n_keys (AnnalsPagedList *self)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), 0);

  return self->keys->len;
}

const AnnalsPagedKey *
annals_paged_list_get_key (AnnalsPagedList *self,
                           guint            position)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), NULL);
  g_return_val_if_fail (position < self->keys->len, NULL);

  return annals_paged_key_at (self->keys, position);
}

gboolean
annals_paged_list_starts_group (AnnalsPagedList *self,
                                guint            position)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), FALSE);

  return position < self->keys->len &&
         (position == 0 || annals_paged_key_at (self->keys, position)->group != annals_paged_key_at (self->keys, position - 1)->group);
}

gboolean
annals_paged_list_find (AnnalsPagedList *self,
                        gint64           id,
                        guint           *position)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), FALSE);

  if (self->places != NULL)
    return annals_paged_places_find (self->places, id, position);

  for (guint i = 0; i < self->keys->len; i++)
    {
      if (annals_paged_key_at (self->keys, i)->id != id)
        continue;

      if (position != NULL)
        *position = i;
      return TRUE;
    }

  return FALSE;
}

void
annals_paged_list_want (AnnalsPagedList *self,
                        guint            position)
{
  guint page = position / PAGE_SIZE;
  guint first = page * PAGE_SIZE;
  AnnalsPagedItem *item;
  GArray *keys;

  g_return_if_fail (ANNALS_IS_PAGED_LIST (self));

  if (position >= self->keys->len)   /* it is leaving */
    return;

  item = g_hash_table_lookup (self->items, annals_paged_key_at (self->keys, position));
  if ((item != NULL && annals_paged_item_get_content (item) != NULL) ||
      g_hash_table_contains (self->pages, GUINT_TO_POINTER (page)) ||
      !g_hash_table_add (self->pending, GUINT_TO_POINTER (page)))
    return;

  keys = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
  g_array_append_vals (keys, annals_paged_key_at (self->keys, first), MIN (PAGE_SIZE, self->keys->len - first));
  fetch (self, page, keys);
}

guint
annals_paged_list_get_n_selected (AnnalsPagedList *self)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), 0);

  return gtk_bitset_get_size (self->selected);
}

GArray *
annals_paged_list_dup_selected (AnnalsPagedList *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *ids;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (ANNALS_IS_PAGED_LIST (self), NULL);

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) gtk_bitset_get_size (self->selected));
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, self->selected, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    if (!self->grouped || g_hash_table_add (seen, &annals_paged_key_at (self->keys, position)->id))
      g_array_append_val (ids, annals_paged_key_at (self->keys, position)->id);

  return ids;
}
