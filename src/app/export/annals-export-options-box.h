/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-export.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EXPORT_OPTIONS_BOX (annals_export_options_box_get_type ())
/**
 * AnnalsExportOptionsBox:
 *
 * The options of a format: what it has none of is not shown. They are remembered at once.
 *
 * Signal "changed": annals_export_options_read() says what they are now.
 */
G_DECLARE_FINAL_TYPE (AnnalsExportOptionsBox, annals_export_options_box, ANNALS, EXPORT_OPTIONS_BOX, GtkWidget)

/* What is remembered of exports under @key, a part of a path. Returns: (transfer full) */
GSettings *annals_export_options_dup_settings     (const char                *key);

/* The options that are remembered there. */
void       annals_export_options_read             (GSettings                 *settings,
                                                   AnnalsExportOptions       *options);

/* @settings: where the options come from and go to */
void       annals_export_options_box_set_settings (AnnalsExportOptionsBox    *self,
                                                   GSettings                 *settings);
void       annals_export_options_box_set_format   (AnnalsExportOptionsBox    *self,
                                                   const AnnalsExportFormat  *format);
/* The paper chosen becomes what others begin with. */
void       annals_export_options_box_confirm      (AnnalsExportOptionsBox    *self);

G_END_DECLS
