/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cli-merge.h"

#include <glib/gi18n.h>

#include "annals-cli-interrupt.h"
#include "annals-cli-json.h"
#include "annals-cli-table.h"

static gboolean no_index_option;

static const GOptionEntry merge_options[] = {
  { "no-index", 0, 0, G_OPTION_ARG_NONE, &no_index_option,
    N_("Do not wait until the posts can be searched"), NULL },
  G_OPTION_ENTRY_NULL
};

/* --- what came of it --- */

static void
print_differences (AnnalsCli               *cli,
                   const AnnalsMergeResult *result)
{
  for (guint i = 0; i < result->differences->len; i++)
    {
      const AnnalsMergeDifference *difference = result->differences->pdata[i];

      g_string_append (cli->out, "  ");
      if (*difference->name != '\0')
        g_string_append_printf (cli->out, "%s “%s”: ", annals_entry_kind_get_label (difference->kind),
                                difference->name);
      if (difference->remark != NULL)
        g_string_append_printf (cli->out, "%s\n", difference->remark);
      else
        /* Translators: the name of a field, what it says here, what it says in the other notebook, and one of
         * "taken" and "kept" below */
        g_string_append_printf (cli->out, _("%s: here “%s”, there “%s”: %s\n"),
                                annals_entry_member_get_label (difference->member), difference->ours,
                                difference->theirs,
                                difference->taken ? _("theirs is newer and was taken") : _("ours was kept"));
    }

  if (result->n_unlisted > 0)
    {
      g_string_append (cli->out, "  ");
      g_string_append_printf (cli->out, ngettext ("and %u more", "and %u more", result->n_unlisted),
                              result->n_unlisted);
      g_string_append_c (cli->out, '\n');
    }
}

static void
print_merge (AnnalsCli               *cli,
             const char              *path,
             const AnnalsMergeResult *result,
             gboolean                 list)
{
  g_autofree char *name = g_filename_display_basename (path);
  guint n_added = annals_merge_result_count_added (result);

  if (result->step == 0)
    g_string_append_printf (cli->out, _("%s: nothing new"), name);
  else
    {
      g_string_append_printf (cli->out, "%s: ", name);
      g_string_append_printf (cli->out, ngettext ("%u new post", "%u new posts", result->n_posts), result->n_posts);
      g_string_append (cli->out, ", ");
      g_string_append_printf (cli->out, ngettext ("%u new text", "%u new texts", result->n_revisions),
                              result->n_revisions);
      g_string_append (cli->out, ", ");
      g_string_append_printf (cli->out, ngettext ("%u other new record", "%u other new records", n_added), n_added);
      g_string_append (cli->out, ", ");
      g_string_append_printf (cli->out, ngettext ("%u field changed", "%u fields changed", result->n_changed),
                              result->n_changed);
    }
  g_string_append_c (cli->out, '\n');
  if (list)
    print_differences (cli, result);
}

static void
add_difference (JsonBuilder                 *builder,
                const AnnalsMergeDifference *difference)
{
  json_builder_begin_object (builder);
  annals_json_string (builder, "record", annals_entry_get_class (difference->kind)->member);
  annals_json_string (builder, "name", difference->name);
  annals_json_nullable (builder, "field", difference->member);
  annals_json_nullable (builder, "here", difference->ours);
  annals_json_nullable (builder, "there", difference->theirs);
  annals_json_bool (builder, "taken", difference->taken);
  annals_json_nullable (builder, "remark", difference->remark);
  json_builder_end_object (builder);
}

void
annals_cli_tell_merge (AnnalsCli               *cli,
                       const char              *path,
                       const AnnalsMergeResult *result,
                       gboolean                 list)
{
  g_autofree char *name = NULL;

  if (!cli->json)
    {
      print_merge (cli, path, result, list);
      return;
    }

  name = g_filename_display_basename (path);
  annals_json_string (cli->builder, "name", name);
  annals_json_int (cli->builder, "new_posts", result->n_posts);
  annals_json_int (cli->builder, "new_texts", result->n_revisions);
  json_builder_set_member_name (cli->builder, "added");
  json_builder_begin_object (cli->builder);
  for (AnnalsEntryKind i = 0; i < ANNALS_N_SECTIONS; i++)
    if (result->n_added[i] > 0)
      annals_json_int (cli->builder, annals_entry_get_class (i)->member, result->n_added[i]);
  json_builder_end_object (cli->builder);
  annals_json_int (cli->builder, "changed", result->n_changed);
  annals_json_int (cli->builder, "kept", result->n_kept);
  annals_json_begin_array (cli->builder, "differences");
  for (guint i = 0; i < result->differences->len; i++)
    add_difference (cli->builder, result->differences->pdata[i]);
  json_builder_end_array (cli->builder);
  annals_json_int (cli->builder, "unlisted", result->n_unlisted);
}

/* --- merging --- */

static gboolean
run_merge (AnnalsCli       *cli,
           AnnalsNotebook  *notebook,
           char           **args,
           GError         **error)
{
  GCancellable *cancellable = annals_cli_interrupt_begin ();
  g_autoptr(AnnalsMergeResult) result = annals_notebook_merge_file (notebook, args[1], NULL, NULL, cancellable, error);

  annals_cli_interrupt_end ();
  if (result == NULL)
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_cli_tell_merge (cli, args[1], result, TRUE);
  json_builder_end_object (cli->builder);

  return no_index_option || annals_notebook_finish_index (notebook, NULL, error);
}

const AnnalsCliCommand annals_cli_merge_commands[] = {
  { "merge", N_("NOTEBOOK OTHER"), N_("Take in all of another notebook"), 2, 2,
    merge_options, run_merge, ANNALS_CLI_PATHS },
  { NULL }
};
