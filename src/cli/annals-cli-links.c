/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-links.h"

static char *note_option;

static const GOptionEntry link_options[] = {
  { "note", 0, 0, G_OPTION_ARG_FILENAME, &note_option,
    N_("What there is to say of the link"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

/* A record named by a uid or "title:", which may be a post, an annotation or an event. */
static gboolean
find_end (AnnalsDb      *db,
          const char    *name,
          AnnalsRecord  *kind,
          gint64        *id,
          GError       **error)
{
  static const AnnalsRecord tried[] = { ANNALS_RECORD_POST, ANNALS_RECORD_ANNOTATION, ANNALS_RECORD_EVENT };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tried); i++)
    {
      g_autoptr(GError) failure = NULL;
      gint64 found;

      if (annals_db_find (db, tried[i], name, &found, &failure))
        {
          *kind = tried[i];
          *id = found;
          n++;
        }
      else if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  if (n == 0)
    g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                 _("There is no post, annotation or event “%s”"), name);
  else if (n > 1)
    g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                 _("“%s” fits a post as well as a note or an event; give the uid"), name);

  return n == 1;
}

typedef struct
{
  const char     *from;
  const char     *to;
  AnnalsRelation  relation;
  AnnalsLink     *link;      /* (out) */
} LinkJob;

static gboolean
link_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  LinkJob *job = data;
  AnnalsRecord from_kind, to_kind;
  gint64 from_id, to_id, id;

  return find_end (db, job->from, &from_kind, &from_id, error) &&
         find_end (db, job->to, &to_kind, &to_id, error) &&
         annals_db_add_link (db, from_kind, from_id, job->relation, to_kind, to_id, note_option, &id, error) &&
         (job->link = annals_db_load_link (db, id, error)) != NULL;
}

static gboolean
parse_relation (const char      *word,
                AnnalsRelation  *relation,
                GError         **error)
{
  g_autoptr(GString) words = g_string_new (NULL);

  if (annals_relation_from_string (word, relation))
    return TRUE;

  for (guint i = 0; i < ANNALS_N_RELATIONS; i++)
    g_string_append_printf (words, i > 0 ? ", “%s”" : "“%s”", annals_relation_to_string (i));

  return annals_cli_misuse (error, _("There is no relation “%s”; there are %s"), word, words->str);
}

static void
print_link (AnnalsCliTable   *table,
            const AnnalsLink *link)
{
  g_autofree char *uid = annals_cli_dup_short_uid (link->uid);

  annals_cli_table_add (table, uid, link->from->title, annals_relation_get_label (link->relation, TRUE),
                        link->to->title, link->note);
}

static const char *
kind_of (const AnnalsNamed *end)
{
  return end->kind == ANNALS_RECORD_POST ? "post" : end->kind == ANNALS_RECORD_EVENT ? "event" : "annotation";
}

static void
link_members (JsonBuilder      *builder,
              const AnnalsLink *link)
{
  annals_json_string (builder, "uid", link->uid);
  annals_json_string (builder, "relation", annals_relation_to_string (link->relation));
  annals_json_string (builder, "from", link->from->uid);
  annals_json_string (builder, "from_kind", kind_of (link->from));
  annals_json_string (builder, "to", link->to->uid);
  annals_json_string (builder, "to_kind", kind_of (link->to));
  annals_json_string (builder, "note", link->note);
  annals_json_time (builder, "created", link->created);
  annals_json_time (builder, "modified", link->modified);
  annals_json_string (builder, "author", link->author);
}

void
annals_cli_json_end_link (JsonBuilder      *builder,
                          const AnnalsLink *link)
{
  const AnnalsNamed *other = annals_link_get_other (link);

  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", link->uid);
  annals_json_string (builder, "relation", annals_relation_to_string (link->relation));
  annals_json_string (builder, "to", other->uid);
  annals_json_string (builder, "to_kind", kind_of (other));
  annals_json_string (builder, "direction", link->outgoing ? "out" : "in");
  annals_json_string (builder, "note", link->note);
  json_builder_end_object (builder);
}

static gboolean
run_link (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  LinkJob job = { args[1], args[3], ANNALS_RELATION_RELATED, NULL };
  g_autoptr(AnnalsLink) link = NULL;
  gboolean done;

  if (!annals_cli_check_text (&note_option, "--note", error) ||
      !parse_relation (args[2], &job.relation, error))
    return FALSE;

  done = annals_notebook_change (notebook, _("Add link"), link_cb, &job, NULL, error);
  link = job.link;
  if (!done)
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      link_members (cli->builder, link);
      json_builder_end_object (cli->builder);
    }
  else
    {
      g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lllll");

      print_link (table, link);
      annals_cli_table_append (table, cli->out);
    }

  return TRUE;
}

static gboolean
unlink_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 id;

  return annals_db_find (db, ANNALS_RECORD_LINK, data, &id, error) && annals_db_delete_link (db, id, error);
}

static gboolean
run_unlink (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  if (!annals_notebook_change (notebook, _("Remove link"), unlink_cb, args[1], NULL, error))
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_bool (cli->builder, "ok", TRUE);
  json_builder_end_object (cli->builder);

  return TRUE;
}

typedef struct
{
  const char *of;      /* (nullable) */
  GPtrArray  *links;   /* (out) */
} ListJob;

static gboolean
list_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ListJob *job = data;
  AnnalsRecord kind;
  gint64 id;

  if (job->of == NULL)
    job->links = annals_db_list_all_links (db, error);
  else if (find_end (db, job->of, &kind, &id, error))
    job->links = annals_db_list_links (db, kind, id, error);

  return job->links != NULL;
}

static gboolean
run_links (AnnalsCli       *cli,
           AnnalsNotebook  *notebook,
           char           **args,
           GError         **error)
{
  ListJob job = { args[1], NULL };
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lllll");
  g_autoptr(GPtrArray) links = NULL;
  gboolean done = annals_notebook_read (notebook, list_cb, &job, NULL, error);

  links = job.links;
  if (!done)
    return FALSE;

  if (!cli->json)
    {
      if (links->len == 0)
        g_string_append_printf (cli->out, "%s\n", _("There are no links."));
      else
        annals_cli_table_add (table, _("Uid"), _("From"), _("Relation"), _("To"), _("Note"));
      for (guint i = 0; i < links->len; i++)
        print_link (table, links->pdata[i]);
      annals_cli_table_append (table, cli->out);
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "links");
  for (guint i = 0; i < links->len; i++)
    {
      json_builder_begin_object (cli->builder);
      link_members (cli->builder, links->pdata[i]);
      json_builder_end_object (cli->builder);
    }
  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

const AnnalsCliCommand annals_cli_link_commands[] = {
  { "link", N_("NOTEBOOK FROM RELATION TO"), N_("Say what a post, annotation or event has to do with another"), 4, 4,
    link_options, run_link },
  { "unlink", N_("NOTEBOOK LINK"), N_("Remove a link"), 2, 2, NULL, run_unlink },
  { "links", N_("NOTEBOOK [RECORD]"), N_("List the links, all or those of a post, annotation or event"), 1, 2, NULL,
    run_links },
  { NULL }
};
