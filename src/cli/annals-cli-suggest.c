/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-suggest.h"

#define DEFAULT_LIMIT 20

static int limit_option = DEFAULT_LIMIT;
static gboolean all_option;
static char **add_options;
static char **reject_options;
static char **later_options;

static const GOptionEntry suggest_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit_option,
    N_("List so many posts at most, 20 unless given, 0 for all"), N_("N") },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all_option, N_("List those that were put off, too"), NULL },
  { "add", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &add_options,
    N_("Make an event of this post first; several are allowed"), N_("POST") },
  { "reject", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &reject_options,
    N_("This post does not belong there and is not listed again; several are allowed"), N_("POST") },
  { "later", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &later_options,
    N_("Put this post off until an import brings new ones; several are allowed"), N_("POST") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  AnnalsCli         *cli;
  const char        *name;
  gint64             timeline_id;
  AnnalsSuggestions *found;
} Job;

static void
job_clear (Job *self)
{
  g_clear_pointer (&self->found, annals_suggestions_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* --- decisions --- */

static gboolean
check_posts (char       **names,
             const char  *option,
             GError     **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!annals_cli_check_text (&names[i], option, error))
      return FALSE;

  return TRUE;
}

static gboolean
decide (AnnalsDb        *db,
        Job             *job,
        char           **names,
        AnnalsDecision   decision,
        GError         **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gint64 post_id;

      if (!annals_db_find (db, ANNALS_RECORD_POST, names[i], &post_id, error) ||
          !annals_db_decide (db, job->timeline_id, post_id, decision, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
decide_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;

  return annals_db_find (db, ANNALS_RECORD_TIMELINE, job->name, &job->timeline_id, error) &&
         decide (db, job, add_options, ANNALS_DECISION_ADDED, error) &&
         decide (db, job, reject_options, ANNALS_DECISION_REJECTED, error) &&
         decide (db, job, later_options, ANNALS_DECISION_LATER, error);
}

/* --- the list --- */

static void
print_post (GString                *out,
            const AnnalsPost       *post,
            const AnnalsSuggestion *suggestion)
{
  g_autofree char *uid = annals_cli_dup_short_uid (post->uid);
  g_autofree char *date = annals_date_dup_display (post->published);
  g_autofree char *of_rule = annals_suggestion_dup_words (suggestion, TRUE);
  g_autofree char *others = annals_suggestion_dup_words (suggestion, FALSE);

  g_string_append_printf (out, "%s  %s", uid, date);
  if (*post->source != '\0')
    g_string_append_printf (out, " · %s", post->source);
  g_string_append_printf (out, "\n  \002%s\003\n", post->title);
  if (suggestion->fits_rule)
    g_string_append_printf (out, "  %s%s%s\n", _("fits the rule"), *of_rule != '\0' ? ": " : "", of_rule);
  if (*others != '\0')
    g_string_append_printf (out, "  %s: %s\n", _("words in common"), others);
  if (*suggestion->like_title != '\0')
    {
      /* Translators: %s is the title of an event */
      g_string_append_printf (out, _("  like “%s”"), suggestion->like_title);
      g_string_append_c (out, '\n');
    }
  if (suggestion->waits)
    g_string_append_printf (out, "  %s\n", _("put off"));
  g_string_append_c (out, '\n');
}

static gboolean
add_members (AnnalsDb                *db,
             JsonBuilder             *builder,
             const AnnalsPost        *post,
             const AnnalsSuggestion  *suggestion,
             GError                 **error)
{
  g_autofree char *like = NULL;

  if (suggestion->like_event != 0 &&
      !(like = annals_db_dup_uid (db, ANNALS_RECORD_EVENT, suggestion->like_event, error)))
    return FALSE;

  json_builder_begin_object (builder);
  annals_json_string (builder, "post", post->uid);
  annals_json_string (builder, "title", post->title);
  annals_json_date (builder, "published", post->published);
  annals_json_string (builder, "source", post->source);
  json_builder_set_member_name (builder, "score");
  /* to the thousandth: more would say more than is known */
  json_builder_add_double_value (builder, (int) (suggestion->score * 1000 + 0.5) / 1000.0);
  annals_json_names (builder, "because", suggestion->terms);
  annals_json_bool (builder, "rule", suggestion->fits_rule);
  annals_json_nullable (builder, "like", like);
  annals_json_bool (builder, "later", suggestion->waits);
  json_builder_end_object (builder);

  return TRUE;
}

static gboolean
describe (AnnalsDb                *db,
          Job                     *job,
          const AnnalsSuggestion  *suggestion,
          GError                 **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, suggestion->post_id, error);

  if (post == NULL)
    return FALSE;

  if (job->cli->json)
    return add_members (db, job->cli->builder, post, suggestion, error);

  print_post (job->cli->out, post, suggestion);

  return TRUE;
}

static void
print_totals (GString                 *out,
              const AnnalsSuggestions *found)
{
  g_string_append_printf (out, ngettext ("%u suggestion", "%u suggestions", found->n_all), found->n_all);
  if (found->n_waiting > 0 && !all_option)
    {
      g_string_append (out, "; ");
      g_string_append_printf (out, ngettext ("%u is put off (--all lists it)", "%u are put off (--all lists them)",
                                             found->n_waiting), found->n_waiting);
    }
  g_string_append_c (out, '\n');
}

static gboolean
suggest_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  AnnalsCli *cli = job->cli;

  if (!annals_db_find (db, ANNALS_RECORD_TIMELINE, job->name, &job->timeline_id, error) ||
      !(job->found = annals_db_suggest (db, job->timeline_id, (guint) limit_option, all_option, error)))
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_int (cli->builder, "total", job->found->n_all);
  annals_json_begin_array (cli->builder, "suggestions");

  for (guint i = 0; i < job->found->posts->len; i++)
    if (!describe (db, job, job->found->posts->pdata[i], error))
      return FALSE;

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);
  if (!cli->json)
    print_totals (cli->out, job->found);

  return TRUE;
}

/* What the history calls it: the one kind of decision that was made, or all of them. */
static const char *
get_label (void)
{
  if (reject_options == NULL && later_options == NULL)
    return _("Add suggested posts");
  if (add_options == NULL && later_options == NULL)
    return _("Reject suggested posts");
  if (add_options == NULL && reject_options == NULL)
    return _("Put off suggested posts");

  return _("Decide about suggested posts");
}

static gboolean
run_suggest (AnnalsCli       *cli,
             AnnalsNotebook  *notebook,
             char           **args,
             GError         **error)
{
  g_auto(Job) job = { .cli = cli, .name = args[1] };
  gboolean decides = add_options != NULL || reject_options != NULL || later_options != NULL;

  if (limit_option < 0)
    return annals_cli_misuse (error, _("--limit takes a number from 0 on"));

  return check_posts (add_options, "--add", error) &&
         check_posts (reject_options, "--reject", error) &&
         check_posts (later_options, "--later", error) &&
         annals_notebook_finish_index (notebook, NULL, error) &&
         (!decides || annals_notebook_change (notebook, get_label (), decide_cb, &job, NULL, error)) &&
         annals_notebook_read (notebook, suggest_cb, &job, NULL, error);
}

const AnnalsCliCommand annals_cli_suggest_commands[] = {
  { "suggest", N_("NOTEBOOK TIMELINE"), N_("List posts that a timeline may want, and why; decide about them"), 2, 2,
    suggest_options, run_suggest },
  { NULL }
};
