/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-suggest.h"
#include "annals-themes.h"
#include "search-fixture.h"

/* Their ids are 1, 2, 3…: four of ships, of which two carry grain; four of grain alone; four of neither. */
static const SearchPost posts[] = {
  { "Tanker leaves the harbour", "The tanker left with crude oil for a refinery.", NULL, NULL, "en", "2020-01-02" },
  { "Grain ship docks", "A ship with grain and wheat docked in the harbour.", NULL, NULL, "en", "2020-01-03" },
  { "Tanker and crude oil", "Crude oil in a tanker waits outside the harbour.", NULL, NULL, "en", "2020-01-04" },
  { "Wheat and grain at sea", "Grain, wheat and barley wait in the harbour.", NULL, NULL, "en", "" },
  { "Wheat harvest", "Farmers bring in wheat, barley and grain.", NULL, NULL, "en", "2020-01-05" },
  { "Grain prices", "Wheat and barley cost more.", NULL, NULL, "en", "2020-01-06" },
  { "Refinery shuts", "No crude oil came to the refinery, no tanker is in sight.", NULL, NULL, "en", "2020-01-07" },
  { "Crude oil prices", "A tanker of crude oil costs less.", NULL, NULL, "en", "2020-01-08" },
  { "School opens", "Children learn to read.", NULL, NULL, "en", "2020-01-09" },
  { "Choir sings", "The choir has sung in a church.", NULL, NULL, "en", "2020-01-10" },
  { "Snow falls", "It has snowed in the mountains.", NULL, NULL, "en", "2020-01-11" },
  { "Bread", "A baker speaks of his ovens.", NULL, NULL, "en", "2020-01-12" },
};

static gint64 timeline;

static gboolean
add_timeline (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return annals_db_add_timeline (db, "Ships", "", NULL, data, &timeline, error);
}

static void
set_up (SearchFixture *f,
        gconstpointer  data)
{
  search_fixture_set_up (f, data);
  g_assert_cmpint (search_fixture_import (f, "posts.txt", posts, G_N_ELEMENTS (posts)), ==, 1);
  search_fixture_change (f, add_timeline, (gpointer) (data != NULL ? data : "harbour"));
}

typedef struct
{
  gint64          post_id;
  AnnalsDecision  decision;
  gint64          event_id;
} Deciding;

static gboolean
decide_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Deciding *deciding = data;

  return annals_db_decide (db, timeline, deciding->post_id, deciding->decision, &deciding->event_id, error);
}

static gint64
decide (SearchFixture  *f,
        gint64          post_id,
        AnnalsDecision  decision)
{
  Deciding deciding = { post_id, decision, -1 };

  search_fixture_change (f, decide_in_writer, &deciding);

  return deciding.event_id;
}

typedef struct
{
  gboolean            with_waiting;
  AnnalsSuggestions  *found;
} Asking;

static gboolean
ask_in_reader (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Asking *asking = data;
  guint n;

  if (!(asking->found = annals_db_suggest (db, timeline, 0, asking->with_waiting, error)))
    return FALSE;

  g_assert_cmpuint (asking->found->n_all, ==, asking->found->posts->len);
  if (!asking->with_waiting)
    {
      g_assert_true (annals_db_count_suggestions (db, timeline, &n, error));
      g_assert_cmpuint (n, ==, asking->found->n_all);
    }

  return TRUE;
}

static AnnalsSuggestions *
ask (SearchFixture *f,
     gboolean       with_waiting)
{
  Asking asking = { with_waiting, NULL };
  g_autoptr(GError) error = NULL;

  annals_notebook_read (f->notebook, ask_in_reader, &asking, NULL, &error);
  g_assert_no_error (error);

  return asking.found;
}

static const AnnalsSuggestion *
find (const AnnalsSuggestions *found,
      gint64                   id,
      guint                   *place)
{
  for (guint i = 0; i < found->posts->len; i++)
    {
      const AnnalsSuggestion *one = found->posts->pdata[i];

      if (one->post_id != id)
        continue;

      if (place != NULL)
        *place = i;
      return one;
    }

  return NULL;
}

/* Nothing was decided: what the rule finds, by its own rank. */
static void
test_rule (SearchFixture *f,
           gconstpointer  data)
{
  g_autoptr(AnnalsSuggestions) found = ask (f, FALSE);
  double last = 1;

  g_assert_cmpuint (found->n_all, ==, 4);
  for (guint i = 0; i < found->posts->len; i++)
    {
      const AnnalsSuggestion *one = found->posts->pdata[i];

      g_assert_cmpint (one->post_id, <=, 4);
      g_assert_true (one->fits_rule);
      g_assert_cmpfloat (one->score, <=, last);
      g_assert_cmpfloat (one->score, >=, 0.5);
      g_assert_cmpstr (one->terms[0], ==, "harbour");
      g_assert_null (one->terms[1]);
      g_assert_cmpint (one->like_event, ==, 0);
      last = one->score;
    }
  g_assert_cmpint (((AnnalsSuggestion *) found->posts->pdata[0])->post_id, ==, 1);
  g_assert_nonnull (found->marks);
}

/* What is accepted brings what is like it, also from outside of the rule, with the reasons. */
static void
test_accepted (SearchFixture *f,
               gconstpointer  data)
{
  gint64 event = decide (f, 3, ANNALS_DECISION_ADDED);
  g_autoptr(AnnalsSuggestions) found = ask (f, FALSE);
  const AnnalsSuggestion *one;
  g_autofree char *words = NULL;
  g_autofree char *others = NULL;
  guint tanker = 0, grain = 0;

  g_assert_cmpint (event, >, 0);
  g_assert_null (find (found, 3, NULL));
  g_assert_nonnull (find (found, 1, &tanker));
  g_assert_nonnull (find (found, 2, &grain));
  g_assert_cmpuint (tanker, <, grain);

  one = find (found, 8, NULL);
  g_assert_nonnull (one);
  g_assert_false (one->fits_rule);
  g_assert_cmpint (one->like_event, ==, event);
  g_assert_cmpstr (one->like_title, ==, "Tanker and crude oil");
  g_assert_true (g_strv_contains ((const char * const *) one->terms, "crude"));
  g_assert_true (g_strv_contains ((const char * const *) one->terms, "tanker"));
  g_assert_cmpuint (one->n_rule_terms, ==, 0);
  one = find (found, 1, NULL);
  words = annals_suggestion_dup_words (one, TRUE);
  others = annals_suggestion_dup_words (one, FALSE);
  g_assert_cmpstr (words, ==, "harbour");
  g_assert_nonnull (strstr (others, "tanker"));
  for (gint64 id = 9; id <= 12; id++)
    g_assert_null (find (found, id, NULL));
}

/* What is rejected takes its lookalikes down. */
static void
test_rejected (SearchFixture *f,
               gconstpointer  data)
{
  g_autoptr(AnnalsSuggestions) before = ask (f, FALSE);
  g_autoptr(AnnalsSuggestions) found = NULL;
  double grain, tanker;

  g_assert_cmpint (decide (f, 2, ANNALS_DECISION_REJECTED), ==, 0);
  found = ask (f, FALSE);
  g_assert_cmpuint (found->n_all, ==, 3);
  grain = find (found, 4, NULL)->score / find (before, 4, NULL)->score;
  tanker = find (found, 1, NULL)->score / find (before, 1, NULL)->score;
  g_assert_cmpfloat (grain, <, 0.95);
  g_assert_cmpfloat (grain, <, tanker);
  g_assert_cmpint (((AnnalsSuggestion *) found->posts->pdata[2])->post_id, ==, 4);
}

/* Put off is put off until an import brings new posts. */
static void
test_later (SearchFixture *f,
            gconstpointer  data)
{
  static const SearchPost more[] = { { "Another harbour", "It has a quay.", NULL, NULL, "en", "2020-02" } };
  g_autoptr(AnnalsSuggestions) found = NULL;
  g_autoptr(AnnalsSuggestions) all = NULL;
  g_autoptr(AnnalsSuggestions) later = NULL;

  decide (f, 1, ANNALS_DECISION_LATER);
  found = ask (f, FALSE);
  g_assert_null (find (found, 1, NULL));
  g_assert_cmpuint (found->n_waiting, ==, 1);
  all = ask (f, TRUE);
  g_assert_true (find (all, 1, NULL)->waits);
  g_assert_cmpuint (all->n_all, ==, found->n_all + 1);

  search_fixture_import (f, "more.txt", more, 1);
  later = ask (f, FALSE);
  g_assert_cmpuint (later->n_waiting, ==, 0);
  g_assert_cmpuint (later->n_all, ==, 5);
  g_assert_false (find (later, 1, NULL)->waits);
}

/* A decision is one step, and undoing it brings the post back where it was. */
static void
test_undo (SearchFixture *f,
           gconstpointer  data)
{
  static const AnnalsDecision decisions[] = { ANNALS_DECISION_ADDED, ANNALS_DECISION_REJECTED,
                                              ANNALS_DECISION_LATER };
  g_autoptr(AnnalsSuggestions) before = ask (f, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr(AnnalsSuggestions) after = NULL;
      g_autoptr(AnnalsSuggestions) undone = NULL;
      g_autoptr(GError) error = NULL;

      decide (f, 4, decisions[i]);
      after = ask (f, FALSE);
      g_assert_null (find (after, 4, NULL));
      annals_notebook_undo (f->notebook, NULL, &error);
      g_assert_no_error (error);
      undone = ask (f, FALSE);
      g_assert_cmpuint (undone->n_all, ==, before->n_all);
      for (guint j = 0; j < undone->posts->len; j++)
        g_assert_cmpint (((AnnalsSuggestion *) undone->posts->pdata[j])->post_id, ==,
                         ((AnnalsSuggestion *) before->posts->pdata[j])->post_id);
    }
}

static gboolean
delete_event (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return annals_db_delete_event (db, *(gint64 *) data, error);
}

/* Who deletes the event that was made of a post takes back what it taught; it is not asked of again. */
static void
test_event_deleted (SearchFixture *f,
                    gconstpointer  data)
{
  g_autoptr(AnnalsSuggestions) before = ask (f, FALSE);
  gint64 event = decide (f, 3, ANNALS_DECISION_ADDED);
  g_autoptr(AnnalsSuggestions) taught = ask (f, FALSE);
  g_autoptr(AnnalsSuggestions) after = NULL;
  g_autoptr(AnnalsSuggestions) undone = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (find (taught, 8, NULL));
  search_fixture_change (f, delete_event, &event);
  after = ask (f, FALSE);
  g_assert_null (find (after, 3, NULL));
  g_assert_null (find (after, 8, NULL));
  g_assert_cmpuint (after->n_all, ==, before->n_all - 1);
  for (guint i = 0; i < after->posts->len; i++)
    {
      const AnnalsSuggestion *one = after->posts->pdata[i];

      g_assert_cmpfloat (one->score, ==, find (before, one->post_id, NULL)->score);
    }

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  undone = ask (f, FALSE);
  g_assert_nonnull (find (undone, 8, NULL));
}

static gboolean
load_events (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  GPtrArray **events = data;

  return (*events = annals_db_list_events (db, timeline, error)) != NULL;
}

/* The event has the post's title and date, or none, and the post as its evidence. */
static void
test_event (SearchFixture *f,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GError) error = NULL;
  Deciding again = { 2, ANNALS_DECISION_ADDED, 0 };
  const AnnalsEvent *event;

  decide (f, 4, ANNALS_DECISION_ADDED);
  decide (f, 2, ANNALS_DECISION_ADDED);
  annals_notebook_read (f->notebook, load_events, &events, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 2);
  event = events->pdata[0];
  g_assert_cmpstr (event->title, ==, "Grain ship docks");
  g_assert_cmpstr (annals_date_get_edtf (event->date), ==, "2020-01-03");
  g_assert_cmpuint (event->evidence->len, ==, 1);
  g_assert_cmpint (((AnnalsEvidence *) event->evidence->pdata[0])->post_id, ==, 2);
  event = events->pdata[1];
  g_assert_cmpstr (event->title, ==, "Wheat and grain at sea");
  g_assert_cmpstr (annals_date_get_edtf (event->date), ==, "");

  g_assert_false (annals_notebook_change (f->notebook, "Again", decide_in_writer, &again, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS);
}

static void
test_mistake (SearchFixture *f,
              gconstpointer  data)
{
  Asking asking = { FALSE, NULL };
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_read (f->notebook, ask_in_reader, &asking, NULL, &error));
  g_assert_error (error, ANNALS_QUERY_ERROR, ANNALS_QUERY_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "rule"));
}

/* Without a rule and without events there is nothing to go by; a rule of filters alone has no words. */
static void
test_no_words (SearchFixture *f,
               gconstpointer  data)
{
  g_autoptr(AnnalsSuggestions) found = ask (f, FALSE);

  g_assert_cmpuint (found->n_all, ==, *(const char *) data == '\0' ? 0 : 12);
  g_assert_null (found->marks);
}

static void
test_themes (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const AnnalsTheme *theme;
  guint n = 0;

  for (; (theme = annals_theme_get (n)) != NULL; n++)
    {
      g_autoptr(GError) error = NULL;

      annals_timeline_rule_check (theme->rule, &error);
      g_assert_no_error (error);
      g_assert_true (g_hash_table_add (names, (gpointer) theme->name));
      g_assert_true (annals_theme_find (theme->name) == theme);
    }

  g_assert_cmpuint (n, ==, 3);
  g_assert_null (annals_theme_find ("nosuch"));
}

#define ADD(name, data, func) \
  g_test_add ("/search/suggest/" name, SearchFixture, data, set_up, func, search_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rule", NULL, test_rule);
  ADD ("accepted", NULL, test_accepted);
  ADD ("rejected", NULL, test_rejected);
  ADD ("later", NULL, test_later);
  ADD ("undo", NULL, test_undo);
  ADD ("event", NULL, test_event);
  ADD ("event-deleted", NULL, test_event_deleted);
  ADD ("mistake", "tag:nosuch", test_mistake);
  ADD ("no-rule", "", test_no_words);
  ADD ("filters", "lang:en", test_no_words);
  g_test_add_func ("/search/suggest/themes", test_themes);

  return g_test_run ();
}
