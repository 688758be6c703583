/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "annals-memos.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_MEMO_ITEM (annals_memo_item_get_type ())
/**
 * AnnalsMemoItem:
 *
 * A memo in the list of memos. Immutable.
 */
G_DECLARE_FINAL_TYPE (AnnalsMemoItem, annals_memo_item, ANNALS, MEMO_ITEM, GObject)

/* @line: (transfer full) */
AnnalsMemoItem       *annals_memo_item_new      (AnnalsMemoLine *line);
const AnnalsMemoLine *annals_memo_item_get_line (AnnalsMemoItem *self);

G_END_DECLS
