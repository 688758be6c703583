/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-report-periods.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where a group of events stands among the groups. */
typedef enum
{
  ERA_UNKNOWN_START,
  ERA_DATED,
  ERA_UNDATED,
} Era;

/* A period and where it stands among the others. */
typedef struct
{
  AnnalsReportPeriod period;   /* first: what the caller gets */
  Era                era;
  gint64             from;
  gint64             to;
} Group;

static void
group_free (Group *group)
{
  g_free (group->period.heading);
  g_ptr_array_unref (group->period.events);
  g_array_unref (group->period.numbers);
  g_free (group);
}

/* Longer times first, so that a year stands before its months. */
static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const Group *left = *(Group **) a;
  const Group *right = *(Group **) b;

  if (left->era != right->era)
    return left->era < right->era ? -1 : 1;
  if (left->from != right->from)
    return left->from < right->from ? -1 : 1;
  if (left->to != right->to)
    return left->to > right->to ? -1 : 1;

  return strcmp (left->period.heading, right->period.heading);
}

/* What a date begins with: for an interval its first end, so that "2019/2021" is not put under a
 * month that nobody named. */
static AnnalsDate *
get_beginning (AnnalsDate *date)
{
  const char *edtf = annals_date_get_edtf (date);
  const char *slash = strchr (edtf, '/');
  g_autofree char *first = NULL;
  AnnalsDate *beginning;

  if (slash == NULL)
    return annals_date_ref (date);

  first = g_strndup (edtf, (gsize) (slash - edtf));
  beginning = annals_date_parse (first, NULL);

  return beginning != NULL ? beginning : annals_date_ref (date);
}

/* "2020-03" of a day or a time, as it was written, in its own zone. */
static char *
get_month_as_written (AnnalsDate *date)
{
  const char *edtf = annals_date_get_edtf (date);
  AnnalsDatePrecision precision = annals_date_get_precision (date);

  if ((precision != ANNALS_DATE_DAY && precision != ANNALS_DATE_TIME) || strlen (edtf) < 7 ||
      edtf[4] != '-')
    return NULL;

  for (guint i = 0; i < 7; i++)
    if (i != 4 && !g_ascii_isdigit (edtf[i]))
      return NULL;

  return g_strndup (edtf, 7);
}

/* The month, else the year, in which all of [from, to) lies, as EDTF; NULL when it is longer. */
static char *
get_unit (gint64 from,
          gint64 to)
{
  g_autoptr(GDateTime) first = g_date_time_new_from_unix_utc (from);
  g_autoptr(GDateTime) last = g_date_time_new_from_unix_utc (MAX (from, to - 1));

  if (first == NULL || last == NULL || g_date_time_get_year (first) != g_date_time_get_year (last))
    return NULL;

  return g_date_time_format (first, g_date_time_get_month (first) == g_date_time_get_month (last)
                                      ? "%Y-%m" : "%Y");
}

static void
describe_group (Group      *group,
                AnnalsDate *date)
{
  g_autoptr(AnnalsDate) beginning = get_beginning (date);
  g_autoptr(AnnalsDate) unit = NULL;
  g_autofree char *edtf = NULL;
  gboolean has_to;

  group->era = ERA_DATED;
  if (annals_date_is_undated (date))
    {
      group->era = ERA_UNDATED;
      group->period.heading = g_strdup (_("Undated"));
      return;
    }
  if (!annals_date_get_from (beginning, &group->from))
    {
      group->era = ERA_UNKNOWN_START;
      group->period.heading = g_strdup (_("Beginning unknown"));
      return;
    }

  has_to = annals_date_get_to (beginning, &group->to);
  edtf = get_month_as_written (beginning);
  if (edtf == NULL && has_to)
    edtf = get_unit (group->from, group->to);

  unit = edtf != NULL ? annals_date_parse (edtf, NULL) : NULL;
  if (unit == NULL)
    {
      group->period.heading = annals_date_dup_display (beginning);
      return;
    }

  annals_date_get_from (unit, &group->from);
  annals_date_get_to (unit, &group->to);
  group->period.heading = annals_date_dup_display (unit);
}

GPtrArray *
annals_report_dup_periods (AnnalsReport *report)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  g_autoptr(GHashTable) by_heading = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < report->events->len; i++)
    {
      AnnalsEvent *event = g_ptr_array_index (report->events, i);
      Group *group = g_new0 (Group, 1);
      Group *same;
      guint number = i + 1;

      group->period.events = g_ptr_array_new ();
      group->period.numbers = g_array_new (FALSE, FALSE, sizeof (guint));
      describe_group (group, event->date);

      same = g_hash_table_lookup (by_heading, group->period.heading);
      if (same == NULL)
        {
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_heading, group->period.heading, group);
          same = group;
        }
      else
        {
          group_free (group);
        }

      g_ptr_array_add (same->period.events, event);
      g_array_append_val (same->period.numbers, number);
    }

  g_ptr_array_sort (groups, compare_groups);
  return groups;
}
