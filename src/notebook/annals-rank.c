/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-rank-private.h"

#include <sqlite3.h>

#include "annals-tokenizer-private.h"

/* A word in the title says more of what a post is about than one in the text. */
static const double column_weights[] = { 5.0, 1.0 };

static int
score_row (const Fts5ExtensionApi *api,
           Fts5Context            *context,
           AnnalsScorer           *scorer,
           sqlite3_int64           id,
           double                 *score)
{
  double length = scorer->columns->lengths[id];
  double norm = ANNALS_BM25_K1 * (1 - ANNALS_BM25_B + ANNALS_BM25_B * length / scorer->average);

  for (guint i = 0; i < scorer->n_phrases; i++)
    {
      Fts5PhraseIter iter;
      double frequency = 0;
      int column, offset;
      int result = api->xPhraseFirst (context, (int) i, &iter, &column, &offset);

      if (result != SQLITE_OK)
        return result;

      for (; column >= 0; api->xPhraseNext (context, &iter, &column, &offset))
        frequency += column_weights[column == 0 ? 0 : 1];

      if (frequency > 0)
        {
          *score += scorer->idfs[i] * frequency * (ANNALS_BM25_K1 + 1) / (frequency + norm);
          if (i < 64)
            scorer->found |= G_GUINT64_CONSTANT (1) << i;
        }
    }

  return SQLITE_OK;
}

static void
annals_score_function (const Fts5ExtensionApi  *api,
                       Fts5Context             *context,
                       sqlite3_context         *answer,
                       int                      n_args,
                       sqlite3_value          **args)
{
  AnnalsScorer *scorer = n_args == 1 ? sqlite3_value_pointer (args[0], ANNALS_SCORER_TYPE) : NULL;
  sqlite3_int64 id = api->xRowid (context);
  double score = 0;
  int result = SQLITE_OK;

  if (scorer == NULL || api->xPhraseCount (context) < (int) scorer->n_phrases)
    {
      sqlite3_result_error (answer, "annals_score() takes a scorer", -1);
      return;
    }

  scorer->found = 0;
  if (annals_id_set_contains (scorer->among, id))
    result = score_row (api, context, scorer, id, &score);

  if (result != SQLITE_OK)
    sqlite3_result_error_code (answer, result);
  else
    sqlite3_result_double (answer, score);
}

int
annals_rank_register (sqlite3 *native)
{
  fts5_api *api = NULL;
  int result = annals_tokenizer_get_api (native, &api);

  return result != SQLITE_OK ? result
                             : api->xCreateFunction (api, "annals_score", NULL, annals_score_function, NULL);
}
