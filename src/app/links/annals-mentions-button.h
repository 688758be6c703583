/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_MENTIONS_BUTTON (annals_mentions_button_get_type ())
/**
 * AnnalsMentionsButton:
 *
 * Lists the memos that name a tag or a timeline, where there is no room for them; hidden while there are none.
 */
G_DECLARE_FINAL_TYPE (AnnalsMentionsButton, annals_mentions_button, ANNALS, MENTIONS_BUTTON, GtkWidget)

void annals_mentions_button_set_desk (AnnalsMentionsButton *self,
                                      AnnalsDesk           *desk);
/* @id 0: none */
void annals_mentions_button_show     (AnnalsMentionsButton *self,
                                      AnnalsRecord          kind,
                                      gint64                id);

G_END_DECLS
