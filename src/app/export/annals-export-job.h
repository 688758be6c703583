/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "annals-export-topic.h"

G_BEGIN_DECLS

/**
 * AnnalsExportJob:
 *
 * One export, run on a thread of its own.
 */
typedef struct _AnnalsExportJob AnnalsExportJob;

/* Returns: (transfer full): nothing is written yet. @format: of annals_export_get_formats();
 * @path: replaced when it is there already */
AnnalsExportJob *annals_export_job_new          (AnnalsExportTopic         *topic,
                                                 const char                *format,
                                                 const char                *path,
                                                 const AnnalsExportOptions *options);
AnnalsExportJob *annals_export_job_ref          (AnnalsExportJob           *self);
void             annals_export_job_unref        (AnnalsExportJob           *self);

/* How far it is, 0 to 1; on any thread. */
double           annals_export_job_get_progress (AnnalsExportJob           *self);

/* @notebook: borrowed; the caller keeps it until @callback was called, as its last reference must
 * not go on the thread that exports. */
void             annals_export_job_run_async    (AnnalsExportJob           *self,
                                                 AnnalsNotebook            *notebook,
                                                 GCancellable              *cancellable,
                                                 GAsyncReadyCallback        callback,
                                                 gpointer                   user_data);
/* Fails with ANNALS_EXPORT_ERROR, the notebook's errors or G_IO_ERROR_CANCELLED; nothing was
 * written then. Returns: (transfer full) (nullable) (element-type utf8): a sentence for each thing that the format has
 * no place for */
GPtrArray       *annals_export_job_run_finish   (AnnalsExportJob           *self,
                                                 GAsyncResult              *result,
                                                 GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsExportJob, annals_export_job_unref)

G_END_DECLS
