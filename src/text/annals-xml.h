/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes libxml2 ready; before its first use on any thread. It takes its memory through GLib from then on, so that
 * without memory the program ends, as it does everywhere else: libxml2 by itself goes on with half a tree. */
void annals_xml_init (void);

G_END_DECLS
