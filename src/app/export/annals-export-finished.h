/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_EXPORT_FINISHED (annals_export_finished_get_type ())
/**
 * AnnalsExportFinished:
 *
 * Where an export is, what was not said in it, and what can be done with the file: opened, shown in its folder,
 * copied, dragged to another program.
 */
G_DECLARE_FINAL_TYPE (AnnalsExportFinished, annals_export_finished, ANNALS, EXPORT_FINISHED, GtkWidget)

/* @remarks: (element-type utf8): a sentence each */
void annals_export_finished_set_file (AnnalsExportFinished *self,
                                      GFile                *file,
                                      const char           *message,
                                      GPtrArray            *remarks);

G_END_DECLS
