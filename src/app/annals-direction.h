/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A date as it is typed, an address and a path run from left to right in every language. Without a letter that says so
 * their signs are moved about in a window that begins at the right. */

/* What is typed into @editable is such a text. Words of the other direction keep theirs. */
void  annals_direction_keep     (GtkEditable *editable);
/* (transfer full) @text, such a one, for a label or in a sentence of one */
char *annals_direction_isolate  (const char  *text);

G_END_DECLS
