/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-page-articles.h"
#include "annals-page-marks.h"

G_BEGIN_DECLS

/**
 * AnnalsPageCandidate:
 *
 * An element that may be a post; the first one is the page itself. The counts are of bytes of text.
 */
typedef struct
{
  xmlNode *node;
  guint    parent;         /* index of the candidate around it */
  guint    n_inner;        /* candidates directly in it */
  gsize    text;
  gsize    inner_text;     /* of the candidates in it */
  xmlNode *title;          /* marked as one */
  xmlNode *heading;        /* the first h1 to h6 */
  xmlNode *first_h1;
  xmlNode *body;
  gsize    body_text;
  guint    body_order;     /* when the walk came to it */
  gboolean body_split;     /* several elements are marked as its text */
  gboolean body_loose;     /* and not by a word that means the text alone */
  xmlNode *summary;
  xmlNode *bookmark;       /* links: rel=bookmark, the title's, to the whole, the date's */
  xmlNode *title_link;
  xmlNode *more_link;
  xmlNode *date_link;
} AnnalsPageCandidate;

/* All of @page (element type AnnalsPageCandidate), in its order. */
GArray    *annals_page_list_candidates (AnnalsPage *page);

/* Where nothing is marked as a post: blocks of one shape, each with a heading that is a link, and a date.
 * The page's tree gets <div>s around such blocks as stand beside each other without one. Element type
 * AnnalsPageArticle; empty when there are none. */
GPtrArray *annals_page_find_blocks     (AnnalsPage *page);

G_END_DECLS
