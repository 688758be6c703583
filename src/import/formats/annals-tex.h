/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of TeX as bibliographies have it: accents, braces, escaped signs, dashes. Free with g_free(). */
char *annals_tex_dup_text (const char *tex);

G_END_DECLS
