/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-draft.h"
#include "annals-feed-names.h"
#include "annals-feed-value.h"
#include "annals-format.h"

G_BEGIN_DECLS

/**
 * AnnalsFeedItem:
 *
 * An item of a feed as it comes in. Strings are NULL where it says nothing.
 */
typedef struct
{
  guint            line;
  AnnalsFeedValue *values[ANNALS_FEED_N_FIELDS];  /* of fields that have one value; NULL: not there */
  char            *address;      /* its page, absolute where that can be known */
  gboolean         address_is_page;  /* not another form of it */
  char            *about;        /* what RDF calls it */
  gboolean         guid_is_link; /* the id may be an address */
  GPtrArray       *authors;
  GPtrArray       *tags;
  char            *source;
  char            *language;
  AnnalsPostKind   kind;
  gsize            size;         /* of all that is kept of it, in bytes */
  gboolean         too_long;     /* more came than is kept */
  gboolean         cut;          /* its end is missing */
  GString         *stray;        /* text that stands in no element */
} AnnalsFeedItem;

AnnalsFeedItem *annals_feed_item_new          (guint               line);
void            annals_feed_item_free         (AnnalsFeedItem     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedItem, annals_feed_item_free)

/* Takes @value. Of two of one field the first that holds something is kept; of texts the longest, of dates
 * the last. */
void            annals_feed_item_take_value   (AnnalsFeedItem     *self,
                                               AnnalsFeedField     field,
                                               AnnalsFeedValue    *value);
/* Takes @name, unless it is known already or empty. */
void            annals_feed_item_take_author  (AnnalsFeedItem     *self,
                                               char               *name);
void            annals_feed_item_take_tag     (AnnalsFeedItem     *self,
                                               char               *tag);
/* Forgets its texts. */
void            annals_feed_item_drop_texts   (AnnalsFeedItem     *self);

/**
 * AnnalsFeedDoubts:
 *
 * What is to be said of an item that became a draft.
 */
typedef struct
{
  gboolean  no_title;
  gboolean  no_text;
  gboolean  only_stray;    /* its text is what stood in no element */
  gboolean  left_out;      /* it has a second text that says something else */
  gboolean  only_changed;  /* its date is that of its last change */
  char     *date;          /* (nullable): what is wrong with its date */
} AnnalsFeedDoubts;

/* Everything of the item but its place. @doubts (out): its date is to be freed. */
AnnalsDraft    *annals_feed_item_dup_draft    (AnnalsFeedItem     *self,
                                               const AnnalsFormatSettings *settings,
                                               AnnalsFeedDoubts   *doubts);

/* The name in what feeds call an author: "ann@example.org (Ann Lee)", "Ann Lee <ann@example.org>". */
char           *annals_feed_dup_author_name   (const char         *author);
/* @language as a language tag; NULL when it is none. */
char           *annals_feed_dup_language      (const char         *language);

G_END_DECLS
