/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As GtkFileLauncher's open_containing_folder (GTK 4.12) does: the file manager points at the file; where none knows
 * how, the folder is opened. */
void     annals_show_in_folder_async  (GtkWidget            *widget,
                                       GFile                *file,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean annals_show_in_folder_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
