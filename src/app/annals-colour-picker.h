/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_COLOUR_PICKER (annals_colour_picker_get_type ())
/**
 * AnnalsColourPicker:
 *
 * The palette as a row of buttons of which one is down.
 *
 * Property "colour" (string, notified): a name of annals-palette.h.
 */
G_DECLARE_FINAL_TYPE (AnnalsColourPicker, annals_colour_picker, ANNALS, COLOUR_PICKER, GtkWidget)

GtkWidget  *annals_colour_picker_new        (void);
const char *annals_colour_picker_get_colour (AnnalsColourPicker *self);
/* A name that is not in the palette leaves it as it is. */
void        annals_colour_picker_set_colour (AnnalsColourPicker *self,
                                             const char         *colour);

G_END_DECLS
