/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"
#include "annals-date-style.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  PART_YEAR   = 1 << 0,
  PART_MONTH  = 1 << 1,
  PART_DAY    = 1 << 2,
  PART_MINUTE = 1 << 3,
  PART_SECOND = 1 << 4,
} Parts;

static int style;   /* atomic; an AnnalsDateStyle */

AnnalsDateStyle
annals_date_style_get (void)
{
  return g_atomic_int_get (&style);
}

void
annals_date_style_set (AnnalsDateStyle new_style)
{
  g_atomic_int_set (&style, (int) new_style);
}

void
annals_date_style_set_named (const char *name)
{
  g_return_if_fail (name != NULL);

  annals_date_style_set (g_str_equal (name, "numbers") ? ANNALS_DATE_STYLE_NUMBERS : ANNALS_DATE_STYLE_WORDS);
}

gboolean
annals_date_in_numbers (void)
{
  return annals_date_style_get () == ANNALS_DATE_STYLE_NUMBERS;
}

/* What a code of g_date_time_format() says of a time */
static Parts
parts_of (char code)
{
  static const struct
  {
    const char *codes;
    Parts       parts;
  } table[] = {
    { "YyGgC", PART_YEAR },
    { "Bbhm", PART_MONTH },
    { "de", PART_DAY },
    { "xDF", PART_YEAR | PART_MONTH | PART_DAY },
    { "HIklMR", PART_MINUTE },
    { "STXr", PART_MINUTE | PART_SECOND },
    { "c", PART_YEAR | PART_MONTH | PART_DAY | PART_MINUTE | PART_SECOND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strchr (table[i].codes, code))
      return table[i].parts;

  return 0;
}

/* The parts that @pattern names. @first and @end (out) (nullable): where its codes begin and end */
static Parts
read_pattern (const char  *pattern,
              const char **first,
              const char **end)
{
  const char *p = pattern;
  Parts parts = 0;

  while ((p = strchr (p, '%')))
    {
      const char *start = p++;

      p += strspn (p, "-_0^#EO");
      if (*p == '\0')
        break;
      if (*p++ == '%')
        continue;

      parts |= parts_of (p[-1]);
      if (first && *first == NULL)
        *first = start;
      if (end)
        *end = p;
    }

  return parts;
}

/* "2020", "2020-03", "2020-03-09"; @month and @day are 0 when absent */
char *
annals_date_dup_numbers (const char *year,
                         int         month,
                         int         day)
{
  GString *string = g_string_new (year);

  if (month)
    {
      g_string_append_c (string, '-');
      annals_date_append_two (string, month, FALSE);
    }
  if (month && day)
    {
      g_string_append_c (string, '-');
      annals_date_append_two (string, day, FALSE);
    }

  return g_string_free (string, FALSE);
}

/* A pattern of words and one date ("early %OB %Y", "%Y年%OB上旬"): the date is what lies between its first code and
 * its last one.
 */
char *
annals_date_expand_numbers (const char *pattern,
                            const char *year,
                            int         month,
                            int         day)
{
  const char *first = NULL;
  const char *end = NULL;
  Parts parts = read_pattern (pattern, &first, &end);
  g_autofree char *number = annals_date_dup_numbers (year, parts & PART_MONTH ? month : 0,
                                                     parts & PART_DAY ? day : 0);

  if (first == NULL)
    return g_strdup (pattern);

  return g_strdup_printf ("%.*s%s%s", (int) (first - pattern), pattern, number, end);
}

/* A pattern of nothing but a date, without what its language puts around the numbers: of a day in a year that the
 * pattern leaves out "03-09".
 */
char *
annals_date_format_numbers (const char *pattern,
                            const char *year,
                            int         month,
                            int         day)
{
  Parts parts = read_pattern (pattern, NULL, NULL);
  g_autofree char *number = annals_date_dup_numbers (year, parts & (PART_MONTH | PART_DAY) ? month : 0,
                                                     parts & PART_DAY ? day : 0);

  return g_strdup ((parts & PART_DAY) && !(parts & PART_YEAR) ? number + strlen (year) + 1 : number);
}

char *
annals_date_style_dup_example (AnnalsDateStyle of)
{
  return of == ANNALS_DATE_STYLE_NUMBERS ? annals_date_dup_numbers ("2020", 3, 9)
                                         : annals_date_expand_words (_("%-d %B %Y"), "2020", 3, 9);
}

char *
annals_date_style_format (GDateTime  *time,
                          const char *pattern)
{
  g_autoptr(GString) numbers = NULL;
  Parts parts;

  g_return_val_if_fail (time != NULL, NULL);
  g_return_val_if_fail (pattern != NULL, NULL);

  if (!annals_date_in_numbers ())
    return g_date_time_format (time, pattern);

  parts = read_pattern (pattern, NULL, NULL);
  numbers = g_string_new (parts & PART_DAY                  ? "%Y-%m-%d"
                          : parts & PART_MONTH              ? "%Y-%m"
                          : parts & PART_YEAR               ? "%Y" : "");
  if (numbers->len > 0 && (parts & PART_MINUTE))
    g_string_append_c (numbers, ' ');
  if (parts & PART_MINUTE)
    g_string_append (numbers, parts & PART_SECOND ? "%H:%M:%S" : "%H:%M");

  return g_date_time_format (time, numbers->str);
}
