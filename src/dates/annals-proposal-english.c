/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-words-private.h"

/* One date, or two with the words that join them: "since 2016", "from March to May", "January and
 * February", "March 9–12".
 */

void
annals_point_init (AnnalsPoint *self,
                   AnnalsSaid   said,
                   AnnalsUnit   unit,
                   double       confidence)
{
  memset (self, 0, sizeof *self);
  self->said = said;
  self->unit = unit;
  self->confidence = confidence;
}

/* "talks about March 9", "brought about": what it is about, not that it is uncertain */
static gboolean
is_subject (const AnnalsSentence *s,
            int                   at)
{
  static const char *const words[] = { "brought", "bring", "came", "come", "talk", "talks",
                                       "talked", "asked", "spoke", "speak", "debate", "all", "concerns",
                                       "know", "knows", "said", "revolved", "centered" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (s, at - 1, words[i]))
      return TRUE;

  return FALSE;
}

guint
annals_point_read_english (const AnnalsSentence *s,
                           guint                 at,
                           AnnalsPoint          *point)
{
  guint n;

  if (kind_at (s, at) == ANNALS_WORD_ABOUT)
    {
      guint the = kind_at (s, at + 1) == ANNALS_WORD_THE ? 1 : 0;

      if (is_subject (s, at))
        return 0;

      if (kind_at (s, at + 1 + the) == ANNALS_WORD_ABOUT ||
          !(n = annals_point_read_english (s, at + 1 + the, point)))
        return 0;
      /* "the talks around last week" */
      point->approximate = TRUE;
      return n + 1 + the;
    }

  if ((n = annals_words_part (s, at, point)) || (n = annals_words_relative (s, at, point)) ||
      (n = annals_words_weekday (s, at, point)) || (n = annals_words_calendar (s, at, point)) ||
      (n = annals_words_season (s, at, point)))
    return n;

  return 0;
}

/* With an article or a preposition before it that says nothing */
static guint
read_point (const AnnalsSentence *s,
            int                   at,
            AnnalsPoint          *point)
{
  guint n;

  if ((n = annals_point_read_english (s, at, point)))
    return n;
  if (kind_at (s, at) == ANNALS_WORD_THE ||
      (is_word (s, at, "in") && kind_at (s, at - 1) != ANNALS_WORD_IN))
    return (n = annals_point_read_english (s, at + 1, point)) ? n + 1 : 0;

  return 0;
}

/* The day behind "March 9" in "March 9 and 10", "March 9–12" */
static guint
read_bare_day (const AnnalsSentence *s,
               int                   at,
               const AnnalsPoint    *first,
               AnnalsPoint          *point)
{
  int day;
  guint n;

  if (first->said != ANNALS_SAID_ABSOLUTE || !first->day || first->week_of_month ||
      !(n = annals_words_day (s, at, &day)) || (is_lower (s, at + n) && day <= first->day))
    return 0;

  /* "March 9 and 10 people" */
  if (kind_at (s, at + n) == ANNALS_WORD_COUNTED || kind_at (s, at + n) == ANNALS_WORD_MONTH ||
      kind_at (s, at + n) == ANNALS_WORD_UNITS)
    return 0;

  *point = *first;
  point->day = day;
  if (is_sign (s, at + n, ',') && annals_words_year (s, at + n + 1, &point->year))
    {
      point->has_year = TRUE;
      n += 2;
    }

  return n;
}

/* 2014–16, 2014-2016 */
static guint
read_bare_year (const AnnalsSentence *s,
                int                   at,
                const AnnalsPoint    *first,
                gboolean              dash,
                AnnalsPoint          *point)
{
  const AnnalsWord *word = word_at (s, at);
  int year = 0;

  if (first->unit != ANNALS_UNIT_YEAR || !first->has_year || word->kind != ANNALS_WORD_NUMBER)
    return 0;

  if (word->n_digits == 4 && word->value >= first->year && word->value <= 2199 &&
      kind_at (s, at + 1) != ANNALS_WORD_COUNTED)
    year = word->value;
  else if (dash && word->n_digits == 2 && is_glued (s, at) && word->value > first->year % 100)
    year = first->year - first->year % 100 + word->value;
  else
    return 0;

  *point = *first;
  point->year = year;
  return 1;
}

/* What one of two says is said of the other too. */
static void
share (AnnalsPoint *first,
       AnnalsPoint *second)
{
  if (first->said != ANNALS_SAID_ABSOLUTE || second->said != ANNALS_SAID_ABSOLUTE)
    return;

  if (second->has_year && !first->has_year && !first->has_shift)
    {
      first->has_year = TRUE;
      first->year = second->year - (first->month > second->month && second->month ? 1 : 0);
      first->confidence = second->confidence;
    }
  else if (second->has_shift && !first->has_year && !first->has_shift)
    {
      first->has_shift = TRUE;
      first->shift = second->shift;
    }
  else if (first->has_year && !second->has_year && !second->has_shift)
    {
      second->has_year = TRUE;
      second->year = first->year + (second->month < first->month && second->month ? 1 : 0);
    }
}

static AnnalsRelation
relation_of_joint (const AnnalsSentence *s,
                   int                   at,
                   gboolean              led)
{
  if (kind_at (s, at) == ANNALS_WORD_AND)
    return led ? ANNALS_RELATION_RANGE : ANNALS_RELATION_AND;
  if (kind_at (s, at) == ANNALS_WORD_OR)
    return ANNALS_RELATION_OR;
  if (kind_at (s, at) == ANNALS_WORD_TO || kind_at (s, at) == ANNALS_WORD_UNTIL || is_dash (s, at))
    return ANNALS_RELATION_RANGE;

  return ANNALS_RELATION_NONE;
}

/* Whether two that are joined by "and" are of one kind, so that they make one expression */
static gboolean
are_alike (const AnnalsPoint *a,
           const AnnalsPoint *b)
{
  return a->said == b->said && a->unit == b->unit &&
         (a->said == ANNALS_SAID_ABSOLUTE || a->said == ANNALS_SAID_WEEKDAY) &&
         a->which == b->which;
}

/* The second date behind @at, where the first one ends; the words it takes with its joint */
static guint
read_second (const AnnalsSentence *s,
             int                   at,
             AnnalsRelation        led,
             AnnalsExpression     *expression)
{
  AnnalsPoint *first = &expression->first;
  AnnalsPoint *second = &expression->second;
  gboolean between = led == ANNALS_RELATION_RANGE;
  AnnalsRelation relation = relation_of_joint (s, at, between);
  guint n;

  if (relation == ANNALS_RELATION_NONE || first->said == ANNALS_SAID_PAST ||
      first->said == ANNALS_SAID_VAGUE || first->said == ANNALS_SAID_CONTEXT)
    return 0;

  if (!(n = read_bare_day (s, at + 1, first, second)) &&
      !(n = read_bare_year (s, at + 1, first, is_dash (s, at), second)) &&
      !(n = read_point (s, at + 1, second)))
    return 0;

  if (relation != ANNALS_RELATION_RANGE && !are_alike (first, second))
    return 0;
  /* a dash is a pause as often as a range, and "to Tuesday" an aim */
  if (relation == ANNALS_RELATION_RANGE && !between && led != ANNALS_RELATION_SINCE &&
      (is_dash (s, at) || kind_at (s, at) == ANNALS_WORD_TO) && !are_alike (first, second))
    return 0;
  if (second->said == ANNALS_SAID_PAST || second->said == ANNALS_SAID_VAGUE)
    return 0;

  share (first, second);
  expression->relation = relation;
  return n + 1;
}

/* "9–15 March 2020", "9 and 10 March": the first day has its month behind the second */
static guint
read_days_before_month (const AnnalsSentence *s,
                        int                   at,
                        AnnalsExpression     *expression)
{
  int day;
  guint n = annals_words_day (s, at, &day);
  AnnalsRelation relation;
  guint more;

  if (n == 0 || is_glued (s, at) ||
      (relation = relation_of_joint (s, at + n, FALSE)) == ANNALS_RELATION_NONE)
    return 0;

  if (!(more = annals_words_calendar (s, at + n + 1, &expression->second)) ||
      kind_at (s, at + n + 1) != ANNALS_WORD_NUMBER || !expression->second.day ||
      expression->second.day <= day || expression->second.either ||
      word_at (s, at + n + 1)->n_digits > 2)
    return 0;

  expression->first = expression->second;
  expression->first.day = day;
  expression->relation = relation;
  return n + 1 + more;
}

static AnnalsRelation
relation_of_word (AnnalsWordKind kind)
{
  switch ((int) kind)
    {
    case ANNALS_WORD_SINCE:
    case ANNALS_WORD_FROM:
      return ANNALS_RELATION_SINCE;
    case ANNALS_WORD_UNTIL:
      return ANNALS_RELATION_UNTIL;
    case ANNALS_WORD_BY:
      return ANNALS_RELATION_BY;
    case ANNALS_WORD_BEFORE:
      return ANNALS_RELATION_BEFORE;
    case ANNALS_WORD_AFTER:
      return ANNALS_RELATION_AFTER;
    case ANNALS_WORD_BETWEEN:
      return ANNALS_RELATION_RANGE;
    default:
      return ANNALS_RELATION_NONE;
    }
}

/* Whether "on the 15th" ends before this word: it is no floor, anniversary or congress. */
static gboolean
may_follow_day (const AnnalsSentence *s,
                int                   at)
{
  static const char *const words[] = { "with", "when", "but", "for", "as", "he", "she", "it",
                                       "they", "his", "its", "their", "according", "because",
                                       "while", "where" };

  if (!is_letters (s, at) || kind_at (s, at) != ANNALS_WORD_OTHER)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (s, at, words[i]))
      return TRUE;

  return FALSE;
}

/* "on the 15th" */
static guint
read_day_of_month (const AnnalsSentence *s,
                   int                   at,
                   AnnalsPoint          *point)
{
  int day;
  guint n;

  if (!is_word (s, at, "on") || kind_at (s, at + 1) != ANNALS_WORD_THE ||
      (n = annals_words_day (s, at + 2, &day)) != 2 || kind_at (s, at + 4) == ANNALS_WORD_OF ||
      !may_follow_day (s, at + 4))
    return 0;

  annals_point_init (point, ANNALS_SAID_DAY_OF_MONTH, ANNALS_UNIT_DAY, 0.55);
  point->day = day;
  return 4;
}

static guint
finish (const AnnalsSentence *s,
        guint                 at,
        guint                 n,
        AnnalsExpression     *expression)
{
  expression->start = at;
  expression->n = n;
  expression->tense = annals_words_tense (s, at, n);
  return n;
}

/* since, by, from … to; 0 when no date follows or the words mean something else */
static guint
read_led (const AnnalsSentence *s,
          int                   at,
          AnnalsRelation        relation,
          AnnalsExpression     *expression)
{
  guint skip = 1;
  guint n = read_point (s, at + skip, &expression->first);
  guint more;

  if (n == 0 && relation == ANNALS_RELATION_RANGE &&
      (n = read_days_before_month (s, at + 1, expression)))
    {
      expression->relation = ANNALS_RELATION_RANGE;
      return finish (s, at, n + 1, expression);
    }
  if (n == 0)
    return 0;

  n += skip;
  if ((more = read_second (s, at + n, relation, expression)))
    {
      /* "by Tuesday and Wednesday" says of both what one reader cannot */
      if (relation == ANNALS_RELATION_SINCE || relation == ANNALS_RELATION_RANGE)
        expression->relation = ANNALS_RELATION_RANGE;
      return finish (s, at, n + more, expression);
    }

  if (relation == ANNALS_RELATION_RANGE)
    return 0;

  /* after Tuesday's talks: on Tuesday */
  if ((relation == ANNALS_RELATION_AFTER || relation == ANNALS_RELATION_BEFORE ||
       relation == ANNALS_RELATION_BY) &&
      is_glued (s, at + n) && (is_sign (s, at + n, '\'') || is_sign (s, at + n, 0x2019)))
    return 0;

  /* a report from Tuesday is of that day; from 2016 on is since then */
  if (kind_at (s, at) == ANNALS_WORD_FROM && !is_word (s, at + n, "on") &&
      !is_word (s, at + n, "onward") && !is_word (s, at + n, "onwards"))
    return 0;
  if (expression->first.said == ANNALS_SAID_PAST || expression->first.said == ANNALS_SAID_VAGUE)
    return 0;

  if (kind_at (s, at) == ANNALS_WORD_FROM)
    n++;
  expression->relation = relation;
  n = finish (s, at, n, expression);
  if (kind_at (s, at) == ANNALS_WORD_SINCE)
    expression->tense = ANNALS_TENSE_PAST;
  return n;
}

/* Whether a reader may try here at all: what cannot begin a date is most of a text. */
static gboolean
may_begin (AnnalsWordKind kind)
{
  return kind != ANNALS_WORD_OTHER && kind != ANNALS_WORD_HANGUL && kind != ANNALS_WORD_HAN &&
         kind != ANNALS_WORD_PASSED && kind != ANNALS_WORD_FUTURE && kind != ANNALS_WORD_COUNTED &&
         kind != ANNALS_WORD_OF && kind != ANNALS_WORD_AND && kind != ANNALS_WORD_OR;
}

/**
 * annals_english_read:
 * @s: a sentence
 * @at: a word of it
 * @expression: (out): what begins there
 *
 * Returns: the words of the expression, 0 when none begins at @at
 */
guint
annals_english_read (const AnnalsSentence *s,
                     guint                 at,
                     AnnalsExpression     *expression)
{
  AnnalsWordKind kind = kind_at (s, at);
  AnnalsRelation relation;
  guint n;
  guint more;

  if (!may_begin (kind) &&
      !(kind == ANNALS_WORD_OTHER && (is_word (s, at, "q") || is_word (s, at, "juche"))))
    return 0;

  memset (expression, 0, sizeof *expression);

  if ((relation = relation_of_word (kind)) != ANNALS_RELATION_NONE)
    return read_led (s, at, relation, expression);

  if ((n = read_day_of_month (s, at, &expression->first)))
    return finish (s, at, n, expression);

  if ((n = annals_words_ahead (s, at, &expression->first)))
    return finish (s, at, n, expression)
               * (expression->tense == ANNALS_TENSE_FUTURE &&
                  expression->first.count > 0);

  if ((n = read_days_before_month (s, at, expression)))
    return finish (s, at, n, expression);

  if (!(n = annals_point_read_english (s, at, &expression->first)))
    return 0;

  more = read_second (s, at + n, ANNALS_RELATION_NONE, expression);
  return finish (s, at, n + more, expression);
}
