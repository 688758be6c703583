/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-data.h"

#include <glib/gi18n.h>

#include "annals-collation.h"
#include "annals-date-style.h"

static void
data_clear (AnnalsTimelineData *self)
{
  g_clear_pointer (&self->timeline, annals_timeline_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->summaries, g_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

static void
summary_clear (gpointer data)
{
  AnnalsEventSummary *self = data;

  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->tag, g_free);
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

/* "9 Mar 2020 · 2 sources · 1 against" */
static void
summarize (const AnnalsEvent  *event,
           AnnalsEventSummary *summary)
{
  g_autofree char *date = annals_date_dup_display_short (event->date);
  g_autofree char *sources = NULL;

  summary->n_supports = event->n_supporting;
  summary->n_contradicts = event->n_contradicting;
  summary->n_sources = event->n_supporting + event->n_contradicting;
  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);

      if (summary->source == NULL && evidence->post_source != NULL && *evidence->post_source != '\0')
        summary->source = evidence->post_source;
    }

  if (summary->n_sources == 0)
    sources = g_strdup (_("no source"));
  else
    sources = g_strdup_printf (ngettext ("%u source", "%u sources", summary->n_sources), summary->n_sources);

  if (summary->n_contradicts > 0)
    {
      g_autofree char *against = g_strdup_printf (ngettext ("%u against", "%u against", summary->n_contradicts),
                                                  summary->n_contradicts);

      summary->caption = g_strjoin (" · ", date, sources, against, NULL);
      return;
    }

  summary->caption = g_strjoin (" · ", date, sources, NULL);
}

/* Of several tags the one that most events have, so that few lanes hold many. */
static gboolean
load_tags (AnnalsTimelineData  *self,
           AnnalsDb            *db,
           GError             **error)
{
  g_autoptr(GPtrArray) tags = annals_db_list_event_tags (db, self->timeline->id, error);
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  if (tags == NULL)
    return FALSE;

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsEventTag *tag = g_ptr_array_index (tags, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag->name));

      g_hash_table_replace (counts, tag->name, GUINT_TO_POINTER (n + 1));
    }

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsEventTag *tag = g_ptr_array_index (tags, i);
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &tag->event_id));
      AnnalsEventSummary *summary;

      if (index == 0)
        continue;

      summary = &g_array_index (self->summaries, AnnalsEventSummary, index - 1);
      if (summary->tag != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (counts, summary->tag)) >=
                                  GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag->name)))
        continue;

      g_free (summary->tag);
      summary->tag = g_strdup (tag->name);
    }

  return TRUE;
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  const AnnalsEventTimeline *one = *(const AnnalsEventTimeline * const *) a;
  const AnnalsEventTimeline *two = *(const AnnalsEventTimeline * const *) b;

  return annals_collate (one->title, two->title);
}

/* As their reader looks for them: a file keeps an order that is everybody's. */
static void
sort_places (AnnalsEvent *event)
{
  annals_collate_names (event->tags, NULL);
  g_ptr_array_sort (event->others, compare_titles);
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

  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->summaries = g_array_new (FALSE, TRUE, sizeof (AnnalsEventSummary));
  g_array_set_clear_func (self->summaries, summary_clear);
  g_array_set_size (self->summaries, self->events->len);
  for (guint i = 0; i < self->events->len; i++)
    {
      AnnalsEvent *event = g_ptr_array_index (self->events, i);

      sort_places (event);
      summarize (event, &g_array_index (self->summaries, AnnalsEventSummary, i));
      g_hash_table_insert (self->by_id, &event->id, GUINT_TO_POINTER (i + 1));
    }

  return load_tags (self, db, error) ? g_steal_pointer (&self) : NULL;
}

AnnalsEvent *
annals_timeline_data_find (AnnalsTimelineData *self,
                           gint64              event_id)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &event_id));

  return index > 0 ? g_ptr_array_index (self->events, index - 1) : NULL;
}

const AnnalsEventSummary *
annals_timeline_data_get_summary (AnnalsTimelineData *self,
                                  gint64              event_id)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &event_id));

  return index > 0 ? &g_array_index (self->summaries, AnnalsEventSummary, index - 1) : NULL;
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

  last = annals_date_style_format (to, _("%b %Y"));
  if (g_date_time_get_year (from) != g_date_time_get_year (to))
    first = annals_date_style_format (from, _("%b %Y"));
  else if (g_date_time_get_month (from) != g_date_time_get_month (to))
    /* xgettext:no-c-format */
    first = annals_date_style_format (from, _("%b"));
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
