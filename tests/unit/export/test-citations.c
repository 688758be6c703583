/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-citations.h"
#include "annals-imports.h"
#include "annals-posts.h"
#include "annals-timelines.h"
#include "export-fixture.h"

typedef struct
{
  AnnalsRecord     kind;
  gint64           timeline_id;
  gint64           id;          /* 0: all there are */
  AnnalsCitations *citations;
  GCancellable    *stopped;     /* (nullable): instead of the reader's own */
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

  job->citations = annals_db_cite_records (db, job->kind, ids, ANNALS_CITATION_AUTHOR_DATE,
                                           job->stopped != NULL ? job->stopped : cancellable, error);
  return job->citations != NULL;
}

static AnnalsCitations *
cite_all (Fixture      *f,
          AnnalsRecord  kind)
{
  g_autoptr(GError) error = NULL;
  Job job = { .kind = kind, .timeline_id = f->timeline_id };

  annals_notebook_read (f->notebook, cite_cb, &job, NULL, &error);
  g_assert_no_error (error);

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
  g_autoptr(AnnalsCitations) citations = cite_all (f, ANNALS_RECORD_POST);

  g_assert_cmpuint (citations->n, ==, 3);
  g_assert_cmpuint (count (citations->plain, "\n\n"), ==, 2);
  assert_says (citations->plain, "Ada Berg. 2020. “The harbour closes.” Coast Gazette");
  /* without a date the day of the import is said */
  assert_says (citations->plain, "항구 폐쇄");
  assert_says (citations->plain, "Accessed ");
  g_assert_cmpuint (count (citations->html, "<p>"), ==, 3);
}

static void
test_annotations (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(AnnalsCitations) citations = cite_all (f, ANNALS_RECORD_ANNOTATION);

  g_assert_cmpuint (citations->n, ==, 4);
  assert_says (citations->plain, "“no ship will enter” (Ada Berg 2020)");
}

/* What two events rest on is cited once; an event without evidence has no source. */
static void
test_events (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(AnnalsCitations) citations = cite_all (f, ANNALS_RECORD_EVENT);

  g_assert_cmpuint (citations->n, ==, 6);
  g_assert_cmpuint (count (citations->plain, "“no ship will enter” ("), ==, 1);
}

static gboolean
store_twins (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 import_id;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *identity = g_strdup_printf ("twin:%u", i);
      g_autofree char *words = g_strdup_printf ("Words of number %u.", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_html (words, -1, NULL);
      g_autoptr(AnnalsDate) date = annals_date_new_undated ();
      g_autoptr(GBytes) markup = g_bytes_new (words, strlen (words));
      AnnalsStored stored;
      gint64 id;
      AnnalsNewPost post = { .identity = identity, .title = "A twin", .author = "Ada Berg", .published = date,
                             .place = i + 1, .text = text, .markup = markup, .markup_kind = "html" };

      if (!annals_db_begin_import (db, "", "twins.html", "html", "Twins", "{}", &import_id, error) ||
          !annals_db_store_post (db, import_id, &post, &stored, &id, error) ||
          !annals_db_finish_import (db, import_id, "c17f121437275d79c17f121437275d79c17f121437275d79c17f121437275d79",
                                    99, 1, 1, 0, 0, 0, 0.1, error))
        return FALSE;
    }

  return TRUE;
}

/* Two posts are two sources, also where their citations are the same words. */
static void
test_twins (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsCitations) citations = NULL;

  annals_notebook_bulk (f->notebook, store_twins, NULL, NULL, &error);
  g_assert_no_error (error);

  citations = cite_all (f, ANNALS_RECORD_POST);
  g_assert_cmpuint (citations->n, ==, 5);
  g_assert_cmpuint (count (citations->plain, "“A twin.” Accessed "), ==, 2);
  g_assert_cmpuint (count (citations->html, "“A twin.” Accessed "), ==, 2);
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

/* A copy that is given up ends between two records. */
static void
test_cancelled (Fixture       *f,
                gconstpointer  data)
{
  static const AnnalsRecord kinds[] = { ANNALS_RECORD_POST, ANNALS_RECORD_ANNOTATION, ANNALS_RECORD_EVENT };
  g_autoptr(GCancellable) stopped = g_cancellable_new ();

  g_cancellable_cancel (stopped);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GError) error = NULL;
      Job job = { .kind = kinds[i], .timeline_id = f->timeline_id, .stopped = stopped };

      g_assert_false (annals_notebook_read (f->notebook, cite_cb, &job, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
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
  ADD ("twins", test_twins);
  ADD ("missing", test_missing);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
