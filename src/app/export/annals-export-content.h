/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-export-topic.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EXPORT_CONTENT (annals_export_content_get_type ())
/**
 * AnnalsExportContent:
 *
 * An export on its way to another program, by the clipboard or by dragging: as files and, of pictures, as the picture
 * itself. It is made when the other program asks for it.
 */
G_DECLARE_FINAL_TYPE (AnnalsExportContent, annals_export_content, ANNALS, EXPORT_CONTENT, GdkContentProvider)

/* @formats: ids of formats, NULL-terminated, the one for programs that take files first. @title: what the file is called.
 * Returns: (transfer full) */
GdkContentProvider *annals_export_content_new    (AnnalsNotebook             *notebook,
                                                  AnnalsExportTopic          *topic,
                                                  const char * const         *formats,
                                                  const AnnalsExportOptions  *options,
                                                  const char                 *title);
/* When the program ends: removes the files that were made for others. */
void                annals_export_content_forget (void);

G_END_DECLS
