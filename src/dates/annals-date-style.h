/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How dates are shown: "9 March 2020" in the user's language, or "2020-03-09" and "2020-03/2020-05" as ISO 8601 and
 * EDTF have them. What numbers cannot say ("about", "before", "spring") is said in words in both. */
typedef enum
{
  ANNALS_DATE_STYLE_WORDS,
  ANNALS_DATE_STYLE_NUMBERS,
} AnnalsDateStyle;

/* That of all dates of the process, words until somebody says else. Any thread. */
AnnalsDateStyle annals_date_style_get         (void);
void            annals_date_style_set         (AnnalsDateStyle style);
/* As the setting "date-style" names it: "words" or "numbers" */
void            annals_date_style_set_named   (const char *name);

/* 9 March 2020 in @style (transfer full) */
char           *annals_date_style_dup_example (AnnalsDateStyle style);

/* g_date_time_format(), with a translated pattern, in words; in numbers what of year, month, day, hour, minute and
 * second @pattern has, and with a month or a day always the year. (transfer full) */
char           *annals_date_style_format      (GDateTime  *time,
                                               const char *pattern);

G_END_DECLS
