/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout.h"

#include "annals-layout-private.h"

#include <math.h>

static int
compare_names (const AnnalsLayoutItem *a,
               const AnnalsLayoutItem *b)
{
  int order = g_strcmp0 (a->title, b->title);

  if (order == 0)
    order = g_strcmp0 (a->uid, b->uid);
  if (order == 0)
    order = a->id < b->id ? -1 : a->id > b->id;

  return order;
}

/* As annals_date_compare(): open starts first, open ends last */
static int
compare_times (const AnnalsLayoutItem *a,
               const AnnalsLayoutItem *b)
{
  gboolean a_open = (a->flags & ANNALS_LAYOUT_OPEN_START) != 0;
  gboolean b_open = (b->flags & ANNALS_LAYOUT_OPEN_START) != 0;

  if (a_open != b_open)
    return a_open ? -1 : 1;
  if (!a_open && a->from != b->from)
    return a->from < b->from ? -1 : 1;

  a_open = (a->flags & ANNALS_LAYOUT_OPEN_END) != 0;
  b_open = (b->flags & ANNALS_LAYOUT_OPEN_END) != 0;

  if (a_open != b_open)
    return a_open ? 1 : -1;
  if (!a_open && a->to != b->to)
    return a->to < b->to ? -1 : 1;

  return 0;
}

static int
compare_dated (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const AnnalsLayoutItem *items = user_data;
  const AnnalsLayoutItem *left = &items[*(const guint *) a];
  const AnnalsLayoutItem *right = &items[*(const guint *) b];
  int order = compare_times (left, right);

  return order ? order : compare_names (left, right);
}

static int
compare_undated (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const AnnalsLayoutItem *items = user_data;

  return compare_names (&items[*(const guint *) a], &items[*(const guint *) b]);
}

static gboolean
has_place (const AnnalsLayoutItem *item)
{
  const AnnalsLayoutFlags nowhere = ANNALS_LAYOUT_OPEN_START | ANNALS_LAYOUT_OPEN_END;

  return !(item->flags & ANNALS_LAYOUT_UNDATED) && (item->flags & nowhere) != nowhere;
}

static void
place_items (AnnalsLayout           *self,
             const AnnalsLayoutItem *items,
             guint                   n_items)
{
  g_autofree guint *order = g_new (guint, n_items + 1);

  self->tray = g_new (guint, n_items + 1);

  for (guint i = 0; i < n_items; i++)
    if (has_place (&items[i]))
      order[self->n_placed++] = i;
    else
      self->tray[self->n_tray++] = i;

  g_qsort_with_data (order, self->n_placed, sizeof *order, compare_dated, (gpointer) items);
  g_qsort_with_data (self->tray, self->n_tray, sizeof *order, compare_undated, (gpointer) items);

  self->placed = g_new0 (AnnalsPlaced, self->n_placed + 1);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->n_placed; i++)
    {
      const AnnalsLayoutItem *item = &items[order[i]];
      AnnalsPlaced *placed = &self->placed[i];

      placed->index = order[i];
      placed->id = item->id;
      placed->flags = item->flags;
      placed->lane = MIN (item->lane, self->n_lanes - 1);
      g_hash_table_insert (self->by_id, &placed->id, GUINT_TO_POINTER (i + 1));
    }
}

/* The positions of each lane in order of time, in one array */
static void
sort_into_lanes (AnnalsLayout *self)
{
  g_autofree guint *next = g_new0 (guint, self->n_lanes + 1);

  self->by_lane = g_new (guint, self->n_placed + 1);
  self->first = g_new0 (guint, self->n_lanes + 1);

  for (guint i = 0; i < self->n_placed; i++)
    self->lanes[self->placed[i].lane].n_items++;

  for (guint i = 0; i < self->n_lanes; i++)
    {
      next[i] = self->first[i];
      self->first[i + 1] = self->first[i] + self->lanes[i].n_items;
    }

  for (guint i = 0; i < self->n_placed; i++)
    self->by_lane[next[self->placed[i].lane]++] = i;
}

/**
 * annals_layout_new:
 * @items: (array length=n_items): the events, in any order; ids should be unique
 * @n_items: their number
 * @n_lanes: at least one lane is made
 * @scale: seconds per point, more than 0
 * @options: (nullable): sizes; those of the window when %NULL
 *
 * Cards of a lane are stacked into rows, each from left to right into the first row with room. What
 * finds none is a mark below them, and where even marks are too close a cluster counts them. Nothing
 * of a lane overlaps. Takes n log n.
 *
 * Returns: (transfer full): the layout
 */
AnnalsLayout *
annals_layout_new (const AnnalsLayoutItem    *items,
                   guint                      n_items,
                   guint                      n_lanes,
                   double                     scale,
                   const AnnalsLayoutOptions *options)
{
  AnnalsLayout *self;

  g_return_val_if_fail (items != NULL || n_items == 0, NULL);
  g_return_val_if_fail (isfinite (scale) && scale > 0.0, NULL);

  self = g_new0 (AnnalsLayout, 1);
  self->n_lanes = MAX (n_lanes, 1);
  self->options = options ? *options : annals_layout_options_for_lanes (self->n_lanes);
  self->scale = scale;
  self->lanes = g_new0 (AnnalsLaneBox, self->n_lanes);
  self->first_row = g_new0 (guint, self->n_lanes + 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (AnnalsLayoutRow));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (AnnalsCluster));
  self->first_cluster = g_new0 (guint, self->n_lanes + 1);
  self->members = g_array_new (FALSE, FALSE, sizeof (guint));

  place_items (self, items, n_items);
  self->items = g_new (AnnalsLayoutItem, n_items + 1);
  for (guint i = 0; i < n_items; i++)
    {
      self->items[i] = items[i];
      self->items[i].uid = NULL;
      self->items[i].title = NULL;
    }

  sort_into_lanes (self);
  self->by_row = g_new (guint, self->n_placed + 1);
  annals_layout_stack (self);

  return self;
}

/**
 * annals_layout_set_scale:
 * @self: a layout
 * @scale: seconds per point, more than 0
 */
void
annals_layout_set_scale (AnnalsLayout *self,
                         double        scale)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (isfinite (scale) && scale > 0.0);

  if (self->scale == scale)
    return;

  self->scale = scale;
  annals_layout_stack (self);
}

/**
 * annals_layout_options_for_lanes:
 * @n_lanes: how many lanes share the window's height
 *
 * Returns: the window's sizes, with fewer rows of cards the more lanes there are
 */
AnnalsLayoutOptions
annals_layout_options_for_lanes (guint n_lanes)
{
  AnnalsLayoutOptions options = ANNALS_LAYOUT_OPTIONS_WINDOW;

  options.max_rows = n_lanes <= 1 ? 8 : n_lanes <= 2 ? 5 : n_lanes <= 4 ? 3 : 2;
  return options;
}

/**
 * annals_layout_free:
 * @self: (transfer full): a layout
 */
void
annals_layout_free (AnnalsLayout *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_id);
  g_array_unref (self->rows);
  g_array_unref (self->clusters);
  g_array_unref (self->members);
  g_free (self->first_cluster);
  g_free (self->by_lane);
  g_free (self->first);
  g_free (self->items);
  g_free (self->by_row);
  g_free (self->first_row);
  g_free (self->lanes);
  g_free (self->tray);
  g_free (self->placed);
  g_free (self);
}
