/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export.h"
#include "annals-export-file.h"
#include "annals-report.h"

G_BEGIN_DECLS

/* Writes the report as PDF 1.5 to @file, which is left to be committed: what could not be written
 * is told then. The same bytes for the same report, paper and fonts. Fails with G_IO_ERROR_CANCELLED,
 * and with ANNALS_EXPORT_ERROR_WRITE when it cannot be drawn. */
gboolean annals_export_pdf_write (AnnalsReport               *report,
                                  const AnnalsExportOptions  *options,
                                  AnnalsExportFile           *file,
                                  AnnalsExportProgress        progress,
                                  gpointer                    user_data,
                                  GCancellable               *cancellable,
                                  GError                    **error);

G_END_DECLS
