/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-collation.h"
#include "annals-search-facets.h"

#include "annals-columns.h"
#include "annals-language.h"
#include "annals-post-sets.h"

#define SECONDS_PER_DAY 86400

static void
facet_free (AnnalsFacet *self)
{
  g_free (self->name);
  g_free (self->label);
  g_free (self);
}

/**
 * annals_facets_free:
 * @self: (transfer full): what was counted
 */
void
annals_facets_free (AnnalsFacets *self)
{
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->months, g_array_unref);
  g_free (self);
}

static GPtrArray *
facet_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) facet_free);
}

static void
add_facet (GPtrArray  *facets,
           gint64      id,
           const char *name,
           const char *label,
           guint       n)
{
  AnnalsFacet *facet = g_new0 (AnnalsFacet, 1);

  facet->id = id;
  facet->name = g_strdup (name);
  facet->label = g_strdup (label);
  facet->n = n;
  g_ptr_array_add (facets, facet);
}

static int
compare_facets (gconstpointer a,
                gconstpointer b)
{
  const AnnalsFacet *one = *(AnnalsFacet * const *) a;
  const AnnalsFacet *two = *(AnnalsFacet * const *) b;

  return one->n != two->n ? (one->n < two->n ? 1 : -1) : annals_collate (one->label, two->label);
}

/* Days since 1970 as 12 × year + month: years are counted from March, so that the leap day ends one (see
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days). */
static int
month_of (gint64 seconds)
{
  gint64 days = seconds >= 0 ? seconds / SECONDS_PER_DAY : -((-seconds + SECONDS_PER_DAY - 1) / SECONDS_PER_DAY);
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 day = shifted - era * 146097;
  gint64 year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  gint64 in_year = day - (365 * year + year / 4 - year / 100);
  gint64 month = (5 * in_year + 2) / 153;

  return (int) ((year + era * 400) * 12 + month + 2);
}

/* Few values or many, close together or far apart: a table of those that occur. */
static void
count_value (GHashTable *counts,
             gint64      value)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER ((int) value)));

  g_hash_table_insert (counts, GINT_TO_POINTER ((int) value), GUINT_TO_POINTER (n + 1));
}

static int
compare_months (gconstpointer a,
                gconstpointer b)
{
  return ((const AnnalsFacetMonth *) a)->month - ((const AnnalsFacetMonth *) b)->month;
}

/* Posts come by date, so that the same month comes many times in a row. */
static void
count_months (AnnalsFacets         *self,
              const AnnalsColumns  *columns,
              GArray               *ids)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (id <= columns->top && columns->from[id] != G_MININT64)
        count_value (counts, month_of (columns->from[id]));
    }

  self->months = g_array_new (FALSE, FALSE, sizeof (AnnalsFacetMonth));
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      AnnalsFacetMonth month = { GPOINTER_TO_INT (key), GPOINTER_TO_UINT (value) };

      g_array_append_val (self->months, month);
    }
  g_array_sort (self->months, compare_months);
}

/* Posts that name none come last, however many they are. */
static void
add_languages (AnnalsFacets *self,
               GPtrArray    *tags,
               const guint  *counts)
{
  guint n_none = counts[0];

  self->languages = facet_array_new ();
  for (guint i = 1; i < tags->len; i++)
    {
      const char *tag = tags->pdata[i];
      g_autofree char *label = counts[i] > 0 ? annals_language_dup_name (tag) : NULL;

      if (g_ascii_strcasecmp (tag, ANNALS_LANGUAGE_NONE) == 0)
        n_none += counts[i];
      else if (counts[i] > 0)
        add_facet (self->languages, 0, tag, label, counts[i]);
    }

  g_ptr_array_sort (self->languages, compare_facets);
  if (n_none > 0 && self->languages->len > 0)
    {
      g_autofree char *label = annals_language_dup_name (ANNALS_LANGUAGE_NONE);

      add_facet (self->languages, 0, ANNALS_LANGUAGE_NONE, label, n_none);
    }
}

static void
count_languages (AnnalsFacets         *self,
                 const AnnalsColumns  *columns,
                 GArray               *ids)
{
  g_autofree guint *counts = g_new0 (guint, columns->languages->len);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (id <= columns->top)
        counts[columns->language[id]]++;
    }

  add_languages (self, columns->languages, counts);
}

static gboolean
count_sources (AnnalsFacets         *self,
               AnnalsDb             *db,
               const AnnalsColumns  *columns,
               GArray               *ids,
               GError              **error)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) names = annals_db_list_names (db, ANNALS_RECORD_SOURCE, error);

  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (id <= columns->top && columns->source[id] != 0)
        count_value (counts, columns->source[id]);
    }

  self->sources = facet_array_new ();
  for (guint i = 0; i < names->len; i++)
    {
      const AnnalsListedName *name = names->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GINT_TO_POINTER ((int) name->id)));

      if (n > 0)
        add_facet (self->sources, name->id, name->name, name->name, n);
    }
  g_ptr_array_sort (self->sources, compare_facets);

  return TRUE;
}

static gboolean
count_tags (AnnalsFacets         *self,
            AnnalsDb             *db,
            const AnnalsColumns  *columns,
            GArray               *ids,
            GError              **error)
{
  g_autoptr(AnnalsIdSet) set = annals_id_set_new (columns->top);
  g_autoptr(GHashTable) named = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GArray) counts = NULL;

  for (guint i = 0; i < ids->len; i++)
    annals_id_set_add (set, g_array_index (ids, gint64, i));

  if (!(names = annals_db_list_names (db, ANNALS_RECORD_TAG, error)) ||
      !(counts = annals_db_count_tags (db, set, error)))
    return FALSE;

  /* the first is the tag's own name, synonyms follow */
  for (guint i = names->len; i > 0; i--)
    {
      AnnalsListedName *name = names->pdata[i - 1];

      g_hash_table_insert (named, GINT_TO_POINTER ((int) name->id), name->name);
    }

  self->tags = facet_array_new ();
  for (guint i = 0; i < counts->len; i++)
    {
      const AnnalsTagFacet *count = &g_array_index (counts, AnnalsTagFacet, i);
      const char *name = g_hash_table_lookup (named, GINT_TO_POINTER ((int) count->tag));

      if (name != NULL)
        add_facet (self->tags, count->tag, name, name, count->n);
    }

  return TRUE;
}

/**
 * annals_search_facets:
 * @db: a connection
 * @ids: (element-type gint64): the posts found
 *
 * Returns: (transfer full): how many there are of each kind; %NULL on an error
 */
AnnalsFacets *
annals_search_facets (AnnalsDb  *db,
                      GArray    *ids,
                      GError   **error)
{
  g_autoptr(AnnalsFacets) self = g_new0 (AnnalsFacets, 1);
  const AnnalsColumns *columns;
  gboolean ok;

  g_return_val_if_fail (db != NULL && ids != NULL, NULL);

  if (!(columns = annals_db_hold_columns (db, ANNALS_COLUMNS_ROWS, error)))
    return NULL;

  count_months (self, columns, ids);
  count_languages (self, columns, ids);
  ok = count_sources (self, db, columns, ids, error) && count_tags (self, db, columns, ids, error);
  annals_db_release_columns (db);

  return ok ? g_steal_pointer (&self) : NULL;
}

/**
 * annals_search_find_date:
 * @db: a connection
 * @ids: (element-type gint64): posts in order of time
 * @seconds: a moment
 * @newest_first: which order
 * @position: (out): the first post that is not after the moment, or not before it; the last one when all are
 *
 * Returns: %FALSE on an error
 */
gboolean
annals_search_find_date (AnnalsDb  *db,
                         GArray    *ids,
                         gint64     seconds,
                         gboolean   newest_first,
                         guint     *position,
                         GError   **error)
{
  const AnnalsColumns *columns;

  g_return_val_if_fail (db != NULL && ids != NULL && position != NULL, FALSE);

  if (!(columns = annals_db_hold_columns (db, ANNALS_COLUMNS_ROWS, error)))
    return FALSE;

  *position = ids->len > 0 ? ids->len - 1 : 0;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      gint64 from = id <= columns->top ? columns->from[id] : G_MININT64;

      if (from != G_MININT64 && (newest_first ? from <= seconds : from >= seconds))
        {
          *position = i;
          break;
        }
    }
  annals_db_release_columns (db);

  return TRUE;
}
