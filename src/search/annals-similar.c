/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-similar.h"

#include <math.h>
#include <string.h>

#include "annals-match.h"
#include "annals-search-private.h"
#include "annals-same-groups.h"
#include "annals-shingles.h"
#include "annals-terms-private.h"

/* The words that are asked for: those that tell most of a text. */
#define N_TERMS 24
/* Of how many words it is counted in how many posts they stand. */
#define MAX_CANDIDATES 120
/* A word in more posts than this tells little: one of five, and no more than so many. */
#define COMMON_PART 5
#define MAX_DF 20001
/* One that hardly any other post has tells of nothing but these. */
#define MIN_DF 3
/* How often a word of the title counts. */
#define TITLE_WEIGHT 4

/**
 * annals_similar_free:
 * @self: (transfer full): one that was found
 */
void
annals_similar_free (AnnalsSimilar *self)
{
  g_strfreev (self->terms);
  g_free (self);
}

/* --- the words of a text --- */

static int
compare_tf (gconstpointer a,
            gconstpointer b)
{
  const AnnalsTerm *one = *(AnnalsTerm * const *) a;
  const AnnalsTerm *two = *(AnnalsTerm * const *) b;

  return one->tf != two->tf ? (one->tf < two->tf ? 1 : -1) : strcmp (one->word, two->word);
}

static int
compare_weight (gconstpointer a,
                gconstpointer b)
{
  const AnnalsTerm *one = *(AnnalsTerm * const *) a;
  const AnnalsTerm *two = *(AnnalsTerm * const *) b;

  return one->weight != two->weight ? (one->weight < two->weight ? 1 : -1) : strcmp (one->word, two->word);
}

/* The words that tell most, best first. */
static GPtrArray *
pick_terms (AnnalsDb    *db,
            guint        n_posts,
            GHashTable  *terms,
            GError     **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  guint common = MIN (MAX (n_posts / COMMON_PART, 10), MAX_DF);
  GHashTableIter iter;
  gpointer term;

  g_hash_table_iter_init (&iter, terms);
  while (g_hash_table_iter_next (&iter, NULL, &term))
    g_ptr_array_add (all, term);

  g_ptr_array_sort (all, compare_tf);
  g_ptr_array_set_size (all, (int) MIN (all->len, MAX_CANDIDATES));

  for (guint i = 0; i < all->len; i++)
    {
      AnnalsTerm *candidate = all->pdata[i];
      g_autofree char *phrase = annals_term_dup_phrase (candidate->word);

      if (!annals_db_count_match (db, phrase, common, &candidate->df, error))
        return NULL;
    }

  annals_terms_join_forms (all);
  for (guint i = 0; i < all->len; i++)
    {
      AnnalsTerm *candidate = all->pdata[i];

      candidate->weight = candidate->tf == 0 || candidate->df < MIN_DF || candidate->df >= common ? 0
                          : (1 + log (candidate->tf)) * log ((double) n_posts / candidate->df);
    }

  g_ptr_array_sort (all, compare_weight);
  while (all->len > 0 && (all->len > N_TERMS || ((AnnalsTerm *) all->pdata[all->len - 1])->weight <= 0))
    g_ptr_array_set_size (all, (int) all->len - 1);

  return g_steal_pointer (&all);
}

/* --- the posts --- */

static AnnalsSimilar *
similar_new (gint64               id,
             const AnnalsRanking *ranking,
             GPtrArray           *terms,
             double               best)
{
  AnnalsSimilar *self = g_new0 (AnnalsSimilar, 1);
  g_autoptr(GPtrArray) shared = g_ptr_array_new ();

  self->id = id;
  if (ranking != NULL)
    {
      self->score = best > 0 ? MIN (ranking->scores[id] / best, 1) : 0;
      for (guint i = 0; i < terms->len; i++)
        if ((ranking->phrases[id] >> i & 1) != 0)
          g_ptr_array_add (shared, g_strdup (((AnnalsTerm *) terms->pdata[i])->word));
    }
  g_ptr_array_add (shared, NULL);
  self->terms = (char **) g_ptr_array_steal (shared, NULL);

  return self;
}

static AnnalsRanking *
rank_terms (AnnalsDb             *db,
            const AnnalsColumns  *columns,
            GPtrArray            *terms,
            GError              **error)
{
  g_autoptr(GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *weights = g_new (double, terms->len);
  g_autofree char *match = NULL;

  for (guint i = 0; i < terms->len; i++)
    {
      const AnnalsTerm *term = terms->pdata[i];

      g_ptr_array_add (phrases, annals_term_dup_phrase (term->word));
      weights[i] = 1 + log (term->tf);
    }
  g_ptr_array_add (phrases, NULL);
  match = g_strjoinv (" OR ", (char **) phrases->pdata);

  return annals_db_rank_posts (db, columns, match, (const char * const *) phrases->pdata, weights, terms->len,
                               columns->visible, TRUE, error);
}

static double
get_share (AnnalsDb              *db,
           const AnnalsShingles  *shingles,
           gint64                 id)
{
  g_autoptr(AnnalsText) text = annals_db_load_text (db, id, 0, NULL);
  g_autoptr(AnnalsShingles) other = NULL;

  if (text == NULL)
    return 0;

  other = annals_shingles_new (annals_text_get_string (text), strlen (annals_text_get_string (text)));

  return annals_shingles_share (shingles, other);
}

/* Posts of nearly the same text, with their shares. */
static gboolean
add_same (AnnalsDb             *db,
          gint64                post_id,
          const char           *text,
          const AnnalsRanking  *ranking,
          GPtrArray            *terms,
          double                best,
          GPtrArray            *similar,
          GError              **error)
{
  g_autoptr(GArray) same = annals_db_list_same_text (db, post_id, error);
  g_autoptr(AnnalsShingles) shingles = NULL;

  if (same == NULL)
    return FALSE;

  shingles = annals_shingles_new (text, strlen (text));
  for (guint i = 0; i < same->len; i++)
    {
      gint64 id = g_array_index (same, gint64, i);
      AnnalsSimilar *one = similar_new (id, id <= ranking->top ? ranking : NULL, terms, best);

      one->share = get_share (db, shingles, id);
      g_ptr_array_add (similar, one);
    }

  return TRUE;
}

static gboolean
has_post (GPtrArray *similar,
          gint64     id)
{
  for (guint i = 0; i < similar->len; i++)
    if (((AnnalsSimilar *) similar->pdata[i])->id == id)
      return TRUE;

  return FALSE;
}

static GPtrArray *
list_similar (AnnalsDb             *db,
              const AnnalsColumns  *columns,
              const AnnalsPost     *post,
              const char           *text,
              guint                 limit,
              GError              **error)
{
  g_autoptr(GPtrArray) similar = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_similar_free);
  g_autoptr(GHashTable) counted = annals_terms_new ();
  g_autoptr(GPtrArray) terms = NULL;
  g_autoptr(AnnalsRanking) ranking = NULL;
  g_autoptr(GArray) ids = NULL;
  double best;

  annals_terms_count (counted, post->title, TITLE_WEIGHT);
  annals_terms_count (counted, text, 1);
  if (!(terms = pick_terms (db, columns->n_lengths, counted, error)) ||
      !(ranking = rank_terms (db, columns, terms, error)))
    return NULL;

  /* It is as much like itself as anything can be. */
  best = ranking->scores[post->id];
  if (!add_same (db, post->id, text, ranking, terms, best, similar, error))
    return NULL;

  ids = annals_ranking_list_best (ranking, limit + similar->len + 1);
  for (guint i = 0; i < ids->len && similar->len < limit; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (id != post->id && !has_post (similar, id))
        g_ptr_array_add (similar, similar_new (id, ranking, terms, best));
    }
  g_ptr_array_set_size (similar, (int) MIN (similar->len, limit));

  return g_steal_pointer (&similar);
}

/**
 * annals_db_list_similar:
 * @db: a connection
 * @post_id: a post
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type AnnalsSimilar): the posts most like it; %NULL on an error
 */
GPtrArray *
annals_db_list_similar (AnnalsDb  *db,
                        gint64     post_id,
                        guint      limit,
                        GError   **error)
{
  const AnnalsColumns *columns;
  g_autoptr(AnnalsPost) post = NULL;
  g_autoptr(AnnalsText) text = NULL;
  GPtrArray *similar;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(columns = annals_db_hold_columns (db, ANNALS_COLUMNS_LENGTHS, error)))
    return NULL;

  similar = (post = annals_db_load_post (db, post_id, error)) != NULL &&
            (text = annals_db_load_text (db, post_id, 0, error)) != NULL
            ? list_similar (db, columns, post, annals_text_get_string (text), limit, error) : NULL;
  annals_db_release_columns (db);

  return similar;
}

/* --- groups --- */

static GPtrArray *
measure_group (AnnalsDb *db,
               GArray   *ids)
{
  GPtrArray *group = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_similar_free);
  g_autoptr(AnnalsText) text = annals_db_load_text (db, g_array_index (ids, gint64, 0), 0, NULL);
  g_autoptr(AnnalsShingles) first = NULL;

  if (text != NULL)
    first = annals_shingles_new (annals_text_get_string (text), strlen (annals_text_get_string (text)));

  for (guint i = 0; i < ids->len; i++)
    {
      AnnalsSimilar *one = similar_new (g_array_index (ids, gint64, i), NULL, NULL, 0);

      one->share = i == 0 ? 1 : first != NULL ? get_share (db, first, one->id) : 0;
      g_ptr_array_add (group, one);
    }

  return group;
}

/**
 * annals_db_list_same_groups:
 * @db: a connection
 * @limit: how many groups at most; 0: all
 * @n_groups: (out) (optional): how many there are
 *
 * Returns: (transfer full) (element-type GPtrArray): the groups; %NULL on an error
 */
GPtrArray *
annals_db_list_same_groups (AnnalsDb  *db,
                            guint      limit,
                            guint     *n_groups,
                            GError   **error)
{
  g_autoptr(GPtrArray) groups = NULL;
  g_autoptr(GPtrArray) clusters = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(clusters = annals_db_list_same_clusters (db, error)))
    return NULL;

  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < clusters->len && (limit == 0 || i < limit); i++)
    g_ptr_array_add (groups, measure_group (db, clusters->pdata[i]));
  if (n_groups != NULL)
    *n_groups = clusters->len;

  return g_steal_pointer (&groups);
}
