/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What feeds of all dialects call things. */

/* The elements that a feed is made of. */
typedef enum
{
  ANNALS_FEED_ROLE_OTHER,     /* of no interest, nor is what is in it, but for items */
  ANNALS_FEED_ROLE_ROOT,
  ANNALS_FEED_ROLE_CHANNEL,
  ANNALS_FEED_ROLE_ITEM,
  ANNALS_FEED_ROLE_GROUP,     /* its fields are those of what it stands in */
  ANNALS_FEED_ROLE_SOURCE,    /* the feed that an entry was taken from */
  ANNALS_FEED_ROLE_FIELD,
  ANNALS_FEED_ROLE_MARKUP,    /* in a field */
} AnnalsFeedRole;

typedef enum
{
  ANNALS_FEED_FIELD_NONE,
  ANNALS_FEED_FIELD_TITLE,
  ANNALS_FEED_FIELD_MEDIA_TITLE,  /* where there is no other */
  ANNALS_FEED_FIELD_LINK,
  ANNALS_FEED_FIELD_ORIGINAL_LINK,
  ANNALS_FEED_FIELD_ID,
  ANNALS_FEED_FIELD_PUBLISHED,
  ANNALS_FEED_FIELD_DATE,         /* of something */
  ANNALS_FEED_FIELD_CREATED,
  ANNALS_FEED_FIELD_UPDATED,
  ANNALS_FEED_FIELD_AUTHOR,
  ANNALS_FEED_FIELD_NAME,
  ANNALS_FEED_FIELD_EMAIL,
  ANNALS_FEED_FIELD_TAG,
  ANNALS_FEED_FIELD_KEYWORDS,
  ANNALS_FEED_FIELD_CONTENT,
  ANNALS_FEED_FIELD_SUMMARY,
  ANNALS_FEED_FIELD_CAPTION,      /* a text where there is no other */
  ANNALS_FEED_FIELD_LANGUAGE,
  ANNALS_FEED_FIELD_SOURCE,
  ANNALS_FEED_FIELD_REPLY,        /* what it answers */
  ANNALS_FEED_FIELD_CONTROL,      /* whether it is a draft */
} AnnalsFeedField;

#define ANNALS_FEED_N_FIELDS (ANNALS_FEED_FIELD_CONTROL + 1)

/* The prefix by which the tables here know the namespace @uri: "" for those of feeds themselves. NULL when it
 * is not known. */
const char      *annals_feed_prefix_for_uri (const char      *uri);
/* Whether @uri is Atom's, 1.0. */
gboolean         annals_feed_uri_is_atom    (const char      *uri);
/* What the element @name (its known prefix, ":" and name, in lower case) is, standing in an element of
 * @parent; @field (out): what value it holds when it is a FIELD. */
AnnalsFeedRole   annals_feed_role_for_name  (const char      *name,
                                             AnnalsFeedRole   parent,
                                             AnnalsFeedField  parent_field,
                                             AnnalsFeedField *field);

G_END_DECLS
