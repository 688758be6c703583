/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What WordPress stores is not what it shows: blank lines stand for paragraphs, single line ends
 * for breaks, [shortcodes] for pictures and players. Returns the HTML that a reader of the site
 * would have seen, as far as it is text. Any input gives HTML. */
char *annals_wordpress_to_html (const char *content);

G_END_DECLS
