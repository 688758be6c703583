/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-desk.h"
#include "annals-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_READER_DETAILS (annals_reader_details_get_type ())
/**
 * AnnalsReaderDetails:
 *
 * What is known of the post that is read, and where it comes from: post, revision, file with its SHA-256,
 * import. It acts through the reader's actions.
 */
G_DECLARE_FINAL_TYPE (AnnalsReaderDetails, annals_reader_details, ANNALS, READER_DETAILS, GtkWidget)

/* Shows the post of @reading; what is asked of the notebook comes later. */
void annals_reader_details_show (AnnalsReaderDetails *self,
                                 AnnalsDesk          *desk,
                                 AnnalsReading       *reading);

G_END_DECLS
