/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_PAPER_A4,
  ANNALS_PAPER_LETTER,
} AnnalsPaper;

typedef struct
{
  AnnalsPaper paper;
  gboolean    with_notes;   /* print the notes on the passages that are cited */
} AnnalsExportOptions;

/* @fraction: 0 to 1; called on the thread that exports */
typedef void (*AnnalsExportProgress) (double   fraction,
                                      gpointer user_data);

#define ANNALS_EXPORT_ERROR (annals_export_error_quark ())
GQuark annals_export_error_quark (void);

typedef enum
{
  ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT,
  ANNALS_EXPORT_ERROR_TARGET,         /* it is a folder, the notebook itself, or is there already */
  ANNALS_EXPORT_ERROR_WRITE,          /* no permission, disk full */
  ANNALS_EXPORT_ERROR_TIME,           /* SOURCE_DATE_EPOCH is no time */
} AnnalsExportError;

/* When an export is made, seconds since 1970 UTC: SOURCE_DATE_EPOCH where that is set, else now. Fails with
 * ANNALS_EXPORT_ERROR_TIME. */
gboolean annals_export_read_time (gint64 *seconds, GError **error);

/* The formats a timeline can be exported to, "json" and "pdf", NULL-terminated; not to be freed. */
const char * const *annals_export_get_timeline_formats (void);

/* Writes a timeline to @path, whole or not at all: to a temporary file beside it, then renamed.
 * @options (nullable). Unless @overwrite, a file that is there already is an error. The time of the
 * export is SOURCE_DATE_EPOCH where that is set. Blocks: call it from a worker thread. */
gboolean annals_export_timeline (AnnalsNotebook             *notebook,
                                 gint64                      timeline_id,
                                 const char                 *format,
                                 const char                 *path,
                                 gboolean                    overwrite,
                                 const AnnalsExportOptions  *options,
                                 AnnalsExportProgress        progress,
                                 gpointer                    user_data,
                                 GCancellable               *cancellable,
                                 GError                    **error);

G_END_DECLS
