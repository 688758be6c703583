/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-private.h"

#include <string.h>

/* Korean glues its particles to the words, so this reads characters, from the beginning of a word
 * on. The same reader takes 2020年3月9日.
 */

typedef struct
{
  const AnnalsSentence *sentence;
  const char           *p;
  const char           *end;
} Cursor;

static void
skip_space (Cursor *cursor)
{
  while (cursor->p < cursor->end && *cursor->p == ' ')
    cursor->p++;
}

static gboolean
looks_at (const Cursor *cursor,
          const char   *word)
{
  gsize length = strlen (word);

  return (gsize) (cursor->end - cursor->p) >= length && memcmp (cursor->p, word, length) == 0;
}

static gboolean
take (Cursor     *cursor,
      const char *word)
{
  if (!looks_at (cursor, word))
    return FALSE;

  cursor->p += strlen (word);
  return TRUE;
}

/* One of the words, which are separated by "|"; its place from 1, or 0 */
static int
take_one (Cursor     *cursor,
          const char *words)
{
  int place = 1;

  for (const char *p = words; *p; place++)
    {
      gsize length = strcspn (p, "|");

      if ((gsize) (cursor->end - cursor->p) >= length && memcmp (cursor->p, p, length) == 0)
        {
          cursor->p += length;
          return place;
        }
      p += length + (p[length] == '|');
    }

  return 0;
}

static int
take_number (Cursor *cursor,
             int     max_digits)
{
  const char *p = cursor->p;
  int number = 0;

  while (p < cursor->end && g_ascii_isdigit (*p) && p - cursor->p <= max_digits)
    number = number * 10 + (*p++ - '0');

  if (p == cursor->p || p - cursor->p > max_digits)
    return 0;

  cursor->p = p;
  return number;
}

/* A number with its unit right behind it; 0 and nothing taken when it is none */
static int
take_counted (Cursor     *cursor,
              int         max_digits,
              const char *units)
{
  Cursor start = *cursor;
  int number = take_number (cursor, max_digits);

  if (number > 0 && take_one (cursor, units))
    return number;

  *cursor = start;
  return 0;
}

static gboolean
at_hangul (const Cursor *cursor)
{
  gunichar c = cursor->p < cursor->end ? g_utf8_get_char (cursor->p) : 0;

  return c >= 0xac00 && c <= 0xd7a3;
}

/* A word of its own, or with a particle behind it, not the beginning of another word */
static gboolean
ends_word (const Cursor *cursor)
{
  Cursor rest = *cursor;

  return !at_hangul (cursor) ||
         take_one (&rest, "에|의|부터|까지|은|는|이|가|을|를|과|와|도|만|인|로|쯤|경|께|보다|이후|오전|오후|밤|저녁|"
                          "새벽|아침|낮|중|당시|들어|한|두|세");
}

static AnnalsThird
take_third (Cursor *cursor)
{
  Cursor start = *cursor;
  int place;

  skip_space (cursor);
  place = take_one (cursor, "초순|초반|초|중순|중반|하순|후반|말");
  if (place && ends_word (cursor))
    return place <= 3 ? ANNALS_THIRD_EARLY : place <= 5 ? ANNALS_THIRD_MIDDLE : ANNALS_THIRD_LATE;

  *cursor = start;
  return ANNALS_THIRD_NONE;
}

static int
take_weekday (Cursor *cursor)
{
  Cursor start = *cursor;
  int day;

  skip_space (cursor);
  if (!(day = take_one (cursor, "월요일|화요일|수요일|목요일|금요일|토요일|일요일")))
    *cursor = start;

  return day;
}

/* A day is one, not what lasts, is counted or is paid: 17일간, 17일째, 10일 만에 */
static gboolean
is_duration (const Cursor *cursor)
{
  Cursor rest = *cursor;

  skip_space (&rest);
  if (take_counted (&rest, 2, "회|번|차례|잔|시간"))
    return TRUE;

  return take_one (&rest, "간|째|동안|만에|치|분|이상|이내|정도|이하|전|후|뒤|차|짜리|내|씩") != 0;
}

/* 9일(월); the bracket is part of it */
static int
take_day (Cursor *cursor)
{
  Cursor start = *cursor;
  int day;

  skip_space (cursor);
  day = take_counted (cursor, 2, "일|日|号|號");
  if (day < 1 || day > 31 || is_duration (cursor))
    {
      *cursor = start;
      return 0;
    }

  start = *cursor;
  if (!take (cursor, "(") || !take_one (cursor, "월|화|수|목|금|토|일|月|火|水|木|金|土|日") ||
      !take (cursor, ")"))
    *cursor = start;

  return day;
}

static gboolean
take_season (Cursor      *cursor,
             AnnalsPoint *point)
{
  Cursor start = *cursor;
  int place;
  int quarter;

  skip_space (cursor);
  if ((place = take_one (cursor, "봄|여름|가을|겨울")))
    point->season = 20 + place;
  else if ((place = take_one (cursor, "상반기|上半年|하반기|下半年")))
    point->season = place <= 2 ? 40 : 41;
  else if ((quarter = take_counted (cursor, 1, "분기|/4분기|季度")) && quarter <= 4)
    point->season = 32 + quarter;

  if (!point->season || (place && point->season <= 24 && !ends_word (cursor)))
    {
      point->season = 0;
      *cursor = start;
      return FALSE;
    }

  point->unit = ANNALS_UNIT_SEASON;
  return TRUE;
}

/* What follows a year: a month and its day, a season, a third */
static void
take_parts (Cursor      *cursor,
            AnnalsPoint *point)
{
  Cursor start = *cursor;

  take (cursor, "의");
  skip_space (cursor);
  point->month = take_counted (cursor, 2, "월|月");
  if (point->month < 1 || point->month > 12)
    {
      *cursor = start;
      point->month = 0;
      if (!take_season (cursor, point))
        point->third = take_third (cursor);
      return;
    }

  point->unit = ANNALS_UNIT_MONTH;
  if ((point->day = take_day (cursor)))
    point->unit = ANNALS_UNIT_DAY;
  else
    point->third = take_third (cursor);
}

/* 주체109(2020)년 */
static gboolean
read_juche (Cursor      *cursor,
            AnnalsPoint *point)
{
  Cursor start = *cursor;
  int year;

  if (take (cursor, "주체") && (skip_space (cursor), year = take_number (cursor, 3)))
    {
      Cursor bracket = *cursor;

      if (!take (cursor, "(") || !take_number (cursor, 4) || !take (cursor, ")"))
        *cursor = bracket;

      if (take (cursor, "년"))
        {
          annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.9);
          point->has_year = TRUE;
          point->year = year + 1911;
          take_parts (cursor, point);
          return TRUE;
        }
    }

  *cursor = start;
  return FALSE;
}

/* 2016년 3월 9일, 1990년대, 19세기 */
static gboolean
read_year (Cursor      *cursor,
           AnnalsPoint *point)
{
  Cursor start = *cursor;
  int year = take_number (cursor, 4);

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.9);
  point->has_year = TRUE;
  point->year = year;

  if (year >= 1000 && year < 2200 && cursor->p - start.p == 4)
    {
      if (take_one (cursor, "년대|年代"))
        {
          point->unit = year % 100 ? ANNALS_UNIT_DECADE : ANNALS_UNIT_CENTURY;
          point->third = take_third (cursor);
          return TRUE;
        }

      skip_space (cursor);
      if (take_one (cursor, "년|年") && !looks_at (cursor, "간") && !looks_at (cursor, "산"))
        {
          take_parts (cursor, point);
          return TRUE;
        }
    }
  else if (year >= 1 && year <= 21 && take_one (cursor, "세기|世紀|世纪"))
    {
      point->unit = ANNALS_UNIT_CENTURY;
      point->year = (year - 1) * 100;
      return TRUE;
    }

  *cursor = start;
  return FALSE;
}

/* 3월 17일, 3월 초; 17일 alone is a day of this month */
static gboolean
read_month_or_day (Cursor      *cursor,
                   AnnalsPoint *point)
{
  Cursor start = *cursor;
  Cursor ahead = *cursor;
  int day;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_MONTH, 0.8);
  take_parts (cursor, point);
  if (point->month)
    {
      if (point->day)
        point->confidence = 0.9;
      return TRUE;
    }

  /* in Chinese and Japanese a day without its month is not told from a number of days */
  *cursor = start;
  if (take_counted (&ahead, 2, "일") && (day = take_day (cursor)) && ends_word (cursor))
    {
      annals_point_init (point, ANNALS_SAID_DAY_OF_MONTH, ANNALS_UNIT_DAY, 0.7);
      point->day = day;
      return TRUE;
    }

  *cursor = start;
  return FALSE;
}

/* 작년, 올해, 내년 and what follows them */
static gboolean
read_year_shift (Cursor      *cursor,
                 AnnalsPoint *point)
{
  static const int shifts[] = { -2, -2, -1, -1, 0, 0, 2, 1, 0 };
  Cursor start = *cursor;
  int place = take_one (cursor, "재작년|지지난해|작년|지난해|올해|금년|내후년|내년|올");

  if (place == 0)
    return FALSE;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.85);
  point->has_shift = TRUE;
  point->shift = shifts[place - 1];
  take_parts (cursor, point);

  /* 올 alone begins many words; 작년도, 올해의 are years */
  if ((place == 9 && !point->month && !point->season) || !ends_word (cursor))
    {
      *cursor = start;
      return FALSE;
    }

  if (!point->month && !point->season && !point->third)
    {
      annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_YEAR, 0.85);
      point->count = shifts[place - 1];
    }

  return TRUE;
}

static gboolean
read_day_word (Cursor      *cursor,
               AnnalsPoint *point)
{
  static const int days[] = { -2, -2, -2, -1, -1, 0, 0, 1, 2 };
  Cursor start = *cursor;
  int place = take_one (cursor, "그저께|엊그제|그제|어젯밤|어제|오늘|금일|내일|모레");

  if (place == 0 || looks_at (cursor, "날") || !ends_word (cursor))
    {
      *cursor = start;
      return FALSE;
    }

  annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_DAY, 0.85);
  point->count = days[place - 1];
  return TRUE;
}

static const char *const last_words = "지난|저번";
static const char *const this_words = "이번";
static const char *const next_words = "다음|오는";

/* 지난주 화요일, 이번 주말, 다음 달 3일, 지난 11월, 오는 20일 */
static gboolean
read_which (Cursor      *cursor,
            AnnalsPoint *point)
{
  Cursor start = *cursor;
  gboolean coming = looks_at (cursor, "오는");
  AnnalsWhich which = take_one (cursor, last_words)   ? ANNALS_WHICH_LAST
                      : take_one (cursor, this_words) ? ANNALS_WHICH_THIS
                      : take_one (cursor, next_words) ? ANNALS_WHICH_NEXT
                                                      : ANNALS_WHICH_TENSE;
  int count = which == ANNALS_WHICH_LAST ? -1 : which == ANNALS_WHICH_NEXT ? 1 : 0;
  int weekday;
  int day;

  if (which == ANNALS_WHICH_TENSE)
    return FALSE;

  skip_space (cursor);

  if (take (cursor, "주말"))
    {
      annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_WEEKEND, 0.85);
      point->count = coming ? 0 : count;
      return TRUE;
    }

  if (take (cursor, "주") && (ends_word (cursor) || looks_at (cursor, " ") || looks_at (cursor, "초") ||
                              looks_at (cursor, "말")))
    {
      if ((weekday = take_weekday (cursor)))
        {
          annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.9);
          point->has_shift = TRUE;
          point->shift = count;
          point->weekday = weekday;
          return TRUE;
        }

      annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_WEEK, 0.85);
      point->count = count;
      point->third = take_third (cursor);
      return TRUE;
    }

  if (take (cursor, "달") && ends_word (cursor))
    {
      if ((day = take_day (cursor)))
        {
          annals_point_init (point, ANNALS_SAID_DAY_OF_MONTH, ANNALS_UNIT_DAY, 0.9);
          point->has_shift = TRUE;
          point->shift = count;
          point->day = day;
          return TRUE;
        }

      annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_MONTH, 0.85);
      point->count = count;
      point->third = take_third (cursor);
      return TRUE;
    }

  if ((weekday = take_weekday (cursor)))
    {
      annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.85);
      point->weekday = weekday;
      point->which = which;
      return TRUE;
    }

  if (read_year (cursor, point))
    return TRUE;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.75);
  if (take_season (cursor, point))
    {
      point->which = which;
      return TRUE;
    }

  if (which != ANNALS_WHICH_THIS && read_month_or_day (cursor, point) && ends_word (cursor))
    {
      point->which = which;
      return TRUE;
    }

  *cursor = start;
  return FALSE;
}

/* 이달, 내달, 금주, 내주, 주말 */
static gboolean
read_unit_word (Cursor      *cursor,
                AnnalsPoint *point)
{
  Cursor start = *cursor;
  int place = take_one (cursor, "이달|내달|내주|주말");
  int day;

  if (place == 0)
    return FALSE;

  annals_point_init (point, ANNALS_SAID_SHIFT,
                     place <= 2   ? ANNALS_UNIT_MONTH
                     : place == 3 ? ANNALS_UNIT_WEEK
                                  : ANNALS_UNIT_WEEKEND,
                     place == 4 ? 0.65 : 0.85);
  point->count = place == 2 || place == 3 ? 1 : 0;

  if (place <= 2 && (day = take_day (cursor)))
    {
      int shift = point->count;

      annals_point_init (point, ANNALS_SAID_DAY_OF_MONTH, ANNALS_UNIT_DAY, 0.9);
      point->has_shift = TRUE;
      point->shift = shift;
      point->day = day;
    }
  else if (place <= 2)
    point->third = take_third (cursor);

  if (ends_word (cursor))
    return TRUE;

  *cursor = start;
  return FALSE;
}

/* How many of what: 2주, 석 달, 사흘, 몇 년; *count -1: some */
static gboolean
take_amount (Cursor     *cursor,
             int        *count,
             AnnalsUnit *unit)
{
  static const int days[] = { 1, 2, 3, 4, 5, 10, 15 };
  static const int counts[] = { 1, 2, 3, 3, 4, 4, 5, 6, -1, -1 };
  static const AnnalsUnit units[] = { ANNALS_UNIT_WEEK, ANNALS_UNIT_DAY, ANNALS_UNIT_WEEK,
                                      ANNALS_UNIT_MONTH, ANNALS_UNIT_MONTH, ANNALS_UNIT_YEAR,
                                      ANNALS_UNIT_YEAR, ANNALS_UNIT_HOUR };
  int place;

  if ((place = take_one (cursor, "하루|이틀|사흘|나흘|닷새|열흘|보름")))
    {
      *count = days[place - 1];
      *unit = ANNALS_UNIT_DAY;
      return TRUE;
    }

  if (take (cursor, "일주일"))
    {
      *count = 1;
      *unit = ANNALS_UNIT_WEEK;
      return TRUE;
    }

  if ((place = take_one (cursor, "한|두|세|석|네|넉|다섯|여섯|몇|수")))
    *count = counts[place - 1];
  else if (!(*count = take_number (cursor, 3)))
    return FALSE;

  skip_space (cursor);
  if (!(place = take_one (cursor, "주일|일|주|개월|달|년|해|시간")))
    return FALSE;

  *unit = units[place - 1];
  return TRUE;
}

/* 2주 전, 최근 5년간, 사흘 뒤 */
static gboolean
read_distance (Cursor      *cursor,
               AnnalsPoint *point)
{
  Cursor start = *cursor;
  gboolean recent = take_one (cursor, "최근|지난") > 0;
  AnnalsUnit unit;
  int count;
  int place;

  skip_space (cursor);
  if (take_amount (cursor, &count, &unit))
    {
      skip_space (cursor);
      if (recent && take_one (cursor, "간|동안"))
        {
          annals_point_init (point, ANNALS_SAID_PAST, unit, count < 0 ? 0.35 : 0.6);
          point->count = count < 0 ? 4 : count;
          point->approximate = TRUE;
          return TRUE;
        }

      if (!recent && (place = take_one (cursor, "전|뒤|후")) && ends_word (cursor))
        {
          int sign = place == 1 ? -1 : 1;

          annals_point_init (point, count < 0 ? ANNALS_SAID_VAGUE : ANNALS_SAID_DISTANCE, unit,
                             count < 0 ? 0.4 : place == 1 ? 0.75 : 0.5);
          point->count = sign * (count < 0 ? 2 : count);
          point->more = sign * 7;
          return TRUE;
        }
    }

  *cursor = start;
  return FALSE;
}

/* 이튿날, 이날, 전날, 그해 */
static gboolean
read_context (Cursor      *cursor,
              AnnalsPoint *point)
{
  static const int counts[] = { 1, 1, 1, 0, 0, 0, -1, 0, 0, 1 };
  Cursor start = *cursor;
  int place = take_one (cursor, "이튿날|다음 날|다음날|이날|당일|같은 날|전날|그해|같은 해|이듬해");

  if (place == 0 || !ends_word (cursor))
    {
      *cursor = start;
      return FALSE;
    }

  /* 이듬해 3월 */
  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.55);
  if (place > 7)
    {
      take_parts (cursor, point);
      if (point->month || point->season)
        {
          point->said = ANNALS_SAID_CONTEXT;
          point->which = ANNALS_WHICH_THIS;
          point->count = counts[place - 1];
          return TRUE;
        }
    }

  annals_point_init (point, ANNALS_SAID_CONTEXT,
                     place <= 7 ? ANNALS_UNIT_DAY : ANNALS_UNIT_YEAR, 0.55);
  point->which = ANNALS_WHICH_THIS;
  point->count = counts[place - 1];

  return TRUE;
}

static gboolean
read_weekday (Cursor      *cursor,
              AnnalsPoint *point)
{
  int weekday = take_weekday (cursor);

  if (!weekday || looks_at (cursor, "마다"))
    return FALSE;

  annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.8);
  point->weekday = weekday;
  return TRUE;
}

static gboolean
read_quarter (Cursor      *cursor,
              AnnalsPoint *point)
{
  Cursor start = *cursor;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.55);
  if (take_season (cursor, point) && point->season > 24)
    return TRUE;

  *cursor = start;
  return FALSE;
}

static gboolean
read_point (Cursor      *cursor,
            AnnalsPoint *point)
{
  Cursor start = *cursor;

  if (read_day_word (cursor, point) || read_context (cursor, point) ||
      read_distance (cursor, point) || read_which (cursor, point) ||
      read_unit_word (cursor, point) || read_year_shift (cursor, point) ||
      read_juche (cursor, point) || read_year (cursor, point) ||
      read_month_or_day (cursor, point) ||
      read_weekday (cursor, point) || read_quarter (cursor, point))
    {
      Cursor about = *cursor;

      if (take_one (cursor, "경|쯤|께"))
        point->approximate = TRUE;
      else
        *cursor = about;
      return TRUE;
    }

  *cursor = start;
  return FALSE;
}

/* 9~15일, 1·2월, 3월 9∼15일: the unit stands behind the second number */
static gboolean
read_short_pair (Cursor           *cursor,
                 AnnalsExpression *expression)
{
  Cursor start = *cursor;
  AnnalsPoint *point = &expression->second;
  gboolean months = FALSE;
  int month;
  int first;
  int joint;

  memset (point, 0, sizeof *point);
  if ((month = take_counted (cursor, 2, "월|月")) && month <= 12)
    skip_space (cursor);

  if (!(first = take_number (cursor, 2)) || !(joint = take_one (cursor, "~|∼|〜|-|–|·|ㆍ")))
    goto none;

  if (month)
    {
      annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_DAY, 0.85);
      point->month = month;
      point->day = take_day (cursor);
    }
  else if ((point->day = take_day (cursor)))
    {
      int day = point->day;

      annals_point_init (point, ANNALS_SAID_DAY_OF_MONTH, ANNALS_UNIT_DAY, 0.7);
      point->day = day;
    }
  else
    {
      annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_MONTH, 0.75);
      point->month = take_counted (cursor, 2, "월|月");
      months = TRUE;
    }

  if (first >= (months ? point->month : point->day) || (months ? point->month : point->day) == 0 ||
      point->month > 12)
    goto none;

  expression->first = *point;
  if (months)
    expression->first.month = first;
  else
    expression->first.day = first;
  expression->relation = joint <= 5 ? ANNALS_RELATION_RANGE : ANNALS_RELATION_AND;
  return TRUE;

none:
  *cursor = start;
  return FALSE;
}

/* What stands behind the first date: 부터 … 까지, 이후, ~, 과 */
static void
read_relation (Cursor           *cursor,
               AnnalsExpression *expression)
{
  Cursor start = *cursor;
  Cursor behind;
  AnnalsPoint *first = &expression->first;
  AnnalsPoint *second = &expression->second;
  int place;

  if (take (cursor, "까지"))
    {
      expression->relation = ANNALS_RELATION_UNTIL;
      return;
    }

  if ((place = take_one (cursor, "부터|에서|~|∼|〜|-|–")))
    {
      behind = *cursor;
      skip_space (cursor);
      if (read_point (cursor, second) &&
          (place > 2 || take (cursor, "까지")))
        {
          if (first->has_year && !second->has_year && second->said == ANNALS_SAID_ABSOLUTE)
            {
              second->has_year = TRUE;
              second->year = first->year;
            }
          if (second->said == ANNALS_SAID_DAY_OF_MONTH && first->month)
            {
              int day = second->day;

              *second = *first;
              second->day = day;
            }
          expression->relation = ANNALS_RELATION_RANGE;
          return;
        }

      *cursor = place == 1 ? behind : start;
      if (place == 1)
        expression->relation = ANNALS_RELATION_SINCE;
      return;
    }

  if (take_one (cursor, "과|와"))
    {
      skip_space (cursor);
      if (read_point (cursor, second) && second->said == first->said && second->unit == first->unit &&
          (second->said == ANNALS_SAID_ABSOLUTE || second->said == ANNALS_SAID_WEEKDAY))
        {
          if (first->has_year && !second->has_year)
            {
              second->has_year = TRUE;
              second->year = first->year;
            }
          expression->relation = ANNALS_RELATION_AND;
          return;
        }

      *cursor = start;
      return;
    }

  skip_space (cursor);
  if ((place = take_one (cursor, "이후|이래|이전")) && first->said != ANNALS_SAID_CONTEXT)
    expression->relation = place == 3 ? ANNALS_RELATION_BEFORE : ANNALS_RELATION_SINCE;
  else
    *cursor = start;
}

/* --- tense --- */

/* The first sign behind the date: 했다, 밝혔다 are past, 예정, 계획 and -겠 are to come. */
static AnnalsTense
read_tense (const Cursor *cursor)
{
  static const char *const future = "예정|계획|방침|전망|겠|것이다|것으로 예상|하기로|할 것|될 것|추진|목표|앞두";
  const char *limit = MIN (cursor->end, cursor->p + 400);
  gunichar before = 0;
  gunichar last = 0;

  for (const char *p = cursor->p; p < limit; p = g_utf8_next_char (p))
    {
      Cursor here = { cursor->sentence, p, cursor->end };
      gunichar c = g_utf8_get_char (p);

      if (take_one (&here, future))
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
        const Cursor         *cursor,
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
      gunichar next = word->end < s->words[s->n - 1].end ? g_utf8_get_char (s->text + word->end) : 0;

      return word->n_digits <= 4 && (next >= 0x80 || next == '~' || next == '-' || next == ' ' || next == '/') &&
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
  Cursor cursor = { sentence, sentence->text + sentence->words[at].start,
                    sentence->text + sentence->words[sentence->n - 1].end };

  if (!may_begin (sentence, at))
    return 0;

  memset (expression, 0, sizeof *expression);

  if (read_short_pair (&cursor, expression))
    return finish (sentence, at, &cursor, expression);

  if (!read_point (&cursor, &expression->first))
    return 0;

  read_relation (&cursor, expression);
  return finish (sentence, at, &cursor, expression);
}
