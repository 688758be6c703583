/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"

G_BEGIN_DECLS

/* The month that @words name and nothing else: "March 2020", "mars 2020", "März, 2020",
 * "marzo de 2020", "2020年3月", "2020년 3월". NULL when they are anything else. */
AnnalsDate *annals_month_words_parse_month (const char *words);
/* The day that @words name and nothing else, a weekday before it and a time of day after it aside:
 * "March 3, 2020", "Tuesday, March 3rd, 2020", "3. März 2020", "3 de marzo de 2020",
 * "2020-03-03", "2020年3月3日". NULL when they are anything else, or could be two days
 * ("3/4/2020"). */
AnnalsDate *annals_month_words_parse_day   (const char *words);

G_END_DECLS
