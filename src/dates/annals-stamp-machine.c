/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-stamp-private.h"

#include "annals-calendar.h"

#include <string.h>

/* Counted seconds outside of 1990 to 2100 are some other number. */
#define MIN_UNIX G_GINT64_CONSTANT (631152000)
#define MAX_UNIX G_GINT64_CONSTANT (4102444800)

typedef struct
{
  const char *p;
} Cursor;

void
annals_stamp_fields_clear (AnnalsStampFields *fields)
{
  *fields = (AnnalsStampFields){
    .year = -1, .month = -1, .day = -1, .hour = -1, .minute = -1, .second = -1
  };
}

static gsize
count_digits (const char *p)
{
  gsize n = 0;

  while (g_ascii_isdigit (p[n]))
    n++;

  return n;
}

/* Exactly @n digits, whatever follows; -1 when there are fewer. */
static int
take_digits (Cursor *cursor,
             int     n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (cursor->p[i]))
        return -1;
      value = value * 10 + (cursor->p[i] - '0');
    }
  cursor->p += n;

  return value;
}

static gboolean
take (Cursor *cursor,
      char    character)
{
  if (*cursor->p != character)
    return FALSE;

  cursor->p++;
  return TRUE;
}

static void
skip_spaces (Cursor *cursor)
{
  while (g_ascii_isspace (*cursor->p))
    cursor->p++;
}

static void
set_days (AnnalsStampFields *fields,
          gint64             days)
{
  gint64 year;

  annals_calendar_from_days (days, &year, &fields->month, &fields->day);
  fields->year = (int) year;
}

/* The day @number of week @week; FALSE when that year has no such week. */
static gboolean
set_week (AnnalsStampFields *fields,
          int                week,
          int                number)
{
  gint64 fourth = annals_calendar_days (fields->year, 1, 4);
  gint64 monday = fourth - (fourth + 3) % 7;
  gint64 next_fourth = annals_calendar_days (fields->year + 1, 1, 4);
  gint64 next_monday = next_fourth - (next_fourth + 3) % 7;

  /* 1 January 1970 was a Thursday; % is negative before it */
  if (fourth + 3 < 0)
    monday = fourth - ((fourth + 3) % 7 + 7) % 7;
  if (next_fourth + 3 < 0)
    next_monday = next_fourth - ((next_fourth + 3) % 7 + 7) % 7;

  if (week < 1 || number > 7 || number == 0 || monday + (week - 1) * 7 >= next_monday)
    return FALSE;

  fields->is_week = number < 0;
  set_days (fields, monday + (week - 1) * 7 + MAX (number, 1) - 1);

  return TRUE;
}

static gboolean
set_ordinal (AnnalsStampFields *fields,
             int                number)
{
  gint64 first = annals_calendar_days (fields->year, 1, 1);

  if (number < 1 || first + number > annals_calendar_days (fields->year + 1, 1, 1))
    return FALSE;

  set_days (fields, first + number - 1);

  return TRUE;
}

/* "Z", "+01:00", "-0800", "+01", with spaces before it; a name is left to the reader of words. */
static gboolean
take_offset (Cursor            *cursor,
             AnnalsStampFields *fields)
{
  gboolean west;
  int hours;
  int minutes = 0;

  skip_spaces (cursor);
  if (*cursor->p == '\0')
    return TRUE;

  fields->has_offset = TRUE;
  if (take (cursor, 'Z') || take (cursor, 'z'))
    return TRUE;

  west = *cursor->p == '-';
  if (!take (cursor, '+') && !take (cursor, '-'))
    return FALSE;

  if ((hours = take_digits (cursor, 2)) < 0)
    return FALSE;
  if (take (cursor, ':') || g_ascii_isdigit (*cursor->p))
    {
      if ((minutes = take_digits (cursor, 2)) < 0)
        return FALSE;
    }

  fields->offset = (hours * 60 + minutes) * (west ? -1 : 1);

  /* Java names the region too: +02:00[Europe/Rome] */
  if (*cursor->p == '[' && cursor->p[strlen (cursor->p) - 1] == ']')
    cursor->p += strlen (cursor->p);

  return TRUE;
}

/* "14:05:00.25", "14:05", "140500", "14", and the offset behind it */
static gboolean
take_time (Cursor            *cursor,
           AnnalsStampFields *fields)
{
  gboolean extended;

  if ((fields->hour = take_digits (cursor, count_digits (cursor->p) == 1 ? 1 : 2)) < 0)
    return FALSE;
  fields->minute = 0;

  extended = *cursor->p == ':';
  if (take (cursor, ':') || g_ascii_isdigit (*cursor->p))
    {
      if ((fields->minute = take_digits (cursor, 2)) < 0)
        return FALSE;
      if (extended ? take (cursor, ':') : g_ascii_isdigit (*cursor->p))
        {
          if ((fields->second = take_digits (cursor, 2)) < 0)
            return FALSE;
        }
    }

  if ((*cursor->p == '.' || *cursor->p == ',') && g_ascii_isdigit (cursor->p[1]))
    {
      cursor->p++;
      cursor->p += count_digits (cursor->p);
    }

  return take_offset (cursor, fields) && *cursor->p == '\0';
}

/* What stands behind the year; FALSE when it has another form. @good (out): whether there is such a
 * day. */
static gboolean
take_day (Cursor            *cursor,
          AnnalsStampFields *fields,
          gboolean          *good)
{
  char sign = *cursor->p;
  gboolean dashed = sign == '-';
  gsize digits;
  int number;

  if (sign == '-' || sign == '/' || sign == '.')
    cursor->p++;

  if (*cursor->p == 'W' || *cursor->p == 'w')
    {
      cursor->p++;
      if ((number = take_digits (cursor, 2)) < 0)
        return FALSE;
      take (cursor, '-');
      *good = set_week (fields, number, take_digits (cursor, 1));
      return TRUE;
    }

  digits = count_digits (cursor->p);
  if (digits == 3 && dashed)
    {
      *good = set_ordinal (fields, take_digits (cursor, 3));
      return TRUE;
    }

  if (digits < 1 || digits > 2)
    return FALSE;

  fields->month = take_digits (cursor, (int) digits);
  if (*cursor->p == '\0')
    return digits == 2 && sign != '.';
  if (!take (cursor, sign) || (digits = count_digits (cursor->p)) < 1 || digits > 2)
    return FALSE;
  fields->day = take_digits (cursor, (int) digits);

  return TRUE;
}

/* "20200331", "2020091", "20200331T140500Z", "20200331140500" */
static gboolean
take_compact (Cursor            *cursor,
              AnnalsStampFields *fields,
              gboolean          *good)
{
  gsize digits = count_digits (cursor->p);

  if (digits != 7 && digits != 8 && digits != 12 && digits != 14)
    return FALSE;

  fields->year = take_digits (cursor, 4);
  if (digits == 7)
    {
      *good = set_ordinal (fields, take_digits (cursor, 3));
      return TRUE;
    }

  fields->month = take_digits (cursor, 2);
  fields->day = take_digits (cursor, 2);

  return TRUE;
}

/* Seconds or thousandths of them since 1970 */
static AnnalsStampMatch
match_unix (const char *string,
            gint64     *unix_seconds)
{
  gsize digits;
  gint64 value;

  if (g_str_has_prefix (string, "/Date("))
    string += strlen ("/Date(");

  digits = count_digits (string);
  if (digits == 0 || digits > 13)
    return ANNALS_STAMP_NO_MATCH;

  value = g_ascii_strtoll (string, NULL, 10);
  string += digits;
  if (*string == '.')
    string += 1 + count_digits (string + 1);
  if (*string != '\0' && !g_str_has_prefix (string, ")/"))
    return ANNALS_STAMP_NO_MATCH;

  if (value == 0)
    return ANNALS_STAMP_NO_DATE;
  if (digits >= 12 && value / 1000 >= MIN_UNIX && value / 1000 < MAX_UNIX)
    value /= 1000;
  else if (digits > 10 || value < MIN_UNIX || value >= MAX_UNIX)
    return ANNALS_STAMP_NO_MATCH;

  *unix_seconds = value;

  return ANNALS_STAMP_MATCH;
}

AnnalsStampMatch
annals_stamp_match_machine (const char        *string,
                            AnnalsStampFields *fields,
                            gint64            *unix_seconds,
                            gboolean          *is_unix)
{
  Cursor cursor = { string };
  AnnalsStampMatch match = match_unix (string, unix_seconds);
  gboolean good = TRUE;
  gsize digits;

  annals_stamp_fields_clear (fields);
  *is_unix = match == ANNALS_STAMP_MATCH;
  if (match != ANNALS_STAMP_NO_MATCH)
    return match;

  /* a year before 1, or one of five digits, which no post has */
  digits = count_digits (string + (*string == '-' || *string == '+'));
  if ((*string == '-' || *string == '+') && digits >= 4 && digits <= 6 && string[digits + 1] == '-')
    return ANNALS_STAMP_NO_DATE;
  if (digits >= 5 && digits <= 6 && string[digits] == '-')
    return ANNALS_STAMP_NO_DATE;

  if (digits == 4)
    {
      fields->year = take_digits (&cursor, 4);
      if (*cursor.p != '\0' && !take_day (&cursor, fields, &good))
        return ANNALS_STAMP_NO_MATCH;
    }
  else if (!take_compact (&cursor, fields, &good))
    {
      return ANNALS_STAMP_NO_MATCH;
    }

  if (*cursor.p != '\0')
    {
      if (fields->day < 0 || fields->is_week)
        return good ? ANNALS_STAMP_NO_MATCH : ANNALS_STAMP_NO_DATE;

      if (*cursor.p == 'T' || *cursor.p == 't' || *cursor.p == '_')
        cursor.p++;
      skip_spaces (&cursor);
      if (!take_time (&cursor, fields))
        return ANNALS_STAMP_NO_MATCH;
    }

  return good ? ANNALS_STAMP_MATCH : ANNALS_STAMP_NO_DATE;
}
