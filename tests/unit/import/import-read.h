/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"

G_BEGIN_DECLS

/**
 * ImportRead:
 *
 * All that a format's reader finds in a file.
 */
typedef struct
{
  AnnalsImportInput  *input;
  AnnalsPart         *part;
  AnnalsFormatReader *reader;
  const AnnalsFormat *detected;   /* (nullable) */
  GPtrArray          *drafts;     /* (element type AnnalsDraft) */
  GPtrArray          *issues;     /* (element type AnnalsIssue) */
  GError             *error;
} ImportRead;

/* Reads @length bytes (-1: NUL-terminated) as @format, or as what they look like when that is NULL. A file
 * that looks like nothing has no reader and no drafts. */
ImportRead  *import_read       (const char                 *name,
                                const char                 *data,
                                gssize                      length,
                                const AnnalsFormat         *format,
                                const AnnalsFormatSettings *settings);
void         import_read_free  (ImportRead                 *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportRead, import_read_free)

/* The @index-th draft; fails the test when there is none. */
AnnalsDraft *import_read_draft (ImportRead                 *self,
                                guint                       index);
/* The first issue, or skipped draft as one, whose reason has @reason in it; NULL when there is none. */
const char  *import_read_find  (ImportRead                 *self,
                                const char                 *reason);
/* How many drafts are to be imported. */
guint        import_read_n_posts (ImportRead               *self);

G_END_DECLS
