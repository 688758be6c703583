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
  GHashTable   *by_id;       /* &placed[].id → position + 1 */
};

G_END_DECLS
