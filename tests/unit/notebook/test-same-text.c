/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-db-private.h"
#include "annals-shingles.h"
#include "notebook-fixture.h"

#define N_WORDS 350
#define N_VOCABULARY 5000

/* Posts with the given texts, identities "PREFIX-0"…; ids come back in @ids. */
typedef struct
{
  const char *prefix;
  GPtrArray  *texts;
  GArray     *ids;
  gint64      import_id;
  gboolean    unfinished;
} Import;

static gboolean
store_texts (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Import *import = data;
  guint n = import->texts->len;

  if (!annals_db_begin_import (db, "", "t", "wxr", import->prefix, NULL, &import->import_id, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *identity = g_strdup_printf ("%s-%u", import->prefix, i);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (import->texts->pdata[i], -1);
      AnnalsNewPost post = {
        .identity = identity, .title = identity, .extent = ANNALS_EXTENT_WHOLE, .text = text, .place = i + 1,
      };
      AnnalsStored stored;
      gint64 id;

      if (!annals_db_store_post (db, import->import_id, &post, &stored, &id, error))
        return FALSE;
      g_array_append_val (import->ids, id);
    }

  return import->unfinished ||
         annals_db_finish_import (db, import->import_id, "", 0, n, n, 0, 0, 0, 0.1, error);
}

static void
import_clear (Import *self)
{
  g_ptr_array_unref (self->texts);
  g_array_unref (self->ids);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static void
import_init (Import     *self,
             const char *prefix)
{
  self->prefix = prefix;
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
finish_index (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

static void
run_import (Fixture *f,
            Import  *import)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, store_texts, import, NULL, &error);
  g_assert_no_error (error);
}

static gint64
id_of (Import *import,
       guint   n)
{
  return g_array_index (import->ids, gint64, n);
}

/* @n_changed words of the same text are others, spread over it. */
static char *
make_text (guint seed,
           guint n_changed,
           guint variant)
{
  g_autoptr(GRand) words = g_rand_new_with_seed (seed);
  g_autoptr(GRand) changes = g_rand_new_with_seed (seed * 31 + variant);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree gboolean *changed = g_new0 (gboolean, N_WORDS);

  for (guint i = 0; i < n_changed; i++)
    {
      guint at;

      do
        at = (guint) g_rand_int_range (changes, 0, N_WORDS);
      while (changed[at]);
      changed[at] = TRUE;
    }

  for (guint i = 0; i < N_WORDS; i++)
    {
      int word = g_rand_int_range (words, 0, N_VOCABULARY);

      if (changed[i])
        g_string_append_printf (text, "other%u ", (guint) g_rand_int_range (changes, 0, N_VOCABULARY));
      else
        g_string_append_printf (text, "%s%d%s", i % 9 == 0 ? "Word" : "word", word, i % 15 == 14 ? ". " : " ");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  gint64  post;
  GArray *ids;
} Ask;

static gboolean
ask (AnnalsDb      *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Ask *question = data;

  return (question->ids = annals_db_list_same_text (db, question->post, error)) != NULL;
}

static GArray *
list_same (Fixture *f,
           gint64   post)
{
  Ask question = { post, NULL };

  READ (f, ask, &question);
  return question.ids;
}

static gboolean
is_same (Fixture *f,
         gint64   post,
         gint64   other)
{
  g_autoptr(GArray) ids = list_same (f, post);

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == other)
      return TRUE;

  return FALSE;
}

static guint
count_same (Fixture *f,
            gint64   post)
{
  g_autoptr(GArray) ids = list_same (f, post);

  return ids->len;
}

/* --- shingles --- */

static double
share (const char *a,
       const char *b)
{
  g_autoptr(AnnalsShingles) first = annals_shingles_new (a, strlen (a));
  g_autoptr(AnnalsShingles) second = annals_shingles_new (b, strlen (b));

  return annals_shingles_share (first, second);
}

static void
test_shingles (void)
{
  g_autoptr(AnnalsShingles) words = annals_shingles_new ("The ferry — the FERRY! left", 29);
  g_autoptr(AnnalsShingles) signs = annals_shingles_new ("북한 朝鮮 a", strlen ("북한 朝鮮 a"));

  g_assert_cmpuint (words->n_tokens, ==, 5);
  g_assert_cmpuint (words->n, ==, 3);
  g_assert_cmpuint (signs->n_tokens, ==, 5);
  g_assert_cmpfloat (share ("", ""), ==, 0);
  g_assert_cmpfloat (share ("a b", "a b"), ==, 0);
  g_assert_cmpfloat (share ("one two three", "ONE, two: Three!"), ==, 1);
  g_assert_cmpfloat (share ("one two three four", "zero one two three"), ==, 0.5);
  g_assert_cmpfloat (share ("Жили были дед", "жили БЫЛИ дед и баба"), ==, 1);
  g_assert_cmpfloat (share ("one two three", "three two one"), ==, 0);
}

/* --- what is found --- */

#define N_TEXTS 200

/* The same, with 2 % of the words changed, with 5 %, another one. */
static void
test_found (Fixture       *f,
            gconstpointer  data)
{
  g_auto(Import) import = { 0 };
  guint n_two = 0, n_five = 0, n_false = 0;
  gint64 start;

  import_init (&import, "text");
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_ptr_array_add (import.texts, make_text (i, 0, 0));
      g_ptr_array_add (import.texts, make_text (i, N_WORDS * 2 / 100, 1));
      g_ptr_array_add (import.texts, make_text (i, N_WORDS * 5 / 100, 2));
      g_ptr_array_add (import.texts, make_text (N_TEXTS + i, 0, 0));
    }
  run_import (f, &import);
  start = g_get_monotonic_time ();
  finish_index (f);
  g_test_message ("index and same texts of %u posts: %.0f microseconds a post", import.texts->len,
                  (double) (g_get_monotonic_time () - start) / import.texts->len);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      n_two += is_same (f, id_of (&import, 4 * i), id_of (&import, 4 * i + 1));
      n_five += is_same (f, id_of (&import, 4 * i), id_of (&import, 4 * i + 2));
      n_false += count_same (f, id_of (&import, 4 * i + 3)) > 0;
      g_assert_cmpuint (count_same (f, id_of (&import, 4 * i)), <=, 2);
    }
  g_test_message ("of %u: %u with 2 %% of the words changed, %u with 5 %%, %u unrelated", N_TEXTS, n_two, n_five, n_false);
  g_assert_cmpuint (n_two, ==, N_TEXTS);
  g_assert_cmpuint (n_five, >=, N_TEXTS * 97 / 100);
  g_assert_cmpuint (n_false, ==, 0);
}

static void
test_other_scripts (Fixture       *f,
                    gconstpointer  data)
{
  g_auto(Import) import = { 0 };
  static const char * const texts[] = {
    "항구는 월요일에 닫혔다. 시장은 의사들이 모든 선원을 진찰할 때까지 배가 들어올 수 없다고 말했다.",
    "항구는 화요일에 닫혔다. 시장은 의사들이 모든 선원을 진찰할 때까지 배가 들어올 수 없다고 말했다.",
    "이 글은 항구에 관한 것이 아니다. 곡물 가격이 두 배로 올랐고 제분소는 비어 있으며 빵집은 더 나쁜 일을 예상한다.",
    "Short: the same few words.",
    "Short: the same few words.",
  };

  import_init (&import, "script");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (import.texts, g_strdup (texts[i]));
  run_import (f, &import);
  finish_index (f);
  g_assert_true (is_same (f, id_of (&import, 0), id_of (&import, 1)));
  g_assert_cmpuint (count_same (f, id_of (&import, 2)), ==, 0);
  g_assert_cmpuint (count_same (f, id_of (&import, 3)), ==, 0);   /* too few words to tell */
}

static gboolean
trash (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return annals_db_set_post_trashed (db, data, 1, TRUE, error);
}

static void
test_later_imports (Fixture       *f,
                    gconstpointer  data)
{
  g_auto(Import) first = { 0 };
  g_auto(Import) second = { 0 };
  g_auto(Import) third = { 0 };
  g_autoptr(GError) error = NULL;
  gint64 post;

  import_init (&first, "first");
  import_init (&second, "second");
  import_init (&third, "first");   /* the first again, changed */
  g_ptr_array_add (first.texts, make_text (1, 0, 0));
  g_ptr_array_add (second.texts, make_text (1, 7, 1));
  g_ptr_array_add (second.texts, make_text (1, 7, 2));
  g_ptr_array_add (third.texts, make_text (2, 0, 0));

  run_import (f, &first);
  finish_index (f);
  post = id_of (&first, 0);
  g_assert_cmpuint (count_same (f, post), ==, 0);

  run_import (f, &second);
  finish_index (f);
  g_assert_cmpuint (count_same (f, post), ==, 2);
  CHANGE (f, "Trash", trash, &g_array_index (second.ids, gint64, 1));
  g_assert_cmpuint (count_same (f, post), ==, 1);

  /* The post's text is another now, and undo makes it what it was. */
  run_import (f, &third);
  finish_index (f);
  g_assert_cmpuint (count_same (f, post), ==, 0);
  g_assert_cmpuint (count_same (f, id_of (&second, 0)), ==, 0);
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_same (f, post), ==, 1);

  annals_notebook_undo (f->notebook, NULL, &error);   /* out of the trash */
  g_assert_no_error (error);
  annals_notebook_undo (f->notebook, NULL, &error);   /* the second import */
  g_assert_no_error (error);
  g_assert_cmpuint (count_same (f, post), ==, 0);
}

static gboolean
remove_it (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Import *import = data;

  return annals_db_remove_import (db, import->import_id, error);
}

static gboolean
set_old_version (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return annals_db_set_meta (db, "same-text.version", "0", error);
}

/* Ids of what is taken back are given to others. */
static void
test_removed_and_rebuilt (Fixture       *f,
                          gconstpointer  data)
{
  g_auto(Import) first = { 0 };
  g_auto(Import) cut_off = { 0 };
  g_auto(Import) other = { 0 };
  g_autoptr(GError) error = NULL;

  import_init (&first, "first");
  import_init (&cut_off, "cut-off");
  import_init (&other, "other");
  cut_off.unfinished = TRUE;
  g_ptr_array_add (first.texts, make_text (1, 0, 0));
  g_ptr_array_add (cut_off.texts, make_text (1, 5, 1));
  g_ptr_array_add (cut_off.texts, make_text (1, 5, 2));
  g_ptr_array_add (other.texts, make_text (5, 0, 0));
  g_ptr_array_add (other.texts, make_text (1, 5, 3));

  run_import (f, &first);
  run_import (f, &cut_off);
  finish_index (f);
  g_assert_cmpuint (count_same (f, id_of (&first, 0)), ==, 0);   /* hidden */
  annals_notebook_bulk (f->notebook, remove_it, &cut_off, NULL, &error);
  g_assert_no_error (error);
  run_import (f, &other);
  g_assert_cmpint (id_of (&other, 0), ==, id_of (&cut_off, 0));
  g_assert_false (is_same (f, id_of (&first, 0), id_of (&other, 0)));
  finish_index (f);
  g_assert_cmpuint (count_same (f, id_of (&first, 0)), ==, 1);
  g_assert_true (is_same (f, id_of (&first, 0), id_of (&other, 1)));

  annals_notebook_bulk (f->notebook, set_old_version, NULL, NULL, &error);
  g_assert_no_error (error);
  finish_index (f);
  g_assert_cmpuint (count_same (f, id_of (&first, 0)), ==, 1);
  g_assert_true (is_same (f, id_of (&first, 0), id_of (&other, 1)));
}

#define N_BOILERPLATE 2000

/* Equal texts, and texts that differ in a number, by the thousand: the time must not grow with the square. */
static void
test_boilerplate (Fixture       *f,
                  gconstpointer  data)
{
  g_auto(Import) half = { 0 };
  g_auto(Import) rest = { 0 };
  gint64 start, first, second;

  import_init (&half, "half");
  import_init (&rest, "rest");
  for (guint i = 0; i < 2 * N_BOILERPLATE; i++)
    {
      g_autofree char *same = make_text (77, 0, 0);

      g_ptr_array_add (i < N_BOILERPLATE ? half.texts : rest.texts,
                       i % 2 ? g_strdup (same) : g_strdup_printf ("Number %u. %s", i, same));
    }

  run_import (f, &half);
  start = g_get_monotonic_time ();
  finish_index (f);
  first = g_get_monotonic_time () - start;
  run_import (f, &rest);
  start = g_get_monotonic_time ();
  finish_index (f);
  second = g_get_monotonic_time () - start;

  g_test_message ("boilerplate: %u posts %.2f s, %u more %.2f s", N_BOILERPLATE, (double) first / G_USEC_PER_SEC,
                  N_BOILERPLATE, (double) second / G_USEC_PER_SEC);
  g_assert_cmpint (second, <, 10 * first + G_USEC_PER_SEC);
  g_assert_cmpuint (count_same (f, id_of (&half, 0)), ==, 2 * N_BOILERPLATE - 1);
  g_assert_cmpuint (count_same (f, id_of (&rest, 1)), ==, 2 * N_BOILERPLATE - 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notebook/same-text/shingles", test_shingles);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/same-text/found", test_found);
  ADD ("/notebook/same-text/other-scripts", test_other_scripts);
  ADD ("/notebook/same-text/later-imports", test_later_imports);
  ADD ("/notebook/same-text/removed-and-rebuilt", test_removed_and_rebuilt);
  ADD ("/notebook/same-text/boilerplate", test_boilerplate);

  return g_test_run ();
}
