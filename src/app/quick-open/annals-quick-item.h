/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "annals-commands.h"
#include "annals-quick-find.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_QUICK_ITEM (annals_quick_item_get_type ())
/**
 * AnnalsQuickItem:
 *
 * A line of quick open: a record or a command, and how well it fits what was typed. Immutable.
 */
G_DECLARE_FINAL_TYPE (AnnalsQuickItem, annals_quick_item, ANNALS, QUICK_ITEM, GObject)

AnnalsQuickItem     *annals_quick_item_new_record  (const AnnalsNamed   *named,
                                                    int                  score);
AnnalsQuickItem     *annals_quick_item_new_command (const AnnalsCommand *command,
                                                    int                  score);

/* (nullable) of a command */
const AnnalsNamed   *annals_quick_item_get_named   (AnnalsQuickItem     *self);
/* (nullable) of a record */
const AnnalsCommand *annals_quick_item_get_command (AnnalsQuickItem     *self);
int                  annals_quick_item_get_score   (AnnalsQuickItem     *self);
const char          *annals_quick_item_get_title   (AnnalsQuickItem     *self);
/* Where it belongs, or a command's keys; "" when nowhere. */
const char          *annals_quick_item_get_detail  (AnnalsQuickItem     *self);
/* "Post", "Command" */
const char          *annals_quick_item_get_kind    (AnnalsQuickItem     *self);
const char          *annals_quick_item_get_icon    (AnnalsQuickItem     *self);
/* What a screen reader says: "Post: Title, Source". Free with g_free(). */
char                *annals_quick_item_dup_name    (AnnalsQuickItem     *self);

/* What a record of that kind is called, "Post", and its icon. */
const char          *annals_record_get_name        (AnnalsRecord         kind);
const char          *annals_record_get_icon        (AnnalsRecord         kind);

G_END_DECLS
