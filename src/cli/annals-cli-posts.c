/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-collation.h"
#include "annals-search.h"

#define DEFAULT_LIMIT 50
#define SNIPPET_WORDS 30

static char *sort_option;
static int limit_option = DEFAULT_LIMIT;
static int offset_option;
static gboolean count_option;

static const GOptionEntry search_options[] = {
  { "sort", 0, 0, G_OPTION_ARG_FILENAME, &sort_option,
    N_("relevance, newest, oldest, title or source; relevance unless given"), N_("ORDER") },
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit_option,
    N_("List so many posts at most, 50 unless given, 0 for all"), N_("N") },
  { "offset", 0, 0, G_OPTION_ARG_INT, &offset_option,
    N_("Leave out so many posts at the beginning"), N_("N") },
  { "count", 0, 0, G_OPTION_ARG_NONE, &count_option,
    N_("Only say how many posts there are"), NULL },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  AnnalsCli    *cli;
  AnnalsQuery  *query;
  const char   *marks;   /* (nullable) */
  AnnalsOrder   order;
  GArray       *ids;
} SearchJob;

static gboolean
read_order (AnnalsOrder  *order,
            GError      **error)
{
  static const struct
  {
    const char  *name;
    AnnalsOrder  order;
  } orders[] = {
    { "relevance", ANNALS_ORDER_RELEVANCE },
    { "newest", ANNALS_ORDER_NEWEST },
    { "oldest", ANNALS_ORDER_OLDEST },
    { "title", ANNALS_ORDER_TITLE },
    { "source", ANNALS_ORDER_SOURCE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (sort_option == NULL || strcmp (orders[i].name, sort_option) == 0)
      {
        *order = orders[i].order;
        return TRUE;
      }

  return annals_cli_misuse (error, _("--sort takes relevance, newest, oldest, title or source, not “%s”"),
                            sort_option);
}

/* The snippet without its marks, and where they were, in code points. */
static void
add_snippet (JsonBuilder *builder,
             const char  *snippet)
{
  g_autoptr(GString) plain = g_string_new (NULL);
  gint64 position = 0;

  annals_json_begin_array (builder, "snippet_matches");

  for (const char *p = snippet; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '\002')
        {
          json_builder_begin_object (builder);
          annals_json_int (builder, "start", position);
        }
      else if (*p == '\003')
        {
          annals_json_int (builder, "end", position);
          json_builder_end_object (builder);
        }
      else
        {
          g_string_append_len (plain, p, g_utf8_next_char (p) - p);
          position++;
        }
    }

  json_builder_end_array (builder);
  annals_json_string (builder, "snippet", plain->str);
}

static void
print_post_line (GString          *out,
                 const AnnalsPost *post,
                 const char       *snippet)
{
  g_autofree char *uid = annals_cli_dup_short_uid (post->uid);
  g_autofree char *date = annals_date_dup_display (post->published);

  g_string_append_printf (out, "%s  %s", uid, date);

  if (*post->source != '\0')
    g_string_append_printf (out, " · %s", post->source);

  g_string_append_printf (out, "\n  %s\n", post->title);

  if (*snippet != '\0')
    g_string_append_printf (out, "  %s\n", snippet);

  g_string_append_c (out, '\n');
}

static gboolean
describe_post (AnnalsDb          *db,
               SearchJob         *job,
               const AnnalsPost  *post,
               GError           **error)
{
  g_autofree char *snippet = NULL;

  if (job->marks == NULL)
    snippet = g_strdup (post->lead);
  else if (!(snippet = annals_db_dup_snippet (db, post->id, job->marks, SNIPPET_WORDS, error)))
    return FALSE;

  if (!job->cli->json)
    {
      print_post_line (job->cli->out, post, snippet);
      return TRUE;
    }

  json_builder_begin_object (job->cli->builder);

  if (!annals_cli_json_post_members (job->cli->builder, db, post, FALSE, error))
    return FALSE;

  add_snippet (job->cli->builder, snippet);
  json_builder_end_object (job->cli->builder);

  return TRUE;
}

static gboolean
describe_found (AnnalsDb   *db,
                SearchJob  *job,
                GError    **error)
{
  g_autoptr(GPtrArray) posts = NULL;
  guint start = MIN ((guint) offset_option, job->ids->len);
  guint n = job->ids->len - start;

  if (limit_option > 0)
    n = MIN (n, (guint) limit_option);

  if (count_option)
    n = 0;

  if (!(posts = annals_db_load_posts (db, n > 0 ? &g_array_index (job->ids, gint64, start) : NULL, n,
                                      error)))
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    if (!describe_post (db, job, g_ptr_array_index (posts, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
search_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SearchJob *job = data;
  JsonBuilder *builder = job->cli->builder;

  if (!(job->ids = annals_search_posts (db, job->query, ANNALS_SCOPE_ALL, 0, job->order, error)))
    return FALSE;

  annals_json_int (builder, "total", job->ids->len);
  annals_json_begin_array (builder, "posts");

  if (!describe_found (db, job, error))
    return FALSE;

  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
run_search (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  g_autoptr(AnnalsQuery) query = NULL;
  g_autoptr(GArray) ids = NULL;
  SearchJob job = { .cli = cli };
  gboolean done;

  if (limit_option < 0 || offset_option < 0)
    return annals_cli_misuse (error, _("--limit and --offset take numbers from 0 on"));

  if (!read_order (&job.order, error) ||
      !(query = annals_query_parse (args[1], error)) ||
      !annals_notebook_finish_index (notebook, NULL, error))
    return FALSE;

  job.query = query;
  job.marks = annals_query_get_marks (query);
  json_builder_begin_object (cli->builder);
  annals_json_string (cli->builder, "query", args[1]);
  done = annals_notebook_read (notebook, search_cb, &job, NULL, error);
  ids = job.ids;

  if (!done)
    return FALSE;

  json_builder_end_object (cli->builder);

  if (cli->json)
    return TRUE;

  if (count_option)
    g_string_append_printf (cli->out, "%u\n", ids->len);
  else
    {
      g_string_append_printf (cli->out, ngettext ("%u post", "%u posts", ids->len), ids->len);
      g_string_append_c (cli->out, '\n');
    }

  return TRUE;
}

typedef struct
{
  AnnalsCli  *cli;
  const char *name;
} ShowJob;

static void
print_annotation (GString                *out,
                  const AnnalsAnnotation *annotation)
{
  g_autofree char *uid = annals_cli_dup_short_uid (annotation->uid);
  g_autofree char *tags = annals_collate_joined (annotation->tags);

  if (annals_annotation_is_post_note (annotation))
    g_string_append_printf (out, "%s  %s  %s\n", uid, annotation->colour, _("on the whole post"));
  else
    g_string_append_printf (out, "%s  %u–%u  %s  “%s”\n", uid, annotation->selector.start,
                            annotation->selector.end, annotation->colour, annotation->selector.exact);

  if (*annotation->note != '\0')
    g_string_append_printf (out, "    %s\n", annotation->note);

  if (*tags != '\0')
    g_string_append_printf (out, "    %s: %s\n", _("Tags"), tags);

  if (strcmp (annotation->state, "review") == 0)
    g_string_append_printf (out, "    %s\n", _("Its passage has changed: to be reviewed"));
}

static void
print_description (GString          *out,
                   const AnnalsPost *post)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("ll");
  g_autofree char *date = annals_date_dup_display (post->published);
  g_autofree char *tags = annals_collate_joined (post->tags);
  const char *rows[][2] = {
    { _("Date"), date },
    { _("Source"), post->source },
    { _("Author"), post->author },
    { _("Address"), post->url },
    { _("Language"), post->language },
    { _("Tags"), tags },
    { _("Identifier"), post->uid },
  };

  g_string_append_printf (out, "\002%s\003\n", post->title);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*rows[i][1] != '\0')
      annals_cli_table_add (table, rows[i][0], rows[i][1]);

  annals_cli_table_append (table, out);
}

static gboolean
print_post (AnnalsCli         *cli,
            AnnalsDb          *db,
            const AnnalsPost  *post,
            GError           **error)
{
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(GPtrArray) annotations = NULL;
  g_auto(GStrv) blocks = NULL;

  if (!(text = annals_db_load_text (db, post->id, 0, error)) ||
      !(annotations = annals_db_list_annotations (db, post->id, error)))
    return FALSE;

  print_description (cli->out, post);
  blocks = g_strsplit (annals_text_get_string (text), "\n", -1);

  for (guint i = 0; blocks[i] != NULL; i++)
    g_string_append_printf (cli->out, "\n%s\n", blocks[i]);

  if (annotations->len > 0)
    g_string_append_c (cli->out, '\n');

  for (guint i = 0; i < annotations->len; i++)
    print_annotation (cli->out, g_ptr_array_index (annotations, i));

  return TRUE;
}

static gboolean
show_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ShowJob *job = data;
  g_autoptr(AnnalsPost) post = NULL;
  gint64 id;

  if (!annals_db_find (db, ANNALS_RECORD_POST, job->name, &id, error) ||
      !(post = annals_db_load_post (db, id, error)))
    return FALSE;

  if (!job->cli->json)
    return print_post (job->cli, db, post, error);

  json_builder_begin_object (job->cli->builder);

  if (!annals_cli_json_post_members (job->cli->builder, db, post, TRUE, error))
    return FALSE;

  json_builder_end_object (job->cli->builder);

  return TRUE;
}

static gboolean
run_show (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  ShowJob job = { cli, args[1] };

  return annals_notebook_read (notebook, show_cb, &job, NULL, error);
}

const AnnalsCliCommand annals_cli_post_commands[] = {
  { "search", N_("NOTEBOOK QUERY"), N_("Find posts: words, \"phrases\", a OR b, -a, title:a, tag:a, before:2020-03"),
    2, 2, search_options, run_search },
  { "show", N_("NOTEBOOK POST"), N_("Print a post"), 2, 2, NULL, run_show },
  { NULL }
};
