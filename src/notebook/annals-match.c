/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-match.h"

#include <math.h>

#include "annals-columns-private.h"
#include "annals-index-private.h"
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

gboolean
annals_db_match_posts (AnnalsDb     *db,
                       const char   *match,
                       AnnalsIdSet  *set,
                       GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && match != NULL && set != NULL, FALSE);

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
  if (db->columns != NULL)
    annals_shared_columns_set_df (db->columns, match, limit != 0 && *n >= limit ? CUT_SHORT : *n);

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

/* How much it says of a post that a phrase of so many posts stands in it: as FTS5's bm25() has it. */
static double
get_idf (guint n_posts,
         guint df)
{
  double idf = log (((double) n_posts - df + 0.5) / ((double) df + 0.5));

  return MAX (idf, 1e-6);
}

static double *
dup_idfs (AnnalsDb             *db,
          const AnnalsColumns  *columns,
          const char * const   *phrases,
          guint                 n_phrases,
          GError              **error)
{
  g_autofree double *idfs = g_new (double, n_phrases + 1);

  for (guint i = 0; i < n_phrases; i++)
    {
      guint df = 0;

      /* One phrase alone has nothing that it could be weighed against. */
      if (n_phrases > 1 && *phrases[i] != '\0' && !annals_db_count_match (db, phrases[i], 0, &df, error))
        return NULL;

      idfs[i] = get_idf (columns->n_lengths, df);
    }

  return g_steal_pointer (&idfs);
}

GArray *
annals_db_rank_posts (AnnalsDb             *db,
                      const AnnalsColumns  *columns,
                      const char           *match,
                      const char * const   *phrases,
                      const double         *weights,
                      guint                 n_phrases,
                      const AnnalsIdSet    *among,
                      GError              **error)
{
  g_autofree double *idfs = NULL;
  g_autoptr(GArray) ranked = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsScorer scorer = { 0 };
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && columns != NULL && columns->lengths != NULL && match != NULL, NULL);

  if (!(idfs = dup_idfs (db, columns, phrases, n_phrases, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "SELECT rowid, annals_score (post_index, :scorer) FROM post_index"
                                 " WHERE post_index MATCH :match", error)))
    return NULL;

  for (guint i = 0; weights != NULL && i < n_phrases; i++)
    idfs[i] *= weights[i];

  scorer.columns = columns;
  scorer.among = among;
  scorer.idfs = idfs;
  scorer.n_phrases = n_phrases;
  scorer.average = columns->n_lengths > 0 ? (double) columns->total_length / columns->n_lengths : 1;
  scorer.average = MAX (scorer.average, 1);
  bind_pointer (stmt, ":scorer", &scorer, ANNALS_SCORER_TYPE);
  bind_text (stmt, ":match", match);
  ranked = g_array_new (FALSE, FALSE, sizeof (AnnalsRanked));

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      AnnalsRanked post = { 0 };

      if (!annals_id_set_contains (among, id))
        continue;

      post.id = (guint32) id;
      post.score = (float) column_double (stmt, 1);
      post.phrases = scorer.found;
      g_array_append_val (ranked, post);
    }

  if (step == STEP_ERROR)
    {
      explain (db, match, error);
      return NULL;
    }

  return g_steal_pointer (&ranked);
}
