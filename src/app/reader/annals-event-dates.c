/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-dates.h"

/* What is less sure is no help to choose from. */
#define LEAST_CONFIDENCE 0.25

typedef struct
{
  const AnnalsDateProposal *proposal;
  guint                     distance;
} Candidate;

void
annals_event_date_free (gpointer date)
{
  AnnalsEventDate *self = date;

  annals_date_unref (self->date);
  g_free (self->words);
  g_free (self);
}

/* By nearness; in the passage itself by their order */
static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->distance != second->distance)
    return first->distance < second->distance ? -1 : 1;

  return first->proposal->start < second->proposal->start ? -1 : 1;
}

static gboolean
has_date (GPtrArray  *dates,
          AnnalsDate *date)
{
  for (guint i = 0; i < dates->len; i++)
    if (annals_date_compare (((AnnalsEventDate *) g_ptr_array_index (dates, i))->date, date) == 0)
      return TRUE;

  return FALSE;
}

GPtrArray *
annals_event_dates_find (AnnalsText *text,
                         AnnalsDate *published,
                         guint       start,
                         guint       end)
{
  g_autoptr(GPtrArray) proposals = NULL;
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  GPtrArray *dates = g_ptr_array_new_with_free_func (annals_event_date_free);

  g_return_val_if_fail (text != NULL, dates);
  g_return_val_if_fail (published != NULL, dates);

  proposals = annals_date_proposals_find (text, published, ANNALS_PROPOSALS_DEFAULT);

  for (guint i = 0; i < proposals->len; i++)
    {
      Candidate candidate = { g_ptr_array_index (proposals, i), 0 };

      if (candidate.proposal->confidence < LEAST_CONFIDENCE)
        continue;

      if (candidate.proposal->end <= start)
        candidate.distance = start - candidate.proposal->end + 1;
      else if (candidate.proposal->start >= end)
        candidate.distance = candidate.proposal->start - end + 1;
      g_array_append_val (candidates, candidate);
    }

  g_array_sort (candidates, compare_candidates);

  for (guint i = 0; i < candidates->len && dates->len < ANNALS_EVENT_DATES_MAX; i++)
    {
      const AnnalsDateProposal *proposal = g_array_index (candidates, Candidate, i).proposal;
      AnnalsEventDate *date;

      if (has_date (dates, proposal->date))
        continue;

      date = g_new0 (AnnalsEventDate, 1);
      date->date = annals_date_ref (proposal->date);
      date->words = annals_text_dup_slice (text, proposal->start, proposal->end);
      g_ptr_array_add (dates, date);
    }

  return dates;
}
