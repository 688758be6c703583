/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <sqlite3.h>

#include "annals-colour-names.h"

/* What the actions below work on. */
typedef struct
{
  gint64 post;
  gint64 other_post;
  gint64 annotation;
  gint64 post_note;
  gint64 tag;
  gint64 timeline;
  gint64 lane;
  gint64 event;
  gint64 evidence;
  gint64 link;
  gint64 memo;
} Ids;

static Ids ids;

#define ACTION(name, expression) \
  static gboolean \
  name (AnnalsDb      *db, \
        gpointer       data, \
        GCancellable  *cancellable, \
        GError       **error) \
  { \
    return expression; \
  }

static AnnalsDate *
date (const char *edtf)
{
  static GHashTable *dates;   /* kept to the end of the test */

  if (dates == NULL)
    dates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) annals_date_unref);
  if (!g_hash_table_contains (dates, edtf))
    g_hash_table_insert (dates, (gpointer) edtf, annals_date_parse (edtf, NULL));

  return g_hash_table_lookup (dates, edtf);
}

ACTION (add_highlight, annals_db_add_annotation (db, ids.post, 4, 9, "yellow", "", &ids.annotation, error))
ACTION (note_post, annals_db_add_post_note (db, ids.post, "blue", "On *all* of it", &ids.post_note, error))
ACTION (name_colour, annals_db_set_colour_name (db, "yellow", "Proof", error))
ACTION (rename_colour, annals_db_set_colour_name (db, "yellow", "Sure", error))
ACTION (unname_colour, annals_db_set_colour_name (db, "yellow", "", error))
ACTION (edit_note, annals_db_set_annotation_note (db, ids.annotation, "New *note*", error))
ACTION (set_colour, annals_db_set_annotation_colour (db, ids.annotation, "red", error))
ACTION (place_again, annals_db_place_annotation (db, ids.annotation, 10, 14, error))
ACTION (make_tag, annals_db_ensure_tag (db, "harbour/ferry", &ids.tag, error))
ACTION (tag_both, annals_db_tag_posts (db, ids.tag, (gint64[]) { ids.post, ids.other_post }, 2, error))
ACTION (tag_note, annals_db_tag_annotation (db, ids.tag, ids.annotation, error))
ACTION (rename_tag, annals_db_rename_tag (db, ids.tag, "Ferries", error))
ACTION (recolour_tag, annals_db_set_tag_colour (db, ids.tag, "grey", error))
ACTION (untag_one, annals_db_untag_posts (db, ids.tag, &ids.other_post, 1, error))
ACTION (star, annals_db_set_post_starred (db, &ids.post, 1, TRUE, error))
ACTION (mark_read, annals_db_set_post_read (db, &ids.post, 1, TRUE, error))
ACTION (trash, annals_db_set_post_trashed (db, &ids.other_post, 1, TRUE, error))
ACTION (add_timeline, annals_db_add_timeline (db, "Harbour", "What happened", NULL, "", &ids.timeline, error))
ACTION (rename_timeline, annals_db_set_timeline (db, ids.timeline, "The harbour", NULL, "red", "harbour*", error))
ACTION (add_lane, annals_db_ensure_lane (db, ids.timeline, "Ships", NULL, &ids.lane, error))
ACTION (add_event, annals_db_add_event (db, ids.timeline, ids.lane, date ("2020-03~"), "Ferry leaves", "…",
                                        &ids.event, error))
ACTION (add_evidence, annals_db_add_evidence (db, ids.event, 0, ids.annotation, ANNALS_STANCE_SUPPORTS, "",
                                              &ids.evidence, error))
ACTION (contradict, annals_db_set_evidence (db, ids.evidence, ANNALS_STANCE_CONTRADICTS, "Not so", error))
ACTION (edit_event, annals_db_set_event (db, ids.event, date ("2020-03-09"), "The ferry leaves", "On Monday", error))
ACTION (out_of_lane, annals_db_set_event_lane (db, ids.event, ids.timeline, 0, error))
ACTION (rename_lane, annals_db_set_lane (db, ids.lane, "Boats", "teal", error))
ACTION (delete_lane, annals_db_delete_lane (db, ids.lane, error))
ACTION (add_link, annals_db_add_link (db, ANNALS_RECORD_ANNOTATION, ids.annotation, ANNALS_RELATION_CITES,
                                      ANNALS_RECORD_EVENT, ids.event, "Both", &ids.link, error))
ACTION (link_back, annals_db_add_link (db, ANNALS_RECORD_EVENT, ids.event, ANNALS_RELATION_CITES,
                                       ANNALS_RECORD_POST, ids.other_post, NULL, NULL, error))
ACTION (edit_link, annals_db_set_link (db, ids.link, ANNALS_RELATION_CONTRADICTS, "Only one", error))
ACTION (delete_link, annals_db_delete_link (db, ids.link, error))
ACTION (link_again, annals_db_add_link (db, ANNALS_RECORD_ANNOTATION, ids.annotation, ANNALS_RELATION_RELATED,
                                        ANNALS_RECORD_POST, ids.other_post, NULL, &ids.link, error))
ACTION (rename_memo, annals_db_set_memo (db, ids.memo, "What we know", NULL, error))
ACTION (clear_memo, annals_db_set_memo (db, ids.memo, NULL, "Nothing.", error))
ACTION (delete_memo, annals_db_delete_memo (db, ids.memo, error))
ACTION (delete_note, annals_db_delete_annotation (db, ids.annotation, error))
ACTION (delete_tag, annals_db_delete_tag (db, ids.tag, error))
ACTION (delete_evidence, annals_db_delete_evidence (db, ids.evidence, error))
ACTION (delete_event, annals_db_delete_event (db, ids.event, error))
ACTION (delete_timeline, annals_db_delete_timeline (db, ids.timeline, error))

/* References to what there is and to what there is not. */
static gboolean
write_text (AnnalsDb  *db,
            gboolean   make,
            GError   **error)
{
  g_autofree char *post = annals_db_dup_uid (db, ANNALS_RECORD_POST, ids.post, error);
  g_autofree char *note = annals_db_dup_uid (db, ANNALS_RECORD_ANNOTATION, ids.annotation, error);
  g_autofree char *event = annals_db_dup_uid (db, ANNALS_RECORD_EVENT, ids.event, error);
  g_autofree char *text = g_strdup_printf ("# Sources\n[[post:%s|Post]], [[note:%s|Note]], [[%s:%s|Event]] [[Else]]",
                                           post, note, make ? "timeline" : "event", event);

  return make ? annals_db_add_memo (db, "Sources", text, &ids.memo, error)
              : annals_db_set_memo (db, ids.memo, NULL, text, error);
}

ACTION (add_memo, write_text (db, TRUE, error))
ACTION (write_memo, write_text (db, FALSE, error))

static const struct
{
  const char   *label;
  AnnalsDbFunc  func;
} actions[] = {
  { "Add highlight", add_highlight }, { "Edit note", edit_note }, { "Change colour", set_colour },
  { "Note post", note_post }, { "Name colour", name_colour }, { "Rename colour", rename_colour },
  { "Unname colour", unname_colour }, { "Move highlight", place_again }, { "Make tag", make_tag }, { "Tag 2 posts", tag_both },
  { "Tag note", tag_note }, { "Rename tag", rename_tag }, { "Colour tag", recolour_tag },
  { "Untag", untag_one }, { "Star", star }, { "Mark as read", mark_read }, { "Move to trash", trash },
  { "Add timeline", add_timeline }, { "Rename timeline", rename_timeline }, { "Add lane", add_lane },
  { "Add event", add_event }, { "Add evidence", add_evidence }, { "Contradict", contradict },
  { "Edit event", edit_event }, { "Take out of lane", out_of_lane }, { "Rename lane", rename_lane },
  { "Add link", add_link }, { "Link back", link_back }, { "Edit link", edit_link }, { "Remove link", delete_link },
  { "Link again", link_again }, { "Add memo", add_memo }, { "Write memo", write_memo }, { "Rename memo", rename_memo },
  { "Delete lane", delete_lane }, { "Delete note", delete_note }, { "Delete tag", delete_tag },
  { "Delete evidence", delete_evidence }, { "Delete event", delete_event },
  { "Clear memo", clear_memo }, { "Delete memo", delete_memo },
  { "Delete timeline", delete_timeline },
};

static void
undo (Fixture    *f,
      const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  annals_notebook_undo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, expected);
}

static void
redo (Fixture    *f,
      const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  annals_notebook_redo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, expected);
}

static void
choose_posts (Fixture *f)
{
  ids = (Ids) { .post = fixture_post (f, 0), .other_post = fixture_post (f, 1) };
}

/* Each action done, undone, redone: the whole notebook is compared before and after. */
static void
test_each (Fixture       *f,
           gconstpointer  data)
{
  choose_posts (f);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *before = fixture_dump (f);
      g_autofree char *done = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;

      CHANGE (f, actions[i].label, actions[i].func, NULL);
      done = fixture_dump (f);
      if (g_str_equal (before, done))
        g_error ("%s changed nothing", actions[i].label);

      undo (f, actions[i].label);
      undone = fixture_dump (f);
      g_assert_cmpstr (undone, ==, before);

      redo (f, actions[i].label);
      redone = fixture_dump (f);
      g_assert_cmpstr (redone, ==, done);
    }
}

/* All of them back to the start and forth again, with a restart at every step. */
static void
test_all_across_restarts (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr(GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  guint n = G_N_ELEMENTS (actions);

  choose_posts (f);
  g_ptr_array_add (dumps, fixture_dump (f));
  for (guint i = 0; i < n; i++)
    {
      CHANGE (f, actions[i].label, actions[i].func, NULL);
      g_ptr_array_add (dumps, fixture_dump (f));
    }

  for (guint i = n; i-- > 0;)
    {
      g_autofree char *dump = NULL;

      fixture_reopen (f);
      g_assert_cmpstr (annals_notebook_get_undo_label (f->notebook), ==, actions[i].label);
      undo (f, actions[i].label);
      dump = fixture_dump (f);
      g_assert_cmpstr (dump, ==, dumps->pdata[i]);
    }

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *dump = NULL;

      fixture_reopen (f);
      g_assert_cmpstr (annals_notebook_get_redo_label (f->notebook), ==, actions[i].label);
      redo (f, actions[i].label);
      dump = fixture_dump (f);
      g_assert_cmpstr (dump, ==, dumps->pdata[i + 1]);
    }
}

static void
test_new_action_ends_redo (Fixture       *f,
                           gconstpointer  data)
{
  choose_posts (f);
  CHANGE (f, "Add highlight", add_highlight, NULL);
  undo (f, "Add highlight");
  CHANGE (f, "Star", star, NULL);
  redo (f, NULL);
  undo (f, "Star");
  undo (f, "Import “posts.txt”");
  undo (f, NULL);
}

static gboolean
change_then_fail (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return add_highlight (db, NULL, NULL, error) &&
         annals_db_set_annotation_colour (db, ids.annotation, "no such colour", error);
}

static void
test_failure_leaves_nothing (Fixture       *f,
                             gconstpointer  data)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  choose_posts (f);
  g_assert_false (annals_notebook_change (f->notebook, "Fail", change_then_fail, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
  undo (f, "Import “posts.txt”");
}

static void
test_nothing_changed_leaves_no_history (Fixture       *f,
                                        gconstpointer  data)
{
  choose_posts (f);
  CHANGE (f, "Star", star, NULL);
  CHANGE (f, "Star", star, NULL);
  undo (f, "Star");
  undo (f, "Import “posts.txt”");
}

/* What nobody did is no step, and does not end what can be redone. */
static void
test_noted (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;

  choose_posts (f);
  CHANGE (f, "Star", star, NULL);
  undo (f, "Star");
  CHANGE (f, NULL, mark_read, NULL);
  after = fixture_dump (f);
  g_assert_cmpstr (before, !=, after);

  redo (f, "Star");
  undo (f, "Star");
  undo (f, "Import “posts.txt”");
}

/* --- imports --- */

typedef struct
{
  AnnalsAnnotation *annotation;
  AnnalsCounts      counts;
  guint             n_tags;
} Seen;

static gboolean
look (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Seen *seen = data;
  g_autoptr(GPtrArray) tags = annals_db_list_tags (db, error);

  g_clear_pointer (&seen->annotation, annals_annotation_free);
  if (ids.annotation != 0 && !(seen->annotation = annals_db_load_annotation (db, ids.annotation, error)))
    return FALSE;
  seen->n_tags = tags != NULL ? tags->len : 0;

  return tags != NULL && annals_db_count (db, &seen->counts, error);
}

static void
test_import_undone (Fixture       *f,
                    gconstpointer  data)
{
  Seen seen = { NULL };

  ids = (Ids) { 0 };
  READ (f, look, &seen);
  g_assert_cmpuint (seen.counts.all, ==, 3);
  g_assert_cmpuint (seen.n_tags, ==, 1);

  undo (f, "Import “posts.txt”");
  READ (f, look, &seen);
  g_assert_cmpuint (seen.counts.all, ==, 0);
  g_assert_cmpuint (seen.n_tags, ==, 0);

  redo (f, "Import “posts.txt”");
  READ (f, look, &seen);
  g_assert_cmpuint (seen.counts.all, ==, 3);
  g_assert_cmpuint (seen.n_tags, ==, 1);
}

static void
test_import_again (Fixture       *f,
                   gconstpointer  data)
{
  static const char * const same[] = {
    "The ferry left the harbour on Monday.\nNobody was on board but the crew.", NULL,
  };
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  AnnalsStored stored[1];

  fixture_import (f, same, stored);
  g_assert_cmpint (stored[0], ==, ANNALS_STORED_UNCHANGED);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);

  /* After an undo the same posts are new again. */
  undo (f, "Import “posts.txt”");
  fixture_import (f, same, stored);
  g_assert_cmpint (stored[0], ==, ANNALS_STORED_NEW);
}

static void
test_changed_text (Fixture       *f,
                   gconstpointer  data)
{
  static const char * const inserted[] = {
    "Correction.\n\nThe ferry left the harbour on Monday.\n\nNobody was on board but the crew.", NULL,
  };
  static const char * const rewritten[] = { "This report was withdrawn by its authors.", NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AnnalsStored stored[1];
  Seen seen = { NULL };

  choose_posts (f);
  CHANGE (f, "Add highlight", add_highlight, NULL);
  before = fixture_dump (f);

  fixture_import (f, inserted, stored);
  g_assert_cmpint (stored[0], ==, ANNALS_STORED_UPDATED);
  READ (f, look, &seen);
  g_assert_cmpstr (seen.annotation->state, ==, "moved");
  g_assert_cmpuint (seen.annotation->selector.start, ==, 16);
  g_assert_cmpstr (seen.annotation->selector.exact, ==, "ferry");

  fixture_import (f, rewritten, stored);
  READ (f, look, &seen);
  g_assert_cmpstr (seen.annotation->state, ==, "review");
  g_assert_cmpstr (seen.annotation->selector.exact, ==, "ferry");

  undo (f, "Import “posts.txt”");
  READ (f, look, &seen);
  g_assert_cmpstr (seen.annotation->state, ==, "moved");
  undo (f, "Import “posts.txt”");
  READ (f, look, &seen);
  g_assert_cmpstr (seen.annotation->state, ==, "anchored");
  g_assert_cmpuint (seen.annotation->selector.start, ==, 4);

  /* The revisions stay in the file; what the user sees is as it was. */
  undo (f, "Add highlight");
  redo (f, "Add highlight");
  redo (f, "Import “posts.txt”");
  READ (f, look, &seen);
  g_assert_cmpstr (seen.annotation->state, ==, "moved");
  undo (f, "Import “posts.txt”");
  after = fixture_dump (f);
  {
    g_auto(GStrv) old_lines = g_strsplit (before, "\n", -1);

    for (guint i = 0; old_lines[i] != NULL; i++)
      g_assert_nonnull (strstr (after, old_lines[i]));
  }
  g_clear_pointer (&seen.annotation, annals_annotation_free);
}

/* --- what is said of a change --- */

static void
changed_cb (AnnalsNotebook *notebook,
            AnnalsChanges  *changes,
            AnnalsChanges **last)
{
  g_clear_pointer (last, annals_changes_unref);
  *last = annals_changes_ref (changes);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_changes_are_told (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr(AnnalsChanges) last = NULL;
  guint n;

  settle ();
  choose_posts (f);
  g_signal_connect (f->notebook, "changed", G_CALLBACK (changed_cb), &last);

  CHANGE (f, "Add highlight", add_highlight, NULL);
  settle ();
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_ANNOTATION, ids.annotation));
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_POST, ids.post));
  g_assert_false (annals_changes_touch_id (last, ANNALS_RECORD_POST, ids.other_post));
  g_assert_false (annals_changes_touch (last, ANNALS_RECORD_TAG));
  g_assert_cmpstr (annals_notebook_get_undo_label (f->notebook), ==, "Add highlight");

  CHANGE (f, "Edit note", edit_note, NULL);
  settle ();
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_POST, ids.post));

  CHANGE (f, "Make tag", make_tag, NULL);
  CHANGE (f, "Tag 2 posts", tag_both, NULL);
  settle ();
  g_assert_cmpint (annals_changes_get_ids (last, ANNALS_RECORD_POST, &n)[0], ==, MIN (ids.post, ids.other_post));
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_TAG, ids.tag));

  CHANGE (f, "Add timeline", add_timeline, NULL);
  CHANGE (f, "Add lane", add_lane, NULL);
  CHANGE (f, "Add event", add_event, NULL);
  CHANGE (f, "Add evidence", add_evidence, NULL);
  settle ();
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_EVENT, ids.event));
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_TIMELINE, ids.timeline));
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_POST, ids.post));

  undo (f, "Add evidence");
  settle ();
  g_assert_true (annals_changes_touch_id (last, ANNALS_RECORD_EVENT, ids.event));
  g_assert_cmpstr (annals_notebook_get_redo_label (f->notebook), ==, "Add evidence");
  g_assert_cmpstr (annals_notebook_get_undo_label (f->notebook), ==, "Add event");
}

static void
async_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change_finish (ANNALS_NOTEBOOK (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_change_finish (ANNALS_NOTEBOOK (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

static void
test_async (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  choose_posts (f);
  annals_notebook_change_async (f->notebook, "Star", star, NULL, NULL, NULL, async_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (annals_notebook_get_undo_label (f->notebook), ==, "Star");

  done = FALSE;
  g_cancellable_cancel (cancellable);
  annals_notebook_change_async (f->notebook, "Trash", trash, NULL, NULL, cancellable, cancelled_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  undo (f, "Star");
}

/* Another program's change shows in the history and can be undone here. */
static void
test_two_programs (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *other;
  Seen seen = { NULL };

  choose_posts (f);
  other = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  annals_notebook_change (other, "Add highlight", add_highlight, NULL, NULL, &error);
  g_assert_no_error (error);

  READ (f, look, &seen);
  g_assert_cmpstr (seen.annotation->selector.exact, ==, "ferry");
  undo (f, "Add highlight");
  g_clear_pointer (&seen.annotation, annals_annotation_free);
  ids.annotation = 0;
  READ (f, look, &seen);
  g_assert_cmpuint (seen.counts.annotations, ==, 0);

  annals_notebook_close (other, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (other);
}

static void
run_sql (Fixture    *f,
         const char *sql)
{
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
  sqlite3_busy_timeout (native, 10000);   /* the writer may be at what is derived */
  g_assert_cmpint (sqlite3_exec (native, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
}

/* What stands in the way of undo or redo is told, and all stays as it is. */
static void
test_conflicts (Fixture       *f,
                gconstpointer  data)
{
  static const struct
  {
    const char *in_the_way;
    gboolean    redo;
  } cases[] = {
    { "UPDATE annotation SET note = 'by hand'", FALSE },
    { "UPDATE annotation SET id = 77", TRUE },   /* the uid is taken */
    { "UPDATE annotation SET note = 'by hand'", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr(GError) error = NULL;
      gboolean ok;

      ids.post = fixture_post (f, 0);
      CHANGE (f, "Add highlight", add_highlight, NULL);
      if (cases[i].redo)
        {
          run_sql (f, "CREATE TABLE kept AS SELECT * FROM annotation");
          g_assert_true (annals_notebook_undo (f->notebook, &label, &error));
          g_clear_pointer (&label, g_free);
          run_sql (f, "INSERT INTO annotation SELECT * FROM kept; DROP TABLE kept");
        }

      run_sql (f, cases[i].in_the_way);
      before = fixture_dump (f);
      ok = cases[i].redo ? annals_notebook_redo (f->notebook, &label, &error)
                         : annals_notebook_undo (f->notebook, &label, &error);
      g_assert_false (ok);
      g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT);
      after = fixture_dump (f);
      g_assert_cmpstr (before, ==, after);

      run_sql (f, "DELETE FROM annotation; DELETE FROM history WHERE label = 'Add highlight'");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/undo/each", test_each);
  ADD ("/notebook/undo/all-across-restarts", test_all_across_restarts);
  ADD ("/notebook/undo/new-action-ends-redo", test_new_action_ends_redo);
  ADD ("/notebook/undo/failure-leaves-nothing", test_failure_leaves_nothing);
  ADD ("/notebook/undo/nothing-changed", test_nothing_changed_leaves_no_history);
  ADD ("/notebook/undo/noted", test_noted);
  ADD ("/notebook/undo/import", test_import_undone);
  ADD ("/notebook/undo/import-again", test_import_again);
  ADD ("/notebook/undo/changed-text", test_changed_text);
  ADD ("/notebook/undo/changes-are-told", test_changes_are_told);
  ADD ("/notebook/undo/async", test_async);
  ADD ("/notebook/undo/conflicts", test_conflicts);
  ADD ("/notebook/undo/two-programs", test_two_programs);

  return g_test_run ();
}
