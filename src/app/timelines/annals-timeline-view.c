/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-view.h"

#include <glib/gi18n.h>

#include "annals-collation.h"

/* --- lanes --- */

static void
view_lane_free (gpointer data)
{
  AnnalsViewLane *self = data;

  g_free (self->name);
  g_free (self);
}

static const AnnalsColour *
colour_of (const char *name)
{
  const AnnalsColour *found = annals_palette_lookup (name);

  return found != NULL ? found : annals_palette_pick (0);
}

static AnnalsViewLane *
add_lane (GPtrArray          *lanes,
          AnnalsTimelineData *data,
          const char         *name,
          const AnnalsColour *colour)
{
  AnnalsViewLane *lane = g_new0 (AnnalsViewLane, 1);

  lane->name = g_strdup (name);
  lane->colour = colour;
  lane->timeline_id = data->timeline->id;
  lane->is_main = TRUE;
  g_ptr_array_add (lanes, lane);

  return lane;
}

static void
list_own_lanes (AnnalsTimelineData *data,
                GPtrArray          *lanes)
{
  GPtrArray *own = data->timeline->lanes;

  for (guint i = 0; i < own->len; i++)
    {
      const AnnalsLane *one = g_ptr_array_index (own, i);
      AnnalsViewLane *lane = add_lane (lanes, data, one->name, colour_of (one->colour));

      lane->lane = one;
      lane->index = i;
      lane->n_lanes = own->len;
    }

  if (annals_timeline_data_has_loose (data))
    add_lane (lanes, data, own->len > 0 ? _("No lane") : "", colour_of (data->timeline->colour));
}

/* (nullable) */
static const char *
get_group (const AnnalsEventSummary *summary,
           AnnalsTimelineGroup       group)
{
  return group == ANNALS_GROUP_TAG ? summary->tag : summary->source;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  return annals_collate (*(const char * const *) a, *(const char * const *) b);
}

static void
list_groups (AnnalsTimelineData  *data,
             AnnalsTimelineGroup  group,
             GPtrArray           *lanes)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  gboolean any_without = FALSE;

  for (guint i = 0; i < data->summaries->len; i++)
    {
      const char *name = get_group (&g_array_index (data->summaries, AnnalsEventSummary, i), group);

      if (name == NULL)
        any_without = TRUE;
      else if (g_hash_table_add (names, (gpointer) name))
        g_ptr_array_add (sorted, (gpointer) name);
    }

  g_ptr_array_sort (sorted, compare_groups);
  for (guint i = 0; i < sorted->len; i++)
    add_lane (lanes, data, g_ptr_array_index (sorted, i), annals_palette_pick (i));
  if (any_without || sorted->len == 0)
    add_lane (lanes, data, group == ANNALS_GROUP_TAG ? _("No tag") : _("No source"),
              colour_of (data->timeline->colour))->n_lanes = 1;
}

GPtrArray *
annals_timeline_view_list_lanes (AnnalsTimelineData  *data,
                                 AnnalsTimelineGroup  group)
{
  GPtrArray *lanes = g_ptr_array_new_with_free_func (view_lane_free);

  g_return_val_if_fail (data != NULL, lanes);

  if (group == ANNALS_GROUP_LANE)
    list_own_lanes (data, lanes);
  else
    list_groups (data, group, lanes);

  return lanes;
}

char *
annals_view_lane_dup_key (const AnnalsViewLane *self,
                          AnnalsTimelineGroup   group)
{
  const char *kind = annals_timeline_group_to_string (group);
  gboolean is_rest = group == ANNALS_GROUP_LANE || self->n_lanes > 0;

  if (self->lane != NULL)
    return g_strconcat ("lane:", self->lane->uid, NULL);

  /* of events without a lane, a tag or a source: what it is called depends on the language */
  return is_rest ? g_strconcat ("no-", kind, NULL) : g_strconcat (kind, ":", self->name, NULL);
}

/* --- the view --- */

/* Where the events of @data go, among @lanes, the first of which stands at @first in the view; -1 for
 * those that are hidden.
 */
static void
add_items (AnnalsTimelineView *self,
           AnnalsTimelineData *data,
           GPtrArray          *lanes,
           const int          *places,
           gboolean            is_main)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_named = lanes->len;

  if (self->group != ANNALS_GROUP_LANE)
    {
      AnnalsViewLane *last = g_ptr_array_index (lanes, lanes->len - 1);

      n_named -= last->n_lanes;   /* the one of events without a tag or a source */
      for (guint i = 0; i < n_named; i++)
        g_hash_table_insert (by_name, ((AnnalsViewLane *) g_ptr_array_index (lanes, i))->name,
                             GUINT_TO_POINTER (i + 1));
    }

  for (guint i = 0; i < data->events->len; i++)
    {
      const AnnalsEventSummary *summary = &g_array_index (data->summaries, AnnalsEventSummary, i);
      AnnalsViewItem item = { g_ptr_array_index (data->events, i), summary, data, 0, is_main };
      const char *name = NULL;
      guint lane;

      if (self->group == ANNALS_GROUP_LANE)
        lane = annals_timeline_data_get_lane (data, item.event);
      else if ((name = get_group (summary, self->group)) != NULL)
        lane = GPOINTER_TO_UINT (g_hash_table_lookup (by_name, name)) - 1;
      else
        lane = n_named;

      lane = MIN (lane, lanes->len - 1);
      if (places[lane] < 0 || g_hash_table_contains (self->by_id, &item.event->id))
        continue;

      item.lane = (guint) places[lane];
      g_array_append_val (self->items, item);
      g_hash_table_insert (self->by_id, &item.event->id, GUINT_TO_POINTER (self->items->len));
    }
}

static void
add_timeline (AnnalsTimelineView *self,
              AnnalsTimelineData *data,
              GHashTable         *hidden,
              gboolean            is_main)
{
  g_autoptr(GPtrArray) lanes = annals_timeline_view_list_lanes (data, self->group);
  g_autofree int *places = g_new0 (int, lanes->len);

  for (guint i = 0; i < lanes->len; i++)
    {
      AnnalsViewLane *lane = g_ptr_array_index (lanes, i);
      g_autofree char *key = annals_view_lane_dup_key (lane, self->group);
      AnnalsViewLane *shown;

      if (is_main && hidden != NULL && g_hash_table_contains (hidden, key))
        {
          places[i] = -1;
          continue;
        }

      shown = g_new (AnnalsViewLane, 1);
      *shown = *lane;
      shown->is_main = is_main;
      if (!is_main)
        shown->colour = colour_of (data->timeline->colour);   /* what tells it from the others */
      if (is_main)
        shown->name = g_strdup (lane->name);
      else if (*lane->name == '\0')
        shown->name = g_strdup (data->timeline->title);
      else
        /* Translators: a timeline laid over another one, and its lane */
        shown->name = g_strdup_printf (_("%s: %s"), data->timeline->title, lane->name);
      places[i] = (int) self->lanes->len;
      g_ptr_array_add (self->lanes, shown);
    }

  add_items (self, data, lanes, places, is_main);
}

AnnalsTimelineView *
annals_timeline_view_new (AnnalsTimelineData  *data,
                          GPtrArray           *overlays,
                          AnnalsTimelineGroup  group,
                          GHashTable          *hidden)
{
  AnnalsTimelineView *self;

  g_return_val_if_fail (data != NULL, NULL);

  self = g_atomic_rc_box_new0 (AnnalsTimelineView);
  self->data = annals_timeline_data_ref (data);
  self->overlays = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_timeline_data_unref);
  self->group = group;
  self->lanes = g_ptr_array_new_with_free_func (view_lane_free);
  self->items = g_array_new (FALSE, FALSE, sizeof (AnnalsViewItem));
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  add_timeline (self, data, hidden, TRUE);
  for (guint i = 0; overlays != NULL && i < overlays->len; i++)
    {
      AnnalsTimelineData *overlay = g_ptr_array_index (overlays, i);

      g_ptr_array_add (self->overlays, annals_timeline_data_ref (overlay));
      add_timeline (self, overlay, NULL, FALSE);
    }

  return self;
}

static void
view_clear (AnnalsTimelineView *self)
{
  g_hash_table_unref (self->by_id);
  g_array_unref (self->items);
  g_ptr_array_unref (self->lanes);
  g_ptr_array_unref (self->overlays);
  annals_timeline_data_unref (self->data);
}

AnnalsTimelineView *
annals_timeline_view_ref (AnnalsTimelineView *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_timeline_view_unref (AnnalsTimelineView *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) view_clear);
}

const AnnalsViewItem *
annals_timeline_view_find (AnnalsTimelineView *self,
                           gint64              event_id)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &event_id));

  return index > 0 ? &g_array_index (self->items, AnnalsViewItem, index - 1) : NULL;
}
