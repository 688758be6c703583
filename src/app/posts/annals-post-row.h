/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-paged-list.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_POST_ROW (annals_post_row_get_type ())
/**
 * AnnalsPostRow:
 *
 * One post in the list. It shows an item and follows it; it holds no state of its own.
 *
 * Signal "named" (const char *name): what the row should be called to assistive technology changed.
 */
G_DECLARE_FINAL_TYPE (AnnalsPostRow, annals_post_row, ANNALS, POST_ROW, GtkWidget)

GtkWidget       *annals_post_row_new      (void);
/* @item: (nullable): its content is an AnnalsPostCard */
void             annals_post_row_set_item (AnnalsPostRow   *self,
                                           AnnalsPagedItem *item);
/* (nullable) */
AnnalsPagedItem *annals_post_row_get_item (AnnalsPostRow   *self);

G_END_DECLS
