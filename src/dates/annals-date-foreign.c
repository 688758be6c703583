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
  PLACE_BEGIN,   /* a bound stands in front of the date, of which no “until” behind it says more */
  PLACE_BETWEEN, /* a second date follows */
  PLACE_WITHIN,  /* behind two dates: one somewhere between them */
  PLACE_ERA,     /* in English it stands behind the year */
} Place;

/* Longer ones before those that they begin with; as annals_date_fold() leaves them, which takes the
 * marks from まで and ごろ. */
static const struct
{
  const char *foreign;
  const char *english;
  Place       place;
} eastern[] = {
  { "前四个月", "first third", PLACE_HERE },  { "最初の3分の1", "first third", PLACE_HERE },
  { "中间四个月", "second third", PLACE_HERE }, { "中間の3分の1", "second third", PLACE_HERE },
  { "最后四个月", "third third", PLACE_HERE },  { "最後の3分の1", "third third", PLACE_HERE },
  { "最初の1/3", "first third", PLACE_HERE }, { "中間の1/3", "second third", PLACE_HERE },
  { "最後の1/3", "third third", PLACE_HERE },
  { "第一季度", "first quarter", PLACE_HERE }, { "一季度", "first quarter", PLACE_HERE },
  { "第二季度", "second quarter", PLACE_HERE }, { "二季度", "second quarter", PLACE_HERE },
  { "第三季度", "third quarter", PLACE_HERE }, { "三季度", "third quarter", PLACE_HERE },
  { "第四季度", "fourth quarter", PLACE_HERE }, { "四季度", "fourth quarter", PLACE_HERE },
  { "에 시작하는 주", "week of", PLACE_FRONT }, { "起的一周", "week of", PLACE_FRONT },
  { "からの週", "week of", PLACE_FRONT },
  { "늦어도", "by", PLACE_BEGIN },          { "不晚于", "by", PLACE_BEGIN },
  { "遅くとも", "by", PLACE_BEGIN },        { "截至", "until", PLACE_BEGIN },
  { "아마", "possibly", PLACE_HERE },       { "可能约为", "possibly about", PLACE_HERE },
  { "可能为", "possibly", PLACE_HERE },     { "可能", "possibly", PLACE_HERE },
  { "おそらく", "possibly", PLACE_HERE },
  { "또는", "or", PLACE_BETWEEN },          { "または", "or", PLACE_BETWEEN },
  { "或", "or", PLACE_BETWEEN },            { "및", "and", PLACE_BETWEEN },
  { "およひ", "and", PLACE_BETWEEN },       { "和", "and", PLACE_BETWEEN },
  { "사이", "within", PLACE_WITHIN },       { "之间", "within", PLACE_WITHIN },
  { "之内", "within", PLACE_WITHIN },       { "の間", "within", PLACE_WITHIN },
  { "연도 모름", "year unknown", PLACE_HERE }, { "年份未知", "year unknown", PLACE_HERE },
  { "未知年份", "year unknown", PLACE_HERE }, { "年は不明", "year unknown", PLACE_HERE },
  { "年不明", "year unknown", PLACE_HERE },
  { "열림", "open", PLACE_HERE },           { "未限定", "open", PLACE_HERE },
  { "未定", "open", PLACE_HERE },           { "모름", "unknown", PLACE_HERE },
  { "未知", "unknown", PLACE_HERE },        { "不明", "unknown", PLACE_HERE },
  { "기원전", "bc", PLACE_ERA },            { "公元前", "bc", PLACE_ERA },
  { "紀元前", "bc", PLACE_ERA },            { "서기", "ad", PLACE_ERA },
  { "公元", "ad", PLACE_ERA },              { "西暦", "ad", PLACE_ERA },
  { "初め頃", "early", PLACE_FRONT },       { "初頭", "early", PLACE_FRONT },
  { "半は頃", "mid", PLACE_FRONT },         { "半は", "mid", PLACE_FRONT },
  { "中頃", "mid", PLACE_FRONT },           { "中ころ", "mid", PLACE_FRONT },
  { "末頃", "late", PLACE_FRONT },          { "中期", "mid", PLACE_FRONT },
  { "より後", "after", PLACE_FRONT },       { "より前", "before", PLACE_FRONT },
  { "春季", "spring", PLACE_HERE },         { "夏季", "summer", PLACE_HERE },
  { "秋季", "autumn", PLACE_HERE },         { "冬季", "winter", PLACE_HERE },
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
  { "约为", "about", PLACE_FRONT },         { "约", "about", PLACE_FRONT },
  { "約", "about", PLACE_FRONT },
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
  { "第", "", PLACE_HERE },                 { "、", ",", PLACE_HERE },
  /* not “中”, which is in the middle of it in China and in the course of it in Japan */
};

typedef struct
{
  GString    *out;
  gsize       front;     /* where the date that is being written begins */
  gboolean    found;     /* something was translated */
  gboolean    is_range;
  const char *era;       /* of the next year; or NULL */
  gboolean    had_bc;    /* a year before had one, which may be meant for the next as well */
  gboolean    unclear;   /* which number an era belongs to is not sure */
} Translation;

static void
append (Translation *self,
        const char  *english)
{
  g_string_append_printf (self->out, "%s ", english);
}

static void
begin_second (Translation *self,
              const char  *english)
{
  g_string_append_printf (self->out, " %s ", english);
  self->front = self->out->len;
  self->is_range = TRUE;
}

/* @number may be a year or a century, behind which English has its era. */
static void
append_with_era (Translation *self,
                 const char  *number)
{
  append (self, number);
  if (self->era)
    append (self, self->era);
  else if (self->had_bc)
    self->unclear = TRUE;

  self->had_bc = self->had_bc || g_strcmp0 (self->era, "bc") == 0;
  self->era = NULL;
}

/* @part can have no era, so that one in front of it belongs elsewhere. */
static void
append_part (Translation *self,
             const char  *part)
{
  append (self, part);
  if (self->era)
    self->unclear = TRUE;
}

/* A decade or a century, behind which English has no “AD” */
static void
append_span (Translation *self,
             const char  *span)
{
  if (g_strcmp0 (self->era, "ad") == 0)
    {
      append (self, span);
      self->era = NULL;
    }
  else
    {
      append_with_era (self, span);
    }
}

/* Whether something of the date that is being written is there */
static gboolean
has_begun (const Translation *self)
{
  const char *date = self->out->str + self->front;

  return date[strspn (date, " ")] != '\0';
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

  /* “기원전 약 44년” is one */
  if (self->era && *english && place != PLACE_FRONT && !g_str_has_prefix (english, "possibly"))
    self->unclear = TRUE;

  if (place == PLACE_HERE)
    append (self, english);
  else if (place == PLACE_BETWEEN)
    begin_second (self, english);
  else if (place == PLACE_WITHIN)
    g_string_prepend (self->out, spaced);
  else if (place == PLACE_ERA)
    self->era = english;
  else if (place == PLACE_FROM && has_more (rest))
    /* a dash, which "within" needs */
    begin_second (self, "–");
  else if (place == PLACE_BEGIN)
    begin_second (self, english);
  else if (place != PLACE_UNTIL || !self->is_range)
    g_string_insert (self->out, self->front, spaced);
}

/* The first month of “1–4월”, whose unit is behind the second; the bytes of its number */
static gsize
read_first_month (Translation *self,
                  const char  *p)
{
  static const char *const dashes[] = { "–", "~", "-" };
  gsize digits = strspn (p, "0123456789");
  int value = digits <= 2 ? atoi (p) : 0;

  for (guint i = 0; value >= 1 && value <= 12 && i < G_N_ELEMENTS (dashes); i++)
    {
      const char *second = p + digits + strlen (dashes[i]);
      gsize length = 0;

      if (!g_str_has_prefix (p + digits, dashes[i]))
        continue;

      second += strspn (second, "0123456789");
      if (annals_date_name_begin (second, &length, NULL) != ANNALS_DATE_NAME_MONTH_UNIT)
        continue;

      append_part (self, annals_date_name_of_month (value));
      return digits;
    }

  return 0;
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
        g_autofree char *decade = g_strconcat (number, "s", NULL);

        append_span (self, decade);
        return unit + strlen (decades[i]) - p;
      }

  for (guint i = 0; i < G_N_ELEMENTS (centuries); i++)
    if (g_str_has_prefix (unit, centuries[i]))
      {
        g_autofree char *century = g_strconcat (number, "th century", NULL);

        append_span (self, century);
        return unit + strlen (centuries[i]) - p;
      }

  for (guint i = 0; i < G_N_ELEMENTS (quarters); i++)
    if (g_str_has_prefix (unit, quarters[i]))
      {
        g_autofree char *quarter = g_strconcat ("q", number, NULL);

        append_part (self, quarter);
        return unit + strlen (quarters[i]) - p;
      }

  switch ((int) annals_date_name_begin (unit, &length, NULL))
    {
    case ANNALS_DATE_NAME_YEAR:
      append_with_era (self, number);
      break;

    case ANNALS_DATE_NAME_DAY:
      append_part (self, number);
      break;

    case ANNALS_DATE_NAME_MONTH_UNIT:
      if (value < 1 || value > 12)
        return 0;
      append_part (self, annals_date_name_of_month (value));
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
  Translation self = { 0 };
  gsize n;

  if (!annals_date_fold (text, strlen (text), folded, sizeof folded, NULL))
    return NULL;

  self.out = g_string_new (NULL);

  for (const char *p = folded; *p; p += n)
    {
      if ((n = read_number (&self, p)) || (n = read_first_month (&self, p)) ||
          (n = read_eastern (&self, p)))
        {
          self.found = TRUE;
        }
      else if (*p == '~' && has_begun (&self) && self.found && has_more (p))
        {
          begin_second (&self, "–");
          n = 1;
        }
      else if (g_str_has_prefix (p, "–"))
        {
          begin_second (&self, "–");
          n = strlen ("–");
        }
      else if ((n = strspn (p, "0123456789")))
        {
          g_autofree char *number = g_strndup (p, n);

          if (self.era || (self.had_bc && n > 2))
            append_with_era (&self, number);
          else
            g_string_append (self.out, number);
        }
      else if (!(n = read_word (&self, p)))
        {
          n = g_utf8_next_char (p) - p;
          g_string_append_len (self.out, p, n);
        }
    }

  return g_string_free (self.out, !self.found || self.era || self.unclear);
}
