/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"

G_BEGIN_DECLS

/**
 * AnnalsWxrItem:
 *
 * An item of a WordPress export as it stands in the file. Strings are NULL where it says nothing.
 */
typedef struct
{
  guint      line;
  char      *title;
  char      *link;
  char      *guid;
  char      *creator;
  char      *pub_date;
  char      *content;
  char      *excerpt;
  char      *date_local;
  char      *date_gmt;
  char      *status;
  char      *type;
  GPtrArray *tags;
  guint      n_comments;
  guint      n_fields;
} AnnalsWxrItem;

AnnalsWxrItem *annals_wxr_item_new                (void);
void           annals_wxr_item_free               (AnnalsWxrItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWxrItem, annals_wxr_item_free)

/* When it was published, with the offset from UTC that the file shows; NULL when it does not say.
 */
AnnalsDate    *annals_wxr_item_dup_date           (AnnalsWxrItem *item);
/* Its title as one line of plain text; "" when it has none. */
char          *annals_wxr_item_dup_title          (AnnalsWxrItem *item);
/* Why it is not to be imported, for people; NULL when it is a published post. */
const char    *annals_wxr_item_get_reason_to_skip (AnnalsWxrItem *item);

G_END_DECLS
