/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-tags.h"

typedef struct
{
  const char  *name;
  char       **posts;
  gboolean     remove;
  AnnalsTag   *tag;
} TagJob;

static gboolean
tag_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  TagJob *job = data;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 *posts = NULL;
  gint64 tag_id;

  for (guint i = 0; job->posts[i] != NULL; i++)
    {
      gint64 id;

      if (!annals_db_find (db, ANNALS_RECORD_POST, job->posts[i], &id, error))
        return FALSE;

      g_array_append_val (ids, id);
    }

  posts = &g_array_index (ids, gint64, 0);

  if (!(job->remove ? annals_db_find_tag (db, job->name, &tag_id, error)
                    : annals_db_ensure_tag (db, job->name, &tag_id, error)) ||
      !(job->remove ? annals_db_untag_posts (db, tag_id, posts, ids->len, error)
                    : annals_db_tag_posts (db, tag_id, posts, ids->len, error)))
    return FALSE;

  job->tag = annals_db_load_tag (db, tag_id, error);

  return job->tag != NULL;
}

static gboolean
change_tags (AnnalsCli       *cli,
             AnnalsNotebook  *notebook,
             char           **args,
             gboolean         remove,
             GError         **error)
{
  TagJob job = { args[1], args + 2, remove, NULL };
  guint n = g_strv_length (args + 2);
  g_autofree char *label = NULL;
  g_autoptr(AnnalsTag) tag = NULL;
  gboolean done;

  label = remove ? n == 1 ? g_strdup (_("Remove tag from post"))
                          : g_strdup_printf (ngettext ("Remove tag from %u post",
                                                       "Remove tag from %u posts", n), n)
                 : g_strdup_printf (ngettext ("Tag %u post", "Tag %u posts", n), n);
  done = annals_notebook_change (notebook, label, tag_cb, &job, NULL, error);
  tag = job.tag;

  if (!done)
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_tag_members (cli->builder, tag);
      json_builder_end_object (cli->builder);
    }
  else
    {
      g_string_append_printf (cli->out, "%s: ", tag->name);
      g_string_append_printf (cli->out, ngettext ("%u post", "%u posts", tag->n_posts), tag->n_posts);
      g_string_append_c (cli->out, '\n');
    }

  return TRUE;
}

static gboolean
run_tag (AnnalsCli       *cli,
         AnnalsNotebook  *notebook,
         char           **args,
         GError         **error)
{
  return change_tags (cli, notebook, args, FALSE, error);
}

static gboolean
run_untag (AnnalsCli       *cli,
           AnnalsNotebook  *notebook,
           char           **args,
           GError         **error)
{
  return change_tags (cli, notebook, args, TRUE, error);
}

static gboolean
tags_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  GPtrArray **tags = data;

  *tags = annals_db_list_tags (db, error);

  return *tags != NULL;
}

static void
print_tags (AnnalsCli *cli,
            GPtrArray *tags)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("llrrl");

  if (tags->len == 0)
    {
      g_string_append_printf (cli->out, "%s\n", _("There are no tags."));
      return;
    }

  annals_cli_table_add (table, _("Uid"), _("Tag"), _("Posts"), _("Annotations"), _("Colour"));

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = g_ptr_array_index (tags, i);
      g_autofree char *uid = annals_cli_dup_short_uid (tag->uid);
      g_autofree char *name = g_strdup_printf ("%*s%s", (int) tag->depth * 2, "", tag->name);
      g_autofree char *n_posts = g_strdup_printf ("%u", tag->n_posts);
      g_autofree char *n_annotations = g_strdup_printf ("%u", tag->n_annotations);

      annals_cli_table_add (table, uid, name, n_posts, n_annotations, tag->colour);
    }

  annals_cli_table_append (table, cli->out);
}

static gboolean
run_tags (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  g_autoptr(GPtrArray) tags = NULL;

  if (!annals_notebook_read (notebook, tags_cb, &tags, NULL, error))
    return FALSE;

  if (!cli->json)
    {
      print_tags (cli, tags);
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "tags");

  for (guint i = 0; i < tags->len; i++)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_tag_members (cli->builder, g_ptr_array_index (tags, i));
      json_builder_end_object (cli->builder);
    }

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

const AnnalsCliCommand annals_cli_tag_commands[] = {
  { "tag", N_("NOTEBOOK NAME POST…"), N_("Put a tag on posts"), 3, G_MAXUINT, NULL, run_tag },
  { "untag", N_("NOTEBOOK NAME POST…"), N_("Take a tag off posts"), 3, G_MAXUINT, NULL, run_untag },
  { "tags", N_("NOTEBOOK"), N_("List the tags"), 1, 1, NULL, run_tags },
  { NULL }
};
