/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-columns.h"

G_BEGIN_DECLS

struct sqlite3;

/* As FTS5's bm25() has them. */
#define ANNALS_BM25_K1 1.2
#define ANNALS_BM25_B 0.75

/* What annals_score() needs, bound to its second argument as a pointer of this type. */
#define ANNALS_SCORER_TYPE "annals-scorer"

typedef struct
{
  const AnnalsColumns *columns;
  const AnnalsIdSet   *among;      /* others need no score */
  const double        *idfs;       /* of each phrase */
  guint                n_phrases;
  double               average;    /* length of a post */
  guint64              found;      /* out: the phrases of the row at hand */
} AnnalsScorer;

/* Makes the auxiliary function annals_score (table, scorer) known to a connection: BM25 as FTS5's own, but
 * with the lengths and the numbers of posts from memory. Returns an SQLite result code. */
int annals_rank_register (struct sqlite3 *native);

G_END_DECLS
