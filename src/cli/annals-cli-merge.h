/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-cli.h"
#include "annals-merge.h"

G_BEGIN_DECLS

/* What came of a merge with @path: a line, and with @list what differed; with --json the members of the object that
 * is open. */
void annals_cli_tell_merge (AnnalsCli               *cli,
                            const char              *path,
                            const AnnalsMergeResult *result,
                            gboolean                 list);

G_END_DECLS
