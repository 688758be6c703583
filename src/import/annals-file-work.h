/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"

G_BEGIN_DECLS

/**
 * AnnalsFound:
 *
 * What a format's reader found: a draft or an issue.
 */
typedef struct
{
  AnnalsDraft *draft;      /* (nullable): with what the user said of all records, where it says nothing itself */
  AnnalsIssue *issue;      /* (nullable) */
  char        *identity;   /* of a draft with a text, without its number among equals */
} AnnalsFound;

void annals_found_clear (AnnalsFound *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnnalsFound, annals_found_clear)

/* Reads the next thing of @reader. @options: (nullable): what the user said. */
AnnalsReadResult annals_found_read         (AnnalsFormatReader         *reader,
                                            const AnnalsImportOptions  *options,
                                            AnnalsFound                *found,
                                            GCancellable               *cancellable,
                                            GError                    **error);

/* What the record does not say of itself, the user says, or the file for all of its records. */
void             annals_draft_complete     (AnnalsDraft                *draft,
                                            const AnnalsImportOptions  *options,
                                            const char                 *source,
                                            const char                 *language);

/* A longer file is read as it goes, because nobody knows what it takes. */
#define ANNALS_FILE_WORK_LIMIT (1024 * 1024)

/**
 * AnnalsFileWork:
 *
 * A file of an archive that is in memory, and read on another thread while the walk goes on.
 */
typedef struct _AnnalsFileWork AnnalsFileWork;

/* Reads the file @part to its end, and has it read as @format. When it is longer than the limit *@rest (out) is the
 * same file from its beginning, which borrows @part's bytes, and NULL is returned without an error. Borrows
 * @settings and @options. */
AnnalsFileWork     *annals_file_work_begin      (AnnalsPart                 *part,
                                                 const AnnalsFormat         *format,
                                                 const AnnalsFormatSettings *settings,
                                                 const AnnalsImportOptions  *options,
                                                 AnnalsPart                **rest,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
/* Waits while it is being read. */
void                annals_file_work_free       (AnnalsFileWork             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFileWork, annals_file_work_free)

gsize               annals_file_work_get_size   (AnnalsFileWork             *self);
const char         *annals_file_work_get_sha256 (AnnalsFileWork             *self);
AnnalsPart         *annals_file_work_get_part   (AnnalsFileWork             *self);
const AnnalsFormat *annals_file_work_get_format (AnnalsFileWork             *self);
/* Waits until it was read. Its reader, at its end; the work's. */
AnnalsFormatReader *annals_file_work_finish     (AnnalsFileWork             *self);
/* After that: what was found, in the file's order. */
AnnalsReadResult    annals_file_work_next       (AnnalsFileWork             *self,
                                                 AnnalsFound                *found,
                                                 GError                    **error);

G_END_DECLS
