/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-id-set.h"

G_BEGIN_DECLS

/* Which posts each word stands in, and where in them, as FTS5 keeps it in post_index_data: read from there in
 * one go instead of a row at a time, which takes a tenth of the time for a word of many posts. The format is
 * that of fts5_index.c, version 4; what is of another, or damaged, is left to FTS5 itself: then these return
 * FALSE, without an error. */

typedef struct
{
  guint32 id;      /* the post */
  guint32 size;    /* of its places, in bytes */
  guint32 at;      /* where they begin in the bytes */
} AnnalsPosting;

typedef struct
{
  AnnalsDb   *db;
  GArray     *segments;   /* newest first */
  GByteArray *bytes;      /* of the words read last */
  GArray     *breaks;     /* guint32: where in them an id is not told as a difference */
  GArray     *lists;
  GArray     *postings;
  guint       max_bytes;  /* more than that of a word are not read */
} AnnalsDoclists;

/* Takes what the index is made of at this moment, in the transaction at hand. */
gboolean annals_doclists_open  (AnnalsDoclists  *self,
                                AnnalsDb        *db);
void     annals_doclists_clear (AnnalsDoclists  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnnalsDoclists, annals_doclists_clear)

/* The postings of a term, or of all terms that begin so (@prefix), of ids up to @top: *postings (element type
 * AnnalsPosting; transfer full) into *bytes (transfer full). Each term's ascend; a post stands there once for each
 * term. */
gboolean annals_doclists_read  (AnnalsDoclists  *self,
                                const char      *term,
                                gboolean         prefix,
                                gint64           top,
                                GArray         **postings,
                                GByteArray     **bytes);

/* Ends the use of what was read: the thread keeps the memory for what it reads next. Both (transfer full) (nullable) */
void     annals_doclists_give_back (GArray     *postings,
                                    GByteArray *bytes);

/* Counts the posts that a term stands in, roughly no further than to @limit (0: all of them). */
gboolean annals_doclists_count (AnnalsDoclists  *self,
                                const char      *term,
                                guint            limit,
                                guint           *n);

/* A variable-length integer of SQLite's: up to nine bytes, high ones first. There are nine bytes to read at @p. */
static inline const guint8 *
annals_doclists_varint (const guint8 *p,
                        guint64      *value)
{
  guint64 v;

  if ((*p & 0x80) == 0)
    {
      *value = *p;
      return p + 1;
    }

  v = *p++ & 0x7f;
  for (guint i = 1; i < 8; i++)
    {
      v = v << 7 | (*p & 0x7f);
      if ((*p++ & 0x80) == 0)
        {
          *value = v;
          return p;
        }
    }
  *value = v << 8 | *p;

  return p + 1;
}

G_END_DECLS
