/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-data.h"

#include <glib/gi18n.h>

static void
data_clear (AnnalsTimelineData *self)
{
  g_clear_pointer (&self->timeline, annals_timeline_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

AnnalsTimelineData *
annals_timeline_data_ref (AnnalsTimelineData *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_timeline_data_unref (AnnalsTimelineData *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) data_clear);
}

AnnalsTimelineData *
annals_timeline_data_load (AnnalsDb  *db,
                           gint64     timeline_id,
                           GError   **error)
{
  g_autoptr(AnnalsTimelineData) self = g_atomic_rc_box_new0 (AnnalsTimelineData);

  if (!(self->timeline = annals_db_load_timeline (db, timeline_id, error)) ||
      !(self->events = annals_db_list_events (db, timeline_id, error)))
    return NULL;

  return g_steal_pointer (&self);
}

AnnalsEvent *
annals_timeline_data_find (AnnalsTimelineData *self,
                           gint64              event_id)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      AnnalsEvent *event = g_ptr_array_index (self->events, i);

      if (event->id == event_id)
        return event;
    }

  return NULL;
}

guint
annals_timeline_data_get_lane (AnnalsTimelineData *self,
                               const AnnalsEvent  *event)
{
  GPtrArray *lanes = self->timeline->lanes;
  guint i = 0;

  while (i < lanes->len && ((AnnalsLane *) g_ptr_array_index (lanes, i))->id != event->lane_id)
    i++;

  return i;
}

gboolean
annals_timeline_data_has_loose (AnnalsTimelineData *self)
{
  if (self->timeline->lanes->len == 0)
    return TRUE;

  for (guint i = 0; i < self->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (self->events, i);

      if (event->lane_id == 0 && !annals_date_is_undated (event->date))
        return TRUE;
    }

  return FALSE;
}

const char *
annals_timeline_data_get_colour (AnnalsTimelineData *self,
                                 const AnnalsEvent  *event)
{
  guint lane = annals_timeline_data_get_lane (self, event);

  if (lane < self->timeline->lanes->len)
    return ((AnnalsLane *) g_ptr_array_index (self->timeline->lanes, lane))->colour;

  return self->timeline->colour;
}

/* Pieces of evidence from one post are one source. */
static guint
count_sources (const AnnalsEvent *event)
{
  g_autoptr(GHashTable) posts = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < event->evidence->len; i++)
    g_hash_table_add (posts, &((AnnalsEvidence *) g_ptr_array_index (event->evidence, i))->post_id);

  return g_hash_table_size (posts);
}

char *
annals_timeline_data_dup_caption (const AnnalsEvent *event)
{
  g_autofree char *date = annals_date_dup_display_short (event->date);
  g_autofree char *sources = NULL;
  guint n_sources = count_sources (event);

  if (n_sources == 0)
    sources = g_strdup (_("no source"));
  else
    sources = g_strdup_printf (ngettext ("%u source", "%u sources", n_sources), n_sources);

  return g_strdup_printf ("%s · %s", date, sources);
}

static char *
dup_period (AnnalsTimeline *timeline)
{
  g_autoptr(GDateTime) from = NULL;
  g_autoptr(GDateTime) to = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!timeline->has_from || !timeline->has_to)
    return NULL;

  from = g_date_time_new_from_unix_utc (timeline->from);
  to = g_date_time_new_from_unix_utc (timeline->to - 1);   /* the end is exclusive */
  if (from == NULL || to == NULL)
    return NULL;

  last = g_date_time_format (to, _("%b %Y"));
  if (g_date_time_get_year (from) != g_date_time_get_year (to))
    first = g_date_time_format (from, _("%b %Y"));
  else if (g_date_time_get_month (from) != g_date_time_get_month (to))
    first = g_date_time_format (from, _("%b"));
  else
    return g_steal_pointer (&last);

  return g_strdup_printf (_("%s – %s"), first, last);
}

char *
annals_timeline_data_dup_summary (AnnalsTimelineData *self)
{
  AnnalsTimeline *timeline = self->timeline;
  g_autofree char *events = NULL;
  g_autofree char *posts = NULL;
  g_autofree char *period = dup_period (timeline);

  events = g_strdup_printf (ngettext ("%u event", "%u events", timeline->n_events), timeline->n_events);
  posts = g_strdup_printf (ngettext ("%u post cited", "%u posts cited", timeline->n_posts), timeline->n_posts);

  return period != NULL ? g_strjoin (" · ", events, period, posts, NULL)
                        : g_strjoin (" · ", events, posts, NULL);
}
