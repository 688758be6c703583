/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* EDTF has no word for “early March 2020”. It is one day of about the first ten, as East Asia
 * counts a month's thirds: [2020-03-01~..2020-03-10~]; “early 2020” is about its first third,
 * 2020-37~, and the early 1950s are [1950~..1953~]. What is written so is shown as it was said.
 */

#define DAY_SECONDS G_GINT64_CONSTANT (86400)

/* The first and the last number of each third */
static const int thirds_of_month[][2] = { { 1, 10 }, { 11, 20 }, { 21, 31 } };
static const int thirds_of_decade[][2] = { { 0, 3 }, { 4, 6 }, { 7, 9 } };
static const int thirds_of_century[][2] = { { 0, 33 }, { 34, 66 }, { 67, 99 } };

static char *
dup_part_of_month (AnnalsThird            third,
                   const AnnalsDateValue *value,
                   const char            *sign)
{
  int month = annals_date_known_number (value->month);
  int last = MIN (thirds_of_month[third - 1][1],
                  annals_calendar_month_length (value->first_year, month));
  const char *minus = value->negative ? "-" : "";

  return g_strdup_printf ("[%s%s-%02d-%02d%s..%s%s-%02d-%02d%s]", minus, value->year, month,
                          thirds_of_month[third - 1][0], sign, minus, value->year, month, last,
                          sign);
}

/* Of a decade (195X) or a century (19XX) after Christ */
static char *
dup_part_of_years (AnnalsThird            third,
                   const AnnalsDateValue *value,
                   const char            *sign)
{
  gboolean decade = value->last_year - value->first_year < 10;
  const int *span = decade ? thirds_of_decade[third - 1] : thirds_of_century[third - 1];
  int first = value->first_year;

  return g_strdup_printf ("[%04d%s..%04d%s]", first + span[0], sign, first + span[1], sign);
}

/* @edtf: an unqualified expression. What has no thirds is only approximate. */
char *
annals_date_third_dup_edtf (AnnalsThird     third,
                            const char     *edtf,
                            AnnalsQualifier more)
{
  const char *sign = more & ANNALS_QUALIFIER_UNCERTAIN ? "%" : "~";
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);
  const AnnalsDateValue *value;
  gboolean known_year;

  if (!date || date->form != ANNALS_FORM_VALUE)
    return g_strconcat (edtf, sign, NULL);

  value = &date->elements->start;
  known_year = !value->is_long && !value->significant && !strchr (value->year, 'X');

  if (known_year && annals_date_known_number (value->month) && !*value->day)
    return dup_part_of_month (third, value, sign);

  if (known_year && !*value->month && !value->season)
    return g_strdup_printf ("%s-%d%s", edtf, 36 + (int) third, sign);

  if (!value->is_long && !value->negative && !*value->month && !value->season &&
      (date->precision == ANNALS_DATE_DECADE || date->precision == ANNALS_DATE_CENTURY) &&
      strcmp (value->year, "XXXX") != 0)
    return dup_part_of_years (third, value, sign);

  return g_strconcat (edtf, sign, NULL);
}

static AnnalsQualifier
get_qualifier (const AnnalsDateValue *value)
{
  int n_parts = *value->day ? 3 : *value->month || value->season ? 2 : 1;

  for (int i = 1; i < n_parts; i++)
    if (value->qualifiers[i] != value->qualifiers[0])
      return 0;

  return value->qualifiers[0];
}

static gboolean
is_qualified (const AnnalsDateValue *value)
{
  for (int i = 0; i < ANNALS_N_PARTS; i++)
    if (value->qualifiers[i])
      return TRUE;

  return FALSE;
}

static gboolean
is_known (const AnnalsDateValue *value)
{
  return !value->is_long && !value->significant && !value->season && value->hour < 0 &&
         !strchr (value->year, 'X') && !strchr (value->month, 'X') && !strchr (value->day, 'X');
}

static AnnalsThird
get_third_of_month (const AnnalsDateValue *a,
                    const AnnalsDateValue *b)
{
  int month = annals_date_known_number (a->month);
  int first = annals_date_known_number (a->day);
  int last = annals_date_known_number (b->day);
  int length;

  if (!month || !first || !last || a->first_year != b->first_year ||
      strcmp (a->month, b->month) != 0)
    return ANNALS_THIRD_NONE;

  length = annals_calendar_month_length (a->first_year, month);
  for (int i = 0; i < 3; i++)
    if (first == thirds_of_month[i][0] && last == MIN (thirds_of_month[i][1], length))
      return ANNALS_THIRD_EARLY + i;

  return ANNALS_THIRD_NONE;
}

static AnnalsThird
get_third_of_decade (const AnnalsDateValue *a,
                     const AnnalsDateValue *b)
{
  if (*a->month || *b->month || a->first_year < 1 || a->first_year / 10 != b->first_year / 10)
    return ANNALS_THIRD_NONE;

  for (int i = 0; i < 3; i++)
    if (a->first_year % 10 == thirds_of_decade[i][0] &&
        b->first_year % 10 == thirds_of_decade[i][1])
      return ANNALS_THIRD_EARLY + i;

  return ANNALS_THIRD_NONE;
}

static const char *
get_pattern (AnnalsThird third,
             gboolean    decade,
             gboolean    brief)
{
  /* Translators: patterns as in g_date_time_format(), of which these know %OB, %Ob and %Y */
  static const char *const months[][2] = {
    { N_("early %OB %Y"), N_("early %Ob %Y") },
    { N_("mid-%OB %Y"), N_("mid-%Ob %Y") },
    { N_("late %OB %Y"), N_("late %Ob %Y") },
  };
  /* Translators: %Y is the first year of a decade: “early 1950s” */
  static const char *const decades[] = { N_("early %Ys"), N_("mid-%Ys"), N_("late %Ys") };

  return decade ? _(decades[third - 1]) : _(months[third - 1][brief]);
}

/* “early March 2020”, “early 1950s”; NULL when @element, the only one of a one-of set, is no such
 * part.
 */
char *
annals_date_third_dup_display (const AnnalsDateElement *element,
                               gboolean                 brief)
{
  const AnnalsDateValue *a = &element->start;
  const AnnalsDateValue *b = &element->end;
  AnnalsQualifier qualifier;
  AnnalsThird third;
  g_autofree char *year = NULL;
  g_autofree char *text = NULL;
  gboolean decade = !*a->month;

  if (element->start_kind != ANNALS_END_VALUE || element->end_kind != ANNALS_END_VALUE ||
      !is_known (a) || !is_known (b))
    return NULL;

  qualifier = get_qualifier (a);
  third = decade ? get_third_of_decade (a, b) : get_third_of_month (a, b);
  if (third == ANNALS_THIRD_NONE || !(qualifier & ANNALS_QUALIFIER_APPROXIMATE) ||
      get_qualifier (b) != qualifier)
    return NULL;

  year = annals_date_dup_year_number (decade ? a->first_year - a->first_year % 10 : a->first_year);
  text = annals_date_expand (get_pattern (third, decade, brief), year,
                             annals_date_known_number (a->month), 0);
  if (qualifier & ANNALS_QUALIFIER_UNCERTAIN)
    return g_strdup_printf (brief ? _("%s ?") : _("possibly %s"), text);

  return g_steal_pointer (&text);
}

/* “week of 23 March 2020” for one day from a Monday to a Sunday; NULL when it is no such week */
char *
annals_date_dup_week (const AnnalsDateElement *element,
                      gboolean                 brief)
{
  const AnnalsDateValue *a = &element->start;
  const AnnalsDateValue *b = &element->end;
  g_autofree char *monday = NULL;

  if (element->start_kind != ANNALS_END_VALUE || element->end_kind != ANNALS_END_VALUE ||
      !is_known (a) || !is_known (b) || !*a->day || !*b->day || is_qualified (a) ||
      is_qualified (b))
    return NULL;

  /* 5 January 1970 was a Monday */
  if (b->to - a->from != 7 * DAY_SECONDS || (a->from / DAY_SECONDS - 4) % 7 != 0)
    return NULL;

  monday = annals_date_dup_value (a, brief);
  /* Translators: a day of the week that begins on a day */
  return g_strdup_printf (_("week of %s"), monday);
}
