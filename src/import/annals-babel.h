/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Languages by what LaTeX's babel and polyglossia call them, as .bib files have them. */

/* The name of a language by its BCP 47 tag: "ko-KR" is "korean"; NULL when there is none. */
const char *annals_babel_get_name (const char *tag);
/* The tag of a name in upper or lower case: "ngerman" is "de"; NULL when it is no name. */
const char *annals_babel_get_tag  (const char *name);

G_END_DECLS
