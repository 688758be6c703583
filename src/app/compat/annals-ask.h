/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks the user before something is done: Cancel, or the button @action (with a mnemonic).
 * @destructive: the button is red. Texts are plain, not markup. The answer is Cancel too when the
 * dialog is closed. */
void     annals_ask_async  (GtkWindow            *parent,
                            const char           *heading,
                            const char           *body,
                            const char           *action,
                            gboolean              destructive,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
/* Returns: whether the user chose the action; %FALSE with @error G_IO_ERROR_CANCELLED otherwise */
gboolean annals_ask_finish (GAsyncResult         *result,
                            GError              **error);

typedef enum
{
  ANNALS_ANSWER_CANCEL,
  ANNALS_ANSWER_ACTION,
  ANNALS_ANSWER_OTHER,
} AnnalsAnswer;

/* The same with a second button, @other, which is red: it loses what @action keeps. */
void         annals_ask_choice_async  (GtkWindow            *parent,
                                       const char           *heading,
                                       const char           *body,
                                       const char           *action,
                                       const char           *other,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
AnnalsAnswer annals_ask_choice_finish (GAsyncResult         *result);

/* Tells the user something that needs no answer but must not pass unseen. Plain text. */
void     annals_tell       (GtkWindow            *parent,
                            const char           *heading,
                            const char           *body);

G_END_DECLS
