/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-list.h"

#include <glib/gi18n.h>

/* One query fetches a page; so many pages stay when no row shows them any more. */
#define PAGE_SIZE 64
#define MAX_PAGES 64

/* A view asks for every row that is added, so a long list reaches it in pieces that fit a frame. */
#define FIRST_PIECE 2000
#define NEXT_PIECE 10000

/* Words in the piece of text around a match. */
#define SNIPPET_WORDS 24

struct _AnnalsPostList
{
  GObject     parent_instance;
  AnnalsDesk *desk;
  GArray     *ids;          /* all posts */
  guint       n_shown;      /* of them, those the view knows */
  guint       grow_source;
  char       *match;
  GHashTable *reasons;      /* (nullable): gint64 → char* */
  GHashTable *items;        /* gint64 → AnnalsPostItem, not owned: rows are weak */
  GHashTable *pages;        /* number → GPtrArray of the page's items, owned */
  GQueue      page_order;   /* numbers, the latest fetched first */
  GHashTable *pending;      /* numbers of pages on their way */
  GtkBitset  *selected;
  guint       generation;   /* matches an answer to its question */
};

static void annals_post_list_list_model_init (GListModelInterface *iface);
static void annals_post_list_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AnnalsPostList, annals_post_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, annals_post_list_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      annals_post_list_selection_model_init))

/* What is asked of a reader's thread. */
typedef struct
{
  guint      generation;
  guint      page;      /* G_MAXUINT: only @ids again */
  GArray    *ids;
  char      *match;
  GHashTable *reasons;  /* (nullable) */
  GPtrArray *cards;     /* (element type AnnalsPostCard), of those that are there */
} FetchJob;

static void
fetch_job_free (FetchJob *self)
{
  g_array_unref (self->ids);
  g_free (self->match);
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fetch_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  FetchJob *job = data;
  g_autoptr(GPtrArray) posts = NULL;

  posts = annals_db_load_posts (db, (const gint64 *) (void *) job->ids->data, job->ids->len, error);
  if (posts == NULL)
    return FALSE;

  g_ptr_array_set_free_func (posts, NULL);
  job->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_post_card_unref);
  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsPost *post = posts->pdata[i];
      g_autofree char *snippet = NULL;

      /* The lead serves where the text has no match, such as when only the title has one. */
      if (job->reasons != NULL)
        snippet = g_strdup (g_hash_table_lookup (job->reasons, &post->id));
      else if (job->match != NULL)
        snippet = annals_db_dup_snippet (db, post->id, job->match, SNIPPET_WORDS, NULL);
      g_ptr_array_add (job->cards, annals_post_card_new (post, snippet));
    }

  return TRUE;
}

static void
item_gone_cb (gpointer  data,
              GObject  *where_the_object_was)
{
  AnnalsPostList *self = data;
  AnnalsPostItem *item = (AnnalsPostItem *) where_the_object_was;
  gint64 id = annals_post_item_get_id (item);

  g_hash_table_remove (self->items, &id);
}

/* The live row of the post, or a new empty one. */
static AnnalsPostItem *
ref_item (AnnalsPostList *self,
          gint64          id)
{
  AnnalsPostItem *item = g_hash_table_lookup (self->items, &id);

  if (item != NULL)
    return g_object_ref (item);

  item = annals_post_item_new (id);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  g_hash_table_insert (self->items, g_memdup2 (&id, sizeof id), item);

  return item;
}

static void
keep_page (AnnalsPostList *self,
           guint           page,
           GPtrArray      *items)
{
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (page), items);
  g_queue_push_head (&self->page_order, GUINT_TO_POINTER (page));

  while (g_queue_get_length (&self->page_order) > MAX_PAGES)
    g_hash_table_remove (self->pages, g_queue_pop_tail (&self->page_order));
}

static void
forget_pages (AnnalsPostList *self)
{
  g_hash_table_remove_all (self->pages);
  g_hash_table_remove_all (self->pending);
  g_queue_clear (&self->page_order);
}

static void
fetched_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsPostList *self = ANNALS_POST_LIST (owner);
  FetchJob *job = data;
  g_autoptr(GPtrArray) items = NULL;

  if (job->generation != self->generation)
    return;

  if (job->page != G_MAXUINT)
    g_hash_table_remove (self->pending, GUINT_TO_POINTER (job->page));

  if (error != NULL)
    {
      /* Said once: every further row would say the same. */
      if (job->page == 0)
        annals_desk_fail (self->desk, _("The posts could not be read"), error->message);
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < job->cards->len; i++)
    {
      AnnalsPostCard *card = job->cards->pdata[i];
      g_autoptr(AnnalsPostItem) item = ref_item (self, card->post->id);

      annals_post_item_set_card (item, card);
      g_ptr_array_add (items, g_steal_pointer (&item));
    }

  if (job->page != G_MAXUINT)
    keep_page (self, job->page, g_steal_pointer (&items));
}

static void
fetch (AnnalsPostList *self,
       guint           page,
       GArray         *ids)
{
  FetchJob *job = g_new0 (FetchJob, 1);

  job->generation = self->generation;
  job->page = page;
  job->ids = ids;
  job->match = g_strdup (self->match);
  job->reasons = self->reasons != NULL ? g_hash_table_ref (self->reasons) : NULL;
  annals_desk_read (self->desk, self, fetch_in_reader, job, (GDestroyNotify) fetch_job_free,
                    NULL, fetched_cb);
}

/* Fetches the rows again that something holds: without cached pages, those in view. */
static void
fetch_live (AnnalsPostList *self)
{
  g_autoptr(GArray) live = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, &item))
    {
      if (annals_post_item_get_card (item) != NULL)
        g_array_append_vals (live, key, 1);
    }

  if (live->len > 0)
    fetch (self, G_MAXUINT, g_steal_pointer (&live));
}

static void
show_up_to (AnnalsPostList *self,
            guint           n_shown)
{
  guint old = self->n_shown;

  n_shown = MIN (n_shown, self->ids->len);
  if (n_shown <= old)
    return;

  self->n_shown = n_shown;
  g_list_model_items_changed (G_LIST_MODEL (self), old, 0, n_shown - old);
}

static gboolean
grow_cb (gpointer data)
{
  AnnalsPostList *self = data;

  show_up_to (self, self->n_shown + NEXT_PIECE);
  if (self->n_shown < self->ids->len)
    return G_SOURCE_CONTINUE;

  self->grow_source = 0;
  return G_SOURCE_REMOVE;
}

/* How many ids are equal at the start (or the end) of both. */
static guint
common_run (GArray   *a,
            GArray   *b,
            guint     limit,
            gboolean  from_end)
{
  guint n = 0;

  while (n < limit)
    {
      guint i = from_end ? a->len - 1 - n : n;
      guint j = from_end ? b->len - 1 - n : n;

      if (g_array_index (a, gint64, i) != g_array_index (b, gint64, j))
        break;
      n++;
    }

  return n;
}

/* The selected posts at their places in @ids. */
static GtkBitset *
carry_selection (AnnalsPostList *self,
                 GArray         *ids)
{
  g_autoptr(GHashTable) chosen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GtkBitset *selected = gtk_bitset_new_empty ();
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_is_empty (self->selected))
    return selected;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, self->selected, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_hash_table_add (chosen, &g_array_index (self->ids, gint64, position));

  for (guint i = 0; i < ids->len; i++)
    {
      if (g_hash_table_contains (chosen, &g_array_index (ids, gint64, i)))
        gtk_bitset_add (selected, i);
    }

  return selected;
}

/* --- GListModel --- */

static GType
annals_post_list_get_item_type (GListModel *model)
{
  return ANNALS_TYPE_POST_ITEM;
}

static guint
annals_post_list_get_n_items (GListModel *model)
{
  return ANNALS_POST_LIST (model)->n_shown;
}

static gpointer
annals_post_list_get_item (GListModel *model,
                           guint       position)
{
  AnnalsPostList *self = ANNALS_POST_LIST (model);

  if (position >= self->n_shown)
    return NULL;

  return ref_item (self, g_array_index (self->ids, gint64, position));
}

static void
annals_post_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = annals_post_list_get_item_type;
  iface->get_n_items = annals_post_list_get_n_items;
  iface->get_item = annals_post_list_get_item;
}

/* --- GtkSelectionModel --- */

static gboolean
annals_post_list_is_selected (GtkSelectionModel *model,
                              guint              position)
{
  return gtk_bitset_contains (ANNALS_POST_LIST (model)->selected, position);
}

static GtkBitset *
annals_post_list_get_selection_in_range (GtkSelectionModel *model,
                                         guint              position,
                                         guint              n_items)
{
  return gtk_bitset_ref (ANNALS_POST_LIST (model)->selected);
}

static gboolean
annals_post_list_set_selection (GtkSelectionModel *model,
                                GtkBitset         *selected,
                                GtkBitset         *mask)
{
  AnnalsPostList *self = ANNALS_POST_LIST (model);
  g_autoptr(GtkBitset) wanted = gtk_bitset_copy (self->selected);
  g_autoptr(GtkBitset) added = gtk_bitset_copy (selected);
  g_autoptr(GtkBitset) changed = NULL;

  gtk_bitset_intersect (added, mask);
  gtk_bitset_subtract (wanted, mask);
  gtk_bitset_union (wanted, added);
  if (self->ids->len > 0)
    {
      g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, self->ids->len);

      gtk_bitset_intersect (wanted, all);
    }

  changed = gtk_bitset_copy (self->selected);
  gtk_bitset_difference (changed, wanted);
  if (gtk_bitset_is_empty (changed))
    return TRUE;

  gtk_bitset_unref (self->selected);
  self->selected = g_steal_pointer (&wanted);
  gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (changed),
                                         gtk_bitset_get_maximum (changed) -
                                         gtk_bitset_get_minimum (changed) + 1);
  return TRUE;
}

static gboolean
annals_post_list_select_all (GtkSelectionModel *model)
{
  AnnalsPostList *self = ANNALS_POST_LIST (model);
  g_autoptr(GtkBitset) all = NULL;

  show_up_to (self, self->ids->len);
  all = gtk_bitset_new_range (0, self->ids->len);

  return gtk_selection_model_set_selection (model, all, all);
}

static void
annals_post_list_selection_model_init (GtkSelectionModelInterface *iface)
{
  /* The others have defaults that call these. */
  iface->select_all = annals_post_list_select_all;
  iface->is_selected = annals_post_list_is_selected;
  iface->get_selection_in_range = annals_post_list_get_selection_in_range;
  iface->set_selection = annals_post_list_set_selection;
}

/* --- GObject --- */

static void
annals_post_list_dispose (GObject *object)
{
  AnnalsPostList *self = ANNALS_POST_LIST (object);
  GHashTableIter iter;
  gpointer item;

  g_clear_handle_id (&self->grow_source, g_source_remove);
  forget_pages (self);

  /* Rows may live on in a view for a moment. */
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, item_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_post_list_parent_class)->dispose (object);
}

static void
annals_post_list_finalize (GObject *object)
{
  AnnalsPostList *self = ANNALS_POST_LIST (object);

  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);

  G_OBJECT_CLASS (annals_post_list_parent_class)->finalize (object);
}

static void
annals_post_list_class_init (AnnalsPostListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_post_list_dispose;
  object_class->finalize = annals_post_list_finalize;
}

static void
annals_post_list_init (AnnalsPostList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->pending = g_hash_table_new (NULL, NULL);
  self->selected = gtk_bitset_new_empty ();
  g_queue_init (&self->page_order);
}

AnnalsPostList *
annals_post_list_new (AnnalsDesk *desk)
{
  AnnalsPostList *self;

  g_return_val_if_fail (ANNALS_IS_DESK (desk), NULL);

  self = g_object_new (ANNALS_TYPE_POST_LIST, NULL);
  self->desk = g_object_ref (desk);

  return self;
}

void
annals_post_list_set_ids (AnnalsPostList *self,
                          GArray         *ids,
                          const char     *match)
{
  g_autoptr(GArray) old = NULL;
  g_autoptr(GtkBitset) selected = NULL;
  guint n_old, limit, head, tail;

  g_return_if_fail (ANNALS_IS_POST_LIST (self));
  g_return_if_fail (ids != NULL && g_array_get_element_size (ids) == sizeof (gint64));

  self->generation++;
  forget_pages (self);
  if (g_strcmp0 (self->match, match) != 0)
    {
      g_free (self->match);
      self->match = g_strdup (match);
    }

  selected = carry_selection (self, ids);
  g_clear_handle_id (&self->grow_source, g_source_remove);
  old = g_steal_pointer (&self->ids);
  n_old = self->n_shown;
  self->ids = g_array_ref (ids);
  gtk_bitset_unref (self->selected);
  self->selected = g_steal_pointer (&selected);

  /* One minimal change, so that the view keeps its place; when much changed, everything goes and a
   * first piece comes: a view compares each removed row with each added one otherwise. */
  limit = MIN (n_old, ids->len);
  head = common_run (old, ids, limit, FALSE);
  tail = n_old == old->len ? common_run (old, ids, limit - head, TRUE) : 0;

  if (head == n_old && (head == ids->len || n_old < old->len))
    ;   /* the same so far; what the view does not know yet follows */
  else if (ids->len - head - tail <= FIRST_PIECE && n_old == old->len)
    {
      self->n_shown = ids->len;
      g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail,
                                  ids->len - head - tail);
    }
  else
    {
      self->n_shown = 0;
      if (n_old > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, 0);
      show_up_to (self, FIRST_PIECE);
    }

  if (self->n_shown < self->ids->len)
    self->grow_source = g_idle_add (grow_cb, self);

  fetch_live (self);
}

void
annals_post_list_set_reasons (AnnalsPostList *self,
                              GHashTable     *reasons)
{
  g_return_if_fail (ANNALS_IS_POST_LIST (self));

  g_clear_pointer (&self->reasons, g_hash_table_unref);
  self->reasons = reasons != NULL ? g_hash_table_ref (reasons) : NULL;
}

GArray *
annals_post_list_get_ids (AnnalsPostList *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_LIST (self), NULL);

  return self->ids;
}

guint
annals_post_list_get_n_posts (AnnalsPostList *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_LIST (self), 0);

  return self->ids->len;
}

gint64
annals_post_list_get_id (AnnalsPostList *self,
                         guint           position)
{
  g_return_val_if_fail (ANNALS_IS_POST_LIST (self), 0);
  g_return_val_if_fail (position < self->ids->len, 0);

  return g_array_index (self->ids, gint64, position);
}

gboolean
annals_post_list_find (AnnalsPostList *self,
                       gint64          id,
                       guint          *position)
{
  g_return_val_if_fail (ANNALS_IS_POST_LIST (self), FALSE);

  for (guint i = 0; i < self->ids->len; i++)
    {
      if (g_array_index (self->ids, gint64, i) != id)
        continue;

      show_up_to (self, i + 1);
      if (position != NULL)
        *position = i;
      return TRUE;
    }

  return FALSE;
}

void
annals_post_list_want (AnnalsPostList *self,
                       guint           position)
{
  guint page = position / PAGE_SIZE;
  guint first = page * PAGE_SIZE;
  AnnalsPostItem *item;
  GArray *ids;

  g_return_if_fail (ANNALS_IS_POST_LIST (self));
  g_return_if_fail (position < self->ids->len);

  item = g_hash_table_lookup (self->items, &g_array_index (self->ids, gint64, position));
  if ((item != NULL && annals_post_item_get_card (item) != NULL) ||
      !g_hash_table_add (self->pending, GUINT_TO_POINTER (page)))
    return;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (ids, &g_array_index (self->ids, gint64, first),
                       MIN (PAGE_SIZE, self->ids->len - first));
  fetch (self, page, ids);
}

void
annals_post_list_refresh (AnnalsPostList *self,
                          const gint64   *ids,
                          guint           n_ids)
{
  g_autoptr(GArray) live = NULL;

  g_return_if_fail (ANNALS_IS_POST_LIST (self));
  g_return_if_fail (ids != NULL || n_ids == 0 || n_ids == G_MAXUINT);

  live = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (n_ids == G_MAXUINT)
    {
      forget_pages (self);
      fetch_live (self);
      return;
    }

  for (guint i = 0; i < n_ids; i++)
    {
      if (g_hash_table_contains (self->items, &ids[i]))
        g_array_append_val (live, ids[i]);
    }

  if (live->len > 0)
    fetch (self, G_MAXUINT, g_steal_pointer (&live));
}

guint
annals_post_list_get_n_selected (AnnalsPostList *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_LIST (self), 0);

  return gtk_bitset_get_size (self->selected);
}

GArray *
annals_post_list_dup_selected (AnnalsPostList *self)
{
  GArray *ids;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (ANNALS_IS_POST_LIST (self), NULL);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, self->selected, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_array_append_val (ids, g_array_index (self->ids, gint64, position));

  return ids;
}
