/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "annals-backup.h"
#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"

/* Makes backups of a notebook, lists them, and goes back to one. */

static char *folder_option;
static gboolean dry_run_option;

static const GOptionEntry folder_options[] = {
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder_option,
    N_("Where the backups are kept; “Annals Backups” beside the notebook unless given"), N_("FOLDER") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry restore_options[] = {
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder_option,
    N_("Where the backups are kept; “Annals Backups” beside the notebook unless given"), N_("FOLDER") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run_option,
    N_("Only say what differs between the notebook and the backup"), NULL },
  G_OPTION_ENTRY_NULL
};

static goffset
get_size (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                                                 NULL);

  return info != NULL ? g_file_info_get_size (info) : 0;
}

static gboolean
run_backup (AnnalsCli       *cli,
            AnnalsNotebook  *none,
            char           **args,
            GError         **error)
{
  g_autofree char *path = NULL;
  goffset size;

  if (args[1] != NULL && folder_option != NULL)
    return annals_cli_misuse (error, _("a backup goes either to a file or into --folder"));

  if (args[1] != NULL)
    {
      path = g_canonicalize_filename (args[1], NULL);
      if (!annals_backup_write (args[0], path, NULL, NULL, NULL, error))
        return FALSE;
    }
  else if (!(path = annals_backup_make (args[0], folder_option, ANNALS_BACKUP_MANUAL, NULL, NULL, NULL, error)))
    return FALSE;

  size = get_size (path);
  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "backup", path);
      annals_json_int (cli->builder, "size_bytes", size);
      json_builder_end_object (cli->builder);
    }
  else
    {
      g_autofree char *human_size = g_format_size ((guint64) size);

      g_string_append_printf (cli->out, _("Made a backup (%s)"), human_size);
      g_string_append_printf (cli->out, "\n%s\n", path);
    }

  return TRUE;
}

static void
print_backups (AnnalsCli *cli,
               GPtrArray *backups)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("lrrrrl");

  if (backups->len == 0)
    {
      g_string_append_printf (cli->out, "%s\n", _("There are no backups."));
      return;
    }

  annals_cli_table_add (table, _("Time"), _("Size"), _("Posts"), _("Annotations"), _("Events"), _("Why"));
  for (guint i = 0; i < backups->len; i++)
    {
      const AnnalsBackup *backup = g_ptr_array_index (backups, i);
      g_autofree char *time = annals_json_dup_time (backup->time * G_USEC_PER_SEC);
      g_autofree char *size = g_format_size ((guint64) backup->size);
      g_autofree char *posts = g_strdup_printf ("%u", backup->posts);
      g_autofree char *annotations = g_strdup_printf ("%u", backup->annotations);
      g_autofree char *events = g_strdup_printf ("%u", backup->events);

      annals_cli_table_add (table, time, size, backup->problem == NULL ? posts : "?",
                            backup->problem == NULL ? annotations : "?", backup->problem == NULL ? events : "?",
                            backup->problem != NULL ? backup->problem
                                                    : annals_backup_reason_get_label (backup->reason));
    }

  annals_cli_table_append (table, cli->out);
}

static gboolean
run_backups (AnnalsCli       *cli,
             AnnalsNotebook  *none,
             char           **args,
             GError         **error)
{
  g_autoptr(GPtrArray) backups = NULL;
  JsonBuilder *builder = cli->builder;

  if (!(backups = annals_backup_list (args[0], folder_option, NULL, error)))
    return FALSE;

  if (!cli->json)
    {
      print_backups (cli, backups);
      return TRUE;
    }

  json_builder_begin_object (builder);
  annals_json_begin_array (builder, "backups");
  for (guint i = 0; i < backups->len; i++)
    {
      const AnnalsBackup *backup = g_ptr_array_index (backups, i);

      json_builder_begin_object (builder);
      annals_json_string (builder, "path", backup->path);
      annals_json_time (builder, "time", backup->time * G_USEC_PER_SEC);
      annals_json_string (builder, "reason", annals_backup_reason_get_name (backup->reason));
      annals_json_int (builder, "size_bytes", backup->size);
      annals_json_int (builder, "schema_version", backup->version);
      annals_json_int (builder, "posts", backup->posts);
      annals_json_int (builder, "annotations", backup->annotations);
      annals_json_int (builder, "events", backup->events);
      annals_json_nullable (builder, "problem", backup->problem);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return TRUE;
}

/* A file, the time of one that is listed or the beginning of its time, or "newest". */
static char *
find_backup (const char  *notebook,
             const char  *name,
             GError     **error)
{
  g_autoptr(GPtrArray) backups = NULL;
  const char *found = NULL;
  guint n = 0;

  if (g_file_test (name, G_FILE_TEST_EXISTS))
    return g_canonicalize_filename (name, NULL);
  if (!(backups = annals_backup_list (notebook, folder_option, NULL, error)))
    return NULL;

  for (guint i = 0; i < backups->len; i++)
    {
      const AnnalsBackup *backup = g_ptr_array_index (backups, i);
      g_autofree char *time = annals_json_dup_time (backup->time * G_USEC_PER_SEC);

      if (strcmp (name, "newest") == 0 ? n == 0 && backup->problem == NULL : g_str_has_prefix (time, name))
        {
          found = backup->path;
          n++;
        }
    }

  if (n == 1)
    return g_strdup (found);

  g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
               n == 0 ? _("there is no backup “%s”; 'backups' lists those that there are")
                      : _("“%s” fits several backups; say more of the time"), name);
  return NULL;
}

/* @heading: (transfer full) */
static void
print_names (AnnalsCli *cli,
             char      *heading,
             guint      n,
             GPtrArray *names)
{
  g_autofree char *line = heading;

  if (n == 0)
    return;

  g_string_append_printf (cli->out, "  %s\n", line);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (cli->out, "    %s\n", (const char *) names->pdata[i]);
  if (n > names->len)
    g_string_append (cli->out, "    …\n");
}

static void
json_names (JsonBuilder *builder,
            const char  *name,
            guint        n,
            GPtrArray   *names)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  annals_json_int (builder, "n", n);
  annals_json_begin_array (builder, "names");
  for (guint i = 0; i < names->len; i++)
    json_builder_add_string_value (builder, names->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
tell_differences (AnnalsCli   *cli,
                  const char  *notebook,
                  const char  *backup,
                  GError     **error)
{
  g_autoptr(GPtrArray) kinds = annals_backup_compare (notebook, backup, NULL, error);

  if (kinds == NULL)
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "backup", backup);
      annals_json_begin_array (cli->builder, "differences");
    }
  else if (kinds->len == 0)
    g_string_append_printf (cli->out, "%s\n", _("The notebook and the backup are the same."));

  for (guint i = 0; i < kinds->len; i++)
    {
      const AnnalsBackupKind *kind = g_ptr_array_index (kinds, i);

      if (cli->json)
        {
          json_builder_begin_object (cli->builder);
          annals_json_string (cli->builder, "kind", kind->name);
          json_names (cli->builder, "added", kind->n_added, kind->added);
          json_names (cli->builder, "changed", kind->n_changed, kind->changed);
          json_names (cli->builder, "missing", kind->n_missing, kind->missing);
          json_builder_end_object (cli->builder);
          continue;
        }

      g_string_append_printf (cli->out, "%s\n", kind->label);
      print_names (cli, g_strdup_printf (ngettext ("%u was added since and would go:",
                                                   "%u were added since and would go:", kind->n_added),
                                         kind->n_added), kind->n_added, kind->added);
      print_names (cli, g_strdup_printf (ngettext ("%u was changed since and would be as it was:",
                                                   "%u were changed since and would be as they were:",
                                                   kind->n_changed),
                                         kind->n_changed), kind->n_changed, kind->changed);
      print_names (cli, g_strdup_printf (ngettext ("%u is missing now and would come back:",
                                                   "%u are missing now and would come back:", kind->n_missing),
                                         kind->n_missing), kind->n_missing, kind->missing);
    }

  if (cli->json)
    {
      json_builder_end_array (cli->builder);
      json_builder_end_object (cli->builder);
    }

  return TRUE;
}

/* A notebook that cannot be opened is what backups are for. @kept: what was there, wherever it is now */
static gboolean
restore (const char  *path,
         const char  *backup,
         char       **kept,
         GError     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_open (path, &failure);
  gboolean ok;

  if (notebook != NULL)
    {
      ok = annals_backup_restore (notebook, backup, folder_option, kept, NULL, NULL, NULL, error);
      return annals_notebook_close (notebook, ok ? error : NULL) && ok;
    }

  if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT) ||
      g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK) ||
      g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    return annals_backup_replace (path, backup, kept, NULL, NULL, NULL, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run_restore (AnnalsCli       *cli,
             AnnalsNotebook  *none,
             char           **args,
             GError         **error)
{
  g_autofree char *backup = find_backup (args[0], args[1], error);
  g_autofree char *kept = NULL;

  if (backup == NULL)
    return FALSE;
  if (dry_run_option)
    return tell_differences (cli, args[0], backup, error);
  if (!restore (args[0], backup, &kept, error))
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_string (cli->builder, "restored", backup);
      annals_json_nullable (cli->builder, "kept", kept);
      json_builder_end_object (cli->builder);
      return TRUE;
    }

  g_string_append_printf (cli->out, _("Restored “%s”"), backup);
  g_string_append_c (cli->out, '\n');
  if (kept != NULL)
    {
      g_string_append_printf (cli->out, _("What there was is kept in “%s”"), kept);
      g_string_append_c (cli->out, '\n');
    }

  return TRUE;
}

const AnnalsCliCommand annals_cli_backup_commands[] = {
  { "backup", N_("NOTEBOOK [FILE]"), N_("Make a backup, compared with the notebook when it is written"), 1, 2,
    folder_options, run_backup, ANNALS_CLI_MAKES | ANNALS_CLI_PATHS },
  { "backups", N_("NOTEBOOK"), N_("List the backups, the newest first"), 1, 1, folder_options, run_backups,
    ANNALS_CLI_MAKES },
  { "restore", N_("NOTEBOOK BACKUP"), N_("Go back to a backup: a file, a time that 'backups' lists, or “newest”"), 2, 2,
    restore_options, run_restore, ANNALS_CLI_MAKES | ANNALS_CLI_PATHS },
  { NULL }
};
