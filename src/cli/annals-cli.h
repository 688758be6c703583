/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "annals-notebook.h"

G_BEGIN_DECLS

/**
 * AnnalsCli:
 *
 * One run of annals-cli. What a command has to say goes to @out, or with --json to @builder, and
 * is printed when the command has succeeded and the notebook is closed.
 */
typedef struct
{
  gboolean      json;
  gboolean      failed;    /* exit 1 though there is no error: what was asked for is printed */
  GString      *out;       /* U+0002 and U+0003 around what is set in bold on a terminal */
  JsonBuilder  *builder;
  char         *document;  /* (nullable): JSON that is written already, instead of @builder's */
} AnnalsCli;

/* @notebook: (nullable): open; NULL for a command that makes it. @args: NULL-terminated; the first
 * is the notebook's path. FALSE if and only if @error is set. */
typedef gboolean (*AnnalsCliFunc) (AnnalsCli       *cli,
                                   AnnalsNotebook  *notebook,
                                   char           **args,
                                   GError         **error);

typedef struct
{
  const char          *name;
  const char          *arguments;   /* as --help shows them, untranslated */
  const char          *summary;     /* one line, untranslated */
  guint                min_args;
  guint                max_args;
  const GOptionEntry  *options;     /* (nullable): strings as G_OPTION_ARG_FILENAME, see
                                       annals_cli_check_text() */
  AnnalsCliFunc        run;
  enum {
    ANNALS_CLI_OPENS = 0,
    ANNALS_CLI_MAKES = 1 << 0,      /* makes the notebook, or opens it by itself */
    ANNALS_CLI_PATHS = 1 << 1,      /* the other arguments are names of files */
  } flags;
} AnnalsCliCommand;

/* Each ends with one whose name is NULL. */
extern const AnnalsCliCommand annals_cli_notebook_commands[];
extern const AnnalsCliCommand annals_cli_backup_commands[];
extern const AnnalsCliCommand annals_cli_import_commands[];
extern const AnnalsCliCommand annals_cli_merge_commands[];
extern const AnnalsCliCommand annals_cli_post_commands[];
extern const AnnalsCliCommand annals_cli_similar_commands[];
extern const AnnalsCliCommand annals_cli_annotation_commands[];
extern const AnnalsCliCommand annals_cli_review_commands[];
extern const AnnalsCliCommand annals_cli_tag_commands[];
extern const AnnalsCliCommand annals_cli_tag_edit_commands[];
extern const AnnalsCliCommand annals_cli_codebook_commands[];
extern const AnnalsCliCommand annals_cli_link_commands[];
extern const AnnalsCliCommand annals_cli_timeline_commands[];
extern const AnnalsCliCommand annals_cli_suggest_commands[];
extern const AnnalsCliCommand annals_cli_memo_commands[];
extern const AnnalsCliCommand annals_cli_date_commands[];
extern const AnnalsCliCommand annals_cli_export_commands[];

#define ANNALS_CLI_ERROR (annals_cli_error_quark ())
GQuark annals_cli_error_quark (void);

typedef enum
{
  ANNALS_CLI_ERROR_USE,      /* exit 2 */
  ANNALS_CLI_ERROR_FAILED,   /* exit 1 */
} AnnalsCliError;

/* Replaces what came from the command line by UTF-8; fails when it cannot be read as text. NULL
 * stays NULL. @what names the option or argument. */
gboolean annals_cli_check_text (char       **text,
                                const char  *what,
                                GError     **error);
/* Sets an error of wrong use; always returns FALSE. */
gboolean annals_cli_misuse     (GError     **error,
                                const char  *format,
                                ...) G_GNUC_PRINTF (2, 3);
/* A uid cut to what is enough to name it. */
char    *annals_cli_dup_short_uid (const char *uid);

G_END_DECLS
