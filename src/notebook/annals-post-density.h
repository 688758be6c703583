/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/**
 * AnnalsPostDensity:
 * @first_day: days since 1 January 1970; may be less than 0
 * @n_days: 0 when no post has a date
 * @before: n_days + 1 numbers: how many posts are before each day; the last one is how many there are
 *
 * How many posts an archive has when. A post of which only the month is known counts in its middle. Those before
 * the year 1000 and from 3000 on, and undated ones, are left out. Immutable, counted.
 */
typedef struct
{
  gint64   first_day;
  guint    n_days;
  guint32 *before;
} AnnalsPostDensity;

AnnalsPostDensity *annals_db_load_post_density (AnnalsDb          *db,
                                                GError           **error);
AnnalsPostDensity *annals_post_density_ref     (AnnalsPostDensity *self);
void               annals_post_density_unref   (AnnalsPostDensity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPostDensity, annals_post_density_unref)

/* Posts from @from up to @to, seconds since 1970 UTC; part of a day counts as that part of its posts */
double             annals_post_density_count   (AnnalsPostDensity *self,
                                                double             from,
                                                double             to);

G_END_DECLS
