/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colours.h"

#include <glib/gi18n.h>

static void
set_rgb (GdkRGBA *rgba,
         guint32  rgb)
{
  rgba->red = (rgb >> 16 & 0xff) / 255.0f;
  rgba->green = (rgb >> 8 & 0xff) / 255.0f;
  rgba->blue = (rgb & 0xff) / 255.0f;
  rgba->alpha = 1.0f;
}

void
annals_colours_get_strong (const AnnalsColour *colour,
                           GdkRGBA            *rgba)
{
  set_rgb (rgba, colour->strong);
}

void
annals_colours_get_background (const AnnalsColour *colour,
                               gboolean            dark,
                               GdkRGBA            *rgba)
{
  set_rgb (rgba, dark ? colour->dark : colour->light);
}

const char *
annals_colours_get_meaning (const char *name)
{
  const AnnalsColour *colour = annals_palette_lookup (name);

  return colour != NULL ? annals_colour_get_meaning (colour) : _("Highlight");
}
