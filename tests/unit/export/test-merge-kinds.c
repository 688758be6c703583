/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of one kind, merged. */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-imports.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-notebook-document.h"
#include "annals-posts.h"
#include "annals-saved-searches.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "merge-fixture.h"
#include "wild-notebook.h"

typedef gboolean (*Act) (AnnalsDb  *db,
                         GError   **error);

static gboolean
act_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return ((Act) data) (db, error);
}

static void
act (AnnalsNotebook *notebook,
     Act             func)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (notebook, "Step", act_cb, func, NULL, &error);
  g_assert_no_error (error);
}

static gint64
find (AnnalsDb     *db,
      AnnalsRecord  record,
      const char   *name)
{
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  annals_db_find (db, record, name, &id, &error);
  g_assert_no_error (error);
  return id;
}

static gboolean
make_basics (AnnalsDb  *db,
             GError   **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);
  gint64 id, timeline, lane, other;

  return annals_db_ensure_tag (db, "ships", &id, error) &&
         annals_db_ensure_tag (db, "ports", &id, error) &&
         annals_db_ensure_tag (db, "above/below", &id, error) &&
         annals_db_add_timeline (db, "Harbour", "", NULL, "", &timeline, error) &&
         annals_db_ensure_lane (db, timeline, "Sea", NULL, &lane, error) &&
         annals_db_ensure_lane (db, timeline, "Land", NULL, &other, error) &&
         annals_db_add_event (db, timeline, lane, date, "First", "", &id, error) &&
         annals_db_add_event (db, timeline, lane, date, "Second", "", &id, error) &&
         annals_db_add_memo (db, "Memo", "Words", &id, error);
}

static void
create_basics (Fixture         *f,
               AnnalsNotebook **one,
               AnnalsNotebook **other)
{
  *one = create (f, "One.annals", "Ann");
  *other = create (f, "Other.annals", "Bo");
  act (*one, make_basics);
  annals_merge_result_free (merge (*other, *one));
}

static gboolean
link_plainly (AnnalsDb  *db,
              GError   **error)
{
  return annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                             "plain", NULL, error) &&
         annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_RELATED, ANNALS_RECORD_EVENT,
                             find (db, ANNALS_RECORD_EVENT, "title:Second"), "", NULL, error);
}

static gboolean
link_backwards (AnnalsDb  *db,
                GError   **error)
{
  return annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                             "later", NULL, error) &&
         annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                             ANNALS_RELATION_RELATED, ANNALS_RECORD_EVENT,
                             find (db, ANNALS_RECORD_EVENT, "title:First"), "", NULL, error);
}

static gboolean
link_otherwise (AnnalsDb  *db,
                GError   **error)
{
  g_autoptr(GPtrArray) links = annals_db_list_all_links (db, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const AnnalsLink *link = links->pdata[i];

      if (link->relation == ANNALS_RELATION_CITES)
        return annals_db_set_link (db, link->id, ANNALS_RELATION_SUPPORTS, "of both", error);
    }

  return FALSE;
}

static gboolean
link_again (AnnalsDb  *db,
            GError   **error)
{
  return annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_SUPPORTS, ANNALS_RECORD_EVENT,
                             find (db, ANNALS_RECORD_EVENT, "title:Second"), "another", NULL, error);
}

/* Made in both they are one, forwards and, where it is the same, backwards; and so when one becomes what the other is. */
static void
test_links (Fixture       *f,
            gconstpointer  data)
{
  AnnalsNotebook *one, *other;

  create_basics (f, &one, &other);
  act (one, link_plainly);
  act (other, link_backwards);
  annals_merge_result_free (merge (one, other));
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM link"), ==, 2);
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM link WHERE note = 'later'"), ==, 1);
  annals_merge_result_free (merge (other, one));

  act (one, link_otherwise);
  act (other, link_again);
  annals_merge_result_free (merge (other, one));
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM link"), ==, 2);
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM link WHERE note LIKE '%another%'"), ==, 1);
  annals_merge_result_free (merge (one, other));
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM link"), ==, 2);

  close_notebook (one);
  close_notebook (other);
}

static gboolean
swap_names (AnnalsDb  *db,
            GError   **error)
{
  gint64 ships = find (db, ANNALS_RECORD_TAG, "ships");
  gint64 ports = find (db, ANNALS_RECORD_TAG, "ports");
  gint64 id;

  return annals_db_rename_tag (db, ships, "boats", error) &&
         annals_db_rename_tag (db, ports, "ships", error) &&
         annals_db_rename_tag (db, ships, "ports", error) &&
         annals_db_set_tag_parent (db, find (db, ANNALS_RECORD_TAG, "below"), 0, error) &&
         annals_db_ensure_tag (db, "mine", &id, error);
}

static gboolean
name_otherwise (AnnalsDb  *db,
                GError   **error)
{
  g_autofree char *uid = NULL;
  g_autofree char *text = NULL;
  gint64 id;

  if (!annals_db_ensure_tag (db, "mine", &id, error) ||
      !(uid = annals_db_dup_uid (db, ANNALS_RECORD_TAG, id, error)))
    return FALSE;

  text = g_strdup_printf ("See [[tag:%s|mine]].", uid);
  return annals_db_add_memo (db, "On mine", text, &id, error);
}

/* Names that change places, a tag made in both and what a memo says of it, a tag that is below no other any more. */
static void
test_tags (Fixture       *f,
           gconstpointer  data)
{
  AnnalsNotebook *one, *other;

  create_basics (f, &one, &other);
  act (one, swap_names);
  act (other, name_otherwise);
  annals_merge_result_free (merge (other, one));
  annals_merge_result_free (merge (one, other));
  assert_same (one, other, f);
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM tag"), ==, 5);
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM tag WHERE parent IS NOT NULL"), ==, 0);
  g_assert_cmpint (wild_count (one,
                               "SELECT count (*) FROM memo JOIN tag ON instr (memo.text, tag.uid) "
                               "WHERE tag.name = 'mine'"), ==, 1);
  g_assert_cmpint (wild_count (one,
                               "SELECT count (*) FROM memo_reference JOIN tag ON tag.id = target "
                               "WHERE kind = 'tag' AND tag.name = 'mine'"), ==, 1);
  /* which is no change of the memo's */
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM memo WHERE title = 'On mine' AND modified = created"), ==, 1);
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM memo WHERE title = 'On mine' AND modified = created"), ==, 1);
  assert_sound (one);
  assert_sound (other);

  close_notebook (one);
  close_notebook (other);
}

static gboolean
move_lanes (AnnalsDb  *db,
            GError   **error)
{
  gint64 timeline = find (db, ANNALS_RECORD_TIMELINE, "title:Harbour");
  gint64 event = find (db, ANNALS_RECORD_EVENT, "title:First");
  gint64 sea, land, air;

  return annals_db_ensure_lane (db, timeline, "Sea", NULL, &sea, error) &&
         annals_db_ensure_lane (db, timeline, "Land", NULL, &land, error) &&
         annals_db_ensure_lane (db, timeline, "Air", NULL, &air, error) &&
         annals_db_move_lane (db, land, 0, error) &&
         annals_db_set_event_lane (db, event, timeline, land, error);
}

static gboolean
add_air (AnnalsDb  *db,
         GError   **error)
{
  gint64 air;

  return annals_db_ensure_lane (db, find (db, ANNALS_RECORD_TIMELINE, "title:Harbour"), "air", NULL, &air, error) &&
         annals_db_set_event_lane (db, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                                   find (db, ANNALS_RECORD_TIMELINE, "title:Harbour"), air, error);
}

#define NAMES "SELECT group_concat (name, ' ') = 'Land Sea Air' FROM (SELECT name FROM lane ORDER BY position)"

/* An event goes to its new lane, lanes stand in their new order, and one that was added twice is one. */
static void
test_lanes (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *one, *other;
  guint n = 0;

  create_basics (f, &one, &other);
  act (other, add_air);
  act (one, move_lanes);
  result = merge (other, one);
  g_assert_cmpint (wild_count (other, NAMES), ==, 1);
  g_assert_cmpint (wild_count (other,
                               "SELECT count (*) FROM timeline_event JOIN lane ON lane.id = lane "
                               "WHERE name = 'Land'"), ==, 1);
  for (guint i = 0; i < result->differences->len; i++)
    {
      const AnnalsMergeDifference *difference = result->differences->pdata[i];

      if (g_strcmp0 (difference->member, "lane") == 0 && g_str_equal (difference->name, "First"))
        {
          g_assert_cmpstr (difference->ours, ==, "Sea");
          g_assert_cmpstr (difference->theirs, ==, "Land");
          g_assert_true (difference->taken);
          n++;
        }
      else if (g_strcmp0 (difference->member, "position") == 0)
        {
          g_assert_cmpstr (difference->name, ==, "Harbour");
          g_assert_true (difference->taken);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 2);

  annals_notebook_undo (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wild_count (other, "SELECT name = 'Sea' FROM lane ORDER BY position LIMIT 1"), ==, 1);
  annals_notebook_redo (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wild_count (other, NAMES), ==, 1);

  annals_merge_result_free (merge (one, other));
  assert_same (one, other, f);
  close_notebook (one);
  close_notebook (other);
}

static gboolean
star_all (AnnalsDb  *db,
          GError   **error)
{
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_NEWEST, error);

  return ids != NULL &&
         annals_db_set_post_starred (db, (const gint64 *) (gpointer) ids->data, ids->len, TRUE, error);
}

static gboolean
unstar_all (AnnalsDb  *db,
            GError   **error)
{
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_NEWEST, error);

  return ids != NULL &&
         annals_db_set_post_starred (db, (const gint64 *) (gpointer) ids->data, ids->len, FALSE, error);
}

/* A star that was taken away later there goes here too; one that nobody took away stays. */
static void
test_stars (Fixture       *f,
            gconstpointer  data)
{
  AnnalsNotebook *one = create (f, "One.annals", "Ann");
  AnnalsNotebook *other = create (f, "Other.annals", "Bo");
  g_autoptr(AnnalsMergeResult) result = NULL;
  gint64 n;

  wild_steps (one, 1, 0);
  annals_merge_result_free (merge (other, one));
  act (one, star_all);
  n = wild_count (one, "SELECT sum (starred) FROM post");
  g_assert_cmpint (n, >, 0);

  result = merge (one, other);
  g_assert_cmpint (wild_count (one, "SELECT sum (starred) FROM post"), ==, n);
  g_assert_cmpuint (result->n_kept, ==, n);
  g_clear_pointer (&result, annals_merge_result_free);

  annals_merge_result_free (merge (other, one));
  g_assert_cmpint (wild_count (other, "SELECT sum (starred) FROM post"), ==, n);
  act (other, unstar_all);
  result = merge (one, other);
  g_assert_cmpint (wild_count (one, "SELECT sum (starred) FROM post"), ==, 0);
  g_assert_cmpuint (result->n_changed, ==, n);
  g_assert_cmpuint (result->differences->len, ==, n);

  close_notebook (one);
  close_notebook (other);
}

/* --- an import that goes while another notebook comes in --- */

typedef struct
{
  AnnalsNotebookDocument *document;
  AnnalsEntry            *waiting;
  char                   *path;
  GThread                *thread;
  int                     done;      /* atomic */
  gint64                  import_id; /* that has not come to its end */
} Slow;

static gboolean
begin_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return annals_db_begin_import (db, "/tmp/x", "x.txt", "text", "", "{}", &((Slow *) data)->import_id, error);
}

static gboolean
remove_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return annals_db_remove_import (db, ((Slow *) data)->import_id, error);
}

static gpointer
remove_in_thread (gpointer data)
{
  Slow *slow = data;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *again = annals_notebook_open (slow->path, &error);

  g_assert_no_error (error);
  annals_notebook_bulk (again, remove_cb, slow, NULL, &error);
  g_assert_no_error (error);
  close_notebook (again);
  g_atomic_int_set (&slow->done, 1);

  return NULL;
}

/* Between the pictures' bytes and what shows them, entries that mean nothing come until the import is gone. */
static AnnalsEntry *
next_cb (gpointer   user_data,
         GError   **error)
{
  Slow *slow = user_data;
  AnnalsEntry *entry = slow->waiting != NULL ? NULL : annals_notebook_document_next (slow->document, error);

  if (entry != NULL && entry->kind == ANNALS_ENTRY_PICTURE && slow->thread == NULL)
    {
      slow->waiting = g_steal_pointer (&entry);
      slow->thread = g_thread_new ("remove", remove_in_thread, slow);
    }
  if (slow->waiting != NULL && g_atomic_int_get (&slow->done))
    return g_steal_pointer (&slow->waiting);
  if (slow->waiting != NULL)
    {
      entry = annals_entry_new (ANNALS_ENTRY_FILE);
      annals_entry_set_text (entry, "import", "of none");
    }

  return entry;
}

static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  AnnalsNotebook *one = create (f, "One.annals", "Ann");
  AnnalsNotebook *other = create (f, "Other.annals", "Bo");
  g_autofree char *path = g_build_filename (f->folder, "other.json", NULL);
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Slow slow = { .path = g_build_filename (f->folder, "One.annals", NULL) };
  AnnalsMergeSource source = { next_cb, NULL, &slow };

  wild_steps (other, 12, 0);
  g_free (wild_export (other, f->folder, "other.json"));
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM picture WHERE attachment IS NOT NULL"), >, 0);
  annals_notebook_bulk (one, begin_cb, &slow, NULL, &error);
  g_assert_no_error (error);

  slow.document = annals_notebook_document_open (path, &error);
  g_assert_no_error (error);
  result = annals_notebook_merge (one, &source, "Merge", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_thread_join (slow.thread);

  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM import WHERE state = 'running'"), ==, 0);
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM picture WHERE attachment IS NOT NULL"), ==,
                   wild_count (other, "SELECT count (*) FROM picture WHERE attachment IS NOT NULL"));
  assert_sound (one);

  annals_notebook_document_free (slow.document);
  g_free (slow.path);
  close_notebook (one);
  close_notebook (other);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/merge/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("links", test_links);
  ADD ("tags", test_tags);
  ADD ("lanes", test_lanes);
  ADD ("stars", test_stars);
  ADD ("pictures", test_pictures);

  return g_test_run ();
}
