/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"

G_BEGIN_DECLS

/**
 * AnnalsStampDoubt:
 *
 * What is wrong with a date that a page, a feed or an export gives a post.
 */
typedef enum
{
  ANNALS_STAMP_CLEAR,
  ANNALS_STAMP_MISSING,      /* nothing is there */
  ANNALS_STAMP_UNREADABLE,
  ANNALS_STAMP_IMPOSSIBLE,   /* "0000-00-00", "Mon, 30 Nov -0001", 30 February, the first moment of 1970 */
  ANNALS_STAMP_AMBIGUOUS,    /* "3/4/2020" */
} AnnalsStampDoubt;

/* The date that a machine or a web site wrote, in any of the forms that blogs, feeds and exports
 * use: RFC 822, RFC 3339 and its relatives, seconds or milliseconds since 1970, and the written
 * dates of English, Italian, Spanish, French, German, Portuguese, Dutch, Russian, Polish, Korean,
 * Japanese and Chinese blogs ("Pubblicato il 3 marzo 2020", "2020년 3월 3일 오후 2:05"). Kept as
 * precisely as it is said, with the offset that it names, else that of @zone (nullable: UTC).
 * @language (nullable, BCP 47) helps where two languages read one string differently. NULL unless
 * the doubt is CLEAR or AMBIGUOUS; then a set of what it can mean ("[2020-03-04,2020-04-03]").
 * @string NULL is MISSING. */
AnnalsDate *annals_stamp_parse      (const char        *string,
                                     const char        *language,
                                     GTimeZone         *zone,
                                     AnnalsStampDoubt  *doubt);
/* The date that @string (valid UTF-8, at most @length bytes, -1: all) begins with, as it stands in
 * a line with other words behind it: "March 31, 2009 by Kvanvig Jon", also "March 31, 2009Kvanvig
 * Jon". @used (out) is its length in bytes, all of @string when nothing follows. No leading words
 * are read, and no bare years or numbers. NULL when none stands there, or as annals_stamp_parse(). */
AnnalsDate *annals_stamp_parse_prefix (const char       *string,
                                       gssize            length,
                                       const char       *language,
                                       GTimeZone        *zone,
                                       gsize            *used,
                                       AnnalsStampDoubt *doubt);
/* One sentence that names @string, for an issue; NULL when clear. */
char       *annals_stamp_dup_reason (AnnalsStampDoubt   doubt,
                                     const char        *string);

G_END_DECLS
