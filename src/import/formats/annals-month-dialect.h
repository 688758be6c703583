/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsMonthDialect:
 * @refs: links are numbered, "[12]like this", and listed at the end (lynx, elinks)
 * @marks: headings begin with "#", links are "[text](address)" (html2text and its like)
 * @stars: headings stand between "*****", the words of links have "_" between them (the older
 *   html2text)
 *
 * What a program that turned the page into text wrote into it.
 */
typedef struct
{
  gboolean refs;
  gboolean marks;
  gboolean stars;
} AnnalsMonthDialect;

/* Looks for both in @text. */
void     annals_month_dialect_detect     (AnnalsMonthDialect       *self,
                                          const char               *text);
/* @text without them. @url (out) (optional) (nullable): the first address that a link in it has. */
char    *annals_month_dialect_dup_plain  (const AnnalsMonthDialect *self,
                                          const char               *text,
                                          gsize                     length,
                                          char                    **url);
gboolean annals_month_dialect_is_any     (const AnnalsMonthDialect *self);
/* Whether @line begins with the stars of a heading. */
gboolean annals_month_dialect_is_starred (const char               *line);
/* How many "#" begin @line; 0 when none does, or no space follows. */
guint    annals_month_dialect_get_level  (const char               *line);

G_END_DECLS
