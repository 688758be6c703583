/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_LINK_POPOVER (annals_link_popover_get_type ())
/**
 * AnnalsLinkPopover:
 *
 * Shows where a link leads before anything is opened, and opens or copies the address on demand.
 */
G_DECLARE_FINAL_TYPE (AnnalsLinkPopover, annals_link_popover, ANNALS, LINK_POPOVER, GtkPopover)

GtkWidget *annals_link_popover_new         (void);
void       annals_link_popover_set_address (AnnalsLinkPopover *self,
                                            const char        *address);

G_END_DECLS
