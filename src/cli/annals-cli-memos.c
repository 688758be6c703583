/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-memos.h"

/* More is not read: a memo's own limit is below. */
#define MAX_TEXT_BYTES (32 << 20)

static char *text_option;

static const GOptionEntry memo_options[] = {
  { "text", 0, 0, G_OPTION_ARG_FILENAME, &text_option,
    N_("A file with the text in Markdown; - reads it from the standard input"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static char *
read_stdin (GError **error)
{
  g_autoptr(GString) input = g_string_new (NULL);
  char piece[65536];
  gsize n;

  while (input->len <= MAX_TEXT_BYTES && (n = fread (piece, 1, sizeof piece, stdin)) > 0)
    g_string_append_len (input, piece, n);

  if (ferror (stdin))
    {
      g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED, _("The standard input cannot be read"));
      return NULL;
    }

  if (strlen (input->str) != input->len || !g_utf8_validate (input->str, input->len, NULL))
    {
      annals_cli_misuse (error, _("%s is not in UTF-8"), _("The standard input"));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&input), FALSE);
}

static char *
read_text (GError **error)
{
  g_autofree char *contents = NULL;
  gsize length;

  if (strcmp (text_option, "-") == 0)
    return read_stdin (error);

  if (!g_file_get_contents (text_option, &contents, &length, error))
    return NULL;

  if (strlen (contents) != length || !g_utf8_validate (contents, length, NULL))
    {
      g_autofree char *name = g_filename_display_name (text_option);

      annals_cli_misuse (error, _("%s is not in UTF-8"), name);
      return NULL;
    }

  return g_steal_pointer (&contents);
}

typedef struct
{
  const char *title;
  const char *text;   /* (nullable) */
  AnnalsMemo *memo;   /* (out) */
} MemoJob;

static gboolean
memo_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  MemoJob *job = data;
  g_autoptr(GError) failure = NULL;
  g_autofree char *text = NULL;
  gint64 id;

  if (job->text != NULL && !(text = annals_db_resolve_references (db, job->text, error)))
    return FALSE;

  if (annals_db_find (db, ANNALS_RECORD_MEMO, job->title, &id, &failure))
    {
      if (text != NULL && !annals_db_set_memo (db, id, NULL, text, error))
        return FALSE;
    }
  else if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  else if (!annals_db_add_memo (db, job->title, text, &id, error))
    return FALSE;

  return (job->memo = annals_db_load_memo (db, id, error)) != NULL;
}

static gboolean
run_memo (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  MemoJob job = { args[1], NULL, NULL };
  g_autofree char *text = NULL;
  g_autoptr(AnnalsMemo) memo = NULL;
  gboolean done;

  if (text_option != NULL && !(text = read_text (error)))
    return FALSE;

  job.text = text;
  done = annals_notebook_change (notebook, text != NULL ? _("Write memo") : _("Add memo"), memo_cb, &job, NULL, error);
  memo = job.memo;
  if (!done)
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "uid", memo->uid);
      annals_json_string (cli->builder, "title", memo->title);
      annals_json_string (cli->builder, "text", memo->text);
      annals_json_time (cli->builder, "created", memo->created);
      annals_json_time (cli->builder, "modified", memo->modified);
      annals_json_string (cli->builder, "author", memo->author);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, "\002%s\003\n\n%s\n", memo->title, memo->text);

  return TRUE;
}

static gboolean
memos_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **memos = data;

  return (*memos = annals_db_list_memos (db, error)) != NULL;
}

static void
print_memos (AnnalsCli *cli,
             GPtrArray *memos)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lll");

  if (memos->len == 0)
    {
      g_string_append_printf (cli->out, "%s\n", _("There are no memos."));
      return;
    }

  annals_cli_table_add (table, _("Uid"), _("Memo"), _("Text"));
  for (guint i = 0; i < memos->len; i++)
    {
      const AnnalsMemoLine *memo = memos->pdata[i];
      g_autofree char *uid = annals_cli_dup_short_uid (memo->uid);

      annals_cli_table_add (table, uid, memo->title, memo->lead);
    }
  annals_cli_table_append (table, cli->out);
}

static gboolean
run_memos (AnnalsCli       *cli,
           AnnalsNotebook  *notebook,
           char           **args,
           GError         **error)
{
  g_autoptr(GPtrArray) memos = NULL;

  if (!annals_notebook_read (notebook, memos_cb, &memos, NULL, error))
    return FALSE;

  if (!cli->json)
    {
      print_memos (cli, memos);
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "memos");
  for (guint i = 0; i < memos->len; i++)
    {
      const AnnalsMemoLine *memo = memos->pdata[i];

      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "uid", memo->uid);
      annals_json_string (cli->builder, "title", memo->title);
      annals_json_string (cli->builder, "lead", memo->lead);
      annals_json_int (cli->builder, "mentions", memo->n_mentions);
      annals_json_time (cli->builder, "modified", memo->modified);
      json_builder_end_object (cli->builder);
    }
  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

const AnnalsCliCommand annals_cli_memo_commands[] = {
  { "memo", N_("NOTEBOOK TITLE"), N_("Make a memo, or write or show the one of that title"), 2, 2, memo_options, run_memo },
  { "memos", N_("NOTEBOOK"), N_("List the memos"), 1, 1, NULL, run_memos },
  { NULL }
};
