/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"
#include "annals-date-proposals.h"

#include <stdlib.h>
#include <string.h>

/* The order of the numbers in "9/3/2020" */
typedef enum
{
  ORDER_DAY_FIRST,
  ORDER_MONTH_FIRST,
} Order;

static gboolean
replace_numbers_cb (const GMatchInfo *match,
                    GString          *result,
                    gpointer          user_data)
{
  const Order *order = user_data;
  g_autofree char *first = g_match_info_fetch (match, 1);
  g_autofree char *second = g_match_info_fetch (match, 3);
  g_autofree char *year = g_match_info_fetch (match, 4);

  /* the century of two digits is the one that most dates lie in: 1950 to 2049 */
  g_string_append_printf (result, "%s%s-%02d-%02d",
                          strlen (year) == 4 ? "" : *year < '5' ? "20" : "19", year,
                          atoi (*order == ORDER_DAY_FIRST ? second : first),
                          atoi (*order == ORDER_DAY_FIRST ? first : second));
  return FALSE;
}

static char *
dup_ordered (const char *words,
             Order       order)
{
  g_autoptr(GRegex) regex = NULL;

  regex = g_regex_new ("(?<![\\d/.-])(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d\\d)(?![\\d/-])",
                       0, 0, NULL);
  return g_regex_replace_eval (regex, words, -1, 0, 0, replace_numbers_cb, &order, NULL);
}

static void
add_reading (GPtrArray  *readings,
             AnnalsDate *date)
{
  if (date == NULL)
    return;

  for (guint i = 0; i < readings->len; i++)
    if (strcmp (annals_date_get_edtf (readings->pdata[i]), annals_date_get_edtf (date)) == 0)
      {
        annals_date_unref (date);
        return;
      }

  g_ptr_array_add (readings, date);
}

/* 1900s: the decade and the century */
static void
add_spans (GPtrArray  *readings,
           const char *words)
{
  g_autofree char *text = g_strstrip (g_ascii_strdown (words, -1));
  g_autofree char *decade = NULL;
  g_autofree char *century = NULL;
  const char *year = g_str_has_prefix (text, "the ") ? text + 4 : text;

  if (strlen (year) != 5 || strspn (year, "0123456789") != 4 || year[4] != 's')
    return;

  decade = g_strdup_printf ("%.3sX", year);
  century = g_strdup_printf ("%.2sXX", year);
  add_reading (readings, annals_date_parse (decade, NULL));
  add_reading (readings, annals_date_parse (century, NULL));
}

/* 19 and 193: what ISO 8601 says, and the year */
static void
add_short_numbers (GPtrArray  *readings,
                   const char *words)
{
  g_autofree char *text = g_strstrip (g_strdup (words));
  g_autofree char *year = NULL;
  gsize length = strlen (text);

  if ((length != 2 && length != 3) || strspn (text, "0123456789") != length)
    return;

  year = g_strdup_printf ("%s%s", length == 3 ? "0" : *text < '5' ? "20" : "19", text);
  add_reading (readings, annals_date_parse (text, NULL));
  add_reading (readings, annals_date_parse (year, NULL));
}

/* "yesterday", "last Tuesday", "9 March": what a post would mean by it that was written on that
 * day. Nothing else may stand in @words. */
static AnnalsDate *
parse_relative (const char *words,
                AnnalsDate *seen_from)
{
  g_autofree char *text = g_strstrip (g_strdup (words));
  g_autoptr(GPtrArray) proposals = NULL;
  const AnnalsDateProposal *proposal;

  if (*text == '\0' || !g_utf8_validate (text, -1, NULL) || strlen (text) > 160)
    return NULL;

  /* a text writes its months with a capital letter, who types often does not */
  for (char *p = text; *p; p++)
    if (p == text || p[-1] == ' ')
      *p = g_ascii_toupper (*p);

  proposals = annals_date_proposals_find_words (text, seen_from, ANNALS_PROPOSALS_DEFAULT);
  if (proposals->len != 1)
    return NULL;

  proposal = g_ptr_array_index (proposals, 0);
  return proposal->start == 0 && proposal->end == g_utf8_strlen (text, -1)
             ? annals_date_ref (proposal->date)
             : NULL;
}

/**
 * annals_date_parse_entry:
 * @words: what a person typed
 * @seen_from: (nullable): the day from which words like "yesterday" are counted
 * @error: where to put %ANNALS_DATE_ERROR_INVALID, or %ANNALS_DATE_ERROR_AMBIGUOUS when the
 *   readings cannot be told
 *
 * Returns: (transfer full) (element-type AnnalsDate): the readings, one when it is clear; %NULL
 *   with @error set when it is not understood
 */
GPtrArray *
annals_date_parse_entry (const char  *words,
                         AnnalsDate  *seen_from,
                         GError     **error)
{
  g_autoptr(GPtrArray) readings = NULL;
  g_autoptr(GError) words_error = NULL;
  AnnalsDate *date;

  g_return_val_if_fail (words != NULL, NULL);

  readings = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_date_unref);

  if ((date = annals_date_parse_words (words, &words_error)))
    {
      g_ptr_array_add (readings, date);
      return g_steal_pointer (&readings);
    }

  if (g_error_matches (words_error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS))
    {
      for (Order order = ORDER_DAY_FIRST; order <= ORDER_MONTH_FIRST; order++)
        {
          g_autofree char *ordered = dup_ordered (words, order);

          add_reading (readings, ordered ? annals_date_parse_words (ordered, NULL) : NULL);
        }
      add_spans (readings, words);
      add_short_numbers (readings, words);
    }

  else if (seen_from && !annals_date_is_undated (seen_from))
    {
      add_reading (readings, parse_relative (words, seen_from));
    }

  if (readings->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&words_error));
      return NULL;
    }

  return g_steal_pointer (&readings);
}
