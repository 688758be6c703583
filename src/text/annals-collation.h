/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int   annals_collate         (const char *a, const char *b);
char *annals_collation_key   (const char *text);
void  annals_collate_names   (char **names, char **along);
char *annals_collate_joined  (char **names);

G_END_DECLS
