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
 * @parse: all that the file's bytes hold; @name: what errors and places call it
 *
 * A kind of file whose records are not posts. One file in records/ each; annals-records-format.c lists them.
 */
typedef struct
{
  const char    *id;
  const char    *label;
  guint         (*sniff)     (const AnnalsSniff  *sniff);
  char         *(*dup_count) (guint               n);
  gsize          max_size;
  AnnalsRecords *(*parse)    (const char         *bytes,
                              gsize               size,
                              const char         *name,
                              GTimeZone          *zone,
                              GError            **error);
} AnnalsRecordsFormat;

/* The format that @part is of, by its beginning; NULL when it is none of these. */
const AnnalsRecordsFormat *annals_records_detect  (AnnalsPart                 *part);
const AnnalsRecordsFormat *annals_records_lookup  (const char                 *id);
/* Reads @part to its end. @zone (nullable): of times that name none */
AnnalsRecords             *annals_records_read    (const AnnalsRecordsFormat  *format,
                                                   AnnalsPart                 *part,
                                                   GTimeZone                  *zone,
                                                   GCancellable               *cancellable,
                                                   GError                    **error);
/* Adds to @preview what would come in besides posts, and the issues, which are its from then on. */
void                       annals_records_show    (AnnalsRecords              *self,
                                                   AnnalsPreview              *preview);

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
