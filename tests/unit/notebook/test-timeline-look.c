/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <sqlite3.h>

#include "annals-timeline-look.h"

#define UID "0b3f1c52-7d0e-4c55-9a1e-0123456789ab"

static gboolean
set_look (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return annals_db_set_timeline_look (db, UID, data, error);
}

static gboolean
load_look (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  AnnalsTimelineLook **look = data;

  *look = annals_db_load_timeline_look (db, UID, error);

  return *look != NULL;
}

static gboolean
add_timeline (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gint64 id;

  return annals_db_add_timeline (db, "Harbour", "", NULL, "", &id, error);
}

static void
assert_plain (Fixture *f)
{
  g_autoptr(AnnalsTimelineLook) look = NULL;

  READ (f, load_look, &look);
  g_assert_cmpint (look->group, ==, ANNALS_GROUP_LANE);
  g_assert_cmpuint (g_hash_table_size (look->hidden), ==, 0);
  g_assert_cmpuint (g_hash_table_size (look->overlays), ==, 0);
}

/* Names of tags and sources are anything that fits in a line. */
static void
test_kept (Fixture       *f,
           gconstpointer  data)
{
  static const char * const keys[] = { "no-tag", "tag:a;b\\", "tag: ; \"북한\" [look]", "tag:=\t#" };
  g_autoptr(AnnalsTimelineLook) look = annals_timeline_look_new ();
  g_autoptr(AnnalsTimelineLook) found = NULL;

  assert_plain (f);
  look->group = ANNALS_GROUP_TAG;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_hash_table_add (look->hidden, g_strdup (keys[i]));
  g_hash_table_add (look->overlays, g_strdup ("1"));
  g_hash_table_add (look->overlays, g_strdup ("2"));
  CHANGE (f, NULL, set_look, look);
  fixture_reopen (f);

  READ (f, load_look, &found);
  g_assert_cmpint (found->group, ==, ANNALS_GROUP_TAG);
  g_assert_cmpuint (g_hash_table_size (found->hidden), ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (g_hash_table_contains (found->hidden, keys[i]));
  g_assert_cmpuint (g_hash_table_size (found->overlays), ==, 2);
  g_assert_true (g_hash_table_contains (found->overlays, "1"));
}

/* It is no action of the user: what was undone before it can still be redone. */
static void
test_no_history (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(AnnalsTimelineLook) look = annals_timeline_look_new ();
  g_autoptr(AnnalsTimelineLook) plain = annals_timeline_look_copy (look);
  g_autoptr(AnnalsTimelineLook) found = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *redone = NULL;

  CHANGE (f, "Add timeline", add_timeline, NULL);
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);

  g_hash_table_add (look->hidden, g_strdup ("no-lane"));
  CHANGE (f, NULL, set_look, look);
  annals_notebook_redo (f->notebook, &redone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redone, ==, "Add timeline");
  READ (f, load_look, &found);
  g_assert_true (g_hash_table_contains (found->hidden, "no-lane"));

  CHANGE (f, NULL, set_look, plain);
  assert_plain (f);
}

/* A file may come from a stranger. */
static void
test_hostile (Fixture       *f,
              gconstpointer  data)
{
  static const char * const values[] = {
    "''", "'['", "'[look]'", "'[look]' || char (10) || 'lanes=frog' || char (10) || 'hidden='",
    "'hidden=a'", "CAST (x'5b6c6f6f6b5d0a68696464656e3dff0a' AS TEXT)", "'[look]' || char (10) || 'hidden=\\q;'",
    "'[other]' || char (10) || 'hidden=a;'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT OR REPLACE INTO meta VALUES ('timeline-look." UID "', %s)",
                                              values[i]);
      g_autoptr(AnnalsTimelineLook) look = NULL;
      sqlite3 *native = NULL;

      g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
      sqlite3_busy_timeout (native, 10000);
      g_assert_cmpint (sqlite3_exec (native, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      sqlite3_close (native);
      READ (f, load_look, &look);
      g_assert_cmpint (look->group, ==, ANNALS_GROUP_LANE);
      g_assert_cmpuint (g_hash_table_size (look->overlays), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/timeline-look/kept", test_kept);
  ADD ("/timeline-look/no-history", test_no_history);
  ADD ("/timeline-look/hostile", test_hostile);

  return g_test_run ();
}
