/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export-run.h"
#include "annals-pdf.h"

G_BEGIN_DECLS

/* Sets what @run asks for, a timeline or notes, in pages: once to find out how many there are and what is on which,
 * then on @target. @draft (nullable): what is drawn on the first time, without the number of pages and the pages of the
 * contents. @run's file (nullable) only tells whether it could take what came so far: that it could not is no
 * error, as its commit says it. Fails as the notebook does, with G_IO_ERROR_CANCELLED, and with
 * ANNALS_EXPORT_ERROR_WRITE when something cannot be drawn. */
gboolean annals_pdf_compose (AnnalsExportRun        *run,
                             const AnnalsPdfSetup   *setup,
                             const AnnalsPdfTarget  *target,
                             const AnnalsPdfTarget  *draft,
                             GError                **error);

G_END_DECLS
