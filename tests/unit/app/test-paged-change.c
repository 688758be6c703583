/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random lists that change into others, compared with what a person would do by hand. */
#include "config.h"

#include "annals-paged-list-private.h"

#define ROUNDS 400
#define LONG 9000

static GArray *
new_keys (void)
{
  return g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
}

static void
add_key (GArray *keys,
         gint64  id,
         gint64  group)
{
  AnnalsPagedKey key = { id, group };

  g_array_append_val (keys, key);
}

/* Ascending, so that two have much in common; @n_groups rows of each. */
static GArray *
random_keys (guint n_ids,
             guint n_groups)
{
  GArray *keys = new_keys ();
  int kept = g_test_rand_int_range (1, 11);

  for (guint group = 0; group < n_groups; group++)
    for (guint id = 1; id <= n_ids; id++)
      if (g_test_rand_int_range (0, 10) < kept)
        add_key (keys, id, group);

  return keys;
}

static GtkBitset *
random_selection (GArray *keys)
{
  GtkBitset *selected = gtk_bitset_new_empty ();
  int share = g_test_rand_int_range (0, 11);

  for (guint i = 0; i < keys->len; i++)
    if (g_test_rand_int_range (0, 10) < share)
      gtk_bitset_add (selected, i);

  return selected;
}

static gboolean
find_key (GArray               *keys,
          const AnnalsPagedKey *key,
          guint                *position)
{
  for (guint i = 0; i < keys->len; i++)
    if (annals_paged_key_equal (annals_paged_key_at (keys, i), key))
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

/* What is selected afterwards is what was selected before and is still there. */
static void
check_selection (AnnalsPagedChange *change,
                 GtkBitset         *selected)
{
  guint n = 0;

  for (guint i = 0; i < change->old->len; i++)
    {
      guint position;

      if (!gtk_bitset_contains (selected, i) ||
          !find_key (change->keys, annals_paged_key_at (change->old, i), &position))
        continue;

      g_assert_true (gtk_bitset_contains (change->selected, position));
      n++;
    }
  g_assert_cmpuint (gtk_bitset_get_size (change->selected), ==, n);
}

/* The old rows, those in the middle replaced, are the new ones. */
static void
check_keys (AnnalsPagedChange *change)
{
  guint head = change->head;
  guint tail = change->tail;

  g_assert_cmpuint (head + tail, <=, MIN (change->old->len, change->keys->len));
  for (guint i = 0; i < head; i++)
    g_assert_true (annals_paged_key_equal (annals_paged_key_at (change->old, i), annals_paged_key_at (change->keys, i)));
  for (guint i = 1; i <= tail; i++)
    g_assert_true (annals_paged_key_equal (annals_paged_key_at (change->old, change->old->len - i),
                                           annals_paged_key_at (change->keys, change->keys->len - i)));
  if (head + tail < MIN (change->old->len, change->keys->len))
    g_assert_false (annals_paged_key_equal (annals_paged_key_at (change->old, head),
                                            annals_paged_key_at (change->keys, head)));
  if (change->between != NULL)
    {
      g_assert_cmpuint (change->between->len, ==, head + ANNALS_PAGED_COME_FIRST + tail);
      for (guint i = 0; i < head + ANNALS_PAGED_COME_FIRST; i++)
        g_assert_true (annals_paged_key_equal (annals_paged_key_at (change->between, i),
                                               annals_paged_key_at (change->keys, i)));
      for (guint i = 1; i <= tail; i++)
        g_assert_true (annals_paged_key_equal (annals_paged_key_at (change->between, change->between->len - i),
                                               annals_paged_key_at (change->keys, change->keys->len - i)));
    }
}

static void
test_random (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      guint n_ids = (guint) g_test_rand_int_range (0, 40);
      guint n_groups = (guint) g_test_rand_int_range (1, 3);
      g_autoptr(GArray) old = random_keys (n_ids, n_groups);
      g_autoptr(GArray) between = random_keys (n_ids, n_groups);
      g_autoptr(GArray) keys = random_keys (n_ids, n_groups);
      g_autoptr(GtkBitset) selected = random_selection (old);
      g_autoptr(GtkBitset) other = random_selection (between);
      g_autoptr(AnnalsPagedChange) change = annals_paged_change_new (old, selected);

      annals_paged_change_set_keys (change, keys);
      check_keys (change);
      check_selection (change, selected);
      annals_paged_change_renew (change, old, selected);
      check_selection (change, selected);

      /* the list became another one before the answer came */
      annals_paged_change_renew (change, between, other);
      check_keys (change);
      check_selection (change, other);
    }
}

/* Of a list so long that it is neither compared nor searched row by row on the window's thread. */
static void
test_long (void)
{
  g_autoptr(GArray) old = new_keys ();
  g_autoptr(GArray) keys = new_keys ();
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, LONG);
  g_autoptr(AnnalsPagedChange) change = NULL;
  guint position;

  for (guint i = 0; i < LONG; i++)
    {
      add_key (old, LONG - i, 0);
      if (i % 3 != 1)
        add_key (keys, i + 1, 0);
    }

  change = annals_paged_change_new (old, all);
  annals_paged_change_set_keys (change, keys);
  check_keys (change);
  g_assert_nonnull (change->between);
  g_assert_cmpuint (gtk_bitset_get_size (change->selected), ==, keys->len);
  g_assert_nonnull (change->places);
  g_assert_false (change->grouped);
  for (guint i = 0; i < keys->len; i++)
    {
      g_assert_true (annals_paged_places_find (change->places, annals_paged_key_at (keys, i)->id, &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_false (annals_paged_places_find (change->places, 2, &position));
  g_assert_false (annals_paged_places_find (change->places, 0, &position));
  g_assert_false (annals_paged_places_find (change->places, -1, &position));
  g_assert_false (annals_paged_places_find (change->places, G_MAXINT64, &position));
}

/* A record in two groups is found where it stands first, and ids that a file makes up take no more memory than others. */
static void
test_places (void)
{
  g_autoptr(GArray) none = new_keys ();
  g_autoptr(GArray) keys = new_keys ();
  g_autoptr(GtkBitset) nothing = gtk_bitset_new_empty ();
  g_autoptr(AnnalsPagedChange) change = annals_paged_change_new (none, nothing);
  guint position;

  for (guint group = 0; group < 2; group++)
    for (guint i = 0; i < LONG; i++)
      add_key (keys, i, group);
  annals_paged_change_set_keys (change, keys);
  g_assert_true (change->grouped);
  g_assert_true (annals_paged_places_find (change->places, 7, &position));
  g_assert_cmpuint (position, ==, 7);

  g_assert_nonnull (change->places->table);

  add_key (keys, G_MAXINT64, 0);
  annals_paged_change_set_keys (change, keys);
  g_assert_null (change->places->table);
  g_assert_true (annals_paged_places_find (change->places, G_MAXINT64, &position));
  g_assert_cmpuint (position, ==, 2 * LONG);
  g_assert_true (annals_paged_places_find (change->places, 7, &position));
  g_assert_cmpuint (position, ==, 7);
  g_assert_false (annals_paged_places_find (change->places, LONG, &position));

  annals_paged_key_at (keys, 5)->id = -5;
  annals_paged_key_at (keys, keys->len - 1)->id = 5;
  annals_paged_change_set_keys (change, keys);
  g_assert_null (change->places->table);
  g_assert_true (annals_paged_places_find (change->places, -5, &position));
  g_assert_cmpuint (position, ==, 5);
}

static GPtrArray *
load_numbers (AnnalsDb              *db,
              gconstpointer          question,
              const AnnalsPagedKey  *keys,
              guint                  n_keys,
              GError               **error)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_keys; i++)
    g_ptr_array_add (numbers, g_strdup_printf ("%s%" G_GINT64_FORMAT, (const char *) question, keys[i].id));

  return numbers;
}

static GPtrArray *
load_nothing (AnnalsDb              *db,
              gconstpointer          question,
              const AnnalsPagedKey  *keys,
              guint                  n_keys,
              GError               **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The disk is gone");

  return NULL;
}

/* The rows that are seen first come with their contents, however long the list is. */
static void
test_first (void)
{
  g_autoptr(GArray) none = new_keys ();
  g_autoptr(GArray) keys = new_keys ();
  g_autoptr(GtkBitset) nothing = gtk_bitset_new_empty ();
  g_autoptr(AnnalsPagedChange) change = annals_paged_change_new (none, nothing);
  g_autoptr(GError) error = NULL;

  annals_paged_change_set_keys (change, none);
  g_assert_true (annals_paged_change_load_first (change, NULL, load_numbers, "post ", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (change->first->len, ==, 0);

  for (guint i = 0; i < LONG; i++)
    add_key (keys, LONG - i, 0);
  annals_paged_change_set_keys (change, keys);
  g_assert_true (annals_paged_change_load_first (change, NULL, load_numbers, "post ", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (change->first->len, >, 10);
  g_assert_cmpuint (change->first->len, <, 100);
  g_assert_cmpstr (change->first->pdata[0], ==, "post 9000");
  g_assert_cmpstr (change->first->pdata[9], ==, "post 8991");

  g_assert_false (annals_paged_change_load_first (change, NULL, load_nothing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_null (change->first);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/paged-change/random", test_random);
  g_test_add_func ("/app/paged-change/long", test_long);
  g_test_add_func ("/app/paged-change/places", test_places);
  g_test_add_func ("/app/paged-change/first", test_first);

  return g_test_run ();
}
