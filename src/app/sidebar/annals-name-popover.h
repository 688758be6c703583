/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_NAME_POPOVER (annals_name_popover_get_type ())
/**
 * AnnalsNamePopover:
 *
 * Asks for a name and a colour: of something new, or of something that is to be called otherwise.
 *
 * Signal "applied" (const char *name, const char *colour): with a name that is not blank. The popover has closed
 * itself by then.
 */
G_DECLARE_FINAL_TYPE (AnnalsNamePopover, annals_name_popover, ANNALS, NAME_POPOVER, GtkPopover)

GtkWidget *annals_name_popover_new (void);
/* Opens it. @label: "New timeline"; @action: the button's label, with a mnemonic; @name: as it is now, or "" */
void       annals_name_popover_ask (AnnalsNamePopover *self,
                                    const char        *label,
                                    const char        *action,
                                    const char        *name,
                                    const char        *colour);
/* What else can be chosen, below the rest; hide it where it is no choice. */
void       annals_name_popover_append (AnnalsNamePopover *self,
                                       GtkWidget         *widget);

G_END_DECLS
