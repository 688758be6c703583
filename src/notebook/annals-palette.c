/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-palette.h"

#include <glib/gi18n-lib.h>

/* The hues of GNOME's palette (developer.gnome.org/hig/reference/palette.html); light and dark mixed so
 * that text on them keeps 7 : 1. */
static const AnnalsColour palette[] = {
  { "yellow", NC_("meaning", "Evidence"), N_("Yellow"), 0xc08300, 0xfdf0a6, 0x5e4a00 },
  { "green", NC_("meaning", "Context"), N_("Green"), 0x1f9a50, 0xcdf0d6, 0x14522b },
  { "blue", NC_("meaning", "Claim"), N_("Blue"), 0x2a7bde, 0xd0e4fa, 0x173f73 },
  { "red", NC_("meaning", "Doubt"), N_("Red"), 0xd33a44, 0xfbd5d6, 0x6e1a21 },
  { "purple", NC_("meaning", "Person"), N_("Purple"), 0xa055bb, 0xecd9f3, 0x4c2159 },
  { "orange", NC_("meaning", "Place"), N_("Orange"), 0xd76400, 0xffe0c4, 0x66320a },
  { "teal", NC_("meaning", "Date"), N_("Teal"), 0x0f8a8f, 0xc6ecec, 0x0e484b },
  { "grey", NC_("meaning", "Other"), N_("Grey"), 0x77767b, 0xe3e2e4, 0x46454a },
};

const AnnalsColour *
annals_palette_get (guint *n_colours)
{
  g_return_val_if_fail (n_colours != NULL, NULL);

  *n_colours = G_N_ELEMENTS (palette);

  return palette;
}

const AnnalsColour *
annals_palette_lookup (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (palette); i++)
    if (g_str_equal (palette[i].name, name))
      return &palette[i];

  return NULL;
}

const AnnalsColour *
annals_palette_pick (guint n)
{
  /* Neighbours in a list should be far apart in hue; yellow is for highlights first. */
  static const guint order[] = { 2, 1, 5, 4, 6, 3, 0, 7 };

  return &palette[order[n % G_N_ELEMENTS (order)]];
}

const char *
annals_colour_get_meaning (const AnnalsColour *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "meaning", self->meaning);
}
