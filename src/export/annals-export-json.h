/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-report.h"

G_BEGIN_DECLS

/* The annals-timeline document, version 1 (data/schemas/annals-timeline-1.schema.json): UTF-8, two
 * spaces of indent, a newline at the end; the same bytes for the same report.
 * Returns: (transfer full) */
char *annals_export_json_to_data (AnnalsReport *report,
                                  gsize        *length);

G_END_DECLS
