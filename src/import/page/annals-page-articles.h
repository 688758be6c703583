/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"
#include "annals-page.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_PAGE_UNMARKED,    /* nothing says where a post is; a reader mode may find one */
  ANNALS_PAGE_SINGLE,      /* the page of one post */
  ANNALS_PAGE_LISTING,     /* one or more posts, whole or their beginnings */
  ANNALS_PAGE_NOTHING,     /* says of itself that it shows none */
} AnnalsPageShape;

/**
 * AnnalsPageArticle:
 *
 * A post in a page. Nodes are the page's.
 */
typedef struct
{
  xmlNode      *node;     /* all of it; the whole page when nothing else is marked */
  xmlNode      *body;     /* (nullable): what is marked as its text */
  gboolean      is_loose; /* much else may stand in the body: a reader mode knows better */
  xmlNode      *title;    /* (nullable): its heading */
  char         *url;      /* (nullable): where its links say that it is, absolute */
  AnnalsExtent  extent;
} AnnalsPageArticle;

void        annals_page_article_free     (AnnalsPageArticle  *self);

/* The posts that @page shows (element type AnnalsPageArticle), in its order; one for SINGLE, none for
 * UNMARKED and NOTHING. Related posts, side bars, menus and comments are none. Linear in the page's length. */
GPtrArray  *annals_page_find_articles    (AnnalsPage         *page,
                                          AnnalsPageShape    *shape);
/* The text of @self: its marked body, else all of it but its title, date, author and links to other
 * posts. What is hidden, share bars and comments are no part of it. */
AnnalsText *annals_page_article_dup_text (AnnalsPage              *page,
                                          const AnnalsPageArticle *self);
/* The text of @node, found by a reader mode or the body of a comment, with the same left out. */
AnnalsText *annals_page_dup_text         (AnnalsPage         *page,
                                          xmlNode            *node);

G_END_DECLS
