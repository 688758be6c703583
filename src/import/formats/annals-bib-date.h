/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates as bibliographies have them. Each returns EDTF, or words that annals_date_parse_words() understands when any
 * do; NULL when nothing is said. @rest (out): what of it found no place, or NULL. Free both with g_free(). */

/* EDTF of numbers as they were said, 0 where nothing was; NULL when they are no date. */
char *annals_bib_date_dup_numbers (gint64       year,
                                   gint64       month,
                                   gint64       day);
/* BibTeX's three fields, each NULL where it is not there: "2020", "mar/apr", "30–5" */
char *annals_bib_date_dup_fields  (const char  *year,
                                   const char  *month,
                                   const char  *day,
                                   char       **rest);
/* RIS: "2020/03/09/Easter" */
char *annals_bib_date_dup_ris     (const char  *value,
                                   char       **rest);
/* 21 to 24 of "spring", "Summer", …; 0 of other words */
gint64 annals_bib_date_get_season (const char  *word);

G_END_DECLS
