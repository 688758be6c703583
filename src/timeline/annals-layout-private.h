/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-layout.h"

G_BEGIN_DECLS

/* The cards of a row lie in a run of by_row, from left to right */
typedef struct
{
  double top;
  double height;
  guint  first;
  guint  n;
} AnnalsLayoutRow;

struct _AnnalsLayout
{
  AnnalsLayoutOptions options;
  AnnalsLayoutItem   *items;      /* without their strings */
  double        scale;
  double        height;
  AnnalsPlaced *placed;
  guint         n_placed;
  guint        *tray;
  guint         n_tray;
  AnnalsLaneBox   *lanes;
  guint        *first_row;   /* of each lane, and behind the last one */
  guint         n_lanes;
  GArray       *rows;        /* of AnnalsLayoutRow, by lane */
  guint        *by_row;      /* positions */
  guint         n_by_row;
  guint        *by_lane;     /* positions, a lane's from left to right */
  guint        *first;       /* in by_lane, of each lane, and behind the last one */
  GHashTable   *by_id;       /* &placed[].id → position + 1 */
  GArray       *clusters;    /* of AnnalsCluster, by lane */
  guint        *first_cluster; /* of each lane, and behind the last one */
  GArray       *members;     /* positions, a cluster's beside each other */
};

/* annals-layout-stack.c: gives the events of every lane their places. */
void annals_layout_stack (AnnalsLayout *self);

G_END_DECLS
