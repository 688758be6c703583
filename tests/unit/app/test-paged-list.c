/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a view sees of a long list, and when; with a desk that answers when it is told to. */
#include "config.h"

#include "annals-paged-list-private.h"

#define ROWS 300

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/paged-list/first", test_first);
  g_test_add_func ("/app/paged-list/pages", test_pages);

  return g_test_run ();
}
