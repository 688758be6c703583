/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-match.h"

#include <math.h>

#include "annals-columns-private.h"
#include "annals-index-private.h"
#include "annals-match-expression-private.h"
#include "annals-rank-private.h"

/* Remembered of a phrase that stands in as many posts as anybody wanted to know. */
#define CUT_SHORT (G_MAXUINT - 1)

static gboolean
explain (AnnalsDb    *db,
         const char  *match,
         GError     **error)
{
  annals_index_explain_error (db, match, error);

  return FALSE;
}

/* The posts of ids up to @top as the index has them, and of each phrase what @func wants to know; NULL when FTS5
 * has to be asked. */
static AnnalsIdSet *
find_directly (AnnalsDb         *db,
               const char       *match,
               gint64            top,
               AnnalsPhraseFunc  func,
               gpointer          data)
{
  g_autoptr(AnnalsExpression) expression = annals_expression_parse (db, match);
  g_auto(AnnalsDoclists) doclists = { 0 };

  return expression != NULL && annals_doclists_open (&doclists, db)
         ? annals_expression_find (expression, &doclists, top, func, data) : NULL;
}

gboolean
annals_db_match_posts (AnnalsDb     *db,
                       const char   *match,
                       AnnalsIdSet  *set,
                       GError      **error)
{
  g_autoptr(AnnalsIdSet) found = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && match != NULL && set != NULL, FALSE);

  if ((found = find_directly (db, match, set->top, NULL, NULL)))
    {
      annals_id_set_unite (set, found);
      return TRUE;
    }

  if (!(stmt = annals_db_borrow (db, "SELECT rowid FROM post_index WHERE post_index MATCH :match", error)))
    return FALSE;

  bind_text (stmt, ":match", match);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    annals_id_set_add (set, column_int64 (stmt, 0));

  return step == STEP_DONE || explain (db, match, error);
}

gboolean
annals_db_match_post (AnnalsDb    *db,
                      const char  *match,
                      gint64       id,
                      gboolean    *fits,
                      GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && match != NULL && fits != NULL, FALSE);

  if (!(stmt = annals_db_borrow (db, "SELECT 1 FROM post_index WHERE post_index MATCH :match AND rowid = :id",
                                 error)))
    return FALSE;

  bind_text (stmt, ":match", match);
  bind_int64 (stmt, ":id", id);
  step = annals_db_step (db, stmt, error);
  *fits = step == STEP_ROW;

  return step != STEP_ERROR || explain (db, match, error);
}

static gboolean
count_directly (AnnalsDb   *db,
                const char *match,
                guint       limit,
                guint      *n)
{
  g_autoptr(AnnalsExpression) expression = annals_expression_parse (db, match);
  g_auto(AnnalsDoclists) doclists = { 0 };

  return expression != NULL && annals_doclists_open (&doclists, db) &&
         annals_expression_count (expression, &doclists, limit, n);
}

static void
remember_df (AnnalsDb   *db,
             const char *match,
             guint       limit,
             guint       n)
{
  if (db->columns != NULL)
    annals_shared_columns_set_df (db->columns, match, limit != 0 && n >= limit ? CUT_SHORT : n);
}

gboolean
annals_db_count_match (AnnalsDb    *db,
                       const char  *match,
                       guint        limit,
                       guint       *n,
                       GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && match != NULL && n != NULL, FALSE);

  if (db->columns != NULL && annals_shared_columns_get_df (db->columns, match, n) &&
      (limit != 0 || *n != CUT_SHORT))
    {
      if (limit != 0)
        *n = MIN (*n, limit);
      return TRUE;
    }

  if (count_directly (db, match, limit, n))
    {
      remember_df (db, match, limit, *n);
      return TRUE;
    }

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT count(*) FROM (SELECT rowid FROM post_index"
                                 " WHERE post_index MATCH :match LIMIT :limit)", error)))
    return FALSE;

  bind_text (stmt, ":match", match);
  bind_int64 (stmt, ":limit", limit > 0 ? (gint64) limit : -1);
  step = annals_db_step (db, stmt, error);
  if (step == STEP_ERROR)
    return explain (db, match, error);

  *n = column_uint (stmt, 0);
  remember_df (db, match, limit, *n);

  return TRUE;
}

char *
annals_db_dup_words (AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, "SELECT title || char (10) || text FROM post_text WHERE id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);

  return annals_db_step (db, stmt, error) == STEP_ROW ? column_dup_text (stmt, 0) : NULL;
}

/* --- ranking --- */

void
annals_ranking_free (AnnalsRanking *self)
{
  g_clear_pointer (&self->set, annals_id_set_free);
  g_free (self->scores);
  g_free (self->phrases);
  g_free (self);
}

static AnnalsRanking *
ranking_new (gint64   top,
             gboolean tell_phrases)
{
  AnnalsRanking *self = g_new0 (AnnalsRanking, 1);

  self->top = top;
  self->set = annals_id_set_new (top);
  self->scores = g_new0 (float, (gsize) top + 1);
  if (tell_phrases)
    self->phrases = g_new0 (guint64, (gsize) top + 1);

  return self;
}

GArray *
annals_ranking_list_best (const AnnalsRanking *self,
                          guint                n)
{
  g_autoptr(GArray) ids = annals_id_set_list (self->set);
  GArray *best = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n + 1);

  for (guint i = 0; i < ids->len && n > 0; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      guint place = best->len;

      /* few of many are better than all that came before them */
      while (place > 0 && self->scores[g_array_index (best, gint64, place - 1)] < self->scores[id])
        place--;
      if (place == n)
        continue;

      g_array_insert_val (best, place, id);
      g_array_set_size (best, MIN (best->len, n));
    }

  return best;
}

/* How much it says of a post that a phrase of so many posts stands in it: as FTS5's bm25() has it. */
static double
get_idf (guint n_posts,
         guint df)
{
  double idf = log (((double) n_posts - df + 0.5) / ((double) df + 0.5));

  return MAX (idf, 1e-6);
}

static double
get_average (const AnnalsColumns *columns)
{
  return columns->n_lengths > 0 ? MAX ((double) columns->total_length / columns->n_lengths, 1) : 1;
}

typedef struct
{
  const AnnalsColumns  *columns;
  const char * const   *phrases;
  const double         *weights;
  guint                 n_phrases;
  const AnnalsIdSet    *among;
  AnnalsRanking        *ranking;
} Scoring;

/* One phrase alone has nothing that it could be weighed against. */
static double
get_phrase_weight (const Scoring *self,
                   guint          number,
                   guint          df)
{
  return get_idf (self->columns->n_lengths, self->n_phrases > 1 ? df : 0) *
         (self->weights != NULL ? self->weights[number] : 1);
}

static void
score_phrase (guint                number,
              const AnnalsWeighed *weighed,
              guint                n_weighed,
              gpointer             data)
{
  Scoring *self = data;
  const AnnalsColumns *columns = self->columns;
  float scale, fixed, by_length;

  if (number >= self->n_phrases || *self->phrases[number] == '\0')
    return;

  scale = (float) (get_phrase_weight (self, number, n_weighed) * (ANNALS_BM25_K1 + 1));
  fixed = (float) (ANNALS_BM25_K1 * (1 - ANNALS_BM25_B));
  by_length = (float) (ANNALS_BM25_K1 * ANNALS_BM25_B / get_average (columns));
  for (guint i = 0; i < n_weighed; i++)
    {
      guint32 id = weighed[i].id;
      float frequency = weighed[i].frequency;

      if (!annals_id_set_contains (self->among, id))
        continue;

      self->ranking->scores[id] += scale * frequency / (frequency + fixed + by_length * (float) columns->lengths[id]);
      if (self->ranking->phrases != NULL && number < 64)
        self->ranking->phrases[id] |= G_GUINT64_CONSTANT (1) << number;
    }
}

static AnnalsRanking *
rank_directly (AnnalsDb   *db,
               const char *match,
               Scoring    *scoring,
               gboolean    tell_phrases)
{
  gint64 top = scoring->columns->top;
  g_autoptr(AnnalsRanking) ranking = ranking_new (top, tell_phrases);
  g_autoptr(AnnalsIdSet) found = NULL;

  scoring->ranking = ranking;
  if (!(found = find_directly (db, match, top, score_phrase, scoring)))
    return NULL;

  annals_id_set_unite (ranking->set, found);
  annals_id_set_intersect (ranking->set, scoring->among);

  return g_steal_pointer (&ranking);
}

static double *
dup_idfs (AnnalsDb       *db,
          const Scoring  *scoring,
          GError        **error)
{
  g_autofree double *idfs = g_new (double, scoring->n_phrases + 1);

  for (guint i = 0; i < scoring->n_phrases; i++)
    {
      guint df = 0;

      if (scoring->n_phrases > 1 && *scoring->phrases[i] != '\0' &&
          !annals_db_count_match (db, scoring->phrases[i], 0, &df, error))
        return NULL;

      idfs[i] = get_phrase_weight (scoring, i, df);
    }

  return g_steal_pointer (&idfs);
}

static AnnalsRanking *
rank_by_fts (AnnalsDb       *db,
             const char     *match,
             const Scoring  *scoring,
             gboolean        tell_phrases,
             GError        **error)
{
  g_autofree double *idfs = dup_idfs (db, scoring, error);
  g_autoptr(AnnalsRanking) ranking = ranking_new (scoring->columns->top, tell_phrases);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsScorer scorer = {
    .columns = scoring->columns, .among = scoring->among, .idfs = idfs, .n_phrases = scoring->n_phrases,
    .average = get_average (scoring->columns),
  };
  AnnalsStep step;

  if (idfs == NULL ||
      !(stmt = annals_db_borrow (db,
                                 "SELECT rowid, annals_score (post_index, :scorer) FROM post_index"
                                 " WHERE post_index MATCH :match", error)))
    return NULL;

  bind_pointer (stmt, ":scorer", &scorer, ANNALS_SCORER_TYPE);
  bind_text (stmt, ":match", match);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      if (!annals_id_set_contains (scoring->among, id))
        continue;

      annals_id_set_add (ranking->set, id);
      ranking->scores[id] = (float) column_double (stmt, 1);
      if (tell_phrases)
        ranking->phrases[id] = scorer.found;
    }

  return step == STEP_DONE || explain (db, match, error) ? g_steal_pointer (&ranking) : NULL;
}

AnnalsRanking *
annals_db_rank_posts (AnnalsDb             *db,
                      const AnnalsColumns  *columns,
                      const char           *match,
                      const char * const   *phrases,
                      const double         *weights,
                      guint                 n_phrases,
                      const AnnalsIdSet    *among,
                      gboolean              tell_phrases,
                      GError              **error)
{
  Scoring scoring = { columns, phrases, weights, n_phrases, among, NULL };
  AnnalsRanking *ranking;

  g_return_val_if_fail (db != NULL && columns != NULL && columns->lengths != NULL && match != NULL, NULL);

  if (*match == '\0')
    return ranking_new (columns->top, tell_phrases);

  ranking = rank_directly (db, match, &scoring, tell_phrases);

  return ranking != NULL ? ranking : rank_by_fts (db, match, &scoring, tell_phrases, error);
}
