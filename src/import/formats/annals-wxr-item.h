/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"
#include "annals-stamp.h"

G_BEGIN_DECLS

/* When something was written, as the file says it three times over. Strings may be NULL. */
typedef struct
{
  char *local;
  char *gmt;
  char *pub;      /* RFC 822 */
} AnnalsWxrTimes;

/**
 * AnnalsWxrComment:
 *
 * A comment on an item of a WordPress export as it stands in the file.
 */
typedef struct
{
  char           *id;
  char           *author;
  char           *content;
  char           *approved;   /* "1", "0" (waits), "spam", "trash", "post-trashed" */
  AnnalsWxrTimes  times;
} AnnalsWxrComment;

AnnalsWxrComment *annals_wxr_comment_new      (void);
void              annals_wxr_comment_free     (AnnalsWxrComment *comment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWxrComment, annals_wxr_comment_free)

/**
 * AnnalsWxrItem:
 *
 * An item of a WordPress export as it stands in the file. Strings are NULL where it says nothing.
 */
typedef struct
{
  guint           line;
  guint           number;     /* in the file, from 1 */
  char           *title;
  char           *link;
  char           *guid;
  char           *creator;
  char           *content;
  char           *excerpt;
  char           *status;
  char           *type;
  char           *password;
  AnnalsWxrTimes  times;
  GPtrArray      *tags;
  GPtrArray      *comments;   /* (element type AnnalsWxrComment) */
  guint           n_fields;
  char           *shown_title;    /* once its comments are drafted: what to call it */
  char           *address;        /* then, too: its own; NULL when it has none */
} AnnalsWxrItem;

AnnalsWxrItem    *annals_wxr_item_new         (void);
void              annals_wxr_item_free        (AnnalsWxrItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWxrItem, annals_wxr_item_free)

/* When it was published, with the offset from UTC that the file shows; NULL when it does not say or says
 * what cannot be; then @doubt is why and @string (out, borrowed, nullable) what was said. */
AnnalsDate       *annals_wxr_times_dup_date   (const AnnalsWxrTimes *times,
                                               const char           *language,
                                               GTimeZone            *zone,
                                               AnnalsStampDoubt     *doubt,
                                               const char          **string);
/* Its title as one line of plain text; "" when it has none. */
char             *annals_wxr_item_dup_title   (const AnnalsWxrItem    *item);
/* Its type: "post" where the file says none. */
const char       *annals_wxr_item_get_type    (const AnnalsWxrItem    *item);
AnnalsPostKind    annals_wxr_item_get_kind    (const AnnalsWxrItem    *item);
/* The kind of a comment on an item of @kind: what is not for all to see does not become so by its comments. */
AnnalsPostKind    annals_wxr_comment_get_kind (const AnnalsWxrComment *comment,
                                               AnnalsPostKind          kind);

G_END_DECLS
