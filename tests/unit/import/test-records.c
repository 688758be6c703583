/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-draft.h"
#include "annals-history.h"
#include "annals-importer.h"
#include "annals-memos.h"
#include "annals-posts.h"
#include "annals-records-format.h"
#include "annals-tags.h"
#include "annals-text-markdown.h"
#include "annals-timelines.h"
#include "import-dump.h"

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
write_file (Fixture    *f,
            const char *name,
            const char *contents)
{
  g_autofree char *path = path_of (f, name);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

static AnnalsImport *
import (Fixture    *f,
        const char *name)
{
  g_autofree char *path = path_of (f, name);
  g_autoptr(GError) error = NULL;
  AnnalsImport *import = annals_import_file (f->notebook, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return import;
}

static const char harbour[] =
  "---\ntitle: The harbour closes\ndate: 2020-03-09\nurl: https://news.example/harbour\n---\n"
  "The harbour of Sund was closed on Monday. 😀 Nobody knows for how long.\n\n"
  "The mayor said that no ship will enter before the doctors have seen every crew. No ship will leave either.\n";
static const char grain[] =
  "---\ntitle: Grain ships wait\ndate: 2020-03\n---\n"
  "Seven grain ships wait outside.\n\n항구가 월요일에 폐쇄되었다. A pilot told this paper that one ship entered at night.\n";

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr(AnnalsImport) first = NULL;
  g_autoptr(AnnalsImport) second = NULL;

  f->folder = g_dir_make_tmp ("annals-records-XXXXXX", &error);
  g_assert_no_error (error);
  path = path_of (f, "test.annals");
  f->notebook = annals_notebook_create (path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_set_author (f->notebook, "Ada");
  write_file (f, "harbour.md", harbour);
  write_file (f, "grain.md", grain);
  first = import (f, "harbour.md");
  second = import (f, "grain.md");
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_clear_object (&f->notebook);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_of (f, name);

      g_remove (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

/* --- what the notebook has --- */

typedef struct
{
  GString *out;
  char    *reason;   /* of the first issue */
} Dump;

static gboolean
dump_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Dump *dump = data;
  g_autoptr(GPtrArray) annotations = annals_db_list_annotations (db, 0, error);
  g_autoptr(GPtrArray) issues = annals_db_list_issues (db, 0, error);

  g_assert_nonnull (annotations);
  g_assert_nonnull (issues);
  for (guint i = 0; i < annotations->len; i++)
    {
      const AnnalsAnnotation *one = annotations->pdata[i];
      g_autofree char *tags = g_strjoinv (",", one->tags);

      g_string_append_printf (dump->out, "%s %u-%u “%s” %s %s [%s] %s %s\n", one->post_title, one->selector.start,
                              one->selector.end, one->selector.exact, one->colour, one->state, tags, one->author,
                              one->note);
    }
  if (issues->len > 0)
    dump->reason = g_strdup (((const AnnalsIssue *) issues->pdata[0])->reason);

  return TRUE;
}

/* The annotations, a line each; @reason (out, optional): of the first issue */
static char *
dump_notes (Fixture  *f,
            char    **reason)
{
  Dump dump = { g_string_new (NULL), NULL };
  g_autoptr(GError) error = NULL;

  annals_notebook_read (f->notebook, dump_cb, &dump, NULL, &error);
  g_assert_no_error (error);
  if (reason != NULL)
    *reason = dump.reason;
  else
    g_free (dump.reason);

  return g_string_free (dump.out, FALSE);
}

static void
assert_counts (const AnnalsImport *import,
               guint               n_new,
               guint               n_updated,
               guint               n_unchanged,
               guint               n_skipped)
{
  g_assert_cmpuint (import->n_new, ==, n_new);
  g_assert_cmpuint (import->n_updated, ==, n_updated);
  g_assert_cmpuint (import->n_unchanged, ==, n_unchanged);
  g_assert_cmpuint (import->n_skipped, ==, n_skipped);
  g_assert_cmpuint (import->n_read, ==, n_new + n_updated + n_unchanged + n_skipped);
}

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

#define ANNOTATION(rest) \
  "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"http://a.example/1\", \"type\": \"Annotation\", " rest "}"

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
#define QUOTE(exact, prefix, suffix) \
  "{\"type\": \"TextQuoteSelector\", \"exact\": \"" exact "\", \"prefix\": \"" prefix "\", \"suffix\": \"" suffix "\"}"
#define TARGET(source, selector) "\"target\": {\"source\": \"" source "\", \"selector\": " selector "}"

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

/* --- REFI-QDA --- */

#define GUID(n) "00000000-0000-4000-8000-00000000000" n
#define PROJECT(rest) "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project name=\"p\" xmlns=\"urn:QDA-XML:project:1.0\">" \
                      rest "</Project>"

/* As another program writes it: braces around identifiers, line ends of two characters, which count as one. */
static const char foreign[] = PROJECT (
  "<Users><User guid=\"{" GUID ("1") "}\" name=\"Berg, A.\"/></Users>"
  "<CodeBook><Codes><Code guid=\"" GUID ("2") "\" name=\"Sea\" isCodable=\"true\" color=\"#0000FF\"><Code guid=\"" GUID ("3")
  "\" name=\"Ships\" isCodable=\"true\"/></Code></Codes></CodeBook>"
  "<Sources><TextSource guid=\"" GUID ("4") "\" name=\"Interview\"><PlainTextContent>One line.&#13;\nTwo 😀 ships.&#13;\n"
  "</PlainTextContent>"
  "<PlainTextSelection guid=\"" GUID ("5") "\" startPosition=\"14\" endPosition=\"21\" creatingUser=\"" GUID ("1")
  "\" creationDateTime=\"2020-03-09T14:02:00Z\"><Description>About </Description><Coding guid=\"" GUID ("6")
  "\"><CodeRef targetGUID=\"" GUID ("3") "\"/></Coding><Coding guid=\"" GUID ("7") "\"><CodeRef targetGUID=\"" GUID ("2")
  "\"/></Coding><NoteRef targetGUID=\"" GUID ("8") "\"/></PlainTextSelection>"
  "<PlainTextSelection guid=\"" GUID ("9") "\" startPosition=\"14\" endPosition=\"2100\"/>"
  "<Coding guid=\"" GUID ("a") "\"><CodeRef targetGUID=\"" GUID ("2") "\"/></Coding></TextSource>"
  "<PictureSource guid=\"" GUID ("b") "\" name=\"p.png\"/></Sources>"
  "<Notes><Note guid=\"" GUID ("8") "\" name=\"n\"><PlainTextContent>them</PlainTextContent></Note>"
  "<Note guid=\"" GUID ("c") "\" name=\"Memo\"><PlainTextContent>Mine</PlainTextContent></Note></Notes>"
  "<Sets><Set guid=\"" GUID ("d") "\" name=\"s\"/></Sets>");

static void
test_foreign_project (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *undone = NULL;

  write_file (f, "foreign.qde", foreign);
  done = import (f, "foreign.qde");
  g_assert_cmpstr (done->format, ==, "qdpx");
  assert_counts (done, 3, 0, 0, 1);   /* a post, a passage, a memo; one is out of its text */
  notes = dump_notes (f, NULL);
  g_assert_cmpstr (notes, ==, "Interview 14-21 “😀 ships” blue anchored [Sea,Ships] Berg, A. About\n\nthem\n");

  again = import (f, "foreign.qde");
  assert_counts (again, 0, 0, 3, 1);

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  undone = dump_notes (f, NULL);
  g_assert_cmpstr (undone, ==, "");
}

static void
test_project_faults (void)
{
  static const struct
  {
    const char *bytes;
    const char *reason;
  } cases[] = {
    { "<Project xmlns=\"urn:QDA-XML:project:1.0\">", "is no XML" },
    { "<Other/>", "no REFI-QDA project" },
    { "<Project xmlns=\"urn:other\"/>", "no REFI-QDA project" },
    { "<!DOCTYPE Project [<!ENTITY a \"b\">]>\n<Project xmlns=\"urn:QDA-XML:project:1.0\">&a;</Project>", "document type" },
    { "PK\3\4 and nothing of a ZIP archive behind it", "damaged" },
    { "", "is no XML" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (annals_records_parse_qdpx (cases[i].bytes, strlen (cases[i].bytes), "p.qdpx", NULL, &error));
      g_assert_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE);
      if (strstr (error->message, cases[i].reason) == NULL)
        g_error ("“%s” is not in “%s”", cases[i].reason, error->message);
    }
}

#define GUID2(n) "00000000-0000-4000-8000-0000000000" n
#define CODING(code) "<Coding guid=\"" GUID2 ("f0") "\"><CodeRef targetGUID=\"" code "\"/>"

/* What other programs mark in PDFs, recordings and pictures */
static const char media[] = PROJECT (
  "<CodeBook><Codes><Code guid=\"" GUID ("2") "\" name=\"Sea\" isCodable=\"true\"/></Codes></CodeBook>"
  "<Variables><Variable guid=\"" GUID2 ("20") "\" name=\"url\" typeOfVariable=\"Text\"/>"
  "<Variable guid=\"" GUID2 ("21") "\" name=\"Age\" typeOfVariable=\"Integer\"/></Variables>"
  "<Sources><PDFSource guid=\"" GUID ("4") "\" name=\"Report\"><Description>Found in a drawer</Description>"
  "<PDFSelection guid=\"" GUID2 ("30") "\" page=\"1\"/>"
  "<Representation guid=\"" GUID2 ("31") "\"><PlainTextContent>항구 😀 closes.</PlainTextContent>"
  "<PlainTextSelection guid=\"" GUID ("5") "\" startPosition=\"3\" endPosition=\"11\">" CODING (GUID ("2"))
  "<NoteRef targetGUID=\"" GUID2 ("41") "\"/></Coding></PlainTextSelection></Representation>"
  CODING (GUID ("2")) "</Coding>" CODING (GUID2 ("99")) "</Coding><NoteRef targetGUID=\"" GUID2 ("40") "\"/>"
  "<VariableValue><VariableRef targetGUID=\"" GUID2 ("20") "\"/><TextValue>https://news.example/report</TextValue>"
  "</VariableValue><VariableValue><VariableRef targetGUID=\"" GUID2 ("21") "\"/><IntegerValue>3</IntegerValue>"
  "</VariableValue></PDFSource>"
  "<AudioSource guid=\"" GUID ("6") "\" name=\"Talk\"><Transcript guid=\"" GUID2 ("50") "\">"
  "<PlainTextContent>First said. Then said.</PlainTextContent>"
  "<SyncPoint guid=\"" GUID2 ("51") "\" timeStamp=\"0\" position=\"0\"/>"
  "<SyncPoint guid=\"" GUID2 ("52") "\" timeStamp=\"900\" position=\"11\"/><SyncPoint guid=\"" GUID2 ("53") "\"/>"
  "<TranscriptSelection guid=\"" GUID2 ("54") "\" fromSyncPoint=\"" GUID2 ("51") "\" toSyncPoint=\"" GUID2 ("52")
  "\"/><TranscriptSelection guid=\"" GUID2 ("55") "\" fromSyncPoint=\"" GUID2 ("51") "\" toSyncPoint=\"" GUID2 ("53")
  "\"/></Transcript><AudioSelection guid=\"" GUID2 ("56") "\" begin=\"0\" end=\"9\"/>"
  "<NoteRef targetGUID=\"" GUID2 ("40") "\"/></AudioSource>"
  "<PictureSource guid=\"" GUID ("7") "\" name=\"p\"><PictureSelection guid=\"" GUID2 ("57") "\"/></PictureSource>"
  "</Sources><Notes><Note guid=\"" GUID2 ("40") "\" name=\"n\"><PlainTextContent>On both</PlainTextContent></Note>"
  "<Note guid=\"" GUID2 ("41") "\" name=\"c\"><PlainTextContent>Why so</PlainTextContent></Note>"
  "<Note guid=\"" GUID2 ("42") "\" name=\"Lost\" plainTextPath=\"internal://gone.txt\"/></Notes>"
  "<Description>All of it</Description>");

static gboolean
post_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_TITLE, error);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, g_array_index (ids, gint64, i), error);
      g_autofree char *tags = g_strjoinv (",", post->tags);

      g_string_append_printf (data, "%s <%s> [%s]\n", post->title, post->url, tags);
    }

  return TRUE;
}

static gboolean
reasons_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GPtrArray) issues = annals_db_list_issues (db, 0, error);

  for (guint i = 0; i < issues->len; i++)
    g_string_append_printf (data, "%s\n", ((const AnnalsIssue *) issues->pdata[i])->reason);

  return TRUE;
}

/* Nothing of them is lost in silence. */
static void
test_media (Fixture       *f,
            gconstpointer  data)
{
  static const char * const reasons[] = {
    "1 mark was left out: it is on a picture, a page or a recording, not in the text\n",
    "2 marks were left out: they are on pictures, pages or recordings, not in the text\n",
    "1 source that is no text was left out, with what is marked in it\n",
    "Values of variables that posts have no place for were left out\n",
    "1 coding was left out: the project does not have its code\n",
    "The text of the note is not in the project\n",
  };
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GString) posts = g_string_new (NULL);
  g_autoptr(GString) said = g_string_new (NULL);
  g_autofree char *notes = NULL;

  write_file (f, "media.qde", media);
  done = import (f, "media.qde");
  /* 2 posts; 2 passages, a description, a note twice; 2 memos */
  assert_counts (done, 9, 0, 0, 0);
  notes = dump_notes (f, NULL);
  g_assert_nonnull (strstr (notes, "Report 3-11 “😀 closes” yellow anchored [Sea]  Why so\n"));
  g_assert_nonnull (strstr (notes, "Talk 0-11 “First said.” yellow anchored []  \n"));
  g_assert_nonnull (strstr (notes, "Report 0-0 “” yellow anchored []  On both\n"));
  g_assert_nonnull (strstr (notes, "Talk 0-0 “” yellow anchored []  On both\n"));
  g_assert_nonnull (strstr (notes, "Report 0-0 “” yellow anchored []  Found in a drawer\n"));
  annals_notebook_read (f->notebook, post_cb, posts, NULL, NULL);
  g_assert_nonnull (strstr (posts->str, "Report <https://news.example/report> [Sea]\n"));
  annals_notebook_read (f->notebook, reasons_cb, said, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strstr (said->str, reasons[i]) == NULL)
      g_error ("“%s” is not in “%s”", reasons[i], said->str);

  again = import (f, "media.qde");
  assert_counts (again, 0, 0, 9, 0);
}

/* --- in folders and archives --- */

/* @members: pairs of a name and its contents, ended by NULL */
static void
write_zip (const char         *path,
           const char * const *members)
{
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);
  for (; *members != NULL; members += 2)
    {
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, members[0]);
      archive_entry_set_size (entry, (la_int64_t) strlen (members[1]));
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (zip, entry), ==, ARCHIVE_OK);
      archive_write_data (zip, members[1], strlen (members[1]));
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);
}

static const char ferry[] =
  "---\ntitle: The ferry\ndate: 2020-04-01\nurl: https://news.example/ferry\n---\n"
  "The ferry sails again from the old quay.\n";

/* On a post that comes in beside it */
#define FERRY_NOTE \
  ANNOTATION (TARGET ("https://news.example/ferry", QUOTE ("sails again", "The ferry ", " from the old quay")))
#define ANY_TIMELINE \
  "{\"events\": [{\"start_date\": {\"year\": 2020}, \"text\": {\"headline\": \"Closed\"}}]}"

/* The notes come before the posts, by name; the project is packed. */
static void
fill_archive (Fixture  *f,
              gboolean  zipped)
{
  static const char * const project[] = { "project.qde", foreign, NULL };
  static const char * const all[] = { "all/a-notes.json", FERRY_NOTE, "all/ferry.md", ferry, "all/p.qde", foreign,
                                      "all/timeline.json", ANY_TIMELINE, NULL };
  g_autofree char *folder = path_of (f, "all");
  g_autofree char *packed = path_of (f, "all/p.qdpx");
  g_autofree char *zip = path_of (f, "all.zip");

  if (zipped)
    {
      write_zip (zip, all);
      return;
    }

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  write_file (f, "all/a-notes.json", FERRY_NOTE);
  write_file (f, "all/ferry.md", ferry);
  write_file (f, "all/timeline.json", ANY_TIMELINE);
  write_file (f, "all/broken.json", "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"type\": \"Annotation\"");
  write_zip (packed, project);
}

static void
empty_folder (Fixture *f)
{
  static const char * const names[] = { "all/a-notes.json", "all/ferry.md", "all/timeline.json", "all/broken.json",
                                        "all/p.qdpx", "all" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = path_of (f, names[i]);

      g_remove (path);
    }
}

#define ARCHIVE_NOTES \
  "The ferry 10-21 “sails again” yellow anchored []  \n" \
  "Interview 14-21 “😀 ships” blue anchored [Sea,Ships] Berg, A. About\n\nthem\n"

static void
test_archive (Fixture       *f,
              gconstpointer  data)
{
  gboolean zipped = GPOINTER_TO_INT (data);
  const char *name = zipped ? "all.zip" : "all";
  g_autofree char *path = path_of (f, name);
  g_autoptr(AnnalsPreview) preview = NULL;
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *count = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  fill_archive (f, zipped);
  preview = annals_import_preview (path, NULL, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  count = annals_preview_dup_count (preview);
  g_assert_cmpstr (count, ==, "2 posts, 1 annotation, 2 records, 1 event");
  g_assert_cmpuint (preview->n_issues, ==, zipped ? 3 : 4);   /* the broken file's is one more */

  done = import (f, name);
  g_assert_cmpstr (done->format, ==, zipped ? "zip" : "folder");
  assert_counts (done, 6, 0, 0, 1);
  notes = dump_notes (f, NULL);
  g_assert_cmpstr (notes, ==, ARCHIVE_NOTES);

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  undone = dump_notes (f, NULL);
  g_assert_cmpstr (undone, ==, "");
  annals_notebook_redo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  redone = dump_notes (f, NULL);
  g_assert_cmpstr (redone, ==, ARCHIVE_NOTES);

  again = import (f, name);
  assert_counts (again, 0, 0, 6, 1);
  empty_folder (f);
}

typedef struct
{
  GCancellable *cancellable;
  guint         n_calls;
  gboolean      in_writing;
} Stop;

static void
stop_cb (gint64   done,
         gint64   total,
         guint    n_posts,
         gpointer data)
{
  Stop *stop = data;

  stop->n_calls++;
  if (done * 10 > total * (stop->in_writing ? 7 : 3))
    g_cancellable_cancel (stop->cancellable);
}

/* Stopped while places are looked for, and while all is written: nothing of it stays. */
static void
test_stopped (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GString) json = g_string_new ("[");
  g_autofree char *path = path_of (f, "many.json");

  for (guint i = 0; i < 800; i++)
    g_string_append_printf (json, "%s{%s\"id\": \"http://a.example/%u\", \"type\": \"Annotation\", "
                            TARGET ("https://news.example/harbour", QUOTE ("no ship will enter", "said that ",
                                                                           " before")) "}",
                            i > 0 ? "," : "", "\"@context\": \"http://www.w3.org/ns/anno.jsonld\", ", i);
  g_string_append_c (json, ']');
  write_file (f, "many.json", json->str);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      Stop stop = { cancellable, 0, i == 1 };
      const AnnalsImportHooks hooks = { .progress = stop_cb, .user_data = &stop };
      g_autoptr(GError) error = NULL;
      g_autofree char *notes = NULL;

      g_assert_null (annals_import_file (f->notebook, path, NULL, &hooks, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (stop.n_calls, >, 1);
      notes = dump_notes (f, NULL);
      g_assert_cmpstr (notes, ==, "");
    }
}

/* --- TimelineJS --- */

static void
test_timeline_dates (void)
{
  static const char * const cases[][2] = {
    { "\"start_date\": {\"year\": \"2020\"}", "2020" },
    { "\"start_date\": {\"year\": 2020, \"month\": \"3\"}", "2020-03" },
    { "\"start_date\": {\"year\": 2020, \"month\": 3, \"day\": 9}", "2020-03-09" },
    { "\"start_date\": {\"year\": 2020, \"month\": 3, \"day\": 9, \"hour\": 14, \"minute\": 2}", "2020-03-09T14:02:00Z" },
    { "\"start_date\": {\"year\": 2020, \"month\": \"\", \"day\": \"\"}", "2020" },
    { "\"start_date\": {\"year\": 2020, \"month\": 3}, \"end_date\": {\"year\": 2020, \"month\": 5}", "2020-03/2020-05" },
    { "\"start_date\": {\"year\": 2020}, \"end_date\": {\"year\": 2020}", "2020" },
    { "\"start_date\": {\"year\": -44, \"month\": 3}", "-0044-03" },
    { "\"start_date\": {\"year\": -13798000000}", "Y-13798000000" },
    { "\"start_date\": {\"year\": 2020, \"month\": 2, \"day\": 30}", "" },
    { "\"start_date\": {\"year\": \"soon\"}", "" },
    { "\"start_date\": {\"month\": 3}", "" },
    { "\"unique_id\": \"x\"", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"events\": [{\"text\": {\"headline\": \"A\"}, %s}]}", cases[i][0]);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsRecords) records = annals_records_parse_timelinejs (json, strlen (json), "t.json", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (records->events->len, ==, 1);
      g_assert_cmpstr (annals_date_get_edtf (((AnnalsRecordEvent *) records->events->pdata[0])->date), ==, cases[i][1]);
      g_assert_cmpuint (records->issues->len, ==, *cases[i][1] == '\0' ? 1 : 0);
    }
}

static gboolean
timeline_cb (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  GString *out = data;
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (db, error);

  g_assert_nonnull (timelines);
  for (guint i = 0; i < timelines->len; i++)
    {
      const AnnalsTimeline *timeline = timelines->pdata[i];
      g_autoptr(GPtrArray) events = annals_db_list_events (db, timeline->id, error);

      g_string_append_printf (out, "%s (%s) %u lanes\n", timeline->title, timeline->description, timeline->lanes->len);
      for (guint j = 0; j < events->len; j++)
        {
          const AnnalsEvent *event = events->pdata[j];

          g_string_append_printf (out, "%s: %s\n%s\n", annals_date_get_edtf (event->date), event->title, event->account);
        }
    }

  return TRUE;
}

static void
test_timeline (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  write_file (f, "t.json",
              "{\"title\": {\"text\": {\"headline\": \"Sund &amp; its <b>sea</b>\", \"text\": \"<p>Spring</p>\"}}, \"events\": ["
              "{\"start_date\": {\"year\": 2020, \"month\": 3}, \"group\": \"City\", \"text\": {\"headline\": \"Closed\", "
              "\"text\": \"<p>All *ships*, see <a href='https://a.example/x'>the <b>order</b></a>.</p><ul><li>one</li></ul>\"}, "
              "\"media\": {\"url\": \"https://a.example/p.jpg\", \"caption\": \"The quay\", \"credit\": \"A. Berg\"}}],"
              "\"eras\": [{\"start_date\": {\"year\": 2020}, \"end_date\": {\"year\": 2021}, \"text\": {\"headline\": \"Era\"}}]}");
  done = import (f, "t.json");
  g_assert_cmpstr (done->format, ==, "timelinejs");
  assert_counts (done, 2, 0, 0, 0);
  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==,
                   "Sund & its sea (Spring) 2 lanes\n"
                   "2020/2021: Era\n\n"
                   "2020-03: Closed\nAll \\*ships\\*, see [the **order**](https://a.example/x).\n\n-   one\n\nThe quay\n\n"
                   "A. Berg\n\n<https://a.example/p.jpg>\n");
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  g_string_truncate (out, 0);
  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_cmpstr (out->str, ==, "");
}

/* A timeline that comes again is the one that is here: what is new in it is added, what the notebook has stays. */
static void
test_timeline_again (Fixture       *f,
                     gconstpointer  data)
{
  static const char own[] =
    "{\"title\": {\"unique_id\": \"timeline-5d1c1c0e-4a7b-4c36-9e5c-000000000001\", \"text\": {\"headline\": \"Sund\"}}, "
    "\"events\": [{\"unique_id\": \"event-5d1c1c0e-4a7b-4c36-9e5c-000000000002\", \"start_date\": {\"year\": 2020}, "
    "\"text\": {\"headline\": \"%s\"}}%s]}";
  static const char more[] = ", {\"start_date\": {\"year\": 2021}, \"text\": {\"headline\": \"Opened\"}}";
  static const char other[] = "{\"title\": {\"text\": {\"headline\": \"Sund\"}}, \"events\": [{\"start_date\": {\"year\": 1999}, "
                              "\"unique_id\": \"x\", \"text\": {\"headline\": \"Fair\"}}]}";
  const struct { const char *title, *more; guint n_new, n_unchanged, n_issues; } steps[] = {
    { "Closed", "", 1, 0, 0 }, { "Closed", "", 0, 1, 0 }, { "Shut", more, 1, 1, 1 }, { "Shut", more, 0, 2, 1 },
  };
  g_autoptr(AnnalsImport) namesake = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *json = g_strdup_printf (own, steps[i].title, steps[i].more);
      g_autoptr(AnnalsImport) done = NULL;

      write_file (f, "t.json", json);
      done = import (f, "t.json");
      assert_counts (done, steps[i].n_new, 0, steps[i].n_unchanged, 0);
      g_assert_cmpuint (done->n_issues, ==, steps[i].n_issues);
    }

  /* of another's making: the file is known by all it says */
  write_file (f, "u.json", other);
  namesake = import (f, "u.json");
  assert_counts (namesake, 1, 0, 0, 0);
  g_assert_cmpuint (namesake->n_issues, ==, 1);
  again = import (f, "u.json");
  assert_counts (again, 0, 0, 1, 0);
  g_assert_cmpuint (again->n_issues, ==, 0);

  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "Sund () 0 lanes\n2020: Closed\n\n2021: Opened\n\nSund () 0 lanes\n1999: Fair\n\n");
}

/* The event moves to another timeline, and its own is deleted. */
static gboolean
move_event_cb (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 event, timeline, other;

  return annals_db_find (db, ANNALS_RECORD_EVENT, "title:Closed", &event, error) &&
         annals_db_find (db, ANNALS_RECORD_TIMELINE, "title:Sund", &timeline, error) &&
         annals_db_add_timeline (db, "Elsewhere", "", NULL, "", &other, error) &&
         annals_db_set_event_lane (db, event, other, 0, error) &&
         annals_db_delete_timeline (db, timeline, error);
}

static void
test_timeline_moved (Fixture       *f,
                     gconstpointer  data)
{
  static const char json[] =
    "{\"title\": {\"unique_id\": \"timeline-5d1c1c0e-4a7b-4c36-9e5c-000000000001\", \"text\": {\"headline\": \"Sund\"}}, "
    "\"events\": [{\"unique_id\": \"event-5d1c1c0e-4a7b-4c36-9e5c-000000000002\", \"start_date\": {\"year\": 2020}, "
    "\"text\": {\"headline\": \"Closed\"}, \"group\": \"City\"}]}";
  g_autofree char *name = NULL;
  g_autofree char *spoilt = NULL;
  g_auto(GStrv) parts = NULL;
  g_autoptr(AnnalsImport) refused = NULL;
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  write_file (f, "t.json", json);
  done = import (f, "t.json");
  annals_notebook_change (f->notebook, "Move", move_event_cb, NULL, NULL, &error);
  g_assert_no_error (error);
  again = import (f, "t.json");
  assert_counts (again, 0, 1, 0, 0);
  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "Elsewhere () 0 lanes\n2020: Closed\n\nSund () 1 lanes\n2020: Closed\n\n");

  /* a lane that cannot be is an issue of its event, and stops nothing else */
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  name = g_strnfill (250, 'x');
  parts = g_strsplit (json, "City", 2);
  spoilt = g_strjoinv (name, parts);
  write_file (f, "t.json", spoilt);
  refused = import (f, "t.json");
  assert_counts (refused, 0, 0, 0, 1);
}

static void
test_timelinejs_samples (void)
{
  g_autofree char *folder = import_shared_path ("timelinejs");
  g_autoptr(GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint n_events = 0, n_read = 0, n_refused = 0;

  if (dir == NULL)
    return;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      g_autoptr(AnnalsRecords) records = NULL;
      g_autoptr(GError) error = NULL;
      gsize size;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      g_file_get_contents (path, &contents, &size, NULL);
      records = annals_records_parse_timelinejs (contents, size, name, NULL, &error);
      if (records == NULL)
        g_test_message ("%s", error->message);
      n_refused += records == NULL;
      n_read += records != NULL;
      n_events += records != NULL ? records->events->len : 0;
    }
  g_test_message ("%u files with %u events, %u refused", n_read, n_events, n_refused);
  g_assert_cmpuint (n_read, >=, 5);
  g_assert_cmpuint (n_events, >=, 50);
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
  g_test_add ("/records/qdpx/foreign", Fixture, NULL, set_up, test_foreign_project, tear_down);
  g_test_add ("/records/qdpx/media", Fixture, NULL, set_up, test_media, tear_down);
  g_test_add_func ("/records/qdpx/faults", test_project_faults);
  g_test_add ("/records/archive/folder", Fixture, GINT_TO_POINTER (FALSE), set_up, test_archive, tear_down);
  g_test_add ("/records/archive/zip", Fixture, GINT_TO_POINTER (TRUE), set_up, test_archive, tear_down);
  g_test_add ("/records/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add_func ("/records/timelinejs/dates", test_timeline_dates);
  g_test_add ("/records/timelinejs/timeline", Fixture, NULL, set_up, test_timeline, tear_down);
  g_test_add ("/records/timelinejs/again", Fixture, NULL, set_up, test_timeline_again, tear_down);
  g_test_add ("/records/timelinejs/moved", Fixture, NULL, set_up, test_timeline_moved, tear_down);
  g_test_add_func ("/records/timelinejs/samples", test_timelinejs_samples);

  return g_test_run ();
}
