/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout.h"

#include "annals-layout-private.h"

#include <math.h>

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
            AnnalsLaneBox                *lane,
            const guint               *members,
            const AnnalsLayoutOptions *options)
{
  guint first_row = self->rows->len;
  RowEnds ends;

  row_ends_init (&ends, lane->n_items);

  for (guint i = 0; i < lane->n_items; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      AnnalsLayoutRow *row;

      placed->row = row_ends_find (&ends, placed->card.x);
      row_ends_set (&ends, placed->row, placed->card.x + placed->card.width + options->column_gap);

      if (placed->row == lane->n_rows)
        {
          AnnalsLayoutRow empty = { 0.0, 0.0, 0, 0 };

          g_array_append_val (self->rows, empty);
          lane->n_rows++;
        }

      row = &g_array_index (self->rows, AnnalsLayoutRow, first_row + placed->row);
      row->height = MAX (row->height, placed->card.height);
      row->n++;
    }

  g_free (ends.least);
}

/* Gives rows their tops and runs, and a lane its height. */
static void
finish_lane (AnnalsLayout              *self,
             AnnalsLaneBox                *lane,
             guint                      first_row,
             guint                      first_member,
             const guint               *members,
             const AnnalsLayoutOptions *options)
{
  double y = lane->top + options->lane_header;

  for (guint i = 0; i < lane->n_rows; i++)
    {
      AnnalsLayoutRow *row = &g_array_index (self->rows, AnnalsLayoutRow, first_row + i);

      row->top = y;
      y += row->height + (i + 1 < lane->n_rows ? options->row_gap : 0.0);
      row->first = first_member;
      first_member += row->n;
      row->n = 0;
    }

  for (guint i = 0; i < lane->n_items; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      AnnalsLayoutRow *row = &g_array_index (self->rows, AnnalsLayoutRow, first_row + placed->row);

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
 * Cards of a lane are stacked into rows, each from left to right into the first row with room: no
 * two of a lane overlap. Takes n log n.
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
  self->lanes = g_new0 (AnnalsLaneBox, self->n_lanes);
  self->first_row = g_new0 (guint, self->n_lanes + 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (AnnalsLayoutRow));

  place_items (self, items, n_items, options);

  first = g_new0 (guint, self->n_lanes + 1);
  by_lane = sort_into_lanes (self, first);
  self->by_row = g_new (guint, self->n_placed + 1);

  for (guint i = 0; i < self->n_lanes; i++)
    {
      AnnalsLaneBox *lane = &self->lanes[i];

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
