/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-stamp.h"

#include "annals-calendar.h"
#include "annals-limits.h"
#include "annals-stamp-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Minutes from UTC that a date may name */
#define MIN_OFFSET (-12 * 60)
#define MAX_OFFSET (14 * 60)
/* Characters of a date that an issue repeats, and where a longer one is cut */
#define MAX_EXCERPT 80
#define CUT_EXCERPT 70

static gboolean
is_missing (const char *string,
            gsize       length)
{
  static const char *const nothing[] = { "-", "null", "none", "nil", "n/a", "undated", "false" };

  if (length == 0)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    if (strlen (nothing[i]) == length && g_ascii_strncasecmp (string, nothing[i], length) == 0)
      return TRUE;

  return FALSE;
}

/* Whether there is such a moment in the years that a post can have; 24:00 becomes the next day's
 * 00:00. */
static gboolean
check_fields (AnnalsStampFields *fields)
{
  if (fields->year < 1000 || fields->year > 9999)
    return FALSE;
  if (fields->month >= 0 && (fields->month < 1 || fields->month > 12))
    return FALSE;
  if (fields->day >= 0 &&
      (fields->day < 1 || fields->day > annals_calendar_month_length (fields->year, fields->month)))
    return FALSE;

  if (fields->hour == 24 && fields->minute <= 0 && fields->second <= 0)
    {
      gint64 days = annals_calendar_days (fields->year, fields->month, fields->day) + 1;
      gint64 year;

      annals_calendar_from_days (days, &year, &fields->month, &fields->day);
      fields->year = (int) year;
      fields->hour = 0;
    }

  return fields->hour < 24 && fields->minute < 60 && fields->second <= 60 &&
         fields->offset >= MIN_OFFSET && fields->offset <= MAX_OFFSET && fields->year <= 9999;
}

/* The offset that @zone has at that local time, in minutes */
static int
find_offset (const AnnalsStampFields *fields,
             GTimeZone               *zone)
{
  g_autoptr(GDateTime) local = NULL;

  if (zone == NULL)
    return 0;

  local = g_date_time_new (zone, fields->year, fields->month, fields->day, fields->hour,
                           fields->minute, MIN (MAX (fields->second, 0), 59));

  /* before railways a place's time differs by seconds too */
  return local ? (int) (g_date_time_get_utc_offset (local) / G_TIME_SPAN_MINUTE) : 0;
}

/* The clock's zero: what software writes when it knows no date */
static gboolean
is_epoch (const AnnalsStampFields *fields)
{
  gint64 days;
  gint64 minutes;

  if (fields->day < 0)
    return FALSE;

  days = annals_calendar_days (fields->year, fields->month, fields->day);
  if (fields->hour < 0)
    return days == 0;

  minutes = days * 24 * 60 + fields->hour * 60 + fields->minute;

  return fields->second <= 0 && (minutes == 0 || minutes - fields->offset == 0);
}

static char *
dup_edtf (const AnnalsStampFields *fields)
{
  char second[4] = "";
  char zone[8] = "Z";

  if (fields->month < 0)
    return g_strdup_printf ("%04d", fields->year);
  if (fields->day < 0)
    return g_strdup_printf ("%04d-%02d", fields->year, fields->month);

  if (fields->is_week)
    {
      gint64 last = annals_calendar_days (fields->year, fields->month, fields->day) + 6;
      gint64 year;
      int month;
      int day;

      annals_calendar_from_days (last, &year, &month, &day);
      return g_strdup_printf ("[%04d-%02d-%02d..%04d-%02d-%02d]", fields->year, fields->month,
                              fields->day, (int) year, month, day);
    }

  if (fields->swapped)
    return g_strdup_printf ("[%04d-%02d-%02d,%04d-%02d-%02d]", fields->year,
                            MIN (fields->month, fields->day), MAX (fields->month, fields->day),
                            fields->year, MAX (fields->month, fields->day),
                            MIN (fields->month, fields->day));

  if (fields->hour < 0)
    return g_strdup_printf ("%04d-%02d-%02d", fields->year, fields->month, fields->day);

  if (fields->second >= 0)
    g_snprintf (second, sizeof second, ":%02d", MIN (fields->second, 59));
  if (fields->offset != 0)
    g_snprintf (zone, sizeof zone, "%c%02d:%02d", fields->offset < 0 ? '-' : '+',
                ABS (fields->offset) / 60 % 100, ABS (fields->offset) % 60);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d%s%s", fields->year, fields->month, fields->day,
                          fields->hour, fields->minute, second, zone);
}

static AnnalsDate *
make_date (AnnalsStampFields *fields,
           GTimeZone         *zone,
           AnnalsStampDoubt  *doubt)
{
  g_autofree char *edtf = NULL;

  *doubt = ANNALS_STAMP_IMPOSSIBLE;
  if (!check_fields (fields))
    return NULL;

  if (fields->hour >= 0 && !fields->has_offset)
    fields->offset = find_offset (fields, zone);
  if (is_epoch (fields))
    return NULL;

  *doubt = fields->swapped ? ANNALS_STAMP_AMBIGUOUS : ANNALS_STAMP_CLEAR;
  edtf = dup_edtf (fields);

  return annals_date_parse (edtf, NULL);
}

static AnnalsDate *
parse (const char       *string,
       gsize             length,
       const char       *language,
       GTimeZone        *zone,
       AnnalsStampDoubt *doubt)
{
  char trimmed[ANNALS_LIMIT_DATE_STAMP + 1];
  AnnalsStampFields fields;
  AnnalsStampMatch match;
  gboolean is_unix;
  gint64 unix_seconds;

  *doubt = ANNALS_STAMP_UNREADABLE;
  if (length > ANNALS_LIMIT_DATE_STAMP)
    return NULL;

  memcpy (trimmed, string, length);
  trimmed[length] = '\0';

  match = annals_stamp_match_machine (trimmed, &fields, &unix_seconds, &is_unix);
  if (match == ANNALS_STAMP_MATCH && is_unix)
    {
      *doubt = ANNALS_STAMP_CLEAR;
      return annals_date_new_from_unix (unix_seconds);
    }

  if (match == ANNALS_STAMP_NO_MATCH)
    {
      if (!g_utf8_validate_len (trimmed, length, NULL))
        return NULL;
      match = annals_stamp_match_words (trimmed, length, language, &fields, NULL);
    }

  if (match == ANNALS_STAMP_NO_DATE)
    *doubt = ANNALS_STAMP_IMPOSSIBLE;

  return match == ANNALS_STAMP_MATCH ? make_date (&fields, zone, doubt) : NULL;
}

/**
 * annals_stamp_parse:
 * @string: (nullable): any bytes
 * @language: (nullable): BCP 47, of the page or feed that says it
 * @zone: (nullable): the zone of a time that names none; %NULL is UTC
 * @doubt: (out) (optional): what is wrong
 *
 * The header says what is read. The weekday is not compared with the day. A fraction of a second is
 * left out, and a leap second is the second before it. A language that writes the day first, or one
 * that writes the month first, decides “3/4/2020”; English alone does not.
 *
 * Returns: (transfer full) (nullable): the date, as precise as it is said
 */
AnnalsDate *
annals_stamp_parse (const char       *string,
                    const char       *language,
                    GTimeZone        *zone,
                    AnnalsStampDoubt *doubt)
{
  AnnalsStampDoubt found = ANNALS_STAMP_MISSING;
  AnnalsDate *date = NULL;
  gsize length;

  if (string != NULL)
    {
      while (g_ascii_isspace (*string))
        string++;
      length = strlen (string);
      while (length > 0 && g_ascii_isspace (string[length - 1]))
        length--;

      if (!is_missing (string, length))
        date = parse (string, length, language, zone, &found);
    }

  if (doubt)
    *doubt = found;

  return date;
}

/**
 * annals_stamp_parse_prefix:
 * @string: valid UTF-8
 * @length: in bytes, or -1
 * @language: (nullable): as for annals_stamp_parse()
 * @zone: (nullable): as for annals_stamp_parse()
 * @used: (out): the bytes of @string that are the date; 0 without one
 * @doubt: (out) (optional): what is wrong; %ANNALS_STAMP_UNREADABLE when no date stands there
 *
 * Returns: (transfer full) (nullable): the date
 */
AnnalsDate *
annals_stamp_parse_prefix (const char       *string,
                           gssize            length,
                           const char       *language,
                           GTimeZone        *zone,
                           gsize            *used,
                           AnnalsStampDoubt *doubt)
{
  AnnalsStampDoubt found = ANNALS_STAMP_UNREADABLE;
  AnnalsStampFields fields;
  AnnalsDate *date = NULL;
  gsize n = length < 0 ? strlen (string) : (gsize) length;
  gboolean cut = n > ANNALS_LIMIT_DATE_STAMP;

  g_return_val_if_fail (string != NULL && used != NULL, NULL);

  if (cut)
    n = (gsize) (g_utf8_find_prev_char (string, string + ANNALS_LIMIT_DATE_STAMP + 1) - string);

  *used = 0;
  if (annals_stamp_match_words (string, n, language, &fields, used) == ANNALS_STAMP_MATCH)
    date = make_date (&fields, zone, &found);
  if (date == NULL)
    *used = 0;
  if (doubt)
    *doubt = found;

  return date;
}

/**
 * annals_stamp_dup_reason:
 * @doubt: what annals_stamp_parse() found
 * @string: (nullable): what it was given
 *
 * Returns: (transfer full) (nullable): one sentence; %NULL when nothing is wrong
 */
char *
annals_stamp_dup_reason (AnnalsStampDoubt  doubt,
                         const char       *string)
{
  g_autofree char *valid =
      g_utf8_make_valid (string ? string : "", string ? (gssize) MIN (strlen (string), 400) : 0);

  g_strstrip (valid);
  if (g_utf8_strlen (valid, -1) > MAX_EXCERPT)
    strcpy (g_utf8_offset_to_pointer (valid, CUT_EXCERPT), "…");

  switch (doubt)
    {
    case ANNALS_STAMP_CLEAR:
      return NULL;

    case ANNALS_STAMP_MISSING:
      return g_strdup (_("No date is given"));

    case ANNALS_STAMP_UNREADABLE:
      return g_strdup_printf (_("“%s” is not understood as a date"), valid);

    case ANNALS_STAMP_IMPOSSIBLE:
      return g_strdup_printf (_("“%s” cannot be the date of a post"), valid);

    case ANNALS_STAMP_AMBIGUOUS:
      return g_strdup_printf (_("“%s” can mean two different days"), valid);
    }

  g_return_val_if_reached (NULL);
}
