/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the index has a term for anything in [@start, @end); @end NULL: to the NUL. */
gboolean    annals_script_is_searchable      (const char *start,
                                              const char *end);
/* The last letter of @words when it is a Han, Kana or Hangul character that stands alone: before it
 * stands the beginning or something of another script. NULL otherwise. */
const char *annals_script_find_single_at_end (const char *words);

G_END_DECLS
