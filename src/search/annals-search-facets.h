/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-posts.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  id;       /* of the source or the tag; 0 for a language */
  char   *name;     /* as a query asks for it */
  char   *label;    /* as it is shown */
  guint   n;
} AnnalsFacet;

typedef struct
{
  int     month;    /* 12 × year + month from 0 */
  guint   n;
} AnnalsFacetMonth;

/**
 * AnnalsFacets:
 *
 * What the posts found have in common: how many there are of each source, tag and language, most first, and of
 * each month that has any, in order of time. A post without a beginning is in no month.
 */
typedef struct
{
  GPtrArray *sources;     /* (element type AnnalsFacet) */
  GPtrArray *tags;
  GPtrArray *languages;
  GArray    *months;      /* (element type AnnalsFacetMonth) */
} AnnalsFacets;

/* @ids: element type gint64 */
AnnalsFacets *annals_search_facets (AnnalsDb      *db,
                                    GArray        *ids,
                                    GError       **error);
void          annals_facets_free   (AnnalsFacets  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFacets, annals_facets_free)

/* Where a post of that moment would stand among @ids, newest or oldest first: what "go to a date" goes to. */
gboolean      annals_search_find_date (AnnalsDb    *db,
                                       GArray      *ids,
                                       gint64       seconds,
                                       gboolean     newest_first,
                                       guint       *position,
                                       GError     **error);

G_END_DECLS
