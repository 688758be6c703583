/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review.h"
#include "notebook-fixture.h"

#include <sqlite3.h>
#include <string.h>

#define FERRY \
  "The ferry left the harbour on Monday with forty passengers. The port office had warned of the storm, and two " \
  "of its pilots stayed ashore. Nobody was hurt."
#define SUMMARY "The minister thanked the crews in a short statement on the radio."

/* Texts that post 0 becomes. */
static const char *const as_it_was[] = { FERRY "\n\n" SUMMARY, NULL };
static const char *const something_before[] = { "Correction of 3 May.\n\n" FERRY "\n\n" SUMMARY, NULL };
static const char *const withdrawn[] = { "This report was withdrawn by its authors.", NULL };
static const char *const rewritten[] = {
  "The ferry left the harbour on Monday with forty passengers. A lighthouse keeper whose name nobody knew "
  "saw it first. Nobody was hurt.\n\n" SUMMARY, NULL,
};

typedef struct
{
  gint64        post;
  gint64        annotation;
  gint64        event;
  const char   *quote;
  guint         candidate;
  AnnalsReview *review;
  GPtrArray    *list;
  guint         n;
} Desk;

static Desk desk;

#define ACTION(name, expression) \
  static gboolean \
  name (AnnalsDb      *db, \
        gpointer       data, \
        GCancellable  *cancellable, \
        GError       **error) \
  { \
    return expression; \
  }

static gboolean
mark (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(AnnalsText) text = annals_db_load_text (db, desk.post, 0, error);
  guint start;
  guint end;

  g_assert_true (annals_text_find (text, desk.quote, 1, &start, &end));
  return annals_db_add_annotation (db, desk.post, start, end, "yellow", "", &desk.annotation, error);
}

static gboolean
rest_event_on_it (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);
  gint64 timeline;
  gint64 evidence;

  return annals_db_add_timeline (db, "Harbour", "", NULL, "", &timeline, error) &&
         annals_db_add_event (db, timeline, 0, date, "Warning", "", &desk.event, error) &&
         annals_db_add_evidence (db, desk.event, 0, desk.annotation, ANNALS_STANCE_SUPPORTS, "", &evidence,
                                 error);
}

ACTION (place, annals_db_place_on_candidate (db, desk.annotation, desk.candidate, error))
ACTION (keep, annals_db_set_annotation_orphan (db, desk.annotation, TRUE, error))
ACTION (confirm, annals_db_confirm_annotation (db, desk.annotation, error))

static gboolean
look (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_clear_pointer (&desk.review, annals_review_free);
  g_clear_pointer (&desk.list, g_ptr_array_unref);

  return (desk.review = annals_db_load_review (db, desk.annotation, error)) != NULL &&
         (desk.list = annals_db_list_review (db, error)) != NULL &&
         annals_db_count_review (db, &desk.n, error);
}

static gboolean
check_event (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(AnnalsEvent) event = annals_db_load_event (db, desk.event, 0, error);
  const AnnalsEvidence *evidence;

  if (event == NULL)
    return FALSE;

  g_assert_cmpuint (event->evidence->len, ==, 1);
  evidence = event->evidence->pdata[0];
  g_assert_cmpint (evidence->annotation_id, ==, desk.annotation);
  g_assert_cmpint (evidence->post_id, ==, desk.post);

  return TRUE;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  fixture_set_up (f, data);
  memset (&desk, 0, sizeof desk);
  desk.quote = "The port office had warned of the storm, and two of its pilots stayed ashore.";
  fixture_import (f, as_it_was, NULL);
  desk.post = fixture_post (f, 0);
  CHANGE (f, "Add highlight", mark, NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_pointer (&desk.review, annals_review_free);
  g_clear_pointer (&desk.list, g_ptr_array_unref);
  fixture_tear_down (f, data);
}

static void
undo (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

static void
redo (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_redo (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

#define assert_state(expected) \
  G_STMT_START { \
    READ (f, look, NULL); \
    g_assert_cmpstr (desk.review->annotation->state, ==, expected); \
  } G_STMT_END

/* Does one change, undoes and redoes it: the whole notebook is compared. */
static void
check_step (Fixture      *f,
            AnnalsDbFunc  func)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *done = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  CHANGE (f, "Decide", func, NULL);
  done = fixture_dump (f);
  g_assert_cmpstr (before, !=, done);
  undo (f);
  undone = fixture_dump (f);
  g_assert_cmpstr (undone, ==, before);
  redo (f);
  redone = fixture_dump (f);
  g_assert_cmpstr (redone, ==, done);
}

/* A note that moved says from where until somebody confirms it. */
static void
test_moved (Fixture       *f,
            gconstpointer  data)
{
  const AnnalsAnnotation *annotation;
  g_autoptr(GError) error = NULL;

  CHANGE (f, "Add event", rest_event_on_it, NULL);
  fixture_import (f, something_before, NULL);
  assert_state ("moved");
  annotation = desk.review->annotation;
  g_assert_cmpint (annotation->moved, !=, 0);
  g_assert_cmpstr (annotation->was_quote, ==, desk.quote);
  g_assert_cmpuint (annotation->was_start, ==, strlen ("The ferry left the harbour on Monday with forty "
                                                        "passengers. "));
  g_assert_cmpuint (annotation->selector.start, ==, annotation->was_start + strlen ("Correction of 3 May.\n"));
  g_assert_cmpuint (desk.n, ==, 0);
  READ (f, check_event, NULL);

  check_step (f, confirm);
  assert_state ("anchored");
  g_assert_cmpint (desk.review->annotation->moved, ==, 0);
  g_assert_cmpstr (desk.review->annotation->was_quote, ==, "");

  g_assert_false (annals_notebook_change (f->notebook, "Confirm", confirm, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
}

/* When the old text comes again the note is back where it was, and nobody need confirm that. */
static void
test_set_back (Fixture       *f,
               gconstpointer  data)
{
  fixture_import (f, something_before, NULL);
  assert_state ("moved");
  fixture_import (f, as_it_was, NULL);
  assert_state ("anchored");
  g_assert_cmpint (desk.review->annotation->moved, ==, 0);

  fixture_import (f, withdrawn, NULL);
  assert_state ("review");
  fixture_import (f, as_it_was, NULL);
  assert_state ("anchored");
  g_assert_cmpstr (desk.review->annotation->selector.exact, ==, desk.quote);
}

static void
test_undo_import (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *before = NULL;

  READ (f, look, NULL);
  before = g_strdup_printf ("%u %s", desk.review->annotation->selector.start,
                            desk.review->annotation->selector.exact);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *after = NULL;

      fixture_import (f, i == 0 ? something_before : withdrawn, NULL);
      assert_state (i == 0 ? "moved" : "review");
      undo (f);
      assert_state ("anchored");
      after = g_strdup_printf ("%u %s", desk.review->annotation->selector.start,
                               desk.review->annotation->selector.exact);
      g_assert_cmpstr (before, ==, after);
      redo (f);
      assert_state (i == 0 ? "moved" : "review");
      undo (f);
      assert_state ("anchored");
    }
}

static void
test_review (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *quote = NULL;
  const AnnalsAnchorCandidate *first;

  CHANGE (f, "Add event", rest_event_on_it, NULL);
  fixture_import (f, rewritten, NULL);
  assert_state ("review");
  g_assert_cmpuint (desk.n, ==, 1);
  g_assert_cmpuint (desk.list->len, ==, 1);
  g_assert_cmpint (desk.review->reason, ==, ANNALS_ANCHOR_REWRITTEN);
  g_assert_cmpuint (desk.review->candidates->len, >=, 1);
  first = &g_array_index (desk.review->candidates, AnnalsAnchorCandidate, 0);
  quote = annals_text_dup_slice (desk.review->text, first->start, first->end);
  g_assert_cmpstr (quote, ==, "A lighthouse keeper whose name nobody knew saw it first.");
  READ (f, check_event, NULL);

  check_step (f, keep);
  READ (f, look, NULL);
  g_assert_true (desk.review->annotation->orphan);
  g_assert_cmpuint (desk.n, ==, 0);

  check_step (f, place);
  assert_state ("anchored");
  g_assert_false (desk.review->annotation->orphan);
  g_assert_cmpstr (desk.review->annotation->selector.exact, ==, quote);
  READ (f, check_event, NULL);
}

static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_change (f->notebook, "Keep", keep, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  g_clear_error (&error);

  fixture_import (f, withdrawn, NULL);
  assert_state ("review");
  g_assert_cmpint (desk.review->reason, ==, ANNALS_ANCHOR_DELETED);
  desk.candidate = desk.review->candidates->len;
  g_assert_false (annals_notebook_change (f->notebook, "Place", place, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  desk.candidate = G_MAXUINT;
  g_clear_error (&error);
  g_assert_false (annals_notebook_change (f->notebook, "Place", place, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
}

static void
run_sql (Fixture    *f,
         const char *sql)
{
  sqlite3 *native;

  g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
  sqlite3_busy_timeout (native, 30000);   /* the writer may be indexing */
  g_assert_cmpint (sqlite3_exec (native, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
}

/* What a stranger's notebook may say of a note. */
static void
test_hostile (Fixture       *f,
              gconstpointer  data)
{
  static const char *const places[] = {
    "start = -1, end = 9223372036854775807", "start = 9223372036854775807, end = -5", "start = 40, end = 12",
    "start = 0, end = 4294967295", "start = 4294967290, end = 4294967295", "quote = '', start = 3, end = 9",
    "quote = char (0) || 'x', prefix = char (10), suffix = ''",
    "was_start = -9, moved = -1, was_quote = char (65533)", "orphan = 77, state = 'review'",
    "quote = replace (hex (zeroblob (40000)), '0', 'a')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE annotation SET %s", places[i]);
      const AnnalsSelector *selector;

      run_sql (f, sql);
      fixture_import (f, i % 2 == 0 ? something_before : rewritten, NULL);
      READ (f, look, NULL);
      selector = &desk.review->annotation->selector;
      if (!g_str_equal (desk.review->annotation->state, "review") && *selector->exact != '\0')
        {
          g_autofree char *slice = annals_text_dup_slice (desk.review->text, selector->start, selector->end);

          g_assert_cmpstr (slice, ==, selector->exact);
        }
      undo (f);
    }
}

/* A note on a whole post has no passage that could be lost. */
static void
test_whole_post (Fixture       *f,
                 gconstpointer  data)
{
  run_sql (f, "UPDATE annotation SET start = 0, end = 0, quote = '', prefix = '', suffix = ''");
  fixture_import (f, withdrawn, NULL);
  assert_state ("anchored");
  g_assert_cmpuint (desk.n, ==, 0);
  undo (f);
  assert_state ("anchored");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/review/moved", test_moved);
  ADD ("/review/set-back", test_set_back);
  ADD ("/review/undo-import", test_undo_import);
  ADD ("/review/review", test_review);
  ADD ("/review/refused", test_refused);
  ADD ("/review/hostile", test_hostile);
  ADD ("/review/whole-post", test_whole_post);

  return g_test_run ();
}
