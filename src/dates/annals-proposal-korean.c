/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-korean-private.h"

#include <string.h>

/* A date or two in Korean, what joins them, and the tense of the verb behind them. */

/* 15일, 2월, 3월 15일 behind the joint of a pair; the number that the first one has none of its own
 * unit beside, or 0 */
static int
take_paired (AnnalsKorean *cursor,
             int           month,
             AnnalsPoint  *point)
{
  int number;

  if ((number = annals_korean_take_day (cursor)))
    {
      annals_point_init (point, month ? ANNALS_SAID_ABSOLUTE : ANNALS_SAID_DAY_OF_MONTH,
                         ANNALS_UNIT_DAY, month ? 0.85 : 0.7);
      point->month = month;
      point->day = number;
    }
  else if (!month && (number = annals_korean_take_counted (cursor, 2, "월|月")) && number <= 12)
    {
      annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_MONTH, 0.75);
      point->month = number;
    }
  else
    {
      return 0;
    }

  return number;
}

/* 9~15일, 1·2월, 3월 9∼15일: the unit stands behind the second number */
static gboolean
read_short_pair (AnnalsKorean     *cursor,
                 AnnalsExpression *expression)
{
  AnnalsKorean start = *cursor;
  int month = annals_korean_take_counted (cursor, 2, "월|月");
  int first;
  int second;
  int joint;

  if (month)
    annals_korean_skip_space (cursor);

  if (month > 12 || !(first = annals_korean_take_number (cursor, 2)) ||
      !(joint = annals_korean_take_one (cursor, "~|∼|〜|-|–|·|ㆍ")) ||
      !(second = take_paired (cursor, month, &expression->second)) || first >= second)
    {
      *cursor = start;
      return FALSE;
    }

  expression->first = expression->second;
  if (expression->second.day)
    expression->first.day = first;
  else
    expression->first.month = first;
  expression->relation = joint <= 5 ? ANNALS_RELATION_RANGE : ANNALS_RELATION_AND;
  return TRUE;
}

/* What the first of two says is said of the second too. */
static void
share (const AnnalsPoint *first,
       AnnalsPoint       *second)
{
  int day = second->day;

  if (second->said == ANNALS_SAID_DAY_OF_MONTH && first->month)
    {
      *second = *first;
      second->day = day;
    }
  else if (second->said == ANNALS_SAID_ABSOLUTE && first->has_year && !second->has_year)
    {
      second->has_year = TRUE;
      second->year = first->year;
    }
}

/* 부터 … 까지, ~; FALSE and nothing taken when neither stands there */
static gboolean
read_range (AnnalsKorean     *cursor,
            AnnalsExpression *expression)
{
  AnnalsKorean start = *cursor;
  AnnalsKorean behind;
  int place = annals_korean_take_one (cursor, "부터|에서|~|∼|〜|-|–");

  if (place == 0)
    return FALSE;

  behind = *cursor;
  annals_korean_skip_space (cursor);
  if (annals_korean_read_point (cursor, &expression->second) &&
      (place > 2 || annals_korean_take (cursor, "까지")))
    {
      share (&expression->first, &expression->second);
      expression->relation = ANNALS_RELATION_RANGE;
      return TRUE;
    }

  *cursor = place == 1 ? behind : start;
  if (place == 1)
    expression->relation = ANNALS_RELATION_SINCE;
  return place == 1;
}

/* 1월과 2월 */
static gboolean
read_both (AnnalsKorean     *cursor,
           AnnalsExpression *expression)
{
  AnnalsKorean start = *cursor;
  const AnnalsPoint *first = &expression->first;
  AnnalsPoint *second = &expression->second;

  if (annals_korean_take_one (cursor, "과|와"))
    {
      annals_korean_skip_space (cursor);
      if (annals_korean_read_point (cursor, second) && second->said == first->said &&
          second->unit == first->unit &&
          (second->said == ANNALS_SAID_ABSOLUTE || second->said == ANNALS_SAID_WEEKDAY))
        {
          share (first, second);
          expression->relation = ANNALS_RELATION_AND;
          return TRUE;
        }
    }

  *cursor = start;
  return FALSE;
}

/* What stands behind the first date: 까지, 부터, 과, 이후 */
static void
read_relation (AnnalsKorean     *cursor,
               AnnalsExpression *expression)
{
  AnnalsKorean start = *cursor;
  int place;

  if (annals_korean_take (cursor, "까지"))
    {
      expression->relation = ANNALS_RELATION_UNTIL;
      return;
    }

  if (read_range (cursor, expression) || read_both (cursor, expression))
    return;

  annals_korean_skip_space (cursor);
  place = annals_korean_take_one (cursor, "이후|이래|이전");
  if (place && expression->first.said != ANNALS_SAID_CONTEXT)
    expression->relation = place == 3 ? ANNALS_RELATION_BEFORE : ANNALS_RELATION_SINCE;
  else
    *cursor = start;
}

/* --- tense --- */

/* The first sign behind the date: 했다, 밝혔다 are past, 예정, 계획 and -겠 are to come. */
static AnnalsTense
read_tense (const AnnalsKorean *cursor)
{
  static const char *const future = "예정|계획|방침|전망|겠|것이다|것으로 예상|하기로|할 것|될 것|추진|목표|앞두";
  const char *limit = MIN (cursor->end, cursor->p + 400);
  gunichar before = 0;
  gunichar last = 0;

  for (const char *p = cursor->p; p < limit; p = g_utf8_next_char (p))
    {
      AnnalsKorean here = { cursor->sentence, p, cursor->end };
      gunichar c = g_utf8_get_char (p);

      if (annals_korean_take_one (&here, future))
        return ANNALS_TENSE_FUTURE;

      /* a syllable that ends in ㅆ, but 있 and 겠 */
      if (c >= 0xac00 && c <= 0xd7a3)
        {
          if ((c - 0xac00) % 28 == 20 && c != 0xc788)
            return ANNALS_TENSE_PAST;
          before = last;
          last = c;
        }
    }

  /* 연다, 방문한다: what is on a programme */
  if (last == 0xb2e4 && before >= 0xac00 && (before - 0xac00) % 28 == 4)
    return ANNALS_TENSE_FUTURE;

  return ANNALS_TENSE_NONE;
}

/* The words up to @cursor, and the code point that it stands at */
static guint
finish (const AnnalsSentence *sentence,
        guint                 at,
        const AnnalsKorean   *cursor,
        AnnalsExpression     *expression)
{
  gsize end = cursor->p - sentence->text;
  guint n = 0;
  const AnnalsWord *last;

  while (at + n < sentence->n && sentence->words[at + n].start < end)
    n++;

  last = &sentence->words[at + n - 1];
  expression->start = at;
  expression->n = n;
  expression->from = sentence->words[at].from;
  expression->to = last->from + g_utf8_strlen (sentence->text + last->start, end - last->start);
  expression->tense = read_tense (cursor);
  return n;
}

/* Words that a Korean date begins with begin with one of these. */
static gboolean
may_begin (const AnnalsSentence *s,
           guint                 at)
{
  const AnnalsWord *word = &s->words[at];

  if (word->kind == ANNALS_WORD_NUMBER)
    {
      gboolean last = word->end >= s->words[s->n - 1].end;
      gunichar next = last ? 0 : g_utf8_get_char (s->text + word->end);

      return word->n_digits <= 4 &&
             (next >= 0x80 || next == '~' || next == '-' || next == ' ' || next == '/') &&
             (at == 0 || word->spaced || s->words[at - 1].kind != ANNALS_WORD_SIGN ||
              s->words[at - 1].value == '(' || s->words[at - 1].value > 0x7f);
    }

  return word->kind == ANNALS_WORD_HANGUL &&
         strstr ("그엊어오금내모이당같전다지최저재작올하이사나닷열보일한두세석네넉몇수월화수목금토주상",
                 (char[]){ s->text[word->start], s->text[word->start + 1], s->text[word->start + 2],
                           '\0' }) != NULL;
}

/**
 * annals_korean_read:
 * @sentence: a sentence
 * @at: a word of it
 * @expression: (out): what begins there
 *
 * Returns: the words of the expression, 0 when none begins at @at
 */
guint
annals_korean_read (const AnnalsSentence *sentence,
                    guint                 at,
                    AnnalsExpression     *expression)
{
  AnnalsKorean cursor = { sentence, sentence->text + sentence->words[at].start,
                    sentence->text + sentence->words[sentence->n - 1].end };

  if (!may_begin (sentence, at))
    return 0;

  memset (expression, 0, sizeof *expression);

  if (read_short_pair (&cursor, expression))
    return finish (sentence, at, &cursor, expression);

  if (!annals_korean_read_point (&cursor, &expression->first))
    return 0;

  read_relation (&cursor, expression);
  return finish (sentence, at, &cursor, expression);
}
