/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* What the functions below work on and find. */
typedef struct
{
  gint64        a, b, note, event, timeline;
  AnnalsRecord  of_kind;
  gint64        of;
  GPtrArray    *links;
  gint64        link;
} Links;

static Links links;

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
make_ends (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);

  return annals_db_add_annotation (db, links.a, 4, 9, "yellow", "", &links.note, error) &&
         annals_db_add_timeline (db, "Harbour", "", NULL, "", &links.timeline, error) &&
         annals_db_add_event (db, links.timeline, 0, date, "The ferry leaves", "", &links.event, error);
}

static gboolean
add (AnnalsDb       *db,
     AnnalsRecord    from_kind,
     gint64          from,
     AnnalsRelation  relation,
     AnnalsRecord    to_kind,
     gint64          to,
     GError        **error)
{
  return annals_db_add_link (db, from_kind, from, relation, to_kind, to, NULL, &links.link, error);
}

ACTION (a_follows_b, add (db, ANNALS_RECORD_POST, links.a, ANNALS_RELATION_FOLLOWS, ANNALS_RECORD_POST, links.b, error))
ACTION (b_follows_a, add (db, ANNALS_RECORD_POST, links.b, ANNALS_RELATION_FOLLOWS, ANNALS_RECORD_POST, links.a, error))
ACTION (a_related_b, add (db, ANNALS_RECORD_POST, links.a, ANNALS_RELATION_RELATED, ANNALS_RECORD_POST, links.b, error))
ACTION (b_related_a, add (db, ANNALS_RECORD_POST, links.b, ANNALS_RELATION_RELATED, ANNALS_RECORD_POST, links.a, error))
ACTION (note_cites_event,
        add (db, ANNALS_RECORD_ANNOTATION, links.note, ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, links.event, error))
ACTION (a_cites_a, add (db, ANNALS_RECORD_POST, links.a, ANNALS_RELATION_CITES, ANNALS_RECORD_POST, links.a, error))
ACTION (a_cites_none, add (db, ANNALS_RECORD_POST, links.a, ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, 999, error))
ACTION (a_cites_timeline,
        add (db, ANNALS_RECORD_POST, links.a, ANNALS_RELATION_CITES, ANNALS_RECORD_TIMELINE, links.timeline, error))
ACTION (trash_b, annals_db_set_post_trashed (db, &links.b, 1, TRUE, error))
ACTION (follow_instead, annals_db_set_link (db, links.link, ANNALS_RELATION_FOLLOWS, "", error))

static gboolean
list (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_clear_pointer (&links.links, g_ptr_array_unref);
  links.links = links.of != 0 ? annals_db_list_links (db, links.of_kind, links.of, error)
                              : annals_db_list_all_links (db, error);

  return links.links != NULL;
}

static const AnnalsLink *
only_link (Fixture      *f,
           AnnalsRecord  kind,
           gint64        id)
{
  links.of_kind = kind;
  links.of = id;
  READ (f, list, NULL);
  g_assert_cmpuint (links.links->len, ==, 1);

  return links.links->pdata[0];
}

static void
begin (Fixture *f)
{
  links = (Links) { .a = fixture_post (f, 0), .b = fixture_post (f, 1) };
  CHANGE (f, "Make", make_ends, NULL);
}

static void
end (void)
{
  g_clear_pointer (&links.links, g_ptr_array_unref);
}

static void
test_both_ends (Fixture       *f,
                gconstpointer  data)
{
  const AnnalsLink *link;

  begin (f);
  CHANGE (f, "Link", note_cites_event, NULL);

  link = only_link (f, ANNALS_RECORD_ANNOTATION, links.note);
  g_assert_true (link->outgoing);
  g_assert_cmpstr (annals_link_get_other (link)->title, ==, "The ferry leaves");
  g_assert_cmpstr (annals_link_get_other (link)->context, ==, "Harbour · 9 Mar 2020");
  g_assert_cmpint (annals_link_get_other (link)->timeline_id, ==, links.timeline);
  g_assert_cmpstr (annals_relation_get_label (link->relation, link->outgoing), ==, "cites");

  link = only_link (f, ANNALS_RECORD_EVENT, links.event);
  g_assert_false (link->outgoing);
  g_assert_cmpstr (annals_link_get_other (link)->title, ==, "ferry");
  g_assert_cmpstr (annals_link_get_other (link)->context, ==, "Post 0");
  g_assert_cmpint (annals_link_get_other (link)->post_id, ==, links.a);
  g_assert_cmpstr (annals_relation_get_label (link->relation, link->outgoing), ==, "cited by");

  end ();
}

/* A circle is no error, and a mutual link is there once. */
static void
test_circles (Fixture       *f,
              gconstpointer  data)
{
  gint64 first;

  begin (f);
  CHANGE (f, "Link", a_follows_b, NULL);
  CHANGE (f, "Link", a_follows_b, NULL);
  CHANGE (f, "Link", b_follows_a, NULL);
  links.of = 0;
  READ (f, list, NULL);
  g_assert_cmpuint (links.links->len, ==, 2);

  CHANGE (f, "Link", a_related_b, NULL);
  first = links.link;
  CHANGE (f, "Link", b_related_a, NULL);
  g_assert_cmpint (links.link, ==, first);
  READ (f, list, NULL);
  g_assert_cmpuint (links.links->len, ==, 3);

  links.of_kind = ANNALS_RECORD_POST;
  links.of = links.a;
  READ (f, list, NULL);
  g_assert_cmpuint (links.links->len, ==, 3);
  end ();
}

static void
assert_refused (Fixture      *f,
                AnnalsDbFunc  func,
                int           code)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_change (f->notebook, "Link", func, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, code);
  after = fixture_dump (f);
  g_assert_cmpstr (before, ==, after);
}

static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  begin (f);
  assert_refused (f, a_cites_a, ANNALS_NOTEBOOK_ERROR_INVALID);
  assert_refused (f, a_cites_none, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_refused (f, a_cites_timeline, ANNALS_NOTEBOOK_ERROR_INVALID);

  CHANGE (f, "Link", a_follows_b, NULL);
  CHANGE (f, "Link", a_related_b, NULL);
  assert_refused (f, follow_instead, ANNALS_NOTEBOOK_ERROR_INVALID);
  end ();
}

static void
test_trash (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  begin (f);
  CHANGE (f, "Link", a_follows_b, NULL);
  CHANGE (f, "Trash", trash_b, NULL);
  g_assert_cmpint (annals_link_get_other (only_link (f, ANNALS_RECORD_POST, links.a))->where, ==, ANNALS_WHERE_TRASH);

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (annals_link_get_other (only_link (f, ANNALS_RECORD_POST, links.a))->where, ==, ANNALS_WHERE_HERE);
  end ();
}

typedef struct
{
  GArray *posts;
  GArray *events;
} Touched;

static void
changed_cb (AnnalsNotebook *notebook,
            AnnalsChanges  *changes,
            Touched        *touched)
{
  g_array_append_vals (touched->posts, &(gboolean) { annals_changes_touch_id (changes, ANNALS_RECORD_POST, links.a) }, 1);
  g_array_append_vals (touched->events,
                       &(gboolean) { annals_changes_touch_id (changes, ANNALS_RECORD_EVENT, links.event) }, 1);
}

/* Both ends hear of it, also when it is undone. */
static void
test_announced (Fixture       *f,
                gconstpointer  data)
{
  Touched touched = { g_array_new (FALSE, FALSE, sizeof (gboolean)), g_array_new (FALSE, FALSE, sizeof (gboolean)) };
  g_autoptr(GError) error = NULL;

  begin (f);
  while (g_main_context_iteration (NULL, FALSE));
  g_signal_connect (f->notebook, "changed", G_CALLBACK (changed_cb), &touched);
  CHANGE (f, "Link", note_cites_event, NULL);
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  while (touched.posts->len < 2)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (g_array_index (touched.posts, gboolean, i));
      g_assert_true (g_array_index (touched.events, gboolean, i));
    }
  g_array_unref (touched.posts);
  g_array_unref (touched.events);
  end ();
}

/* A file from a stranger may link what is not there, or a record with itself. */
static void
test_hostile (Fixture       *f,
              gconstpointer  data)
{
  sqlite3 *native = NULL;
  const AnnalsLink *link;

  begin (f);
  g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
  sqlite3_busy_timeout (native, 10000);   /* the notebook's writer may be indexing */
  g_assert_cmpint (sqlite3_exec (native,
                                 "INSERT INTO link VALUES (1, 'x', 'event', 77, 'cites', 'event', 77, '', 0, 0, '')",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
  links.of = 0;
  READ (f, list, NULL);
  g_assert_cmpuint (links.links->len, ==, 1);
  link = links.links->pdata[0];
  g_assert_cmpint (link->from->where, ==, ANNALS_WHERE_MISSING);
  g_assert_cmpstr (link->to->title, ==, "");
  end ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/links/both-ends", test_both_ends);
  ADD ("/links/circles", test_circles);
  ADD ("/links/refused", test_refused);
  ADD ("/links/trash", test_trash);
  ADD ("/links/announced", test_announced);
  ADD ("/links/hostile", test_hostile);

  return g_test_run ();
}
