/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* [full, short] for 21 to 41; %Y is the year, as in expand() */
static const char *const season_names[][2] = {
  { N_("spring %Y"), N_("spring %Y") },
  { N_("summer %Y"), N_("summer %Y") },
  { N_("autumn %Y"), N_("autumn %Y") },
  { N_("winter %Y"), N_("winter %Y") },
  { N_("northern spring %Y"), N_("spring %Y") },
  { N_("northern summer %Y"), N_("summer %Y") },
  { N_("northern autumn %Y"), N_("autumn %Y") },
  { N_("northern winter %Y"), N_("winter %Y") },
  { N_("southern spring %Y"), N_("south. spring %Y") },
  { N_("southern summer %Y"), N_("south. summer %Y") },
  { N_("southern autumn %Y"), N_("south. autumn %Y") },
  { N_("southern winter %Y"), N_("south. winter %Y") },
  { N_("first quarter of %Y"), N_("Q1 %Y") },
  { N_("second quarter of %Y"), N_("Q2 %Y") },
  { N_("third quarter of %Y"), N_("Q3 %Y") },
  { N_("fourth quarter of %Y"), N_("Q4 %Y") },
  { N_("first third of %Y"), N_("1st third of %Y") },
  { N_("second third of %Y"), N_("2nd third of %Y") },
  { N_("last third of %Y"), N_("last third of %Y") },
  { N_("first half of %Y"), N_("1st half of %Y") },
  { N_("second half of %Y"), N_("2nd half of %Y") },
};

/* The locale's name of a month: @alone as in "March 2020", else as in "9 March 2020", which differ
 * in Slavic and other languages.
 */
char *
annals_date_dup_month_name (int      month,
                            gboolean alone,
                            gboolean brief)
{
  g_autoptr(GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);

  return g_date_time_format (date, brief ? (alone ? "%Ob" : "%b") : (alone ? "%OB" : "%B"));
}

/* The codes of g_date_time_format() for days, months and years, which itself stops at the years 1
 * and 9999 and cannot write a year of which digits are unknown.
 */
static char *
expand (const char *pattern,
        const char *year,
        int         month,
        int         day)
{
  GString *string = g_string_new (NULL);

  for (const char *p = pattern; *p; p++)
    {
      gboolean plain;
      gboolean alone;

      if (*p != '%')
        {
          g_string_append_c (string, *p);
          continue;
        }

      p++;
      if ((plain = *p == '-'))
        p++;
      if ((alone = *p == 'O'))
        p++;

      if (*p == 'B' || *p == 'b')
        {
          g_autofree char *name = annals_date_dup_month_name (month, alone, *p == 'b');

          g_string_append (string, name);
        }
      else if (*p == 'Y')
        g_string_append (string, year);
      else if (*p == 'd')
        g_string_append_printf (string, plain ? "%d" : "%02d", day);
      else if (*p == 'm')
        g_string_append_printf (string, plain ? "%d" : "%02d", month);
      else if (*p == '\0')
        break;
      else
        g_string_append_c (string, *p);
    }

  return g_string_free (string, FALSE);
}

static char *
dup_year_number (gint64 year)
{
  g_autofree char *number = NULL;

  number = g_strdup_printf ("%" G_GINT64_FORMAT, year > 0 ? year : 1 - year);

  /* a number of three digits alone would not look like a year */
  if (year > 0)
    return year >= 1000 ? g_steal_pointer (&number) : g_strdup_printf (_("AD %s"), number);

  /* Translators: a year before the year 1, as in “44 BC” */
  return g_strdup_printf (_("%s BC"), number);
}

/* annals-calendar.h */
char *
annals_calendar_format (const char *pattern,
                        gint64      year,
                        int         month,
                        int         day)
{
  g_autofree char *year_text = NULL;

  g_return_val_if_fail (pattern != NULL, NULL);
  g_return_val_if_fail (month >= 1 && month <= 12, NULL);

  year_text = dup_year_number (year);
  return expand (pattern, year_text, month, day);
}

static char *
dup_year_span (gint64 first,
               gint64 last)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (last <= 0)
    {
      a = g_strdup_printf ("%" G_GINT64_FORMAT, 1 - first);
      b = dup_year_number (last);
    }
  else
    {
      a = dup_year_number (first);
      b = dup_year_number (last);
    }

  /* Translators: from year to year, as in “1900–1999” and “500–401 BC” */
  return g_strdup_printf (_("%s–%s"), a, b);
}

/* The year of @value; with @month behind the day and month of an unknown year */
static char *
dup_year (const AnnalsDateValue *value,
          gboolean               with_month)
{
  const char *unknown = strchr (value->year, 'X');
  gint64 first = value->first_year;

  if (value->significant)
    {
      g_autofree char *year = dup_year_number (annals_date_value_year (value));
      g_autofree char *span = dup_year_span (first, value->last_year);

      /* Translators: an estimated year and the years it may be: “1950 (1900–1999)” */
      return g_strdup_printf (_("%s (%s)"), year, span);
    }

  if (!unknown)
    return dup_year_number (first);

  if (strcmp (value->year, "XXXX") == 0)
    return g_strdup (value->negative ? _("unknown year BC") : _("unknown year"));

  if (with_month || strspn (unknown, "X") != strlen (unknown))
    return g_strconcat (value->negative ? "-" : "", value->year, NULL);

  /* “1900s” would be a decade to some and a century to others */
  if (unknown[1] == '\0' && !value->negative && first % 100 != 0)
    {
      g_autofree char *year = dup_year_number (first);

      /* Translators: a decade, as in “1950s” */
      return g_strdup_printf (_("%ss"), year);
    }

  return dup_year_span (first, value->last_year);
}

static int
known_number (const char *mask)
{
  return *mask && !strchr (mask, 'X') ? g_ascii_strtoull (mask, NULL, 10) : 0;
}

/* @month and @day are 0 when absent. */
static char *
dup_plain (const char *year,
           int         month,
           int         day,
           gboolean    brief)
{
  if (!month)
    return g_strdup (year);

  /* Translators: patterns as in g_date_time_format(): %-d the day, %B or %b the month beside a
   * day, %OB or %Ob the month without a day, %m its number, %Y the year; nothing else. */
  if (day)
    return expand (brief ? _("%-d %b %Y") : _("%-d %B %Y"), year, month, day);

  return expand (brief ? _("%Ob %Y") : _("%OB %Y"), year, month, 0);
}

static char *
dup_time (const AnnalsDateValue *value)
{
  g_autofree char *time = NULL;

  time = value->second > 0
             ? g_strdup_printf ("%02d:%02d:%02d", value->hour, value->minute, value->second)
             : g_strdup_printf ("%02d:%02d", value->hour, value->minute);

  if (value->zone == ANNALS_ZONE_NONE)
    return g_steal_pointer (&time);

  if (value->zone == ANNALS_ZONE_UTC)
    return g_strdup_printf (_("%s UTC"), time);

  return g_strdup_printf ("%s UTC%c%02d:%02d", time, value->offset < 0 ? '-' : '+',
                          abs (value->offset) / 60, abs (value->offset) % 60);
}

/* What is unknown in the middle of a date: "2016, month unknown, day 25" */
static char *
add_unknown_parts (char       *text,
                   const char *month,
                   const char *day)
{
  g_autofree char *base = text;
  g_autofree char *month_text = NULL;

  if (strcmp (month, "XX") == 0 && strcmp (day, "XX") == 0)
    return g_strdup_printf (_("%s, month and day unknown"), base);

  if (strcmp (month, "XX") == 0)
    month_text = g_strdup_printf (_("%s, month unknown"), base);
  else if (strchr (month, 'X'))
    month_text = g_strdup_printf (_("%s, month %s"), base, month);
  else
    month_text = g_steal_pointer (&base);

  if (strcmp (day, "XX") == 0)
    return g_strdup_printf (_("%s, day unknown"), month_text);
  if (*day && (strchr (day, 'X') || strchr (month, 'X')))
    return g_strdup_printf (_("%s, day %s"), month_text, day);

  return g_steal_pointer (&month_text);
}

static char *
dup_known (const AnnalsDateValue *value,
           const char            *year,
           int                    month,
           int                    day,
           gboolean               brief)
{
  g_autofree char *text = NULL;

  if (!month || strcmp (value->year, "XXXX") != 0)
    return dup_plain (year, month, day, brief);

  if (day)
    text = expand (brief ? C_("first in one year", "%-d %b") : C_("first in one year", "%-d %B"),
                   year, month, day);
  else
    text = expand (brief ? C_("first in one year", "%Ob") : C_("first in one year", "%OB"), year,
                   month, 0);

  return g_strdup_printf (_("%s, year unknown"), text);
}

static char *
dup_unqualified (const AnnalsDateValue *value,
                 gboolean               brief)
{
  g_autofree char *year = dup_year (value, *value->month || value->season);
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  int month = known_number (value->month);
  int day = month ? known_number (value->day) : 0;

  if (value->season)
    return expand (_(season_names[value->season - 21][brief]), year, 0, 0);

  if (!*value->month)
    return g_steal_pointer (&year);

  if (!month && !brief)
    {
      g_free (year);
      year = dup_year (value, FALSE);
    }

  date = dup_known (value, year, month, day, brief);

  if (value->hour >= 0)
    {
      time = dup_time (value);
      /* Translators: a day and a time of day */
      return g_strdup_printf (_("%s, %s"), date, time);
    }

  if (!brief)
    date = add_unknown_parts (g_steal_pointer (&date), value->month, value->day);

  return g_steal_pointer (&date);
}

static const char *
part_remark (AnnalsPart      part,
             AnnalsQualifier qualifier)
{
  static const char *const remarks[ANNALS_N_PARTS][3] = {
    { N_("year approximate"), N_("year uncertain"), N_("year approximate and uncertain") },
    { N_("month approximate"), N_("month uncertain"), N_("month approximate and uncertain") },
    { N_("day approximate"), N_("day uncertain"), N_("day approximate and uncertain") },
  };

  return _(remarks[part][qualifier - 1]);
}

/* "11 June 2004 (year uncertain, day approximate)" */
static char *
qualify_parts (const AnnalsDateValue *value,
               const char            *text)
{
  g_autoptr(GPtrArray) remarks = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (int i = 0; i < ANNALS_N_PARTS; i++)
    if (value->qualifiers[i])
      g_ptr_array_add (remarks, (gpointer) part_remark (i, value->qualifiers[i]));
  g_ptr_array_add (remarks, NULL);

  joined = g_strjoinv (_(", "), (char **) remarks->pdata);
  return g_strdup_printf (_("%s (%s)"), text, joined);
}

static char *
dup_value (const AnnalsDateValue *value,
           gboolean               brief)
{
  g_autofree char *text = dup_unqualified (value, brief);
  int n_parts = *value->day ? 3 : *value->month || value->season ? 2 : 1;
  AnnalsQualifier all = value->qualifiers[ANNALS_PART_YEAR];
  AnnalsQualifier any = 0;

  for (int i = 0; i < n_parts; i++)
    {
      all &= value->qualifiers[i];
      any |= value->qualifiers[i];
    }

  if (value->significant)
    {
      all |= ANNALS_QUALIFIER_APPROXIMATE;
      any |= ANNALS_QUALIFIER_APPROXIMATE;
    }

  if (any != all && !brief)
    return qualify_parts (value, text);

  switch ((int) any)
    {
    case ANNALS_QUALIFIER_APPROXIMATE:
      return g_strdup_printf (brief ? _("~ %s") : _("about %s"), text);

    case ANNALS_QUALIFIER_UNCERTAIN:
      return g_strdup_printf (brief ? _("%s ?") : _("possibly %s"), text);

    case ANNALS_QUALIFIER_APPROXIMATE | ANNALS_QUALIFIER_UNCERTAIN:
      return g_strdup_printf (brief ? _("~ %s ?") : _("possibly about %s"), text);

    default:
      return g_steal_pointer (&text);
    }
}

/* Without X, qualifiers, seasons, times and years of many digits */
static gboolean
is_plain (const AnnalsDateValue *value)
{
  return !value->is_long && !value->significant && !value->season && value->hour < 0 &&
         !strchr (value->year, 'X') && !strchr (value->month, 'X') && !strchr (value->day, 'X') &&
         !value->qualifiers[0] && !value->qualifiers[1] && !value->qualifiers[2];
}

/* "9–15 March 2020", "31 January – 9 March 2020", "January – June 2020"; NULL when the two dates
 * have too little in common.
 */
static char *
dup_merged_range (const AnnalsDateElement *element,
                  gboolean                 brief)
{
  const AnnalsDateValue *a = &element->start;
  const AnnalsDateValue *b = &element->end;
  g_autofree char *year = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  gboolean days;

  if (element->start_kind != ANNALS_END_VALUE || element->end_kind != ANNALS_END_VALUE ||
      !is_plain (a) || !is_plain (b) || a->first_year != b->first_year || !*a->month ||
      !*b->month || !*a->day != !*b->day || a->from >= b->from)
    return NULL;

  year = dup_year_number (a->first_year);
  days = *a->day != '\0';

  /* Translators: the two ends of a range within one month or year; patterns as above. A language
   * that writes the year first moves %Y from the second into the first. */
  if (days && strcmp (a->month, b->month) == 0)
    {
      first = expand (C_("first in one month", "%-d"), year, known_number (a->month),
                      known_number (a->day));
      last = expand (brief ? C_("last in one month", "%-d %b %Y")
                           : C_("last in one month", "%-d %B %Y"),
                     year, known_number (b->month), known_number (b->day));
      return g_strdup_printf (_("%s–%s"), first, last);
    }

  if (days)
    first = expand (brief ? C_("first in one year", "%-d %b") : C_("first in one year", "%-d %B"),
                    year, known_number (a->month), known_number (a->day));
  else
    first = expand (brief ? C_("first in one year", "%Ob") : C_("first in one year", "%OB"), year,
                    known_number (a->month), 0);

  if (days)
    last = expand (brief ? C_("last in one year", "%-d %b %Y")
                         : C_("last in one year", "%-d %B %Y"),
                   year, known_number (b->month), known_number (b->day));
  else
    last = expand (brief ? C_("last in one year", "%Ob %Y") : C_("last in one year", "%OB %Y"),
                   year, known_number (b->month), 0);

  return g_strdup_printf (_("%s – %s"), first, last);
}

static char *
dup_interval (const AnnalsDateElement *element,
              gboolean                 brief)
{
  g_autofree char *merged = dup_merged_range (element, brief);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (merged)
    return g_steal_pointer (&merged);

  if (element->start_kind == ANNALS_END_OPEN && element->end_kind == ANNALS_END_VALUE)
    {
      end = dup_value (&element->end, brief);
      return g_strdup_printf (_("until %s"), end);
    }

  start = element->start_kind == ANNALS_END_VALUE  ? dup_value (&element->start, brief)
          : element->start_kind == ANNALS_END_OPEN ? g_strdup (_("open"))
                                                   : g_strdup (_("unknown"));
  end = element->end_kind == ANNALS_END_VALUE  ? dup_value (&element->end, brief)
        : element->end_kind == ANNALS_END_OPEN ? g_strdup (_("open"))
                                               : g_strdup (_("unknown"));

  /* Translators: from a date to a date: “January 2020 – open” */
  return g_strdup_printf (_("%s – %s"), start, end);
}

/* The day, month or year before (-1) or behind (1) a plain one */
static char *
dup_neighbour (const AnnalsDateValue *value,
               int                    step,
               gboolean               brief)
{
  g_autofree char *text = NULL;
  gint64 year = value->first_year;
  int month = known_number (value->month);
  int day = known_number (value->day);

  if (day)
    {
      annals_calendar_from_days (annals_calendar_days (year, month, day) + step, &year, &month,
                                 &day);
    }
  else if (month)
    {
      month += step;
      if (month < 1 || month > 12)
        {
          year += step;
          month = step < 0 ? 12 : 1;
        }
    }
  else
    {
      year += step;
    }

  text = dup_year_number (year);
  return dup_plain (text, month, day, brief);
}

/* One date somewhere in a range. [2020-03-10..] is "after 9 March 2020": the same, in the words in
 * which it was known.
 */
static char *
dup_somewhere (const AnnalsDateElement *element,
                     gboolean                 brief)
{
  g_autofree char *text = NULL;

  if (element->end_kind == ANNALS_END_OPEN && is_plain (&element->start))
    {
      text = dup_neighbour (&element->start, -1, brief);
      return g_strdup_printf (_("after %s"), text);
    }

  if (element->start_kind == ANNALS_END_OPEN && is_plain (&element->end))
    {
      text = dup_neighbour (&element->end, 1, brief);
      return g_strdup_printf (_("before %s"), text);
    }

  if (element->is_range && element->start_kind == ANNALS_END_VALUE &&
      element->end_kind == ANNALS_END_VALUE)
    {
      g_autofree char *end = NULL;

      if (brief)
        {
          text = dup_interval (element, brief);
          /* Translators: one date in a range, short: “within 3–9 Mar 2020” */
          return g_strdup_printf (_("within %s"), text);
        }

      text = dup_value (&element->start, brief);
      end = dup_value (&element->end, brief);
      return g_strdup_printf (_("between %s and %s"), text, end);
    }

  return NULL;
}

static char *
dup_member (const AnnalsDateElement *element,
            gboolean                 one_of,
            gboolean                 brief)
{
  g_autofree char *text = NULL;

  if (!element->is_range)
    return dup_value (&element->start, brief);

  if (element->start_kind == ANNALS_END_OPEN)
    {
      text = dup_value (&element->end, brief);
      return g_strdup_printf (one_of ? _("%s or earlier") : _("%s and everything before"), text);
    }

  if (element->end_kind == ANNALS_END_OPEN)
    {
      text = dup_value (&element->start, brief);
      return g_strdup_printf (one_of ? _("%s or later") : _("%s and everything after"), text);
    }

  return dup_interval (element, brief);
}

static char *
dup_set (AnnalsDate *self,
         gboolean    brief)
{
  gboolean one_of = self->form == ANNALS_FORM_ONE_OF;
  GString *string = g_string_new (NULL);
  g_autofree char *head = NULL;
  g_autofree char *last = NULL;

  if (one_of && self->n_elements == 1 && (last = dup_somewhere (self->elements, brief)))
    {
      g_string_free (string, TRUE);
      return g_steal_pointer (&last);
    }

  for (guint i = 0; i + 1 < self->n_elements; i++)
    {
      g_autofree char *member = dup_member (&self->elements[i], one_of, brief);

      if (i > 0)
        g_string_append (string, _(", "));
      g_string_append (string, member);
    }

  head = g_string_free (string, FALSE);
  last = dup_member (&self->elements[self->n_elements - 1], one_of, brief);

  if (self->n_elements == 1)
    return g_steal_pointer (&last);

  /* Translators: the last two of a list of dates: “1667, 1668 or December 1672” */
  return g_strdup_printf (one_of ? _("%s or %s") : _("%s and %s"), head, last);
}

static char *
dup_display (AnnalsDate *self,
             gboolean    brief)
{
  switch (self->form)
    {
    case ANNALS_FORM_VALUE:
      return dup_value (&self->elements->start, brief);

    case ANNALS_FORM_INTERVAL:
      return dup_interval (self->elements, brief);

    case ANNALS_FORM_ONE_OF:
    case ANNALS_FORM_ALL_OF:
      return dup_set (self, brief);

    case ANNALS_FORM_UNDATED:
      break;
    }

  return g_strdup (_("undated"));
}

/**
 * annals_date_dup_display:
 * @self: a date
 *
 * Returns: (transfer full): the date for people, in the user's language
 */
char *
annals_date_dup_display (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_display (self, FALSE);
}

/**
 * annals_date_dup_display_short:
 * @self: a date
 *
 * Returns: (transfer full): the same for rows and cards, with the months' short names, "~" for
 *   about and "?" for uncertain
 */
char *
annals_date_dup_display_short (AnnalsDate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_display (self, TRUE);
}

static const char *
precision_remark (AnnalsDate *self)
{
  const AnnalsDateValue *value = self->elements ? &self->elements->start : NULL;

  switch (self->precision)
    {
    case ANNALS_DATE_MONTH:
      return strchr (value->year, 'X') || strchr (value->month, 'X')
                 ? NULL
                 : _("month known, day unknown");

    case ANNALS_DATE_SEASON:
      return value->season == 24 || value->season == 28 || value->season == 30
                 ? _("season known, at the beginning or the end of the year")
             : value->season >= 33 ? _("part of the year known, month and day unknown")
                                   : _("season known, month and day unknown");

    case ANNALS_DATE_YEAR:
      return strchr (value->year, 'X') ? NULL : _("year known, month and day unknown");

    case ANNALS_DATE_DECADE:
      return _("decade known, year unknown");

    case ANNALS_DATE_CENTURY:
      return strcmp (value->year, "XXXX") == 0 ? _("year unknown") : _("only the span of years known");

    case ANNALS_DATE_UNDATED:
      return _("nothing is known of the date");

    case ANNALS_DATE_TIME:
    case ANNALS_DATE_DAY:
    case ANNALS_DATE_RANGE:
      break;
    }

  return NULL;
}

static void
add_end_remarks (AnnalsDate *self,
                 GPtrArray  *remarks)
{
  AnnalsEnd start = self->elements[0].start_kind;
  AnnalsEnd end = self->elements[self->n_elements - 1].end_kind;

  if (start != ANNALS_END_VALUE)
    g_ptr_array_add (remarks, (gpointer) (start == ANNALS_END_OPEN ? _("beginning open")
                                                                   : _("beginning unknown")));
  if (end != ANNALS_END_VALUE)
    g_ptr_array_add (remarks, (gpointer) (end == ANNALS_END_OPEN ? _("end open")
                                                                 : _("end unknown")));
}

/**
 * annals_date_dup_remark:
 * @self: a date
 *
 * Returns: (transfer full) (nullable): what is not known, for a tooltip; %NULL when nothing is
 *   missing
 */
char *
annals_date_dup_remark (AnnalsDate *self)
{
  g_autoptr(GPtrArray) remarks = g_ptr_array_new ();
  const char *remark;

  g_return_val_if_fail (self != NULL, NULL);

  if ((remark = precision_remark (self)))
    g_ptr_array_add (remarks, (gpointer) remark);
  else if (self->flags & ANNALS_DATE_UNSPECIFIED)
    g_ptr_array_add (remarks, (gpointer) _("some digits unknown"));

  if (self->form == ANNALS_FORM_ONE_OF)
    g_ptr_array_add (remarks, (gpointer) _("one of several dates, which is unknown"));
  if (self->flags & ANNALS_DATE_APPROXIMATE)
    g_ptr_array_add (remarks, (gpointer) _("approximate"));
  if (self->flags & ANNALS_DATE_UNCERTAIN)
    g_ptr_array_add (remarks, (gpointer) _("uncertain"));

  if (self->form == ANNALS_FORM_INTERVAL || self->form == ANNALS_FORM_ALL_OF)
    add_end_remarks (self, remarks);

  if (remarks->len == 0)
    return NULL;

  g_ptr_array_add (remarks, NULL);
  return g_strjoinv (_("; "), (char **) remarks->pdata);
}
