/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-annotations.h"
#include "annals-export.h"
#include "annals-importer.h"
#include "annals-memos.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "annals-work-document.h"

#include <glib/gstdio.h>

static const char archive[] =
  "id,title,url,date,text\n"
  "1,The ferry,https://example.org/1,2020-03-09,\"The ferry left the harbour on Monday. Nobody was on board.\"\n"
  "2,The port,https://example.org/2,2020-03-10,\"The port was closed on Tuesday by order of the minister.\"\n";

/* The same posts from elsewhere: another address and text of one, another address of the other */
static const char other_archive[] =
  "id,title,url,date,text\n"
  "1,The ferry again,https://example.org/1,2020-03-09,"
  "\"It was said today: The ferry left the harbour on Monday. Nobody was on board.\"\n"
  "2,The port,https://elsewhere.net/x,2020-03-10,\"The port was closed on Tuesday by order of the minister.\"\n";

typedef struct
{
  char           *folder;
  AnnalsNotebook *notebook;
  gint64          timeline_id;
} Fixture;

static char *
path_of (Fixture    *f,
         const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static AnnalsNotebook *
create (Fixture    *f,
        const char *name,
        const char *csv)
{
  g_autofree char *path = path_of (f, name);
  g_autofree char *csv_path = path_of (f, "posts.csv");
  g_autoptr(AnnalsImport) import = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_create (path, NULL, &error);

  g_assert_no_error (error);
  if (csv != NULL)
    {
      g_file_set_contents (csv_path, csv, -1, NULL);
      import = annals_import_file (notebook, csv_path, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (import->n_new, ==, 2);
    }

  return notebook;
}

static gboolean
work_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Fixture *f = data;
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09~", NULL);
  gint64 ferry, port, note, tag, lane, event, evidence, memo;

  return annals_db_find (db, ANNALS_RECORD_POST, "title:The ferry", &ferry, error) &&
         annals_db_find (db, ANNALS_RECORD_POST, "title:The port", &port, error) &&
         annals_db_add_annotation (db, ferry, 4, 26, "blue", "So it was", &note, error) &&
         annals_db_ensure_tag (db, "Ships", &tag, error) &&
         annals_db_tag_annotation (db, tag, note, error) &&
         annals_db_add_timeline (db, "The harbour", "", NULL, "", &f->timeline_id, error) &&
         annals_db_ensure_lane (db, f->timeline_id, "Sea", NULL, &lane, error) &&
         annals_db_add_event (db, f->timeline_id, lane, date, "It leaves", "At *last*", &event, error) &&
         annals_db_tag_event (db, tag, event, error) &&
         annals_db_add_evidence (db, event, 0, note, ANNALS_STANCE_SUPPORTS, "seen", &evidence, error) &&
         annals_db_add_evidence (db, event, port, 0, ANNALS_STANCE_CONTRADICTS, "", &evidence, error) &&
         annals_db_add_memo (db, "On ferries", "A *memo*", &memo, error);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
  f->notebook = create (f, "First.annals", archive);
  annals_notebook_change (f->notebook, "Work", work_cb, f, NULL, &error);
  g_assert_no_error (error);
}

static void
close_notebook (AnnalsNotebook *notebook)
{
  annals_notebook_close (notebook, NULL);
  g_assert_finalize_object (notebook);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  close_notebook (f->notebook);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_of (f, name);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static char *
export (Fixture             *f,
        AnnalsNotebook      *notebook,
        AnnalsExportSubject  subject)
{
  AnnalsExportRequest request = { .subject = subject, .timeline_id = f->timeline_id };
  char *path = path_of (f, subject == ANNALS_EXPORT_TIMELINE ? "timeline.json" : "notes.json");
  g_autoptr(GError) error = NULL;

  annals_export (notebook, &request, "json", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return path;
}

static AnnalsMergeResult *
import (AnnalsNotebook *notebook,
        const char     *path)
{
  g_autoptr(GError) error = NULL;
  AnnalsMergeResult *result = annals_import_document (notebook, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* What it was exported from has all of it. */
static void
test_onto_itself (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *timeline = export (f, f->notebook, ANNALS_EXPORT_TIMELINE);
  g_autofree char *notes = export (f, f->notebook, ANNALS_EXPORT_NOTES);
  g_autoptr(AnnalsMergeResult) first = import (f->notebook, timeline);
  g_autoptr(AnnalsMergeResult) second = import (f->notebook, notes);

  g_assert_cmpint (first->step, ==, 0);
  g_assert_cmpuint (first->differences->len, ==, 0);
  g_assert_cmpint (second->step, ==, 0);
  g_assert_cmpuint (second->differences->len, ==, 0);
}

/* What a document leaves out, however late it was written, is no change. */
static void
test_unsaid (Fixture       *f,
             gconstpointer  data)
{
  static const char left_out[] = ",\\s*\"(note|account|description|colour|rule|lane|date|prefix|suffix)\"\\s*:\\s*"
                                 "(\"[^\"]*\"|\\{[^{}]*\\})";
  g_autofree char *timeline = export (f, f->notebook, ANNALS_EXPORT_TIMELINE);
  g_autofree char *notes = export (f, f->notebook, ANNALS_EXPORT_NOTES);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *paths[] = { timeline, notes };

  g_file_get_contents (timeline, &before, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GRegex) members = g_regex_new (left_out, 0, 0, NULL);
      g_autoptr(GRegex) time = g_regex_new ("\"(exported|modified)\"\\s*:\\s*\"[^\"]*\"", 0, 0, NULL);
      g_autoptr(AnnalsMergeResult) result = NULL;
      g_autofree char *json = NULL;
      g_autofree char *fewer = NULL;
      g_autofree char *later = NULL;

      g_file_get_contents (paths[i], &json, NULL, NULL);
      fewer = g_regex_replace_literal (members, json, -1, 0, "", 0, NULL);
      g_assert_cmpuint (strlen (fewer), <, strlen (json));
      later = g_regex_replace_literal (time, fewer, -1, 0, "\"exported\" : \"2099-01-01T00:00:00Z\"", 0, NULL);
      g_file_set_contents (paths[i], later, -1, NULL);
      result = import (f->notebook, paths[i]);
      g_assert_cmpuint (result->differences->len, ==, 0);
      g_assert_cmpuint (result->n_changed, ==, 0);
    }

  g_free (export (f, f->notebook, ANNALS_EXPORT_TIMELINE));
  g_file_get_contents (timeline, &after, NULL, NULL);
  g_assert_cmpstr (strstr (before, "\"timeline\""), ==, strstr (after, "\"timeline\""));
}

typedef struct
{
  AnnalsAnnotation *annotation;
  AnnalsCounts      counts;
  char             *sentence;
  guint             n_evidence;
} Seen;

static gboolean
look_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Seen *seen = data;
  g_autoptr(GPtrArray) annotations = NULL;
  g_autoptr(AnnalsEvent) event = NULL;
  gint64 post, id;

  if (!annals_db_count (db, &seen->counts, error) ||
      !annals_db_find (db, ANNALS_RECORD_POST, "title:The ferry again", &post, error) ||
      !(annotations = annals_db_list_annotations (db, post, error)) ||
      !annals_db_find (db, ANNALS_RECORD_EVENT, "title:It leaves", &id, error) ||
      !(event = annals_db_load_event (db, id, 0, error)))
    return FALSE;

  g_assert_cmpuint (annotations->len, ==, 1);
  seen->annotation = g_ptr_array_steal_index (annotations, 0);
  seen->n_evidence = event->evidence->len;
  g_assert_cmpstr (annals_date_get_edtf (event->date), ==, "2020-03-09~");
  g_assert_cmpstr (event->tags[0], ==, "Ships");
  return TRUE;
}

/* Posts that have other uids: one is found by its address and has another text, one by its text. */
static void
test_elsewhere (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *timeline = export (f, f->notebook, ANNALS_EXPORT_TIMELINE);
  AnnalsNotebook *other = create (f, "Other.annals", other_archive);
  g_autoptr(AnnalsMergeResult) result = import (other, timeline);
  g_autoptr(AnnalsMergeResult) again = import (other, timeline);
  g_autoptr(GError) error = NULL;
  Seen seen = { 0 };

  g_assert_cmpint (result->step, >, 0);
  g_assert_cmpuint (result->differences->len, ==, 0);
  g_assert_cmpint (again->step, ==, 0);

  annals_notebook_read (other, look_cb, &seen, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen.counts.events, ==, 1);
  g_assert_cmpuint (seen.n_evidence, ==, 2);
  g_assert_cmpuint (seen.annotation->selector.start, ==, 23);
  g_assert_cmpstr (seen.annotation->selector.exact, ==, "ferry left the harbour");
  annals_annotation_free (seen.annotation);

  /* one step takes it back */
  annals_notebook_undo (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (annals_notebook_get_undo_step (other), !=, result->step);
  close_notebook (other);
}

/* What rests on posts that are not there is named with its place. */
static void
test_missing_posts (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *timeline = export (f, f->notebook, ANNALS_EXPORT_TIMELINE);
  g_autofree char *notes = export (f, f->notebook, ANNALS_EXPORT_NOTES);
  AnnalsNotebook *other = create (f, "Empty.annals", NULL);
  g_autoptr(AnnalsMergeResult) first = import (other, timeline);
  g_autoptr(AnnalsMergeResult) second = import (other, notes);

  g_assert_cmpuint (first->n_added[ANNALS_ENTRY_EVENT], ==, 1);
  g_assert_cmpuint (first->n_added[ANNALS_ENTRY_EVIDENCE], ==, 0);
  g_assert_cmpuint (first->differences->len, ==, 2);
  g_assert_cmpstr (((AnnalsMergeDifference *) first->differences->pdata[0])->remark, ==,
                   "events[0]: left out, as the post “The ferry” is not in this notebook");
  g_assert_cmpuint (second->n_added[ANNALS_ENTRY_MEMO], ==, 1);
  g_assert_cmpuint (second->n_added[ANNALS_ENTRY_ANNOTATION], ==, 0);
  g_assert_cmpuint (second->differences->len, ==, 1);
  close_notebook (other);
}

static void
test_damaged (Fixture       *f,
              gconstpointer  data)
{
  static const char * const bad[] = {
    "{\"format\":\"annals-timeline\"}",
    "{\"format\":\"annals-timeline\",\"version\":1}",
    "{\"format\":\"annals-timeline\",\"version\":1,\"timeline\":{\"uid\":\"x\"}}",
    "{\"format\":\"annals-notes\",\"version\":7}",
    "{\"format\":\"annals-notes\",\"version\":1,\"annotations\":[",
    "{\"format\":\"annals-notes\",\"version\":1,\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  };
  static const char odd[] =
    "{\"format\":\"annals-notes\",\"version\":1,\"exported\":3,\"annotations\":[1,{},{\"uid\":7,\"post\":[]},"
    "{\"uid\":\"9849dc63-c9d3-4f9d-b24c-38145fc0a5eb\",\"post\":\"y\",\"tags\":[null,{},\"\"]}],\"memos\":{\"a\":[]},"
    "\"posts\":[3,{\"uid\":{}}]}";
  g_autofree char *path = path_of (f, "bad.json");
  g_autoptr(AnnalsMergeResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_file_set_contents (path, bad[i], -1, NULL);
      g_assert_null (annals_import_document (f->notebook, path, NULL, NULL, NULL, &error));
      g_assert_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "bad.json"));
    }

  g_file_set_contents (path, odd, -1, NULL);
  result = import (f->notebook, path);
  g_assert_cmpint (result->step, ==, 0);
  g_assert_cmpuint (result->differences->len, ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/work-document/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("onto-itself", test_onto_itself);
  ADD ("unsaid", test_unsaid);
  ADD ("elsewhere", test_elsewhere);
  ADD ("missing-posts", test_missing_posts);
  ADD ("damaged", test_damaged);

  return g_test_run ();
}
