/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-words.h"

#include "annals-stamp.h"

#include <string.h>

/* The date that is all of @words and of that precision */
static AnnalsDate *
parse (const char          *words,
       AnnalsDatePrecision  precision)
{
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt;
  gsize length = strlen (words);
  gsize used;

  while (length > 0 && g_ascii_isspace (words[length - 1]))
    length--;

  date = annals_stamp_parse_prefix (words, (gssize) length, NULL, NULL, &used, &doubt);
  if (date == NULL || used != length || doubt != ANNALS_STAMP_CLEAR)
    return NULL;

  /* the day of a time is what was asked for */
  if (precision == ANNALS_DATE_DAY && annals_date_get_precision (date) == ANNALS_DATE_TIME)
    {
      g_autofree char *day = g_strndup (annals_date_get_edtf (date), strlen ("2020-03-03"));

      return annals_date_parse (day, NULL);
    }

  return annals_date_get_precision (date) == precision ? g_steal_pointer (&date) : NULL;
}

AnnalsDate *
annals_month_words_parse_month (const char *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  return parse (words, ANNALS_DATE_MONTH);
}

AnnalsDate *
annals_month_words_parse_day (const char *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  return parse (words, ANNALS_DATE_DAY);
}
