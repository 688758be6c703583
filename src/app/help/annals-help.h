/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens a page of the help: in the user's help viewer where there is one and the pages are installed, else in a
 * window of the program. @page: such as "index" or "dates" */
void annals_help_present (const char *page);

G_END_DECLS
