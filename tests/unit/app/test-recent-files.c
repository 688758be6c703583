/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's list of files used last: a notebook comes and goes, and what others have put there stays. */
#include "config.h"

#include <glib/gstdio.h>

#include "annals-recent-files.h"

#define NOTEBOOK "file:///home/ada/Fl%C3%B3d.annals"
#define LETTER "file:///home/ada/letter.odt"

typedef struct
{
  char *folder;
  char *list;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("annals-recent-XXXXXX", NULL);
  f->list = g_build_filename (f->folder, "data", "recently-used.xbel", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *data_folder = g_path_get_dirname (f->list);

  g_unlink (f->list);
  g_rmdir (data_folder);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->list);
  g_free (f->folder);
}

static void
put (Fixture    *f,
     const char *content)
{
  g_autofree char *folder = g_path_get_dirname (f->list);
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (f->list, content, -1, &error);
  g_assert_no_error (error);
}

static GBookmarkFile *
load (Fixture *f)
{
  GBookmarkFile *files = g_bookmark_file_new ();
  g_autoptr(GError) error = NULL;

  g_bookmark_file_load_from_file (files, f->list, &error);
  g_assert_no_error (error);

  return files;
}

static void
change (Fixture    *f,
        const char *uri,
        gboolean    keep)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (annals_recent_files_change (f->list, uri, keep, &error));
  g_assert_no_error (error);
}

static void
test_first (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GBookmarkFile) files = NULL;
  g_autofree char *type = NULL;
  g_autofree char *command = NULL;
  guint count = 0;
  GStatBuf status;

  change (f, NOTEBOOK, TRUE);
  change (f, NOTEBOOK, TRUE);
  files = load (f);
  g_assert_cmpint (g_bookmark_file_get_size (files), ==, 1);
  type = g_bookmark_file_get_mime_type (files, NOTEBOOK, NULL);
  g_assert_cmpstr (type, ==, "application/x-annals");
  g_assert_true (g_bookmark_file_get_application_info (files, NOTEBOOK, "Annals", &command, &count, NULL, NULL));
  g_assert_cmpstr (command, ==, "annals " NOTEBOOK);
  g_assert_cmpuint (count, ==, 2);

  /* nobody else's business */
  g_assert_cmpint (g_stat (f->list, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_others_stay (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GBookmarkFile) before = g_bookmark_file_new ();
  g_autoptr(GBookmarkFile) after = NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  g_bookmark_file_set_title (before, LETTER, "A <letter>");
  g_bookmark_file_set_mime_type (before, LETTER, "application/vnd.oasis.opendocument.text");
  g_bookmark_file_add_application (before, LETTER, "Writer", "writer %f");
  g_bookmark_file_add_group (before, LETTER, "Office");
  g_bookmark_file_set_is_private (before, LETTER, TRUE);
  was = g_bookmark_file_to_data (before, NULL, NULL);
  put (f, was);

  change (f, NOTEBOOK, TRUE);
  after = load (f);
  g_assert_true (g_bookmark_file_has_item (after, NOTEBOOK));
  g_assert_true (g_bookmark_file_has_item (after, LETTER));

  change (f, NOTEBOOK, FALSE);
  g_assert_true (g_file_get_contents (f->list, &is, NULL, NULL));
  g_assert_cmpstr (is, ==, was);
}

static void
test_nothing_to_take (Fixture       *f,
                      gconstpointer  data)
{
  change (f, NOTEBOOK, FALSE);
  g_assert_false (g_file_test (f->list, G_FILE_TEST_EXISTS));
}

static void
test_damaged (Fixture       *f,
              gconstpointer  data)
{
  const char *damaged = "<?xml version=\"1.0\"?><xbel version=\"1.0\"><bookmark href=\"";
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;

  put (f, damaged);
  g_assert_false (annals_recent_files_change (f->list, NOTEBOOK, TRUE, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (f->list, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, damaged);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_set_application_name ("Annals");

  g_test_add ("/recent-files/first", Fixture, NULL, set_up, test_first, tear_down);
  g_test_add ("/recent-files/others-stay", Fixture, NULL, set_up, test_others_stay, tear_down);
  g_test_add ("/recent-files/nothing-to-take", Fixture, NULL, set_up, test_nothing_to_take, tear_down);
  g_test_add ("/recent-files/damaged", Fixture, NULL, set_up, test_damaged, tear_down);

  return g_test_run ();
}
