/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-cli.h"

G_BEGIN_DECLS

/* What the import commands of annals-cli-import.c run. */
extern const GOptionEntry annals_cli_import_options[];
extern const GOptionEntry annals_cli_resume_options[];

gboolean annals_cli_run_import  (AnnalsCli       *cli,
                                 AnnalsNotebook  *notebook,
                                 char           **args,
                                 GError         **error);
gboolean annals_cli_run_resume  (AnnalsCli       *cli,
                                 AnnalsNotebook  *notebook,
                                 char           **args,
                                 GError         **error);
gboolean annals_cli_run_discard (AnnalsCli       *cli,
                                 AnnalsNotebook  *notebook,
                                 char           **args,
                                 GError         **error);
gboolean annals_cli_run_skipped (AnnalsCli       *cli,
                                 AnnalsNotebook  *notebook,
                                 char           **args,
                                 GError         **error);

G_END_DECLS
