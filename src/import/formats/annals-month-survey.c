/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-survey.h"

#include "annals-month-lines.h"

#include <string.h>

#define MAX_TITLE 200

/* What stands before the line that is looked at */
typedef struct
{
  AnnalsMonthSurvey *survey;
  guint     in_block;        /* lines of this block so far */
  gboolean  title_like;      /* the last lines of text are few and short */
  guint n_text; /* lines of text since the last one of another kind, blank ones aside */
  gboolean  heading;         /* the last line that was no navigation was the heading */
  gboolean  byline;          /* it was a byline without a title above */
  gboolean  header_from;     /* a letter's */
} State;

/* Few words, and no sentence */
static gboolean
is_title_like (const char *line,
               gsize       length)
{
  g_autofree char *source = NULL;

  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;

  if (length == 0 || length > MAX_TITLE || strchr (".,;:", line[length - 1]))
    return FALSE;

  source = annals_month_line_source (line);

  return source == NULL;
}

static void
survey_byline (State               *state,
               AnnalsMonthLineKind  kind,
               const AnnalsByline  *byline)
{
  AnnalsMonthSurvey *survey = state->survey;
  gboolean strong = kind == ANNALS_MONTH_LINE_BYLINE;
  gboolean under = state->title_like && state->n_text <= 2;

  /* in the midst of text it is a sentence's end */
  if (!strong && state->in_block > 1)
    return;

  if (strong)
    {
      if (survey->n_bylines == 0)
        survey->first_under_heading = state->heading;
      survey->n_bylines++;
      survey->n_words += byline->date || byline->author;
      survey->n_full += byline->full;
    }
  else if (kind == ANNALS_MONTH_LINE_DAY)
    {
      if (survey->n_bylines == 0 && survey->n_days == 0)
        survey->first_under_heading = state->heading;
      survey->n_days++;
    }
  else
    {
      survey->n_names++;
    }

  survey->n_under += under;
  survey->n_joined += strong && state->in_block > 0 && state->n_text > 0;
  state->byline = !under;
  state->heading = FALSE;
  state->title_like = FALSE;
  state->n_text = 0;
}

static void
survey_text (State      *state,
             const char *line,
             gsize       length,
             const char *raw)
{
  AnnalsMonthSurvey *survey = state->survey;
  g_autoptr(AnnalsDate) dated = annals_month_line_dated_title (line, length, NULL);
  guint level = survey->dialect.marks ? annals_month_dialect_get_level (raw) : 0;

  survey->n_dated += dated != NULL;
  survey->n_marked[level] += level > 0;

  state->title_like = is_title_like (line, length) && (state->n_text == 0 || state->title_like);
  if (state->byline && state->n_text == 0)
    survey->n_above += state->title_like;

  state->byline = FALSE;
  state->heading = FALSE;
  state->n_text++;
}

static void
survey_line (State      *state,
             const char *raw)
{
  AnnalsMonthSurvey *survey = state->survey;
  gboolean dialect = annals_month_dialect_is_any (&survey->dialect);
  g_autofree char *plain =
    dialect ? annals_month_dialect_dup_plain (&survey->dialect, raw, strlen (raw), NULL) : NULL;
  const char *line = plain ? plain : raw;
  gsize length = strlen (line);
  g_autoptr(AnnalsByline) byline = NULL;
  g_autoptr(AnnalsDate) month = NULL;
  AnnalsMonthLineKind kind = annals_month_line_read (line, length, NULL, &byline);

  if (survey->n_blocks == 0 && state->in_block == 0 && (month = annals_month_line_month (line)))
    {
      survey->bare_month = TRUE;
      kind = ANNALS_MONTH_LINE_HEADING;
    }

  switch (kind)
    {
    case ANNALS_MONTH_LINE_HEADING:
      survey->n_headings += month == NULL;
      state->heading = TRUE;
      state->title_like = FALSE;
      state->n_text = 0;
      state->byline = FALSE;
      break;

    case ANNALS_MONTH_LINE_BYLINE:
    case ANNALS_MONTH_LINE_DAY:
    case ANNALS_MONTH_LINE_NAME:
      survey_byline (state, kind, byline);
      break;

    case ANNALS_MONTH_LINE_FILING:
    case ANNALS_MONTH_LINE_NAVIGATION:
    case ANNALS_MONTH_LINE_CONTINUE:
    case ANNALS_MONTH_LINE_SIDEBAR:
      state->title_like = FALSE;
      state->n_text = 0;
      break;

    case ANNALS_MONTH_LINE_TEXT:
      survey_text (state, line, length, raw);
      break;
    }

  state->in_block++;
}

/* "From: …" among the first lines, all of which are such */
static gboolean
is_mail (const char *text)
{
  static const char *const fields[] = {
    "From:", "Return-Path:", "Received:", "Delivered-To:", "Message-ID:",
  };
  gboolean from = g_str_has_prefix (text, "From ");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    from |= g_ascii_strncasecmp (text, fields[i], strlen (fields[i])) == 0;

  return from;
}

void
annals_month_survey_text (AnnalsMonthSurvey *survey,
                          const char        *text)
{
  g_autofree char *copy = g_strdup (text);
  State state = { survey };
  guint gap = 0;

  *survey = (AnnalsMonthSurvey) { 0 };
  g_strdelimit (copy, "\r", '\n');
  annals_month_dialect_detect (&survey->dialect, copy);
  survey->mail = is_mail (text + strspn (text, "\r\n "));

  for (char *line = copy, *next; line != NULL; line = next)
    {
      gboolean crlf;

      next = strchr (line, '\n');
      /* the second half of what was a CR LF is no line */
      crlf = next != NULL && text[next - copy] == '\r' && next[1] == '\n';
      if (next != NULL)
        *next = '\0';

      if (line[strspn (line, " \t\f\v")] == '\0')
        {
          survey->n_blocks += gap == 0 && state.in_block > 0;
          state.in_block = 0;
          gap++;
        }
      else
        {
          survey->n_narrow_gaps += survey->n_blocks > 0 && gap == 1;
          survey->n_wide_gaps += survey->n_blocks > 0 && gap > 1;
          /* a block's own lines are what a title is made of */
          if (gap > 0 && state.n_text > 0)
            state.n_text = 0;
          gap = 0;
          survey_line (&state, line);
        }

      if (next != NULL)
        next += crlf ? 2 : 1;
    }
}
