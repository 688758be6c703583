/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-importer.h"
#include "annals-records.h"

G_BEGIN_DECLS

/**
 * AnnalsRecordsFormat:
 * @id: what the notebook stores
 * @label: for people, untranslated (marked with N_())
 * @sniff: as of #AnnalsFormat; the file is taken for one of this format from 1 on
 * @dup_count: "12 annotations", translated
 * @max_size: a file of more bytes is refused
 * @parse: (nullable): all that the file's bytes hold; @name: what errors and places call it
 * @preview: (nullable): what is shown of it, for a format that is not loaded whole
 * @import: (nullable): in the place of @parse, for the same
 *
 * A kind of file whose records are not posts. One file in records/ each; annals-records-format.c lists them.
 */
typedef struct
{
  const char    *id;
  const char    *label;
  guint         (*sniff)     (const AnnalsSniff          *sniff);
  char         *(*dup_count) (guint                       n);
  gsize          max_size;
  AnnalsRecords *(*parse)    (const char                 *bytes,
                              gsize                       size,
                              const char                 *name,
                              GTimeZone                  *zone,
                              GError                    **error);
  AnnalsPreview *(*preview)  (const char                 *path,
                              const AnnalsImportOptions  *options,
                              const AnnalsImportHooks    *hooks,
                              GCancellable               *cancellable,
                              GError                    **error);
  AnnalsImport  *(*import)   (AnnalsNotebook             *notebook,
                              const char                 *path,
                              const AnnalsImportOptions  *options,
                              const AnnalsImportHooks    *hooks,
                              GCancellable               *cancellable,
                              GError                    **error);
} AnnalsRecordsFormat;

/* The format that the file at @path is of; NULL when it is none of these, or cannot be read. */
const AnnalsRecordsFormat *annals_records_detect  (const char *path);
const AnnalsRecordsFormat *annals_records_lookup  (const char *id);

AnnalsPreview             *annals_records_preview (const AnnalsRecordsFormat  *format,
                                                   const char                 *path,
                                                   const AnnalsImportOptions  *options,
                                                   const AnnalsImportHooks    *hooks,
                                                   GCancellable               *cancellable,
                                                   GError                    **error);
AnnalsImport              *annals_records_import  (const AnnalsRecordsFormat  *format,
                                                   AnnalsNotebook             *notebook,
                                                   const char                 *path,
                                                   const AnnalsImportOptions  *options,
                                                   const AnnalsImportHooks    *hooks,
                                                   GCancellable               *cancellable,
                                                   GError                    **error);

extern const AnnalsRecordsFormat annals_records_format_w3c;
extern const AnnalsRecordsFormat annals_records_format_qdpx;
extern const AnnalsRecordsFormat annals_records_format_timelinejs;

/* What the files' bytes hold; for tests as well. @zone (nullable): of times that name none; only TimelineJS has such. */
AnnalsRecords             *annals_records_parse_w3c        (const char *bytes, gsize size, const char *name,
                                                            GTimeZone *zone, GError **error);
AnnalsRecords             *annals_records_parse_timelinejs (const char *bytes, gsize size, const char *name,
                                                            GTimeZone *zone, GError **error);
/* A project of REFI-QDA, zipped with its sources or its XML alone. */
AnnalsRecords             *annals_records_parse_qdpx       (const char *bytes, gsize size, const char *name,
                                                            GTimeZone *zone, GError **error);

G_END_DECLS
