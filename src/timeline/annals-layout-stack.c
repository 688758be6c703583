/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout-private.h"

#include <math.h>

#define CROWD_WIDTH 160.0    /* of the stretch in which events are counted before one becomes a card */

/* The end of the last one of each row, with the least of each half of the rows above it: the first
 * row with room is found in log n steps.
 */
typedef struct
{
  double *least;
  guint   n_leaves;   /* a power of two */
  guint   n_rows;     /* that may be used */
  guint   n_used;
} RowEnds;

static void
row_ends_init (RowEnds *self,
               guint    n_rows)
{
  self->n_rows = n_rows;
  self->n_used = 0;
  self->n_leaves = 1;
  while (self->n_leaves < n_rows)
    self->n_leaves *= 2;

  self->least = g_new (double, 2 * self->n_leaves);
  for (guint i = 0; i < 2 * self->n_leaves; i++)
    self->least[i] = -INFINITY;
}

static void
row_ends_clear (RowEnds *self)
{
  g_free (self->least);
}

/* Puts what goes from @start to @end into the first row with room; -1 when none has. */
static int
row_ends_add (RowEnds *self,
              double   start,
              double   end)
{
  guint node = 1;
  guint row;

  if (self->n_rows == 0)
    return -1;

  while (node < self->n_leaves)
    node = 2 * node + (self->least[2 * node] > start);

  row = node - self->n_leaves;
  if (row >= self->n_rows || self->least[node] > start)
    return -1;

  self->least[node] = end;
  for (node /= 2; node > 0; node /= 2)
    self->least[node] = MIN (self->least[2 * node], self->least[2 * node + 1]);

  self->n_used = MAX (self->n_used, row + 1);
  return (int) row;
}

static double
length_of (double length)
{
  return isfinite (length) && length > 0.0 ? length : 0.0;
}

static double
get_fade (AnnalsLayoutFlags          flags,
          const AnnalsLayoutOptions *options)
{
  return flags & (ANNALS_LAYOUT_APPROXIMATE | ANNALS_LAYOUT_UNCERTAIN | ANNALS_LAYOUT_IMPRECISE)
           ? options->max_fade : 0.0;
}

/* The bar with its fades; @room: what an open end needs before it runs on */
static void
measure_bar (AnnalsPlaced              *placed,
             const AnnalsLayoutItem    *item,
             double                     scale,
             double                     least,
             double                     room,
             const AnnalsLayoutOptions *options)
{
  double from = item->from / scale;
  double to = MAX (item->to / scale, from);

  placed->bar.x = from;
  placed->bar.width = MAX (to - from, least);

  if (item->flags & ANNALS_LAYOUT_OPEN_END)
    {
      placed->bar.width = room + options->open_run;
    }
  else if (item->flags & ANNALS_LAYOUT_OPEN_START)
    {
      placed->bar.width = room + options->open_run;
      placed->bar.x = item->to / scale - placed->bar.width;
    }

  placed->fade_start = MIN (get_fade (item->flags, options), placed->bar.width * 0.3);
  placed->fade_end = placed->fade_start;
  if (item->flags & ANNALS_LAYOUT_OPEN_END)
    placed->fade_end = options->open_run;
  if (item->flags & ANNALS_LAYOUT_OPEN_START)
    placed->fade_start = options->open_run;
}

static void
measure_card (AnnalsLayout *self,
              AnnalsPlaced *placed)
{
  const AnnalsLayoutItem *item = &self->items[placed->index];
  double text = MAX (length_of (item->width), self->options.min_bar);

  measure_bar (placed, item, self->scale, self->options.min_bar, text, &self->options);
  placed->form = ANNALS_PLACED_CARD;
  placed->card.x = placed->bar.x;
  placed->card.width = MAX (placed->bar.width, text);
  placed->card.height = length_of (item->height);
  placed->bar.height = placed->card.height;
}

static void
measure_mark (AnnalsLayout *self,
              AnnalsPlaced *placed)
{
  measure_bar (placed, &self->items[placed->index], self->scale, self->options.mark,
               self->options.mark, &self->options);
  placed->form = ANNALS_PLACED_MARK;
  placed->bar.height = self->options.mark;
  placed->card = placed->bar;
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

/* They are in order but for those with an open beginning, whose place depends on the zoom. */
static void
order_members (AnnalsLayout *self,
               guint        *members,
               guint         n_members)
{
  for (guint i = 1; i < n_members; i++)
    if (compare_left_edges (&members[i - 1], &members[i], self->placed) > 0)
      {
        g_qsort_with_data (members, n_members, sizeof *members, compare_left_edges, self->placed);
        return;
      }
}

/* Where more begin within the width of a cluster than marks have room there, a cluster takes all. */
static void
mark_dense (AnnalsLayout *self,
            const guint  *members,
            guint         n_members)
{
  const AnnalsLayoutOptions *options = &self->options;
  double pitch = options->mark + options->mark_gap;
  guint room = options->mark_rows * MAX (1, (guint) (options->cluster_width / pitch));
  guint end = 0;

  for (guint i = 0; i < n_members;)
    {
      double limit = self->placed[members[i]].card.x + options->cluster_width;

      end = MAX (end, i);
      while (end < n_members && self->placed[members[end]].card.x < limit)
        end++;

      if (end - i <= MAX (room, options->max_rows))
        i++;
      else
        for (; i < end; i++)
          self->placed[members[i]].form = ANNALS_PLACED_CLUSTERED;
    }
}

static void
add_to_row (AnnalsLayout *self,
            guint         first_row,
            AnnalsPlaced *placed,
            guint         row)
{
  AnnalsLayoutRow *one;

  placed->row = row;
  while (self->rows->len <= first_row + row)
    {
      AnnalsLayoutRow empty = { 0.0, 0.0, 0, 0 };

      g_array_append_val (self->rows, empty);
    }

  one = &g_array_index (self->rows, AnnalsLayoutRow, first_row + row);
  one->height = MAX (one->height, placed->card.height);
  one->n++;
}

/* Cards, where there is room. Among too many events none is: a card or two of them would say little. */
static guint
stack_cards (AnnalsLayout *self,
             guint         first_row,
             const guint  *members,
             guint         n_members)
{
  const AnnalsLayoutOptions *options = &self->options;
  guint end = 0;
  RowEnds ends;
  guint n_used;

  row_ends_init (&ends, options->max_rows ? MIN (options->max_rows, n_members) : n_members);
  for (guint i = 0; i < n_members; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      double limit = placed->card.x + CROWD_WIDTH;
      AnnalsPlaced card = *placed;
      int row;

      end = MAX (end, i);
      while (end < n_members && self->placed[members[end]].card.x < limit)
        end++;

      if (placed->form == ANNALS_PLACED_CLUSTERED ||
          (options->max_rows && end - i > 2 * options->max_rows))
        continue;

      measure_card (self, &card);
      row = row_ends_add (&ends, card.card.x, card.card.x + card.card.width + options->column_gap);
      if (row < 0)
        continue;

      *placed = card;
      add_to_row (self, first_row, placed, (guint) row);
    }

  n_used = ends.n_used;
  row_ends_clear (&ends);

  return n_used;
}

static guint
stack_marks (AnnalsLayout *self,
             guint         first_row,
             guint         n_cards,     /* rows of cards above */
             const guint  *members,
             guint         n_members)
{
  const AnnalsLayoutOptions *options = &self->options;
  RowEnds ends;
  guint n_used;

  row_ends_init (&ends, options->max_rows ? options->mark_rows : 0);
  for (guint i = 0; i < n_members; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      int row;

      if (placed->form != ANNALS_PLACED_MARK)
        continue;

      row = row_ends_add (&ends, placed->card.x,
                          placed->card.x + placed->card.width + options->mark_gap);
      if (row < 0)
        placed->form = ANNALS_PLACED_CLUSTERED;
      else
        add_to_row (self, first_row, placed, n_cards + (guint) row);
    }

  n_used = ends.n_used;
  row_ends_clear (&ends);

  return n_used;
}

static gboolean
add_clusters (AnnalsLayout *self,
              guint         lane,
              const guint  *members,
              guint         n_members)
{
  const AnnalsLayoutOptions *options = &self->options;
  AnnalsCluster *cluster = NULL;

  for (guint i = 0; i < n_members; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];

      if (placed->form != ANNALS_PLACED_CLUSTERED)
        continue;

      if (!cluster || placed->bar.x >= cluster->rect.x + cluster->rect.width + options->mark_gap)
        {
          AnnalsCluster empty = { lane,
                                  { placed->bar.x, 0.0, options->cluster_width,
                                    options->cluster_height },
                                  0, self->members->len, placed->bar.x * self->scale, 0.0 };

          g_array_append_val (self->clusters, empty);
          cluster = &g_array_index (self->clusters, AnnalsCluster, self->clusters->len - 1);
        }

      cluster->n_items++;
      cluster->to = placed->bar.x * self->scale;
      placed->cluster = self->clusters->len - 1;
      g_array_append_val (self->members, members[i]);
    }

  return cluster != NULL;
}

/* Gives rows their tops and runs. Returns the bottom of the last. */
static double
place_rows (AnnalsLayout *self,
            guint         first_row,
            guint         n_cards,
            double        y)
{
  const AnnalsLayoutOptions *options = &self->options;

  for (guint i = first_row; i < self->rows->len; i++)
    {
      AnnalsLayoutRow *row = &g_array_index (self->rows, AnnalsLayoutRow, i);

      if (i > first_row)
        y += i - first_row <= n_cards ? options->row_gap : options->mark_gap;
      row->top = y;
      y += row->height;
      row->first = self->n_by_row;
      self->n_by_row += row->n;
      row->n = 0;
    }

  return y;
}

static void
finish_lane (AnnalsLayout *self,
             guint         lane,
             guint         first_row,
             double        cluster_top,
             const guint  *members)
{
  for (guint i = 0; i < self->lanes[lane].n_items; i++)
    {
      AnnalsPlaced *placed = &self->placed[members[i]];
      AnnalsLayoutRow *row;

      if (placed->form == ANNALS_PLACED_CLUSTERED)
        {
          AnnalsCluster *cluster = &g_array_index (self->clusters, AnnalsCluster, placed->cluster);

          cluster->rect.y = cluster_top;
          placed->row = self->rows->len - first_row;
          placed->card = placed->bar = cluster->rect;
          placed->fade_start = placed->fade_end = 0.0;
          continue;
        }

      row = &g_array_index (self->rows, AnnalsLayoutRow, first_row + placed->row);
      placed->card.y = row->top;
      placed->bar.y = row->top;
      self->by_row[row->first + row->n++] = members[i];
    }
}

static void
stack_lane (AnnalsLayout *self,
            guint         index,
            guint        *members)
{
  const AnnalsLayoutOptions *options = &self->options;
  AnnalsLaneBox *lane = &self->lanes[index];
  guint first_row = self->rows->len;
  guint n_cards, n_marks;
  gboolean has_clusters;
  double cluster_top;
  double y;

  for (guint i = 0; i < lane->n_items; i++)
    if (options->max_rows)
      measure_mark (self, &self->placed[members[i]]);
    else
      measure_card (self, &self->placed[members[i]]);

  order_members (self, members, lane->n_items);
  if (options->max_rows)
    mark_dense (self, members, lane->n_items);
  n_cards = stack_cards (self, first_row, members, lane->n_items);
  n_marks = stack_marks (self, first_row, n_cards, members, lane->n_items);
  has_clusters = add_clusters (self, index, members, lane->n_items);

  y = place_rows (self, first_row, n_cards, lane->top + options->lane_header);
  cluster_top = y + (n_cards + n_marks > 0 ? options->mark_gap : 0.0);
  if (has_clusters)
    y = cluster_top + options->cluster_height;
  finish_lane (self, index, first_row, cluster_top, members);

  lane->n_rows = n_cards + n_marks + (has_clusters ? 1 : 0);
  lane->height = MAX (y + options->lane_padding - lane->top, options->min_lane);
}

void
annals_layout_stack (AnnalsLayout *self)
{
  double y = 0.0;

  g_array_set_size (self->rows, 0);
  g_array_set_size (self->clusters, 0);
  g_array_set_size (self->members, 0);
  self->n_by_row = 0;

  for (guint i = 0; i < self->n_lanes; i++)
    {
      self->lanes[i].top = y;
      stack_lane (self, i, self->by_lane + self->first[i]);
      self->first_row[i + 1] = self->rows->len;
      self->first_cluster[i + 1] = self->clusters->len;
      y += self->lanes[i].height;
    }

  self->height = y;
}
