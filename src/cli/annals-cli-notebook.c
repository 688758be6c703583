/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "annals-check.h"
#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-history.h"
#include "annals-number.h"
#include "annals-posts.h"
#include "annals-repair.h"
#include "annals-schema.h"

/* Makes, describes, checks a notebook, and takes back what was done to it. */

static char *title_option;
static gboolean deep_option;
static gboolean repair_option;
static char *output_option;

static const GOptionEntry new_options[] = {
  { "title", 0, 0, G_OPTION_ARG_FILENAME, &title_option,
    N_("Its title; the file's name unless given"), N_("TITLE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry check_options[] = {
  { "deep", 0, 0, G_OPTION_ARG_NONE, &deep_option,
    N_("Also every text against its hash and the search index against the texts"), NULL },
  { "repair", 0, 0, G_OPTION_ARG_NONE, &repair_option,
    N_("Rebuild what can be derived, after a backup; save what can be read of the rest into a new notebook"), NULL },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("With --repair: the new notebook; “… (repaired)” beside it unless given"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static gboolean
run_new (AnnalsCli       *cli,
         AnnalsNotebook  *none,
         char           **args,
         GError         **error)
{
  g_autoptr(AnnalsNotebook) notebook = NULL;
  const char *path;

  if (!annals_cli_check_text (&title_option, "--title", error) ||
      !(notebook = annals_notebook_create (args[0], title_option, error)))
    return FALSE;

  path = annals_notebook_get_path (notebook);

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "notebook", annals_notebook_get_uid (notebook));
      annals_json_string (cli->builder, "title", annals_notebook_get_title (notebook));
      annals_json_string (cli->builder, "path", path);
      json_builder_end_object (cli->builder);
    }
  else
    {
      g_string_append_printf (cli->out, _("Made the notebook “%s”"),
                              annals_notebook_get_title (notebook));
      g_string_append_printf (cli->out, "\n%s\n", path);
    }

  return annals_notebook_close (notebook, error);
}

static gboolean
count_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return annals_db_count (db, data, error);
}

static gboolean
get_size (const char  *path,
          goffset     *size,
          GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = NULL;

  if (!(info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                                  error)))
    return FALSE;

  *size = g_file_info_get_size (info);

  return TRUE;
}

static void
print_info (AnnalsCli          *cli,
            AnnalsNotebook     *notebook,
            const AnnalsCounts *counts,
            goffset             size)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("ll");
  g_autofree char *human_size = g_format_size (size);
  g_autofree char *version = g_strdup_printf ("%d", annals_schema_get_version ());
  const struct
  {
    const char *label;
    guint       n;
  } rows[] = {
    { _("Posts"), counts->all },
    { _("Annotations"), counts->annotations },
    { _("Tags"), counts->tags },
    { _("Timelines"), counts->timelines },
    { _("Events"), counts->events },
    { _("Imports"), counts->imports },
  };

  annals_cli_table_add (table, _("Title"), annals_notebook_get_title (notebook));
  annals_cli_table_add (table, _("File"), annals_notebook_get_path (notebook));
  annals_cli_table_add (table, _("Identifier"), annals_notebook_get_uid (notebook));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", rows[i].n);

      annals_cli_table_add (table, rows[i].label, number);
    }

  annals_cli_table_add (table, _("Format version"), version);
  annals_cli_table_add (table, _("Size"), human_size);
  annals_cli_table_append (table, cli->out);
}

static gboolean
run_info (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  JsonBuilder *builder = cli->builder;
  AnnalsCounts counts = { 0 };
  goffset size = 0;

  if (!annals_notebook_read (notebook, count_cb, &counts, NULL, error) ||
      !get_size (annals_notebook_get_path (notebook), &size, error))
    return FALSE;

  if (!cli->json)
    {
      print_info (cli, notebook, &counts, size);
      return TRUE;
    }

  json_builder_begin_object (builder);
  annals_json_string (builder, "notebook", annals_notebook_get_uid (notebook));
  annals_json_string (builder, "title", annals_notebook_get_title (notebook));
  annals_json_int (builder, "posts", counts.all);
  annals_json_int (builder, "annotations", counts.annotations);
  annals_json_int (builder, "tags", counts.tags);
  annals_json_int (builder, "links", counts.links);
  annals_json_int (builder, "timelines", counts.timelines);
  annals_json_int (builder, "events", counts.events);
  annals_json_int (builder, "memos", counts.memos);
  annals_json_int (builder, "imports", counts.imports);
  annals_json_int (builder, "schema_version", annals_schema_get_version ());
  annals_json_int (builder, "size_bytes", size);
  json_builder_end_object (builder);

  return TRUE;
}

static void
print_step (AnnalsCli  *cli,
            const char *key,
            const char *line,
            const char *label)
{
  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, key, label);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, "%s: %s\n", line, label);
}

static char *to_option;
static char *only_option;

static const GOptionEntry undo_options[] = {
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to_option,
    N_("Undo all steps after this one (a number of 'history'; 0: all steps)"), N_("ID") },
  { "only", 0, 0, G_OPTION_ARG_FILENAME, &only_option,
    N_("Undo this one step, whatever came after it"), N_("ID") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry redo_options[] = {
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to_option,
    N_("Do again all steps up to this one (a number of 'history')"), N_("ID") },
  G_OPTION_ENTRY_NULL
};

static gboolean
read_step (const char  *text,
           const char  *option,
           gint64      *id,
           GError     **error)
{
  guint64 number;

  if (!annals_number_parse (text, G_MAXINT64, &number))
    return annals_cli_misuse (error, _("%s takes a step's number, as 'history' lists them"), option);

  *id = (gint64) number;
  return TRUE;
}

typedef struct
{
  gint64   id;
  gboolean undone;
} StepState;

static gboolean
step_state_cb (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  StepState *state = data;
  g_autoptr(GPtrArray) actions = annals_db_load_actions (db, &state->id, 1, error);

  if (actions == NULL)
    return FALSE;

  if (actions->len > 0)
    state->undone = ((AnnalsAction *) actions->pdata[0])->undone;
  return TRUE;
}

/* @redo: which way the user said; a step that lies the other way is a mistake, not a wish. */
static gboolean
go_to (AnnalsCli       *cli,
       AnnalsNotebook  *notebook,
       gboolean         redo,
       GError         **error)
{
  AnnalsHistoryWalk walk = { 0 };
  StepState state = { 0, FALSE };
  g_autofree char *steps = NULL;
  guint n = 0;

  if (!read_step (to_option, "--to", &state.id, error) ||
      !annals_notebook_read (notebook, step_state_cb, &state, NULL, error))
    return FALSE;

  if (redo != state.undone && (state.undone || state.id != 0))
    {
      g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                   redo ? _("step %s is done; 'undo' goes back to it") : _("step %s is undone; 'redo' does it again"),
                   to_option);
      return FALSE;
    }

  do
    {
      if (!annals_notebook_go_to (notebook, state.id, &walk, error))
        return FALSE;
      n += walk.n_done;
    }
  while (walk.n_left > 0);

  steps = g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, redo ? "redone" : "undone", steps);
      annals_json_int (cli->builder, "steps", n);
      json_builder_end_object (cli->builder);
    }
  else
    print_step (cli, NULL, redo ? _("Redone") : _("Undone"), steps);

  return TRUE;
}

static gboolean
undo_only (AnnalsNotebook  *notebook,
           char           **label,
           GError         **error)
{
  gint64 id = 0;

  return read_step (only_option, "--only", &id, error) &&
         annals_notebook_undo_only (notebook, id, label, error);
}

static gboolean
run_undo (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  g_autofree char *label = NULL;

  if (to_option != NULL && only_option != NULL)
    return annals_cli_misuse (error, _("--to and --only exclude each other"));
  if (to_option != NULL)
    return go_to (cli, notebook, FALSE, error);

  if (!(only_option != NULL ? undo_only (notebook, &label, error)
                            : annals_notebook_undo (notebook, &label, error)))
    return FALSE;

  if (label == NULL)
    {
      g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                   _("nothing was done in “%s” that could be undone"),
                   annals_notebook_get_title (notebook));
      return FALSE;
    }

  print_step (cli, "undone", _("Undone"), label);

  return TRUE;
}

static gboolean
run_redo (AnnalsCli       *cli,
          AnnalsNotebook  *notebook,
          char           **args,
          GError         **error)
{
  g_autofree char *label = NULL;

  if (to_option != NULL)
    return go_to (cli, notebook, TRUE, error);
  if (!annals_notebook_redo (notebook, &label, error))
    return FALSE;

  if (label == NULL)
    {
      g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                   _("nothing was undone in “%s” that could be done again"),
                   annals_notebook_get_title (notebook));
      return FALSE;
    }

  print_step (cli, "redone", _("Redone"), label);

  return TRUE;
}

static gboolean
history_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GPtrArray **actions = data;

  *actions = annals_db_list_history (db, 0, error);

  return *actions != NULL;
}

static void
print_history (AnnalsCli *cli,
               GPtrArray *actions)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("rlll");

  for (guint i = 0; i < actions->len; i++)
    {
      const AnnalsAction *action = g_ptr_array_index (actions, i);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, action->id);
      g_autofree char *time = annals_json_dup_time (action->time);

      annals_cli_table_add (table, id, time,
                            action->undone ? C_("step", "undone")
                            : action->reverted_by != 0 ? C_("step", "taken back") : C_("step", "done"), action->label);
    }

  if (actions->len == 0)
    g_string_append_printf (cli->out, "%s\n", _("Nothing was done yet."));

  annals_cli_table_append (table, cli->out);
}

static gboolean
run_history (AnnalsCli       *cli,
             AnnalsNotebook  *notebook,
             char           **args,
             GError         **error)
{
  g_autoptr(GPtrArray) actions = NULL;
  JsonBuilder *builder = cli->builder;

  if (!annals_notebook_read (notebook, history_cb, &actions, NULL, error))
    return FALSE;

  if (!cli->json)
    {
      print_history (cli, actions);
      return TRUE;
    }

  json_builder_begin_object (builder);
  annals_json_begin_array (builder, "history");

  for (guint i = 0; i < actions->len; i++)
    {
      const AnnalsAction *action = g_ptr_array_index (actions, i);

      json_builder_begin_object (builder);
      annals_json_int (builder, "id", action->id);
      annals_json_string (builder, "label", action->label);
      annals_json_time (builder, "time", action->time);
      annals_json_string (builder, "state", action->undone ? "undone" : "done");
      if (action->reverts != 0)
        annals_json_int (builder, "reverts", action->reverts);
      if (action->reverted_by != 0)
        annals_json_int (builder, "reverted_by", action->reverted_by);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return TRUE;
}

static gboolean
check_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **problems = data;

  *problems = annals_db_check (db, deep_option, cancellable, error);

  return *problems != NULL;
}

static void
print_problems (AnnalsCli *cli,
                GPtrArray *problems)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("ll");

  for (guint i = 0; i < problems->len; i++)
    {
      const AnnalsProblem *problem = g_ptr_array_index (problems, i);

      annals_cli_table_add (table, problem->where, problem->what);
    }

  if (problems->len == 0)
    g_string_append_printf (cli->out, "%s\n", _("No damage found."));

  annals_cli_table_append (table, cli->out);
}

static GPtrArray *
check_notebook (AnnalsNotebook  *notebook,
                GError         **error)
{
  g_autoptr(GPtrArray) problems = NULL;

  /* The index can be compared with the texts only when all of them are in it, and on the thread that
   * may write: FTS5 spells its check as an insertion. */
  if (deep_option
      ? !annals_notebook_finish_index (notebook, NULL, error) ||
        !annals_notebook_bulk (notebook, check_cb, &problems, NULL, error)
      : !annals_notebook_read (notebook, check_cb, &problems, NULL, error))
    return NULL;

  return g_steal_pointer (&problems);
}

typedef struct
{
  GPtrArray *problems;    /* (nullable): that are left; NULL: it cannot even be opened */
  char      *failure;     /* (nullable): why it cannot */
  gboolean   rebuilt;
  char      *salvaged;    /* (nullable): the new notebook */
  GPtrArray *lost;        /* (nullable): what is not in it */
} Repair;

static void
repair_clear (Repair *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->failure, g_free);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  g_clear_pointer (&self->salvaged, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Repair, repair_clear)

/* Whether there is a way out of @failure, which is noted then; else it is told, with the way if there is one. */
static gboolean
can_salvage (Repair        *self,
             const GError  *failure,
             GError       **error)
{
  gboolean damaged = g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT);

  if (repair_option &&
      (damaged || g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK)))
    {
      g_free (self->failure);
      self->failure = g_strdup (failure->message);
      return TRUE;
    }

  if (!damaged)
    g_propagate_error (error, g_error_copy (failure));
  else
    /* Translators: why a notebook cannot be opened; "check" and "--repair" are typed as they are */
    g_set_error (error, failure->domain, failure->code,
                 _("%s; “check” with “--repair” saves what can be read into a new notebook"), failure->message);
  return FALSE;
}

/* In place as long as that may help. */
static gboolean
rebuild (AnnalsNotebook  *notebook,
         Repair          *repair,
         GError         **error)
{
  g_autoptr(GError) failure = NULL;

  if ((repair->problems = check_notebook (notebook, &failure)) == NULL)
    return can_salvage (repair, failure, error);
  if (repair->problems->len == 0 || !repair_option)
    return TRUE;

  if (annals_notebook_rebuild (notebook, NULL, NULL, &failure))
    {
      repair->rebuilt = TRUE;
      g_ptr_array_unref (repair->problems);
      return (repair->problems = check_notebook (notebook, error)) != NULL;
    }

  if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT))
    return TRUE;   /* no backup can be made of it: what is left is to save what can be read */

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
salvage (const char  *path,
         Repair      *repair,
         GError     **error)
{
  g_autofree char *target = output_option != NULL ? g_canonicalize_filename (output_option, NULL)
                                                  : annals_salvage_dup_name (path);

  if (!(repair->lost = annals_salvage (path, target, NULL, error)))
    return FALSE;

  repair->salvaged = g_steal_pointer (&target);
  return TRUE;
}

static void
print_repair (AnnalsCli *cli,
              Repair    *repair)
{
  if (repair->rebuilt)
    g_string_append_printf (cli->out, "%s\n", _("What can be derived was rebuilt."));
  if (repair->failure != NULL)
    g_string_append_printf (cli->out, "%s\n", repair->failure);
  if (repair->problems != NULL)
    print_problems (cli, repair->problems);
  if (repair->salvaged == NULL)
    return;

  g_string_append_printf (cli->out, _("What can be read was saved into “%s”."), repair->salvaged);
  g_string_append_c (cli->out, '\n');
  for (guint i = 0; i < repair->lost->len; i++)
    g_string_append_printf (cli->out, "  %s\n", (const char *) repair->lost->pdata[i]);
}

static void
json_repair (JsonBuilder *builder,
             Repair      *repair)
{
  annals_json_bool (builder, "rebuilt", repair->rebuilt);
  annals_json_nullable (builder, "salvaged", repair->salvaged);
  annals_json_begin_array (builder, "lost");
  for (guint i = 0; repair->lost != NULL && i < repair->lost->len; i++)
    json_builder_add_string_value (builder, repair->lost->pdata[i]);
  json_builder_end_array (builder);
}

/* Opens it by itself: what cannot be opened can still be repaired. */
static gboolean
examine (const char  *path,
         Repair      *repair,
         GError     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_open (path, &failure);
  gboolean ok;

  if (notebook != NULL)
    {
      ok = rebuild (notebook, repair, error);
      ok = annals_notebook_close (notebook, ok ? error : NULL) && ok;
      if (!ok || !repair_option || (repair->problems != NULL && repair->problems->len == 0))
        return ok;
    }
  else if (!can_salvage (repair, failure, error))
    return FALSE;

  return salvage (path, repair, error);
}

static gboolean
run_check (AnnalsCli       *cli,
           AnnalsNotebook  *none,
           char           **args,
           GError         **error)
{
  g_auto(Repair) repair = { NULL };
  GPtrArray *problems;
  JsonBuilder *builder = cli->builder;

  if (output_option != NULL && !repair_option)
    return annals_cli_misuse (error, _("--output goes with --repair"));

  deep_option = deep_option || repair_option;
  if (!examine (args[0], &repair, error))
    return FALSE;

  problems = repair.problems;
  cli->failed = problems != NULL && problems->len > 0 && repair.salvaged == NULL;

  if (!cli->json)
    {
      print_repair (cli, &repair);
      return TRUE;
    }

  json_builder_begin_object (builder);
  annals_json_bool (builder, "ok", problems != NULL && problems->len == 0 && repair.salvaged == NULL);
  if (repair_option)
    json_repair (builder, &repair);
  annals_json_begin_array (builder, "problems");

  if (repair.failure != NULL)
    {
      json_builder_begin_object (builder);
      annals_json_string (builder, "what", repair.failure);
      annals_json_string (builder, "where", args[0]);
      json_builder_end_object (builder);
    }
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const AnnalsProblem *problem = g_ptr_array_index (problems, i);

      json_builder_begin_object (builder);
      annals_json_string (builder, "what", problem->what);
      annals_json_string (builder, "where", problem->where);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return TRUE;
}

const AnnalsCliCommand annals_cli_notebook_commands[] = {
  { "new", N_("NOTEBOOK"), N_("Make a notebook"), 1, 1, new_options, run_new, ANNALS_CLI_MAKES },
  { "info", N_("NOTEBOOK"), N_("Say what a notebook holds"), 1, 1, NULL, run_info },
  { "check", N_("NOTEBOOK"), N_("Look for damage; exit status 1 when there is some"), 1, 1,
    check_options, run_check, ANNALS_CLI_MAKES },
  { "undo", N_("NOTEBOOK"), N_("Undo the last step, or all after one, or one by itself"), 1, 1, undo_options,
    run_undo },
  { "redo", N_("NOTEBOOK"), N_("Do again what was undone last, or all up to a step"), 1, 1, redo_options,
    run_redo },
  { "history", N_("NOTEBOOK"), N_("List the steps, the newest first"), 1, 1, NULL, run_history },
  { NULL }
};
