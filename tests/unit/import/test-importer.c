/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-draft.h"
#include "annals-history.h"
#include "annals-posts.h"
#include "import-dump.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char           *folder;
  AnnalsNotebook *notebook;
} Fixture;

static char *
path_of (Fixture    *f,
         const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("annals-import-XXXXXX", &error);
  g_assert_no_error (error);
  path = path_of (f, "test.annals");
  f->notebook = annals_notebook_create (path, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }

  g_rmdir (path);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  remove_folder (f->folder);
  g_free (f->folder);
}

static char *
write_file (Fixture    *f,
            const char *name,
            const char *contents,
            gssize      length)
{
  g_autofree char *path = path_of (f, name);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

static AnnalsImport *
import_path (Fixture    *f,
             const char *path)
{
  g_autoptr(GError) error = NULL;
  AnnalsImport *import = annals_import_file (f->notebook, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);
  g_assert_cmpuint (import->n_read, ==,
                    import->n_new + import->n_updated + import->n_unchanged + import->n_skipped);
  g_assert_cmpstr (import->state, ==, "done");
  g_assert_cmpuint (strlen (import->file_sha256), ==, 64);

  return import;
}

/* What the notebook holds now */
typedef struct
{
  GPtrArray *posts;
  GPtrArray *imports;
  GPtrArray *issues;
  char      *text;        /* of the first post */
  guint      n_revisions;
} Contents;

static gboolean
load_func (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Contents *contents = data;
  g_autoptr(GArray) ids =
    annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);

  if (ids == NULL ||
      !(contents->posts = annals_db_load_posts (db, (const gint64 *) (gpointer) ids->data, ids->len, error)) ||
      !(contents->imports = annals_db_list_imports (db, error)) ||
      !(contents->issues = annals_db_list_issues (db, 0, error)))
    return FALSE;

  for (guint i = 0; i < contents->posts->len; i++)
    {
      AnnalsPost *post = contents->posts->pdata[i];
      gint64 id = post->id;
      g_autoptr(AnnalsText) text = annals_db_load_text (db, id, 0, error);
      g_autoptr(GPtrArray) revisions = annals_db_list_revisions (db, id, error);

      if (text == NULL || revisions == NULL)
        return FALSE;
      if (!g_str_equal (post->title, "Title"))
        continue;

      contents->text = g_strdup (annals_text_get_string (text));
      contents->n_revisions = revisions->len;
    }

  return TRUE;
}

static void
contents_free (Contents *contents)
{
  g_clear_pointer (&contents->posts, g_ptr_array_unref);
  g_clear_pointer (&contents->imports, g_ptr_array_unref);
  g_clear_pointer (&contents->issues, g_ptr_array_unref);
  g_free (contents->text);
  g_free (contents);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Contents, contents_free)

static Contents *
load (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  Contents *contents = g_new0 (Contents, 1);

  annals_notebook_read (f->notebook, load_func, contents, NULL, &error);
  g_assert_no_error (error);

  return contents;
}

static void
test_seed (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *path = import_shared_path ("seed/march-2020.txt");
  g_autoptr(AnnalsImport) first = NULL;
  g_autoptr(AnnalsImport) second = NULL;
  g_autoptr(Contents) contents = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *sha256 = NULL;

  if (path == NULL)
    return;

  first = import_path (f, path);
  g_assert_cmpuint (first->n_read, ==, 10);
  g_assert_cmpuint (first->n_new, ==, 10);
  g_assert_cmpuint (first->n_issues, ==, 0);
  g_assert_cmpstr (first->format, ==, "text-month");
  bytes = import_read_bytes (path);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (first->file_sha256, ==, sha256);
  g_assert_cmpint (first->file_size, ==, (gint64) g_bytes_get_size (bytes));

  second = import_path (f, path);
  g_assert_cmpuint (second->n_read, ==, 10);
  g_assert_cmpuint (second->n_unchanged, ==, 10);

  contents = load (f);
  g_assert_cmpuint (contents->posts->len, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      AnnalsPost *post = contents->posts->pdata[i];

      g_assert_cmpuint (post->place, ==, i + 1);
      g_assert_cmpstr (annals_date_get_edtf (post->published), ==, "2020-03");
    }
}

static void
test_fixtures (Fixture       *f,
               gconstpointer  data)
{
  static const struct { const char *name; guint n_read, n_new, n_skipped; } cases[] = {
    { "harbour-march.txt", 6, 6, 0 },
    { "harbour.xml", 7, 3, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = import_fixture_path (cases[i].name);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsPreview) preview =
        annals_import_preview (path, NULL, NULL, 0, NULL, &error);
      g_autoptr(AnnalsImport) first = NULL;
      g_autoptr(AnnalsImport) second = NULL;

      g_assert_no_error (error);
      first = import_path (f, path);
      g_assert_cmpuint (first->n_read, ==, cases[i].n_read);
      g_assert_cmpuint (first->n_new, ==, cases[i].n_new);
      g_assert_cmpuint (first->n_skipped, ==, cases[i].n_skipped);
      g_assert_cmpuint (preview->n_posts, ==, first->n_new);
      g_assert_cmpuint (preview->n_skipped, ==, first->n_skipped);
      g_assert_cmpuint (preview->n_issues, ==, first->n_issues);
      g_assert_cmpstr (preview->format, ==, first->format);
      g_assert_cmpint (preview->file_size, ==, first->file_size);

      second = import_path (f, path);
      g_assert_cmpuint (second->n_unchanged, ==, first->n_new);
      g_assert_cmpuint (second->n_updated, ==, 0);
      g_assert_cmpuint (second->n_skipped, ==, first->n_skipped);
    }
}

static void
test_preview (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *path = import_fixture_path ("harbour.xml");
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsPreview) preview = annals_import_preview (path, NULL, NULL, 0, NULL, &error);
  AnnalsPreviewPost *post;

  g_assert_no_error (error);
  g_assert_cmpstr (preview->archive, ==, "The Harbour Ledger");
  g_assert_cmpuint (preview->posts->len, ==, 3);
  g_assert_cmpuint (preview->issues->len, ==, preview->n_issues);
  g_assert_true (preview->has_from && preview->has_to);
  post = preview->posts->pdata[0];
  g_assert_cmpstr (post->author, ==, "Mara Oleski");
  g_assert_cmpstr (post->source, ==, "The Harbour Ledger");
  g_assert_true (g_str_has_prefix (post->lead, "The dredger brought up"));
}

#define PAGE(text)                                                                                 \
  "Monthly Archives: March 2020\n\nTitle\n\nPosted on by\n\n" text "\n\nTwin\n\nPosted on by\n\n1" \
  "\n\nTwin\n\nPosted on by\n\n2\n"

/* A changed text is a revision; posts of one title and month are told apart by their order. */
static void
test_changed (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *path = write_file (f, "page.txt", PAGE ("The old text."), -1);
  g_autoptr(AnnalsImport) first = import_path (f, path);
  g_autoptr(AnnalsImport) second = NULL;
  g_autoptr(Contents) contents = NULL;

  g_free (path);
  path = write_file (f, "page.txt", PAGE ("The new text."), -1);
  second = import_path (f, path);
  g_assert_cmpuint (first->n_new, ==, 3);
  g_assert_cmpuint (second->n_updated, ==, 1);
  g_assert_cmpuint (second->n_unchanged, ==, 2);

  contents = load (f);
  g_assert_cmpuint (contents->posts->len, ==, 3);
  g_assert_cmpstr (contents->text, ==, "The new text.");
  g_assert_cmpuint (contents->n_revisions, ==, 2);
}

/* Categories that no tag can be called: the posts come in, and the names are listed. */
static void
test_odd_tags (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *name = g_strnfill (300, 'x');
  g_autofree char *page =
    g_strdup_printf ("<?xml version=\"1.0\"?><rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                     "xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>T</title>"
                     "<wp:wxr_version>1.2</wp:wxr_version><item><title>A</title>"
                     "<content:encoded>x</content:encoded><wp:status>publish</wp:status>"
                     "<wp:post_date_gmt>2020-03-01 10:00:00</wp:post_date_gmt>"
                     "<wp:post_type>post</wp:post_type>"
                     "<category domain=\"category\"> / </category><category domain=\"category\">Good</category>"
                     "<category domain=\"category\">%s</category></item></channel></rss>", name);
  g_autofree char *path = write_file (f, "page.xml", page, -1);
  g_autoptr(AnnalsImport) import = import_path (f, path);

  g_assert_cmpuint (import->n_new, ==, 1);
  g_assert_cmpuint (import->n_issues, ==, 2);
}

static void
test_options (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *path =
    write_file (f, "page.txt",
                "A\n\nPosted on March 3, 2020\n\nx\n\n[Own]\n\nB\n\nPosted on by\n\ny\n", -1);
  g_autoptr(AnnalsImportOptions) options = annals_import_options_new ();
  g_autoptr(AnnalsImportOptions) copy = NULL;
  g_autoptr(AnnalsImport) import = NULL;
  g_autoptr(Contents) contents = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsPost *post;

  options->archive = g_strdup ("My archive");
  options->source = g_strdup ("Given");
  options->language = g_strdup ("en");
  options->date = annals_date_parse ("2019", NULL);
  copy = annals_import_options_copy (options);
  import = annals_import_file (f->notebook, path, copy, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (import->archive, ==, "My archive");

  contents = load (f);
  post = contents->posts->pdata[0];
  g_assert_cmpstr (post->source, ==, "Own");
  g_assert_cmpstr (post->language, ==, "en");
  g_assert_cmpstr (annals_date_get_edtf (post->published), ==, "2020-03-03");
  post = contents->posts->pdata[1];
  g_assert_cmpstr (post->source, ==, "Given");
  g_assert_cmpstr (annals_date_get_edtf (post->published), ==, "2019");
}

static void
test_undo (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *path = write_file (f, "page.txt", PAGE ("text"), -1);
  g_autoptr(AnnalsImport) import = import_path (f, path);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr(GError) error = NULL;
  Contents *contents;

  g_assert_cmpuint (import->n_new, ==, 3);
  annals_notebook_undo (f->notebook, &undone, &error);
  g_assert_no_error (error);
  g_assert_nonnull (undone);
  contents = load (f);
  g_assert_cmpuint (contents->posts->len, ==, 0);
  contents_free (contents);

  annals_notebook_redo (f->notebook, &redone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redone, ==, undone);
  contents = load (f);
  g_assert_cmpuint (contents->posts->len, ==, 3);
  contents_free (contents);
}

static void
progress_cb (gint64   done,
             gint64   total,
             guint    n_posts,
             gpointer user_data)
{
  GCancellable *cancellable = user_data;

  g_assert_cmpint (done, <=, total);

  /* several batches have been written by then */
  if (n_posts > 1000 && cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static char *
write_long_page (Fixture *f,
                 guint    n)
{
  g_autoptr(GString) page = g_string_new ("Monthly Archives: March 2020\n\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      page, "Title %u\n\nPosted on by\n\nSome text that stands below it, number %u.\n\n", i, i);

  return write_file (f, "long.txt", page->str, (gssize) page->len);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  /* so long that progress is reported long before its end, however fast it is read */
  g_autofree char *path = write_long_page (f, 200000);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(Contents) contents = NULL;
  AnnalsImportHooks hooks = { .progress = progress_cb, .user_data = cancellable };
  AnnalsImport *import;

  import = annals_import_file (f->notebook, path, NULL, &hooks, cancellable, &error);
  g_assert_null (import);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  contents = load (f);
  g_assert_cmpuint (contents->posts->len, ==, 0);
  g_assert_cmpuint (contents->imports->len, ==, 0);
  g_assert_cmpuint (contents->issues->len, ==, 0);
}

static void
test_long (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *path = write_long_page (f, 3000);
  g_autoptr(AnnalsImport) import = import_path (f, path);

  g_assert_cmpuint (import->n_new, ==, 3000);
  g_test_message ("3,000 posts in %.2f s", import->seconds);
}

static void
check_refused (Fixture    *f,
               const char *path,
               int         code,
               const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) preview_error = NULL;
  g_autoptr(Contents) contents = NULL;

  g_assert_null (annals_import_file (f->notebook, path, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_IMPORT_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (annals_import_preview (path, NULL, NULL, 0, NULL, &preview_error));
  g_assert_error (preview_error, ANNALS_IMPORT_ERROR, code);

  contents = load (f);
  g_assert_cmpuint (contents->posts->len, ==, 0);
  g_assert_cmpuint (contents->imports->len, ==, 0);
}

static void
test_bad_input (Fixture       *f,
                gconstpointer  data)
{
  static const char binary[] =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0\x5c\x72\xa8\x66";
  g_autofree char *empty = write_file (f, "empty.txt", "", 0);
  g_autofree char *picture = write_file (f, "picture.txt", binary, sizeof binary);
  g_autofree char *letter = write_file (f, "letter.txt", "Dear Ann,\n\nall is well here.\n", -1);
  g_autofree char *bomb = write_file (
    f, "bomb.xml",
    "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss xmlns:wp=\"http://wordpress.org/export/1.2/\"/>", -1);
  g_autofree char *missing = path_of (f, "missing.txt");
  g_autofree char *pipe = path_of (f, "pipe");
  g_autofree char *locked = write_file (f, "locked.txt", "Monthly Archives: March 2020\n", -1);

  check_refused (f, empty, ANNALS_IMPORT_ERROR_EMPTY, "“empty.txt” is empty");
  check_refused (f, picture, ANNALS_IMPORT_ERROR_UNKNOWN, "is not a text");
  check_refused (f, letter, ANNALS_IMPORT_ERROR_UNKNOWN, "is a text, but no kind of archive");
  check_refused (f, bomb, ANNALS_IMPORT_ERROR_UNKNOWN, "declares a document type");
  check_refused (f, missing, ANNALS_IMPORT_ERROR_UNREADABLE, "could not be opened");

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  check_refused (f, pipe, ANNALS_IMPORT_ERROR_UNREADABLE, "not an ordinary file");

  /* root may read everything */
  if (geteuid () != 0)
    {
      g_chmod (locked, 0);
      check_refused (f, locked, ANNALS_IMPORT_ERROR_UNREADABLE, "could not be opened");
    }
}

/* Two items with one guid are both kept, and both found again. */
static void
test_repeated_guid (Fixture       *f,
                    gconstpointer  data)
{
  const char *xml =
    "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" "
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">"
    "<channel><title>T</title><item><title>a</title><guid>g</guid><pubDate>Sun, 01 Mar 2020 "
    "00:00:00 +0000</pubDate>"
    "<content:encoded>x</content:encoded></item><item><title>b</title><guid>g</guid>"
    "<pubDate>Mon, 02 Mar 2020 00:00:00 "
    "+0000</pubDate><content:encoded>y</content:encoded></item></channel></rss>";
  g_autofree char *path = write_file (f, "twice.xml", xml, -1);
  g_autoptr(AnnalsImport) first = import_path (f, path);
  g_autoptr(AnnalsImport) second = import_path (f, path);

  g_assert_cmpuint (first->n_new, ==, 2);
  g_assert_cmpuint (second->n_unchanged, ==, 2);
}

/* Addresses that are taken apart come to the same as those that are not. */
static void
test_canonical_url (void)
{
  static const struct { const char *url; const char *canonical; } cases[] = {
    { "https://www.example.org/2020/03/a-post/", "http://example.org/2020/03/a-post" },
    { "HTTPS://WWW.Example.org/2020/03/a%2Dpost/", "http://example.org/2020/03/a-post" },
    { "https://example.org:443/2020/03/a-post/index.html", "http://example.org/2020/03/a-post" },
    { "http://example.org/2020/03/a-post/index.html?utm_source=x#more", "http://example.org/2020/03/a-post" },
    { "http://example.org/2020/03/a-post//", "http://example.org/2020/03/a-post" },
    { "http://example.org", "http://example.org" },
    { "http://example.org/", "http://example.org" },
    { "http://example.org/index.html", "http://example.org" },
    { "http://example.org/index.php/", "http://example.org/index.php" },
    { "http://example.org/index.php/?x", "http://example.org/index.php?x" },
    { "http://example.org/a/(b)_c~d,e;f=g@h!i", "http://example.org/a/(b)_c~d,e;f=g@h!i" },
    { "http://example.org/a b", "http://example.org/a%20b" },
    { "http://example.org/?p=12&utm_medium=y", "http://example.org?p=12" },
    { "http://example.org:8080/a/", "http://example.org:8080/a" },
    { "http://127.0.0.1/a/", "http://127.0.0.1/a" },
    { "https://user@example.org/a/", "http://example.org/a" },
    { "http://caf\xc3\xa9.example/a/", "http://xn--caf-dma.example/a" },
    { "http://xn--caf-dma.example/a/", "http://xn--caf-dma.example/a" },
    { "urn:x", "urn:x" },
    { "http://", "http://" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *canonical = annals_draft_canonical_url (cases[i].url);

      g_assert_cmpstr (canonical, ==, cases[i].canonical);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/import/importer/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("seed", test_seed);
  ADD ("fixtures", test_fixtures);
  ADD ("preview", test_preview);
  ADD ("changed", test_changed);
  ADD ("odd-tags", test_odd_tags);
  ADD ("options", test_options);
  ADD ("undo", test_undo);
  ADD ("cancel", test_cancel);
  ADD ("long", test_long);
  ADD ("bad-input", test_bad_input);
  ADD ("repeated-guid", test_repeated_guid);
  g_test_add_func ("/import/draft/canonical-url", test_canonical_url);

  return g_test_run ();
}
