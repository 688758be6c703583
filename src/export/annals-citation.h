/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-posts.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_CITATION_AUTHOR_DATE,   /* “quotation” (Author 2020), and the source in full below */
  ANNALS_CITATION_NOTE,          /* “quotation” Author, “Title,” Source, date, address. */
  ANNALS_CITATION_BIBLIOGRAPHY,  /* Author. “Title.” Source, date. Address. */
  ANNALS_N_CITATION_STYLES
} AnnalsCitationStyle;

typedef enum
{
  ANNALS_CITATION_PLAIN,
  ANNALS_CITATION_HTML,          /* a fragment, everything in it escaped */
  ANNALS_CITATION_MARKDOWN,      /* the same; the quotation is a block quotation */
} AnnalsCitationMarkup;

/* The source of @post with @quotation (nullable: the source alone), as the Chicago Manual of Style (17th
 * edition) has it for pages of the web. Names stand as the archive has them: what of them is the family's cannot be
 * told. Without an author the source stands in his place, without either the title; a date that is not certain is
 * “ca. 2020” or “[2020?]”; without a date it is “n.d.”, and the day on which its text was imported is given, the same that
 * exports of citations have. */
char *annals_citation_dup (const AnnalsPost     *post,
                           const char           *quotation,
                           AnnalsCitationStyle   style,
                           AnnalsCitationMarkup  markup);

G_END_DECLS
