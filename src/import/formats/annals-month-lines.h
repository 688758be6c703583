/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"

G_BEGIN_DECLS

/* What a line of a month page is, told by the line alone. All take one line of UTF-8. */

/**
 * AnnalsByline:
 * @date: (nullable): the day; NULL when it was lost or not understood
 * @author: (nullable): the name
 * @tags: (nullable): what it was posted in
 * @unread: (nullable): what stands where the day should and was not understood
 * @opens: whether it stands under a title ("Posted on …"), not at a post's end ("Posted in …")
 */
typedef struct
{
  AnnalsDate *date;
  char       *author;
  char      **tags;
  char       *unread;
  gboolean    opens;
} AnnalsByline;

void          annals_byline_free           (AnnalsByline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsByline, annals_byline_free)

/* "Monthly Archives: March 2020": the month, or NULL. */
AnnalsDate   *annals_month_line_heading    (const char   *line);
/* "Posted on March 31, 2009 by Kvanvig Jon", "Posted on by", or NULL. */
AnnalsByline *annals_month_line_byline     (const char   *line);
/* "← Older posts", "Leave a comment", "Page 1 of 3" */
gboolean      annals_month_line_navigation (const char   *line);
/* "[NK News]": the name, or NULL. */
char         *annals_month_line_source     (const char   *line);
/* "Io sono Pirata (21 April, 2012)": the day, or NULL. */
AnnalsDate   *annals_month_line_dated_title (const char  *line);

G_END_DECLS
