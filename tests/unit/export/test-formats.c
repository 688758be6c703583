/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-importer.h"
#include "annals-imports.h"
#include "annals-markdown-copy.h"
#include "annals-named.h"
#include "annals-timelines.h"
#include "formats-fixture.h"

typedef struct
{
  AnnalsExportSubject  subject;
  const char          *format;
  const char          *golden;
  const char          *script;     /* (nullable): that checks it */
  const char          *argument;
} Case;

static const Case cases[] = {
  { ANNALS_EXPORT_TIMELINE, "timelinejs", "timelinejs.json", "timelinejs.py", "-" },
  { ANNALS_EXPORT_TIMELINE, "html", "timeline.html", "check-html.py", "-" },
  { ANNALS_EXPORT_TIMELINE, "markdown", "timeline.md", "check-markdown.py", "The closed harbour" },
  { ANNALS_EXPORT_TIMELINE, "csv", "timeline.csv", "check-csv.py", "26" },
  { ANNALS_EXPORT_POSTS, "json", "posts.json", NULL, NULL },
  { ANNALS_EXPORT_POSTS, "csl", "posts.csl.json", "check-citations.py", "csl" },
  { ANNALS_EXPORT_POSTS, "bibtex", "posts.bib", "check-citations.py", "bibtex" },
  { ANNALS_EXPORT_POSTS, "ris", "posts.ris", "check-citations.py", "ris" },
  { ANNALS_EXPORT_POSTS, "markdown", "posts.md", "check-markdown.py", "Sund 2020" },
  { ANNALS_EXPORT_POSTS, "csv", "posts.csv", "check-csv.py", "14" },
};

static void
test_golden (Fixture       *f,
             gconstpointer  data)
{
  const Case *c = data;
  g_autofree char *text = formats_export (f, c->subject, NULL, c->format, c->golden, NULL);
  g_autofree char *again = formats_export (f, c->subject, NULL, c->format, "again", NULL);
  g_autofree char *normal = formats_normalise (text);

  g_assert_cmpstr (text, ==, again);
  assert_golden (normal, c->golden);
}

static void
test_checked (Fixture       *f,
              gconstpointer  data)
{
  const Case *c = data;
  g_autofree char *text = NULL;

  if (c->subject == ANNALS_EXPORT_TIMELINE && !g_str_equal (c->format, "csv"))
    fixture_add_events (f, 200);
  text = formats_export (f, c->subject, NULL, c->format, c->golden, NULL);
  formats_check (f, c->script, c->argument, c->golden);
}

static void
test_posts_schema (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "..", "data", "schemas", "annals-posts-1.schema.json", NULL);
  g_autofree char *text = formats_export (f, ANNALS_EXPORT_POSTS, "", "json", "posts.json", NULL);

  g_assert_cmpint (*text, ==, '{');
  formats_check (f, "validate.py", schema, "posts.json");
}

static void
test_timelinejs_remarks (Fixture       *f,
                         gconstpointer  data)
{
  g_autofree char *remarks = NULL;
  g_autofree char *json = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "timelinejs", "t.json", &remarks);

  assert_says (remarks, "1 event stands at its end, because TimelineJS has no event whose beginning is not known: “Talk of a "
                        "sickness”");
  assert_says (remarks, "2 events are left out, because TimelineJS has no event without a date: “Dated /”, “An old saying”");
  assert_says (remarks, "Times of day are in UTC");
  g_assert_null (strstr (json, "An old saying"));
  g_assert_null (strstr (json, "<script"));
  assert_says (json, "\"display_date\" : \"about March 2020\"");
}

static gboolean
add_undated (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Fixture *f = data;
  g_autoptr(AnnalsDate) date = annals_date_new_undated ();

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *title = g_strdup_printf ("Undated %04u, of which there is more to say than a remark can hold", i);
      gint64 id;

      if (!annals_db_add_event (db, f->timeline_id, 0, date, title, "", &id, error))
        return FALSE;
    }

  return TRUE;
}

/* Thousands of events without a date are one sentence. */
static void
test_timelinejs_many_remarks (Fixture       *f,
                              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *remarks = NULL;
  g_autofree char *json = NULL;

  annals_notebook_change (f->notebook, "Add undated events", add_undated, f, NULL, &error);
  g_assert_no_error (error);
  json = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "timelinejs", "t.json", &remarks);
  assert_says (remarks, "3002 events are left out, because TimelineJS has no event without a date: “Dated /”, “An old saying”, ");
  assert_says (remarks, "“Undated 0005, of which there is more to say than a remark ca” and 2994 more");
  g_assert_cmpuint (strlen (remarks), <, 2000);
}

static gboolean
add_far (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Fixture *f = data;
  g_autoptr(AnnalsDate) date = annals_date_parse ("Y-400000/Y-300000", error);
  gint64 id;

  return date != NULL && annals_db_add_event (db, f->timeline_id, 0, date, "A far time", "", &id, error);
}

static void
test_timelinejs_cosmological (Fixture       *f,
                              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *remarks = NULL;
  g_autofree char *json = NULL;

  annals_notebook_change (f->notebook, "Add a far event", add_far, f, NULL, &error);
  g_assert_no_error (error);
  json = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "timelinejs", "t.json", &remarks);
  formats_check (f, "timelinejs.py", "-", "t.json");
  assert_says (json, "\"scale\" : \"cosmological\"");
  assert_says (json, "\"year\" : -400000");
  g_assert_null (strstr (json, "\"month\""));
  assert_says (remarks, "Only the years of dates are given");
  g_assert_null (strstr (remarks, "Times of day"));
}

static void
test_html_paper (Fixture       *f,
                 gconstpointer  data)
{
  AnnalsExportOptions letter = { .paper = ANNALS_PAPER_LETTER };
  g_autofree char *with_notes = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "html", "a.html", NULL);
  g_autofree char *without = fixture_export (f, "html", &letter, "b.html", NULL);

  assert_says (with_notes, "@page{size:A4;");
  assert_says (with_notes, "id=\"notes\"");
  assert_says (without, "@page{size:letter;");
  g_assert_null (strstr (without, "id=\"notes\""));
  g_assert_null (strstr (with_notes, "javascript:alert(1)\""));
}

/* A query's posts, best first; ids alone in their own order; what is not asked for is not there. */
static void
test_posts_asked_for (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *few = formats_export (f, ANNALS_EXPORT_POSTS, "source:\"Coast Gazette\" before:1970", "ris", "few.ris", NULL);
  g_autofree char *none = formats_export (f, ANNALS_EXPORT_POSTS, "source:\"Sund Post\" is:starred", "csl", "none.json", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fixture_path (f, "bad.ris");
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_POSTS, .query = "before:" };

  g_assert_nonnull (strstr (few, "TI  - A decade\r\n"));
  g_assert_null (strstr (few, "The harbour closes"));
  g_assert_cmpstr (none, ==, "[]\n");

  g_assert_false (annals_export (f->notebook, &request, "ris", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What left for TimelineJS is the notebook's own when it comes back, whatever its dates and names look like. */
static void
test_timelinejs_back (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *json = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "timelinejs", "t.json", NULL);
  g_autofree char *path = fixture_path (f, "t.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImport) done = annals_import_file (f->notebook, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (done->format, ==, "timelinejs");
  g_assert_cmpuint (done->n_unchanged, ==, 24);
  g_assert_cmpuint (done->n_read, ==, 24);
  g_assert_cmpuint (done->n_issues, ==, 0);
}

typedef struct
{
  char *post;
  char *annotation;
  char *event;
} Copies;

static gboolean
copy_records (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Copies *copies = data;
  gint64 post, event;
  g_autoptr(GPtrArray) annotations = NULL;

  if (!annals_db_find (db, ANNALS_RECORD_POST, "title:The harbour closes", &post, error) ||
      !annals_db_find (db, ANNALS_RECORD_EVENT, "title:The harbour is closed", &event, error) ||
      !(annotations = annals_db_list_annotations (db, post, error)))
    return FALSE;

  copies->post = annals_db_dup_post_markdown (db, post, error);
  copies->annotation = annals_db_dup_annotation_markdown (db, ((AnnalsAnnotation *) annotations->pdata[0])->id, error);
  copies->event = annals_db_dup_event_markdown (db, event, error);
  return copies->post != NULL && copies->annotation != NULL && copies->event != NULL;
}

#define HARBOUR \
  "[The harbour closes](https://news.example/harbour?page=%281%29), Ada Berg, Coast Gazette, March 2020\n"

static void
test_copies (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  Copies copies = { 0 };

  annals_notebook_read (f->notebook, copy_records, &copies, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copies.post, ==, HARBOUR);
  g_assert_cmpstr (copies.annotation, ==, "> “no ship will enter”\n>\n> — " HARBOUR "\nThe *first* order.\n\n"
                   "Ask the **archive**.\n\n#shipping\n");
  g_assert_cmpstr (copies.event, ==, "### The harbour is closed\n\n*2 March 2020*\n\nClosed *at noon*; **all** ships, see "
                   "[the order](https://city.example/order).\n\n1.  ferries\n2.  freight\n\n> “no ship will enter”\n>\n> — "
                   HARBOUR "\nSaid on the quay.\n\n> “one ship entered at night”\n>\n> — **Contradicts:** Grain ships wait "
                   "outside, Sund Post, 9 March 2020\n\n> “항구가 월요일에 폐쇄되었다”\n>\n> — 항구 폐쇄\n");
  g_free (copies.post);
  g_free (copies.annotation);
  g_free (copies.event);
}

static void
test_byte_order_mark (Fixture       *f,
                      gconstpointer  data)
{
  static const AnnalsExportSubject subjects[] = { ANNALS_EXPORT_TIMELINE, ANNALS_EXPORT_NOTES, ANNALS_EXPORT_POSTS };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    for (guint with = 0; with < 2; with++)
      {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = fixture_path (f, "x.csv");
        g_autofree char *text = NULL;
        AnnalsExportRequest request = { .subject = subjects[i], .timeline_id = f->timeline_id };
        AnnalsExportOptions options = { .byte_order_mark = with };

        g_assert_true (annals_export (f->notebook, &request, "csv", path, TRUE, &options, NULL, NULL, NULL, NULL, &error));
        g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
        g_assert_cmpint (g_str_has_prefix (text, "\xef\xbb\xbf"), ==, with);
      }
}

static void
test_cancelled (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *path = fixture_path (f, "cancelled");
      AnnalsExportRequest request = { .subject = cases[i].subject, .timeline_id = f->timeline_id };

      g_assert_false (annals_export (f->notebook, &request, cases[i].format, path, TRUE, NULL, NULL, NULL, NULL, cancellable,
                                     &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static const struct { const char *title, *edtf, *bibtex; } dated[] = {
  { "Unknown end", "2030-03/", "{Unknown end},\n  date = {2030-03/}" },
  { "Open end", "2030-03/..", "{Open end},\n  date = {2030-03/..}" },
  { "Unknown beginning", "/2030-03", "{Unknown beginning},\n  date = {/2030-03}" },
  { "Open beginning", "../2030-03", "{Open beginning},\n  date = {../2030-03}" },
  { "One of the later ones", "[2030-03..]", "{One of the later ones},\n  date = {2030-03/}" },
  { "All later ones", "{2030-03..}", "{All later ones},\n  date = {2030-03/..}" },
  { "North Korea speaks", "2030", "{{North Korea speaks}},\n  date = {2030}" },
  { "“Quoted” first", "2032", "{“Quoted” first},\n  date = {2032}" },
  { "iOS", "2033", "{{iOS}},\n  date = {2033}" },
};

static gboolean
store_dated (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 import_id;

  if (!annals_db_begin_import (db, "", "dated.html", "html", "Dated", "{}", &import_id, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (dated); i++)
    {
      g_autofree char *identity = g_strdup_printf ("dated:%u", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_html (identity, -1, NULL);
      g_autoptr(AnnalsDate) date = annals_date_parse (dated[i].edtf, error);
      g_autoptr(GBytes) markup = g_bytes_new (identity, strlen (identity));
      AnnalsStored stored;
      gint64 id;
      AnnalsNewPost post = { .identity = identity, .title = dated[i].title, .published = date, .place = i + 1,
                             .language = "pt-BR", .text = text, .markup = markup, .markup_kind = "html" };

      if (date == NULL || !annals_db_store_post (db, import_id, &post, &stored, &id, error))
        return FALSE;
    }

  return annals_db_finish_import (db, import_id, "c17f121437275d79c17f121437275d79c17f121437275d79c17f121437275d79", 99,
                                  G_N_ELEMENTS (dated), G_N_ELEMENTS (dated), 0, 0, 0, 0.1, error);
}

/* What biblatex tells apart: an end that is not known and none at all; capitals that are a name's. */
static void
test_bibtex_fields (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *entries = NULL;

  annals_notebook_bulk (f->notebook, store_dated, NULL, NULL, &error);
  g_assert_no_error (error);

  entries = formats_export (f, ANNALS_EXPORT_POSTS, NULL, "bibtex", "dated.bib", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (dated); i++)
    {
      g_autofree char *fields = g_strdup_printf ("title = %s,\n  urldate = {", dated[i].bibtex);

      assert_says (entries, fields);
    }
  assert_says (entries, "langid = {brazilian}");
  formats_check (f, "check-citations.py", "bibtex", "dated.bib");
}

static gboolean
store_asking (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_html ("asking", -1, NULL);
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", error);
  g_autoptr(GBytes) markup = g_bytes_new_static ("asking", 6);
  AnnalsStored stored;
  gint64 import_id;
  AnnalsNewPost post = { .identity = "asking", .title = "Who closed it?", .author = "Yahoo!", .source = "Paper & Co.",
                         .published = date, .place = 1, .text = text, .markup = markup, .markup_kind = "html" };

  return date != NULL && annals_db_begin_import (db, "", "asking.html", "html", "Asking", "{}", &import_id, error) &&
         annals_db_store_post (db, import_id, &post, &stored, data, error) &&
         annals_db_finish_import (db, import_id, "c17f121437275d79c17f121437275d79c17f121437275d79c17f121437275d79", 99, 1,
                                  1, 0, 0, 0, 0.1, error);
}

typedef struct
{
  gint64 timeline_id;
  gint64 post_id;
} Cited;

static gboolean
cite_asking (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Cited *cited = data;
  gint64 id;

  return annals_db_add_event_of_post (db, cited->timeline_id, cited->post_id, &id, error);
}

/* What brings its own mark gets no full stop behind it. */
static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *markdown = NULL;
  g_autofree char *html = NULL;
  Cited cited = { .timeline_id = f->timeline_id };

  annals_notebook_bulk (f->notebook, store_asking, &cited.post_id, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_change (f->notebook, "Cite", cite_asking, &cited, NULL, &error);
  g_assert_no_error (error);

  markdown = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "markdown", "t.md", NULL);
  assert_says (markdown, ": Who closed it? Yahoo! Paper & Co. March 2020 (month known, day unknown). Imported from");
  html = formats_export (f, ANNALS_EXPORT_TIMELINE, NULL, "html", "t.html", NULL);
  assert_says (html, "Who closed it?</bdi></cite> <bdi>Yahoo!</bdi> <bdi>Paper &amp; Co.</bdi> <bdi>March 2020");
}

#define REFERENCE "[[post:c29f4ab3-71c0-5c5e-8d1f-2f6a9be0c1d2|Harbour]]"
#define N_RANDOM 500

static guint
count_of (const char *text,
          const char *piece)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, piece)) != NULL; at += strlen (piece))
    n++;

  return n;
}

/* What stands for references while a text is written anew is never something that the person wrote. */
static void
test_linked (void)
{
  static const char * const private[] = { "\xee\x80\x80", "\xf4\x8f\xbf\xbd", "\xf4\x8f\xbf\xbc" };
  static const char * const pieces[] = {
    "\xee\x80\x80", "\xf4\x8f\xbf\xbd", "\xf4\x8f\xbf\xbc", "&#xE000;", "&#x10FFFD;", "0", "1", "*word*", " ",
    "\n\n", "> ", "- ", "it", REFERENCE, REFERENCE,
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr(GString) text = g_string_new ("A ");
      g_autoptr(GString) out = g_string_new (NULL);

      for (int n = g_rand_int_range (rand, 1, 20); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      annals_markdown_append_linked (out, text->str, 2);

      g_test_message ("%s → %s", text->str, out->str);
      g_assert_cmpuint (count_of (out->str, "[[Harbour]]"), ==, count_of (text->str, REFERENCE));
      for (guint k = 0; k < G_N_ELEMENTS (private); k++)
        g_assert_cmpuint (count_of (out->str, private[k]), ==,
                          count_of (text->str, private[k]) +
                          (k == 0 ? count_of (text->str, "&#xE000;") : k == 1 ? count_of (text->str, "&#x10FFFD;") : 0));
    }
}

#define ADD(name, func) \
  g_test_add ("/export/formats/" name, Fixture, NULL, formats_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *kind = cases[i].subject == ANNALS_EXPORT_POSTS ? "posts" : "timeline";
      g_autofree char *golden = g_strdup_printf ("/export/formats/golden/%s-%s", kind, cases[i].format);
      g_autofree char *checked = g_strdup_printf ("/export/formats/checked/%s-%s", kind, cases[i].format);

      g_test_add (golden, Fixture, &cases[i], formats_set_up, test_golden, fixture_tear_down);
      if (cases[i].script != NULL)
        g_test_add (checked, Fixture, &cases[i], formats_set_up, test_checked, fixture_tear_down);
    }

  g_test_add_func ("/export/formats/linked", test_linked);
  ADD ("posts-schema", test_posts_schema);
  ADD ("timelinejs-remarks", test_timelinejs_remarks);
  ADD ("timelinejs-many-remarks", test_timelinejs_many_remarks);
  ADD ("timelinejs-cosmological", test_timelinejs_cosmological);
  ADD ("timelinejs-back", test_timelinejs_back);
  ADD ("bibtex-fields", test_bibtex_fields);
  ADD ("marks", test_marks);
  ADD ("html-paper", test_html_paper);
  ADD ("posts-asked-for", test_posts_asked_for);
  ADD ("copies", test_copies);
  ADD ("byte-order-mark", test_byte_order_mark);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
