/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read of the index directly is what FTS5 says: for words, phrases, beginnings and what is made of them,
 * while the index is in one piece or in many, with posts that were changed since. */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "annals-columns-private.h"
#include "annals-imports.h"
#include "annals-index-private.h"
#include "annals-match-expression-private.h"
#include "annals-match.h"
#include "annals-notebook.h"
#include "annals-posts.h"

#define N_POSTS 160
#define N_EXPRESSIONS 50

typedef struct
{
  char     *folder;
  char     *path;
  AnnalsDb *db;
  GRand    *rand;
} Fixture;

static const char * const vocabulary[] = {
  "harbour", "harbours", "sanction", "sanctions", "sanctioned", "missile", "café", "Cafe", "test", "tests", "kit",
  "negotiation", "negotiations", "북한이", "미사일을", "제재", "制裁措施", "朝鮮", "ミサイル", "COVID-19", "U.N.", "x",
  "universe", "university", "ease", "easing", "朝", "核",
};

static const char * const phrases[] = {
  "\"harbour\"", "\"sanctions\"", "\"missile test\"", "\"test\"", "\"tests\" + \"kit\"", "\"negotiat\" *", "\"s\" *",
  "\"제재\"", "\"制裁\"", "\"朝\" *", "\"missile\" + \"te\" *", "\"COVID-19\"", "\"u.n.\"", "\"zebra\"", "\"ミサイル\"",
  "\"cafe\"", "\"x x\"", "\"sanctions sanctions\"", "\"univers\" *", "\"ease\"", "\"制裁措\" + \"施\" *",
};

static void
exec (Fixture    *f,
      const char *sql)
{
  g_autoptr(GError) error = NULL;

  annals_db_exec (f->db, sql, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebook) notebook = NULL;

  f->rand = g_rand_new_with_seed (20200309);
  f->folder = g_dir_make_tmp ("annals-match-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "match.annals", NULL);
  notebook = annals_notebook_create (f->path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  f->db = annals_db_open (f->path, TRUE, &error);
  g_assert_no_error (error);
  f->db->now = G_GINT64_CONSTANT (1583712000) * G_USEC_PER_SEC;
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
  g_rand_free (f->rand);
  g_free (f->path);
  g_free (f->folder);
}

/* Some words are common and some rare; texts are short or long. */
static char *
make_words (Fixture *f,
            guint    max)
{
  GString *words = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (f->rand, 0, (gint32) max);

  for (guint i = 0; i < n; i++)
    {
      guint a = (guint) g_rand_int_range (f->rand, 0, G_N_ELEMENTS (vocabulary));
      guint b = (guint) g_rand_int_range (f->rand, 0, G_N_ELEMENTS (vocabulary));

      g_string_append_printf (words, "%s%s", vocabulary[MIN (a, b)], i % 11 == 10 ? ".\n" : " ");
    }

  return g_string_free (words, FALSE);
}

static void
store (Fixture *f,
       gint64   import_id,
       guint    number)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *identity = g_strdup_printf ("post-%u", number);
  g_autofree char *title = make_words (f, 5);
  g_autofree char *words = make_words (f, number % 7 == 0 ? 400 : 30);
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (words, -1);
  g_autoptr(GBytes) markup = g_bytes_new (words, strlen (words));
  AnnalsNewPost post = {
    .identity = identity, .title = title, .place = number, .text = text, .markup = markup, .markup_kind = "text",
  };
  AnnalsStored stored;
  gint64 id;

  annals_db_store_post (f->db, import_id, &post, &stored, &id, &error);
  g_assert_no_error (error);
}

/* Posts [@first, @end), in steps of the index that make a piece of it each. */
static void
import (Fixture *f,
        guint    first,
        guint    end,
        guint    max_step)
{
  g_autoptr(GError) error = NULL;
  gint64 import_id;
  guint pending = 1;

  f->db->door = ANNALS_DOOR_BULK;
  exec (f, "BEGIN IMMEDIATE");
  annals_db_begin_import (f->db, "", "posts.txt", "text-month", "", NULL, &import_id, &error);
  for (guint i = first; i < end; i++)
    store (f, import_id, i);
  annals_db_finish_import (f->db, import_id, "0123", 42, end - first, end - first, 0, 0, 0, 0.1, &error);
  g_assert_no_error (error);
  exec (f, "COMMIT");

  while (pending > 0)
    {
      exec (f, "BEGIN IMMEDIATE");
      annals_index_step (f->db, max_step, &pending, &error);
      g_assert_no_error (error);
      exec (f, "COMMIT");
    }
  f->db->door = ANNALS_DOOR_NONE;
  /* outside of a notebook nobody keeps them up to date */
  g_clear_pointer (&f->db->columns, annals_shared_columns_unref);
}

static const char *
pick_phrase (Fixture *f)
{
  return phrases[g_rand_int_range (f->rand, 0, G_N_ELEMENTS (phrases))];
}

/* As annals_query_node_dup_match() writes them; its phrases are left in @asked. */
static char *
make_expression (Fixture   *f,
                 guint      depth,
                 GPtrArray *asked)
{
  static const char * const operators[] = { "AND", "OR", "NOT" };
  gint32 kind = g_rand_int_range (f->rand, depth > 2 ? 3 : 0, 6);
  const char *column = kind == 4 ? "title : (" : kind == 5 ? "text : (" : "";
  const char *phrase;

  if (kind < 3)
    {
      g_autofree char *one = make_expression (f, depth + 1, asked);
      g_autofree char *other = make_expression (f, depth + 1, asked);

      return g_strdup_printf ("(%s %s %s)", one, operators[kind], other);
    }

  phrase = pick_phrase (f);
  g_ptr_array_add (asked, g_strconcat (column, phrase, *column != '\0' ? ")" : "", NULL));

  return g_strdup (asked->pdata[asked->len - 1]);
}

static AnnalsIdSet *
find_by_fts (Fixture    *f,
             const char *match)
{
  g_autoptr(GError) error = NULL;
  AnnalsIdSet *set = annals_id_set_new (N_POSTS * 2);

  f->db->door = ANNALS_DOOR_BULK;
  annals_db_match_posts (f->db, match, set, &error);
  f->db->door = ANNALS_DOOR_NONE;
  g_assert_no_error (error);

  return set;
}

static void
check_set (Fixture    *f,
           const char *match)
{
  g_autoptr(AnnalsExpression) expression = annals_expression_parse (f->db, match);
  g_auto(AnnalsDoclists) doclists = { 0 };
  g_autoptr(AnnalsIdSet) found = NULL;
  g_autoptr(AnnalsIdSet) expected = find_by_fts (f, match);

  g_assert_nonnull (expression);
  g_assert_true (annals_doclists_open (&doclists, f->db));
  found = annals_expression_find (expression, &doclists, N_POSTS * 2, NULL, NULL);
  g_assert_nonnull (found);

  for (gint64 id = 0; id <= N_POSTS * 2; id++)
    if (annals_id_set_contains (found, id) != annals_id_set_contains (expected, id))
      g_error ("%s: post %" G_GINT64_FORMAT " is found by %s alone", match, id,
               annals_id_set_contains (found, id) ? "us" : "FTS5");
}

/* Scores differ only where a phrase stands in a post that another branch has found: FTS5 has not looked there. */
static void
check_scores (Fixture    *f,
              const char *match,
              GPtrArray  *asked)
{
  g_autoptr(GError) error = NULL;
  const AnnalsColumns *columns = annals_db_hold_columns (f->db, ANNALS_COLUMNS_LENGTHS, &error);
  const char * const *list = (const char * const *) asked->pdata;
  g_autoptr(AnnalsRanking) direct = NULL;
  g_autoptr(AnnalsRanking) by_fts = NULL;

  g_assert_no_error (error);
  direct = annals_db_rank_posts (f->db, columns, match, list, NULL, asked->len, columns->visible, TRUE, &error);
  g_assert_no_error (error);
  f->db->door = ANNALS_DOOR_BULK;
  by_fts = annals_db_rank_posts (f->db, columns, match, list, NULL, asked->len, columns->visible, TRUE, &error);
  f->db->door = ANNALS_DOOR_NONE;
  g_assert_no_error (error);

  for (gint64 id = 0; id <= columns->top; id++)
    {
      g_assert_cmpint (annals_id_set_contains (direct->set, id), ==, annals_id_set_contains (by_fts->set, id));
      if (!annals_id_set_contains (direct->set, id))
        continue;
      if (fabsf (direct->scores[id] - by_fts->scores[id]) > 1e-4f * by_fts->scores[id] + 1e-6f)
        g_error ("%s: post %" G_GINT64_FORMAT " is worth %f, and %f by FTS5", match, id, direct->scores[id],
                 by_fts->scores[id]);
      g_assert_cmpuint (direct->phrases[id], ==, by_fts->phrases[id]);
    }
  annals_db_release_columns (f->db);
}

static GArray *
mark_by_fts (Fixture    *f,
             const char *match,
             gint64      id)
{
  g_autoptr(GError) error = NULL;
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (f->db,
                                                   "SELECT annals_ranges (post_index, 1, '') FROM post_index"
                                                   " WHERE post_index MATCH :match AND rowid = :id", &error);

  g_assert_no_error (error);
  bind_text (stmt, ":match", match);
  bind_int64 (stmt, ":id", id);
  if (annals_db_step (f->db, stmt, &error) == STEP_ROW)
    {
      gsize size;
      gconstpointer bytes = column_bytes (stmt, 0, &size);

      g_array_append_vals (ranges, bytes, (guint) (size / sizeof (guint)));
    }
  g_assert_no_error (error);

  return ranges;
}

static void
check_marks (Fixture    *f,
             const char *match)
{
  g_autoptr(AnnalsExpression) expression = annals_expression_parse (f->db, match);

  for (gint64 id = 1; id <= N_POSTS; id += 7)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *words = annals_db_dup_words (f->db, id, &error);
      char *text = words != NULL ? strchr (words, '\n') : NULL;
      g_autoptr(GArray) direct = NULL;
      g_autoptr(GArray) by_fts = mark_by_fts (f, match, id);

      g_assert_no_error (error);
      if (text == NULL)   /* no post yet */
        return;
      *text++ = '\0';
      direct = annals_expression_mark (expression, f->db, words, text, "");
      g_assert_nonnull (direct);
      g_assert_cmpmem (direct->data, direct->len * sizeof (guint), by_fts->data, by_fts->len * sizeof (guint));
    }
}

static void
check_all (Fixture *f)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autoptr(GPtrArray) asked = g_ptr_array_new ();

      g_ptr_array_add (asked, (gpointer) phrases[i]);
      check_set (f, phrases[i]);
      check_scores (f, phrases[i], asked);
      check_marks (f, phrases[i]);
    }

  for (guint i = 0; i < N_EXPRESSIONS; i++)
    {
      g_autoptr(GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *match = make_expression (f, 0, asked);

      check_set (f, match);
      /* a tree of one operator: in a deeper one FTS5 weighs only the branches that it has looked at */
      if (asked->len == 2 && strstr (match, " NOT ") == NULL)
        {
          check_scores (f, match, asked);
          check_marks (f, match);
        }
    }
}

/* What a new notebook has, and small pages, which a posting list crosses often. */
static void
test_expressions (Fixture       *f,
                  gconstpointer  small_pages)
{
  if (small_pages != NULL)
    exec (f, "INSERT INTO post_index (post_index, rank) VALUES ('pgsz', 64)");

  check_all (f);
  import (f, 0, N_POSTS / 2, 9);
  check_all (f);
  import (f, N_POSTS / 2, N_POSTS, 40);
  check_all (f);

  /* some of them again, with other words */
  import (f, 20, 60, 40);
  check_all (f);

  exec (f, "INSERT INTO post_index (post_index, rank) VALUES ('merge', 3)");
  check_all (f);
  exec (f, "INSERT INTO post_index (post_index) VALUES ('optimize')");
  check_all (f);
}

/* What is not of the kind that a query writes is left to FTS5. */
static void
test_left_alone (Fixture       *f,
                 gconstpointer  data)
{
  static const char * const matches[] = {
    "", "\"", "\"a", "NEAR (\"a\" \"b\", 5)", "\"a\" \"b\"", "(\"a\" AND \"b\" OR \"c\")", "\"a\" * + \"b\"", "\"!\"",
    "(\"a\"", "\"a\")", "a", "{title text} : \"a\"", "title : text : \"a\"", "^\"a\"", "()", "\"a\" NOT", "NOT \"a\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      g_autoptr(AnnalsExpression) expression = annals_expression_parse (f->db, matches[i]);

      if (expression != NULL)
        g_error ("“%s” was read", matches[i]);
    }

  /* also what is being written */
  {
    g_auto(AnnalsDoclists) doclists = { 0 };

    f->db->door = ANNALS_DOOR_CHANGE;
    g_assert_false (annals_doclists_open (&doclists, f->db));
    f->db->door = ANNALS_DOOR_NONE;
  }
}

/* Bytes of the index are changed at random: nothing must be read beyond it, whatever is found. */
static void
test_damaged (Fixture       *f,
              gconstpointer  data)
{
  exec (f, "INSERT INTO post_index (post_index, rank) VALUES ('pgsz', 128)");
  import (f, 0, 60, 20);
  sqlite3_db_config (f->db->native, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *damage = NULL;
      gint64 id = 0;

      exec (f, "SAVEPOINT damage");
      annals_db_query_int64 (f->db, "SELECT id FROM post_index_data WHERE id >= 10 ORDER BY random () LIMIT 1", 0, 0,
                             &id, &error);
      g_assert_no_error (error);
      /* one byte, and at times the rest cut off */
      damage = g_strdup_printf ("UPDATE post_index_data SET block = CAST (substr (block, 1, %d) || x'%02x' || "
                                "substr (block, %d, %d) AS BLOB) WHERE id = %" G_GINT64_FORMAT,
                                round % 60, (guint) g_rand_int_range (f->rand, 0, 256), round % 60 + 2,
                                round % 5 == 0 ? 10 : 5000, id);
      exec (f, damage);

      for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
        {
          g_autoptr(AnnalsExpression) expression = annals_expression_parse (f->db, phrases[i]);
          g_auto(AnnalsDoclists) doclists = { 0 };

          if (annals_doclists_open (&doclists, f->db))
            {
              AnnalsIdSet *found = annals_expression_find (expression, &doclists, N_POSTS, NULL, NULL);

              g_clear_pointer (&found, annals_id_set_free);
            }
        }
      exec (f, "ROLLBACK TO damage; RELEASE damage");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/match/expressions", Fixture, NULL, set_up, test_expressions, tear_down);
  g_test_add ("/match/expressions-small-pages", Fixture, "small", set_up, test_expressions, tear_down);
  g_test_add ("/match/left-alone", Fixture, NULL, set_up, test_left_alone, tear_down);
  g_test_add ("/match/damaged", Fixture, NULL, set_up, test_damaged, tear_down);

  return g_test_run ();
}
