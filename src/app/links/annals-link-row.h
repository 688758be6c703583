/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-links.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_LINK_ROW (annals_link_row_get_type ())
/**
 * AnnalsLinkRow:
 *
 * One link, or one memo that names the record, among those of an AnnalsLinksSection, whose actions its controls call. It
 * stays when what it says changes, and the keyboard with it.
 */
G_DECLARE_FINAL_TYPE (AnnalsLinkRow, annals_link_row, ANNALS, LINK_ROW, GtkWidget)

/* @outgoing: a link between two passages of a post has a row for each of its ends */
GtkWidget *annals_link_row_new_link     (gint64             id,
                                         gboolean           outgoing);
GtkWidget *annals_link_row_new_mention  (gint64             memo_id);
gboolean   annals_link_row_is           (AnnalsLinkRow     *self,
                                         gint64             id,
                                         gboolean           outgoing);
/* @passage: (nullable): the quotation of the passage that is linked, where it is not what the section is about */
void       annals_link_row_show_link    (AnnalsLinkRow     *self,
                                         const AnnalsLink  *link,
                                         const char        *passage);
void       annals_link_row_show_mention (AnnalsLinkRow     *self,
                                         const AnnalsNamed *memo);
/* Whether the keyboard is in it; *@at_menu: in or at its menu, else at what leads to the other end. */
gboolean   annals_link_row_has_keyboard (AnnalsLinkRow     *self,
                                         gboolean          *at_menu);
/* A row without a menu takes it at its other control. */
void       annals_link_row_take_keyboard
                                        (AnnalsLinkRow     *self,
                                         gboolean           at_menu);

G_END_DECLS
