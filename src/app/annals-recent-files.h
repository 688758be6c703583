/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The files used last, of which the desktop and other programs' file choosers have one list. */

/* What people call the notebook in such a file: the file's name without its suffix. */
char    *annals_recent_files_dup_name     (const char  *path);
/* Adds @uri to the list that the file @list holds, or takes it out. What other programs have put there stays, and one
 * that cannot be read is left as it is. Takes as long as its disk does. */
gboolean annals_recent_files_change       (const char  *list,
                                           const char  *uri,
                                           gboolean     keep,
                                           GError     **error);
/* The same to the user's list, on another thread, in the order in which it was asked. The application stays until it is done. */
void     annals_recent_files_change_async (const char  *uri,
                                           gboolean     keep);

G_END_DECLS
