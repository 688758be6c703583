/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

  year = annals_date_dup_year_number (a->first_year);
  days = *a->day != '\0';

  /* Translators: the two ends of a range within one month or year; patterns as above. A language
   * that writes the year first moves %Y from the second into the first. */
  if (days && strcmp (a->month, b->month) == 0)
    {
      /* xgettext:no-c-format */
      first = annals_date_expand (C_("first in one month", "%-d"), year,
                                  annals_date_known_number (a->month),
                                  annals_date_known_number (a->day));
      last = annals_date_expand (
          brief ? C_("last in one month", "%-d %b %Y") : C_("last in one month", "%-d %B %Y"),
          year, annals_date_known_number (b->month), annals_date_known_number (b->day));
      return g_strdup_printf (_("%s–%s"), first, last);
    }

  if (days && brief)
    /* xgettext:no-c-format */
    first = annals_date_expand (C_("first in one year", "%-d %b"), year,
                                annals_date_known_number (a->month), annals_date_known_number (a->day));
  else if (days)
    first = annals_date_expand (C_("first in one year", "%-d %B"), year,
                                annals_date_known_number (a->month), annals_date_known_number (a->day));
  else
    first = annals_date_expand (brief ? C_("first in one year", "%Ob")
                                      : C_("first in one year", "%OB"),
                                year, annals_date_known_number (a->month), 0);

  if (days)
    last = annals_date_expand (
        brief ? C_("last in one year", "%-d %b %Y") : C_("last in one year", "%-d %B %Y"), year,
        annals_date_known_number (b->month), annals_date_known_number (b->day));
  else
    last = annals_date_expand (brief ? C_("last in one year", "%Ob %Y")
                                     : C_("last in one year", "%OB %Y"),
                               year, annals_date_known_number (b->month), 0);

  return g_strdup_printf (_("%s – %s"), first, last);
}

char *
annals_date_dup_interval (const AnnalsDateElement *element,
                          gboolean                 brief)
{
  g_autofree char *merged = annals_date_in_numbers () ? NULL : dup_merged_range (element, brief);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (merged)
    return g_steal_pointer (&merged);

  if (annals_date_in_numbers () && element->start_kind == ANNALS_END_VALUE && element->end_kind == ANNALS_END_VALUE &&
      is_plain (&element->start) && is_plain (&element->end))
    {
      start = annals_date_dup_value (&element->start, brief);
      end = annals_date_dup_value (&element->end, brief);
      return g_strconcat (start, "/", end, NULL);
    }

  if (element->start_kind == ANNALS_END_OPEN && element->end_kind == ANNALS_END_VALUE)
    {
      end = annals_date_dup_value (&element->end, brief);
      return g_strdup_printf (_("until %s"), end);
    }

  start = element->start_kind == ANNALS_END_VALUE  ? annals_date_dup_value (&element->start, brief)
          : element->start_kind == ANNALS_END_OPEN ? g_strdup (_("open"))
                                                   : g_strdup (_("unknown"));
  end = element->end_kind == ANNALS_END_VALUE  ? annals_date_dup_value (&element->end, brief)
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
  int month = annals_date_known_number (value->month);
  int day = annals_date_known_number (value->day);

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

  text = annals_date_dup_year_number (year);
  return annals_date_dup_plain (text, month, day, brief);
}

/* One date somewhere in a range. [2020-03-10..] is "after 9 March 2020": the same, in the words in
 * which it was known.
 */
static char *
dup_somewhere (const AnnalsDateElement *element,
               gboolean                 brief)
{
  g_autofree char *text = NULL;

  if ((text = annals_date_third_dup_display (element, brief)) ||
      (text = annals_date_dup_week (element, brief)))
    return g_steal_pointer (&text);

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

  /* one whose end is approximate has no next day from which to count */
  if (element->start_kind == ANNALS_END_OPEN)
    {
      text = annals_date_dup_value (&element->end, brief);
      /* Translators: one date, at the latest this one */
      return g_strdup_printf (_("by %s"), text);
    }

  if (element->is_range && element->start_kind == ANNALS_END_VALUE
      && element->end_kind == ANNALS_END_VALUE)
    {
      g_autofree char *end = NULL;

      if (brief)
        {
          text = annals_date_dup_interval (element, brief);
          /* Translators: one date in a range, short: “within 3–9 Mar 2020” */
          return g_strdup_printf (_("within %s"), text);
        }

      text = annals_date_dup_value (&element->start, brief);
      end = annals_date_dup_value (&element->end, brief);
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
    return annals_date_dup_value (&element->start, brief);

  if (element->start_kind == ANNALS_END_OPEN)
    {
      text = annals_date_dup_value (&element->end, brief);
      return g_strdup_printf (one_of ? _("%s or earlier") : _("%s and everything before"), text);
    }

  if (element->end_kind == ANNALS_END_OPEN)
    {
      text = annals_date_dup_value (&element->start, brief);
      return g_strdup_printf (one_of ? _("%s or later") : _("%s and everything after"), text);
    }

  return annals_date_dup_interval (element, brief);
}

char *
annals_date_dup_set (AnnalsDate *self,
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
