/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The user's own copy of the sample notebook, made where there is none yet. It is whole or not there. */
void  annals_sample_make_async  (GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* Returns: (transfer full) (nullable): its path */
char *annals_sample_make_finish (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
