/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-axis.h"
#include "annals-date.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_LAYOUT_UNDATED     = 1 << 0,  /* no time at all: goes to the tray */
  ANNALS_LAYOUT_OPEN_START  = 1 << 1,
  ANNALS_LAYOUT_OPEN_END    = 1 << 2,
  ANNALS_LAYOUT_APPROXIMATE = 1 << 3,
  ANNALS_LAYOUT_UNCERTAIN   = 1 << 4,
  ANNALS_LAYOUT_IMPRECISE   = 1 << 5,  /* somewhere in [from, to): a month, a year, one of */
} AnnalsLayoutFlags;

/**
 * AnnalsLayoutItem:
 * @id: of the caller; given back
 * @uid: (nullable): decides between equal times and titles; @id does when %NULL
 * @title: (nullable): decides between equal times
 * @lane: from 0; one beyond the last lane is laid into the last
 * @width: that the text of its card needs, in points
 * @height: the same
 * @from: seconds since 1970 UTC; not read where open or undated
 * @to: the same, exclusive; no less than @from
 *
 * One event. The strings are read by annals_layout_new() only and not kept.
 */
typedef struct
{
  guint64           id;
  const char       *uid;
  const char       *title;
  guint             lane;
  double            width;
  double            height;
  AnnalsLayoutFlags flags;
  gint64            from;
  gint64            to;
} AnnalsLayoutItem;

/* Fills in flags, from and to. */
void annals_layout_item_set_date (AnnalsLayoutItem *item,
                                  AnnalsDate       *date);

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} AnnalsRect;

typedef enum
{
  ANNALS_PLACED_CARD,       /* there is room for its words */
  ANNALS_PLACED_MARK,       /* a bar, or a dot where its time is short */
  ANNALS_PLACED_CLUSTERED,  /* counted in a cluster, at whose place it is */
} AnnalsPlacedForm;

/**
 * AnnalsPlaced:
 * @index: in the array given to annals_layout_new()
 * @flags: the item's
 * @cluster: which one counts it, with ANNALS_PLACED_CLUSTERED
 * @row: in its lane, from 0: those of cards first, then those of marks, then that of clusters
 * @bar: its time span to scale: the whole height of the card, and as wide as the time from its
 *   beginning to its end, at least @min_bar of the options; an open end runs on for @open_run
 *   beyond the text
 * @card: what its text needs, and at least the bar; a mark's or a cluster's own room, which is all
 *   they have: @bar is the same then
 * @fade_start: the bar fades in over so many points; 0 = a sharp edge
 * @fade_end: the bar fades out over so many points
 *
 * Where an item lies. x is in the layout's own coordinates, which do not change while panning: add
 * annals_layout_get_offset(). y is from the top of the first lane.
 */
typedef struct
{
  guint             index;
  guint64           id;
  AnnalsLayoutFlags flags;
  AnnalsPlacedForm  form;
  guint             cluster;
  guint             lane;
  guint             row;
  AnnalsRect        bar;
  AnnalsRect        card;
  double            fade_start;
  double            fade_end;
} AnnalsPlaced;

/**
 * AnnalsCluster:
 * @rect: its room; x as in AnnalsPlaced
 * @n_items: how many events it counts
 * @first: for annals_layout_get_members()
 * @from: the time at which the first of them begins, in seconds since 1970 UTC
 * @to: the time at which the last of them begins
 *
 * Events too close to each other to be drawn each.
 */
typedef struct
{
  guint      lane;
  AnnalsRect rect;
  guint      n_items;
  guint      first;
  double     from;
  double     to;
} AnnalsCluster;

typedef struct
{
  double top;
  double height;
  guint  n_rows;
  guint  n_items;
} AnnalsLaneBox;

/**
 * AnnalsLayoutOptions:
 * @lane_header: room above the first row of a lane, for its name
 * @lane_padding: room below the last row
 * @min_lane: the least height of a lane
 * @column_gap: between two cards of one row
 * @row_gap: between two rows
 * @min_bar: the least width of a bar
 * @open_run: how far an open end runs on
 * @max_fade: the widest fade
 * @max_rows: rows of cards in a lane at most; 0: as many as it takes, all are cards and the fields
 *   below are not read
 * @mark_rows: rows of marks in a lane at most
 * @mark: the height of a mark and its least width
 * @mark_gap: between two marks
 * @cluster_width: of the pill with the count
 * @cluster_height: the same
 *
 * All but the numbers of rows in points.
 */
typedef struct
{
  double lane_header;
  double lane_padding;
  double min_lane;
  double column_gap;
  double row_gap;
  double min_bar;
  double open_run;
  double max_fade;
  guint  max_rows;
  guint  mark_rows;
  double mark;
  double mark_gap;
  double cluster_width;
  double cluster_height;
} AnnalsLayoutOptions;

/* For the window, with one lane; annals_layout_options_for_lanes() for more */
#define ANNALS_LAYOUT_OPTIONS_WINDOW \
  { 30.0, 8.0, 92.0, 10.0, 8.0, 4.0, 48.0, 60.0, 8, 3, 10.0, 4.0, 44.0, 20.0 }

/* Those of the window, with fewer rows the more lanes share it */
AnnalsLayoutOptions annals_layout_options_for_lanes (guint n_lanes);

/**
 * AnnalsLayout:
 *
 * Every event of a timeline at its place, for one zoom. Nothing in it depends on what is in view,
 * so it lives until the events change. Usable from any thread, but from one at a time.
 */
typedef struct _AnnalsLayout AnnalsLayout;

/* @scale: seconds per point, annals_axis_get_scale(); @options NULL for those of the window and so
 * many lanes */
AnnalsLayout *annals_layout_new  (const AnnalsLayoutItem    *items,
                                  guint                      n_items,
                                  guint                      n_lanes,
                                  double                     scale,
                                  const AnnalsLayoutOptions *options);
void          annals_layout_free (AnnalsLayout              *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsLayout, annals_layout_free)
/* Another zoom: everything gets its new place, in time linear in the number of events. Arrays that
 * were borrowed are gone. */
void          annals_layout_set_scale (AnnalsLayout           *self,
                                       double                  scale);

/* All but the tray's, in order of from, to, title, uid; positions below are indexes into it */
const AnnalsPlaced  *annals_layout_get_placed (AnnalsLayout *self, guint *n_placed);
/* Indexes of the items without a time (also those open at both ends), by title and uid */
const guint         *annals_layout_get_tray   (AnnalsLayout *self, guint *n_tray);
const AnnalsLaneBox *annals_layout_get_lanes  (AnnalsLayout *self, guint *n_lanes);
double               annals_layout_get_height (AnnalsLayout *self);
/* By lane, then from left to right */
const AnnalsCluster *annals_layout_get_clusters (AnnalsLayout *self, guint *n_clusters);
/* Positions of the events that a cluster counts, @cluster->n_items of them, from left to right */
const guint         *annals_layout_get_members  (AnnalsLayout        *self,
                                                 const AnnalsCluster *cluster);

/* Whether the layout was made for the zoom of @axis */
gboolean annals_layout_fits       (AnnalsLayout *self, const AnnalsAxis *axis);
/* To be added to x to get x on @axis, at any zoom that fits */
double   annals_layout_get_offset (AnnalsLayout *self, const AnnalsAxis *axis);
/* Positions of the cards and marks of which something lies inside the axis and [top, bottom), in
 * order: GArray of guint, to be freed with g_array_unref() */
GArray  *annals_layout_dup_visible (AnnalsLayout *self, const AnnalsAxis *axis,
                                    double top, double bottom);

/* The same of clusters: indexes of annals_layout_get_clusters() */
GArray  *annals_layout_dup_visible_clusters (AnnalsLayout *self, const AnnalsAxis *axis,
                                             double top, double bottom);

/* The position of the card or mark that is at x on @axis and y in the layout; -1 for none */
int      annals_layout_hit         (AnnalsLayout *self, const AnnalsAxis *axis, double x, double y);
/* The cluster that is there; -1 for none */
int      annals_layout_hit_cluster (AnnalsLayout *self, const AnnalsAxis *axis, double x, double y);
/* The position of an item; -1 when it is in the tray or unknown */
int      annals_layout_find       (AnnalsLayout *self, guint64 id);
/* The lane at y; -1 outside of all */
int      annals_layout_lane_at    (AnnalsLayout *self, double y);

/* For the keyboard. From @position, or from outside when it is -1 (then the first or the last),
 * @step (1 or -1) further by time; -1 at the end. */
int      annals_layout_step       (AnnalsLayout *self, int position, int step, gboolean in_lane);
/* The item nearest in time of the next (1) or previous (-1) lane that has any; -1 when none has */
int      annals_layout_step_lane  (AnnalsLayout *self, int position, int step);

G_END_DECLS
