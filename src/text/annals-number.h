/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean annals_number_parse (const char *text,
                              guint64     max,
                              guint64    *number);

G_END_DECLS
