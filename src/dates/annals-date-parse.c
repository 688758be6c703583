/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"
#include "annals-limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *p;
  const char *end;
} Cursor;

static gboolean
refuse (char      **reason,
        const char *why)
{
  *reason = g_strdup (why);
  return FALSE;
}

static char
peek (const Cursor *cursor)
{
  return cursor->p < cursor->end ? *cursor->p : '\0';
}

static gboolean
take (Cursor *cursor,
      char    c)
{
  if (cursor->p == cursor->end || *cursor->p != c)
    return FALSE;

  cursor->p++;
  return TRUE;
}

static AnnalsQualifier
take_qualifier (Cursor *cursor)
{
  if (take (cursor, '~'))
    return ANNALS_QUALIFIER_APPROXIMATE;
  if (take (cursor, '?'))
    return ANNALS_QUALIFIER_UNCERTAIN;
  if (take (cursor, '%'))
    return ANNALS_QUALIFIER_APPROXIMATE | ANNALS_QUALIFIER_UNCERTAIN;

  return 0;
}

/* Up to @max digits; the number of those taken */
static int
take_number (Cursor *cursor,
             int     max,
             gint64 *number)
{
  int count = 0;

  *number = 0;
  while (count < max && g_ascii_isdigit (peek (cursor)))
    {
      *number = *number * 10 + (*cursor->p++ - '0');
      count++;
    }

  return count;
}

static gboolean
take_two (Cursor *cursor,
          int    *number)
{
  gint64 value;
  gboolean two = take_number (cursor, 2, &value) == 2;

  *number = value;
  return two;
}

/* Digits and X into @out, which holds @max and a NUL */
static int
take_mask (Cursor *cursor,
           int     max,
           char   *out)
{
  int count = 0;

  while (count < max && (g_ascii_isdigit (peek (cursor)) || peek (cursor) == 'X'))
    out[count++] = *cursor->p++;
  out[count] = '\0';

  return count;
}

static void
qualify_to (AnnalsDateValue *value,
            AnnalsPart       last,
            AnnalsQualifier  qualifier)
{
  for (int i = ANNALS_PART_YEAR; i <= (int) last; i++)
    value->qualifiers[i] |= qualifier;
}

static gboolean
parse_significant (Cursor          *cursor,
                   AnnalsDateValue *value,
                   char           **reason)
{
  gint64 digits;

  if (!take (cursor, 'S'))
    return TRUE;

  if (!take_number (cursor, 2, &digits) || digits == 0)
    return refuse (reason, _("behind “S” there must be the number of significant digits"));

  value->significant = digits;
  return TRUE;
}

/* Y170000002, Y-17E7, Y17101000S3 */
static gboolean
parse_long_year (Cursor          *cursor,
                 AnnalsDateValue *value,
                 char           **reason)
{
  gint64 exponent;
  int digits;
  gboolean zero;

  value->is_long = TRUE;
  value->negative = take (cursor, '-');
  zero = peek (cursor) == '0';
  digits = take_number (cursor, 18, &value->number);

  if (digits == 0)
    return refuse (reason, _("behind “Y” there must be a year"));
  if (zero)
    return refuse (reason, _("a year behind “Y” does not begin with 0"));
  if (g_ascii_isdigit (peek (cursor)))
    return refuse (reason, _("the year is too far away to be counted"));

  if (take (cursor, 'E'))
    {
      if (!take_number (cursor, 3, &exponent) || exponent == 0)
        return refuse (reason, _("behind “E” there must be the number of zeros"));
      value->exponent = exponent;
    }
  else if (digits < 5)
    {
      return refuse (reason, _("a year of four digits is written without “Y”"));
    }

  if (!parse_significant (cursor, value, reason))
    return FALSE;

  qualify_to (value, ANNALS_PART_YEAR, take_qualifier (cursor));
  return TRUE;
}

static gboolean
parse_year (Cursor          *cursor,
            AnnalsDateValue *value,
            char           **reason)
{
  AnnalsQualifier left = take_qualifier (cursor);
  int count;

  value->qualifiers[ANNALS_PART_YEAR] |= left;
  value->negative = take (cursor, '-');
  count = take_mask (cursor, 4, value->year);

  if (count < 2)
    return refuse (reason, _("a date begins with a year of four digits, such as 2020"));

  if (g_ascii_isdigit (peek (cursor)) || peek (cursor) == 'X')
    return refuse (reason, _("a year has four digits; a longer one begins with “Y”"));

  if (count < 4 && strchr (value->year, 'X'))
    return refuse (reason, _("a year has four digits"));

  if (value->negative && strspn (value->year, "0") == (gsize) count)
    return refuse (reason, _("year 0 has no sign"));

  /* 193 and 19 are ISO 8601's decade and century, and the same as 193X and 19XX */
  while (count < 4)
    value->year[count++] = 'X';
  value->year[4] = '\0';

  if (!strchr (value->year, 'X') && !parse_significant (cursor, value, reason))
    return FALSE;

  qualify_to (value, ANNALS_PART_YEAR, take_qualifier (cursor));
  return TRUE;
}

static gboolean
parse_month (Cursor          *cursor,
             AnnalsDateValue *value,
             char           **reason)
{
  AnnalsQualifier left = take_qualifier (cursor);
  int number;

  value->qualifiers[ANNALS_PART_MONTH] |= left;

  if (value->significant)
    return refuse (reason, _("a year with significant digits has no month"));

  if (take_mask (cursor, 2, value->month) != 2)
    return refuse (reason, _("a month has two digits"));

  if (!strchr (value->month, 'X'))
    {
      number = g_ascii_strtoull (value->month, NULL, 10);

      if (number >= 21 && number <= 41)
        {
          value->season = number;
          *value->month = '\0';
        }
      else if (number < 1 || number > 12)
        {
          *reason = g_strdup_printf (_("there is no month %s"), value->month);
          return FALSE;
        }
    }

  qualify_to (value, ANNALS_PART_MONTH, take_qualifier (cursor));
  return TRUE;
}

static gboolean
parse_day (Cursor          *cursor,
           AnnalsDateValue *value,
           char           **reason)
{
  AnnalsQualifier left = take_qualifier (cursor);

  value->qualifiers[ANNALS_PART_DAY] |= left;

  if (value->season)
    return refuse (reason, _("a season has no days"));

  if (take_mask (cursor, 2, value->day) != 2)
    return refuse (reason, _("a day has two digits"));

  qualify_to (value, ANNALS_PART_DAY, take_qualifier (cursor));
  return TRUE;
}

/* Z, +02:30, +0230, +02; nothing at all is allowed too */
static gboolean
parse_zone (Cursor          *cursor,
            AnnalsDateValue *value,
            char           **reason)
{
  gboolean west = peek (cursor) == '-';
  int hours;
  int minutes = 0;

  if (take (cursor, 'Z'))
    {
      value->zone = ANNALS_ZONE_UTC;
      return TRUE;
    }

  if (!take (cursor, '+') && !take (cursor, '-'))
    return TRUE;

  if (!take_two (cursor, &hours) ||
      ((take (cursor, ':') || g_ascii_isdigit (peek (cursor))) && !take_two (cursor, &minutes)))
    return refuse (reason, _("an offset from UTC is written as +02:00"));

  if (minutes > 59 || hours * 60 + minutes > (west ? 12 : 14) * 60)
    return refuse (reason, _("an offset from UTC lies between -12:00 and +14:00"));

  if (west && hours == 0 && minutes == 0)
    return refuse (reason, _("no offset from UTC is written as +00:00 or Z"));

  value->offset = (hours * 60 + minutes) * (west ? -1 : 1);
  value->zone = value->offset ? ANNALS_ZONE_OFFSET : ANNALS_ZONE_UTC;
  return TRUE;
}

static gboolean
parse_time (Cursor          *cursor,
            AnnalsDateValue *value,
            char           **reason)
{
  int count = 0;

  if (strchr (value->year, 'X') || strchr (value->month, 'X') || strchr (value->day, 'X') ||
      value->qualifiers[ANNALS_PART_YEAR] || value->qualifiers[ANNALS_PART_MONTH] ||
      value->qualifiers[ANNALS_PART_DAY])
    return refuse (reason, _("a time of day needs a day that is known"));

  if (!take_two (cursor, &value->hour) || !take (cursor, ':') ||
      !take_two (cursor, &value->minute))
    return refuse (reason, _("a time is written as 14:02 or 14:02:00"));

  if (take (cursor, ':') && !take_two (cursor, &value->second))
    return refuse (reason, _("a time is written as 14:02 or 14:02:00"));

  if (value->second >= 0 && take (cursor, '.'))
    {
      while (g_ascii_isdigit (peek (cursor)) && count < (int) sizeof value->fraction - 1)
        value->fraction[count++] = *cursor->p++;
      value->fraction[count] = '\0';

      if (count == 0 || g_ascii_isdigit (peek (cursor)))
        return refuse (reason, _("a second has one to nine digits behind the point"));
    }

  if (value->hour > 24 || value->minute > 59 || value->second > 59 ||
      (value->hour == 24 && (value->minute || value->second > 0 ||
                             strspn (value->fraction, "0") != strlen (value->fraction))))
    return refuse (reason, _("there is no such time of day"));

  return parse_zone (cursor, value, reason);
}

/* Reads one date of @length bytes and makes its bounds. */
gboolean
annals_date_value_parse (const char      *text,
                         gsize            length,
                         AnnalsDateValue *value,
                         char           **reason)
{
  Cursor cursor = { text, text + length };
  gboolean ok;

  memset (value, 0, sizeof *value);
  value->exponent = -1;
  value->hour = -1;
  value->second = -1;

  if (take (&cursor, 'Y'))
    {
      ok = parse_long_year (&cursor, value, reason);
    }
  else
    {
      ok = parse_year (&cursor, value, reason);
      if (ok && take (&cursor, '-'))
        ok = parse_month (&cursor, value, reason);
      if (ok && (*value->month || value->season) && take (&cursor, '-'))
        ok = parse_day (&cursor, value, reason);
      if (ok && *value->day && take (&cursor, 'T'))
        ok = parse_time (&cursor, value, reason);
    }

  if (!ok)
    return FALSE;

  if (cursor.p != cursor.end)
    {
      *reason = g_strdup_printf (_("“%.*s” at its end cannot be read"),
                                 (int) (cursor.end - cursor.p), cursor.p);
      return FALSE;
    }

  return annals_date_value_bound (value, reason);
}

static gboolean
parse_end (const char      *text,
           gsize            length,
           AnnalsEnd       *kind,
           AnnalsDateValue *value,
           char           **reason)
{
  if (length == 0)
    {
      *kind = ANNALS_END_UNKNOWN;
      return TRUE;
    }

  if (length == 2 && memcmp (text, "..", 2) == 0)
    {
      *kind = ANNALS_END_OPEN;
      return TRUE;
    }

  *kind = ANNALS_END_VALUE;
  return annals_date_value_parse (text, length, value, reason);
}

/* Refuses a range of which no reading runs forwards; one of "2004-06-XX/2004-06-03" does. */
static gboolean
check_range (const AnnalsDateElement *element,
             char                   **reason)
{
  if (element->start_kind != ANNALS_END_VALUE || element->end_kind != ANNALS_END_VALUE)
    return TRUE;

  if (element->start.season || element->end.season)
    return refuse (reason, _("a season cannot begin or end a range"));

  if (element->start.from >= element->end.to)
    return refuse (reason, _("it ends before it begins"));

  return TRUE;
}

static gboolean
parse_interval (const char        *text,
                const char        *slash,
                AnnalsDateElement *element,
                char             **reason)
{
  element->is_range = TRUE;

  if (strchr (slash + 1, '/'))
    return refuse (reason, _("an interval has one “/”"));

  return parse_end (text, slash - text, &element->start_kind, &element->start, reason) &&
         parse_end (slash + 1, strlen (slash + 1), &element->end_kind, &element->end, reason) &&
         check_range (element, reason);
}

/* One piece between the commas of a set: a date, a..b, ..b or a.. */
static gboolean
parse_member (const char        *text,
              gsize              length,
              gboolean           first,
              gboolean           last,
              AnnalsDateElement *element,
              char             **reason)
{
  const char *dots = g_strstr_len (text, length, "..");

  memset (element, 0, sizeof *element);

  if (!dots)
    {
      if (!annals_date_value_parse (text, length, &element->start, reason))
        return FALSE;
      element->end = element->start;
      return TRUE;
    }

  element->is_range = TRUE;

  if (length == 2 || (dots == text && !first) || (dots + 2 == text + length && !last))
    return refuse (reason, _("“..” stands between two dates, before the first or behind the last"));

  if (dots == text)
    element->start_kind = ANNALS_END_OPEN;
  else if (!annals_date_value_parse (text, dots - text, &element->start, reason))
    return FALSE;

  if (dots + 2 == text + length)
    element->end_kind = ANNALS_END_OPEN;
  else if (!annals_date_value_parse (dots + 2, text + length - dots - 2, &element->end, reason))
    return FALSE;

  return check_range (element, reason);
}

static gboolean
parse_set (const char *text,
           AnnalsDate *self,
           char      **reason)
{
  g_autofree char *inner = NULL;
  g_auto(GStrv) members = NULL;
  gsize length = strlen (text);
  char closing = *text == '[' ? ']' : '}';

  if (length < 2 || text[length - 1] != closing)
    {
      *reason = g_strdup_printf (_("a set that begins with “%c” ends with “%c”"), *text, closing);
      return FALSE;
    }

  inner = g_strndup (text + 1, length - 2);
  members = g_strsplit (inner, ",", ANNALS_LIMIT_DATE_ELEMENTS + 1);
  self->n_elements = g_strv_length (members);

  if (self->n_elements == 0)
    return refuse (reason, _("the set is empty"));
  if (self->n_elements > ANNALS_LIMIT_DATE_ELEMENTS)
    return refuse (reason, _("the set has too many dates"));

  self->form = *text == '[' ? ANNALS_FORM_ONE_OF : ANNALS_FORM_ALL_OF;
  self->elements = g_new0 (AnnalsDateElement, self->n_elements);

  for (guint i = 0; i < self->n_elements; i++)
    {
      g_strstrip (members[i]);
      if (!parse_member (members[i], strlen (members[i]), i == 0, i == self->n_elements - 1,
                         &self->elements[i], reason))
        return FALSE;
    }

  return TRUE;
}

/* Reads a whole expression without white space around it into a new @self. */
gboolean
annals_date_read (AnnalsDate *self,
                  const char *edtf,
                  char      **reason)
{
  const char *slash = strchr (edtf, '/');

  if (strlen (edtf) > ANNALS_LIMIT_DATE)
    return refuse (reason, _("it is too long for a date"));

  if (*edtf == '[' || *edtf == '{')
    return parse_set (edtf, self, reason);

  self->n_elements = 1;
  self->elements = g_new0 (AnnalsDateElement, 1);

  if (slash)
    {
      self->form = ANNALS_FORM_INTERVAL;
      return parse_interval (edtf, slash, self->elements, reason);
    }

  self->form = ANNALS_FORM_VALUE;
  if (!annals_date_value_parse (edtf, strlen (edtf), &self->elements->start, reason))
    return FALSE;

  self->elements->end = self->elements->start;
  return TRUE;
}
