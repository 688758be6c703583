/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cli.h"
#include "annals-translations.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "annals-cli"
#define SHORT_UID 8

enum
{
  EXIT_DONE,
  EXIT_FAILED,
  EXIT_WRONG_USE,
};

static const AnnalsCliCommand * const groups[] = {
  annals_cli_notebook_commands,
  annals_cli_backup_commands,
  annals_cli_import_commands,
  annals_cli_merge_commands,
  annals_cli_post_commands,
  annals_cli_similar_commands,
  annals_cli_annotation_commands,
  annals_cli_review_commands,
  annals_cli_tag_commands,
  annals_cli_tag_edit_commands,
  annals_cli_codebook_commands,
  annals_cli_link_commands,
  annals_cli_timeline_commands,
  annals_cli_suggest_commands,
  annals_cli_memo_commands,
  annals_cli_date_commands,
  annals_cli_export_commands,
};

G_DEFINE_QUARK (annals-cli-error-quark, annals_cli_error)

/* One line on stderr, whatever stands in the message. */
static void
print_error (const char *what,
             const char *why)
{
  g_autofree char *line = NULL;

  line = what != NULL ? g_strdup_printf (PROGRAM ": %s: %s", what, why)
                      : g_strdup_printf (PROGRAM ": %s", why);

  for (char *p = line; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7F)
      *p = ' ';

  fprintf (stderr, "%s\n", line);
}

static int
exit_status_for (const GError *error)
{
  return error->domain == G_OPTION_ERROR ||
         g_error_matches (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_USE)
         ? EXIT_WRONG_USE : EXIT_FAILED;
}

static gboolean
is_bold_terminal (void)
{
  const char *term = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && g_getenv ("NO_COLOR") == NULL && term != NULL &&
         strcmp (term, "dumb") != 0;
}

/* Text from a post must not steer the terminal: of all control characters only line ends and tabs
 * are let through. */
static char *
dup_printable (const char *text,
               gboolean    bold)
{
  GString *printable = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (ch == 0x02 || ch == 0x03)
        g_string_append (printable, !bold ? "" : ch == 0x02 ? "\033[1m" : "\033[22m");
      else if ((ch < 0x20 && ch != '\n' && ch != '\t') || (ch >= 0x7F && ch < 0xA0))
        g_string_append (printable, "\357\277\275");
      else
        g_string_append_len (printable, p, g_utf8_next_char (p) - p);
    }

  return g_string_free (printable, FALSE);
}

static char *
dup_output (AnnalsCli *cli)
{
  g_autoptr(JsonGenerator) generator = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *valid = NULL;
  GString *json;

  if (!cli->json || cli->out->len > 0)
    {
      valid = g_utf8_make_valid (cli->out->str, -1);
      return dup_printable (valid, is_bold_terminal ());
    }

  if (cli->document != NULL)
    return g_strdup (cli->document);

  root = json_builder_get_root (cli->builder);
  generator = json_generator_new ();
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  json_generator_set_root (generator, root);
  json = g_string_new (NULL);
  json_generator_to_gstring (generator, json);
  g_string_append_c (json, '\n');

  return g_string_free (json, FALSE);
}

static gboolean
print_output (AnnalsCli  *cli,
              GError    **error)
{
  g_autofree char *output = dup_output (cli);
  int code;

  errno = 0;
  if (fputs (output, stdout) != EOF && fflush (stdout) == 0)
    return TRUE;

  code = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _("the output cannot be written: %s"), g_strerror (code));

  return FALSE;
}

static void
print_overview (AnnalsCli *cli)
{
  g_string_append (cli->out, _("Usage: annals-cli [--json] COMMAND NOTEBOOK …"));
  g_string_append (cli->out, "\n\n");
  g_string_append (cli->out, _("Works on an Annals notebook without a window."));
  g_string_append (cli->out, "\n");

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_string_append_c (cli->out, '\n');

      for (const AnnalsCliCommand *command = groups[i]; command->name != NULL; command++)
        g_string_append_printf (cli->out, "  %-14s %s\n", command->name, _(command->summary));
    }

  g_string_append_c (cli->out, '\n');
  g_string_append (cli->out, _("“annals-cli COMMAND --help” says more. POST, TIMELINE and so on are a "
                               "uid, the beginning of one, or “title:TEXT”. With --json a command "
                               "prints one JSON document. Exit status: 0 done, 1 failed, 2 wrong "
                               "use."));
  g_string_append_c (cli->out, '\n');
}

static const AnnalsCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const AnnalsCliCommand *command = groups[i]; command->name != NULL; command++)
      if (strcmp (command->name, name) == 0)
        return command;

  return NULL;
}

/* What stands before the command: only --json, --help and --version can. NULL without an error when
 * that was all. */
static const AnnalsCliCommand *
read_command (AnnalsCli  *cli,
              char     ***args,
              GError    **error)
{
  const AnnalsCliCommand *command;

  for (; **args != NULL && ***args == '-'; (*args)++)
    {
      if (strcmp (**args, "--json") == 0)
        cli->json = TRUE;
      else if (strcmp (**args, "--version") == 0)
        {
          g_string_append (cli->out, "annals-cli " ANNALS_VERSION "\n");
          return NULL;
        }
      else if (strcmp (**args, "--help") == 0 || strcmp (**args, "-h") == 0)
        {
          print_overview (cli);
          return NULL;
        }
      else
        {
          annals_cli_misuse (error, _("there is no option “%s” before the command; see “annals-cli "
                                      "--help”"), **args);
          return NULL;
        }
    }

  if (**args == NULL)
    {
      annals_cli_misuse (error, _("a command is missing; see “annals-cli --help”"));
      return NULL;
    }

  if (!(command = find_command (**args)))
    annals_cli_misuse (error, _("there is no command “%s”; see “annals-cli --help”"), **args);

  return command;
}

static gboolean
check_args (const AnnalsCliCommand  *command,
            char                   **args,
            GError                 **error)
{
  guint n_args = g_strv_length (args);

  if (n_args < command->min_args)
    return annals_cli_misuse (error, _("too few arguments: it takes %s"), _(command->arguments));

  if (n_args > command->max_args)
    return annals_cli_misuse (error, _("too many arguments: it takes %s; words that belong together "
                                       "go between quotation marks"), _(command->arguments));

  for (guint i = 1; i < n_args && (command->flags & ANNALS_CLI_PATHS) == 0; i++)
    if (!annals_cli_check_text (&args[i], _("an argument"), error))
      return FALSE;

  return TRUE;
}

static void
set_author (AnnalsNotebook *notebook)
{
  const char *name = g_get_real_name ();
  g_autofree char *author = NULL;

  if (name == NULL || *name == '\0' || strcmp (name, "Unknown") == 0)
    name = g_get_user_name ();

  author = g_utf8_make_valid (name, -1);
  annals_notebook_set_author (notebook, author);
}

static gboolean
run_on_notebook (AnnalsCli               *cli,
                 const AnnalsCliCommand  *command,
                 char                   **args,
                 GError                 **error)
{
  g_autoptr(AnnalsNotebook) notebook = NULL;
  gboolean done;

  if (command->flags & ANNALS_CLI_MAKES)
    return command->run (cli, NULL, args, error);

  if (!(notebook = annals_notebook_open (args[0], error)))
    return FALSE;

  set_author (notebook);
  done = command->run (cli, notebook, args, error);

  return annals_notebook_close (notebook, done ? error : NULL) && done;
}

/* A query or a title may begin with a dash. */
static void
explain_unknown_option (GError **error)
{
  g_autoptr(GError) unknown = NULL;

  if (error == NULL || !g_error_matches (*error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
    return;

  unknown = g_steal_pointer (error);
  annals_cli_misuse (error, _("%s; put “--” before arguments that begin with a dash"),
                     unknown->message);
}

/* @args: the command's name and what follows it. */
static gboolean
run_command (AnnalsCli               *cli,
             const AnnalsCliCommand  *command,
             char                  ***args,
             GError                 **error)
{
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print one JSON document"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Say how the command is used"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (command->arguments);
  g_autofree char *text = NULL;
  GStrv rest;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, command->summary);

  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);

  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, args, error))
    {
      explain_unknown_option (error);
      return FALSE;
    }

  if (help)
    {
      g_autofree char *program = g_strdup_printf (PROGRAM " %s", command->name);

      g_set_prgname (program);
      text = g_option_context_get_help (context, TRUE, NULL);
      g_string_append (cli->out, text);
      return TRUE;
    }

  /* GOption leaves a "--" where something with a dash follows it. */
  rest = *args + 1;
  for (guint i = 0; rest[i] != NULL; i++)
    if (strcmp (rest[i], "--") == 0)
      {
        g_free (rest[i]);
        memmove (rest + i, rest + i + 1, g_strv_length (rest + i + 1) * sizeof (char *) + sizeof (char *));
        break;
      }

  return check_args (command, rest, error) && run_on_notebook (cli, command, rest, error);
}

static int
run (AnnalsCli  *cli,
     char      **args)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) rest = NULL;
  const AnnalsCliCommand *command;

  command = read_command (cli, &args, &error);

  if (command != NULL)
    {
      rest = g_strdupv (args);
      run_command (cli, command, &rest, &error);
    }

  if (error == NULL)
    print_output (cli, &error);

  if (error == NULL)
    return cli->failed ? EXIT_FAILED : EXIT_DONE;

  print_error (command != NULL ? command->name : NULL, error->message);

  return exit_status_for (error);
}

gboolean
annals_cli_misuse (GError     **error,
                   const char  *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_USE, format, args);
  va_end (args);

  return FALSE;
}

gboolean
annals_cli_check_text (char       **text,
                       const char  *what,
                       GError     **error)
{
  char *utf8;

  if (*text == NULL || g_utf8_validate (*text, -1, NULL))
    return TRUE;

  if (!(utf8 = g_locale_to_utf8 (*text, -1, NULL, NULL, NULL)))
    return annals_cli_misuse (error, _("%s is not in UTF-8"), what);

  g_free (*text);
  *text = utf8;

  return TRUE;
}

char *
annals_cli_dup_short_uid (const char *uid)
{
  return g_strndup (uid, SHORT_UID);
}

int
main (int    argc,
      char **argv)
{
  AnnalsCli cli = { 0 };
  int status;

  annals_translations_bind ();
  g_set_prgname (PROGRAM);
  signal (SIGPIPE, SIG_IGN);   /* a closed pipe is an error of writing, told like any other */

  cli.out = g_string_new (NULL);
  cli.builder = json_builder_new ();
  status = run (&cli, argc > 0 ? argv + 1 : argv);
  g_object_unref (cli.builder);
  g_free (cli.document);
  g_string_free (cli.out, TRUE);

  return status;
}
