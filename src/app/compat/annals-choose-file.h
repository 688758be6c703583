/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_CHOOSE_OPEN,
  ANNALS_CHOOSE_OPEN_MANY,
  ANNALS_CHOOSE_FOLDERS,     /* one or more */
  ANNALS_CHOOSE_SAVE,
} AnnalsChoose;

/* Lets the user choose a file. @accept: the button's label, with a mnemonic. @name (nullable): the
 * file name proposed when saving. @filter (nullable, borrowed): offered first, beside "All Files".
 * The dialog itself asks before a file is overwritten. */
void        annals_choose_file_async   (GtkWindow            *parent,
                                        AnnalsChoose          mode,
                                        const char           *title,
                                        const char           *accept,
                                        const char           *name,
                                        GtkFileFilter        *filter,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* Returns: (transfer full) (nullable): the GFiles; %NULL with G_IO_ERROR_CANCELLED when dismissed */
GListModel *annals_choose_files_finish (GAsyncResult         *result,
                                        GError              **error);
/* Returns: (transfer full) (nullable): the first of them */
GFile      *annals_choose_file_finish  (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
