/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* From now on Ctrl+C and SIGTERM cancel what is returned, whatever the program is at, instead of ending it.
 * Returns: (transfer none), valid until the end */
GCancellable *annals_cli_interrupt_begin (void);
void          annals_cli_interrupt_end   (void);

G_END_DECLS
