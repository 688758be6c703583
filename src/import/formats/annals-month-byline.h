/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-month-lines.h"

G_BEGIN_DECLS

/* Longer lines are text. */
#define ANNALS_MONTH_MAX_FURNITURE 300

/**
 * AnnalsMonthFolded:
 * @line: where it stands
 * @text: folded as annals_date_fold() does, white space narrowed, none at its ends
 * @length: of @text
 * @origins: for each byte of @text and its end, the offset in @line
 *
 * A short line, ready to be compared with phrases.
 */
typedef struct
{
  const char *line;
  gsize       length;
  char        text[ANNALS_MONTH_MAX_FURNITURE * 3];
  guint16     origins[ANNALS_MONTH_MAX_FURNITURE * 3];
} AnnalsMonthFolded;

/* FALSE when @line is too long to be anything but text. Borrows @line. */
gboolean            annals_month_folded_init            (AnnalsMonthFolded          *self,
                                                         const char                 *line,
                                                         gsize                       length);
/* Whether a date can begin so: with a digit, or with a month, a weekday or the like. */
gboolean            annals_month_folded_may_begin_day   (const AnnalsMonthFolded    *self);
/* "Leave a comment on The long way home": a phrase of navigation and the title that it is about */
gboolean            annals_month_folded_is_comment_link (const AnnalsMonthFolded    *self);
/* BYLINE, DAY, NAME or FILING with its @byline (out), or TEXT. */
AnnalsMonthLineKind annals_month_folded_byline          (const AnnalsMonthFolded    *self,
                                                         const AnnalsFormatSettings *settings,
                                                         AnnalsByline              **byline);

G_END_DECLS
