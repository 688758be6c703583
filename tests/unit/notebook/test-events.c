/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#define N_WORDS 200

/* One report in two papers, two posts of one site, and one that says nothing of where it is from. */
typedef struct
{
  const char *title;
  const char *source;
  const char *url;
  guint       text;   /* the same number: the same text */
} Post;

static const Post posts[] = {
  { "Agency", "Gazette", "https://gazette.example/1", 1 },
  { "Copy", "Courier", "https://courier.example/9", 1 },
  { "Site", NULL, "https://www.Example.org/a", 2 },
  { "Site again", NULL, "http://example.org/b", 3 },
  { "Nameless", NULL, NULL, 4 },
};

typedef struct
{
  gint64       posts[G_N_ELEMENTS (posts)];
  gint64       timeline, other;
  gint64       lane;
  gint64       event;
  gint64       tag;
  gint64       evidence;
  guint        post;        /* of posts */
  AnnalsStance stance;
  AnnalsEvent *found;
} Job;

static char *
make_text (guint seed)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_WORDS; i++)
    g_string_append_printf (text, "word%d ", g_rand_int_range (random, 0, 5000));

  return g_string_free (text, FALSE);
}

static gboolean
store (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Job *job = data;
  guint n = G_N_ELEMENTS (posts);
  gint64 import_id;

  if (!annals_db_begin_import (db, "", "posts.xml", "wxr", "", NULL, &import_id, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *plain = make_text (posts[i].text);
      g_autofree char *identity = g_strdup_printf ("event-post-%u", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (plain, -1);
      AnnalsNewPost post = {
        .identity = identity, .title = posts[i].title, .source = posts[i].source, .url = posts[i].url,
        .extent = ANNALS_EXTENT_WHOLE, .text = text, .place = i + 1,
      };
      AnnalsStored stored;

      if (!annals_db_store_post (db, import_id, &post, &stored, &job->posts[i], error))
        return FALSE;
    }

  return annals_db_finish_import (db, import_id, "", 0, n, n, 0, 0, 0, 0.1, error);
}

static gboolean
make_event (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);

  return annals_db_add_timeline (db, "Harbour", "", NULL, "", &job->timeline, error) &&
         annals_db_add_timeline (db, "Ferries", "", NULL, "", &job->other, error) &&
         annals_db_ensure_lane (db, job->other, "Ships", NULL, &job->lane, error) &&
         annals_db_ensure_tag (db, "traffic", &job->tag, error) &&
         annals_db_add_event (db, job->timeline, 0, date, "The ferry leaves", "", &job->event, error);
}

static gboolean
cite (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;

  return annals_db_add_evidence (db, job->event, job->posts[job->post], 0, job->stance, "", &job->evidence, error);
}

/* As it is listed, which has to be as it is loaded. */
static gboolean
find (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;
  g_autoptr(GPtrArray) events = annals_db_list_events (db, job->timeline, error);
  const AnnalsEvent *listed;

  g_clear_pointer (&job->found, annals_event_free);
  if (events == NULL || !(job->found = annals_db_load_event (db, job->event, job->timeline, error)))
    return FALSE;

  g_assert_cmpuint (events->len, ==, 1);
  listed = events->pdata[0];
  g_assert_cmpuint (listed->n_supporting, ==, job->found->n_supporting);
  g_assert_cmpuint (listed->n_contradicting, ==, job->found->n_contradicting);
  g_assert_cmpstrv (listed->tags, job->found->tags);
  g_assert_cmpuint (listed->others->len, ==, job->found->others->len);

  return TRUE;
}

static void
set_up (Fixture *f,
        Job     *job)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, store, job, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  CHANGE (f, "Add event", make_event, job);
}

static void
check_sources (Fixture      *f,
               Job          *job,
               guint         post,
               AnnalsStance  stance,
               const char   *expected)
{
  g_autofree char *sources = NULL;

  job->post = post;
  job->stance = stance;
  CHANGE (f, "Add evidence", cite, job);
  READ (f, find, job);
  sources = annals_event_dup_sources (job->found);
  g_assert_cmpstr (sources, ==, expected);
}

static void
test_sources (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *none = NULL;
  Job job = { 0 };

  set_up (f, &job);
  READ (f, find, &job);
  none = annals_event_dup_sources (job.found);
  g_assert_cmpstr (none, ==, "");

  check_sources (f, &job, 0, ANNALS_STANCE_SUPPORTS, "Supported by 1 independent source");
  check_sources (f, &job, 1, ANNALS_STANCE_SUPPORTS, "Supported by 1 independent source");
  check_sources (f, &job, 2, ANNALS_STANCE_SUPPORTS, "Supported by 2 independent sources");
  check_sources (f, &job, 3, ANNALS_STANCE_SUPPORTS, "Supported by 2 independent sources");
  check_sources (f, &job, 4, ANNALS_STANCE_CONTRADICTS,
                 "Supported by 2 independent sources, contradicted by 1");
  check_sources (f, &job, 4, ANNALS_STANCE_SUPPORTS, "Supported by 3 independent sources");
  /* One publication that says both is heard on both sides. */
  check_sources (f, &job, 3, ANNALS_STANCE_CONTRADICTS,
                 "Supported by 3 independent sources, contradicted by 1");
  annals_event_free (job.found);
}

static gboolean
add_places (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;

  return annals_db_tag_event (db, job->tag, job->event, error) &&
         annals_db_tag_event (db, job->tag, job->event, error) &&
         annals_db_set_event_lane (db, job->event, job->other, job->lane, error);
}

static gboolean
remove_here (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;

  return annals_db_remove_event (db, job->event, job->other, error);
}

static void
test_places (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  const AnnalsEventTimeline *other;
  Job job = { 0 };

  set_up (f, &job);
  CHANGE (f, "Place event", add_places, &job);
  READ (f, find, &job);
  g_assert_cmpstrv (job.found->tags, ((const char *[]) { "traffic", NULL }));
  g_assert_cmpuint (job.found->others->len, ==, 1);
  other = job.found->others->pdata[0];
  g_assert_cmpint (other->id, ==, job.other);
  g_assert_cmpstr (other->title, ==, "Ferries");

  CHANGE (f, "Remove event", remove_here, &job);
  READ (f, find, &job);
  g_assert_cmpuint (job.found->others->len, ==, 0);

  /* An event that is nowhere could not be found again. */
  job.other = job.timeline;
  g_assert_false (annals_notebook_change (f->notebook, "Remove event", remove_here, &job, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  READ (f, find, &job);
  annals_event_free (job.found);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/events/sources", test_sources);
  ADD ("/events/places", test_places);

  return g_test_run ();
}
