/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-report.h"

#include <glib/gi18n-lib.h>

#include "annals-calendar.h"
#include "annals-export.h"

/* Periods that are shorter are told in days, longer ones in months or years. */
#define DAY_SECONDS ((gint64) 86400)
#define PERIOD_IN_DAYS (45 * DAY_SECONDS)
#define PERIOD_IN_MONTHS (3653 * DAY_SECONDS)

/* Posts that are read at a time. */
#define PAGE 256

typedef struct
{
  AnnalsNotebook *notebook;
  gint64          timeline_id;
  AnnalsReport   *report;
} LoadJob;

static void
cited_post_free (AnnalsCitedPost *self)
{
  annals_post_free (self->post);
  g_free (self);
}

static void
source_count_free (AnnalsSourceCount *self)
{
  g_free (self->name);
  g_free (self);
}

static AnnalsReport *
report_new (void)
{
  AnnalsReport *self = g_new0 (AnnalsReport, 1);

  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) cited_post_free);
  self->imports = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_import_free);
  self->imports_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->annotations = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                             (GDestroyNotify) annals_annotation_free);
  self->numbers = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->lanes = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) source_count_free);

  return self;
}

static const AnnalsImport *
require_import (AnnalsReport  *self,
                AnnalsDb      *db,
                gint64         import_id,
                GError       **error)
{
  AnnalsImport *import = g_hash_table_lookup (self->imports_by_id, &import_id);

  if (import != NULL || !(import = annals_db_load_import (db, import_id, error)))
    return import;

  g_ptr_array_add (self->imports, import);
  g_hash_table_insert (self->imports_by_id, &import->id, import);

  return import;
}

/* @post is taken. */
static gboolean
add_cited (AnnalsReport  *self,
           AnnalsDb      *db,
           AnnalsPost    *post,
           GError       **error)
{
  AnnalsCitedPost *cited = g_new0 (AnnalsCitedPost, 1);

  cited->post = post;
  g_ptr_array_add (self->posts, cited);
  g_hash_table_insert (self->numbers, &post->id, GUINT_TO_POINTER (self->posts->len));

  return (cited->import = require_import (self, db, post->import_id, error)) != NULL &&
         (cited->text_import = require_import (self, db, post->text_import_id, error)) != NULL;
}

gboolean
annals_report_cite_post (AnnalsReport  *self,
                         AnnalsDb      *db,
                         gint64         post_id,
                         GError       **error)
{
  AnnalsPost *post;

  if (post_id == 0 || annals_report_get_number (self, post_id) > 0)
    return TRUE;

  return (post = annals_db_load_post (db, post_id, error)) != NULL && add_cited (self, db, post, error);
}

/* Those posts that are cited, in the order in which they are first. */
static GArray *
list_cited (AnnalsReport *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->events, i);

      for (guint j = 0; j < event->evidence->len; j++)
        {
          AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, j);

          if (g_hash_table_add (seen, &evidence->post_id))
            g_array_append_val (ids, evidence->post_id);
        }
    }

  return ids;
}

static gboolean
cite_posts (AnnalsReport  *self,
            AnnalsDb      *db,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GArray) ids = list_cited (self);

  for (guint first = 0; first < ids->len; first += PAGE)
    {
      const gint64 *page = &g_array_index (ids, gint64, first);
      guint n = MIN (PAGE, ids->len - first);
      g_autoptr(GPtrArray) posts = annals_db_load_post_facts (db, page, n, error);

      if (posts == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      /* one that is missing is said by its number */
      for (guint i = 0; i < n; i++)
        {
          AnnalsPost *post = posts->len > 0 ? g_ptr_array_index (posts, 0) : NULL;

          if (post == NULL || post->id != page[i])
            return annals_report_cite_post (self, db, page[i], error);
          if (!add_cited (self, db, g_ptr_array_steal_index (posts, 0), error))
            return FALSE;
        }
    }

  return TRUE;
}

/* Of one without a note the evidence says all that is asked for. */
static gboolean
cite_annotation (AnnalsReport          *self,
                 AnnalsDb              *db,
                 const AnnalsEvidence  *evidence,
                 GError               **error)
{
  AnnalsAnnotation *annotation;

  if (*evidence->annotation_note == '\0' || g_hash_table_contains (self->annotations, &evidence->annotation_id))
    return TRUE;

  annotation = annals_db_load_annotation (db, evidence->annotation_id, error);
  if (annotation == NULL)
    return FALSE;

  g_hash_table_insert (self->annotations, &annotation->id, annotation);
  return TRUE;
}

static gboolean
cite_evidence (AnnalsReport  *self,
               AnnalsDb      *db,
               GCancellable  *cancellable,
               GError       **error)
{
  if (!cite_posts (self, db, cancellable, error))
    return FALSE;

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->events, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      for (guint j = 0; j < event->evidence->len; j++)
        {
          if (!cite_annotation (self, db, g_ptr_array_index (event->evidence, j), error))
            return FALSE;
        }
    }

  return TRUE;
}

static int
compare_sources (gconstpointer a,
                 gconstpointer b)
{
  const AnnalsSourceCount *left = *(AnnalsSourceCount **) a;
  const AnnalsSourceCount *right = *(AnnalsSourceCount **) b;

  if ((*left->name == '\0') != (*right->name == '\0'))
    return *left->name == '\0' ? 1 : -1;

  if (left->n_posts != right->n_posts)
    return left->n_posts < right->n_posts ? 1 : -1;

  return strcmp (left->name, right->name);
}

void
annals_report_count_sources (AnnalsReport *self)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->posts->len; i++)
    {
      const AnnalsCitedPost *cited = g_ptr_array_index (self->posts, i);
      AnnalsSourceCount *count = g_hash_table_lookup (by_name, cited->post->source);

      if (count == NULL)
        {
          count = g_new0 (AnnalsSourceCount, 1);
          count->name = g_strdup (cited->post->source);
          g_hash_table_insert (by_name, count->name, count);
          g_ptr_array_add (self->sources, count);
        }
      count->n_posts++;
    }

  g_ptr_array_sort (self->sources, compare_sources);
}

/* One end of the period as EDTF, as exact as a reader wants it for a period of that length. */
static char *
format_bound (gint64 seconds,
              gint64 length)
{
  gint64 days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
  gint64 year;
  int month, day;

  annals_calendar_from_days (days, &year, &month, &day);
  if (ABS (year) > 9999)
    return g_strdup_printf ("Y%" G_GINT64_FORMAT, year);
  if (length > PERIOD_IN_MONTHS)
    return g_strdup_printf ("%s%04" G_GINT64_FORMAT, year < 0 ? "-" : "", ABS (year));
  if (length > PERIOD_IN_DAYS)
    return g_strdup_printf ("%s%04" G_GINT64_FORMAT "-%02d", year < 0 ? "-" : "", ABS (year), month);

  return g_strdup_printf ("%s%04" G_GINT64_FORMAT "-%02d-%02d", year < 0 ? "-" : "", ABS (year), month, day);
}

static AnnalsDate *
date_from_bounds (gint64 from,
                  gint64 to)
{
  g_autofree char *first = format_bound (from, to - from);
  g_autofree char *last = format_bound (MAX (from, to - 1), to - from);
  g_autofree char *edtf = NULL;
  AnnalsDate *date = NULL;

  edtf = g_str_equal (first, last) ? g_strdup (first) : g_strdup_printf ("%s/%s", first, last);
  date = annals_date_parse (edtf, NULL);

  return date != NULL ? date : annals_date_new_undated ();
}

static void
measure_period (AnnalsReport *self)
{
  gint64 from = G_MAXINT64;
  gint64 to = G_MININT64;

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->events, i);
      gboolean has_from, has_to;
      gint64 bound;

      if (annals_report_date_is_uncertain (event->date))
        self->n_uncertain++;

      has_from = annals_date_get_from (event->date, &bound);
      if (has_from)
        {
          from = MIN (from, bound);
          to = MAX (to, bound + 1);
        }

      has_to = annals_date_get_to (event->date, &bound);
      if (has_to)
        {
          from = MIN (from, bound - 1);
          to = MAX (to, bound);
        }

      self->open_start |= has_to && !has_from;
      self->open_end |= has_from && !has_to;
    }

  self->period = from < to ? date_from_bounds (from, to) : annals_date_new_undated ();
}

AnnalsReport *
annals_report_new_of_posts (AnnalsNotebook  *notebook,
                            GError         **error)
{
  g_autoptr(AnnalsReport) self = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);

  self = report_new ();
  if (!annals_export_read_time (&self->exported, error))
    return NULL;

  self->notebook_uid = g_strdup (annals_notebook_get_uid (notebook));
  self->notebook_title = g_strdup (annals_notebook_get_title (notebook));

  return g_steal_pointer (&self);
}

AnnalsReport *
annals_report_read (AnnalsNotebook  *notebook,
                    AnnalsDb        *db,
                    gint64           timeline_id,
                    GCancellable    *cancellable,
                    GError         **error)
{
  g_autoptr(AnnalsReport) self = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook) && db != NULL, NULL);

  if (!(self = annals_report_new_of_posts (notebook, error)) ||
      !(self->timeline = annals_db_load_timeline_facts (db, timeline_id, error)) ||
      !(self->events = annals_db_list_events (db, timeline_id, error)) ||
      !cite_evidence (self, db, cancellable, error))
    return NULL;

  for (guint i = 0; i < self->timeline->lanes->len; i++)
    {
      AnnalsLane *lane = g_ptr_array_index (self->timeline->lanes, i);

      g_hash_table_insert (self->lanes, &lane->id, lane);
    }
  annals_report_count_sources (self);
  measure_period (self);

  return g_steal_pointer (&self);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LoadJob *job = data;

  job->report = annals_report_read (job->notebook, db, job->timeline_id, cancellable, error);
  return job->report != NULL;
}

AnnalsReport *
annals_report_load (AnnalsNotebook  *notebook,
                    gint64           timeline_id,
                    GCancellable    *cancellable,
                    GError         **error)
{
  LoadJob job = { .notebook = notebook, .timeline_id = timeline_id };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);

  return annals_notebook_read (notebook, load_in_reader, &job, cancellable, error) ? job.report : NULL;
}

void
annals_report_free (AnnalsReport *self)
{
  if (self == NULL)
    return;

  g_free (self->notebook_uid);
  g_free (self->notebook_title);
  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_pointer (&self->timeline, annals_timeline_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->imports_by_id, g_hash_table_unref);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->imports, g_ptr_array_unref);
  g_clear_pointer (&self->annotations, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->period, annals_date_unref);
  g_free (self);
}

guint
annals_report_get_number (AnnalsReport *self,
                          gint64        post_id)
{
  g_return_val_if_fail (self != NULL, 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, &post_id));
}

const AnnalsLane *
annals_report_get_lane (AnnalsReport *self,
                        gint64        lane_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->lanes, &lane_id);
}

const AnnalsAnnotation *
annals_report_get_annotation (AnnalsReport *self,
                              gint64        annotation_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->annotations, &annotation_id);
}

gboolean
annals_report_date_is_uncertain (AnnalsDate *date)
{
  g_return_val_if_fail (date != NULL, FALSE);

  return (annals_date_get_flags (date) &
          (ANNALS_DATE_APPROXIMATE | ANNALS_DATE_UNCERTAIN | ANNALS_DATE_UNSPECIFIED)) != 0;
}
