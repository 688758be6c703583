/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-db-private.h"
#include "notebook-fixture.h"

/* What comes along with an archive's posts: issues, files, pictures, and what the user said of it. Each
 * test's work is one function in the bulk door. */

static void
run_bulk (Fixture      *f,
          AnnalsDbFunc  func,
          gpointer      data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, func, data, NULL, &error);
  g_assert_no_error (error);
}

static gint64
begin (AnnalsDb *db)
{
  gint64 id = 0;

  g_assert_true (annals_db_begin_import (db, "/a/blog.zip", "blog.zip", "zip", "Blog", "{\"source\":\"S\"}", &id, NULL));

  return id;
}

static gint64
store_html (AnnalsDb   *db,
            gint64      import_id,
            gint64      file_id,
            const char *identity,
            const char *html)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_html (html, -1, NULL);
  g_autoptr(GBytes) markup = g_bytes_new (html, strlen (html));
  AnnalsNewPost post = {
    .identity = identity, .title = identity, .kind = ANNALS_POST_PAGE, .extent = ANNALS_EXTENT_WHOLE,
    .file_id = file_id, .text = text, .markup = markup, .markup_kind = "html",
  };
  AnnalsStored stored;
  gint64 id = 0;

  g_assert_true (annals_db_store_post (db, import_id, &post, &stored, &id, NULL));
  g_assert_cmpuint (stored, ==, ANNALS_STORED_NEW);

  return id;
}

static void
end (AnnalsDb *db,
     gint64    import_id)
{
  g_assert_true (annals_db_finish_import (db, import_id, "", 0, 1, 1, 0, 0, 0, 0.1, NULL));
}

/* --- names --- */

static void
test_names (void)
{
  for (guint i = 0; i < ANNALS_N_ISSUE_CODES; i++)
    g_assert_cmpuint (annals_issue_code_from_string (annals_issue_code_to_string (i)), ==, i);
  g_assert_cmpuint (annals_issue_code_from_string ("no such code"), ==, ANNALS_ISSUE_OTHER);

  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    {
      AnnalsPostKind kind;

      g_assert_true (annals_post_kind_from_string (annals_post_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
      g_assert_false (annals_post_kind_from_string ("no such kind", &kind));
    }
}

/* --- issues --- */

static gboolean
use_issues (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 id = begin (db);
  guint counts[ANNALS_N_ISSUE_CODES];
  char reason[] = "A draft.";
  char excerpt[] = "bad \xff byte";
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) some = NULL;
  g_autoptr(GPtrArray) everywhere = NULL;
  g_autoptr(GPtrArray) none = NULL;
  const AnnalsIssue *issue;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *place = g_strdup_printf ("item %u", i);
      AnnalsIssue one = {
        .severity = ANNALS_SEVERITY_NOTE, .code = i % 3 == 0 ? ANNALS_ISSUE_KIND : ANNALS_ISSUE_DATE,
        .record = i % 3 == 0 ? i + 1 : 0, .can_force = i % 3 == 0, .place = place, .reason = reason,
        .excerpt = excerpt,
      };

      g_assert_true (annals_db_add_issue (db, id, &one, NULL));
    }
  end (db, id);

  g_assert_true (annals_db_count_issues (db, id, counts, NULL));
  g_assert_cmpuint (counts[ANNALS_ISSUE_KIND], ==, 4);
  g_assert_cmpuint (counts[ANNALS_ISSUE_DATE], ==, 8);
  g_assert_cmpuint (counts[ANNALS_ISSUE_OTHER], ==, 0);

  all = annals_db_list_issues (db, id, NULL);
  everywhere = annals_db_list_issues (db, 0, NULL);
  g_assert_cmpuint (all->len, ==, 12);
  g_assert_cmpuint (everywhere->len, ==, 12);

  some = annals_db_list_issues_of (db, id, ANNALS_ISSUE_KIND, 1, 2, NULL);
  g_assert_cmpuint (some->len, ==, 2);
  issue = some->pdata[0];
  g_assert_cmpstr (issue->place, ==, "item 3");
  g_assert_cmpuint (issue->record, ==, 4);
  g_assert_true (issue->can_force);
  g_assert_cmpuint (issue->code, ==, ANNALS_ISSUE_KIND);
  g_assert_cmpint (issue->id, >, 0);
  g_assert_cmpstr (issue->excerpt, ==, "bad \357\277\275 byte");

  none = annals_db_list_issues_of (db, id, ANNALS_ISSUE_LIMIT, 0, 10, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (annals_db_count_issues (db, 999, counts, NULL));
  g_assert_cmpuint (counts[ANNALS_ISSUE_KIND], ==, 0);

  return TRUE;
}

static void
test_issues (Fixture       *f,
             gconstpointer  data)
{
  run_bulk (f, use_issues, NULL);
}

/* --- files --- */

static gboolean
use_files (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 id = begin (db);
  gint64 files[2], posts[2];
  g_autoptr(AnnalsPost) post = NULL;
  g_autoptr(AnnalsPost) fixture_post = NULL;
  g_autoptr(AnnalsImportFile) file = NULL;
  g_autoptr(AnnalsImportFile) reading = NULL;
  g_autoptr(AnnalsImportFile) unknown = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  GError *failure = NULL;

  g_assert_true (annals_db_begin_import_file (db, id, "2020/a.html", "html", &files[0], NULL));
  g_assert_true (annals_db_begin_import_file (db, id, "2020/\xff.html", "html", &files[1], NULL));
  posts[0] = store_html (db, id, files[0], "a", "<p>First</p>");
  posts[1] = store_html (db, id, files[1], "b", "<p>Second</p>");
  g_assert_true (annals_db_end_import_file (db, files[0], 12, "abcdef", NULL));
  end (db, id);

  post = annals_db_load_post (db, posts[0], NULL);
  g_assert_cmpuint (post->kind, ==, ANNALS_POST_PAGE);
  file = annals_db_load_revision_file (db, post->revision_id, &failure);
  g_assert_no_error (failure);
  g_assert_cmpint (file->id, ==, files[0]);
  g_assert_cmpstr (file->path, ==, "2020/a.html");
  g_assert_cmpstr (file->sha256, ==, "abcdef");
  g_assert_cmpstr (file->format, ==, "html");
  g_assert_cmpint (file->size, ==, 12);

  revisions = annals_db_list_revisions (db, posts[1], NULL);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_cmpuint (((AnnalsRevision *) revisions->pdata[0])->extent, ==, ANNALS_EXTENT_WHOLE);
  reading = annals_db_load_revision_file (db, ((AnnalsRevision *) revisions->pdata[0])->id, NULL);
  g_assert_cmpstr (reading->path, ==, "2020/\357\277\275.html");
  g_assert_cmpstr (reading->sha256, ==, "");

  /* one that does not say, and one that is not there */
  fixture_post = annals_db_load_post (db, 1, NULL);
  g_assert_cmpuint (fixture_post->kind, ==, ANNALS_POST_POST);
  unknown = annals_db_load_revision_file (db, fixture_post->revision_id, &failure);
  g_assert_no_error (failure);
  g_assert_null (unknown);
  g_assert_null (annals_db_load_revision_file (db, 999, &failure));
  g_assert_no_error (failure);

  return TRUE;
}

static void
test_files (Fixture       *f,
            gconstpointer  data)
{
  run_bulk (f, use_files, NULL);
}

/* --- pictures --- */

static gboolean
wants (AnnalsDb   *db,
       gint64      import_id,
       const char *address)
{
  gboolean wanted = FALSE;

  g_assert_true (annals_db_wants_picture (db, import_id, address, &wanted, NULL));

  return wanted;
}

static void
store_picture (AnnalsDb   *db,
               gint64      import_id,
               const char *address,
               const char *words)
{
  g_autoptr(GBytes) bytes = g_bytes_new (words, strlen (words));

  g_assert_true (annals_db_store_picture (db, import_id, address, "image/png", bytes, NULL));
}

/* NULL expects that there is none. */
static void
assert_picture (AnnalsDb   *db,
                gint64      post_id,
                const char *address,
                const char *words)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, post_id, NULL);
  g_autofree char *type = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  bytes = annals_db_load_picture (db, post->revision_id, address, &type, &error);
  g_assert_no_error (error);
  if (words == NULL)
    {
      g_assert_null (bytes);
      return;
    }

  g_assert_cmpstr (type, ==, "image/png");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), words, strlen (words));
}

#define AB "<p>Two <img src='http://a/1.png' alt='one'> and <img src='http://a/2.png'> and <img src='http://a/1.png'></p>"
#define RELATIVE "<p>Here <img src='img/1.png' alt='one'></p>"

static guint
count (AnnalsDb   *db,
       const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  gint64 n = -1;

  g_assert_true (annals_db_query_int64 (db, sql, 0, -1, &n, NULL));

  return (guint) n;
}

static gboolean
use_pictures (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gint64 first = begin (db);
  gint64 second = begin (db);
  gint64 posts[3];

  posts[0] = store_html (db, first, 0, "a", AB);
  posts[1] = store_html (db, first, 0, "b", RELATIVE);
  posts[2] = store_html (db, second, 0, "c", RELATIVE);

  g_assert_true (wants (db, first, "http://a/1.png"));
  g_assert_true (wants (db, second, "http://a/1.png"));
  g_assert_false (wants (db, first, "http://a/3.png"));
  g_assert_true (wants (db, first, "img/1.png"));

  store_picture (db, first, "http://a/1.png", "picture one");
  store_picture (db, first, "http://a/2.png", "picture one");   /* the same bytes */
  store_picture (db, first, "http://a/3.png", "nobody's");
  store_picture (db, first, "img/1.png", "picture two");
  g_assert_cmpuint (count (db, "attachment"), ==, 2);
  g_assert_false (wants (db, first, "http://a/1.png"));
  g_assert_false (wants (db, first, "img/1.png"));
  g_assert_true (wants (db, second, "img/1.png"));   /* another archive's */

  store_picture (db, first, "http://a/1.png", "not the first");
  assert_picture (db, posts[0], "http://a/1.png", "picture one");
  assert_picture (db, posts[0], "http://a/2.png", "picture one");
  assert_picture (db, posts[0], "http://a/3.png", NULL);
  assert_picture (db, posts[1], "img/1.png", "picture two");
  assert_picture (db, posts[2], "img/1.png", NULL);

  g_assert_true (annals_db_remove_import (db, first, NULL));
  g_assert_cmpuint (count (db, "attachment"), ==, 0);
  g_assert_cmpuint (count (db, "picture"), ==, 1);
  g_assert_cmpuint (count (db, "revision_picture"), ==, 1);
  g_assert_true (annals_db_remove_import (db, second, NULL));
  g_assert_cmpuint (count (db, "picture"), ==, 0);

  return TRUE;
}

static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  run_bulk (f, use_pictures, NULL);
}

static gboolean
keep_one (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  gint64 id = begin (db);
  gint64 file;

  g_assert_true (annals_db_begin_import_file (db, id, "a.html", "html", &file, NULL));
  store_html (db, id, file, "a", AB);
  store_picture (db, id, "http://a/1.png", "picture one");
  end (db, id);

  return TRUE;
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
assert_problems (Fixture *f,
                 guint    n)
{
  g_autoptr(GPtrArray) problems = NULL;

  READ (f, check, &problems);
  g_assert_cmpuint (problems->len, ==, n);
}

static gboolean
run_sql (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return annals_db_exec (db, data, error);
}

static void
test_check (Fixture       *f,
            gconstpointer  data)
{
  char damaged_picture[] = "UPDATE attachment SET bytes = x'00'";
  char lost_file[] = "DELETE FROM import_file";
  g_autoptr(GError) error = NULL;

  run_bulk (f, keep_one, NULL);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  assert_problems (f, 0);
  run_bulk (f, run_sql, damaged_picture);
  assert_problems (f, 1);
  run_bulk (f, run_sql, lost_file);
  assert_problems (f, 2);
}

/* A fuller copy shows other pictures. */
static gboolean
replace_pictures (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gint64 id = begin (db);
  g_autoptr(AnnalsText) text = annals_text_new_from_html ("<p>Much longer than before, and with another "
                                                          "picture <img src='http://a/9.png' alt='nine'>, "
                                                          "which nobody has seen.</p>", -1, NULL);
  AnnalsNewPost post = { .identity = "a", .title = "a", .extent = ANNALS_EXTENT_WHOLE, .text = text };
  AnnalsStored stored;

  store_html (db, id, 0, "a", AB);
  g_assert_true (annals_db_store_post (db, id, &post, &stored, NULL, NULL));
  g_assert_cmpuint (stored, ==, ANNALS_STORED_UNCHANGED);
  g_assert_true (wants (db, id, "http://a/9.png"));
  g_assert_false (wants (db, id, "http://a/1.png"));
  end (db, id);

  return TRUE;
}

static void
test_replaced_pictures (Fixture       *f,
                        gconstpointer  data)
{
  run_bulk (f, replace_pictures, NULL);
}

/* --- rules --- */

static void
assert_rule (AnnalsDb   *db,
             const char *archive,
             const char *pattern,
             const char *format,
             const char *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImportRule) rule = annals_db_find_rule (db, archive, pattern, format, &error);

  g_assert_no_error (error);
  if (options == NULL)
    g_assert_null (rule);
  else
    {
      g_assert_nonnull (rule);
      g_assert_cmpstr (rule->options, ==, options);
    }
}

static void
save_rule (AnnalsDb   *db,
           const char *archive,
           const char *pattern,
           const char *format,
           const char *options)
{
  AnnalsImportRule rule = { (char *) archive, (char *) pattern, (char *) format, (char *) options };

  db->now++;
  g_assert_true (annals_db_save_rule (db, &rule, NULL));
}

static gboolean
use_rules (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(AnnalsImportRule) rule = NULL;

  assert_rule (db, "Blog", "blog-#.txt", "text-month", NULL);
  assert_rule (db, NULL, NULL, NULL, NULL);

  save_rule (db, "Blog", "blog-#.txt", "text-month", "{\"a\":1}");
  save_rule (db, "Other", "blog-#.txt", "text-month", "{\"b\":2}");
  save_rule (db, "Feed", "feed.xml", "rss", "{\"c\":3}");

  assert_rule (db, "Blog", "x", "y", "{\"a\":1}");
  assert_rule (db, NULL, "blog-#.txt", "text-month", "{\"b\":2}");   /* the newest */
  assert_rule (db, "Unknown", "blog-#.txt", "text-month", "{\"b\":2}");
  assert_rule (db, NULL, "blog-#.txt", "wxr", NULL);
  assert_rule (db, "", "feed.xml", "rss", "{\"c\":3}");
  assert_rule (db, NULL, "feed.xml", NULL, NULL);

  save_rule (db, "Blog", "blog-#.xml", "wxr", "{\"d\":4}");   /* in the place of the earlier one */
  rule = annals_db_find_rule (db, "Blog", NULL, NULL, NULL);
  g_assert_cmpstr (rule->archive, ==, "Blog");
  g_assert_cmpstr (rule->pattern, ==, "blog-#.xml");
  g_assert_cmpstr (rule->format, ==, "wxr");
  g_assert_cmpstr (rule->options, ==, "{\"d\":4}");
  g_assert_cmpuint (count (db, "import_rule"), ==, 3);

  return TRUE;
}

static void
test_rules (Fixture       *f,
            gconstpointer  data)
{
  run_bulk (f, use_rules, NULL);
  fixture_reopen (f);
}

/* --- markup --- */

static void
test_deflated_markup (void)
{
  g_autoptr(GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr(GBytes) none = annals_deflate_markup (empty);
  g_autofree char *much = g_strnfill (100000, 'a');
  g_autoptr(GBytes) long_one = g_bytes_new (much, 100000);
  g_autoptr(GBytes) deflated = annals_deflate_markup (long_one);

  g_assert_cmpuint (g_bytes_get_size (none), >, 0);
  g_assert_cmpuint (g_bytes_get_size (deflated), <, 2000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notebook/archive/names", test_names);
  g_test_add_func ("/notebook/archive/deflated-markup", test_deflated_markup);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/archive/issues", test_issues);
  ADD ("/notebook/archive/files", test_files);
  ADD ("/notebook/archive/pictures", test_pictures);
  ADD ("/notebook/archive/replaced-pictures", test_replaced_pictures);
  ADD ("/notebook/archive/check", test_check);
  ADD ("/notebook/archive/rules", test_rules);

  return g_test_run ();
}
