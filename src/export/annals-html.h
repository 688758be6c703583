/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pieces of HTML and SVG. What comes from the notebook is a stranger's: all of it is text, and only addresses that may
 * be opened become links. */

/* Escaped, as content or between double quotation marks; what no document may hold becomes a space. */
void annals_html_append_text     (GString    *html,
                                  const char *text);
/* A format whose %s are escaped; other conversions are not known to it, and its own markup stands as it is. */
void annals_html_append_format   (GString    *html,
                                  const char *format,
                                  ...);
/* @text, as a link when @address can be opened. */
void annals_html_append_link     (GString    *html,
                                  const char *address,
                                  const char *text);

G_END_DECLS
