/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Empties a menu that is shown, to be filled again. Its sections are emptied first: with a section that goes as a whole
 * GTK 4.8 keeps the pages of the submenus in it, and complains when others of the same name come. */
void annals_menu_clear (GMenu *menu);

G_END_DECLS
