/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What posts that name no language are asked for with. */
#define ANNALS_LANGUAGE_NONE "und"

char *annals_language_dup_name (const char *tag);

G_END_DECLS
