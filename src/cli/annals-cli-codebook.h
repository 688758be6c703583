/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-cli.h"

G_BEGIN_DECLS

/* What "export NOTEBOOK tags" does. @format (nullable): by the name of the file. */
gboolean annals_cli_export_codebook (AnnalsCli *cli, AnnalsNotebook *notebook, const char *format, const char *path,
                                     gboolean force, GError **error);

G_END_DECLS
