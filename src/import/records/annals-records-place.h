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

/* @files: (element type AnnalsRecords) all of them */
AnnalsPlacer *annals_placer_new         (GPtrArray     *files);
void          annals_placer_free        (AnnalsPlacer  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPlacer, annals_placer_free)

/* Where it looks from now on. In a transaction of its own each time: what it knew of a text is forgotten. */
void          annals_placer_use         (AnnalsPlacer  *self,
                                         AnnalsDb      *db);
/* Looks for the texts of which sources and notes know the SHA-256; before anything else, once. */
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
  guint64 text;          /* the beginning of the SHA-256 of the post's text where it was looked for */
  gboolean by_words;     /* the post was found only because the passage stands in it */
} AnnalsPlace;

/* @records: of which @note is */
gboolean      annals_placer_find_note   (AnnalsPlacer            *self,
                                         AnnalsRecords           *records,
                                         const AnnalsRecordNote  *note,
                                         AnnalsPlace             *place,
                                         GError                 **error);
/* The text that the post of @place has, which the placer keeps. *same (out): whether it is the one that was looked in. */
AnnalsText   *annals_placer_get_text    (AnnalsPlacer            *self,
                                         const AnnalsPlace       *place,
                                         gboolean                *same,
                                         GError                 **error);

G_END_DECLS
