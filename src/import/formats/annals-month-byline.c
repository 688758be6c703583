/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-byline.h"

#include "annals-date-names.h"
#include "annals-month-phrases.h"

#include <string.h>

/* A byline is a row of items in any order: a day, a name behind "by", what the post is filed under,
 * and what leads to its comments. Between them stand spaces and signs, or nothing: "Posted onMarch
 * 31, 2009AuthorKvanvig JonCategoriesPolitics". */

#define MAX_NAME 100
#define MAX_TAGS 40

typedef struct
{
  const AnnalsMonthFolded    *folded;
  const AnnalsFormatSettings *settings;
  AnnalsByline               *byline;
  gsize                       at;        /* in the folded text */
  guint                       n_labels;  /* names and filings that are glued to their labels */
  guint                       n_items;
  gboolean                    on;        /* "Posted on" stands in it */
} Items;

static const char *
original (const AnnalsMonthFolded *folded,
          gsize                    at)
{
  return folded->line + folded->origins[at];
}

gboolean
annals_month_folded_init (AnnalsMonthFolded *self,
                          const char        *line,
                          gsize              length)
{
  gsize to = 0;

  if (length > ANNALS_MONTH_MAX_FURNITURE)
    {
      /* what centres a line is no part of it */
      while (length > 0 && g_ascii_isspace (*line))
        line++, length--;
      while (length > 0 && g_ascii_isspace (line[length - 1]))
        length--;
      if (length > ANNALS_MONTH_MAX_FURNITURE)
        return FALSE;
    }

  self->line = line;
  if (!annals_date_fold (line, length, self->text, sizeof self->text, self->origins))
    return FALSE;

  for (gsize from = 0; self->text[from]; from++)
    {
      if (self->text[from] == ' ' && (to == 0 || self->text[to - 1] == ' '))
        continue;
      self->text[to] = self->text[from];
      self->origins[to++] = self->origins[from];
    }

  if (to > 0 && self->text[to - 1] == ' ')
    to--;
  else
    self->origins[to] = (guint16) length;
  self->text[to] = '\0';
  self->length = to;

  return TRUE;
}

/* Whether a date can begin with the word at @p; @lead: also with what stands before one ("on", "il") */
static gboolean
may_begin_day (const char *p,
               gboolean    lead)
{
  const char *end = p;
  gsize length;

  if (g_ascii_isdigit (*p))
    return TRUE;
  if (g_utf8_get_char (p) >= 0x1100)
    return annals_date_name_begin (p, &length, NULL) != ANNALS_DATE_NAME_NONE;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  switch (annals_date_name_look_up (p, (gsize) (end - p), NULL))
    {
    case ANNALS_DATE_NAME_MONTH:
    case ANNALS_DATE_NAME_MONTH_DAY:
    case ANNALS_DATE_NAME_WEEKDAY:
      return TRUE;

    case ANNALS_DATE_NAME_NONE:
      return FALSE;

    default:
      return lead;
    }
}

gboolean
annals_month_folded_may_begin_day (const AnnalsMonthFolded *self)
{
  return may_begin_day (self->text + strspn (self->text, "("), FALSE);
}

gboolean
annals_month_folded_is_comment_link (const AnnalsMonthFolded *self)
{
  static const char *const prepositions[] = {
    "on ", "zu ", "sur ", "en ", "su ", "em ", "op ", "к ", "do ", "στο ",
  };
  gsize at = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_NAVIGATION, self->text, TRUE);
  gunichar first;

  if (at == 0)
    return FALSE;

  at += self->text[at] == ' ';
  for (guint i = 0; i < G_N_ELEMENTS (prepositions); i++)
    if (g_str_has_prefix (self->text + at, prepositions[i]))
      {
        first = g_utf8_get_char (original (self, at + strlen (prepositions[i])));
        return !g_unichar_islower (first) && !g_unichar_isspace (first);
      }

  return FALSE;
}

/* Whether something else can begin at @at: behind a sign, or where a capital or a number is glued
 * to a word */
static gboolean
is_boundary (const AnnalsMonthFolded *folded,
             gsize                    at)
{
  gunichar before;
  gunichar here;
  const char *p;

  if (at == 0 || folded->text[at - 1] == ' ' ||
      (g_ascii_ispunct (folded->text[at - 1]) && folded->text[at - 1] != '\''))
    return TRUE;
  if (folded->origins[at] == folded->origins[at - 1])
    return FALSE;

  p = original (folded, at);
  here = g_utf8_get_char (p);
  before = g_utf8_get_char (g_utf8_prev_char (p));

  return g_unichar_isdigit (before) != g_unichar_isdigit (here) ||
         (g_unichar_isupper (here) && !g_unichar_isupper (before)) || here >= 0x1100;
}

static gboolean
is_separator (const char *p)
{
  gunichar character = g_utf8_get_char (p);

  return character == 0xb7 || character == 0x2022 || character == 0x2013 || character == 0x2014 ||
         (character < 0x80 && strchr ("|,;:-/()*_@~.", (int) character) && character != 0);
}

/* What ends a name or a list of categories in the middle of a line */
static gboolean
is_hard_separator (const char *p)
{
  gunichar character = g_utf8_get_char (p);

  return character == '|' || character == 0xb7 || character == 0x2022 || character == 0x2013 ||
         character == 0x2014 || character == '(';
}

static AnnalsDate *
date_at (const Items      *self,
         gsize             at,
         gsize            *next,
         AnnalsStampDoubt *doubt)
{
  const AnnalsMonthFolded *folded = self->folded;
  const char *from = original (folded, at);
  gsize length = folded->origins[folded->length] - folded->origins[at];
  gsize used;
  AnnalsDate *date;

  if (!may_begin_day (folded->text + at, TRUE))
    return NULL;

  date = annals_stamp_parse_prefix (from, (gssize) length,
                                    self->settings ? self->settings->language : NULL,
                                    self->settings ? self->settings->zone : NULL, &used, doubt);
  if (date == NULL)
    return NULL;

  while (at < folded->length && (gsize) (original (folded, at) - from) < used)
    at++;
  *next = at;

  return date;
}

/* "3 Comments", "Leave a comment on TITLE": where it ends; 0 when there is none at @at. */
static gsize
end_of_comments (const AnnalsMonthFolded *folded,
                 gsize                    at)
{
  const char *p = folded->text + at;
  gsize digits = strspn (p, "0123456789");
  gsize n;

  if (digits > 0 && digits <= 6)
    {
      gsize space = p[digits] == ' ';

      n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_COMMENTS, p + digits + space, FALSE);
      if (n == 0)
        return 0;
      at += digits + space + n;
      return g_str_has_prefix (folded->text + at, " on ") ? folded->length : at;
    }

  if ((n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_NAVIGATION, p, TRUE)) > 0 ||
      (n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_CONTINUE, p, FALSE)) > 0)
    {
      /* the title of the post that it is about stands behind it */
      const char *bar = strchr (p + n, '|');

      return bar ? (gsize) (bar - folded->text) : folded->length;
    }

  return 0;
}

/* "Tags" in "PortsTagsdredging" */
static gboolean
is_capital_glued (const AnnalsMonthFolded *folded,
                  gsize                    at)
{
  const char *p = original (folded, at);

  return at > 0 && folded->text[at - 1] != ' ' && g_unichar_isupper (g_utf8_get_char (p)) &&
         g_unichar_islower (g_utf8_get_char (g_utf8_prev_char (p)));
}

static gsize
filing_at (const AnnalsMonthFolded *folded,
           gsize                    at)
{
  gsize n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_FILED, folded->text + at, TRUE);
  const char *behind = folded->text + at + n;

  if (n == 0)
    return 0;

  /* "in" needs a space, a longer label may be glued to what it names */
  if (*behind == ' ' || *behind == ':' || *behind == '\0')
    return n;

  if (n <= 3 || at + n >= folded->length)
    return 0;

  return is_boundary (folded, at + n) || is_capital_glued (folded, at) ? n : 0;
}

static gsize
name_at (const AnnalsMonthFolded *folded,
         gsize                    at)
{
  gsize n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_BY, folded->text + at, TRUE);
  const char *behind = folded->text + at + n;

  if (n == 0)
    return 0;
  if (*behind == ' ' || *behind == ':' || *behind == '\0')
    return n;

  return is_boundary (folded, at + n) ? n : 0;
}

/* Where the words from @at on end: at a separator, another item, or the end of the line. @list:
 * commas belong to them. */
static gsize
end_of_words (const Items *self,
              gsize        at,
              gboolean     list)
{
  const AnnalsMonthFolded *folded = self->folded;

  for (gsize i = at; i < folded->length;
       i = (gsize) (g_utf8_next_char (folded->text + i) - folded->text))
    {
      g_autoptr(AnnalsDate) date = NULL;
      gsize next;

      if (is_hard_separator (folded->text + i) || (!list && folded->text[i] == ',') ||
          g_str_has_prefix (folded->text + i, " - ") || g_str_has_prefix (folded->text + i, " / "))
        return i;

      if (i == at || folded->text[i] == ' ' || !is_boundary (folded, i))
        continue;

      if (filing_at (folded, i) > 0 || end_of_comments (folded, i) > 0 ||
          annals_month_phrase_begins (ANNALS_MONTH_PHRASE_ON, folded->text + i, FALSE) > 0)
        return i;
      if (self->byline->date == NULL && (date = date_at (self, i, &next, NULL)))
        return i;
      if (list && g_str_has_prefix (folded->text + i, "by "))
        return i;
    }

  return folded->length;
}

static char *
dup_words (const AnnalsMonthFolded *folded,
           gsize                    from,
           gsize                    to)
{
  char *words;
  gsize length;

  while (from < to && strchr (" :", folded->text[from]))
    from++;

  words = g_strstrip (
      g_strndup (original (folded, from), folded->origins[to] - folded->origins[from]));
  for (length = strlen (words); length > 0 && strchr (" ,;", words[length - 1]); length--)
    words[length - 1] = '\0';

  return words;
}

/* Two to five capitals, or one; particles between them */
static gboolean
looks_like_name (const char *words)
{
  static const char *const particles[] = {
    "de", "van", "von", "der", "den", "di", "da", "del", "della",
    "la", "le",  "al",  "el",  "bin", "y",  "e",  "and", NULL,
  };
  g_auto(GStrv) parts = g_strsplit (words, " ", -1);
  guint n = 0;

  if (*words == '\0' || strlen (words) > MAX_NAME ||
      strpbrk (words, "0123456789!?\"<>[]{}=") != NULL)
    return FALSE;

  for (; parts[n]; n++)
    {
      gunichar first = g_utf8_get_char (parts[n]);

      if (n >= 5 || (!g_unichar_isalpha (first) && n == 0))
        return FALSE;
      if (g_unichar_islower (first) && !g_strv_contains (particles, parts[n]))
        return FALSE;
    }

  return TRUE;
}

/* Whether something that was not understood stands where only a day could stand. */
static gboolean
looks_like_day (const char *words)
{
  gboolean digit = FALSE;
  guint n_spaces = 0;

  for (const char *at = words; *at; at++)
    {
      digit |= g_ascii_isdigit (*at);
      n_spaces += *at == ' ';
    }

  return digit && n_spaces <= 5 && strlen (words) <= 60;
}

static void
add_tags (AnnalsByline *byline,
          const char   *list)
{
  g_auto(GStrv) pieces = g_strsplit (list, ",", MAX_TAGS);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; byline->tags && byline->tags[i]; i++)
    g_ptr_array_add (names, byline->tags[i]);
  g_clear_pointer (&byline->tags, g_free);

  for (guint i = 0; pieces[i]; i++)
    {
      gsize length = strlen (g_strstrip (pieces[i]));

      if (length > 0 && pieces[i][length - 1] == '.')
        pieces[i][--length] = '\0';
      if (length > 0)
        g_ptr_array_add (names, g_strdup (pieces[i]));
    }
  g_ptr_array_add (names, NULL);

  byline->tags = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* An item that nothing announces: a day that cannot be read, or a name behind the day */
static gboolean
take_unannounced (Items    *self,
                  gboolean  strong)
{
  const AnnalsMonthFolded *folded = self->folded;
  AnnalsByline *byline = self->byline;
  gsize end = self->at;
  g_autofree char *words = NULL;

  if (byline->date == NULL)
    {
      /* up to the name */
      while (end < folded->length && !is_hard_separator (folded->text + end) &&
             !(folded->text[end] == ' ' && name_at (folded, end + 1) > 0))
        end++;

      words = dup_words (folded, self->at, end);
      if (!strong || byline->unread || !looks_like_day (words))
        return FALSE;
      byline->unread = g_steal_pointer (&words);
      self->at = end;
      return TRUE;
    }

  end = end_of_words (self, self->at, FALSE);
  words = dup_words (folded, self->at, end);
  if (byline->author || !looks_like_name (words))
    return FALSE;
  byline->author = g_steal_pointer (&words);
  self->at = end;

  return TRUE;
}

static gboolean
take_name (Items *self,
           gsize  label)
{
  const AnnalsMonthFolded *folded = self->folded;
  gsize from = self->at + label;
  gsize end = end_of_words (self, from, FALSE);
  char *name;

  self->n_labels += from < folded->length && folded->text[from] != ' ' && folded->text[from] != ':';

  name = dup_words (folded, from, end);
  self->at = end;
  if (self->byline->author || strlen (name) > MAX_NAME)
    {
      g_free (name);
      return FALSE;
    }
  if (*name)
    self->byline->author = name;
  else
    g_free (name);

  return TRUE;
}

static gboolean
take_item (Items    *self,
           gboolean  strong)
{
  const AnnalsMonthFolded *folded = self->folded;
  AnnalsByline *byline = self->byline;
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt;
  gsize n;

  if ((n = end_of_comments (folded, self->at)) > 0)
    {
      self->at = n;
      return TRUE;
    }

  if ((date = date_at (self, self->at, &n, &doubt)))
    {
      if (doubt == ANNALS_STAMP_AMBIGUOUS && byline->date == NULL)
        byline->unread = dup_words (folded, self->at, n);
      /* the second one says when it was changed */
      if (byline->date == NULL)
        {
          byline->date = g_steal_pointer (&date);
          byline->doubt = doubt;
        }
      self->at = n;
      return TRUE;
    }

  if ((n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_ON, folded->text + self->at, FALSE)) > 0)
    {
      self->on = TRUE;
      self->at += n;
      return TRUE;
    }

  if ((n = filing_at (folded, self->at)) > 0)
    {
      gsize from = self->at + n;
      gsize end = end_of_words (self, from, TRUE);
      g_autofree char *list = dup_words (folded, from, end);

      self->n_labels +=
          from < folded->length && folded->text[from] != ' ' && folded->text[from] != ':';
      add_tags (byline, list);
      self->at = end;
      return strlen (list) <= 200;
    }

  if ((n = name_at (folded, self->at)) > 0)
    return take_name (self, n);

  n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_POSTED, folded->text + self->at, FALSE);
  if (n > 0)
    {
      self->at += n;
      return TRUE;
    }

  return take_unannounced (self, strong);
}

static gboolean
take_items (Items    *self,
            gboolean  strong)
{
  const AnnalsMonthFolded *folded = self->folded;

  while (TRUE)
    {
      while (self->at < folded->length &&
             (folded->text[self->at] == ' ' || is_separator (folded->text + self->at)))
        self->at = (gsize) (g_utf8_next_char (folded->text + self->at) - folded->text);

      if (self->at >= folded->length)
        return TRUE;

      self->n_items++;
      if (!take_item (self, strong))
        return FALSE;
    }
}

void
annals_byline_free (AnnalsByline *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->date, annals_date_unref);
  g_free (self->author);
  g_strfreev (self->tags);
  g_free (self->unread);
  g_free (self);
}

/* What a line can be that begins as this one does; TEXT when it is none of them. @length (out): of
 * what only announces it. */
static AnnalsMonthLineKind
kind_of_beginning (const AnnalsMonthFolded *folded,
                   gsize                   *length)
{
  gsize n;

  *length = 0;

  /* the longest wins: "Posted in" against "Posted" */
  if ((n = filing_at (folded, 0)) > 3)
    return ANNALS_MONTH_LINE_FILING;

  if ((n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_ON, folded->text, TRUE)) > 0 &&
      (folded->text[n] == '\0' || strchr (" :", folded->text[n]) || is_boundary (folded, n)))
    {
      *length = n;
      return ANNALS_MONTH_LINE_BYLINE;
    }

  if (name_at (folded, 0) > 0)
    return ANNALS_MONTH_LINE_NAME;

  if ((n = annals_month_phrase_begins (ANNALS_MONTH_PHRASE_POSTED, folded->text, FALSE)) > 0)
    {
      *length = n;
      return ANNALS_MONTH_LINE_BYLINE;
    }

  return annals_month_folded_may_begin_day (folded) ? ANNALS_MONTH_LINE_DAY
                                                    : ANNALS_MONTH_LINE_TEXT;
}

/* "Posted" and "Published by Penguin Books" say too little to be a byline. */
static gboolean
says_enough (const Items         *self,
             AnnalsMonthLineKind  kind)
{
  const AnnalsMonthFolded *folded = self->folded;
  const AnnalsByline *byline = self->byline;
  gboolean posted = g_str_has_prefix (folded->text, "posted") ||
                    g_str_has_prefix (folded->text, "entry posted");

  switch (kind)
    {
    case ANNALS_MONTH_LINE_BYLINE:
      return byline->date ||
             annals_month_phrase_begins (ANNALS_MONTH_PHRASE_ON, folded->text, TRUE) > 0 ||
             (posted && byline->author);

    case ANNALS_MONTH_LINE_NAME:
      return byline->date ||
             (byline->author && looks_like_name (byline->author) && self->n_items == 1);

    case ANNALS_MONTH_LINE_DAY:
      return byline->date != NULL && byline->doubt == ANNALS_STAMP_CLEAR &&
             annals_date_get_precision (byline->date) >= ANNALS_DATE_TIME &&
             annals_date_get_precision (byline->date) <= ANNALS_DATE_DAY;

    case ANNALS_MONTH_LINE_FILING:
      return byline->tags && (strchr (folded->text, '|') || self->n_labels > 0 || byline->date ||
                              folded->text[filing_at (folded, 0)] == ':');

    default:
      return FALSE;
    }
}

AnnalsMonthLineKind
annals_month_folded_byline (const AnnalsMonthFolded    *self,
                            const AnnalsFormatSettings *settings,
                            AnnalsByline              **out)
{
  g_autoptr(AnnalsByline) byline = NULL;
  Items items = { self, settings };
  gsize length;
  AnnalsMonthLineKind kind = kind_of_beginning (self, &length);

  if (kind == ANNALS_MONTH_LINE_TEXT || (kind == ANNALS_MONTH_LINE_DAY && self->length > 120))
    return ANNALS_MONTH_LINE_TEXT;

  byline = g_new0 (AnnalsByline, 1);
  items.byline = byline;
  items.at = length;

  if (!take_items (&items, kind == ANNALS_MONTH_LINE_BYLINE && annals_month_phrase_begins (
                             ANNALS_MONTH_PHRASE_ON, self->text, TRUE) > 0) ||
      !says_enough (&items, kind))
    return ANNALS_MONTH_LINE_TEXT;

  /* with a day, a name says as much as a day alone */
  if (kind == ANNALS_MONTH_LINE_NAME)
    kind = items.on || g_str_has_prefix (self->text, "posted by") ? ANNALS_MONTH_LINE_BYLINE
           : byline->date                                         ? ANNALS_MONTH_LINE_DAY
                                                                  : kind;

  byline->opens = kind != ANNALS_MONTH_LINE_FILING;
  byline->full = items.n_labels > 1;
  *out = g_steal_pointer (&byline);

  return kind;
}
