/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsMonthSurvey:
 *
 * What the beginning of a file shows of its form: how many lines of each kind there are, and
 * between how many blocks one blank line stands, or several.
 */
typedef struct
{
  guint n_headings;
  guint n_bylines;
  guint n_dated;        /* titles with a day in parentheses */
  guint n_narrow_gaps;
  guint n_wide_gaps;
} AnnalsMonthSurvey;

/* @text: UTF-8, cut anywhere */
void annals_month_survey_text (AnnalsMonthSurvey *survey,
                               const char        *text);

G_END_DECLS
