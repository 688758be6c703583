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


static void annals_paged_list_list_model_init (GListModelInterface *iface);
static void annals_paged_list_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AnnalsPagedList, annals_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, annals_paged_list_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      annals_paged_list_selection_model_init))

static void
question_clear (AnnalsPagedQuestion *self)
{
  if (self->clear != NULL)
    self->clear (self->data);
}

static void
question_unref (AnnalsPagedQuestion *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) question_clear);
}

/* --- fetching --- */

/* What is asked of a reader's thread. */
typedef struct
{
  AnnalsPagedLoad  load;
  AnnalsPagedQuestion        *question;   /* (nullable) */
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

void
annals_paged_list_attach (AnnalsPagedList *self,
                          AnnalsPagedItem *item)
{
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  g_hash_table_insert (self->items, g_memdup2 (annals_paged_item_get_key (item), sizeof (AnnalsPagedKey)), item);
}

void
annals_paged_list_detach (AnnalsPagedList *self,
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
  annals_paged_list_attach (self, item);

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
  annals_paged_list_forget_leaving (self);

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
unref_any (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
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
  self->question = g_atomic_rc_box_new0 (AnnalsPagedQuestion);
  self->question->data = question;
  self->question->clear = clear;
}

void
annals_paged_list_take_first (AnnalsPagedList   *self,
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
  annals_paged_list_show_keys (self, change, places);
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
