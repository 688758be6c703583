/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_COLOUR_DOT (annals_colour_dot_get_type ())
/**
 * AnnalsColourDot:
 *
 * A round dot in a colour of the palette, beside the name of a tag, a timeline or a lane. It says
 * nothing to assistive technology: the name beside it does.
 *
 * Property "colour" (string, nullable): a name of annals-palette.h.
 */
G_DECLARE_FINAL_TYPE (AnnalsColourDot, annals_colour_dot, ANNALS, COLOUR_DOT, GtkWidget)

GtkWidget  *annals_colour_dot_new        (const char      *colour);
/* (nullable) */
const char *annals_colour_dot_get_colour (AnnalsColourDot *self);
void        annals_colour_dot_set_colour (AnnalsColourDot *self,
                                          const char      *colour);

/* @rgb: 0xRRGGBB, as the palette has it */
void        annals_colour_to_rgba        (guint32          rgb,
                                          GdkRGBA         *rgba);

G_END_DECLS
