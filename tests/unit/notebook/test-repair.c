/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damage, and what can be made of it: pages overwritten, files cut short, rows that say nonsense. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "annals-backup.h"
#include "annals-repair.h"
#include "notebook-fixture.h"

#define PAGE 8192
#define N_POSTS 150
#define N_SEEDS 12

static gboolean
add_records (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 id, timeline, event;

  if (!annals_db_add_timeline (db, "Line", "", NULL, "", &timeline, error))
    return FALSE;

  for (gint64 post = 1; post <= N_POSTS; post += 3)
    {
      g_autofree char *tag = g_strdup_printf ("tag %d", (int) post % 20);
      g_autofree char *title = g_strdup_printf ("Event %d", (int) post);
      g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);

      if (!annals_db_ensure_tag (db, tag, &id, error) ||
          !annals_db_tag_posts (db, id, &post, 1, error) ||
          !annals_db_add_annotation (db, post, 0, 3, NULL, "A note", &id, error) ||
          !annals_db_add_event (db, timeline, 0, date, title, "Account", &event, error) ||
          !annals_db_add_memo (db, title, "Text", &id, error))
        return FALSE;
    }

  return TRUE;
}

/* A closed notebook of some size; its bytes. */
static char *
make_bytes (Fixture *f,
            gsize   *length)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  char *bytes;

  for (guint i = 0; i < N_POSTS; i++)
    {
      GString *text = g_string_new (NULL);

      g_string_append_printf (text, "Day %u. ", i);
      for (guint k = 0; k < 40 + i % 7 * 60; k++)
        g_string_append_printf (text, "The ferry of day %u came to quay %u. ", i, k);
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  g_ptr_array_add (texts, NULL);
  fixture_import (f, (const char * const *) texts->pdata, NULL);
  CHANGE (f, "Add much", add_records, NULL);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  g_assert_true (g_file_get_contents (f->path, &bytes, length, NULL));

  return bytes;
}

static void
reopen_whole (Fixture    *f,
              const char *bytes,
              gsize       length)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
}

static gint64
count (const char *path,
       const char *sql)
{
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_open_v2 (path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return n;
}

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open (path, &native), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (native, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  GPtrArray **problems = data;

  return (*problems = annals_db_check (db, TRUE, cancellable, error)) != NULL;
}

static void
assert_sound (AnnalsNotebook *notebook)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_bulk (notebook, check, &problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s: %s", ((AnnalsProblem *) problems->pdata[i])->what,
                    ((AnnalsProblem *) problems->pdata[i])->where);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* By the deep check, before it is mended. */
static void
assert_damage_is_said (AnnalsNotebook *notebook,
                       const char     *what)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  guint n_said = 0;

  annals_notebook_bulk (notebook, check, &problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    n_said += g_str_equal (((AnnalsProblem *) problems->pdata[i])->what, what);
  g_assert_cmpuint (n_said, >, 0);
}

static void
assert_sound_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_open (path, &error);

  g_assert_no_error (error);
  assert_sound (notebook);
  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (notebook);
}

/* What becomes of the damaged file at f->path. Returns the number of posts that were saved; -1: nothing can be
 * read */
static gint64
salvage (Fixture *f)
{
  g_autofree char *target = annals_salvage_dup_name (f->path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) lost = NULL;
  gint64 n = -1;

  g_assert_true (g_file_get_contents (f->path, &before, &before_length, NULL));
  lost = annals_salvage (f->path, target, NULL, &error);
  g_assert_true (g_file_get_contents (f->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);

  if (lost == NULL)
    {
      g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);
      g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
      return -1;
    }

  assert_sound_file (target);
  n = count (target, "SELECT count(*) FROM post");
  if (n < N_POSTS)
    g_assert_cmpuint (lost->len, >, 1);
  g_unlink (target);

  return n;
}

static void
damage_page (GRand  *random,
             guint8 *page)
{
  guint kind = (guint) g_rand_int_range (random, 0, 4);

  if (kind == 0)
    memset (page, 0, PAGE);
  else if (kind == 1)
    for (guint i = 0; i < PAGE; i++)
      page[i] = (guint8) g_rand_int (random);
  else if (kind == 2)
    page[g_rand_int_range (random, 0, 12)] ^= 0x55;
  else
    memmove (page, page + 64, PAGE - 64);
}

/* Not the first page, in which all the others' places are. */
static void
test_pages (Fixture       *f,
            gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (f, &length);
  gint64 sum = 0;

  for (guint32 seed = 1; seed <= N_SEEDS; seed++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *damaged = g_memdup2 (bytes, length);
      int n = g_rand_int_range (random, 1, 9);
      gint64 n_posts;

      for (int i = 0; i < n; i++)
        damage_page (random, (guint8 *) damaged + PAGE * (gsize) g_rand_int_range (random, 1, (int) (length / PAGE)));
      g_assert_true (g_file_set_contents (f->path, damaged, (gssize) length, NULL));
      n_posts = salvage (f);
      g_test_message ("seed %u: %d pages damaged, %d posts", seed, n, (int) n_posts);
      sum += MAX (n_posts, 0);
    }

  /* of more than nine in ten posts something could be read */
  g_assert_cmpint (sum, >, N_POSTS * N_SEEDS * 9 / 10);
  reopen_whole (f, bytes, length);
}

static void
test_cut (Fixture       *f,
          gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (f, &length);

  for (guint i = 1; i < 8; i++)
    {
      gint64 n;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) (length * i / 8 + i * 100), NULL));
      n = salvage (f);
      g_test_message ("%u eighths: %d posts", i, (int) n);
      if (i >= 4)
        g_assert_cmpint (n, >, N_POSTS / 4);
    }

  reopen_whole (f, bytes, length);
}

static void
test_first_page (Fixture       *f,
                 gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (f, &length);
  g_autofree char *damaged = g_memdup2 (bytes, length);

  memset (damaged, 0, 100);   /* the header alone */
  g_assert_true (g_file_set_contents (f->path, damaged, (gssize) length, NULL));
  g_assert_cmpint (salvage (f), ==, N_POSTS);

  memset (damaged, 0xff, PAGE);
  g_assert_true (g_file_set_contents (f->path, damaged, (gssize) length, NULL));
  g_assert_cmpint (salvage (f), ==, -1);
  g_assert_true (g_file_set_contents (f->path, "no notebook at all", -1, NULL));
  g_assert_cmpint (salvage (f), ==, -1);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_cmpint (salvage (f), ==, -1);

  reopen_whole (f, bytes, length);
}

/* What names what is not there, stands where it cannot, or is another than it says. */
static void
test_rows (Fixture       *f,
           gconstpointer  data)
{
  static const char * const damages[] = {
    "DELETE FROM post WHERE id = 7",
    "DELETE FROM revision WHERE post = 10",
    "DELETE FROM import",
    "DELETE FROM meta",
    "DELETE FROM timeline",
    "DELETE FROM tag WHERE id < 5",
    "UPDATE tag SET parent = 9 WHERE id = 8; UPDATE tag SET parent = 8 WHERE id = 9",
    "UPDATE revision SET text = replace (text, 'ferry', 'boat') WHERE id = 4",
    "UPDATE revision SET spans = '[[5,3,\"x\",1]]' WHERE id = 5",
    "UPDATE revision SET text = CAST(x'61ff62' AS TEXT) WHERE id = 13",
    "UPDATE annotation SET start = 5000000, end = 5000003",
    "UPDATE annotation SET revision = 2",
    "UPDATE post SET published = 'never' WHERE id = 3",
    "UPDATE post SET published_from = 7 WHERE id = 3",
    "UPDATE event SET date = '2020-99', date_from = 1",
    "UPDATE post SET revision = 1",
  };
  gsize length;
  g_autofree char *bytes = make_bytes (f, &length);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      gint64 n;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
      run_sql (f->path, damages[i]);
      g_test_message ("%s", damages[i]);
      n = salvage (f);
      g_assert_cmpint (n, >=, N_POSTS - 1);
    }

  reopen_whole (f, bytes, length);
}

static gint64
salvage_with (Fixture    *f,
              const char *bytes,
              gsize       length,
              const char *damage,
              const char *said,
              const char *sql)
{
  g_autofree char *target = annals_salvage_dup_name (f->path);
  g_autoptr(GPtrArray) lost = NULL;
  g_autoptr(GString) all = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  gint64 n;

  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
  run_sql (f->path, damage);
  lost = annals_salvage (f->path, target, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lost->len; i++)
    g_string_append_printf (all, "%s\n", (const char *) lost->pdata[i]);
  if (strstr (all->str, said) == NULL)
    g_error ("“%s” is not in: %s", said, all->str);
  n = count (target, sql);
  g_unlink (target);

  return n;
}

/* A quotation that stands several times is found by what stands around it, and what is lost is told. */
static void
test_told (Fixture       *f,
           gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = make_bytes (f, &length);

  /* “ came to quay 7.” is the eighth of its kind; the first “ferry of day 0 came” is not it */
  g_assert_cmpint (salvage_with (f, bytes, length,
                                 "UPDATE annotation SET quote = 'The ferry of day 0 came', prefix = 'day 0 came to quay 6. ', "
                                 "suffix = ' to quay 7. The ferry of day 0 c', start = 5000, end = 5023 WHERE post = 1",
                                 "found again",
                                 "SELECT count(*) FROM annotation JOIN revision ON revision.id = annotation.revision "
                                 "WHERE annotation.post = 1 AND state = 'moved' AND was_start = 5000 AND "
                                 "substr (text, start + 1, 35) = 'The ferry of day 0 came to quay 7. '"), ==, 1);
  /* where nothing tells which, it is on the post as a whole */
  g_assert_cmpint (salvage_with (f, bytes, length,
                                 "UPDATE annotation SET quote = 'ferry', prefix = '', suffix = '', start = 5000, "
                                 "end = 5005 WHERE post = 1",
                                 "on its post as a whole",
                                 "SELECT count(*) FROM annotation WHERE post = 1 AND start = 0 AND end = 0 AND quote = '' "
                                 "AND note LIKE '%> ferry'"), ==, 1);
  g_assert_cmpint (salvage_with (f, bytes, length,
                                 "INSERT INTO link (uid, from_kind, from_id, relation, to_kind, to_id, note, created, "
                                 "modified, author) VALUES ('l', 'post', 1, 'cites', 'event', 99999, '', 1, 1, '')",
                                 "1 link went", "SELECT count(*) FROM link"), ==, 0);
  g_assert_cmpint (salvage_with (f, bytes, length, "UPDATE revision SET file = 77 WHERE id = 4",
                                 "no longer says which file", "SELECT count(*) FROM revision WHERE file = 77"), ==, 0);
  g_assert_cmpint (salvage_with (f, bytes, length, "UPDATE post SET source = 77 WHERE id = 4",
                                 "no longer names what is lost (Sources)",
                                 "SELECT count(*) FROM post WHERE source = 77"), ==, 0);
  g_assert_cmpint (salvage_with (f, bytes, length, "UPDATE import SET state = 'running'",
                                 "had not come to", "SELECT count(*) FROM post WHERE withdrawn = 1"), ==, 0);

  reopen_whole (f, bytes, length);
}

/* A log that is no log: the notebook looks as one that was not closed. */
static void
leave_log (Fixture *f)
{
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

  g_assert_true (g_file_set_contents (log, "cut short", -1, NULL));
}

/* In place: what is derived, and nothing else. It stands in the way of no backup, and of no opening after a crash. */
static void
test_rebuild (Fixture       *f,
              gconstpointer  data)
{
  static const char * const damages[] = {
    "DELETE FROM post_index_docsize WHERE id < 100",
    "UPDATE post_index_data SET block = x'00000000' WHERE id > 10",
    "DELETE FROM post_index_data",
    "DELETE FROM note_index_data",
    "DELETE FROM post_index_config",
    "DELETE FROM note_index_config",
    "DELETE FROM text_signature",
    "UPDATE text_signature SET signature = x'0102'",
    "UPDATE post SET published_from = 7, published_to = 9",
    "UPDATE event SET date_to = NULL",
  };
  gsize length;
  g_autofree char *bytes = make_bytes (f, &length);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
      run_sql (f->path, damages[i]);
      g_test_message ("%s", damages[i]);
      annals_backup_verify (f->path, NULL, &error);
      g_assert_no_error (error);
      leave_log (f);
      f->notebook = annals_notebook_open (f->path, &error);
      g_assert_no_error (error);
      if (strstr (damages[i], "post_index") != NULL)
        assert_damage_is_said (f->notebook, "The search index does not fit the texts");
      else if (strstr (damages[i], "published_from") != NULL || strstr (damages[i], "date_to") != NULL)
        assert_damage_is_said (f->notebook, "A date and its bounds do not agree");
      annals_notebook_rebuild (f->notebook, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_sound (f->notebook);
      g_assert_cmpint (count (f->path, "SELECT count(*) FROM annotation"), ==, N_POSTS / 3);
      annals_notebook_close (f->notebook, &error);
      g_assert_no_error (error);
      g_assert_finalize_object (f->notebook);
    }

  reopen_whole (f, bytes, length);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/repair/pages", test_pages);
  ADD ("/notebook/repair/cut", test_cut);
  ADD ("/notebook/repair/first-page", test_first_page);
  ADD ("/notebook/repair/rows", test_rows);
  ADD ("/notebook/repair/told", test_told);
  ADD ("/notebook/repair/rebuild", test_rebuild);

  return g_test_run ();
}
