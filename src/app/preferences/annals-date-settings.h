/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Dates are shown, and weeks begin, from now on as the user, or the user's region, has it. */
void annals_date_settings_apply (GSettings *settings);

G_END_DECLS
