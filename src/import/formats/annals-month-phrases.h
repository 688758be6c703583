/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsMonthPhraseKind:
 *
 * What blog software writes around posts, in the languages that it comes in.
 */
typedef enum
{
  ANNALS_MONTH_PHRASE_NONE,
  /* that a line begins with, or a part of it */
  ANNALS_MONTH_PHRASE_HEADING,   /* Monthly Archives, before a month */
  ANNALS_MONTH_PHRASE_ON,        /* Posted on */
  ANNALS_MONTH_PHRASE_POSTED,    /* Posted; says something with a day or a name only */
  ANNALS_MONTH_PHRASE_BY,
  ANNALS_MONTH_PHRASE_FILED,     /* Posted in, Tagged */
  ANNALS_MONTH_PHRASE_CONTINUE,  /* Continue reading */
  /* that are all of a line, or a part of it */
  ANNALS_MONTH_PHRASE_NAVIGATION,
  ANNALS_MONTH_PHRASE_SIDEBAR,   /* Recent Posts: the heading of a list beside the posts */
  ANNALS_MONTH_PHRASE_COMMENTS,  /* what stands behind a number: comments */
} AnnalsMonthPhraseKind;

/* The longest phrase of @kind that @folded begins with; its length in bytes, 0 when there is none.
 * A word must end there, unless @glued: then the caller looks at what follows. */
gsize                 annals_month_phrase_begins (AnnalsMonthPhraseKind  kind,
                                                  const char            *folded,
                                                  gboolean               glued);
/* Whether any phrase, or a date, can begin as @line does; tells most lines of text apart at once. */
gboolean              annals_month_phrase_may_begin (const char         *line,
                                                     gsize               length);
/* What all of @folded is: NAVIGATION, SIDEBAR, COMMENTS, CONTINUE or NONE. */
AnnalsMonthPhraseKind annals_month_phrase_whole  (const char            *folded);

G_END_DECLS
