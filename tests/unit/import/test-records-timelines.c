/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-draft.h"
#include "annals-records-format.h"
#include "annals-timelines.h"
#include "import-dump.h"
#include "records-fixture.h"

/* --- TimelineJS --- */

static void
test_timeline_dates (void)
{
  static const char * const cases[][2] = {
    { "\"start_date\": {\"year\": \"2020\"}", "2020" },
    { "\"start_date\": {\"year\": 2020, \"month\": \"3\"}", "2020-03" },
    { "\"start_date\": {\"year\": 2020, \"month\": 3, \"day\": 9}", "2020-03-09" },
    { "\"start_date\": {\"year\": 2020, \"month\": 3, \"day\": 9, \"hour\": 14, \"minute\": 2}", "2020-03-09T14:02:00Z" },
    { "\"start_date\": {\"year\": 2020, \"month\": \"\", \"day\": \"\"}", "2020" },
    { "\"start_date\": {\"year\": 2020, \"month\": 3}, \"end_date\": {\"year\": 2020, \"month\": 5}", "2020-03/2020-05" },
    { "\"start_date\": {\"year\": 2020}, \"end_date\": {\"year\": 2020}", "2020" },
    { "\"start_date\": {\"year\": -44, \"month\": 3}", "-0044-03" },
    { "\"start_date\": {\"year\": -13798000000}", "Y-13798000000" },
    { "\"start_date\": {\"year\": 2020, \"month\": 2, \"day\": 30}", "" },
    { "\"start_date\": {\"year\": \"soon\"}", "" },
    { "\"start_date\": {\"month\": 3}", "" },
    { "\"unique_id\": \"x\"", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"events\": [{\"text\": {\"headline\": \"A\"}, %s}]}", cases[i][0]);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsRecords) records = annals_records_parse_timelinejs (json, strlen (json), "t.json", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (records->events->len, ==, 1);
      g_assert_cmpstr (annals_date_get_edtf (((AnnalsRecordEvent *) records->events->pdata[0])->date), ==, cases[i][1]);
      g_assert_cmpuint (records->issues->len, ==, *cases[i][1] == '\0' ? 1 : 0);
    }
}

/* An end before the beginning, or that is no date, takes nothing from the beginning. */
static void
test_timeline_ends (void)
{
  static const char * const ends[] = { "{\"year\": 2019}", "{\"year\": 2020, \"month\": 2, \"day\": 30}",
                                       "{\"year\": \"soon\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"events\": [{\"text\": {\"headline\": \"A\"}, \"start_date\": "
                                               "{\"year\": 2020, \"month\": 2}, \"end_date\": %s}]}", ends[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsRecords) records = annals_records_parse_timelinejs (json, strlen (json), "t.json", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (annals_date_get_edtf (((AnnalsRecordEvent *) records->events->pdata[0])->date), ==, "2020-02");
      g_assert_cmpuint (records->issues->len, ==, 1);
      g_assert_cmpstr (((const AnnalsIssue *) records->issues->pdata[0])->reason, ==,
                       "The event's end is no date; it has only its beginning");
    }
}

static gboolean
timeline_cb (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  GString *out = data;
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (db, error);

  g_assert_nonnull (timelines);
  for (guint i = 0; i < timelines->len; i++)
    {
      const AnnalsTimeline *timeline = timelines->pdata[i];
      g_autoptr(GPtrArray) events = annals_db_list_events (db, timeline->id, error);

      g_string_append_printf (out, "%s (%s) %u lanes\n", timeline->title, timeline->description, timeline->lanes->len);
      for (guint j = 0; j < events->len; j++)
        {
          const AnnalsEvent *event = events->pdata[j];

          g_string_append_printf (out, "%s: %s\n%s\n", annals_date_get_edtf (event->date), event->title, event->account);
        }
    }

  return TRUE;
}

static void
test_timeline (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  write_file (f, "t.json",
              "{\"title\": {\"text\": {\"headline\": \"Sund &amp; its <b>sea</b>\", \"text\": \"<p>Spring</p>\"}}, \"events\": ["
              "{\"start_date\": {\"year\": 2020, \"month\": 3}, \"group\": \"City\", \"text\": {\"headline\": \"Closed\", "
              "\"text\": \"<p>All *ships*, see <a href='https://a.example/x'>the <b>order</b></a>.</p><ul><li>one</li></ul>\"}, "
              "\"media\": {\"url\": \"https://a.example/p.jpg\", \"caption\": \"The quay\", \"credit\": \"A. Berg\"}}],"
              "\"eras\": [{\"start_date\": {\"year\": 2020}, \"end_date\": {\"year\": 2021}, \"text\": {\"headline\": \"Era\"}}]}");
  done = import (f, "t.json");
  g_assert_cmpstr (done->format, ==, "timelinejs");
  assert_counts (done, 2, 0, 0, 0);
  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==,
                   "Sund & its sea (Spring) 2 lanes\n"
                   "2020/2021: Era\n\n"
                   "2020-03: Closed\nAll \\*ships\\*, see [the **order**](https://a.example/x).\n\n-   one\n\nThe quay\n\n"
                   "A. Berg\n\n<https://a.example/p.jpg>\n");
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  g_string_truncate (out, 0);
  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_cmpstr (out->str, ==, "");
}

/* A timeline that comes again is the one that is here: what is new in it is added, what the notebook has stays. */
static void
test_timeline_again (Fixture       *f,
                     gconstpointer  data)
{
  static const char own[] =
    "{\"title\": {\"unique_id\": \"timeline-5d1c1c0e-4a7b-4c36-9e5c-000000000001\", \"text\": {\"headline\": \"Sund\"}}, "
    "\"events\": [{\"unique_id\": \"event-5d1c1c0e-4a7b-4c36-9e5c-000000000002\", \"start_date\": {\"year\": 2020}, "
    "\"text\": {\"headline\": \"%s\"}}%s]}";
  static const char more[] = ", {\"start_date\": {\"year\": 2021}, \"text\": {\"headline\": \"Opened\"}}";
  static const char other[] = "{\"title\": {\"text\": {\"headline\": \"Sund\"}}, \"events\": [{\"start_date\": {\"year\": 1999}, "
                              "\"unique_id\": \"x\", \"text\": {\"headline\": \"Fair\"}}]}";
  const struct { const char *title, *more; guint n_new, n_unchanged, n_issues; } steps[] = {
    { "Closed", "", 1, 0, 0 }, { "Closed", "", 0, 1, 0 }, { "Shut", more, 1, 1, 1 }, { "Shut", more, 0, 2, 1 },
  };
  g_autoptr(AnnalsImport) namesake = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *json = g_strdup_printf (own, steps[i].title, steps[i].more);
      g_autoptr(AnnalsImport) done = NULL;

      write_file (f, "t.json", json);
      done = import (f, "t.json");
      assert_counts (done, steps[i].n_new, 0, steps[i].n_unchanged, 0);
      g_assert_cmpuint (done->n_issues, ==, steps[i].n_issues);
    }

  /* of another's making: the file is known by all it says */
  write_file (f, "u.json", other);
  namesake = import (f, "u.json");
  assert_counts (namesake, 1, 0, 0, 0);
  g_assert_cmpuint (namesake->n_issues, ==, 1);
  again = import (f, "u.json");
  assert_counts (again, 0, 0, 1, 0);
  g_assert_cmpuint (again->n_issues, ==, 0);

  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "Sund () 0 lanes\n2020: Closed\n\n2021: Opened\n\nSund () 0 lanes\n1999: Fair\n\n");
}

/* The event moves to another timeline, and its own is deleted. */
static gboolean
move_event_cb (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 event, timeline, other;

  return annals_db_find (db, ANNALS_RECORD_EVENT, "title:Closed", &event, error) &&
         annals_db_find (db, ANNALS_RECORD_TIMELINE, "title:Sund", &timeline, error) &&
         annals_db_add_timeline (db, "Elsewhere", "", NULL, "", &other, error) &&
         annals_db_set_event_lane (db, event, other, 0, error) &&
         annals_db_delete_timeline (db, timeline, error);
}

static void
test_timeline_moved (Fixture       *f,
                     gconstpointer  data)
{
  static const char json[] =
    "{\"title\": {\"unique_id\": \"timeline-5d1c1c0e-4a7b-4c36-9e5c-000000000001\", \"text\": {\"headline\": \"Sund\"}}, "
    "\"events\": [{\"unique_id\": \"event-5d1c1c0e-4a7b-4c36-9e5c-000000000002\", \"start_date\": {\"year\": 2020}, "
    "\"text\": {\"headline\": \"Closed\"}, \"group\": \"City\"}]}";
  g_autofree char *name = NULL;
  g_autofree char *spoilt = NULL;
  g_auto(GStrv) parts = NULL;
  g_autoptr(AnnalsImport) refused = NULL;
  g_autoptr(AnnalsImport) done = NULL;
  g_autoptr(AnnalsImport) again = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  write_file (f, "t.json", json);
  done = import (f, "t.json");
  annals_notebook_change (f->notebook, "Move", move_event_cb, NULL, NULL, &error);
  g_assert_no_error (error);
  again = import (f, "t.json");
  assert_counts (again, 0, 1, 0, 0);
  annals_notebook_read (f->notebook, timeline_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "Elsewhere () 0 lanes\n2020: Closed\n\nSund () 1 lanes\n2020: Closed\n\n");

  /* a lane that cannot be is an issue of its event, and stops nothing else */
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  name = g_strnfill (250, 'x');
  parts = g_strsplit (json, "City", 2);
  spoilt = g_strjoinv (name, parts);
  write_file (f, "t.json", spoilt);
  refused = import (f, "t.json");
  assert_counts (refused, 0, 0, 0, 1);
}

static void
test_timelinejs_samples (void)
{
  g_autofree char *folder = import_shared_path ("timelinejs");
  g_autoptr(GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint n_events = 0, n_read = 0, n_refused = 0;

  if (dir == NULL)
    return;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;
      g_autoptr(AnnalsRecords) records = NULL;
      g_autoptr(GError) error = NULL;
      gsize size;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      g_file_get_contents (path, &contents, &size, NULL);
      records = annals_records_parse_timelinejs (contents, size, name, NULL, &error);
      if (records == NULL)
        g_test_message ("%s", error->message);
      n_refused += records == NULL;
      n_read += records != NULL;
      n_events += records != NULL ? records->events->len : 0;
    }
  g_test_message ("%u files with %u events, %u refused", n_read, n_events, n_refused);
  g_assert_cmpuint (n_read, >=, 5);
  g_assert_cmpuint (n_events, >=, 50);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/records/timelinejs/dates", test_timeline_dates);
  g_test_add_func ("/records/timelinejs/ends", test_timeline_ends);
  g_test_add ("/records/timelinejs/timeline", Fixture, NULL, set_up, test_timeline, tear_down);
  g_test_add ("/records/timelinejs/again", Fixture, NULL, set_up, test_timeline_again, tear_down);
  g_test_add ("/records/timelinejs/moved", Fixture, NULL, set_up, test_timeline_moved, tear_down);
  g_test_add_func ("/records/timelinejs/samples", test_timelinejs_samples);

  return g_test_run ();
}
