/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-fields-private.h"

#include "annals-date-names.h"

#include <stdlib.h>
#include <string.h>

/* Dates in other languages are put into the English that annals_date_parse_words() reads, word by
 * word: “9. März 2020” is “9. march 2020”, “2020년 3월 초” is “early 2020 march”.
 */

#define MAX_FOLDED 512

typedef enum
{
  PLACE_HERE,
  PLACE_FRONT,   /* in English it stands before the date */
  PLACE_FROM,    /* between two dates, or before one that has no second */
  PLACE_UNTIL,   /* behind the second of two dates it says nothing new */
} Place;

/* Longer ones before those that they begin with; as annals_date_fold() leaves them, which takes the
 * marks from まで and ごろ. */
static const struct
{
  const char *foreign;
  const char *english;
  Place       place;
} eastern[] = {
  { "상반기", "first half", PLACE_HERE },   { "上半年", "first half", PLACE_HERE },
  { "上半期", "first half", PLACE_HERE },   { "하반기", "second half", PLACE_HERE },
  { "下半年", "second half", PLACE_HERE },  { "下半期", "second half", PLACE_HERE },
  { "초순", "early", PLACE_FRONT },         { "초반", "early", PLACE_FRONT },
  { "초", "early", PLACE_FRONT },           { "上旬", "early", PLACE_FRONT },
  { "初旬", "early", PLACE_FRONT },         { "初", "early", PLACE_FRONT },
  { "중순", "mid", PLACE_FRONT },           { "중반", "mid", PLACE_FRONT },
  { "中旬", "mid", PLACE_FRONT },           { "하순", "late", PLACE_FRONT },
  { "후반", "late", PLACE_FRONT },          { "말", "late", PLACE_FRONT },
  { "下旬", "late", PLACE_FRONT },          { "末", "late", PLACE_FRONT },
  { "底", "late", PLACE_FRONT },            { "무렵", "about", PLACE_FRONT },
  { "경", "about", PLACE_FRONT },           { "쯤", "about", PLACE_FRONT },
  { "약", "about", PLACE_FRONT },           { "頃", "about", PLACE_FRONT },
  { "ころ", "about", PLACE_FRONT },
  { "约", "about", PLACE_FRONT },           { "約", "about", PLACE_FRONT },
  { "이후", "after", PLACE_FRONT },         { "이래", "since", PLACE_FRONT },
  { "以后", "after", PLACE_FRONT },         { "以後", "after", PLACE_FRONT },
  { "以降", "since", PLACE_FRONT },         { "以来", "since", PLACE_FRONT },
  { "이전", "before", PLACE_FRONT },        { "以前", "before", PLACE_FRONT },
  { "之前", "before", PLACE_FRONT },        { "부터", "since", PLACE_FROM },
  { "から", "since", PLACE_FROM },          { "에서", "since", PLACE_FROM },
  { "至", "since", PLACE_FROM },            { "到", "since", PLACE_FROM },
  { "까지", "until", PLACE_UNTIL },         { "まて", "until", PLACE_UNTIL },
  { "봄", "spring", PLACE_HERE },           { "春", "spring", PLACE_HERE },
  { "여름", "summer", PLACE_HERE },         { "夏", "summer", PLACE_HERE },
  { "가을", "autumn", PLACE_HERE },         { "秋", "autumn", PLACE_HERE },
  { "겨울", "winter", PLACE_HERE },         { "冬", "winter", PLACE_HERE },
  { "에", "", PLACE_HERE },                 { "의", "", PLACE_HERE },
  { "の", "", PLACE_HERE },                 { "に", "", PLACE_HERE },
  { "第", "", PLACE_HERE },
};

typedef struct
{
  GString  *out;
  gsize     front;     /* where the date that is being written begins */
  gboolean  found;     /* something was translated */
  gboolean  is_range;
} Translation;

static void
append (Translation *self,
        const char  *english)
{
  g_string_append_printf (self->out, "%s ", english);
}

static void
begin_second (Translation *self)
{
  g_string_append (self->out, " to ");
  self->front = self->out->len;
  self->is_range = TRUE;
}

/* Whether digits are still to come */
static gboolean
has_more (const char *p)
{
  return strpbrk (p, "0123456789") != NULL;
}

static void
put (Translation *self,
     const char  *english,
     Place        place,
     const char  *rest)
{
  g_autofree char *spaced = g_strconcat (english, " ", NULL);

  self->found = TRUE;

  if (place == PLACE_HERE)
    append (self, english);
  else if (place == PLACE_FROM && has_more (rest))
    begin_second (self);
  else if (place != PLACE_UNTIL || !self->is_range)
    g_string_insert (self->out, self->front, spaced);
}

/* A number and the unit behind it; the bytes read, 0 when there is no unit */
static gsize
read_number (Translation *self,
             const char  *p)
{
  static const char *const decades[] = { "년대", "年代" };
  static const char *const centuries[] = { "세기", "世紀", "世纪" };
  static const char *const quarters[] = { "분기", "四半期", "季度" };
  gsize digits = strspn (p, "0123456789");
  const char *unit = p + digits + strspn (p + digits, " ");
  g_autofree char *number = g_strndup (p, digits);
  gsize length = 0;
  int value = atoi (number);

  if (digits == 0 || digits > 4)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (decades); i++)
    if (g_str_has_prefix (unit, decades[i]))
      {
        g_string_append_printf (self->out, "%ss ", number);
        return unit + strlen (decades[i]) - p;
      }

  for (guint i = 0; i < G_N_ELEMENTS (centuries); i++)
    if (g_str_has_prefix (unit, centuries[i]))
      {
        g_string_append_printf (self->out, "%sth century ", number);
        return unit + strlen (centuries[i]) - p;
      }

  for (guint i = 0; i < G_N_ELEMENTS (quarters); i++)
    if (g_str_has_prefix (unit, quarters[i]))
      {
        g_string_append_printf (self->out, "q%s ", number);
        return unit + strlen (quarters[i]) - p;
      }

  switch ((int) annals_date_name_begin (unit, &length, NULL))
    {
    case ANNALS_DATE_NAME_YEAR:
    case ANNALS_DATE_NAME_DAY:
      append (self, number);
      break;

    case ANNALS_DATE_NAME_MONTH_UNIT:
      if (value < 1 || value > 12)
        return 0;
      append (self, annals_date_name_of_month (value));
      break;

    default:
      return 0;
    }

  return unit + length - p;
}

/* The day of the week in brackets behind a date, of which 月 and 日 are units as well; the bytes */
static gsize
skip_bracket (const char *p)
{
  const char *end = strchr (p, ')');
  gsize length = 0;

  if (!end || (guchar) p[1] < 0x80)
    return 0;

  return g_utf8_next_char (p + 1) == end ||
                 (annals_date_name_begin (p + 1, &length, NULL) == ANNALS_DATE_NAME_WEEKDAY &&
                  p + 1 + length == end)
             ? end + 1 - p
             : 0;
}

static gsize
read_eastern (Translation *self,
              const char  *p)
{
  gsize length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (eastern); i++)
    if (g_str_has_prefix (p, eastern[i].foreign))
      {
        length = strlen (eastern[i].foreign);
        put (self, eastern[i].english, eastern[i].place, p + length);
        return length;
      }

  if (*p == '(')
    return skip_bracket (p);

  return annals_date_name_begin (p, &length, NULL) == ANNALS_DATE_NAME_WEEKDAY ? length : 0;
}

/* By the user's own language first: “mar.” is March in some and Tuesday in others. */
static int
look_up_local_month (const char *word)
{
  static const char *const forms[] = { "%B", "%OB", "%b", "%Ob" };

  for (int month = 1; month <= 12; month++)
    {
      g_autoptr(GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);

      for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        {
          g_autofree char *name = g_date_time_format (date, forms[i]);
          char folded[ANNALS_DATE_NAME_MAX];

          if (!name || !annals_date_fold (name, strlen (name), folded, sizeof folded, NULL))
            continue;

          /* the point of an abbreviation is no part of the word */
          if (strcmp (g_strchomp (g_strdelimit (folded, ".", ' ')), word) == 0)
            return month;
        }
    }

  return 0;
}

static gsize
read_word (Translation *self,
           const char  *p)
{
  const char *end = p;
  g_autofree char *word = NULL;
  int value = 0;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  if (end == p)
    return 0;

  word = g_strndup (p, end - p);
  if (annals_word_month (word) || annals_word_weekday (word) || annals_word_season (word))
    append (self, word);
  else if ((value = look_up_local_month (word)))
    put (self, annals_date_name_of_month (value), PLACE_HERE, end);
  else
    switch ((int) annals_date_name_look_up (word, end - p, &value))
      {
      case ANNALS_DATE_NAME_MONTH:
      case ANNALS_DATE_NAME_MONTH_DAY:
        put (self, annals_date_name_of_month (value), PLACE_HERE, end);
        break;

      case ANNALS_DATE_NAME_WEEKDAY:
        break;

      default:
        append (self, word);
        break;
      }

  return end - p;
}

char *
annals_date_dup_english (const char *text)
{
  char folded[MAX_FOLDED];
  Translation self = { NULL, 0, FALSE, FALSE };
  gsize n;

  if (!annals_date_fold (text, strlen (text), folded, sizeof folded, NULL))
    return NULL;

  self.out = g_string_new (NULL);

  for (const char *p = folded; *p; p += n)
    {
      if ((n = read_number (&self, p)) || (n = read_eastern (&self, p)))
        {
          self.found = TRUE;
        }
      else if (*p == '~' && p > folded && self.found && has_more (p))
        {
          begin_second (&self);
          n = 1;
        }
      else if ((n = strspn (p, "0123456789")))
        {
          g_string_append_len (self.out, p, n);
        }
      else if (!(n = read_word (&self, p)))
        {
          n = g_utf8_next_char (p) - p;
          g_string_append_len (self.out, p, n);
        }
    }

  return g_string_free (self.out, !self.found);
}
