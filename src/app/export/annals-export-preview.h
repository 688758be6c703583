/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-export-topic.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EXPORT_PREVIEW (annals_export_preview_get_type ())
/**
 * AnnalsExportPreview:
 *
 * What an export will be: its pages as they will be printed, its picture, or the first lines of its text.
 */
G_DECLARE_FINAL_TYPE (AnnalsExportPreview, annals_export_preview, ANNALS, EXPORT_PREVIEW, GtkWidget)

/* Shows it in a moment; a call that follows soon takes its place. Pages and pictures can be dragged to other programs,
 * as a file called @title. @options: copied */
void annals_export_preview_show  (AnnalsExportPreview        *self,
                                  AnnalsNotebook             *notebook,
                                  AnnalsExportTopic          *topic,
                                  const AnnalsExportFormat   *format,
                                  const AnnalsExportOptions  *options,
                                  const char                 *title);
/* Nobody looks any more: what is being made is given up. */
void annals_export_preview_stop  (AnnalsExportPreview        *self);

G_END_DECLS
