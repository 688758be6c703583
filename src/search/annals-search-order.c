/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-private.h"

#include <string.h>

#include "annals-match.h"
#include "annals-post-sets.h"

/* A set with fewer ids than this part of all is sorted; in a larger one all places are looked at in order. */
#define SMALL_PART 24

/* Sorting by digits of so many bits. */
#define DIGIT_BITS 11
#define N_DIGITS (1 << DIGIT_BITS)

typedef struct
{
  guint64 key;
  gint64  id;
} Keyed;

typedef struct
{
  guint32 key;
  guint32 id;
} Scored;

AnnalsColumnParts
annals_search_order_parts (AnnalsOrder order)
{
  switch (order)
    {
    case ANNALS_ORDER_TITLE:
      return ANNALS_COLUMNS_TITLES;

    case ANNALS_ORDER_RELEVANCE:
      return ANNALS_COLUMNS_NEWEST | ANNALS_COLUMNS_LENGTHS;

    case ANNALS_ORDER_PLACE:
      return ANNALS_COLUMNS_ROWS;

    case ANNALS_ORDER_NEWEST:
    case ANNALS_ORDER_OLDEST:
    case ANNALS_ORDER_SOURCE:
      break;
    }

  return ANNALS_COLUMNS_NEWEST;
}

/* Ascending by key, in time proportional to their number; equal keys stay in their order. */
static void
sort_keyed (Keyed *keyed,
            guint  n,
            guint  n_bits)
{
  g_autofree Keyed *other = g_new (Keyed, n);
  Keyed *from = keyed;
  Keyed *to = other;

  if (n < 2)
    return;

  for (guint shift = 0; shift < n_bits; shift += DIGIT_BITS)
    {
      guint starts[N_DIGITS] = { 0 };
      guint sum = 0;
      Keyed *swap;

      for (guint i = 0; i < n; i++)
        starts[from[i].key >> shift & (N_DIGITS - 1)]++;
      for (guint i = 0; i < N_DIGITS; i++)
        {
          guint count = starts[i];

          starts[i] = sum;
          sum += count;
        }
      for (guint i = 0; i < n; i++)
        to[starts[from[i].key >> shift & (N_DIGITS - 1)]++] = from[i];

      swap = from;
      from = to;
      to = swap;
    }

  if (from != keyed)
    memcpy (keyed, from, n * sizeof *keyed);
}

static GArray *
take_ids (const Keyed *keyed,
          guint        n)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    g_array_append_val (ids, keyed[i].id);

  return ids;
}

static GArray *
sort_by_places (const AnnalsIdSet *set,
                const guint32     *places)
{
  g_autoptr(GArray) ids = annals_id_set_list (set);
  g_autofree Keyed *keyed = g_new (Keyed, ids->len + 1);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      keyed[i] = (Keyed) { places[id], id };
    }

  sort_keyed (keyed, ids->len, 33);

  return take_ids (keyed, ids->len);
}

static GArray *
walk_order (const AnnalsIdSet *set,
            const guint32     *order,
            guint              n)
{
  guint n_ids = annals_id_set_count (set);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_ids + 1);
  gint64 *to;
  guint k = 0;

  g_array_set_size (ids, n_ids + 1);
  to = (gint64 *) (gpointer) ids->data;
  for (guint i = 0; i < n && k < n_ids; i++)
    {
      to[k] = order[i];
      k += annals_id_set_contains (set, order[i]);
    }
  g_array_set_size (ids, k);

  return ids;
}

static GArray *
order_by (const AnnalsIdSet *set,
          const guint32     *order,
          const guint32     *places,
          guint              n)
{
  return annals_id_set_count (set) < n / SMALL_PART ? sort_by_places (set, places)
                                                    : walk_order (set, order, n);
}

/* Newest first the other way round, except that posts without a beginning stay at the end. */
static GArray *
turn_round (const AnnalsColumns *columns,
            GArray              *newest)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), newest->len);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = newest->len; i > 0; i--)
      {
        gint64 id = g_array_index (newest, gint64, i - 1);

        if ((columns->from[id] == G_MININT64) == (pass == 1))
          g_array_append_val (ids, id);
      }

  return ids;
}

/* By the source's name, newest first in each; posts without one at the end. */
static GArray *
group_by_source (AnnalsDb             *db,
                 const AnnalsColumns  *columns,
                 GArray               *newest,
                 GError              **error)
{
  g_autoptr(GPtrArray) names = annals_db_list_names (db, ANNALS_RECORD_SOURCE, error);
  g_autoptr(GHashTable) ranks = g_hash_table_new (NULL, NULL);
  g_autofree Keyed *keyed = g_new (Keyed, newest->len + 1);

  if (names == NULL)
    return NULL;

  for (guint i = 0; i < names->len; i++)
    g_hash_table_insert (ranks, GUINT_TO_POINTER ((guint) ((AnnalsListedName *) names->pdata[i])->id),
                         GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < newest->len; i++)
    {
      gint64 id = g_array_index (newest, gint64, i);
      guint rank = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, GUINT_TO_POINTER (columns->source[id])));

      keyed[i] = (Keyed) { rank > 0 ? rank : G_MAXUINT32, id };
    }

  sort_keyed (keyed, newest->len, 33);

  return take_ids (keyed, newest->len);
}

static GArray *
order_by_place (AnnalsDb           *db,
                const AnnalsIdSet  *set,
                GError            **error)
{
  g_autoptr(GArray) all = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);
  GArray *ids;

  if (all == NULL)
    return NULL;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < all->len; i++)
    if (annals_id_set_contains (set, g_array_index (all, gint64, i)))
      g_array_append_val (ids, g_array_index (all, gint64, i));

  return ids;
}

GArray *
annals_search_order (AnnalsDb             *db,
                     const AnnalsColumns  *columns,
                     const AnnalsIdSet    *set,
                     AnnalsOrder           order,
                     GError              **error)
{
  g_autoptr(GArray) newest = NULL;

  if (order == ANNALS_ORDER_TITLE)
    return order_by (set, columns->titles, columns->titles_place, columns->n_titles);

  if (order == ANNALS_ORDER_PLACE)
    return order_by_place (db, set, error);

  newest = order_by (set, columns->newest, columns->newest_place, columns->n_newest);
  if (order == ANNALS_ORDER_OLDEST)
    return turn_round (columns, newest);
  if (order == ANNALS_ORDER_SOURCE)
    return group_by_source (db, columns, newest, error);

  return g_steal_pointer (&newest);
}

/* The posts of @set newest first, each with its score's bits, which ascend as the scores do, turned round; @n of them,
 * or fewer, which @n then says: a damaged index of dates does not hold every post that is visible. */
static Scored *
take_scored (const AnnalsColumns *columns,
             const AnnalsRanking *ranking,
             guint               *n)
{
  Scored *scored = g_new (Scored, *n + 1);
  guint k = 0;

  for (guint i = 0; i < columns->n_newest && k < *n; i++)
    {
      guint32 id = columns->newest[i];
      guint32 bits;

      memcpy (&bits, &ranking->scores[id], sizeof bits);
      scored[k] = (Scored) { ~bits, id };
      k += annals_id_set_contains (ranking->set, id);
    }
  *n = k;

  return scored;
}

/* Ascending by key; equal ones stay in their order. */
static Scored *
sort_scored (Scored *scored,
             guint   n)
{
  Scored *from = scored;
  Scored *to = g_new (Scored, n + 1);

  for (guint shift = 0; shift < 32; shift += DIGIT_BITS)
    {
      guint starts[N_DIGITS] = { 0 };
      guint sum = 0;
      Scored *swap;

      for (guint i = 0; i < n; i++)
        starts[from[i].key >> shift & (N_DIGITS - 1)]++;
      for (guint i = 0; i < N_DIGITS; i++)
        {
          guint count = starts[i];

          starts[i] = sum;
          sum += count;
        }
      for (guint i = 0; i < n; i++)
        to[starts[from[i].key >> shift & (N_DIGITS - 1)]++] = from[i];

      swap = from;
      from = to;
      to = swap;
    }
  g_free (to);

  return from;
}

/* All places in the order of time are looked at: that is faster than finding a place for each of many. */
static GArray *
order_many (const AnnalsColumns *columns,
            const AnnalsRanking *ranking,
            guint                n)
{
  Scored *taken = take_scored (columns, ranking, &n);
  g_autofree Scored *scored = sort_scored (taken, n);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n + 1);

  g_array_set_size (ids, n);
  for (guint i = 0; i < n; i++)
    g_array_index (ids, gint64, i) = scored[i].id;

  return ids;
}

static GArray *
order_few (const AnnalsColumns *columns,
           const AnnalsRanking *ranking)
{
  g_autoptr(GArray) ids = annals_id_set_list (ranking->set);
  g_autofree Keyed *keyed = g_new (Keyed, ids->len + 1);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      guint32 bits;

      memcpy (&bits, &ranking->scores[id], sizeof bits);
      keyed[i] = (Keyed) { (guint64) ~bits << 27 | (columns->newest_place[id] & 0x7ffffff), id };
    }

  sort_keyed (keyed, ids->len, 59);

  return take_ids (keyed, ids->len);
}

GArray *
annals_search_order_ranked (const AnnalsColumns *columns,
                            const AnnalsRanking *ranking)
{
  guint n;

  /* what a list can show; a score's bits ascend as it does, for it is never negative */
  annals_id_set_intersect (ranking->set, columns->visible);
  n = annals_id_set_count (ranking->set);

  return n < columns->n_newest / SMALL_PART ? order_few (columns, ranking) : order_many (columns, ranking, n);
}
