/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-lines.h"

#include "annals-date-names.h"
#include "annals-month-byline.h"
#include "annals-month-phrases.h"
#include "annals-text.h"

#include <string.h>

#define MAX_SOURCE 100
/* A longer one does not stand alone on a line. */
#define MAX_NAVIGATION 120
/* Bytes at a text's end in which a teaser says that it is one */
#define MAX_ENDING 160

static AnnalsDate *
whole_month (const char *words,
             gsize       length)
{
  g_autoptr(AnnalsDate) date = NULL;
  gsize used;

  while (length > 0 && strchr (" :|'\"-", *words))
    words++, length--;
  while (length > 0 && strchr (" '\".", words[length - 1]))
    length--;

  date = annals_stamp_parse_prefix (words, (gssize) length, NULL, NULL, &used, NULL);

  return date && used == length && annals_date_get_precision (date) == ANNALS_DATE_MONTH
             ? g_steal_pointer (&date)
             : NULL;
}

/* "Monthly Archives: March 2020", "Archive for March 2020", "March 2020 Archives" */
static AnnalsDate *
folded_heading (const AnnalsMonthFolded *folded)
{
  gsize label = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_HEADING, folded->text, FALSE);
  const char *behind = folded->text + label;
  gsize used;

  if (folded->length > 120)
    return NULL;

  /* one space or one of these parts the two; a sentence goes on otherwise */
  if (label > 0 &&
      (*behind == ' ' || *behind == ':' || *behind == '|' || g_utf8_get_char (behind) >= 0x2010))
    {
      while (*behind && !g_unichar_isalnum (g_utf8_get_char (behind)))
        behind = g_utf8_next_char (behind);

      return whole_month (behind, strlen (behind));
    }

  if (g_ascii_isdigit (*folded->text) || g_unichar_isalpha (g_utf8_get_char (folded->text)))
    {
      g_autoptr(AnnalsDate) date = NULL;

      if (!strpbrk (folded->text, "0123456789") || !annals_month_folded_may_begin_day (folded))
        return NULL;

      date = annals_stamp_parse_prefix (folded->text, (gssize) folded->length, NULL, NULL, &used,
                                        NULL);
      if (date && annals_date_get_precision (date) == ANNALS_DATE_MONTH &&
          folded->text[used] == ' ' &&
          (label = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_HEADING,
                                                  folded->text + used + 1, FALSE))
                 > 0 &&
          label == strlen (folded->text + used + 1))
        return g_steal_pointer (&date);
    }

  return NULL;
}

/* "1 2 3 … 9 Next →", "Page 1 of 3": numbers with something that leads on, or from 1 upwards. */
static gboolean
is_page_numbers (const char *folded)
{
  static const char * const leading[] = {
    "→",    "←",        "»",    "«",     "…",     "...",  "›",      "‹",
    "next", "previous", "prev", "older", "newer", "page", "pages:", NULL,
  };
  g_auto(GStrv) tokens = NULL;
  guint n_numbers = 0;
  gboolean leads = FALSE;
  gboolean counts = TRUE;
  guint64 last = 0;

  if (!strpbrk (folded, "0123456789"))
    return FALSE;

  tokens = g_strsplit (folded, " ", -1);
  for (guint i = 0; tokens[i]; i++)
    {
      char *end;
      guint64 number = g_ascii_strtoull (tokens[i], &end, 10);

      if (g_ascii_isdigit (tokens[i][0]) && *end == '\0')
        {
          counts = counts && number == last + 1;
          last = number;
          n_numbers++;
        }
      else if (g_strv_contains (leading, tokens[i]))
        {
          leads = TRUE;
        }
      else if (!(g_str_equal (tokens[i], "of") && leads && n_numbers == 1))
        {
          return FALSE;
        }
    }

  return n_numbers > 0 && (leads || (counts && n_numbers > 1));
}

/* "3 comments", "1 reply", "댓글 3개" */
static gboolean
is_count (const char *folded)
{
  gsize n = strspn (folded, "0123456789");

  if (n > 0)
    return n <= 6 &&
           annals_month_phrase_whole (folded + n + (folded[n] == ' '))
                  == ANNALS_MONTH_PHRASE_COMMENTS;

  n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_COMMENTS, folded, FALSE);
  if (n == 0)
    return FALSE;

  folded += n + strspn (folded + n, " :(");
  n = strspn (folded, "0123456789");

  return n > 0 && (folded[n] == '\0' || g_str_equal (folded + n, ")") ||
                   annals_month_phrase_whole (folded + n) == ANNALS_MONTH_PHRASE_COMMENTS);
}

/* Takes arrows and the white space beside them from both ends; TRUE when there were any. */
static gboolean
strip_arrows (char *folded)
{
  static const char * const arrows[] = {
    "←", "→", "«", "»", "‹", "›", "<<", ">>", "&larr;", "&rarr;", "<-", "->",
  };
  gboolean found = FALSE;
  gboolean again = TRUE;

  while (again)
    {
      again = FALSE;
      g_strstrip (folded);

      for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
        {
          gsize length = strlen (arrows[i]);

          if (g_str_has_prefix (folded, arrows[i]))
            {
              memmove (folded, folded + length, strlen (folded + length) + 1);
              again = TRUE;
            }
          if (g_str_has_suffix (folded, arrows[i]))
            {
              folded[strlen (folded) - length] = '\0';
              again = TRUE;
            }
        }

      found |= again;
    }

  return found;
}

/* "Continue reading TITLE →", "Leggi tutto", "[Read more…]" */
static gboolean
is_continue (const char *bare,
             gboolean    arrows)
{
  gsize n;

  bare += *bare == '[' || *bare == '(';
  n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_CONTINUE, bare, FALSE);
  if (n == 0)
    return FALSE;

  /* alone, before the title, or before a sign that leads on */
  bare += n;
  return arrows || strspn (bare, " .:)]>") == strlen (bare) || g_str_has_prefix (bare, " \"") ||
         g_str_has_prefix (bare, " “") || g_str_has_prefix (bare, " «");
}

static gboolean
is_copyright (const char *folded)
{
  return g_str_has_prefix (folded, "©") || g_str_has_prefix (folded, "(c) ") ||
         g_str_has_prefix (folded, "copyright ©") || g_str_has_prefix (folded, "copyright (c)");
}

/* What leads elsewhere: CONTINUE, NAVIGATION, SIDEBAR or TEXT */
static AnnalsMonthLineKind
kind_of_furniture (const AnnalsMonthFolded *folded)
{
  char bare[MAX_NAVIGATION + 1];
  AnnalsMonthPhraseKind phrase;
  gboolean arrows;
  char *colon;

  /* only what leads on to a post can hold a post's title */
  if (folded->length > MAX_NAVIGATION)
    return folded->length <= ANNALS_MONTH_MAX_FURNITURE &&
           annals_month_phrase_begins (ANNALS_MONTH_PHRASE_CONTINUE, folded->text, FALSE) > 0 &&
           (g_str_has_suffix (folded->text, "→") || g_str_has_suffix (folded->text, "»"))
             ? ANNALS_MONTH_LINE_CONTINUE
             : ANNALS_MONTH_LINE_TEXT;

  if (is_page_numbers (folded->text) || is_count (folded->text) || is_copyright (folded->text))
    return ANNALS_MONTH_LINE_NAVIGATION;

  memcpy (bare, folded->text, folded->length + 1);
  arrows = strip_arrows (bare);

  if (is_continue (bare, arrows))
    return ANNALS_MONTH_LINE_CONTINUE;
  if (arrows && (*bare == '\0' || g_str_equal (bare, "next") || g_str_equal (bare, "previous")))
    return ANNALS_MONTH_LINE_NAVIGATION;

  phrase = annals_month_phrase_whole (bare);
  if (phrase == ANNALS_MONTH_PHRASE_NAVIGATION)
    return ANNALS_MONTH_LINE_NAVIGATION;
  if (annals_month_folded_is_comment_link (folded))
    return ANNALS_MONTH_LINE_NAVIGATION;

  /* "Archives:", "Search for: [      ][Search]" */
  if (phrase == ANNALS_MONTH_PHRASE_NONE && (colon = strchr (bare, ':')))
    {
      g_autofree char *field = g_strdup (colon + 1);

      *colon = '\0';
      g_strstrip (g_strdelimit (field, "[]_", ' '));
      if (*field == '\0' || annals_month_phrase_whole (field) == ANNALS_MONTH_PHRASE_SIDEBAR)
        phrase = annals_month_phrase_whole (g_strchomp (bare));
    }

  return phrase == ANNALS_MONTH_PHRASE_SIDEBAR ? ANNALS_MONTH_LINE_SIDEBAR : ANNALS_MONTH_LINE_TEXT;
}

AnnalsMonthLineKind
annals_month_line_read (const char                 *line,
                        gsize                       length,
                        const AnnalsFormatSettings *settings,
                        AnnalsByline              **byline)
{
  AnnalsMonthFolded folded;
  AnnalsMonthLineKind kind;

  g_return_val_if_fail (line != NULL && byline != NULL, ANNALS_MONTH_LINE_TEXT);

  *byline = NULL;
  if (!annals_month_phrase_may_begin (line, length))
    return ANNALS_MONTH_LINE_TEXT;
  if (!annals_month_folded_init (&folded, line, length) || folded.length == 0)
    return ANNALS_MONTH_LINE_TEXT;

  kind = annals_month_folded_byline (&folded, settings, byline);
  if (kind == ANNALS_MONTH_LINE_BYLINE || kind == ANNALS_MONTH_LINE_FILING)
    return kind;

  if (kind == ANNALS_MONTH_LINE_TEXT || kind == ANNALS_MONTH_LINE_DAY)
    {
      g_autoptr(AnnalsDate) month = folded_heading (&folded);

      if (month != NULL)
        {
          g_clear_pointer (byline, annals_byline_free);
          return ANNALS_MONTH_LINE_HEADING;
        }
    }

  return kind != ANNALS_MONTH_LINE_TEXT ? kind : kind_of_furniture (&folded);
}

AnnalsDate *
annals_month_line_heading (const char *line)
{
  AnnalsMonthFolded folded;

  g_return_val_if_fail (line != NULL, NULL);

  return annals_month_folded_init (&folded, line, strlen (line)) ? folded_heading (&folded) : NULL;
}

AnnalsDate *
annals_month_line_month (const char *line)
{
  AnnalsMonthFolded folded;

  g_return_val_if_fail (line != NULL, NULL);

  return annals_month_folded_init (&folded, line, strlen (line)) &&
                 annals_month_folded_may_begin_day (&folded)
             ? whole_month (folded.text, folded.length)
             : NULL;
}

AnnalsByline *
annals_month_line_byline (const char                 *line,
                          const AnnalsFormatSettings *settings)
{
  AnnalsByline *byline;
  AnnalsMonthLineKind kind;

  g_return_val_if_fail (line != NULL, NULL);

  kind = annals_month_line_read (line, strlen (line), settings, &byline);
  if (kind != ANNALS_MONTH_LINE_BYLINE && kind != ANNALS_MONTH_LINE_FILING)
    g_clear_pointer (&byline, annals_byline_free);

  return byline;
}

gboolean
annals_month_line_navigation (const char *line)
{
  AnnalsMonthFolded folded;
  AnnalsMonthLineKind kind;

  g_return_val_if_fail (line != NULL, FALSE);

  if (!annals_month_folded_init (&folded, line, strlen (line)) || folded.length == 0)
    return FALSE;

  kind = kind_of_furniture (&folded);

  return kind == ANNALS_MONTH_LINE_NAVIGATION || kind == ANNALS_MONTH_LINE_CONTINUE;
}

char *
annals_month_line_source (const char *line)
{
  static const char * const introductions[] = { "source:", "via", "from" };
  g_autofree char *normal = NULL;
  g_autofree char *name = NULL;
  gboolean letter = FALSE;
  gsize length;

  g_return_val_if_fail (line != NULL, NULL);

  while (g_ascii_isspace (*line))
    line++;
  if (*line != '[' || strlen (line) > ANNALS_MONTH_MAX_FURNITURE)
    return NULL;

  normal = annals_text_normalize_line (line, -1);
  length = strlen (normal);
  if (length < 3 || length > MAX_SOURCE || normal[0] != '[' || normal[length - 1] != ']')
    return NULL;

  name = g_strstrip (g_strndup (normal + 1, length - 2));

  for (guint i = 0; i < G_N_ELEMENTS (introductions); i++)
    {
      gsize skip = strlen (introductions[i]);

      if (g_ascii_strncasecmp (name, introductions[i], skip) == 0 && name[skip] == ' ')
        {
          memmove (name, name + skip, strlen (name + skip) + 1);
          g_strstrip (name);
          break;
        }
    }

  for (const char *at = name; *at; at = g_utf8_next_char (at))
    letter |= g_unichar_isalpha (g_utf8_get_char (at));

  /* a caption, a shortcode, a remark of the editor */
  if (!letter || strpbrk (name, "[]:=/") != NULL || g_ascii_strncasecmp (name, "update", 6) == 0 ||
      (strchr (name, ' ') != NULL && g_unichar_islower (g_utf8_get_char (name))))
    return NULL;

  return g_steal_pointer (&name);
}

AnnalsDate *
annals_month_line_dated_title (const char                 *line,
                               gsize                       length,
                               const AnnalsFormatSettings *settings)
{
  g_autoptr(AnnalsDate) date = NULL;
  gsize open;
  gsize used;

  g_return_val_if_fail (line != NULL, NULL);

  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  if (length < 3 || length > ANNALS_MONTH_MAX_FURNITURE || line[length - 1] != ')')
    return NULL;

  for (open = length - 1; open > 0 && line[open] != '('; open--)
    ;
  if (open == 0 || line[open] != '(' || line[open - 1] != ' ' || strspn (line, " \t") >= open)
    return NULL;

  length -= open + 2;
  date = annals_stamp_parse_prefix (line + open + 1, (gssize) length,
                                    settings ? settings->language : NULL,
                                    settings ? settings->zone : NULL, &used, NULL);

  return date && used == length && (annals_date_get_precision (date) == ANNALS_DATE_DAY ||
                                    annals_date_get_precision (date) == ANNALS_DATE_TIME)
           ? g_steal_pointer (&date)
           : NULL;
}

/* Whether a phrase that leads on stands at the end of @folded: before an arrow, with the post's
 * title between them, or behind a sentence's end and before nothing. */
static gboolean
ends_with_continue (const char *folded)
{
  gboolean arrow = g_str_has_suffix (folded, "→") || g_str_has_suffix (folded, "»") ||
                   g_str_has_suffix (folded, ">>") || g_str_has_suffix (folded, "]");

  for (const char *at = folded; *at; at = g_utf8_next_char (at))
    {
      gsize n;

      if (at > folded && at[-1] != ' ' && at[-1] != '[')
        continue;

      n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_CONTINUE, at, FALSE);
      if (n == 0)
        continue;
      if (arrow)
        return TRUE;
      if (n >= 6 && at - folded >= 2 && strspn (at + n, " .)]>") == strlen (at + n) &&
          (strchr (".!?])\"", at[-2]) || (guchar) at[-2] >= 0x80))
        return TRUE;
    }

  return FALSE;
}

gboolean
annals_month_line_is_teaser (const char *text,
                             gsize       length,
                             gboolean    single)
{
  char folded[MAX_ENDING * 4];
  const char *from;
  gsize n;

  g_return_val_if_fail (text != NULL, FALSE);

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return FALSE;

  from = length > MAX_ENDING ? g_utf8_find_prev_char (text, text + length - MAX_ENDING + 1) : text;
  if (from == NULL ||
      !annals_date_fold (from, (gsize) (text + length - from), folded, sizeof folded, NULL))
    return FALSE;

  n = 0;
  for (const char *at = folded; *at; at++)
    if (*at != ' ' || (n > 0 && folded[n - 1] != ' '))
      folded[n++] = *at;
  folded[n] = '\0';

  if (g_str_has_suffix (folded, "[...]") || g_str_has_suffix (folded, "(...)") ||
      g_str_has_suffix (folded, "[..]"))
    return TRUE;
  if (single && n > 40 && g_str_has_suffix (folded, "..."))
    return TRUE;

  return ends_with_continue (folded);
}
