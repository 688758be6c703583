/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-wxr-item.h"

G_BEGIN_DECLS

/**
 * AnnalsWxrBlog:
 *
 * What an export says of the blog, and what was counted of it.
 */
typedef struct
{
  char       *link;         /* (nullable): its home page */
  char       *home;         /* (nullable): that, canonical */
  GHashTable *authors;      /* login → name */
  GHashTable *others;       /* type of a record that is no post → how many of it */
  guint       n_fields;
  guint       n_excerpts;
} AnnalsWxrBlog;

/**
 * AnnalsWxrCounts:
 *
 * What is to be counted of one item.
 */
typedef struct
{
  guint n_fields;
  guint n_excerpts;
  char *other;          /* (nullable): its type, when it is no post */
} AnnalsWxrCounts;

AnnalsWxrBlog *annals_wxr_blog_new         (void);
void           annals_wxr_blog_free        (AnnalsWxrBlog      *blog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWxrBlog, annals_wxr_blog_free)

/* What is known of the blog changes no more while items are drafted, on any threads. */
void           annals_wxr_blog_settle      (AnnalsWxrBlog      *blog);
/* Adds what @counts holds, and clears it. */
void           annals_wxr_blog_count       (AnnalsWxrBlog      *blog,
                                            AnnalsWxrCounts    *counts);
/* Gives @reader what @item is. */
void           annals_wxr_draft_item       (AnnalsFormatReader  *reader,
                                            const AnnalsWxrBlog *blog,
                                            AnnalsWxrItem       *item,
                                            AnnalsWxrCounts     *counts);
/* Gives @reader the @index-th comment on @item, from 0. */
void           annals_wxr_draft_comment    (AnnalsFormatReader  *reader,
                                            const AnnalsWxrBlog *blog,
                                            AnnalsWxrItem       *item,
                                            guint                index);
/* Says at the end what was counted. */
void           annals_wxr_draft_report     (AnnalsFormatReader *reader,
                                            AnnalsWxrBlog      *blog);

G_END_DECLS
