/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-fixture.h"

#include <sqlite3.h>

/* Entries of bibliographies, which come without the text of what they name. */

#define ENTRY(title_, author_, edtf_, ...) \
  { .identity = "http://a/1", .extent = ANNALS_EXTENT_EXCERPT, .title = title_, .author = author_, .edtf = edtf_, \
    .text = "", .entry = "a.ris, item 1", .place = 1, .tags = { __VA_ARGS__ } }
#define ITS_PAGE(text_) \
  { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "Ferry turns back", .text = text_, .place = 2 }

#define POST_SAYS \
  "SELECT post.title, post.author, post.published, substr (text, 1, 9), extent " \
  "FROM post JOIN revision ON revision.id = post.revision WHERE withdrawn = 0 AND post.url = '' AND post.title LIKE 'Ferry%'"
#define ISSUES "SELECT place, reason FROM import_issue ORDER BY id"

/* The path of the file that the post's text came from, by the notebook's own functions. */
static gboolean
load_file (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  AnnalsImportFile **file = data;
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_NEWEST, error);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, id, error);

      if (!g_str_has_prefix (post->title, "Ferry"))
        continue;
      *file = annals_db_load_revision_file (db, post->revision_id, error);
      g_assert_nonnull (*file);
      g_assert_cmpint (post->text_import_id, ==, (*file)->size);
    }

  return TRUE;
}

/* In the place of the file's size stands its import. */
static void
assert_text_of (Fixture *f,
                gint64   import_id)
{
  g_autoptr(AnnalsImportFile) file = NULL;
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_busy_timeout (native, 5000), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (native, "UPDATE import_file SET size = import", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
  READ (f, load_file, &file);
  g_assert_cmpstr (file->path, ==, "b/one.html");   /* that of an even place */
  g_assert_cmpint (file->size, ==, import_id);
}

static void
undo_last_but_one (Fixture *f)
{
  g_autofree char *id = query (f, "SELECT id FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1 OFFSET 1");
  g_autoptr(GError) error = NULL;

  annals_notebook_undo_only (f->notebook, g_ascii_strtoll (id, NULL, 10), NULL, &error);
  g_assert_no_error (error);
}

#define STORED(f, import_id, ...) store_rows (f, import_id, (const Row[]) { __VA_ARGS__, { 0 } })

/* What the first of them came to. */
static AnnalsStored
store_rows (Fixture   *f,
            gint64    *import_id,
            const Row *rows)
{
  Batch batch = { .rows = rows };

  import_batch (f, &batch);
  if (import_id != NULL)
    *import_id = batch.import_id;

  return batch.stored[0];
}

/* What changed in the reference manager is taken over, but for what the page says itself, and the text stays. */
static void
test_entry_again (Fixture       *f,
                  gconstpointer  data)
{
  gint64 page;

  g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry", "Ada", "2020-03")), ==, ANNALS_STORED_NEW);
  g_assert_cmpuint (STORED (f, &page, ITS_PAGE (WORDS)), ==, ANNALS_STORED_UPDATED);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ada|2020-03|The ferry|2\n");
  assert_text_of (f, page);

  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry", "Ada", "2020-03")), ==, ANNALS_STORED_UNCHANGED);
  assert_rows (f, ISSUES,
               "a.ris, item 1|Title: “Ferry turns back” stays, as the post's own page says it; “Ferry” is left out\n");

  g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry", "Ada Berg", "2020-03-09")), ==, ANNALS_STORED_UPDATED);
  g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry", "Ada Berg", "2020-03-09")), ==, ANNALS_STORED_UNCHANGED);
  g_assert_cmpuint (STORED (f, NULL, ITS_PAGE (WORDS)), ==, ANNALS_STORED_UNCHANGED);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ada Berg|2020-03-09|The ferry|2\n");
  assert_text_of (f, page);
  assert_sound (f);

  undo (f);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ada|2020-03|The ferry|2\n");
  annals_notebook_redo (f->notebook, NULL, NULL);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ada Berg|2020-03-09|The ferry|2\n");
}

/* It may say a thing first, add tags, and what a page says itself comes before it in either order. */
static void
test_entry_adds (Fixture       *f,
                 gconstpointer  data)
{
  static const char *const expected = "Ferry turns back|Ada|2020-03-09|A new tex|2\n";
  gint64 both;

  g_assert_cmpuint (STORED (f, NULL, ITS_PAGE (WORDS)), ==, ANNALS_STORED_NEW);
  g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry turns back", "Ada", NULL, "ferries", "fog")), ==,
                    ANNALS_STORED_UPDATED);
  g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry turns back", "Ada", NULL, "ferries", "fog")), ==,
                    ANNALS_STORED_UNCHANGED);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ada||The ferry|2\n");
  assert_rows (f, "SELECT group_concat (name) FROM post_tag JOIN tag ON tag.id = tag JOIN post ON post.id = post "
               "WHERE title LIKE 'Ferry%'", "ferries,fog\n");

  g_assert_cmpuint (STORED (f, &both, ENTRY ("Other", "Ada", "2020-03-09"), ITS_PAGE ("A new text. " WORDS)), ==,
                    ANNALS_STORED_UPDATED);
  assert_rows (f, POST_SAYS, expected);
  assert_text_of (f, both);
  undo (f);
  g_assert_cmpuint (STORED (f, &both, ITS_PAGE ("A new text. " WORDS), ENTRY ("Other", "Ada", "2020-03-09")), ==,
                    ANNALS_STORED_UPDATED);
  assert_rows (f, POST_SAYS, expected);
  assert_text_of (f, both);
  assert_sound (f);
}

/* An excerpt that comes without its text, of whatever kind, keeps it. */
static void
test_bare_excerpt (Fixture       *f,
                   gconstpointer  data)
{
  gint64 first;

  STORED (f, &first,
          { .identity = "http://a/1", .extent = ANNALS_EXTENT_EXCERPT, .title = "Ferry", .text = WORDS, .place = 2 });
  g_assert_cmpuint (STORED (f, NULL, { .identity = "http://a/1", .extent = ANNALS_EXTENT_EXCERPT, .title = "Ferry back",
                                       .text = "", .place = 1 }), ==, ANNALS_STORED_UPDATED);
  assert_rows (f, POST_SAYS, "Ferry back|||The ferry|0\n");
  assert_text_of (f, first);
  assert_sound (f);
}

/* Who takes the page back takes its text back, though an entry has come since. */
static void
test_entry_without_page (Fixture       *f,
                         gconstpointer  data)
{
  STORED (f, NULL, ENTRY ("Ferry", "Ada", "2020-03"));
  STORED (f, NULL, ITS_PAGE (WORDS));
  g_assert_cmpuint (STORED (f, NULL, ENTRY ("Ferry", "Ben", "2020-03")), ==, ANNALS_STORED_UPDATED);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ben|2020-03|The ferry|2\n");

  undo_last_but_one (f);
  assert_rows (f, POST_SAYS, "Ferry|Ada|2020-03||0\n");
  undo (f);
  assert_rows (f, POST_SAYS, "Ferry turns back|Ben|2020-03|The ferry|2\n");
  assert_sound (f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/import/entry-again", test_entry_again);
  ADD ("/notebook/import/entry-adds", test_entry_adds);
  ADD ("/notebook/import/bare-excerpt", test_bare_excerpt);
  ADD ("/notebook/import/entry-without-page", test_entry_without_page);
#undef ADD

  return g_test_run ();
}
