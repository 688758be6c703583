/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-notebook.h"

G_BEGIN_DECLS

/* Says by a notification of the desktop that the work of @dialog has ended, when neither it nor its window has the
 * keyboard. The notification shows the notebook's window, and goes when the user comes back. */
void annals_finished_notice_send (GtkWindow      *dialog,
                                  AnnalsNotebook *notebook,
                                  const char     *title,
                                  const char     *body);

G_END_DECLS
