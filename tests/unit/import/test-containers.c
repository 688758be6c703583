/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-byte-source.h"
#include "annals-header-block.h"
#include "annals-walk.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <string.h>

#include "walk-dump.h"

#define SITE "http://harbour.example/"

static char *
fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "import", "containers", name, NULL);
}

static WalkDump *
dump_fixture (const char *name)
{
  g_autofree char *path = fixture (name);

  return walk_dump (path);
}

/* A copy of the fixture's first @length bytes, in a folder of its own, walked. */
static WalkDump *
dump_cut (const char *name,
          gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-containers-XXXXXX", &error);
  g_autofree char *from = fixture (name);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  WalkDump *dump;
  gsize n;

  g_assert_true (g_file_get_contents (from, &bytes, &n, &error));
  g_assert_cmpuint (length, <, n);
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, &error));
  dump = walk_dump (to);
  walk_dump_remove (folder);

  return dump;
}

static void
assert_dump (const char *name,
             const char *container,
             const char *expected)
{
  g_autoptr(WalkDump) dump = dump_fixture (name);

  walk_dump_assert (dump, expected);
  g_assert_cmpstr (dump->container, ==, container);
}

/* A folder and all archives of it give the same files. */
static void
test_same (void)
{
  static const struct
  {
    const char *name;
    const char *container;
    gboolean    web;
  } archives[] = {
    { "five.zip", "zip", FALSE },
    { "five.tar", "tar", FALSE },
    { "five-gnu.tar.gz", "tar", FALSE },
    { "five.tar.xz", "tar", FALSE },
    { "five.tar.zst", "tar", FALSE },
    { "five.warc", "warc", TRUE },
    { "five.warc.gz", "warc", TRUE },
    { "five-whole.warc.gz", "warc", TRUE },
  };
  g_autoptr(WalkDump) folder = dump_fixture ("five");

  g_assert_cmpuint (folder->n_parts, ==, 5);

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_autoptr(WalkDump) dump = dump_fixture (archives[i].name);
      GHashTableIter iter;
      gpointer path, hash;

      g_test_message ("%s", archives[i].name);
      g_assert_cmpstr (dump->container, ==, archives[i].container);
      g_assert_nonnull (dump->label);
      g_assert_cmpuint (dump->n_parts, ==, 5);
      g_assert_cmpuint (dump->n_issues, ==, 0);

      g_hash_table_iter_init (&iter, dump->hashes);
      while (g_hash_table_iter_next (&iter, &path, &hash))
        {
          const char *name = path;

          if (archives[i].web)
            {
              g_assert_true (g_str_has_prefix (name, SITE));
              name += strlen (SITE);
            }
          g_assert_cmpstr (hash, ==, g_hash_table_lookup (folder->hashes, name));
        }
    }
}

/* The hash of an archive is that of its file, also when its end is not needed. */
static void
test_hash (void)
{
  static const char * const names[] = { "five.zip", "five.tar", "five.warc.gz", "pier.mhtml", "bomb.tar.zst" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(WalkDump) dump = dump_fixture (names[i]);
      g_autofree char *path = fixture (names[i]);
      g_autofree char *bytes = NULL;
      g_autofree char *sha256 = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
      g_assert_cmpstr (dump->sha256, ==, sha256);
      g_assert_cmpint (dump->size, ==, (gint64) length);
    }
}

static void
test_compressed (void)
{
  assert_dump ("notes.txt.gz", "compressed", "notes.txt 12\n");
}

static void
test_names (void)
{
  assert_dump ("names.zip", "zip",
               "caf\xc3\xa9.html 1\n"
               "\xec\xa0\x9c\xeb\xaa\xa9\xea\xb8\xb0\xec\x82\xac.html 1\n"
               "CC/CC.html 1\n"
               "DDD/EE.html 1\n"
               "abs.html 1\n"
               "x.html 1\n"
               "same.html 1\n"
               "same.html (2) 1\n"
               "same.html (2) (3) 1\n");
}

static void
test_locked (void)
{
  assert_dump ("locked.zip", "zip",
               "open.html 7\n"
               "! error format locked.zip, locked.html: The file is locked with a password: unpack the archive and "
               "import the files\n"
               "after.html 8\n");
}

static void
test_links (void)
{
  g_autofree char *expected = NULL;
  g_autofree char *long_name = g_strnfill (180, 'n');

  expected = g_strdup_printf ("pages/pier.html 7\n"
                              "! note format links.tar, pages/link.html: A symbolic link: it was not followed\n"
                              "! note format links.tar, pages/again.html: Another name of a file that is in the "
                              "archive, too\n"
                              "! note format links.tar, dev/null: Not an ordinary file: it was not read\n"
                              "! note format links.tar, pipe: Not an ordinary file: it was not read\n"
                              "up.html 5\n"
                              "! note empty pages/empty.html: The file is empty\n"
                              "long/%s.html 7\n", long_name);
  assert_dump ("links.tar", "tar", expected);
}

static void
test_nested (void)
{
  g_autoptr(WalkDump) dump = dump_fixture ("nested.zip");

  g_assert_cmpuint (dump->n_parts, ==, 6);
  g_assert_cmpuint (dump->n_issues, ==, 1);
  g_assert_true (g_hash_table_contains (dump->hashes,
                                        "inner6.zip/inner5.zip/inner4.zip/inner3.zip/inner2.zip/level2.html"));
  g_assert_nonnull (strstr (dump->text->str, "! error limit inner6.zip/inner5.zip/inner4.zip/inner3.zip/inner2.zip/"
                                             "inner1.zip: Archives in archives are opened to a depth of 6"));
}

static void
test_bomb (void)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr(WalkDump) dump = dump_fixture ("bomb.tar.zst");

  g_test_message ("the bomb took %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - started) / 1000);
  g_assert_cmpuint (dump->n_parts, ==, 1);
  g_assert_cmpuint (dump->n_issues, ==, 1);
  g_assert_nonnull (strstr (dump->text->str, "! error limit bomb.tar.zst, bomb.html: What is inside is more than 200 "
                                             "times as large"));
}

/* Nobody reads it: it is unpacked to be skipped, but no further than the limit. */
static void
test_bomb_unread (void)
{
  g_autofree char *path = fixture ("bomb.tar.zst");
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
  g_autoptr(AnnalsIssue) issue = NULL;
  AnnalsPart *part;

  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_ISSUE);
  g_assert_cmpint (issue->code, ==, ANNALS_ISSUE_LIMIT);
  g_clear_pointer (&issue, annals_issue_free);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_END);
  g_assert_no_error (error);
}

static void
test_sparse (void)
{
  assert_dump ("sparse.tar", "tar",
               "hole.html 4096\n"
               "! error limit sparse.tar, hole.html: The file has large holes, as no text has: it came in as far as "
               "the first of them\n"
               "after.html 8\n");
}

static void
test_long_header (void)
{
  g_autoptr(WalkDump) dump = dump_fixture ("pax-bomb.tar");

  g_assert_cmpuint (dump->n_parts, ==, 0);
  g_assert_cmpuint (dump->n_issues, ==, 1);
  g_assert_nonnull (strstr (dump->text->str, "! error damage pax-bomb.tar, byte 512: "));
}

/* One file's compression is damaged; those behind it come all the same. */
static void
test_damaged_zip (void)
{
  g_autoptr(WalkDump) dump = dump_fixture ("damaged.zip");

  g_assert_true (g_hash_table_contains (dump->hashes, "0.html"));
  g_assert_true (g_hash_table_contains (dump->hashes, "2.html"));
  g_assert_true (g_hash_table_contains (dump->hashes, "3.html"));
  g_assert_cmpuint (dump->n_issues, ==, 1);
  g_assert_nonnull (strstr (dump->text->str, "! error damage damaged.zip, 1.html: "));
}

/* Whatever is cut off, what stands before comes, and one issue says that it was cut. */
static void
test_cut (void)
{
  static const struct
  {
    const char *name;
    gsize       length;
    guint       n_parts;   /* whole ones */
  } cases[] = {
    { "five.zip", 300, 2 },
    { "five.zip", 112, 1 },
    { "five.tar", 1024, 1 },
    { "five.tar", 1100, 1 },
    { "five.tar", 2048, 2 },
    { "five.tar", 2100, 2 },
    { "five-gnu.tar.gz", 200, 1 },
    { "five.tar.xz", 300, 0 },
    { "five.warc", 1200, 2 },
    { "five.warc.gz", 1000, 2 },
    { "five-whole.warc.gz", 420, 1 },
    { "pier.mhtml", 700, 0 },
    { "notes.txt.gz", 24, 0 },
  };
  g_autoptr(WalkDump) folder = dump_fixture ("five");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WalkDump) dump = dump_cut (cases[i].name, cases[i].length);
      GHashTableIter iter;
      gpointer path, hash;
      guint n_whole = 0;

      g_test_message ("%s to %u bytes:\n%s", cases[i].name, (guint) cases[i].length, dump->text->str);
      g_hash_table_iter_init (&iter, dump->hashes);
      while (g_hash_table_iter_next (&iter, &path, &hash))
        {
          const char *name = g_str_has_prefix (path, SITE) ? (const char *) path + strlen (SITE) : path;

          n_whole += g_strcmp0 (hash, g_hash_table_lookup (folder->hashes, name)) == 0;
        }

      g_assert_cmpuint (n_whole, >=, cases[i].n_parts);
      g_assert_cmpuint (dump->n_issues, ==, 1);
      g_assert_nonnull (strstr (dump->text->str, " damage "));
    }
}

static void
test_warc_odd (void)
{
  assert_dump ("odd.warc.gz", "warc",
               SITE "chunked 80\n"
               SITE "not-chunked 80\n"
               SITE "gzip 80\n"
               SITE "both 80\n"
               SITE "not-gzip 80\n"
               SITE "deflate 80\n"
               SITE "bare 80\n"
               SITE "not-br 80\n"
               "! error damage odd.warc.gz, " SITE "cut: The page's compression is damaged: it came in only as far "
               "as it could be read\n"
               SITE "in brackets 80\n"
               SITE "resource 80\n"
               SITE "conversion 12\n"
               SITE "gzip (2) 80\n"
               "! note format odd.warc.gz: 2 answers of servers have the status 301 and are no pages\n"
               "! note format odd.warc.gz: 1 answer of a server has the status 404 and is no page\n"
               "! error format odd.warc.gz: 2 pages are compressed in a way that cannot be read: br\n"
               "! warning format odd.warc.gz: 1 record only refers to a page in another archive\n"
               "! note empty odd.warc.gz: 1 record is empty\n");
}

/* All wrappings hold one page. */
static void
test_warc_unwrapped (void)
{
  static const char * const names[] = { "not-chunked", "gzip", "both", "not-gzip", "deflate", "bare", "not-br" };
  g_autoptr(WalkDump) dump = dump_fixture ("odd.warc.gz");
  const char *hash = g_hash_table_lookup (dump->hashes, SITE "chunked");

  g_assert_nonnull (hash);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat (SITE, names[i], NULL);

      g_assert_cmpstr (g_hash_table_lookup (dump->hashes, path), ==, hash);
    }
}

static void
test_warc_part (void)
{
  g_autofree char *path = fixture ("five.warc.gz");
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
  g_autoptr(AnnalsIssue) issue = NULL;
  AnnalsPart *part;

  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpstr (part->url, ==, SITE "about.html");
  g_assert_cmpstr (part->media_type, ==, "text/html");
  g_assert_cmpstr (part->charset, ==, "UTF-8");
  g_assert_cmpint (part->modified, ==, 1583742600);
}

static void
test_arc (void)
{
  g_autofree char *path = fixture ("harbour.arc");
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
  g_autoptr(AnnalsIssue) issue = NULL;
  AnnalsPart *part;

  assert_dump ("harbour.arc", "warc", SITE "pier 7\n" SITE "a page with spaces 21\n");

  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpstr (part->url, ==, SITE "a%20page%20with%20spaces");
  g_assert_cmpint (part->modified, ==, 1583742600);
}

/* Nobody reads the parts: they are passed over. */
static void
test_unread (void)
{
  static const char * const names[] = { "five.zip", "five.tar.xz", "five.warc.gz", "odd.warc.gz", "pier.mhtml" };
  static const guint n_parts[] = { 5, 5, 5, 12, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture (names[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
      AnnalsWalkResult result;
      guint n = 0;

      do
        {
          g_autoptr(AnnalsIssue) issue = NULL;
          AnnalsPart *part;

          result = annals_walk_next (walk, &part, &issue, NULL, &error);
          n += result == ANNALS_WALK_PART;
        }
      while (result == ANNALS_WALK_PART || result == ANNALS_WALK_ISSUE);

      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, n_parts[i]);
    }
}

static void
test_mhtml (void)
{
  static const char *page = "<title>Pier</title><p>Der Pier \xc3\xb6" "ffnet wieder = jeden Tag.</p>"
                            "<img src=\"http://harbour.example/p.png\"><img src=\"cid:second@harbour\">\r\n";
  g_autofree char *path = fixture ("pier.mhtml");
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, page, -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
  g_autoptr(AnnalsIssue) issue = NULL;
  AnnalsPart *part;

  assert_dump ("pier.mhtml", "mhtml",
               SITE "pier?saved=1 134\n"
               SITE "p.png 128\n"
               "cid:second@harbour 26\n"
               "\xc3\xa4ther.txt 14\n");

  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpstr (part->url, ==, SITE "pier?saved=1");
  g_assert_cmpstr (part->media_type, ==, "text/html");
  g_assert_cmpstr (part->charset, ==, "utf-8");
  g_assert_cmpint (part->modified, ==, 1583742600);
  g_assert_true (annals_import_input_drain (part->input, NULL, &error));
  g_assert_cmpstr (annals_import_input_get_sha256 (part->input), ==, sha256);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpstr (part->url, ==, SITE "p.png");
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  g_assert_cmpstr (part->url, ==, "cid:second@harbour");
}

/* Lines of a megabyte, and an encoded byte at any place in them. */
static void
test_mhtml_long_lines (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-containers-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "long.mhtml", NULL);
  g_autoptr(GString) text = g_string_new ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
                                          "--b\nContent-Transfer-Encoding: quoted-printable\n\n");
  g_autoptr(WalkDump) dump = NULL;
  g_autofree char *equals = g_strnfill (1000000, '=');
  g_autofree char *hashed = NULL;
  g_autoptr(GString) plain = g_string_new (NULL);

  for (guint i = 0; i < 200000; i++)
    {
      g_string_append (text, i % 7 == 0 ? "x=41" : "=42");
      g_string_append (plain, i % 7 == 0 ? "xA" : "B");
    }
  g_string_append_printf (text, "\n--b\nContent-Transfer-Encoding: binary\n\n%s\n--b--\n", equals);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, &error));

  dump = walk_dump (path);
  walk_dump_assert (dump, "part 1 228572\npart 2 1000000\n");
  hashed = g_compute_checksum_for_string (G_CHECKSUM_SHA256, plain->str, -1);
  g_assert_cmpstr (g_hash_table_lookup (dump->hashes, "part 1"), ==, hashed);
  walk_dump_remove (folder);
}

/* An archive among files: its files' paths begin with its own, a compressed file is in its place. */
static void
test_in_folder (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-containers-XXXXXX", &error);
  g_autofree char *sub = g_build_filename (folder, "sub", NULL);
  static const char * const names[] = { "five.zip", "notes.txt.gz", "harbour.arc" };
  g_autoptr(WalkDump) dump = NULL;

  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture (names[i]);
      g_autofree char *copy = g_build_filename (sub, names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
      g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, &error));
    }

  dump = walk_dump (folder);
  walk_dump_assert (dump,
                    "sub/five.zip/about.html 79\n"
                    "sub/five.zip/march/pier.html 74\n"
                    "sub/five.zip/march/ferry.html 78\n"
                    "sub/five.zip/march/caf\xc3\xa9.html 69\n"
                    "sub/five.zip/\xec\xa0\x9c\xeb\xaa\xa9.html 58\n"
                    "sub/harbour.arc/http://harbour.example/pier 7\n"
                    "sub/harbour.arc/http://harbour.example/a page with spaces 21\n"
                    "sub/notes.txt 12\n");
  walk_dump_remove (folder);
}

static void
test_cancelled (void)
{
  static const char * const names[] = { "five.zip", "five.tar.xz", "five.warc.gz", "pier.mhtml" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture (names[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(AnnalsIssue) issue = NULL;
      AnnalsPart *part;

      g_assert_cmpint (annals_walk_next (walk, &part, &issue, cancellable, &error), ==, ANNALS_WALK_PART);
      g_cancellable_cancel (cancellable);
      g_assert_cmpint (annals_walk_next (walk, &part, &issue, cancellable, &error), ==, ANNALS_WALK_ERROR);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_headers (void)
{
  static const struct
  {
    const char *value;
    const char *decoded;
  } words[] = {
    { "plain", "plain" },
    { "=?utf-8?Q?M=C3=A4rz_2020?=", "M\xc3\xa4rz 2020" },
    { "=?UTF-8?B?TcOkcno=?= 2020", "M\xc3\xa4rz 2020" },
    { "=?utf-8?Q?a=C3?=\t=?utf-8?Q?=A4b?=", "a\xc3\xa4" "b" },
    { "=?iso-8859-1*de?q?M=E4rz?=", "M\xc3\xa4rz" },
    { "=?broken", "=?broken" },
    { "=?utf-8?X?no?=", "=?utf-8?X?no?=" },
    { "\xff", "\xef\xbf\xbd" },
  };
  g_autoptr(AnnalsHeaderBlock) headers = annals_header_block_new ();
  g_autofree char *type = NULL;
  g_autofree char *charset = NULL;
  g_autofree char *boundary = NULL;
  g_autofree char *name = NULL;

  g_assert_true (annals_header_block_push (headers, "Content-Type: Text/HTML; Charset = \"utf\\\"-8\" ;"));
  g_assert_true (annals_header_block_push (headers, "\tboundary=a b; name*=utf-8'en'%E2%82%AC"));
  g_assert_true (annals_header_block_push (headers, "content-type: text/plain"));
  g_assert_false (annals_header_block_push (headers, "no header"));
  g_assert_false (annals_header_block_push (headers, "<p>no: header"));

  type = annals_header_block_dup_type (headers);
  charset = annals_header_block_dup_param (headers, "content-type", "charset");
  boundary = annals_header_block_dup_param (headers, "content-type", "boundary");
  name = annals_header_block_dup_param (headers, "content-type", "name");
  g_assert_cmpstr (type, ==, "text/html");
  g_assert_cmpstr (charset, ==, "utf\"-8");
  g_assert_cmpstr (boundary, ==, "a b");
  g_assert_cmpstr (name, ==, "\xe2\x82\xac");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *decoded = annals_header_decode_words (words[i].value);

      g_assert_cmpstr (decoded, ==, words[i].decoded);
    }
}

/* Text that only looks like the beginning of an archive is none. */
static void
test_not_archives (void)
{
  static const struct
  {
    const char *head;
    gsize       length;
  } cases[] = {
    { "Subject: a post\n\nFrom the harbour.", 33 },
    { "WARC files are archives", 23 },
    { "PK is a place", 13 },
    { "BZh9 is a name", 14 },
    { "<html><head></head>", 19 },
    { "title: Front matter\ntype: multipart/related\n\n", 45 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (annals_container_detect ((const guint8 *) cases[i].head, cases[i].length, "x"));
}

/* --- what others made --- */

static char *
shared (const char *folder)
{
  const char *root = g_getenv ("ANNALS_SHARED");
  char *path = root != NULL ? g_build_filename (root, "data", folder, NULL) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    return path;

  g_free (path);
  g_test_skip ("the shared data is not here");

  return NULL;
}

static void
test_shared_warc (void)
{
  static const struct
  {
    const char *name;
    guint       n_parts;
    guint       n_issues;
  } cases[] = {
    { "bad.arc", 1, 2 },
    { "example-bad-non-chunked.warc.gz", 1, 0 },
    { "example-bad.warc.gz.bad", 1, 1 },
    { "example-digest.warc", 0, 0 },
    { "example-iana.org-chunked.warc", 1, 0 },
    { "example-resource.warc.gz", 1, 0 },
    { "example-space-in-target-uri.warc.gz", 1, 0 },
    { "example-space-in-url.arc", 1, 1 },
    { "example-trunc.warc", 1, 1 },
    { "example-wget-bad-target-uri.warc.gz", 1, 0 },
    { "example-wrong-chunks.warc.gz", 1, 0 },
    { "example.arc", 1, 0 },
    { "example.arc.gz", 1, 0 },
    { "example.warc", 1, 0 },
    { "example.warc.gz", 1, 0 },
    { "post-test.warc.gz", 3, 0 },
  };
  g_autofree char *folder = shared ("warc-warcio");

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autoptr(WalkDump) dump = walk_dump (path);

      g_test_message ("%s: %u files, %u issues", cases[i].name, dump->n_parts, dump->n_issues);
      g_assert_cmpstr (dump->container, ==, "warc");
      g_assert_cmpuint (dump->n_parts, ==, cases[i].n_parts);
      g_assert_cmpuint (dump->n_issues, ==, cases[i].n_issues);
    }
}

static void
test_shared_mhtml (void)
{
  static const struct
  {
    const char *name;
    guint       n_parts;
    guint       n_issues;
    const char *page;
  } cases[] = {
    { "missing_boundary.mhtml", 1, 2, "http://msindwan.bitbucket.org/" },
    { "missing_headers.mhtml", 2, 1, "http://msindwan.bitbucket.org/" },
    { "portfolio.mhtml", 13, 0, "http://msindwan.bitbucket.org/" },
    { "pp-2020_03_index.html.mhtml", 4, 0, "http://pp.localhost:8766/2020/03/index.html" },
    { "pp-2020_03_pirati-uniti-contro-il-virus_index.html.mhtml", 4, 0,
      "http://pp.localhost:8766/2020/03/pirati-uniti-contro-il-virus/index.html" },
    { "unexpected_eof.mhtml", 1, 1, "http://msindwan.bitbucket.org/" },
  };
  g_autofree char *folder = shared ("mhtml");

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autoptr(WalkDump) dump = walk_dump (path);

      g_test_message ("%s: %u files, %u issues", cases[i].name, dump->n_parts, dump->n_issues);
      g_assert_cmpstr (dump->container, ==, "mhtml");
      g_assert_cmpuint (dump->n_parts, ==, cases[i].n_parts);
      g_assert_cmpuint (dump->n_issues, ==, cases[i].n_issues);
      g_assert_true (g_str_has_prefix (dump->text->str, cases[i].page) ||
                     g_str_has_prefix (dump->text->str, "! warning damage"));
      g_assert_true (g_hash_table_contains (dump->hashes, cases[i].page));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/containers/same", test_same);
  g_test_add_func ("/containers/hash", test_hash);
  g_test_add_func ("/containers/unread", test_unread);
  g_test_add_func ("/containers/cut", test_cut);
  g_test_add_func ("/containers/in-folder", test_in_folder);
  g_test_add_func ("/containers/cancelled", test_cancelled);
  g_test_add_func ("/containers/not-archives", test_not_archives);
  g_test_add_func ("/containers/archive/compressed", test_compressed);
  g_test_add_func ("/containers/archive/names", test_names);
  g_test_add_func ("/containers/archive/locked", test_locked);
  g_test_add_func ("/containers/archive/links", test_links);
  g_test_add_func ("/containers/archive/nested", test_nested);
  g_test_add_func ("/containers/archive/bomb", test_bomb);
  g_test_add_func ("/containers/archive/bomb-unread", test_bomb_unread);
  g_test_add_func ("/containers/archive/sparse", test_sparse);
  g_test_add_func ("/containers/archive/long-header", test_long_header);
  g_test_add_func ("/containers/archive/damaged", test_damaged_zip);
  g_test_add_func ("/containers/warc/odd", test_warc_odd);
  g_test_add_func ("/containers/warc/unwrapped", test_warc_unwrapped);
  g_test_add_func ("/containers/warc/part", test_warc_part);
  g_test_add_func ("/containers/warc/arc", test_arc);
  g_test_add_func ("/containers/mhtml/parts", test_mhtml);
  g_test_add_func ("/containers/mhtml/long-lines", test_mhtml_long_lines);
  g_test_add_func ("/containers/mhtml/headers", test_headers);
  g_test_add_func ("/containers/shared/warc", test_shared_warc);
  g_test_add_func ("/containers/shared/mhtml", test_shared_mhtml);

  return g_test_run ();
}
