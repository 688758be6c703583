/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout.h"

#include <math.h>

/* The cards of a row lie in a run of by_row, from left to right */
typedef struct
{
  double top;
  double height;
  guint  first;
  guint  n;
} Row;

struct _AnnalsLayout
{
  double        scale;
  double        height;
  AnnalsPlaced *placed;
  guint         n_placed;
  guint        *tray;
  guint         n_tray;
  AnnalsLane   *lanes;
  guint        *first_row;   /* of each lane, and behind the last one */
  guint         n_lanes;
  GArray       *rows;        /* of Row, by lane */
  guint        *by_row;      /* positions */
  GHashTable   *by_id;       /* &placed[].id → position + 1 */
};

/* The end of the last card of each row, with the least of each half of the rows above it: the first
 * row with room is found in log n steps.
 */
typedef struct
{
  double *least;
  guint   n_leaves;   /* a power of two */
} RowEnds;

static void
row_ends_init (RowEnds *self,
               guint    n_rows)
{
  self->n_leaves = 1;
  while (self->n_leaves < n_rows)
    self->n_leaves *= 2;

  self->least = g_new (double, 2 * self->n_leaves);
  for (guint i = 0; i < 2 * self->n_leaves; i++)
    self->least[i] = -INFINITY;
}

static guint
row_ends_find (const RowEnds *self,
               double         start)
{
  guint node = 1;

  while (node < self->n_leaves)
    node = 2 * node + (self->least[2 * node] > start);

  return node - self->n_leaves;
}

static void
row_ends_set (RowEnds *self,
              guint    row,
              double   end)
{
  guint node = row + self->n_leaves;

  self->least[node] = end;
  for (node /= 2; node > 0; node /= 2)
    self->least[node] = MIN (self->least[2 * node], self->least[2 * node + 1]);
}

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

static int
compare_left_edges (gconstpointer a,
                    gconstpointer b,
                    gpointer      user_data)
{
  const AnnalsPlaced *placed = user_data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  if (placed[left].card.x != placed[right].card.x)
    return placed[left].card.x < placed[right].card.x ? -1 : 1;

  return left < right ? -1 : left > right;
}

static double
length_of (double length)
{
  return isfinite (length) && length > 0.0 ? length : 0.0;
}

/* The horizontal part of bar, card and fades */
static void
measure_time (AnnalsPlaced              *placed,
              const AnnalsLayoutItem    *item,
              double                     scale,
              const AnnalsLayoutOptions *options)
{
  double text = MAX (length_of (item->width), options->min_bar);
  double from = item->from / scale;
  double to = MAX (item->to / scale, from);
  double fade = 0.0;

  placed->bar.x = from;
  placed->bar.width = MAX (to - from, options->min_bar);

  if (item->flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN |
                     ANNALS_LAYOUT_IMPRECISE))
    fade = options->max_fade;

  if (item->flags & ANNALS_LAYOUT_OPEN_END)
    {
      placed->bar.width = text + options->open_run;
    }
  else if (item->flags & ANNALS_LAYOUT_OPEN_START)
    {
      placed->bar.width = text + options->open_run;
      placed->bar.x = item->to / scale - placed->bar.width;
    }

  placed->fade_start = MIN (fade, placed->bar.width * 0.3);
  placed->fade_end = placed->fade_start;
  if (item->flags & ANNALS_LAYOUT_OPEN_END)
    placed->fade_end = options->open_run;
  if (item->flags & ANNALS_LAYOUT_OPEN_START)
    placed->fade_start = options->open_run;

  placed->card.x = placed->bar.x;
  placed->card.width = MAX (placed->bar.width, text);
  placed->card.height = length_of (item->height);
  placed->bar.height = placed->card.height;
}

static gboolean
has_place (const AnnalsLayoutItem *item)
{
  const AnnalsLayoutFlags nowhere = ANNALS_LAYOUT_OPEN_START | ANNALS_LAYOUT_OPEN_END;

  return !(item->flags & ANNALS_LAYOUT_UNDATED) && (item->flags & nowhere) != nowhere;
}

static void
place_items (AnnalsLayout              *self,
             const AnnalsLayoutItem    *items,
             guint                      n_items,
             const AnnalsLayoutOptions *options)
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
      measure_time (placed, item, self->scale, options);
      g_hash_table_insert (self->by_id, &placed->id, GUINT_TO_POINTER (i + 1));
    }
}

/* The positions of each lane from left to right, in one array; @first[lane] begins a lane's */
static guint *
sort_into_lanes (AnnalsLayout *self,
                 guint        *first)
{
  guint *by_lane = g_new (guint, self->n_placed + 1);
  g_autofree guint *next = g_new0 (guint, self->n_lanes + 1);

  for (guint i = 0; i < self->n_placed; i++)
    self->lanes[self->placed[i].lane].n_items++;

  for (guint i = 0; i < self->n_lanes; i++)
    {
      next[i] = first[i];
      first[i + 1] = first[i] + self->lanes[i].n_items;
    }

  for (guint i = 0; i < self->n_placed; i++)
    by_lane[next[self->placed[i].lane]++] = i;

  for (guint i = 0; i < self->n_lanes; i++)
    g_qsort_with_data (by_lane + first[i], self->lanes[i].n_items, sizeof *by_lane,
                       compare_left_edges, self->placed);

  return by_lane;
}

/* Gives the cards of a lane, from left to right, the first row in which each has room. */
static void
stack_lane (AnnalsLayout              *self,
            AnnalsLane                *lane,
            const guint               *members,
            const AnnalsLayoutOptions *options)
{
  guint first_row = self->rows->len;
  RowEnds ends;

  row_ends_init (&ends, lane->n_items);

  for (guint i = 0; i < lane->n_items; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      Row *row;

      placed->row = row_ends_find (&ends, placed->card.x);
      row_ends_set (&ends, placed->row, placed->card.x + placed->card.width + options->column_gap);

      if (placed->row == lane->n_rows)
        {
          Row empty = { 0.0, 0.0, 0, 0 };

          g_array_append_val (self->rows, empty);
          lane->n_rows++;
        }

      row = &g_array_index (self->rows, Row, first_row + placed->row);
      row->height = MAX (row->height, placed->card.height);
      row->n++;
    }

  g_free (ends.least);
}

/* Gives rows their tops and runs, and a lane its height. */
static void
finish_lane (AnnalsLayout              *self,
             AnnalsLane                *lane,
             guint                      first_row,
             guint                      first_member,
             const guint               *members,
             const AnnalsLayoutOptions *options)
{
  double y = lane->top + options->lane_header;

  for (guint i = 0; i < lane->n_rows; i++)
    {
      Row *row = &g_array_index (self->rows, Row, first_row + i);

      row->top = y;
      y += row->height + (i + 1 < lane->n_rows ? options->row_gap : 0.0);
      row->first = first_member;
      first_member += row->n;
      row->n = 0;
    }

  for (guint i = 0; i < lane->n_items; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      Row *row = &g_array_index (self->rows, Row, first_row + placed->row);

      placed->card.y = row->top;
      placed->bar.y = row->top;
      self->by_row[row->first + row->n++] = members[i];
    }

  lane->height = MAX (y + options->lane_padding - lane->top, options->min_lane);
}

/**
 * annals_layout_new:
 * @items: (array length=n_items): the events, in any order; ids should be unique
 * @n_items: their number
 * @n_lanes: at least one lane is made
 * @scale: seconds per point, more than 0
 * @options: (nullable): sizes; those of the window when %NULL
 *
 * Cards of a lane are stacked into rows, each from left to right into the first row with room: no two
 * of a lane overlap. Takes n log n.
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
  static const AnnalsLayoutOptions window = ANNALS_LAYOUT_OPTIONS_WINDOW;
  AnnalsLayout *self;
  g_autofree guint *first = NULL;
  g_autofree guint *by_lane = NULL;
  double y = 0.0;

  g_return_val_if_fail (items != NULL || n_items == 0, NULL);
  g_return_val_if_fail (isfinite (scale) && scale > 0.0, NULL);

  if (!options)
    options = &window;

  self = g_new0 (AnnalsLayout, 1);
  self->scale = scale;
  self->n_lanes = MAX (n_lanes, 1);
  self->lanes = g_new0 (AnnalsLane, self->n_lanes);
  self->first_row = g_new0 (guint, self->n_lanes + 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));

  place_items (self, items, n_items, options);

  first = g_new0 (guint, self->n_lanes + 1);
  by_lane = sort_into_lanes (self, first);
  self->by_row = g_new (guint, self->n_placed + 1);

  for (guint i = 0; i < self->n_lanes; i++)
    {
      AnnalsLane *lane = &self->lanes[i];

      lane->top = y;
      stack_lane (self, lane, by_lane + first[i], options);
      finish_lane (self, lane, self->first_row[i], first[i], by_lane + first[i], options);
      self->first_row[i + 1] = self->rows->len;
      y += lane->height;
    }

  self->height = y;
  return self;
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
  g_free (self->by_row);
  g_free (self->first_row);
  g_free (self->lanes);
  g_free (self->tray);
  g_free (self->placed);
  g_free (self);
}

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
const AnnalsLane *
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
search_row (AnnalsLayout *self,
            const Row    *row,
            double        x)
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
 * Returns: (transfer full) (element-type guint): positions of what is to be drawn, in order
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
      const Row *row = &g_array_index (self->rows, Row, i);

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
 * Returns: the position of the item whose card is there, or -1
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
      const Row *row = &g_array_index (self->rows, Row, i);
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
