/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-posts.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_CITATION_AUTHOR_DATE,   /* “quotation” (Author 2020), and the source in full below */
  ANNALS_CITATION_NOTE,          /* “quotation” Author, “Title,” Source, date, address. */
} AnnalsCitationStyle;

/* The source of @post with @quotation (nullable: the source alone), as the Chicago Manual of Style has it
 * for pages of the web. Names stand as the archive has them: what of them is the family's cannot be told.
 * @html: a fragment of HTML, everything in it escaped; else plain text. */
char *annals_citation_dup (const AnnalsPost    *post,
                           const char          *quotation,
                           AnnalsCitationStyle  style,
                           gboolean             html);

G_END_DECLS
