/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-evidence-dates.h"

#include "annals-event-dates.h"
#include "annals-posts.h"

/* An event that rests on more is looked at by its first ones. */
#define MAX_EVIDENCE 8

typedef struct
{
  gint64 post_id;
  guint  start;   /* with @end 0: the whole post */
  guint  end;
} Place;

typedef struct
{
  GCancellable *cancellable;
  GArray       *places;      /* of Place */
  char         *edtf;        /* the event's own date, which need not be offered */
  GPtrArray    *dates;       /* (out) (element type AnnalsEventDate) */
} Job;

static void
job_free (Job *self)
{
  g_object_unref (self->cancellable);
  g_array_unref (self->places);
  g_free (self->edtf);
  g_ptr_array_unref (self->dates);
  g_free (self);
}

static gboolean
is_offered (const Job  *job,
            AnnalsDate *date)
{
  const char *edtf = annals_date_get_edtf (date);

  for (guint i = 0; i < job->dates->len; i++)
    if (g_str_equal (annals_date_get_edtf (((AnnalsEventDate *) job->dates->pdata[i])->date), edtf))
      return TRUE;

  return g_str_equal (job->edtf, edtf);
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Job *job = data;

  for (guint i = 0; i < job->places->len && job->dates->len < ANNALS_EVENT_DATES_MAX; i++)
    {
      const Place *place = &g_array_index (job->places, Place, i);
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, place->post_id, error);
      g_autoptr(AnnalsText) text = post != NULL ? annals_db_load_text (db, place->post_id, 0, error) : NULL;
      g_autoptr(GPtrArray) dates = NULL;

      if (text == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      dates = annals_event_dates_find (text, post->published, place->start,
                                       place->end > 0 ? place->end : annals_text_get_length (text));
      while (dates->len > 0 && job->dates->len < ANNALS_EVENT_DATES_MAX)
        {
          AnnalsEventDate *date = g_ptr_array_steal_index (dates, 0);

          if (is_offered (job, date->date))
            annals_event_date_free (date);
          else
            g_ptr_array_add (job->dates, date);
        }
    }

  return TRUE;
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsDateReading *reading = owner;
  Job *job = data;

  /* What was deleted meanwhile offers nothing. */
  if (error != NULL || g_cancellable_is_cancelled (job->cancellable))
    return;

  for (guint i = 0; i < job->dates->len; i++)
    {
      const AnnalsEventDate *date = job->dates->pdata[i];

      annals_date_reading_propose (reading, date->date, date->words);
    }
}

void
annals_evidence_dates_propose (AnnalsDesk        *desk,
                               AnnalsDateReading *reading,
                               const AnnalsEvent *event,
                               GCancellable      *cancellable)
{
  Job *job;

  g_return_if_fail (event != NULL);

  annals_date_reading_clear (reading);
  annals_date_reading_set_seen_from (reading, NULL);
  if (event->evidence->len == 0)
    return;

  annals_date_reading_set_seen_from (reading, ((AnnalsEvidence *) event->evidence->pdata[0])->post_published);
  job = g_new0 (Job, 1);
  job->cancellable = g_object_ref (cancellable);
  job->places = g_array_new (FALSE, FALSE, sizeof (Place));
  job->edtf = g_strdup (annals_date_get_edtf (event->date));
  job->dates = g_ptr_array_new_with_free_func (annals_event_date_free);
  for (guint i = 0; i < MIN (event->evidence->len, MAX_EVIDENCE); i++)
    {
      const AnnalsEvidence *evidence = event->evidence->pdata[i];
      Place place = { evidence->post_id, evidence->start, evidence->end };

      g_array_append_val (job->places, place);
    }
  annals_desk_read (desk, reading, find_in_reader, job, (GDestroyNotify) job_free, cancellable, found_cb);
}
