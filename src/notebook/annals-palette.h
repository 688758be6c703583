/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsColour:
 * @name: what the notebook file holds
 * @meaning: what a highlight of it is called unless the user names it: "Evidence", "Claim"…
 *   (untranslated; see annals_colour_get_meaning())
 * @label: the colour's own name, untranslated
 * @strong: 0xRRGGBB for dots, bars and edges, 3 : 1 or better on white and on the dark background
 * @light: 0xRRGGBB as a background under black text
 * @dark: 0xRRGGBB as a background under white text
 *
 * One of the fixed, accessible colours of highlights, tags, timelines and lanes.
 */
typedef struct
{
  const char *name;
  const char *meaning;
  const char *label;
  guint32     strong;
  guint32     light;
  guint32     dark;
} AnnalsColour;

/* The palette, in order; the first four are offered for highlights first. */
const AnnalsColour *annals_palette_get    (guint      *n_colours);
/* NULL when there is no colour of that name. */
const AnnalsColour *annals_palette_lookup (const char *name);
/* Another one for each @n, for what has no colour yet. */
const AnnalsColour *annals_palette_pick   (guint       n);
/* Its meaning in the user's language. */
const char *annals_colour_get_meaning     (const AnnalsColour *self);

G_END_DECLS
