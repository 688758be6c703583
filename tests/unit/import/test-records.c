/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-history.h"
#include "annals-importer.h"
#include "annals-memos.h"
#include "annals-posts.h"
#include "annals-records-format.h"
#include "annals-tags.h"
#include "annals-text-markdown.h"
#include "import-dump.h"
#include "records-fixture.h"

/* --- web annotations: what the standard says --- */

static gboolean
has_error (AnnalsRecords *records)
{
  for (guint i = 0; i < records->issues->len; i++)
    if (((const AnnalsIssue *) records->issues->pdata[i])->code == ANNALS_ISSUE_DAMAGE)
      return TRUE;

  return FALSE;
}

/* TRUE when it is accepted; else it has a reason. */
static gboolean
try_sample (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsRecords) records = NULL;
  g_autofree char *contents = NULL;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  records = annals_records_parse_w3c (contents, size, "sample.json", NULL, &error);
  if (records != NULL)
    return !has_error (records);

  g_assert_cmpuint (strlen (error->message), >, strlen ("“sample.json”: "));
  return FALSE;
}

static guint
count_samples (const char *folder,
               guint      *n_accepted)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  *n_accepted = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean accepted = try_sample (path);

      n++;
      *n_accepted += accepted;
      g_test_message ("%s: %s", path, accepted ? "accepted" : "refused");
    }

  return n;
}

static void
test_w3c_samples (void)
{
  g_autofree char *folder = import_shared_path ("web-annotation");
  g_autofree char *correct = NULL;
  g_autofree char *incorrect = NULL;
  guint n, n_accepted;

  if (folder == NULL)
    return;

  correct = g_build_filename (folder, "correct", NULL);
  incorrect = g_build_filename (folder, "incorrect", NULL);
  n = count_samples (correct, &n_accepted);
  g_assert_cmpuint (n, ==, 27);
  g_assert_cmpuint (n_accepted, ==, 27);
  n = count_samples (incorrect, &n_accepted);
  g_assert_cmpuint (n, ==, 23);
  g_assert_cmpuint (n_accepted, ==, 0);
}

static void
test_w3c_faults (void)
{
  static const struct
  {
    const char *json;
    const char *reason;   /* NULL: none */
  } cases[] = {
    { ANNOTATION ("\"target\": \"http://b.example/\""), NULL },
    { ANNOTATION ("\"target\": \"http://b.example/é\", \"bodyValue\": \"x\""), NULL },
    { ANNOTATION ("\"bodyValue\": \"x\""), "“target” is missing" },
    { ANNOTATION ("\"target\": []"), "“target” is missing" },
    { ANNOTATION ("\"target\": \"no address\""), "“target” is no address" },
    { ANNOTATION ("\"target\": {\"type\": \"SpecificResource\"}"), "has no “source”" },
    { ANNOTATION ("\"target\": {\"value\": \"x\"}"), "cannot be what an annotation is about" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"body\": {\"type\": \"TextualBody\"}"), "has no “value”" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"body\": {\"items\": []}"), "has “items”" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"body\": {\"value\": 3}"), "is no text" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"bodyValue\": \"x\", \"body\": \"http://c.example/\""), "both" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"bodyValue\": [\"x\", \"y\"]"), "has to be one" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"created\": \"yesterday\""), "no time" },
    { ANNOTATION ("\"target\": \"http://b.example/\", \"creator\": 6"), "“creator” is no address" },
    { ANNOTATION ("\"target\": {\"source\": \"http://b.example/\", \"selector\": {\"type\": \"TextQuoteSelector\"}}"),
      "no “exact”" },
    { ANNOTATION ("\"target\": {\"source\": \"http://b.example/\", \"selector\": {\"type\": \"TextPositionSelector\", "
                  "\"start\": -1, \"end\": 3}}"), "number of characters" },
    { "{\"type\": \"Annotation\"}", "@context" },
    { "[]", "@context" },
    { "{\"a\": ", "“t.json”" },
    { "\xff\xfe", "UTF-8" },
    { "", "“t.json”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsRecords) records = annals_records_parse_w3c (cases[i].json, strlen (cases[i].json), "t.json",
                                                                   NULL, &error);

      if (cases[i].reason == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (records->issues->len, ==, 0);
          continue;
        }
      g_assert_null (records);
      if (strstr (error->message, cases[i].reason) == NULL)
        g_error ("“%s” is not in “%s”", cases[i].reason, error->message);
    }
}

/* What json-glib takes and JSON does not have would hide the brackets. */
static void
test_deep_json (void)
{
  static const char * const beginnings[] = { "", "/*\"*/", "//\"\n", "{\"a\": #\"\n", "{'a\"':", "{\"\\\"\":" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr(GString) deep = g_string_new (beginnings[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) options_error = NULL;

      for (guint k = 0; k < 1000000; k++)
        g_string_append_c (deep, '[');
      g_assert_null (annals_records_parse_w3c (deep->str, deep->len, "deep.json", NULL, &error));
      g_assert_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE);
      g_assert_null (annals_import_options_from_json (deep->str, &options_error));
      g_assert_error (options_error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_OPTIONS);
    }
}

/* --- onto posts --- */

#define BODY "\"body\": [{\"type\": \"TextualBody\", \"value\": \"Why?\"}, {\"type\": \"TextualBody\", " \
             "\"purpose\": \"tagging\", \"value\": \"closure\"}]"

static const struct PlaceCase
{
  const char *json;
  const char *notes;    /* "" none */
  const char *reason;   /* of the first issue; NULL none */
} place_cases[] = {
  /* by the address, in another spelling; the title follows */
  { ANNOTATION (BODY "," TARGET ("http://www.news.example/harbour/#top", QUOTE ("no ship will enter", "said that ",
                                                                                " before"))),
    "The harbour closes 91-109 “no ship will enter” yellow anchored [closure]  Why?\n", NULL },
  /* exact words that stand twice, told apart by what is around them; case counts in neither */
  { ANNOTATION (TARGET ("https://news.example/harbour", QUOTE ("ship will", "crew. No ", " leave either"))),
    "The harbour closes 154-163 “ship will” yellow anchored []  \n", NULL },
  /* twice, and nothing tells which */
  { ANNOTATION (TARGET ("https://news.example/harbour", QUOTE ("ship will", "", ""))), "",
    "The passage was not found with certainty in “The harbour closes”" },
  { ANNOTATION (TARGET ("https://news.example/harbour", QUOTE ("the moon is made of green cheese", "", ""))), "",
    "The passage was not found with certainty in “The harbour closes”" },
  { ANNOTATION (TARGET ("https://elsewhere.example/", QUOTE ("no ship will enter before the doctors", "", ""))), "",
    "The notebook has no post with the address https://elsewhere.example/" },
  /* a post without an address, by its words */
  { ANNOTATION (TARGET ("https://elsewhere.example/", QUOTE ("A pilot told this paper that one ship", "", " entered"))),
    "Grain ships wait 48-85 “A pilot told this paper that one ship” yellow anchored []  \n",
    "The post was found only by the words of the passage, which stand in no other" },
  /* numbers of another text */
  { ANNOTATION (TARGET ("https://news.example/harbour", "{\"type\": \"TextPositionSelector\", \"start\": 0, \"end\": 5}")),
    "", "The note says its passage in “The harbour closes” only by numbers of characters, and of another text" },
  { ANNOTATION (TARGET ("https://news.example/harbour", "{\"type\": \"XPathSelector\", \"value\": \"/p\"}")), "",
    "The passage is said by a XPathSelector, which tells no place in a text" },
  { ANNOTATION ("\"bodyValue\": \"On all of it\", \"target\": \"https://news.example/harbour\""),
    "The harbour closes 0-0 “” yellow anchored []  On all of it\n", NULL },
  { ANNOTATION ("\"target\": \"https://news.example/harbour\""), "", "A note on a whole post needs words" },
};

static void
test_place (Fixture       *f,
            gconstpointer  data)
{
  const struct PlaceCase *one = data;
  g_autoptr(AnnalsImport) done = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *reason = NULL;

  write_file (f, "notes.json", one->json);
  done = import (f, "notes.json");
  g_assert_cmpstr (done->format, ==, "w3c");
  notes = dump_notes (f, &reason);
  g_assert_cmpstr (notes, ==, one->notes);
  g_assert_cmpstr (reason, ==, one->reason);
  g_assert_cmpuint (done->n_new, ==, *one->notes != '\0' ? 1 : 0);
  g_assert_cmpuint (done->n_issues, ==, one->reason != NULL ? 1 : 0);
}

static void
test_undo_redo (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  write_file (f, "notes.json", ANNOTATION (BODY "," TARGET ("https://news.example/harbour",
                                                            QUOTE ("no ship will enter", "said that ", " before"))));
  done = import (f, "notes.json");
  assert_counts (done, 1, 0, 0, 0);
  before = dump_notes (f, NULL);
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  undone = dump_notes (f, NULL);
  g_assert_cmpstr (undone, ==, "");
  annals_notebook_redo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  redone = dump_notes (f, NULL);
  g_assert_cmpstr (redone, ==, before);

  again = import (f, "notes.json");
  assert_counts (again, 0, 0, 1, 0);
}

static gboolean
tags_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_TITLE, error);
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, g_array_index (ids, gint64, 1), error);

  *(char **) data = g_strjoinv (",", post->tags);
  return TRUE;
}

/* Tags of all of a post are the post's. */
static void
test_tag_post (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autofree char *tags = NULL;
  g_autoptr(GError) error = NULL;

  write_file (f, "tags.json", ANNOTATION ("\"motivation\": \"tagging\", \"bodyValue\": \"closed/harbours\", "
                                          "\"target\": \"https://news.example/harbour\""));
  done = import (f, "tags.json");
  assert_counts (done, 1, 0, 0, 0);
  again = import (f, "tags.json");
  assert_counts (again, 0, 0, 1, 0);
  annals_notebook_read (f->notebook, tags_cb, &tags, NULL, &error);
  g_assert_cmpstr (tags, ==, "closed-harbours");
}

/* Nothing of one that was cancelled stays. */
static void
test_cancelled (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = path_of (f, "notes.json");
  g_autofree char *notes = NULL;
  g_autoptr(GError) error = NULL;

  write_file (f, "notes.json", ANNOTATION (TARGET ("https://news.example/harbour", QUOTE ("no ship will enter", "said that ",
                                                                                          " before"))));
  g_cancellable_cancel (cancellable);
  g_assert_null (annals_import_file (f->notebook, path, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  notes = dump_notes (f, NULL);
  g_assert_cmpstr (notes, ==, "");
}

/* A later note of the same uid counts, an earlier one does not. */
static void
test_update (Fixture       *f,
             gconstpointer  data)
{
  static const char * const notes[][2] = {
    { "2020-01-01T00:00:00Z", "First" }, { "2020-01-02T00:00:00Z", "Second" }, { "2019-01-01T00:00:00Z", "Zeroth" },
  };
  static const guint counts[][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autofree char *json =
        g_strdup_printf (ANNOTATION ("\"created\": \"2018-01-01T00:00:00Z\", \"modified\": \"%s\", \"bodyValue\": "
                                     "\"%s\", " TARGET ("https://news.example/harbour",
                                                        QUOTE ("no ship will enter", "said that ", " before"))),
                         notes[i][0], notes[i][1]);
      g_autoptr(AnnalsImport) done = NULL;

      write_file (f, "notes.json", json);
      done = import (f, "notes.json");
      assert_counts (done, counts[i][0], counts[i][1], counts[i][2], 0);
    }
  after = dump_notes (f, NULL);
  g_assert_nonnull (strstr (after, "Second"));
}

/* Of a list the good ones come in, the others have their reasons. */
static void
test_collection (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsPreview) preview = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = path_of (f, "all.json");
  g_autofree char *count = NULL;

  write_file (f, "all.json",
              "{\"@context\": [\"http://x.example/\", \"http://www.w3.org/ns/anno.jsonld\"], \"id\": \"urn:x:1\", "
              "\"type\": \"AnnotationCollection\", \"first\": {\"type\": \"AnnotationPage\", \"items\": ["
              "{\"id\": \"http://a.example/1\", \"type\": \"Annotation\", \"bodyValue\": \"One\", "
              "\"target\": [\"https://news.example/harbour\", \"https://unknown.example/\"]},"
              "{\"id\": \"not a uri\", \"type\": \"Annotation\", \"target\": \"https://news.example/harbour\"},"
              "\"http://a.example/3\"], \"next\": \"http://a.example/page2\"}}");
  preview = annals_import_preview (path, NULL, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (preview->format, ==, "w3c");
  g_assert_cmpuint (preview->n_posts, ==, 2);
  g_assert_cmpuint (preview->n_skipped, ==, 2);
  g_assert_false (annals_import_is_of_posts (preview->format));
  count = annals_preview_dup_count (preview);
  g_assert_cmpstr (count, ==, "2 annotations");

  done = import (f, "all.json");
  assert_counts (done, 1, 0, 0, 3);
  g_assert_cmpuint (done->n_issues, ==, 4);   /* with the page that is elsewhere */
}

/* The post got another text since: the passage is found again, or waits for review in the text it was marked in. */
static void
test_changed_post (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(AnnalsText) old = annals_text_new_from_markdown (strstr (harbour, "The harbour of Sund"), -1, NULL);
  g_autoptr(AnnalsImport) changed = NULL;
  g_autoptr(AnnalsImport) done = NULL;
  g_autofree guchar *bytes = g_malloc (32);
  g_autofree char *base64 = NULL;
  g_autofree char *json = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < 32; i++)
    bytes[i] = (guchar) (g_ascii_xdigit_value (annals_text_get_sha256 (old)[i * 2]) * 16 +
                         g_ascii_xdigit_value (annals_text_get_sha256 (old)[i * 2 + 1]));
  base64 = g_base64_encode (bytes, 32);
  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  base64[strcspn (base64, "=")] = '\0';

  write_file (f, "new.md", "---\ntitle: The harbour closes\ndate: 2020-03-09\nurl: https://news.example/harbour\n---\n"
                           "An entirely different text about cheese and its many friends in the valley.\n");
  changed = import (f, "new.md");
  g_assert_cmpuint (changed->n_updated, ==, 1);

  json = g_strdup_printf (ANNOTATION ("\"target\": {\"source\": \"https://news.example/harbour\", \"selector\": ["
                                      QUOTE ("no ship will enter", "said that ", " before")
                                      ", {\"type\": \"TextPositionSelector\", \"start\": 91, \"end\": 109}], "
                                      "\"state\": {\"type\": \"TimeState\", \"cached\": \"ni:///sha-256;%s\"}}"), base64);
  write_file (f, "notes.json", json);
  done = import (f, "notes.json");
  assert_counts (done, 1, 0, 0, 0);
  notes = dump_notes (f, &reason);
  g_assert_cmpstr (notes, ==, "The harbour closes 91-109 “no ship will enter” yellow review []  \n");
  g_assert_cmpstr (reason, ==, "The post has changed since the passage was marked; it needs review");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/w3c/samples", test_w3c_samples);
  g_test_add_func ("/records/w3c/faults", test_w3c_faults);
  g_test_add_func ("/records/w3c/deep", test_deep_json);
  for (guint i = 0; i < G_N_ELEMENTS (place_cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/records/w3c/place/%u", i + 1);

      g_test_add (name, Fixture, &place_cases[i], set_up, test_place, tear_down);
    }
  g_test_add ("/records/w3c/undo-redo", Fixture, NULL, set_up, test_undo_redo, tear_down);
  g_test_add ("/records/w3c/tag-post", Fixture, NULL, set_up, test_tag_post, tear_down);
  g_test_add ("/records/w3c/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/records/w3c/update", Fixture, NULL, set_up, test_update, tear_down);
  g_test_add ("/records/w3c/collection", Fixture, NULL, set_up, test_collection, tear_down);
  g_test_add ("/records/w3c/changed-post", Fixture, NULL, set_up, test_changed_post, tear_down);

  return g_test_run ();
}
