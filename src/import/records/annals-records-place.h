/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-posts.h"
#include "annals-records.h"

G_BEGIN_DECLS

/**
 * AnnalsPlacer:
 *
 * Finds the post that a note of a file is about, and its passage in it: with certainty or not at all.
 */
typedef struct _AnnalsPlacer AnnalsPlacer;

/* Borrows @db and @records. */
AnnalsPlacer *annals_placer_new         (AnnalsDb      *db,
                                         AnnalsRecords *records);
void          annals_placer_free        (AnnalsPlacer  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPlacer, annals_placer_free)

/* Looks for the texts of which sources and notes know the SHA-256; before anything else. */
gboolean      annals_placer_find_texts  (AnnalsPlacer  *self,
                                         GError       **error);
/* The post that is this source, or 0. */
gboolean      annals_placer_find_source (AnnalsPlacer              *self,
                                         const AnnalsRecordSource  *source,
                                         gint64                    *post_id,
                                         GError                   **error);

typedef struct
{
  gint64  post_id;       /* 0: none was found */
  gint64  revision_id;   /* 0: its current one */
  guint   start;
  guint   end;           /* 0: the passage was not found */
  gboolean by_words;     /* the post was found only because the passage stands in it */
} AnnalsPlace;

/* @source_post: of the note's source; 0: it has none, or it is not here. */
gboolean      annals_placer_find_note   (AnnalsPlacer            *self,
                                         const AnnalsRecordNote  *note,
                                         gint64                   source_post,
                                         AnnalsPlace             *place,
                                         GError                 **error);

G_END_DECLS
