/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_MEMOS_PLACE (annals_memos_place_get_type ())
/**
 * AnnalsMemosPlace:
 *
 * The memos of the notebook: a list, and one to read and write in. What is written is saved after each pause, as
 * one step each; what memos name a memo stands below it.
 *
 * Property "desk" (AnnalsDesk, nullable).
 */
G_DECLARE_FINAL_TYPE (AnnalsMemosPlace, annals_memos_place, ANNALS, MEMOS_PLACE, GtkWidget)

GtkWidget *annals_memos_place_new   (void);
void       annals_memos_place_show  (AnnalsMemosPlace *self,
                                     gint64            memo_id);
/* 0: none is shown */
gint64     annals_memos_place_get_memo (AnnalsMemosPlace *self);
/* Makes a memo and lets the user name it. */
void       annals_memos_place_begin (AnnalsMemosPlace *self);

G_END_DECLS
