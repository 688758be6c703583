/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-stamp-private.h"

#include "annals-date-names.h"

#include <string.h>

/* What a date says in words: read from left to right, each word by what it means and where it
 * stands. */

typedef struct
{
  AnnalsStampToken tokens[ANNALS_STAMP_MAX_TOKENS
                          + 4]; /* ends in ANNALS_STAMP_TOKEN_END, so that looking ahead is safe */
  guint              n_tokens;
  guint              at;
  const char        *language;   /* nullable */
  AnnalsStampFields *fields;
  int                era;        /* the year before its first; -1 when none was named */
  gboolean           month_may_be_weekday;
  gboolean           noon_said;
  gboolean           after_noon;
  gboolean           prefix;     /* other words may follow, none may lead */
  gboolean           weekday;    /* one was named */
  guint              said;       /* tokens up to the last one that said something */
} Reader;

static const AnnalsStampToken *
peek (const Reader *self,
      guint         ahead)
{
  return &self->tokens[MIN (self->at + ahead, self->n_tokens)];
}

static gboolean
is_sign (const Reader *self,
         guint         ahead,
         char          sign)
{
  return peek (self, ahead)->kind == ANNALS_STAMP_TOKEN_SIGN && peek (self, ahead)->sign == sign;
}

static gboolean
is_number (const Reader *self,
           guint         ahead,
           int           max_digits)
{
  return peek (self, ahead)->kind == ANNALS_STAMP_TOKEN_NUMBER &&
         peek (self, ahead)->n_digits <= max_digits;
}

static gboolean
is_name (const Reader       *self,
         guint               ahead,
         AnnalsDateNameKind  name)
{
  return peek (self, ahead)->kind == ANNALS_STAMP_TOKEN_NAME && peek (self, ahead)->name == name;
}

/* RFC 2822, 4.3 */
static int
whole_year (int value,
            int n_digits)
{
  if (n_digits == 2)
    return value < 50 ? 2000 + value : 1900 + value;

  return n_digits == 3 ? 1900 + value : value;
}

static gboolean
starts_with_tag (const char *language,
                 const char *tags)
{
  gsize length = strcspn (language, "-_");

  for (const char *at = tags; *at;)
    {
      gsize n = strcspn (at, " ");

      if (n == length && g_ascii_strncasecmp (at, language, n) == 0)
        return TRUE;
      at += n + (at[n] == ' ');
    }

  return FALSE;
}

/* 1: the month stands first, -1: the day does, 0: nobody knows */
static int
month_first (const char *language)
{
  static const char *const british[] = {
    "GB", "UK", "AU", "NZ", "IE", "IN", "ZA", "SG", "HK", NULL,
  };
  const char *region;

  if (language == NULL)
    return 0;

  if (starts_with_tag (
          language,
          "it fr de es pt nl ru uk pl el hu cs sk sl hr sr bg tr fi sv da nb nn no ro ca gl eu "
          "id vi ar he fa et lv lt is mt sq mk bs be"))
    return -1;

  if (!starts_with_tag (language, "en"))
    return 0;

  region = strpbrk (language, "-_");
  if (region == NULL)
    return 0;
  if (g_ascii_strcasecmp (region + 1, "US") == 0 || g_ascii_strcasecmp (region + 1, "PH") == 0)
    return 1;

  for (guint i = 0; british[i]; i++)
    if (g_ascii_strcasecmp (region + 1, british[i]) == 0)
      return -1;

  return 0;
}

/* Which of two numbers is the month */
static void
order_numbers (Reader *self,
               int     first,
               int     second,
               char    sign)
{
  int order = month_first (self->language);

  /* nobody but a writer for America would set a month before a point */
  if (order == 0 && sign == '.')
    order = -1;
  if (order == 0 && (first > 12 || second > 12 || first == second))
    order = second > 12 ? 1 : -1;
  else if (order == 1 && first > 12 && second <= 12)
    order = -1;
  else if (order == -1 && second > 12 && first <= 12)
    order = 1;

  self->fields->swapped = order == 0;
  self->fields->month = order == 1 ? first : second;
  self->fields->day = order == 1 ? second : first;
}

/* 2020. 3. 31., 2020/3/31, 31.3.2020, 3/31/20, 3/2020; the tokens taken, 0 when it is none */
static guint
read_numeric (Reader *self)
{
  AnnalsStampFields *fields = self->fields;
  const AnnalsStampToken *a = peek (self, 0);
  const AnnalsStampToken *b = peek (self, 2);
  const AnnalsStampToken *c = peek (self, 4);
  char sign = peek (self, 1)->sign;

  if (peek (self, 1)->kind != ANNALS_STAMP_TOKEN_SIGN || strchr ("/.-", sign) == NULL ||
      sign == '\0' || !is_number (self, 2, 4) || fields->year >= 0 || fields->month >= 0 ||
      fields->day >= 0 || a->n_digits > 4)
    return 0;

  if (is_sign (self, 3, sign) && is_number (self, 4, 4))
    {
      if (a->n_digits == 4 && b->n_digits <= 2 && c->n_digits <= 2)
        {
          fields->year = a->value;
          fields->month = b->value;
          fields->day = c->value;
          return 5;
        }

      /* 20-03-31 could begin or end with its year */
      if (a->n_digits > 2 || b->n_digits > 2 || c->n_digits == 1 || c->n_digits == 3 ||
          (c->n_digits == 2 && sign == '-'))
        return 0;

      fields->year = self->era >= 0 ? c->value : whole_year (c->value, c->n_digits);
      order_numbers (self, a->value, b->value, sign);
      return 5;
    }

  if (a->n_digits == 4 && b->n_digits <= 2 && sign != '-')
    {
      fields->year = a->value;
      fields->month = b->value;
      return 3;
    }
  if (a->n_digits <= 2 && b->n_digits == 4 && sign != '-')
    {
      fields->month = a->value;
      fields->year = b->value;
      return 3;
    }

  return 0;
}

static gboolean
date_is_whole (const Reader *self)
{
  return self->fields->year >= 0 && self->fields->month >= 0 && self->fields->day >= 0;
}

/* 14:05:00.25, 14.05 behind a date, 14h05, 2시 5분, 2 pm, 14 Uhr; the tokens taken, 0 when it is no
 * time */
static guint
read_time (Reader *self)
{
  AnnalsStampFields *fields = self->fields;
  gboolean colon = is_sign (self, 1, ':') && is_number (self, 2, 2);
  gboolean point = is_sign (self, 1, '.') && is_number (self, 2, 2) &&
                   peek (self, 2)->n_digits == 2 &&
                   peek (self, 2)->glued && date_is_whole (self);
  guint n;

  if (fields->hour >= 0 || peek (self, 0)->n_digits > 2)
    return 0;

  if (is_name (self, 1, ANNALS_DATE_NAME_HOUR))
    {
      fields->hour = peek (self, 0)->value;
      fields->minute = 0;
      if (!is_number (self, 2, 2))
        return 2;
      fields->minute = peek (self, 2)->value;
      if (!is_name (self, 3, ANNALS_DATE_NAME_MINUTE))
        return 3;
      if (!is_number (self, 4, 2) || !is_name (self, 5, ANNALS_DATE_NAME_SECOND))
        return 4;
      fields->second = peek (self, 4)->value;
      return 6;
    }

  if (!colon && !point)
    {
      if (!is_name (self, 1, ANNALS_DATE_NAME_BEFORE_NOON) &&
          !is_name (self, 1, ANNALS_DATE_NAME_AFTER_NOON) &&
          !(date_is_whole (self) && strcmp (peek (self, 1)->text, "uhr") == 0))
        return 0;
      fields->hour = peek (self, 0)->value;
      fields->minute = 0;
      return 1;
    }

  fields->hour = peek (self, 0)->value;
  fields->minute = peek (self, 2)->value;
  n = 3;
  if (is_sign (self, n, peek (self, 1)->sign) && is_number (self, n + 1, 2) &&
      peek (self, n + 1)->glued)
    {
      fields->second = peek (self, n + 1)->value;
      n += 2;
    }
  if (fields->second >= 0 && (is_sign (self, n, '.') || is_sign (self, n, ',')) &&
      is_number (self, n + 1, 9) && peek (self, n + 1)->glued)
    n += 2;

  return n;
}

/* +0200, -05:00, +2; the tokens behind the sign, 0 when it is none */
static guint
read_offset (Reader *self,
             gboolean west)
{
  AnnalsStampFields *fields = self->fields;
  const AnnalsStampToken *number = peek (self, 1);
  guint n = 1;
  int minutes = 0;

  if (!is_number (self, 1, 4) || !number->glued || number->n_digits == 3)
    return 0;

  if (number->n_digits == 4)
    {
      minutes = number->value / 100 * 60 + number->value % 100;
    }
  else
    {
      minutes = number->value * 60;
      if (is_sign (self, 2, ':') && is_number (self, 3, 2) && peek (self, 3)->glued)
        {
          minutes += peek (self, 3)->value;
          n = 3;
        }
    }

  fields->has_offset = TRUE;
  fields->offset = west ? -minutes : minutes;

  return n;
}

static gboolean
set_once (int *field,
          int  value)
{
  if (*field >= 0)
    return FALSE;

  *field = value;
  return TRUE;
}

/* A number that no sign or unit explains: by its length and by what is known already */
static gboolean
take_bare_number (Reader *self)
{
  AnnalsStampFields *fields = self->fields;
  const AnnalsStampToken *token = peek (self, 0);
  gboolean short_year = self->at > 0 && self->tokens[self->at - 1].sign == '\'';

  self->at++;

  if (token->n_digits == 4 || short_year)
    return (token->n_digits == 4 || token->n_digits == 2) &&
           set_once (&fields->year, whole_year (token->value, token->n_digits));
  if (token->n_digits > 4)
    return FALSE;
  if (fields->day >= 0 && fields->month >= 0 && (token->n_digits == 2 || token->n_digits == 3))
    return set_once (&fields->year, whole_year (token->value, token->n_digits));
  if (token->n_digits > 2 || !set_once (&fields->day, token->value))
    return FALSE;

  /* 1st, 3º, 1er; and the point of 3. März */
  if (is_name (self, 0, ANNALS_DATE_NAME_ORDINAL) && peek (self, 0)->glued)
    self->at++;

  return TRUE;
}

static gboolean
take_number (Reader *self)
{
  AnnalsStampFields *fields = self->fields;
  const AnnalsStampToken *token = peek (self, 0);
  const AnnalsStampToken *next = peek (self, 1);
  guint n;

  if (next->kind == ANNALS_STAMP_TOKEN_NAME && next->name >= ANNALS_DATE_NAME_YEAR &&
      next->name <= ANNALS_DATE_NAME_DAY)
    {
      int *field = next->name == ANNALS_DATE_NAME_YEAR         ? &fields->year
                   : next->name == ANNALS_DATE_NAME_MONTH_UNIT ? &fields->month
                                                               : &fields->day;

      self->at += 2;
      return token->n_digits <= 4 && set_once (field, token->value);
    }

  if ((n = read_time (self)) > 0 || (n = read_numeric (self)) > 0)
    {
      self->at += n;
      return TRUE;
    }

  return take_bare_number (self);
}

static gboolean
take_month (Reader      *self,
            const AnnalsStampToken *token)
{
  gboolean dual = token->name == ANNALS_DATE_NAME_MONTH_DAY;

  /* the first "mar." of "mar. 31 mars" is a Tuesday; so is the one of "31.3., mar" */
  if (self->fields->month >= 0 && dual)
    return TRUE;
  if (self->fields->month >= 0 && !self->month_may_be_weekday)
    return FALSE;

  self->month_may_be_weekday = dual;
  self->fields->month = token->value;

  return TRUE;
}

/* A name of three to five letters behind a time is a zone, even one that is not known: then the
 * time is read as one that has none. */
static gboolean
is_unknown_zone (const Reader *self,
                 const AnnalsStampToken  *token)
{
  gsize length = strlen (token->text);

  return !self->prefix && self->fields->hour >= 0 && length >= 3 && length <= 5 &&
         g_ascii_isalpha (token->text[0]) && !self->fields->has_offset;
}

/* American zones of which the season is not said */
static gboolean
take_wide_zone (Reader      *self,
                const AnnalsStampToken *token)
{
  static const struct
  {
    const char *name;
    const char *region;
  } zones[] = {
    { "et", "America/New_York" }, { "ct", "America/Chicago" }, { "mt", "America/Denver" },
    { "pt", "America/Los_Angeles" },
  };
  AnnalsStampFields *fields = self->fields;

  if (fields->hour < 0 || fields->has_offset)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr(GTimeZone) zone = NULL;
      g_autoptr(GDateTime) local = NULL;

      if (strcmp (token->text, zones[i].name) != 0)
        continue;

      if (!date_is_whole (self) || !(zone = g_time_zone_new_identifier (zones[i].region)) ||
          !(local = g_date_time_new (zone, fields->year, fields->month, fields->day,
                                        fields->hour, fields->minute, 0)))
        return TRUE;

      fields->has_offset = TRUE;
      fields->offset = (int) (g_date_time_get_utc_offset (local) / G_TIME_SPAN_MINUTE);
      return TRUE;
    }

  return FALSE;
}

static gboolean
take_noon (Reader      *self,
           const AnnalsStampToken *token)
{
  gboolean latin = token->text[0] != '\0' && g_ascii_isalpha (token->text[0]);

  /* in "Veröffentlicht am 3. März" it is a word of German */
  if (latin && self->fields->hour < 0)
    return TRUE;
  if (self->noon_said)
    return latin;

  self->noon_said = TRUE;
  self->after_noon = token->name == ANNALS_DATE_NAME_AFTER_NOON;

  return TRUE;
}

static gboolean
take_zone (Reader      *self,
           const AnnalsStampToken *token)
{
  guint n;

  /* KST behind +0900 says nothing new */
  if (self->fields->has_offset)
    return TRUE;
  if (self->fields->hour < 0)
    return FALSE;

  self->fields->has_offset = TRUE;
  self->fields->offset = token->value;

  /* GMT+0200, UTC-5 */
  if (token->value == 0 && (is_sign (self, 0, '+') || is_sign (self, 0, '-')) &&
      (n = read_offset (self, is_sign (self, 0, '-'))) > 0)
    self->at += n + 1;

  return TRUE;
}

static gboolean
take_name (Reader *self)
{
  const AnnalsStampToken *token = peek (self, 0);
  gboolean nothing_yet = self->fields->year < 0 && self->fields->month < 0 &&
                         self->fields->day < 0 && self->fields->hour < 0;

  self->at++;

  switch (token->name)
    {
    case ANNALS_DATE_NAME_MONTH:
    case ANNALS_DATE_NAME_MONTH_DAY:
      return take_month (self, token);

    case ANNALS_DATE_NAME_ERA:
      self->era = token->value;
      /* 令和元年 */
      if (is_name (self, 0, ANNALS_DATE_NAME_FIRST) && is_name (self, 1, ANNALS_DATE_NAME_YEAR))
        {
          self->at += 2;
          return set_once (&self->fields->year, 1);
        }
      return TRUE;

    case ANNALS_DATE_NAME_ZONE:
      return take_zone (self, token);

    case ANNALS_DATE_NAME_BEFORE_NOON:
    case ANNALS_DATE_NAME_AFTER_NOON:
      return take_noon (self, token);

    case ANNALS_DATE_NAME_MONTH_UNIT:
    case ANNALS_DATE_NAME_DAY:
      /* (日), (月): days of the week where no number stands before them */
    case ANNALS_DATE_NAME_ORDINAL:
    case ANNALS_DATE_NAME_PARTICLE:
      return TRUE;

    case ANNALS_DATE_NAME_WEEKDAY:
      /* "pt" is Friday in Polish */
      take_wide_zone (self, token);
      self->weekday = TRUE;
      return TRUE;

    case ANNALS_DATE_NAME_LEAD:
      return nothing_yet && !self->prefix;

    case ANNALS_DATE_NAME_YEAR:
    case ANNALS_DATE_NAME_HOUR:
    case ANNALS_DATE_NAME_MINUTE:
    case ANNALS_DATE_NAME_SECOND:
    case ANNALS_DATE_NAME_FIRST:
      return FALSE;

    case ANNALS_DATE_NAME_NONE:
      return take_wide_zone (self, token) || is_unknown_zone (self, token);
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
take_sign (Reader *self)
{
  const AnnalsStampToken *token = peek (self, 0);
  guint n;

  if ((token->sign == '+' || token->sign == '-') && self->fields->hour >= 0 &&
      !self->fields->has_offset && (n = read_offset (self, token->sign == '-')) > 0)
    {
      self->at += n + 1;
      return TRUE;
    }

  self->at++;

  /* what a zone's comment says: (Central European Summer Time) */
  if (token->sign == '(' && self->fields->has_offset)
    {
      while (self->at < self->n_tokens && !is_sign (self, 0, ')'))
        self->at++;
      return TRUE;
    }

  return strchr ("+&%$#=?!<>{}\\^`~", token->sign) == NULL;
}

static AnnalsStampMatch
finish (Reader *self)
{
  AnnalsStampFields *fields = self->fields;

  if (self->era >= 0 && fields->year >= 0)
    fields->year += self->era;

  if (self->noon_said && fields->hour >= 0)
    {
      if (self->after_noon && fields->hour < 12)
        fields->hour += 12;
      else if (!self->after_noon && fields->hour == 12)
        fields->hour = 0;
    }

  if (fields->year < 0 || fields->month < 0)
    return ANNALS_STAMP_NO_MATCH;

  /* a time says nothing without its day; a year alone is a number as any other */
  if (fields->day < 0)
    return fields->hour < 0 ? ANNALS_STAMP_MATCH : ANNALS_STAMP_NO_MATCH;

  return ANNALS_STAMP_MATCH;
}

/* What is known so far, to see whether a token added to it */
static gboolean
same_fields (const AnnalsStampFields *a,
             const AnnalsStampFields *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
         a->minute == b->minute && a->second == b->second && a->has_offset == b->has_offset;
}

static gboolean
take_token (Reader *self)
{
  switch (peek (self, 0)->kind)
    {
    case ANNALS_STAMP_TOKEN_NUMBER:
      return take_number (self);

    case ANNALS_STAMP_TOKEN_NAME:
      return take_name (self);

    case ANNALS_STAMP_TOKEN_SIGN:
      return take_sign (self);

    case ANNALS_STAMP_TOKEN_END:
      break;
    }

  return FALSE;
}

/* Takes tokens until one has no place in the date; whether that was the end */
static gboolean
take_tokens (Reader *self)
{
  while (self->at < self->n_tokens)
    {
      AnnalsStampFields fields = *self->fields;
      gboolean noon_said = self->noon_said;
      guint at = self->at;

      if (!take_token (self))
        {
          self->at = at;
          self->noon_said = noon_said;
          *self->fields = fields;
          return FALSE;
        }

      if (!same_fields (&fields, self->fields) || noon_said != self->noon_said)
        self->said = self->at;
    }

  return TRUE;
}

AnnalsStampMatch
annals_stamp_match_words (const char        *string,
                          gsize              length,
                          const char        *language,
                          AnnalsStampFields *fields,
                          gsize             *used)
{
  char folded[ANNALS_LIMIT_DATE_STAMP * 3];
  guint16 origins[ANNALS_LIMIT_DATE_STAMP * 3];
  AnnalsStampMatch match;
  Reader reader;
  gboolean all;

  annals_stamp_fields_clear (fields);
  if (!annals_date_fold (string, length, folded, sizeof folded, origins))
    return ANNALS_STAMP_NO_MATCH;

  memset (&reader, 0, sizeof reader);
  reader.language = language;
  reader.fields = fields;
  reader.era = -1;
  reader.prefix = used != NULL;

  if (!annals_stamp_read_tokens (reader.tokens, &reader.n_tokens, folded, reader.prefix))
    return ANNALS_STAMP_NO_MATCH;

  all = take_tokens (&reader);
  if (!all && !reader.prefix)
    return ANNALS_STAMP_NO_MATCH;

  match = finish (&reader);
  if (used)
    {
      *used = all ? length : reader.said > 0 ? origins[reader.tokens[reader.said - 1].end] : 0;

      /* "Monday March 2020" is no month */
      if (reader.weekday && fields->day < 0)
        match = ANNALS_STAMP_NO_MATCH;
    }

  return match;
}
