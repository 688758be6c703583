/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-json-layout.h"
#include "annals-list-source.h"

G_BEGIN_DECLS

/**
 * AnnalsJsonSplitter:
 *
 * Cuts a file of JSON into its records without holding more than one of them. After damage it looks for
 * the next place that begins as the other records do.
 */
typedef struct _AnnalsJsonSplitter AnnalsJsonSplitter;

typedef enum
{
  ANNALS_JSON_PIECE_ERROR,      /* the input failed or was cancelled */
  ANNALS_JSON_PIECE_RECORD,     /* well-formed but for what stands in its strings and words */
  ANNALS_JSON_PIECE_BROKEN,     /* up to where it is not well-formed any more */
  ANNALS_JSON_PIECE_SCALAR,     /* a string or number stands where a record should */
  ANNALS_JSON_PIECE_TOO_DEEP,
  ANNALS_JSON_PIECE_TOO_LONG,
  ANNALS_JSON_PIECE_CUT,        /* a record without an end */
  ANNALS_JSON_PIECE_END,
} AnnalsJsonPiece;

/* Borrows both. */
AnnalsJsonSplitter *annals_json_splitter_new        (AnnalsListSource       *source,
                                                     const AnnalsJsonLayout *layout);
void                annals_json_splitter_free       (AnnalsJsonSplitter     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsJsonSplitter, annals_json_splitter_free)

/* @json (out): the piece, borrowed until the next call. */
AnnalsJsonPiece     annals_json_splitter_next       (AnnalsJsonSplitter     *self,
                                                     const char            **json,
                                                     gsize                  *length,
                                                     GCancellable           *cancellable,
                                                     GError                **error);
/* The last piece turned out to be damaged: the next one is looked for inside it. */
void                annals_json_splitter_reject     (AnnalsJsonSplitter     *self);
/* Where the last piece begins: the line from 1, the byte from 0. */
guint               annals_json_splitter_get_line   (AnnalsJsonSplitter     *self);
gint64              annals_json_splitter_get_offset (AnnalsJsonSplitter     *self);
/* The list that the last piece is in. */
const char         *annals_json_splitter_get_path   (AnnalsJsonSplitter     *self);
/* What a string member outside all records says ("title", "authors.name"); NULL when it was not met yet. */
const char         *annals_json_splitter_get_member (AnnalsJsonSplitter     *self,
                                                     const char             *path);
/* At the end: where the text begins, if any, in which no further record was found after damage; NULL when there
 * is none. @line and @offset (out): its place. */
const char         *annals_json_splitter_get_remainder (AnnalsJsonSplitter  *self,
                                                        guint               *line,
                                                        gint64              *offset);
/* At the end: whether the file was. */
gboolean            annals_json_splitter_is_complete (AnnalsJsonSplitter    *self);
/* Objects that stand in other lists and were passed over. */
guint               annals_json_splitter_get_n_passed (AnnalsJsonSplitter   *self);

G_END_DECLS
