/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date.h"

#include "annals-date-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_SECONDS G_GINT64_CONSTANT (86400)

G_DEFINE_BOXED_TYPE (AnnalsDate, annals_date, annals_date_ref, annals_date_unref)
G_DEFINE_QUARK (annals-date-error-quark, annals_date_error)

AnnalsDatePrecision
annals_date_value_precision (const AnnalsDateValue *value)
{
  gint64 span = value->last_year - value->first_year;

  if (value->hour >= 0)
    return ANNALS_DATE_TIME;
  if (*value->day && strcmp (value->day, "XX") != 0)
    return ANNALS_DATE_DAY;
  if (*value->month && strcmp (value->month, "XX") != 0)
    return ANNALS_DATE_MONTH;
  if (value->season)
    return ANNALS_DATE_SEASON;

  /* an X that is not the last digit leaves a single year, though nobody knows which */
  if (span == 0 || (!value->is_long && !value->significant && value->year[3] != 'X'))
    return ANNALS_DATE_YEAR;

  return span < 10 ? ANNALS_DATE_DECADE : ANNALS_DATE_CENTURY;
}

AnnalsDateFlags
annals_date_value_flags (const AnnalsDateValue *value)
{
  AnnalsDateFlags flags = ANNALS_DATE_EXACT;

  for (int i = 0; i < ANNALS_N_PARTS; i++)
    {
      if (value->qualifiers[i] & ANNALS_QUALIFIER_APPROXIMATE)
        flags |= ANNALS_DATE_APPROXIMATE;
      if (value->qualifiers[i] & ANNALS_QUALIFIER_UNCERTAIN)
        flags |= ANNALS_DATE_UNCERTAIN;
    }

  /* 1950S2 is an estimate of which the last digits are noise */
  if (value->significant)
    flags |= ANNALS_DATE_APPROXIMATE;

  if (strchr (value->year, 'X') || strchr (value->month, 'X') || strchr (value->day, 'X'))
    flags |= ANNALS_DATE_UNSPECIFIED;

  return flags;
}

static void
summarise_element (AnnalsDate               *self,
                   const AnnalsDateElement  *element,
                   gboolean                  first)
{
  if (element->start_kind != ANNALS_END_VALUE)
    {
      self->has_from = FALSE;
      self->flags |= ANNALS_DATE_OPEN_START;
    }
  else
    {
      self->from = first ? element->start.from : MIN (self->from, element->start.from);
      self->flags |= annals_date_value_flags (&element->start);
    }

  if (element->end_kind != ANNALS_END_VALUE)
    {
      self->has_to = FALSE;
      self->flags |= ANNALS_DATE_OPEN_END;
    }
  else
    {
      self->to = first ? element->end.to : MAX (self->to, element->end.to);
      self->flags |= annals_date_value_flags (&element->end);
    }
}

/* Bounds, flags and precision from what was read */
static void
summarise (AnnalsDate *self)
{
  self->has_from = self->n_elements > 0;
  self->has_to = self->n_elements > 0;

  for (guint i = 0; i < self->n_elements; i++)
    summarise_element (self, &self->elements[i], i == 0);

  /* {..1760,1670} and {1760..}: an end that is open has no bound, whatever else is in the set */
  if (!self->has_from)
    self->from = 0;
  if (!self->has_to)
    self->to = 0;

  self->precision = self->form == ANNALS_FORM_UNDATED ? ANNALS_DATE_UNDATED
                    : self->form == ANNALS_FORM_VALUE ? annals_date_value_precision (&self->elements->start)
                                                      : ANNALS_DATE_RANGE;
}

static AnnalsDate *
new_empty (void)
{
  AnnalsDate *self = g_new0 (AnnalsDate, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * annals_date_ref:
 * @self: a date
 *
 * Returns: (transfer full): @self
 */
AnnalsDate *
annals_date_ref (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * annals_date_unref:
 * @self: (transfer full): a date
 */
void
annals_date_unref (AnnalsDate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->edtf);
  g_free (self->elements);
  g_free (self);
}

/**
 * annals_date_parse:
 * @edtf: an EDTF expression; white space around it is ignored, and "" is the undated date
 * @error: where to put %ANNALS_DATE_ERROR_INVALID
 *
 * Reads EDTF levels 0 and 1, and of level 2 qualification of parts, X anywhere, seasons 25 to 41,
 * sets, exponential years and significant digits; and, beyond the page of the Library of Congress,
 * date-times in intervals, without a zone (read as UTC), with a fraction or without seconds, and
 * ISO 8601's decade (193) and century (19). A year that gint64 seconds cannot hold (beyond
 * ±292,000,000,000) is refused. A season is read as wide as it is used: see annals-date-calendar.c.
 *
 * Returns: (transfer full): the date, or %NULL with @error set
 */
AnnalsDate *
annals_date_parse (const char  *edtf,
                   GError     **error)
{
  g_autoptr(AnnalsDate) self = NULL;
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (edtf != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_utf8_validate (edtf, -1, NULL))
    {
      g_set_error_literal (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID,
                           _("A date that is not UTF-8 text cannot be read"));
      return NULL;
    }

  self = new_empty ();
  text = g_strstrip (g_strdup (edtf));

  if (*text && !annals_date_read (self, text, &reason))
    {
      /* a page of text where a date should be is named by its beginning */
      if (g_utf8_strlen (text, -1) > 80)
        strcpy (g_utf8_offset_to_pointer (text, 60), "…");

      g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID, "“%s”: %s", text, reason);
      return NULL;
    }

  summarise (self);
  self->edtf = annals_date_dup_canonical (self);
  return g_steal_pointer (&self);
}

/**
 * annals_date_new_undated:
 *
 * Returns: (transfer full): the date of which nothing is known
 */
AnnalsDate *
annals_date_new_undated (void)
{
  return annals_date_parse ("", NULL);
}

static gboolean
split_seconds (gint64  seconds,
               gint64 *year,
               int    *month,
               int    *day,
               int    *second_of_day)
{
  gint64 days = seconds / DAY_SECONDS;

  *second_of_day = seconds % DAY_SECONDS;
  if (*second_of_day < 0)
    {
      *second_of_day += DAY_SECONDS;
      days--;
    }

  annals_calendar_from_days (days, year, month, day);
  return *year >= -9999 && *year <= 9999;
}

/**
 * annals_date_new_from_unix:
 * @seconds: since 1970 UTC
 *
 * The point in time, to the second. Beyond the years -9999 and 9999, where EDTF has no days, it is
 * the year alone; beyond ±292,000,000,000 years the undated date.
 *
 * Returns: (transfer full): the date
 */
AnnalsDate *
annals_date_new_from_unix (gint64 seconds)
{
  AnnalsDate *self;
  g_autofree char *text = NULL;
  gint64 year;
  int month;
  int day;
  int rest;

  if (split_seconds (seconds, &year, &month, &day, &rest))
    text = g_strdup_printf ("%s%04d-%02d-%02dT%02d:%02d:%02dZ", year < 0 ? "-" : "",
                            (int) ABS (year), month, day, rest / 3600, rest / 60 % 60, rest % 60);
  else
    text = g_strdup_printf ("Y%" G_GINT64_FORMAT, year);

  if (!(self = annals_date_parse (text, NULL)))
    self = annals_date_new_undated ();

  return self;
}

/**
 * annals_date_new_from_fields:
 * @year: -9999 to 9999
 * @month: 1 to 12
 * @day: from 1
 * @hour: 0 to 23
 * @minute: 0 to 59
 * @second: 0 to 59; a leap second (60) becomes 59
 * @offset_minutes: east of UTC, -720 to 840
 *
 * Returns: (transfer full) (nullable): the date with its offset, or %NULL when the fields are none
 */
AnnalsDate *
annals_date_new_from_fields (int year,
                             int month,
                             int day,
                             int hour,
                             int minute,
                             int second,
                             int offset_minutes)
{
  g_autofree char *text = NULL;
  g_autofree char *zone = NULL;

  if (year < -9999 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
      hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
      offset_minutes < -720 || offset_minutes > 840)
    return NULL;

  zone = offset_minutes == 0 ? g_strdup ("Z")
                             : g_strdup_printf ("%c%02d:%02d", offset_minutes < 0 ? '-' : '+',
                                                ABS (offset_minutes) / 60,
                                                ABS (offset_minutes) % 60);
  text = g_strdup_printf ("%s%04d-%02d-%02dT%02d:%02d:%02d%s", year < 0 ? "-" : "", ABS (year),
                          month, day, hour, minute, MIN (second, 59), zone);

  return annals_date_parse (text, NULL);
}

/**
 * annals_date_get_edtf:
 * @self: a date
 *
 * Returns: the canonical expression, "" when undated; it lives as long as @self
 */
const char *
annals_date_get_edtf (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->edtf;
}

/**
 * annals_date_is_undated:
 * @self: a date
 *
 * Returns: whether nothing at all is known; "/" and "../.." are dates with open ends
 */
gboolean
annals_date_is_undated (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->form == ANNALS_FORM_UNDATED;
}

/**
 * annals_date_get_precision:
 * @self: a date
 *
 * Returns: the finest unit of which something is known; what is coarser than a century is a century
 */
AnnalsDatePrecision
annals_date_get_precision (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, ANNALS_DATE_UNDATED);

  return self->precision;
}

/**
 * annals_date_get_flags:
 * @self: a date
 *
 * Returns: what is not exact anywhere in the expression; significant digits (1950S2) count as
 *   approximate
 */
AnnalsDateFlags
annals_date_get_flags (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, ANNALS_DATE_EXACT);

  return self->flags;
}

/**
 * annals_date_get_from:
 * @self: a date
 * @seconds: (out): the first second of the widest reading, since 1970 UTC; untouched where open
 *
 * Returns: %FALSE where the beginning is open or unknown, and when undated
 */
gboolean
annals_date_get_from (AnnalsDate *self,
                      gint64     *seconds)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->has_from && seconds)
    *seconds = self->from;

  return self->has_from;
}

/**
 * annals_date_get_to:
 * @self: a date
 * @seconds: (out): the second behind the widest reading, since 1970 UTC; untouched where open
 *
 * Returns: %FALSE where the end is open or unknown, and when undated
 */
gboolean
annals_date_get_to (AnnalsDate *self,
                    gint64     *seconds)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->has_to && seconds)
    *seconds = self->to;

  return self->has_to;
}

/**
 * annals_date_compare:
 * @a: a date
 * @b: a date
 *
 * The order of lists and exports: by beginning (open ones first), then by end (open ones last),
 * then by expression; the undated one behind all.
 *
 * Returns: less than, equal to or greater than 0
 */
int
annals_date_compare (AnnalsDate *a,
                     AnnalsDate *b)
{
  gboolean a_undated = annals_date_is_undated (a);
  gboolean b_undated = annals_date_is_undated (b);

  if (a_undated || b_undated)
    return a_undated - b_undated;

  if (a->has_from != b->has_from)
    return a->has_from ? 1 : -1;
  if (a->has_from && a->from != b->from)
    return a->from < b->from ? -1 : 1;

  if (a->has_to != b->has_to)
    return a->has_to ? -1 : 1;
  if (a->has_to && a->to != b->to)
    return a->to < b->to ? -1 : 1;

  return strcmp (a->edtf, b->edtf);
}

static void
put_two (char *text,
         int   number)
{
  text[0] = (char) ('0' + number / 10);
  text[1] = (char) ('0' + number % 10);
}

/**
 * annals_date_format_rfc3339:
 * @seconds: since 1970 UTC
 *
 * RFC 3339 knows the years 0000 to 9999; beyond them the year has a sign and as many digits as it
 * needs, as in ISO 8601: "-0044-03-15T00:00:00Z", "+10000-01-01T00:00:00Z".
 *
 * Returns: (transfer full): "2020-03-09T14:02:00Z"
 */
char *
annals_date_format_rfc3339 (gint64 seconds)
{
  gint64 year;
  int month;
  int day;
  int rest;

  split_seconds (seconds, &year, &month, &day, &rest);

  /* exports write several for each record */
  if (year >= 0 && year <= 9999)
    {
      char *text = g_strdup ("0000-00-00T00:00:00Z");

      put_two (text, (int) year / 100);
      put_two (text + 2, (int) year % 100);
      put_two (text + 5, month);
      put_two (text + 8, day);
      put_two (text + 11, rest / 3600);
      put_two (text + 14, rest / 60 % 60);
      put_two (text + 17, rest % 60);
      return text;
    }

  return g_strdup_printf ("%s%04" G_GINT64_MODIFIER "d-%02d-%02dT%02d:%02d:%02dZ",
                          year < 0 ? "-" : year > 9999 ? "+" : "", ABS (year), month, day,
                          rest / 3600, rest / 60 % 60, rest % 60);
}
