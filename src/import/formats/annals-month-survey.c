/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-survey.h"

#include "annals-month-lines.h"

#include <string.h>

static void
survey_line (AnnalsMonthSurvey *survey,
             const char        *line)
{
  g_autoptr(AnnalsByline) byline = annals_month_line_byline (line);
  g_autoptr(AnnalsDate) heading = annals_month_line_heading (line);
  g_autoptr(AnnalsDate) dated = annals_month_line_dated_title (line);

  survey->n_bylines += byline != NULL && byline->opens;
  survey->n_headings += heading != NULL;
  survey->n_dated += dated != NULL;
}

void
annals_month_survey_text (AnnalsMonthSurvey *survey,
                          const char        *text)
{
  g_autofree char *copy = g_strdup (text);
  guint gap = 0;
  gboolean begun = FALSE;

  *survey = (AnnalsMonthSurvey) { 0 };
  g_strdelimit (copy, "\r", '\n');

  for (char *line = copy, *next; line != NULL; line = next)
    {
      gboolean crlf;

      next = strchr (line, '\n');
      /* the second half of what was a CR LF is no line */
      crlf = next != NULL && text[next - copy] == '\r' && next[1] == '\n';
      if (next != NULL)
        *next = '\0';

      if (*g_strstrip (line) == '\0')
        {
          gap++;
        }
      else
        {
          survey->n_narrow_gaps += begun && gap == 1;
          survey->n_wide_gaps += begun && gap > 1;
          begun = TRUE;
          gap = 0;
          survey_line (survey, line);
        }

      if (next != NULL)
        next += crlf ? 2 : 1;
    }
}
