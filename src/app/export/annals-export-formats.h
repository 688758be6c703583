/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Fills @row with @formats (element-type AnnalsExportFormat), in their order; the list that it opens says of each what
 * it is good for. */
void annals_export_formats_offer (AdwComboRow *row,
                                  GPtrArray   *formats);

G_END_DECLS
