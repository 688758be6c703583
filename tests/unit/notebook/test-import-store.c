/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-fixture.h"

#include <sqlite3.h>

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
  ADD ("/notebook/import/aliases", test_aliases);
  ADD ("/notebook/import/two-posts-of-one-address", test_two_posts_of_one_address);
  ADD ("/notebook/import/many-of-one-address", test_many_of_one_address);
  ADD ("/notebook/import/removed-tags-stay-removed", test_removed_tags_stay_removed);
  ADD ("/notebook/import/removal-leaves-nothing", test_removal_leaves_nothing);

  return g_test_run ();
}
