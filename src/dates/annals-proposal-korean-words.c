/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-korean-private.h"

#include <string.h>

/* The pieces of Korean dates. */

void
annals_korean_skip_space (AnnalsKorean *cursor)
{
  while (cursor->p < cursor->end && *cursor->p == ' ')
    cursor->p++;
}

gboolean
annals_korean_looks_at (const AnnalsKorean *cursor,
                        const char         *word)
{
  gsize length = strlen (word);

  return (gsize) (cursor->end - cursor->p) >= length && memcmp (cursor->p, word, length) == 0;
}

gboolean
annals_korean_take (AnnalsKorean *cursor,
                    const char   *word)
{
  if (!annals_korean_looks_at (cursor, word))
    return FALSE;

  cursor->p += strlen (word);
  return TRUE;
}

/* One of the words, which are separated by "|"; its place from 1, or 0 */
int
annals_korean_take_one (AnnalsKorean *cursor,
                        const char   *words)
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

int
annals_korean_take_number (AnnalsKorean *cursor,
                           int           max_digits)
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
int
annals_korean_take_counted (AnnalsKorean *cursor,
                            int           max_digits,
                            const char   *units)
{
  AnnalsKorean start = *cursor;
  int number = annals_korean_take_number (cursor, max_digits);

  if (number > 0 && annals_korean_take_one (cursor, units))
    return number;

  *cursor = start;
  return 0;
}

static gboolean
at_hangul (const AnnalsKorean *cursor)
{
  gunichar c = cursor->p < cursor->end ? g_utf8_get_char (cursor->p) : 0;

  return c >= 0xac00 && c <= 0xd7a3;
}

/* A word of its own, or with a particle behind it, not the beginning of another word */
gboolean
annals_korean_ends_word (const AnnalsKorean *cursor)
{
  AnnalsKorean rest = *cursor;

  return !at_hangul (cursor) ||
         annals_korean_take_one (&rest, "에|의|부터|까지|은|는|이|가|을|를|과|와|도|만|인|로|쯤|경|께|보다|이후|오전|오후|밤|저녁|"
                          "새벽|아침|낮|중|당시|들어|한|두|세");
}

AnnalsThird
annals_korean_take_third (AnnalsKorean *cursor)
{
  AnnalsKorean start = *cursor;
  int place;

  annals_korean_skip_space (cursor);
  place = annals_korean_take_one (cursor, "초순|초반|초|중순|중반|하순|후반|말");
  if (place && annals_korean_ends_word (cursor))
    return place <= 3 ? ANNALS_THIRD_EARLY : place <= 5 ? ANNALS_THIRD_MIDDLE : ANNALS_THIRD_LATE;

  *cursor = start;
  return ANNALS_THIRD_NONE;
}

int
annals_korean_take_weekday (AnnalsKorean *cursor)
{
  AnnalsKorean start = *cursor;
  int day;

  annals_korean_skip_space (cursor);
  if (!(day = annals_korean_take_one (cursor, "월요일|화요일|수요일|목요일|금요일|토요일|일요일")))
    *cursor = start;

  return day;
}

/* A day is one, not what lasts, is counted or is paid: 17일간, 17일째, 10일 만에 */
static gboolean
is_duration (const AnnalsKorean *cursor)
{
  AnnalsKorean rest = *cursor;

  annals_korean_skip_space (&rest);
  if (annals_korean_take_counted (&rest, 2, "회|번|차례|잔|시간"))
    return TRUE;

  return annals_korean_take_one (&rest, "간|째|동안|만에|치|분|이상|이내|정도|이하|전|후|뒤|차|짜리|내|씩") != 0;
}

/* 9일(월); the bracket is part of it */
int
annals_korean_take_day (AnnalsKorean *cursor)
{
  AnnalsKorean start = *cursor;
  int day;

  annals_korean_skip_space (cursor);
  day = annals_korean_take_counted (cursor, 2, "일|日|号|號");
  if (day < 1 || day > 31 || is_duration (cursor))
    {
      *cursor = start;
      return 0;
    }

  start = *cursor;
  if (!annals_korean_take (cursor, "(") ||
      !annals_korean_take_one (cursor, "월|화|수|목|금|토|일|月|火|水|木|金|土|日") ||
      !annals_korean_take (cursor, ")"))
    *cursor = start;

  return day;
}

gboolean
annals_korean_take_season (AnnalsKorean *cursor,
                           AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;
  int place;
  int quarter;

  annals_korean_skip_space (cursor);
  if ((place = annals_korean_take_one (cursor, "봄|여름|가을|겨울")))
    point->season = 20 + place;
  else if ((place = annals_korean_take_one (cursor, "상반기|上半年|하반기|下半年")))
    point->season = place <= 2 ? 40 : 41;
  else if ((quarter = annals_korean_take_counted (cursor, 1, "분기|/4분기|季度")) && quarter <= 4)
    point->season = 32 + quarter;

  if (!point->season || (place && point->season <= 24 && !annals_korean_ends_word (cursor)))
    {
      point->season = 0;
      *cursor = start;
      return FALSE;
    }

  point->unit = ANNALS_UNIT_SEASON;
  return TRUE;
}

/* What follows a year: a month and its day, a season, a third */
void
annals_korean_take_parts (AnnalsKorean *cursor,
                          AnnalsPoint  *point)
{
  AnnalsKorean start = *cursor;

  annals_korean_take (cursor, "의");
  annals_korean_skip_space (cursor);
  point->month = annals_korean_take_counted (cursor, 2, "월|月");
  if (point->month < 1 || point->month > 12)
    {
      *cursor = start;
      point->month = 0;
      if (!annals_korean_take_season (cursor, point))
        point->third = annals_korean_take_third (cursor);
      return;
    }

  point->unit = ANNALS_UNIT_MONTH;
  if ((point->day = annals_korean_take_day (cursor)))
    point->unit = ANNALS_UNIT_DAY;
  else
    point->third = annals_korean_take_third (cursor);
}
