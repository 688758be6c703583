/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export.h"

G_BEGIN_DECLS

/* What a format is good for, one sentence; "" when nothing is known of it. */
const char *annals_export_format_get_sentence (const AnnalsExportFormat *format);
/* "Export Timeline" */
const char *annals_export_subject_get_title   (AnnalsExportSubject       subject);
/* The name proposed for a file: @title with what is allowed on any system, and the format's ending.
 * Returns: (transfer full) */
char       *annals_export_dup_file_name       (const char               *title,
                                               const AnnalsExportFormat *format);

G_END_DECLS
