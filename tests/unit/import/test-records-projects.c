/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "annals-history.h"
#include "annals-importer.h"
#include "annals-posts.h"
#include "annals-records-format.h"
#include "records-fixture.h"

/* --- REFI-QDA --- */

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

static void
write_memo (Fixture    *f,
            const char *name,
            const char *time)
{
  g_autofree char *project = g_strdup_printf (
    PROJECT ("<Notes><Note guid=\"" GUID ("c") "\" name=\"%s\" modifiedDateTime=\"%s\">"
             "<PlainTextContent>Words</PlainTextContent></Note></Notes>"), name, time);

  write_file (f, "memo.qde", project);
}

/* One that cannot be as it is there is left out, whether it is here or not, and nothing else with it. */
static void
test_memo_refused (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *too_long = g_strnfill (2000, 'x');
  g_autoptr(AnnalsImport) refused = NULL;
  g_autoptr(AnnalsImport) first = NULL;
  g_autoptr(AnnalsImport) later = NULL;
  g_autoptr(AnnalsImport) refused_again = NULL;

  write_memo (f, too_long, "2030-01-01T00:00:00Z");
  refused = import (f, "memo.qde");
  assert_counts (refused, 0, 0, 0, 1);
  write_memo (f, "Memo", "2030-01-02T00:00:00Z");
  first = import (f, "memo.qde");
  assert_counts (first, 1, 0, 0, 0);
  write_memo (f, "Other", "2030-01-03T00:00:00Z");
  later = import (f, "memo.qde");
  assert_counts (later, 0, 1, 0, 0);
  write_memo (f, too_long, "2030-01-04T00:00:00Z");
  refused_again = import (f, "memo.qde");
  assert_counts (refused_again, 0, 0, 0, 1);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/records/qdpx/foreign", Fixture, NULL, set_up, test_foreign_project, tear_down);
  g_test_add ("/records/qdpx/media", Fixture, NULL, set_up, test_media, tear_down);
  g_test_add ("/records/qdpx/memo-refused", Fixture, NULL, set_up, test_memo_refused, tear_down);
  g_test_add_func ("/records/qdpx/faults", test_project_faults);
  g_test_add ("/records/archive/folder", Fixture, GINT_TO_POINTER (FALSE), set_up, test_archive, tear_down);
  g_test_add ("/records/archive/zip", Fixture, GINT_TO_POINTER (TRUE), set_up, test_archive, tear_down);
  g_test_add ("/records/stopped", Fixture, NULL, set_up, test_stopped, tear_down);

  return g_test_run ();
}
