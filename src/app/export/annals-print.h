/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-export-topic.h"

G_BEGIN_DECLS

/* Whether it can be printed: it has pages. */
gboolean annals_print_can_print (AnnalsExportSubject  subject);

/* Prints a timeline or notes through the print dialog, with the options that are remembered of them. The pages are
 * laid out on a thread. How it ends the desk tells. @topic: (transfer full) */
void     annals_print           (GtkWindow           *parent,
                                 AnnalsDesk          *desk,
                                 AnnalsExportTopic   *topic);

G_END_DECLS
