/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-korean-private.h"

/* One date in Korean. */

/* 주체109(2020)년 */
static gboolean
read_juche (AnnalsKorean *cursor,
            AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  AnnalsKorean bracket;
  int year;

  if (!annals_korean_take (cursor, "주체"))
    return FALSE;

  annals_korean_skip_space (cursor);
  if ((year = annals_korean_take_number (cursor, 3)))
    {
      bracket = *cursor;
      if (!annals_korean_take (cursor, "(") || !annals_korean_take_number (cursor, 4) ||
          !annals_korean_take (cursor, ")"))
        *cursor = bracket;

      if (annals_korean_take (cursor, "년"))
        {
          annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.9);
          point->has_year = TRUE;
          point->year = year + 1911;
          annals_korean_take_parts (cursor, point);
          return TRUE;
        }
    }

  *cursor = start;
  return FALSE;
}

/* 2016년 3월 9일, 1990년대, 19세기 */
static gboolean
read_year (AnnalsKorean *cursor,
           AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  int year = annals_korean_take_number (cursor, 4);

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.9);
  point->has_year = TRUE;
  point->year = year;

  if (year >= 1000 && year < 2200 && cursor->p - start.p == 4)
    {
      if (annals_korean_take_one (cursor, "년대|年代"))
        {
          point->unit = year % 100 ? ANNALS_UNIT_DECADE : ANNALS_UNIT_CENTURY;
          point->third = annals_korean_take_third (cursor);
          return TRUE;
        }

      annals_korean_skip_space (cursor);
      if (annals_korean_take_one (cursor, "년|年") && !annals_korean_looks_at (cursor, "간") &&
          !annals_korean_looks_at (cursor, "산"))
        {
          annals_korean_take_parts (cursor, point);
          return TRUE;
        }
    }
  else if (year >= 1 && year <= 21 && annals_korean_take_one (cursor, "세기|世紀|世纪"))
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
read_month_or_day (AnnalsKorean *cursor,
                   AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  AnnalsKorean ahead = *cursor;
  int day;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_MONTH, 0.8);
  annals_korean_take_parts (cursor, point);
  if (point->month)
    {
      if (point->day)
        point->confidence = 0.9;
      return TRUE;
    }

  /* in Chinese and Japanese a day without its month is not told from a number of days */
  *cursor = start;
  if (annals_korean_take_counted (&ahead, 2, "일") && (day = annals_korean_take_day (cursor)) &&
      annals_korean_ends_word (cursor))
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
read_year_shift (AnnalsKorean *cursor,
                 AnnalsPoint  *point)
{
  static const int shifts[] = { -2, -2, -1, -1, 0, 0, 2, 1, 0 };
  AnnalsKorean start = *cursor;
  int place = annals_korean_take_one (cursor, "재작년|지지난해|작년|지난해|올해|금년|내후년|내년|올");

  if (place == 0)
    return FALSE;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.85);
  point->has_shift = TRUE;
  point->shift = shifts[place - 1];
  annals_korean_take_parts (cursor, point);

  /* 올 alone begins many words; 작년도, 올해의 are years */
  if ((place == 9 && !point->month && !point->season) || !annals_korean_ends_word (cursor))
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
read_day_word (AnnalsKorean *cursor,
               AnnalsPoint  *point)
{
  static const int days[] = { -2, -2, -2, -1, -1, 0, 0, 1, 2 };
  AnnalsKorean start = *cursor;
  int place = annals_korean_take_one (cursor, "그저께|엊그제|그제|어젯밤|어제|오늘|금일|내일|모레");

  if (place == 0 || annals_korean_looks_at (cursor, "날") || !annals_korean_ends_word (cursor))
    {
      *cursor = start;
      return FALSE;
    }

  annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_DAY, 0.85);
  point->count = days[place - 1];
  return TRUE;
}

/* 지난주 화요일, 이번 주 초 */
static gboolean
read_week (AnnalsKorean *cursor,
           int           count,
           AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  int weekday;

  if (!annals_korean_take (cursor, "주") ||
      !(annals_korean_ends_word (cursor) || annals_korean_looks_at (cursor, "초") ||
        annals_korean_looks_at (cursor, "말")))
    {
      *cursor = start;
      return FALSE;
    }

  if ((weekday = annals_korean_take_weekday (cursor)))
    {
      annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.9);
      point->has_shift = TRUE;
      point->shift = count;
      point->weekday = weekday;
      return TRUE;
    }

  annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_WEEK, 0.85);
  point->count = count;
  point->third = annals_korean_take_third (cursor);
  return TRUE;
}

/* What follows the name of a month that is counted from the post's: a day, a third, nothing */
static void
take_in_month (AnnalsKorean *cursor,
               int           shift,
               AnnalsPoint  *point)
{
  int day = annals_korean_take_day (cursor);

  if (day)
    {
      annals_point_init (point, ANNALS_SAID_DAY_OF_MONTH, ANNALS_UNIT_DAY, 0.9);
      point->has_shift = TRUE;
      point->shift = shift;
      point->day = day;
      return;
    }

  annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_MONTH, 0.85);
  point->count = shift;
  point->third = annals_korean_take_third (cursor);
}

/* 지난 주말, 다음 달 3일 */
static gboolean
read_which_unit (AnnalsKorean *cursor,
                 int           count,
                 gboolean      coming,
                 AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;

  if (annals_korean_take (cursor, "주말"))
    {
      annals_point_init (point, ANNALS_SAID_SHIFT, ANNALS_UNIT_WEEKEND, 0.85);
      point->count = coming ? 0 : count;
      return TRUE;
    }

  if (read_week (cursor, count, point))
    return TRUE;

  if (annals_korean_take (cursor, "달") && annals_korean_ends_word (cursor))
    {
      take_in_month (cursor, count, point);
      return TRUE;
    }

  *cursor = start;
  return FALSE;
}

/* 지난 화요일, 지난 2018년, 지난 봄, 지난 11월, 오는 20일 */
static gboolean
read_which_date (AnnalsKorean *cursor,
                 AnnalsWhich   which,
                 AnnalsPoint  *point)
{
  int weekday = annals_korean_take_weekday (cursor);

  if (weekday)
    {
      annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.85);
      point->weekday = weekday;
      point->which = which;
      return TRUE;
    }

  if (read_year (cursor, point))
    return TRUE;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.75);
  if (annals_korean_take_season (cursor, point) ||
      (which != ANNALS_WHICH_THIS && read_month_or_day (cursor, point) &&
       annals_korean_ends_word (cursor)))
    {
      point->which = which;
      return TRUE;
    }

  return FALSE;
}

/* 지난, 이번, 다음, 오는 and what they are said of */
static gboolean
read_which (AnnalsKorean *cursor,
            AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  gboolean coming = annals_korean_looks_at (cursor, "오는");
  AnnalsWhich which = annals_korean_take_one (cursor, "지난|저번")   ? ANNALS_WHICH_LAST
                      : annals_korean_take (cursor, "이번")          ? ANNALS_WHICH_THIS
                      : annals_korean_take_one (cursor, "다음|오는") ? ANNALS_WHICH_NEXT
                                                       : ANNALS_WHICH_TENSE;
  int count = which == ANNALS_WHICH_LAST ? -1 : which == ANNALS_WHICH_NEXT ? 1 : 0;

  if (which == ANNALS_WHICH_TENSE)
    return FALSE;

  annals_korean_skip_space (cursor);
  if (read_which_unit (cursor, count, coming, point) || read_which_date (cursor, which, point))
    return TRUE;

  *cursor = start;
  return FALSE;
}

/* 이달, 내달 3일, 내주, 주말 */
static gboolean
read_unit_word (AnnalsKorean *cursor,
                AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  int place = annals_korean_take_one (cursor, "이달|내달|내주|주말");

  if (place == 0)
    return FALSE;

  if (place <= 2)
    {
      take_in_month (cursor, place == 2 ? 1 : 0, point);
    }
  else
    {
      annals_point_init (point, ANNALS_SAID_SHIFT,
                         place == 3 ? ANNALS_UNIT_WEEK : ANNALS_UNIT_WEEKEND,
                         place == 4 ? 0.65 : 0.85);
      point->count = place == 3 ? 1 : 0;
    }

  if (annals_korean_ends_word (cursor))
    return TRUE;

  *cursor = start;
  return FALSE;
}

/* How many of what: 2주, 석 달, 사흘, 몇 년; *count -1: some */
static gboolean
take_amount (AnnalsKorean *cursor,
             int          *count,
             AnnalsUnit   *unit)
{
  static const int days[] = { 1, 2, 3, 4, 5, 10, 15 };
  static const int counts[] = { 1, 2, 3, 3, 4, 4, 5, 6, -1, -1 };
  static const AnnalsUnit units[] = { ANNALS_UNIT_WEEK, ANNALS_UNIT_DAY, ANNALS_UNIT_WEEK,
                                      ANNALS_UNIT_MONTH, ANNALS_UNIT_MONTH, ANNALS_UNIT_YEAR,
                                      ANNALS_UNIT_YEAR, ANNALS_UNIT_HOUR };
  int place;

  if ((place = annals_korean_take_one (cursor, "하루|이틀|사흘|나흘|닷새|열흘|보름")))
    {
      *count = days[place - 1];
      *unit = ANNALS_UNIT_DAY;
      return TRUE;
    }

  if (annals_korean_take (cursor, "일주일"))
    {
      *count = 1;
      *unit = ANNALS_UNIT_WEEK;
      return TRUE;
    }

  if ((place = annals_korean_take_one (cursor, "한|두|세|석|네|넉|다섯|여섯|몇|수")))
    *count = counts[place - 1];
  else if (!(*count = annals_korean_take_number (cursor, 3)))
    return FALSE;

  annals_korean_skip_space (cursor);
  if (!(place = annals_korean_take_one (cursor, "주일|일|주|개월|달|년|해|시간")))
    return FALSE;

  *unit = units[place - 1];
  return TRUE;
}

/* 2주 전, 최근 5년간, 사흘 뒤 */
static gboolean
read_distance (AnnalsKorean *cursor,
               AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  gboolean recent = annals_korean_take_one (cursor, "최근|지난") > 0;
  AnnalsUnit unit;
  int count;
  int place;

  annals_korean_skip_space (cursor);
  if (take_amount (cursor, &count, &unit))
    {
      annals_korean_skip_space (cursor);
      if (recent && annals_korean_take_one (cursor, "간|동안"))
        {
          annals_point_init (point, ANNALS_SAID_PAST, unit, count < 0 ? 0.35 : 0.6);
          point->count = count < 0 ? 4 : count;
          point->approximate = TRUE;
          return TRUE;
        }

      if (!recent && (place = annals_korean_take_one (cursor, "전|뒤|후")) &&
          annals_korean_ends_word (cursor))
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
read_context (AnnalsKorean *cursor,
              AnnalsPoint  *point)
{
  static const int counts[] = { 1, 1, 1, 0, 0, 0, -1, 0, 0, 1 };
  AnnalsKorean start = *cursor;
  int place = annals_korean_take_one (cursor, "이튿날|다음 날|다음날|이날|당일|같은 날|전날|그해|같은 해|이듬해");

  if (place == 0 || !annals_korean_ends_word (cursor))
    {
      *cursor = start;
      return FALSE;
    }

  /* 이듬해 3월 */
  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_YEAR, 0.55);
  if (place > 7)
    {
      annals_korean_take_parts (cursor, point);
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
read_weekday (AnnalsKorean *cursor,
              AnnalsPoint  *point)
{
  int weekday = annals_korean_take_weekday (cursor);

  if (!weekday || annals_korean_looks_at (cursor, "마다"))
    return FALSE;

  annals_point_init (point, ANNALS_SAID_WEEKDAY, ANNALS_UNIT_DAY, 0.8);
  point->weekday = weekday;
  return TRUE;
}

static gboolean
read_quarter (AnnalsKorean *cursor,
              AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;

  annals_point_init (point, ANNALS_SAID_ABSOLUTE, ANNALS_UNIT_SEASON, 0.55);
  if (annals_korean_take_season (cursor, point) && point->season > 24)
    return TRUE;

  *cursor = start;
  return FALSE;
}

gboolean
annals_korean_read_point (AnnalsKorean *cursor,
                          AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;

  if (read_day_word (cursor, point) || read_context (cursor, point) ||
      read_distance (cursor, point) || read_which (cursor, point) ||
      read_unit_word (cursor, point) || read_year_shift (cursor, point) ||
      read_juche (cursor, point) || read_year (cursor, point) ||
      read_month_or_day (cursor, point) ||
      read_weekday (cursor, point) || read_quarter (cursor, point))
    {
      AnnalsKorean about = *cursor;

      if (annals_korean_take_one (cursor, "경|쯤|께"))
        point->approximate = TRUE;
      else
        *cursor = about;
      return TRUE;
    }

  *cursor = start;
  return FALSE;
}
