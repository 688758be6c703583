/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-commands.h"

#include <glib/gi18n.h>

/* Each action's keys are bound where it is installed; here they are only shown. */
static const AnnalsCommand commands[] = {
  { N_("New notebook"), "win.new-notebook", NULL, "<Control>n" },
  { N_("Open a notebook"), "win.open-notebook", NULL, "<Control>o" },
  { N_("New window"), "app.new-window", NULL, "<Shift><Control>n" },
  { N_("New memo"), "win.new-memo", NULL, "<Shift><Control>m" },
  { N_("Import posts"), "win.import", NULL, "<Control>i" },
  { N_("Import a folder"), "win.import-folder", NULL, "<Shift><Control>i" },
  { N_("Imports and issues"), "win.show-imports", NULL, NULL },
  { N_("Export what is shown"), "win.export", NULL, "<Shift><Control>e" },
  { N_("Export the notebook"), "win.export-notebook", NULL, NULL },
  { N_("Print what is shown"), "win.print", NULL, "<Control>p" },
  { N_("History"), "win.show-history", NULL, "<Shift><Control>h" },
  { N_("Backups"), "win.show-backups", NULL, NULL },
  { N_("Save a copy of the notebook"), "win.save-copy", NULL, "<Shift><Control>s" },
  { N_("Search posts"), "win.search", NULL, "<Control>f" },
  { N_("Undo"), "win.undo", NULL, "<Control>z" },
  { N_("Redo"), "win.redo", NULL, "<Shift><Control>z" },
  { N_("Go to Read"), "win.place", "read", "<Alt>1" },
  { N_("Go to Timelines"), "win.place", "timelines", "<Alt>2" },
  { N_("Go to Notes"), "win.place", "notes", "<Alt>3" },
  { N_("Go to Memos"), "win.place", "memos", "<Alt>5" },
  { N_("Show or hide the sidebar"), "win.toggle-sidebar", NULL, "F9" },
  { N_("Style: follow the system"), "app.colour-scheme", "default", NULL },
  { N_("Style: light"), "app.colour-scheme", "light", NULL },
  { N_("Style: dark"), "app.colour-scheme", "dark", NULL },
  { N_("Keyboard shortcuts"), "app.shortcuts", NULL, "<Control>question" },
  { N_("About Annals"), "app.about", NULL, NULL },
  { N_("Close the window"), "window.close", NULL, "<Control>w" },
  { N_("Quit"), "app.quit", NULL, "<Control>q" },
};

const AnnalsCommand *
annals_commands_get (guint *n_commands)
{
  g_return_val_if_fail (n_commands != NULL, NULL);

  *n_commands = G_N_ELEMENTS (commands);

  return commands;
}

gboolean
annals_command_is_ready (const AnnalsCommand *self,
                         AnnalsDesk          *desk)
{
  AnnalsNotebook *notebook;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ANNALS_IS_DESK (desk), FALSE);

  notebook = annals_desk_get_notebook (desk);
  if (g_str_equal (self->action, "win.undo"))
    return notebook != NULL && annals_notebook_get_undo_label (notebook) != NULL;
  if (g_str_equal (self->action, "win.redo"))
    return notebook != NULL && annals_notebook_get_redo_label (notebook) != NULL;

  return TRUE;
}
