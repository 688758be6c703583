/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
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

static GMutex names_lock;
static const char *names_locale;
static const char *names[2][2][12];   /* alone, brief */

void
annals_date_forget_month_names (void)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&names_lock);

  memset (names, 0, sizeof names);
}

/* The locale's name of a month: @alone as in "March 2020", else as in "9 March 2020", which differ
 * in Slavic and other languages. It is looked up once: exports write thousands.
 */
static const char *
get_month_name (int      month,
                gboolean alone,
                gboolean brief)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&names_lock);
  const char *locale = setlocale (LC_TIME, NULL);
  const char **name = &names[alone][brief][month - 1];

  if (g_strcmp0 (locale, names_locale) != 0)
    {
      memset (names, 0, sizeof names);
      names_locale = g_intern_string (locale);
    }

  if (*name == NULL)
    {
      g_autoptr(GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);
      g_autofree char *text = g_date_time_format (date, brief ? (alone ? "%Ob" : "%b") : (alone ? "%OB" : "%B"));

      *name = g_intern_string (text);
    }

  return *name;
}

/* The codes of g_date_time_format() for days, months and years, which itself stops at the years 1
 * and 9999 and cannot write a year of which digits are unknown.
 */
char *
annals_date_expand_words (const char *pattern,
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
        g_string_append (string, get_month_name (month, alone, *p == 'b'));
      else if (*p == 'Y')
        g_string_append (string, year);
      else if (*p == 'd')
        annals_date_append_two (string, day, plain);
      else if (*p == 'm')
        annals_date_append_two (string, month, plain);
      else if (*p == '\0')
        break;
      else
        g_string_append_c (string, *p);
    }

  return g_string_free (string, FALSE);
}

char *
annals_date_expand (const char *pattern,
                    const char *year,
                    int         month,
                    int         day)
{
  return annals_date_in_numbers () ? annals_date_expand_numbers (pattern, year, month, day)
                                   : annals_date_expand_words (pattern, year, month, day);
}

/* ISO 8601 has a year 0 and four digits; EDTF writes longer ones behind a Y */
static char *
dup_year_in_numbers (gint64 year)
{
  const char *sign = year < 0 ? "-" : "";

  return g_strdup_printf ("%s%s%04" G_GINT64_FORMAT, ABS (year) > 9999 ? "Y" : "", sign, ABS (year));
}

char *
annals_date_dup_year_number (gint64 year)
{
  g_autofree char *number = NULL;

  if (annals_date_in_numbers ())
    return dup_year_in_numbers (year);

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

  year_text = annals_date_dup_year_number (year);
  return annals_date_in_numbers () ? annals_date_format_numbers (pattern, year_text, month, day)
                                   : annals_date_expand_words (pattern, year_text, month, day);
}

static char *
dup_year_span (gint64 first,
               gint64 last)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (last <= 0 && !annals_date_in_numbers ())
    {
      a = g_strdup_printf ("%" G_GINT64_FORMAT, 1 - first);
      b = g_strdup_printf ("%" G_GINT64_FORMAT, 1 - last);

      /* Translators: from year to year before the year 1, as in “500–401 BC” */
      return g_strdup_printf (_("%s–%s BC"), a, b);
    }

  a = annals_date_dup_year_number (first);
  b = annals_date_dup_year_number (last);

  if (annals_date_in_numbers ())
    return g_strconcat (a, "/", b, NULL);

  /* Translators: from year to year, as in “1900–1999” */
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
      g_autofree char *year = annals_date_dup_year_number (annals_date_value_year (value));
      g_autofree char *span = dup_year_span (first, value->last_year);

      /* Translators: an estimated year and the years it may be: “1950 (1900–1999)” */
      return g_strdup_printf (_("%s (%s)"), year, span);
    }

  if (!unknown)
    return annals_date_dup_year_number (first);

  if (strcmp (value->year, "XXXX") == 0)
    return g_strdup (value->negative ? _("unknown year BC") : _("unknown year"));

  if (with_month || strspn (unknown, "X") != strlen (unknown))
    return g_strconcat (value->negative ? "-" : "", value->year, NULL);

  /* “1900s” would be a decade to some and a century to others */
  if (unknown[1] == '\0' && !value->negative && first % 100 != 0)
    {
      g_autofree char *year = annals_date_dup_year_number (first);

      /* Translators: a decade, as in “1950s” */
      return g_strdup_printf (_("%ss"), year);
    }

  return dup_year_span (first, value->last_year);
}

int
annals_date_known_number (const char *mask)
{
  return *mask && !strchr (mask, 'X') ? g_ascii_strtoull (mask, NULL, 10) : 0;
}

/* @month and @day are 0 when absent. */
char *
annals_date_dup_plain (const char *year,
                       int         month,
                       int         day,
                       gboolean    brief)
{
  if (!month)
    return g_strdup (year);

  if (annals_date_in_numbers ())
    return annals_date_dup_numbers (year, month, day);

  /* Translators: patterns as in g_date_time_format(): %-d the day, %B or %b the month beside a
   * day, %OB or %Ob the month without a day, %m its number, %Y the year; nothing else. */
  if (day)
    return annals_date_expand (brief ? _("%-d %b %Y") : _("%-d %B %Y"), year, month, day);

  return annals_date_expand (brief ? _("%Ob %Y") : _("%OB %Y"), year, month, 0);
}

static char *
dup_time (const AnnalsDateValue *value)
{
  g_autofree char *time = NULL;
  GString *digits = g_string_new (NULL);

  annals_date_append_two (digits, value->hour, FALSE);
  g_string_append_c (digits, ':');
  annals_date_append_two (digits, value->minute, FALSE);
  if (value->second > 0)
    {
      g_string_append_c (digits, ':');
      annals_date_append_two (digits, value->second, FALSE);
    }
  time = g_string_free (digits, FALSE);

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
    return annals_date_dup_plain (year, month, day, brief);

  if (day && brief)
    /* xgettext:no-c-format */
    text = annals_date_expand (C_("in an unknown year", "%-d %b"), year, month, day);
  else if (day)
    text = annals_date_expand (C_("in an unknown year", "%-d %B"), year, month, day);
  else
    text = annals_date_expand (brief ? C_("in an unknown year", "%Ob")
                                     : C_("in an unknown year", "%OB"),
                               year, month, 0);

  return g_strdup_printf (_("%s, year unknown"), text);
}

/* [full, short] of a third of a year that is approximate: what is called early, mid and late */
static const char *const third_names[][2] = {
  { N_("early %Y"), N_("early %Y") },
  { N_("mid-%Y"), N_("mid-%Y") },
  { N_("late %Y"), N_("late %Y") },
};

static gboolean
is_third (const AnnalsDateValue *value)
{
  return value->season >= 37 && value->season <= 39 &&
         value->qualifiers[ANNALS_PART_YEAR] == value->qualifiers[ANNALS_PART_MONTH] &&
         (value->qualifiers[ANNALS_PART_YEAR] & ANNALS_QUALIFIER_APPROXIMATE);
}

/* Of one that has a month, with an X for each digit that is not known */
static char *
dup_digits (const AnnalsDateValue *value)
{
  const char *day = *value->day ? "-" : "";
  g_autofree char *date = g_strconcat (value->negative ? "-" : "", value->year, "-", value->month, day, value->day, NULL);
  g_autofree char *time = NULL;

  if (value->hour < 0)
    return g_steal_pointer (&date);

  time = dup_time (value);
  return g_strconcat (date, " ", time, NULL);
}

static char *
dup_unqualified (const AnnalsDateValue *value,
                 gboolean               brief)
{
  g_autofree char *year = dup_year (value, *value->month || value->season);
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;
  int month = annals_date_known_number (value->month);
  int day = month ? annals_date_known_number (value->day) : 0;

  if (is_third (value))
    return annals_date_expand (_(third_names[value->season - 37][brief]), year, 0, 0);

  if (value->season)
    return annals_date_expand (_(season_names[value->season - 21][brief]), year, 0, 0);

  if (!*value->month)
    return g_steal_pointer (&year);

  if (annals_date_in_numbers ())
    return dup_digits (value);

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

char *
annals_date_dup_value (const AnnalsDateValue *value,
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

  /* the words say already that it is approximate */
  if (is_third (value))
    any &= ~ANNALS_QUALIFIER_APPROXIMATE;

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

static char *
dup_display (AnnalsDate *self,
             gboolean    brief)
{
  switch (self->form)
    {
    case ANNALS_FORM_VALUE:
      return annals_date_dup_value (&self->elements->start, brief);

    case ANNALS_FORM_INTERVAL:
      return annals_date_dup_interval (self->elements, brief);

    case ANNALS_FORM_ONE_OF:
    case ANNALS_FORM_ALL_OF:
      return annals_date_dup_set (self, brief);

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
      return strcmp (value->year, "XXXX") == 0 ? _("year unknown")
                                               : _("only the span of years known");

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
