/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-private.h"

#include <string.h>

/* What an expression means, seen from all the days that its post may be of, as EDTF. */

/* More days than these are told as the span that they lie in */
#define MAX_LISTED 8

#define CONTEXT_SENTENCES 3

typedef struct
{
  AnnalsCells cells;
  gboolean    varies;      /* other days of the post would give others */
  gboolean    unknown_year;
} Meaning;

char *
annals_cell_dup_edtf (AnnalsUnit unit,
                      gint64     cell,
                      int        season)
{
  gint64 year = cell;
  int month = 0;
  int day = 0;

  if (unit <= ANNALS_UNIT_WEEKEND)
    annals_calendar_from_days (cell, &year, &month, &day);
  else if (unit == ANNALS_UNIT_MONTH)
    {
      year = cell / 12;
      month = cell % 12 + 1;
    }

  if (year < 0 || cell < 0 - 800000 || year > 9999)
    return NULL;

  if (unit == ANNALS_UNIT_DECADE)
    return g_strdup_printf ("%03dX", (int) year);
  if (unit == ANNALS_UNIT_CENTURY)
    return g_strdup_printf ("%02dXX", (int) year);
  if (unit == ANNALS_UNIT_SEASON)
    return g_strdup_printf ("%04d-%02d", (int) year, season);
  if (day)
    return g_strdup_printf ("%04d-%02d-%02d", (int) year, month, day);
  if (month)
    return g_strdup_printf ("%04d-%02d", (int) year, month);

  return g_strdup_printf ("%04d", (int) year);
}

/* --- the cells of one date --- */

static const AnnalsUnit context_units[] = { ANNALS_UNIT_DAY, ANNALS_UNIT_MONTH, ANNALS_UNIT_YEAR };

/* The latest date that is fine enough to count @unit from; -1 when none is near */
static int
find_context (const AnnalsSeenFrom *from,
              AnnalsUnit            unit)
{
  const AnnalsContext *context = &from->context;
  int found = -1;

  for (int i = 0; i < (int) G_N_ELEMENTS (context_units); i++)
    if (context->is_set[i] && from->sentence - context->sentence[i] <= CONTEXT_SENTENCES &&
        context_units[i] <= unit && (found < 0 || context->order[i] > context->order[found]))
      found = i;

  return found;
}

static gboolean
see_context (const AnnalsPoint *point,
             AnnalsSeenFrom    *from,
             AnnalsCells       *cells)
{
  AnnalsPoint shift = *point;
  AnnalsUnit unit = point->unit;
  int found = find_context (from, unit);
  gint64 cell;

  if (found < 0)
    return FALSE;

  cell = from->context.cell[found];
  if (context_units[found] == ANNALS_UNIT_DAY)
    {
      /* "the following week" is a week, "a week later" about a day */
      shift.said = point->which == ANNALS_WHICH_THIS ? ANNALS_SAID_SHIFT : ANNALS_SAID_DISTANCE;
      shift.which = ANNALS_WHICH_TENSE;
      return annals_point_see (&shift, ANNALS_TENSE_PAST, cell, cells);
    }

  if (context_units[found] == ANNALS_UNIT_MONTH && unit == ANNALS_UNIT_YEAR)
    cell = cell / 12;
  else if (context_units[found] != unit)
    return FALSE;

  *cells = (AnnalsCells){ unit, cell + point->count, cell + point->count, 1, 0, FALSE };
  return TRUE;
}

/* "March of the same year": what is said behind the year that was spoken of */
static gboolean
see_in_context (const AnnalsPoint *point,
                AnnalsSeenFrom    *from,
                AnnalsCells       *cells)
{
  AnnalsPoint within = *point;
  AnnalsPoint year = *point;

  year.unit = ANNALS_UNIT_YEAR;
  if (!see_context (&year, from, cells))
    return FALSE;
  if (!point->month && !point->season)
    return TRUE;

  within.said = ANNALS_SAID_ABSOLUTE;
  within.has_year = TRUE;
  within.year = cells->first;
  return annals_point_see (&within, ANNALS_TENSE_PAST, 0, cells);
}

static void
widen (AnnalsCells       *cells,
       const AnnalsCells *other)
{
  cells->first = MIN (cells->first, other->first);
  cells->last = MAX (cells->last, other->last);
}

static AnnalsTense
tense_for (const AnnalsExpression *expression,
           const AnnalsPoint      *point,
           const AnnalsSeenFrom   *from)
{
  if (from->flags & ANNALS_PROPOSALS_ALWAYS_PAST)
    return ANNALS_TENSE_PAST;

  /* "closed through April 15", "put off until August": the end is near, whatever the verb */
  if ((expression->relation == ANNALS_RELATION_UNTIL ||
       expression->relation == ANNALS_RELATION_BY) &&
      expression->tense == ANNALS_TENSE_PAST && point->said == ANNALS_SAID_ABSOLUTE)
    return ANNALS_TENSE_NONE;

  /* of months the news that says nothing else means the one that has been */
  if (expression->tense == ANNALS_TENSE_NONE && point->said == ANNALS_SAID_ABSOLUTE &&
      point->month && !point->day)
    return ANNALS_TENSE_PAST;

  return expression->tense;
}

static gboolean
is_in_post (const AnnalsSeenFrom *from,
            const AnnalsCells    *cells)
{
  return cells->unit == ANNALS_UNIT_DAY && cells->first >= from->first &&
         cells->last <= from->last && from->last - from->first <= 31;
}

static gboolean
see (const AnnalsExpression *expression,
     const AnnalsPoint      *said,
     AnnalsSeenFrom         *from,
     Meaning                *meaning)
{
  AnnalsPoint point = *said;
  AnnalsTense tense = tense_for (expression, said, from);
  AnnalsCells other;

  memset (meaning, 0, sizeof *meaning);

  if (point.said == ANNALS_SAID_CONTEXT)
    return point.month || point.season ? see_in_context (&point, from, &meaning->cells)
                                       : see_context (&point, from, &meaning->cells);

  if (point.said == ANNALS_SAID_ABSOLUTE && point.has_year)
    return annals_point_see (&point, tense, 0, &meaning->cells);

  if (!from->known)
    {
      meaning->unknown_year = TRUE;
      return point.said == ANNALS_SAID_ABSOLUTE && point.month && !point.week_of_month &&
             !point.has_shift && point.which == ANNALS_WHICH_TENSE &&
             expression->relation == ANNALS_RELATION_NONE;
    }

  if (from->context.year && point.said == ANNALS_SAID_ABSOLUTE && point.month &&
      !point.has_shift && point.which == ANNALS_WHICH_TENSE && tense == ANNALS_TENSE_PAST)
    {
      point.has_year = TRUE;
      point.year = from->context.year;
      return annals_point_see (&point, tense, 0, &meaning->cells);
    }

  if (!annals_point_see (&point, tense, from->first, &meaning->cells))
    return FALSE;
  if (from->first == from->last)
    return TRUE;

  if (!annals_point_see (&point, tense, from->last, &other) || other.unit != meaning->cells.unit ||
      other.season != meaning->cells.season)
    return FALSE;

  /* a day of the very month that the post is of is that one, not the same day a year away */
  if (point.said == ANNALS_SAID_ABSOLUTE && point.day && is_in_post (from, &other))
    meaning->cells = other;
  else if (point.said == ANNALS_SAID_ABSOLUTE && point.day && is_in_post (from, &meaning->cells))
    other = meaning->cells;

  meaning->varies = other.first != meaning->cells.first || other.last != meaning->cells.last;
  widen (&meaning->cells, &other);
  return TRUE;
}

/* --- as EDTF --- */

static char *
dup_list (const AnnalsCells *cells)
{
  GString *string = g_string_new ("[");

  for (gint64 cell = cells->first; cell <= cells->last; cell += cells->step)
    {
      g_autofree char *edtf = annals_cell_dup_edtf (cells->unit, cell, cells->season);

      g_string_append_printf (string, "%s%s", cell > cells->first ? "," : "", edtf ? edtf : "");
    }

  g_string_append_c (string, ']');
  return g_string_free (string, FALSE);
}

static char *
dup_swapped (const AnnalsPoint *point)
{
  int a = MIN (point->month, point->day);
  int b = MAX (point->month, point->day);

  return g_strdup_printf ("[%04d-%02d-%02d,%04d-%02d-%02d]", point->year, a, b, point->year, b, a);
}

static char *
dup_single (const AnnalsPoint *point,
            const Meaning     *meaning)
{
  const AnnalsCells *cells = &meaning->cells;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const char *sign;

  if (point->either)
    return dup_swapped (point);
  if (meaning->unknown_year)
    return point->day ? g_strdup_printf ("XXXX-%02d-%02d", point->month, point->day)
                      : g_strdup_printf ("XXXX-%02d", point->month);

  if (!(first = annals_cell_dup_edtf (cells->unit, cells->first, cells->season)) ||
      !(last = annals_cell_dup_edtf (cells->unit, cells->last, cells->season)))
    return NULL;

  /* counted from afar, days and units are no more than about right */
  sign = point->approximate || point->said == ANNALS_SAID_VAGUE ||
                 (point->said == ANNALS_SAID_DISTANCE &&
                  (point->unit > ANNALS_UNIT_DAY || ABS (point->count) > 6)) ||
                 (point->said == ANNALS_SAID_CONTEXT && point->which != ANNALS_WHICH_THIS &&
                  point->unit > ANNALS_UNIT_DAY &&
                  (ABS (point->count) > 1 || cells->unit == ANNALS_UNIT_DAY))
             ? "~"
             : "";

  if (cells->is_span)
    return cells->first < cells->last ? g_strconcat (first, sign, "/", last, NULL) : NULL;

  if (cells->first == cells->last)
    return point->third && cells->unit > ANNALS_UNIT_WEEKEND
               ? annals_date_third_dup_edtf (point->third, first, 0)
               : g_strconcat (first, sign, NULL);

  /* one day of the year, in two years */
  if (meaning->varies && point->said == ANNALS_SAID_ABSOLUTE && point->day)
    return g_strconcat ("[", first, ",", last, "]", NULL);

  if (cells->step > 1 && (cells->last - cells->first) / cells->step < MAX_LISTED)
    return dup_list (cells);

  if (point->third && cells->unit > ANNALS_UNIT_WEEKEND)
    sign = "~";
  return g_strconcat ("[", first, sign, "..", last, sign, "]", NULL);
}

/* EDTF's ranges have no seasons: their months stand for them. */
static void
season_to_months (AnnalsCells *cells)
{
  int season = cells->season;
  int start;
  int length;

  if (cells->unit != ANNALS_UNIT_SEASON)
    return;

  start = season <= 24   ? (season - 21) * 3 + 2
          : season <= 36 ? (season - 33) * 3
                         : (season - 40) * 6;
  length = season <= 36 ? 3 : 6;
  cells->first = cells->first * 12 + start;
  cells->last = cells->last * 12 + start + length - 1;
  cells->unit = ANNALS_UNIT_MONTH;
}

/* One end of a range, @step cells further */
static char *
dup_end (const AnnalsPoint *point,
         const Meaning     *meaning,
         gboolean           last,
         int                step)
{
  AnnalsCells cells = meaning->cells;
  gboolean vague = point->approximate || meaning->varies || point->third ||
                   point->said == ANNALS_SAID_VAGUE || point->said == ANNALS_SAID_DISTANCE ||
                   (point->season && point->season <= 24);
  g_autofree char *edtf = NULL;

  season_to_months (&cells);
  edtf = annals_cell_dup_edtf (cells.unit, (last ? cells.last : cells.first) + step, cells.season);
  return edtf ? g_strconcat (edtf, vague ? "~" : "", NULL) : NULL;
}

static char *
dup_wrapped (const char *before,
             char       *edtf,
             const char *after)
{
  g_autofree char *inner = edtf;

  return inner ? g_strconcat (before, inner, after, NULL) : NULL;
}

static char *
dup_pair (const AnnalsExpression *expression,
          const Meaning          *first,
          const Meaning          *second)
{
  gboolean range = expression->relation == ANNALS_RELATION_RANGE;
  gboolean plain = first->cells.first == first->cells.last &&
                   second->cells.first == second->cells.last;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (!range && plain)
    {
      a = annals_cell_dup_edtf (first->cells.unit, first->cells.first, first->cells.season);
      b = annals_cell_dup_edtf (second->cells.unit, second->cells.first, second->cells.season);
    }
  else
    {
      a = dup_end (&expression->first, first, FALSE, 0);
      b = dup_end (&expression->second, second, TRUE, 0);
    }

  if (!a || !b)
    return NULL;
  if (range)
    return g_strconcat (a, "/", b, NULL);
  if (!plain)
    return g_strconcat ("[", a, "..", b, "]", NULL);

  return expression->relation == ANNALS_RELATION_AND ? g_strconcat ("{", a, ",", b, "}", NULL)
                                                     : g_strconcat ("[", a, ",", b, "]", NULL);
}

static char *
dup_expression (const AnnalsExpression *expression,
                const Meaning          *first,
                const Meaning          *second)
{
  const AnnalsPoint *point = &expression->first;

  switch (expression->relation)
    {
    case ANNALS_RELATION_NONE:
      return dup_single (point, first);
    case ANNALS_RELATION_SINCE:
      return dup_wrapped ("", dup_end (point, first, FALSE, 0), "/..");
    case ANNALS_RELATION_UNTIL:
      return dup_wrapped ("../", dup_end (point, first, TRUE, 0), "");
    case ANNALS_RELATION_BY:
      return dup_wrapped ("[..", dup_end (point, first, TRUE, 0), "]");
    case ANNALS_RELATION_BEFORE:
      return dup_wrapped ("[..", dup_end (point, first, FALSE, -1), "]");
    case ANNALS_RELATION_AFTER:
      return dup_wrapped ("[", dup_end (point, first, TRUE, 1), "..]");
    case ANNALS_RELATION_RANGE:
    case ANNALS_RELATION_AND:
    case ANNALS_RELATION_OR:
      break;
    }

  return dup_pair (expression, first, second);
}

/* --- --- */

static gboolean
needs_tense (const AnnalsPoint *point)
{
  return point->which == ANNALS_WHICH_TENSE && !point->has_year && !point->has_shift &&
         ((point->said == ANNALS_SAID_ABSOLUTE && (point->month || point->season)) ||
          point->said == ANNALS_SAID_WEEKDAY);
}

static double
confidence_of (const AnnalsExpression *expression,
               const AnnalsPoint      *point,
               const Meaning          *meaning)
{
  double confidence = point->confidence;

  if (meaning->varies || meaning->unknown_year)
    confidence *= 0.7;
  if (needs_tense (point) && expression->tense == ANNALS_TENSE_NONE)
    confidence *= 0.85;

  return confidence;
}

static gboolean
has_second (const AnnalsExpression *expression)
{
  return expression->relation >= ANNALS_RELATION_RANGE;
}

/* "Monday and Tuesday" are days of one week, "January and February" months of one year. */
static void
bring_together (const AnnalsExpression *expression,
                Meaning                *first,
                Meaning                *second)
{
  gint64 step = first->cells.unit == ANNALS_UNIT_MONTH                  ? 12
                : expression->first.said == ANNALS_SAID_WEEKDAY ? 7
                                                                        : 0;
  Meaning *moved = expression->tense == ANNALS_TENSE_FUTURE ? second : first;

  if (step == 0 || first->varies || second->varies || first->cells.unit != second->cells.unit ||
      !needs_tense (&expression->first) || !needs_tense (&expression->second) ||
      first->cells.first <= second->cells.first)
    return;

  moved->cells.first += moved == first ? -step : step;
  moved->cells.last = moved->cells.first;
}

/* The second of two that runs backwards is the next one: "from November to January". */
static gboolean
see_second (const AnnalsExpression *expression,
            const Meaning          *first,
            AnnalsSeenFrom         *from,
            Meaning                *second)
{
  AnnalsExpression ahead = *expression;

  if (!see (expression, &expression->second, from, second))
    return FALSE;

  if (expression->relation != ANNALS_RELATION_RANGE || !needs_tense (&expression->second) ||
      second->cells.unit != first->cells.unit || second->cells.last >= first->cells.first)
    return TRUE;

  ahead.tense = ANNALS_TENSE_FUTURE;
  return see (&ahead, &expression->second, from, second);
}

static void
remember (AnnalsSeenFrom         *from,
          const AnnalsExpression *expression,
          const Meaning          *meaning)
{
  const AnnalsCells *cells = &meaning->cells;

  if ((expression->relation != ANNALS_RELATION_NONE &&
       expression->relation != ANNALS_RELATION_RANGE) ||
      meaning->varies || meaning->unknown_year || cells->first != cells->last)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (context_units); i++)
    if (context_units[i] == cells->unit)
      {
        from->context.is_set[i] = TRUE;
        from->context.cell[i] = cells->first;
        from->context.sentence[i] = from->sentence;
        from->context.order[i] = ++from->context.n;
      }
}

/**
 * annals_expression_resolve:
 * @expression: what was read
 * @from: (inout): the post's day, and what was spoken of before, which this is added to
 * @confidence: (out): 0 to 1
 *
 * Returns: (transfer full) (nullable): EDTF, or %NULL when nothing is known of what is meant
 */
char *
annals_expression_resolve (const AnnalsExpression *expression,
                           AnnalsSeenFrom         *from,
                           double                 *confidence)
{
  Meaning first;
  Meaning second = { 0 };
  char *edtf;

  if (!see (expression, &expression->first, from, &first))
    return NULL;
  if (has_second (expression) && !see_second (expression, &first, from, &second))
    return NULL;

  if (has_second (expression))
    bring_together (expression, &first, &second);

  if (!(edtf = dup_expression (expression, &first, &second)))
    return NULL;

  *confidence = confidence_of (expression, &expression->first, &first);
  if (has_second (expression))
    *confidence = MIN (*confidence, confidence_of (expression, &expression->second, &second));

  remember (from, expression, expression->relation == ANNALS_RELATION_RANGE ? &second : &first);
  return edtf;
}
