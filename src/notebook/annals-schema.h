/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The version of the file's format that this program writes; a notebook that is open has it. */
int annals_schema_get_version (void);

G_END_DECLS
