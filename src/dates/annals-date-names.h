/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsDateNameKind:
 *
 * What a word can be in a date that somebody wrote.
 */
typedef enum
{
  ANNALS_DATE_NAME_NONE,
  ANNALS_DATE_NAME_MONTH,      /* value: 1 to 12 */
  ANNALS_DATE_NAME_MONTH_DAY,  /* "mar.", March or Tuesday; value: the month */
  ANNALS_DATE_NAME_WEEKDAY,
  ANNALS_DATE_NAME_BEFORE_NOON,
  ANNALS_DATE_NAME_AFTER_NOON,
  ANNALS_DATE_NAME_YEAR,       /* the unit behind a number: 年 */
  ANNALS_DATE_NAME_MONTH_UNIT,
  ANNALS_DATE_NAME_DAY,
  ANNALS_DATE_NAME_HOUR,
  ANNALS_DATE_NAME_MINUTE,
  ANNALS_DATE_NAME_SECOND,
  ANNALS_DATE_NAME_ERA,        /* value: the year before its first */
  ANNALS_DATE_NAME_FIRST,      /* 元, the first year of an era */
  ANNALS_DATE_NAME_ZONE,       /* value: minutes east of UTC */
  ANNALS_DATE_NAME_ORDINAL,    /* what is glued to a day's number */
  ANNALS_DATE_NAME_PARTICLE,   /* says nothing: of, de, at, Uhr */
  ANNALS_DATE_NAME_LEAD,       /* says nothing where a date begins: Posted, Pubblicato */
} AnnalsDateNameKind;

/* The longest name in bytes, folded. */
#define ANNALS_DATE_NAME_MAX 64

/* @folded: a word as annals_date_fold() leaves it; @length in bytes. @value (out) may be NULL. */
AnnalsDateNameKind annals_date_name_look_up    (const char *folded,
                                                gsize       length,
                                                int        *value);
/* The longest name of East Asia that @folded begins with; @length (out) in bytes. */
AnnalsDateNameKind annals_date_name_begin      (const char *folded,
                                                gsize      *length,
                                                int        *value);
/* The English name of @month, 1 to 12, or of @weekday, 1 (Monday) to 7; lower case */
const char        *annals_date_name_of_month   (int         month);
const char        *annals_date_name_of_weekday (int         weekday);

/* Lower case without accents, wide forms narrow, no-break spaces plain, as the names are kept:
 * @string in valid UTF-8 into @out of @size bytes, NUL-terminated. @origins (nullable) gets for
 * each byte of @out the offset in @string that it comes from, and one more for the end. FALSE when
 * it does not fit. */
gboolean           annals_date_fold            (const char *string,
                                                gsize       length,
                                                char       *out,
                                                gsize       size,
                                                guint16    *origins);

G_END_DECLS
