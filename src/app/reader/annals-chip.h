/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_CHIP (annals_chip_get_type ())
/**
 * AnnalsChip:
 *
 * A short word in a rounded box: a tag, a date, a timeline; with a dot of its colour, and with a
 * button that takes it away.
 */
G_DECLARE_FINAL_TYPE (AnnalsChip, annals_chip, ANNALS, CHIP, GtkWidget)

/* @colour (nullable): a name of annals-palette.h */
GtkWidget *annals_chip_new         (const char *label,
                                    const char *colour);
/* Adds the button; @name: what it does, for its tooltip ("Remove Tag “border”"). */
void       annals_chip_set_removal (AnnalsChip *self,
                                    const char *name,
                                    const char *action,
                                    GVariant   *target);
/* The same look for something to be pressed: a button with @action. */
GtkWidget *annals_chip_new_button  (const char *label,
                                    const char *colour,
                                    const char *action,
                                    GVariant   *target);

G_END_DECLS
