/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <string.h>

/* The history as a list: going to a step of one's choice, undoing one step by itself. */

static struct
{
  gint64 post, other_post;
  gint64 first, second;    /* annotations */
  gint64 tag;
  gint64 timeline, event;
} ids;

#define ACTION(name, expression) \
  static gboolean \
  name (AnnalsDb      *db, \
        gpointer       data, \
        GCancellable  *cancellable, \
        GError       **error) \
  { \
    return expression; \
  }

ACTION (add_first, annals_db_add_annotation (db, ids.post, 4, 9, "yellow", "", &ids.first, error))
ACTION (add_second, annals_db_add_annotation (db, ids.post, 10, 14, "yellow", "", &ids.second, error))
ACTION (note_first, annals_db_set_annotation_note (db, ids.first, "A note", error))
ACTION (note_first_again, annals_db_set_annotation_note (db, ids.first, "Another note", error))
ACTION (red_first, annals_db_set_annotation_colour (db, ids.first, "red", error))
ACTION (delete_second, annals_db_delete_annotation (db, ids.second, error))
ACTION (make_tag, annals_db_ensure_tag (db, "ferry", &ids.tag, error))
ACTION (tag_post, annals_db_tag_posts (db, ids.tag, &ids.post, 1, error))
ACTION (star_other, annals_db_set_post_starred (db, &ids.other_post, 1, TRUE, error))
ACTION (add_timeline, annals_db_add_timeline (db, "Harbour", "", NULL, "", &ids.timeline, error))

static gboolean
add_event (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);

  return annals_db_add_event (db, ids.timeline, 0, date, "Ferry", "", &ids.event, error);
}

static void
begin (Fixture *f)
{
  memset (&ids, 0, sizeof ids);
  ids.post = fixture_post (f, 0);
  ids.other_post = fixture_post (f, 1);
}

static gboolean
list_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  *(GPtrArray **) data = annals_db_list_history (db, 0, error);

  return *(GPtrArray **) data != NULL;
}

/* The newest step of that name. */
static AnnalsAction
find (Fixture    *f,
      const char *label)
{
  g_autoptr(GPtrArray) actions = NULL;

  READ (f, list_cb, &actions);
  for (guint i = 0; i < actions->len; i++)
    {
      AnnalsAction *action = actions->pdata[i];

      if (g_str_equal (action->label, label))
        return *action;
    }
  g_error ("no step %s", label);
}

static void
only (Fixture    *f,
      const char *label)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *undone = NULL;

  annals_notebook_undo_only (f->notebook, find (f, label).id, &undone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, label);
}

/* It is refused, the reason names @because, and nothing is changed. */
static void
not_only (Fixture    *f,
          const char *label,
          const char *because)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;

  g_assert_false (annals_notebook_undo_only (f->notebook, find (f, label).id, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, because));
  after = fixture_dump (f);
  g_assert_cmpstr (after, ==, before);
}

static void
undo (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

/* Everything but the times of the last change, which a step taken back by itself moves on. */
static char *
dump_without_times (Fixture *f)
{
  g_autofree char *dump = fixture_dump (f);
  g_autoptr(GRegex) time = g_regex_new ("\\b1[0-9]{15}\\b", 0, 0, NULL);

  return g_regex_replace_literal (time, dump, -1, 0, "TIME", 0, NULL);
}

static void
test_only (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *with_star = NULL;
  g_autofree char *without = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  begin (f);
  CHANGE (f, "Add first", add_first, NULL);
  before = dump_without_times (f);
  CHANGE (f, "Star", star_other, NULL);
  CHANGE (f, "Add second", add_second, NULL);
  CHANGE (f, "Delete second", delete_second, NULL);
  with_star = fixture_dump (f);

  only (f, "Star");
  without = dump_without_times (f);
  g_assert_cmpstr (without, ==, before);
  g_assert_cmpint (find (f, "Star").reverted_by, ==, find (f, "Undo “Star”").id);
  g_assert_cmpint (find (f, "Undo “Star”").reverts, ==, find (f, "Star").id);
  not_only (f, "Star", "undone already");

  /* It is a step as any other. */
  fixture_reopen (f);
  undo (f);
  after = fixture_dump (f);
  g_assert_cmpstr (after, ==, with_star);
  g_assert_cmpint (find (f, "Star").reverted_by, ==, 0);
  only (f, "Star");
}

static void
test_other_column (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *dump = NULL;

  begin (f);
  CHANGE (f, "Add first", add_first, NULL);
  CHANGE (f, "Colour", red_first, NULL);
  CHANGE (f, "Note", note_first, NULL);
  CHANGE (f, "Note again", note_first_again, NULL);

  /* Another column of the same row is another matter; the same one is not. */
  only (f, "Colour");
  dump = fixture_dump (f);
  g_assert_nonnull (strstr (dump, "|yellow|Another note|"));
  not_only (f, "Note", "“Note again”");
  not_only (f, "Add first", "“Note”, “Note again”");

  /* With the later one out of the way the earlier one can go, and then what they were made on. */
  only (f, "Note again");
  only (f, "Note");
  only (f, "Add first");
  g_free (dump);
  dump = fixture_dump (f);
  g_assert_null (strstr (dump, "annotation|"));
}

static void
test_references (Fixture       *f,
                 gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Make tag", make_tag, NULL);
  CHANGE (f, "Tag post", tag_post, NULL);
  CHANGE (f, "Add timeline", add_timeline, NULL);
  CHANGE (f, "Add event", add_event, NULL);

  not_only (f, "Make tag", "“Tag post”");
  not_only (f, "Add timeline", "“Add event”");
  only (f, "Tag post");
  only (f, "Make tag");
}

static void
test_newest (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  begin (f);
  CHANGE (f, "Add first", add_first, NULL);
  CHANGE (f, "Star", star_other, NULL);

  /* The newest step is simply undone and can be redone. */
  only (f, "Star");
  g_assert_true (find (f, "Star").undone);
  not_only (f, "Star", "undone already");
  annals_notebook_redo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Star");

  g_assert_false (annals_notebook_undo_only (f->notebook, 404, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

static void
test_import_only (Fixture       *f,
                  gconstpointer  data)
{
  static const char * const texts[] = {
    "The ferry left the harbour on Monday.\nNobody was on board but the crew.",
    "항구는 월요일에 닫혔다. The harbour closed 😀 on Monday.",
    "A third report says that the harbour stays closed.",
    "A fourth post that nobody has touched.",
    NULL,
  };
  g_autofree char *before = NULL;
  g_autofree char *with = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  begin (f);
  CHANGE (f, "Add first", add_first, NULL);
  before = dump_without_times (f);
  fixture_import (f, texts, NULL);
  CHANGE (f, "Star", star_other, NULL);
  with = fixture_dump (f);

  /* The first import's posts carry a note and a star. */
  {
    g_autoptr(GPtrArray) actions = NULL;
    g_autoptr(GError) error = NULL;
    AnnalsAction *first;
    AnnalsAction *second;

    READ (f, list_cb, &actions);
    first = actions->pdata[actions->len - 1];
    second = actions->pdata[1];
    g_assert_cmpint (first->import_id, !=, 0);
    g_assert_cmpint (second->import_id, !=, 0);

    /* The other import holds the same posts but for the fourth, which nobody marked. */
    annals_notebook_undo_only (f->notebook, second->id, NULL, &error);
    g_assert_no_error (error);
    after = fixture_dump (f);
    g_assert_cmpstr (after, !=, with);

    g_assert_false (annals_notebook_undo_only (f->notebook, first->id, NULL, &error));
    g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT);
    g_assert_nonnull (strstr (error->message, "“Add first”, “Star”"));
  }

  undo (f);   /* the undoing of the import */
  again = fixture_dump (f);
  g_assert_cmpstr (again, ==, with);
}

static void
go_to (Fixture *f,
       gint64   id,
       guint    expected)
{
  AnnalsHistoryWalk walk = { 0 };
  g_autoptr(GError) error = NULL;
  guint n = 0;

  do
    {
      annals_notebook_go_to (f->notebook, id, &walk, &error);
      g_assert_no_error (error);
      n += walk.n_done;
    }
  while (walk.n_left > 0);
  g_assert_cmpuint (n, ==, expected);
}

static void
test_go_to (Fixture       *f,
            gconstpointer  data)
{
  static const char * const words[] = { "One", "Two" };
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  AnnalsHistoryWalk walk;
  g_autoptr(GError) error = NULL;
  gint64 first;

  begin (f);
  CHANGE (f, "Add first", add_first, NULL);
  first = find (f, "Add first").id;
  for (guint i = 0; i < 40; i++)
    {
      g_ptr_array_add (states, fixture_dump (f));
      CHANGE (f, words[i % 2], i % 2 == 0 ? note_first : note_first_again, NULL);
    }
  g_ptr_array_add (states, fixture_dump (f));

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *back = NULL;
      g_autofree char *middle = NULL;
      g_autofree char *forth = NULL;

      go_to (f, first, 40);
      back = fixture_dump (f);
      g_assert_cmpstr (back, ==, states->pdata[0]);
      g_assert_true (find (f, "Two").undone);
      fixture_reopen (f);
      go_to (f, first + 17, 17);
      middle = fixture_dump (f);
      g_assert_cmpstr (middle, ==, states->pdata[17]);
      go_to (f, first + 17, 0);
      go_to (f, first + 40, 23);
      forth = fixture_dump (f);
      g_assert_cmpstr (forth, ==, states->pdata[40]);
    }

  go_to (f, 0, 42);   /* with the import before them */
  g_assert_false (annals_notebook_go_to (f->notebook, 404, &walk, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

static gboolean
times_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GArray) all = annals_db_list_action_times (db, "", NULL, error);
  g_autoptr(GArray) some = annals_db_list_action_times (db, "hébut add", NULL, error);
  g_autoptr(GArray) found = annals_db_list_action_times (db, "FIRST add", NULL, error);
  g_autoptr(GPtrArray) actions = NULL;
  gint64 wanted[3];

  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpuint (some->len, ==, 0);
  g_assert_cmpuint (found->len, ==, 1);

  for (guint i = 0; i < 2; i++)
    wanted[i] = g_array_index (all, AnnalsActionTime, i).id;
  wanted[2] = 404;
  actions = annals_db_load_actions (db, wanted, 3, error);
  g_assert_cmpuint (actions->len, ==, 2);
  g_assert_cmpstr (((AnnalsAction *) actions->pdata[0])->label, ==, "Star");

  return TRUE;
}

static void
test_list (Fixture       *f,
           gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Add first", add_first, NULL);
  CHANGE (f, "Note", note_first, NULL);
  CHANGE (f, "Star", star_other, NULL);
  READ (f, times_cb, NULL);
}

#define ADD(path, func) g_test_add ("/notebook/history/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("only", test_only);
  ADD ("only/other-column", test_other_column);
  ADD ("only/references", test_references);
  ADD ("only/newest", test_newest);
  ADD ("only/import", test_import_only);
  ADD ("go-to", test_go_to);
  ADD ("list", test_list);

  return g_test_run ();
}
