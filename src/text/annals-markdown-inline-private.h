/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

/* [start, end) of @text, in one line, with what of the links, emphasis and code of @spans (element-type AnnalsSpan; in
 * the text's order) is in it. Pictures without words are left out. */
void  annals_markdown_append_inline (GString    *out,
                                     AnnalsText *text,
                                     GPtrArray  *spans,
                                     guint       start,
                                     guint       end);
/* How many of @sign stand together at most. */
gsize annals_markdown_count_signs   (const char *string,
                                     char        sign);

G_END_DECLS
