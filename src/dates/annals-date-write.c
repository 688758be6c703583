/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"

#include <stdlib.h>

static void
append_qualifier (GString        *string,
                  AnnalsQualifier qualifier)
{
  static const char signs[] = { '\0', '~', '?', '%' };

  if (qualifier)
    g_string_append_c (string, signs[qualifier]);
}

/* printf() would be most of what a date takes, and exports write one for each record. */
void
annals_date_append_two (GString  *string,
                        int       number,
                        gboolean  plain)
{
  if (number >= 10 || !plain)
    g_string_append_c (string, (char) ('0' + number / 10 % 10));
  g_string_append_c (string, (char) ('0' + number % 10));
}

static void
append_time (GString               *string,
             const AnnalsDateValue *value)
{
  g_string_append_c (string, 'T');
  annals_date_append_two (string, value->hour, FALSE);
  g_string_append_c (string, ':');
  annals_date_append_two (string, value->minute, FALSE);
  if (value->second >= 0)
    {
      g_string_append_c (string, ':');
      annals_date_append_two (string, value->second, FALSE);
    }
  if (*value->fraction)
    g_string_append_printf (string, ".%s", value->fraction);

  if (value->zone == ANNALS_ZONE_UTC)
    g_string_append_c (string, 'Z');
  else if (value->zone == ANNALS_ZONE_OFFSET)
    g_string_append_printf (string, "%c%02d:%02d", value->offset < 0 ? '-' : '+',
                            abs (value->offset) / 60, abs (value->offset) % 60);
}

static void
append_year (GString               *string,
             const AnnalsDateValue *value)
{
  if (value->is_long)
    g_string_append_c (string, 'Y');
  if (value->negative)
    g_string_append_c (string, '-');

  if (value->is_long)
    g_string_append_printf (string, "%" G_GINT64_FORMAT, value->number);
  else
    g_string_append (string, value->year);

  if (value->exponent >= 0)
    g_string_append_printf (string, "E%d", value->exponent);
  if (value->significant)
    g_string_append_printf (string, "S%d", value->significant);
}

/* Parts from the year on that are qualified alike share one sign behind the last of them; every
 * other qualified part carries its own in front.
 */
static void
append_value (GString               *string,
              const AnnalsDateValue *value)
{
  const AnnalsQualifier *qualifiers = value->qualifiers;
  int n_parts = *value->day ? 3 : *value->month || value->season ? 2 : 1;
  int alike = 1;

  while (alike < n_parts && qualifiers[alike] == qualifiers[0])
    alike++;

  append_year (string, value);
  if (alike == 1)
    append_qualifier (string, qualifiers[0]);

  for (int i = 1; i < n_parts; i++)
    {
      g_string_append_c (string, '-');
      if (i >= alike)
        append_qualifier (string, qualifiers[i]);

      if (i == ANNALS_PART_DAY)
        g_string_append (string, value->day);
      else if (value->season)
        g_string_append_printf (string, "%d", value->season);
      else
        g_string_append (string, value->month);

      if (i == alike - 1)
        append_qualifier (string, qualifiers[0]);
    }

  if (value->hour >= 0)
    append_time (string, value);
}

static void
append_end (GString               *string,
            AnnalsEnd              kind,
            const AnnalsDateValue *value)
{
  if (kind == ANNALS_END_VALUE)
    append_value (string, value);
  else if (kind == ANNALS_END_OPEN)
    g_string_append (string, "..");
}

static void
append_member (GString                 *string,
               const AnnalsDateElement *element)
{
  if (element->start_kind == ANNALS_END_VALUE)
    append_value (string, &element->start);

  if (element->is_range)
    {
      g_string_append (string, "..");
      if (element->end_kind == ANNALS_END_VALUE)
        append_value (string, &element->end);
    }
}

char *
annals_date_value_dup_edtf (const AnnalsDateValue *value)
{
  GString *string = g_string_new (NULL);

  append_value (string, value);
  return g_string_free (string, FALSE);
}

/* The canonical expression of what annals_date_read() read */
char *
annals_date_dup_canonical (AnnalsDate *self)
{
  GString *string = g_string_new (NULL);

  switch (self->form)
    {
    case ANNALS_FORM_UNDATED:
      break;

    case ANNALS_FORM_VALUE:
      append_value (string, &self->elements->start);
      break;

    case ANNALS_FORM_INTERVAL:
      append_end (string, self->elements->start_kind, &self->elements->start);
      g_string_append_c (string, '/');
      append_end (string, self->elements->end_kind, &self->elements->end);
      break;

    case ANNALS_FORM_ONE_OF:
    case ANNALS_FORM_ALL_OF:
      g_string_append_c (string, self->form == ANNALS_FORM_ONE_OF ? '[' : '{');
      for (guint i = 0; i < self->n_elements; i++)
        {
          if (i > 0)
            g_string_append_c (string, ',');
          append_member (string, &self->elements[i]);
        }
      g_string_append_c (string, self->form == ANNALS_FORM_ONE_OF ? ']' : '}');
      break;
    }

  return g_string_free (string, FALSE);
}
