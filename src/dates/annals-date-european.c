/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-european-private.h"
#include "annals-date-fields-private.h"

#include "annals-date-names.h"

#include <string.h>

/* German, French, Spanish and Russian dates are put into the English that annals_date_parse_words()
 * reads, phrase by phrase: “в начале марта 2020 г.” is “early march 2020”. Each language by itself,
 * and only when nothing else stands in the text: a word that it does not know ends it.
 */

#define MAX_CENTURY 39

typedef struct
{
  const AnnalsDateLanguage *language;
  const GArray             *phrases;    /* of AnnalsDatePhrase, the longest first */
  GString                  *out;
  const char               *behind;     /* to be written behind all; or NULL */
  gboolean                  at_start;   /* nothing is said yet of the date that begins here */
  gboolean                  has_part;   /* it has a year, a month, … */
  gboolean                  has_third;
  gboolean                  decade;     /* the next number is one */
  gsize                     digits;     /* of the number just read; else 0 */
  gboolean                  glued;      /* what makes a decade of it was: “1950er” */
  gboolean                  decades;    /* “années 1950”: whether a year may follow is not known */
} Translation;

static gboolean
is_letter (const char *p)
{
  return g_unichar_isalpha (g_utf8_get_char (p));
}

static gboolean
is_time (const char *p)
{
  gsize digits;

  p += strspn (p, " ");
  digits = strspn (p, "0123456789");
  return digits && digits <= 2 && p[digits] == ':' && g_ascii_isdigit (p[digits + 1]);
}

static const AnnalsDatePhrase *find_phrase (const Translation *self,
                                            const char        *p,
                                            gsize             *length);

static gboolean
has_era (const Translation *self,
         const char        *p)
{
  gsize length;
  const AnnalsDatePhrase *phrase = find_phrase (self, p + strspn (p, " "), &length);

  return phrase && (strcmp (phrase->english, "bc") == 0 || strcmp (phrase->english, "ad") == 0);
}

/* Whether the word for a year in front of @rest says nothing: “im Jahr 1950”, “1950er Jahre”, but
 * not “vor 2000 Jahren” */
static gboolean
fits_year (const Translation *self,
           AnnalsWordPlace    place,
           const char        *rest)
{
  if (self->digits)
    return self->glued || (place == ANNALS_PHRASE_YEAR_END &&
                           (self->digits == 4 || has_era (self, rest)));

  return !self->has_part || strpbrk (rest, "0123456789") != NULL;
}

static gboolean
fits (const Translation *self,
      AnnalsWordPlace    place,
      const char        *rest)
{
  switch (place)
    {
    case ANNALS_PHRASE_THIRD:
      return !self->has_part && !self->has_third;

    case ANNALS_PHRASE_FIRST:
    case ANNALS_PHRASE_BACK:
      return self->at_start;

    case ANNALS_PHRASE_BETWEEN:
    case ANNALS_PHRASE_FRONT:
      return self->has_part;

    case ANNALS_PHRASE_UNTIL:
      return self->has_part || self->has_third;

    case ANNALS_PHRASE_TIME:
      return self->has_part && is_time (rest);

    case ANNALS_PHRASE_YEAR:
    case ANNALS_PHRASE_YEAR_END:
      return fits_year (self, place, rest);

    case ANNALS_PHRASE_ANY:
    case ANNALS_PHRASE_PART:
    case ANNALS_PHRASE_DECADE:
    case ANNALS_PHRASE_CENTURY:
      break;
    }

  return TRUE;
}

static const AnnalsDatePhrase *
find_phrase (const Translation *self,
             const char        *p,
             gsize             *length)
{
  for (guint i = 0; i < self->phrases->len; i++)
    {
      const AnnalsDatePhrase *phrase = &g_array_index (self->phrases, AnnalsDatePhrase, i);

      if ((*length = annals_date_phrase_match (phrase, p)) && fits (self, phrase->place, p + *length))
        return phrase;
    }

  return NULL;
}

static void
append (Translation *self,
        const char  *english)
{
  g_string_append_printf (self->out, "%s ", english);
}

static void
append_part (Translation *self,
             const char  *english)
{
  append (self, english);
  self->has_part = TRUE;
  self->at_start = FALSE;
}

static void
begin_date (Translation *self)
{
  self->at_start = TRUE;
  self->has_part = FALSE;
  self->has_third = FALSE;
}

/* The bytes of one of @suffixes, separated by "|", that @p begins with and that a letter does not
 * follow; the longest are first. */
static gsize
match_suffix (const char *p,
              const char *suffixes)
{
  g_autofree char *folded = annals_date_dup_folded (suffixes);
  g_auto(GStrv) parts = g_strsplit (folded, "|", -1);

  for (guint i = 0; parts[i]; i++)
    {
      gsize length = strlen (parts[i]);

      if (length && strncmp (p, parts[i], length) == 0 && !is_letter (p + length) &&
          !g_ascii_isdigit (p[length]))
        return length;
    }

  return 0;
}

/* Whether a unit that is counted follows: a century, a quarter, … */
static gboolean
has_unit (const Translation *self,
          const char        *p)
{
  static const char *const units[] = { "century", "quarter", "half", "third" };
  gsize length;
  const AnnalsDatePhrase *phrase = find_phrase (self, p + strspn (p, " "), &length);

  for (guint i = 0; phrase && i < G_N_ELEMENTS (units); i++)
    if (strcmp (phrase->english, units[i]) == 0)
      return TRUE;

  return FALSE;
}

static gsize
read_number (Translation *self,
             const char  *p)
{
  gsize digits = strspn (p, "0123456789");
  g_autofree char *number = g_strndup (p, digits);
  const char *end = p + digits;
  gsize suffix;

  if (digits == 0)
    return 0;

  self->glued = FALSE;

  if (digits == 4 && self->decade)
    {
      g_string_append_printf (self->out, "%ss ", number);
      self->decade = FALSE;
      self->decades = TRUE;
    }
  else if (self->decade || (digits == 4 && self->decades))
    return 0;
  else if (digits == 4 && (suffix = match_suffix (end, self->language->decades)))
    {
      g_string_append_printf (self->out, "%ss ", number);
      end += suffix;
      self->glued = TRUE;
    }
  else
    {
      suffix = match_suffix (end, self->language->ordinals);
      /* years are no ordinals, but for “1950-го года”; nor are “44a. C.” */
      if (digits <= 2 ? !has_era (self, end) : *end == '-')
        end += suffix;
      g_string_append_printf (self->out, digits <= 2 && has_unit (self, end) ? "%sth " : "%s ",
                              number);
      /* "9.–15. März", but not 9.3.2020 */
      if (*end == '.' && !g_ascii_isdigit (end[1]))
        end++;
    }

  append_part (self, "");
  self->digits = digits;
  return end - p;
}

/* A Roman number as its century is written, with its suffix; the bytes */
static gsize
read_roman (const Translation *self,
            const char        *p,
            int               *value)
{
  static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };
  static const char *const tens[] = { "", "x", "xx", "xxx" };

  for (*value = MAX_CENTURY; *value > 0; (*value)--)
    {
      g_autofree char *roman = g_strconcat (tens[*value / 10], ones[*value % 10], NULL);
      gsize length = strlen (roman);

      if (!g_str_has_prefix (p, roman))
        continue;

      length += match_suffix (p + length, self->language->ordinals);
      if (!is_letter (p + length) && !g_ascii_isdigit (p[length]))
        return length;
    }

  return 0;
}

static gsize
read_ordinal (Translation *self,
              const char  *p)
{
  int value;
  gsize length = read_roman (self, p, &value);

  if (length == 0 || !has_unit (self, p + length))
    return 0;

  g_string_append_printf (self->out, "%dth ", value);
  append_part (self, "");
  return length;
}

/* “siglo XIX”; the bytes of the number behind the word */
static gsize
read_century (Translation *self,
              const char  *p)
{
  gsize spaces = strspn (p, " ");
  gsize digits = strspn (p + spaces, "0123456789");
  int value = digits && digits <= 2 ? (int) g_ascii_strtoull (p + spaces, NULL, 10) : 0;
  gsize length = digits ? digits : read_roman (self, p + spaces, &value);

  if (length == 0 || value == 0)
    return 0;

  g_string_append_printf (self->out, "%dth century ", value);
  append_part (self, "");
  return spaces + length;
}

static gsize
read_phrase (Translation *self,
             const char  *p)
{
  gsize length;
  gsize more;
  const AnnalsDatePhrase *phrase = find_phrase (self, p, &length);

  if (!phrase)
    return 0;

  switch (phrase->place)
    {
    case ANNALS_PHRASE_ANY:
    case ANNALS_PHRASE_YEAR:
    case ANNALS_PHRASE_YEAR_END:
      append (self, phrase->english);
      /* “возможно, март 2020” */
      if (*phrase->english && self->at_start && p[length] == ',')
        length++;
      break;

    case ANNALS_PHRASE_THIRD:
      append (self, phrase->english);
      self->has_third = TRUE;
      self->at_start = FALSE;
      break;

    case ANNALS_PHRASE_PART:
    case ANNALS_PHRASE_TIME:
      append_part (self, phrase->english);
      break;

    case ANNALS_PHRASE_FIRST:
      append (self, phrase->english);
      self->at_start = self->at_start && !*phrase->english;
      break;

    case ANNALS_PHRASE_BETWEEN:
    case ANNALS_PHRASE_UNTIL:
      append (self, phrase->english);
      begin_date (self);
      break;

    case ANNALS_PHRASE_FRONT:
      g_string_prepend_c (self->out, ' ');
      g_string_prepend (self->out, phrase->english);
      break;

    case ANNALS_PHRASE_BACK:
      self->behind = phrase->english;
      self->at_start = FALSE;
      break;

    case ANNALS_PHRASE_DECADE:
      self->decade = TRUE;
      self->at_start = FALSE;
      break;

    case ANNALS_PHRASE_CENTURY:
      if (!(more = read_century (self, p + length)))
        return 0;
      length += more;
      break;
    }

  return length;
}

/* Whether the next number may be that of a day */
static gboolean
has_day (const char *p)
{
  gsize digits = strspn (p + strcspn (p, "0123456789"), "0123456789");

  return digits == 1 || digits == 2;
}

/* A month, with the point of its abbreviation; a day of the week, of which short names are words
 * in one or the other language; a zone */
static gsize
read_name (Translation *self,
           const char  *p)
{
  const char *end = p;
  g_autofree char *word = NULL;
  int value = 0;

  while (is_letter (end))
    end = g_utf8_next_char (end);
  if (end == p)
    return 0;

  word = g_strndup (p, end - p);
  if (annals_word_zone (word, &value) || annals_word_weekday (word))
    {
      append (self, word);
      return end - p;
    }

  switch ((int) annals_date_name_look_up (word, end - p, &value))
    {
    case ANNALS_DATE_NAME_MONTH:
    case ANNALS_DATE_NAME_MONTH_DAY:
      append_part (self, annals_date_name_of_month (value));
      break;

    case ANNALS_DATE_NAME_WEEKDAY:
      if (g_utf8_strlen (word, -1) < 5 || !has_day (end))
        return 0;
      break;

    default:
      return 0;
    }

  return end - p + (*end == '.');
}

static gsize
read_sign (Translation *self,
           const char  *p)
{
  gsize length = g_utf8_next_char (p) - p;

  if (*p != ' ' && !strchr (",./-:+()?~%", *p) && !g_str_has_prefix (p, "–") &&
      !g_str_has_prefix (p, "—"))
    return 0;

  g_string_append_len (self->out, p, length);
  if (*p == '-' || length > 1)
    begin_date (self);

  return length;
}

/* French “dès” (from) is without its accent the “des” of “fin des années 1950” and Norway's
 * December.
 */
static char *
dup_folded_text (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autofree char *composed = g_utf8_normalize (lower, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr(GString) string = g_string_new (composed);

  g_string_replace (string, "dès ", "depuis ", 0);
  return annals_date_dup_folded (string->str);
}

/* @text in English when it is a date in the language of that number, of which there are
 * %ANNALS_N_DATE_LANGUAGES; else NULL */
char *
annals_date_dup_european (const char *text,
                          guint       index)
{
  Translation self = { 0 };
  g_autofree char *folded = dup_folded_text (text);
  gsize n;

  g_return_val_if_fail (index < ANNALS_N_DATE_LANGUAGES, NULL);

  if (!folded)
    return NULL;

  self.language = &annals_date_languages[index];
  self.phrases = annals_date_get_phrases (index);
  self.out = g_string_new (NULL);
  begin_date (&self);

  for (const char *p = folded; *p; p += n)
    {
      if (!(n = read_number (&self, p)) && !(n = read_phrase (&self, p)) &&
          !(n = read_ordinal (&self, p)) && !(n = read_name (&self, p)) &&
          !(n = read_sign (&self, p)))
        return g_string_free (self.out, TRUE);

      if (*p != ' ' && !g_ascii_isdigit (*p))
        self.digits = 0;
    }

  if (self.behind)
    append (&self, self.behind);

  return g_string_free (self.out, self.decade);
}

/* Whether it is the word for "undated" in one of the languages that the window speaks */
gboolean
annals_date_is_undated_word (const char *text)
{
  g_autofree char *folded = annals_date_dup_folded (text);
  g_auto(GStrv) words = g_strsplit (annals_date_undated_words, "|", -1);

  for (guint i = 0; folded && words[i]; i++)
    {
      g_autofree char *word = annals_date_dup_folded (words[i]);

      if (strcmp (folded, word) == 0)
        return TRUE;
    }

  return FALSE;
}
