/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-tag-rules.h"

/* Titles that tag-rule shows of what it finds. */
#define MAX_SHOWN 10

static char *name_option;
static char *parent_option;
static char *colour_option;
static char *description_option;
static char **synonym_options;
static gboolean no_synonyms_option;
static char *rule_option;
static gboolean apply_option;

#define SAID_OF_A_TAG \
  { "parent", 0, 0, G_OPTION_ARG_FILENAME, &parent_option, \
    N_("The tag that it is below; an empty word: none"), N_("TAG") }, \
  { "colour", 0, 0, G_OPTION_ARG_FILENAME, &colour_option, N_("Its colour, as in “annals-cli tags”"), \
    N_("NAME") }, \
  { "description", 0, 0, G_OPTION_ARG_FILENAME, &description_option, N_("What it is for"), N_("TEXT") }, \
  { "synonym", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &synonym_options, \
    N_("Another name by which it is found; may be given several times"), N_("NAME") }, \
  { "rule", 0, 0, G_OPTION_ARG_FILENAME, &rule_option, \
    N_("A query whose posts should carry it; an empty word: none"), N_("QUERY") }

static const GOptionEntry new_options[] = {
  SAID_OF_A_TAG,
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry edit_options[] = {
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &name_option, N_("What it is called from now on"), N_("NAME") },
  SAID_OF_A_TAG,
  { "no-synonyms", 0, 0, G_OPTION_ARG_NONE, &no_synonyms_option, N_("Take its other names away first"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry rule_options[] = {
  { "apply", 0, 0, G_OPTION_ARG_NONE, &apply_option, N_("Put the tag on the posts that lack it"), NULL },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  const char *tag;
  const char *other;
  AnnalsTag  *found;
} EditJob;

static gboolean
check_options (GError **error)
{
  char **options[] = { &name_option, &parent_option, &colour_option, &description_option, &rule_option };
  const char *names[] = { "--name", "--parent", "--colour", "--description", "--rule" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (!annals_cli_check_text (options[i], names[i], error))
      return FALSE;

  for (guint i = 0; synonym_options != NULL && synonym_options[i] != NULL; i++)
    if (!annals_cli_check_text (&synonym_options[i], "--synonym", error))
      return FALSE;

  return rule_option == NULL || *rule_option == '\0' || annals_tag_rule_check (rule_option, error);
}

static gboolean
set_parent (AnnalsDb  *db,
            gint64     id,
            GError   **error)
{
  gint64 parent_id = 0;

  return (*parent_option == '\0' || annals_db_find_tag (db, parent_option, &parent_id, error)) &&
         annals_db_set_tag_parent (db, id, parent_id, error);
}

static gboolean
set_synonyms (AnnalsDb  *db,
              gint64     id,
              GError   **error)
{
  g_autoptr(AnnalsTag) tag = annals_db_load_tag (db, id, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (tag == NULL)
    return FALSE;

  for (guint i = 0; !no_synonyms_option && tag->synonyms[i] != NULL; i++)
    g_ptr_array_add (names, tag->synonyms[i]);
  for (guint i = 0; synonym_options != NULL && synonym_options[i] != NULL; i++)
    g_ptr_array_add (names, synonym_options[i]);
  g_ptr_array_add (names, NULL);

  return annals_db_set_tag_synonyms (db, id, (const char * const *) names->pdata, error);
}

static gboolean
apply_options (AnnalsDb  *db,
               gint64     id,
               GError   **error)
{
  return (name_option == NULL || annals_db_rename_tag (db, id, name_option, error)) &&
         (parent_option == NULL || set_parent (db, id, error)) &&
         (colour_option == NULL || annals_db_set_tag_colour (db, id, colour_option, error)) &&
         (description_option == NULL || annals_db_set_tag_description (db, id, description_option, error)) &&
         set_synonyms (db, id, error) &&
         (rule_option == NULL || annals_db_set_tag_rule (db, id, rule_option, error));
}

static gboolean
new_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  EditJob *job = data;
  g_autoptr(GError) none = NULL;
  gint64 id;

  if (annals_db_find_tag (db, job->tag, &id, &none))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                   _("There is a tag “%s” already"), job->tag);
      return FALSE;
    }

  return annals_db_ensure_tag (db, job->tag, &id, error) && apply_options (db, id, error) &&
         (job->found = annals_db_load_tag (db, id, error)) != NULL;
}

static gboolean
edit_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  EditJob *job = data;
  gint64 id;

  return annals_db_find_tag (db, job->tag, &id, error) && apply_options (db, id, error) &&
         (job->found = annals_db_load_tag (db, id, error)) != NULL;
}

static gboolean
merge_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  EditJob *job = data;
  gint64 from, into;

  return annals_db_find_tag (db, job->tag, &from, error) && annals_db_find_tag (db, job->other, &into, error) &&
         annals_db_merge_tags (db, from, into, error) &&
         (job->found = annals_db_load_tag (db, into, error)) != NULL;
}

static gboolean
delete_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  EditJob *job = data;
  gint64 id;

  return annals_db_find_tag (db, job->tag, &id, error) &&
         (job->found = annals_db_load_tag (db, id, error)) != NULL && annals_db_delete_tag (db, id, error);
}

static gboolean
change (AnnalsCli       *cli,
        AnnalsNotebook  *notebook,
        const char      *label,
        AnnalsDbFunc     func,
        char           **args,
        GError         **error)
{
  EditJob job = { args[1], args[2], NULL };
  g_autoptr(AnnalsTag) tag = NULL;
  gboolean done;

  if (!check_options (error))
    return FALSE;

  done = annals_notebook_change (notebook, label, func, &job, NULL, error);
  tag = job.found;
  if (!done)
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_tag_members (cli->builder, tag);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, "%s\n", tag->name);

  return TRUE;
}

static gboolean
run_new (AnnalsCli       *cli,
         AnnalsNotebook  *notebook,
         char           **args,
         GError         **error)
{
  return change (cli, notebook, _("Add tag"), new_cb, args, error);
}

static gboolean
run_edit (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  return change (cli, notebook, _("Change tag"), edit_cb, args, error);
}

static gboolean
run_merge (AnnalsCli       *cli,
           AnnalsNotebook  *notebook,
           char           **args,
           GError         **error)
{
  return change (cli, notebook, _("Merge tags"), merge_cb, args, error);
}

static gboolean
run_delete (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  return change (cli, notebook, _("Delete tag"), delete_cb, args, error);
}

/* --- tag-rule --- */

typedef struct
{
  const char       *name;
  AnnalsTag        *tag;
  AnnalsTagRuleFit  fit;
  GPtrArray        *posts;   /* the first of those that lack the tag */
} RuleJob;

static gboolean
fit_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  RuleJob *job = data;
  gint64 id;

  return annals_db_find_tag (db, job->name, &id, error) &&
         (job->tag = annals_db_load_tag (db, id, error)) != NULL &&
         annals_db_fit_tag_rule (db, id, job->tag->rule, &job->fit, error) &&
         (job->posts = annals_db_load_posts (db, (const gint64 *) (gpointer) job->fit.lacking->data,
                                             MIN (job->fit.lacking->len, MAX_SHOWN), error)) != NULL;
}

static gboolean
apply_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  RuleJob *job = data;

  return annals_db_apply_tag_rule (db, job->tag->id, NULL, error);
}

static void
print_fit (AnnalsCli *cli,
           RuleJob   *job)
{
  guint n = job->fit.lacking->len;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "tag", job->tag->uid);
      annals_json_string (cli->builder, "rule", job->tag->rule);
      annals_json_int (cli->builder, "fitting", job->fit.n_fitting);
      annals_json_int (cli->builder, "lacking", n);
      annals_json_int (cli->builder, "new", job->fit.n_new);
      json_builder_set_member_name (cli->builder, "applied");
      json_builder_add_boolean_value (cli->builder, apply_option);
      json_builder_end_object (cli->builder);
      return;
    }

  g_string_append_printf (cli->out, "%s: %s\n", job->tag->name, job->tag->rule);
  g_string_append_printf (cli->out, ngettext ("%u post fits", "%u posts fit", job->fit.n_fitting),
                          job->fit.n_fitting);
  g_string_append (cli->out, "; ");
  g_string_append_printf (cli->out, apply_option
                          ? ngettext ("%u post was tagged", "%u posts were tagged", n)
                          : ngettext ("%u post lacks the tag", "%u posts lack the tag", n), n);
  g_string_append_c (cli->out, '\n');
  for (guint i = 0; i < job->posts->len; i++)
    g_string_append_printf (cli->out, "  %s\n", ((const AnnalsPost *) job->posts->pdata[i])->title);
  if (n > job->posts->len)
    g_string_append (cli->out, "  …\n");
}

static gboolean
run_rule (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  RuleJob job = { .name = args[1] };
  g_autoptr(AnnalsTag) tag = NULL;
  g_autoptr(GPtrArray) posts = NULL;
  g_autofree char *label = NULL;
  gboolean done;

  done = annals_notebook_read (notebook, fit_cb, &job, NULL, error);
  tag = job.tag;
  posts = job.posts;
  if (done && apply_option)
    {
      label = g_strdup_printf (ngettext ("Tag %u post", "Tag %u posts", job.fit.lacking->len),
                               job.fit.lacking->len);
      done = annals_notebook_change (notebook, label, apply_cb, &job, NULL, error);
    }
  if (done)
    print_fit (cli, &job);
  annals_tag_rule_fit_clear (&job.fit);

  return done;
}

const AnnalsCliCommand annals_cli_tag_edit_commands[] = {
  { "tag-new", N_("NOTEBOOK NAME"), N_("Make a tag"), 2, 2, new_options, run_new },
  { "tag-edit", N_("NOTEBOOK TAG"), N_("Change a tag's name, place, colour, description, other names or rule"), 2, 2,
    edit_options, run_edit },
  { "tag-merge", N_("NOTEBOOK TAG INTO"), N_("Merge a tag into another one"), 3, 3, NULL, run_merge },
  { "tag-delete", N_("NOTEBOOK TAG"), N_("Delete a tag"), 2, 2, NULL, run_delete },
  { "tag-rule", N_("NOTEBOOK TAG"), N_("Say which posts a tag's rule finds, or tag them"), 2, 2, rule_options,
    run_rule },
  { NULL }
};
