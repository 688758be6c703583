/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"
#include "annals-id-set.h"

G_BEGIN_DECLS

/**
 * AnnalsColumns:
 * @top: the highest id
 * @from, @to: the widest reading of each post's date, in seconds; %G_MININT64 and %G_MAXINT64 where open
 * @source: id of its source; 0: none
 * @author, @language: what it is in @authors and @languages
 * @newest, @titles: ids of the visible posts, newest first and by title
 * @newest_place, @titles_place: where a post stands in them
 * @lengths: the tokens of title and text together; 0: not indexed
 * @host: what the host of its address is in @hosts
 * @pieces: what annals_address_pieces() says of its address, two words for each post
 *
 * What searching and sorting need of every post, in memory, each an array with the post's id as its index.
 * It follows each commit.
 */
typedef struct
{
  gint64        top;
  AnnalsIdSet  *visible;       /* not in the trash, and of an import that counts */
  AnnalsIdSet  *read;
  AnnalsIdSet  *starred;
  AnnalsIdSet  *undated;
  gint64       *from;
  gint64       *to;
  guint32      *source;
  guint32      *author;
  guint16      *language;
  GPtrArray    *authors;       /* of char*; "" first */
  GPtrArray    *languages;     /* of char*; "" first */

  guint32      *newest;
  guint32      *newest_place;
  guint         n_newest;
  guint32      *titles;
  guint32      *titles_place;
  guint         n_titles;

  guint32      *lengths;
  guint64       total_length;
  guint         n_lengths;     /* posts in the index */

  guint32      *host;
  guint64      *pieces;
  GPtrArray    *hosts;         /* of char*, lower case; "" first */
} AnnalsColumns;

typedef enum
{
  ANNALS_COLUMNS_ROWS    = 1 << 0,   /* always there */
  ANNALS_COLUMNS_NEWEST  = 1 << 1,
  ANNALS_COLUMNS_TITLES  = 1 << 2,
  ANNALS_COLUMNS_LENGTHS = 1 << 3,
  ANNALS_COLUMNS_ADDRESSES = 1 << 4,
} AnnalsColumnParts;

/* Loads what is missing of @parts (half a second for a million posts) and holds all still until
 * annals_db_release_columns(). May begin the reader's transaction anew: call it first. NULL on an error. */
const AnnalsColumns *annals_db_hold_columns    (AnnalsDb           *db,
                                                AnnalsColumnParts   parts,
                                                GError            **error);
void                 annals_db_release_columns (AnnalsDb           *db);

/* A bit, of 128, for each three bytes of @address that follow each other, case aside: what stands in an address
 * has no bit that it lacks. */
void                 annals_address_pieces     (const char         *address,
                                                guint64             pieces[2]);

G_END_DECLS
