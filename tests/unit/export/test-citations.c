/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-citations.h"
#include "annals-timelines.h"
#include "export-fixture.h"

typedef struct
{
  AnnalsRecord          kind;
  AnnalsCitationMarkup  markup;
  gint64                timeline_id;
  gint64                id;          /* 0: all there are */
  char                 *citations;
  guint                 n;
} Job;

static gboolean
list_ids (AnnalsDb  *db,
          Job       *job,
          GArray    *ids,
          GError   **error)
{
  g_autoptr(GPtrArray) records = NULL;

  if (job->id != 0)
    {
      g_array_append_val (ids, job->id);
      return TRUE;
    }

  if (job->kind == ANNALS_RECORD_POST)
    {
      g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);

      g_assert_nonnull (posts);
      g_array_append_vals (ids, posts->data, posts->len);
      return TRUE;
    }

  records = job->kind == ANNALS_RECORD_EVENT ? annals_db_list_events (db, job->timeline_id, error)
                                             : annals_db_list_annotations (db, 0, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      gint64 id = job->kind == ANNALS_RECORD_EVENT ? ((const AnnalsEvent *) records->pdata[i])->id
                                                   : ((const AnnalsAnnotation *) records->pdata[i])->id;

      g_array_append_val (ids, id);
    }

  return records != NULL;
}

static gboolean
cite_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Job *job = data;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!list_ids (db, job, ids, error))
    return FALSE;

  job->citations = annals_db_dup_citations (db, job->kind, ids, ANNALS_CITATION_AUTHOR_DATE, job->markup, &job->n,
                                            cancellable, error);
  return job->citations != NULL;
}

static char *
cite_all (Fixture               *f,
          AnnalsRecord           kind,
          AnnalsCitationMarkup   markup,
          guint                 *n)
{
  g_autoptr(GError) error = NULL;
  Job job = { .kind = kind, .markup = markup, .timeline_id = f->timeline_id };

  annals_notebook_read (f->notebook, cite_cb, &job, NULL, &error);
  g_assert_no_error (error);
  *n = job.n;

  return job.citations;
}

static guint
count (const char *text,
       const char *word)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    n++;

  return n;
}

static void
test_posts (Fixture       *f,
            gconstpointer  data)
{
  guint n;
  g_autofree char *plain = cite_all (f, ANNALS_RECORD_POST, ANNALS_CITATION_PLAIN, &n);
  g_autofree char *html = NULL;

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (count (plain, "\n\n"), ==, 2);
  assert_says (plain, "Ada Berg. 2020. “The harbour closes.” Coast Gazette");
  /* without a date the day of the import is said */
  assert_says (plain, "항구 폐쇄");
  assert_says (plain, "Accessed ");

  html = cite_all (f, ANNALS_RECORD_POST, ANNALS_CITATION_HTML, &n);
  g_assert_cmpuint (count (html, "<p>"), ==, 3);
}

static void
test_annotations (Fixture       *f,
                  gconstpointer  data)
{
  guint n;
  g_autofree char *plain = cite_all (f, ANNALS_RECORD_ANNOTATION, ANNALS_CITATION_PLAIN, &n);

  g_assert_cmpuint (n, ==, 4);
  assert_says (plain, "“no ship will enter” (Ada Berg 2020)");
}

/* What two events rest on is cited once; an event without evidence has no source. */
static void
test_events (Fixture       *f,
             gconstpointer  data)
{
  guint n;
  g_autofree char *plain = cite_all (f, ANNALS_RECORD_EVENT, ANNALS_CITATION_PLAIN, &n);

  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpuint (count (plain, "“no ship will enter” ("), ==, 1);
}

static void
test_missing (Fixture       *f,
              gconstpointer  data)
{
  static const AnnalsRecord kinds[] = { ANNALS_RECORD_POST, ANNALS_RECORD_ANNOTATION, ANNALS_RECORD_EVENT };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GError) error = NULL;
      Job job = { .kind = kinds[i], .id = 4711 };

      g_assert_false (annals_notebook_read (f->notebook, cite_cb, &job, NULL, &error));
      g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
    }
}

#define ADD(name, func) \
  g_test_add ("/export/citations/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("posts", test_posts);
  ADD ("annotations", test_annotations);
  ADD ("events", test_events);
  ADD ("missing", test_missing);

  return g_test_run ();
}
