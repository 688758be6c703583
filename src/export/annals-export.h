/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-note-list.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_PAPER_A4,
  ANNALS_PAPER_LETTER,
} AnnalsPaper;

typedef enum
{
  ANNALS_MARGINS_NORMAL,
  ANNALS_MARGINS_NARROW,
  ANNALS_MARGINS_WIDE,
} AnnalsMargins;

typedef enum
{
  ANNALS_TEXT_SIZE_NORMAL,
  ANNALS_TEXT_SIZE_SMALL,
  ANNALS_TEXT_SIZE_LARGE,
} AnnalsTextSize;

/* All 0 is what is usual. */
typedef struct
{
  AnnalsPaper    paper;
  gboolean       with_notes;   /* print the notes on the passages that are cited */
  AnnalsMargins  margins;
  AnnalsTextSize text_size;
  gboolean       hyphenate;    /* break words at the ends of lines */
  gboolean       byte_order_mark;   /* in front of CSV: Excel takes UTF-8 for the system's own characters without it */
} AnnalsExportOptions;

typedef enum
{
  ANNALS_EXPORT_TIMELINE,
  ANNALS_EXPORT_NOTES,      /* annotations and memos */
  ANNALS_EXPORT_POSTS,
  ANNALS_EXPORT_NOTEBOOK,   /* everything */
  ANNALS_N_EXPORT_SUBJECTS,
} AnnalsExportSubject;

/**
 * AnnalsExportRequest:
 * @subject: what of the notebook
 * @timeline_id: of a timeline: which
 * @filter: (nullable): of notes: which, in its order; NULL for all. One that was parsed from text is resolved
 * @ids: (nullable) (element-type gint64): of notes and posts: these only. A memo's is negative
 * @query: (nullable): of posts: what they have to fit, in the language of searches; NULL for all
 *
 * What is to be exported. All is borrowed.
 */
typedef struct
{
  AnnalsExportSubject      subject;
  gint64                   timeline_id;
  const AnnalsNoteFilter  *filter;
  GArray                  *ids;
  const char              *query;
} AnnalsExportRequest;

/**
 * AnnalsExportFormat:
 * @subject: what it holds
 * @id: its name at the command line, "json"
 * @label: its name for the user, translated
 * @extension: what its files' names end in, ".json"
 * @media_type: of its files
 *
 * A format that something can be exported to.
 */
typedef struct
{
  AnnalsExportSubject  subject;
  const char          *id;
  const char          *label;
  const char          *extension;
  const char          *media_type;
} AnnalsExportFormat;

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

/* The formats of @subject, best first; the array and what it points to are not to be freed.
 * Returns: (transfer container) (element-type AnnalsExportFormat) */
GPtrArray                *annals_export_get_formats        (AnnalsExportSubject         subject);
/* Returns: (nullable): NULL when there is none of that name */
const AnnalsExportFormat *annals_export_get_format         (AnnalsExportSubject         subject,
                                                            const char                 *id);
/* The first format whose files' names end as @path does, upper or lower case. Returns: (nullable) */
const AnnalsExportFormat *annals_export_guess_format       (AnnalsExportSubject         subject,
                                                            const char                 *path);
/* "json, pdf". Returns: (transfer full) */
char                     *annals_export_dup_known_formats  (AnnalsExportSubject         subject);

/* Writes what @request asks for to @path, whole or not at all: to a temporary file beside it, then
 * renamed. @options (nullable). Unless @overwrite, a file that is there already is an error. The time of the
 * export is SOURCE_DATE_EPOCH where that is set. @remarks (out) (optional) (transfer full) (element-type utf8):
 * a sentence for each thing that the format has no place for. Blocks: call it from a worker thread. */
gboolean                  annals_export                    (AnnalsNotebook             *notebook,
                                                            const AnnalsExportRequest  *request,
                                                            const char                 *format,
                                                            const char                 *path,
                                                            gboolean                    overwrite,
                                                            const AnnalsExportOptions  *options,
                                                            AnnalsExportProgress        progress,
                                                            gpointer                    user_data,
                                                            GPtrArray                 **remarks,
                                                            GCancellable               *cancellable,
                                                            GError                    **error);

/* The first @limit bytes of what annals_export() would write, for people to look at; @whole: it is no longer. A
 * writer is stopped as soon as there is more. Blocks: call it from a worker thread. Returns: (transfer full) */
GBytes                   *annals_export_read_head          (AnnalsNotebook             *notebook,
                                                            const AnnalsExportRequest  *request,
                                                            const char                 *format,
                                                            const AnnalsExportOptions  *options,
                                                            gsize                       limit,
                                                            gboolean                   *whole,
                                                            GCancellable               *cancellable,
                                                            GError                    **error);

G_END_DECLS
