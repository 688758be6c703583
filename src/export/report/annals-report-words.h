/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-report.h"

G_BEGIN_DECLS

/* What the report says of itself, in the user's language, whatever its format. All are (transfer full), "" when there
 * is nothing to say. */

/* A name that is to stand between other words: one that runs from the right is set apart from them, so that the numbers
 * behind it stay there */
char      *annals_report_dup_isolated      (const char            *name);
/* Whether no full stop is to follow: the text has brought its own, or another mark of a sentence's end. */
gboolean   annals_report_ends_sentence     (const char            *text);
/* "23 November 2026" of @seconds since 1970, in UTC */
char      *annals_report_dup_day           (gint64                 seconds);
/* "A timeline from the notebook “Sund 2020” · 6 events · 3 posts · exported 23 November 2026" */
char      *annals_report_dup_subtitle      (AnnalsReport          *report);
/* Its description and its rule */
char      *annals_report_dup_theme         (AnnalsReport          *report);
/* "January – December 2020 (1 event with an uncertain date, marked ~)" */
char      *annals_report_dup_period        (AnnalsReport          *report);
/* "Coast Gazette 3 · Sund Post 1": how many posts of each source; of many the first ones by name */
char      *annals_report_dup_source_counts (AnnalsReport          *report);
/* "March 2020 (month known, day unknown)" */
char      *annals_report_dup_date          (AnnalsDate            *date);
/* "Imported from “march.txt”, SHA-256 c17f12143727…, post 8 of 10"; NULL when its import is not known */
char      *annals_report_dup_origin        (const AnnalsCitedPost *cited);
/* "month page in plain text · 3 posts · 1.2 kB · imported 9 Mar 2020 14:02 UTC" */
char      *annals_report_dup_file          (const AnnalsImport    *import);
/* The first digits of a hash whose rest stands elsewhere */
char      *annals_report_dup_short_hash    (const char            *sha256);
/* The annotations with a note that evidence rests on, in its order, each once.
 * Returns: (transfer container) (element-type AnnalsAnnotation): the report's */
GPtrArray *annals_report_list_notes        (AnnalsReport          *report);

G_END_DECLS
