/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-calendar.h"
#include "annals-date.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_QUALIFIER_APPROXIMATE = 1 << 0,  /* ~ or % */
  ANNALS_QUALIFIER_UNCERTAIN   = 1 << 1,  /* ? or % */
} AnnalsQualifier;

typedef enum
{
  ANNALS_PART_YEAR,
  ANNALS_PART_MONTH,   /* or the season */
  ANNALS_PART_DAY,
  ANNALS_N_PARTS,
} AnnalsPart;

typedef enum
{
  ANNALS_ZONE_NONE,    /* not said; read as UTC */
  ANNALS_ZONE_UTC,
  ANNALS_ZONE_OFFSET,
} AnnalsZone;

/* One date of an expression. Digits are kept as text because any of them may be an X. */
typedef struct
{
  gboolean   is_long;        /* written Y…: number and exponent count, year[] is empty */
  gboolean   negative;
  char       year[5];        /* four of 0-9 and X */
  gint64     number;         /* of a Y-year, without sign and exponent */
  int        exponent;       /* -1 when there is none */
  int        significant;    /* digits of the year that count; 0 = all */
  char       month[3];       /* "" when absent */
  char       day[3];
  int        season;         /* 21 to 41; 0 when there is none */
  int        hour;           /* -1 when there is no time; 24 only as 24:00:00 */
  int        minute;
  int        second;         /* -1 when the time stops at the minute */
  char       fraction[10];   /* digits behind the second's point */
  AnnalsZone zone;
  int        offset;         /* minutes east of UTC */
  AnnalsQualifier qualifiers[ANNALS_N_PARTS];

  gint64     first_year;     /* made by annals_date_value_bound() */
  gint64     last_year;
  gint64     from;           /* seconds since 1970 UTC, half-open */
  gint64     to;
} AnnalsDateValue;

typedef enum
{
  ANNALS_END_VALUE,
  ANNALS_END_OPEN,     /* ".." */
  ANNALS_END_UNKNOWN,  /* nothing at all */
} AnnalsEnd;

/* A date, or a range of two of them */
typedef struct
{
  gboolean        is_range;
  AnnalsEnd       start_kind;
  AnnalsEnd       end_kind;
  AnnalsDateValue start;
  AnnalsDateValue end;       /* a copy of start when this is no range */
} AnnalsDateElement;

typedef enum
{
  ANNALS_FORM_UNDATED,
  ANNALS_FORM_VALUE,
  ANNALS_FORM_INTERVAL,
  ANNALS_FORM_ONE_OF,
  ANNALS_FORM_ALL_OF,
} AnnalsForm;

struct _AnnalsDate
{
  gatomicrefcount     ref_count;
  char               *edtf;
  AnnalsForm          form;
  AnnalsDateElement  *elements;
  guint               n_elements;
  AnnalsDatePrecision precision;
  AnnalsDateFlags     flags;
  gboolean            has_from;
  gboolean            has_to;
  gint64              from;
  gint64              to;
};

/* annals-date-calendar.c */
gboolean annals_date_value_bound       (AnnalsDateValue *value, char **reason);
gint64   annals_date_value_year        (const AnnalsDateValue *value);
gboolean annals_date_value_meets       (const AnnalsDateValue *value, gint64 from, gint64 to);

/* annals-date.c */
AnnalsDatePrecision annals_date_value_precision (const AnnalsDateValue *value);
AnnalsDateFlags     annals_date_value_flags     (const AnnalsDateValue *value);

/* annals-date-parse.c */
gboolean annals_date_value_parse       (const char *text, gsize length,
                                        AnnalsDateValue *value, char **reason);
gboolean annals_date_read              (AnnalsDate *self, const char *edtf, char **reason);

/* annals-date-parts.c: the beginning, middle and end of a month, a year or a decade */
typedef enum
{
  ANNALS_THIRD_NONE,
  ANNALS_THIRD_EARLY,
  ANNALS_THIRD_MIDDLE,
  ANNALS_THIRD_LATE,
} AnnalsThird;

char    *annals_date_third_dup_edtf    (AnnalsThird third, const char *edtf, AnnalsQualifier more);
char    *annals_date_third_dup_display (const AnnalsDateElement *element, gboolean brief);
char    *annals_date_dup_week          (const AnnalsDateElement *element, gboolean brief);

/* annals-date-write.c */
char    *annals_date_dup_canonical     (AnnalsDate *self);
/* @number, of 0 to 99, in two digits; @plain: in as few as it needs */
void     annals_date_append_two        (GString *string, int number, gboolean plain);
char    *annals_date_value_dup_edtf    (const AnnalsDateValue *value);

/* annals-date-display.c */
/* They are looked up once for each locale; who puts others in their place, as a test does, says so. */
void     annals_date_forget_month_names (void);
char    *annals_date_expand            (const char *pattern, const char *year, int month, int day);
/* in words whatever the style is */
char    *annals_date_expand_words      (const char *pattern, const char *year, int month, int day);
char    *annals_date_dup_year_number   (gint64 year);
int      annals_date_known_number      (const char *mask);
char    *annals_date_dup_plain         (const char *year, int month, int day, gboolean brief);
char    *annals_date_dup_value         (const AnnalsDateValue *value, gboolean brief);

/* annals-date-style.c */
gboolean annals_date_in_numbers        (void);
char    *annals_date_dup_numbers       (const char *year, int month, int day);
char    *annals_date_expand_numbers    (const char *pattern, const char *year, int month, int day);
char    *annals_date_format_numbers    (const char *pattern, const char *year, int month, int day);

/* annals-date-display-ranges.c */
char    *annals_date_dup_interval      (const AnnalsDateElement *element, gboolean brief);
char    *annals_date_dup_set           (AnnalsDate *self, gboolean brief);

G_END_DECLS
