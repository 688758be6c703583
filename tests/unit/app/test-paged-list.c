/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a view sees of a long list, and when; with a desk that answers when it is told to. */
#include "config.h"

#include "annals-paged-list-private.h"

#define ROWS 300
#define LONG 6000   /* so many that their places are kept */

struct _AnnalsDesk
{
  GObject  parent_instance;
  GQueue   asked;          /* of Asked */
  guint    n_failures;
};

G_DEFINE_FINAL_TYPE (AnnalsDesk, annals_desk, G_TYPE_OBJECT)

typedef struct
{
  gpointer       owner;
  AnnalsDbFunc   func;
  gpointer       data;
  GDestroyNotify destroy;
  AnnalsDeskDone done;
} Asked;

static void
annals_desk_class_init (AnnalsDeskClass *klass)
{
}

static void
annals_desk_init (AnnalsDesk *self)
{
  g_queue_init (&self->asked);
}

void
annals_desk_read (AnnalsDesk     *self,
                  gpointer        owner,
                  AnnalsDbFunc    func,
                  gpointer        data,
                  GDestroyNotify  destroy,
                  GCancellable   *cancellable,
                  AnnalsDeskDone  done)
{
  Asked *asked = g_new (Asked, 1);

  *asked = (Asked) { owner, func, data, destroy, done };
  g_queue_push_tail (&self->asked, asked);
}

void
annals_desk_fail (AnnalsDesk *self,
                  const char *heading,
                  const char *message)
{
  self->n_failures++;
}

/* Answers all that was asked; returns how many questions that were. */
static guint
answer (AnnalsDesk *self)
{
  guint n = 0;
  Asked *asked;

  for (; (asked = g_queue_pop_head (&self->asked)); n++)
    {
      g_autoptr(GError) error = NULL;

      asked->func (NULL, asked->data, NULL, &error);
      asked->done (asked->owner, asked->data, error);
      asked->destroy (asked->data);
      g_free (asked);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return n;
}

/* A record is its number; those that seven divides are gone. */
static GPtrArray *
load (AnnalsDb              *db,
      gconstpointer          question,
      const AnnalsPagedKey  *keys,
      guint                  n_keys,
      GError               **error)
{
  GPtrArray *contents = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_keys; i++)
    g_ptr_array_add (contents, keys[i].id % 7 == 0 ? NULL
                               : g_strdup_printf ("%s%" G_GINT64_FORMAT, (const char *) question, keys[i].id));

  return contents;
}

static void
show (AnnalsPagedList *list,
      gint64           from,
      guint            n,
      const char      *question)
{
  g_autoptr(AnnalsPagedChange) change = annals_paged_list_begin_change (list);
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      AnnalsPagedKey key = { from + i, 0 };

      g_array_append_val (keys, key);
    }
  annals_paged_change_set_keys (change, keys);
  g_assert_true (annals_paged_change_load_first (change, NULL, load, question, &error));
  g_assert_no_error (error);
  annals_paged_list_set_question (list, g_strdup (question), g_free);
  annals_paged_list_apply (list, change);
}

static void
assert_content (AnnalsPagedList *list,
                guint            position,
                const char      *content)
{
  g_autoptr(AnnalsPagedItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_cmpstr (annals_paged_item_get_content (item), ==, content);
}

/* What a view does when it is told. */
static void
items_changed_cb (AnnalsPagedList *list,
                  guint            position,
                  guint            removed,
                  guint            added,
                  guint           *n_seen)
{
  if (added == 0)
    return;

  assert_content (list, 1, "post 2");
  assert_content (list, 5, "post 6");
  (*n_seen)++;
}

/* The first rows say what they have to say when the view hears of them, not a moment later. */
static void
test_first (void)
{
  g_autoptr(AnnalsDesk) desk = g_object_new (ANNALS_TYPE_DESK, NULL);
  AnnalsPagedList *list = annals_paged_list_new (desk, load, g_free);
  guint n_seen = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &n_seen);
  show (list, 1, ROWS, "post ");
  g_assert_cmpuint (n_seen, ==, 1);
  assert_content (list, 6, NULL);
  assert_content (list, 200, NULL);
  answer (desk);

  /* other contents for the same rows */
  show (list, 1, ROWS, "POST ");
  assert_content (list, 1, "POST 2");
  g_assert_cmpuint (n_seen, ==, 1);
  answer (desk);

  g_assert_cmpuint (desk->n_failures, ==, 0);
  g_assert_finalize_object (list);
}

/* Rows further down are asked for by pages, when they are wanted and once. */
static void
test_pages (void)
{
  g_autoptr(AnnalsDesk) desk = g_object_new (ANNALS_TYPE_DESK, NULL);
  AnnalsPagedList *list = annals_paged_list_new (desk, load, g_free);
  g_autoptr(AnnalsPagedItem) row = NULL;

  show (list, 1, ROWS, "post ");
  g_assert_cmpuint (answer (desk), ==, 0);

  annals_paged_list_want (list, 1);
  g_assert_cmpuint (answer (desk), ==, 0);

  row = g_list_model_get_item (G_LIST_MODEL (list), 199);
  annals_paged_list_want (list, 199);
  annals_paged_list_want (list, 198);
  g_assert_cmpuint (answer (desk), ==, 1);
  assert_content (list, 199, "post 200");
  annals_paged_list_want (list, 198);
  g_assert_cmpuint (answer (desk), ==, 0);

  /* what somebody looks at is asked for again when the list is another one */
  show (list, 2, ROWS, "post ");
  g_assert_cmpuint (answer (desk), ==, 1);
  g_clear_object (&row);

  annals_paged_list_refresh (list);
  g_assert_cmpuint (answer (desk), ==, 0);
  annals_paged_list_want (list, 1);
  g_assert_cmpuint (answer (desk), ==, 1);
  assert_content (list, 1, "post 3");
  g_assert_finalize_object (list);
}

/* What a view that has a widget for some rows knows of the list, from what it is told alone. */
typedef struct
{
  AnnalsPagedList *list;
  GPtrArray       *rows;
  guint            from, to;     /* the widgets' rows */
  guint            n_signals;
  guint            most_lost;    /* widgets, by one signal */
} View;

static void
unref_row (gpointer row)
{
  if (row != NULL)
    g_object_unref (row);
}

static void
view_changed_cb (View  *view,
                 guint  position,
                 guint  removed,
                 guint  added)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (unref_row);   /* as a view holds them meanwhile */
  guint n_gone = 0, n_come = 0;

  for (guint i = position; i < position + removed; i++)
    n_gone += view->rows->pdata[i] != NULL;
  for (guint i = position; i < position + added; i++)
    n_come += i >= view->from && i < view->to;
  view->most_lost = MAX (view->most_lost, n_gone - MIN (n_gone, n_come));
  view->n_signals++;

  for (guint i = 0; i < removed; i++)
    g_ptr_array_add (gone, g_steal_pointer (&view->rows->pdata[position + i]));
  if (removed > 0)
    g_ptr_array_remove_range (view->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (view->rows, (int) (position + i),
                        position + i >= view->from && position + i < view->to
                        ? g_list_model_get_item (G_LIST_MODEL (view->list), position + i) : NULL);

  g_assert_cmpuint (view->rows->len, ==, g_list_model_get_n_items (G_LIST_MODEL (view->list)));
  for (guint i = 0; i < view->rows->len; i++)
    {
      g_autoptr(AnnalsPagedItem) item = g_list_model_get_item (G_LIST_MODEL (view->list), i);

      g_assert_nonnull (item);
      if (view->rows->pdata[i] != NULL)
        g_assert_true (item == view->rows->pdata[i]);
    }
}

static void
view_init (View            *view,
           AnnalsPagedList *list,
           guint            from,
           guint            to)
{
  *view = (View) { list, g_ptr_array_new_with_free_func (unref_row), from, to, 0, 0 };
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (view_changed_cb), view);
}

static void
view_clear (View *view)
{
  g_signal_handlers_disconnect_by_data (view->list, view);
  g_ptr_array_unref (view->rows);
}

/* @data: how long the list is; there are the places of records for the longer one */
static void
test_leaving (gconstpointer data)
{
  guint n_rows = GPOINTER_TO_UINT (data);
  g_autoptr(AnnalsDesk) desk = g_object_new (ANNALS_TYPE_DESK, NULL);
  AnnalsPagedList *list = annals_paged_list_new (desk, load, g_free);
  View view;

  view_init (&view, list, 40, 245);
  show (list, 1, n_rows, "post ");
  answer (desk);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (list), 50, TRUE);
  g_assert_cmpuint (annals_paged_list_get_n_selected (list), ==, 1);
  view.n_signals = 0;

  /* nothing is left at once, but for what the view still has widgets for, which goes bit by bit */
  show (list, 1, 0, "post ");
  g_assert_cmpuint (view.n_signals, ==, 2);
  g_assert_cmpuint (view.most_lost, ==, 0);
  g_assert_cmpuint (annals_paged_list_get_n_keys (list), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 205);
  g_assert_cmpuint (annals_paged_list_get_n_selected (list), ==, 0);
  g_assert_false (annals_paged_list_find (list, 50, NULL));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (list));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (list), 3, TRUE);
  g_assert_cmpuint (annals_paged_list_get_n_selected (list), ==, 0);
  annals_paged_list_want (list, 10);
  g_assert_cmpuint (answer (desk), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpuint (view.n_signals, ==, 2 + 13);
  g_assert_cmpuint (view.most_lost, ==, 16);

  /* others come while they leave */
  show (list, 1, n_rows, "post ");
  show (list, 1, 0, "post ");
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 189);
  show (list, 100, n_rows, "post ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_rows);
  assert_content (list, 0, "post 100");
  answer (desk);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_rows);

  /* the list itself goes meanwhile */
  show (list, 1, 0, "post ");
  view_clear (&view);
  g_assert_cmpuint (desk->n_failures, ==, 0);
  g_assert_finalize_object (list);
}

/* The view has its items still, all of them, of which the first @n are the records from @id on now. */
static void
assert_kept (View             *view,
             AnnalsPagedItem **before,
             gint64            id,
             guint             n)
{
  g_autoptr(GHashTable) items = g_hash_table_new (NULL, NULL);

  g_assert_cmpuint (view->rows->len, ==, view->to);
  for (guint i = 0; i < view->rows->len; i++)
    {
      AnnalsPagedItem *item = g_ptr_array_index (view->rows, i);

      g_hash_table_add (items, item);
      g_assert_cmpint (annals_paged_item_get_key (item)->id, ==, i < n ? id + i : 0);
      g_assert_true (i < n || annals_paged_item_get_content (item) == NULL);
    }
  for (guint i = 0; i < view->to; i++)
    g_assert_true (g_hash_table_remove (items, before[i]));
}

/* A list that becomes short, and shorter, and long again. */
static void
test_short (gconstpointer data)
{
  guint n_rows = GPOINTER_TO_UINT (data);
  g_autoptr(AnnalsDesk) desk = g_object_new (ANNALS_TYPE_DESK, NULL);
  AnnalsPagedList *list = annals_paged_list_new (desk, load, g_free);
  AnnalsPagedItem *before[205];
  View view;

  view_init (&view, list, 0, 205);
  show (list, 1, n_rows, "post ");
  answer (desk);
  view.n_signals = view.most_lost = 0;
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    before[i] = g_ptr_array_index (view.rows, i);

  show (list, 51, 30, "post ");
  assert_kept (&view, before, 51, 30);
  g_assert_cmpuint (view.most_lost, ==, 0);
  g_assert_cmpuint (annals_paged_list_get_n_keys (list), ==, 30);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 205);
  assert_content (list, 0, "post 51");
  assert_content (list, 30, NULL);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (list));
  g_assert_cmpuint (annals_paged_list_get_n_selected (list), ==, 30);
  answer (desk);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 30);
  g_assert_cmpuint (view.most_lost, ==, 16);

  /* the same, another time, while the others leave */
  show (list, 1, n_rows, "post ");
  answer (desk);
  show (list, 51, 30, "post ");
  view.n_signals = 0;
  show (list, 51, 30, "post ");
  g_assert_cmpuint (view.n_signals, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 205);

  /* nothing is left of the short one */
  view.most_lost = 0;
  show (list, 1, 0, "post ");
  g_assert_cmpuint (view.most_lost, ==, 0);
  g_assert_cmpuint (annals_paged_list_get_n_keys (list), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 205);
  g_main_context_iteration (NULL, FALSE);

  /* all come again, one is new among them, and most are others */
  show (list, 1, n_rows, "post ");
  show (list, 0, n_rows, "post ");
  answer (desk);
  view.most_lost = 0;
  show (list, n_rows, n_rows, "post ");
  answer (desk);
  g_assert_cmpuint (view.most_lost, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_rows);
  g_assert_cmpuint (annals_paged_list_get_n_keys (list), ==, n_rows);

  view_clear (&view);
  g_assert_cmpuint (desk->n_failures, ==, 0);
  g_assert_finalize_object (list);
}

/* The item of a row that comes again elsewhere is that row's still: a view follows the one that has the keyboard. */
static void
test_followed (void)
{
  g_autoptr(AnnalsDesk) desk = g_object_new (ANNALS_TYPE_DESK, NULL);
  AnnalsPagedList *list = annals_paged_list_new (desk, load, g_free);
  g_autoptr(AnnalsPagedChange) change = NULL;
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
  g_autoptr(AnnalsPagedItem) item = NULL;
  g_autoptr(AnnalsPagedItem) later = NULL;
  guint position;
  View view;

  view_init (&view, list, 0, 205);
  show (list, 1, 1000, "post ");
  answer (desk);

  change = annals_paged_list_begin_change (list);
  for (gint64 id = 1000; id > 0; id--)
    if (id % 10 != 0)
      {
        AnnalsPagedKey key = { id, 0 };

        g_array_append_val (keys, key);
      }
  annals_paged_change_set_keys (change, keys);
  item = g_list_model_get_item (G_LIST_MODEL (list), 100);
  annals_paged_list_apply (list, change);
  g_assert_true (annals_paged_list_find (list, 101, &position));
  later = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_assert_true (later == item);
  g_assert_cmpint (annals_paged_item_get_key (item)->id, ==, 101);
  g_clear_object (&item);
  g_clear_object (&later);
  answer (desk);

  view_clear (&view);
  g_clear_pointer (&change, annals_paged_change_free);
  g_assert_finalize_object (list);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/paged-list/first", test_first);
  g_test_add_func ("/app/paged-list/pages", test_pages);
  g_test_add_data_func ("/app/paged-list/leaving", GUINT_TO_POINTER (ROWS), test_leaving);
  g_test_add_data_func ("/app/paged-list/leaving-long", GUINT_TO_POINTER (LONG), test_leaving);
  g_test_add_data_func ("/app/paged-list/short", GUINT_TO_POINTER (ROWS), test_short);
  g_test_add_data_func ("/app/paged-list/short-long", GUINT_TO_POINTER (LONG), test_short);
  g_test_add_func ("/app/paged-list/followed", test_followed);

  return g_test_run ();
}
