/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsPart:
 *
 * A file that may hold posts or pictures: the imported file itself, or one inside a folder, an archive,
 * a web archive or a saved page. Strings are NULL where nothing is said.
 */
typedef struct
{
  char              *path;         /* for people and for comparing: inside the imported folder or archive, its
                                      pieces separated by "/", valid UTF-8; the file's name when it is the
                                      imported file itself */
  char              *url;          /* where it was fetched from, absolute: WARC-Target-URI, Content-Location */
  char              *media_type;   /* as declared, in lower case without parameters */
  char              *charset;      /* as declared by a protocol around it */
  gint64             modified;     /* when it was fetched or changed: seconds since 1970 UTC, 0 unknown */
  AnnalsImportInput *input;        /* its bytes, at their beginning */
} AnnalsPart;

/* Takes @input. */
AnnalsPart *annals_part_new  (const char        *path,
                              AnnalsImportInput *input);
void        annals_part_free (AnnalsPart        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPart, annals_part_free)

G_END_DECLS
