/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-european-private.h"
#include "annals-date-fields-private.h"
#include "annals-limits.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

typedef enum
{
  SIDE_WHOLE,   /* nothing else is said */
  SIDE_ALONE,   /* one date, from which others are counted */
  SIDE_START,
  SIDE_END,
} Side;

static char *
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID, why);
  return NULL;
}

/* EDTF's ranges have no seasons: their first or last month stands for them, as approximate as it
 * then is.
 */
static gboolean
season_to_month (AnnalsDateFields *fields,
                 Side              side,
                 GError          **error)
{
  static const int first[] = { 3, 6, 9, 12 };
  gboolean end = side == SIDE_END;

  if (side < SIDE_START || !fields->season)
    return TRUE;

  if (fields->season == 24)
    {
      g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS,
                   _("“winter %s” may be the beginning or the end of that year; write the month"),
                   fields->year);
      return FALSE;
    }

  if (fields->season <= 24)
    {
      fields->month = first[fields->season - 21] + (end ? 2 : 0);
      fields->qualifier |= ANNALS_QUALIFIER_APPROXIMATE;
    }
  else if (fields->season <= 36)
    fields->month = (fields->season - 33) * 3 + (end ? 3 : 1);
  else if (fields->season <= 39)
    fields->month = (fields->season - 37) * 4 + (end ? 4 : 1);
  else
    fields->month = (fields->season - 40) * 6 + (end ? 6 : 1);

  fields->season = 0;
  return TRUE;
}

static char *
read_single (AnnalsTokens tokens,
             Side         side,
             GError     **error)
{
  AnnalsDateFields fields;

  if (!annals_date_fields_read (&fields, tokens, error) ||
      !season_to_month (&fields, side, error))
    return NULL;

  return annals_date_fields_dup_edtf (&fields, side == SIDE_WHOLE, error);
}

static gboolean
is_before_christ (const AnnalsDateFields *fields)
{
  return fields->year[0] == '-' || strcmp (fields->year, "0000") == 0;
}

/* One “BC” may be that of both years, behind the second as behind the first: of “1500 BC or 1400” nobody knows. “44 BC to
 * 1400” cannot go back from 44 to 1400 BC. */
static gboolean
are_eras_clear (const AnnalsDateFields *a,
                const AnnalsDateFields *b)
{
  if (*a->year == '\0' || *b->year == '\0' || is_before_christ (a) == is_before_christ (b))
    return TRUE;
  if (is_before_christ (b))
    return a->has_era;

  return b->has_era || (a->span == 0 && b->span == 0 && atoi (b->year) > 1 - atoi (a->year));
}

/* Two ends of which each may lack what the other says: "9–15 March 2020", "March 9–15, 2020",
 * "31 January – 9 March 2020"
 */
static gboolean
read_pair (AnnalsTokens first,
           AnnalsTokens second,
           char       **start,
           char       **end,
           GError     **error)
{
  AnnalsDateFields a;
  AnnalsDateFields b;
  gboolean third_alone;

  if (!annals_date_fields_read (&a, first, error) || !annals_date_fields_read (&b, second, error))
    return FALSE;

  if (!are_eras_clear (&a, &b))
    {
      refuse (error, _("each of the two years needs its own “BC” or “AD”"));
      return FALSE;
    }

  third_alone = a.third && !*a.year;
  if (!*a.year && b.span == 0)
    g_strlcpy (a.year, b.year, sizeof a.year);
  /* "early to mid March 2020" as well */
  if ((a.day || third_alone) && !a.month && !a.season)
    a.month = b.month;
  if (!*b.year && b.hour < 0 && a.span == 0)
    g_strlcpy (b.year, a.year, sizeof b.year);
  if (b.day && !b.month && !b.season)
    b.month = a.month;
  if (!*b.year && b.hour >= 0 && !b.day)
    {
      g_strlcpy (b.year, a.year, sizeof b.year);
      b.month = a.month;
      b.day = a.day;
      g_strlcpy (b.zone, *b.zone ? b.zone : a.zone, sizeof b.zone);
    }

  return season_to_month (&a, SIDE_START, error) && season_to_month (&b, SIDE_END, error) &&
         (*start = annals_date_fields_dup_edtf (&a, FALSE, error)) &&
         (*end = annals_date_fields_dup_edtf (&b, FALSE, error));
}

static char *
dup_unit (gint64              seconds,
          AnnalsDatePrecision precision)
{
  gint64 days = seconds / 86400 - (seconds % 86400 < 0);
  gint64 year;
  int month;
  int day;
  const char *minus;

  annals_calendar_from_days (days, &year, &month, &day);
  minus = year < 0 ? "-" : "";
  year = ABS (year);

  if (precision == ANNALS_DATE_YEAR || precision == ANNALS_DATE_DECADE ||
      precision == ANNALS_DATE_CENTURY)
    return g_strdup_printf ("%s%04d", minus, (int) year);
  if (precision == ANNALS_DATE_MONTH)
    return g_strdup_printf ("%s%04d-%02d", minus, (int) year, month);

  return g_strdup_printf ("%s%04d-%02d-%02d", minus, (int) year, month, day);
}

static const char *
get_sign (AnnalsDateFlags flags)
{
  if (flags & ANNALS_DATE_APPROXIMATE)
    return flags & ANNALS_DATE_UNCERTAIN ? "%" : "~";

  return flags & ANNALS_DATE_UNCERTAIN ? "?" : "";
}

/* The day, month or year next to a date, and what lies beyond: "after 9 March 2020" is one date
 * from the tenth on, [2020-03-10..].
 */
static char *
dup_beyond (AnnalsTokens tokens,
            gboolean     after,
            GError     **error)
{
  g_autofree char *edtf = read_single (tokens, SIDE_ALONE, error);
  g_autofree char *unit = NULL;
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsDatePrecision precision;
  const char *sign;
  gint64 seconds = 0;

  if (!edtf || !(date = annals_date_parse (edtf, error)))
    return NULL;

  if (date->form == ANNALS_FORM_VALUE && strcmp (date->elements->start.year, "XXXX") == 0)
    return refuse (error, _("the year is missing"));

  precision = annals_date_get_precision (date);
  if (precision == ANNALS_DATE_TIME)
    return after ? g_strdup_printf ("[%s..]", edtf) : g_strdup_printf ("[..%s]", edtf);

  if (!after)
    {
      annals_date_get_from (date, &seconds);
      seconds -= 1;
    }
  else
    {
      annals_date_get_to (date, &seconds);
    }

  unit = dup_unit (seconds, precision);
  sign = get_sign (annals_date_get_flags (date));

  return after ? g_strdup_printf ("[%s%s..]", unit, sign)
               : g_strdup_printf ("[..%s%s]", unit, sign);
}

static char *
dup_with (const char  *format_before,
          AnnalsTokens tokens,
          const char  *format_after,
          Side         side,
          GError     **error)
{
  g_autofree char *edtf = read_single (tokens, side, error);

  return edtf ? g_strconcat (format_before, edtf, format_after, NULL) : NULL;
}

static char *
dup_week (AnnalsTokens tokens,
          GError     **error)
{
  g_autofree char *edtf = read_single (tokens, SIDE_ALONE, error);
  g_autoptr(AnnalsDate) date = NULL;
  g_autofree char *last = NULL;
  gint64 from = 0;

  if (!edtf || !(date = annals_date_parse (edtf, error)))
    return NULL;

  if (annals_date_get_precision (date) != ANNALS_DATE_DAY || annals_date_get_flags (date))
    return refuse (error, _("a week is named by one of its days"));

  annals_date_get_from (date, &from);
  last = dup_unit (from + 6 * 86400, ANNALS_DATE_DAY);
  return g_strdup_printf ("[%s..%s]", edtf, last);
}

/* Cuts @tokens at the word or, with @word NULL, at the dash; FALSE when it is not there */
static gboolean
split_at (const AnnalsTokens *tokens,
          const char         *word,
          AnnalsTokens       *before,
          AnnalsTokens       *behind)
{
  for (guint i = 1; i + 1 < tokens->n; i++)
    {
      const AnnalsToken *token = &tokens->tokens[i];

      if (word ? token->kind == ANNALS_TOKEN_WORD && strcmp (token->text, word) == 0
               : token->kind == ANNALS_TOKEN_DASH)
        {
          *before = (AnnalsTokens){ tokens->tokens, i };
          *behind = (AnnalsTokens){ tokens->tokens + i + 1, tokens->n - i - 1 };
          return TRUE;
        }
    }

  return FALSE;
}

/* "2019-2020" and "9-15 March 2020", where the hyphen has no spaces */
static gboolean
split_at_hyphen (const AnnalsTokens *tokens,
                 AnnalsTokens       *before,
                 AnnalsTokens       *behind)
{
  for (guint i = 1; i + 1 < tokens->n; i++)
    {
      const AnnalsToken *a = &tokens->tokens[i - 1];
      const AnnalsToken *b = &tokens->tokens[i + 1];
      gboolean years = a->n_digits == 4 && b->n_digits == 4;
      gboolean days = a->n_digits && a->n_digits <= 2 && b->n_digits && b->n_digits <= 2 &&
                      (i + 2 == tokens->n || tokens->tokens[i + 2].kind == ANNALS_TOKEN_WORD ||
                       tokens->tokens[i + 2].text[0] == ',');
      gboolean months = annals_word_month (a->text) && annals_word_month (b->text);

      if (tokens->tokens[i].kind != ANNALS_TOKEN_SIGN || tokens->tokens[i].text[0] != '-')
        continue;

      /* not the second hyphen of 2020-03-09 */
      if (i >= 2 && tokens->tokens[i - 2].text[0] == '-' &&
          tokens->tokens[i - 2].kind == ANNALS_TOKEN_SIGN)
        continue;

      if (years || days || months)
        {
          *before = (AnnalsTokens){ tokens->tokens, i };
          *behind = (AnnalsTokens){ tokens->tokens + i + 1, tokens->n - i - 1 };
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_end_word (const AnnalsTokens *tokens,
             const char         *word)
{
  return tokens->n == 1 && tokens->tokens[0].kind == ANNALS_TOKEN_WORD &&
         strcmp (tokens->tokens[0].text, word) == 0;
}

static char *
dup_range (AnnalsTokens before,
           AnnalsTokens behind,
           GError     **error)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (is_end_word (&behind, "open") || is_end_word (&behind, "present") ||
      is_end_word (&behind, "now"))
    return dup_with ("", before, "/..", SIDE_START, error);
  if (is_end_word (&behind, "unknown"))
    return dup_with ("", before, "/", SIDE_START, error);
  if (is_end_word (&before, "open"))
    return dup_with ("../", behind, "", SIDE_END, error);
  if (is_end_word (&before, "unknown"))
    return dup_with ("/", behind, "", SIDE_END, error);

  if (!read_pair (before, behind, &start, &end, error))
    return NULL;

  return g_strdup_printf ("%s/%s", start, end);
}

static char *
dup_between (AnnalsTokens before,
             AnnalsTokens behind,
             const char  *format_middle,
             gboolean     all,
             GError     **error)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (!read_pair (before, behind, &start, &end, error))
    return NULL;

  return g_strconcat (all ? "{" : "[", start, format_middle, end, all ? "}" : "]", NULL);
}

/* before, after, since … and one date; NULL without an error when the words begin otherwise */
static char *
read_bound (AnnalsTokens tokens,
            GError     **error)
{
  AnnalsTokens before;
  AnnalsTokens behind;

  if (annals_tokens_take_first (&tokens, "before") ||
      annals_tokens_take_first (&tokens, "prior to") ||
      annals_tokens_take_first (&tokens, "earlier than"))
    return dup_beyond (tokens, FALSE, error);

  if (annals_tokens_take_first (&tokens, "after") ||
      annals_tokens_take_first (&tokens, "later than"))
    return dup_beyond (tokens, TRUE, error);

  if (annals_tokens_take_first (&tokens, "between"))
    return split_at (&tokens, "and", &before, &behind)
               ? dup_between (before, behind, "..", FALSE, error)
               : refuse (error, _("“between” needs two dates with “and”"));

  if (annals_tokens_take_first (&tokens, "since"))
    return dup_with ("", tokens, "/..", SIDE_START, error);

  if (annals_tokens_take_first (&tokens, "until") || annals_tokens_take_first (&tokens, "till") ||
      annals_tokens_take_first (&tokens, "up to") || annals_tokens_take_first (&tokens, "through"))
    return dup_with ("../", tokens, "", SIDE_END, error);

  if (annals_tokens_take_first (&tokens, "by"))
    return dup_with ("[..", tokens, "]", SIDE_END, error);

  if (annals_tokens_take_last (&tokens, "or later"))
    return dup_with ("[", tokens, "..]", SIDE_START, error);

  if (annals_tokens_take_last (&tokens, "or earlier"))
    return dup_with ("[..", tokens, "]", SIDE_END, error);

  if (annals_tokens_take_last (&tokens, "onwards") || annals_tokens_take_last (&tokens, "onward") ||
      annals_tokens_take_last (&tokens, "and later"))
    {
      annals_tokens_take_first (&tokens, "from");
      return dup_with ("", tokens, "/..", SIDE_START, error);
    }

  if (annals_tokens_take_first (&tokens, "within"))
    return split_at (&tokens, NULL, &before, &behind) ||
                   split_at_hyphen (&tokens, &before, &behind)
               ? dup_between (before, behind, "..", FALSE, error)
               : refuse (error, _("“within” needs two dates with a dash"));

  annals_tokens_take_first (&tokens, "the");
  if (annals_tokens_take_first (&tokens, "week of"))
    return dup_week (tokens, error);

  return NULL;
}

static char *
read_expression (AnnalsTokens tokens,
                 GError     **error)
{
  static const char *const until[] = { "to", "until", "till", "through" };
  AnnalsTokens before;
  AnnalsTokens behind;
  GError *bound_error = NULL;
  gboolean from;
  char *edtf;

  if ((edtf = read_bound (tokens, &bound_error)) || bound_error)
    {
      if (bound_error)
        g_propagate_error (error, bound_error);
      return edtf;
    }

  from = annals_tokens_take_first (&tokens, "from");

  for (guint i = 0; i < G_N_ELEMENTS (until); i++)
    if (split_at (&tokens, until[i], &before, &behind))
      return dup_range (before, behind, error);

  if (split_at (&tokens, "or", &before, &behind))
    return dup_between (before, behind, ",", FALSE, error);
  if (split_at (&tokens, "and", &before, &behind))
    return dup_between (before, behind, ",", TRUE, error);

  if (split_at (&tokens, NULL, &before, &behind) || split_at_hyphen (&tokens, &before, &behind))
    return dup_range (before, behind, error);

  return from ? dup_with ("", tokens, "/..", SIDE_START, error)
              : read_single (tokens, SIDE_WHOLE, error);
}

static gboolean
means_undated (const char *text)
{
  static const char *const words[] = { "", "undated", "unknown", "no date", "n.d.", "nd", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}

/* 19 and 193 are a century and a decade in ISO 8601, which no one who types them means for sure. */
static gboolean
check_short_number (const char *text,
                    GError    **error)
{
  gsize length = strlen (text);

  if ((length != 2 && length != 3) || strspn (text, "0123456789") != length)
    return TRUE;

  g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS,
               length == 2 ? _("“%s”: this may be the century %sXX or a year; write four digits")
                           : _("“%s”: this may be the decade %sX or a year; write four digits"),
               text, text);
  return FALSE;
}

/* Nothing in it that EDTF does not use, and no 13/3/2020: EDTF's reason is then the better one */
static gboolean
looks_like_edtf (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return (digits == 0 || digits >= 4) &&
         strspn (text, "0123456789-XYESTZ?~%/.[]{},:+ ") == strlen (text);
}

static AnnalsDate *
parse_lower (const char *lower,
             GError    **error)
{
  g_autoptr(GArray) tokens = g_array_new (FALSE, FALSE, sizeof (AnnalsToken));
  g_autofree char *stopped_at = NULL;
  g_autofree char *edtf = NULL;
  AnnalsTokens all;

  if (!annals_date_lex (lower, tokens, &stopped_at))
    {
      g_set_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID,
                   _("“%s” is not understood; write a date such as 9 March 2020, March 2020 or "
                     "2020-03"), stopped_at);
      return NULL;
    }

  if (tokens->len == 0)
    {
      refuse (error, _("there is no date in it"));
      return NULL;
    }

  all.tokens = &g_array_index (tokens, AnnalsToken, 0);
  all.n = tokens->len;
  edtf = read_expression (all, error);
  return edtf ? annals_date_parse (edtf, error) : NULL;
}

/* Other languages come last, so that no English word is taken for one of theirs. */
static AnnalsDate *
parse_foreign (const char   *text,
               const GError *words_error)
{
  g_autofree char *english = NULL;

  if (g_error_matches (words_error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS))
    return NULL;

  english = annals_date_dup_english (text);
  return english ? parse_lower (english, NULL) : NULL;
}

/* What two of the languages read differently is not read. @words_error becomes the readings when
 * that is all they say: "vor 9.3.2020".
 */
static AnnalsDate *
parse_european (const char  *text,
                GError     **words_error)
{
  g_autoptr(AnnalsDate) found = NULL;
  g_autoptr(GError) ambiguous = NULL;

  if (g_error_matches (*words_error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS))
    return NULL;

  for (guint i = 0; i < ANNALS_N_DATE_LANGUAGES; i++)
    {
      g_autofree char *english = annals_date_dup_european (text, i);
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = english ? parse_lower (english, &error) : NULL;

      if (date && found && strcmp (annals_date_get_edtf (date), annals_date_get_edtf (found)) != 0)
        return NULL;

      if (date && !found)
        found = g_steal_pointer (&date);
      if (!ambiguous && g_error_matches (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS))
        ambiguous = g_steal_pointer (&error);
    }

  if (!found && ambiguous)
    {
      g_clear_error (words_error);
      *words_error = g_steal_pointer (&ambiguous);
    }

  return g_steal_pointer (&found);
}

/**
 * annals_date_parse_words:
 * @words: what a person or a web page wrote; white space around it is ignored
 * @error: where to put %ANNALS_DATE_ERROR_INVALID, or %ANNALS_DATE_ERROR_AMBIGUOUS with the
 *   readings that it may have
 *
 * EDTF first; then plain English: dates in words and numbers, "early", "mid" and "late" (about),
 * seasons, quarters, decades, centuries, "44 BC", "before", "after", "since", "until", "by",
 * "between … and", "week of", ranges with "to" or a dash, "or" and "and", times with a zone. A
 * time without a zone stays without one. Then the same in German, French, Spanish and Russian, the
 * user's own and other languages' names of months, and dates as Korean, Japanese and Chinese write
 * them with numbers.
 *
 * Returns: (transfer full): the date, or %NULL with @error set
 */
AnnalsDate *
annals_date_parse_words (const char  *words,
                         GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *lower = NULL;
  g_autoptr(GError) edtf_error = NULL;
  g_autoptr(GError) words_error = NULL;
  AnnalsDate *date;

  g_return_val_if_fail (words != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_utf8_validate (words, -1, NULL))
    return annals_date_parse (words, error);

  text = g_strstrip (g_strdup (words));
  lower = g_ascii_strdown (text, -1);

  if (means_undated (lower))
    return annals_date_new_undated ();

  if (!check_short_number (text, error))
    return NULL;

  if ((date = annals_date_parse (text, &edtf_error)))
    return date;

  if (g_utf8_strlen (text, -1) > ANNALS_LIMIT_DATE_WORDS)
    {
      g_propagate_error (error, g_steal_pointer (&edtf_error));
      return NULL;
    }

  if ((date = parse_lower (lower, &words_error)) ||
      (date = parse_european (text, &words_error)) ||
      (date = parse_foreign (text, words_error)))
    return date;

  if (annals_date_is_undated_word (text))
    return annals_date_new_undated ();

  if (looks_like_edtf (text) &&
      g_error_matches (words_error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&edtf_error));
      return NULL;
    }

  if (!g_str_has_prefix (words_error->message, "“"))
    g_prefix_error (&words_error, "“%s”: ", text);
  g_propagate_error (error, g_steal_pointer (&words_error));
  return NULL;
}
