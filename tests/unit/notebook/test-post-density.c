/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-density.h"
#include "notebook-fixture.h"

static gboolean
load (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return (*(AnnalsPostDensity **) data = annals_db_load_post_density (db, error)) != NULL;
}

static gboolean
set_trash (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return annals_db_set_post_trashed (db, data, 1, TRUE, error);
}

static void
get_span (Fixture *f,
          double  *from,
          double  *to)
{
  g_autoptr(AnnalsPostDensity) density = NULL;

  READ (f, load, &density);
  *from = (double) density->first_day * 86400;
  *to = *from + density->n_days * 86400.0;
}

/* All posts are counted, by whole days and by parts of them, and none that lies in the trash. */
static void
test_count (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(AnnalsPostDensity) density = NULL;
  g_autoptr(AnnalsPostDensity) after = NULL;
  gint64 post = fixture_post (f, 0);
  double from, to, middle;
  guint n;

  READ (f, load, &density);
  n = density->before[density->n_days];
  g_assert_cmpuint (n, ==, 3);
  get_span (f, &from, &to);
  g_assert_cmpfloat (annals_post_density_count (density, from, to), ==, n);
  g_assert_cmpfloat (annals_post_density_count (density, from - 1e9, to + 1e9), ==, n);
  g_assert_cmpfloat (annals_post_density_count (density, from - 1e9, from), ==, 0);
  g_assert_cmpfloat (annals_post_density_count (density, to, to + 1e9), ==, 0);
  g_assert_cmpfloat (annals_post_density_count (density, to, from), ==, 0);

  middle = from + 0.37 * (to - from);
  g_assert_cmpfloat_with_epsilon (annals_post_density_count (density, from, middle) +
                                  annals_post_density_count (density, middle, to), n, 1e-6);
  for (guint i = 0; i < density->n_days; i++)
    g_assert_cmpuint (density->before[i], <=, density->before[i + 1]);

  CHANGE (f, "Trash", set_trash, &post);
  READ (f, load, &after);
  g_assert_cmpuint (after->before[after->n_days], ==, n - 1);
}

/* --- tags of events --- */

typedef struct
{
  gint64     timeline_id;
  gint64     event_id;
  gint64     post_id;
  GPtrArray *tags;
} Tags;

static gboolean
make_event (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Tags *self = data;
  g_autoptr(AnnalsDate) date = annals_date_new_undated ();
  gint64 annotation, other, north, east;

  return annals_db_add_timeline (db, "Border", "", NULL, "", &self->timeline_id, error) &&
         annals_db_add_event (db, self->timeline_id, 0, date, "Closed", "", &self->event_id, error) &&
         annals_db_add_event (db, self->timeline_id, 0, date, "Opened", "", &other, error) &&
         annals_db_add_post_note (db, self->post_id, "blue", "Look", &annotation, error) &&
         annals_db_add_evidence (db, self->event_id, self->post_id, 0, ANNALS_STANCE_SUPPORTS, "", NULL, error) &&
         annals_db_add_evidence (db, self->event_id, 0, annotation, ANNALS_STANCE_CONTRADICTS, "", NULL, error) &&
         annals_db_ensure_tag (db, "north", &north, error) &&
         annals_db_ensure_tag (db, "east", &east, error) &&
         annals_db_tag_posts (db, north, &self->post_id, 1, error) &&
         annals_db_tag_annotation (db, north, annotation, error) &&
         annals_db_tag_annotation (db, east, annotation, error);
}

static gboolean
list_tags (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Tags *self = data;

  return (self->tags = annals_db_list_event_tags (db, self->timeline_id, error)) != NULL;
}

static void
test_tags (Fixture       *f,
           gconstpointer  data)
{
  Tags tags = { .post_id = fixture_post (f, 0) };
  const AnnalsEventTag *tag;

  CHANGE (f, "Make", make_event, &tags);
  READ (f, list_tags, &tags);
  g_assert_cmpuint (tags.tags->len, ==, 2);
  tag = g_ptr_array_index (tags.tags, 0);
  g_assert_cmpint (tag->event_id, ==, tags.event_id);
  g_assert_cmpstr (tag->name, ==, "east");
  tag = g_ptr_array_index (tags.tags, 1);
  g_assert_cmpint (tag->event_id, ==, tags.event_id);
  g_assert_cmpstr (tag->name, ==, "north");
  g_ptr_array_unref (tags.tags);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/notebook/post-density/count", Fixture, NULL, fixture_set_up, test_count, fixture_tear_down);
  g_test_add ("/notebook/event-tags", Fixture, NULL, fixture_set_up, test_tags, fixture_tear_down);

  return g_test_run ();
}
