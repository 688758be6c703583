/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-date-proposals.h"

typedef struct
{
  AnnalsCli  *cli;
  const char *name;
} ProposalsJob;

static void
add_json (JsonBuilder              *builder,
          AnnalsText               *text,
          const AnnalsDateProposal *proposal)
{
  g_autofree char *words = annals_text_dup_slice (text, proposal->start, proposal->end);
  g_autofree char *sentence = NULL;

  sentence = annals_text_dup_slice (text, proposal->sentence_start, proposal->sentence_end);

  json_builder_begin_object (builder);
  annals_json_date (builder, "date", proposal->date);
  annals_json_string (builder, "text", words);
  annals_json_int (builder, "start", proposal->start);
  annals_json_int (builder, "end", proposal->end);
  annals_json_string (builder, "sentence", sentence);
  json_builder_set_member_name (builder, "confidence");
  /* in hundredths: more digits would be no truer */
  json_builder_add_double_value (builder, (int) (proposal->confidence * 100 + 0.5) / 100.0);
  json_builder_end_object (builder);
}

static void
print_table (GString    *out,
             AnnalsText *text,
             GPtrArray  *proposals)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("llrl");

  for (guint i = 0; i < proposals->len; i++)
    {
      const AnnalsDateProposal *proposal = g_ptr_array_index (proposals, i);
      g_autofree char *words = annals_text_dup_slice (text, proposal->start, proposal->end);
      g_autofree char *display = annals_date_dup_display (proposal->date);
      g_autofree char *confidence = g_strdup_printf ("%.0f %%", proposal->confidence * 100);
      g_autofree char *quoted = g_strdup_printf (_("“%s”"), words);

      annals_cli_table_add (table, annals_date_get_edtf (proposal->date), display, confidence,
                            quoted);
    }

  annals_cli_table_append (table, out);
}

static gboolean
proposals_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  ProposalsJob *job = data;
  g_autoptr(AnnalsPost) post = NULL;
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(GPtrArray) proposals = NULL;
  gint64 id;

  if (!annals_db_find (db, ANNALS_RECORD_POST, job->name, &id, error) ||
      !(post = annals_db_load_post (db, id, error)) ||
      !(text = annals_db_load_text (db, id, 0, error)))
    return FALSE;

  proposals = annals_date_proposals_find (text, post->published, ANNALS_PROPOSALS_DEFAULT);

  if (!job->cli->json)
    {
      print_table (job->cli->out, text, proposals);
      return TRUE;
    }

  json_builder_begin_object (job->cli->builder);
  annals_json_begin_array (job->cli->builder, "proposals");
  for (guint i = 0; i < proposals->len; i++)
    add_json (job->cli->builder, text, g_ptr_array_index (proposals, i));
  json_builder_end_array (job->cli->builder);
  json_builder_end_object (job->cli->builder);

  return TRUE;
}

static gboolean
run_proposals (AnnalsCli       *cli,
               AnnalsNotebook  *notebook,
               char           **args,
               GError         **error)
{
  ProposalsJob job = { cli, args[1] };

  return annals_notebook_read (notebook, proposals_cb, &job, NULL, error);
}

const AnnalsCliCommand annals_cli_date_commands[] = {
  { "date-proposals", N_("NOTEBOOK POST"), N_("List the dates that a post's text speaks of"), 2, 2,
    NULL, run_proposals },
  { NULL }
};
