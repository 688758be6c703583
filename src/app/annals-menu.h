/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void annals_menu_append      (GMenu      *menu,
                              const char *label,
                              const char *action,
                              GVariant   *target);
void annals_menu_append_name (GMenu      *menu,
                              const char *name,
                              const char *action,
                              GVariant   *target);
void annals_menu_clear       (GMenu      *menu);

G_END_DECLS
