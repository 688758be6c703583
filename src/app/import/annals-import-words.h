/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"

G_BEGIN_DECLS

/* What to call them, in the plural and translated: "Damage", "Drafts". */
const char *annals_issue_code_get_label (AnnalsIssueCode code);
const char *annals_post_kind_get_label  (AnnalsPostKind  kind);
/* One of them: "Draft". */
const char *annals_post_kind_get_name   (AnnalsPostKind  kind);

G_END_DECLS
