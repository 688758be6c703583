/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-suggest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-search-private.h"
#include "annals-suggest-private.h"
#include "annals-terms-private.h"

/* The rule counts for as much as so many decisions. */
#define RULE_WEIGHT 10.0
/* A post that fits the rule in the worst way is worth this, in the best way 1. */
#define RULE_LEAST 0.5
/* A post that the rule does not find has to be like what was accepted, to this part of what the most alike ones are,
 * and among the best so many. */
#define MIN_LIKENESS 0.3
#define MAX_LIKE 200
/* Words that are given as reasons. */
#define MAX_REASONS 6

typedef struct
{
  guint32   id;
  double    score;
  gboolean  fits;
} Found;

typedef struct
{
  AnnalsDb             *db;
  const AnnalsColumns  *columns;
  AnnalsPlan            plan;
  AnnalsQuery          *rule;       /* (nullable) */
  AnnalsIdSet          *fitting;    /* what the rule finds */
  AnnalsIdSet          *hidden;     /* decided */
  AnnalsIdSet          *waiting;    /* put off */
  GPtrArray            *accepted;
  GArray               *decided;
  GPtrArray            *phrases;    /* of the rule */
  AnnalsRanking        *ranking;    /* (nullable): by the rule */
  AnnalsFeedback       *feedback;
} Search;

void
annals_suggestion_free (AnnalsSuggestion *self)
{
  g_strfreev (self->terms);
  g_free (self->like_title);
  g_free (self);
}

char *
annals_suggestion_dup_words (const AnnalsSuggestion *self,
                             gboolean                of_rule)
{
  GString *words = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; self->terms[i] != NULL; i++)
    if ((i < self->n_rule_terms) == of_rule)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", self->terms[i]);

  return g_string_free (words, FALSE);
}

void
annals_suggestions_free (AnnalsSuggestions *self)
{
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_free (self->marks);
  g_free (self);
}

static void
search_clear (Search *self)
{
  annals_plan_clear (&self->plan);
  g_clear_pointer (&self->rule, annals_query_free);
  g_clear_pointer (&self->fitting, annals_id_set_free);
  g_clear_pointer (&self->hidden, annals_id_set_free);
  g_clear_pointer (&self->waiting, annals_id_set_free);
  g_clear_pointer (&self->feedback, annals_feedback_free);
  g_clear_pointer (&self->accepted, g_ptr_array_unref);
  g_clear_pointer (&self->decided, g_array_unref);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_clear_pointer (&self->ranking, annals_ranking_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* --- what is known --- */

static gboolean
is_blank (const char *rule)
{
  return rule[strspn (rule, " \t\n")] == '\0';
}

gboolean
annals_timeline_rule_check (const char  *rule,
                            GError     **error)
{
  g_autoptr(AnnalsQuery) query = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);

  if (is_blank (rule))
    return TRUE;

  query = annals_query_parse (rule, error);

  return query != NULL;
}

static gboolean
load_rule (Search      *self,
           const char  *rule,
           GError     **error)
{
  GError *failure = NULL;

  if (is_blank (rule))
    return TRUE;

  if ((self->rule = annals_query_parse (rule, &failure)) != NULL &&
      (self->rule->root == NULL || annals_plan_narrow (&self->plan, self->rule->root, self->fitting, &failure)))
    return TRUE;

  g_propagate_prefixed_error (error, failure, _("The timeline's rule: "));

  return FALSE;
}

static gboolean
load_decisions (Search    *self,
                gint64     timeline_id,
                gboolean   with_waiting,
                GError   **error)
{
  if (!(self->accepted = annals_db_list_accepted (self->db, timeline_id, error)) ||
      !(self->decided = annals_db_list_decided (self->db, timeline_id, error)))
    return FALSE;

  self->hidden = annals_id_set_new (self->columns->top);
  self->waiting = annals_id_set_new (self->columns->top);
  for (guint i = 0; i < self->decided->len; i++)
    {
      const AnnalsDecided *one = &g_array_index (self->decided, AnnalsDecided, i);

      if (one->decision != ANNALS_DECISION_LATER)
        annals_id_set_add (self->hidden, one->post_id);
      else if (one->waits)
        annals_id_set_add (self->waiting, one->post_id);
    }

  for (guint i = 0; i < self->accepted->len; i++)
    annals_id_set_add (self->hidden, ((AnnalsAccepted *) self->accepted->pdata[i])->post_id);
  annals_id_set_subtract (self->waiting, self->hidden);
  annals_id_set_intersect (self->waiting, self->columns->visible);

  if (!with_waiting)
    annals_id_set_unite (self->hidden, self->waiting);

  return TRUE;
}

/* How well each post fits the rule, where it asks for words. */
static gboolean
rank_by_rule (Search  *self,
              GError **error)
{
  self->phrases = g_ptr_array_new_with_free_func (g_free);
  if (self->rule == NULL || self->rule->marks == NULL)
    return TRUE;

  annals_query_node_add_marked (self->rule->root, self->phrases);
  self->ranking = annals_db_rank_posts (self->db, self->columns, self->rule->marks,
                                        (const char * const *) self->phrases->pdata, NULL, self->phrases->len,
                                        self->fitting, TRUE, error);

  return self->ranking != NULL;
}

static gboolean
look (Search               *self,
      AnnalsDb             *db,
      const AnnalsColumns  *columns,
      gint64                timeline_id,
      gboolean              with_waiting,
      GError              **error)
{
  g_autoptr(AnnalsTimeline) timeline = annals_db_load_timeline (db, timeline_id, error);

  if (timeline == NULL)
    return FALSE;

  self->db = db;
  self->columns = columns;
  self->fitting = is_blank (timeline->rule) ? annals_id_set_new (columns->top)
                                            : annals_id_set_copy (columns->visible);

  return load_decisions (self, timeline_id, with_waiting, error) &&
         load_rule (self, timeline->rule, error) &&
         rank_by_rule (self, error) &&
         (self->feedback = annals_feedback_learn (db, columns, self->accepted, self->decided, error)) != NULL;
}

/* --- scores --- */

static float
get_best (const AnnalsRanking *ranking)
{
  float best = 0;

  for (gint64 id = 0; ranking != NULL && id <= ranking->top; id++)
    best = MAX (best, ranking->scores[id]);

  return best;
}

/* What the rule says of a post and what the decisions say, the more of the latter the more there are. */
static double
get_score (const Search *self,
           gboolean      fits,
           double        rank,
           double        likeness)
{
  double prior = fits ? RULE_LEAST + (1 - RULE_LEAST) * rank : 0;
  guint n = self->feedback->match != NULL ? self->feedback->n_accepted + self->feedback->n_rejected : 0;

  return CLAMP ((RULE_WEIGHT * prior + n * likeness) / (RULE_WEIGHT + n), 0, 1);
}

/* All that fit the rule, and of the others those that are alike enough. */
static void
collect (Search *self,
         GArray *fitting,
         GArray *alike)
{
  float best = get_best (self->ranking);

  for (gint64 id = 0; id <= self->columns->top; id++)
    {
      double likeness = annals_feedback_likeness (self->feedback, id);
      Found found = { (guint32) id, 0, annals_id_set_contains (self->fitting, id) };

      if (annals_id_set_contains (self->hidden, id) ||
          (!found.fits && (self->feedback->n_accepted == 0 || likeness < MIN_LIKENESS)))
        continue;

      found.score = get_score (self, found.fits, best > 0 ? self->ranking->scores[id] / best : 0, likeness);
      g_array_append_val (found.fits ? fitting : alike, found);
    }
}

static int
compare_found (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const AnnalsColumns *columns = user_data;
  const Found *one = a;
  const Found *two = b;

  if (one->score != two->score)
    return one->score < two->score ? 1 : -1;

  /* the newest first, what is undated last */
  if (columns->from[one->id] != columns->from[two->id])
    return columns->from[one->id] < columns->from[two->id] ? 1 : -1;

  return one->id < two->id ? 1 : -1;
}

static void
sort_found (Search *self,
            GArray *found)
{
  g_array_sort_with_data (found, compare_found, (gpointer) self->columns);
}

/* Best first. */
static GArray *
find_all (Search *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr(GArray) alike = g_array_new (FALSE, FALSE, sizeof (Found));

  collect (self, found, alike);
  sort_found (self, alike);
  if (alike->len > 0)
    g_array_append_vals (found, alike->data, MIN (alike->len, MAX_LIKE));
  sort_found (self, found);

  return found;
}

/* --- reasons --- */

/* Unless another form of it is there: what begins like it. */
static void
add_word (GPtrArray  *words,
          const char *word)
{
  if (words->len == MAX_REASONS || *word == '\0')
    return;

  for (guint i = 0; i < words->len; i++)
    {
      const char *other = words->pdata[i];

      if (strncmp (word, other, strcspn (other, "*")) == 0)
        return;
    }

  g_ptr_array_add (words, g_strdup (word));
}

/* What stands between the quotation marks of an expression for FTS5, as a person would type it. */
static char *
dup_words_of_phrase (const char *phrase)
{
  const char *start = strchr (phrase, '"');
  const char *end = strrchr (phrase, '"');
  g_autofree char *inner = NULL;

  if (start == NULL || end == start)
    return g_strdup ("");

  inner = g_strndup (start + 1, (gsize) (end - start - 1));

  return g_strconcat (inner, strchr (end, '*') != NULL ? "*" : "", NULL);
}

static char **
dup_reasons (Search *self,
             gint64  id,
             guint  *n_rule_terms)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const AnnalsRanking *by_rule = self->ranking;
  const AnnalsRanking *by_feedback = self->feedback->ranking;

  for (guint i = 0; by_rule != NULL && i < MIN (self->phrases->len, 64); i++)
    if ((by_rule->phrases[id] >> i & 1) != 0)
      {
        g_autofree char *word = dup_words_of_phrase (self->phrases->pdata[i]);

        add_word (words, word);
      }

  *n_rule_terms = words->len;
  for (guint i = 0; by_feedback != NULL && i < self->feedback->terms->len; i++)
    {
      const AnnalsTerm *term = self->feedback->terms->pdata[i];

      if (term->weight > 0 && (by_feedback->phrases[id] >> i & 1) != 0)
        add_word (words, term->word);
    }

  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_steal (words, NULL);
}

static AnnalsSuggestion *
describe (Search      *self,
          const Found *found)
{
  AnnalsSuggestion *suggestion = g_new0 (AnnalsSuggestion, 1);
  const AnnalsExample *like = NULL;

  if (annals_feedback_likeness (self->feedback, found->id) >= MIN_LIKENESS)
    like = annals_feedback_find_like (self->feedback, found->id);

  suggestion->post_id = found->id;
  suggestion->score = found->score;
  suggestion->fits_rule = found->fits;
  suggestion->waits = annals_id_set_contains (self->waiting, found->id);
  suggestion->terms = dup_reasons (self, found->id, &suggestion->n_rule_terms);
  suggestion->like_event = like != NULL ? like->accepted->event_id : 0;
  suggestion->like_title = g_strdup (like != NULL ? like->accepted->event_title : "");

  return suggestion;
}

/* The words of the rule, and of the rest those that speak for a post. */
static char *
dup_marks (Search *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (self->rule != NULL && self->rule->marks != NULL)
    g_ptr_array_add (parts, g_strdup (self->rule->marks));

  for (guint i = 0; i < self->feedback->terms->len && parts->len < MAX_REASONS; i++)
    {
      const AnnalsTerm *term = self->feedback->terms->pdata[i];

      if (term->weight > 0)
        g_ptr_array_add (parts, annals_term_dup_phrase (term->word));
    }

  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" OR ", (char **) parts->pdata);
}

/* --- the whole --- */

static AnnalsSuggestions *
suggest (AnnalsDb             *db,
         const AnnalsColumns  *columns,
         gint64                timeline_id,
         guint                 limit,
         gboolean              with_waiting,
         GError              **error)
{
  g_auto(Search) search = { 0 };
  g_autoptr(GArray) found = NULL;
  AnnalsSuggestions *suggestions;

  annals_plan_init (&search.plan, db, columns);
  if (!look (&search, db, columns, timeline_id, with_waiting, error))
    return NULL;

  found = find_all (&search);
  suggestions = g_new0 (AnnalsSuggestions, 1);
  suggestions->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_suggestion_free);
  suggestions->n_all = found->len;
  suggestions->n_waiting = annals_id_set_count (search.waiting);
  suggestions->marks = dup_marks (&search);
  for (guint i = 0; i < found->len && (limit == 0 || i < limit); i++)
    g_ptr_array_add (suggestions->posts, describe (&search, &g_array_index (found, Found, i)));

  return suggestions;
}

/**
 * annals_db_suggest:
 * @db: a connection
 * @timeline_id: a timeline
 * @limit: how many at most; 0: all
 * @with_waiting: whether those come, too, that were put off
 *
 * Returns: (transfer full): the posts that it may want; %NULL on an error
 */
AnnalsSuggestions *
annals_db_suggest (AnnalsDb  *db,
                   gint64     timeline_id,
                   guint      limit,
                   gboolean   with_waiting,
                   GError   **error)
{
  const AnnalsColumns *columns;
  AnnalsSuggestions *suggestions;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(columns = annals_db_hold_columns (db, ANNALS_COLUMNS_LENGTHS, error)))
    return NULL;

  suggestions = suggest (db, columns, timeline_id, limit, with_waiting, error);
  annals_db_release_columns (db);

  return suggestions;
}

/**
 * annals_db_count_suggestions:
 * @db: a connection
 * @timeline_id: a timeline
 * @n: (out): how many posts are suggested for it
 *
 * Returns: %FALSE on an error
 */
gboolean
annals_db_count_suggestions (AnnalsDb  *db,
                             gint64     timeline_id,
                             guint     *n,
                             GError   **error)
{
  g_autoptr(AnnalsSuggestions) suggestions = NULL;

  g_return_val_if_fail (db != NULL && n != NULL, FALSE);

  if (!(suggestions = annals_db_suggest (db, timeline_id, 1, FALSE, error)))
    return FALSE;

  *n = suggestions->n_all;
  return TRUE;
}
