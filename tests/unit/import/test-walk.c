/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-walk.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "walk-dump.h"

static void
write_file (const char *folder,
            const char *path,
            const char *text)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (full, text, -1, &error);
  g_assert_no_error (error);
}

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("annals-walk-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

static void
test_file (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "pier.txt", NULL);
  g_autoptr(WalkDump) dump = NULL;

  write_file (folder, "pier.txt", "The pier is open.\n");
  dump = walk_dump (path);

  walk_dump_assert (dump, "pier.txt 18\n");
  g_assert_cmpstr (dump->container, ==, NULL);
  g_assert_cmpstr (dump->label, ==, NULL);
  g_assert_cmpstr (dump->name, ==, "pier.txt");
  g_assert_cmpstr (dump->sha256, ==, "25792b46b6cd29cbbf4b4438fe32228a917971ab71b29024e3dac0674acaed6b");
  g_assert_cmpint (dump->size, ==, 18);
  walk_dump_remove (folder);
}

/* By bytes, a folder in its name's place, whatever was made first. */
static void
test_folder_order (void)
{
  static const char * const names[] = {
    "z.html", "a/2.html", "B.html", "a.html", "a/10.html", "\xc3\xa4.html", "b.html",
  };
  g_autofree char *folder = make_folder ();
  g_autofree char *again = make_folder ();
  g_autoptr(WalkDump) dump = NULL;
  g_autoptr(WalkDump) other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      write_file (folder, names[i], names[i]);
      write_file (again, names[G_N_ELEMENTS (names) - 1 - i], names[G_N_ELEMENTS (names) - 1 - i]);
    }

  dump = walk_dump (folder);
  other = walk_dump (again);

  walk_dump_assert (dump, "B.html 6\na/10.html 9\na/2.html 8\na.html 6\nb.html 6\nz.html 6\n\xc3\xa4.html 7\n");
  g_assert_cmpstr (dump->container, ==, "folder");
  g_assert_nonnull (dump->label);
  g_assert_cmpint (dump->size, ==, 48);
  g_assert_cmpstr (dump->sha256, ==, other->sha256);
  g_assert_cmpstr (dump->text->str, ==, other->text->str);

  /* what a folder's hash is */
  {
    g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
    static const char * const sorted[] = {
      "B.html", "a/10.html", "a/2.html", "a.html", "b.html", "z.html", "\xc3\xa4.html",
    };

    for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
      {
        g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sorted[i], -1);

        g_checksum_update (sum, (const guchar *) sorted[i], (gssize) strlen (sorted[i]) + 1);
        g_checksum_update (sum, (const guchar *) hash, -1);
        g_checksum_update (sum, (const guchar *) "\n", 1);
      }
    g_assert_cmpstr (g_checksum_get_string (sum), ==, dump->sha256);
  }

  walk_dump_remove (folder);
  walk_dump_remove (again);
}

static void
test_folder_odd_names (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(WalkDump) dump = NULL;

  write_file (folder, "caf\x82.html", "1");               /* as DOS had it */
  write_file (folder, "\xc1\xa6\xc0\xe7.html", "22");     /* EUC-KR */
  write_file (folder, "a\\b.html", "333");
  write_file (folder, "line\nbreak.html", "4444");
  write_file (folder, ".git/config", "x");
  write_file (folder, ".DS_Store", "x");
  write_file (folder, "in/Thumbs.db", "x");
  write_file (folder, "__MACOSX/a.html", "x");

  dump = walk_dump (folder);
  walk_dump_assert (dump,
                    "a/b.html 3\n"
                    "caf\xc3\xa9.html 1\n"
                    "line\xef\xbf\xbd" "break.html 4\n"
                    "\xec\xa0\x9c\xec\x9e\xac.html 2\n");
  walk_dump_remove (folder);
}

static void
test_folder_not_files (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *loop = g_build_filename (folder, "sub", "loop", NULL);
  g_autofree char *link = g_build_filename (folder, "passwd", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *closed = g_build_filename (folder, "closed.html", NULL);
  g_autoptr(WalkDump) dump = NULL;

  write_file (folder, "sub/page.html", "one");
  write_file (folder, "empty.html", "");
  write_file (folder, "closed.html", "closed");
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (chmod (closed, 0), ==, 0);

  dump = walk_dump (folder);
  if (geteuid () == 0)
    walk_dump_assert (dump,
                      "closed.html 6\n"
                      "! note empty empty.html: The file is empty\n"
                      "! note format passwd: A symbolic link: it was not followed\n"
                      "! note format pipe: Not an ordinary file: it was not read\n"
                      "! note format sub/loop: A symbolic link: it was not followed\n"
                      "sub/page.html 3\n");
  else
    walk_dump_assert (dump,
                      "! warning format closed.html: It could not be opened: Permission denied\n"
                      "! note empty empty.html: The file is empty\n"
                      "! note format passwd: A symbolic link: it was not followed\n"
                      "! note format pipe: Not an ordinary file: it was not read\n"
                      "! note format sub/loop: A symbolic link: it was not followed\n"
                      "sub/page.html 3\n");
  walk_dump_remove (folder);
}

/* What is chosen by the user may be a link; a folder of nothing is refused. */
static void
test_folder_root (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *inside = g_build_filename (folder, "inside", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *nothing = g_build_filename (folder, "nothing", NULL);
  g_autoptr(WalkDump) dump = NULL;
  g_autoptr(GError) error = NULL;

  write_file (folder, "inside/page.html", "one");
  g_assert_cmpint (symlink ("inside", link), ==, 0);
  g_assert_cmpint (g_mkdir (nothing, 0700), ==, 0);

  dump = walk_dump (link);
  walk_dump_assert (dump, "page.html 3\n");
  g_assert_cmpstr (dump->name, ==, "link");

  g_assert_null (annals_walk_new (nothing, &error));
  g_assert_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_null (annals_walk_new (missing, &error));
  g_assert_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE);
  walk_dump_remove (folder);
}

/* Deeper than folders are followed: an issue, and what is beside it comes. */
static void
test_folder_deep (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(GString) path = g_string_new (NULL);
  g_autoptr(WalkDump) dump = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append (path, "d/");
  g_string_append (path, "deep.html");
  write_file (folder, path->str, "deep");
  write_file (folder, "e.html", "flat");

  dump = walk_dump (folder);
  g_assert_cmpuint (dump->n_issues, ==, 1);
  g_assert_cmpuint (dump->n_parts, ==, 1);
  g_assert_nonnull (strstr (dump->text->str, "! error limit d/d/d/"));
  walk_dump_remove (folder);
}

static void
append_to (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_APPEND | O_CLOEXEC, 0);

  g_assert_cmpint (write (fd, "more", 4), ==, 4);
  close (fd);
}

static void
test_changed (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "page.html", NULL);
  g_autoptr(AnnalsWalk) walk = NULL;
  g_autoptr(AnnalsIssue) issue = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsPart *part;

  write_file (folder, "page.html", "text");
  walk = annals_walk_new (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_PART);
  append_to (path);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_ISSUE);
  g_assert_cmpint (issue->code, ==, ANNALS_ISSUE_DAMAGE);
  g_assert_nonnull (strstr (issue->reason, "changed while it was read"));
  g_clear_pointer (&issue, annals_issue_free);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, NULL, &error), ==, ANNALS_WALK_END);
  g_assert_cmpint (annals_walk_get_offset (walk), <=, annals_walk_get_size (walk));
  walk_dump_remove (folder);
}

static void
test_cancelled (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(AnnalsWalk) walk = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsIssue *issue;
  AnnalsPart *part;

  write_file (folder, "1.html", "text");
  write_file (folder, "2.html", "text");
  walk = annals_walk_new (folder, &error);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, cancellable, &error), ==, ANNALS_WALK_PART);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (annals_walk_next (walk, &part, &issue, cancellable, &error), ==, ANNALS_WALK_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  walk_dump_remove (folder);
}

/* 3,000 files of one folder, twice: fast and the same. */
static void
test_many (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(WalkDump) dump = NULL;
  gint64 started;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u/%04u.html", i % 30, i);

      write_file (folder, name, name);
    }

  started = g_get_monotonic_time ();
  dump = walk_dump (folder);
  g_test_message ("3,000 files walked in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - started) / 1000);
  g_assert_cmpuint (dump->n_parts, ==, 3000);
  g_assert_cmpuint (dump->n_issues, ==, 0);
  walk_dump_remove (folder);
}

static void
test_paths (void)
{
  static const struct
  {
    const char *name;
    gssize      length;
    const char *path;
  } cases[] = {
    { "a/b.html", -1, "a/b.html" },
    { "../../etc/passwd", -1, "etc/passwd" },
    { "/abs/./b//c", -1, "abs/b/c" },
    { "C:\\Users\\x\\page.htm", -1, "Users/x/page.htm" },
    { "c:page.htm", -1, "page.htm" },
    { "..", -1, "" },
    { "", -1, "" },
    { "a\0b", 3, "a\xef\xbf\xbd" "b" },
    { "a\tb", -1, "a\xef\xbf\xbd" "b" },
    { "exe.\xe2\x80\xaelmth", -1, "exe.\xef\xbf\xbdlmth" },
    { "Universit\x85/\x90tat.html", -1, "Universit\xc3\xa0/\xc3\x89tat.html" },       /* CP437 */
    { "Universit\xe0.html", -1, "Universit\xc3\xa0.html" },                           /* windows-1252 */
    { "\xc1\xa6\xc0\xe7 \xb3\xbb\xbf\xeb.html", -1, "\xec\xa0\x9c\xec\x9e\xac \xeb\x82\xb4\xec\x9a\xa9.html" },
    { "\x93\xfa\x96\x7b\x8c\xea.html", -1, "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e.html" },   /* Shift-JIS */
    { "\xd6\xd0\xce\xc4.html", -1, "\xe4\xb8\xad\xe6\x96\x87.html" },                       /* GBK */
    { "\x8d\xae\xa2\xae\xe1\xe2\xa8.html", -1,
      "\xd0\x9d\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x81\xd1\x82\xd0\xb8.html" },                    /* CP866 */
    { "\xcd\xee\xe2\xee\xf1\xf2\xe8.html", -1,
      "\xd0\x9d\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x81\xd1\x82\xd0\xb8.html" },                    /* windows-1251 */
  };
  g_autofree char *long_name = g_strnfill (1000000, 'x');
  g_autofree char *cut = annals_container_dup_path (long_name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = annals_container_dup_path (cases[i].name, cases[i].length);

      g_assert_cmpstr (path, ==, cases[i].path);
    }

  g_assert_cmpuint (strlen (cut), <, 5000);

  g_assert_true (annals_container_is_litter ("a/.git/config"));
  g_assert_true (annals_container_is_litter ("__MACOSX/._a.html"));
  g_assert_true (annals_container_is_litter ("photos/Thumbs.db"));
  g_assert_false (annals_container_is_litter ("a.b/c.html"));
  g_assert_false (annals_container_is_litter ("Thumbs.db.html"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/file", test_file);
  g_test_add_func ("/walk/folder/order", test_folder_order);
  g_test_add_func ("/walk/folder/odd-names", test_folder_odd_names);
  g_test_add_func ("/walk/folder/not-files", test_folder_not_files);
  g_test_add_func ("/walk/folder/root", test_folder_root);
  g_test_add_func ("/walk/folder/deep", test_folder_deep);
  g_test_add_func ("/walk/folder/many", test_many);
  g_test_add_func ("/walk/changed", test_changed);
  g_test_add_func ("/walk/cancelled", test_cancelled);
  g_test_add_func ("/walk/paths", test_paths);

  return g_test_run ();
}
