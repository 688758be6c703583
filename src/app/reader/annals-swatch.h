/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_SWATCH (annals_swatch_get_type ())
/**
 * AnnalsSwatch:
 *
 * A colour of the palette, to be seen beside the words that say it. It has no meaning of its own to
 * assistive technology.
 *
 * Properties: "colour" (string, nullable: a name of annals-palette.h; nothing is drawn without one)
 * and "shape" (string): "dot", a small disc in the strong colour; "bar", an edge in the strong
 * colour; "marker", a disc as the highlight looks on the page.
 */
G_DECLARE_FINAL_TYPE (AnnalsSwatch, annals_swatch, ANNALS, SWATCH, GtkWidget)

GtkWidget *annals_swatch_new        (const char   *shape,
                                     const char   *colour);
void       annals_swatch_set_colour (AnnalsSwatch *self,
                                     const char   *colour);

G_END_DECLS
