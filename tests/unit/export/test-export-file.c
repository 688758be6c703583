/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export-fixture.h"

static const char * const formats[] = { "pdf", "json", "svg", "png" };

static gboolean
export_to (Fixture               *f,
           gint64                 timeline_id,
           const char            *format,
           const char            *path,
           gboolean               overwrite,
           AnnalsExportProgress   progress,
           gpointer               progress_data,
           GCancellable          *cancellable,
           GError               **error)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = timeline_id };

  return annals_export (f->notebook, &request, format, path, overwrite, NULL, progress, progress_data, NULL, cancellable,
                        error);
}

/* Exports to @path and expects the error @code, a message with @word and nothing changed. */
static void
assert_refused (Fixture    *f,
                const char *format,
                const char *path,
                gboolean    overwrite,
                int         code,
                const char *word)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *before = fixture_list (f);
  g_autofree char *after = NULL;

  g_assert_false (export_to (f, f->timeline_id, format, path, overwrite, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_EXPORT_ERROR, code);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” does not say “%s”", error->message, word);
  g_assert_null (strchr (error->message, '\n'));

  after = fixture_list (f);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_contents (const char *path,
                 const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_formats (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *path = fixture_path (f, "out");
  g_autoptr(GPtrArray) known = annals_export_get_formats (ANNALS_EXPORT_TIMELINE);

  for (guint i = 0; i < known->len; i++)
    {
      const AnnalsExportFormat *format = g_ptr_array_index (known, i);
      g_autofree char *name = g_strconcat ("a.name", format->extension, NULL);
      const AnnalsExportFormat *guessed = annals_export_guess_format (ANNALS_EXPORT_TIMELINE, name);

      g_assert_true (annals_export_get_format (ANNALS_EXPORT_TIMELINE, format->id) == format);
      g_assert_cmpstr (guessed->extension, ==, format->extension);
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    g_assert_nonnull (annals_export_get_format (ANNALS_EXPORT_TIMELINE, formats[i]));
  g_assert_null (annals_export_get_format (ANNALS_EXPORT_NOTES, "docx"));
  g_assert_null (annals_export_guess_format (ANNALS_EXPORT_TIMELINE, "json"));

  assert_refused (f, "docx", path, FALSE, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT, "pdf, ");
  assert_refused (f, "", path, FALSE, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT, "pdf, ");
}

static void
test_targets (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *file = fixture_path (f, "file");
  g_autofree char *below_file = fixture_path (f, "file/out");
  g_autofree char *nowhere = fixture_path (f, "no such folder/out");
  g_autofree char *slash = fixture_path (f, "new/");
  g_autofree char *dangling = fixture_path (f, "dangling");
  g_autofree char *pipe = fixture_path (f, "pipe");

  g_assert_true (g_file_set_contents (file, "precious", -1, NULL));
  g_assert_cmpint (symlink ("nothing", dangling), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const char *format = formats[i];

      assert_refused (f, format, f->folder, TRUE, ANNALS_EXPORT_ERROR_TARGET, "folder");
      assert_refused (f, format, slash, TRUE, ANNALS_EXPORT_ERROR_TARGET, "folder");
      assert_refused (f, format, "", TRUE, ANNALS_EXPORT_ERROR_TARGET, "empty");
      assert_refused (f, format, "/dev/full", TRUE, ANNALS_EXPORT_ERROR_TARGET, "ordinary");
      assert_refused (f, format, pipe, TRUE, ANNALS_EXPORT_ERROR_TARGET, "ordinary");
      assert_refused (f, format, dangling, TRUE, ANNALS_EXPORT_ERROR_TARGET, "nowhere");
      assert_refused (f, format, file, FALSE, ANNALS_EXPORT_ERROR_TARGET, "already");
      assert_refused (f, format, below_file, TRUE, ANNALS_EXPORT_ERROR_WRITE, "not a folder");
      assert_refused (f, format, nowhere, TRUE, ANNALS_EXPORT_ERROR_WRITE, "no such folder");
      assert_refused (f, format, "/proc/out", TRUE, ANNALS_EXPORT_ERROR_WRITE, "/proc/out");
    }

  assert_contents (file, "precious");
  g_assert_true (g_file_test ("/dev/full", G_FILE_TEST_EXISTS));
}

/* By its name, through a link, through another name of the same file, and the files beside it. */
static void
test_notebook_itself (Fixture       *f,
                      gconstpointer  data)
{
  const char *notebook = annals_notebook_get_path (f->notebook);
  g_autofree char *link = fixture_path (f, "link");
  g_autofree char *hard = fixture_path (f, "hard");
  g_autofree char *wal = g_strconcat (notebook, "-wal", NULL);
  g_autofree char *journal = g_strconcat (notebook, "-journal", NULL);
  g_autofree char *roundabout = g_strdup_printf ("%s/./../%s/sund.annals-journal", f->folder,
                                                 strrchr (f->folder, '/') + 1);

  g_assert_cmpint (symlink (notebook, link), ==, 0);
  g_assert_cmpint (symlink ("link", hard), ==, 0);
  assert_refused (f, "json", notebook, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");
  assert_refused (f, "json", link, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");
  assert_refused (f, "json", hard, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");
  assert_refused (f, "json", wal, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");
  assert_refused (f, "json", journal, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");
  assert_refused (f, "json", roundabout, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");

  g_assert_cmpint (g_unlink (hard), ==, 0);
  g_assert_cmpint (linkat (AT_FDCWD, notebook, AT_FDCWD, hard, 0), ==, 0);
  assert_refused (f, "pdf", hard, TRUE, ANNALS_EXPORT_ERROR_TARGET, "notebook itself");
}

static void
test_overwrite (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *file = fixture_path (f, "file");
  g_autofree char *link = fixture_path (f, "link");
  g_autofree char *json = NULL;
  g_autofree char *names = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  g_assert_cmpint (g_chmod (file, 0640), ==, 0);
  g_assert_cmpint (symlink ("file", link), ==, 0);

  json = fixture_export (f, "json", NULL, "link", NULL);
  g_assert_true (g_str_has_prefix (json, "{"));

  /* the file that the link leads to is new; the link is still one */
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_contents (file, json);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);

  names = fixture_list (f);
  g_assert_null (strstr (names, "annals-export"));
}

/* A file that may grow to 4 kB only is what a full disk is: a write fails in the middle. */
static void
test_full (Fixture       *f,
           gconstpointer  data)
{
  struct rlimit old, small;
  g_autofree char *new_file = fixture_path (f, "new");
  g_autofree char *old_file = fixture_path (f, "old");
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  g_assert_true (g_file_set_contents (old_file, "precious", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);

  small = old;
  small.rlim_cur = 4096;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *names = NULL;
      const char *paths[] = { new_file, old_file };

      for (guint j = 0; j < G_N_ELEMENTS (paths); j++)
        {
          g_clear_error (&error);
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
          export_to (f, f->timeline_id, formats[i], paths[j], TRUE, NULL, NULL, NULL, &error);
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
          g_assert_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE);
          g_assert_nonnull (strstr (error->message, paths[j]));
          g_assert_nonnull (strstr (error->message, "larger than is allowed"));
        }

      names = fixture_list (f);
      g_assert_null (strstr (names, "annals-export"));
      g_assert_null (strstr (names, "new"));
    }

  assert_contents (old_file, "precious");
  signal (SIGXFSZ, handler);
}

static void
test_no_such_timeline (Fixture       *f,
                       gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *path = fixture_path (f, "out");

      g_assert_false (export_to (f, 404, formats[i], path, FALSE, NULL, NULL, NULL, &error));
      g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

typedef struct
{
  GCancellable *cancellable;
  double        last;
  guint         n_calls;
} Watch;

static void
watch_cb (double   fraction,
          gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->last = fraction;
  watch->n_calls++;
  if (watch->cancellable != NULL && fraction > 0.6)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_progress (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fixture_path (f, "out");
  Watch watch = { 0 };

  g_assert_true (export_to (f, f->timeline_id, "pdf", path, FALSE, watch_cb, &watch, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (watch.last, ==, 1);
  g_assert_cmpuint (watch.n_calls, >=, 12);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = fixture_path (f, "out");
  g_autofree char *before = fixture_list (f);
  g_autofree char *after = NULL;
  Watch watch = { .cancellable = cancellable };

  g_assert_false (export_to (f, f->timeline_id, "pdf", path, FALSE, watch_cb, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (watch.last, <, 1);
  after = fixture_list (f);
  g_assert_cmpstr (after, ==, before);
}

/* The beginning is what the file begins with, and nothing is written anywhere. */
static void
test_head (Fixture       *f,
           gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };
  g_autofree char *before = fixture_list (f);
  g_autofree char *path = fixture_path (f, "out");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) head = NULL;
      g_autoptr(GBytes) all = NULL;
      g_autofree char *contents = NULL;
      g_autofree char *after = fixture_list (f);
      gsize length;
      gboolean whole = TRUE;

      head = annals_export_read_head (f->notebook, &request, formats[i], NULL, 100, &whole, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (whole);
      g_assert_cmpuint (g_bytes_get_size (head), ==, 100);
      g_assert_cmpstr (after, ==, before);

      all = annals_export_read_head (f->notebook, &request, formats[i], NULL, 1 << 24, &whole, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (whole);

      g_assert_true (export_to (f, f->timeline_id, formats[i], path, TRUE, NULL, NULL, NULL, &error));
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_cmpmem (contents, length, g_bytes_get_data (all, NULL), g_bytes_get_size (all));
      g_assert_cmpmem (contents, 100, g_bytes_get_data (head, NULL), 100);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
test_head_fails (Fixture       *f,
                 gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id + 1 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) missing = NULL;
  g_autoptr(GError) cancelled = NULL;
  gboolean whole;

  g_assert_null (annals_export_read_head (f->notebook, &request, "json", NULL, 100, &whole, NULL, &missing));
  g_assert_error (missing, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);

  request.timeline_id = f->timeline_id;
  g_cancellable_cancel (cancellable);
  g_assert_null (annals_export_read_head (f->notebook, &request, "json", NULL, 100, &whole, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, func) \
  g_test_add ("/export/file/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("formats", test_formats);
  ADD ("targets", test_targets);
  ADD ("notebook-itself", test_notebook_itself);
  ADD ("overwrite", test_overwrite);
  ADD ("full", test_full);
  ADD ("no-such-timeline", test_no_such_timeline);
  ADD ("progress", test_progress);
  ADD ("cancel", test_cancel);
  ADD ("head", test_head);
  ADD ("head-fails", test_head_fails);

  return g_test_run ();
}
