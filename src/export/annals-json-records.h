/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"
#include "annals-json-writer.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* Shapes that several documents have, as elements of the array that is open. */

void annals_json_write_import   (AnnalsJsonWriter     *writer,
                                 const AnnalsImport   *import);
void annals_json_write_evidence (AnnalsJsonWriter     *writer,
                                 const AnnalsEvidence *evidence);
/* What every document says of itself, as members of the object that is open; @exported: seconds since 1970 */
void annals_json_write_head     (AnnalsJsonWriter     *writer,
                                 const char           *format,
                                 int                   version,
                                 gint64                exported,
                                 const char           *notebook_uid,
                                 const char           *notebook_title);

G_END_DECLS
