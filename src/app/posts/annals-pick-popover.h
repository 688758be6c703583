/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_PICK_POPOVER (annals_pick_popover_get_type ())
/**
 * AnnalsPickPopover:
 *
 * Choose one of the tags or timelines by its name, or give a name that there is not yet.
 *
 * Signal "picked" (gint64 id, const char *name): id 0 when @name is a new one. The popover has
 * closed itself by then.
 */
G_DECLARE_FINAL_TYPE (AnnalsPickPopover, annals_pick_popover, ANNALS, PICK_POPOVER, GtkPopover)

/* @label: what is chosen here, for assistive technology: "Tag"; @placeholder: "Find or create a tag" */
GtkWidget *annals_pick_popover_new        (const char        *label,
                                           const char        *placeholder);
void       annals_pick_popover_clear      (AnnalsPickPopover *self);
/* @colour: (nullable): a name of annals-palette.h */
void       annals_pick_popover_add_choice (AnnalsPickPopover *self,
                                           gint64             id,
                                           const char        *name,
                                           const char        *colour);

G_END_DECLS
