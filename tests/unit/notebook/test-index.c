/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "annals-imports.h"
#include "annals-index-private.h"
#include "annals-notebook.h"
#include "annals-posts.h"

/* A connection to a notebook of its own, with no thread behind it: the test takes the steps. */
typedef struct
{
  char     *folder;
  char     *path;
  AnnalsDb *db;
} Fixture;

static void
exec (Fixture    *f,
      const char *sql)
{
  g_autoptr(GError) error = NULL;

  annals_db_exec (f->db, sql, &error);
  g_assert_no_error (error);
}

static void
open_db (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  f->db = annals_db_open (f->path, TRUE, &error);
  g_assert_no_error (error);
  f->db->door = ANNALS_DOOR_BULK;
  f->db->now = G_GINT64_CONSTANT (1583712000) * G_USEC_PER_SEC;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;

  f->folder = g_dir_make_tmp ("annals-index-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "index.annals", NULL);
  notebook = annals_notebook_create (f->path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  open_db (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", "-journal" };

  g_clear_pointer (&f->db, annals_db_free);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (f->path, suffixes[i], NULL);

      g_unlink (path);
    }

  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->path);
  g_free (f->folder);
}

static gint64
begin_import (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  gint64 id;

  annals_db_begin_import (f->db, "", "posts.txt", "text-month", "", NULL, &id, &error);
  g_assert_no_error (error);

  return id;
}

static gint64
store (Fixture    *f,
       gint64      import_id,
       const char *identity,
       const char *title,
       const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (words, -1);
  g_autoptr(GBytes) markup = g_bytes_new (words, strlen (words));
  AnnalsNewPost post = {
    .identity = identity, .title = title, .place = 1, .text = text, .markup = markup,
    .markup_kind = "text",
  };
  AnnalsStored stored;
  gint64 id;

  annals_db_store_post (f->db, import_id, &post, &stored, &id, &error);
  g_assert_no_error (error);

  return id;
}

static void
finish_import (Fixture *f,
               gint64   import_id,
               guint    n)
{
  g_autoptr(GError) error = NULL;

  annals_db_finish_import (f->db, import_id, "0123", 42, n, n, 0, 0, 0, 0.1, &error);
  g_assert_no_error (error);
}

/* Pairs of title and text, NULL-terminated; their ids are 1, 2, 3… */
static void
import (Fixture            *f,
        const char * const *posts)
{
  gint64 import_id;
  guint n = 0;

  exec (f, "BEGIN IMMEDIATE");
  import_id = begin_import (f);

  for (; posts[2 * n] != NULL; n++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", n);

      store (f, import_id, identity, posts[2 * n], posts[2 * n + 1]);
    }

  finish_import (f, import_id, n);
  exec (f, "COMMIT");
}

static void
import_many (Fixture    *f,
             guint       n_posts,
             const char *prefix)
{
  gint64 import_id;

  exec (f, "BEGIN IMMEDIATE");
  import_id = begin_import (f);

  for (guint i = 0; i < n_posts; i++)
    {
      g_autofree char *identity = g_strdup_printf ("%s-%u", prefix, i);
      g_autofree char *words = g_strdup_printf ("%s number%u harbour", prefix, i);

      store (f, import_id, identity, identity, words);
    }

  finish_import (f, import_id, n_posts);
  exec (f, "COMMIT");
}

static guint
count_pending (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  guint pending = 0;

  annals_index_count_pending (f->db, &pending, &error);
  g_assert_no_error (error);

  return pending;
}

static guint
step (Fixture *f,
      guint    max_posts)
{
  g_autoptr(GError) error = NULL;
  guint pending = 0;

  exec (f, "BEGIN IMMEDIATE");
  annals_index_step (f->db, max_posts, &pending, &error);
  g_assert_no_error (error);
  exec (f, "COMMIT");
  g_assert_cmpuint (pending, ==, count_pending (f));

  return pending;
}

static void
assert_check (Fixture  *f,
              gboolean  sound)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (annals_index_check (f->db, &error), ==, sound);

  if (sound)
    g_assert_no_error (error);
  else
    g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);
}

/* The ids that fit, "1 3" */
static char *
dup_found (Fixture    *f,
           const char *match,
           gboolean    ranked)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = annals_index_match (f->db, match, ranked, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (found, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (ids, gint64, i));

  return g_string_free (found, FALSE);
}

static void
assert_found (Fixture    *f,
              const char *match,
              const char *expected)
{
  g_autofree char *found = dup_found (f, match, FALSE);

  if (strcmp (found, expected) != 0)
    g_error ("%s finds “%s”, not “%s”", match, found, expected);
}

static const char * const posts[] = {
  "Sanctions hamper efforts", "Test kits for COVID-19 were sent by plane.",
  "Missile launch", "북한이 미사일을 발사했다. 제재는 계속된다. Sanctions stay; sanctions bite.",
  "制裁措施", "对朝鲜的制裁措施。核。",
  "ミサイル発射", "北朝鮮のミサイル発射について。Café.",
  "Empty", "",
  NULL
};

static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *ranked = NULL;

  import (f, posts);
  g_assert_cmpuint (count_pending (f), ==, 5);
  assert_found (f, "\"sanction\"", "");
  g_assert_cmpuint (step (f, 100), ==, 0);

  assert_found (f, "\"sanctioned\"", "1 2");
  assert_found (f, "\"test kit\"", "1");
  assert_found (f, "\"covid-19\"", "1");
  assert_found (f, "\"북한\"", "2");
  assert_found (f, "\"제재\"", "2");
  assert_found (f, "\"制裁\"", "3");
  assert_found (f, "\"朝鲜\"", "3");
  assert_found (f, "\"ミサイル\"", "4");
  assert_found (f, "\"朝\" *", "3 4");
  assert_found (f, "\"cafe\"", "4");
  assert_found (f, "title : \"empty\"", "5");
  assert_found (f, "\"launch\" OR \"plane\"", "1 2");

  /* A word in a title counts more than two in a text. */
  ranked = dup_found (f, "\"sanction\"", TRUE);
  g_assert_cmpstr (ranked, ==, "1 2");
  assert_check (f, TRUE);
}

static void
test_bad_expression (Fixture       *f,
                     gconstpointer  data)
{
  static const char * const expressions[] = { "\"", "(", "a AND", "nothing : a", "", "*", "a NEAR", "^" };

  import (f, posts);
  step (f, 100);

  for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) ids = annals_index_match (f->db, expressions[i], i % 2 == 0, &error);

      if (ids != NULL)
        g_assert_cmpuint (ids->len, ==, 0);
      else
        g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
    }

  {
    g_autoptr(GError) error = NULL;

    g_assert_null (annals_db_match_in_post (f->db, 1, "\"", &error));
    g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  }
}

/* A step that is cut off takes nothing with it, and the next goes on where the last ended. */
static void
test_interrupted (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint pending;

  import_many (f, 30, "first");
  g_assert_cmpuint (step (f, 10), ==, 20);
  assert_found (f, "\"number9\"", "10");
  assert_found (f, "\"number10\"", "");

  exec (f, "BEGIN IMMEDIATE");
  annals_index_step (f->db, 10, &pending, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pending, ==, 10);
  annals_db_free (f->db);   /* as a crash would, the transaction is open */
  open_db (f);

  g_assert_cmpuint (count_pending (f), ==, 20);
  assert_check (f, TRUE);
  g_assert_cmpuint (step (f, 15), ==, 5);
  g_assert_cmpuint (step (f, 15), ==, 0);
  g_assert_cmpuint (step (f, 15), ==, 0);
  assert_found (f, "\"number10\" OR \"number29\"", "11 30");
  assert_check (f, TRUE);
}

/* Steps give way to a job that waits, after a few posts. */
static void
test_gives_way (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GAsyncQueue) waiting = g_async_queue_new ();

  import_many (f, 500, "first");
  g_async_queue_push (waiting, f);
  f->db->waiting = waiting;
  g_assert_cmpuint (step (f, 500), ==, 400);
  f->db->waiting = NULL;
  g_assert_cmpuint (step (f, 500), ==, 0);
  assert_check (f, TRUE);
}

static void
test_update (Fixture       *f,
             gconstpointer  data)
{
  gint64 import_id;

  import (f, posts);
  step (f, 2);

  exec (f, "BEGIN IMMEDIATE");
  import_id = begin_import (f);
  g_assert_cmpint (store (f, import_id, "post-0", "Sanctions hamper", "Quite another text."), ==, 1);
  g_assert_cmpint (store (f, import_id, "post-4", "Full", "No longer void."), ==, 5);
  finish_import (f, import_id, 2);
  exec (f, "COMMIT");

  assert_found (f, "\"kits\"", "");
  assert_found (f, "\"another\"", "1");
  assert_found (f, "\"void\"", "");
  g_assert_cmpuint (count_pending (f), ==, 3);
  step (f, 100);
  assert_found (f, "\"void\"", "5");
  assert_found (f, "\"empty\"", "");
  assert_check (f, TRUE);
}

/* The newest post goes out of the index for its update: it counts as not done until it is in. */
static void
test_update_last (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gboolean was_in;

  import (f, posts);
  step (f, 100);

  exec (f, "BEGIN IMMEDIATE");
  annals_index_remove_post (f->db, 5, &was_in, &error);
  g_assert_no_error (error);
  g_assert_true (was_in);
  g_assert_cmpuint (count_pending (f), ==, 1);
  annals_index_remove_post (f->db, 5, &was_in, &error);
  g_assert_no_error (error);
  g_assert_false (was_in);
  annals_index_add_post (f->db, 5, &error);
  g_assert_no_error (error);
  annals_index_add_post (f->db, 5, &error);
  g_assert_no_error (error);
  exec (f, "COMMIT");

  g_assert_cmpuint (count_pending (f), ==, 0);
  assert_found (f, "\"empty\"", "5");
  assert_check (f, TRUE);
}

/* Ids of removed posts are given to new ones, which search has to find too. */
static void
test_reused_ids (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 import_id;

  import (f, posts);
  step (f, 100);

  exec (f, "BEGIN IMMEDIATE");
  import_id = begin_import (f);
  store (f, import_id, "new-0", "Gone", "vanishing words");
  store (f, import_id, "new-1", "Gone too", "vanishing words");
  exec (f, "COMMIT");
  step (f, 100);

  exec (f, "BEGIN IMMEDIATE");
  annals_db_remove_import (f->db, import_id, &error);
  g_assert_no_error (error);
  exec (f, "COMMIT");
  assert_found (f, "\"vanishing\"", "");
  assert_check (f, TRUE);

  import_many (f, 3, "second");
  g_assert_cmpuint (count_pending (f), ==, 3);
  step (f, 100);
  assert_found (f, "\"second\"", "6 7 8");
  assert_check (f, TRUE);
}

static void
prepare (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  exec (f, "BEGIN IMMEDIATE");
  annals_index_prepare (f->db, &error);
  g_assert_no_error (error);
  exec (f, "COMMIT");
}

static void
test_version (Fixture       *f,
              gconstpointer  data)
{
  import (f, posts);
  step (f, 100);
  prepare (f);
  g_assert_cmpuint (count_pending (f), ==, 0);

  exec (f, "UPDATE meta SET value = 'older' WHERE key = 'index.version'");
  prepare (f);
  g_assert_cmpuint (count_pending (f), ==, 5);
  assert_found (f, "\"sanction\"", "");
  step (f, 100);
  assert_found (f, "\"sanction\"", "1 2");
  assert_check (f, TRUE);

  exec (f, "DROP TABLE post_index");
  prepare (f);
  step (f, 100);
  assert_found (f, "\"sanction\"", "1 2");
}

static void
test_damage (Fixture       *f,
             gconstpointer  data)
{
  import (f, posts);
  step (f, 100);
  exec (f, "UPDATE revision SET text = 'not what was indexed' WHERE post = 1");
  assert_check (f, FALSE);
}

/* A reader may ask for the check and stays a reader. */
static void
test_check_reading (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  import (f, posts);
  step (f, 100);
  exec (f, "PRAGMA query_only=ON");
  assert_check (f, TRUE);
  g_assert_false (annals_db_exec (f->db, "DELETE FROM meta", &error));
  exec (f, "PRAGMA query_only=OFF");
}

static gint64
query (Fixture    *f,
       const char *sql)
{
  g_autoptr(GError) error = NULL;
  gint64 value;

  annals_db_query_int64 (f->db, sql, 0, -1, &value, &error);
  g_assert_no_error (error);

  return value;
}

/* A large build is merged down before it is over, and crisismerge keeps its one safe value. */
static void
test_bulk (Fixture       *f,
           gconstpointer  data)
{
  guint n_steps = 0;

  import_many (f, 4000, "first");

  while (step (f, 100) > 0)
    g_assert_cmpuint (++n_steps, <, 1000);

  g_assert_cmpuint (n_steps, >=, 39);
  g_assert_cmpint (query (f, "SELECT count(DISTINCT segid) FROM post_index_idx"), <=, 4);
  g_assert_cmpint (query (f, "SELECT v FROM post_index_config WHERE k = 'automerge'"), ==, 4);
  g_assert_cmpint (query (f, "SELECT v FROM post_index_config WHERE k = 'crisismerge'"), ==, 1999);
  assert_found (f, "\"number3999\"", "4000");
  assert_check (f, TRUE);
}

static char *
dup_marked (Fixture    *f,
            gint64      post_id,
            const char *match)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ranges = annals_db_match_in_post (f->db, post_id, match, &error);
  g_autoptr(AnnalsText) text = annals_db_load_text (f->db, post_id, 0, NULL);
  GString *marked = g_string_new (annals_text_get_string (text));

  g_assert_no_error (error);
  g_assert_cmpuint (ranges->len % 2, ==, 0);

  for (guint i = ranges->len; i > 0; i--)
    g_string_insert_c (marked, g_array_index (ranges, guint, i - 1), i % 2 == 1 ? '[' : ']');

  return g_string_free (marked, FALSE);
}

static void
test_match_in_post (Fixture       *f,
                    gconstpointer  data)
{
  static const struct
  {
    gint64      post;
    const char *match;
    const char *marked;
  } cases[] = {
    { 1, "\"kit\" OR \"sanction\"", "Test [kits] for COVID-19 were sent by plane." },
    { 1, "title : \"sanction\"", "Test kits for COVID-19 were sent by plane." },
    { 1, "\"nothing\"", "Test kits for COVID-19 were sent by plane." },
    { 3, "\"核\" *", "对朝鲜的制裁措施。[核]。" },
    { 3, "\"朝\" *", "对[朝]鲜的制裁措施。核。" },
    { 4, "\"朝鮮\" AND \"ミサイル発射\"", "北[朝鮮]の[ミサイル発射]について。Café." },
    { 5, "\"empty\"", "" },
  };

  import (f, posts);
  step (f, 100);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *marked = dup_marked (f, cases[i].post, cases[i].match);

      g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

static void
test_snippet (Fixture       *f,
              gconstpointer  data)
{
  static const char * const long_posts[] = {
    "Long", "one two three four five six seven eight nine ten harbour eleven twelve thirteen\n"
            "fourteen fifteen sixteen",
    "Korean", "가나다라마바사아자차카타파하 북한의 미사일 발사에 대한 제재가 계속된다",
    NULL
  };
  static const struct
  {
    gint64      post;
    const char *match;
    guint       n_words;
    const char *snippet;
  } cases[] = {
    { 1, "\"harbour\"", 6, "…nine ten \002harbour\003 eleven twelve thirteen…" },
    { 1, "\"harbour\"", 100, "one two three four five six seven eight nine ten \002harbour\003 eleven "
                             "twelve thirteen fourteen fifteen sixteen" },
    { 1, "\"thirteen fourteen\"", 4, "…twelve \002thirteen fourteen\003 fifteen…" },
    { 1, "\"one\" OR \"sixteen\"", 3, "\002one\003 two three…" },
    { 1, "title : \"long\"", 3, "one two three…" },
    { 2, "\"미사일\"", 6, "…하 북한의 \002미사일\003 발사에 대한…" },
  };

  import (f, long_posts);
  step (f, 100);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *snippet = annals_db_dup_snippet (f->db, cases[i].post, cases[i].match,
                                                        cases[i].n_words, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (snippet, ==, cases[i].snippet);
    }

  {
    g_autoptr(GError) error = NULL;

    g_assert_null (annals_db_dup_snippet (f->db, 99, "\"a\"", 5, &error));
    g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/index/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/index/bad-expression", Fixture, NULL, set_up, test_bad_expression, tear_down);
  g_test_add ("/index/interrupted", Fixture, NULL, set_up, test_interrupted, tear_down);
  g_test_add ("/index/gives-way", Fixture, NULL, set_up, test_gives_way, tear_down);
  g_test_add ("/index/update", Fixture, NULL, set_up, test_update, tear_down);
  g_test_add ("/index/update-last", Fixture, NULL, set_up, test_update_last, tear_down);
  g_test_add ("/index/reused-ids", Fixture, NULL, set_up, test_reused_ids, tear_down);
  g_test_add ("/index/version", Fixture, NULL, set_up, test_version, tear_down);
  g_test_add ("/index/damage", Fixture, NULL, set_up, test_damage, tear_down);
  g_test_add ("/index/check-reading", Fixture, NULL, set_up, test_check_reading, tear_down);
  g_test_add ("/index/bulk", Fixture, NULL, set_up, test_bulk, tear_down);
  g_test_add ("/index/match-in-post", Fixture, NULL, set_up, test_match_in_post, tear_down);
  g_test_add ("/index/snippet", Fixture, NULL, set_up, test_snippet, tear_down);

  return g_test_run ();
}
