/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-palette.h"

G_BEGIN_DECLS

/* For dots, bars and edges. */
void        annals_colours_get_strong     (const AnnalsColour *colour,
                                           GdkRGBA            *rgba);
/* For a passage's background on a light or dark page. */
void        annals_colours_get_background (const AnnalsColour *colour,
                                           gboolean            dark,
                                           GdkRGBA            *rgba);
/* What a highlight of the colour @name means, translated; never NULL. */
const char *annals_colours_get_meaning    (const char         *name);

G_END_DECLS
