/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-month-dialect.h"

G_BEGIN_DECLS

/**
 * AnnalsMonthSurvey:
 * @n_days: lines with a day alone where a byline could stand
 * @n_names: lines with a name alone where a byline could stand
 * @n_full: bylines of those that stand under a whole post
 * @n_under: bylines right under a title
 * @n_above: bylines with a title right below them, and none above
 * @n_joined: bylines without a blank line above them
 * @n_dated: titles with a day in parentheses
 * @n_marked: headings by their number of "#"
 * @n_words: bylines that name a day or somebody
 * @bare_month: the first block is "March 2020"
 * @mail: begins as a letter does
 * @first_under_heading: the first byline stands right under the heading
 *
 * What the beginning of a file shows of its form: how many lines of each kind there are, and
 * between how many blocks one blank line stands, or several.
 */
typedef struct
{
  AnnalsMonthDialect dialect;
  guint    n_headings;
  guint    n_bylines;
  guint    n_words;
  guint    n_days;
  guint    n_names;
  guint    n_full;
  guint    n_under;
  guint    n_above;
  guint    n_joined;
  guint    n_dated;
  guint    n_marked[7];
  guint    n_blocks;
  guint    n_narrow_gaps;
  guint    n_wide_gaps;
  gboolean bare_month;
  gboolean mail;
  gboolean first_under_heading;
} AnnalsMonthSurvey;

/* @text: UTF-8, cut anywhere */
void annals_month_survey_text (AnnalsMonthSurvey *survey,
                               const char        *text);

G_END_DECLS
