/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "annals-annotations.h"
#include "annals-memos.h"
#include "annals-pdf-document.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "export-fixture.h"

/* The sanitizers make this some thirty times slower. */
#ifdef __SANITIZE_ADDRESS__
#define MANY 100
#else
#define MANY 3000
#endif

static gboolean
add_notes_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);
  g_autofree char *uid = NULL;
  g_autofree char *text = NULL;
  gint64 id, tag;

  if (posts == NULL ||
      !annals_db_add_post_note (db, g_array_index (posts, gint64, 1), "orange", "The **whole** of it.\n\n- grain\n- fog",
                                &id, error) ||
      !annals_db_ensure_tag (db, "weather", &tag, error) || !annals_db_tag_annotation (db, tag, id, error) ||
      !(uid = annals_db_dup_uid (db, ANNALS_RECORD_POST, g_array_index (posts, gint64, 0), error)))
    return FALSE;

  text = g_strdup_printf ("# Who closed it\n\nSee [[post:%s|an older title]].", uid);
  return annals_db_add_memo (db, "Questions", text, &id, error);
}

static void
add_notes (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (f->notebook, "Add notes", add_notes_cb, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
export (Fixture                *f,
        const AnnalsNoteFilter *filter,
        const char             *name)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES, .filter = filter };
  g_autofree char *path = fixture_path (f, name);
  g_autoptr(GError) error = NULL;

  annals_export (f->notebook, &request, "pdf", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The days on which the notes and the file came are those of the test. */
static char *
normalise (const char *text)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *day = g_date_time_format (now, "%-d %B %Y");
  g_autoptr(GRegex) time = g_regex_new ("imported .* UTC", 0, 0, NULL);
  g_autofree char *timeless = g_regex_replace_literal (time, text, -1, 0, "imported TIME", 0, NULL);
  g_auto(GStrv) pieces = g_strsplit (timeless, day, -1);
  g_autofree char *joined = g_strjoinv ("TODAY", pieces);
  g_auto(GStrv) lines = g_strsplit_set (joined, "\n\f", -1);
  GString *normal = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = fold (lines[i]);

      if (*g_strstrip (line) != '\0')
        g_string_append_printf (normal, "%s\n", line);
    }

  return g_string_free (normal, FALSE);
}

static gboolean
has_fonts (void)
{
  const char *argv[] = { "fc-match", "Noto Serif", NULL };
  int status;
  g_autofree char *output = run_tool (argv, &status);

  if (output != NULL && strstr (output, "NotoSerif") != NULL)
    return TRUE;

  g_test_skip ("the font Noto Serif is not installed");
  return FALSE;
}

static void
test_golden (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *normal = NULL;

  add_notes (f);
  export (f, NULL, "out.pdf");
  if (!has_fonts () || !(text = ask (f, "pdftotext", "-layout", "out.pdf", "-")))
    return;

  normal = normalise (text);
  assert_golden (normal, "notes.txt");
}

static void
test_structure (Fixture       *f,
                gconstpointer  data)
{
  static const char * const words[] = {
    "H1 (block) \"Notes\"", "H2 (block) \"Memos\"", "H3 (block) \"Questions\"", "“The harbour closes”",
    "H2 (block) \"The harbour closes\"", "BlockQuote \"“no ship will enter”\"", "\"shipping\"",
    "\"On the whole post\"", "LBody (block) P (block) \"• grain\"", "H2 (block) \"Sources\"",
    "H2 (block) \"Provenance\"",
  };
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *check = NULL;
  g_autofree char *json = NULL;
  g_autofree char *tree = NULL;

  add_notes (f);
  export (f, NULL, "out.pdf");
  check = ask (f, "qpdf", "--check", "out.pdf", NULL);
  text = ask (f, "pdfinfo", "-struct-text", "out.pdf", NULL);
  json = ask (f, "qpdf", "--json", "out.pdf", NULL);
  tree = ask (f, "pdfinfo", "-struct", "out.pdf", NULL);
  if (check == NULL || text == NULL || json == NULL || tree == NULL)
    return;

  assert_structure (tree);

  assert_says (check, "No syntax or stream encoding errors found");
  assert_says (json, "\"/Lang\": \"u:ko\"");
  folded = fold (text);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_says (folded, words[i]);
}

/* Sections are what the filter groups by; only what it lets through is printed. */
static void
test_filter (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  g_autofree char *by_tag = NULL;
  g_autofree char *by_time = NULL;
  g_autofree char *folded = NULL;

  add_notes (f);
  filter->grouping = ANNALS_NOTES_GROUP_TAG;
  filter->kind = ANNALS_NOTES_PASSAGES;
  export (f, filter, "tags.pdf");
  filter->grouping = ANNALS_NOTES_UNGROUPED;
  filter->order = ANNALS_NOTES_BY_CREATED;
  filter->kind = ANNALS_NOTES_MEMOS;
  export (f, filter, "times.pdf");
  if (!(by_tag = ask (f, "pdfinfo", "-struct-text", "tags.pdf", NULL)) ||
      !(by_time = ask (f, "pdftotext", "-raw", "times.pdf", "-")))
    return;

  folded = fold (by_tag);
  assert_says (folded, "H1 (block) \"Annotations\"");
  assert_says (folded, "H2 (block) \"shipping\"");
  assert_says (folded, "H2 (block) \"weather\"");
  assert_says (folded, "H2 (block) \"Without a tag\"");
  assert_says (folded, "\"The harbour closes\" Span (inline) \", Coast Gazette, Mar 2020 · shipping\"");
  g_assert_null (strstr (folded, "Questions"));

  assert_says (by_time, "Memos");
  assert_says (by_time, "Questions");
  g_assert_null (strstr (by_time, "no ship"));
}

/* Where several people made the notes, each says whose it is. */
static void
test_authors (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *alone = NULL;
  g_autofree char *together = NULL;
  g_autofree char *info = NULL;

  export (f, NULL, "alone.pdf");
  annals_notebook_set_author (f->notebook, "Brynjolf");
  add_notes (f);
  export (f, NULL, "together.pdf");
  if (!(alone = ask (f, "pdftotext", "-raw", "alone.pdf", "-")) ||
      !(together = ask (f, "pdftotext", "-raw", "together.pdf", "-")) ||
      !(info = ask (f, "pdfinfo", "-isodates", "together.pdf", NULL)))
    return;

  g_assert_null (strstr (alone, "\nAda\n"));
  assert_says (together, "\nAda\n");
  assert_says (together, "\nBrynjolf\n");
  assert_says (info, "Brynjolf");
}

static void
test_same_bytes (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *first = fixture_path (f, "first.pdf");
  g_autofree char *second = fixture_path (f, "second.pdf");
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize n, m;

  add_notes (f);
  export (f, NULL, "first.pdf");
  g_setenv ("TZ", "Pacific/Chatham", TRUE);
  tzset ();
  export (f, NULL, "second.pdf");
  g_unsetenv ("TZ");
  tzset ();
  g_assert_true (g_file_get_contents (first, &a, &n, NULL));
  g_assert_true (g_file_get_contents (second, &b, &m, NULL));
  g_assert_cmpmem (a, n, b, m);
}

static gboolean
add_many_cb (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);

  for (guint i = 0; posts != NULL && i < MANY; i++)
    {
      g_autofree char *note = g_strdup_printf ("Note %u of *many*.", i + 1);
      guint start = i % 20;
      gint64 id;

      if (!annals_db_add_annotation (db, g_array_index (posts, gint64, i % posts->len), start, start + 12, "blue", note,
                                     &id, error))
        return FALSE;
    }

  return posts != NULL;
}

/* No page begins with what is said of a quotation that stands on the one before. */
static void
assert_notes_below_quotations (const char *text)
{
  g_auto(GStrv) pages = g_strsplit (text, "\f", -1);

  for (guint i = 0; pages[i] != NULL; i++)
    {
      const char *note = strstr (pages[i], "of many.");
      const char *quotation = strstr (pages[i], "“");

      g_assert_true (note == NULL || (quotation != NULL && quotation < note));
    }
}

/* Over many pages of notes nothing is lost, and the contents lead to every section. */
static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *dests = NULL;

  annals_notebook_change (f->notebook, "Add many", add_many_cb, NULL, NULL, &error);
  g_assert_no_error (error);
  export (f, NULL, "many.pdf");
  if (!(text = ask (f, "pdftotext", "-raw", "many.pdf", "-")) ||
      !(dests = ask (f, "pdfinfo", "-dests", "many.pdf", NULL)))
    return;

  assert_says (text, "Contents");
  for (guint i = 1; i <= MANY; i++)
    {
      g_autofree char *note = g_strdup_printf ("Note %u of many.", i);

      assert_says (text, note);
    }
  assert_notes_below_quotations (text);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("\"section-%u\"", i);

      assert_says (dests, name);
    }
}

static gboolean
tag_twice_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);
  gint64 *note = data;
  gint64 fog, ice;

  return posts != NULL &&
         annals_db_add_annotation (db, g_array_index (posts, gint64, 0), 0, 9, "blue", "Said once.", note, error) &&
         annals_db_ensure_tag (db, "fog", &fog, error) && annals_db_tag_annotation (db, fog, *note, error) &&
         annals_db_ensure_tag (db, "ice", &ice, error) && annals_db_tag_annotation (db, ice, *note, error);
}

/* One that has two tags stands below both of them and is counted once. */
static void
test_tagged_twice (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  g_autofree char *said = NULL;
  const char *count;
  gint64 note;

  annals_notebook_change (f->notebook, "Tag twice", tag_twice_cb, &note, NULL, &error);
  g_assert_no_error (error);
  filter->grouping = ANNALS_NOTES_GROUP_POST;
  export (f, filter, "posts.pdf");
  filter->grouping = ANNALS_NOTES_GROUP_TAG;
  export (f, filter, "tags.pdf");
  if (!(text = ask (f, "pdftotext", "-raw", "tags.pdf", "-")) ||
      !(other = ask (f, "pdftotext", "-raw", "posts.pdf", "-")))
    return;

  count = strstr (text, "Said once.");
  g_assert_nonnull (count);
  g_assert_nonnull (strstr (count + 1, "Said once."));

  count = strstr (text, " passages");
  g_assert_nonnull (count);
  while (count > text && g_ascii_isdigit (count[-1]))
    count--;
  said = g_strndup (count, strcspn (count, "s"));   /* "5 pa" */
  assert_says (other, said);
}

typedef struct
{
  Fixture  *f;
  gint64    note;
  gboolean  changed;
} Rewriting;

static gboolean
rewrite_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Rewriting *self = data;

  return annals_db_set_annotation_note (db, self->note, "Said otherwise.", error);
}

/* On the export's thread. */
static void
rewrite_meanwhile_cb (double   fraction,
                      gpointer user_data)
{
  Rewriting *self = user_data;
  g_autoptr(GError) error = NULL;

  if (self->changed)
    return;

  annals_notebook_change (self->f->notebook, "Rewrite", rewrite_cb, self, NULL, &error);
  g_assert_no_error (error);
  self->changed = TRUE;
}

/* What is printed is what was there when it began, whatever is written meanwhile. */
static void
test_one_moment (Fixture       *f,
                 gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES };
  Rewriting rewriting = { .f = f };
  g_autofree char *path = fixture_path (f, "moment.pdf");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  annals_notebook_change (f->notebook, "Add", tag_twice_cb, &rewriting.note, NULL, &error);
  g_assert_no_error (error);
  annals_export (f->notebook, &request, "pdf", path, TRUE, NULL, rewrite_meanwhile_cb, &rewriting, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rewriting.changed);
  if (!(text = ask (f, "pdftotext", "-raw", "moment.pdf", "-")))
    return;

  assert_says (text, "Said once.");
  g_assert_null (strstr (text, "Said otherwise."));
}

/* A disk that is full: said in one sentence, and nothing is left behind. */
static void
test_full (Fixture       *f,
           gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES };
  g_autofree char *path = fixture_path (f, "full.pdf");
  g_autofree char *names = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit old, small;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  add_notes (f);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (annals_export (f->notebook, &request, "pdf", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  signal (SIGXFSZ, handler);

  g_assert_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE);
  assert_says (error->message, "larger than is allowed");
  names = fixture_list (f);
  g_assert_null (strstr (names, "annals-export"));
  g_assert_null (strstr (names, "full"));
}

static void
stop_cb (double   fraction,
         gpointer user_data)
{
  if (fraction > 0.6)
    g_cancellable_cancel (user_data);
}

/* It is given up in the middle of the pages. */
static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = fixture_path (f, "cancelled.pdf");
  g_autoptr(GError) error = NULL;
  g_autofree char *names = NULL;

  annals_notebook_change (f->notebook, "Add many", add_many_cb, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (annals_export (f->notebook, &request, "pdf", path, TRUE, NULL, stop_cb, cancellable, NULL,
                                 cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  names = fixture_list (f);
  g_assert_null (strstr (names, "annals-export"));
  g_assert_null (strstr (names, "cancelled"));
}

/* Nothing to print is a page that says so, and it can be printed as well. */
static void
test_none (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES, .filter = filter };
  g_autoptr(AnnalsPdfDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  filter->kind = ANNALS_NOTES_MEMOS;
  export (f, filter, "none.pdf");
  document = annals_pdf_document_new (f->notebook, &request, NULL, 0, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (annals_pdf_document_get_n_pages (document), ==, 1);

  if ((text = ask (f, "pdftotext", "-raw", "none.pdf", "-")) != NULL)
    assert_says (text, "There is nothing here.");
}

#define ADD(name, func) \
  g_test_add ("/export/pdf-notes/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("golden", test_golden);
  ADD ("structure", test_structure);
  ADD ("filter", test_filter);
  ADD ("authors", test_authors);
  ADD ("same-bytes", test_same_bytes);
  ADD ("many", test_many);
  ADD ("tagged-twice", test_tagged_twice);
  ADD ("one-moment", test_one_moment);
  ADD ("full", test_full);
  ADD ("cancel", test_cancel);
  ADD ("none", test_none);

  return g_test_run ();
}
