/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-page.h"

G_BEGIN_DECLS

/**
 * AnnalsPageComment:
 *
 * What a reader wrote under a post. Nodes are the page's.
 */
typedef struct
{
  xmlNode    *node;
  xmlNode    *body;     /* its words; @node when nothing is marked so */
  char       *number;   /* (nullable): the blog's */
  char       *author;   /* (nullable) */
  char       *stamp;    /* (nullable): its date as it is written */
  AnnalsText *text;
} AnnalsPageComment;

void       annals_page_comment_free  (AnnalsPageComment *self);

/* The comments on a page, as WordPress, microformats and schema.org mark them, in the page's order;
 * an answer is one of its own. Element type AnnalsPageComment. */
GPtrArray *annals_page_find_comments (AnnalsPage        *page);

G_END_DECLS
