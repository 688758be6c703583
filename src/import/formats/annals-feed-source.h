/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsFeedSource:
 *
 * The text of a file from the place that is being read on, as far ahead as is asked for. Searching ahead is
 * linear in the length of the file, however often it is done.
 */
typedef struct _AnnalsFeedSource AnnalsFeedSource;

/* What is searched for again and again, so that a search in vain need not be repeated. */
typedef enum
{
  ANNALS_FEED_SOUGHT_COMMENT_END,
  ANNALS_FEED_SOUGHT_CDATA_END,
  ANNALS_FEED_SOUGHT_CDATA,
  ANNALS_FEED_SOUGHT_INSTRUCTION_END,
  ANNALS_FEED_SOUGHT_GREATER,
  ANNALS_FEED_SOUGHT_QUOTE,
  ANNALS_FEED_SOUGHT_APOSTROPHE,
} AnnalsFeedSought;

#define ANNALS_FEED_N_SOUGHT (ANNALS_FEED_SOUGHT_APOSTROPHE + 1)

typedef enum
{
  ANNALS_FEED_LOOK_ERROR,
  ANNALS_FEED_LOOK_NOTHING,
  ANNALS_FEED_LOOK_FOUND,
} AnnalsFeedLook;

/* Borrows both. */
AnnalsFeedSource *annals_feed_source_new      (AnnalsImportInput *input,
                                               AnnalsDecoder     *decoder);
void              annals_feed_source_free     (AnnalsFeedSource  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedSource, annals_feed_source_free)

/* Sees to it that @length bytes are there, unless the file ends before. */
gboolean          annals_feed_source_need     (AnnalsFeedSource  *self,
                                               gsize              length,
                                               GCancellable      *cancellable,
                                               GError           **error);
/* The text that is there, ended by NUL, until the next call that may read. */
const char       *annals_feed_source_peek     (AnnalsFeedSource  *self);
gsize             annals_feed_source_get_left (AnnalsFeedSource  *self);
/* Whether what is there is all there is. */
gboolean          annals_feed_source_is_last  (AnnalsFeedSource  *self);
/* Goes on by @length bytes. */
void              annals_feed_source_advance  (AnnalsFeedSource  *self,
                                               gsize              length);
/* From 1. */
guint             annals_feed_source_get_line (AnnalsFeedSource  *self);
/* Looks for @sought from the @from-th byte on, no farther than @limit bytes. @found (out): how many bytes
 * ahead it stands. */
AnnalsFeedLook    annals_feed_source_look_for (AnnalsFeedSource  *self,
                                               AnnalsFeedSought   sought,
                                               gsize              from,
                                               gsize              limit,
                                               gsize             *found,
                                               GCancellable      *cancellable,
                                               GError           **error);
/* How long what is sought is */
gsize             annals_feed_sought_length   (AnnalsFeedSought   sought);

G_END_DECLS
