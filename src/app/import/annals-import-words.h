/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-importer.h"

G_BEGIN_DECLS

/* What to call them, in the plural and translated: "Damage", "Drafts". */
const char *annals_issue_code_get_label (AnnalsIssueCode code);
const char *annals_post_kind_get_label  (AnnalsPostKind  kind);
/* One of them: "Draft". */
const char *annals_post_kind_get_name   (AnnalsPostKind  kind);

/* "12 Posts Imported", "3 Annotations Imported": @n records of a file of that format, NULL: of files of several. Free
 * with g_free(). */
char       *annals_import_dup_done_title (const char *format,
                                          guint       n);

G_END_DECLS
