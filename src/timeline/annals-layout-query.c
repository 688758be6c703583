/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout.h"

#include "annals-layout-private.h"

#include <math.h>

/**
 * annals_layout_get_placed:
 * @self: a layout
 * @n_placed: (out): their number
 *
 * Returns: (array length=n_placed): in order of from, to, title, uid; owned by @self
 */
const AnnalsPlaced *
annals_layout_get_placed (AnnalsLayout *self,
                          guint        *n_placed)
{
  g_return_val_if_fail (self != NULL && n_placed != NULL, NULL);

  *n_placed = self->n_placed;
  return self->placed;
}

/**
 * annals_layout_get_tray:
 * @self: a layout
 * @n_tray: (out): their number
 *
 * Returns: (array length=n_tray): indexes of the items without a time; owned by @self
 */
const guint *
annals_layout_get_tray (AnnalsLayout *self,
                        guint        *n_tray)
{
  g_return_val_if_fail (self != NULL && n_tray != NULL, NULL);

  *n_tray = self->n_tray;
  return self->tray;
}

/**
 * annals_layout_get_lanes:
 * @self: a layout
 * @n_lanes: (out): their number, at least 1
 *
 * Returns: (array length=n_lanes): from top to bottom; owned by @self
 */
const AnnalsLaneBox *
annals_layout_get_lanes (AnnalsLayout *self,
                         guint        *n_lanes)
{
  g_return_val_if_fail (self != NULL && n_lanes != NULL, NULL);

  *n_lanes = self->n_lanes;
  return self->lanes;
}

/**
 * annals_layout_get_height:
 * @self: a layout
 *
 * Returns: the height of all lanes, in points
 */
double
annals_layout_get_height (AnnalsLayout *self)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return self->height;
}

/**
 * annals_layout_get_clusters:
 * @self: a layout
 * @n_clusters: (out): their number
 *
 * Returns: (array length=n_clusters): by lane, then from left to right; owned by @self
 */
const AnnalsCluster *
annals_layout_get_clusters (AnnalsLayout *self,
                            guint        *n_clusters)
{
  g_return_val_if_fail (self != NULL && n_clusters != NULL, NULL);

  *n_clusters = self->clusters->len;
  return (const AnnalsCluster *) (gpointer) self->clusters->data;
}

/**
 * annals_layout_get_members:
 * @self: a layout
 * @cluster: one of its clusters
 *
 * Returns: (array length=cluster.n_items): positions of the events that it counts; owned by @self
 */
const guint *
annals_layout_get_members (AnnalsLayout        *self,
                           const AnnalsCluster *cluster)
{
  g_return_val_if_fail (self != NULL && cluster != NULL, NULL);
  g_return_val_if_fail (cluster->first + cluster->n_items <= self->members->len, NULL);

  return (const guint *) (gpointer) self->members->data + cluster->first;
}

/**
 * annals_layout_fits:
 * @self: a layout
 * @axis: an axis
 *
 * Returns: whether the zoom of @axis is that of @self, apart from rounding
 */
gboolean
annals_layout_fits (AnnalsLayout     *self,
                    const AnnalsAxis *axis)
{
  g_return_val_if_fail (self != NULL && axis != NULL, FALSE);

  return fabs (annals_axis_get_scale (axis) / self->scale - 1.0) < 1e-9;
}

/**
 * annals_layout_get_offset:
 * @self: a layout
 * @axis: an axis that fits
 *
 * Returns: what is to be added to an x of @self, in points
 */
double
annals_layout_get_offset (AnnalsLayout     *self,
                          const AnnalsAxis *axis)
{
  g_return_val_if_fail (self != NULL && axis != NULL, 0.0);

  return -axis->from / self->scale;
}

/* The first in the row, from @row->first, whose card ends behind x; the row's end when none does */
static guint
search_row (AnnalsLayout          *self,
            const AnnalsLayoutRow *row,
            double                 x)
{
  guint low = row->first;
  guint high = row->first + row->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const AnnalsRect *card = &self->placed[self->by_row[middle]].card;

      if (card->x + card->width > x)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

/**
 * annals_layout_dup_visible:
 * @self: a layout
 * @axis: an axis that fits
 * @top: in points from the top of the first lane
 * @bottom: the same, exclusive
 *
 * Returns: (transfer full) (element-type guint): positions of the cards and marks that are to be
 *   drawn, in order
 */
GArray *
annals_layout_dup_visible (AnnalsLayout     *self,
                           const AnnalsAxis *axis,
                           double            top,
                           double            bottom)
{
  GArray *visible;
  double left;
  double right;

  g_return_val_if_fail (self != NULL && axis != NULL, NULL);

  visible = g_array_new (FALSE, FALSE, sizeof (guint));
  left = -annals_layout_get_offset (self, axis);
  right = left + axis->width;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const AnnalsLayoutRow *row = &g_array_index (self->rows, AnnalsLayoutRow, i);

      if (row->top >= bottom || row->top + row->height <= top)
        continue;

      for (guint j = search_row (self, row, left); j < row->first + row->n; j++)
        {
          if (self->placed[self->by_row[j]].card.x >= right)
            break;
          g_array_append_val (visible, self->by_row[j]);
        }
    }

  g_array_sort (visible, compare_positions);
  return visible;
}

/* The first cluster of the lane that ends behind x; the lane's end when none does */
static guint
search_clusters (AnnalsLayout *self,
                 guint         lane,
                 double        x)
{
  guint low = self->first_cluster[lane];
  guint high = self->first_cluster[lane + 1];

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const AnnalsRect *rect = &g_array_index (self->clusters, AnnalsCluster, middle).rect;

      if (rect->x + rect->width > x)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

/**
 * annals_layout_dup_visible_clusters:
 * @self: a layout
 * @axis: an axis that fits
 * @top: in points from the top of the first lane
 * @bottom: the same, exclusive
 *
 * Returns: (transfer full) (element-type guint): indexes of the clusters that are to be drawn
 */
GArray *
annals_layout_dup_visible_clusters (AnnalsLayout     *self,
                                    const AnnalsAxis *axis,
                                    double            top,
                                    double            bottom)
{
  GArray *visible;
  double left;

  g_return_val_if_fail (self != NULL && axis != NULL, NULL);

  visible = g_array_new (FALSE, FALSE, sizeof (guint));
  left = -annals_layout_get_offset (self, axis);

  for (guint i = 0; i < self->n_lanes; i++)
    {
      if (self->lanes[i].top >= bottom || self->lanes[i].top + self->lanes[i].height <= top)
        continue;

      for (guint j = search_clusters (self, i, left); j < self->first_cluster[i + 1]; j++)
        {
          const AnnalsRect *rect = &g_array_index (self->clusters, AnnalsCluster, j).rect;

          if (rect->x >= left + axis->width)
            break;
          if (rect->y < bottom && rect->y + rect->height > top)
            g_array_append_val (visible, j);
        }
    }

  return visible;
}

/**
 * annals_layout_lane_at:
 * @self: a layout
 * @y: in points from the top of the first lane
 *
 * Returns: the lane, or -1 above the first and below the last
 */
int
annals_layout_lane_at (AnnalsLayout *self,
                       double        y)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->n_lanes; i++)
    if (y >= self->lanes[i].top && y < self->lanes[i].top + self->lanes[i].height)
      return i;

  return -1;
}

/**
 * annals_layout_hit:
 * @self: a layout
 * @axis: an axis that fits
 * @x: on @axis, in points
 * @y: in points from the top of the first lane
 *
 * Returns: the position of the item whose card or mark is there, or -1
 */
int
annals_layout_hit (AnnalsLayout     *self,
                   const AnnalsAxis *axis,
                   double            x,
                   double            y)
{
  int lane;

  g_return_val_if_fail (self != NULL && axis != NULL, -1);

  x -= annals_layout_get_offset (self, axis);
  lane = annals_layout_lane_at (self, y);

  for (guint i = lane < 0 ? self->rows->len : self->first_row[lane];
       lane >= 0 && i < self->first_row[lane + 1]; i++)
    {
      const AnnalsLayoutRow *row = &g_array_index (self->rows, AnnalsLayoutRow, i);
      guint found;
      const AnnalsRect *card;

      if (y < row->top || y >= row->top + row->height)
        continue;

      found = search_row (self, row, x);
      if (found == row->first + row->n)
        return -1;

      card = &self->placed[self->by_row[found]].card;
      return x >= card->x && y < card->y + card->height ? (int) self->by_row[found] : -1;
    }

  return -1;
}

/**
 * annals_layout_hit_cluster:
 * @self: a layout
 * @axis: an axis that fits
 * @x: on @axis, in points
 * @y: in points from the top of the first lane
 *
 * Returns: the index of the cluster that is there, or -1
 */
int
annals_layout_hit_cluster (AnnalsLayout     *self,
                           const AnnalsAxis *axis,
                           double            x,
                           double            y)
{
  const AnnalsRect *rect;
  guint found;
  int lane;

  g_return_val_if_fail (self != NULL && axis != NULL, -1);

  x -= annals_layout_get_offset (self, axis);
  lane = annals_layout_lane_at (self, y);
  if (lane < 0 || (found = search_clusters (self, lane, x)) == self->first_cluster[lane + 1])
    return -1;

  rect = &g_array_index (self->clusters, AnnalsCluster, found).rect;
  return x >= rect->x && y >= rect->y && y < rect->y + rect->height ? (int) found : -1;
}

/**
 * annals_layout_find:
 * @self: a layout
 * @id: an item's
 *
 * Returns: its position, or -1
 */
int
annals_layout_find (AnnalsLayout *self,
                    guint64       id)
{
  g_return_val_if_fail (self != NULL, -1);

  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &id)) - 1;
}

/**
 * annals_layout_step:
 * @self: a layout
 * @position: where to start; -1 to begin at the first (@step 1) or the last (@step -1) item
 * @step: 1 or -1
 * @in_lane: to stay in the lane of @position; not looked at when that is -1
 *
 * Returns: the position of the next or previous item by time, or -1
 */
int
annals_layout_step (AnnalsLayout *self,
                    int           position,
                    int           step,
                    gboolean      in_lane)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (position >= -1 && position < (int) self->n_placed, -1);
  g_return_val_if_fail (step == 1 || step == -1, -1);

  if (position < 0)
    return step > 0 ? (self->n_placed ? 0 : -1) : (int) self->n_placed - 1;

  for (int i = position + step; i >= 0 && i < (int) self->n_placed; i += step)
    if (!in_lane || self->placed[i].lane == self->placed[position].lane)
      return i;

  return -1;
}

static double
middle_of (const AnnalsPlaced *placed)
{
  return placed->bar.x + placed->bar.width / 2.0;
}

/**
 * annals_layout_step_lane:
 * @self: a layout
 * @position: where to start
 * @step: 1 for the next lane, -1 for the previous one
 *
 * Returns: the position of the item nearest in time in the next lane that is not empty, or -1
 */
int
annals_layout_step_lane (AnnalsLayout *self,
                         int           position,
                         int           step)
{
  int nearest = -1;
  int lane;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (position >= 0 && position < (int) self->n_placed, -1);
  g_return_val_if_fail (step == 1 || step == -1, -1);

  lane = self->placed[position].lane;
  do
    lane += step;
  while (lane >= 0 && lane < (int) self->n_lanes && self->lanes[lane].n_items == 0);

  if (lane < 0 || lane >= (int) self->n_lanes)
    return -1;

  for (guint i = 0; i < self->n_placed; i++)
    {
      double middle = middle_of (&self->placed[position]);

      if ((int) self->placed[i].lane == lane &&
          (nearest < 0 || fabs (middle_of (&self->placed[i]) - middle) <
                              fabs (middle_of (&self->placed[nearest]) - middle)))
        nearest = i;
    }

  return nearest;
}
