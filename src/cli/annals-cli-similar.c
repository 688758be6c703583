/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-similar.h"

#define DEFAULT_LIMIT 10
#define DEFAULT_GROUPS 50

static int limit_option = DEFAULT_LIMIT;
static int groups_option = DEFAULT_GROUPS;

static const GOptionEntry similar_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit_option, N_("List so many posts at most, 10 unless given"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry same_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &groups_option,
    N_("List so many groups at most, 50 unless given, 0 for all"), N_("N") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  AnnalsCli  *cli;
  const char *name;
} SimilarJob;

static int
get_percent (double share)
{
  return (int) (share * 100 + 0.5);
}

/* From 0 to 1, to the thousandth: more would say more than is known. */
static void
add_share (JsonBuilder *builder,
           const char  *name,
           double       share)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, (int) (share * 1000 + 0.5) / 1000.0);
}

static void
add_members (JsonBuilder         *builder,
             const AnnalsPost    *post,
             const AnnalsSimilar *similar)
{
  annals_json_string (builder, "post", post->uid);
  annals_json_string (builder, "title", post->title);
  annals_json_date (builder, "published", post->published);
  annals_json_string (builder, "source", post->source);
  add_share (builder, "share", similar->share);
}

static void
print_post (GString          *out,
            const AnnalsPost *post,
            const char       *reason)
{
  g_autofree char *uid = annals_cli_dup_short_uid (post->uid);
  g_autofree char *date = annals_date_dup_display (post->published);

  g_string_append_printf (out, "%s  %s", uid, date);
  if (*post->source != '\0')
    g_string_append_printf (out, " · %s", post->source);
  g_string_append_printf (out, "\n  %s\n", post->title);
  if (*reason != '\0')
    g_string_append_printf (out, "  %s\n", reason);
}

static char *
dup_reason (const AnnalsSimilar *similar)
{
  g_autofree char *terms = g_strjoinv (", ", similar->terms);

  if (similar->share > 0)
    return g_strdup_printf (_("%d %% of the text is the same"), get_percent (similar->share));

  return g_steal_pointer (&terms);
}

static gboolean
describe_similar (AnnalsDb             *db,
                  AnnalsCli            *cli,
                  const AnnalsSimilar  *similar,
                  GError              **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, similar->id, error);
  g_autofree char *reason = NULL;

  if (post == NULL)
    return FALSE;

  if (!cli->json)
    {
      reason = dup_reason (similar);
      print_post (cli->out, post, reason);
      g_string_append_c (cli->out, '\n');
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  add_members (cli->builder, post, similar);
  add_share (cli->builder, "score", similar->score);
  annals_json_names (cli->builder, "because", similar->terms);
  json_builder_end_object (cli->builder);

  return TRUE;
}

static gboolean
similar_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SimilarJob *job = data;
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *uid = NULL;
  gint64 id;

  if (!annals_db_find (db, ANNALS_RECORD_POST, job->name, &id, error) ||
      !(uid = annals_db_dup_uid (db, ANNALS_RECORD_POST, id, error)) ||
      !(found = annals_db_list_similar (db, id, (guint) limit_option, error)))
    return FALSE;

  json_builder_begin_object (job->cli->builder);
  annals_json_string (job->cli->builder, "post", uid);
  annals_json_begin_array (job->cli->builder, "similar");

  for (guint i = 0; i < found->len; i++)
    if (!describe_similar (db, job->cli, found->pdata[i], error))
      return FALSE;

  json_builder_end_array (job->cli->builder);
  json_builder_end_object (job->cli->builder);

  return TRUE;
}

static gboolean
run_similar (AnnalsCli       *cli,
             AnnalsNotebook  *notebook,
             char           **args,
             GError         **error)
{
  SimilarJob job = { cli, args[1] };

  if (limit_option < 1)
    return annals_cli_misuse (error, _("--limit takes a number from 1 on"));

  return annals_notebook_finish_index (notebook, NULL, error) &&
         annals_notebook_read (notebook, similar_cb, &job, NULL, error);
}

static gboolean
describe_group (AnnalsDb   *db,
                AnnalsCli  *cli,
                GPtrArray  *group,
                GError    **error)
{
  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "posts");

  for (guint i = 0; i < group->len; i++)
    {
      const AnnalsSimilar *one = group->pdata[i];
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, one->id, error);
      g_autofree char *reason = i > 0 ? dup_reason (one) : g_strdup ("");

      if (post == NULL)
        return FALSE;

      json_builder_begin_object (cli->builder);
      add_members (cli->builder, post, one);
      json_builder_end_object (cli->builder);
      if (!cli->json)
        print_post (cli->out, post, reason);
    }

  if (!cli->json)
    g_string_append_c (cli->out, '\n');
  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

static gboolean
same_text_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SimilarJob *job = data;
  AnnalsCli *cli = job->cli;
  g_autoptr(GPtrArray) groups = NULL;
  guint n_groups;

  if (!(groups = annals_db_list_same_groups (db, (guint) groups_option, &n_groups, error)))
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_int (cli->builder, "total", n_groups);
  annals_json_begin_array (cli->builder, "groups");

  for (guint i = 0; i < groups->len; i++)
    if (!describe_group (db, cli, groups->pdata[i], error))
      return FALSE;

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);
  if (!cli->json)
    g_string_append_printf (cli->out, ngettext ("%u group of posts with nearly the same text\n",
                                                "%u groups of posts with nearly the same text\n", n_groups),
                            n_groups);

  return TRUE;
}

static gboolean
run_same_text (AnnalsCli       *cli,
               AnnalsNotebook  *notebook,
               char           **args,
               GError         **error)
{
  SimilarJob job = { cli, NULL };

  if (groups_option < 0)
    return annals_cli_misuse (error, _("--limit takes a number from 0 on"));

  return annals_notebook_finish_index (notebook, NULL, error) &&
         annals_notebook_read (notebook, same_text_cb, &job, NULL, error);
}

const AnnalsCliCommand annals_cli_similar_commands[] = {
  { "similar", N_("NOTEBOOK POST"), N_("Find posts that are like one, and why"), 2, 2, similar_options, run_similar },
  { "same-text", N_("NOTEBOOK"), N_("List groups of posts that have nearly the same text"), 1, 1, same_options,
    run_same_text },
  { NULL }
};
