/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AnnalsDate:
 *
 * What is known of a date: an EDTF expression (ISO 8601-2:2019; Library of Congress, "Extended
 * Date/Time Format", levels 0 and 1 whole, of level 2 what annals_date_parse() says). Immutable,
 * counted, usable from any thread.
 */
typedef struct _AnnalsDate AnnalsDate;

#define ANNALS_TYPE_DATE (annals_date_get_type ())
GType annals_date_get_type (void) G_GNUC_CONST;

AnnalsDate *annals_date_ref   (AnnalsDate *self);
void        annals_date_unref (AnnalsDate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsDate, annals_date_unref)

typedef enum
{
  ANNALS_DATE_UNDATED,
  ANNALS_DATE_TIME,        /* to the minute or second */
  ANNALS_DATE_DAY,
  ANNALS_DATE_MONTH,
  ANNALS_DATE_SEASON,
  ANNALS_DATE_YEAR,
  ANNALS_DATE_DECADE,
  ANNALS_DATE_CENTURY,
  ANNALS_DATE_RANGE,       /* an interval or a set: several values */
} AnnalsDatePrecision;

typedef enum
{
  ANNALS_DATE_EXACT        = 0,
  ANNALS_DATE_APPROXIMATE  = 1 << 0,  /* ~ or % somewhere */
  ANNALS_DATE_UNCERTAIN    = 1 << 1,  /* ? or % somewhere */
  ANNALS_DATE_OPEN_START   = 1 << 2,  /* ../x or /x */
  ANNALS_DATE_OPEN_END     = 1 << 3,  /* x/.. or x/ */
  ANNALS_DATE_UNSPECIFIED  = 1 << 4,  /* an X somewhere */
} AnnalsDateFlags;

/* "" (or only white space) is the undated date. Fails with ANNALS_DATE_ERROR_INVALID and one
 * sentence that names the expression and what is wrong with it ("“2020-02-30”: February 2020 has
 * 29 days"). */
AnnalsDate          *annals_date_parse         (const char  *edtf,
                                                GError     **error);
AnnalsDate          *annals_date_new_undated   (void);
/* @seconds since 1970 UTC, kept to the second, as "2020-03-09T14:02:00Z" */
AnnalsDate          *annals_date_new_from_unix (gint64       seconds);
/* Local fields with an offset in minutes east of UTC, kept in the expression. NULL when the fields
 * are no date. */
AnnalsDate          *annals_date_new_from_fields (int year, int month, int day,
                                                  int hour, int minute, int second,
                                                  int offset_minutes);

/* The minute (ANNALS_DATE_TIME), day, month, year, decade or century in which @seconds lies */
AnnalsDate          *annals_date_new_at        (gint64               seconds,
                                                AnnalsDatePrecision  precision);
/* The same date later or earlier, and the same with another beginning or end, for dragging: no more
 * precise than it was, and no more than @precision. */
AnnalsDate          *annals_date_dup_moved      (AnnalsDate          *self,
                                                 gint64               seconds,
                                                 AnnalsDatePrecision  precision);
AnnalsDate          *annals_date_dup_with_bound (AnnalsDate          *self,
                                                 gboolean             is_end,
                                                 gint64               seconds,
                                                 AnnalsDatePrecision  precision);

/* the canonical expression; "" when undated */
const char          *annals_date_get_edtf      (AnnalsDate *self);
gboolean             annals_date_is_undated    (AnnalsDate *self);
AnnalsDatePrecision  annals_date_get_precision (AnnalsDate *self);
AnnalsDateFlags      annals_date_get_flags     (AnnalsDate *self);

/* The widest reading [from, to) in seconds since 1970 UTC. FALSE where open or undated. */
gboolean             annals_date_get_from      (AnnalsDate *self,
                                                gint64     *seconds);
gboolean             annals_date_get_to        (AnnalsDate *self,
                                                gint64     *seconds);

/* For people, in the user's language: "March 2020", "9 March 2020", "about March 2020",
 * "January 2020 – open", "undated". */
char                *annals_date_dup_display       (AnnalsDate *self);
/* The same, short, for rows and cards: "Mar 2020", "9 Mar 2020", "~ Mar 2020". */
char                *annals_date_dup_display_short (AnnalsDate *self);
/* What is not known, for a tooltip: "month known, day unknown"; NULL when nothing is missing. */
char                *annals_date_dup_remark        (AnnalsDate *self);

/* Order for lists and exports: from, then to, then expression; open starts first, undated last. */
int                  annals_date_compare       (AnnalsDate *a,
                                                AnnalsDate *b);

/* What searches ask: whether the two may meet, and whether some of what @self may be lies before the
 * beginning or after the end of @other. FALSE with an undated one. */
gboolean             annals_date_may_fall_in   (AnnalsDate *self,
                                                AnnalsDate *period);
gboolean             annals_date_may_precede   (AnnalsDate *self,
                                                AnnalsDate *other);
gboolean             annals_date_may_follow    (AnnalsDate *self,
                                                AnnalsDate *other);

/* RFC 3339 in UTC with a "Z" for seconds since 1970, any year from 0000 to 9999 */
char                *annals_date_format_rfc3339 (gint64 seconds);

/* What a person or a web page typed: EDTF first, then the forms that mean one thing only in plain
 * English: "March 2020", "early March 2020" ([2020-03-01~..2020-03-10~]), "9 March 2020", "March 9,
 * 2020", "Tuesday, March 31, 2009", RFC 822, RFC 3339, "2020-03-09 14:02:00"; with the names of
 * months of other languages, and the numeric dates of East Asia. An ambiguous one ("9/3/2020")
 * fails and says so. */
AnnalsDate          *annals_date_parse_words   (const char  *words,
                                                GError     **error);

/* What a person typed into a date's entry: one date when it is understood, all that it may mean
 * when it is ambiguous ("9/3/2020"). @seen_from (nullable): the day from which "yesterday", "last
 * Tuesday" and "9 March" are counted. An array of AnnalsDate, or NULL with @error set. */
GPtrArray           *annals_date_parse_entry   (const char  *words,
                                                AnnalsDate  *seen_from,
                                                GError     **error);

#define ANNALS_DATE_ERROR (annals_date_error_quark ())
GQuark annals_date_error_quark (void);

typedef enum
{
  ANNALS_DATE_ERROR_INVALID,
  ANNALS_DATE_ERROR_AMBIGUOUS,
} AnnalsDateError;

G_END_DECLS
