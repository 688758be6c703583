/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_SEARCH_POPOVER (annals_search_popover_get_type ())
/**
 * AnnalsSearchPopover:
 *
 * What the word that is being typed into the search may become, below the entry, which keeps the keyboard.
 *
 * Signal "picked" (const char *value): one was clicked, or chosen by annals_search_popover_pick().
 */
G_DECLARE_FINAL_TYPE (AnnalsSearchPopover, annals_search_popover, ANNALS, SEARCH_POPOVER, GtkPopover)

GtkWidget *annals_search_popover_new     (void);
/* @values: NULL-terminated; none: the popover goes. @details (nullable): what each means, beside it. */
void       annals_search_popover_offer   (AnnalsSearchPopover  *self,
                                          const char * const   *values,
                                          const char * const   *details);
/* Selects the next one, or the one before it. */
void       annals_search_popover_move    (AnnalsSearchPopover  *self,
                                          int                   step);
/* FALSE when none is selected. */
gboolean   annals_search_popover_pick    (AnnalsSearchPopover  *self);

G_END_DECLS
