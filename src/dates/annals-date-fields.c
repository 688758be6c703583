/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-fields-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of one date are read one by one from the left: each says at once what it is (a month's
 * name, a year of four digits, a time with its colon), so that "9 March 2020", "March 9, 2020" and
 * "2020 March 9" need no grammar of their own.
 */
typedef struct
{
  AnnalsDateFields *fields;
  AnnalsTokens      rest;
} Reader;

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID, why);
  return FALSE;
}

static const AnnalsToken *
look (const Reader *reader,
      guint         ahead)
{
  static const AnnalsToken none = { ANNALS_TOKEN_SIGN };

  return ahead < reader->rest.n ? &reader->rest.tokens[ahead] : &none;
}

static void
skip (Reader *reader,
      guint   n)
{
  reader->rest.tokens += n;
  reader->rest.n -= n;
}

static gboolean
is_sign (const AnnalsToken *token,
         char               sign)
{
  return token->kind == ANNALS_TOKEN_SIGN && token->text[0] == sign && sign;
}

static gboolean
is_word (const AnnalsToken *token,
         const char        *word)
{
  return token->kind == ANNALS_TOKEN_WORD && strcmp (token->text, word) == 0;
}

static gboolean
is_number (const AnnalsToken *token,
           int                least,
           int                most)
{
  return token->kind == ANNALS_TOKEN_NUMBER && token->n_digits >= least && token->n_digits <= most;
}

static gboolean
set_year (Reader     *reader,
          const char *year,
          GError    **error)
{
  if (*reader->fields->year)
    return refuse (error, _("there are two years in it"));

  g_strlcpy (reader->fields->year, year, sizeof reader->fields->year);
  return TRUE;
}

static gboolean
set_number (int        *field,
            int         number,
            GError    **error)
{
  if (*field > 0)
    return refuse (error, _("it names the same part of a date twice"));

  *field = number;
  return TRUE;
}

static gboolean
refuse_ambiguous (const char *year,
                  int         a,
                  int         b,
                  GError    **error)
{
  g_autofree char *first_edtf = g_strdup_printf ("%s-%02d-%02d", year, b, a);
  g_autofree char *second_edtf = g_strdup_printf ("%s-%02d-%02d", year, a, b);
  g_autoptr(AnnalsDate) first = annals_date_parse (first_edtf, NULL);
  g_autoptr(AnnalsDate) second = annals_date_parse (second_edtf, NULL);
  g_autofree char *first_text = first ? annals_date_dup_display (first) : NULL;
  g_autofree char *second_text = second ? annals_date_dup_display (second) : NULL;

  /* Translators: two readings of “9/3/2020” and their expressions */
  g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS,
               _("this may be %s (%s) or %s (%s)"), first_text, first_edtf, second_text,
               second_edtf);
  return FALSE;
}

/* 2020-03-09, 2020/3/9, 31.3.2009, 3/2020; -1 when these tokens are no such thing */
static int
read_numeric (Reader  *reader,
              GError **error)
{
  const AnnalsToken *a = look (reader, 0);
  const AnnalsToken *b = look (reader, 2);
  const AnnalsToken *c = look (reader, 4);
  char sign = look (reader, 1)->text[0];
  gboolean three;

  if (a->suffix || !is_number (b, 1, 4) || look (reader, 1)->kind != ANNALS_TOKEN_SIGN ||
      !strchr ("-/.", sign) || !sign)
    return -1;

  three = is_sign (look (reader, 3), sign) && is_number (c, 1, 4);

  if (a->n_digits == 4 && b->n_digits <= 2)
    {
      if (!set_year (reader, a->text, error) ||
          !set_number (&reader->fields->month, b->number, error) ||
          (three && !set_number (&reader->fields->day, c->number, error)))
        return FALSE;
    }
  else if (three && a->n_digits <= 2 && b->n_digits <= 2 && c->n_digits == 4)
    {
      gboolean day_first = a->number > 12;

      if (a->number <= 12 && b->number <= 12 && a->number != b->number && a->number && b->number)
        return refuse_ambiguous (c->text, a->number, b->number, error);

      if (!set_year (reader, c->text, error) ||
          !set_number (&reader->fields->month, day_first ? b->number : a->number, error) ||
          !set_number (&reader->fields->day, day_first ? a->number : b->number, error))
        return FALSE;
    }
  else if (!three && a->n_digits <= 2 && b->n_digits == 4)
    {
      if (!set_year (reader, b->text, error) ||
          !set_number (&reader->fields->month, a->number, error))
        return FALSE;
    }
  else
    {
      g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS,
                   _("write the year with four digits, such as 2020-03-09"));
      return FALSE;
    }

  if (reader->fields->month < 1 || reader->fields->month > 12 ||
      (three && (reader->fields->day < 1 || reader->fields->day > 31)))
    return refuse (error, _("there is no such day"));

  skip (reader, three ? 5 : 3);

  /* the "T" of 2020-03-09T14:02 */
  if (three && is_word (look (reader, 0), "t") && is_number (look (reader, 1), 2, 2))
    skip (reader, 1);

  return TRUE;
}

static gboolean
set_offset (Reader  *reader,
            int      minutes,
            GError **error)
{
  if (minutes == 0)
    {
      g_strlcpy (reader->fields->zone, "Z", sizeof reader->fields->zone);
      return TRUE;
    }

  if (minutes < -720 || minutes > 840)
    return refuse (error, _("an offset from UTC lies between -12:00 and +14:00"));

  g_snprintf (reader->fields->zone, sizeof reader->fields->zone, "%c%02d:%02d",
              minutes < 0 ? '-' : '+', abs (minutes) / 60 % 100, abs (minutes) % 60);
  return TRUE;
}

/* behind a time: +0200, +02:00, UTC, GMT+2, (PST) */
static gboolean
read_zone (Reader  *reader,
           GError **error)
{
  int minutes = 0;
  int hours;
  int sign;

  if (look (reader, 0)->kind == ANNALS_TOKEN_WORD &&
      annals_word_zone (look (reader, 0)->text, &minutes))
    {
      skip (reader, 1);
      if (!set_offset (reader, minutes, error))
        return FALSE;
    }

  if (!is_sign (look (reader, 0), '+') && !is_sign (look (reader, 0), '-'))
    return TRUE;

  sign = is_sign (look (reader, 0), '-') ? -1 : 1;
  if (minutes != 0 || !is_number (look (reader, 1), 1, 4) || look (reader, 1)->n_digits == 3)
    return refuse (error, _("an offset from UTC is written as +02:00"));

  hours = look (reader, 1)->number;
  if (look (reader, 1)->n_digits == 4)
    {
      minutes = hours % 100;
      hours /= 100;
      skip (reader, 2);
    }
  else if (is_sign (look (reader, 2), ':') && is_number (look (reader, 3), 2, 2))
    {
      minutes = look (reader, 3)->number;
      skip (reader, 4);
    }
  else
    {
      skip (reader, 2);
    }

  if (minutes > 59)
    return refuse (error, _("an offset from UTC is written as +02:00"));

  /* mail writes the offset's name behind it: "-0800 (PST)" */
  if (is_sign (look (reader, 0), '(') && is_sign (look (reader, 2), ')'))
    skip (reader, 3);

  return set_offset (reader, sign * (hours * 60 + minutes), error);
}

/* am, pm, a.m., p.m.; 0 when there is none, 1 or 2 */
static int
take_half (Reader *reader)
{
  const AnnalsToken *token = look (reader, 0);
  int half;

  if (is_word (token, "am") || is_word (token, "pm"))
    {
      half = token->text[0] == 'a' ? 1 : 2;
      skip (reader, 1);
      return half;
    }

  if ((is_word (token, "a") || is_word (token, "p")) && is_sign (look (reader, 1), '.') &&
      is_word (look (reader, 2), "m"))
    {
      half = token->text[0] == 'a' ? 1 : 2;
      skip (reader, is_sign (look (reader, 3), '.') ? 4 : 3);
      return half;
    }

  return 0;
}

/* 14:02, 14:02:37.5, 2:02 pm, and what is behind them */
static gboolean
read_time (Reader  *reader,
           GError **error)
{
  AnnalsDateFields *fields = reader->fields;
  int half;

  if (fields->hour >= 0)
    return refuse (error, _("it names the same part of a date twice"));

  fields->hour = look (reader, 0)->number;
  fields->minute = 0;
  skip (reader, 1);

  if (is_sign (look (reader, 0), ':') && is_number (look (reader, 1), 2, 2))
    {
      fields->minute = look (reader, 1)->number;
      skip (reader, 2);

      if (is_sign (look (reader, 0), ':') && is_number (look (reader, 1), 2, 2))
        {
          fields->second = MIN (look (reader, 1)->number, 60);
          /* a leap second counts as the one before it */
          if (fields->second == 60)
            fields->second = 59;
          skip (reader, 2);

          if (is_sign (look (reader, 0), '.') && look (reader, 1)->kind == ANNALS_TOKEN_NUMBER)
            {
              g_strlcpy (fields->fraction, look (reader, 1)->text, sizeof fields->fraction);
              skip (reader, 2);
            }
        }
    }

  if ((half = take_half (reader)))
    {
      if (fields->hour < 1 || fields->hour > 12)
        return refuse (error, _("there is no such time of day"));
      fields->hour = fields->hour % 12 + (half == 2 ? 12 : 0);
    }

  if (fields->hour > 23 || fields->minute > 59)
    return refuse (error, _("there is no such time of day"));

  return read_zone (reader, error);
}

/* 1950s and 19th century; -1 when it is none */
static int
read_span (Reader  *reader,
           GError **error)
{
  const AnnalsToken *token = look (reader, 0);
  g_autofree char *year = NULL;
  gboolean bc;

  if (token->suffix == ANNALS_SUFFIX_PLURAL)
    {
      if (token->n_digits != 4 || token->number % 10 != 0)
        return refuse (error, _("a decade is written as 1950s"));

      if (token->number % 100 == 0)
        {
          g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS,
                       _("this may be the decade %.3sX or the century %.2sXX"), token->text,
                       token->text);
          return FALSE;
        }

      year = g_strdup_printf ("%.3sX", token->text);
      reader->fields->span = 10;
      skip (reader, 1);
      return set_year (reader, year, error);
    }

  if (annals_word_ordinal (token) && is_word (look (reader, 1), "century"))
    {
      int century = annals_word_ordinal (token);

      if (century < 1 || century > 100)
        return refuse (error, _("there is no such century"));

      skip (reader, 2);
      if ((bc = is_word (look (reader, 0), "bc") || is_word (look (reader, 0), "bce")))
        skip (reader, 1);
      reader->fields->has_era = bc;
      year = g_strdup_printf ("%s%02dXX", bc ? "-" : "", century - 1);
      reader->fields->span = 100;
      return set_year (reader, year, error);
    }

  return -1;
}

/* first half of 2020, second quarter, Q3; -1 when it is none */
static int
read_part_of_year (Reader  *reader,
                   GError **error)
{
  const AnnalsToken *token = look (reader, 0);
  int ordinal = annals_word_ordinal (token);
  int season = 0;

  if (is_word (token, "q") && is_number (look (reader, 1), 1, 1))
    season = look (reader, 1)->number <= 4 ? 32 + look (reader, 1)->number : 0;
  else if (ordinal && is_word (look (reader, 1), "quarter") && ordinal <= 4)
    season = 32 + ordinal;
  else if (ordinal && is_word (look (reader, 1), "half") && ordinal <= 2)
    season = 39 + ordinal;
  else if (ordinal && is_word (look (reader, 1), "third") && ordinal <= 3)
    season = 36 + ordinal;
  else
    return -1;

  if (!season)
    return refuse (error, _("a year has four quarters"));

  skip (reader, 2);
  return set_number (&reader->fields->season, season, error);
}

/* a year with its era, a year of four digits, or a day */
static gboolean
read_number (Reader  *reader,
             GError **error)
{
  const AnnalsToken *token = look (reader, 0);
  const AnnalsToken *next = look (reader, 1);
  g_autofree char *year = NULL;
  gboolean bc = is_word (next, "bc") || is_word (next, "bce");

  if (bc || is_word (next, "ad") || is_word (next, "ce"))
    {
      if (token->n_digits > 4 || token->number < 1 || token->suffix)
        return refuse (error, _("there is no such year"));

      reader->fields->has_era = TRUE;
      year = bc && token->number > 1 ? g_strdup_printf ("-%04d", token->number - 1)
                                     : g_strdup_printf ("%04d", bc ? 0 : token->number);
      skip (reader, 2);
      return set_year (reader, year, error);
    }

  skip (reader, 1);

  if (token->n_digits == 4 && !token->suffix)
    return set_year (reader, token->text, error);

  /* RFC 822's year of two digits, as RFC 2822 reads it: "09 Mar 98 14:02:00 GMT" */
  if (token->n_digits == 2 && reader->fields->day && reader->fields->month &&
      !*reader->fields->year && is_number (next, 2, 2) && is_sign (look (reader, 1), ':'))
    {
      year = g_strdup_printf ("%d%02d", token->number < 50 ? 20 : 19, token->number);
      return set_year (reader, year, error);
    }

  if (token->n_digits <= 2 && token->suffix != ANNALS_SUFFIX_PLURAL && token->number >= 1 &&
      token->number <= 31)
    return set_number (&reader->fields->day, token->number, error);

  g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID,
               _("the number “%s” is neither a day nor a year of four digits"), token->text);
  return FALSE;
}

static gboolean
read_word (Reader  *reader,
           GError **error)
{
  static const char *const noise[] = { "of", "the", "in", "on", "at" };
  const char *word = look (reader, 0)->text;
  AnnalsDateFields *fields = reader->fields;
  int number;

  for (guint i = 0; i < G_N_ELEMENTS (noise); i++)
    if (strcmp (word, noise[i]) == 0)
      {
        skip (reader, 1);
        return TRUE;
      }

  if ((strcmp (word, "year") == 0 && is_word (look (reader, 1), "unknown")) ||
      (strcmp (word, "unknown") == 0 && is_word (look (reader, 1), "year")))
    {
      skip (reader, 2);
      return set_year (reader, "XXXX", error);
    }

  if ((strcmp (word, "ad") == 0 || strcmp (word, "ce") == 0) && is_number (look (reader, 1), 1, 4))
    {
      g_autofree char *year = g_strdup_printf ("%04d", look (reader, 1)->number);

      fields->has_era = TRUE;
      skip (reader, 2);
      return set_year (reader, year, error);
    }

  if ((number = annals_word_month (word)))
    {
      skip (reader, 1);
      return set_number (&fields->month, number, error);
    }

  if ((number = annals_word_season (word)))
    {
      skip (reader, 1);
      return set_number (&fields->season, number, error);
    }

  if ((number = annals_word_weekday (word)))
    {
      skip (reader, 1);
      return set_number (&fields->weekday, number, error);
    }

  g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID,
               _("“%s” is not understood; write a date such as 9 March 2020, March 2020 or "
                 "2020-03"), word);
  return FALSE;
}

static gboolean
read_one (Reader  *reader,
          GError **error)
{
  const AnnalsToken *token = look (reader, 0);
  int done;

  if ((done = read_span (reader, error)) >= 0)
    return done;

  if ((done = read_part_of_year (reader, error)) >= 0)
    return done;

  if (token->kind == ANNALS_TOKEN_NUMBER)
    {
      const AnnalsToken *next = look (reader, 1);

      if (token->n_digits <= 2 &&
          ((is_sign (next, ':') && is_number (look (reader, 2), 2, 2)) || is_word (next, "am") ||
           is_word (next, "pm") ||
           ((is_word (next, "a") || is_word (next, "p")) && is_sign (look (reader, 2), '.'))))
        return read_time (reader, error);

      if ((done = read_numeric (reader, error)) >= 0)
        return done;

      return read_number (reader, error);
    }

  if (token->kind == ANNALS_TOKEN_WORD)
    return read_word (reader, error);

  if (is_sign (token, ',') || is_sign (token, '.') || is_sign (token, '-'))
    {
      skip (reader, 1);
      return TRUE;
    }

  g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID,
               _("“%s” has no place in a date"),
               token->kind == ANNALS_TOKEN_DASH ? "–" : token->text);
  return FALSE;
}

/* Reads the words of one date. What is missing is left empty: the other end of a range may have
 * it.
 */
gboolean
annals_date_fields_read (AnnalsDateFields  *self,
                         AnnalsTokens       tokens,
                         GError           **error)
{
  Reader reader = { self, tokens };

  memset (self, 0, sizeof *self);
  self->hour = -1;
  self->second = -1;

  annals_date_fields_take_qualifiers (self, &reader.rest);

  while (reader.rest.n)
    if (!read_one (&reader, error))
      return FALSE;

  return TRUE;
}

static gboolean
check_weekday (const AnnalsDateFields *self,
               const char             *edtf,
               GError                **error)
{
  g_autoptr(AnnalsDate) date = NULL;
  g_autofree char *display = NULL;
  gint64 from = 0;

  /* a machine's wrong weekday beside a time is no doubt about the day; a person's is */
  if (!self->weekday || self->hour >= 0)
    return TRUE;

  if (!(date = annals_date_parse (edtf, error)))
    return FALSE;

  annals_date_get_from (date, &from);
  /* 1970 began on a Thursday */
  if (((from / 86400 + 3) % 7 + 7) % 7 == self->weekday - 1)
    return TRUE;

  display = annals_date_dup_display (date);
  g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID,
               _("%s is another day of the week"), display);
  return FALSE;
}

/* What it would need to be a date; NULL when it is one */
static const char *
get_missing (const AnnalsDateFields *self)
{
  if (!*self->year)
    return self->month || self->season || self->day ? _("the year is missing")
                                                    : _("there is no date in it");
  if (self->season && (self->month || self->day))
    return _("a season has neither month nor day");
  if (self->day && !self->month)
    return _("the month is missing");
  if ((self->hour >= 0 || self->weekday) && !self->day)
    return _("the day is missing");
  if (self->span && (self->month || self->season))
    return _("the year is missing");
  if (self->hour >= 0 && (self->qualifier || self->third))
    return _("a time of day is either known or left out");

  return NULL;
}

/* Without its qualifier */
static char *
dup_expression (const AnnalsDateFields *self)
{
  GString *string = g_string_new (self->year);

  if (self->season)
    g_string_append_printf (string, "-%d", self->season);
  if (self->month)
    g_string_append_printf (string, "-%02d", self->month);
  if (self->day)
    g_string_append_printf (string, "-%02d", self->day);
  if (self->hour >= 0)
    g_string_append_printf (string, "T%02d:%02d", self->hour, self->minute);
  if (self->second >= 0)
    g_string_append_printf (string, ":%02d", self->second);
  if (*self->fraction)
    g_string_append_printf (string, ".%s", self->fraction);
  g_string_append (string, self->zone);

  return g_string_free (string, FALSE);
}

static const char *
get_sign (const AnnalsDateFields *self)
{
  static const char *const signs[] = { "", "~", "?", "%" };

  return signs[self->qualifier | (self->third ? ANNALS_QUALIFIER_APPROXIMATE : 0)];
}

/* The expression of what was read, or an error that says what is missing */
char *
annals_date_fields_dup_edtf (const AnnalsDateFields  *self,
                             gboolean                 whole,
                             GError                 **error)
{
  g_autofree char *edtf = NULL;
  const char *why = get_missing (self);

  if (why)
    {
      refuse (error, why);
      return NULL;
    }

  edtf = dup_expression (self);
  if (!check_weekday (self, edtf, error))
    return NULL;

  if (self->third && whole)
    return annals_date_third_dup_edtf (self->third, edtf, self->qualifier);

  return g_strconcat (edtf, get_sign (self), NULL);
}
