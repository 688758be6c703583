/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <sqlite3.h>
#include <string.h>

#define WORDS \
  "The ferry left the harbour of Sund on Monday morning with eleven people on board, all of them crew, " \
  "and turned back in the fog before it had passed the second buoy."
#define LONGER WORDS " It reached the quay at noon."
#define OTHER_WORDS \
  "Grain prices in the valley have doubled since spring; millers say that two dry years emptied every store, " \
  "and bakers expect worse."

/* Copies of posts as an importer hands them over, NULL-terminated by identity. */
typedef struct
{
  const char   *identity;
  const char   *aliases[3];
  AnnalsExtent  extent;
  const char   *title;
  const char   *author;
  const char   *edtf;
  const char   *tags[3];
  const char   *text;
  guint         place;
  AnnalsPostKind kind;
  const char   *entry;
} Row;

typedef struct
{
  const Row    *rows;
  const guint  *order;      /* (nullable): which row comes when */
  AnnalsStored  stored[16];
  gint64        posts[16];
  gint64        import_id;
  gboolean      unfinished;
} Batch;

static gboolean
store_row (AnnalsDb      *db,
           Batch         *batch,
           guint          n,
           const gint64   files[2],
           GError       **error)
{
  const Row *row = &batch->rows[batch->order != NULL ? batch->order[n] : n];
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (row->text, -1);
  g_autoptr(AnnalsDate) date = row->edtf != NULL ? annals_date_parse (row->edtf, NULL) : NULL;
  g_autoptr(GBytes) markup = g_bytes_new (row->text, strlen (row->text));
  g_autoptr(GBytes) deflated = n % 2 ? annals_deflate_markup (markup) : NULL;
  AnnalsNewPost post = {
    .identity = row->identity, .aliases = row->aliases, .kind = row->kind, .extent = row->extent,
    .file_id = files[row->place % 2], .title = row->title, .author = row->author, .published = date,
    .tags = row->tags[0] != NULL ? row->tags : NULL, .place = row->place, .text = text, .markup = markup,
    .deflated = deflated, .markup_kind = "text", .entry = row->entry,
  };

  return annals_db_store_post (db, batch->import_id, &post, &batch->stored[n], &batch->posts[n], error);
}

static gboolean
store_batch (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Batch *batch = data;
  guint counts[3] = { 0 };
  gint64 files[2];
  guint n;

  if (!annals_db_begin_import (db, "/a/b", "b", "folder", "B", NULL, &batch->import_id, error) ||
      !annals_db_begin_import_file (db, batch->import_id, "b/one.html", "html", &files[0], error) ||
      !annals_db_begin_import_file (db, batch->import_id, "b/two.html", "html", &files[1], error))
    return FALSE;

  for (n = 0; batch->rows[n].identity != NULL; n++)
    {
      if (!store_row (db, batch, n, files, error))
        return FALSE;
      counts[batch->stored[n]]++;
    }

  return annals_db_end_import_file (db, files[0], 17, "ab", error) &&
         annals_db_end_import_file (db, files[1], 18, "cd", error) &&
         (batch->unfinished ||
          annals_db_finish_import (db, batch->import_id, "0123", 42, n, counts[0], counts[1], counts[2], 0, 0.1,
                                   error));
}

static void
import_batch (Fixture *f,
              Batch   *batch)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, store_batch, batch, NULL, &error);
  g_assert_no_error (error);
}

#define IMPORT(f, batch, ...) \
  static const Row batch##_rows[] = { __VA_ARGS__, { 0 } }; \
  Batch batch = { .rows = batch##_rows }; \
  import_batch (f, &batch)

/* Rows as text, one a line; by another connection. */
static char *
query (Fixture    *f,
       const char *sql)
{
  g_autoptr(GString) rows = g_string_new (NULL);
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (native));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int column = 0; column < sqlite3_column_count (stmt); column++)
        {
          const guint8 *bytes = sqlite3_column_blob (stmt, column);
          int size = sqlite3_column_bytes (stmt, column);

          if (column > 0)
            g_string_append_c (rows, '|');
          if (sqlite3_column_type (stmt, column) == SQLITE_BLOB)
            for (int i = 0; i < size; i++)
              g_string_append_printf (rows, "%02x", bytes[i]);
          else
            g_string_append (rows, (const char *) sqlite3_column_text (stmt, column) ?: "NULL");
        }
      g_string_append_c (rows, '\n');
    }
  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
assert_rows (Fixture    *f,
             const char *sql,
             const char *expected)
{
  g_autofree char *rows = query (f, sql);

  g_assert_cmpstr (rows, ==, expected);
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
assert_sound (Fixture *f)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  READ (f, check, &problems);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s: %s", ((AnnalsProblem *) problems->pdata[i])->what,
                    ((AnnalsProblem *) problems->pdata[i])->where);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
undo (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

/* --- copies within one import --- */

static const Row four_copies[] = {
  { .identity = "http://a/1", .aliases = { "http://a/?p=1" }, .extent = ANNALS_EXTENT_WHOLE, .title = "Ferry turns back",
    .text = WORDS, .place = 3, .kind = ANNALS_POST_PAGE },
  { .identity = "http://a/1", .extent = ANNALS_EXTENT_LISTED, .title = "Ferry", .author = "Ada", .text = LONGER,
    .place = 2 },
  { .identity = "http://a/?p=1", .aliases = { "http://a/1", "tag:a,1" }, .extent = ANNALS_EXTENT_EXCERPT,
    .title = "Ferry", .author = "Ben", .edtf = "2020-03-09", .tags = { "ferries", "fog" }, .text = "The ferry left…",
    .place = 4 },
  { .identity = "http://a/1", .aliases = { "http://a/short" }, .extent = ANNALS_EXTENT_WHOLE, .title = "Ferry turns back",
    .text = WORDS, .place = 1, .kind = ANNALS_POST_POST },
  { 0 },
};

#define ALL_ROWS \
  "SELECT * FROM (SELECT 1 AS t, uid, title, url, author, source, published, published_from, published_to, " \
  "  language, import, place, kind, withdrawn, revision FROM post WHERE title LIKE 'Ferry%') UNION ALL " \
  "SELECT 2, post, import, title, author, published, tags, place, sha256, text, spans, hex (markup), kind, extent, " \
  "  file FROM revision WHERE title LIKE 'Ferry%' UNION ALL " \
  "SELECT * FROM (SELECT 3, n, extent, length, sha256, uid, kind, title, author, published, tags, place, file, 0, 0 " \
  "  FROM revision_copy ORDER BY revision, n) UNION ALL " \
  "SELECT * FROM (SELECT 4, hex (id), post, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM post_alias ORDER BY id) UNION ALL " \
  "SELECT * FROM (SELECT 5, post, hex (digest), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM known_copy ORDER BY digest)"

static void
import_in_order (const guint *order,
                 char       **expected)
{
  Fixture f = { 0 };
  Batch batch = { .rows = four_copies, .order = order };
  Batch again = { .rows = four_copies, .order = order };
  g_autofree char *rows = NULL;
  g_autofree char *rows_again = NULL;
  guint n_new = 0;

  fixture_set_up (&f, NULL);
  import_batch (&f, &batch);
  for (guint i = 0; i < 4; i++)
    n_new += batch.stored[i] == ANNALS_STORED_NEW;
  g_assert_cmpuint (n_new, ==, 1);
  g_assert_cmpuint (batch.stored[0], ==, ANNALS_STORED_NEW);

  rows = query (&f, ALL_ROWS);
  if (*expected == NULL)
    *expected = g_strdup (rows);
  g_assert_cmpstr (rows, ==, *expected);

  /* The same again brings nothing. */
  import_batch (&f, &again);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (again.stored[i], ==, ANNALS_STORED_UNCHANGED);
  rows_again = query (&f, ALL_ROWS);
  g_assert_cmpstr (rows_again, ==, *expected);
  assert_sound (&f);
  fixture_tear_down (&f, NULL);
}

static void
test_all_orders (void)
{
  g_autofree char *expected = NULL;
  g_autofree char *uid = annals_post_uid_for_identity ("http://a/1");

  for (guint i = 0; i < 256; i++)
    {
      guint order[4] = { i & 3, (i >> 2) & 3, (i >> 4) & 3, i >> 6 };
      guint seen = 0;

      for (guint k = 0; k < 4; k++)
        seen |= 1u << order[k];
      if (seen == 15)
        import_in_order (order, &expected);
    }

  g_test_message ("%s", expected);
  g_assert_nonnull (strstr (expected, uid));
  /* the whole one's title and text, its smaller place's kind, the listed one's author, the excerpt's date */
  g_assert_nonnull (strstr (expected, "|Ferry turns back||Ada|NULL|2020-03-09|"));
  g_assert_nonnull (strstr (expected, "|ferries\nfog|"));
  g_assert_null (strstr (expected, "|" LONGER "|"));
}

/* --- extents --- */

#define CURRENT_TEXT \
  "SELECT substr (text, 1, 9), extent FROM post JOIN revision ON revision.id = post.revision WHERE uid = '%s'"

static void
assert_current (Fixture    *f,
                const char *identity,
                const char *expected)
{
  g_autofree char *uid = annals_post_uid_for_identity (identity);
  g_autofree char *sql = g_strdup_printf (CURRENT_TEXT, uid);

  assert_rows (f, sql, expected);
}

static void
test_excerpt_replaces_nothing (Fixture       *f,
                               gconstpointer  data)
{
  IMPORT (f, first,
          { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = WORDS },
          { .identity = "http://a/1", .extent = ANNALS_EXTENT_EXCERPT, .title = "A", .text = "Longer: " LONGER });
  g_assert_cmpuint (first.stored[1], ==, ANNALS_STORED_UNCHANGED);
  assert_current (f, "http://a/1", "The ferry|2\n");

  {
    IMPORT (f, later,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_EXCERPT, .title = "A new title", .text = "Longer: " LONGER });
    g_assert_cmpuint (later.stored[0], ==, ANNALS_STORED_UNCHANGED);
  }
  {
    IMPORT (f, listed,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_LISTED, .title = "A", .text = "Longer: " LONGER });
    g_assert_cmpuint (listed.stored[0], ==, ANNALS_STORED_UNCHANGED);
  }
  assert_current (f, "http://a/1", "The ferry|2\n");
  {
    IMPORT (f, whole,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = "Shorter." });
    g_assert_cmpuint (whole.stored[0], ==, ANNALS_STORED_UPDATED);
  }
  assert_current (f, "http://a/1", "Shorter.|2\n");
  undo (f);
  assert_current (f, "http://a/1", "The ferry|2\n");
  assert_sound (f);
}

static void
test_whole_replaces_less (Fixture       *f,
                          gconstpointer  data)
{
  IMPORT (f, first,
          { .identity = "http://a/1", .extent = ANNALS_EXTENT_EXCERPT, .title = "A", .text = "Excerpt: " LONGER, .author = "Ada" });
  g_assert_cmpuint (first.stored[0], ==, ANNALS_STORED_NEW);
  {
    IMPORT (f, listed,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_LISTED, .title = "A", .text = "List: " WORDS });
    g_assert_cmpuint (listed.stored[0], ==, ANNALS_STORED_UPDATED);
  }
  assert_current (f, "http://a/1", "List: The|1\n");
  {
    /* found later in the same import, the fuller one counts; the post is updated once */
    IMPORT (f, whole,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_LISTED, .title = "A", .text = "Other " WORDS },
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = "Whole: " WORDS });
    g_assert_cmpuint (whole.stored[0], ==, ANNALS_STORED_UPDATED);
    g_assert_cmpuint (whole.stored[1], ==, ANNALS_STORED_UNCHANGED);
  }
  assert_current (f, "http://a/1", "Whole: Th|2\n");
  /* what the later copies did not say is still known */
  assert_rows (f, "SELECT author FROM post WHERE title = 'A'", "Ada\n");
  assert_sound (f);
}

/* What comes later counts, also when the clock was set back in between, and after its import is undone and done again. */
static void
test_clock_set_back (Fixture       *f,
                     gconstpointer  data)
{
  sqlite3 *native = NULL;
  g_autoptr(GError) error = NULL;

  IMPORT (f, first, { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = "First: " LONGER });
  g_assert_cmpuint (first.stored[0], ==, ANNALS_STORED_NEW);
  g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_busy_timeout (native, 5000), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (native, "UPDATE revision SET created = created + 315360000000000", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (native);
  {
    IMPORT (f, later, { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = "Later: " LONGER });
    g_assert_cmpuint (later.stored[0], ==, ANNALS_STORED_UPDATED);
  }
  assert_current (f, "http://a/1", "Later: Th|2\n");
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_redo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  assert_current (f, "http://a/1", "Later: Th|2\n");
}

/* Copies of equal extent that differ lose once and for all. */
static void
test_losers_stay_known (Fixture       *f,
                        gconstpointer  data)
{
#define PAGE { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = LONGER }
#define REPLY { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A | Blog", .author = "Ben", .text = WORDS }
  IMPORT (f, first, PAGE, REPLY);
  g_assert_cmpuint (first.stored[0], ==, ANNALS_STORED_NEW);
  {
    IMPORT (f, reply_first, REPLY, PAGE);
    g_assert_cmpuint (reply_first.stored[0], ==, ANNALS_STORED_UNCHANGED);
    g_assert_cmpuint (reply_first.stored[1], ==, ANNALS_STORED_UNCHANGED);
  }
  {
    /* a new one that is shorter than the known one beside it */
    IMPORT (f, shorter, PAGE,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = "The ferry left the harbour of Sund." });
    g_assert_cmpuint (shorter.stored[1], ==, ANNALS_STORED_UNCHANGED);
  }
  assert_rows (f, "SELECT count(*), author FROM revision WHERE title = 'A'", "1|Ben\n");
  undo (f);
  {
    IMPORT (f, after_undo, REPLY);
    g_assert_cmpuint (after_undo.stored[0], ==, ANNALS_STORED_NEW);
  }
  assert_sound (f);
}

/* --- entries of bibliographies --- */

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

/* --- one post or two --- */

static void
test_aliases (Fixture       *f,
              gconstpointer  data)
{
  IMPORT (f, first,
          { .identity = "http://a/1", .aliases = { "guid:1" }, .extent = ANNALS_EXTENT_LISTED, .title = "A", .text = WORDS },
          { .identity = "http://b/1", .aliases = { "guid:1" }, .extent = ANNALS_EXTENT_LISTED, .title = "B",
            .text = OTHER_WORDS });
  {
    IMPORT (f, by_alias,
            { .identity = "guid:1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = LONGER },
            { .identity = "http://new/1", .aliases = { "http://a/1" }, .extent = ANNALS_EXTENT_WHOLE, .title = "A",
              .text = LONGER });
    g_assert_cmpuint (by_alias.stored[0], ==, ANNALS_STORED_UPDATED);
    g_assert_cmpuint (by_alias.stored[1], ==, ANNALS_STORED_UNCHANGED);
    g_assert_cmpint (by_alias.posts[0], ==, first.posts[0]);
    g_assert_cmpint (by_alias.posts[1], ==, first.posts[0]);
  }
  /* An address that two unrelated posts share as a further one makes them no one post. */
  g_assert_cmpint (first.posts[1], !=, first.posts[0]);
  assert_current (f, "http://a/1", "The ferry|2\n");
  assert_current (f, "http://b/1", "Grain pri|1\n");
  {
    IMPORT (f, known_now, { .identity = "http://new/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = LONGER });
    g_assert_cmpint (known_now.posts[0], ==, first.posts[0]);
  }
  assert_sound (f);
}

static void
test_two_posts_of_one_address (Fixture       *f,
                               gconstpointer  data)
{
#define FERRY { .identity = "http://a/", .extent = ANNALS_EXTENT_LISTED, .title = "Ferry", .text = WORDS }
#define GRAIN { .identity = "http://a/", .extent = ANNALS_EXTENT_LISTED, .title = "Grain", .text = OTHER_WORDS }
#define BRIDGE \
  { .identity = "http://a/", .extent = ANNALS_EXTENT_LISTED, .title = "Bridge", \
    .text = "Nobody crosses the old bridge since its keeper left for the coast without a word." }
  IMPORT (f, first, FERRY, GRAIN, BRIDGE, FERRY);
  g_assert_cmpuint (first.stored[0], ==, ANNALS_STORED_NEW);
  g_assert_cmpuint (first.stored[1], ==, ANNALS_STORED_NEW);
  g_assert_cmpuint (first.stored[2], ==, ANNALS_STORED_NEW);
  g_assert_cmpuint (first.stored[3], ==, ANNALS_STORED_UNCHANGED);
  assert_current (f, "http://a/", "The ferry|1\n");
  assert_current (f, "http://a/\x1f" "2", "Grain pri|1\n");
  assert_current (f, "http://a/\x1f" "3", "Nobody cr|1\n");
  assert_rows (f, "SELECT count(*) FROM post_alias", "0\n");
  {
    /* In another order they are still known, and one that changed is known by its title. */
    IMPORT (f, again, GRAIN, BRIDGE, FERRY,
            { .identity = "http://a/", .extent = ANNALS_EXTENT_WHOLE, .title = "Grain", .text = "Prices fell." });
    g_assert_cmpuint (again.stored[0], ==, ANNALS_STORED_UNCHANGED);
    g_assert_cmpuint (again.stored[1], ==, ANNALS_STORED_UNCHANGED);
    g_assert_cmpuint (again.stored[2], ==, ANNALS_STORED_UNCHANGED);
    g_assert_cmpuint (again.stored[3], ==, ANNALS_STORED_UPDATED);
  }
  {
    /* The same address and a title that changed: related words, or an excerpt, make it the same post. */
    IMPORT (f, changed,
            { .identity = "http://a/", .extent = ANNALS_EXTENT_WHOLE, .title = "Ferry", .text = WORDS },
            { .identity = "http://a/", .extent = ANNALS_EXTENT_WHOLE, .title = "Ship", .text = LONGER },
            { .identity = "http://a/", .extent = ANNALS_EXTENT_EXCERPT, .title = "Sheep", .text = "Sheep, sheep, and more sheep." });
    g_assert_cmpuint (changed.stored[0], ==, ANNALS_STORED_UPDATED);
    g_assert_cmpuint (changed.stored[1], ==, ANNALS_STORED_UNCHANGED);
    g_assert_cmpuint (changed.stored[2], ==, ANNALS_STORED_UNCHANGED);
  }
  assert_rows (f, "SELECT count(*) FROM post WHERE id > 3", "3\n");
  assert_sound (f);
}

typedef struct
{
  guint  n;
  gint64 import_id;
} Many;

/* All of one address and nothing in common, as a broken feed has them. */
static gboolean
store_many (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Many *many = data;

  if (!annals_db_begin_import (db, "", "feed", "feed", "B", NULL, &many->import_id, error))
    return FALSE;

  for (guint i = 0; i < many->n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Title %u", i);
      g_autofree char *words = g_strdup_printf ("a%u b%u c%u d%u e%u f%u", i, i, i, i, i, i);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (words, -1);
      AnnalsNewPost post = { .identity = "http://home/", .title = title, .text = text, .extent = ANNALS_EXTENT_LISTED };
      AnnalsStored stored;

      if (!annals_db_store_post (db, many->import_id, &post, &stored, NULL, error))
        return FALSE;
      g_assert_cmpuint (stored, ==, ANNALS_STORED_NEW);
    }

  return annals_db_finish_import (db, many->import_id, "", 0, many->n, many->n, 0, 0, 0, 0.1, error);
}

static void
test_many_of_one_address (Fixture       *f,
                          gconstpointer  data)
{
  Many many = { 300, 0 };
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, store_many, &many, NULL, &error);
  g_assert_no_error (error);
  assert_rows (f, "SELECT count(*) FROM post WHERE title LIKE 'Title %'", "300\n");
  assert_sound (f);
}

/* --- what the user did --- */

static gboolean
untag (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  gint64 tag;

  return annals_db_find (db, ANNALS_RECORD_TAG, "fog", &tag, error) &&
         annals_db_untag_posts (db, tag, data, 1, error);
}

#define TAGS_OF "SELECT group_concat (name) FROM (SELECT name FROM post_tag JOIN tag ON tag.id = tag ORDER BY name)"

static void
test_removed_tags_stay_removed (Fixture       *f,
                                gconstpointer  data)
{
  IMPORT (f, first,
          { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = WORDS, .tags = { "ferry", "fog" } });
  assert_rows (f, TAGS_OF, "ferry,fog,imported\n");
  CHANGE (f, "Untag", untag, &first.posts[0]);
  {
    IMPORT (f, second,
            { .identity = "http://a/1", .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = LONGER, .tags = { "fog", "night" } });
    g_assert_cmpuint (second.stored[0], ==, ANNALS_STORED_UPDATED);
  }
  assert_rows (f, TAGS_OF, "ferry,imported,night\n");
  undo (f);
  assert_rows (f, TAGS_OF, "ferry,imported\n");
}

/* --- what is taken back --- */

static gboolean
remove_it (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Batch *batch = data;

  return annals_db_remove_import (db, batch->import_id, error);
}

static void
test_removal_leaves_nothing (Fixture       *f,
                             gconstpointer  data)
{
  static const Row rows[] = {
    { .identity = "http://a/1", .aliases = { "guid:1" }, .extent = ANNALS_EXTENT_WHOLE, .title = "A", .text = LONGER },
    { .identity = "post-0", .aliases = { "guid:0" }, .extent = ANNALS_EXTENT_WHOLE, .title = "Changed", .text = WORDS },
    { .identity = "post-0", .aliases = { "guid:00" }, .extent = ANNALS_EXTENT_WHOLE, .title = "Changed", .author = "X",
      .text = "Short." },
    { .identity = "post-1", .aliases = { "guid:2" }, .extent = ANNALS_EXTENT_EXCERPT, .title = "Post 1", .text = "x" },
    { 0 },
  };
  static const char * const tables[] = {
    "post", "revision", "post_alias", "known_copy", "revision_copy", "import", "import_file", "text_signature",
    "same_text",
  };
  Batch batch = { .rows = rows, .unfinished = TRUE };
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autoptr(GString) counts = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *n_before = NULL;
  g_autofree char *n_after = NULL;

  annals_notebook_finish_index (f->notebook, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_string_append_printf (counts, "%sSELECT '%s', count(*) FROM %s", i > 0 ? " UNION ALL " : "", tables[i], tables[i]);
  n_before = query (f, counts->str);

  import_batch (f, &batch);
  assert_rows (f, "SELECT count(*) FROM post_alias", "4\n");
  assert_rows (f, "SELECT count(*) FROM known_copy", "1\n");
  annals_notebook_bulk (f->notebook, remove_it, &batch, NULL, &error);
  g_assert_no_error (error);

  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
  n_after = query (f, counts->str);
  g_assert_cmpstr (n_before, ==, n_after);
  assert_sound (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notebook/import/all-orders", test_all_orders);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/import/excerpt-replaces-nothing", test_excerpt_replaces_nothing);
  ADD ("/notebook/import/whole-replaces-less", test_whole_replaces_less);
  ADD ("/notebook/import/clock-set-back", test_clock_set_back);
  ADD ("/notebook/import/losers-stay-known", test_losers_stay_known);
  ADD ("/notebook/import/entry-again", test_entry_again);
  ADD ("/notebook/import/entry-adds", test_entry_adds);
  ADD ("/notebook/import/bare-excerpt", test_bare_excerpt);
  ADD ("/notebook/import/entry-without-page", test_entry_without_page);
  ADD ("/notebook/import/aliases", test_aliases);
  ADD ("/notebook/import/two-posts-of-one-address", test_two_posts_of_one_address);
  ADD ("/notebook/import/many-of-one-address", test_many_of_one_address);
  ADD ("/notebook/import/removed-tags-stay-removed", test_removed_tags_stay_removed);
  ADD ("/notebook/import/removal-leaves-nothing", test_removal_leaves_nothing);

  return g_test_run ();
}
