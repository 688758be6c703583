/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* What an archive comes to is the same on one thread and on many, in the same order. */

#define MANY 8

/* --- the threads alone --- */

typedef struct
{
  guint number;
  guint square;
  guint n_calls;
} Square;

static void
square_func (gpointer data)
{
  Square *square = data;

  square->square = square->number * square->number;
  square->n_calls++;
}

static void
check_workers (AnnalsWorkers *workers)
{
  Square squares[500] = { 0 };
  AnnalsWork *works[G_N_ELEMENTS (squares)];

  for (guint i = 0; i < G_N_ELEMENTS (squares); i++)
    {
      squares[i].number = i;
      works[i] = annals_workers_begin (workers, square_func, &squares[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (squares); i++)
    {
      if (i % 5 == 4)
        {
          annals_work_drop (works[i]);
          g_assert_cmpuint (squares[i].n_calls, <=, 1);
          continue;
        }

      annals_work_finish (works[i]);
      g_assert_cmpuint (squares[i].square, ==, i * i);
      g_assert_cmpuint (squares[i].n_calls, ==, 1);
    }
}

static void
test_workers (void)
{
  static const guint n_threads[] = { 0, 1, 2, MANY };

  check_workers (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      g_autoptr(AnnalsWorkers) workers = annals_workers_new (n_threads[i]);

      check_workers (workers);
    }
}

/* --- archives --- */

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("annals-threads-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }

  g_rmdir (path);
}

static void
write_file (const char *folder,
            const char *name,
            const char *contents,
            gssize      length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
}

static void
add_item (GString *xml,
          guint    i)
{
  g_string_append_printf (xml, "<item><title>Post %u &amp; more</title>", i);
  if (i % 3 != 0)
    g_string_append_printf (xml, "<link>https://blog.example/%u/</link>", i % 100);
  g_string_append_printf (xml, "<dc:creator>%s</dc:creator>", i % 2 ? "ann" : "bob");
  g_string_append_printf (xml, "<content:encoded><![CDATA[<p>Text <em>%u</em>\n\nof a post.]]></content:encoded>", i);
  if (i % 4 == 0)
    g_string_append (xml, "<excerpt:encoded>In short</excerpt:encoded>");
  if (i % 5 == 0)
    g_string_append (xml, "<wp:postmeta><wp:meta_key>k</wp:meta_key></wp:postmeta>");
  g_string_append_printf (xml, "<wp:post_date>20%02u-03-01 10:00:00</wp:post_date>", i % 30);
  g_string_append_printf (xml, "<wp:status>publish</wp:status><wp:post_type>%s</wp:post_type>",
                          i % 11 == 0 ? "nav_menu_item" : i % 13 == 0 ? "attachment" : "post");
  if (i % 17 == 0)
    g_string_append (xml, "<b>not closed");
  for (guint k = 0; k < (i == 50 ? 250 : i % 6 == 0 ? 2 : 0); k++)
    g_string_append_printf (xml, "<wp:comment><wp:comment_id>%u</wp:comment_id><wp:comment_author>C</wp:comment_author>"
                                 "<wp:comment_content>It is %u</wp:comment_content></wp:comment>", k, k);
  g_string_append (xml, "</item>\n");
}

/* With damage, items of other kinds, many comments, an author that is named in the middle, and no end */
static void
write_export (const char *folder)
{
  g_autoptr(GString) xml = g_string_new (
    "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
    "xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
    "xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Blog</title><link>https://blog.example</link>"
    "<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Hill</wp:author_display_name>"
    "</wp:author>\n");

  for (guint i = 1; i <= 300; i++)
    {
      add_item (xml, i);
      if (i == 150)
        g_string_append (xml, "<language>de</language><wp:author><wp:author_login>bob</wp:author_login>"
                              "<wp:author_display_name>Bob Lake</wp:author_display_name></wp:author><title>Other</title>");
    }
  g_string_append (xml, "<item><title>Cut");

  write_file (folder, "export.xml", xml->str, (gssize) xml->len);
}

static void
write_page (const char *folder,
            const char *name,
            guint       i,
            guint       n_paragraphs)
{
  g_autoptr(GString) page = g_string_new (NULL);

  g_string_append_printf (page, "<!DOCTYPE html><html lang=en><head><title>Page %u</title></head><body>"
                                "<article class=hentry><h1 class=entry-title>Page %u</h1>", i, i);
  if (i % 3 != 0)
    g_string_append_printf (page, "<time class=published datetime=\"2020-03-%02u\">then</time>", i % 28 + 1);
  g_string_append (page, "<div class=entry-content>");
  for (guint k = 0; k < n_paragraphs; k++)
    g_string_append_printf (page, "<p>Paragraph %u of the page %u says what it has to say, and no more than that.</p>",
                            k, i);
  g_string_append (page, "</div></article></body></html>");

  write_file (folder, name, page->str, (gssize) page->len);
}

/* Small files, one that is too long to be read ahead, and what is no page at all */
static void
write_site (const char *folder)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("page-%02u.html", i);

      write_page (folder, name, i, 1 + i % 7);
    }
  write_page (folder, "page-50-long.html", 1000, 20000);
  write_file (folder, "page-20.css", "a { color: red }", -1);
  write_file (folder, "page-30-empty.html", "", 0);
  write_file (folder, "page-40.bin", "\1\2\3\4\5\6\7\1\2\3\4\5\6\7", -1);
  write_file (folder, "page-45.png", "\x89PNG\r\n\x1a\n....", -1);
  write_file (folder, "page-60.txt",
              "Monthly Archives: March 2020\n\nFirst\n\nPosted on March 3, 2020 by Ann\n\nSome text.\n\n"
              "Second\n\nPosted on March 4, 2020 by Bob\n\nOther text.\n", -1);
  write_file (folder, "page-70.json", "[{\"title\": \"J\", \"date\": \"2020-03-05\", \"content\": \"<p>Said</p>\"}]", -1);
  write_file (folder, "page-80.md", "---\ntitle: M\ndate: 2020-03-06\n---\nWritten.\n", -1);
}

/* --- what they come to --- */

static void
dump_draft (GString             *out,
            const AnnalsRunItem *item)
{
  const AnnalsDraft *draft = item->draft;
  g_autofree char *spans = draft->text ? annals_text_dup_spans_json (draft->text) : NULL;
  g_autofree char *tags = draft->tags ? g_strjoinv (",", draft->tags) : NULL;

  g_string_append_printf (
    out, "%u/%u kind %d extent %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %" G_GSIZE_FORMAT "\n",
    item->record, item->place, draft->kind, draft->extent, item->identity, draft->guid, draft->url, draft->title,
    draft->author, draft->source, draft->language, draft->published ? annals_date_get_edtf (draft->published) : "-",
    tags, draft->place, draft->skipped, draft->text ? annals_text_get_sha256 (draft->text) : "-", spans,
    draft->markup ? g_bytes_get_size (draft->markup) : 0);
}

static void
dump_item (GString             *out,
           AnnalsRunResult      result,
           const AnnalsRunItem *item)
{
  g_string_append_printf (out, "%d ", result);
  if (item->draft != NULL)
    dump_draft (out, item);
  else if (item->issue != NULL)
    g_string_append_printf (out, "%d %d | %s | %s | %s\n", item->issue->severity, item->issue->code, item->issue->place,
                            item->issue->reason, item->issue->excerpt);
  else
    g_string_append_printf (out, "%s %s %" G_GINT64_FORMAT " %s\n", item->path, item->format, item->size, item->sha256);
}

static char *
dump (const char      *path,
      guint            n_threads,
      AnnalsPostKinds  kinds)
{
  AnnalsImportHooks hooks = { .n_threads = n_threads };
  AnnalsImportOptions options = { .kinds = kinds };
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImportRun) run = annals_import_run_new (path, &options, &hooks, &error);
  GString *out = g_string_new (NULL);
  AnnalsRunResult result;

  g_assert_no_error (error);
  do
    {
      g_auto(AnnalsRunItem) item = { 0 };

      result = annals_import_run_next (run, &item, NULL, &error);
      g_assert_no_error (error);
      dump_item (out, result, &item);
    }
  while (result != ANNALS_RUN_END);

  g_string_append_printf (out, "%s %s\n", annals_import_run_get_archive (run), annals_walk_get_sha256 (run->walk));

  return g_string_free (out, FALSE);
}

static guint
count_lines (const char *text,
             char        kind)
{
  guint n = 0;

  for (const char *line = text; line != NULL; line = (line = strchr (line, '\n')) ? line + 1 : NULL)
    n += *line == kind;

  return n;
}

/* Returns: what it came to */
static char *
check_same (const char *path)
{
  const AnnalsPostKinds all = (1u << (ANNALS_POST_OTHER + 1)) - 1;
  g_autofree char *alone = dump (path, 1, all);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *many = dump (path, i == 0 ? 2 : MANY, all);

      g_assert_cmpstr (many, ==, alone);
    }

  return g_steal_pointer (&alone);
}

static void
test_export (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "export.xml", NULL);
  g_autofree char *found = NULL;

  write_export (folder);
  found = check_same (path);
  /* 300 items, one that is cut, 250 comments and two on each sixth of those that are whole */
  g_assert_cmpuint (count_lines (found, '0' + ANNALS_RUN_DRAFT), ==, 301 + 250 + 2 * (50 - 2));
  g_assert_nonnull (strstr (found, "Ann Hill"));
  g_assert_nonnull (strstr (found, "Bob Lake"));
  g_assert_nonnull (strstr (found, "ends here too early"));
  remove_folder (folder);
}

static void
test_folder (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *found = NULL;

  write_site (folder);
  found = check_same (folder);
  g_assert_cmpuint (count_lines (found, '0' + ANNALS_RUN_FILE), ==, 104);
  g_assert_cmpuint (count_lines (found, '0' + ANNALS_RUN_FILE_END), ==, 104);
  g_assert_cmpuint (count_lines (found, '0' + ANNALS_RUN_DRAFT), ==, 105);
  g_assert_nonnull (strstr (found, "The file is empty"));
  g_assert_nonnull (strstr (found, "style sheet"));
  remove_folder (folder);
}

/* What is read ahead when an import is cancelled is given up. */
static void
check_cancel (const char *path)
{
  AnnalsImportHooks hooks = { .n_threads = MANY };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImportRun) run = annals_import_run_new (path, NULL, &hooks, &error);
  AnnalsRunResult result;

  g_assert_no_error (error);
  do
    {
      g_auto(AnnalsRunItem) item = { 0 };

      result = annals_import_run_next (run, &item, cancellable, &error);
      if (item.record == 3)
        g_cancellable_cancel (cancellable);
    }
  while (result != ANNALS_RUN_ERROR && result != ANNALS_RUN_END);

  g_assert_cmpint (result, ==, ANNALS_RUN_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *site = make_folder ();
  g_autofree char *path = g_build_filename (folder, "export.xml", NULL);

  write_export (folder);
  write_site (site);
  check_cancel (path);
  check_cancel (site);
  remove_folder (folder);
  remove_folder (site);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/threads/workers", test_workers);
  g_test_add_func ("/import/threads/export", test_export);
  g_test_add_func ("/import/threads/folder", test_folder);
  g_test_add_func ("/import/threads/cancel", test_cancel);

  return g_test_run ();
}
