/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-stamp.h"

G_BEGIN_DECLS

/* What a line of a month page is, told by the line alone. All take one line of UTF-8; @settings
 * (nullable) say in which zone and language its dates are. */

/**
 * AnnalsMonthLineKind:
 * @ANNALS_MONTH_LINE_DAY: a day, and a name or furniture at most beside it: a byline in pages that
 *   have no clearer ones
 * @ANNALS_MONTH_LINE_NAME: "By Name": belongs to a byline that stands beside it
 * @ANNALS_MONTH_LINE_CONTINUE: leads from a teaser to the whole post
 * @ANNALS_MONTH_LINE_SIDEBAR: can be the heading of a list beside the posts
 */
typedef enum
{
  ANNALS_MONTH_LINE_TEXT,
  ANNALS_MONTH_LINE_HEADING,
  ANNALS_MONTH_LINE_BYLINE,
  ANNALS_MONTH_LINE_DAY,
  ANNALS_MONTH_LINE_NAME,
  ANNALS_MONTH_LINE_FILING,
  ANNALS_MONTH_LINE_NAVIGATION,
  ANNALS_MONTH_LINE_CONTINUE,
  ANNALS_MONTH_LINE_SIDEBAR,
} AnnalsMonthLineKind;

/**
 * AnnalsByline:
 * @date: (nullable): the day; NULL when it was lost or not understood
 * @doubt: of the day
 * @author: (nullable): the name
 * @tags: (nullable): what it was posted in
 * @unread: (nullable): what stands where the day should and was not understood, or not for sure
 * @opens: whether it stands under a title ("Posted on …"), not at a post's end ("Posted in …")
 * @full: it names name and categories by labels, as those lines do that stand under a whole post
 */
typedef struct
{
  AnnalsDate       *date;
  AnnalsStampDoubt  doubt;
  char             *author;
  char            **tags;
  char             *unread;
  gboolean          opens;
  gboolean          full;
} AnnalsByline;

void                annals_byline_free            (AnnalsByline               *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsByline, annals_byline_free)

/* @byline (out) (nullable): of BYLINE, DAY, NAME and FILING, else NULL. */
AnnalsMonthLineKind annals_month_line_read        (const char                 *line,
                                                   gsize                       length,
                                                   const AnnalsFormatSettings *settings,
                                                   AnnalsByline              **byline);
/* "Monthly Archives: March 2020": the month, or NULL. */
AnnalsDate         *annals_month_line_heading     (const char                 *line);
/* "March 2020" and nothing else: the month, or NULL. */
AnnalsDate         *annals_month_line_month       (const char                 *line);
/* "Posted on March 31, 2009 by Kvanvig Jon", "Posted on by", "Posted in …", or NULL. */
AnnalsByline       *annals_month_line_byline      (const char                 *line,
                                                   const AnnalsFormatSettings *settings);
/* "← Older posts", "Leave a comment", "Page 1 of 3", "Continue reading →" */
gboolean            annals_month_line_navigation  (const char                 *line);
/* "[NK News]": the name, or NULL. */
char               *annals_month_line_source      (const char                 *line);
/* "Io sono Pirata (21 April, 2012)": the day, or NULL. */
AnnalsDate         *annals_month_line_dated_title (const char                 *line,
                                                   gsize                       length,
                                                   const AnnalsFormatSettings *settings);
/* Whether the text @text ends as a teaser does: "[…]", "… Continue reading →". @single: it is one
 * paragraph, of which "…" at the end is enough. */
gboolean            annals_month_line_is_teaser   (const char                 *text,
                                                   gsize                       length,
                                                   gboolean                    single);

G_END_DECLS
