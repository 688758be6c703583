/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-db-private.h"
#include "notebook-fixture.h"

/* Enough that a walk over all of them shows in the count of steps. */
#define N_POSTS 500
/* Machine steps of SQLite's for one record of many, with room to spare. */
#define FEW_STEPS 200

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  const char *texts[N_POSTS + 1] = { NULL };

  fixture_set_up (f, data);
  for (guint i = 0; i < N_POSTS; i++)
    texts[i] = "One line of text.";
  fixture_import (f, texts, NULL);
}

/* Over all statements that the connection has run since it was asked last. */
static guint
take_status (AnnalsDb *db,
             int       what)
{
  GHashTableIter iter;
  gpointer stmt;
  guint sum = 0;

  g_hash_table_iter_init (&iter, db->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    sum += (guint) sqlite3_stmt_status (stmt, what, TRUE);

  return sum;
}

static gboolean
list_all (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  static const AnnalsOrder orders[] = { ANNALS_ORDER_NEWEST, ANNALS_ORDER_OLDEST, ANNALS_ORDER_TITLE };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, orders[i], error);

      if (ids == NULL)
        return FALSE;
      g_assert_cmpuint (ids->len, ==, N_POSTS);
      g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_SORT), ==, 0);
    }

  return TRUE;
}

static void
test_lists_are_not_sorted (Fixture       *f,
                           gconstpointer  data)
{
  READ (f, list_all, NULL);
}

static gboolean
find_one (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree char *uid = annals_post_uid_for_identity ("post-250");
  gint64 id;

  take_status (db, SQLITE_STMTSTATUS_VM_STEP);
  if (!annals_db_find (db, ANNALS_RECORD_POST, uid, &id, error))
    return FALSE;
  g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_VM_STEP), <, FEW_STEPS);

  return TRUE;
}

static void
test_uid_is_looked_up (Fixture       *f,
                       gconstpointer  data)
{
  READ (f, find_one, NULL);
}

static gboolean
add_tags (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("tag %u", i);
      gint64 id;

      if (!annals_db_ensure_tag (db, name, &id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
count_tags (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GPtrArray) tags = NULL;

  take_status (db, SQLITE_STMTSTATUS_VM_STEP);
  if (!(tags = annals_db_list_tags (db, error)))
    return FALSE;
  g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_VM_STEP), <, tags->len * FEW_STEPS);

  return TRUE;
}

static void
test_tags_do_not_walk_posts (Fixture       *f,
                             gconstpointer  data)
{
  CHANGE (f, "Add tags", add_tags, NULL);
  READ (f, count_tags, NULL);
}

/* An event for each post, which is its evidence: each costs as little as the first. */
static gboolean
add_events (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 timeline;

  if (!annals_db_add_timeline (db, "Many", "", NULL, "", &timeline, error))
    return FALSE;

  for (gint64 post = 1; post <= N_POSTS; post++)
    {
      gint64 event;

      take_status (db, SQLITE_STMTSTATUS_VM_STEP);
      if (!annals_db_add_event_of_post (db, timeline, post, &event, error) ||
          !annals_db_add_evidence (db, event, 1, 0, ANNALS_STANCE_CONTRADICTS, "", NULL, error))
        return FALSE;
      g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_VM_STEP), <, 3 * FEW_STEPS);
    }

  return TRUE;
}

static gboolean
list_events (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GPtrArray) events = NULL;

  take_status (db, SQLITE_STMTSTATUS_VM_STEP);
  take_status (db, SQLITE_STMTSTATUS_SORT);
  if (!(events = annals_db_list_events (db, 1, error)))
    return FALSE;

  g_assert_cmpuint (events->len, ==, N_POSTS);
  g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_VM_STEP), <, 3 * N_POSTS * FEW_STEPS);
  for (guint i = 0; i < events->len; i++)
    {
      const AnnalsEvent *event = events->pdata[i];

      g_assert_cmpuint (event->evidence->len, ==, event->id == 1 ? 1 : 2);
    }

  return TRUE;
}

static void
test_events_do_not_walk_evidence (Fixture       *f,
                                  gconstpointer  data)
{
  CHANGE (f, "Add events", add_events, NULL);
  READ (f, list_events, NULL);
}

/* Posts of a run that is taken back. */
#define N_REMOVED 5

static gboolean
store_some (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 *import_id = data;

  if (!annals_db_begin_import (db, "", "x", "wxr", "", NULL, import_id, error))
    return FALSE;

  for (guint i = 0; i < N_REMOVED; i++)
    {
      g_autofree char *identity = g_strdup_printf ("removed-%u", i);
      const char * const aliases[] = { "an alias", NULL };
      g_autoptr(AnnalsText) text = annals_text_new_from_plain ("One line of text.", -1);
      AnnalsNewPost post = { .identity = identity, .title = identity, .text = text, .aliases = i == 0 ? aliases : NULL };
      AnnalsStored stored;

      take_status (db, SQLITE_STMTSTATUS_VM_STEP);
      if (!annals_db_store_post (db, *import_id, &post, &stored, NULL, error))
        return FALSE;
      g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_VM_STEP), <, 2 * FEW_STEPS);
    }

  return TRUE;
}

static gboolean
remove_again (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  take_status (db, SQLITE_STMTSTATUS_FULLSCAN_STEP);
  if (!annals_db_remove_import (db, *(gint64 *) data, error))
    return FALSE;

  /* small tables are walked once: imports, pictures, sources; none that grows with the posts */
  g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_FULLSCAN_STEP), <, 20);
  g_assert_cmpuint (take_status (db, SQLITE_STMTSTATUS_VM_STEP), <, N_REMOVED * 4 * FEW_STEPS);

  return TRUE;
}

static void
test_imports_do_not_walk_posts (Fixture       *f,
                                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 id;

  annals_notebook_finish_index (f->notebook, NULL, NULL);
  annals_notebook_bulk (f->notebook, store_some, &id, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_bulk (f->notebook, remove_again, &id, NULL, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)
  ADD ("/notebook/plans/lists-are-not-sorted", test_lists_are_not_sorted);
  ADD ("/notebook/plans/uid-is-looked-up", test_uid_is_looked_up);
  ADD ("/notebook/plans/tags-do-not-walk-posts", test_tags_do_not_walk_posts);
  ADD ("/notebook/plans/events-do-not-walk-evidence", test_events_do_not_walk_evidence);
  ADD ("/notebook/plans/imports-do-not-walk-posts", test_imports_do_not_walk_posts);

  return g_test_run ();
}
