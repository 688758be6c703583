/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-words.h"

#include <stdio.h>
#include <string.h>

/* Case-folded; a name that means two months in two languages is left out. Genitives stand beside
 * nominatives where dates use them. */
static const char * const month_names[12] = {
  "january jan januar jänner janvier enero ene gennaio gen januari janeiro январь января styczeń "
  "stycznia leden ledna ocak tammikuu tammikuuta",
  "february feb februar février févr febrero febbraio febr februari fevereiro fev февраль февраля "
  "luty lutego únor února şubat helmikuu helmikuuta",
  "march mar mär märz mars marzo maart mrt março marco март марта marzec marca březen března mart "
  "maaliskuu maaliskuuta",
  "april apr avril avr abril abr aprile апрель апреля kwiecień kwietnia duben dubna nisan huhtikuu "
  "huhtikuuta",
  "may mai mayo maggio mag mei maio май мая maj maja květen května mayıs toukokuu toukokuuta",
  "june jun juni juin junio giugno giu junho июнь июня czerwiec czerwca červen června haziran "
  "kesäkuu kesäkuuta",
  "july jul juli juillet juil julio luglio lug julho июль июля lipiec lipca červenec července "
  "temmuz heinäkuu heinäkuuta",
  "august aug août aout agosto ago augustus augusti август августа sierpień sierpnia srpen srpna "
  "ağustos elokuu elokuuta",
  "september sep sept septembre septiembre settembre set setembro сентябрь сентября wrzesień "
  "września září eylül syyskuu syyskuuta",
  "october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября październik "
  "października říjen října ekim lokakuu lokakuuta",
  "november nov novembre noviembre novembro ноябрь ноября listopad listopada listopadu kasım "
  "marraskuu marraskuuta",
  "december dec dezember dez décembre déc diciembre dic dicembre desember desembre dezembro "
  "декабрь "
  "декабря grudzień grudnia prosinec prosince aralık joulukuu joulukuuta",
};

static const char * const particles[] = {
  "de", "del", "of", "the", "le", "den", "di", "d", "г", "года", NULL,
};

static const char * const weekdays[] = {
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
  "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
  "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
  "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
  "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
  "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira",
  "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
  "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
  NULL,
};

static const char * const ordinal_ends[] = {
  "st", "nd", "rd", "th", "er", "º", "ª", NULL,
};

typedef struct
{
  int year;
  int month;
  int day;
} Fields;

static int
month_of_name (const char *name)
{
  gsize length = strlen (name);

  for (int i = 0; i < 12; i++)
    {
      for (const char *at = month_names[i]; (at = strstr (at, name)) != NULL; at += length)
        {
          if ((at == month_names[i] || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return i + 1;
        }
    }

  return 0;
}

/* A run of digits at the beginning of @token; @rest (out): behind it. -1 when there is none. */
static int
leading_number (const char  *token,
                const char **rest)
{
  int value = 0;
  const char *at = token;

  for (; g_ascii_isdigit (*at); at++)
    {
      if (at - token == 4)
        return -1;
      value = value * 10 + (*at - '0');
    }

  *rest = at;

  return at == token ? -1 : value;
}

/* "3", "3rd", "2020", "3日", "3월", "2020年" */
static gboolean
take_number (const char *token,
             Fields     *fields)
{
  const char *rest;
  int value = leading_number (token, &rest);

  if (value < 0)
    return FALSE;

  if (g_str_equal (rest, "年") || g_str_equal (rest, "년") || (*rest == '\0' && value >= 1000))
    {
      if (fields->year != 0 || value < 1000)
        return FALSE;
      fields->year = value;
      return TRUE;
    }

  if (g_str_equal (rest, "月") || g_str_equal (rest, "월"))
    {
      if (fields->month != 0 || value < 1 || value > 12)
        return FALSE;
      fields->month = value;
      return TRUE;
    }

  if (value < 1 || value > 31 || fields->day != 0)
    return FALSE;

  if (*rest != '\0' && !g_str_equal (rest, "日") && !g_str_equal (rest, "일") &&
      !g_strv_contains (ordinal_ends, rest))
    return FALSE;

  fields->day = value;

  return TRUE;
}

/* Whether only a time of day follows: "at 10:30 am", "10:30", "um 10:30 Uhr" */
static gboolean
is_time (char **tokens)
{
  static const char * const words[] = {
    "at",  "um", "à",  "a", "las", "alle", "ore", "om", "às",
    "uhr", "am", "pm", "@", "в",   "p.m",  "a.m", NULL,
  };
  gboolean seen = FALSE;

  for (; *tokens; tokens++)
    {
      const char *rest;

      if (leading_number (*tokens, &rest) >= 0)
        {
          if (seen || (*rest != ':' && *rest != 'h' && !g_str_equal (rest, "am") &&
                       !g_str_equal (rest, "pm")))
            return FALSE;
          seen = TRUE;
        }
      else if (!g_strv_contains (words, *tokens))
        {
          return FALSE;
        }
    }

  return seen;
}

/* Words, case-folded, without the commas and points at their ends; "2020年3月3日" cut apart. */
static char **
split_words (const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_autofree char *composed = g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
  g_autoptr(GString) spaced = g_string_new (NULL);
  g_auto(GStrv) pieces = NULL;
  GPtrArray *tokens = g_ptr_array_new ();

  for (const char *at = composed ? composed : ""; *at; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character) || character == ',' || character == 0x200f)
        g_string_append_c (spaced, ' ');
      else
        g_string_append_unichar (spaced, character);

      /* 年 月 年 월: the end of a number, with or without a space behind it */
      if (character == 0x5e74 || character == 0x6708 || character == 0xb144 || character == 0xc6d4)
        g_string_append_c (spaced, ' ');
    }

  pieces = g_strsplit (spaced->str, " ", -1);
  for (guint i = 0; pieces[i]; i++)
    {
      gsize length = strlen (pieces[i]);

      if (length > 0 && pieces[i][length - 1] == '.')
        pieces[i][--length] = '\0';
      if (length > 0)
        g_ptr_array_add (tokens, g_strdup (pieces[i]));
    }
  g_ptr_array_add (tokens, NULL);

  return (char **) g_ptr_array_free (tokens, FALSE);
}

/* "2020-03-03", "2020/03/03", "2020.03.03" */
static gboolean
take_iso (const char *token,
          Fields     *fields)
{
  Fields found = { 0 };
  int n_used = 0;
  char first, second;

  if (sscanf (token, "%4d%c%2d%c%2d%n", &found.year, &first, &found.month, &second, &found.day,
              &n_used) != 5 ||
      first != second || strchr ("-/.", first) == NULL || first == '\0' || found.year < 1000 ||
      found.month < 1 || found.day < 1 || (token[n_used] != '\0' && token[n_used] != 't'))
    return FALSE;

  *fields = found;

  return TRUE;
}

static gboolean
parse (const char *words,
       Fields     *fields)
{
  g_auto(GStrv) tokens = NULL;
  gboolean weekday = FALSE;

  *fields = (Fields) { 0 };

  if (strlen (words) > 100)
    return FALSE;

  tokens = split_words (words);

  for (guint i = 0; tokens[i]; i++)
    {
      int month;

      if (take_iso (tokens[i], fields))
        return tokens[i + 1] == NULL || is_time (tokens + i + 1);

      /* a year is always there, and what follows a whole date is a time of day */
      if (fields->year != 0 && fields->month != 0 && is_time (tokens + i))
        return TRUE;

      if (g_ascii_isdigit (tokens[i][0]))
        {
          if (!take_number (tokens[i], fields))
            return FALSE;
        }
      else if (fields->month == 0 && (month = month_of_name (tokens[i])) != 0)
        {
          fields->month = month;
        }
      else if (g_strv_contains (particles, tokens[i]))
        {
          continue;
        }
      else if (i == 0 && g_strv_contains (weekdays, tokens[i]))
        {
          weekday = TRUE;
        }
      else
        {
          return FALSE;
        }
    }

  /* what stood before it was a weekday only if a day is named */
  return fields->year != 0 && fields->month != 0 && !(weekday && fields->day == 0);
}

AnnalsDate *
annals_month_words_parse_month (const char *words)
{
  g_autofree char *edtf = NULL;
  Fields fields;

  g_return_val_if_fail (words != NULL, NULL);

  if (!parse (words, &fields) || fields.day != 0)
    return NULL;

  edtf = g_strdup_printf ("%04d-%02d", fields.year, fields.month);

  return annals_date_parse (edtf, NULL);
}

AnnalsDate *
annals_month_words_parse_day (const char *words)
{
  g_autofree char *edtf = NULL;
  Fields fields;

  g_return_val_if_fail (words != NULL, NULL);

  if (!parse (words, &fields) || fields.day == 0)
    return NULL;

  edtf = g_strdup_printf ("%04d-%02d-%02d", fields.year, fields.month, fields.day);

  return annals_date_parse (edtf, NULL);
}
