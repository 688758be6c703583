/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-feed-item.h"
#include "annals-feed-lexer.h"

G_BEGIN_DECLS

/**
 * AnnalsFeedReader:
 *
 * Makes items of a feed's tags, in whatever dialect and however its tags are nested: an item's end ends all
 * that was left open in it, a new item ends one that has no end, an end without a beginning is overlooked.
 */
typedef struct _AnnalsFeedReader AnnalsFeedReader;

typedef enum
{
  ANNALS_FEED_READ_ERROR,
  ANNALS_FEED_READ_ITEM,
  ANNALS_FEED_READ_AGAIN,   /* no item yet: a bounded piece was read */
  ANNALS_FEED_READ_END,
} AnnalsFeedReadResult;

/* Borrows both. @base (nullable): where the feed was fetched from. */
AnnalsFeedReader    *annals_feed_reader_new          (AnnalsImportInput  *input,
                                                      AnnalsDecoder      *decoder,
                                                      const char         *base);
void                 annals_feed_reader_free         (AnnalsFeedReader   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedReader, annals_feed_reader_free)

/* @item (out): the caller owns it. @n_broken (out): how many tags in it had no end or stood in the wrong
 * place. */
AnnalsFeedReadResult annals_feed_reader_next         (AnnalsFeedReader   *self,
                                                      AnnalsFeedItem    **item,
                                                      guint              *n_broken,
                                                      GCancellable       *cancellable,
                                                      GError            **error);
/* What the feed says of itself; NULL when it does not, or not yet. One line. */
const char          *annals_feed_reader_get_title    (AnnalsFeedReader   *self);
const char          *annals_feed_reader_get_language (AnnalsFeedReader   *self);
/* Of those items that name nobody. */
const char          *annals_feed_reader_get_author   (AnnalsFeedReader   *self);
/* At the end: whether the end of something is missing. */
gboolean             annals_feed_reader_is_cut       (AnnalsFeedReader   *self);
/* Tags in the wrong place outside of items. */
guint                annals_feed_reader_get_n_broken (AnnalsFeedReader   *self);
AnnalsFeedLexer     *annals_feed_reader_get_lexer    (AnnalsFeedReader   *self);

G_END_DECLS
