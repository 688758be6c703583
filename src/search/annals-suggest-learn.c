/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-suggest-private.h"

#include <math.h>
#include <string.h>

#include "annals-terms-private.h"

/* Relevance feedback after Rocchio, "Relevance feedback in information retrieval", in Salton, "The SMART retrieval
 * system", 1971: the mean of the accepted posts as vectors of unit length, less a part of the mean of the rejected
 * ones. Their terms weigh (1 + log tf) · log (N / df), and posts are scored by BM25 with those weights. */
#define AGAINST 0.5

/* The last decisions tell most of what is wanted now. */
#define MAX_EXAMPLES 100
/* What a text is about stands before its end. */
#define MAX_BYTES 20000
#define TITLE_WEIGHT 4
/* Of how many words it is counted in how many posts they stand. */
#define MAX_CANDIDATES 200
#define N_FOR 36
#define N_AGAINST 16
/* All terms together stand in no more than so many posts: that many are weighed. */
#define MAX_POSTINGS 60000
/* A word in more posts than this tells little: one of five (in a few posts, half of them), and no more than so
 * many. */
#define COMMON_PART 5
#define FEW 10
#define MAX_DF 10001
#define MIN_DF 2
/* So many of the most alike posts say what it is to be alike; but no less than this part of what the examples
 * have. */
#define N_BEST 10
#define MIN_SHARE 0.25

/* A word, or the forms of one. */
typedef struct
{
  AnnalsTerm  term;      /* its word is borrowed from the texts; its weight that of the whole */
  double      sum;       /* how much it stands in all of them */
  guint       same_as;   /* the candidate of which it is a form */
} Candidate;

/* A text, while it is learnt. */
typedef struct
{
  AnnalsExample *example;
  GHashTable    *counts;     /* word → AnnalsTerm */
  double        *vector;     /* over the candidates, of unit length */
} Lesson;

static void
example_free (AnnalsExample *self)
{
  g_free (self->weights);
  g_free (self);
}

static void
lesson_free (Lesson *self)
{
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self->vector);
  g_free (self);
}

static void
term_free (AnnalsTerm *self)
{
  g_free (self->word);
  g_free (self);
}

void
annals_feedback_free (AnnalsFeedback *self)
{
  g_clear_pointer (&self->examples, g_ptr_array_unref);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->ranking, annals_ranking_free);
  g_free (self->match);
  g_free (self);
}

/* --- the examples --- */

static void
add_example (AnnalsFeedback *self,
             gint64          post_id,
             AnnalsAccepted *accepted)
{
  AnnalsExample *example = g_new0 (AnnalsExample, 1);

  example->post_id = post_id;
  example->accepted = accepted;
  g_ptr_array_add (self->examples, example);
}

static void
collect_examples (AnnalsFeedback *self,
                  GPtrArray      *accepted,
                  GArray         *decided)
{
  for (guint i = 0; i < accepted->len && self->n_accepted < MAX_EXAMPLES; i++, self->n_accepted++)
    add_example (self, ((AnnalsAccepted *) accepted->pdata[i])->post_id, accepted->pdata[i]);

  for (guint i = 0; i < decided->len && self->n_rejected < MAX_EXAMPLES; i++)
    {
      const AnnalsDecided *one = &g_array_index (decided, AnnalsDecided, i);

      if (one->decision != ANNALS_DECISION_REJECTED)
        continue;

      add_example (self, one->post_id, NULL);
      self->n_rejected++;
    }
}

static gboolean
read_lesson (AnnalsDb       *db,
             AnnalsExample  *example,
             GPtrArray      *lessons,
             GError        **error)
{
  g_autofree char *words = NULL;
  GError *failure = NULL;
  Lesson *lesson = g_new0 (Lesson, 1);
  char *text;

  lesson->example = example;
  lesson->counts = annals_terms_new ();
  g_ptr_array_add (lessons, lesson);

  words = annals_db_dup_words (db, example->post_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (words == NULL)
    return TRUE;

  text = strchr (words, '\n');
  if (text != NULL)
    {
      *text++ = '\0';
      if (strlen (text) > MAX_BYTES)
        *g_utf8_find_prev_char (text, text + MAX_BYTES) = '\0';
      annals_terms_count (lesson->counts, text, 1);
    }
  annals_terms_count (lesson->counts, words, TITLE_WEIGHT);

  return TRUE;
}

/* --- the candidates --- */

static int
compare_sums (gconstpointer a,
              gconstpointer b)
{
  const Candidate *one = *(Candidate * const *) a;
  const Candidate *two = *(Candidate * const *) b;

  return one->sum != two->sum ? (one->sum < two->sum ? 1 : -1) : strcmp (one->term.word, two->term.word);
}

/* The words that stand most in the texts, each text counting for the same. */
static GPtrArray *
pick_candidates (GPtrArray *lessons)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *candidates = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lessons->len; i++)
    {
      const Lesson *lesson = lessons->pdata[i];
      double share = 1 / sqrt (MAX (g_hash_table_size (lesson->counts), 1));
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, lesson->counts);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const AnnalsTerm *term = value;
          Candidate *candidate = g_hash_table_lookup (seen, term->word);

          if (candidate == NULL)
            {
              candidate = g_new0 (Candidate, 1);
              candidate->term.word = term->word;
              g_hash_table_insert (seen, term->word, candidate);
              g_ptr_array_add (candidates, candidate);
            }
          candidate->sum += (1 + log (term->tf)) * share;
        }
    }

  g_ptr_array_sort (candidates, compare_sums);
  g_ptr_array_set_size (candidates, (int) MIN (candidates->len, MAX_CANDIDATES));

  return candidates;
}

static gboolean
count_candidates (AnnalsDb   *db,
                  GPtrArray  *candidates,
                  guint       common,
                  GError    **error)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *one = candidates->pdata[i];
      g_autofree char *phrase = annals_term_dup_phrase (one->term.word);

      if (!annals_db_count_match (db, phrase, common, &one->term.df, error))
        return FALSE;

      one->same_as = i;
      for (guint j = 0; j < i; j++)
        if (annals_terms_are_forms (&one->term, &((Candidate *) candidates->pdata[j])->term))
          {
            one->same_as = ((Candidate *) candidates->pdata[j])->same_as;
            break;
          }
    }

  return TRUE;
}

static guint
get_common (guint n_posts)
{
  guint few = MIN (n_posts / 2 + 1, FEW);

  return MIN (MAX (n_posts / COMMON_PART, few), MAX_DF);
}

/* --- the vectors --- */

static void
fill_vector (Lesson     *self,
             GPtrArray  *candidates,
             guint       common,
             guint       n_posts)
{
  double length = 0;

  self->vector = g_new0 (double, candidates->len + 1);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = candidates->pdata[i];
      const AnnalsTerm *term = g_hash_table_lookup (self->counts, candidate->term.word);

      if (term != NULL && candidate->term.df >= MIN_DF && candidate->term.df < common)
        self->vector[candidate->same_as] += term->tf;
    }

  for (guint i = 0; i < candidates->len; i++)
    if (self->vector[i] > 0)
      {
        guint df = ((Candidate *) candidates->pdata[i])->term.df;

        self->vector[i] = (1 + log (self->vector[i])) * log (1 + (double) n_posts / df);
        length += self->vector[i] * self->vector[i];
      }

  for (guint i = 0; i < candidates->len && length > 0; i++)
    self->vector[i] /= sqrt (length);
}

static void
weigh_candidates (AnnalsFeedback *self,
                  GPtrArray      *candidates,
                  GPtrArray      *lessons)
{
  for (guint i = 0; i < lessons->len; i++)
    {
      const Lesson *lesson = lessons->pdata[i];
      double part = lesson->example->accepted != NULL ? 1.0 / self->n_accepted : -AGAINST / self->n_rejected;

      for (guint j = 0; j < candidates->len; j++)
        ((Candidate *) candidates->pdata[j])->term.weight += part * lesson->vector[j];
    }
}

static int
compare_weights (gconstpointer a,
                 gconstpointer b)
{
  const Candidate *one = *(Candidate * const *) a;
  const Candidate *two = *(Candidate * const *) b;
  double first = fabs (one->term.weight);
  double second = fabs (two->term.weight);

  return first != second ? (first < second ? 1 : -1) : strcmp (one->term.word, two->term.word);
}

/* Those that weigh most, for and against. */
static void
take_terms (AnnalsFeedback *self,
            GPtrArray      *candidates,
            GPtrArray      *lessons)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  guint n_for = 0, n_against = 0, n_postings = 0;

  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (sorted, candidates->pdata[i]);
  g_ptr_array_sort (sorted, compare_weights);

  for (guint i = 0; i < lessons->len; i++)
    ((Lesson *) lessons->pdata[i])->example->weights = g_new0 (double, N_FOR + N_AGAINST);

  for (guint i = 0; i < sorted->len; i++)
    {
      const Candidate *candidate = sorted->pdata[i];
      AnnalsTerm *term;

      if (candidate->term.weight == 0 || n_postings + candidate->term.df > MAX_POSTINGS ||
          (candidate->term.weight > 0 ? n_for == N_FOR : n_against == N_AGAINST))
        continue;

      *(candidate->term.weight > 0 ? &n_for : &n_against) += 1;
      n_postings += candidate->term.df;
      for (guint j = 0; j < lessons->len; j++)
        {
          const Lesson *lesson = lessons->pdata[j];

          lesson->example->weights[self->terms->len] = lesson->vector[candidate->same_as];
        }
      term = g_memdup2 (&candidate->term, sizeof candidate->term);
      term->word = g_strdup (term->word);
      g_ptr_array_add (self->terms, term);
    }
}

/* --- the scores --- */

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  float one = *(const float *) a;
  float two = *(const float *) b;

  return (one < two) - (one > two);
}

/* The mean of what the first of @scores have; sorts them. */
static double
get_mean_of_best (GArray *scores,
                  guint   n)
{
  double sum = 0;

  n = MIN (n, scores->len);
  g_array_sort (scores, compare_scores);
  for (guint i = 0; i < n; i++)
    sum += g_array_index (scores, float, i);

  return n > 0 ? sum / n : 0;
}

/* What the most alike posts have of those that nothing was decided about. What the examples have themselves is too
 * much to go by: the terms are their own. */
static void
find_reference (AnnalsFeedback *self)
{
  g_autoptr(GArray) ids = annals_id_set_list (self->ranking->set);
  g_autoptr(GHashTable) examples = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) own = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr(GArray) others = g_array_new (FALSE, FALSE, sizeof (float));

  for (guint i = 0; i < self->examples->len; i++)
    {
      const AnnalsExample *example = self->examples->pdata[i];

      g_hash_table_insert (examples, GSIZE_TO_POINTER (example->post_id), (gpointer) example);
    }

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const AnnalsExample *example = g_hash_table_lookup (examples, GSIZE_TO_POINTER (id));
      float score = self->ranking->scores[id] * (self->n_accepted > 0 ? 1 : -1);

      if (example == NULL)
        g_array_append_val (others, score);
      else if ((example->accepted != NULL) == (self->n_accepted > 0))
        g_array_append_val (own, score);
    }

  self->reference = MAX (get_mean_of_best (others, N_BEST), MIN_SHARE * get_mean_of_best (own, own->len));
  if (self->reference <= 0)
    self->reference = 1;
}

static gboolean
score_posts (AnnalsFeedback       *self,
             AnnalsDb             *db,
             const AnnalsColumns  *columns,
             GError              **error)
{
  g_autoptr(GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *weights = g_new0 (double, self->terms->len + 1);

  if (self->terms->len == 0)
    return TRUE;

  for (guint i = 0; i < self->terms->len; i++)
    {
      const AnnalsTerm *term = self->terms->pdata[i];

      g_ptr_array_add (phrases, annals_term_dup_phrase (term->word));
      weights[i] = term->weight;
    }
  g_ptr_array_add (phrases, NULL);
  self->match = g_strjoinv (" OR ", (char **) phrases->pdata);
  self->ranking = annals_db_rank_posts (db, columns, self->match, (const char * const *) phrases->pdata, weights,
                                        self->terms->len, columns->visible, TRUE, error);
  if (self->ranking == NULL)
    return FALSE;

  find_reference (self);
  return TRUE;
}

AnnalsFeedback *
annals_feedback_learn (AnnalsDb             *db,
                       const AnnalsColumns  *columns,
                       GPtrArray            *accepted,
                       GArray               *decided,
                       GError              **error)
{
  g_autoptr(AnnalsFeedback) self = g_new0 (AnnalsFeedback, 1);
  g_autoptr(GPtrArray) lessons = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_free);
  g_autoptr(GPtrArray) candidates = NULL;
  guint common = get_common (columns->n_lengths);

  self->examples = g_ptr_array_new_with_free_func ((GDestroyNotify) example_free);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->reference = 1;
  collect_examples (self, accepted, decided);

  for (guint i = 0; i < self->examples->len; i++)
    if (!read_lesson (db, self->examples->pdata[i], lessons, error))
      return NULL;

  candidates = pick_candidates (lessons);
  if (!count_candidates (db, candidates, common, error))
    return NULL;

  for (guint i = 0; i < lessons->len; i++)
    fill_vector (lessons->pdata[i], candidates, common, columns->n_lengths);
  weigh_candidates (self, candidates, lessons);
  take_terms (self, candidates, lessons);

  return score_posts (self, db, columns, error) ? g_steal_pointer (&self) : NULL;
}

double
annals_feedback_likeness (const AnnalsFeedback *self,
                          gint64                post_id)
{
  return self->ranking != NULL ? CLAMP (self->ranking->scores[post_id] / self->reference, -1, 1) : 0;
}

const AnnalsExample *
annals_feedback_find_like (const AnnalsFeedback *self,
                           gint64                post_id)
{
  guint64 phrases = self->ranking != NULL ? self->ranking->phrases[post_id] : 0;
  const AnnalsExample *best = NULL;
  double most = 0;

  for (guint i = 0; i < self->examples->len; i++)
    {
      const AnnalsExample *example = self->examples->pdata[i];
      double sum = 0;

      if (example->accepted == NULL)
        continue;

      for (guint j = 0; j < self->terms->len; j++)
        {
          const AnnalsTerm *term = self->terms->pdata[j];

          if (term->weight > 0 && (phrases >> j & 1) != 0)
            sum += term->weight * example->weights[j];
        }

      if (sum > most)
        {
          most = sum;
          best = example;
        }
    }

  return best;
}
